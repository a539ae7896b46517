"""Caveats on the hours that two annual wages stand for."""

from db.models import Wage
from db.vocabulary import MissingReason, OccupationKind
from resolvers import salaries
from resolvers.comparisons.arithmetic import Unit
from resolvers.comparisons.formatting import closed
from resolvers.comparisons.salary import SalaryComparison, unit_of

_OF_HOURS = "2,080 hours at the hourly wage"
_BY_THE_YEAR = "annual pay that employers report"


def caveats_of(cells: SalaryComparison) -> list[str]:
    """Say what the compared annual wages stand for: 2,080 hours at the hourly wage, or the pay of a year.

    OEWS publishes no hourly wages where it does not compute the annual ones from them. What the wages of roles stand
    for, their source does not say.
    """
    pair = cells.comparison
    kinds = {pair.left.kind, pair.right.kind}
    if cells.left is None or cells.right is None or kinds != {OccupationKind.DETAILED}:
        return []
    if unit_of(cells) is not Unit.DOLLARS_PER_YEAR or not all(
        salaries.is_published(cell, "annual") for cell in (cells.left, cells.right)
    ):
        return []
    by_the_year = [_is_by_the_year(cell) for cell in (cells.left, cells.right)]
    if None in by_the_year:
        return []
    if not any(by_the_year):
        return [f"Annual wages are {_OF_HOURS}, a year of full-time work, also for part-time and seasonal jobs."]
    if all(by_the_year):
        return [f"The annual wages of both sides come from the {_BY_THE_YEAR}, not {_OF_HOURS}."]
    by_year, by_hours = (pair.left, pair.right) if by_the_year[0] else (pair.right, pair.left)
    return [
        (
            f"The annual wages of {closed(by_year.title)} come from the {_BY_THE_YEAR}, often for fewer hours of work; "
            f"those of {closed(by_hours.title)} are {_OF_HOURS}. The two are not wages for the same hours."
        )
    ]


def _is_by_the_year(cell: Wage) -> bool | None:
    """Return whether the annual wages are not computed from hourly ones; None if the source does not say."""
    if salaries.is_published(cell, "hourly"):
        return False
    return True if salaries.missing_figure(cell, "hourly_mean").reason is MissingReason.ANNUAL_ONLY else None
