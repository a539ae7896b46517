"""A database in an SQLite file: read in the event loop, written by one process at a time."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from math import inf
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Dialect, Engine, Row, Select, Table, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from db.deadline import DeadlineExceeded, end_of_operation
from db.location import LOCK_TIMEOUT_SECONDS, DatabaseError, Location, Pool, Unreachable, load_json, reason
from db.version import VERSION

T = TypeVar("T")

_WRITING_CACHE_KILOBYTES = 128 * 1024
"""The page cache of a writer: with most of a release in memory, each page is written once."""

_READING_CACHE_KILOBYTES = 16 * 1024
"""The page cache of a reader: with the national figures in memory, reads take a quarter less time."""

_BATCH = 20_000
"""The number of rows in one call of the driver: large enough to be fast, small enough for memory."""

_VERSION = str(VERSION)

_INSTRUCTIONS = 50_000
"""Instructions after which SQLite checks the time: every few milliseconds, at no measurable cost."""

_PREPARED = 512
"""The number of statements that the driver keeps prepared: more than there are without rare filters and orders."""

_LOCKED_SECONDS = 0.01
"""The pause before a reader that found the file locked tries again."""

_OUT_OF_REACH = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
    }
)
"""SQLite's error codes for a file that cannot be read at the moment, by any statement."""


class SQLiteReader:
    """Executes selects in the event loop's thread: reading a few rows takes less time than another thread's turn."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._connection: Connection | None = None
        self._driver_connection: sqlite3.Connection | None = None
        self._end = inf
        event.listen(engine, "connect", self._prepare)

    @property
    def dialect(self) -> Dialect:
        """The dialect that statements are compiled for."""
        return self._engine.dialect

    @property
    def share(self) -> None:
        """No limit: only one statement runs at a time."""
        return None

    async def fetch(self, select: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Execute a select, and return all its rows."""
        return await self.run(lambda connection: connection.execute(select, values).all())

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do work that executes statements. It is repeated while the file is locked."""
        last_try = time.monotonic() + LOCK_TIMEOUT_SECONDS
        while True:
            self._end = end_of_operation()
            try:
                if self._connection is None:
                    self._connection = self._engine.connect()
                return work(self._connection)
            except DBAPIError as error:
                self._require_lock(error, last_try)
            await asyncio.sleep(_LOCKED_SECONDS)

    async def version(self) -> str:
        """Return the data's version.

        Each request reads it, so it is read through the driver: that takes 5 microseconds, a select 60.
        """
        self._end = end_of_operation()
        if self._driver_connection is not None:
            with suppress(sqlite3.Error):
                return str(self._driver_connection.execute(_VERSION).fetchall()[0][0])
        # SQLAlchemy's errors say what is wrong.
        [[token]] = await self.fetch(VERSION, {})
        return str(token)

    def _require_lock(self, error: DBAPIError, last_try: float) -> None:
        """Raise an error, unless it is that the file is locked and it may still be tried again."""
        code = _code(error)
        if code == sqlite3.SQLITE_INTERRUPT:
            raise DeadlineExceeded from None
        if code not in _OUT_OF_REACH:
            raise error
        if code != sqlite3.SQLITE_BUSY or time.monotonic() > last_try:
            raise Unreachable(f"cannot read {self._name}: {reason(error)}") from error

    def _prepare(self, connection: Any, _: ConnectionPoolEntry) -> None:  # noqa: ANN401 - a driver's connection
        # Nothing else can end a statement that runs in the event loop's own thread.
        connection.set_progress_handler(self._is_over, _INSTRUCTIONS)
        connection.execute(f"PRAGMA cache_size = -{_READING_CACHE_KILOBYTES}")
        self._driver_connection = connection

    def _is_over(self) -> bool:
        return time.monotonic() >= self._end

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._driver_connection = None
        self._engine.dispose()


class SQLiteFile(Location):
    """A file, which may not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    def exists(self) -> bool:
        """Return whether the file exists; raise DatabaseError if it cannot."""
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

    def reader(self, pool: Pool) -> SQLiteReader:  # noqa: ARG002 - one connection is enough
        """Return what requests read through."""
        # The driver must not wait for a lock: it would block the event loop.
        engine = self._reading_engine(0, cached_statements=_PREPARED)
        return SQLiteReader(engine, str(self))

    def inspecting_engine(self) -> Engine:
        """Return an engine that only reads."""
        return self._reading_engine()

    def _reading_engine(self, lock_seconds: float = LOCK_TIMEOUT_SECONDS, **options: Any) -> Engine:  # noqa: ANN401
        path = self.path.absolute()
        if not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
            # Readers of a write-ahead log write an index file next to it. If they cannot, no other process can write
            # there either.
            return self._engine(lock_seconds, "mode=ro&immutable=1", **options)
        return self._engine(lock_seconds, "mode=ro", **options)

    def writing_engine(self) -> Engine:
        """Return an engine that writes, and creates the file if it does not exist."""
        engine = self._engine(LOCK_TIMEOUT_SECONDS, "mode=rwc")

        @event.listens_for(engine, "connect")
        def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
            # The driver's own transactions would lock after the first read, so they are off.
            # With a write-ahead log, readers see the last commit while another is written.
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute(f"PRAGMA cache_size = -{_WRITING_CACHE_KILOBYTES}")
            # Statistics from a sample of each index are enough for the planner, in a tenth of the time.
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.close()

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            # Immediate: a second writer waits here, and then reads what the first has written.
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    def require_undamaged(self, connection: Connection) -> None:
        """Raise DatabaseError if a page of the file is damaged."""
        verdict = str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one())
        if verdict != "ok":
            raise DatabaseError(f"it is damaged ({' '.join(verdict.split())})")

    def has_written(self, connection: Connection) -> bool:
        """Return whether the transaction, the connection's first, has changed any row."""
        return bool(connection.exec_driver_sql("SELECT total_changes()").scalar_one())

    def require_references(self, connection: Connection) -> None:
        """Raise DatabaseError if a row refers to a missing one.

        One check of all tables at the end: a check at each row makes the import of a whole release take twice as long.
        """
        for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            raise DatabaseError(f"cannot write {self}: a row of {table} refers to a missing row of {parent}")

    def tables(self, connection: Connection) -> set[str]:
        """Return the names of all tables and views."""
        inspector = inspect(connection)
        return {*inspector.get_table_names(), *inspector.get_view_names()}

    def _engine(self, lock_seconds: float, mode: str, **options: Any) -> Engine:  # noqa: ANN401
        address = f"file:{quote(os.fsencode(self.path.absolute()))}"
        return create_engine(
            URL.create("sqlite", database=address).update_query_string(f"uri=true&{mode}"),
            connect_args={"timeout": lock_seconds, "check_same_thread": False, **options},
            hide_parameters=True,
            json_deserializer=load_json,
        )


def _code(error: DBAPIError) -> int:
    """Return SQLite's primary error code, or 0 for an error of the driver."""
    code: int = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF  # the other bits are the extended code


def insert_many(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Insert rows by the driver's executemany, and return their number."""
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
    stored, waiting = 0, iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        connection.exec_driver_sql(statement, batch)
        stored += len(batch)
    return stored
