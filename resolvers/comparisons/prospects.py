"""Comparisons of jobs, projected growth and openings, experience and time to become one."""

from collections.abc import Sequence
from typing import NamedTuple

from db.models import JobCount, Outlook, Preparation
from db.vocabulary import JobsBasis
from resolvers import facts
from resolvers.comparisons import arithmetic
from resolvers.comparisons.arithmetic import Derivation, Difference, Figure, HigherSide, Unit, difference
from resolvers.comparisons.formatting import calendar_years
from resolvers.comparisons.sides import Comparison, both_sides, compare, figure_of
from resolvers.context import Context

_PERCENTAGE_POINTS = Unit.PERCENTAGE_POINTS

_COUNTED = {JobsBasis.WAGE_AND_SALARY: Unit.WAGE_AND_SALARY_JOBS, JobsBasis.OPEN_POSTINGS: Unit.OPEN_POSTINGS}
"""The unit of each count of jobs."""


async def jobs(parents: Sequence[Comparison], context: Context) -> Sequence[Difference | None]:
    """The difference in jobs; None unless both sides count the same thing."""
    return [
        difference(_count(left), _count(right), _COUNTED[left.basis])
        if left and right and left.basis is right.basis
        else None
        for left, right in await both_sides(parents, context, facts.jobs)
    ]


def _count(row: JobCount) -> Figure:
    return Figure("jobs", row.count, row.source_id, row.standard_error_percent, row.occupation_id)


async def growth(parents: Sequence[Comparison], context: Context) -> Sequence[Difference | None]:
    """The difference in projected growth, in percentage points."""
    return [growth_of(left, right) for left, right in await both_sides(parents, context, facts.outlook)]


def growth_of(left: Outlook | None, right: Outlook | None) -> Difference | None:
    """Compare two growth rates, if they cover one period; None where neither side has one."""
    return _projected(growth_figures((left, right)), _PERCENTAGE_POINTS)


def growth_figures(rows: Sequence[Outlook | None]) -> list[Figure]:
    """Return the growth rate of each projection, in percent."""
    return _figures("growthPercent", "growth_percent", rows)


async def openings(parents: Sequence[Comparison], context: Context) -> Sequence[Difference | None]:
    """The difference in projected openings per year, if they cover one period; None where neither side has any."""
    return [openings_of(left, right) for left, right in await both_sides(parents, context, facts.outlook)]


def openings_of(left: Outlook | None, right: Outlook | None) -> Difference | None:
    """Compare two numbers of openings, if they cover one period; None where neither side has one."""
    return _projected(openings_figures((left, right)), Unit.OPENINGS_PER_YEAR)


def openings_figures(rows: Sequence[Outlook | None]) -> list[Figure]:
    """Return the number of openings a year of each projection."""
    return _figures("openingsPerYear", "openings_per_year", rows)


def _projected(figures: Sequence[Figure], unit: Unit) -> Difference | None:
    left, right = figures
    return None if left.value is None and right.value is None else difference(left, right, unit)


def _figures(name: str, column: str, rows: Sequence[Outlook | None]) -> list[Figure]:
    """Return a figure of each projection. Figures over different periods are different measures."""
    figures: list[Figure] = []
    periods: set[tuple[int | None, int | None]] = set()
    for row in rows:
        value = None if row is None else getattr(row, column)
        figures.append(figure_of(name, row, value))
        if row is not None and value is not None:
            periods.add((row.from_year, row.to_year))
    if len(periods) > 1:
        for figure, row in zip(figures, rows, strict=True):
            if row is not None and figure.value is not None:
                figure.name = f"{name} {calendar_years(row.from_year, row.to_year)}"
    return figures


async def years_of_experience(parents: Sequence[Comparison], context: Context) -> Sequence[Difference | None]:
    """The difference in years of experience."""
    return [
        compare("yearsOfExperience", pair, lambda row: row.years_of_experience, Unit.YEARS)
        for pair in await both_sides(parents, context, facts.preparation)
    ]


async def time_to_become(parents: Sequence[Comparison], context: Context) -> Sequence[Difference | None]:
    """The difference of the midpoints of the months to become one; None between job zones, which are compared as such.

    The months of a job zone measure vocational preparation, those of a role what its source calls the time to become
    one, so the two are not compared with each other.
    """
    return [
        difference(_midpoint(left), _midpoint(right), Unit.MONTHS) if _is_role(left) or _is_role(right) else None
        for left, right in await both_sides(parents, context, facts.preparation)
    ]


def _is_role(row: Preparation | None) -> bool:
    """Return whether a midpoint of months is published that is not a job zone's."""
    return row is not None and row.job_zone is None and None not in (row.minimum_months, row.maximum_months)


def _midpoint(row: Preparation | None) -> Figure:
    """Return the midpoint of a range of months; an open range has none."""
    name = "timeToBecome midpoint" if row is None or row.job_zone is None else "jobZone preparation midpoint"
    if row is None or row.minimum_months is None or row.maximum_months is None:
        return Figure(name, None, None)
    months = row.minimum_months, row.maximum_months
    inputs = list(zip(("timeToBecome.minimumMonths", "timeToBecome.maximumMonths"), months, strict=True))
    derivation = Derivation("midpoint = (minimumMonths + maximumMonths) / 2", inputs)
    return Figure(name, sum(months) / 2, row.source_id, derivation=derivation)


class ZoneComparison(NamedTuple):
    """The job zone of each side, and the side whose zone needs more preparation."""

    left: int | None
    right: int | None
    needs_more: HigherSide | None
    source_ids: Sequence[str]


async def job_zone(parents: Sequence[Comparison], context: Context) -> Sequence[ZoneComparison | None]:
    """The comparison of O*NET's job zones; None where neither side has one."""
    return [_zones(*pair) for pair in await both_sides(parents, context, facts.preparation)]


def _zones(left: Preparation | None, right: Preparation | None) -> ZoneComparison | None:
    sides = [row for row in (left, right) if row is not None and row.job_zone is not None]
    if not sides:
        return None
    one, other = [None if row is None else row.job_zone for row in (left, right)]
    more = arithmetic.higher(arithmetic.absolute(one, other))
    return ZoneComparison(one, other, more, list(dict.fromkeys(row.source_id for row in sides)))
