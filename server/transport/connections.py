"""HTTP connections that a slow, broken or hostile client can hold only briefly and at little cost.

Uvicorn speaks HTTP. This module adds what it lacks: timeouts for clients that send or read slowly, and limits on what
a client may send before its request is complete.

It uses names of Uvicorn that are not documented (RequestResponseCycle, attributes of HttpToolsProtocol), so
pyproject.toml bounds Uvicorn's version. tests/server/test_connections.py covers these uses.
"""

import asyncio
import socket
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import httptools
import orjson
from starlette.types import Scope
from uvicorn.protocols.http import httptools_impl
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from execution.errors import limit_extensions
from server.security_headers import STRICT_HEADERS
from server.telemetry.logs import logger
from server.telemetry.request_log import request_ids
from server.transport.config import Config
from server.transport.single_write import ARRIVED, SINGLE_WRITE
from server.transport.unsent_bytes import TIMEOUT, UNSENT_BYTES, UnsentBytes

MAX_HEADER_BYTES = 32 * 1024
"""Bytes of all headers of a request together: names, values and, as in HTTP/2, 32 more for each header."""

MAX_PIPELINED = 100
"""Requests that may wait on one connection for the responses to earlier ones."""

PART_BYTES = 256 * 1024
"""Bytes of a body that are sent at once. A client must read them within the client timeout."""

JOINED_BYTES = 32 * 1024
"""Bytes of a body that are copied to send them in one write with the head.

A longer body is written by itself: copying 207 KB takes 28% of the instructions of an introspection query's request.
"""

IDLE_GRACE = 1
"""Seconds for which a stopping server keeps idle connections: a request may already be on its way."""

_DISCARD_UNSENT = struct.pack("ii", 1, 0)
"""A value of SO_LINGER: closing the connection discards what has not been sent."""

_PARSED_APART = frozenset({b"host", b"expect", b"transfer-encoding", b"upgrade"})
"""The names of the headers that decide how a request is read."""

_request_ids = request_ids()

Refusal = tuple[int, dict[str, object]]
"""A status, and the error in the response."""


class Timer:
    """A timeout that can be started and stopped many times.

    Stopping it leaves the event loop's own timer, which checks the time when it ends. To make and cancel one for each
    request took 6,000 instructions.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float, expired: Callable[[], None]) -> None:
        self._loop, self._seconds, self._expired = loop, seconds, expired
        self._end: float | None = None
        """When the timeout ends, by the loop's clock; None while it is stopped."""
        self._handle: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Start the timeout, unless it is running."""
        if self._end is None:
            self._end = self._loop.time() + self._seconds
            if self._handle is None:
                self._handle = self._loop.call_at(self._end, self._check)

    def stop(self) -> None:
        """Stop the timeout until the next start."""
        self._end = None

    def close(self) -> None:
        """Stop the timeout for good."""
        self._end = None
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _check(self) -> None:
        self._handle = None
        if self._end is None:
            return
        if self._end > self._loop.time():
            self._handle = self._loop.call_at(self._end, self._check)
        else:
            self._expired()


class GuardedTransport(asyncio.Transport):
    """The transport that Uvicorn sees: closing is left to the connection, and later writes are discarded."""

    def __init__(self, transport: asyncio.Transport, close: Callable[[], None]) -> None:
        super().__init__()
        self._transport, self._close = transport, close
        self.closed = False
        self.sending: bytes | None = None
        """The long body that is being sent in parts."""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send data, unless this is closed."""
        if not self.closed:
            self._transport.write(data)

    def close(self) -> None:
        """Have the connection closed. Only the first call counts."""
        if not self.closed:
            self.closed = True
            self._close()

    def is_closing(self) -> bool:
        """Whether this is closed or the client has disconnected."""
        return self.closed or self._transport.is_closing()

    def pause_reading(self) -> None:
        """Pause reading."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Resume reading."""
        self._transport.resume_reading()

    def get_extra_info(self, name: str, default: object = None) -> Any:  # noqa: ANN401 - asyncio's signature
        """Return information that asyncio has, such as the client's address."""
        return self._transport.get_extra_info(name, default)


class Cycle(httptools_impl.RequestResponseCycle):
    """A request and its response, with the ASGI extension of server/transport/single_write.py."""

    async def send(self, message: Any) -> None:  # noqa: ANN401 - Uvicorn's types have no extensions
        """Send a message of the application."""
        body: bytes = message.get("body", b"")
        if message["type"] != SINGLE_WRITE:
            await (self._send_parts(message, body) if len(body) > PART_BYTES else super().send(message))
            return
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.disconnected:
            return
        # The end of the client's side has to be seen while a response waits. Uvicorn resumes when a body is received.
        self.flow.resume_reading()
        self.response_started = True
        self.waiting_for_100_continue = False
        lines = [b"%b: %b\r\n" % header for header in self.default_headers]
        if not self.keep_alive:
            lines.append(b"connection: close\r\n")
        if self.scope["method"] == "HEAD":
            body = b""
        start = (STATUS_LINE[message["status"]], *lines, message["head"], b"\r\n")
        if len(body) <= JOINED_BYTES:
            self.transport.write(b"".join((*start, body)))
        elif len(body) <= PART_BYTES:
            self.transport.write(b"".join(start))
            self.transport.write(body)
        else:
            await self._write_parts(start, body)
        self.response_complete = True
        self.message_event.set()
        if not self.keep_alive:
            self.transport.close()
        self.on_response()

    async def _write_parts(self, start: Iterable[bytes], body: bytes) -> None:
        """Write a long body in parts, each when the client has read the one before.

        A transport that is given all of it would keep what is not sent, with the head: a copy for each client. The
        parts are views of one body, which all clients share.
        """
        transport = cast("GuardedTransport", self.transport)
        transport.sending = body
        transport.write(b"".join(start))
        for part in _parts(body):
            if self.flow.write_paused:
                await self.flow.drain()
            if transport.closed:
                return
            transport.write(part)

    async def _send_parts(self, message: Any, body: bytes) -> None:  # noqa: ANN401 - as above
        """Send a message with a long body as several with parts of it. Uvicorn's method waits for the client."""
        cast("GuardedTransport", self.transport).sending = body
        *parts, last = _parts(body)
        for part in parts:
            await super().send(cast("Any", {**message, "body": part, "more_body": True}))
        await super().send(cast("Any", {**message, "body": last}))


def _parts(body: bytes) -> Iterator[memoryview]:
    """Yield the parts of a body, without a copy."""
    view = memoryview(body)
    return (view[begin : begin + PART_BYTES] for begin in range(0, len(body), PART_BYTES))


# Uvicorn's protocol looks this class up by its name and has no other way to be given one.
httptools_impl.RequestResponseCycle = Cycle  # type: ignore[misc]


class Connection(HttpToolsProtocol):
    """A client's connection: Uvicorn's protocol with timeouts and limits.

    - The request line and headers must arrive within the client timeout, counted from the connection, or from the first
      byte of a later request. Their length is limited: longer ones are refused with 414 or 431.
    - The client must read each part of a response within the client timeout. The next request starts when it has read
      all of the response to the one before. What clients have not read is bounded over all connections.
    - A request to upgrade to another protocol is answered in this one, and its body is read as its headers frame it.
    - A body may have the transfer coding ``chunked`` and no other.
    - A response that is sent before its request has arrived completely is the last one on the connection, and has
      ``Connection: close``. What the client still sends is discarded: if the connection were closed at once, the system
      would tell the client of that and discard the response.
    - A stopping server answers the requests that are in progress and those that arrive within a short grace period.
      These responses have ``Connection: close``.
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
        self._unsent: UnsentBytes = app_state[UNSENT_BYTES]
        self._arrived: Callable[[], None] = app_state[ARRIVED]
        self._request_timer = Timer(self.loop, config.client_timeout, self.abort)
        self._write_timer = Timer(self.loop, config.client_timeout, self._stalled)
        self._close_timer = Timer(self.loop, config.client_timeout, self.abort)
        self._idle_timer = Timer(self.loop, self.timeout_keep_alive, self.timeout_keep_alive_handler)
        self._client: asyncio.Transport
        self._guarded: GuardedTransport
        self._idle = True
        """Whether no part of an unanswered request has arrived."""
        self._draining = False
        """Whether input is discarded, because the place where the next request begins is unknown."""
        self._reusable = False
        """Whether the client keeps the connection open after the request that is being read."""
        self._stopping = False
        self._header_bytes = 0
        self._hosts = 0
        self._in_body = False
        """Whether the headers of the request are complete, so that any further header is a trailer."""
        self._asks_to_upgrade = False
        self._upgrade_framing: bytes | None = None
        """The header that frames the body of a request to upgrade, until that body is read."""
        self._response_unread = False
        """Whether the client has not read all of a complete response, so that the next request waits."""
        self._half_closed = False
        """Whether the client sends nothing more and still reads."""
        self._unreported_bytes = 0
        """Bytes received since the parser last reported anything."""
        self._refusal = _invalid()

    @property
    def _response_pending(self) -> bool:
        """Whether a request whose headers are complete has no complete response yet."""
        return bool(self.cycle) and not self.cycle.response_complete

    # Called by the transport

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in Uvicorn
        """Wait for the first request."""
        self._client = transport
        # Any byte that the system does not take is one that the client has not read.
        transport.set_write_buffer_limits(high=0)
        self._guarded = GuardedTransport(transport, self._close)
        super().connection_made(self._guarded)
        self._request_timer.start()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all timers."""
        self.transport.close()
        for timer in (self._request_timer, self._write_timer, self._close_timer, self._idle_timer):
            timer.close()
        self._unsent.proceed(self)
        super().connection_lost(exc)
        # Requests that wait refer to this connection, and would stay until the garbage collector looks at all objects.
        self.pipeline.clear()

    def data_received(self, data: bytes) -> None:
        """Parse data, and limit how much may arrive that the parser cannot report yet."""
        if self._draining or self._guarded.closed:
            return
        self._idle = False
        self._unreported_bytes += len(data)
        self._idle_timer.stop()
        try:
            self._parse(data)
        except httptools.HttpParserError:
            self.send_400_response("")
            return
        if self._unreported_bytes > MAX_HEADER_BYTES:
            self._refusal = _HEADERS_TOO_LONG
            self.send_400_response("")
        elif not self.cycle or self.cycle.response_complete:
            self._request_timer.start()

    def eof_received(self) -> bool:  # type: ignore[override] # asyncio's protocol may return whether to stay open
        """Let the transport close itself when the client has read everything."""
        # The transport reports the end again when reading is resumed, which may be between two responses.
        if self._guarded.closed or (self._guarded.sending is None and not self._half_closed):
            self._close_timer.start()
            return False
        # The client sends nothing more, and the parts that follow are still to be written.
        self._half_closed = True
        self.cycle.keep_alive = False
        return True

    def pause_writing(self) -> None:
        """Start to wait for the client to read."""
        self._write_timer.start()
        super().pause_writing()
        self._unsent.wait(self, self._guarded.sending, self._client.get_write_buffer_size())

    def resume_writing(self) -> None:
        """Write again: the client has read enough."""
        self._write_timer.stop()
        self._unsent.proceed(self)
        super().resume_writing()
        if self._response_unread:
            self._response_unread = False
            self.on_response_complete()

    def _parse(self, data: bytes | memoryview) -> None:
        """Parse data, on past a request to upgrade.

        The parser takes what follows such a request for another protocol. It skips the body and stops, and a client
        that sends the body later would have it read as the next request.
        """
        while data:
            try:
                self.parser.feed_data(data)
            except httptools.HttpParserUpgrade as upgrade:
                data = memoryview(data)[upgrade.args[0] :]
                if self._upgrade_framing:
                    self.parser = self._body_parser(self._upgrade_framing)
                    self._upgrade_framing = None
            else:
                return

    def _body_parser(self, framing: bytes) -> httptools.HttpRequestParser:
        """Return a parser that expects the body of the current request, because it has read the framing header."""
        kept = self.url, self.headers, self.scope
        parser = httptools.HttpRequestParser(self)
        parser.set_dangerous_leniencies(lenient_data_after_close=True)
        parser.feed_data(b"POST / HTTP/1.1\r\n%b\r\n\r\n" % framing)
        self.url, self.headers, self.scope = kept
        return parser

    # Called by the parser

    def on_url(self, url: bytes) -> None:
        """Add a part of the URL."""
        self._unreported_bytes = 0
        self.url += url
        if len(self.url) > self._max_url_bytes:
            self._refusal = _too_long(414, "urlBytes", "URL", self._max_url_bytes)
            raise ValueError(self._refusal)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Add a header; count a trailer and ignore it."""
        self._unreported_bytes = 0
        self._header_bytes += len(name) + len(value) + 32
        if self._header_bytes > MAX_HEADER_BYTES:
            self._refusal = _HEADERS_TOO_LONG
            raise ValueError(self._refusal)
        # A trailer must not count as a header (RFC 9110, section 6.5.1): proxies check headers and pass trailers on.
        if self._in_body:
            return
        name = name.lower()
        if name in _PARSED_APART:
            self._note(name, value)
        self.headers.append((name, value))

    def _note(self, name: bytes, value: bytes) -> None:
        """Note a header that decides how the request is read."""
        if name == b"host":
            self._hosts += 1
        elif name == b"upgrade":
            self._asks_to_upgrade = True
        elif name == b"expect":
            # RFC 9110, section 10.1.1: a client of HTTP/1.0 does not know the response 100.
            self.expect_100_continue = value.lower() == b"100-continue" and self._http_version != "1.0"
        elif name == b"transfer-encoding" and value.strip().lower() != b"chunked":
            self._refusal = _UNKNOWN_CODING
            raise ValueError(self._refusal)
        elif name == b"transfer-encoding" and self._http_version == "1.0":
            # RFC 9112, section 6.1. A proxy of HTTP/1.0 passes the header on and reads another body.
            raise ValueError("a transfer coding in HTTP/1.0")

    @property
    def _http_version(self) -> str:
        version: str = cast("Any", self.parser).get_http_version()
        return version

    def on_headers_complete(self) -> None:
        """Start to handle a request, whose body may still have to arrive."""
        if self._upgrade_framing:
            return  # the request is handled already
        self._unreported_bytes, self._in_body = 0, True
        self._request_timer.stop()
        if len(self.pipeline) >= MAX_PIPELINED:
            raise ValueError("too many pipelined requests")
        # RFC 9112, section 3.2. A proxy could otherwise take another one for the host than this server.
        if self._hosts != 1 and (self._hosts or self._http_version == "1.1"):
            raise ValueError("not exactly one Host header")
        if self._asks_to_upgrade:
            self._asks_to_upgrade = False
            self._upgrade_framing = _framing(self.headers) if self.parser.should_upgrade() else None
        super().on_headers_complete()
        # A response that begins before the request is complete is the last one, and says so.
        self._reusable, self.cycle.keep_alive = self.cycle.keep_alive, False

    def on_body(self, body: bytes) -> None:
        """Add a part of the body."""
        self._unreported_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Complete the request."""
        if self._upgrade_framing:
            return  # only the parser's part is complete
        self._unreported_bytes = self._header_bytes = self._hosts = 0
        self._in_body = False
        if not self.cycle.response_started:
            self.cycle.keep_alive = self._reusable and not self._stopping
        cast("Scope", self.scope)["extensions"] = {SINGLE_WRITE: {"body": self.cycle.body}}
        self._arrived()
        super().on_message_complete()

    # Called by Uvicorn

    def on_response_complete(self) -> None:
        """Start the next request, or wait for one. While the client has not read the response, do neither."""
        if self.flow.write_paused and not self._guarded.closed:
            self._response_unread = True
            self.flow.pause_reading()
            return
        self._guarded.sending = None
        if self.pipeline or self.transport.is_closing():
            super().on_response_complete()
            return
        # As Uvicorn's method, but for the timer.
        self.server_state.total_requests += 1
        self.flow.resume_reading()
        self._idle = True
        self._idle_timer.start()
        if self._half_closed:
            self.transport.close()

    def shutdown(self) -> None:
        """Finish the requests that are in progress or on their way."""
        self._stopping = True
        self._idle_timer.close()
        self._idle_timer = Timer(self.loop, IDLE_GRACE, self.timeout_keep_alive_handler)
        if self._idle:
            self._idle_timer.start()
        elif self._response_pending and not self.cycle.response_started:
            self.cycle.keep_alive = False

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - ours is JSON and says more
        """Refuse input that is not a valid request, and discard all that follows."""
        self._draining = True
        if self._response_pending:
            cycle = self.cycle
            cycle.keep_alive = False
            if self.pipeline or cycle.response_started or not cycle.more_body:
                # The client would take this refusal for the response to an earlier request. It gets only that response.
                return
            cycle.disconnected = True
            cycle.message_event.set()
        status, error = self._refusal
        body = orjson.dumps({"errors": [error]})
        request_id = next(_request_ids)
        headers = [
            *self.server_state.default_headers,
            *STRICT_HEADERS,
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"connection", b"close"),
            (b"x-request-id", request_id.encode()),
        ]
        lines = b"".join(b"%b: %b\r\n" % header for header in headers)
        self.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[status], lines, body))
        self.transport.close()
        logger.info("refused an invalid HTTP request", extra={"request_id": request_id, "status": status})

    # Closing

    def _close(self) -> None:
        """Close when the client has read everything and stopped sending."""
        self._close_timer.start()
        if self._client.is_closing():
            return
        if self._draining or (self.cycle and self.cycle.more_body):
            self.flow.resume_reading()
            self._client.write_eof()
        else:
            self._client.close()

    def _stalled(self) -> None:
        """Abort a connection whose client does not read."""
        self._unsent.note(TIMEOUT)
        self.abort()

    def abort(self) -> None:
        """Close the connection at once and discard what the client has not read."""
        if self._client.get_write_buffer_size():
            # The system has buffered some of it and would keep trying to send that.
            self._client.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DISCARD_UNSENT)
        self._client.abort()


def _invalid() -> Refusal:
    return 400, {"message": "This is not a valid HTTP request.", "extensions": {"code": "BAD_REQUEST"}}


_UNKNOWN_CODING: Refusal = (
    501,
    {
        "message": "The only transfer coding of this server is chunked. Send the body as it is, or in chunks.",
        "extensions": {"code": "BAD_REQUEST"},
    },
)


def _framing(headers: list[tuple[bytes, bytes]]) -> bytes | None:
    """Return the header line that frames a request's body; None if it has no body."""
    for name, value in headers:
        if name == b"transfer-encoding" or (name == b"content-length" and int(value)):
            return b"%b: %b" % (name, value)
    return None


def _too_long(status: int, limit: str, part: str, maximum: int) -> Refusal:
    """Return the refusal of a part of a request. It is not received to the end, so its length is unknown."""
    return status, {
        "message": f"The {part} exceeds the maximum of {maximum:,} bytes.",
        "extensions": limit_extensions(limit, None, maximum),
    }


_HEADERS_TOO_LONG = _too_long(431, "headerBytes", "header section", MAX_HEADER_BYTES)
