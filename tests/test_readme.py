"""The README keeps its word: its queries run, and its tables name what there is."""

import re
from pathlib import Path
from typing import Any

import pytest

from server.settings import Settings
from tests.conftest import Api

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```graphql\n(.*?)```", README, re.DOTALL)


def name_of(query: str) -> str:
    return query.split()[1].partition("(")[0]


def empty(value: Any) -> bool:
    return value in (None, [], {})


def test_there_are_five_queries() -> None:
    assert [name_of(query) for query in QUERIES] == ["Compare", "PeopleAndSkills", "Role", "Search", "Browse"]


@pytest.mark.parametrize("query", QUERIES, ids=name_of)
def test_each_query_answers(api: Api, query: str) -> None:
    data = api.data(query)
    assert not any(empty(value) for value in data.values())


def test_the_search_with_mistakes_finds_the_role(api: Api) -> None:
    [query] = [query for query in QUERIES if name_of(query) == "Search"]
    assert api.data(query)["search"][0]["occupation"]["slug"] == "media-production-specialist"


def test_the_browsing_query_pages(api: Api) -> None:
    [query] = [query for query in QUERIES if name_of(query) == "Browse"]
    first = api.data(query)["occupations"]
    second = api.data(query, {"after": first["pageInfo"]["endCursor"]})["occupations"]
    titles = [node["title"] for page in (first, second) for node in page["nodes"]]
    assert titles == ["Media Producer", "Media Production Specialist"]


def test_every_setting_is_in_the_table() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| `(--[a-z-]+)` \| (?:`([^`]*)` )?\|", README, re.MULTILINE)
    assert rows == [
        (name.upper(), f"--{name.replace('_', '-')}", "" if field.default is None else str(field.default))
        for name, field in Settings.model_fields.items()
    ]
