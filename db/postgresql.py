"""A database on a PostgreSQL server, or on one with its protocol."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import count
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg.adapt import Dumper
from psycopg.types.string import StrDumper
from sqlalchemy import (
    URL,
    Connection,
    Dialect,
    Engine,
    Integer,
    NullPool,
    Row,
    Select,
    Table,
    create_engine,
    event,
    func,
    select,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import greenlet_spawn

from db.damage import Damage
from db.deadline import before_deadline, in_time, require_time
from db.location import LOCK_TIMEOUT_SECONDS, Location, Pool, Unreachable, load_json, reason, unreachable
from db.single_flight import SingleFlight
from db.version import VERSION

T = TypeVar("T")

_CONNECT_TIMEOUT_SECONDS = "10"
_ROUND_TRIP_SECONDS = 0.001
FAILOVER_SECONDS = 3.0
"""How long statements wait for a database that is lost. After that they fail at once, until it is back.

A restart or a failover takes less. Waiting longer would fill the server with operations that fail in the end.
"""
_RECONNECT_SECONDS = 0.1
"""The time between two attempts to connect to a database that is lost."""
_WRITERS = int.from_bytes(b"Role")
"""The key of the advisory lock that a writer holds."""


class _TextOfRequests(StrDumper):
    """Replaces NUL, which PostgreSQL rejects, in the text of requests: no row has it, so nothing is found."""

    def dump(self, obj: str) -> bytes | bytearray | memoryview | None:
        return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))


class _KeysOfRequests(Dumper):
    """Writes a set of integers or texts as an array literal, which has the type of its cast in the statement.

    The driver's own dumper looks at each key several times, and declares another type for larger integers, with which
    the server prepares the statement once more. A search of titles takes 4.8 milliseconds instead of 5.05.
    """

    def dump(self, obj: Sequence[int] | Sequence[str]) -> bytes:
        keys = [_quoted(key) if isinstance(key, str) else str(key) for key in obj]
        return f"{{{','.join(keys)}}}".encode()


def _quoted(key: str) -> str:
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class PostgreSQLReader:
    """Executes statements concurrently, each on a connection of the pool that cannot write.

    The version is read on a connection of its own. Each request reads it first, also one whose answer is in memory, and
    would otherwise queue behind the statements of all operations. So would readiness checks, which have one too.
    """

    def __init__(
        self, engine: AsyncEngine, version_engine: AsyncEngine, check_engine: AsyncEngine, name: str, share: int
    ) -> None:
        self._engine = engine
        self._version_engine = version_engine
        self._check_engine = check_engine
        self._name = name
        self._share = share
        self._damage = Damage(name, self._read_damage_again)
        self._damaged_read: Callable[[Connection], Any] | None = None
        self._lost_at: float | None = None
        """When the database was lost; None while it answers."""
        self._tasks: set[asyncio.Task[Any]] = set()
        self._versions = SingleFlight(lambda: self._task(version_engine, _fetched(VERSION, {})))
        for each in (engine, version_engine, check_engine):
            event.listen(each.sync_engine, "handle_error", _notice_end_of_connection)

    @property
    def share(self) -> int:
        """The maximum number of statements that one operation may run at once."""
        return self._share

    @property
    def round_trip_seconds(self) -> float:
        """The time in which a server nearby answers, and in which several callbacks of the driver run one by one."""
        return _ROUND_TRIP_SECONDS

    @property
    def dialect(self) -> Dialect:
        """The dialect that statements are compiled for."""
        return self._engine.dialect

    async def fetch(self, select: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Execute a select, and return all its rows. It is executed again if the database was lost.

        When the caller is cancelled or its time is over, the server is told to stop, and nothing waits for that.
        """
        require_time()
        return await in_time(self._task(self._engine, _fetched(select, values)))

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Call a function with a connection that no statement of an operation uses."""
        require_time()
        return await in_time(self._task(self._check_engine, work))

    async def version(self) -> str:
        """Return the data's version. Concurrent calls share a statement."""
        require_time()
        # No task of its own, since each request calls this.
        [[token]] = await before_deadline(self._versions.result())
        return str(token)

    def require_undamaged(self) -> None:
        """Raise Damaged if the server has found damage, and start the same read again unless there was one just now."""
        self._damage.require_none()

    async def _read_damage_again(self) -> None:
        assert self._damaged_read is not None  # noqa: S101 - called after damage was found
        # Any other error of the statement is no damage.
        with suppress(DBAPIError):
            await self._run_translated(self._check_engine, self._damaged_read)

    def _task(self, engine: AsyncEngine, work: Callable[[Connection], T]) -> asyncio.Task[T]:
        task = asyncio.create_task(self._run_translated(engine, work))
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            # Retrieved, so that asyncio does not log the error of a task whose caller was canceled.
            task.exception()

    async def _run_translated(self, engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
        try:
            return await self._run_until_connected(engine, work)
        except PoolTimeoutError as error:
            raise Unreachable(f"cannot read {self._name}: every connection of the pool is in use") from error
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) in _DAMAGED:
                self._damaged_read = work
                raise self._damage.found(reason(error)) from error
            if not _is_lost(error):
                raise
            raise unreachable(f"cannot read {self._name}: {reason(error)}") from error

    async def _run_until_connected(self, engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
        for attempt in count():
            try:
                result = await _run(engine, work)
            except DBAPIError as error:
                if not _is_lost(error):
                    raise
                # A restarted server leaves a pool of dead connections, and the first error discards them all. So the
                # second attempt follows at once. A statement that only reads can be executed again.
                now = monotonic()
                self._lost_at = self._lost_at or now
                if attempt and now > self._lost_at + FAILOVER_SECONDS:
                    raise
                await asyncio.sleep(_RECONNECT_SECONDS if attempt else 0)
            else:
                self._lost_at = None
                return result
        raise AssertionError

    async def close(self) -> None:
        """Cancel running statements, and then close every connection."""
        self._damage.close()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        for engine in (self._engine, self._version_engine, self._check_engine):
            await engine.dispose()


def _run(engine: AsyncEngine, work: Callable[[Connection], T]) -> Awaitable[T]:
    """Call a function with a connection, whose calls of the driver are awaited.

    SQLAlchemy's AsyncConnection does the same for each of its methods by itself: a statement by key takes 0.36
    milliseconds by its connect, execute and close, and 0.26 like this.
    """
    return greenlet_spawn(_connected, engine.sync_engine, work)


def _connected(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.connect() as connection:
        return work(connection)


def _fetched(select: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> Callable[[Connection], Sequence[Row[Any]]]:
    """Return what executes a select. The driver prepares a statement that it is given often."""
    return lambda connection: connection.execute(select, values).all()


class PostgreSQLDatabase(Location):
    """A database on a server. The tables are in the first schema of the user's search path."""

    def __init__(self, url: URL) -> None:
        defaults = {"connect_timeout": _CONNECT_TIMEOUT_SECONDS, "application_name": "rolegraph"}
        self.url = url.set(drivername="postgresql+psycopg", query={**defaults, **url.query})

    def __str__(self) -> str:
        where = {name: value for name, value in self.url.query.items() if name in ("host", "port")}
        plain = URL.create(
            "postgresql", host=self.url.host, port=self.url.port, database=self.url.database, query=where
        )
        return plain.render_as_string()

    def exists(self) -> bool:
        """Return true: a connection to a missing database fails with a clear message."""
        return True

    def reader(self, pool: Pool) -> PostgreSQLReader:
        """Return what requests read through."""
        # The second connection is for the time in which the server cancels a late statement on the first one.
        return PostgreSQLReader(
            self._async_engine(pool, pool.size),
            self._async_engine(pool, 1, 1),
            self._async_engine(pool, 1),
            str(self),
            pool.share,
        )

    def _async_engine(self, pool: Pool, size: int, overflow: int = 0) -> AsyncEngine:
        engine = create_async_engine(
            self.url,
            pool_size=size,
            max_overflow=overflow,
            pool_timeout=pool.timeout_seconds,
            # Each statement is a transaction of its own, without messages to begin and end one.
            isolation_level="AUTOCOMMIT",
            skip_autocommit_rollback=True,
            use_native_hstore=False,
            hide_parameters=True,
            json_deserializer=load_json,
            connect_args={} if pool.prepares else {"prepare_threshold": None},
        )
        event.listen(engine.sync_engine, "connect", _read_only)
        event.listen(engine.sync_engine, "connect", _end_with_client)
        return engine

    def inspecting_engine(self) -> Engine:
        """Return an engine that only reads."""
        engine = create_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT", use_native_hstore=False)
        event.listen(engine, "connect", _read_only)
        return engine

    def writing_engine(self) -> Engine:
        """Return an engine that writes. A second writer waits, and then reads what the first has written."""
        engine = create_engine(self.url, poolclass=NullPool, use_native_hstore=False)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")

        return engine

    def require_undamaged(self, connection: Connection) -> None:
        """Do nothing: the server checks its own files."""

    def has_written(self, connection: Connection) -> bool:
        """Return whether the transaction has an id, which it gets at its first write."""
        return bool(connection.exec_driver_sql("SELECT pg_current_xact_id_if_assigned() IS NOT NULL").scalar_one())

    def require_references(self, connection: Connection) -> None:
        """Do nothing: the server has checked each row."""

    def tables(self, connection: Connection) -> set[str]:
        """Return the names of all tables and views in the schema, except for those of extensions."""
        return set(connection.scalars(text(_TABLES)))


_TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
AND NOT EXISTS (SELECT FROM pg_depend WHERE pg_depend.objid = pg_class.oid AND deptype = 'e')
"""


def _read_only(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.adapters.register_dumper(str, _TextOfRequests)
    connection.adapters.register_dumper(list, _KeysOfRequests)
    cursor = connection.cursor()
    cursor.execute("SET default_transaction_read_only = on")
    cursor.close()


def _end_with_client(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Make the server check each second that the client of a long statement is still connected.

    A request to cancel that arrives before its statement is lost; the driver then closes the connection after some
    seconds. And a killed process sends no request to cancel.
    """
    cursor = connection.cursor()
    # Older servers and servers on Windows do not have this setting.
    with suppress(psycopg.Error):
        cursor.execute("SET client_connection_check_interval = '1s'")
    cursor.close()


_DAMAGED = frozenset({"XX001", "XX002", "58030", "58P01"})
"""The error states of a page or an index that is damaged, and of a file that cannot be read or does not exist."""

_ENDED = frozenset({"57P01", "57P02", "57P05", "08000", "08003", "08006", "08P01"})
"""The error states of a connection that the server ends: by an administrator, a restart or an idle timeout.

A pooler between them, such as PgBouncer, ends those whose server it lost with one of the states of connections (08).
"""

_CONFLICT = "40001"
"""The error state of a statement on a replica that has delayed the replay of a change for too long."""


def _notice_end_of_connection(context: ExceptionContext) -> None:
    """Make the pool replace its connections if the server says that it ends them, which the driver does not see yet."""
    if getattr(context.original_exception, "sqlstate", None) in _ENDED:
        context.is_disconnect = True


def _is_lost(error: DBAPIError) -> bool:
    """Return whether the error is of a connection or of the server, and not of the statement."""
    # The driver's own error about a failed connection has no state.
    return error.connection_invalidated or (
        isinstance(error.orig, psycopg.OperationalError) and error.orig.sqlstate in (None, _CONFLICT)
    )


def order_text_by_code_point(connection: Connection) -> None:
    """Make every text column sort and compare by code point, as SQLite does, regardless of the database's collation.

    Called after migrations. Columns that have the collation are left alone.
    """
    for statement in connection.scalars(text(_COLLATIONS)).all():
        connection.exec_driver_sql(statement)


_COLLATIONS = """
SELECT format(
    'ALTER TABLE %I ALTER COLUMN %I TYPE %s COLLATE "C"', relname, attname, format_type(atttypid, atttypmod)
)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
AND attcollation <> 0 AND attcollation <> '"C"'::regcollation
AND NOT EXISTS (SELECT FROM pg_depend WHERE pg_depend.objid = pg_class.oid AND deptype = 'e')
ORDER BY attrelid, attnum
"""


def copy(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Insert rows by COPY, and return their number."""
    statement = f"COPY {table.name} ({', '.join(columns)}) FROM STDIN"
    whole = [index for index, name in enumerate(columns) if isinstance(table.c[name].type, Integer)]
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor:
            with cursor.copy(statement) as target:
                for row in _with_integers(rows, whole):
                    target.write_row(row)
            stored: int = cursor.rowcount
    except psycopg.Error as error:
        refused = IntegrityError if isinstance(error, psycopg.IntegrityError) else DBAPIError
        raise refused(statement, None, error) from error
    _number_on(connection, table, columns)
    return stored


def _with_integers(rows: Iterable[tuple[Any, ...]], whole: Sequence[int]) -> Iterator[Sequence[Any]]:
    """Convert whole floats of integer columns to integers, as SQLite does by itself."""
    for row in rows:
        if any(type(row[index]) is float for index in whole):
            yield [int(v) if n in whole and type(v) is float and v.is_integer() else v for n, v in enumerate(row)]
        else:
            yield row


def _number_on(connection: Connection, table: Table, columns: Sequence[str]) -> None:
    """Continue the table's sequence after rows that were inserted with ids."""
    column = table.autoincrement_column
    if column is not None and column.name in columns:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(select(func.setval(sequence, select(func.max(column)).scalar_subquery())))
