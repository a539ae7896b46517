"""Responses that clients have not read yet: a bound on their bytes, and a log line for clients that do not read.

The operating system takes the first bytes of a response. What it does not take stays in memory until the client reads,
so clients that ask for much and read nothing could use up all memory. A connection has one such response at a time.
"""

from collections.abc import Callable, Hashable
from typing import NamedTuple, Protocol

from server.telemetry.logs import OncePerMinute, logger

UNSENT_BYTES = "rolegraph.unsent_bytes"
"""The key in the state of the lifespan under which connections find the bound of their process."""

MEMORY = "memory"
"""The client was the slowest when all waiting bytes exceeded the bound."""

TIMEOUT = "timeout"
"""The client read too little within its timeout."""


class Reader(Hashable, Protocol):
    """A connection whose client has to read before more can be sent."""

    def abort(self) -> None:
        """Close the connection at once."""


class _Waiting(NamedTuple):
    """What one connection waits to send: a long body, which other connections may share, or a number of bytes."""

    body: bytes | None
    buffered: int


class UnsentBytes:
    """The bytes that wait in this process for clients to read, at most a maximum.

    A body that many connections send counts once. When there are more bytes than the maximum, the connection that has
    waited longest for its client is closed, then the next one. A connection sends in parts of equal size, so this is
    the one whose client reads most slowly.
    """

    def __init__(
        self,
        maximum: int,
        report: Callable[[int], None] = lambda _: None,
        count: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._maximum, self._report, self._count = maximum, report, count
        # In the order in which they began to wait.
        self._waiting: dict[Reader, _Waiting] = {}
        self._senders: dict[int, int] = {}
        """The number of connections that send a body, by its identity."""
        self._log = OncePerMinute()
        self.total = 0

    def wait(self, reader: Reader, body: bytes | None, buffered: int) -> None:
        """Add a connection that waits; close the slowest ones while there are too many bytes.

        What its transport has buffered of a body are views of it, so only bytes of no body count.
        """
        self._waiting[reader] = waiting = _Waiting(body, 0 if body else buffered)
        self._change(waiting, 1)
        while self.total > self._maximum:
            slowest = next(iter(self._waiting))
            self.proceed(slowest)
            self.note(MEMORY)
            slowest.abort()

    def proceed(self, reader: Reader) -> None:
        """Remove a connection that no longer waits, if it did."""
        waiting = self._waiting.pop(reader, None)
        if waiting:
            self._change(waiting, -1)

    def note(self, reason: str) -> None:
        """Count a connection that is closed because its client does not read, and log it at most once a minute."""
        self._count(reason)
        if self._log.due():
            logger.warning("closed the connection of a client that does not read its response (%s)", reason)

    def _change(self, waiting: _Waiting, connections: int) -> None:
        """Add one connection that waits to the total, or -1."""
        body, buffered = waiting
        self.total += connections * buffered
        if body:
            before = self._senders.pop(id(body), 0)
            after = before + connections
            if after:
                self._senders[id(body)] = after
            self.total += (bool(after) - bool(before)) * len(body)
        self._report(self.total)
