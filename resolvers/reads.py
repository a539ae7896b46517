"""What batches read of rows, so that no more columns are fetched than an operation needs.

What an operation reads of rows is what its selection names and what its batches read by themselves: off their parents,
or off the rows that they look up. Only the latter has to be said, and stands beside the batch. A batch that says
nothing may read anything, and rows are whole in whatever operation it takes part in.
"""

from collections.abc import Callable
from typing import Any, TypeVar

B = TypeVar("B", bound=Callable[..., Any])

_READS = "_reads"


def reads(*what: str | Callable[..., Any]) -> Callable[[B], B]:
    """Declare which columns of rows a batch reads, itself or through other batches that it names.

    A column is named as "Wage.annual_mean", or as "annual_mean" where rows of several tables have it. Primary keys are
    fetched always, and need not be named.
    """
    columns = frozenset[str]().union(*({each} if isinstance(each, str) else _said(each) for each in what))

    def declare(batch: B) -> B:
        setattr(batch, _READS, columns)
        return batch

    return declare


def columns_of(batch: Callable[..., Any]) -> frozenset[str] | None:
    """Return the names of the columns that a batch reads; None where it doesn't say."""
    columns: frozenset[str] | None = getattr(batch, _READS, None)
    return columns


def _said(batch: Callable[..., Any]) -> frozenset[str]:
    columns = columns_of(batch)
    if columns is None:
        raise TypeError(f"{batch.__module__}.{batch.__qualname__} doesn't say what it reads")
    return columns
