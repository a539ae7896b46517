"""Wages by percentile: the higher side at each, and the crossovers."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import ALL_INDUSTRIES, NATION, Occupation, Wage
from db.vocabulary import MissingReason, OccupationKind
from resolvers.comparisons import arithmetic, explanations, salary, wage_curves
from resolvers.comparisons.arithmetic import Difference, Figure, HigherSide, Unit
from resolvers.comparisons.salary import SalaryComparison
from resolvers.comparisons.sides import Comparison
from resolvers.comparisons.wage_curves import Crossover
from resolvers.context import Context
from tests.conftest import Api

LEFT, RIGHT, EQUAL = HigherSide.LEFT, HigherSide.RIGHT, HigherSide.EQUAL


def crossed(*sides: HigherSide | None) -> list[tuple[int, int, HigherSide, HigherSide]]:
    found = wage_curves.crossovers(zip((10, 25, 50, 75, 90), sides, strict=True))
    return [(c.lower_percentile, c.upper_percentile, c.higher_below, c.higher_above) for c in found]


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        pytest.param((LEFT,) * 5, [], id="one side throughout"),
        pytest.param((RIGHT, RIGHT, LEFT, LEFT, LEFT), [(25, 50, RIGHT, LEFT)], id="one change"),
        pytest.param(
            (LEFT, RIGHT, RIGHT, LEFT, LEFT), [(10, 25, LEFT, RIGHT), (50, 75, RIGHT, LEFT)], id="there and back"
        ),
        pytest.param((LEFT, EQUAL, RIGHT, RIGHT, RIGHT), [(10, 50, LEFT, RIGHT)], id="a tie where the curves cross"),
        pytest.param((LEFT, EQUAL, LEFT, LEFT, LEFT), [], id="a tie where they touch"),
        pytest.param((EQUAL, EQUAL, RIGHT, RIGHT, EQUAL), [], id="ties at the ends"),
        pytest.param((LEFT, None, None, RIGHT, None), [(10, 75, LEFT, RIGHT)], id="unpublished between"),
        pytest.param((None,) * 5, [], id="nothing published"),
        pytest.param((EQUAL,) * 5, [], id="the same curve"),
    ],
)
def test_where_curves_cross(
    sides: tuple[HigherSide | None, ...], expected: list[tuple[int, int, HigherSide, HigherSide]]
) -> None:
    assert crossed(*sides) == expected


sides = st.lists(st.sampled_from([LEFT, RIGHT, EQUAL, None]), min_size=5, max_size=5)


@given(sides)
def test_crossovers_alternate_and_never_overlap(drawn: list[HigherSide | None]) -> None:
    found = crossed(*drawn)
    assert all(below is not above for _, _, below, above in found)
    for (_, upper, _, above), (lower, _, below, _) in pairwise(found):
        assert upper <= lower
        assert above is below
    known = [side for side in drawn if side in {LEFT, RIGHT}]
    assert len(found) == sum(one is not other for one, other in pairwise(known))


MIRROR = {LEFT: RIGHT, RIGHT: LEFT}


@given(sides)
def test_crossovers_are_symmetric(drawn: list[HigherSide | None]) -> None:
    mirrored = [MIRROR.get(side, side) if side else None for side in drawn]
    assert crossed(*mirrored) == [(low, high, MIRROR[b], MIRROR[a]) for low, high, b, a in crossed(*drawn)]


# Top-coded figures


def wage(value: float) -> Figure:
    return Figure("annual.p90", value, "oews")


def capped(at_least: float = 239_200) -> Figure:
    return Figure("annual.p90", None, "oews", reason=MissingReason.TOP_CODED, at_least=at_least)


def compared(left: Figure, right: Figure) -> Difference:
    return arithmetic.difference(left, right, Unit.DOLLARS_PER_YEAR)


@pytest.mark.parametrize(
    ("left", "right", "side"),
    [
        pytest.param(capped(), wage(200_000), LEFT, id="published below the bound"),
        pytest.param(wage(200_000), capped(), RIGHT, id="published below the bound, on the left"),
        pytest.param(capped(), wage(239_200), None, id="published at the bound"),
        pytest.param(capped(), wage(300_000), None, id="published above the bound"),
        pytest.param(capped(), capped(), None, id="both top-coded"),
        pytest.param(capped(), Figure("annual.p90", None, None), None, id="nothing to be above"),
    ],
)
def test_a_top_coded_figure_is_higher_only_where_that_is_certain(
    left: Figure, right: Figure, side: HigherSide | None
) -> None:
    found = compared(left, right)
    assert (found.higher, found.absolute, found.percent, found.z_score) == (side, None, None, None)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_certain_order_holds_for_every_value_above_the_bound(bound: float, beyond: float, published: float) -> None:
    if compared(capped(bound), wage(published)).higher is LEFT:
        assert bound + beyond > published


def test_an_explanation_gives_the_minimum_gap(context: Context) -> None:
    [found] = explanations.of([compared(capped(), wage(200_000))], context)
    assert found.note == (
        "Not tested: a test needs published standard errors on both sides that are not both 0. The left "
        "figure is top-coded: only a lower bound is published. It is the higher figure, by at least 39,200.00."
    )
    assert [(entry.name, entry.value) for entry in found.inputs] == [
        ("left annual.p90", None),
        ("left annual.p90, at least", 239_200),
        ("right annual.p90", 200_000),
    ]
    [found] = explanations.of([compared(wage(300_000), capped())], context)
    assert found.note.endswith("The right figure is top-coded: only a lower bound is published.")


def cell(**figures: Any) -> Wage:
    return Wage(occupation_id=1, area_code=NATION, industry_code=ALL_INDUSTRIES, source_id="oews", **figures)


def side_by_side(left: Wage | None, right: Wage | None) -> SalaryComparison:
    role = Occupation(slug="baker", title="Baker", kind=OccupationKind.ROLE, group_code="51-0000", source_id="oews")
    return SalaryComparison(Comparison(role, role, NATION), left, right)


def test_a_certain_order_counts_towards_a_crossover() -> None:
    left = cell(annual_p10=50_000, annual_p75=100_000, annual_p90=150_000)
    right = cell(annual_p10=40_000, missing={"annual_p90": {"reason": "TOP_CODED", "at_least": 239_200}})
    rows = wage_curves.percentiles(side_by_side(left, right))
    assert wage_curves.crossovers((row.percentile, row.difference.higher) for row in rows) == [
        Crossover(10, 90, LEFT, RIGHT)
    ]


# By the year or by the hour

YEARLY, HOURLY = cell(annual_mean=50_000), cell(hourly_median=25)
BOTH = cell(annual_mean=50_000, hourly_mean=25)
CAPPED = cell(hourly_mean=120, missing={"annual_mean": {"reason": "TOP_CODED", "at_least": 239_200}})


@pytest.mark.parametrize(
    ("left", "right", "unit"),
    [
        pytest.param(BOTH, BOTH, Unit.DOLLARS_PER_YEAR, id="both by both"),
        pytest.param(HOURLY, BOTH, Unit.DOLLARS_PER_HOUR, id="one by the hour only"),
        pytest.param(HOURLY, HOURLY, Unit.DOLLARS_PER_HOUR, id="both by the hour only"),
        pytest.param(HOURLY, YEARLY, Unit.DOLLARS_PER_YEAR, id="nothing in common"),
        pytest.param(CAPPED, BOTH, Unit.DOLLARS_PER_YEAR, id="a bound by the year"),
        pytest.param(HOURLY, None, Unit.DOLLARS_PER_YEAR, id="one side only"),
        pytest.param(cell(), cell(), Unit.DOLLARS_PER_YEAR, id="nothing at all"),
    ],
)
def test_annual_wages_are_compared_unless_a_side_has_only_hourly_ones(
    left: Wage | None, right: Wage | None, unit: Unit
) -> None:
    assert salary.unit_of(side_by_side(left, right)) is unit
    assert salary.unit_of(side_by_side(right, left)) is unit


# Over HTTP

SELECTION = """salary {
    percentiles { percentile difference { left right absolute higher unit verdict } }
    crossovers { lowerPercentile upperPercentile higherBelow higherAbove }
}"""


def compare(api: Api, left: str, right: str, area: str = NATION) -> dict[str, Any]:
    query = f"""query ($left: String!, $right: String!, $area: String) {{
        comparison(left: {{code: $left}}, right: {{code: $right}}, area: $area) {{ {SELECTION} }}
    }}"""
    found: dict[str, Any] = api.data(query, {"left": left, "right": right, "area": area})["comparison"]["salary"]
    return found


def test_editors_and_public_relations_specialists_cross_below_the_median(paid: Api) -> None:
    found = compare(paid, "27-4032", "27-3031")
    expected = [
        (10, 40280, 44110, -3830, "RIGHT"),
        (25, 52720, 56260, -3540, "RIGHT"),
        (50, 75420, 74750, 670, "LEFT"),
        (75, 105310, 100370, 4940, "LEFT"),
        (90, 148550, 135150, 13400, "LEFT"),
    ]
    names = ("left", "right", "absolute", "higher")
    untested = {"unit": "DOLLARS_PER_YEAR", "verdict": "NOT_TESTABLE"}
    assert found["percentiles"] == [
        {"percentile": percentile, "difference": dict(zip(names, figures, strict=True)) | untested}
        for percentile, *figures in expected
    ]
    assert found["crossovers"] == [
        {"lowerPercentile": 25, "upperPercentile": 50, "higherBelow": "RIGHT", "higherAbove": "LEFT"}
    ]


def test_occupations_published_by_the_hour_are_compared_by_the_hour(paid: Api) -> None:
    found = compare(paid, "27-2011", "27-4032")
    assert {row["difference"]["unit"] for row in found["percentiles"]} == {"DOLLARS_PER_HOUR"}
    assert [row["difference"]["higher"] for row in found["percentiles"]] == ["RIGHT", "RIGHT", "RIGHT", "LEFT", "LEFT"]
    assert found["crossovers"] == [
        {"lowerPercentile": 50, "upperPercentile": 75, "higherBelow": "RIGHT", "higherAbove": "LEFT"}
    ]


def test_a_top_coded_percentile_against_a_missing_one_has_no_higher_side(paid: Api) -> None:
    found = compare(paid, "29-1212", "27-2012", "12060")
    assert found["crossovers"] == []
    assert {row["difference"]["higher"] for row in found["percentiles"]} == {None}


def test_roles_without_percentiles_have_no_curves(paid: Api) -> None:
    found = paid.data(
        f"""{{ comparison(left: {{slug: "media-producer"}}, right: {{slug: "media-production-specialist"}}) {{
            {SELECTION}
        }} }}"""
    )["comparison"]["salary"]
    assert [row["percentile"] for row in found["percentiles"]] == [10, 25, 50, 75, 90]
    assert {row["difference"]["higher"] for row in found["percentiles"]} == {None}
    assert found["crossovers"] == []
