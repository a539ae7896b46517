"""Servers and other commands as an operator runs them: real processes, seen from outside."""

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
from contextlib import contextmanager, suppress
from pathlib import Path

from server.settings import Settings

ROOT = Path(__file__).parents[2]
SETTINGS = {name.upper() for name in Settings.model_fields}
SECONDS = 60
"""How long anything may take before it counts as hanging; nothing waits for this long where all is well."""


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a command from the repository's root, with no settings but these."""
    inherited = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=inherited | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A group of its own, so that its workers can be ended with it.
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for a command and return its exit status and what it wrote."""
    with process:
        try:
            out, err = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return process.returncode, out, err


class Server:
    """A running server, seen from outside."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        self.process = process
        self.lines: Iterator[str] = iter(process.stderr)
        # Reading the log waits without a limit, so the limit is on the process.
        self.limit = threading.Timer(SECONDS, end, [process])
        self.limit.start()

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Read the log up to a message and return how it matches."""
        for line in self.lines:
            if match := re.search(pattern, json.loads(line)["message"]):
                return match
        raise AssertionError(f"The server ended, and never said {pattern}")

    def address(self) -> tuple[str, int]:
        """Return where the server listens, once it does."""
        match = self.wait_for(r"Uvicorn running on http://([\d.]+):(\d+)")
        return match[1], int(match[2])

    def wait_for_workers(self, workers: int) -> list[int]:
        """Wait until so many more worker processes serve and return their ids."""
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
        """Have the log read in the background from here on, so that a server with much to say never waits for that."""
        self.limit.cancel()
        threading.Thread(target=lambda: [*self.lines], daemon=True).start()

    def stop(self) -> int:
        """Ask the server to stop and return its exit status."""
        self.process.terminate()
        return self.ended()

    def ended(self) -> int:
        """Wait for a server that has been asked to stop and return its exit status.

        Not to be asked twice: a process that is just leaving no longer catches the signal.
        """
        self.process.communicate(timeout=SECONDS)
        return self.process.returncode


@contextmanager
def serving(*arguments: str, **environment: str) -> Generator[Server]:
    """Run a server on a port that the system chooses; it is gone when this ends."""
    with start("server", *arguments, **{"PORT": "0"} | environment) as process:
        server = Server(process)
        try:
            yield server
        finally:
            server.limit.cancel()
            end(process)


def end(process: subprocess.Popen[str]) -> None:
    """End a process and its workers at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def ask(address: tuple[str, int], query: str) -> object:
    """Send a query and return the body of the answer."""
    connection = http.client.HTTPConnection(*address, timeout=SECONDS)
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/graphql", json.dumps({"query": query}), headers)
    body: object = json.loads(connection.getresponse().read())
    connection.close()
    return body


def listens(address: tuple[str, int]) -> bool:
    """Return whether anybody accepts connections there."""
    try:
        socket.create_connection(address, SECONDS).close()
    except ConnectionRefusedError:
        return False
    return True


QUERY = '{ area(code: "US") { name } }'
ANSWER = {"data": {"area": {"name": "United States"}}}
