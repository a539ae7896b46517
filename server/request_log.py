"""One line in the log for each request, and an id that leads from an answer to its line."""

import logging
import time
import uuid
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.answers import JSON, answer, internal
from server.logs import logger

_UNEVENTFUL = frozenset({"/healthz", "/readyz"})


class RequestLog:
    """ASGI middleware that gives each request an id, tells it the client, and logs how the request went.

    What handlers put into ``request.state.log`` is logged with it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin, status, started = time.perf_counter(), 500, False
        request_id = uuid.uuid4().hex
        state = scope.setdefault("state", {})
        state["request_id"], state["log"] = request_id, {}

        async def send_with_id(message: Message) -> None:
            nonlocal status, started
            if message["type"] == "http.response.start":
                status, started = message["status"], True
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client gets an answer and the log what it was
            body = {"errors": [internal(request_id, error)]}
            if not started:
                await answer(body, JSON, 500)(scope, receive, send_with_id)
        finally:
            logger.log(
                logging.DEBUG if scope["path"] in _UNEVENTFUL else logging.INFO,
                # The path is the client's: quoted, it can't break out of its line.
                "%s %s %s",
                scope["method"],
                quote(scope["path"]),
                status,
                extra={
                    "request_id": request_id,
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": status,
                    "duration_ms": round(1000 * (time.perf_counter() - begin), 2),
                    **state["log"],
                },
            )
