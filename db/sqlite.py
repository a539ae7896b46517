"""A database in an SQLite file: read where it is awaited, written by one process at a time."""

import os
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from db.location import LOCK_TIMEOUT_SECONDS, DatabaseError, Location, Pool

T = TypeVar("T")

_WRITING_CACHE_KILOBYTES = 128 * 1024
"""How much of a file a writer keeps in memory: with most of a release in it, pages are written once, not over again."""

_BATCH = 20_000
"""How many rows are handed to the driver at a time: enough to be fast, few enough to stay small."""


class SQLiteReader:
    """Runs statements in this thread: for reads of a few rows that costs less than handing them to another one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def run(self, work: Callable[[Session], T]) -> T:
        """Do the work where it is awaited."""
        with Session(self.engine) as session:
            return work(session)

    async def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


class SQLiteFile(Location):
    """A file, which need not be there yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    def exists(self) -> bool:
        """Tell whether the file is there; raise DatabaseError where no file can be."""
        try:
            self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            if not self.path.absolute().parent.is_dir():
                raise DatabaseError("its folder does not exist") from None
            return False
        except OSError as error:
            raise DatabaseError(str(error.strerror)) from None
        if self.path.is_dir():
            raise DatabaseError("it is a folder")
        return True

    def reader(self, pool: Pool) -> SQLiteReader:  # noqa: ARG002 - there is nothing to wait for
        """Return what requests read through."""
        return SQLiteReader(self.inspecting_engine())

    def inspecting_engine(self) -> Engine:
        """Open for reading only: whatever is run, the file stays as it is."""
        path = self.path.absolute()
        if not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
            # Readers of a write-ahead log keep an index beside the file. Where they can't, nobody else can write
            # either.
            return self._engine(mode="ro", immutable="1")
        return self._engine(mode="ro")

    def writing_engine(self) -> Engine:
        """Open for writing, creating the file where there is none."""
        engine = self._engine(mode="rwc")

        @event.listens_for(engine, "connect")
        def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
            # The driver's own transactions begin too late to lock before the first read, so they are turned off.
            # Readers go on reading the last commit while a write-ahead log is filled.
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute(f"PRAGMA cache_size = -{_WRITING_CACHE_KILOBYTES}")
            # Statistics from a sample of each index do for the planner, and take a tenth of the time.
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.close()

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            # Immediate: of two writers at once, the second waits here and then sees what the first has written.
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    def require_undamaged(self, connection: Connection) -> None:
        """Raise DatabaseError where a page of the file is not as SQLite wrote it."""
        verdict = str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one())
        if verdict != "ok":
            raise DatabaseError(f"it is damaged ({' '.join(verdict.split())})")

    def has_written(self, connection: Connection) -> bool:
        """Tell whether the transaction, which is the connection's first, has changed any row."""
        return bool(connection.exec_driver_sql("SELECT total_changes()").scalar_one())

    def require_references(self, connection: Connection) -> None:
        """Raise DatabaseError where a row refers to one that is not there.

        Looked at once for all tables: asking at each row makes the import of a whole release take twice as long.
        """
        for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            raise DatabaseError(f"cannot write {self}: a row of {table} refers to none of {parent}")

    def tables(self, connection: Connection) -> set[str]:
        """Return the names of all tables and views."""
        inspector = inspect(connection)
        return {*inspector.get_table_names(), *inspector.get_view_names()}

    def _engine(self, **options: str) -> Engine:
        address = f"file:{quote(os.fsencode(self.path.absolute()))}"
        return create_engine(
            URL.create("sqlite", database=address, query={"uri": "true", **options}),
            connect_args={"timeout": LOCK_TIMEOUT_SECONDS, "check_same_thread": False},
        )


def insert_many(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Insert rows as fast as the driver can, and return how many there were."""
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
    stored, waiting = 0, iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        connection.exec_driver_sql(statement, batch)
        stored += len(batch)
    return stored
