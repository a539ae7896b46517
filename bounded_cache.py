"""What is kept in memory to be had again: a map of bounded weight, the cheapest kind there is to look into."""

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class GenerationalCache(Generic[K, V]):
    """A map that holds what was asked for lately, and never more than so much.

    Entries come into a young half. When that is full it becomes the old half, and what the old half held is forgotten;
    what is found in the old half is young again. So what is asked for at all stays, and a look costs hardly more than
    that into a dictionary, where a queue of the least recently used would be set in order with each look.
    """

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._weight = 0
        self._young: dict[K, tuple[V, int]] = {}
        self._old: dict[K, tuple[V, int]] = {}

    def get(self, key: K) -> V | None:
        """Return a value, or None where there is none."""
        entry = self._young.get(key)
        if entry is None:
            entry = self._old.get(key)
            if entry is None:
                return None
            self.put(key, *entry)
        return entry[0]

    def put(self, key: K, value: V, weight: int = 1) -> None:
        """Keep a value, unless it weighs more than half of what may be kept."""
        if weight > self._half:
            return
        if self._weight + weight > self._half:
            self._young, self._old, self._weight = {}, self._young, 0
        self._young[key] = (value, weight)
        self._weight += weight

    def clear(self) -> None:
        """Forget everything."""
        self._young, self._old, self._weight = {}, {}, 0

    def __len__(self) -> int:
        """How many entries are held, those that were not asked for lately counted too."""
        return len(self._young) + len(self._old)
