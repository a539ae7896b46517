"""A server that has no file descriptor left says so, and recovers."""

import errno
import http.client
import json
import os
import resource
import socket
import time
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.conftest import serving
from tests.server.conftest import Lines
from tests.server.processes import ANSWER, QUERY, SECONDS, Server, ask, serving_forked
from tests.server.test_metrics import samples

SHORTAGES = "rolegraph_out_of_descriptors_total"


def open_descriptors(server: Server) -> set[int]:
    return {int(each.name) for each in Path(f"/proc/{server.process.pid}/fd").iterdir()}


@contextmanager
def descriptors_left(server: Server, number: int) -> Generator[None]:
    """Limit the server to its open descriptors and a number of others."""
    pid = server.process.pid
    before, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    taken = open_descriptors(server)
    free = (each for each in range(before) if each not in taken)
    limit = next(free)
    for _ in range(number):
        limit = next(free)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (limit, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (before, hard))


def wait_until_it_accepts(address: tuple[str, int]) -> None:
    """Wait until the server has opened all that it opens at its start. The database is not among it."""
    with closing(http.client.HTTPConnection(*address, timeout=SECONDS)) as connection:
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
    time.sleep(0.2)


def shortages(address: tuple[str, int], at: str) -> float:
    connection = http.client.HTTPConnection(*address, timeout=SECONDS)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return samples(text).get((SHORTAGES, at), 0)


def logged(server: Server) -> list[str]:
    """Stop the server and return the messages about descriptors since the last one that was read."""
    server.process.terminate()
    messages = [json.loads(line)["message"] for line in server.lines]
    assert server.process.wait(SECONDS) == 0
    return [message for message in messages if "descriptors" in message]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs Linux")
@pytest.mark.parametrize("left", [1, 2, 3])
def test_a_database_that_cannot_be_opened_is_unavailable(database_url: str, left: int) -> None:
    with serving_forked(DATABASE_URL=database_url, METRICS="true", WORKERS="1") as server:
        address = server.address()
        wait_until_it_accepts(address)
        with (
            closing(http.client.HTTPConnection(*address, timeout=SECONDS)) as connection,
            descriptors_left(server, left),
        ):
            for _ in range(3):
                body = json.dumps({"query": QUERY})
                connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                [error] = json.loads(response.read())["errors"]
                assert (response.status, error["extensions"]["code"]) == (503, "DATABASE_UNAVAILABLE")
            connection.request("GET", "/readyz")
            response = connection.getresponse()
            assert (response.status, json.loads(response.read())) == (
                503,
                {"status": "the server is out of file descriptors"},
            )
        assert ask(address, QUERY) == ANSWER
        assert shortages(address, "database") == 3
        assert len(logged(server)) == 1


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs Linux")
def test_connections_that_cannot_be_accepted_are_logged_once_a_minute(database_url: str) -> None:
    with serving_forked(DATABASE_URL=database_url, METRICS="true") as server, ExitStack() as clients:
        address = server.address()
        assert ask(address, QUERY) == ANSWER
        time.sleep(0.5)
        with descriptors_left(server, 3):
            for _ in range(10):
                clients.enter_context(socket.create_connection(address, SECONDS))
            server.wait_for(r"out of file descriptors \(accept\)")
            # The event loop tries again after a second.
            time.sleep(1.5)
        clients.close()
        assert ask(address, QUERY) == ANSWER
        assert 2 <= shortages(address, "accept") <= 20
        assert logged(server) == []


def test_a_file_that_cannot_be_opened_is_a_503(database_url: str, log: Lines) -> None:
    async def fail(_: Request) -> Response:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), "/secret")

    with serving(database_url, metrics=True) as api:
        api.app.router.routes.insert(0, Route("/page", fail))
        for _ in range(3):
            response = api.http.get("/page")
            assert (response.status_code, response.headers["retry-after"]) == (503, "1")
            assert response.json() == {
                "errors": [
                    {
                        "message": "The server has no file descriptor left. Retry in a moment.",
                        "extensions": {"code": "OVERLOADED"},
                    }
                ]
            }
        assert samples(api.http.get("/metrics").text)[SHORTAGES, "file"] == 3
    assert [line["message"] for line in log() if line["level"] == "ERROR"] == [
        "out of file descriptors (file): raise the limit of the process, such as LimitNOFILE of systemd"
    ]
