"""Comparisons of wages by area, on a hand-made database with one area for each case."""

from collections.abc import Callable, Iterator
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.models import NATION, Area, Industry, Occupation
from db.vocabulary import AreaKind, OccupationKind
from db.writing import writing
from resolvers.comparisons import places
from resolvers.comparisons.arithmetic import HigherSide, Unit
from resolvers.comparisons.places import AreaWages
from resolvers.comparisons.sides import Comparison
from tests.conftest import COLD, Api, serving
from tests.resolvers.labor_market import PAGE, cell, compare, store_occupation, store_surroundings

METROS = {
    "10180": "Abilene, TX",
    "12060": "Atlanta, GA",
    "14460": "Boston, MA",
    "16980": "Chicago, IL",
    "19740": "Denver, CO",
    "19820": "Detroit, MI",
    "25540": "Hartford, CT",
    "41980": "San Juan, PR",
    "49340": "Worcester, MA",
    # Two areas with the same name have different codes.
    "49341": "Worcester, MA",
}
Wages = dict[str, Any]
CASES: dict[str, tuple[Wages | None, Wages | None]] = {
    # The median is higher on the left. So is the mean, by 10,000 with an error of sqrt(600^2 + 500^2) = 781.
    "10180": ({"median": 50_000, "mean": 60_000, "rse": 1}, {"median": 45_000, "mean": 50_000, "rse": 1}),
    # The median is higher on the left, the mean on the right, by 10,000 with the same error.
    "12060": ({"median": 50_000, "mean": 50_000, "rse": 1}, {"median": 45_000, "mean": 60_000, "rse": 1}),
    # The medians are equal, and the mean is higher on the left.
    "14460": ({"median": 50_000, "mean": 60_000, "rse": 1}, {"median": 50_000, "mean": 50_000, "rse": 1}),
    # The median is higher on the right; the means differ by 1,000 with an error of sqrt(5,000^2 + 5,100^2) = 7,142.
    "16980": ({"median": 45_000, "mean": 50_000, "rse": 10}, {"median": 50_000, "mean": 51_000, "rse": 10}),
    # The median is higher on the right; the means can't be tested.
    "19740": ({"median": 45_000, "mean": 40_000, "rse": 1}, {"median": 50_000, "mean": 60_000, "rse": None}),
    # The left median is top-coded: not compared, though the means could be.
    "19820": ({"median": None, "mean": 60_000, "rse": 1}, {"median": 50_000, "mean": 50_000, "rse": 1}),
    # The right side has no cell at all: not compared.
    "25540": ({"median": 50_000, "mean": 60_000, "rse": 1}, None),
    # A territory's area counts like any other. Its right mean is not released.
    "41980": ({"median": 20_000, "mean": 21_000, "rse": 2}, {"median": 30_000, "mean": None, "rse": None}),
    "49340": ({"median": 45_000, "mean": 50_000, "rse": 0}, {"median": 50_000, "mean": 60_000, "rse": 0}),
    "49341": ({"median": 45_000, "mean": 50_000, "rse": 0}, {"median": 50_000, "mean": 60_000, "rse": 0.1}),
}
"""Each metropolitan area's wages of bakers and of cooks."""

COUNTS = "compared leftHigher rightHigher equal leftSignificant rightSignificant reversal"


@pytest.fixture(scope="module")
def market(migrated_database: Callable[[], str]) -> Iterator[Api]:
    """Bakers and cooks; potters with a national cell only; judges with a top-coded national median."""
    url = migrated_database()
    with writing(url) as session:
        store_surroundings(session)
        store_areas(session)
        bakers, cooks, potters, judges = (
            store_occupation(session, slug) for slug in ("bakers", "cooks", "potters", "judges")
        )
        session.add_all(
            [
                cell(bakers, annual_median=52_000, annual_mean=61_000),
                cell(cooks, annual_median=48_000, annual_mean=51_000),
                cell(potters, annual_mean=30_000),
                cell(judges, missing={"annual_median": {"reason": "TOP_CODED", "at_least": 239_200}}),
                cell(judges, "PR", annual_median=15_000),
                # The wages of one industry in an area are not the wages of the area.
                cell(bakers, "25540", "722000", annual_median=1, annual_mean=1),
                cell(cooks, "25540", "722000", annual_median=2, annual_mean=2),
                # Puerto Rico is compared among the states, Connecticut has one side only.
                cell(bakers, "PR", annual_median=20_000, annual_mean=21_000, source_id=PAGE),
                cell(cooks, "PR", annual_median=18_000, annual_mean=19_000),
                cell(cooks, "CT", annual_median=50_000, annual_mean=52_000),
            ]
        )
        for code, sides in CASES.items():
            for occupation, wages in zip((bakers, cooks), sides, strict=True):
                if wages is not None:
                    session.add(wage_cell(occupation, code, **wages))
    with serving(url, **COLD) as api:
        yield api


def store_areas(session: Session) -> None:
    session.add_all(Area(code=code, name=name, kind=AreaKind.METRO) for code, name in METROS.items())
    session.add_all(
        Area(code=code, name=name, kind=AreaKind.STATE) for code, name in (("CT", "Connecticut"), ("PR", "Puerto Rico"))
    )
    session.add(Industry(code="722000", title="Restaurants"))
    session.flush()


def wage_cell(occupation: int, area: str, median: float | None, mean: float | None, rse: float | None) -> Any:
    missing = {} if median is not None else {"annual_median": {"reason": "TOP_CODED", "at_least": 239_200}}
    missing |= {} if mean is not None else {"annual_mean": {"reason": "NOT_RELEASED"}}
    return cell(
        occupation,
        area,
        annual_median=median,
        annual_mean=mean,
        wage_standard_error_percent=rse,
        missing=missing or None,
    )


def test_metropolitan_areas_are_counted_by_median_and_tested_by_mean(market: Api) -> None:
    found = compare(market, f"places {{ kind {COUNTS} nationalMedian {{ left right higher }} sources {{ name }} }}")
    assert found["places"] == {
        "kind": "METRO",
        "compared": 8,
        "leftHigher": 2,
        "rightHigher": 5,
        "equal": 1,
        # The means are significant in Abilene and in Boston, where the medians are equal.
        "leftSignificant": 2,
        # Atlanta, where the left median is higher, and the Worcester whose errors are not both 0.0.
        "rightSignificant": 2,
        # The nation's median is higher on the left.
        "reversal": True,
        "nationalMedian": {"left": 52_000, "right": 48_000, "higher": "LEFT"},
        "sources": [{"name": "Test survey"}],
    }


def test_swapping_the_sides_mirrors_the_result(market: Api) -> None:
    assert compare(market, f"places {{ {COUNTS} }}", "cooks", "bakers")["places"] == {
        "compared": 8,
        "leftHigher": 5,
        "rightHigher": 2,
        "equal": 1,
        "leftSignificant": 2,
        "rightSignificant": 2,
        "reversal": True,
    }


def test_an_occupation_equals_itself_everywhere(market: Api) -> None:
    assert compare(market, f"places {{ {COUNTS} }}", "cooks", "cooks")["places"] == {
        "compared": 9,
        "leftHigher": 0,
        "rightHigher": 0,
        "equal": 9,
        "leftSignificant": 0,
        "rightSignificant": 0,
        "reversal": False,
    }


def test_territories_are_compared_among_the_states(market: Api) -> None:
    found = compare(
        market,
        f"places(kind: STATE) {{ {COUNTS} sources {{ name }} areas {{ nodes {{ area {{ code kind }} }} }} }}",
    )
    assert found["places"] == {
        "compared": 1,
        "leftHigher": 1,
        "rightHigher": 0,
        "equal": 0,
        "leftSignificant": 0,
        "rightSignificant": 0,
        "reversal": False,
        # The left side's source first.
        "sources": [{"name": "Test page"}, {"name": "Test survey"}],
        "areas": {"nodes": [{"area": {"code": "PR", "kind": "STATE"}}]},
    }


def test_the_nation_is_a_kind_of_one_area(market: Api) -> None:
    found = compare(market, f"places(kind: NATION) {{ {COUNTS} }}")["places"]
    assert (found["compared"], found["leftHigher"], found["reversal"]) == (1, 1, False)


def test_a_kind_without_areas_compares_none(market: Api) -> None:
    found = compare(market, f"places(kind: NONMETRO) {{ {COUNTS} sources {{ name }} areas {{ totalCount }} }}")
    assert found["places"] == {
        "compared": 0,
        "leftHigher": 0,
        "rightHigher": 0,
        "equal": 0,
        "leftSignificant": 0,
        "rightSignificant": 0,
        "reversal": False,
        "sources": [],
        "areas": {"totalCount": 0},
    }


def test_without_both_national_medians_reversal_is_null(market: Api) -> None:
    found = compare(market, "places { compared reversal nationalMedian { left right missing { figure reason } } }")
    assert found["places"]["reversal"] is True
    found = compare(
        market, "places { compared reversal nationalMedian { left right missing { figure reason } } }", right="potters"
    )
    assert found["places"] == {
        "compared": 0,
        "reversal": None,
        "nationalMedian": {
            "left": 52_000,
            "right": None,
            "missing": [{"figure": "right annual.median", "reason": "NOT_COLLECTED"}],
        },
    }


def test_with_a_top_coded_national_median_reversal_is_null(market: Api) -> None:
    found = compare(market, "places(kind: STATE) { compared rightHigher reversal }", "bakers", "judges")
    assert found["places"] == {"compared": 1, "rightHigher": 0, "reversal": None}


def test_the_area_of_the_comparison_makes_no_difference(market: Api) -> None:
    query = """query ($area: String!) { comparison(left: {slug: "bakers"}, right: {slug: "cooks"}, area: $area) {
        places { compared leftHigher reversal nationalMedian { left right } }
    } }"""
    assert market.data(query, {"area": "CT"}) == market.data(query, {"area": NATION})


# The places themselves


def codes(page: dict[str, Any]) -> list[str]:
    return [node["area"]["code"] for node in page["nodes"]]


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("", ["10180", "12060", "14460", "16980", "19740", "41980", "49340", "49341"]),
        ("(higher: null)", ["10180", "12060", "14460", "16980", "19740", "41980", "49340", "49341"]),
        ("(higher: LEFT)", ["10180", "12060"]),
        ("(higher: RIGHT)", ["16980", "19740", "41980", "49340", "49341"]),
    ],
)
def test_places_are_listed_by_the_side_with_the_higher_median(market: Api, argument: str, expected: list[str]) -> None:
    found = compare(market, f"places {{ areas{argument} {{ totalCount nodes {{ area {{ code }} }} }} }}")
    page = found["places"]["areas"]
    assert (page["totalCount"], codes(page)) == (len(expected), expected)


def test_a_place_shows_both_differences(market: Api) -> None:
    sides = "left right absolute higher verdict zScore missing { figure reason } explanation { sources { name } }"
    found = compare(
        market,
        f"places {{ areas(higher: LEFT) {{ nodes {{ area {{ name }} median {{ {sides} }} mean {{ {sides} }} }} }} }}",
    )
    sources: dict[str, Any] = {"sources": [{"name": "Test survey"}]}
    median: dict[str, Any] = {
        "left": 50_000,
        "right": 45_000,
        "absolute": 5_000,
        "higher": "LEFT",
        "verdict": "NOT_TESTABLE",
        "zScore": None,
        "missing": [],
        "explanation": sources,
    }
    # 10,000 / sqrt(500^2 + 600^2) = 10,000 / 781.025.
    tested: dict[str, Any] = {"verdict": "SIGNIFICANT", "zScore": 12.8037, "missing": [], "explanation": sources}
    assert found["places"]["areas"]["nodes"] == [
        {
            "area": {"name": "Abilene, TX"},
            "median": median,
            "mean": {"left": 60_000, "right": 50_000, "absolute": 10_000, "higher": "LEFT", **tested},
        },
        {
            "area": {"name": "Atlanta, GA"},
            "median": median,
            "mean": {"left": 50_000, "right": 60_000, "absolute": -10_000, "higher": "RIGHT", **tested},
        },
    ]


def test_a_place_has_the_reason_for_a_missing_mean(market: Api) -> None:
    found = compare(
        market, "places { areas { nodes { area { code } mean { left right missing { figure reason } } } } }"
    )
    [mean] = [n["mean"] for n in found["places"]["areas"]["nodes"] if n["area"]["code"] == "41980"]
    assert mean == {
        "left": 21_000,
        "right": None,
        "missing": [{"figure": "right annual.mean", "reason": "NOT_RELEASED"}],
    }


PAGE_OF_TWO = """query ($after: String) { comparison(left: {slug: "bakers"}, right: {slug: "cooks"}) { places {
    areas(higher: RIGHT, first: 2, after: $after) {
        totalCount nodes { area { code } } edges { cursor }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
} } }"""


def test_places_are_paged_by_name_and_code(market: Api) -> None:
    seen: list[list[str]] = []
    after = None
    for more in (True, True, False):
        page = market.data(PAGE_OF_TWO, {"after": after})["comparison"]["places"]["areas"]
        info = page["pageInfo"]
        assert page["totalCount"] == 5
        assert (info["hasNextPage"], info["hasPreviousPage"]) == (more, after is not None)
        assert [info["startCursor"], info["endCursor"]] == [page["edges"][n]["cursor"] for n in (0, -1)]
        seen.append(codes(page))
        after = info["endCursor"]
    assert seen == [["16980", "19740"], ["41980", "49340"], ["49341"]]
    page = market.data(PAGE_OF_TWO, {"after": after})["comparison"]["places"]["areas"]
    assert page == {
        "totalCount": 5,
        "nodes": [],
        "edges": [],
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": True, "startCursor": None, "endCursor": None},
    }


def test_an_exactly_full_page_of_places_is_the_last(market: Api) -> None:
    found = compare(
        market, "places { areas(higher: RIGHT, first: 5) { nodes { area { code } } pageInfo { hasNextPage } } }"
    )
    assert codes(found["places"]["areas"]) == ["16980", "19740", "41980", "49340", "49341"]
    assert found["places"]["areas"]["pageInfo"] == {"hasNextPage": False}


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [("first: -1", "first"), ("first: 101", "first"), ('after: "x"', "after"), ("higher: EQUAL", "higher")],
)
def test_bad_arguments_are_named(market: Api, arguments: str, argument: str) -> None:
    error = market.error(
        f"""{{ comparison(left: {{slug: "bakers"}}, right: {{slug: "cooks"}}) {{
            places {{ areas({arguments}) {{ totalCount }} }}
        }} }}"""
    )
    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_USER_INPUT", argument)


def test_a_cursor_of_another_list_of_areas_is_refused(market: Api) -> None:
    cursor = market.data("{ areas(first: 1) { pageInfo { endCursor } } }")["areas"]["pageInfo"]["endCursor"]
    error = market.error(PAGE_OF_TWO, {"after": cursor})
    assert (
        error["message"]
        == 'Argument "after": it is a cursor of another list or another order; start this one without a cursor.'
    )


# Statement counts


@pytest.mark.parametrize(
    ("selection", "statements"),
    [
        # Both occupations; the areas' wages; the nation's.
        ("places { compared reversal }", 3),
        ("places { areas { totalCount nodes { area { name } } } }", 4),
        # The areas, and their whole cells.
        ("places { areas { nodes { area { name } median { absolute } mean { absolute } } } }", 5),
        ("places { a: areas { nodes { mean { left } } } b: areas(higher: LEFT) { nodes { median { left } } } }", 4),
    ],
)
def test_any_number_of_places_takes_the_same_statements(market: Api, selection: str, statements: int) -> None:
    with market.statements() as run:
        compare(market, selection)
    assert len(run) == statements, run


def test_places_of_many_comparisons_take_the_same_statements(market: Api) -> None:
    fields = "places { compared areas { nodes { area { code } median { absolute } mean { absolute } } } }"
    with market.statements() as run:
        market.data(
            f"""{{
                a: comparison(left: {{slug: "bakers"}}, right: {{slug: "cooks"}}) {{ {fields} }}
                b: comparison(left: {{slug: "cooks"}}, right: {{slug: "bakers"}}) {{ {fields} }}
            }}"""
        )
    # Both occupations; then the areas' wages, the nation's, the areas and their whole cells.
    assert len(run) == 5, run


# Properties

BAKERS, COOKS = (
    Occupation(slug=slug, title=slug, kind=OccupationKind.DETAILED, group_code="27-0000", source_id="survey")
    for slug in ("bakers", "cooks")
)
PAIR = Comparison(BAKERS, COOKS, NATION)
wages = st.integers(15_000, 240_000).map(float)
cells = st.builds(
    AreaWages,
    st.integers(1, 10**9),
    st.just("Hartford, CT"),
    st.just("25540"),
    wages,
    st.none() | wages,
    st.none() | st.integers(0, 300).map(lambda tenths: tenths / 10),
    st.just("survey"),
)
OTHER = {HigherSide.LEFT: HigherSide.RIGHT, HigherSide.RIGHT: HigherSide.LEFT, HigherSide.EQUAL: HigherSide.EQUAL}


@given(cells, cells)
def test_swapping_the_sides_swaps_the_result_of_a_place(left: AreaWages, right: AreaWages) -> None:
    one, other = (places.place(PAIR, Unit.DOLLARS_PER_YEAR, *sides) for sides in ((left, right), (right, left)))
    assert other.higher is OTHER[one.higher]
    assert other.significant is (None if one.significant is None else OTHER[one.significant])


@given(st.sampled_from(HigherSide), st.lists(st.sampled_from(HigherSide)))
def test_reversal_is_symmetric(nation: HigherSide, areas: list[HigherSide]) -> None:
    found = places.reversal(nation, areas)
    assert found is places.reversal(OTHER[nation], [OTHER[side] for side in areas])
    assert found is not True or OTHER[nation] in areas
    assert places.reversal(None, areas) is None


@pytest.mark.parametrize(
    ("nation", "areas", "expected"),
    [
        pytest.param(HigherSide.LEFT, [HigherSide.RIGHT, HigherSide.LEFT], False, id="as many"),
        pytest.param(HigherSide.LEFT, [HigherSide.RIGHT, HigherSide.RIGHT, HigherSide.LEFT], True, id="more"),
        pytest.param(
            HigherSide.LEFT,
            [HigherSide.RIGHT, HigherSide.EQUAL, HigherSide.EQUAL],
            True,
            id="equal areas are on neither side",
        ),
        pytest.param(HigherSide.EQUAL, [HigherSide.RIGHT, HigherSide.RIGHT], False, id="no national gap"),
        pytest.param(HigherSide.RIGHT, [], False, id="no areas"),
    ],
)
def test_reversals(nation: HigherSide, areas: list[HigherSide], expected: bool) -> None:
    assert places.reversal(nation, areas) is expected


@pytest.mark.parametrize(
    ("p_values", "expected"),
    [
        ([], []),
        ([0.2], []),
        ([0.1], [0]),
        # The limits of four tests are 0.025, 0.05, 0.075 and 0.1: the third passes, and with it the second.
        ([0.07, 0.02, 0.06, 0.3], [0, 1, 2]),
        ([0.03, 0.06, 0.08, 0.11], []),
    ],
)
def test_discoveries(p_values: list[float], expected: list[int]) -> None:
    z_scores = [NormalDist().inv_cdf(1 - p / 2) + 1e-9 for p in p_values]
    assert sorted(places.discoveries(z_scores)) == expected
