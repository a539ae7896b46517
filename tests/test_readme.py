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


def test_there_are_nine_queries() -> None:
    names = ["Compare", "SkillsEitherWay", "Occupation", "Rank", "Search", "Titles", "Browse", "BestPaid", "Roles"]
    assert [name_of(query) for query in QUERIES] == names


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
