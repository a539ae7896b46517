"""Runs scripts in processes of their own, which have the application and the importers imported already.

A new interpreter takes over a second to import them. Here one process imports them once, and is forked for each script
and by ``tests.server.forked`` for each server. It shares no connection, lock or thread with the tests' process.
"""

import multiprocessing
import os
import resource
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECONDS = 60
"""Seconds after which a test fails because something hangs."""

SEED = "import runpy; runpy.run_module('seed', run_name='__main__', alter_sys=True)"
"""A script that does what ``python -m seed`` does."""

fork_server = multiprocessing.get_context("forkserver")
# A process has one fork server, so this is the list of all users.
fork_server.set_forkserver_preload(
    [
        __name__,
        *("db.database", "db.writing", "seed.command", "seed.comparison_page"),
        *("server.command", "server.app", "server.transport.connections", "tests.server.forked"),
    ]
)


class Script:
    """A script that runs, and what it wrote."""

    def __init__(
        self,
        script: str,
        *arguments: str | Path,
        environment: Mapping[str, str] | None = None,
        largest_file: int | None = None,
    ) -> None:
        self._out, self._err = (tempfile.NamedTemporaryFile("r") for _ in range(2))  # noqa: SIM115 - closed at the end
        texts = [str(argument) for argument in arguments]
        names = (self._out.name, self._err.name)
        values = dict(os.environ if environment is None else environment)
        self.process = fork_server.Process(target=_execute, args=(script, texts, names, values, largest_file))
        self.process.start()

    def finish(self) -> tuple[int, str, str]:
        """Wait for the script; return its exit status and what it wrote to both streams."""
        self.process.join(SECONDS)
        status = self.process.exitcode
        if status is None:
            self.process.kill()
            raise TimeoutError
        self.process.close()
        with self._out, self._err:
            return status, self._out.read(), self._err.read()


def run_script(script: str, *arguments: str | Path) -> str:
    """Run a script, which must not fail, and return what it wrote."""
    status, out, err = Script(script, *arguments).finish()
    assert status == 0, err
    return out


def _execute(
    script: str,
    arguments: Sequence[str],
    streams: tuple[str, str],
    environment: Mapping[str, str],
    largest_file: int | None,
) -> None:
    for number, name in enumerate(streams, 1):
        os.dup2(os.open(name, os.O_WRONLY), number)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["-c", *arguments]
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    exec(compile(script, "<script>", "exec"), {"__name__": "__main__"})  # noqa: S102 - a test's own script
