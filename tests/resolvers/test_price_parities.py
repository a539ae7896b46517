"""Wages at national prices: of cells, of the highest-paying places, in orders of places and in sentences."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import Area, PriceParity, Source
from db.vocabulary import AreaKind
from db.writing import writing
from resolvers.price_parities import at_national_prices
from tests.conftest import COLD, Api, serving
from tests.resolvers.conftest import store_pay

PARITIES = {"US": 100.0, "CA": 120.0, "CT": 80.0, "31080": 125.0, "25540": 80.0}
"""New York and Atlanta have none. The parities are made up, so that the arithmetic is easy to follow."""

UNPRICED = {
    "41980": ("San Juan-Bayamon-Caguas, PR", AreaKind.METRO, "NOT_COLLECTED"),
    "7200006": ("Puerto Rico nonmetropolitan area", AreaKind.NONMETRO, "NOT_COLLECTED"),
    "GU": ("Guam", AreaKind.STATE, "NOT_COLLECTED"),
    "17410": ("Cleveland, OH", AreaKind.METRO, "OTHER_BOUNDARIES"),
    "0100001": ("Northwest Alabama nonmetropolitan area", AreaKind.NONMETRO, "OTHER_BOUNDARIES"),
}


@pytest.fixture(scope="module")
def priced(seeded_database: Callable[[], str]) -> Iterator[Api]:
    """The API on the database of ``paid`` with price parities."""
    url = seeded_database()
    with writing(url) as session:
        store_pay(session)
        session.add(Source(id="bea", name="Parities", release="2023, updated", license="-", digest="0" * 64))
        session.flush()
        session.add_all(
            PriceParity(area_code=code, all_items=value, source_id="bea") for code, value in PARITIES.items()
        )
        session.add_all(Area(code=code, name=name, kind=kind) for code, (name, kind, _) in UNPRICED.items())
    with serving(url, **COLD) as api:
        yield api


def producers(api: Api, selection: str) -> dict[str, Any]:
    found: dict[str, Any] = api.data(f'{{ occupation(by: {{code: "27-2012"}}) {{ {selection} }} }}')["occupation"]
    return found


WAGES = "atNationalPrices { mean median p10 p25 p75 p90 range { low high basis } } missing { figure reason }"


def test_each_wage_is_divided_by_the_parity(priced: Api) -> None:
    found = producers(priced, f'ca: salary(area: "CA") {{ {WAGES} }} us: salary {{ {WAGES} }}')
    # 155,750 / 1.2, 129,790 / 1.2, 63,570 / 1.2, 83,110 / 1.2, 172,410 / 1.2 and 306,850 / 1.2.
    assert found["ca"]["atNationalPrices"] == {
        "mean": 129791.6667,
        "median": 108158.3333,
        "p10": 52975,
        "p25": 69258.3333,
        "p75": 143675,
        "p90": 255708.3333,
        "range": {"low": 52975, "high": 255708.3333, "basis": "P10_TO_P90"},
    }
    assert (found["us"]["atNationalPrices"]["mean"], found["us"]["atNationalPrices"]["p90"]) == (113300, 198540)
    assert not {row["figure"] for side in found.values() for row in side["missing"]} & {"atNationalPrices"}


def test_a_wage_without_a_parity_has_the_reason(priced: Api) -> None:
    found = producers(priced, f'salary(area: "NY") {{ annual {{ mean }} {WAGES} }}')["salary"]
    assert (found["annual"], found["atNationalPrices"]) == ({"mean": 134810}, None)
    assert {"figure": "atNationalPrices", "reason": "NOT_COLLECTED"} in found["missing"]
    # Where there is no annual wage either, the reasons are those of the wage.
    found = producers(priced, f'salary(area: "17410") {{ {WAGES} }}')["salary"]
    assert found["atNationalPrices"] is None
    assert "atNationalPrices" not in {row["figure"] for row in found["missing"]}


def test_areas_have_their_parity_or_the_reason(priced: Api) -> None:
    selection = "priceParity priceParitySource { release } missing { figure reason atLeast }"
    codes = [*PARITIES, *UNPRICED]
    aliases = " ".join(f'a{n}: area(code: "{code}") {{ {selection} }}' for n, code in enumerate(codes))
    with priced.statements() as run:
        found = list(priced.data(f"{{ {aliases} }}").values())
    source = {"release": "2023, updated"}
    assert found[:5] == [
        {"priceParity": parity, "priceParitySource": source, "missing": []} for parity in PARITIES.values()
    ]
    assert found[5:] == [
        {
            "priceParity": None,
            "priceParitySource": None,
            "missing": [{"figure": "priceParity", "reason": reason, "atLeast": None}],
        }
        for _, _, reason in UNPRICED.values()
    ]
    # Each of the areas, the sources, and the parities of all areas at once.
    assert len(run) == len(codes) + 2


HIGHEST = "name salary atNationalPrices notClearlyAbove area { code }"


def test_the_highest_paying_places_before_and_after_prices(priced: Api) -> None:
    kinds = f"state {{ {HIGHEST} }} city {{ {HIGHEST} }} industry {{ name salary atNationalPrices }}"
    found = producers(
        priced, f"before: highestPaying {{ {kinds} }} after: highestPaying(atNationalPrices: true) {{ {kinds} }}"
    )
    angeles = {"name": "Los Angeles-Long Beach-Anaheim, CA", "salary": 159390, "atNationalPrices": 127512}
    films = {"name": "Motion Picture and Video Industries", "salary": 133970, "atNationalPrices": 133970}
    # In dollars California is ahead of New York by 20,940, which is 2.65 standard errors.
    assert found["before"] == {
        "state": {
            "name": "California",
            "salary": 155750,
            "atNationalPrices": 129791.6667,
            "notClearlyAbove": 0,
            "area": {"code": "CA"},
        },
        "city": angeles | {"notClearlyAbove": 0, "area": {"code": "31080"}},
        "industry": films,
    }
    # New York has no parity. Connecticut is ahead of California by 4,758 at national prices, with errors of 4.9% and
    # 4.4% of 134,550 and 129,792: half a standard error.
    assert found["after"] == {
        "state": {
            "name": "Connecticut",
            "salary": 107640,
            "atNationalPrices": 134550,
            "notClearlyAbove": 1,
            "area": {"code": "CT"},
        },
        "city": angeles | {"notClearlyAbove": 0, "area": {"code": "31080"}},
        "industry": films,
    }


def test_top_coded_means_are_compared_at_national_prices(priced: Api) -> None:
    """Dentists: 200,000 in California and at least 239,200 in New York, which has no parity."""
    query = """{ occupation(by: {code: "29-1029"}) {
        before: highestPaying(minimumEmployment: 1) { state { name } }
        after: highestPaying(minimumEmployment: 1, atNationalPrices: true) { state { name salary topCoded } }
    } }"""
    assert priced.data(query)["occupation"] == {
        # 239,200 in Connecticut is not below the bound.
        "before": {"state": {"name": "Connecticut"}},
        "after": {"state": {"name": "Connecticut", "salary": 239200, "topCoded": 0}},
    }


def test_what_a_source_only_names_is_left_out_at_national_prices(priced: Api) -> None:
    query = """{ occupation(by: {slug: "media-producer"}) {
        before: highestPaying { state { name atNationalPrices } company { name } }
        after: highestPaying(atNationalPrices: true) { state { name } company { name } city { name } }
    } }"""
    found = priced.data(query)["occupation"]
    assert found["before"]["state"]["atNationalPrices"] is None
    assert found["after"] == {"state": None, "company": None, "city": None}


PAGE = """query ($first: Int, $after: String, $last: Int, $before: String) { occupation(by: {code: "27-2012"}) {
    salaries(
        kind: STATE, first: $first, after: $after, last: $last, before: $before
        orderBy: {field: MEAN_AT_NATIONAL_PRICES, direction: DESC}
    ) { totalCount nodes { area { code } } pageInfo { startCursor endCursor } }
} }"""


def test_places_are_ordered_by_wages_at_national_prices(priced: Api) -> None:
    def page(**paging: Any) -> tuple[list[str], dict[str, str]]:
        found = priced.data(PAGE, paging)["occupation"]["salaries"]
        assert found["totalCount"] == 3
        return [node["area"]["code"] for node in found["nodes"]], found["pageInfo"]

    # 134,550 in Connecticut and 129,792 in California; New York has no parity.
    assert page(first=3)[0] == ["CT", "CA", "NY"]
    first, info = page(first=1)
    second, next_info = page(first=1, after=info["endCursor"])
    third, _ = page(first=1, after=next_info["endCursor"])
    assert [first, second, third] == [["CT"], ["CA"], ["NY"]]
    assert page(last=1, before=next_info["startCursor"])[0] == ["CT"]


def test_a_comparison_in_an_area_gives_both_means_at_national_prices(priced: Api) -> None:
    query = """query ($area: String) {
        comparison(left: {code: "27-2012"}, right: {code: "27-3031"}, area: $area) { summary }
    }"""

    def on_prices(area: str) -> list[str]:
        summary = priced.data(query, {"area": area})["comparison"]["summary"]
        return [sentence for sentence in summary if sentence.startswith("Prices ")]

    assert on_prices("CA") == [
        (
            "Prices in California are 20.0% above the nation's (BEA, 2023); at national prices, the published mean "
            "annual wages are $129,792 for Producers and Directors and $80,950 for Public Relations Specialists."
        )
    ]
    # Public relations specialists have no wage in Connecticut.
    assert on_prices("CT") == [
        (
            "Prices in Connecticut are 20.0% below the nation's (BEA, 2023); at national prices, the published mean "
            "annual wage is $134,550 for Producers and Directors."
        )
    ]
    assert on_prices("NY") == on_prices("US") == []


@given(
    st.floats(10_000, 1_000_000),
    st.floats(10_000, 1_000_000),
    st.floats(60, 150),
)
def test_in_one_place_the_parity_cancels(one: float, other: float, parity: float) -> None:
    ratio = at_national_prices(one, parity) / at_national_prices(other, parity)
    assert ratio == pytest.approx(one / other, rel=1e-6)
    assert at_national_prices(one, 100) == pytest.approx(one, abs=5e-5)
    assert at_national_prices(None, parity) is at_national_prices(one, None) is None


STATES = {
    "15-1252": ("California", 165_898, "California", 165_898),
    "29-1141": ("California", 133_486, "California", 133_486),
    "29-1051": ("California", 144_198, "South Dakota", 161_564),
    "53-3032": ("Alaska", 68_348, "North Dakota", 71_501),
    "41-2031": ("Washington", 40_097, "South Dakota", 45_088),
}
"""The highest-paying state of five occupations in dollars and after prices, each with its mean at national prices."""


def test_the_highest_paying_states_of_five_occupations(full_api: Api) -> None:
    query = """query ($code: String!) { occupation(by: {code: $code}) {
        before: highestPaying { state { name atNationalPrices } }
        after: highestPaying(atNationalPrices: true) { state { name atNationalPrices } }
    } }"""
    for code, expected in STATES.items():
        found = full_api.data(query, {"code": code})["occupation"]
        states = [found[when]["state"] for when in ("before", "after")]
        assert tuple(v for s in states for v in (s["name"], round(s["atNationalPrices"]))) == expected
