"""Commands in processes forked from one that has imported the application, which is most of a server's start."""

import logging
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self, TextIO

from tests.forking import fork_server


class Forked:
    """A command in its own process group, with what tests use of ``subprocess.Popen``."""

    def __init__(self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self.stdout, out = _pipe()
        self.stderr, err = _pipe()
        self._process = fork_server.Process(target=_run, args=(arguments, folder, {**environment}, out, err))
        self._process.start()
        out.close()
        err.close()
        assert self._process.pid is not None
        self.pid = self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit status, or the negative number of the signal that ended the process; None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """Return the exit status; None while the process runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit status."""
        self._process.join(timeout)
        if self.returncode is None:
            assert timeout is not None
            raise subprocess.TimeoutExpired("a forked command", timeout)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait for the end and return what the command wrote that has not been read."""
        with ThreadPoolExecutor(2) as readers:
            written = [readers.submit(stream.read) for stream in (self.stdout, self.stderr)]
            try:
                self.wait(timeout)
            except subprocess.TimeoutExpired:
                self.kill()
                raise
        return written[0].result(), written[1].result()

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to stop."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the process."""
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()
        self.stderr.close()
        self.wait()


def _pipe() -> tuple[TextIO, "Connection[Any, Any]"]:
    """Return the ends of a pipe: one to read text from, and one that another process can be given."""
    reader, writer = fork_server.Pipe(duplex=False)
    with reader:
        return os.fdopen(os.dup(reader.fileno()), encoding="utf-8"), writer


def _run(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    out: "Connection[Any, Any]",
    err: "Connection[Any, Any]",
) -> None:
    """Run ``python -m`` with these arguments in this process."""
    os.setsid()
    os.chdir(folder)
    for number, stream in enumerate((out, err), start=1):
        os.dup2(stream.fileno(), number)
        stream.close()
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    sys.argv = [*arguments]
    try:
        runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
    finally:
        # An interpreter does this at its exit, which processes of multiprocessing skip.
        logging.shutdown()
