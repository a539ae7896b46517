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
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from starlette.datastructures import Headers
from starlette.types import Scope

from server.telemetry.logs import bounded
from server.telemetry.record import METHODS, Record
from server.telemetry.trace_delivery import Delivery

_SPAN = "span"
"""Where a connection keeps the span of the statement that it is running."""


class Tracing:
    """The traces of one application, which are sent to a collector while it runs."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._propagator = TraceContextTextMapPropagator()
        self._tracer: Tracer = NoOpTracer()

    @asynccontextmanager
    async def started(self, engine: Engine) -> AsyncGenerator[None]:
        """Trace requests and the engine's statements; in the end, deliver what is left."""
        # The variables of OpenTelemetry itself come last: they may give another name.
        resource = Resource.create({SERVICE_NAME: "rolegraph"}).merge(OTELResourceDetector().detect())
        provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        delivery = Delivery(self._endpoint)
        provider.add_span_processor(BatchSpanProcessor(delivery))
        self._tracer = provider.get_tracer("rolegraph")
        event.listen(engine, "before_cursor_execute", self._begin_statement)
        event.listen(engine, "after_cursor_execute", _end_statement)
        event.listen(engine, "handle_error", _fail_statement)
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

    def _begin_statement(
        self, connection: Connection, _cursor: object, statement: str, _parameters: object, *_: object
    ) -> None:
        if not get_current_span().is_recording():
            return
        word = statement.split(None, 1)[0].upper()
        connection.info[_SPAN] = self._tracer.start_span(
            word,
            kind=SpanKind.CLIENT,
            attributes={
                "db.system.name": connection.dialect.name,
                "db.operation.name": word,
                "db.query.text": statement,
            },
        )


def _end_statement(connection: Connection, *_: object) -> None:
    span: Span | None = connection.info.pop(_SPAN, None)
    if span is not None:
        span.end()


def _fail_statement(context: ExceptionContext) -> None:
    span: Span | None = context.connection.info.pop(_SPAN, None) if context.connection else None
    if span is None:
        return
    # Not what the driver says of it: that can quote values.
    error: Any = context.original_exception
    span.set_attribute("error.type", type(error).__qualname__)
    if code := getattr(error, "sqlstate", None):
        span.set_attribute("db.response.status_code", code)
    span.set_status(StatusCode.ERROR)
    span.end()


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
