"""A database in an SQLite file: read in the event loop, written by one process at a time."""

import asyncio
import logging
import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from math import inf
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Dialect, Engine, Row, Select, Table, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from db.damage import Damage
from db.deadline import DeadlineExceeded, end_of_operation
from db.location import (
    LOCK_TIMEOUT_SECONDS,
    DatabaseError,
    Location,
    Missing,
    Pool,
    Unreachable,
    load_json,
    reason,
    unreachable,
)
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
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
    }
)
"""SQLite's error codes for a file that cannot be read at the moment, by any statement."""

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""SQLite's error codes if a page that it has read is not what it wrote."""

_NOT_TEXT = "Could not decode to UTF-8"
"""The beginning of the driver's error, which has no code, about damaged text."""

PATH_PAUSE_SECONDS = 0.02
"""The pause between two comparisons of the open file with the file at its path, which take 2 microseconds."""

_logger = logging.getLogger("rolegraph")


_Identity = tuple[int, int]
"""A device and an inode, which tell a file from another one at the same path."""


class SQLiteReader:
    """Executes selects in the event loop's thread: reading a few rows takes less time than another thread's turn.

    A connection goes on reading a file that was removed or replaced. So reads of the version, which every request
    makes, compare the file at the path with the open one, once in PATH_PAUSE_SECONDS.
    """

    def __init__(self, file: "SQLiteFile", engine: Engine) -> None:
        self._file = file
        self._path = os.fsencode(file.path.absolute())
        self._engine = engine
        self._connection: Connection | None = None
        self._version_cursor: sqlite3.Cursor | None = None
        self._opened: _Identity | None = None
        """The file that was opened last, and its write-ahead log if it has one."""
        self._log_of_opened: _Identity | None = None
        self._next_comparison = -inf
        self._damage = Damage(file, self._check)
        self._end = inf
        event.listen(engine, "connect", self._prepare)

    @property
    def round_trip_seconds(self) -> float:
        """None: the version is read at once."""
        return 0

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
        return await self._run(lambda connection: connection.execute(select, values).all())

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do work that executes statements, on the file that is at the path now."""
        self._follow_path()
        return await self._run(work)

    async def _run(self, work: Callable[[Connection], T]) -> T:
        """Do work that executes statements. It is repeated while the file is locked."""
        last_try = time.monotonic() + LOCK_TIMEOUT_SECONDS
        while True:
            self._end = end_of_operation()
            try:
                if self._connection is not None:
                    return work(self._connection)
                return self._connect(work)
            except DBAPIError as error:
                self._require_lock(error, last_try)
            await asyncio.sleep(_LOCKED_SECONDS)

    async def version(self) -> str:
        """Return the data's version.

        Each request reads it, so it is read through the driver: that takes 3 microseconds, a select 20.
        """
        self._end = end_of_operation()
        if self._connection is None or time.monotonic() >= self._next_comparison:
            self._follow_path()
            self._next_comparison = time.monotonic() + PATH_PAUSE_SECONDS
        if self._version_cursor is not None:
            try:
                return str(self._version_cursor.execute(_VERSION).fetchone()[0])
            except sqlite3.Error:
                # SQLAlchemy's errors say what is wrong.
                pass
        [[token]] = await self.fetch(VERSION, {})
        return str(token)

    def require_undamaged(self) -> None:
        """Raise Damaged if a read has found damage, and start a check of the file unless there was one just now."""
        self._damage.require_none()

    async def _check(self) -> None:
        """Read the whole file, in another thread, and then open it again."""
        await asyncio.to_thread(self._file.check)
        self._disconnect()

    def _connect(self, work: Callable[[Connection], T]) -> T:
        """Open the file and do the first work with it."""
        # Read before the file is opened. If it is replaced in between, the next request opens it again.
        self._opened = self._identity(self._path)
        connection = self._engine.connect()
        try:
            result = work(connection)
        except BaseException:
            connection.close()
            self._disconnect()
            raise
        # SQLite has found or made the log by now, and it stays as long as a connection is open.
        self._log_of_opened = self._identity(self._path + b"-wal")
        self._connection = connection
        return result

    def _follow_path(self) -> None:
        """Close the connection if the file at the path is no longer the open one; raise Unreachable if it is no use."""
        found = self._identity(self._path)
        if found is None:
            self._disconnect()
            raise Missing(f"cannot read {self._file}: it does not exist")
        if found == self._opened or self._opened is None:
            return
        self._disconnect()
        if self._has_log_of_opened():
            raise Unreachable(
                f"cannot read {self._file}: it was replaced, and the write-ahead log of the old file is still there; "
                f"remove {self._file}-wal and {self._file}-shm"
            )
        _logger.warning("%s was replaced: the new file is read from now on", self._file)
        self._opened = self._log_of_opened = None

    def _has_log_of_opened(self) -> bool:
        """Return whether SQLite would read pages of the file that was opened last as pages of a new one."""
        log = self._path + b"-wal"
        if self._log_of_opened is None or self._identity(log) != self._log_of_opened:
            return False
        return bool(os.stat(log).st_size)  # noqa: PTH116 - as below

    def _identity(self, path: bytes) -> _Identity | None:
        """Return the identity of a file, or None if it does not exist."""
        try:
            found = os.stat(path)  # noqa: PTH116 - every request calls it, and Path takes twice as long
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise Unreachable(f"cannot read {self._file}: {error.strerror}") from error
        return found.st_dev, found.st_ino

    def _require_lock(self, error: DBAPIError, last_try: float) -> None:
        """Raise an error, unless it is that the file is locked and it may still be tried again."""
        code = _code(error)
        if code == sqlite3.SQLITE_INTERRUPT:
            raise DeadlineExceeded from None
        if code in _DAMAGED or str(error.orig).startswith(_NOT_TEXT):
            self._disconnect()
            raise self._damage.found(reason(error)) from error
        if code not in _OUT_OF_REACH:
            raise error
        if code != sqlite3.SQLITE_BUSY or time.monotonic() > last_try:
            raise unreachable(f"cannot read {self._file}: {reason(error)}") from error

    def _prepare(self, connection: Any, _: ConnectionPoolEntry) -> None:  # noqa: ANN401 - a driver's connection
        # Nothing else can end a statement that runs in the event loop's own thread.
        connection.set_progress_handler(self._is_over, _INSTRUCTIONS)
        connection.execute(f"PRAGMA cache_size = -{_READING_CACHE_KILOBYTES}")
        self._version_cursor = connection.cursor()

    def _is_over(self) -> bool:
        return time.monotonic() >= self._end

    async def close(self) -> None:
        """Close the connection."""
        self._damage.close()
        self._disconnect()

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._version_cursor = None
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
        return SQLiteReader(self, engine)

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
        self._require_ok(connection, "quick_check")

    def _require_ok(self, connection: Connection, check: str) -> None:
        verdict = str(connection.execute(text(f"PRAGMA {check}(1)")).scalar_one())
        if verdict != "ok":
            raise DatabaseError(f"it is damaged ({' '.join(verdict.split())})")

    def check(self) -> None:
        """Raise DatabaseError if a page is damaged, an index disagrees with its table, or text cannot be decoded."""
        engine = self.inspecting_engine()
        try:
            with engine.connect() as connection:
                self._require_ok(connection, "integrity_check")
                driver: Any = connection.connection.driver_connection
                for table in self.tables(connection):
                    # SQLite does not check texts. The driver decodes them.
                    deque(driver.execute(f'SELECT * FROM "{table}"'), maxlen=0)  # noqa: S608 - our own names
        except DBAPIError as error:
            raise DatabaseError(reason(error)) from error
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from error
        except UnicodeError:
            # SQLite's message quotes the damage, which the driver cannot decode.
            raise DatabaseError("it is damaged") from None
        finally:
            engine.dispose()

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
