"""Wages of different years: how an occupation's have changed, and how two occupations' differ in each year."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from db.models import ConsumerPriceIndex, Occupation, WageYear
from resolvers import salaries, wage_history
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import Derivation, Difference, Figure, Unit, difference, rounded
from resolvers.comparisons.salary import PERIODS, wage_figure
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.context import Context

_YEARS_OF_A_CHANGE = 2


class WageChange(NamedTuple):
    """The change of an occupation's wages: in each difference, the last year is left and the first is right."""

    from_year: int
    to_year: int
    mean: Difference
    median: Difference
    real_mean: Difference
    real_median: Difference
    price_percent: float | None
    source_ids: Sequence[str]
    caveats: Sequence[str]


async def of(parents: Sequence[Occupation], context: Context) -> list[WageChange | None]:
    """The change from the first to the last year with wages of one pay period; None without two years."""
    histories = await context.load_many(wage_history.of, parents)
    prices = await wage_history.prices(context)
    return [change_of(rows, prices) for rows in histories]


def change_of(rows: Sequence[WageYear], prices: Mapping[int, ConsumerPriceIndex]) -> WageChange | None:
    """Return the change of one occupation's wages, given all its years and the price indexes."""
    for unit, period in PERIODS.items():
        published = [row for row in rows if salaries.is_published(row, period)]
        if len(published) >= _YEARS_OF_A_CHANGE:
            return _change_of_period(published[0], published[-1], unit, prices)
    return None


def _change_of_period(
    first: WageYear, last: WageYear, unit: Unit, prices: Mapping[int, ConsumerPriceIndex]
) -> WageChange:
    indexes = [prices[row.year] for row in (last, first) if row.year in prices]
    indexes = indexes if len(indexes) == _YEARS_OF_A_CHANGE else []
    mean, median = (
        (_figure(last, column), _figure(first, column))
        for column in (f"{PERIODS[unit]}_mean", f"{PERIODS[unit]}_median")
    )
    return WageChange(
        first.year,
        last.year,
        difference(*mean, unit),
        difference(*median, unit),
        _real(*mean, unit, indexes),
        _real(*median, unit, indexes),
        rounded(arithmetic.percent(*(index.value for index in indexes))) if indexes else None,
        list(dict.fromkeys([last.source_id, first.source_id, *(index.source_id for index in indexes)])),
        wage_history.caveats([first, last]),
    )


def _figure(row: WageYear, column: str) -> Figure:
    return replace(wage_figure(row, column), year=row.year)


def _real(last: Figure, first: Figure, unit: Unit, indexes: Sequence[ConsumerPriceIndex]) -> Difference:
    """Compare the figures of two years in dollars of the last one.

    ``indexes`` are its price index and that of the first year; without them there is nothing to compare with.
    """
    name = f"{last.name} in dollars of {last.year}"
    if not indexes:
        return difference(replace(last, name=name), Figure(name, None, None, year=first.year), unit)
    newer, older = indexes
    return difference(
        replace(last, name=name),
        replace(
            first,
            name=name,
            value=None if first.value is None else first.value * newer.value / older.value,
            at_least=None if first.at_least is None else first.at_least * newer.value / older.value,
            derivation=None
            if first.value is None
            else Derivation(
                f"{name} = {first.name} * CPI-U of May {last.year} / CPI-U of May {first.year}",
                [
                    (f"{first.name}, May {first.year}", first.value),
                    (f"CPI-U of May {last.year}", newer.value),
                    (f"CPI-U of May {first.year}", older.value),
                ],
                list(dict.fromkeys([newer.source_id, older.source_id])),
            ),
        ),
        unit,
    )


class WageGap(NamedTuple):
    """The differences of two occupations' wages in one year."""

    year: int
    mean: Difference
    median: Difference


async def gaps(parents: Sequence[Comparison], context: Context) -> list[list[WageGap]]:
    """The differences in each year, earliest first; none where neither side has any wages."""
    return [_gaps(*pair) for pair in await both_sides(parents, context, wage_history.of)]


def _gaps(left: Sequence[WageYear], right: Sequence[WageYear]) -> list[WageGap]:
    unit = _unit(left, right)
    lefts, rights = ({row.year: row for row in rows} for rows in (left, right))
    return [
        WageGap(
            year,
            _difference_in(year, lefts.get(year), rights.get(year), f"{PERIODS[unit]}_mean", unit),
            _difference_in(year, lefts.get(year), rights.get(year), f"{PERIODS[unit]}_median", unit),
        )
        for year in sorted({*lefts, *rights})
    ]


def _unit(left: Sequence[WageYear], right: Sequence[WageYear]) -> Unit:
    """Return the unit for all years: dollars per hour only if both sides have hourly wages and never annual ones."""
    by_year, by_hour = (
        any(
            salaries.is_published(one, period) and salaries.is_published(other, period)
            for one, other in zip(left, right, strict=False)
        )
        for period in PERIODS.values()
    )
    return Unit.DOLLARS_PER_HOUR if by_hour and not by_year else Unit.DOLLARS_PER_YEAR


def _difference_in(year: int, left: WageYear | None, right: WageYear | None, column: str, unit: Unit) -> Difference:
    return difference(
        replace(wage_figure(left, column), year=year), replace(wage_figure(right, column), year=year), unit
    )
