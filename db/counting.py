"""How many statements a piece of work runs."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Counts(Protocol):
    """What has a number of statements."""

    statements: int


_counting: ContextVar[Counts | None] = ContextVar("counting", default=None)
"""Whose statements are run. Tasks begin with a copy of their maker's context, so whatever runs for it finds it here."""


@contextmanager
def counting(counts: Counts) -> Generator[None]:
    """Add to ``counts.statements`` each statement that is run inside, be it by tasks that were begun inside."""
    token = _counting.set(counts)
    try:
        yield
    finally:
        _counting.reset(token)


def count() -> None:
    """Count a statement, where anybody wants to know."""
    counts = _counting.get()
    if counts is not None:
        counts.statements += 1
