"""A database in an SQLite file: read where it is awaited, written by one process at a time."""

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
"""How much of a file a writer keeps in memory: with most of a release in it, pages are written once, not over again."""

_READING_CACHE_KILOBYTES = 16 * 1024
"""How much of a file a reader keeps in memory: with the figures of the nation in it, reads take a quarter less."""

_BATCH = 20_000
"""How many rows are handed to the driver at a time: enough to be fast, few enough to stay small."""

_VERSION = str(VERSION)

_INSTRUCTIONS = 50_000
"""After how many of its steps SQLite looks at the time: often enough to cut in milliseconds, too seldom to cost any."""

_PREPARED = 512
"""How many statements the driver keeps prepared: more than there are, but for what filters and orders can be made."""

_LOCKED_SECONDS = 0.01
"""How long a reader who found the file locked lets others go on before it tries again."""

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
"""What SQLite says when the file can't be read just now, whatever is asked of it."""


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
        # Whoever finds the file locked must not wait in the event loop's thread.
        engine = self._reading_engine(0, cached_statements=_PREPARED)
        return SQLiteReader(engine, str(self))

    def inspecting_engine(self) -> Engine:
        """Open for reading only: whatever is run, the file stays as it is."""
        return self._reading_engine()

    def _reading_engine(self, lock_seconds: float = LOCK_TIMEOUT_SECONDS, **options: Any) -> Engine:  # noqa: ANN401
        path = self.path.absolute()
        if not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
            # Readers of a write-ahead log keep an index beside the file. Where they can't, nobody else can write
            # either.
            return self._engine(lock_seconds, "mode=ro&immutable=1", **options)
        return self._engine(lock_seconds, "mode=ro", **options)

    def writing_engine(self) -> Engine:
        """Open for writing, creating the file where there is none."""
        engine = self._engine(LOCK_TIMEOUT_SECONDS, "mode=rwc")

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

    def _engine(self, lock_seconds: float, mode: str, **options: Any) -> Engine:  # noqa: ANN401
        address = f"file:{quote(os.fsencode(self.path.absolute()))}"
        return create_engine(
            URL.create("sqlite", database=address).update_query_string(f"uri=true&{mode}"),
            connect_args={"timeout": lock_seconds, "check_same_thread": False, **options},
            hide_parameters=True,
            json_deserializer=load_json,
        )


def _code(error: DBAPIError) -> int:
    """Return what kind of error SQLite calls it, or 0 where it was not SQLite that found it."""
    code: int = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF  # the other bits say more of the same kind


def insert_many(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Insert rows as fast as the driver can, and return how many there were."""
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
    stored, waiting = 0, iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        connection.exec_driver_sql(statement, batch)
        stored += len(batch)
    return stored
