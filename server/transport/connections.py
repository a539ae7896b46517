"""Connections as the open internet has them: clients that stall, babble or vanish cost us little and not for long.

Uvicorn speaks HTTP; what is here bounds how long it waits for a client, and how much it keeps of what one sends.
"""

import asyncio
import socket
import struct
from collections.abc import Callable
from typing import Any, cast

import orjson
import uvicorn
from starlette.types import Scope
from uvicorn.protocols.http import httptools_impl
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from execution.errors import limit_extensions
from server.settings import Settings
from server.transport.single_write import WHOLE

MAX_HEADER_BYTES = 32 * 1024
"""How long the headers of a request may be together: names, values, and as in HTTP/2 32 bytes more for each."""

MAX_URL_BYTES = 65_535
"""How long a URL may be at most: the parser takes no longer ones apart."""

MAX_WAITING = 100
"""How many requests may wait on one connection for the answers to those before them."""

SECONDS_OF_GRACE = 1
"""How long idle connections are kept when the server must stop: a request may already be on its way through them."""

_LINGER_NOT = struct.pack("ii", 1, 0)
"""For SO_LINGER: what has not been sent when a connection is closed is forgotten."""

_WHOLE: dict[str, object] = {WHOLE: {}}
"""What a request says that has come whole before anybody has looked at it."""

Refusal = tuple[int, dict[str, object]]
"""A status, and the error that a client is told."""


class Config(uvicorn.Config):
    """How Uvicorn serves. Worker processes are sent this object, so it carries what connections need."""

    def __init__(self, settings: Settings) -> None:
        self.client_timeout = settings.client_timeout
        self.max_url_bytes = min(settings.max_body_bytes, MAX_URL_BYTES)
        super().__init__(
            "server.app:from_environment",
            factory=True,
            http=Connection,
            ws="none",
            workers=settings.workers,
            timeout_keep_alive=settings.keep_alive_timeout,
            timeout_graceful_shutdown=settings.shutdown_timeout,
            # The application knows better whom to believe, by TRUSTED_PROXIES.
            proxy_headers=False,
            server_header=False,
            log_config=None,
            access_log=False,
        )


class Timer:
    """A time that may pass between a start and a stop, else something is done about it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float, missed: Callable[[], None]) -> None:
        self._loop, self._seconds, self._missed = loop, seconds, missed
        self._handle: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Let the time run, if it doesn't already."""
        if self._handle is None:
            self._handle = self._loop.call_later(self._seconds, self._missed)

    def stop(self) -> None:
        """Forget about it until the next start."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None


class GuardedTransport(asyncio.Transport):
    """What Uvicorn takes for the transport. It leaves closing to us, and throws away what is written after that."""

    def __init__(self, transport: asyncio.Transport, close: Callable[[], None]) -> None:
        super().__init__()
        self._transport, self._close = transport, close
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send, unless it is too late."""
        if not self.closed:
            self._transport.write(data)

    def close(self) -> None:
        """Have the connection closed, once."""
        if not self.closed:
            self.closed = True
            self._close()

    def is_closing(self) -> bool:
        """Whether this has been closed, or the client has hung up."""
        return self.closed or self._transport.is_closing()

    def pause_reading(self) -> None:
        """Read no more for now."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        self._transport.resume_reading()

    def get_extra_info(self, name: str, default: object = None) -> Any:  # noqa: ANN401 - asyncio's signature
        """Return what asyncio knows, such as the client's address."""
        return self._transport.get_extra_info(name, default)


class Cycle(httptools_impl.RequestResponseCycle):
    """A request and its response, which an application may also send whole, see server/transport/single_write.py."""

    async def send(self, message: Any) -> None:  # noqa: ANN401 - Uvicorn's own types know no extensions
        """Send a message of the application's."""
        if message["type"] != WHOLE:
            await super().send(message)
            return
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.disconnected:
            return
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        lines = [b"%b: %b\r\n" % header for header in self.default_headers]
        if not self.keep_alive:
            lines.append(b"connection: close\r\n")
        body = b"" if self.scope["method"] == "HEAD" else message["body"]
        status = STATUS_LINE[message["status"]]
        self.transport.write(b"".join((status, *lines, message["head"], b"\r\n", body)))
        self.message_event.set()
        if not self.keep_alive:
            self.transport.close()
        self.on_response()


# Uvicorn makes its cycles by this name, and has no other way to be given ours.
httptools_impl.RequestResponseCycle = Cycle  # type: ignore[misc]


class Connection(HttpToolsProtocol):
    """A client's connection: Uvicorn's, with an end to everything.

    - The line and headers of a request are there within the client timeout, counted from connecting, or from the first
      byte of a later request; they are of limited length, and else refused with 414 or 431.
    - An answer is taken within the client timeout.
    - An answer that is sent before all of the request has come ends the connection, and says so. What still comes is
      thrown away meanwhile: were the connection closed at once, the system would tell the client of that and not of
      the answer.
    - A server that stops answers the requests that are under way and those that come within a short grace. These
      answers tell the client to send no more.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._max_url_bytes = config.max_url_bytes
        self._asking = Timer(self.loop, config.client_timeout, self._abort)
        self._taking = Timer(self.loop, config.client_timeout, self._abort)
        self._leaving = Timer(self.loop, config.client_timeout, self._abort)
        self._client: asyncio.Transport
        self._outlet: GuardedTransport
        self._idle = True
        """Whether nothing has come of a request that we still owe an answer."""
        self._draining = False
        """Whether what comes is thrown away, because nobody can tell where a request in it would begin."""
        self._reusable = False
        """Whether the client wants to use the connection again after the request that is being read."""
        self._stopping = False
        self._header_bytes = 0
        self._hosts = 0
        self._in_body = False
        """Whether the headers of a request have been read, so that what looks like another is a trailer."""
        self._unreported_bytes = 0
        """How much has come since the parser last made anything of it."""
        self._refusal = _invalid()

    @property
    def _answering(self) -> bool:
        """Whether a request has been read, its body perhaps excepted, and not been answered."""
        return bool(self.cycle) and not self.cycle.response_complete

    # From the transport

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in Uvicorn
        """Wait for the first request."""
        self._client = transport
        self._outlet = GuardedTransport(transport, self._close)
        super().connection_made(self._outlet)
        self._asking.start()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self.transport.close()
        for timer in (self._asking, self._taking, self._leaving):
            timer.stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, and see that what can't be told yet is not too much."""
        if self._draining or self._outlet.closed:
            return
        self._idle = False
        self._unreported_bytes += len(data)
        super().data_received(data)
        if self._unreported_bytes > MAX_HEADER_BYTES:
            self._refusal = _headers_too_long(self._unreported_bytes)
            self.send_400_response("")
        elif not self.cycle or self.cycle.response_complete:
            self._asking.start()

    def eof_received(self) -> None:
        """Let the transport close, which it does when the client has taken what it was sent."""
        self._leaving.start()

    def pause_writing(self) -> None:
        """Expect the client to take what it was sent."""
        self._taking.start()
        super().pause_writing()

    def resume_writing(self) -> None:
        """Write on: the client has taken it."""
        self._taking.stop()
        super().resume_writing()

    # From the parser

    def on_url(self, url: bytes) -> None:
        """Add to the URL."""
        self._unreported_bytes = 0
        self.url += url
        if len(self.url) > self._max_url_bytes:
            self._refusal = _too_long(414, "urlBytes", "A URL", len(self.url), self._max_url_bytes)
            raise ValueError(self._refusal)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Add a header, or a trailer."""
        self._unreported_bytes = 0
        self._header_bytes += len(name) + len(value) + 32
        if self._header_bytes > MAX_HEADER_BYTES:
            self._refusal = _headers_too_long(self._header_bytes)
            raise ValueError(self._refusal)
        # A trailer is no header (RFC 9110, section 6.5.1): proxies check and add headers, and pass on trailers.
        if self._in_body:
            return
        # As Uvicorn does it, without a call for each.
        name = name.lower()
        if name == b"host":
            self._hosts += 1
        elif name == b"expect" and value.lower() == b"100-continue":
            self.expect_100_continue = True
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Start to answer a request, of which the body may still have to come."""
        self._unreported_bytes, self._in_body = 0, True
        self._asking.stop()
        if len(self.pipeline) >= MAX_WAITING:
            raise ValueError("too many requests at once")
        # RFC 9112, section 3.2: a proxy and we might otherwise take different ones for the host.
        if self._hosts != 1 and (self._hosts or cast("Any", self.parser).get_http_version() == "1.1"):
            raise ValueError("not one host")
        super().on_headers_complete()
        # An answer that begins before the request has ended is the last one, and has to say so.
        self._reusable, self.cycle.keep_alive = self.cycle.keep_alive, False

    def on_body(self, body: bytes) -> None:
        """Pass on a part of the body."""
        self._unreported_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        self._unreported_bytes = self._header_bytes = self._hosts = 0
        self._in_body = False
        if not self.cycle.response_started:
            self.cycle.keep_alive = self._reusable and not self._stopping
        cast("Scope", self.scope)["extensions"] = _WHOLE
        super().on_message_complete()

    # From Uvicorn

    def on_response_complete(self) -> None:
        """Go on with the next request, or wait for it."""
        super().on_response_complete()
        self._idle = self.timeout_keep_alive_task is not None

    def shutdown(self) -> None:
        """Answer what has been asked, and what may already be on its way."""
        self._stopping = True
        self.timeout_keep_alive = SECONDS_OF_GRACE
        if self._idle:
            self._unset_keepalive_if_required()
            self.timeout_keep_alive_task = self.loop.call_later(SECONDS_OF_GRACE, self.timeout_keep_alive_handler)
        elif self._answering and not self.cycle.response_started:
            self.cycle.keep_alive = False

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - ours says more
        """Refuse what is no request, and be deaf to all that follows."""
        self._draining = True
        if self._answering:
            cycle = self.cycle
            cycle.keep_alive = False
            if self.pipeline or cycle.response_started or not cycle.more_body:
                # A client takes what it reads next for the answer to an earlier request, so it gets that, and no more.
                return
            cycle.disconnected = True
            cycle.message_event.set()
        status, error = self._refusal
        body = orjson.dumps({"errors": [error]})
        headers = [
            *self.server_state.default_headers,
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        lines = b"".join(b"%b: %b\r\n" % header for header in headers)
        self.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[status], lines, body))
        self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: a server may ignore that a client would rather speak another protocol."""

    # Endings

    def _close(self) -> None:
        """Close when the client has taken what it was sent, and has ended what it sends."""
        self._leaving.start()
        if self._client.is_closing():
            return
        if self._draining or (self.cycle and self.cycle.more_body):
            self.flow.resume_reading()
            self._client.write_eof()
        else:
            self._client.close()

    def _abort(self) -> None:
        """Drop the connection, with all that the client has not taken."""
        if self._client.get_write_buffer_size():
            # The system has taken megabytes of it off our hands, and would go on offering them.
            self._client.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        self._client.abort()


def _invalid() -> Refusal:
    return 400, {"message": "This is no valid HTTP request.", "extensions": {"code": "BAD_REQUEST"}}


def _headers_too_long(value: int) -> Refusal:
    return _too_long(431, "headerBytes", "Headers", value, MAX_HEADER_BYTES)


def _too_long(status: int, limit: str, what: str, value: int, maximum: int) -> Refusal:
    extensions = limit_extensions(limit, value, maximum)
    return status, {"message": f"{what} may have {maximum:,} bytes at most.", "extensions": extensions}
