"""The listening socket, and the processes that accept connections on it and stop gracefully."""

import asyncio
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import cast

import uvicorn
from uvicorn.supervisors import Multiprocess, multiprocess

_MAX_NOT_SENT = 128 * 1024
"""Bytes of a connection that the system accepts before it can send them."""

_SUPERVISOR_DELAY = 0.6
"""Seconds for which a stopping worker still accepts connections.

Ctrl-C stops the workers and the supervisor at once, but the supervisor looks for signals only every half second. Until
it has closed its copy of the socket, the system establishes connections, and only workers can accept them.
"""


class CannotListen(Exception):
    """The server cannot listen on the address; the message says why."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; raise CannotListen if the system refuses it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    try:
        address = (host.encode("idna").decode(), port)
        listener = socket.create_server(address, family=family, backlog=2048, dualstack_ipv6=both)
    except UnicodeError as error:
        raise CannotListen(f"cannot listen: {host} is not a valid host name: {error}") from None
    except OSError as error:
        raise CannotListen(f"cannot listen: {error.strerror}") from None
    if sys.platform != "win32":
        # Connections inherit this. Without it, the system buffers up to 4 MB for each client that does not read.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _MAX_NOT_SENT)
    return listener


def url_of(host: str, port: int) -> str:
    """Return the URL of a host and a port."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server(uvicorn.Server):
    """A process that serves. When it stops, it also serves the connections that are established and not accepted yet.

    The system would reset those when the listening socket is closed, although their clients may have sent a request.
    So all of them are accepted and the socket is closed in one step of the event loop. What remains is a client whose
    connection is established in the microseconds between the last accept and the close, or whose handshake is then
    under way: it is reset before any byte of a response.
    """

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept the waiting connections, close the listening sockets, then let Uvicorn serve what is open."""
        if self.config.workers > 1:
            await asyncio.sleep(_SUPERVISOR_DELAY)
        waiting = [client for listener in sockets or () for client in _waiting(listener)]
        for server in self.servers:
            server.close()
        for client in waiting:
            await asyncio.get_running_loop().connect_accepted_socket(self._new_connection, client)
        await super().shutdown(sockets)

    def _new_connection(self) -> asyncio.Protocol:
        # Uvicorn's class takes more than an asyncio.Protocol does, which is all that its type says.
        create = cast("Callable[..., asyncio.Protocol]", self.config.http_protocol_class)
        return create(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)


def _waiting(listener: socket.socket) -> Iterator[socket.socket]:
    """Accept the connections that are established, and stop when there are no more."""
    with suppress(BlockingIOError):
        while True:
            client, _ = listener.accept()
            client.setblocking(False)
            yield client


class Worker(multiprocess.Process):
    """A process that serves next to others."""

    @property
    def server(self) -> uvicorn.Server:
        """The server that it runs."""
        if self._server is None:
            self._server = Server(self.config)
        return self._server

    def is_alive(self, timeout: float = 0) -> bool:  # noqa: ARG002 - Uvicorn's signature
        """Return whether the process has not ended.

        Uvicorn also kills a worker that takes seconds to answer, as healthy workers do while they start on a busy
        machine.
        """
        return self.process.is_alive()


# Uvicorn's supervisor looks its worker class up by this name and has no other way to be given one. pyproject.toml
# therefore bounds Uvicorn's version.
multiprocess.Process = Worker  # type: ignore[misc]


class Supervisor(Multiprocess):
    """The parent process: it starts workers, replaces those that die, and passes on signals to stop."""

    def terminate_all(self) -> None:
        """Close this process's copy of the socket, then stop the workers.

        While any process has the socket, the system lets clients connect, and this process accepts none of them.
        """
        for listener in self.sockets:
            listener.close()
        super().terminate_all()
