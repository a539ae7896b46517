"""A database in an SQLite file: read where it is awaited, written by one process at a time."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from math import inf
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import quote

from sqlalchemy import URL, Connection, Dialect, Engine, StaticPool, Table, create_engine, event, inspect, text
from sqlalchemy import Pool as ConnectionPool
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from db.deadline import DeadlineExceeded, end_of_operation
from db.location import LOCK_TIMEOUT_SECONDS, DatabaseError, Location, Pool, Unreachable, reason
from db.version import VERSION

T = TypeVar("T")

_WRITING_CACHE_KILOBYTES = 128 * 1024
"""How much of a file a writer keeps in memory: with most of a release in it, pages are written once, not over again."""

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
    """Runs statements in this thread: for reads of a few rows that costs less than handing them to another one."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._connection: sqlite3.Connection | None = None
        self._end = inf
        event.listen(engine, "connect", self._connected)

    @property
    def dialect(self) -> Dialect:
        """How statements are written for it."""
        return self._engine.dialect

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run a statement by the driver alone."""

        def work() -> list[tuple[Any, ...]]:
            connection = self._connection or self._connect()
            return connection.execute(statement, parameters).fetchall()

        try:
            self._end = end_of_operation()
            return work()
        except sqlite3.Error:
            return await self._patiently(work)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do work that takes several statements, through the connection that everything is read through."""

        def connected() -> T:
            with self._engine.connect() as connection:
                return work(connection)

        return await self._patiently(connected)

    async def version(self) -> str:
        """Return the token of the data's version, which takes a few microseconds."""
        [[token]] = await self.fetch(_VERSION, ())
        return str(token)

    async def _patiently(self, work: Callable[[], T]) -> T:
        """Do the work, and again where the file was locked, as long as that may take."""
        patience = time.monotonic() + LOCK_TIMEOUT_SECONDS
        while True:
            self._end = end_of_operation()
            try:
                return work()
            except (sqlite3.Error, DBAPIError) as error:
                self._require_another_try(error, patience)
            await asyncio.sleep(_LOCKED_SECONDS)

    def _require_another_try(self, error: sqlite3.Error | DBAPIError, patience: float) -> None:
        """Raise what is wrong, unless it may be right in a moment."""
        refused = error if isinstance(error, DBAPIError) else _refused(error)
        code = _code(refused)
        if code == sqlite3.SQLITE_INTERRUPT:
            raise DeadlineExceeded from None
        if code not in _OUT_OF_REACH:
            raise refused
        if code != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
            raise Unreachable(f"cannot read {self._name}: {reason(refused)}") from error

    def _connect(self) -> sqlite3.Connection:
        self._engine.raw_connection().close()
        assert self._connection is not None  # noqa: S101 - the pool has told of it, and keeps it open
        return self._connection

    def _connected(self, connection: Any, _: ConnectionPoolEntry) -> None:  # noqa: ANN401 - a driver's connection
        # Nothing else can end a statement that runs in the event loop's own thread.
        connection.set_progress_handler(self._is_over, _INSTRUCTIONS)
        self._connection = connection

    def _is_over(self) -> bool:
        return time.monotonic() >= self._end

    async def close(self) -> None:
        """Close every connection."""
        self._connection = None
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
        engine = self._reading_engine(0, poolclass=StaticPool, cached_statements=_PREPARED)
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

    def _engine(
        self,
        lock_seconds: float,
        mode: str,
        *,
        poolclass: type[ConnectionPool] | None = None,
        **options: Any,  # noqa: ANN401
    ) -> Engine:
        address = f"file:{quote(os.fsencode(self.path.absolute()))}"
        return create_engine(
            URL.create("sqlite", database=address).update_query_string(f"uri=true&{mode}"),
            connect_args={"timeout": lock_seconds, "check_same_thread": False, **options},
            poolclass=poolclass,
        )


def _refused(error: sqlite3.Error) -> DBAPIError:
    """Return an error of the driver as the one that SQLAlchemy makes of it, without the statement and its values."""
    return cast("DBAPIError", DBAPIError.instance("", None, error, sqlite3.Error, hide_parameters=True))


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
