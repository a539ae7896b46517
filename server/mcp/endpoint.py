"""``POST /mcp``: the MCP server over streamable HTTP.

Each request is answered by itself, with JSON: there are no sessions and no event streams, so that any worker can answer
any request, and no client can hold a connection open.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

import mcp_types as types
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import Message, Receive, Scope, Send

from server.mcp.caller import Caller
from server.mcp.protocol import Context, protocol_server
from server.rate_limiting import RequestCharge
from server.request_params import ASGIRequest
from server.responses import NO_STORE, EncodedResponse, Refused
from server.service import Service
from server.settings import Settings, split_list
from server.telemetry.record import RECORD, RequestRecord
from server.transport.single_write import decoded

_CALLER = "rolegraph.mcp.caller"
"""The key of the caller in the scope of a request."""

_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_REFUSED = -32_000
"""JSON-RPC's code of errors that the server defines."""


class Endpoint:
    """The ASGI application at /mcp. It serves while ``running``."""

    def __init__(self, settings: Settings) -> None:
        hosts = [*_LOCAL, *split_list(settings.mcp_hosts)]
        self._manager = StreamableHTTPSessionManager(
            protocol_server(_caller_of),
            json_response=True,
            stateless=True,
            # A page whose name was rebound to this address sends its own host and origin.
            security_settings=TransportSecuritySettings(
                allowed_hosts=[*hosts, *(f"{host}:*" for host in hosts)],
                allowed_origins=[
                    *(f"http://{host}{port}" for host in _LOCAL for port in ("", ":*")),
                    *split_list(settings.cors_origins),
                ],
            ),
            max_request_body_size=settings.max_body_bytes,
        )

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Answer requests meanwhile."""
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        service: Service = scope["app"].state.service
        record: RequestRecord = scope[RECORD]
        request = ASGIRequest(scope, receive)
        charge = RequestCharge(service.rate_limiter, record)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *decoded(charge.headers())]
            await send(message)

        try:
            await charge.arrival()
            body = await request.body(service.settings)
        except Refused as refused:
            record.refuse(refused.errors)
            await _refusal(refused)(scope, receive, send_with_headers)
            return
        scope[_CALLER] = Caller(service, record, charge)
        parts = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive_body() -> Message:
            return next(parts, None) or await receive()

        await self._manager.handle_request(scope, receive_body, send_with_headers)


def _caller_of(context: Context) -> Caller:
    assert context.request is not None  # noqa: S101 - over HTTP there is one
    return cast("Caller", context.request.scope[_CALLER])


def _refusal(refused: Refused) -> EncodedResponse:
    """Return a refusal as a JSON-RPC error, which has no id because the request was not read."""
    error = refused.errors[0]
    body = types.JSONRPCError(
        jsonrpc="2.0",
        id=None,
        error=types.ErrorData(code=_REFUSED, message=error["message"], data=error["extensions"]),
    )
    encoded = body.model_dump_json(by_alias=True, exclude_unset=True).encode()
    return EncodedResponse(encoded, status=refused.status or 400, headers={**NO_STORE, **refused.headers})
