"""A database on a PostgreSQL server, or on one that speaks as PostgreSQL does: read by waiting, written in turns."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from math import inf
from typing import Any, TypeVar

import psycopg
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
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from db.deadline import DeadlineExceeded, end_of_operation, in_time, require_time
from db.location import LOCK_TIMEOUT_SECONDS, Location, Pool, Unreachable, load_json, reason
from db.single_flight import SingleFlight
from db.version import VERSION

T = TypeVar("T")

_CONNECT_TIMEOUT_SECONDS = "10"
_WRITERS = int.from_bytes(b"Role")
"""The advisory lock of this database that writers take turns by."""


class _TextOfRequests(StrDumper):
    """Text that PostgreSQL can't hold is still text that may be asked for: it is no row's."""

    def dump(self, obj: str) -> bytes | bytearray | memoryview | None:
        return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))


class PostgreSQLReader:
    """Runs statements while others go on: each on a connection of the pool, on which nothing can be written."""

    def __init__(self, engine: AsyncEngine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._tasks: set[asyncio.Task[Any]] = set()
        self._versions = SingleFlight(lambda: self._task(_fetched(VERSION, {})))
        event.listen(engine.sync_engine, "handle_error", _notice_end_of_connection)

    @property
    def dialect(self) -> Dialect:
        """How statements are written for it."""
        return self._engine.dialect

    async def fetch(self, select: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Execute a select, and return all its rows. It is executed again if its connection was lost.

        When the caller is cancelled or its time is over, the server is told to stop, and nothing waits for that.
        """
        require_time()
        return await in_time(self._task(_fetched(select, values)))

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do work that takes several statements."""
        require_time()
        return await in_time(self._task(lambda connection: connection.run_sync(work)))

    async def version(self) -> str:
        """Return the token of the data's version: who asks while others wait for it asks together with them."""
        end = end_of_operation()
        try:
            # It is waited for here and not in a task, since that is done for every request.
            async with asyncio.timeout(None if end == inf else end - time.monotonic()):
                [[token]] = await self._versions.result()
        except TimeoutError as error:
            if isinstance(error, DeadlineExceeded):
                raise
            raise DeadlineExceeded from None
        return str(token)

    def _task(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> asyncio.Task[T]:
        task = asyncio.create_task(self._run_or_say_why_not(work))
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            # What went wrong after a task was given up is nobody's business, so asyncio need not complain about it.
            task.exception()

    async def _run_or_say_why_not(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        try:
            return await self._run_on_a_live_connection(work)
        except PoolTimeoutError as error:
            raise Unreachable(f"cannot read {self._name}: every connection of the pool is in use") from error
        except DBAPIError as error:
            if not error.connection_invalidated and not _is_out_of_reach(error):
                raise
            raise Unreachable(f"cannot read {self._name}: {reason(error)}") from error

    async def _run_on_a_live_connection(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        try:
            return await self._run(work)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            # A server that is restarted leaves a pool of dead connections, and the first to meet one has thrown them
            # all away. What only reads can be asked again.
            return await self._run(work)

    async def _run(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async with self._engine.connect() as connection:
            return await work(connection)

    async def close(self) -> None:
        """Give up what still runs, and close every connection when that has let go of it."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._engine.dispose()


def _fetched(
    select: Select[*tuple[Any, ...]], values: Mapping[str, Any]
) -> Callable[[AsyncConnection], Awaitable[Sequence[Row[Any]]]]:
    """Return what executes a select. The driver prepares a statement that it is given often."""

    async def fetch(connection: AsyncConnection) -> Sequence[Row[Any]]:
        return (await connection.execute(select, values)).all()

    return fetch


class PostgreSQLDatabase(Location):
    """A database that a server has; the tables are in the first schema of the user's search path."""

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
        """Say yes: a server tells by itself, when it is connected to, which database it doesn't have."""
        return True

    def reader(self, pool: Pool) -> PostgreSQLReader:
        """Return what requests read through."""
        engine = create_async_engine(
            self.url,
            pool_size=pool.size,
            max_overflow=0,
            pool_timeout=pool.timeout_seconds,
            # A statement is a transaction by itself, and needs no messages to begin and end one.
            isolation_level="AUTOCOMMIT",
            use_native_hstore=False,
            hide_parameters=True,
            json_deserializer=load_json,
        )
        event.listen(engine.sync_engine, "connect", _read_only)
        event.listen(engine.sync_engine, "connect", _end_with_client)
        return PostgreSQLReader(engine, str(self))

    def inspecting_engine(self) -> Engine:
        """Open for reading only."""
        engine = create_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT", use_native_hstore=False)
        event.listen(engine, "connect", _read_only)
        return engine

    def writing_engine(self) -> Engine:
        """Open for writing. Of two writers at once, the second waits and then sees what the first has written."""
        engine = create_engine(self.url, poolclass=NullPool, use_native_hstore=False)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")

        return engine

    def require_undamaged(self, connection: Connection) -> None:
        """Leave it to the server, which looks after its files by itself."""

    def has_written(self, connection: Connection) -> bool:
        """Tell whether the transaction has an id, which it is given when it first writes."""
        return bool(connection.exec_driver_sql("SELECT pg_current_xact_id_if_assigned() IS NOT NULL").scalar_one())

    def require_references(self, connection: Connection) -> None:
        """Leave it to the server, which has looked at each row."""

    def tables(self, connection: Connection) -> set[str]:
        """Return the names of all tables and views in the schema, except for those that an extension brought."""
        return set(connection.scalars(text(_TABLES)))


_TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
AND NOT EXISTS (SELECT FROM pg_depend WHERE pg_depend.objid = pg_class.oid AND deptype = 'e')
"""


def _read_only(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.adapters.register_dumper(str, _TextOfRequests)
    cursor = connection.cursor()
    cursor.execute("SET default_transaction_read_only = on")
    cursor.close()


def _end_with_client(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Have the server look each second whether anybody still waits for a statement that takes long.

    It misses a request to cancel one that arrives just before the statement itself; then the driver hangs up after
    some seconds. And a process that is killed requests nothing.
    """
    cursor = connection.cursor()
    # A server that can't look, having no such setting or running on Windows, reads on all the same.
    with suppress(psycopg.Error):
        cursor.execute("SET client_connection_check_interval = '1s'")
    cursor.close()


_ENDED = frozenset({"57P01", "57P02", "57P05"})
"""The states in which the server ends a connection: it was told to, it restarts, nothing was asked for too long."""


def _notice_end_of_connection(context: ExceptionContext) -> None:
    """Have the pool's connections replaced where the server says that it ends them: the driver has yet to notice."""
    if getattr(context.original_exception, "sqlstate", None) in _ENDED:
        context.is_disconnect = True


def _is_out_of_reach(error: DBAPIError) -> bool:
    """Tell whether there was no connection to ask anything through."""
    # An error of a statement has a state; the driver's own, of a connection that can't be made or is lost, has none.
    return isinstance(error.orig, psycopg.OperationalError) and error.orig.sqlstate is None


def order_text_by_code_point(connection: Connection) -> None:
    """Make every text column sort and compare as SQLite does, whatever the database was created with.

    Run after migrations. A column that has its collation already is left alone.
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
    """Insert rows by COPY, and return how many there were."""
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
        raise DBAPIError(statement, None, error) from error
    _number_on(connection, table, columns)
    return stored


def _with_integers(rows: Iterable[tuple[Any, ...]], whole: Sequence[int]) -> Iterator[Sequence[Any]]:
    """Write whole numbers without a fraction where the column has none, which SQLite does by itself."""
    for row in rows:
        if any(type(row[index]) is float for index in whole):
            yield [int(v) if n in whole and type(v) is float and v.is_integer() else v for n, v in enumerate(row)]
        else:
            yield row


def _number_on(connection: Connection, table: Table, columns: Sequence[str]) -> None:
    """Let the table's own numbering go on after rows that came with numbers."""
    column = table.autoincrement_column
    if column is not None and column.name in columns:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(select(func.setval(sequence, select(func.max(column)).scalar_subquery())))
