"""Jobs, growth, experience and preparation side by side."""

from collections.abc import Sequence

from db.models import Preparation
from resolvers import facts
from resolvers.comparisons.arithmetic import Difference, Unit
from resolvers.comparisons.pair import Comparison, both_sides, compare
from resolvers.context import Context


async def jobs(parents: Sequence[Comparison], context: Context) -> Sequence[Difference | None]:
    """The difference in jobs; None unless both sides count the same thing."""
    return [
        compare("jobs", (left, right), lambda row: row.count, Unit.JOBS)
        if left and right and left.basis is right.basis
        else None
        for left, right in await both_sides(parents, context, facts.jobs)
    ]


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
    """The difference of the midpoints of the months that it takes to become either."""
    return [
        compare("timeToBecome midpoint", pair, _midpoint, Unit.MONTHS)
        for pair in await both_sides(parents, context, facts.preparation)
    ]


def _midpoint(row: Preparation) -> float | None:
    if row.minimum_months is None or row.maximum_months is None:
        return None
    return (row.minimum_months + row.maximum_months) / 2
