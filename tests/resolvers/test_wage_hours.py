"""Caveats on the hours that two annual wages stand for."""

from typing import Any

import pytest

from db.models import NATION, Occupation, Wage
from db.vocabulary import MissingReason, OccupationKind
from resolvers.comparisons.salary import SalaryComparison
from resolvers.comparisons.sides import Comparison
from resolvers.comparisons.wage_hours import caveats_of

NURSES, TEACHERS = (
    Occupation(slug=title, title=title, kind=OccupationKind.DETAILED, group_code="29-0000", source_id="oews")
    for title in ("Nurses", "Law Teachers, Postsecondary")
)
PRODUCER = Occupation(
    slug="producer", title="Media Producer", kind=OccupationKind.ROLE, group_code="27-0000", source_id="page"
)
ANNUAL_ONLY = {"hourly_mean": {"reason": MissingReason.ANNUAL_ONLY.value}}


def wage(**figures: Any) -> Wage:
    return Wage(occupation_id=1, area_code=NATION, source_id="oews", **figures)


BY_HOURS = wage(annual_mean=93_600, hourly_mean=45)
BY_YEAR = wage(annual_mean=80_000, missing=ANNUAL_ONLY)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(
            BY_HOURS,
            BY_HOURS,
            "Annual wages are 2,080 hours at the hourly wage, a year of full-time work, also for part-time and "
            "seasonal jobs.",
            id="hours",
        ),
        pytest.param(
            BY_YEAR,
            BY_YEAR,
            "The annual wages of both sides come from the annual pay that employers report, not 2,080 hours at the "
            "hourly wage.",
            id="years",
        ),
        pytest.param(
            BY_HOURS,
            BY_YEAR,
            "The annual wages of Law Teachers, Postsecondary, come from the annual pay that employers report, often "
            "for fewer hours of work; those of Nurses are 2,080 hours at the hourly wage. The two are not wages for "
            "the same hours.",
            id="hours and years",
        ),
        pytest.param(
            BY_YEAR,
            BY_HOURS,
            "The annual wages of Nurses come from the annual pay that employers report, often for fewer hours of work; "
            "those of Law Teachers, Postsecondary, are 2,080 hours at the hourly wage. The two are not wages for "
            "the same hours.",
            id="years and hours",
        ),
        pytest.param(BY_HOURS, wage(annual_mean=1), None, id="not stated"),
        pytest.param(BY_HOURS, wage(hourly_mean=45), None, id="hourly wages are compared"),
        pytest.param(BY_YEAR, wage(hourly_mean=45), None, id="nothing is compared"),
        pytest.param(BY_HOURS, None, None, id="one side"),
    ],
)
def test_annual_wages_have_a_caveat_on_their_hours(left: Wage, right: Wage | None, expected: str | None) -> None:
    cells = SalaryComparison(Comparison(NURSES, TEACHERS, NATION), left, right)
    assert caveats_of(cells) == ([] if expected is None else [expected])


def test_the_hours_of_a_role_are_not_known() -> None:
    assert caveats_of(SalaryComparison(Comparison(PRODUCER, NURSES, NATION), BY_HOURS, BY_HOURS)) == []
