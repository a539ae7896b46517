"""Comparisons of jobs, projected growth, experience and time to become one."""

from collections.abc import Sequence

from db.models import JobCount, Preparation
from resolvers import facts
from resolvers.comparisons.arithmetic import Derivation, Difference, Figure, Unit, difference
from resolvers.comparisons.sides import Comparison, both_sides, compare
from resolvers.context import Context


async def jobs(parents: Sequence[Comparison], context: Context) -> Sequence[Difference | None]:
    """The difference in jobs; None unless both sides count the same thing."""
    return [
        difference(_count(left), _count(right), Unit.JOBS) if left and right and left.basis is right.basis else None
        for left, right in await both_sides(parents, context, facts.jobs)
    ]


def _count(row: JobCount) -> Figure:
    return Figure("jobs", row.count, row.source_id, row.standard_error_percent)


async def growth(parents: Sequence[Comparison], context: Context) -> Sequence[Difference | None]:
    """The difference in projected growth, in percentage points."""
    return [
        compare("growthPercent", pair, lambda row: row.growth_percent, Unit.PERCENTAGE_POINTS)
        for pair in await both_sides(parents, context, facts.outlook)
    ]


async def years_of_experience(parents: Sequence[Comparison], context: Context) -> Sequence[Difference | None]:
    """The difference in years of experience."""
    return [
        compare("yearsOfExperience", pair, lambda row: row.years_of_experience, Unit.YEARS)
        for pair in await both_sides(parents, context, facts.preparation)
    ]


async def time_to_become(parents: Sequence[Comparison], context: Context) -> Sequence[Difference | None]:
    """The difference of the midpoints of the months to become one."""
    pairs = await both_sides(parents, context, facts.preparation)
    figures = [(_midpoint(left), _midpoint(right)) for left, right in pairs]
    return [
        None if left.value is None and right.value is None else difference(left, right, Unit.MONTHS)
        for left, right in figures
    ]


def _midpoint(row: Preparation | None) -> Figure:
    """Return the midpoint of a range of months; an open range has none."""
    name = "timeToBecome midpoint"
    if row is None or row.minimum_months is None or row.maximum_months is None:
        return Figure(name, None, None)
    months = row.minimum_months, row.maximum_months
    inputs = list(zip(("timeToBecome.minimumMonths", "timeToBecome.maximumMonths"), months, strict=True))
    derivation = Derivation("midpoint = (minimumMonths + maximumMonths) / 2", inputs)
    return Figure(name, sum(months) / 2, row.source_id, derivation=derivation)
