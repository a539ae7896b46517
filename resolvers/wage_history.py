"""The national wages of occupations in May of each year, in dollars of the year and in constant dollars."""

from collections.abc import Mapping, Sequence

from db import statements
from db.models import ConsumerPriceIndex, Occupation, Source, WageYear
from db.rows import row_of
from db.vocabulary import NATIONAL_WAGES, MissingReason
from resolvers import salaries, sources
from resolvers.comparisons.arithmetic import rounded
from resolvers.context import Context
from resolvers.missing import MissingFigure
from resolvers.occupations import row_ids
from resolvers.salaries import Wages

_NOT_A_TIME_SERIES = (
    "The Bureau of Labor Statistics advises against reading wages of different years as a time series: each estimate "
    "pools samples of three years, and samples, methods and the work that an occupation includes change."
)

_IN_A_WIDER_GROUP = {column: {"reason": MissingReason.WIDER_GROUP_ONLY.value} for column in salaries.OF_THE_NATION}
"""The reason of all figures of a year that lists no estimate under the occupation's code."""


async def of(parents: Sequence[Occupation], context: Context) -> list[list[WageYear]]:
    """The wages of each occupation in every year of the history, earliest first; none if no year has any.

    In a year without an estimate under the occupation's code, its workers are only in those of a wider group.
    """
    rows_of_each = await context.database.each(statements.wage_years(), row_ids(parents))
    if not any(rows_of_each):
        return [[] for _ in parents]
    years = _sources_by_year(await sources.by_id(context))
    return [_all_years(rows, years) if rows else [] for rows in rows_of_each]


def _sources_by_year(found: Mapping[str, Source]) -> dict[int, str]:
    ids = {int(source.removeprefix(NATIONAL_WAGES)): source for source in found if source.startswith(NATIONAL_WAGES)}
    return dict(sorted(ids.items()))


def _all_years(rows: Sequence[WageYear], years: Mapping[int, str]) -> list[WageYear]:
    published = {row.year: row for row in rows}
    return [published.get(year) or _unpublished(rows[0].occupation_id, year, source) for year, source in years.items()]


def _unpublished(occupation: int, year: int, source: str) -> WageYear:
    return row_of(WageYear, occupation_id=occupation, year=year, source_id=source, missing=_IN_A_WIDER_GROUP)


def annual(parents: Sequence[WageYear], _: Context) -> list[Wages | None]:
    """The annual wages of each year, in dollars of the year; None where it has none."""
    return [_annual(row, 1) for row in parents]


def _annual(row: WageYear, ratio: float) -> Wages | None:
    figures = (row.annual_mean, row.annual_median, row.annual_p10, row.annual_p25, row.annual_p75, row.annual_p90)
    return salaries.wages_of(None, *(None if figure is None else rounded(figure * ratio) for figure in figures))


async def prices(context: Context) -> dict[int, ConsumerPriceIndex]:
    """Return the consumer price index of each year that has one."""
    return await context.database.made(_by_year, statements.consumer_prices())


def _by_year(rows: Sequence[ConsumerPriceIndex]) -> dict[int, ConsumerPriceIndex]:
    return {row.year: row for row in rows}


async def constant_dollars(parents: Sequence[WageYear], context: Context) -> list[Wages | None]:
    """The annual wages of each year in dollars of the newest year; None without a price index of both years."""
    found = await prices(context)
    newest = found.get(max(_sources_by_year(await sources.by_id(context))))
    indexes = [found.get(row.year) for row in parents]
    return [
        _annual(row, newest.value / index.value) if newest is not None and index is not None else None
        for row, index in zip(parents, indexes, strict=True)
    ]


async def price_index(parents: Sequence[WageYear], context: Context) -> list[float | None]:
    """The consumer price index of each year."""
    found = await prices(context)
    return [found[row.year].value if row.year in found else None for row in parents]


async def price_source(parents: Sequence[WageYear], context: Context) -> list[Source | None]:
    """The source of the consumer price index of each year."""
    found, known = await prices(context), await sources.by_id(context)
    return [known[found[row.year].source_id] if row.year in found else None for row in parents]


def caveats(rows: Sequence[WageYear]) -> list[str]:
    """Say that the wages of several years are no time series."""
    return [_NOT_A_TIME_SERIES] if len(rows) > 1 else []


def missing(parents: Sequence[WageYear], _: Context) -> list[list[MissingFigure]]:
    """The missing figures of each year, with the reason."""
    return [
        [salaries.missing_figure(row, column) for column in salaries.OF_THE_NATION if getattr(row, column) is None]
        for row in parents
    ]
