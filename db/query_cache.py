"""What has been read of one version of the data, kept in memory for whoever asks the same of the same version."""

from collections.abc import Hashable, Mapping
from typing import Any

Question = tuple[Hashable, ...]
"""A statement, what its rows are made into, and the values that it is asked with, but for the keys."""

ABSENT = object()
"""Stands for an answer that is not kept: None may be one that is."""

_NOTHING: Mapping[Any, Any] = {}


class QueryCache:
    """Answers by question and key, and rows by their primary keys: at most so many rows in all.

    They come into a young half. When that is full it becomes the old half, and what the old half held is forgotten; an
    answer that is found in the old half is young again. bounded_cache.py does the same for single values; here the
    answers to one question lie together, so that a hundred keys are looked up in a few microseconds.
    """

    def __init__(self, version: str, most_rows: int) -> None:
        self.version = version
        self.keeps = most_rows > 1
        self._half = most_rows // 2
        self._weight = 0
        self._young: dict[Question, dict[Any, Any]] = {}
        self._old: dict[Question, dict[Any, Any]] = {}
        self._weights: dict[tuple[Question, Any], int] = {}
        self._old_weights: dict[tuple[Question, Any], int] = {}
        self._rows: dict[Hashable, dict[Any, Any]] = {}

    def answers(self, question: Question) -> Mapping[Any, Any]:
        """Return the answers to a question by key, those that were asked for lately."""
        return self._young.get(question, _NOTHING)

    def get(self, question: Question, key: Any) -> Any:  # noqa: ANN401 - an answer, or ABSENT
        """Return an answer, or ABSENT."""
        answer = self._young.get(question, _NOTHING).get(key, ABSENT)
        if answer is not ABSENT:
            return answer
        answer = self._old.get(question, _NOTHING).get(key, ABSENT)
        if answer is not ABSENT:
            self.put(question, key, answer, self._old_weights[question, key])
        return answer

    def put(self, question: Question, key: Any, answer: Any, weight: int) -> None:  # noqa: ANN401
        """Keep an answer, unless it weighs more than half of what may be kept."""
        if weight > self._half:
            return
        if self._weight + weight > self._half:
            self._old, self._young = self._young, {}
            self._old_weights, self._weights, self._weight = self._weights, {}, 0
            self._rows = {}
        self._young.setdefault(question, {})[key] = answer
        if (question, key) not in self._weights:
            self._weights[question, key] = weight
            self._weight += weight

    def rows(self, shape: Hashable) -> Mapping[Any, Any]:
        """Return the rows of a shape by their primary keys."""
        return self._rows.get(shape, _NOTHING)

    def add_rows(self, shape: Hashable, rows: Mapping[Any, Any]) -> None:
        """Let rows be found by their primary keys, as long as the answers of the same time are kept."""
        held = self._rows.setdefault(shape, {})
        if len(held) + len(rows) <= self._half:
            held.update(rows)

    def __len__(self) -> int:
        """How many rows are held at most, those that were not asked for lately counted too."""
        return self._weight + sum(self._old_weights.values())
