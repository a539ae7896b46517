"""The wages of occupations and groups in an area and an industry."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from db import statements
from db.models import ALL_INDUSTRIES, NATION, GroupWage, Occupation, OccupationGroup, Wage, WageEstimates, WageFigures
from db.rows import row_of
from db.vocabulary import MissingReason, RangeBasis
from resolvers import areas, industries, price_parities
from resolvers.context import Context
from resolvers.missing import MissingFigure
from resolvers.occupations import row_ids

Figures = TypeVar("Figures", Wage, GroupWage)


class MoneyRange(NamedTuple):
    """The two ends of a wage range, and what they stand for."""

    low: float
    high: float
    basis: RangeBasis


class Wages(NamedTuple):
    """The wages of one pay period, in dollars."""

    mean: float | None
    median: float | None
    p10: float | None
    p25: float | None
    p75: float | None
    p90: float | None
    range: MoneyRange | None


PERCENTILES = {10: "p10", 25: "p25", 50: "median", 75: "p75", 90: "p90"}
"""The published percentiles, lowest first, and the names of their columns without the pay period."""

FIGURES = {
    f"{period}_{statistic}": f"{period}.{statistic}"
    for period in ("annual", "hourly")
    for statistic in ("mean", "median", "p10", "p25", "p75", "p90")
} | {
    "employment": "employment",
    "employment_standard_error_percent": "employmentStandardErrorPercent",
    "wage_standard_error_percent": "wageStandardErrorPercent",
    "jobs_per_thousand": "jobsPerThousand",
    "location_quotient": "locationQuotient",
}
"""Each figure of a wage cell: its column, and its path in the API."""

OF_THE_NATION = [figure for figure in FIGURES if figure not in ("jobs_per_thousand", "location_quotient")]
"""Those that are defined for the nation. The others compare an area with the nation."""

_NATIONAL = (NATION, ALL_INDUSTRIES)


async def of(
    parents: Sequence[Occupation], context: Context, *, area: str = NATION, industry: str | None = None
) -> Sequence[Wage | None]:
    """The wage cell of each occupation in an area and an industry, by default in all industries.

    None where no source publishes wages of the occupation at all. Where a source does, but not for this area and
    industry, an empty cell, so that clients see which figures are missing and why. Raises BadUserInput on an unknown
    area or industry.
    """
    place = (areas.folded(area), await industries.code_of(industry, context))
    numbers = row_ids(parents)
    if place == _NATIONAL:
        found = await context.database.first_each(statements.national_wages(), numbers)
        cells_of_each: Sequence[Sequence[Wage]] = ()
    else:
        cells_of_each = await context.database.each(statements.wages(), numbers, area=place[0], industry=place[1])
        found = [_of_place(cells, place) for cells in cells_of_each]
    if all(found):
        return found
    await _require(area, context)
    publishers = {row.occupation_id: row.source_id for cells in cells_of_each for row in cells}
    unknown = [n for n, cell in zip(numbers, found, strict=True) if cell is None and n not in publishers]
    if unknown:
        # The national cell is missing too, but a source may publish one of another area or industry.
        sources = await context.database.first_each(statements.wage_sources(), unknown)
        publishers |= dict(row for row in sources if row is not None)
    return [
        cell or _unpublished(number, publishers.get(number), *place)
        for cell, number in zip(found, numbers, strict=True)
    ]


def _of_place(cells: Sequence[Figures], place: tuple[str, str]) -> Figures | None:
    return next((cell for cell in cells if (cell.area_code, cell.industry_code) == place), None)


async def _require(area: str, context: Context) -> None:
    """Raise BadUserInput unless the area exists. The nation always does."""
    if areas.folded(area) != NATION:
        await areas.required(area, context)


def _unpublished(occupation: int, source: str | None, area: str, industry: str) -> Wage | None:
    """Return an empty cell of the source that publishes other wages of this occupation; None where no source does."""
    if source is None:
        return None
    return row_of(Wage, occupation_id=occupation, area_code=area, industry_code=industry, source_id=source)


async def of_groups(
    parents: Sequence[OccupationGroup], context: Context, *, area: str = NATION, industry: str | None = None
) -> Sequence[GroupWage | None]:
    """The wage cell of each group, under the same rules as ``of``."""
    place = (areas.folded(area), await industries.code_of(industry, context))
    codes = [parent.code for parent in parents]
    cells_of_each = await context.database.each(statements.group_wages(), codes, area=place[0], industry=place[1])
    found = [_of_place(cells, place) for cells in cells_of_each]
    if all(found):
        return found
    await _require(area, context)
    return [
        cell or _unpublished_group(_of_place(cells, _NATIONAL), *place)
        for cell, cells in zip(found, cells_of_each, strict=True)
    ]


def _unpublished_group(national: GroupWage | None, area: str, industry: str) -> GroupWage | None:
    if national is None:
        return None
    code, source = national.group_code, national.source_id
    return row_of(GroupWage, group_code=code, area_code=area, industry_code=industry, source_id=source)


def annual(parents: Sequence[WageFigures], _: Context) -> list[Wages | None]:
    """The annual wages of each cell; None where it has none."""
    return [
        wages_of(
            _published_range(cell),
            cell.annual_mean,
            cell.annual_median,
            cell.annual_p10,
            cell.annual_p25,
            cell.annual_p75,
            cell.annual_p90,
        )
        for cell in parents
    ]


def hourly(parents: Sequence[WageEstimates], _: Context) -> list[Wages | None]:
    """The hourly wages of each cell; None where it has none."""
    return [
        wages_of(
            None,
            cell.hourly_mean,
            cell.hourly_median,
            cell.hourly_p10,
            cell.hourly_p25,
            cell.hourly_p75,
            cell.hourly_p90,
        )
        for cell in parents
    ]


def _published_range(cell: WageFigures) -> MoneyRange | None:
    if cell.range_low is None or cell.range_high is None or cell.range_basis is None:
        return None
    return MoneyRange(cell.range_low, cell.range_high, cell.range_basis)


def wages_of(
    published_range: MoneyRange | None,
    mean: float | None,
    median: float | None,
    p10: float | None,
    p25: float | None,
    p75: float | None,
    p90: float | None,
) -> Wages | None:
    """Return the wages of one pay period, with their 10th to 90th percentile as the range unless one is published."""
    wages = published_range
    if wages is None:
        if mean is median is p10 is p25 is p75 is p90 is None:
            return None
        if p10 is not None and p90 is not None:
            wages = MoneyRange(p10, p90, RangeBasis.P10_TO_P90)
    return Wages(mean, median, p10, p25, p75, p90, wages)


async def at_national_prices(parents: Sequence[Wage | GroupWage], context: Context) -> list[Wages | None]:
    """The annual wages of each cell at national prices; None where it has none, or its area no price parity."""
    found = await price_parities.of_codes([cell.area_code for cell in parents], context)
    return [
        None if wages is None or parity.all_items is None else _divided(wages, parity.all_items)
        for wages, parity in zip(annual(parents, context), found, strict=True)
    ]


def _divided(wages: Wages, parity: float) -> Wages:
    def worth(wage: float | None) -> float | None:
        return price_parities.at_national_prices(wage, parity)

    ends = wages.range
    if ends is not None:
        low, high = (price_parities.at_national_prices(end, parity) for end in (ends.low, ends.high))
        ends = MoneyRange(low, high, ends.basis)
    return Wages(
        worth(wages.mean),
        worth(wages.median),
        worth(wages.p10),
        worth(wages.p25),
        worth(wages.p75),
        worth(wages.p90),
        ends,
    )


_FEW_AT_THE_TOP = 2
"""How many times the median equal upper percentiles must exceed for a caveat."""


def caveats(parents: Sequence[WageFigures], _: Context) -> list[list[str]]:
    """Say of each cell whether its upper percentiles are one figure, far above the median."""
    return [[_EQUAL_PERCENTILES] if _is_heaped(cell) else [] for cell in parents]


_EQUAL_PERCENTILES = (
    "The 75th and the 90th percentile are equal and over twice the median: few employers or workers may determine them."
)


def _is_heaped(cell: WageFigures) -> bool:
    """Return whether the 75th and 90th percentile are equal and over twice the median."""
    median, p75, p90 = cell.annual_median, cell.annual_p75, cell.annual_p90
    if median is None:
        median, p75, p90 = cell.hourly_median, cell.hourly_p75, cell.hourly_p90
    return median is not None and p75 is not None and p75 == p90 and p75 > _FEW_AT_THE_TOP * median


async def missing(parents: Sequence[Wage | GroupWage], context: Context) -> Sequence[Sequence[MissingFigure]]:
    """The missing figures of each cell; where the publisher gives no reason, it doesn't collect the figure.

    Wages at national prices are listed where only the price parity is missing.
    """
    wages = annual(parents, context)
    paid = [cell.area_code for cell, found in zip(parents, wages, strict=True) if found and cell.area_code != NATION]
    unpriced = {
        parity.area.code: MissingFigure("atNationalPrices", price_parities.reason_of(parity.area))
        for parity in await price_parities.of_codes(paid, context)
        if parity.all_items is None
    }
    return [
        [
            *(
                missing_figure(cell, column)
                for column in (OF_THE_NATION if cell.area_code == NATION else FIGURES)
                if getattr(cell, column) is None
            ),
            *([unpriced[cell.area_code]] if found and cell.area_code in unpriced else []),
        ]
        for cell, found in zip(parents, wages, strict=True)
    ]


def missing_figure(cell: WageEstimates, column: str) -> MissingFigure:
    """Return the reason why a column of a cell is null."""
    given = (cell.missing or {}).get(column, {})
    reason = MissingReason(given.get("reason", MissingReason.NOT_COLLECTED.value))
    return MissingFigure(FIGURES[column], reason, given.get("at_least"))


def has_figures(cell: WageFigures) -> bool:
    """Whether a cell has any figure, or the bound of a top-coded one."""
    published = cell.range_low is not None or any(getattr(cell, column) is not None for column in FIGURES)
    return published or any(given.get("at_least") is not None for given in (cell.missing or {}).values())


def is_published(cell: WageEstimates, period: str) -> bool:
    """Whether a cell has any wage of a period, "annual" or "hourly", or the bound of a top-coded one."""
    return any(
        getattr(cell, column) is not None or missing_figure(cell, column).at_least is not None
        for column in FIGURES
        if column.startswith(period)
    )
