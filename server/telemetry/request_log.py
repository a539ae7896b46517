"""One line in the log for each request, and an id that leads from an answer to its line."""

import logging
import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.answers import JSON, answer, internal
from server.telemetry.logs import bounded, logger
from server.telemetry.record import Record

if TYPE_CHECKING:
    from server.telemetry.metrics import Metrics
    from server.telemetry.tracing import Tracing

_UNEVENTFUL = frozenset({"/healthz", "/readyz", "/metrics"})


class RequestLog:
    """ASGI middleware that gives each request an id, tells it the client, and tells operators how the request went.

    What handlers note in ``request.state.record`` goes to the log, the metrics and the trace.
    """

    def __init__(self, app: ASGIApp, metrics: "Metrics | None", tracing: "Tracing | None") -> None:
        self.app = app
        self.metrics = metrics
        self.tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        record = Record(uuid.uuid4().hex, scope["method"], scope["path"])
        scope.setdefault("state", {})["record"] = record
        with self._followed(scope, record):
            await self._answer(scope, receive, send, record)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, record: Record) -> None:
        started = False

        async def send_with_id(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                record.status, started = message["status"], True
                MutableHeaders(scope=message)["X-Request-Id"] = record.request_id
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client gets an answer and the log what it was
            record.refuse([internal(record.request_id, error)])
            if not started:
                await answer({"errors": record.errors}, JSON, 500)(scope, receive, send_with_id)

    @contextmanager
    def _followed(self, scope: Scope, record: Record) -> Generator[None]:
        begin = time.perf_counter()
        try:
            with self.tracing.following(scope, record) if self.tracing else nullcontext():
                yield
        finally:
            record.seconds = time.perf_counter() - begin
            _log(record)
            if self.metrics:
                self.metrics.count(record, scope)


def _log(record: Record) -> None:
    fields = {
        "request_id": record.request_id,
        "method": bounded(record.method),
        "path": bounded(record.path),
        "status": record.status,
        "duration_ms": round(1000 * record.seconds, 2),
        "operation": record.operation and bounded(record.operation),
        "document": record.document,
        "cost": record.cost,
        "statements": record.document and record.statements,
        "errors": None if record.errors is None else record.codes,
        "limits": record.limits or None,
        "trace_id": record.trace_id,
    }
    logger.log(
        logging.DEBUG if record.path in _UNEVENTFUL else logging.INFO,
        # Method and path are the client's: quoted, they can't break out of their line.
        "%s %s %s",
        bounded(quote(record.method)),
        bounded(quote(record.path)),
        record.status,
        extra={name: value for name, value in fields.items() if value is not None},
    )
