"""``python -m server`` and ``python -m seed`` as an operator runs them: processes, signals, exit statuses, files."""

import hashlib
import json
import os
import pickle
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from db.condition import Condition, check
from db.writing import writing
from seed.command import main as seed
from seed.comparison_page import store_page
from server.command import main as serve
from server.settings import Settings
from server.transport.config import Config
from tests.databases import PostgreSQLServer, file_of
from tests.server.processes import (
    ANSWER,
    QUERY,
    ROOT,
    SECONDS,
    SETTINGS,
    ask,
    finish,
    listens,
    serving,
    serving_forked,
    start,
)

Run = Callable[[Callable[[], int], str], tuple[int, str, str]]

EITHER = "sqlite:///rolegraph.sqlite3 or postgresql://user:password@host/database"


@pytest.fixture(scope="module")
def seeded(database_url: str) -> bytes:
    """The bytes of a seeded file."""
    return file_of(database_url).read_bytes()


@pytest.fixture
def seeded_url(tmp_path: Path, seeded: bytes) -> str:
    """The URL of a seeded file."""
    path = tmp_path / "seeded.sqlite3"
    path.write_bytes(seeded)
    return f"sqlite:///{path}"


# Serving


def test_the_server_serves_and_stops_with_ctrl_c(seeded_url: str) -> None:
    with serving("--database-url", seeded_url) as server:
        address = server.address()
        assert address[0] == "127.0.0.1"
        assert ask(address, QUERY) == ANSWER
        server.wait_for("POST /graphql 200")
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(SECONDS) == 0
        assert {json.loads(line)["level"] for line in server.lines} == {"INFO"}
        assert not listens(address)


def requests_logged(lines: Iterable[str]) -> list[str]:
    """Return the ids of the GraphQL requests in the rest of a log."""
    logged = [json.loads(line) for line in lines]
    return [line["request_id"] for line in logged if line["message"] == "POST /graphql 200"]


def test_a_request_in_flight_is_answered_and_no_line_is_lost_when_the_server_stops(seeded_url: str) -> None:
    body = json.dumps({"query": QUERY}).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
    )
    with serving_forked(DATABASE_URL=seeded_url) as server:
        address = server.address()
        # A client that disconnects in the middle of a request is no error.
        with socket.create_connection(address, SECONDS) as client:
            client.sendall(f"{head}{{".encode())
        for _ in range(30):
            assert ask(address, QUERY) == ANSWER
        with socket.create_connection(address, SECONDS) as client:
            answers = client.makefile("rb")
            client.sendall(head.encode())
            # The server sends this when it waits for the body, so the request is in flight.
            assert (answers.readline(), answers.readline()) == (b"HTTP/1.1 100 Continue\r\n", b"\r\n")
            server.process.terminate()
            lines = [*takewhile(lambda line: "Shutting down" not in line, server.lines)]
            client.sendall(body)
            answer = answers.read()
        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert b"\r\nconnection: close\r\n" in answer
        assert json.loads(answer.partition(b"\r\n\r\n")[2]) == ANSWER
        lines += server.lines
        assert len({*requests_logged(lines)}) == 31
        assert [line for line in lines if json.loads(line)["level"] == "ERROR"] == []
        assert server.process.wait(SECONDS) == 0


def test_the_line_of_a_request_is_written_within_half_a_second(seeded_url: str) -> None:
    with serving_forked(DATABASE_URL=seeded_url) as server:
        address = server.address()
        for _ in range(3):
            ask(address, QUERY)
        time.sleep(0.5)
        server.process.kill()
        assert len(requests_logged(server.lines)) == 3


def test_workers_serve_from_postgresql_and_stop_with_ctrl_c(postgresql: PostgreSQLServer) -> None:
    with serving(DATABASE_URL=postgresql.seeded_url(), WORKERS="2", DATABASE_POOL_SIZE="1") as server:
        address = server.address()
        server.wait_for_workers(2)
        assert [ask(address, QUERY) for _ in range(4)] == [ANSWER] * 4
        # A terminal sends the signal to every process that was started in it.
        os.killpg(server.process.pid, signal.SIGINT)
        assert {json.loads(line)["level"] for line in server.lines} == {"INFO"}
        assert server.process.wait(SECONDS) == 0
        assert not listens(address)


def test_the_replica_is_read_and_the_original_is_not(
    tmp_path: Path, seeded_url: str, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    nowhere = "postgresql://rolegraph:secret@127.0.0.1:1/rolegraph"
    with serving_forked(DATABASE_URL=nowhere, DATABASE_REPLICA_URL=seeded_url) as server:
        assert ask(server.address(), QUERY) == ANSWER
    missing = tmp_path / "missing.sqlite3"
    monkeypatch.setenv("DATABASE_REPLICA_URL", f"sqlite:///{missing}")
    assert run(serve, seeded_url) == (1, "", f"error: {missing} holds no data yet: run python -m seed\n")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_port_that_is_taken_is_one_clear_line(
    seeded_url: str, monkeypatch: pytest.MonkeyPatch, run: Run, workers: str
) -> None:
    monkeypatch.setenv("WORKERS", workers)
    # The fixture has taken the port.
    port = os.environ["PORT"]
    status, out, err = run(serve, seeded_url)
    assert (status, out) == (1, "")
    assert re.fullmatch(rf"error: cannot listen: Address already in use .*\('127\.0\.0\.1', {port}\)\)\n", err)


@pytest.mark.parametrize(
    ("host", "line"),
    [
        pytest.param("203.0.113.1", "cannot listen: Cannot assign requested address .+", id="of another machine"),
        pytest.param("é..org", r"cannot listen: é\.\.org is not a valid host name: .+", id="not a name"),
    ],
)
def test_an_unusable_address_is_one_clear_line(
    seeded_url: str, monkeypatch: pytest.MonkeyPatch, run: Run, host: str, line: str
) -> None:
    monkeypatch.setenv("HOST", host)
    status, out, err = run(serve, seeded_url)
    assert (status, out) == (1, "")
    assert re.fullmatch(f"error: {line}\n", err)


def has_ipv6() -> bool:
    """Return whether this machine has IPv6, which containers often do not."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_an_ipv6_address_is_served(seeded_url: str) -> None:
    with serving_forked("--host", "::1", "--database-url", seeded_url) as server:
        port = int(server.wait_for(r"Uvicorn running on http://\[::1\]:(\d+)")[1])
        assert ask(("::1", port), QUERY) == ANSWER
        assert server.stop() == 0


# Settings


def test_each_wrong_setting_is_one_clear_line() -> None:
    status, out, err = finish(start("server", "--port", "99999", PORT="8000", WORKERS="0", LOG_LEVEL="loud"))
    assert (status, out) == (2, "")
    assert err.splitlines() == [
        "error: PORT: Input should be less than or equal to 65535",
        "error: WORKERS: Input should be greater than or equal to 1",
        "error: LOG_LEVEL: Input should be 'debug', 'info', 'warning' or 'error'",
    ]


WRONG = [
    ("PORT", "abc", "Input should be a valid integer, unable to parse string as an integer"),
    ("RATE_LIMIT", "often", "must be like 600000/minute"),
    ("RATE_LIMIT", "60000/fortnight", "must be like 600000/minute"),
    ("TRUSTED_PROXIES", "10.0.0.0/8, proxy", "'proxy' does not appear to be an IPv4 or IPv6 network"),
    ("TRUSTED_PROXIES", "10.0.0.1/8", "10.0.0.1/8 has host bits set"),
    (
        "CORS_ORIGINS",
        "https://example.org, example.com",
        "'example.com' is not an origin; write it as https://example.org",
    ),
    (
        "CORS_ORIGINS",
        "https://example.org/",
        "'https://example.org/' is not an origin; write it as https://example.org",
    ),
    ("VALKEY_URL", "localhost:6379", "must be like valkey://host:6379/0"),
    ("VALKEY_URL", "http://localhost:6379", "must be like valkey://host:6379/0"),
    ("OTLP_ENDPOINT", "localhost:4318", "must be like http://host:4318/v1/traces"),
    ("OTLP_ENDPOINT", "http:///v1/traces", "must be like http://host:4318/v1/traces"),
    ("METRICS", "perhaps", "Input should be a valid boolean, unable to interpret input"),
    ("EXECUTION_TIMEOUT", "soon", "Input should be a valid number, unable to parse string as a number"),
    *((name, "0", "Input should be greater than 0") for name in ("EXECUTION_TIMEOUT", "CLIENT_TIMEOUT")),
    *(
        (name, "0", "Input should be greater than or equal to 1")
        for name in (
            *("MAX_BODY_BYTES", "MAX_TOKENS", "MAX_DEPTH", "MAX_ROOT_FIELDS", "MAX_LIST_LENGTH", "MAX_PAGE_SIZE"),
            *(
                "MAX_COST",
                "MAX_ANSWER_BYTES",
                "MAX_IN_FLIGHT",
                "KEEP_ALIVE_TIMEOUT",
                "SHUTDOWN_TIMEOUT",
                "MAX_PERSISTED_BYTES",
            ),
        )
    ),
    *(
        (name, "-1", "Input should be greater than or equal to 0")
        for name in ("MAX_ALIASES", "MAX_DIRECTIVES", "CACHE_SECONDS")
    ),
    ("MAX_PAGE_SIZE", "101", "Input should be less than or equal to 100"),
    ("WORKERS", "65", "Input should be less than or equal to 64"),
]


@pytest.mark.parametrize(("name", "value", "problem"), WRONG)
def test_a_wrong_value_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, name: str, value: str, problem: str
) -> None:
    monkeypatch.setenv(name, value)
    assert run(serve, f"sqlite:///{tmp_path / 'missing.sqlite3'}") == (2, "", f"error: {name}: {problem}\n")


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        pytest.param(
            {"RATE_LIMIT": "9999/minute"},
            "RATE_LIMIT must be at least MAX_COST",
            id="a rate below the greatest cost",
        ),
        pytest.param(
            {"RATE_LIMIT": "60000/minute", "MAX_COST": "60001"},
            "RATE_LIMIT must be at least MAX_COST",
            id="a cost above the rate",
        ),
        pytest.param(
            {"TRUSTED_DOCUMENTS_ONLY": "true"},
            "TRUSTED_DOCUMENTS_ONLY requires TRUSTED_DOCUMENTS",
            id="only trusted documents without a manifest",
        ),
    ],
)
def test_contradicting_settings_are_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, environment: dict[str, str], line: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(serve, f"sqlite:///{tmp_path / 'missing.sqlite3'}") == (2, "", f"error: {line}\n")


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        pytest.param(
            "TRUSTED_DOCUMENTS",
            "/nowhere/documents.json",
            "The manifest /nowhere/documents.json cannot be read: No such file or directory.",
            id="no manifest",
        ),
        pytest.param(
            "VALKEY_URL",
            "valkey://:hunter2@127.0.0.1/?colour=red",
            "VALKEY_URL is invalid: AbstractConnection.__init__() got an unexpected keyword argument 'colour'",
            id="an option that Valkey's client does not have",
        ),
    ],
)
def test_what_a_setting_names_is_checked_before_serving(
    seeded_url: str, monkeypatch: pytest.MonkeyPatch, run: Run, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(name, value)
    assert run(serve, seeded_url) == (1, "", f"error: {line}\n")


def test_a_worker_gets_the_settings_of_its_supervisor_and_not_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(workers=2, client_timeout=0.5, trusted_proxies="10.0.0.0/8, ::1", metrics=True)
    monkeypatch.setenv("CLIENT_TIMEOUT", "7")
    # Workers are sent the configuration by pickle.
    config = pickle.loads(pickle.dumps(Config(settings)))  # noqa: S301 - our own bytes
    assert (config.client_timeout, config.app.args) == (0.5, (settings,))


def test_the_command_does_not_import_what_only_a_serving_process_needs() -> None:
    script = "import sys, server.command; print({'graphql', 'strawberry'} & sys.modules.keys())"
    printed = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert printed == "set()\n"


# Unusable files


def of_another_kind(path: Path, _: bytes) -> None:
    """Write a file that is not a database."""
    path.write_text("Dear diary,\n" * 1000, encoding="utf-8")


def damaged(path: Path, seeded: bytes) -> None:
    """Write a database with noise in its middle."""
    middle = len(seeded) // 2
    path.write_bytes(seeded[: middle - 20_000] + b"\xa5" * 40_000 + seeded[middle + 20_000 :])


def truncated(path: Path, seeded: bytes) -> None:
    """Write a database that a full disk or a broken copy has cut off."""
    path.write_bytes(seeded[:-20_000])


def changed(path: Path, content: bytes, *statements: str) -> None:
    """Write a database and change it."""
    path.write_bytes(content)
    file = sqlite3.connect(path)
    for statement in statements:
        file.execute(statement)
    file.commit()
    file.close()


def of_another_program(path: Path, _: bytes) -> None:
    """Write a database of another program."""
    changed(path, b"", "CREATE TABLE notes (text)", "INSERT INTO notes VALUES ('precious')")


def of_a_newer_version(path: Path, seeded: bytes) -> None:
    """Write a database with a later migration."""
    changed(path, seeded, "UPDATE alembic_version SET version_num = '9999'")


def a_folder(path: Path, _: bytes) -> None:
    """Make a folder."""
    path.mkdir()


def digest(path: Path) -> str | None:
    """Return the SHA-256 of a file; None if it is missing."""
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
    """Run a command inside this process, which saves a second for each case."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "argv", ["command"])

    def command(main: Callable[[], int], url: str) -> tuple[int, str, str]:
        monkeypatch.setenv("DATABASE_URL", url)
        status = main()
        out, err = capfd.readouterr()
        return status, out, err

    # The port is taken, so that a server that should have refused to start ends anyway.
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        yield command


@COMMANDS
@pytest.mark.parametrize(("make", "problem"), FILES)
def test_an_unusable_file_is_refused_and_not_changed(
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
def test_an_unusable_url_is_one_clear_line(run: Run, command: Callable[[], int], url: str, line: str) -> None:
    assert run(command, url) == (1, "", f"error: {line}\n")


def test_an_empty_file_is_not_changed_by_the_server(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "data.sqlite3"
    path.touch()
    refusal = (1, "", f"error: {path} holds no data yet: run python -m seed\n")
    assert run(serve, f"sqlite:///{path}") == refusal
    assert path.read_bytes() == b""


@pytest.mark.parametrize("name", ["server", "seed"])
def test_the_process_has_the_exit_status_of_its_command(tmp_path: Path, seeded: bytes, name: str) -> None:
    path = tmp_path / "data.sqlite3"
    of_a_newer_version(path, seeded)
    before = digest(path)
    line = f"error: cannot use {path}: it is from a newer version of Rolegraph (revision 9999): upgrade Rolegraph\n"
    assert finish(start(name, DATABASE_URL=f"sqlite:///{path}", PORT="0")) == (1, "", line)
    assert digest(path) == before


def test_the_server_needs_a_seeded_database(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite3"
    url = f"sqlite:///{path}"
    refusal = (1, "", f"error: {path} holds no data yet: run python -m seed\n")
    assert finish(start("server", "--database-url", url)) == refusal
    assert not path.exists()
    with writing(url) as session:
        store_page(session)
    assert check(url) is Condition.CURRENT
