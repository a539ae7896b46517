"""Results of queries on one version of the data, in memory for all operations that read that version.

It is bounded as bounded_cache.py is, in generations, but does not use it: results of one query are stored together, so
that 100 keys are looked up in 2 microseconds. With one ``GenerationalCache`` entry for each query and key that takes
13, and a page of 100 occupations looks up five such sets.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, cast

Query = tuple[Hashable, ...]
"""A statement, the function that is called with its rows, and the bound values except for the keys."""

ABSENT = object()
"""Stands for a result that is not cached, since None may be one."""

_EMPTY: Mapping[Any, Any] = {}

_CHARACTERS = 500
"""The number of characters that take as much memory as a row."""


def _text_weight(value: object) -> int:
    """Return the memory of the texts in a query or key, which clients choose, in rows."""
    return _characters(value) // _CHARACTERS


def _characters(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    # Other classes of tuples are statements.
    return sum(map(_characters, cast("Query", value))) if type(value) is tuple else 0


class QueryCache:
    """Results by query and key, and rows by primary key, within a maximum number of rows.

    Results are added to a young generation. When that holds half of the maximum it becomes the old generation, and the
    previous old one is dropped. A result that is found in the old generation is added to the young one again.
    """

    def __init__(self, version: str, maximum_rows: int) -> None:
        self.version = version
        self.enabled = maximum_rows > 1
        self._half = maximum_rows // 2
        self._weight = 0
        self._young: dict[Query, dict[Any, Any]] = {}
        self._old: dict[Query, dict[Any, Any]] = {}
        self._weights: dict[Query, dict[Any, int]] = {}
        self._old_weights: dict[Query, dict[Any, int]] = {}
        self._rows: dict[type[Any], dict[Any, Any]] = {}

    def results(self, query: Query) -> Mapping[Any, Any]:
        """Return the young results of a query by key."""
        return self._young.get(query, _EMPTY)

    def get(self, query: Query, key: Any) -> Any:  # noqa: ANN401 - a result, or ABSENT
        """Return a result, or ABSENT."""
        result = self._young.get(query, _EMPTY).get(key, ABSENT)
        if result is not ABSENT:
            return result
        result = self._old.get(query, _EMPTY).get(key, ABSENT)
        if result is not ABSENT:
            self.put(query, key, result, self._old_weights[query][key])
        return result

    def add(self, query: Query, results: Iterable[tuple[Any, Any, int]]) -> None:
        """Add results of a query, each as its key, itself and the number of its rows."""
        of_query = _text_weight(query)
        for key, result, rows in results:
            # The absence of rows takes memory too.
            self.put(query, key, result, 1 + rows + of_query + _text_weight(key))

    def put(self, query: Query, key: Any, result: Any, weight: int) -> None:  # noqa: ANN401
        """Add a result, unless it alone weighs more than half of the maximum."""
        if weight > self._half:
            return
        if self._weight + weight > self._half:
            self._old, self._young = self._young, {}
            self._old_weights, self._weights, self._weight = self._weights, {}, 0
            self._rows = {}
        self._young.setdefault(query, {})[key] = result
        weights = self._weights.setdefault(query, {})
        if key not in weights:
            weights[key] = weight
            self._weight += weight

    def rows(self, row_type: type[Any]) -> Mapping[Any, Any]:
        """Return the rows of a table by primary key."""
        return self._rows.get(row_type, _EMPTY)

    def add_rows(self, row_type: type[Any], rows: Mapping[Any, Any]) -> None:
        """Add rows by primary key. They are dropped when the young generation becomes the old one."""
        held = self._rows.setdefault(row_type, {})
        if len(held) + len(rows) <= self._half:
            held.update(rows)

    def __len__(self) -> int:
        """Return the number of rows in both generations."""
        return self._weight + sum(sum(weights.values()) for weights in self._old_weights.values())
