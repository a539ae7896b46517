"""What an occupation earns in a place and an industry."""

from collections.abc import Sequence
from dataclasses import dataclass

from db import statements
from db.models import ALL_INDUSTRIES, NATION, GroupWage, Occupation, OccupationGroup, Wage, WageFigures
from db.vocabulary import MissingReason, RangeBasis
from resolvers import areas
from resolvers.context import Context
from resolvers.occupations import row_id, row_ids


@dataclass(frozen=True)
class MoneyRange:
    """Two ends of a wage range, and what they are."""

    low: float
    high: float
    basis: RangeBasis


@dataclass(frozen=True)
class Wages:
    """One pay period's wages in dollars."""

    mean: float | None
    median: float | None
    p10: float | None
    p25: float | None
    p75: float | None
    p90: float | None
    range: MoneyRange | None


@dataclass(frozen=True)
class MissingFigure:
    """A figure that is null, and why."""

    figure: str
    reason: MissingReason
    at_least: float | None = None


PERCENTILES = {10: "p10", 25: "p25", 50: "median", 75: "p75", 90: "p90"}
"""The published percentiles, lowest first, and what their columns are named after the pay period."""

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
"""Each figure of a wage cell: its column, and its path in the answer."""


async def of(
    parents: Sequence[Occupation], context: Context, *, area: str = NATION, industry: str | None = None
) -> Sequence[Wage | None]:
    """The wage cell of each occupation in an area and an industry; all industries together unless one is named.

    None where nobody publishes any wage of an occupation. Where somebody does, but not for this area and industry,
    a cell without figures, so that the client sees which are missing and why. Raises BadUserInput on an unknown
    area or industry.
    """
    wanted = (area, ALL_INDUSTRIES if industry is None else industry)
    rows = await context.database.all(statements.wages(row_ids(parents), *wanted))
    cells = {(row.occupation_id, row.area_code, row.industry_code): row for row in rows}
    found = [cells.get((row_id(parent), *wanted)) for parent in parents]
    if all(found):
        return found
    await _require(*wanted, context)
    publishers = {row.occupation_id: row.source_id for row in rows}
    unknown = [number for number in row_ids(parents) if number not in publishers]
    if unknown:
        # Not even the nation's cell is there, but there may be one of some state or industry.
        publishers |= {row[0]: row[1] for row in await context.database.rows(statements.wage_sources(unknown))}
    return [
        cell or _unpublished(row_id(parent), publishers.get(row_id(parent)), *wanted)
        for cell, parent in zip(found, parents, strict=True)
    ]


async def _require(area: str, industry: str, context: Context) -> None:
    """Raise BadUserInput unless there are such an area and industry; those that are asked for by default always are."""
    if area != NATION:
        await areas.required(area, context)
    if industry != ALL_INDUSTRIES:
        await areas.require_industry(industry, context)


def _unpublished(occupation: int, source: str | None, area: str, industry: str) -> Wage | None:
    """Return the cell that a source which publishes other wages of this occupation does not have."""
    if source is None:
        return None
    return Wage(occupation_id=occupation, area_code=area, industry_code=industry, source_id=source)


async def of_groups(
    parents: Sequence[OccupationGroup], context: Context, *, area: str = NATION, industry: str | None = None
) -> Sequence[GroupWage | None]:
    """The wage cell of each group, as ``of`` gives those of occupations."""
    wanted = (area, ALL_INDUSTRIES if industry is None else industry)
    rows = await context.database.all(statements.group_wages([parent.code for parent in parents], *wanted))
    cells = {(row.group_code, row.area_code, row.industry_code): row for row in rows}
    found = [cells.get((parent.code, *wanted)) for parent in parents]
    if all(found):
        return found
    await _require(*wanted, context)
    return [
        cell or _unpublished_group(cells.get((parent.code, NATION, ALL_INDUSTRIES)), *wanted)
        for cell, parent in zip(found, parents, strict=True)
    ]


def _unpublished_group(national: GroupWage | None, area: str, industry: str) -> GroupWage | None:
    if national is None:
        return None
    return GroupWage(
        group_code=national.group_code, area_code=area, industry_code=industry, source_id=national.source_id
    )


def annual(parents: Sequence[WageFigures], _: Context) -> Sequence[Wages | None]:
    """Annual wages, None where there is no figure at all."""
    return [
        _wages(
            mean=cell.annual_mean,
            median=cell.annual_median,
            p10=cell.annual_p10,
            p25=cell.annual_p25,
            p75=cell.annual_p75,
            p90=cell.annual_p90,
            published_range=_published_range(cell),
        )
        for cell in parents
    ]


def hourly(parents: Sequence[WageFigures], _: Context) -> Sequence[Wages | None]:
    """Hourly wages, None where there is no figure at all."""
    return [
        _wages(
            mean=cell.hourly_mean,
            median=cell.hourly_median,
            p10=cell.hourly_p10,
            p25=cell.hourly_p25,
            p75=cell.hourly_p75,
            p90=cell.hourly_p90,
            published_range=None,
        )
        for cell in parents
    ]


def _published_range(cell: WageFigures) -> MoneyRange | None:
    if cell.range_low is None or cell.range_high is None or cell.range_basis is None:
        return None
    return MoneyRange(cell.range_low, cell.range_high, cell.range_basis)


def _wages(*, published_range: MoneyRange | None, **figures: float | None) -> Wages | None:
    if published_range is None and all(value is None for value in figures.values()):
        return None
    p10, p90 = figures["p10"], figures["p90"]
    tails = None if p10 is None or p90 is None else MoneyRange(p10, p90, RangeBasis.P10_TO_P90)
    return Wages(**figures, range=published_range or tails)


def missing(parents: Sequence[WageFigures], _: Context) -> Sequence[Sequence[MissingFigure]]:
    """The figures that each cell lacks; one whose publisher gives no reason is one that it doesn't collect."""
    return [[missing_figure(cell, column) for column in FIGURES if getattr(cell, column) is None] for cell in parents]


def missing_figure(cell: WageFigures, column: str) -> MissingFigure:
    """Say why a column of a cell is null."""
    given = (cell.missing or {}).get(column, {})
    reason = MissingReason(given.get("reason", MissingReason.NOT_COLLECTED.value))
    return MissingFigure(FIGURES[column], reason, given.get("at_least"))


def has_figures(cell: WageFigures) -> bool:
    """Whether a source has anything at all in a cell, if only the bound of a top-coded figure."""
    published = cell.range_low is not None or any(getattr(cell, column) is not None for column in FIGURES)
    return published or any(given.get("at_least") is not None for given in (cell.missing or {}).values())


def is_published(cell: WageFigures, period: str) -> bool:
    """Whether a cell has any wage of a period, "annual" or "hourly"; a top-coded one is there, if only as a bound."""
    return any(
        getattr(cell, column) is not None or missing_figure(cell, column).at_least is not None
        for column in FIGURES
        if column.startswith(period)
    )
