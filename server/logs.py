"""Logs: one JSON object a line, and one line a request."""

import logging
import sys
import time
import uuid
from urllib.parse import quote

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("rolegraph")

_UNEVENTFUL = frozenset({"/healthz", "/readyz"})


def configure(level: str) -> None:
    """Write everything, Uvicorn's messages included, to standard error: as JSON, or plainly to a terminal."""
    handler = logging.StreamHandler()
    handler.setFormatter(_plain() if sys.stderr.isatty() else _json())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


def _plain() -> logging.Formatter:
    return logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%H:%M:%S")


def _json() -> logging.Formatter:
    return JsonFormatter(
        "%(levelname)s %(name)s %(message)s",
        rename_fields={"levelname": "level", "name": "logger"},
        timestamp="time",
        # Uvicorn adds its messages once more with terminal colours.
        reserved_attrs=[*RESERVED_ATTRS, "color_message"],
    )


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
        started, status = time.perf_counter(), 500
        request_id = uuid.uuid4().hex
        state = scope.setdefault("state", {})
        state["request_id"], state["log"] = request_id, {}

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
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
                    "duration_ms": round(1000 * (time.perf_counter() - started), 2),
                    **state["log"],
                },
            )
