"""The ASGI application: gives each request an id, headers, a log line and metrics, and calls GraphQL directly.

Starlette's middleware and routing take longer than a response from the answer cache. So what all requests share is done
here once: around GraphQL, which is called directly, and around the pages and health checks, which Starlette routes.
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

from db.location import is_shortage
from server.client_address import behind_proxies, client_of
from server.graphql_http import graphql
from server.pages import for_browsers
from server.request_params import ASGIRequest
from server.responses import EncodedResponse, Refused, SharedHeaders, errors_as_json, internal
from server.security_headers import SecurityHeaders
from server.settings import Settings, split_list
from server.telemetry.answered import AnsweredRequests
from server.telemetry.descriptors import FILE
from server.telemetry.record import RECORD, RequestRecord
from server.telemetry.request_log import request_ids
from server.transport.single_write import SINGLE_WRITE, decoded, encoded

if TYPE_CHECKING:
    from server.telemetry.tracing import Tracing

GRAPHQL = "/graphql"


class _Sender:
    """Sends the messages of one response, with the headers of all responses."""

    def __init__(
        self, request: ASGIRequest, send: Send, headers: SecurityHeaders, origin: bytes | None, record: RequestRecord
    ) -> None:
        self._request = request
        self._send = send
        self._headers = headers
        self._origin = origin
        self._record = record
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._record.status, self.started = message["status"], True
            request_id = (b"x-request-id", self._record.request_id.encode())
            headers = self._headers.added_to(message["headers"], self._origin)
            message["headers"] = [*headers, *decoded(self._request.response_headers), request_id]
        await self._send(message)


class Application(Starlette):
    """A Starlette application with GraphQL in front of its routes."""

    def __init__(
        self,
        settings: Settings,
        answered: AnsweredRequests,
        tracing: "Tracing | None",
        **parts: Any,  # noqa: ANN401 - Starlette's own
    ) -> None:
        super().__init__(**parts)
        # A lookup in Starlette's own State takes as long as making all headers does.
        self.state = cast("State", SimpleNamespace())
        self._http = behind_proxies(settings.trusted_proxies, self._handle)
        self._security_headers = SecurityHeaders(
            split_list(settings.cors_origins), split_list(settings.cors_request_headers)
        )
        self._answered = answered
        self._tracing = tracing
        self._ids = request_ids()
        self._encoded_headers = lru_cache(maxsize=1000)(self._encode_headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request, or the lifespan."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        """Return the routes without Starlette's answer to unexpected errors: ours is JSON and has an id."""
        return ExceptionMiddleware(self.router, self.exception_handlers)

    async def _handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        # There is no address on a Unix socket.
        client = client_of(scope["client"] and scope["client"][0])
        record = RequestRecord(next(self._ids), scope["method"], scope["path"], client)
        begin = time.perf_counter()
        try:
            if self._tracing is None:
                await self._respond(ASGIRequest(scope, receive), send, record)
            else:
                with self._tracing.request_span(scope, record):
                    await self._respond(ASGIRequest(scope, receive), send, record)
        finally:
            record.seconds, record.time = time.perf_counter() - begin, time.time()
            self._answered.add(record)

    async def _respond(self, request: ASGIRequest, send: Send, record: RequestRecord) -> None:
        origin = self._security_headers.allowed_origin(request)
        sender, written = None, False
        try:
            response: Response | None = (
                self._security_headers.preflight(request) if request.method == "OPTIONS" else None
            )
            if not request.has_arrived:
                # Our connections do it when the rest of the request has arrived. Other servers do not.
                self.state.service.data_version.expire()
            if request.path == GRAPHQL:
                record.route = GRAPHQL
                response = response or await graphql(self.state.service, request, record)
                if isinstance(response, EncodedResponse) and request.has_arrived:
                    record.status, written = response.status_code, True
                    await send(self._single_write(response, request, origin, record))
                    return
            sender = _Sender(request, send, self._security_headers, origin, record)
            if response is None:
                await self._call_routes(request, sender, record)
            else:
                await response(request.scope, request.receive, sender)
        except Exception as error:  # noqa: BLE001 - the client gets a response and the log gets the error
            failure = self._failure(error, request, record)
            sender = sender or _Sender(request, send, self._security_headers, origin, record)
            if not written and not sender.started:
                await failure(request.scope, request.receive, sender)

    def _failure(self, error: Exception, request: ASGIRequest, record: RequestRecord) -> Response:
        """Return the response to a request that failed unexpectedly, and log the error."""
        if isinstance(error, OSError) and is_shortage(error):
            self.state.service.descriptors.note(FILE)
            refused = Refused.temporarily("OVERLOADED", "The server has no file descriptor left. Retry in a moment.")
            record.refuse(refused.errors)
            accept = request.headers.get(b"accept", b"")
            return for_browsers(accept, self.state.service.built, refused.response(), str(refused))
        record.refuse([internal(record.request_id, error)])
        return EncodedResponse(errors_as_json(record.errors or ()), status=500)

    def _single_write(
        self, response: EncodedResponse, request: ASGIRequest, origin: bytes | None, record: RequestRecord
    ) -> Message:
        """Return the one message that sends a response."""
        shared = self._encoded_headers(response.shared_headers, origin)
        request_id = record.request_id.encode()
        lines = (shared, request.response_headers, response.length_header, b"x-request-id: ", request_id, b"\r\n")
        return {"type": SINGLE_WRITE, "status": response.status_code, "head": b"".join(lines), "body": response.body}

    def _encode_headers(self, shared: SharedHeaders, origin: bytes | None) -> bytes:
        return encoded(self._security_headers.added_to(shared.headers, origin))

    async def _call_routes(self, request: ASGIRequest, send: Send, record: RequestRecord) -> None:
        request.scope[RECORD] = record
        try:
            await super().__call__(request.scope, request.receive, send)
        finally:
            record.route = request.scope["route"].path if "route" in request.scope else None
