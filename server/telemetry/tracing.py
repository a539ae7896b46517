"""Traces for OpenTelemetry: a span for each GraphQL request, and below it one for each of its statements.

Names are those of the semantic conventions for HTTP, GraphQL and databases. No span holds a document or a value that a
client sent: documents are told by their hash, and statements have placeholders.
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
from server.telemetry.record import METHODS, Record
from server.telemetry.trace_delivery import Delivery


class Tracing:
    """The traces of one application, which are sent to a collector while it runs."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._propagator = TraceContextTextMapPropagator()
        self._tracer: Tracer = NoOpTracer()

    @asynccontextmanager
    async def started(self, observers: list[Observer]) -> AsyncGenerator[None]:
        """Trace requests, and the statements that observers are told of; in the end, deliver what is left."""
        # The variables of OpenTelemetry itself come last: they may give another name.
        resource = Resource.create({SERVICE_NAME: "rolegraph"}).merge(OTELResourceDetector().detect())
        provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        delivery = Delivery(self._endpoint)
        provider.add_span_processor(BatchSpanProcessor(delivery))
        self._tracer = provider.get_tracer("rolegraph")
        observers.append(self)
        try:
            yield
        finally:
            delivery.end()
            await asyncio.to_thread(provider.shutdown)

    @contextmanager
    def following(self, scope: Scope, record: Record) -> Generator[None]:
        """Trace a GraphQL request, and tell in the end what has been noted of it. Other requests are not traced."""
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
                _tell(span, record)

    def begin(self, dialect: str, statement: str) -> Span | None:
        """Begin the span of a statement, if its request is traced."""
        if not get_current_span().is_recording():
            return None
        word = statement.split(None, 1)[0].upper()
        attributes = {"db.system.name": dialect, "db.operation.name": word, "db.query.text": statement}
        return self._tracer.start_span(word, kind=SpanKind.CLIENT, attributes=attributes)

    def end(self, begun: Span | None, error: BaseException | None) -> None:
        """End the span of a statement, and say of what kind its error is."""
        if begun is None:
            return
        if error is not None:
            # Not what the driver says of it: that can quote values.
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


def _tell(span: Span, record: Record) -> None:
    """Put into a span what has been noted of its request."""
    if record.operation_type:
        # Without the operation's name: anybody can make up any number of names.
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
