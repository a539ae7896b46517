"""The position of a wage offer among published percentiles, top-coded ones included."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers import offers
from tests.conftest import Api

PRODUCERS = {10: 45_780.0, 25: 62_670.0, 50: 90_360.0, 75: 134_800.0, 90: 198_540.0}
CAP = 239_200.0

Place = tuple[int | None, float | None, int | None, float | None, float | None, bool, str]


def placed(annual: float, wages: dict[int, float], bounds: dict[int, float] | None = None) -> Place:
    found = offers.place(annual, wages, bounds or {})
    return (
        found.lower_percentile,
        found.lower_wage,
        found.upper_percentile,
        found.upper_wage,
        found.upper_at_least,
        found.exact,
        found.description,
    )


@pytest.mark.parametrize(
    ("annual", "expected"),
    [
        (0, (None, None, 10, 45_780, None, False, "Below the 10th percentile.")),
        (45_779.99, (None, None, 10, 45_780, None, False, "Below the 10th percentile.")),
        (45_780, (10, 45_780, 10, 45_780, None, True, "Exactly the 10th percentile.")),
        (60_000, (10, 45_780, 25, 62_670, None, False, "Above the 10th and below the 25th percentile.")),
        (90_360, (50, 90_360, 50, 90_360, None, True, "Exactly the 50th percentile.")),
        (100_000, (50, 90_360, 75, 134_800, None, False, "Above the 50th and below the 75th percentile.")),
        (198_540, (90, 198_540, 90, 198_540, None, True, "Exactly the 90th percentile.")),
        (1e9, (90, 198_540, None, None, None, False, "Above the 90th percentile.")),
    ],
)
def test_a_wage_among_five_percentiles(annual: float, expected: Place) -> None:
    assert placed(annual, PRODUCERS) == expected


def test_a_wage_equal_to_several_percentiles() -> None:
    assert placed(37_000, {10: 37_000, 25: 37_000, 50: 40_000}) == (
        *(10, 37_000, 25, 37_000, None, True),
        "Exactly the 10th to the 25th percentile.",
    )


REACHED = "t or above the lower bound of the top-coded {}th percentile, whose value is not published."


@pytest.mark.parametrize(
    ("annual", "wages", "bounds", "expected"),
    [
        pytest.param(
            200_000,
            {10: 100_000, 50: 180_000},
            {75: CAP, 90: CAP},
            (50, 180_000, 75, None, CAP, False, "Above the 50th and below the 75th percentile."),
            id="below the bound",
        ),
        pytest.param(
            CAP,
            {10: 100_000, 50: 180_000},
            {75: CAP, 90: CAP},
            (50, 180_000, None, None, None, False, f"Above the 50th percentile; a{REACHED.format(75)}"),
            id="at the bound",
        ),
        pytest.param(
            300_000,
            {10: 100_000, 50: 400_000},
            {90: CAP},
            (
                10,
                100_000,
                50,
                400_000,
                None,
                False,
                f"Above the 10th and below the 50th percentile; a{REACHED.format(90)}",
            ),
            id="published above a bound",
        ),
        pytest.param(
            200_000,
            {},
            {10: CAP, 90: CAP},
            (None, None, 10, None, CAP, False, "Below the 10th percentile."),
            id="below all",
        ),
        pytest.param(
            300_000,
            {},
            {10: CAP, 90: CAP},
            (None, None, None, None, None, False, f"A{REACHED.format(10)}"),
            id="at or above all bounds",
        ),
        pytest.param(
            300_000,
            {10: 100_000, 75: 200_000},
            {},
            (75, 200_000, None, None, None, False, "Above the 75th percentile."),
            id="the highest is not published",
        ),
    ],
)
def test_a_wage_among_top_coded_percentiles(
    annual: float, wages: dict[int, float], bounds: dict[int, float], expected: Place
) -> None:
    assert placed(annual, wages, bounds) == expected


@given(st.floats(0, 1e6), st.lists(st.floats(0, 1e6), min_size=5, max_size=5).map(sorted), st.integers(0, 5))
def test_a_placement_never_contradicts_the_percentiles(annual: float, wages: list[float], capped: int) -> None:
    """For all true values of the top-coded percentiles, the placement must be correct."""
    true: dict[int, float] = dict(zip(PRODUCERS, wages, strict=True))
    bounds = dict.fromkeys(list(true)[5 - capped :], min(wages[5 - capped :], default=0.0))
    found = offers.place(annual, {p: w for p, w in true.items() if p not in bounds}, bounds)
    if found.lower_percentile is not None:
        assert true[found.lower_percentile] <= annual
    if found.upper_percentile is not None:
        assert true[found.upper_percentile] >= annual
    if found.exact:
        assert found.lower_wage == found.upper_wage == annual


# Over HTTP

OFFER = """annual area { code } lowerPercentile lowerWage upperPercentile upperWage upperAtLeast exact description
    source { release }"""


def offer(api: Api, code: str, arguments: str) -> dict[str, Any] | None:
    query = f"query ($code: String!) {{ occupation(by: {{code: $code}}) {{ offer({arguments}) {{ {OFFER} }} }} }}"
    found: dict[str, Any] | None = api.data(query, {"code": code})["occupation"]["offer"]
    return found


def test_an_offer_in_the_nation_and_in_a_state(paid: Api) -> None:
    expected = {
        "annual": 100000,
        "area": {"code": "US"},
        "lowerPercentile": 50,
        "lowerWage": 90360,
        "upperPercentile": 75,
        "upperWage": 134800,
        "upperAtLeast": None,
        "exact": False,
        "description": "Above the 50th and below the 75th percentile.",
        "source": {"release": "May 2025"},
    }
    assert offer(paid, "27-2012", "annual: 100000") == expected
    assert offer(paid, "27-2012", 'annual: 100000, area: "CA"') == expected | {
        "area": {"code": "CA"},
        "lowerPercentile": 25,
        "lowerWage": 83110,
        "upperPercentile": 50,
        "upperWage": 129790,
        "description": "Above the 25th and below the 50th percentile.",
    }


def test_an_offer_where_all_percentiles_are_top_coded(paid: Api) -> None:
    found = offer(paid, "29-1212", 'annual: 300000, area: "12060"')
    assert found is not None
    assert (found["lowerPercentile"], found["upperPercentile"]) == (None, None)
    assert found["description"] == f"A{REACHED.format(10)}"


def test_an_offer_where_no_percentile_is_published(paid: Api) -> None:
    assert offer(paid, "27-2011", "annual: 100000") is None
    assert offer(paid, "27-3031", 'annual: 100000, area: "NY"') is None
    role = paid.data('{ occupation(by: {slug: "media-producer"}) { offer(annual: 50000) { annual } } }')
    assert role["occupation"] == {"offer": None}


@pytest.mark.parametrize("annual", ["-1", "-0.01", "1e999", "-1e999"])
def test_an_invalid_wage_is_refused(paid: Api, annual: str) -> None:
    error = paid.error(f'{{ occupation(by: {{code: "27-2012"}}) {{ offer(annual: {annual}) {{ annual }} }} }}')
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["argument"] == "annual"


def test_an_offer_in_an_unknown_area_is_refused(paid: Api) -> None:
    error = paid.error('{ occupation(by: {code: "27-2012"}) { offer(annual: 1, area: "XX") { annual } } }')
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "area"}


def test_offers_take_as_many_statements_as_salaries(paid: Api) -> None:
    with paid.statements() as run:
        paid.data(
            """{ occupations(filter: {kind: DETAILED}) { nodes {
                offer(annual: 90000) { description } salary { employment }
            } } }"""
        )
    # The occupations, their national cells and, for the one without a national cell, its wage source.
    assert len(run) == 3, run
