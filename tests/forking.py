"""Modules and scripts in processes forked from one that has imported the application and the importers.

A new interpreter takes over a second for these imports. Here one process imports them once. It shares no connection,
lock or thread with the tests' process.
"""

import logging
import multiprocessing
import os
import resource
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

import uvicorn._subprocess

ROOT = Path(__file__).parents[1]

_fork_server = multiprocessing.get_context("forkserver")
# A process has one fork server, so this is the list of all users.
_fork_server.set_forkserver_preload(
    [
        __name__,
        *("db.database", "db.writing", "seed.command", "seed.comparison_page"),
        *("server.command", "server.app", "server.transport.connections"),
    ]
)


class Forked:
    """A module or a script in its own process group, with what tests use of ``subprocess.Popen``.

    The first of the arguments is the name of the module, or the path of the script. ``largest_file`` limits the bytes
    of the files that it writes.
    """

    def __init__(
        self,
        arguments: Sequence[str | Path],
        *,
        environment: Mapping[str, str] | None = None,
        largest_file: int | None = None,
    ) -> None:
        self.stdout, out = _pipe()
        self.stderr, err = _pipe()
        variables = {**(os.environ if environment is None else environment)}
        self._process = _fork_server.Process(
            target=_run, args=([*map(str, arguments)], variables, largest_file, out, err)
        )
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
    reader, writer = _fork_server.Pipe(duplex=False)
    with reader:
        return os.fdopen(os.dup(reader.fileno()), encoding="utf-8"), writer


def _run(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    largest_file: int | None,
    out: "Connection[Any, Any]",
    err: "Connection[Any, Any]",
) -> None:
    """Run a module or a script in this process."""
    os.setsid()
    os.chdir(ROOT)
    for number, stream in enumerate((out, err), start=1):
        os.dup2(stream.fileno(), number)
        stream.close()
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    sys.argv = [*arguments]
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    # Workers are forked too. This process has one thread, so that they can be.
    uvicorn._subprocess.spawn = multiprocessing.get_context("fork")  # type: ignore[assignment]
    name = arguments[0]
    try:
        if Path(name).is_absolute():
            runpy.run_path(name, run_name="__main__")
        else:
            runpy.run_module(name, run_name="__main__", alter_sys=True)
    finally:
        # An interpreter does this at its exit, which processes of multiprocessing skip.
        logging.shutdown()


class Script(Forked):
    """A script that is given as text."""

    def __init__(self, text: str, *arguments: str | Path) -> None:
        self._file = tempfile.NamedTemporaryFile("w", suffix=".py")  # noqa: SIM115 - read by the process
        self._file.write(text)
        self._file.flush()
        super().__init__([Path(self._file.name), *arguments])

    def __exit__(self, *raised: object) -> None:
        super().__exit__(*raised)
        self._file.close()
