"""The edge: where each request is met, told of in the log, and answered, GraphQL without any detour.

Starlette's middleware and routing take longer than an answer that is in memory. So what all requests have in common is
done here once, around GraphQL as around the pages and checks that Starlette serves.
"""

import time
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.client_address import behind
from server.graphql_http import graphql
from server.requests import Request
from server.responses import Answer, Head, errors_as_json, internal
from server.security_headers import BrowserHeaders
from server.settings import Settings, listed
from server.telemetry.record import RECORD, Record
from server.telemetry.request_log import log, request_ids
from server.transport.single_write import WHOLE, encoded

if TYPE_CHECKING:
    from server.telemetry.metrics import Metrics
    from server.telemetry.tracing import Tracing

GRAPHQL = "/graphql"


class Edge(Starlette):
    """An application that gives each request an id, tells it the client, and tells operators how the request went."""

    def __init__(
        self,
        settings: Settings,
        metrics: "Metrics | None",
        tracing: "Tracing | None",
        **parts: Any,  # noqa: ANN401 - Starlette's own
    ) -> None:
        super().__init__(**parts)
        # Starlette's own takes as long to look into as all headers do.
        self.state = cast("State", SimpleNamespace())
        self._entrance = behind(settings.trusted_proxies, self._meet)
        self._browsers = BrowserHeaders(listed(settings.cors_origins))
        self._metrics = metrics
        self._tracing = tracing
        self._ids = request_ids()
        self._encoded = lru_cache(maxsize=1000)(self._encode)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http":
            await self._entrance(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        """Leave out Starlette's own answer to what nobody expected: ours is JSON, and has an id."""
        return ExceptionMiddleware(self.router, self.exception_handlers)

    async def _meet(self, scope: Scope, receive: Receive, send: Send) -> None:
        record = Record(next(self._ids), scope["method"], scope["path"])
        begin = time.perf_counter()
        try:
            if self._tracing is None:
                await self._answer(Request(scope, receive), send, record)
            else:
                with self._tracing.following(scope, record):
                    await self._answer(Request(scope, receive), send, record)
        finally:
            record.seconds = time.perf_counter() - begin
            log(record)
            if self._metrics:
                self._metrics.count(record)

    async def _answer(self, request: Request, send: Send, record: Record) -> None:
        reader, started = self._browsers.reader(request), False

        async def send_completed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                record.status, started = message["status"], True
                headers = self._browsers.added_to(message["headers"], reader)
                message["headers"] = [*headers, (b"x-request-id", record.request_id.encode())]
            await send(message)

        try:
            response: Response | None = self._browsers.preflight(request) if request.method == "OPTIONS" else None
            if request.path == GRAPHQL:
                record.route = GRAPHQL
                response = response or await graphql(self.state.service, request, record)
            if response is None:
                await self._by_starlette(request, send_completed, record)
            elif isinstance(response, Answer) and WHOLE in request.scope.get("extensions", ()):
                record.status, started = response.status_code, True
                await send(self._whole(response, reader, record.request_id))
            else:
                await response(request.scope, request.receive, send_completed)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client gets an answer and the log what it was
            record.refuse([internal(record.request_id, error)])
            if not started:
                answer = Answer(errors_as_json(record.errors or ()), status=500)
                await answer(request.scope, request.receive, send_completed)

    def _whole(self, answer: Answer, reader: bytes | None, request_id: str) -> Message:
        """Return a whole answer in one message."""
        lines = b"%bcontent-length: %d\r\nx-request-id: %b\r\n"
        head = lines % (self._encoded(answer.head, reader), len(answer.body), request_id.encode())
        return {"type": WHOLE, "status": answer.status_code, "head": head, "body": answer.body}

    def _encode(self, head: Head, reader: bytes | None) -> bytes:
        return encoded(self._browsers.added_to(head.headers, reader))

    async def _by_starlette(self, request: Request, send: Send, record: Record) -> None:
        request.scope[RECORD] = record
        try:
            await super().__call__(request.scope, request.receive, send)
        finally:
            record.route = request.scope["route"].path if "route" in request.scope else None
