"""The context of a request, and how batches are called.

A *batch function* resolves one field for many parents: ``(parents, context, *, arguments)`` in, a list of one value for
each parent out, in the parents' order. A value may be an exception, which fails the field for that parent alone.

Two executors call batch functions:

- A compiled operation calls each of them once for all parents of a level: ``Context.answer``.
- Strawberry resolves one parent at a time: ``Context.resolve``. A loader collects the parents of a level that ask for
  the same field and calls the batch function once for all of them.

An operation may begin compiled and end on Strawberry. So ``Context`` keeps what each batch function returned, and
serves it again after ``replay()``, as a ``_BatchResult``, instead of calling the function a second time.
"""

from asyncio import Event, Future, Task, create_task, get_running_loop, sleep
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from inspect import isawaitable, iscoroutinefunction
from math import inf
from time import monotonic
from types import CoroutineType
from typing import Any, Concatenate, Generic, TypeVar, cast

from graphql import GraphQLError
from sqlalchemy.util.concurrency import await_only, greenlet_spawn, in_greenlet

from db.database import Queries
from db.deadline import DeadlineExceeded, require_time
from db.location import Unreachable
from resolvers.errors import TooManyErrors
from resolvers.run_eagerly import cancel_all, run_eagerly

P = TypeVar("P")
V = TypeVar("V")

Batch = Callable[Concatenate[Sequence[P], "Context", ...], Sequence[V | Exception] | Awaitable[Sequence[V | Exception]]]

_MANY = 10
_DEAR = 100
"""A call for up to this number of parents, at up to this price each, takes no time worth checking the deadline for."""

_PAUSE_SECONDS = 0.005
"""The time after which Strawberry's executor lets other tasks run."""

_TURNS = 10
"""The turns of the event loop within which graphql-core, once a field has its value, loads the fields below it."""

MAX_ERRORS = 1_000
"""The maximum number of fields of an operation that fail."""

_COST_AT_ONCE = 1_500
"""The cost of the parents that a batch function is called for at once: some six milliseconds."""


class Context:
    """The context of one execution of an operation: the database, and every batch result so far."""

    fatal = (DeadlineExceeded, Unreachable, TooManyErrors)

    _compiled = True
    """Whether a compiled operation runs, which calls ``answer``."""
    _errors = 0
    _due = inf
    """When Strawberry's executor lets other tasks run."""
    _rest_end: Event | None = None
    """Set at the end of the pause in which Strawberry's executor is, if it is in one."""

    def __init__(
        self,
        database: Queries,
        fragments: Any = None,  # noqa: ANN401 - the executor's own type
        rest_seconds: float = 0,
    ) -> None:
        """``rest_seconds`` is the length of a pause: what other tasks need that wait for the database."""
        self._rest_seconds = rest_seconds
        self.database = database
        self.fragments = fragments
        self._called: set[Callable[..., Any]] = set()
        """The batch functions that the compiled operation has called."""
        self._calls: list[_Call] = []
        """Its calls that have ended or wait."""
        self._tasks: list[Task[list[Any]]] = []
        """The calls that had to wait."""
        self._results: dict[Callable[..., Any], list[_BatchResult]] = {}
        """The calls of the compiled operation, once Strawberry is served from them."""
        self._loaders: dict[tuple[Callable[..., Any], str], _Loader[Any, Any]] = {}

    # Called by compiled operations

    def answer(
        self, batch: Batch[P, V], parents: Sequence[P], arguments: Mapping[str, object], price: int = 0
    ) -> list[V | Exception] | Task[list[V | Exception]]:
        """Call a batch function for these parents: return its values, or where it waits, the task that it runs in.

        Raises what the function raises, or the task does. ``price`` is the cost for one parent. If all parents together
        cost too much, the function is called for some at a time, and other tasks run between the calls. A function is
        not called again for a parent that it was called for with the same arguments.
        """
        if batch in self._called:
            known = self._places(batch, arguments)
            missing = [parent for parent in parents if _identity(parent) not in known]
            if len(missing) < len(parents):
                if missing:
                    self.answer(batch, missing, arguments, price)
                    known = self._places(batch, arguments)
                return run_eagerly(_collected([known[_identity(parent)] for parent in parents]))
        self._called.add(batch)
        values: Any = None
        number = len(parents)
        try:
            if number > _MANY or price > _DEAR:
                values = self._call_in_time(batch, parents, arguments, price)
            else:
                # A call with keywords takes twice as long, even with none.
                values = batch(parents, self, **arguments) if arguments else batch(parents, self)
            if values.__class__ is CoroutineType:
                values = run_eagerly(values)
            if values.__class__ is not list or len(values) != number:
                values = self._checked_or_task(values, parents)
        except Exception as error:  # noqa: BLE001 - raised again unless it is the client's
            values = error
            return self._failed(error, number)
        finally:
            self._calls.append((batch, parents, arguments, values))
        found: list[V | Exception] | Task[list[V | Exception]] = values
        return found

    def _places(self, batch: Callable[..., Any], arguments: Mapping[str, object]) -> "dict[int, tuple[_Values, int]]":
        """Return the values of the call with these arguments that had each parent, and its position in them."""
        return {
            _identity(parent): (values, position)
            for called, parents, given, values in self._calls
            if called == batch and given == arguments
            for position, parent in enumerate(parents)
        }

    def _checked_or_task(self, values: Any, parents: Sequence[Any]) -> list[Any] | Task[list[Any]]:  # noqa: ANN401
        """Return the values as a list, or the task that waits for them."""
        if not isawaitable(values):
            return _checked(values, parents)
        task = create_task(self._finished(values, parents))
        self._tasks.append(task)
        return task

    def _call_in_time(
        self, batch: Callable[..., Any], parents: Sequence[Any], arguments: Mapping[str, Any], price: int
    ) -> Any:  # noqa: ANN401 - what the batch returns
        """Call a batch function for many parents, or for some at a time; raise DeadlineExceeded."""
        require_time()
        page = cast("int", arguments.get("first") or arguments.get("last") or 0)
        at_once = max(1, _COST_AT_ONCE // (price + page or 1))
        if at_once < len(parents):
            return self._in_parts(batch, parents, arguments, at_once)
        return batch(parents, self, **arguments)

    async def _finished(self, values: Awaitable[Sequence[Any]], parents: Sequence[Any]) -> list[Any]:
        try:
            return _checked(await values, parents)
        except Exception as error:  # noqa: BLE001 - as above
            return self._failed(error, len(parents))

    def _failed(self, error: Exception, parents: int) -> list[Any]:
        """Return an error of the client's as the value for each parent; raise any other.

        The program finds the error after it has made all calls of a level, so that Strawberry finds their results.
        """
        if isinstance(error, self.fatal) or not isinstance(error, GraphQLError):
            raise error
        self._count_errors(parents)
        # Its traceback refers to the call, whose result is the error.
        return [error.with_traceback(None)] * parents

    def _count_errors(self, errors: int) -> None:
        self._errors += errors
        if self._errors > MAX_ERRORS:
            raise TooManyErrors(MAX_ERRORS)

    async def _in_parts(
        self, batch: Callable[..., Any], parents: Sequence[Any], arguments: Mapping[str, Any], at_once: int
    ) -> list[Any]:
        """Call a batch function for some parents at a time, and let other tasks run in between."""
        values: list[Any] = []
        for start in range(0, len(parents), at_once):
            if start:
                await self.pause()
            part = parents[start : start + at_once]
            found = batch(part, self, **arguments)
            values += _checked(await found if isawaitable(found) else found, part)
        return values

    async def pause(self) -> None:
        """Let other tasks run; raise DeadlineExceeded if the operation's time is over."""
        await sleep(self._rest_seconds)
        require_time()

    async def replay(self, strawberry: Coroutine[Any, Any, V]) -> V:
        """Run Strawberry's coroutine, and serve it from the results so far where they have the parent.

        graphql-core resolves all fields whose values are known in one go. In a greenlet it can stop in the middle, so
        that other tasks run: see ``checkpoint``.
        """
        self._compiled = False
        for batch, parents, arguments, values in self._calls:
            self._results.setdefault(batch, []).append(_BatchResult(parents, arguments, values))
        self._errors = 0
        self._due = monotonic() + _PAUSE_SECONDS
        result: Any = await greenlet_spawn(run_eagerly, strawberry)
        found = cast("V", await result if isinstance(result, Task) else result)
        # What ran since the last statement is within the time limit too.
        await self.pause()
        return found

    # Called by Strawberry's executor

    def checkpoint(self) -> None:
        """Let other tasks run if Strawberry has kept the event loop for long enough."""
        if monotonic() >= self._due and in_greenlet():
            await_only(self._rest())

    async def _rest(self) -> None:
        """Pause. All of the operation's fields that are due meanwhile wait for the end of the same pause."""
        if self._rest_end is not None:
            await self._rest_end.wait()
            return
        self._rest_end = end = Event()
        try:
            await self.pause()
            self._due = monotonic() + _PAUSE_SECONDS
        finally:
            self._rest_end = None
            end.set()

    async def level_is_complete(self) -> None:
        """Wait until all fields that have their values have been completed, and so have loaded what is below them."""
        turns = 0
        while turns < _TURNS:
            await sleep(0)
            turns += 1
            if self._rest_end is not None:
                await self._rest_end.wait()
                turns = 0

    def resolve(self, batch: Batch[P, V], parent: P, arguments: Mapping[str, object]) -> V | Awaitable[V]:
        """Return the value for one parent, or an awaitable of it where the batch function is a coroutine function.

        Raises what the function raises, or the awaitable does.
        """
        place = self._place(batch, parent, arguments)
        if place and place[0].is_known:
            value: Any = place[0].value_at(place[1])
        elif iscoroutinefunction(batch):
            return self.load(batch, parent, arguments)
        else:
            [value] = cast("Sequence[Any]", batch([parent], self, **arguments))
        if isinstance(value, Exception):
            self._count_errors(1)
            # Without the frames of earlier raises: the exception of a call is raised for each of its parents.
            raise value.with_traceback(None)
        return cast("V", value)

    def load(self, batch: Batch[P, V], parent: P, arguments: Mapping[str, object]) -> Awaitable[V]:
        """Load the value for one parent, in one call with the other parents of its level."""
        # Input objects can't be hashed, so the key is their repr.
        key = (batch, repr(sorted(arguments.items())))
        loader = self._loaders.get(key)
        if loader is None:
            loader = self._loaders[key] = self._loader(batch, arguments)
        return self._in_time(loader.load(parent))

    async def _in_time(self, loading: Awaitable[V]) -> V:
        """Wait for a value, and let other tasks run if Strawberry has kept the event loop for long enough."""
        value = await loading
        while monotonic() >= self._due:
            await self._rest()
        return value

    def _place(
        self, batch: Callable[..., Any], parent: object, arguments: Mapping[str, object]
    ) -> "tuple[_BatchResult, int] | None":
        """Return the earlier result that has a parent, and the parent's position in it."""
        for result in self._results.get(batch, ()):
            if result.arguments == arguments and (position := result.position(parent)) is not None:
                return result, position
        return None

    def _loader(self, batch: Batch[P, V], arguments: Mapping[str, object]) -> "_Loader[P, V]":
        async def load(parents: list[P]) -> Sequence[V | BaseException]:
            require_time()
            places = [self._place(batch, parent, arguments) for parent in parents]
            missing = [parent for parent, place in zip(parents, places, strict=True) if place is None]
            values = await self._values_or_errors(batch, missing, arguments)
            self._count_errors(sum(isinstance(value, Exception) for value in values))
            loaded = iter(values)
            return [next(loaded) if place is None else await place[0].wait_for(place[1]) for place in places]

        return _Loader(load, self.level_is_complete)

    async def _values_or_errors(
        self, batch: Batch[P, V], parents: Sequence[P], arguments: Mapping[str, object]
    ) -> Sequence[Any]:
        """Call a batch function, unless there are no parents; if it raises, return the exception for each parent."""
        if not parents:
            return ()
        try:
            values = batch(parents, self, **arguments)
            return _checked(await values if isawaitable(values) else values, parents)
        except Exception as error:  # noqa: BLE001 - any error fails the field for each parent
            return [error] * len(parents)

    # Called by batch functions

    async def load_many(self, batch: Batch[P, V], parents: Sequence[P], **arguments: object) -> list[V]:
        """Return another batch function's values; raise what it raises, or the first exception among its values."""
        if not self._compiled:
            loading: list[Any] = [self.resolve(batch, parent, arguments) for parent in parents]
            return [await value if isawaitable(value) else value for value in loading]
        values = self.answer(batch, parents, arguments)
        if isinstance(values, Task):
            values = await values
        for value in values:
            if isinstance(value, Exception):
                raise value
        return cast("list[V]", values)

    def close(self) -> None:
        """Cancel every call that still runs, and forget all results.

        Some results refer to this context. They would stay in memory until the garbage collector looks at all objects.
        """
        self._calls.clear()
        if self._tasks:
            cancel_all(self._tasks)
            self._tasks.clear()
        if not self._compiled:
            for loader in self._loaders.values():
                loader.cancel()
            self._loaders.clear()
            self._results.clear()


_Values = list[Any] | Task[list[Any]] | Exception
"""The values of a call, the task that computes them, or the exception that the call raised."""

_Call = tuple[Callable[..., Any], Sequence[Any], Mapping[str, object], _Values]
"""A call's batch function, parents, arguments and values."""


class _BatchResult:
    """What one call of a batch function returned, or is going to return."""

    def __init__(self, parents: Sequence[Any], arguments: Mapping[str, object], values: _Values) -> None:
        self.arguments = arguments
        self._parents = parents
        self._values = values

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {_identity(parent): position for position, parent in enumerate(self._parents)}

    def position(self, parent: object) -> int | None:
        """Return a parent's position; None for one that the call was not for."""
        return self._positions.get(_identity(parent))

    @property
    def is_known(self) -> bool:
        """Whether the call has ended."""
        return not isinstance(self._values, Task) or self._values.done()

    def value_at(self, position: int) -> Any:  # noqa: ANN401 - the batch function's type of value
        """Return the value at a position: an exception if that is the value, or if the call raised it."""
        ended = self._values
        values = (ended.exception() or ended.result()) if isinstance(ended, Task) else ended
        return values if isinstance(values, BaseException) else values[position]

    async def wait_for(self, position: int) -> Any:  # noqa: ANN401 - as above
        """Wait for the call to end and return the value at a position, as ``value_at`` does."""
        if isinstance(self._values, Task):
            with suppress(Exception):
                await self._values
        return self.value_at(position)


def _checked(values: Sequence[Any], parents: Sequence[Any]) -> list[Any]:
    """Return the values of a batch as a list; raise ValueError unless there is one for each parent."""
    if len(values) != len(parents):
        raise ValueError(f"a batch returned {len(values)} values for {len(parents)} parents")
    return [*values]


async def _collected(places: Sequence[tuple[_Values, int]]) -> list[Any]:
    found: dict[int, Sequence[Any]] = {}
    for values, _ in places:
        if isinstance(values, Exception):
            raise values
        if id(values) not in found:
            found[id(values)] = await values if isinstance(values, Task) else values
    return [found[id(values)][position] for values, position in places]


def _identity(parent: object) -> int:
    """Return the key of a parent: an integer itself, or the id() of a row, because rows can't be hashed."""
    return parent if isinstance(parent, int) else id(parent)


class _Loader(Generic[P, V]):
    """Loads the values of all parents of a level at once, and each value once.

    Strawberry's DataLoader calls its function in the next turn of the event loop. When a level takes several turns,
    because other tasks run in between, it would call the function for each part of the level.
    """

    def __init__(
        self,
        load: Callable[[list[P]], Awaitable[Sequence[V | BaseException]]],
        ready: Callable[[], Awaitable[None]],
    ) -> None:
        self._load, self._ready = load, ready
        self._values: dict[int, tuple[P, Future[V]]] = {}
        """By the parents' identity. It holds the parents, so that no id() is reused."""
        self._waiting: list[P] = []
        self._calls = set[Task[None]]()

    def load(self, parent: P) -> Future[V]:
        """Return the value of a parent, which is loaded if it has not been."""
        found = self._values.get(_identity(parent))
        if found is None:
            found = self._values[_identity(parent)] = (parent, get_running_loop().create_future())
            if not self._waiting:
                self._calls.add(call := create_task(self._call()))
                call.add_done_callback(self._calls.discard)
            self._waiting.append(parent)
        return found[1]

    async def _call(self) -> None:
        await self._ready()
        parents, self._waiting = self._waiting, []
        values: Sequence[V | BaseException]
        try:
            values = await self._load(parents)
        except Exception as error:  # noqa: BLE001 - raised for each parent
            values = [error] * len(parents)
        for parent, value in zip(parents, values, strict=True):
            future = self._values[_identity(parent)][1]
            if future.done():
                continue
            if isinstance(value, BaseException):
                future.set_exception(value)
            else:
                future.set_result(value)

    def cancel(self) -> None:
        """Cancel what is still loading."""
        cancel_all(self._calls)
        cancel_all(future for _, future in self._values.values())
