"""The way of a request to the database."""

import logging
from abc import ABC, abstractmethod
from asyncio import Lock, Semaphore
from collections import defaultdict
from collections.abc import Callable, Coroutine, Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Row
from sqlalchemy.exc import SQLAlchemyError

from db import statements
from db.condition import Condition, condition_of
from db.deadline import DeadlineExceeded, deadline, require_time
from db.key_sets import KEYS
from db.location import DatabaseError, OutOfDescriptors, Pool, Unreachable
from db.query_cache import ABSENT, Query, QueryCache
from db.rows import Keyed, RowClass, Statement
from db.urls import location_of

T = TypeVar("T")
V = TypeVar("V")

_logger = logging.getLogger("rolegraph")

READY_SECONDS = 2
"""The time limit of a readiness check."""


class Observer(Protocol):
    """Is called for each statement of a request, but not for reads of the data's version."""

    def begin(self, dialect: str, statement: str) -> Any:  # noqa: ANN401 - the observer's own
        """Note that a statement begins, and return what ``end`` is called with."""
        ...

    def end(self, begun: Any, error: BaseException | None) -> None:  # noqa: ANN401
        """Note that a statement has ended, and the error if it failed."""
        ...


class Queries(ABC):
    """Executes statements.

    The methods raise Unreachable if the database cannot be reached at the moment, and DeadlineExceeded if the operation
    has no time left, see db/deadline.py. All other errors are mistakes in a statement: SQLAlchemyError.
    """

    @abstractmethod
    async def made(self, make: Callable[[Sequence[T]], V], statement: Statement[T], **values: Hashable) -> V:
        """Return the result of a function on all rows of a statement, which is executed with these values.

        The result is cached, so it must not be changed. The cache finds it by the function itself: pass the same object
        each time.
        """

    @abstractmethod
    async def made_each(
        self, make: Callable[[Sequence[T]], V], statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable
    ) -> list[V]:
        """Return the results of a function on the rows of each key, cached like those of ``made``."""

    @abstractmethod
    async def held(self, make: Callable[[T], V], statement: Statement[tuple[str, T]], key: str) -> V:
        """Return the result of a function on a large value. It is in memory until one with another key replaces it.

        The statement's only row has a key and the value. It is executed if the result in memory is of another key. If
        the key is of an older data version, the result is of the row's key: the version is found to be another one.
        """

    async def all(self, statement: Statement[T], **values: Hashable) -> Sequence[T]:
        """Return all rows."""
        return await self.made(unchanged, statement, **values)

    async def one(self, statement: Statement[T], **values: Hashable) -> T:
        """Return the only row, such as a count."""
        return await self.made(_only, statement, **values)

    async def each(self, statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable) -> list[Sequence[T]]:
        """Return the rows of each key, in the order of the keys; an empty sequence for an unknown key."""
        return await self.made_each(unchanged, statement, keys, **values)

    async def first_each(self, statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable) -> list[T | None]:
        """Return the first row of each key, or None."""
        return await self.made_each(first, statement, keys, **values)

    async def one_each(self, statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable) -> list[T]:
        """Return the only row of each key; raise KeyError for a key without one."""
        return await self.made_each(_only, statement, keys, **values)

    async def first(self, statement: Keyed[T], key: Hashable, **values: Hashable) -> T | None:
        """Return the first row of a key, or None."""
        [row] = await self.first_each(statement, (key,), **values)
        return row


class Database(Queries):
    """One database and its connections. Its own queries are not cached; those of a ``Reading`` are."""

    def __init__(self, url: str, pool: Pool | None = None, row_cache_rows: int = 0) -> None:
        self.observers: list[Observer] = []
        self._location = location_of(url)
        self._reader = self._location.reader(pool or Pool())
        self._row_cache_rows = row_cache_rows
        self._cache = _NO_CACHE
        self.held_results: dict[Statement[Any], tuple[str, Any]] = {}
        """See ``held``: a key and a result for each statement."""
        self.holding = Lock()
        """Held by the operation that replaces one of them, so that others wait for it."""

    def reading(self, version: str) -> "Reading":
        """Return the queries of an operation that has read this data version."""
        if self._cache.version != version:
            self._cache = QueryCache(version, self._row_cache_rows)
        return Reading(self, self._cache)

    @property
    def round_trip_seconds(self) -> float:
        """How long the event loop must be free for the version to be read."""
        return self._reader.round_trip_seconds

    async def made(self, make: Callable[[Sequence[T]], V], statement: Statement[T], **values: Hashable) -> V:
        """Return the result of a function on all rows of a statement."""
        return await Reading(self, _NO_CACHE).made(make, statement, **values)

    async def made_each(
        self, make: Callable[[Sequence[T]], V], statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable
    ) -> list[V]:
        """Return the results of a function on the rows of each key."""
        return await Reading(self, _NO_CACHE).made_each(make, statement, keys, **values)

    async def held(self, make: Callable[[T], V], statement: Statement[tuple[str, T]], key: str) -> V:
        """Return the result of a function on a large value."""
        return await Reading(self, _NO_CACHE).held(make, statement, key)

    async def execute(self, statement: Statement[Any], values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Execute a statement, and return its results as SQLAlchemy does."""
        require_time()
        if not self.observers:
            return await self._reader.fetch(statement.executable, values)
        dialect = self._reader.dialect
        begun = [(each, each.begin(dialect.name, statement.text(dialect))) for each in self.observers]
        failure: BaseException | None = None
        try:
            return await self._reader.fetch(statement.executable, values)
        except BaseException as error:
            failure = error
            raise
        finally:
            for observer, what in begun:
                observer.end(what, failure)

    def share(self) -> AbstractAsyncContextManager[None]:
        """Return what an operation holds while it runs a statement, so that others get connections too."""
        share = self._reader.share
        return nullcontext() if share is None else Semaphore(share)

    def version(self) -> Coroutine[Any, Any, str]:
        """Return the data's version: a token that each commit of new data replaces by one that never was before."""
        return self._reader.version()

    async def ready(self) -> str | None:
        """Return None if the database can be read, has this code's migrations and holds data; else what is wrong.

        It takes two seconds at most and raises nothing. The returned text is public; details are logged.
        """
        try:
            with deadline(READY_SECONDS):
                problem = await self._reader.run(self._problem)
            self._reader.require_undamaged()
        except DeadlineExceeded as error:
            _logger.warning("%s: %s", Unreachable.public, error)
            return Unreachable.public
        except OutOfDescriptors as error:
            # The server logs it, once a minute.
            return error.public
        except Unreachable as error:
            _logger.warning("%s: %s", error.public, error)
            return error.public
        except DatabaseError as error:
            return f"the database can't be used: {error}"
        except (SQLAlchemyError, UnicodeError):
            # SQLite's message about damage may quote it, and the driver cannot decode that.
            _logger.exception("the database can't be read")
            return "the database can't be read"
        return problem

    def _problem(self, connection: Connection) -> str | None:
        match condition_of(self._location, connection):
            case Condition.OLDER:
                return "the database is from an older version of Rolegraph: run python -m seed"
            case Condition.CURRENT if connection.execute(statements.sources().select.limit(1)).first():
                return None
            case _:
                return "the database is not seeded"

    async def close(self) -> None:
        """Close every connection."""
        await self._reader.close()


def unchanged(rows: Sequence[T]) -> Sequence[T]:
    """Return the rows."""
    return rows


def first(rows: Sequence[T]) -> T | None:
    """Return the first of the rows, or None."""
    return rows[0] if rows else None


def _only(rows: Sequence[T]) -> T:
    if len(rows) != 1:
        raise KeyError(f"expected one row, found {len(rows)}")
    return rows[0]


_NO_CACHE = QueryCache("", 0)


class Reading(Queries):
    """The queries of one operation, which has read one data version.

    Results of that version come from the cache, and no statement is executed twice. New results are held back until
    ``keep``: only then is it known that the version was the same before and after they were read.
    """

    def __init__(self, database: Database, cache: QueryCache) -> None:
        self.statements = 0
        """The number of executed statements. Without any, nothing can be of another version."""
        self._database = database
        self._cache = cache
        self._results: dict[Query, dict[Any, Any]] = {}
        self._new: list[tuple[Query, Iterable[tuple[Any, Any, int]]]] = []
        self._rows: dict[type[Any], dict[Any, Any]] = {}
        self._locks: dict[Query, Lock] = {}
        self._share: AbstractAsyncContextManager[None] | None = None

    async def made(self, make: Callable[[Sequence[T]], V], statement: Statement[T], **values: Hashable) -> V:
        """Return the result of a function on all rows of a statement."""
        query = (statement, make, *values.items())
        result: V = self._cache.results(query).get(None, ABSENT)
        if result is not ABSENT:
            return result
        async with self._lock(query):
            result = self._results.get(query, {}).get(None, ABSENT)
            if result is ABSENT:
                result = self._cache.get(query, None)
            if result is ABSENT and make is not unchanged:
                rows = await self.made(unchanged, statement, **values)
                result = self._noted(query, None, make(rows), len(rows))
            elif result is ABSENT:
                found = await self._execute(statement, values)
                rows = statement.rows(found, self._intern)
                result = self._noted(query, None, rows, len(rows))
            return result

    async def made_each(
        self, make: Callable[[Sequence[T]], V], statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable
    ) -> list[V]:
        """Return the results of a function on the rows of each key."""
        query = (statement, make, *values.items())
        try:
            return [*map(self._cache.results(query).__getitem__, keys)]
        except KeyError:
            pass
        async with self._lock(query):
            results = self._results.setdefault(query, {})
            missing = [key for key in dict.fromkeys(keys) if key not in results]
            if self._cache.enabled:
                results.update((key, found) for key in missing if (found := self._cache.get(query, key)) is not ABSENT)
                missing = [key for key in missing if key not in results]
            if missing:
                await self._execute_each(query, statement, missing, values)
            return [*map(results.__getitem__, keys)]

    async def held(self, make: Callable[[T], V], statement: Statement[tuple[str, T]], key: str) -> V:
        """Return the result of a function on a large value."""
        results = self._database.held_results
        if statement not in results or results[statement][0] != key:
            async with self._database.holding:
                if statement not in results or results[statement][0] != key:
                    [(found, value)] = statement.rows(await self._execute(statement, {}), self._intern)
                    results[statement] = found, make(value)
        result: V = results[statement][1]
        return result

    async def first_each(self, statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable) -> list[T | None]:
        """Return the first row of each key, or None."""
        # The most frequent query looks into the cache here, without another coroutine.
        query = (statement, first, *values.items()) if values else (statement, first)
        try:
            return [*map(self._cache.results(query).__getitem__, keys)]
        except KeyError:
            return await self.made_each(first, statement, keys, **values)

    def keep(self) -> None:
        """Cache the new results. Call it when the data's version is found to be the same as before."""
        for row_type, rows in self._rows.items():
            self._cache.add_rows(row_type, rows)
        for query, results in self._new:
            self._cache.add(query, results)

    def _lock(self, query: Query) -> Lock:
        """Return a query's lock: tasks of an operation execute it one after the other, and so only once."""
        lock = self._locks.get(query)
        if lock is None:
            lock = self._locks[query] = Lock()
        return lock

    def _noted(self, query: Query, key: Hashable, result: Any, rows: int) -> Any:  # noqa: ANN401
        self._results.setdefault(query, {})[key] = result
        if self._cache.enabled:
            self._new.append((query, [(key, result, rows)]))
        return result

    async def _execute(self, statement: Statement[Any], values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        if self._share is None:
            self._share = self._database.share()
        async with self._share:
            self.statements += 1
            return await self._database.execute(statement, values)

    async def _execute_each(
        self, query: Query, statement: Keyed[Any], missing: list[Any], values: Mapping[str, Any]
    ) -> None:
        found = await self._execute(statement, {KEYS: missing, **values})
        groups: defaultdict[Any, list[Any]] = defaultdict(list)
        for key, row in zip(map(statement.key, found), statement.rows(found, self._intern), strict=True):
            groups[key].append(row)
        make: Any = query[1]
        lists = [*map(groups.__getitem__, missing)]
        results = [*map(make, lists)]
        self._results[query].update(zip(missing, results, strict=True))
        if self._cache.enabled:
            self._new.append((query, zip(missing, results, map(len, lists), strict=True)))

    def _intern(self, row_type: RowClass, values: Iterable[Sequence[Any]]) -> list[Any]:
        """Return the rows with these values, so that each row of a version is in memory once."""
        make, primary_key = row_type.make, row_type.primary_key
        if not self._cache.enabled:
            return [*map(make, values)]
        known, new = self._cache.rows(row_type.type), self._rows.setdefault(row_type.type, {})
        found = list(values)
        keys = [*map(primary_key, found)]
        rows = [*map(known.get, keys)]
        for place, row in enumerate(rows):
            if row is None:
                key = keys[place]
                rows[place] = new.get(key) or new.setdefault(key, make(found[place]))
        return rows
