"""``python -m server`` and ``python -m seed`` as an operator runs them: processes, signals, exit statuses, files."""

import hashlib
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.condition import Condition, check
from db.writing import writing
from seed.__main__ import main as seed
from seed.page import store_page
from server.__main__ import main as serve
from server.settings import Settings
from tests.databases import PostgreSQLServer

Run = Callable[[Callable[[], int], str], tuple[int, str, str]]

ROOT = Path(__file__).parents[2]
SETTINGS = {name.upper() for name in Settings.model_fields}
EITHER = "sqlite:///rolegraph.sqlite3 or postgresql://user:password@host/database"
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


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a seeded file."""
    path = tmp_path_factory.mktemp("seeded") / "seeded.sqlite3"
    with writing(f"sqlite:///{path}") as session:
        store_page(session)
    return path.read_bytes()


@pytest.fixture
def seeded_url(tmp_path: Path, seeded: bytes) -> str:
    """The URL of a seeded file."""
    path = tmp_path / "seeded.sqlite3"
    path.write_bytes(seeded)
    return f"sqlite:///{path}"


# Serving


class Server:
    """A running server, seen from outside."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        self.process = process
        self.lines: Iterator[str] = iter(process.stderr)

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

    def wait_for_workers(self, workers: int, address: tuple[str, int]) -> None:
        """Wait until all worker processes are there and one of them listens."""
        for _ in range(workers):
            self.wait_for("Application startup complete")
        # Workers say so just before they listen, and say no more.
        while not listens(address):
            assert self.process.poll() is None

    def stop(self) -> int:
        """Ask the server to stop and return its exit status."""
        self.process.terminate()
        self.process.communicate(timeout=SECONDS)
        return self.process.returncode


@contextmanager
def serving(*arguments: str, **environment: str) -> Generator[Server]:
    """Run a server on a port that the system chooses; it is gone when this ends."""
    with start("server", *arguments, **{"PORT": "0"} | environment) as process:
        # Reading its log waits without a limit, so the limit is on the process.
        limit = threading.Timer(SECONDS, process.kill)
        limit.start()
        try:
            yield Server(process)
        finally:
            limit.cancel()
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
    """Return whether anybody accepts connections there."""
    try:
        socket.create_connection(address, SECONDS).close()
    except ConnectionRefusedError:
        return False
    return True


QUERY = '{ area(code: "US") { name } }'
ANSWER = {"data": {"area": {"name": "United States"}}}


def test_the_server_serves_logs_each_request_and_stops_with_ctrl_c(seeded_url: str) -> None:
    with serving("--database-url", seeded_url) as server:
        address = server.address()
        assert address[0] == "127.0.0.1"
        assert ask(address, QUERY) == ANSWER
        assert json.loads(next(server.lines))["message"] == "POST /graphql 200"
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(SECONDS) == 0
        assert {json.loads(line)["level"] for line in server.lines} == {"INFO"}
        assert not listens(address)


def test_a_request_in_flight_is_answered_before_the_server_stops(seeded_url: str) -> None:
    body = json.dumps({"query": QUERY}).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
    )
    with serving(DATABASE_URL=seeded_url) as server, socket.create_connection(server.address(), SECONDS) as client:
        answers = client.makefile("rb")
        client.sendall(head.encode())
        # The server says so once it waits for the body: the request is in flight.
        assert (answers.readline(), answers.readline()) == (b"HTTP/1.1 100 Continue\r\n", b"\r\n")
        server.process.terminate()
        server.wait_for("Shutting down")
        client.sendall(body)
        answer = answers.read()
        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert json.loads(answer.partition(b"\r\n\r\n")[2]) == ANSWER
        assert server.stop() == 0


def test_a_client_that_hangs_up_is_no_error_of_ours(seeded_url: str) -> None:
    head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
    with serving(DATABASE_URL=seeded_url) as server:
        address = server.address()
        with socket.create_connection(address, SECONDS) as client:
            client.sendall(f"{head}{{".encode())
        assert ask(address, QUERY) == ANSWER
        server.process.terminate()
        assert [line for line in server.lines if json.loads(line)["level"] == "ERROR"] == []


def test_two_workers_serve_and_stop(seeded_url: str) -> None:
    with serving("--workers", "2", "--database-url", seeded_url) as server:
        address = server.address()
        server.wait_for_workers(2, address)
        assert [ask(address, QUERY) for _ in range(4)] == [ANSWER] * 4
        assert server.stop() == 0


def test_workers_serve_from_postgresql(postgresql: PostgreSQLServer) -> None:
    url = postgresql.new_url()
    with writing(url) as session:
        store_page(session)
    with serving(DATABASE_URL=url, WORKERS="2", DATABASE_POOL_SIZE="1") as server:
        address = server.address()
        server.wait_for_workers(2, address)
        assert [ask(address, QUERY) for _ in range(4)] == [ANSWER] * 4
        assert server.stop() == 0


def test_the_replica_is_read_and_the_original_is_not(tmp_path: Path, seeded_url: str) -> None:
    nowhere = "postgresql://rolegraph:secret@127.0.0.1:1/rolegraph"
    with serving(DATABASE_URL=nowhere, DATABASE_REPLICA_URL=seeded_url) as server:
        assert ask(server.address(), QUERY) == ANSWER
    missing = tmp_path / "missing.sqlite3"
    refusal = (1, "", f"error: {missing} holds no data yet: run python -m seed\n")
    assert finish(start("server", DATABASE_URL=seeded_url, DATABASE_REPLICA_URL=f"sqlite:///{missing}")) == refusal


def test_a_port_that_is_taken_is_one_clear_line(seeded_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, out, err = finish(start("server", DATABASE_URL=seeded_url, PORT=str(port)))
    errors = [json.loads(line) for line in err.splitlines() if '"ERROR"' in line]
    assert (status != 0, out, len(errors)) == (True, "", 1)
    assert f"('127.0.0.1', {port}): address already in use" in errors[0]["message"]
    assert "exc_info" not in errors[0]


# Settings


def test_each_wrong_setting_is_one_clear_line() -> None:
    status, out, err = finish(start("server", "--port", "99999", PORT="8000", WORKERS="0", LOG_LEVEL="loud"))
    assert (status, out) == (2, "")
    assert err.splitlines() == [
        "error: PORT: Input should be less than or equal to 65535",
        "error: WORKERS: Input should be greater than or equal to 1",
        "error: LOG_LEVEL: Input should be 'debug', 'info', 'warning' or 'error'",
    ]


def test_a_wrong_setting_in_the_environment_is_one_clear_line() -> None:
    line = "error: PORT: Input should be a valid integer, unable to parse string as an integer\n"
    assert finish(start("server", PORT="abc")) == (2, "", line)


# Files that can't be used


def of_another_kind(path: Path, _: bytes) -> None:
    """Leave a file that is no database."""
    path.write_text("Dear diary,\n" * 1000, encoding="utf-8")


def damaged(path: Path, seeded: bytes) -> None:
    """Leave a file with noise in its middle."""
    middle = len(seeded) // 2
    path.write_bytes(seeded[: middle - 20_000] + b"\xa5" * 40_000 + seeded[middle + 20_000 :])


def truncated(path: Path, seeded: bytes) -> None:
    """Leave a file that a full disk or a broken copy has cut off."""
    path.write_bytes(seeded[:-20_000])


def changed(path: Path, content: bytes, *statements: str) -> None:
    """Leave a database that somebody has changed."""
    path.write_bytes(content)
    file = sqlite3.connect(path)
    for statement in statements:
        file.execute(statement)
    file.commit()
    file.close()


def of_another_program(path: Path, _: bytes) -> None:
    """Leave a database with a table that is not ours."""
    changed(path, b"", "CREATE TABLE notes (text)", "INSERT INTO notes VALUES ('precious')")


def of_a_newer_version(path: Path, seeded: bytes) -> None:
    """Leave a database that a later migration has been at."""
    changed(path, seeded, "UPDATE alembic_version SET version_num = '9999'")


def a_folder(path: Path, _: bytes) -> None:
    """Leave a folder."""
    path.mkdir()


def digest(path: Path) -> str | None:
    """Return the SHA-256 of a file's bytes, None where there is no file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


MALFORMED = "(file is not a database|database disk image is malformed|it is damaged .+)"


FILES = [
    pytest.param(of_another_kind, "file is not a database", id="not a database"),
    pytest.param(damaged, MALFORMED, id="damaged"),
    pytest.param(truncated, MALFORMED, id="truncated"),
    pytest.param(of_another_program, "it holds tables of another program", id="of another program"),
    pytest.param(
        of_a_newer_version,
        r"it is from a newer version of Rolegraph \(revision 9999\): upgrade Rolegraph",
        id="from a newer version",
    ),
    pytest.param(a_folder, ".+", id="a folder"),
]
COMMANDS = pytest.mark.parametrize("command", [pytest.param(serve, id="server"), pytest.param(seed, id="seed")])


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run a command inside this process, which spares a second for each of many cases."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "argv", ["command"])

    def command(main: Callable[[], int], url: str) -> tuple[int, str, str]:
        monkeypatch.setenv("DATABASE_URL", url)
        status = main()
        out, err = capfd.readouterr()
        return status, out, err

    # On a port that is taken, a server that should have refused ends instead of serving on and on.
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        yield command


@COMMANDS
@pytest.mark.parametrize(("make", "problem"), FILES)
def test_a_file_that_cannot_be_used_is_refused_and_left_alone(
    tmp_path: Path,
    seeded: bytes,
    run: Run,
    command: Callable[[], int],
    make: Callable[[Path, bytes], None],
    problem: str,
) -> None:
    path = tmp_path / "data.sqlite3"
    make(path, seeded)
    before = digest(path)
    status, out, err = run(command, f"sqlite:///{path}")
    assert (status, out) == (1, "")
    assert re.fullmatch(rf"error: cannot use {re.escape(str(path))}: {problem}\n", err)
    assert digest(path) == before


@COMMANDS
@pytest.mark.parametrize(
    ("url", "line"),
    [
        pytest.param(
            "sqlite:////nowhere/data.sqlite3",
            "cannot use /nowhere/data.sqlite3: its folder does not exist",
            id="no such folder",
        ),
        pytest.param(
            "rolegraph.sqlite3",
            f"the database URL can't be read; write it as {EITHER}",
            id="not a URL",
        ),
        pytest.param(
            "mysql://rolegraph:secret@localhost/rolegraph",
            f"no support for mysql databases; write {EITHER}",
            id="mysql",
        ),
        pytest.param(
            "postgresql://rolegraph:secret@127.0.0.1:1/rolegraph",
            "cannot use postgresql://127.0.0.1:1/rolegraph: connection failed: "
            'connection to server at "127.0.0.1", port 1 failed: Connection refused',
            id="a server that does not answer",
        ),
    ],
)
def test_a_url_that_cannot_be_used_is_one_clear_line(run: Run, command: Callable[[], int], url: str, line: str) -> None:
    assert run(command, url) == (1, "", f"error: {line}\n")


def test_a_file_of_no_bytes_is_left_alone_by_the_server(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "data.sqlite3"
    path.touch()
    refusal = (1, "", f"error: {path} holds no data yet: run python -m seed\n")
    assert run(serve, f"sqlite:///{path}") == refusal
    assert path.read_bytes() == b""


@pytest.mark.parametrize("name", ["server", "seed"])
def test_the_process_ends_as_its_command_does(tmp_path: Path, seeded: bytes, name: str) -> None:
    path = tmp_path / "data.sqlite3"
    of_a_newer_version(path, seeded)
    before = digest(path)
    line = f"error: cannot use {path}: it is from a newer version of Rolegraph (revision 9999): upgrade Rolegraph\n"
    assert finish(start(name, DATABASE_URL=f"sqlite:///{path}", PORT="0")) == (1, "", line)
    assert digest(path) == before


def test_without_data_there_is_nothing_to_serve_until_there_is_some(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite3"
    url = f"sqlite:///{path}"
    refusal = (1, "", f"error: {path} holds no data yet: run python -m seed\n")
    assert finish(start("server", "--database-url", url)) == refusal
    assert not path.exists()
    with writing(url) as session:
        store_page(session)
    assert check(url) is Condition.CURRENT
