"""Wages of both sides by percentile, and the crossovers where the higher side changes."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from resolvers.comparisons.arithmetic import Difference, HigherSide
from resolvers.comparisons.salary import SalaryComparison, unit_of, wage_difference
from resolvers.context import Context
from resolvers.salaries import PERCENTILES


class PercentileDifference(NamedTuple):
    """Both sides' wages at one percentile."""

    percentile: int
    difference: Difference


class Crossover(NamedTuple):
    """Two percentiles between which the higher side changes."""

    lower_percentile: int
    upper_percentile: int
    higher_below: HigherSide
    higher_above: HigherSide


def of(parents: Sequence[SalaryComparison], _: Context) -> Sequence[list[PercentileDifference]]:
    """The difference at each percentile, lowest first, in the unit that ``unit_of`` returns."""
    return [percentiles(parent) for parent in parents]


def percentiles(parent: SalaryComparison) -> list[PercentileDifference]:
    """Compare two cells at each percentile."""
    unit = unit_of(parent)
    return [
        PercentileDifference(percentile, wage_difference(parent, statistic, unit))
        for percentile, statistic in PERCENTILES.items()
    ]


def crossovers_of(parents: Sequence[SalaryComparison], _: Context) -> Sequence[list[Crossover]]:
    """The crossovers of the two sides, lowest first."""
    return [crossovers((row.percentile, row.difference.higher) for row in percentiles(parent)) for parent in parents]


def crossovers(sides: Iterable[tuple[int, HigherSide | None]]) -> list[Crossover]:
    """Return the crossovers, given the higher side at each percentile in ascending order.

    Percentiles where the sides are equal, or the higher side is unknown, are skipped: a change across them lies between
    the nearest two percentiles with a higher side.
    """
    ahead = [(percentile, side) for percentile, side in sides if side is HigherSide.LEFT or side is HigherSide.RIGHT]
    return [
        Crossover(lower, upper, below, above)
        for (lower, below), (upper, above) in pairwise(ahead)
        if below is not above
    ]
