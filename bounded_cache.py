"""A bounded cache in memory. This module imports only the standard library, so that every package may use it."""

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class GenerationalCache(Generic[K, V]):
    """A map that keeps recently used entries and never weighs more than its capacity.

    The caller chooses the unit of the capacity and the weights, such as entries, rows, tokens or bytes.

    Entries are added to a young generation, which holds half of the capacity. When it is full, it becomes the old
    generation, and the entries of the previous old generation are dropped. ``get`` promotes an entry that it finds in
    the old generation to the young one. So an entry is kept at least until entries of half of the capacity have been
    added since its last use. This approximates least recently used, and a hit costs hardly more than a dictionary
    lookup, because nothing is reordered. The algorithm is also known as hashlru.
    """

    def __init__(self, capacity: int) -> None:
        self._half = capacity // 2
        self._young: dict[K, tuple[V, int]] = {}
        self._old: dict[K, tuple[V, int]] = {}
        self._young_weight = 0
        self._old_weight = 0

    def get(self, key: K) -> V | None:
        """Return a value and promote its entry; return None if the key is missing."""
        entry = self._young.get(key)
        if entry is None:
            entry = self._old.get(key)
            if entry is None:
                return None
            self.put(key, *entry)
        return entry[0]

    def put(self, key: K, value: V, weight: int = 1) -> None:
        """Add or replace an entry. An entry that weighs more than half of the capacity is not kept."""
        self._remove(key)
        if weight > self._half:
            return
        if self._young_weight + weight > self._half:
            self._young, self._old = {}, self._young
            self._young_weight, self._old_weight = 0, self._young_weight
        self._young[key] = (value, weight)
        self._young_weight += weight

    def clear(self) -> None:
        """Drop all entries."""
        self._young, self._old = {}, {}
        self._young_weight = self._old_weight = 0

    @property
    def weight(self) -> int:
        """The sum of the weights of all entries."""
        return self._young_weight + self._old_weight

    def __contains__(self, key: K) -> bool:
        """Whether a key has an entry, which is not promoted."""
        return key in self._young or key in self._old

    def __len__(self) -> int:
        """The number of entries."""
        return len(self._young) + len(self._old)

    def _remove(self, key: K) -> None:
        if (entry := self._young.pop(key, None)) is not None:
            self._young_weight -= entry[1]
        elif (entry := self._old.pop(key, None)) is not None:
            self._old_weight -= entry[1]
