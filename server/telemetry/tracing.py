"""OpenTelemetry traces: a span for each GraphQL request, and below it one for each of its statements.

Attributes follow the semantic conventions for HTTP, GraphQL and databases. No span has a document or a value that a
client sent: documents are identified by their hash, and statements have placeholders.
"""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import NoOpTracer, Span, SpanKind, StatusCode, Tracer, get_current_span, use_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.datastructures import Headers
from starlette.types import Scope

from db.database import Observer
from server.telemetry.logs import bounded
from server.telemetry.record import METHODS, RequestRecord
from server.telemetry.trace_delivery import SpanDelivery


class Tracing:
    """The traces of one application, sent to a collector while it runs."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._propagator = TraceContextTextMapPropagator()
        self._tracer: Tracer = NoOpTracer()

    @asynccontextmanager
    async def started(self, observers: list[Observer]) -> AsyncGenerator[None]:
        """Trace requests and statements inside this block; send the remaining spans in the end."""
        # OpenTelemetry's own environment variables take precedence: they may set another name.
        resource = Resource.create({SERVICE_NAME: "rolegraph"}).merge(OTELResourceDetector().detect())
        provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        delivery = SpanDelivery(self._endpoint)
        provider.add_span_processor(BatchSpanProcessor(delivery))
        self._tracer = provider.get_tracer("rolegraph")
        observers.append(self)
        try:
            yield
        finally:
            delivery.stop_retrying()
            await asyncio.to_thread(provider.shutdown)

    @contextmanager
    def request_span(self, scope: Scope, record: RequestRecord) -> Generator[None]:
        """Trace a GraphQL request, with attributes from its record. Other requests are not traced."""
        if scope["path"] != "/graphql":
            yield
            return
        span = self._tracer.start_span(
            "GraphQL Operation",
            self._propagator.extract(Headers(scope=scope)),
            SpanKind.SERVER,
            {"url.path": "/graphql", "url.scheme": scope["scheme"], **_method(record.method)},
        )
        record.trace_id = f"{span.get_span_context().trace_id:032x}"
        with use_span(span, end_on_exit=True):
            try:
                yield
            finally:
                _set_attributes(span, record)

    def begin(self, dialect: str, statement: str) -> Span | None:
        """Begin the span of a statement if its request is traced."""
        if not get_current_span().is_recording():
            return None
        word = statement.split(None, 1)[0].upper()
        attributes = {"db.system.name": dialect, "db.operation.name": word, "db.query.text": statement}
        return self._tracer.start_span(word, kind=SpanKind.CLIENT, attributes=attributes)

    def end(self, begun: Span | None, error: BaseException | None) -> None:
        """End the span of a statement, with the type of its error."""
        if begun is None:
            return
        if error is not None:
            # The message of the driver is left out: it can quote values.
            original: Any = getattr(error, "orig", None) or error
            begun.set_attribute("error.type", type(original).__qualname__)
            if code := getattr(original, "sqlstate", None):
                begun.set_attribute("db.response.status_code", code)
            begun.set_status(StatusCode.ERROR)
        begun.end()


def _method(method: str) -> dict[str, str]:
    if method in METHODS:
        return {"http.request.method": method}
    return {"http.request.method": "_OTHER", "http.request.method_original": bounded(method)}


def _set_attributes(span: Span, record: RequestRecord) -> None:
    """Set a span's attributes from the record of its request."""
    if record.operation_type:
        # Without the operation's name: clients can invent any number of names.
        span.update_name(record.operation_type)
    attributes = {
        "http.route": record.route,
        "http.response.status_code": record.status,
        "graphql.operation.type": record.operation_type,
        "graphql.operation.name": record.operation and bounded(record.operation),
        "rolegraph.request_id": record.request_id,
        "rolegraph.document.sha256": record.document,
        "rolegraph.cost": record.cost,
        "rolegraph.statements": record.document and record.statements,
        "rolegraph.source": record.source,
        "rolegraph.errors": record.codes or None,
    }
    span.set_attributes({name: value for name, value in attributes.items() if value is not None})
    if error := record.failure:
        span.set_attribute("error.type", error)
        span.set_status(StatusCode.ERROR)
