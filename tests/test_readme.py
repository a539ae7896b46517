"""The queries of the README run."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Api

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```graphql\n(.*?)```", README, re.DOTALL)


def name_of(query: str) -> str:
    return query.split()[1].partition("(")[0]


def empty(value: Any) -> bool:
    return value in (None, [], {})


NAMES = "Compare SkillsEitherWay Occupation Rank Search Titles Browse BestPaid TwoPlaces Interests History Roles"


def test_the_queries() -> None:
    assert [name_of(query) for query in QUERIES] == NAMES.split()


@pytest.mark.parametrize("query", QUERIES, ids=name_of)
def test_each_query_answers(full_api: Api, query: str) -> None:
    data = full_api.data(query)
    assert not any(empty(value) for value in data.values())


def test_the_search_with_mistakes_finds_the_occupation(full_api: Api) -> None:
    [query] = [query for query in QUERIES if name_of(query) == "Search"]
    assert full_api.data(query)["search"][0]["occupation"] == {"code": "15-1252", "title": "Software Developers"}


def test_the_browsing_query_pages(full_api: Api) -> None:
    [query] = [query for query in QUERIES if name_of(query) == "Browse"]
    first = full_api.data(query)["occupations"]
    second = full_api.data(query, {"after": first["pageInfo"]["endCursor"]})["occupations"]
    medians = [node["salary"]["annual"]["median"] for page in (first, second) for node in page["nodes"]]
    assert len(medians) == min(10, first["totalCount"])
    assert medians == sorted(medians, reverse=True)


def test_the_same_job_in_two_places(full_api: Api) -> None:
    [query] = [query for query in QUERIES if name_of(query) == "TwoPlaces"]
    found = full_api.data(query)["occupation"]
    pay = {
        place: (row["area"]["priceParity"], row["annual"]["mean"], row["atNationalPrices"]["mean"])
        for place, row in found.items()
        if place != "highestPaying"
    }
    # 221,710 / 1.1287 and 143,630 / 0.9762.
    assert pay == {"sanJose": (112.87, 221710, 196429.5207), "austin": (97.62, 143630, 147131.7353)}


def test_the_best_paid_occupations_in_texas(full_api: Api) -> None:
    [query] = [query for query in QUERIES if name_of(query) == "BestPaid"]
    nodes = full_api.data(query)["occupations"]["nodes"]
    assert [(node["title"], node["salary"]["annual"]["mean"]) for node in nodes] == [
        ("Chief Executives", 310660),
        ("Airline Pilots, Copilots, and Flight Engineers", 275710),
        ("Architectural and Engineering Managers", 187520),
        ("Computer and Information Systems Managers", 181500),
        ("Financial Managers", 180170),
    ]
    # Pilots are paid by the year.
    assert [node["salary"]["hourly"] is None for node in nodes] == [False, True, False, False, False]
