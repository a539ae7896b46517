"""The server's log, and databases of both dialects."""

import contextlib
import io
import json
import logging
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from server.telemetry import logs
from tests.conftest import COLD, Api, serving
from tests.databases import PostgreSQLServer

SECONDS = 30
"""Seconds after which a test fails because something hangs."""

Lines = Callable[[], list[dict[str, Any]]]


@contextlib.contextmanager
def logging_to(stream: io.StringIO) -> Generator[None]:
    """Send the server's log to a stream instead of standard error."""
    # What earlier requests have to log belongs to the log of their test.
    logs.finish()
    root = logging.getLogger()
    level, others = root.level, root.handlers[:]
    # Set aside, because configuring closes the handlers that it replaces.
    root.handlers.clear()
    with contextlib.redirect_stderr(stream):
        ours = logs.configure("info")
    root.handlers[:] = others
    # The test client logs too, in the same process.
    logs.logger.addHandler(ours)
    yield
    logs.logger.removeHandler(ours)
    root.setLevel(level)


def text_of(stream: io.StringIO) -> str:
    """Return what was logged to a stream, with the lines that wait to be written."""
    logs.finish()
    return stream.getvalue()


@pytest.fixture
def log() -> Iterator[Lines]:
    """The log as JSON, one object for each line."""
    with logging_to(written := io.StringIO()):
        yield lambda: [json.loads(line) for line in text_of(written).splitlines()]


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@contextlib.contextmanager
def held_up(
    api: Api, postgresql: PostgreSQLServer, url: str, query: str, count: int
) -> Generator[list[Future[httpx2.Response]]]:
    """Have this many clients read the table of areas, which is locked; yield their pending answers.

    The block begins when all of them have a slot. After it all have been answered.
    """
    with ThreadPoolExecutor(count) as clients:
        with postgresql.locking(url, "area"):
            answers = [clients.submit(api.post, query) for _ in range(count)]
            end = time.monotonic() + SECONDS
            while api.app.state.service.concurrency_limit.active < count:
                assert time.monotonic() < end
                time.sleep(0.01)
            yield answers
        for answer in answers:
            answer.result(SECONDS)


@pytest.fixture(scope="session")
def postgresql_url(postgresql: PostgreSQLServer) -> str:
    """A seeded PostgreSQL database, for tests that only read or lock it."""
    return postgresql.seeded_url()


@pytest.fixture(scope="session")
def either_url(seeded_database: Callable[[], str]) -> str:
    """A seeded SQLite database, then a seeded PostgreSQL database, for tests that only read."""
    return seeded_database()


@pytest.fixture(scope="module")
def either(either_url: str) -> Iterator[Api]:
    """The API on each of them."""
    with serving(either_url, **COLD) as served:
        yield served
