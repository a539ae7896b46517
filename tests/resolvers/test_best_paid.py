"""Lists and rankings of occupations by the wages of an area or an industry."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from db.models import Area, Industry
from db.vocabulary import AreaKind
from db.writing import writing
from tests.conftest import COLD, Api, serving
from tests.resolvers.labor_market import cell, store_occupation, store_surroundings

LISTED = """query (
    $area: String, $industry: String, $filter: OccupationFilter, $order: OccupationOrder,
    $first: Int, $after: String, $last: Int, $before: String
) {
    occupations(
        area: $area, industry: $industry, filter: $filter, orderBy: $order,
        first: $first, after: $after, last: $last, before: $before
    ) {
        totalCount nodes { slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}"""
ALL = ["actors", "bakers", "cooks", "divers"]
PLACES: dict[str, tuple[dict[str, str], list[str]]] = {
    "nation": ({}, ["cooks", "bakers", "divers", "actors"]),
    "state": ({"area": "TX"}, ["bakers", "cooks", "actors", "divers"]),
    "metropolitan area": ({"area": "12420"}, ["divers", "bakers", "actors", "cooks"]),
    "sector": ({"industry": "51"}, ["bakers", "divers", "actors", "cooks"]),
    "industry": ({"industry": "512100"}, ["cooks", "actors", "bakers", "divers"]),
}
"""The arguments for each place, and its occupations by mean annual wage, highest first."""
HOURLY_ONLY = {"annual_mean": {"reason": "HOURLY_ONLY"}}
TOP_CODED = {"annual_mean": {"reason": "TOP_CODED", "at_least": 239_200}}


@pytest.fixture(scope="module")
def market(migrated_database: Callable[[], str]) -> Iterator[Api]:
    """Four occupations whose order by wages differs from place to place. Actors are only paid by the hour."""
    url = migrated_database()
    with writing(url) as session:
        store_surroundings(session)
        session.add(Area(code="TX", name="Texas", kind=AreaKind.STATE))
        session.add(Area(code="12420", name="Austin-Round Rock-San Marcos, TX", kind=AreaKind.METRO))
        session.add(Industry(code="51--52", title="Sector 51 - Information", display_level=2))
        session.add(Industry(code="512100", title="Motion Picture and Video Industries", display_level=4))
        session.flush()
        actors, bakers, cooks, divers = (store_occupation(session, slug) for slug in ALL)
        session.add_all(
            [
                cell(actors, hourly_mean=58.29, hourly_median=29.05, employment=500, missing=HOURLY_ONLY),
                cell(bakers, annual_mean=40_000, annual_median=39_000, hourly_mean=19.23, employment=100),
                cell(cooks, annual_mean=50_000, annual_median=38_000, hourly_mean=24.04, employment=300),
                cell(divers, annual_mean=30_000, annual_median=37_000, hourly_mean=14.42, employment=200),
                cell(actors, "TX", hourly_mean=30, employment=5),
                cell(bakers, "TX", annual_mean=60_000, wage_standard_error_percent=5, employment=10),
                cell(cooks, "TX", annual_mean=55_000, wage_standard_error_percent=5, employment=40),
                cell(cooks, "12420", missing=TOP_CODED),
                cell(bakers, "12420", annual_mean=41_000),
                cell(divers, "12420", annual_mean=90_000),
                cell(bakers, industry="51--52", annual_mean=70_000, wage_standard_error_percent=1),
                cell(divers, industry="51--52", annual_mean=35_000, wage_standard_error_percent=1),
                cell(cooks, industry="512100", annual_mean=80_000),
            ]
        )
    with serving(url, **COLD) as served:
        yield served


def listed(api: Api, **variables: Any) -> dict[str, Any]:
    found: dict[str, Any] = api.data(LISTED, variables)["occupations"]
    return found


def slugs(page: dict[str, Any]) -> list[str]:
    return [node["slug"] for node in page["nodes"]]


def by(field: str, direction: str = "DESC") -> dict[str, str]:
    return {"field": field, "direction": direction}


@pytest.mark.parametrize("name", PLACES)
def test_a_list_is_in_the_order_of_the_places_wages_in_pages_of_both_directions(market: Api, name: str) -> None:
    place, expected = PLACES[name]
    page: dict[str, Any] = {}
    forward, cursor = list[str](), None
    for _ in expected:
        page = listed(market, **place, order=by("MEAN_WAGE"), first=1, after=cursor)
        forward += slugs(page)
        cursor = page["pageInfo"]["endCursor"]
        assert page["totalCount"] == len(ALL)
    assert (forward, page["pageInfo"]["hasNextPage"]) == (expected, False)
    backward, cursor = list[str](), None
    for _ in expected:
        page = listed(market, **place, order=by("MEAN_WAGE"), last=1, before=cursor)
        backward += slugs(page)
        cursor = page["pageInfo"]["startCursor"]
    assert (backward, page["pageInfo"]["hasPreviousPage"]) == (expected[::-1], False)


@pytest.mark.parametrize(
    ("place", "order", "expected"),
    [
        # Occupations without the figure there come last in both directions, by slug.
        ({"area": "TX"}, by("MEAN_WAGE", "ASC"), ["cooks", "bakers", "actors", "divers"]),
        ({"area": "TX"}, by("MEDIAN_WAGE"), ALL),
        ({"area": "TX"}, by("HOURLY_MEAN_WAGE"), ALL),
        ({"area": "TX"}, by("EMPLOYMENT"), ["cooks", "bakers", "actors", "divers"]),
        ({}, by("HOURLY_MEAN_WAGE"), ["actors", "cooks", "bakers", "divers"]),
        ({}, by("HOURLY_MEDIAN_WAGE"), ALL),
        ({}, by("MEDIAN_WAGE"), ["bakers", "cooks", "divers", "actors"]),
        ({"industry": "512130"}, by("MEAN_WAGE"), ["cooks", "actors", "bakers", "divers"]),
        ({"industry": "51", "area": "US"}, by("TITLE"), ALL[::-1]),
        ({"area": "TX", "industry": "000000"}, by("MEAN_WAGE"), ["bakers", "cooks", "actors", "divers"]),
        ({"area": None, "industry": None}, by("MEAN_WAGE"), ["cooks", "bakers", "divers", "actors"]),
    ],
)
def test_each_order_goes_by_the_places_figures(
    market: Api, place: dict[str, Any], order: dict[str, str], expected: list[str]
) -> None:
    assert slugs(listed(market, **place, order=order)) == expected


@pytest.mark.parametrize(
    ("place", "bounds", "expected"),
    [
        ({}, {"annualMean": {"atLeast": 40_000}}, ["bakers", "cooks"]),
        ({"area": "TX"}, {"annualMean": {"atLeast": 0}}, ["bakers", "cooks"]),
        ({"area": "TX"}, {"annualMean": {"atMost": 1_000_000}}, ["bakers", "cooks"]),
        ({"area": "TX"}, {"annualMean": {"atLeast": 56_000}}, ["bakers"]),
        ({"area": "TX"}, {"annualMedian": {"atLeast": 0}}, []),
        ({"area": "TX"}, {"employment": {"atMost": 10}}, ["actors", "bakers"]),
        ({"area": "TX"}, {"hourlyMean": {"atLeast": 30}}, ["actors"]),
        ({"area": "12420"}, {"annualMean": {"atLeast": 42_000}}, ["divers"]),
        ({"industry": "51"}, {"annualMean": {"atMost": 40_000}}, ["divers"]),
        ({}, {"hourlyMean": {"atLeast": 19}}, ["actors", "bakers", "cooks"]),
        ({}, {"hourlyMedian": {"atMost": 30}}, ["actors"]),
    ],
)
def test_bounds_go_by_the_places_figures(
    market: Api, place: dict[str, str], bounds: dict[str, Any], expected: list[str]
) -> None:
    page = listed(market, **place, filter=bounds)
    assert (slugs(page), page["totalCount"]) == (expected, len(expected))


@pytest.mark.parametrize(
    ("place", "reason", "expected"),
    [
        ({}, "HOURLY_ONLY", ["actors"]),
        ({}, "TOP_CODED", []),
        ({"area": "12420"}, "TOP_CODED", ["cooks"]),
        ({"area": "12420"}, "NOT_COLLECTED", ["actors"]),
        ({"area": "TX"}, "NOT_COLLECTED", ["actors", "divers"]),
        ({"industry": "512100"}, "NOT_COLLECTED", ["actors", "bakers", "divers"]),
    ],
)
def test_occupations_without_a_mean_are_listed_by_the_reason(
    market: Api, place: dict[str, str], reason: str, expected: list[str]
) -> None:
    page = listed(market, **place, filter={"annualMeanMissing": reason})
    assert (slugs(page), page["totalCount"]) == (expected, len(expected))


@pytest.mark.parametrize("name", PLACES)
def test_a_page_takes_two_statements_and_one_to_look_up_the_place(market: Api, name: str) -> None:
    place, _ = PLACES[name]
    for first in (1, len(ALL)):
        with market.statements() as run:
            listed(market, **place, order=by("MEAN_WAGE"), filter={"employment": {"atLeast": 0}}, first=first)
        assert len(run) == 2 + (1 if place else 0), run


def test_a_cursor_of_one_place_starts_at_the_same_figure_in_another(market: Api) -> None:
    cursor = listed(market, area="TX", order=by("MEAN_WAGE"), first=1)["pageInfo"]["endCursor"]
    assert slugs(listed(market, area="12420", order=by("MEAN_WAGE"), after=cursor)) == ["bakers", "actors", "cooks"]


REFUSALS = [
    ({"area": "ZZ"}, "area", 'no area has the code "ZZ"; areas(text:) finds codes'),
    ({"industry": "ZZ"}, "industry", 'no industry has the code "ZZ"; industries(text:) finds codes'),
    (
        {"area": "TX", "industry": "51"},
        "industry",
        'no source publishes wages by industry in the area "TX", only for the nation; leave out area or industry',
    ),
]


@pytest.mark.parametrize(("place", "argument", "problem"), REFUSALS)
def test_a_place_without_wages_is_refused(market: Api, place: dict[str, str], argument: str, problem: str) -> None:
    query = """query ($area: String, $industry: String) {
        %s
    }"""
    for field in (
        "occupations(area: $area, industry: $industry) { totalCount }",
        'ranking(occupations: [{slug: "bakers"}, {slug: "cooks"}], area: $area, industry: $industry) { caveats }',
    ):
        error = market.error(query % field, place)
        assert error["message"] == f'Argument "{argument}": {problem}.'
        assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": argument}


def test_an_industry_of_an_area_is_listed_where_a_source_publishes_it(migrated_database: Callable[[], str]) -> None:
    url = migrated_database()
    with writing(url) as session:
        store_surroundings(session)
        session.add(Area(code="TX", name="Texas", kind=AreaKind.STATE))
        session.add(Industry(code="512100", title="Motion Picture and Video Industries", display_level=4))
        session.flush()
        bakers, cooks = (store_occupation(session, slug) for slug in ("bakers", "cooks"))
        session.add(cell(bakers, "TX", "512100", annual_mean=40_000))
        session.add(cell(cooks, "TX", "512100", annual_mean=50_000))
    with serving(url) as api:
        assert slugs(listed(api, area="TX", industry="5121", order=by("MEAN_WAGE"))) == ["cooks", "bakers"]


RANKED = """query ($area: String, $industry: String) {
    ranking(occupations: [{slug: "bakers"}, {slug: "cooks"}, {slug: "divers"}], area: $area, industry: $industry) {
        area { code } industry { code }
        entries { rank occupation { slug } value tiedWith { slug } missing { reason } }
    }
}"""


def entry(rank: int | None, slug: str, mean: float | None, *tied: str, missing: str | None = None) -> dict[str, Any]:
    return {
        "rank": rank,
        "occupation": {"slug": slug},
        "value": mean,
        "tiedWith": [{"slug": one} for one in tied],
        "missing": missing and {"reason": missing},
    }


def test_a_ranking_goes_by_an_areas_or_an_industrys_wages(market: Api) -> None:
    assert market.data(RANKED, {"area": "TX"})["ranking"] == {
        "area": {"code": "TX"},
        "industry": {"code": "000000"},
        "entries": [
            entry(1, "bakers", 60_000, "cooks"),
            entry(2, "cooks", 55_000, "bakers"),
            entry(None, "divers", None, missing="NOT_COLLECTED"),
        ],
    }
    assert market.data(RANKED, {"industry": "51"})["ranking"] == {
        "area": {"code": "US"},
        "industry": {"code": "51--52"},
        "entries": [
            entry(1, "bakers", 70_000),
            entry(2, "divers", 35_000),
            entry(None, "cooks", None, missing="NOT_COLLECTED"),
        ],
    }
