"""What every resolver is handed, and how fields are answered in batches.

A *batch* answers one field for many parents at once: ``(parents, context, *, arguments)`` in, a list of one value for
each parent out, in the parents' order. A value may be an exception, which then fails for that parent alone.

An operation is run in either of two ways. A compiled one asks each batch itself, for all parents of a level:
``answer``. Stock execution asks for one parent after the other: ``resolve``, and a loader brings those together who ask
in the same turn of the event loop. What was begun in the first way may be finished in the second, with all that was
answered so far.
"""

from asyncio import Future, Task, create_task
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from inspect import isawaitable, iscoroutinefunction
from types import CoroutineType
from typing import Any, Concatenate, Generic, TypeVar, cast

from strawberry.dataloader import AbstractCache, DataLoader

from db.database import Database
from db.deadline import require_time
from resolvers.run_eagerly import give_up, run_eagerly

P = TypeVar("P")
V = TypeVar("V")

Batch = Callable[Concatenate[Sequence[P], "Context", ...], Sequence[V | Exception] | Awaitable[Sequence[V | Exception]]]

_MANY = 10
"""What is done for no more parents is over before it could be cut: only their statements take time."""


class Context:
    """One request's way to the data. Whatever it loads it remembers until the request ends."""

    def __init__(self, database: Database, fragments: Any = None) -> None:  # noqa: ANN401 - those of whoever executes
        self.database = database
        self.fragments = fragments
        self._compiled = False
        self._answers: dict[Callable[..., Any], list[_Answer]] = {}
        self._loaders: dict[tuple[Callable[..., Any], str], DataLoader[Any, Any]] = {}
        self._loaded: list[_ByIdentity[Any, Any]] = []

    # What a compiled operation asks

    def want(self, attributes: frozenset[str] | None) -> None:
        """Be told which attributes of rows are read, None for all of them."""
        self.database.want(attributes)

    def answer(
        self, batch: Batch[P, V], parents: Sequence[P], arguments: Mapping[str, object]
    ) -> list[V | Exception] | Task[list[V | Exception]]:
        """Answer a batch for these parents: at once, unless something has to be waited for, which then has begun.

        Raises what the batch raises, or the task does.
        """
        answers = self._answers.get(batch)
        if answers is None:
            self._compiled = True
            answers = self._answers[batch] = []
        else:
            before = [answer for answer in answers if answer.arguments == arguments]
            if before:
                return self._completed(batch, parents, arguments, before)
        answers.append(answer := _Answer(parents, arguments))
        return self._ask(answer, batch)

    def _ask(self, answer: "_Answer", batch: Callable[..., Any]) -> list[Any] | Task[list[Any]]:
        parents = answer.parents
        try:
            if len(parents) > _MANY:
                require_time()
            values: Any = batch(parents, self, **answer.arguments)
            if values.__class__ is CoroutineType:
                values = run_eagerly(values)
                if values.__class__ is not list and isawaitable(values):
                    answer.values = task = create_task(answer.wait(values))
                    return task
            answer.values = values
        except Exception as error:
            answer.values = error
            raise
        if values.__class__ is not list or len(values) != len(parents):
            return answer.checked(values)
        return values

    def _completed(
        self,
        batch: Callable[..., Any],
        parents: Sequence[Any],
        arguments: Mapping[str, object],
        before: "list[_Answer]",
    ) -> list[Any] | Task[list[Any]]:
        """Answer for those parents only that the batch has not been asked for, and put it together."""
        known = _places(before)
        missing = [parent for parent in parents if _identity(parent) not in known]
        if missing:
            rest = _Answer(missing, arguments)
            self._answers[batch].append(rest)
            self._ask(rest, batch)
            known |= _places([rest])
        return run_eagerly(_gathered([known[_identity(parent)] for parent in parents]))

    def replay(self) -> None:
        """Hand out to stock execution from now on what was answered so far."""
        self._compiled = False

    # What stock execution asks

    def resolve(self, batch: Batch[P, V], parent: P, arguments: Mapping[str, object]) -> V | Awaitable[V]:
        """Answer a batch for one parent: at once if it does no I/O, else by loading it.

        Raises what the batch raises, or the awaitable does.
        """
        if iscoroutinefunction(batch):
            return self.load(batch, parent, arguments)
        place = self._place(batch, parent, arguments)
        return cast("V", _one([place[0].told(place[1])] if place else batch([parent], self, **arguments)))

    def load(self, batch: Batch[P, V], parent: P, arguments: Mapping[str, object]) -> Awaitable[V]:
        """Answer a batch for one parent, together with all others who ask the same before the next turn of the loop."""
        # Input objects can't be hashed, so arguments are told apart by what they say.
        question = (batch, repr(sorted(arguments.items())))
        loader = self._loaders.get(question)
        if loader is None:
            loader = self._loaders[question] = self._loader(batch, arguments)
        return loader.load(parent)

    def _place(
        self, batch: Callable[..., Any], parent: object, arguments: Mapping[str, object]
    ) -> "tuple[_Answer, int] | None":
        """Return where the value for a parent is that was answered before stock execution began."""
        for answer in self._answers.get(batch, ()):
            if answer.arguments == arguments and (position := answer.position(parent)) is not None:
                return answer, position
        return None

    def _loader(self, batch: Batch[P, V], arguments: Mapping[str, object]) -> DataLoader[P, V]:
        async def load(parents: list[P]) -> Sequence[V | BaseException]:
            require_time()
            places = [self._place(batch, parent, arguments) for parent in parents]
            missing = [parent for parent, place in zip(parents, places, strict=True) if place is None]
            asked = iter(await self._asked(batch, missing, arguments))
            # What was answered before comes no sooner than the rest, so that errors come up as they do without it.
            return [next(asked) if place is None else await place[0].awaited(place[1]) for place in places]

        self._loaded.append(loaded := _ByIdentity[P, V]())
        return DataLoader(load_fn=load, cache_map=loaded)

    async def _asked(self, batch: Batch[P, V], parents: Sequence[P], arguments: Mapping[str, object]) -> Sequence[Any]:
        """Ask a batch, if for anybody, and return the exception for each where it raises one."""
        if not parents:
            return ()
        try:
            values = batch(parents, self, **arguments)
            return _Answer(parents, arguments).checked(await values if isawaitable(values) else values)
        except Exception as error:  # noqa: BLE001 - whatever it is, each of them has failed by it
            return [error] * len(parents)

    # What batches ask

    async def load_many(self, batch: Batch[P, V], parents: Sequence[P], **arguments: object) -> list[V]:
        """Answer a batch for these parents; raise what it raises, or the first exception among its values."""
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
        """Load nothing more for those who wait."""
        for answers in self._answers.values():
            give_up(answer.values for answer in answers if isinstance(answer.values, Task))
        for loaded in self._loaded:
            give_up(loaded.values())


class _Answer:
    """What a batch has answered for some parents, or is about to."""

    __slots__ = ("_positions", "arguments", "parents", "values")

    def __init__(self, parents: Sequence[Any], arguments: Mapping[str, object]) -> None:
        self.parents = parents
        self.arguments = arguments
        self.values: list[Any] | Task[list[Any]] | Exception | None = None
        """The values; the task that makes them; or why there are none."""

    def position(self, parent: object) -> int | None:
        """Return where the value for a parent is; None where it was not asked for."""
        try:
            positions = self._positions
        except AttributeError:
            positions = {_identity(one): position for position, one in enumerate(self.parents)}
            self._positions: dict[int, int] = positions
        return positions.get(_identity(parent))

    def told(self, position: int) -> Any:  # noqa: ANN401 - whatever the batch answers
        """Return the value for one parent, or the exception that it is, or that the batch raised."""
        return self.values if isinstance(self.values, Exception) else cast("list[Any]", self.values)[position]

    def checked(self, values: Sequence[Any]) -> list[Any]:
        """Return the values as a list, which must be as many as the parents."""
        self.values = [*values]
        if len(values) != len(self.parents):
            self.values = ValueError(f"a batch returned {len(values)} values for {len(self.parents)} parents")
            raise self.values
        return self.values

    async def awaited(self, position: int) -> Any:  # noqa: ANN401 - whatever the batch answers
        """Return the same when it is there."""
        if isinstance(self.values, Task):
            with suppress(Exception):
                await self.values
        return self.told(position)

    async def wait(self, values: Awaitable[Sequence[Any]]) -> list[Any]:
        """Note the values when they are there, or why they are not."""
        try:
            return self.checked(await values)
        except Exception as error:
            self.values = error
            raise


def _places(answers: Sequence[_Answer]) -> dict[int, tuple[_Answer, int]]:
    """Return where the value for each parent is, by the parent's identity."""
    return {
        _identity(parent): (answer, position) for answer in answers for position, parent in enumerate(answer.parents)
    }


async def _gathered(places: Sequence[tuple[_Answer, int]]) -> list[Any]:
    for answer in {id(answer): answer for answer, _ in places}.values():
        if isinstance(answer.values, Task):
            await answer.values
        if isinstance(answer.values, Exception):
            raise answer.values
    return [cast("list[Any]", answer.values)[position] for answer, position in places]


def _one(values: Any) -> Any:  # noqa: ANN401 - a batch of one
    [value] = values
    if isinstance(value, Exception):
        raise value
    return value


def _identity(parent: object) -> int:
    """Return what tells parents apart: rows can't be hashed. Numbers of rows are told apart by their values."""
    return parent if isinstance(parent, int) else id(parent)


class _ByIdentity(AbstractCache[P, V], Generic[P, V]):
    """Remembers values by the parent itself, and holds it, so that no id is used twice."""

    def __init__(self) -> None:
        self._entries: dict[int, tuple[P, Future[V]]] = {}

    def get(self, key: P) -> Future[V] | None:
        entry = self._entries.get(_identity(key))
        return None if entry is None else entry[1]

    def set(self, key: P, value: Future[V]) -> None:
        self._entries[_identity(key)] = (key, value)

    def values(self) -> Iterator[Future[V]]:
        """Yield what is remembered, or is to be."""
        return (value for _, value in self._entries.values())

    def delete(self, key: P) -> None:
        del self._entries[_identity(key)]

    def clear(self) -> None:
        self._entries.clear()
