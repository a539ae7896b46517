"""The one door through which a request reads."""

import logging
from asyncio import Lock
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from db import statements
from db.condition import Condition, condition_of
from db.deadline import DeadlineExceeded, deadline, require_time
from db.location import DatabaseError, Pool, Unreachable
from db.prepared import KEYS, Compiled, Keyed, Raw, Statement
from db.query_cache import ABSENT, QueryCache, Question
from db.urls import location_of

T = TypeVar("T")
V = TypeVar("V")

_logger = logging.getLogger("rolegraph")

READY_SECONDS = 2
"""How long the database may take to show that it can be read."""


class Observer(Protocol):
    """Is told of each statement, but not of looks at the data's version."""

    def begin(self, dialect: str, statement: str) -> Any:  # noqa: ANN401 - whatever it wants to have back
        """Note that a statement begins, and return what ``end`` is to be given."""
        ...

    def end(self, begun: Any, error: BaseException | None) -> None:  # noqa: ANN401
        """Note that a statement has ended, and why, if it failed."""
        ...


class Database:
    """Runs statements. The methods are coroutines, since a database across a network is waited for.

    They raise Unreachable where the database can't be reached at the moment, and DeadlineExceeded where the operation
    that they run in, see db/deadline.py, has no time left. What else they raise is a mistake: SQLAlchemyError.
    """

    def __init__(self, url: str, pool: Pool | None = None, row_cache_rows: int = 0) -> None:
        self.observers: list[Observer] = []
        self._location = location_of(url)
        self._reader = self._location.reader(pool or Pool())
        self._row_cache_rows = row_cache_rows
        self._release = QueryCache("", 0)

    @property
    def dialect(self) -> str:
        """Which kind of database it is: sqlite or postgresql."""
        return self._reader.dialect.name

    async def all(self, statement: Statement[T], **values: Hashable) -> Sequence[T]:
        """Return what a statement yields, asked with these values."""
        return await self.made(as_they_are, statement, **values)

    async def one(self, statement: Statement[T], **values: Hashable) -> T:
        """Return the only thing that a statement yields, as a count does."""
        return await self.made(_only, statement, **values)

    async def made(self, make: Callable[[Sequence[T]], V], statement: Statement[T], **values: Hashable) -> V:
        """Return what a function makes of all that a statement yields, which is kept as ``made_each`` says."""
        return await Reading(self, _UNKNOWN).made(make, statement, **values)

    async def each(self, statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable) -> list[Sequence[T]]:
        """Return what a statement yields for each of these keys, in their order; nothing where a key is no row's."""
        return await self.made_each(as_they_are, statement, keys, **values)

    async def made_each(
        self, make: Callable[[Sequence[T]], V], statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable
    ) -> list[V]:
        """Return what a function makes of what a statement yields for each of these keys.

        That is kept in place of the rows, so what it makes must not be changed, and the function must be the same one
        each time that it makes the same.
        """
        return await Reading(self, _UNKNOWN).made_each(make, statement, keys, **values)

    async def first_each(self, statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable) -> list[T | None]:
        """Return the first that a statement yields for each of these keys, None where that is nothing."""
        return await self.made_each(first, statement, keys, **values)

    async def one_each(self, statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable) -> list[T]:
        """Return the only thing that a statement yields for each of these keys, all of which must be some row's."""
        return await self.made_each(_only, statement, keys, **values)

    async def first(self, statement: Keyed[T], key: Hashable, **values: Hashable) -> T | None:
        """Return the first that a statement yields for a key, or None."""
        [row] = await self.first_each(statement, (key,), **values)
        return row

    def reading(self, version: str) -> "Reading":
        """Return the database as an operation is to see it that has found the data to be of this version."""
        if self._release.version != version:
            self._release = QueryCache(version, self._row_cache_rows)
        return Reading(self, self._release)

    async def _fetch(self, compiled: Compiled, values: Mapping[str, Any]) -> Raw:
        """Run a statement on the database itself, and return what its driver does."""
        require_time()
        bound, text = compiled.bound(values), compiled.text
        if not self.observers:
            return await self._reader.fetch(text, bound)
        begun = [(observer, observer.begin(self.dialect, text)) for observer in self.observers]
        failure: BaseException | None = None
        try:
            return await self._reader.fetch(text, bound)
        except BaseException as error:
            failure = error
            raise
        finally:
            for observer, what in begun:
                observer.end(what, failure)

    async def version(self) -> str:
        """Return a token that is another one after each commit that changes the data, and never one that was before."""
        return await self._reader.version()

    async def ready(self) -> str | None:
        """Return None where the database can be read, is of this code's version and has data, else what is wrong.

        It takes two seconds at most and raises nothing. What it returns anybody may know; the log has the details.
        """
        try:
            with deadline(READY_SECONDS):
                return await self._reader.run(self._missing)
        except (Unreachable, DeadlineExceeded) as error:
            _logger.warning("the database does not answer: %s", error)
            return "the database does not answer"
        except DatabaseError as error:
            return f"the database can't be used: {error}"
        except (SQLAlchemyError, UnicodeError):
            # What SQLite says of damage may quote it, and the driver can't read that.
            _logger.exception("the database can't be read")
            return "the database can't be read"

    def _missing(self, connection: Connection) -> str | None:
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


def as_they_are(rows: Sequence[T]) -> Sequence[T]:
    """Return rows as they are."""
    return rows


def first(rows: Sequence[T]) -> T | None:
    """Return the first of rows, or None."""
    return rows[0] if rows else None


def _only(rows: Sequence[T]) -> T:
    if len(rows) != 1:
        raise KeyError(f"there are {len(rows)} rows where there must be one")
    return rows[0]


_UNKNOWN = QueryCache("", 0)
"""Nothing that was read before."""


class Reading(Database):
    """The database as one operation sees it, which has found the data to be of one version.

    What has been read of that version for others is not read again, nor what the operation itself has read. It keeps
    the latter to itself until the operation has found the data to be still of that version.
    """

    def __init__(self, database: Database, release: QueryCache) -> None:
        # It reads through the same connections, so there is nothing of a database to set up.
        self.__dict__.update(vars(database))
        self.statements = 0
        """How many statements were run: if none, nothing can be of another version."""
        self._release = release
        self._answers: dict[Question, dict[Any, Any]] = {}
        self._new: list[tuple[Question, Any, Any, int]] = []
        self._rows: dict[Hashable, dict[Any, Any]] = {}
        self._locks: dict[Question, Lock] = {}

    async def made(self, make: Callable[[Sequence[T]], V], statement: Statement[T], **values: Hashable) -> V:
        """Return what a function makes of all that a statement yields."""
        question = (statement, make, *values.items())
        answer: V = self._release.answers(question).get(None, ABSENT)
        if answer is not ABSENT:
            return answer
        if make is not as_they_are:
            rows = await self.made(as_they_are, statement, **values)
            return cast("V", self._noted(question, None, make(rows), len(rows)))
        async with self._alone(question):
            answer = self._answers.get(question, {}).get(None, ABSENT)
            if answer is ABSENT:
                answer = self._release.get(question, None)
            if answer is ABSENT:
                rows = self._made(*await self._run(statement, values))
                answer = self._noted(question, None, rows, len(rows))
            return answer

    async def made_each(
        self, make: Callable[[Sequence[T]], V], statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable
    ) -> list[V]:
        """Return what a function makes of what a statement yields for each of these keys."""
        question = (statement, make, *values.items())
        try:
            return [*map(self._release.answers(question).__getitem__, keys)]
        except KeyError:
            pass
        async with self._alone(question):
            answers = self._answers.setdefault(question, {})
            asked = dict.fromkeys(keys)
            if self._release.keeps:
                for key in asked:
                    if key not in answers and (answer := self._release.get(question, key)) is not ABSENT:
                        answers[key] = answer
            if missing := [key for key in asked if key not in answers]:
                await self._read_each(question, statement, missing, values)
            return [*map(answers.__getitem__, keys)]

    async def first_each(self, statement: Keyed[T], keys: Sequence[Hashable], **values: Hashable) -> list[T | None]:
        """Return the first that a statement yields for each of these keys, None where that is nothing."""
        # What is asked for most is looked up here, with no other call on the way.
        try:
            return [*map(self._release.answers((statement, first, *values.items())).__getitem__, keys)]
        except KeyError:
            return await self.made_each(first, statement, keys, **values)

    def keep(self) -> None:
        """Let others have what was read: to be called when the data is found to be still of the version."""
        if not self._release.keeps:
            return
        for shape, rows in self._rows.items():
            self._release.add_rows(shape, rows)
        for question, key, answer, weight in self._new:
            self._release.put(question, key, answer, weight)
        self._new.clear()

    def _alone(self, question: Question) -> Lock:
        """Return what lets one task at a time ask: who asks the same meanwhile is to find it answered."""
        lock = self._locks.get(question)
        if lock is None:
            lock = self._locks[question] = Lock()
        return lock

    def _noted(self, question: Question, key: Hashable, answer: Any, rows: int) -> Any:  # noqa: ANN401
        """Remember an answer, and that it is to be kept."""
        self._answers.setdefault(question, {})[key] = answer
        if self._release.keeps:
            self._new.append((question, key, answer, rows + 1))
        return answer

    async def _read_each(
        self, question: Question, statement: Statement[Any], missing: list[Any], values: Mapping[str, Any]
    ) -> None:
        """Run a statement for these keys."""
        compiled, raw = await self._run(statement, {KEYS: missing, **values})
        groups: defaultdict[Any, list[Any]] = defaultdict(list)
        for key, row in zip(map(itemgetter(compiled.key), raw), self._made(compiled, raw), strict=True):
            groups[key].append(row)
        make: Any = question[1]
        lists = [*map(groups.__getitem__, missing)]
        answers = [*map(make, lists)]
        self._answers[question].update(zip(missing, answers, strict=True))
        if self._release.keeps:
            weights = [len(rows) + 1 for rows in lists]
            self._new += zip(repeat(question), missing, answers, weights, strict=False)

    async def _run(self, statement: Statement[Any], values: Mapping[str, Any]) -> tuple[Compiled, Raw]:
        self.statements += 1
        compiled = statement.on(self._reader.dialect)
        return compiled, await self._fetch(compiled, values)

    def _made(self, compiled: Compiled, raw: Raw) -> list[Any]:
        # A row of one release is to be the same object, whatever statement it was read by.
        return (compiled.interned if self._release.keeps else compiled.made)(raw, self._interned)

    def _interned(self, shape: Hashable) -> tuple[Mapping[Any, Any], dict[Any, Any]]:
        return self._release.rows(shape), self._rows.setdefault(shape, {})
