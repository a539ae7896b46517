"""Servers and other commands as real processes."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from server.settings import Settings
from tests.forking import Forked

ROOT = Path(__file__).parents[2]
SETTINGS = {name.upper() for name in Settings.model_fields}
SECONDS = 60
"""Seconds after which a test fails because something hangs. A passing test never waits this long."""


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a command in the repository's root, with only these settings."""
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=_inherited() | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # In its own process group, so that its workers can be ended with it.
        start_new_session=True,
    )


def _inherited() -> dict[str, str]:
    """Return the environment without settings."""
    return {name: value for name, value in os.environ.items() if name not in SETTINGS}


def start_forked(*arguments: str, **environment: str) -> subprocess.Popen[str] | Forked:
    """Start a command as ``start`` does, forked from a process that has imported the application and the importers.

    Some tests start a command by ``start``, as a user does: a server of several workers is then a supervisor that has
    not imported the application, and workers that import it.
    """
    if sys.platform != "linux":
        return start(*arguments, **environment)
    return Forked(arguments, environment=_inherited() | environment)


def finish(process: subprocess.Popen[str] | Forked) -> tuple[int, str, str]:
    """Wait for a command and return its exit status and what it wrote."""
    with process:
        try:
            out, err = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return process.wait(), out, err


class Server:
    """A running server process."""

    def __init__(self, process: subprocess.Popen[str] | Forked) -> None:
        assert process.stderr is not None
        self.process = process
        self.lines: Iterator[str] = iter(process.stderr)
        # Reading the log has no timeout, so the process has one.
        self.limit = threading.Timer(SECONDS, end, [process])
        self.limit.start()

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Read the log up to a message and return how it matches."""
        for line in self.lines:
            if match := re.search(pattern, json.loads(line)["message"]):
                return match
        raise AssertionError(f"The server ended without logging {pattern}")

    def address(self) -> tuple[str, int]:
        """Wait until the server listens and return its address."""
        match = self.wait_for(r"Uvicorn running on http://([\d.]+):(\d+)")
        return match[1], int(match[2])

    def wait_for_workers(self, workers: int) -> list[int]:
        """Wait until a number of further workers serve and return their process ids."""
        ids: list[int] = []
        serving = 0
        while serving < workers:
            match = self.wait_for(r"Started server process \[(\d+)\]|Application startup complete")
            if match[1]:
                ids.append(int(match[1]))
            else:
                serving += 1
        return ids

    def drain(self) -> None:
        """Read the log in the background from now on, so that a server that logs much never blocks."""
        self.limit.cancel()
        threading.Thread(target=lambda: [*self.lines], daemon=True).start()

    def stop(self) -> int:
        """Stop the server and return its exit status."""
        self.process.terminate()
        return self.ended()

    def ended(self) -> int:
        """Wait for a server that is stopping and return its exit status.

        Do not signal it twice: a process that is ending no longer catches the signal.
        """
        self.process.communicate(timeout=SECONDS)
        return self.process.wait()


def serving(*arguments: str, **environment: str) -> AbstractContextManager[Server]:
    """Run a server on a free port inside a block."""
    return _serving(start("server", *arguments, **{"PORT": "0"} | environment))


def serving_forked(*arguments: str, **environment: str) -> AbstractContextManager[Server]:
    """Run a server on a free port inside a block, forked with its workers."""
    return _serving(start_forked("server", *arguments, **{"PORT": "0"} | environment))


@contextmanager
def _serving(started: subprocess.Popen[str] | Forked) -> Generator[Server]:
    with started as process:
        server = Server(process)
        try:
            yield server
        finally:
            server.limit.cancel()
            end(process)


def end(process: subprocess.Popen[str] | Forked) -> None:
    """Kill a process and its workers."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    # A forked process that has not run yet is in no group of its own.
    process.kill()


def ask(address: tuple[str, int], query: str) -> object:
    """Send a query and return the body of the answer."""
    connection = http.client.HTTPConnection(*address, timeout=SECONDS)
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/graphql", json.dumps({"query": query}), headers)
    body: object = json.loads(connection.getresponse().read())
    connection.close()
    return body


def listens(address: tuple[str, int]) -> bool:
    """Return whether the address accepts connections."""
    try:
        socket.create_connection(address, SECONDS).close()
    except ConnectionRefusedError:
        return False
    return True


QUERY = '{ area(code: "US") { name } }'
ANSWER = {"data": {"area": {"name": "United States"}}}
