"""What every resolver is handed, and how nested fields are answered in batches.

A *batch* answers one field for many parents at once: ``(parents, context, *, arguments)`` in, one value for each
parent out, in the parents' order. A value may be an exception, which then fails for that parent alone.
"""

import inspect
from asyncio import Future
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, Concatenate, TypeVar

from strawberry.dataloader import AbstractCache, DataLoader

from db.database import Database
from db.deadline import require_time

P = TypeVar("P")
V = TypeVar("V")

Batch = Callable[Concatenate[Sequence[P], "Context", ...], Sequence[V | Exception] | Awaitable[Sequence[V | Exception]]]


class Context:
    """One request's way to the data. Whatever it loads it remembers until the request ends."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._loaders: dict[tuple[Callable[..., Any], str], DataLoader[Any, Any]] = {}
        self._loaded: list[_ByIdentity[Any, Any]] = []

    def load(self, batch: Batch[P, V], parent: P, arguments: Mapping[str, object]) -> Awaitable[V]:
        """Answer a batch for one parent, together with all others who ask the same before the next turn of the loop."""
        # Arguments are compared by what they say: input objects can't be hashed.
        key = (batch, repr(sorted(arguments.items())))
        loader = self._loaders.get(key)
        if loader is None:
            loader = self._loaders[key] = self._loader(batch, arguments)
        return loader.load(parent)

    async def load_many(self, batch: Batch[P, V], parents: Sequence[P], **arguments: object) -> list[V]:
        """Answer a batch for these parents."""
        return [await value for value in [self.load(batch, parent, arguments) for parent in parents]]

    def close(self) -> None:
        """Load nothing more for those who wait, and look at the errors that nobody waited for: asyncio logs others."""
        for loaded in self._loaded:
            for value in loaded.values():
                if not value.cancel() and not value.cancelled():
                    value.exception()

    def _loader(self, batch: Batch[P, V], arguments: Mapping[str, object]) -> DataLoader[P, V]:
        async def load(parents: list[P]) -> Sequence[V | BaseException]:
            require_time()
            values = batch(parents, self, **arguments)
            return await values if inspect.isawaitable(values) else values

        self._loaded.append(loaded := _ByIdentity[P, V]())
        return DataLoader(load_fn=load, cache_map=loaded)


class _ByIdentity(AbstractCache[P, V]):
    """Remembers values by the parent itself, since rows can't be hashed, and holds it, so that no id is used twice.

    Parents that are numbers of rows are told apart by their values.
    """

    def __init__(self) -> None:
        self._entries: dict[int, tuple[P, Future[V]]] = {}

    def get(self, key: P) -> Future[V] | None:
        entry = self._entries.get(self._identity(key))
        return None if entry is None else entry[1]

    def set(self, key: P, value: Future[V]) -> None:
        self._entries[self._identity(key)] = (key, value)

    def values(self) -> Iterator[Future[V]]:
        """Yield what is remembered, or is to be."""
        return (value for _, value in self._entries.values())

    def delete(self, key: P) -> None:
        del self._entries[self._identity(key)]

    def clear(self) -> None:
        self._entries.clear()

    @staticmethod
    def _identity(key: object) -> int:
        return key if isinstance(key, int) else id(key)
