"""Two wage distributions percentile by percentile: who is ahead at each, and where that changes."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from resolvers.comparisons.arithmetic import Difference, Side
from resolvers.comparisons.salary import SalaryComparison, unit_of, wage_difference
from resolvers.context import Context
from resolvers.salaries import PERCENTILES


class PercentileDifference(NamedTuple):
    """Both sides' wages at one percentile."""

    percentile: int
    difference: Difference


class Crossover(NamedTuple):
    """Two percentiles that one side is ahead at the lower of, and the other at the higher."""

    lower_percentile: int
    upper_percentile: int
    higher_below: Side
    higher_above: Side


def of(parents: Sequence[SalaryComparison], _: Context) -> Sequence[list[PercentileDifference]]:
    """The difference at each percentile, the lowest first, of annual or hourly wages as ``unit_of`` decides."""
    return [percentiles(parent) for parent in parents]


def percentiles(parent: SalaryComparison) -> list[PercentileDifference]:
    """Compare two cells at each percentile."""
    unit = unit_of(parent)
    return [
        PercentileDifference(percentile, wage_difference(parent, statistic, unit))
        for percentile, statistic in PERCENTILES.items()
    ]


def crossovers_of(parents: Sequence[SalaryComparison], _: Context) -> Sequence[list[Crossover]]:
    """Where the order of the two sides changes, the lowest first."""
    return [crossovers((row.percentile, row.difference.higher) for row in percentiles(parent)) for parent in parents]


def crossovers(sides: Iterable[tuple[int, Side | None]]) -> list[Crossover]:
    """Find where the higher side changes, given who is higher at each percentile in rising order.

    Percentiles at which nobody is ahead, or nobody can tell who is, are passed over: a change across them lies
    between the nearest two around that do tell.
    """
    ahead = [(percentile, side) for percentile, side in sides if side is Side.LEFT or side is Side.RIGHT]
    return [
        Crossover(lower, upper, below, above)
        for (lower, below), (upper, above) in pairwise(ahead)
        if below is not above
    ]
