"""Comparisons of wages in an area."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from db.models import NATION, Wage, WageYear
from db.vocabulary import MissingReason
from resolvers import salaries, top_pay
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import Difference, Figure, Unit, difference, rounded
from resolvers.comparisons.sides import Comparison, both_sides, occupations_of
from resolvers.context import Context
from resolvers.salaries import MoneyRange
from resolvers.top_pay import TopPay

_DOLLARS_PER_YEAR, _DOLLARS_PER_HOUR = Unit.DOLLARS_PER_YEAR, Unit.DOLLARS_PER_HOUR


@dataclass(slots=True)
class SalaryComparison:
    """Both sides' wage cells; None for a side without any published wage."""

    comparison: Comparison
    left: Wage | None
    right: Wage | None


async def cells_of(parents: Sequence[Comparison], context: Context) -> list[SalaryComparison]:
    """Both sides' wage cells in each comparison's area, over all industries."""
    areas = {parent.area_code for parent in parents}
    if len(areas) > 1:
        # Cells are read area by area. Operations with several areas are rare.
        return [cells for parent in parents for cells in await cells_of([parent], context)]
    area = areas.pop() if areas else NATION
    cells = iter(await salaries.of(occupations_of(parents), context, area=area))
    return [SalaryComparison(parent, next(cells), next(cells)) for parent in parents]


async def salary(parents: Sequence[Comparison], context: Context) -> list[SalaryComparison | None]:
    """The wages of both sides; None where neither side has any."""
    return [None if cells.left is None and cells.right is None else cells for cells in await cells_of(parents, context)]


PERIODS = {Unit.DOLLARS_PER_YEAR: "annual", Unit.DOLLARS_PER_HOUR: "hourly"}
"""The pay period of each unit of wages."""


# An attribute is found faster by a name that is the same object each time.
_ANNUAL, _HOURLY = (
    {column.removeprefix(f"{period}_"): column for column in salaries.FIGURES if column.startswith(period)}
    for period in PERIODS.values()
)


def unit_of(parent: SalaryComparison) -> Unit:
    """Return the unit to compare wages in: dollars per hour where only that is possible, else dollars per year.

    Some occupations have hourly wages only. Hourly wages are compared where both sides have them and a side has no
    annual wage, not even a top-coded one.
    """
    by_year, by_hour = (
        all(cell is not None and salaries.is_published(cell, period) for cell in (parent.left, parent.right))
        for period in PERIODS.values()
    )
    return Unit.DOLLARS_PER_HOUR if by_hour and not by_year else Unit.DOLLARS_PER_YEAR


def wage_difference(parent: SalaryComparison, statistic: str, unit: Unit) -> Difference:
    """Compare one statistic of both sides' wages: the mean, the median or another percentile."""
    # A lookup in PERIODS would hash the unit, which runs Python code.
    column = (_ANNUAL if unit is _DOLLARS_PER_YEAR else _HOURLY)[statistic]
    return difference(wage_figure(parent.left, column), wage_figure(parent.right, column), unit)


_STANDARD_ERRORS = {
    "annual_mean": "wage_standard_error_percent",
    "hourly_mean": "wage_standard_error_percent",
    "employment": "employment_standard_error_percent",
}
"""The figures with a published standard error: their columns, and that of the error."""


def wage_figure(cell: Wage | WageYear | None, column: str) -> Figure:
    """Return one figure of a wage cell."""
    name = salaries.FIGURES[column]
    if cell is None:
        return Figure(name, None, None)
    error = getattr(cell, _STANDARD_ERRORS[column]) if column in _STANDARD_ERRORS else None
    value: float | None = getattr(cell, column)
    if value is not None:
        return Figure(name, value, cell.source_id, error, cell.occupation_id)
    missing = salaries.missing_figure(cell, column)
    # A source that doesn't collect the figure is not its source; one that gives another reason is.
    source = None if missing.reason is MissingReason.NOT_COLLECTED else cell.source_id
    return Figure(name, None, source, error, reason=missing.reason, at_least=missing.at_least)


def annual_mean(parents: Sequence[SalaryComparison], _: Context) -> Sequence[Difference]:
    """The difference of the mean annual wages."""
    return [wage_difference(parent, "mean", _DOLLARS_PER_YEAR) for parent in parents]


def annual_median(parents: Sequence[SalaryComparison], _: Context) -> Sequence[Difference]:
    """The difference of the median annual wages."""
    return [wage_difference(parent, "median", _DOLLARS_PER_YEAR) for parent in parents]


def hourly_mean(parents: Sequence[SalaryComparison], _: Context) -> Sequence[Difference]:
    """The difference of the mean hourly wages."""
    return [wage_difference(parent, "mean", _DOLLARS_PER_HOUR) for parent in parents]


class RangeOverlap(NamedTuple):
    """The intersection of two annual wage ranges, and its width in percent of their union."""

    low: float
    high: float
    percent: float | None


def range_overlap(parents: Sequence[SalaryComparison], context: Context) -> Sequence[RangeOverlap | None]:
    """The intersection of the annual wage ranges; None where one is missing, has another basis, or they don't meet."""
    return [_overlap(_range(parent.left, context), _range(parent.right, context)) for parent in parents]


def _range(cell: Wage | None, context: Context) -> MoneyRange | None:
    wages = None if cell is None else salaries.annual([cell], context)[0]
    return None if wages is None else wages.range


def _overlap(left: MoneyRange | None, right: MoneyRange | None) -> RangeOverlap | None:
    if left is None or right is None or left.basis is not right.basis:
        return None
    shared = arithmetic.overlap((left.low, left.high), (right.low, right.high))
    if shared is None:
        return None
    width = max(left.high, right.high) - min(left.low, right.low)
    return RangeOverlap(*shared, percent=rounded(100 * (shared[1] - shared[0]) / width) if width else None)


class TopPayPair(NamedTuple):
    """The highest-paying place, industry or company of each side."""

    left: TopPay | None
    right: TopPay | None

    @property
    def same(self) -> bool | None:
        """Whether both sides have the same one; None where a side has none."""
        return None if self.left is None or self.right is None else self.left.name == self.right.name


class HighestPayingComparison(NamedTuple):
    """The highest-paying places, industries and companies of both sides."""

    city: TopPayPair
    state: TopPayPair
    industry: TopPayPair
    company: TopPayPair


async def highest_paying(
    parents: Sequence[SalaryComparison],
    context: Context,
    *,
    minimum_employment: int = 100,
    at_national_prices: bool = False,
) -> Sequence[HighestPayingComparison]:
    """The highest-paying city, state, industry and company of each side."""
    batch = partial(
        top_pay.highest_paying, minimum_employment=minimum_employment, at_national_prices=at_national_prices
    )
    pairs = await both_sides([parent.comparison for parent in parents], context, batch)
    return [
        HighestPayingComparison(
            city=TopPayPair(left.city, right.city),
            state=TopPayPair(left.state, right.state),
            industry=TopPayPair(left.industry, right.industry),
            company=TopPayPair(left.company, right.company),
        )
        for left, right in pairs
    ]
