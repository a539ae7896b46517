"""Documents that differ only in literals are parsed once and answered each with its own values."""

import re
from typing import Any

import pytest

from execution.document_cache import DocumentCache
from tests.conftest import Api, serving
from tests.test_readme import QUERIES

CODES = ["27-2012", "27-3031", "27-4032", "27-3043"]
TITLE = '{ occupation(by: {code: "%s"}) { code title } }'


def documents_of(api: Api) -> DocumentCache:
    """Return the server's document cache."""
    documents: DocumentCache = api.app.state.service.documents
    return documents


def by_itself(api: Api, query: str) -> Any:
    """Return the response to a text without templates, as with GET."""
    return api.http.get("/graphql", params={"query": query}).json()


def test_each_text_is_answered_with_its_own_values(full_api: Api) -> None:
    texts = [TITLE % code for code in CODES * 2]
    assert [full_api.data(text)["occupation"]["code"] for text in texts] == CODES * 2
    assert documents_of(full_api).by_template(TITLE % "x") is not None
    assert documents_of(full_api).by_template(TITLE.replace("title", "slug") % "x") is None


def test_variables_of_the_client_are_kept(full_api: Api) -> None:
    query = 'query ($with: Boolean!) { occupation(by: {code: "%s"}) { code title @include(if: $with) } }'
    answers = [full_api.data(query % code, {"with": code == "27-4032", "_0": "x"})["occupation"] for code in CODES]
    assert [answer["code"] for answer in answers] == CODES
    assert ["title" in answer for answer in answers] == [False, False, True, False]


def test_operations_are_chosen_by_name(full_api: Api) -> None:
    query = "query Named { occupation(by: {code: %s}) { code } }"
    for code in CODES:
        body = {"query": query % f'"{code}"', "operationName": "Named"}
        assert full_api.http.post("/graphql", json=body).json() == {"data": {"occupation": {"code": code}}}
    body = {"query": query % '"27-2012"', "operationName": "Other"}
    error = full_api.http.post("/graphql", json=body).json()["errors"][0]
    assert error["extensions"]["code"] == "OPERATION_RESOLUTION_FAILURE"


@pytest.mark.parametrize(
    ("query", "good", "bad"),
    [
        pytest.param(
            '{ comparison(left: {code: "27-2012"},  right: {code: %s}) { area { code } } }',
            ['"27-3031"', '"27-4032"', '"27-3043"'],
            '"unknown"',
            id="nothing found",
        ),
        pytest.param("{ occupations(first: %s) { totalCount } }", ["1", "2", "3"], "101", id="too large a page"),
        pytest.param(
            "{ occupations(first: %s) { totalCount } }", ["1", "2", "3"], "2147483648", id="too large a number"
        ),
        pytest.param("{ occupations(first: %s) { totalCount } }", ["1", "2", "3"], "-1", id="a negative number"),
        pytest.param("{ occupations(first: %s) { totalCount } }", ["1", "2", "3"], "1.0", id="another kind of number"),
        pytest.param("{ search(text: %s) { score } }", ['"a"', '"b"', '"c"'], '"\\u{1F}"', id="an escape"),
        pytest.param("{ search(text: %s) { score } }", ['"a"', '"b"', '"c"'], "#", id="a comment"),
        pytest.param("{ occupation(by: {id: %s}) { title } }", ['"a"', '"b"', '"c"'], '"T2NjdXBhdGlvbg"', id="no id"),
        pytest.param("{ salary: __typename nodes(ids: [%s]) { id } }", ['"a"', '"b"', '"c"'], '"a" "a"', id="more ids"),
    ],
)
def test_errors_have_locations_in_the_text(api: Api, query: str, good: list[str], bad: str) -> None:
    for value in good:
        assert api.post(query % value).json() == by_itself(api, query % value)
    response = api.post(query % f"  {bad}").json()
    assert response == by_itself(api, query % f"  {bad}")


def test_errors_of_fields_have_locations_in_the_text(full_api: Api) -> None:
    query = '{\n  comparison(left: {code: "27-2012"}, right: {code: "%s"}) { summary }\n}'
    for code in CODES[1:]:
        full_api.data(query % code)
    assert documents_of(full_api).by_template(query % "unknown") is not None
    error = full_api.error(query % "unknown")
    assert (error["locations"], error["path"]) == ([{"line": 2, "column": 3}], ["comparison"])
    assert error["extensions"]["code"] == "NOT_FOUND"


def test_costs_are_those_of_the_text(api: Api) -> None:
    query = "{ occupations(first: %d) { nodes { title } } }"
    for size in (1, 5, 30, 7):
        body = {"query": query % size, "extensions": {"cost": True}}
        assert api.http.post("/graphql", json=body).json()["extensions"]["cost"]["requested"] == 1 + size


def test_entity_tags_follow_from_the_text(database_url: str) -> None:
    query = TITLE % "27-2012"
    with serving(database_url) as api:
        tag = api.http.get("/graphql", params={"query": query}).headers["ETag"]
    with serving(database_url) as api:
        for code in CODES[1:]:
            api.data(TITLE % code)
        assert api.http.get("/graphql", params={"query": query}).headers["ETag"] == tag


@pytest.mark.parametrize("query", QUERIES)
def test_queries_of_the_readme_are_answered_alike_by_templates(full_api: Api, query: str) -> None:
    for ending in "xy":
        full_api.post(re.sub('"(.+?)"', rf'"\1{ending}"', query))
    assert full_api.post(query).json() == by_itself(full_api, query)
