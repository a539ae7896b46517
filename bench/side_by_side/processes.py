"""Server processes: start, requests, CPU time and memory. Requires Linux for /proc."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError

from bench.side_by_side.servers import ROOT, Server
from server.settings import Settings

_SECONDS = 60
"""Maximum time to start, or to answer a request."""

_QUIET_SECONDS = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")
_OURS = {name.upper() for name in Settings.model_fields}


@dataclass(frozen=True)
class Running:
    """A running server."""

    server: Server
    process: subprocess.Popen[bytes]
    port: int

    def ask(self, body: bytes) -> bytes:
        """Post a body and return the body of the response, of any status."""
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/graphql", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310 - as above
                content: bytes = response.read()
        except HTTPError as error:
            content = error.read()
        return content

    def entity_tag(self, path: str) -> str:
        """Return the entity tag of the response to a GET."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=_SECONDS) as response:
            tag: str = response.headers["ETag"]
            return tag

    def wait(self) -> None:
        """Wait until the server answers."""
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            with suppress(URLError, ConnectionError):
                self.ask(json.dumps({"query": "{ __typename }"}).encode())
                return
            time.sleep(0.1)
        raise RuntimeError(f"{self.server.name} did not start: see bench/data/servers.log")

    @property
    def cpu_seconds(self) -> float:
        """CPU time of the server's processes so far."""
        return sum(int(fields[11]) + int(fields[12]) for _, fields in self._processes()) / _TICKS

    def settle(self) -> None:
        """Wait until the server is idle, so that it does not slow down the next one."""
        end, computed = time.monotonic() + _SECONDS, -1.0
        while time.monotonic() < end and computed != self.cpu_seconds:
            computed = self.cpu_seconds
            time.sleep(_QUIET_SECONDS)

    @property
    def peak_megabytes(self) -> float:
        """Sum of the peak memory of the server's processes."""
        return sum(_peak_kilobytes(process) for process, _ in self._processes()) / 1024

    def _processes(self) -> Iterator[tuple[Path, list[str]]]:
        """Yield the processes of the server's session, with their fields in /proc/*/stat after the name."""
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if int(fields[3]) == self.process.pid:
                    yield stat.parent, fields


def _peak_kilobytes(process: Path) -> int:
    status = (process / "status").read_text().splitlines()
    return next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0)


@contextmanager
def running(server: Server, log: IO[bytes]) -> Generator[Running]:
    """Run a server on a free port with its own settings only, and kill it at the end."""
    port = _free_port()
    inherited = {name: value for name, value in os.environ.items() if name not in _OURS}
    with subprocess.Popen(  # noqa: S603 - our own commands
        [part.replace("{port}", str(port)) for part in server.command],
        cwd=ROOT,
        env=inherited | server.environment | {"PORT": str(port)},
        stdout=log,
        stderr=log,
        # A new session, by which workers are found and killed.
        start_new_session=True,
    ) as process:
        try:
            yield Running(server, process, port)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
