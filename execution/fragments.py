"""Encoded answers about single objects, kept to be pasted into other answers.

As long as the data stay the same, what is asked of an object follows from the object, the selection and the variables
in it. So where a type's objects can be told apart by an attribute, what a selection of one was answered with is kept as
JSON, and the next answer that has the same object in it, on whichever page of whichever list, takes it as it is.

A fragment is made by a program of its own, for all objects at once that none is kept for. To the program around it that
is a batch like any other.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Protocol

import orjson

from execution.arguments import Values

_OVERHEAD = 200
"""About how many bytes a kept fragment takes besides its text."""

Key = tuple[str, tuple[Any, ...]]
"""A selection as text, and the values of the variables in it."""


def compact(encoded: bytes) -> bytes:
    """Return what is to be kept of what orjson has encoded: a copy, which has no room for kilobytes more."""
    return bytes(memoryview(encoded))


class FragmentCache:
    """The fragments of one version of the data, of which there are never more than so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._version: object = None
        self._bytes = 0
        self._fragments: dict[Key, dict[object, orjson.Fragment]] = {}

    def at(self, version: object) -> "Fragments":
        """Return the fragments for an operation that reads this version; those of any other are forgotten."""
        if version != self._version:
            self._forget(version)
        return Fragments(self, version, self._fragments)

    def keep(self, version: object, made: Mapping[Key, Mapping[object, bytes]]) -> None:
        """Keep what an operation has made, if it has read the version that is kept."""
        if version != self._version:
            return
        added = sum(len(text) + _OVERHEAD for texts in made.values() for text in texts.values())
        if self._bytes + added > self._most:
            # Everything makes room, which is simple, and seldom: what is asked for again soon is there again.
            self._forget(version)
        if added > self._most:
            return
        self._bytes += added
        for key, texts in made.items():
            kept = self._fragments.setdefault(key, {})
            kept.update({identity: orjson.Fragment(text) for identity, text in texts.items()})

    def _forget(self, version: object) -> None:
        self._version, self._bytes, self._fragments = version, 0, {}


class Fragments:
    """The fragments for one operation: those that are kept, and those that it makes."""

    def __init__(
        self, cache: FragmentCache, version: object, kept: Mapping[Key, Mapping[object, orjson.Fragment]]
    ) -> None:
        self._cache = cache
        self._version = version
        self._kept = kept
        self._made: dict[Key, dict[object, bytes]] = {}

    def kept(self, key: Key) -> Mapping[object, orjson.Fragment]:
        """Return what is kept of a selection, by the objects' identities."""
        return self._kept.get(key, {})

    def add(self, key: Key, texts: Mapping[object, bytes]) -> None:
        """Note what has been made."""
        self._made.setdefault(key, {}).update(texts)

    def keep(self) -> None:
        """Keep what has been made. It is for the caller to see first that the data are still of the same version."""
        if self._made:
            self._cache.keep(self._version, self._made)


class _Context(Protocol):
    fragments: Fragments | None
    answer: Callable[..., Any]


class FragmentBatch:
    """The batch of what is asked of objects: ready to be pasted into an answer."""

    def __init__(self, program: Callable[..., Any], selection: str, variables: Sequence[str], identity: str) -> None:
        self._program = program
        self._selection = selection
        self.variables = variables
        self._identity = attrgetter(identity)

    async def __call__(self, parents: Sequence[Any], context: _Context, *, values: Values) -> list[orjson.Fragment]:
        """Return what is asked of each object."""
        assert context.fragments is not None  # noqa: S101 - programs without fragments have no such batch
        key = (self._selection, tuple([repr(values.get(name)) for name in self.variables]))
        identities = list(map(self._identity, parents))
        found = list(map(context.fragments.kept(key).get, identities))
        if None not in found:
            return found  # type: ignore[return-value] # there is no None among them
        missing = {one: parent for one, parent, kept in zip(identities, parents, found, strict=True) if kept is None}
        made = await self._program(context.answer, values, [*missing.values()])
        texts = {one: compact(orjson.dumps(each)) for one, each in zip(missing, made, strict=True)}
        context.fragments.add(key, texts)
        new = {one: orjson.Fragment(text) for one, text in texts.items()}
        return [kept or new[one] for one, kept in zip(identities, found, strict=True)]
