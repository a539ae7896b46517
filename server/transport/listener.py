"""The socket that clients connect to, and how a server leaves it: whoever has got through is still served."""

import asyncio
import ctypes
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from types import FrameType

import uvicorn
from uvicorn.supervisors import Multiprocess, multiprocess

_ATTACH_FILTER = 26
"""Linux's SO_ATTACH_FILTER, which Python has no name for."""

_NO_NEWCOMERS = (
    (0x30, 0, 0, 13),  # load the byte of a TCP header that holds its flags
    (0x45, 0, 1, 0x02),  # is SYN among them, with which a client begins a connection?
    (0x06, 0, 0, 0),  # then drop the packet
    (0x06, 0, 0, 0xFFFFFFFF),  # else let all of it through
)
"""A program for that: operations of the classic Berkeley packet filter."""

_SECONDS_TO_ACCEPT = 2


class CannotListen(Exception):
    """The address can't be listened on; the message says why."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; raise CannotListen where that is not possible."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    try:
        address = (host.encode("idna").decode(), port)
        return socket.create_server(address, family=family, backlog=2048, dualstack_ipv6=both)
    except UnicodeError as error:
        raise CannotListen(f"cannot listen: {host} is no name of a host: {error}") from None
    except OSError as error:
        raise CannotListen(f"cannot listen: {error.strerror}") from None


def url_of(host: str, port: int) -> str:
    """Return an address as the beginning of a URL."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server(uvicorn.Server):
    """A process that serves, and stops listening as said above."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        for listener in sockets or []:
            # A worker may be one of several that stops while the others go on: there it is the supervisor who knows.
            if self.config.workers == 1:
                stop_accepting(listener)
            for _ in _until_empty(listener):
                await asyncio.sleep(0.01)
        await super().shutdown(sockets)


class Worker(multiprocess.Process):
    """A process that serves beside others."""

    @property
    def server(self) -> uvicorn.Server:
        """What it runs."""
        if self._server is None:
            self._server = Server(self.config)
        return self._server

    def is_alive(self, timeout: float = 0) -> bool:  # noqa: ARG002 - Uvicorn's signature
        """Whether it has not ended.

        Uvicorn also kills a worker that takes seconds to say so, as healthy ones do while they start on a busy machine.
        """
        return self.process.is_alive()


# The supervisor makes its workers by this name, and has no other way to be given ours.
multiprocess.Process = Worker  # type: ignore[misc]


class Supervisor(Multiprocess):
    """Several processes that serve on one socket, and this one, which sees that they do.

    As long as any of them has the socket, the system lets clients connect. So this one, which accepts nobody, closes it
    as well.
    """

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket]) -> None:
        super().__init__(config, sockets)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def terminate_all(self) -> None:
        """Have all workers stop."""
        for listener in self.sockets:
            stop_accepting(listener)
            listener.close()
        super().terminate_all()

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        # At once, since Ctrl-C and systemd send the signal to the workers too.
        for listener in self.sockets:
            stop_accepting(listener)
        self.signal_queue.append(number)


def stop_accepting(listener: socket.socket) -> None:
    """Have no more connections begin, so that those which have can all be accepted before the socket is closed.

    The system resets those which have not been, though it has let their clients send a request. There is a moment
    between the last accept and the close, for which only Linux has a remedy: to ignore who knocks. They knock again a
    second later, and are told that nobody listens.
    """
    if sys.platform == "linux":
        program = b"".join(struct.pack("HBBI", *operation) for operation in _NO_NEWCOMERS)
        buffer = ctypes.create_string_buffer(program)
        reference = struct.pack("HP", len(_NO_NEWCOMERS), ctypes.addressof(buffer))
        # Some sandboxes know no filters; there the moment remains.
        with suppress(OSError):
            listener.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, reference)


def _until_empty(listener: socket.socket) -> Iterator[None]:
    """Yield as long as there are connections to accept, and at least once, for those that are being accepted now."""
    until = time.monotonic() + _SECONDS_TO_ACCEPT
    yield
    while select.select([listener], [], [], 0)[0] and time.monotonic() < until:
        yield
