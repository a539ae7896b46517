"""A cache of encoded objects, which are pasted into results.

While the data stays the same, the result of a selection of an object follows from the object, the selection and the
values of the variables in it. So if objects of a type have an identity, the result of a selection is kept as JSON and
reused in each result that contains the object, on any page of any list.

A program of its own makes the fragments of all objects that have none yet. To the program around it, that is a batch.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Protocol

import orjson

from bounded_cache import GenerationalCache
from execution.encoding import encoded
from execution.run import Run

_OVERHEAD = 200
"""About how many bytes a cached fragment takes in addition to its text."""

FragmentKey = tuple[str, tuple[Any, ...]]
"""A selection as text, and the values of the variables in it."""


def compact(encoded: bytes) -> bytes:
    """Return a copy of orjson's output, whose buffer may be kilobytes larger than its content."""
    return bytes(memoryview(encoded))


class FragmentCache:
    """The fragments of one version of the data, within a number of bytes.

    The fragments of a selection lie together, so that those of a page are found in a few microseconds, and they are
    dropped together.
    """

    def __init__(self, max_bytes: int) -> None:
        self._version: object = None
        self._cache = GenerationalCache[FragmentKey, "_SelectionFragments"](max_bytes)

    def at(self, version: object) -> "Fragments":
        """Return the fragments for an operation that reads this version; drop those of any other version."""
        if version != self._version:
            self._version = version
            self._cache.clear()
        return Fragments(self, version)

    def get(self, version: object, key: FragmentKey) -> Mapping[object, orjson.Fragment]:
        """Return the fragments of a selection by the objects' identities."""
        found = self._cache.get(key) if version == self._version else None
        return found.fragments if found else {}

    def put(self, version: object, key: FragmentKey, texts: Mapping[object, bytes]) -> None:
        """Add fragments of a selection, if they are of the version that the cache holds."""
        if version != self._version:
            return
        entry = self._cache.get(key) or _SelectionFragments()
        entry.fragments.update({identity: orjson.Fragment(text) for identity, text in texts.items()})
        entry.weight += sum(len(text) + _OVERHEAD for text in texts.values())
        self._cache.put(key, entry, entry.weight)


class _SelectionFragments:
    """The fragments of one selection."""

    __slots__ = ("fragments", "weight")

    def __init__(self) -> None:
        self.fragments: dict[object, orjson.Fragment] = {}
        self.weight = 0


class Fragments:
    """The fragments for one operation: those of the cache, and those that the operation makes."""

    def __init__(self, cache: FragmentCache, version: object) -> None:
        self._cache = cache
        self._version = version
        self._made: dict[FragmentKey, dict[object, bytes]] = {}

    def get(self, key: FragmentKey) -> Mapping[object, orjson.Fragment]:
        """Return the cached fragments of a selection by the objects' identities."""
        return self._cache.get(self._version, key)

    def add(self, key: FragmentKey, texts: Mapping[object, bytes]) -> None:
        """Note fragments that the operation has made."""
        self._made.setdefault(key, {}).update(texts)

    def keep(self) -> None:
        """Add to the cache what the operation has made. The caller first checks that the data has not changed."""
        for key, texts in self._made.items():
            self._cache.put(self._version, key, texts)


class _Context(Protocol):
    fragments: Fragments | None


class FragmentBatch:
    """A batch that returns the fragments of objects."""

    def __init__(self, program: Callable[..., Any], selection: str, variables: Sequence[str], identity: str) -> None:
        self._program = program
        self._selection = selection
        self.variables = variables
        self._identity = attrgetter(identity)

    async def __call__(self, parents: Sequence[Any], context: _Context, *, run: Run) -> list[orjson.Fragment]:
        """Return the fragment of each object."""
        assert context.fragments is not None  # noqa: S101 - programs without fragments have no such batch
        key = (self._selection, tuple([repr(run.values.get(name)) for name in self.variables]))
        identities = list(map(self._identity, parents))
        found = list(map(context.fragments.get(key).get, identities))
        if None not in found:
            return found  # type: ignore[return-value] # it contains no None
        missing = {
            one: parent for one, parent, fragment in zip(identities, parents, found, strict=True) if not fragment
        }
        texts: dict[object, bytes] = {}
        for one, each in zip(missing, await self._program(run, [*missing.values()]), strict=True):
            text = encoded(each, run.size.max_bytes - run.fragment_bytes, counting=run.size.large)
            run.fragment_bytes += len(text)
            texts[one] = compact(text)
        context.fragments.add(key, texts)
        new = {one: orjson.Fragment(text) for one, text in texts.items()}
        return [fragment or new[one] for one, fragment in zip(identities, found, strict=True)]
