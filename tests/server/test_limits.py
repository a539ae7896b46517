"""Request limits: each at its maximum and one above it."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from graphql import get_introspection_query
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from execution.limits import list_length_and_depth
from server.app import create_app
from server.settings import Settings
from tests.conftest import Api, serving
from tests.server.hostile_documents import aliased, nested

US = 'area(code: "US") { name }'
GRAPHQL_RESPONSE = "application/graphql-response+json"


def directives(count: int) -> str:
    """Return an operation with a number of directives."""
    return "{ sources { " + "name @skip(if: false) " * count + "} }"


def tokens(count: int) -> str:
    """Return an operation with a number of tokens."""
    return "{ sources { " + "name " * (count - 5) + "} }"


def ids(count: int) -> str:
    """Return a list literal."""
    return f"[{' '.join(['1'] * count)}]"


# For each limit, a document at its maximum and one above it.
AS_WRITTEN: dict[str, tuple[int, Callable[[int], str]]] = {
    "tokens": (1_000, tokens),
    "lines": (5_000, lambda count: "\n" * (count - 1) + "{ sources { name } }"),
    "depth": (10, lambda count: "{ groups { " + nested(count - 2) + " } }"),
    "aliases": (30, lambda count: "{ sources { " + aliased(count, "name") + " } }"),
    "aliasLength": (100, lambda count: "{ sources { " + "a" * count + ": name } }"),
    "directives": (50, directives),
    "rootFields": (20, lambda count: "{ " + aliased(count, "__typename") + " }"),
    "listLength": (250, lambda count: f"{{ nodes(ids: {ids(count)}) {{ id }} }}"),
    "cost": (
        10_000,
        lambda count: (
            "{ occupations(first: 95) { nodes { skills(first: 100) { nodes { percent } } } } "
            f"areas(first: {count - 9_977}) {{ nodes {{ name }} }} }}"
        ),
    ),
}
LIMITS = pytest.mark.parametrize(("limit", "maximum"), [(limit, maximum) for limit, (maximum, _) in AS_WRITTEN.items()])


def refusal(response: httpx2.Response) -> dict[str, Any]:
    """Return the extensions of a response's only error. There must be no data."""
    body = response.json()
    assert body.keys() == {"errors"}, body
    [error] = body["errors"]
    extensions: dict[str, Any] = error["extensions"]
    return extensions


@LIMITS
def test_a_document_at_the_limit_is_not_refused(api: Api, limit: str, maximum: int) -> None:
    body = api.post(AS_WRITTEN[limit][1](maximum)).json()
    # Ids may be 100 at most: that is the field's own limit.
    codes = [error["extensions"]["code"] for error in body.get("errors", ())]
    assert codes == (["BAD_USER_INPUT"] if limit == "listLength" else [])


@LIMITS
def test_a_document_one_above_the_limit_is_refused_with_the_reason(api: Api, limit: str, maximum: int) -> None:
    response = api.post(AS_WRITTEN[limit][1](maximum + 1), accept=GRAPHQL_RESPONSE)
    assert response.status_code == 400
    assert refusal(response) == {
        "code": "LIMIT_EXCEEDED",
        "limit": limit,
        # The parser does not count the tokens above the limit.
        **({} if limit == "tokens" else {"value": maximum + 1}),
        "maximum": maximum,
    }
    message = response.json()["errors"][0]["message"]
    assert (f"more than {maximum:,}" if limit == "tokens" else f"{maximum + 1:,}") in message
    assert message.endswith(f"; the maximum is {maximum:,}.")


def test_all_exceeded_limits_are_named(api: Api) -> None:
    errors = api.post("{ groups { " + nested(12, aliased(40, "code")) + " } }").json()["errors"]
    assert [error["extensions"]["limit"] for error in errors] == ["depth", "aliases"]


# Bodies and variables


def body_of(length: int) -> str:
    """Return a request with a number of bytes."""
    empty = json.dumps({"query": f"{{ {US} }}", "variables": {"filling": ""}})
    return empty.replace('""', f'"{"x" * (length - len(empty))}"')


def test_a_body_may_have_100_000_bytes(api: Api) -> None:
    headers = {"Content-Type": "application/json"}
    response = api.http.post("/graphql", content=body_of(100_000), headers=headers)
    assert response.json() == {"data": {"area": {"name": "United States"}}}
    response = api.http.post("/graphql", content=body_of(100_001), headers=headers)
    assert response.status_code == 413
    assert refusal(response) == {
        "code": "LIMIT_EXCEEDED",
        "limit": "bodyBytes",
        "value": 100_001,
        "maximum": 100_000,
    }


@pytest.mark.parametrize(
    "variables",
    [
        pytest.param('{"ids": IDS}', id="a variable"),
        pytest.param('{"ids": ["x"], "unused": {"deep": [[IDS]]}}', id="deep in an unused one"),
    ],
)
def test_a_list_in_the_variables_may_have_250_items(api: Api, variables: str) -> None:
    def having(items: int) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(variables.replace("IDS", json.dumps(["x"] * items)))
        return read

    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert api.error(query, having(250))["extensions"]["code"] == "BAD_USER_INPUT"
    assert refusal(api.post(query, having(251))) == {
        "code": "LIMIT_EXCEEDED",
        "limit": "listLength",
        "value": 251,
        "maximum": 250,
    }


_DEEP = 1_000
_VALUES = st.recursive(st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(st.lists(_VALUES, max_size=3), st.integers(0, 30), st.integers(0, 20))
def test_the_longest_list_is_found_at_any_depth(around: list[Any], length: int, depth: int) -> None:
    value: Any = {"x": list(range(length))}
    for _ in range(depth):
        value = [{"deep": value}]
    longest_around, _ = list_length_and_depth(around, _DEEP)
    assert list_length_and_depth([*around, value], _DEEP)[0] == max(longest_around, length, len(around) + 1)
    assert list_length_and_depth([0] * 40 + around, _DEEP)[0] == max(longest_around, 40 + len(around))


@given(st.integers(0, 60), st.integers(0, 50))
def test_the_nesting_of_a_value_is_counted_up_to_the_limit(depth: int, deepest: int) -> None:
    value: Any = 1
    for level in range(depth):
        value = [value] if level % 2 else {"x": value}
    assert list_length_and_depth(value, deepest)[1] == min(depth, deepest + 1)


# Settings


@pytest.mark.parametrize(
    ("setting", "query", "limit"),
    [
        ("max_tokens", tokens(11), "tokens"),
        ("max_depth", "{ groups { " + nested(9) + " } }", "depth"),
        ("max_aliases", "{ sources { " + aliased(11, "name") + " } }", "aliases"),
        ("max_directives", "{ sources { " + "name @skip(if: false) " * 11 + " } }", "directives"),
        ("max_root_fields", "{ " + aliased(11, "__typename") + " }", "rootFields"),
        ("max_list_length", f"{{ nodes(ids: {ids(11)}) {{ id }} }}", "listLength"),
        ("max_cost", "{ occupations(first: 10) { nodes { title } } }", "cost"),
        ("max_answer_bytes", "{ sources { name } }", "answerBytes"),
        ("max_page_size", "{ occupations(first: 11) { nodes { title } } }", "pageSize"),
    ],
)
def test_each_limit_can_be_set(database_url: str, setting: str, query: str, limit: str) -> None:
    app = create_app(Settings.model_validate({"database_url": database_url, setting: 10}))
    with TestClient(app) as client:
        extensions = refusal(client.post("/graphql", json={"query": query}))
    value = None if limit in ("tokens", "answerBytes") else 11
    assert (extensions["limit"], extensions.get("value"), extensions["maximum"]) == (limit, value, 10)


# Depth


@pytest.mark.parametrize("options", [{}, {"descriptions": False, "input_value_deprecation": True}])
def test_introspection_by_tools_is_not_too_deep(api: Api, options: dict[str, bool]) -> None:
    assert "errors" not in api.post(get_introspection_query(**options)).json()


def test_introspection_is_answered_under_the_smallest_depth(database_url: str) -> None:
    with TestClient(create_app(Settings(database_url=database_url, max_depth=1))) as client:
        body = client.post("/graphql", json={"query": get_introspection_query()}).json()
    assert body.keys() == {"data"}


@pytest.mark.parametrize(
    ("query", "depth"),
    [
        pytest.param("{ groups { ...F } } fragment F on OccupationGroup { " + nested(9) + " }", 11, id="a fragment"),
        pytest.param("{ groups { ... on OccupationGroup { " + nested(9) + " } } }", 11, id="an inline fragment"),
        pytest.param(
            "query A { sources { name } } query B { groups { " + nested(9) + " } }", 11, id="another operation"
        ),
        pytest.param(
            "{ groups { ...A ...B } } fragment A on OccupationGroup { code } "
            "fragment B on OccupationGroup { parent { ...C } } fragment C on OccupationGroup { " + nested(9) + " }",
            12,
            id="a fragment in a fragment",
        ),
    ],
)
def test_depth_is_counted_through_fragments(api: Api, query: str, depth: int) -> None:
    assert refusal(api.post(query)) == {"code": "LIMIT_EXCEEDED", "limit": "depth", "value": depth, "maximum": 10}


# Cost


def cost(api: Api, query: str, variables: dict[str, Any] | None = None) -> int:
    """Return the cost in the response to a query."""
    body = {"query": query, "variables": variables, "extensions": {"cost": True}}
    answer = api.http.post("/graphql", json=body).json()
    assert "errors" not in answer, answer
    assert answer["extensions"]["cost"]["maximum"] == 10_000
    requested: int = answer["extensions"]["cost"]["requested"]
    return requested


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("{ __typename }", 0, id="a scalar"),
        pytest.param('{ area(code: "US") { name code } }', 1, id="an object"),
        pytest.param("{ sources { name } }", 40, id="a list without pages"),
        pytest.param("{ occupations(first: 7) { totalCount } }", 1 + 5, id="a connection without its items"),
        pytest.param("{ occupations(first: 7) { nodes { title } } }", 1 + 7, id="nodes"),
        pytest.param("{ occupations(first: 7) { edges { cursor } } }", 1 + 7, id="edges"),
        pytest.param("{ occupations(first: 7) { edges { node { title } } } }", 1 + 7 * 2, id="nodes of edges"),
        pytest.param("{ occupations(last: 7) { nodes { title } } }", 1 + 7, id="the last"),
        pytest.param("{ occupations { nodes { title } } }", 1 + 20, id="the default size"),
        pytest.param("{ occupations(first: null) { nodes { title } } }", 1 + 20, id="null"),
        pytest.param("{ occupations(first: 7) { nodes { title } pageInfo { endCursor } } }", 1 + 7 + 1, id="page info"),
        pytest.param(
            "{ groups { parent { children { code } } } }",
            22 * (1 + 1 + 22),
            id="nested lists",
        ),
        pytest.param(
            "{ occupations(first: 1) { nodes { group { children { code } } } } }", 1 + 2 + 22, id="a list in a page"
        ),
        pytest.param('{ search(text: "media") { score } }', 700 + 10, id="a list with a page's size"),
        pytest.param('{ search(text: "media", first: 3) { occupation { title } } }', 700 + 3 * 2, id="a list of 3"),
        pytest.param(
            "{ occupations(first: 5) { nodes { salary { annual { mean } } "
            "skills(first: 2) { nodes { skill { name } } } } } }",
            1 + 5 * (1 + 2 + 3 + 1 + 2 * 2),
            id="pages in a page",
        ),
        pytest.param(
            "{ occupations(first: 5) { nodes { demographics { gender { name } } } } }",
            1 + 5 * (1 + 1 + 2),
            id="a list without pages in a page",
        ),
        pytest.param('{ area(code: "US") { name } area(code: "US") { code } }', 1, id="a field asked for twice"),
        pytest.param(
            "{ ...A ...B } fragment A on Query { sources { name } groups { code parent { code } } } "
            "fragment B on Query { groups { title parent { title } } }",
            40 + 22 * 2,
            id="a field asked for by two fragments",
        ),
        pytest.param('{ a: area(code: "US") { name } b: area(code: "US") { name } }', 2, id="a field under two names"),
        pytest.param(
            '{ node(id: "T2NjdXBhdGlvbjpub2JvZHk") { id ... on Occupation { group { code } } ... on Skill { kind } } }',
            2,
            id="parts for two types",
        ),
        pytest.param("{ sources @skip(if: true) { name } groups @include(if: true) { code } }", 22, id="directives"),
        pytest.param('{ __type(name: "Area") { name } }', 2, id="a type"),
        pytest.param("query A { sources { name } } ", 40, id="a named operation"),
    ],
)
def test_what_a_query_costs(api: Api, query: str, expected: int) -> None:
    assert cost(api, query) == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        pytest.param({"n": 3, "more": True}, 1 + 3 * 2, id="given"),
        pytest.param({"n": 3}, 1 + 3, id="one by default"),
        pytest.param({"n": 3, "more": False}, 1 + 3, id="given as by default"),
        pytest.param({}, 1 + 4, id="all by default"),
        pytest.param({"n": None, "more": True}, 1 + 20 * 2, id="null is as if it were not there"),
        pytest.param({"n": 0, "more": True}, 1, id="an empty page"),
        pytest.param({"n": 30.0, "more": True}, 1 + 30 * 2, id="a number that is whole"),
    ],
)
def test_variables_decide_what_a_query_costs(api: Api, variables: dict[str, Any], expected: int) -> None:
    query = """query ($n: Int = 4, $more: Boolean! = false) {
        occupations(first: $n) { nodes { title group @include(if: $more) { title } } }
    }"""
    assert cost(api, query, variables) == expected


@pytest.mark.parametrize(("ids", "expected"), [("a", 2), (["a"], 2), (["a"] * 100, 200)])
def test_objects_requested_by_ids_cost_their_number(api: Api, ids: object, expected: int) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Occupation { group { code } } } }"
    response = api.http.post("/graphql", json={"query": query, "variables": {"ids": ids}, "extensions": {"cost": True}})
    # These ids are malformed, which is found after the cost.
    assert response.json()["extensions"]["cost"]["requested"] == expected


def test_nested_lists_of_the_same_type_are_refused(api: Api) -> None:
    error = api.error("{ groups { " + "parent { children { " * 4 + "code" + " } }" * 4 + " } }")
    assert error["extensions"]["limit"] == "cost"


def test_a_page_size_that_is_too_large_is_refused_as_a_float(api: Api) -> None:
    error = api.error("query ($n: Int) { occupations(first: $n) { totalCount } }", {"n": 101.0})
    assert error["extensions"]["limit"] == "pageSize"


def test_a_negative_page_size_does_not_lower_the_cost(api: Api) -> None:
    page = "occupations(first: %s) { nodes { skills(first: 100) { nodes { percent } } } }"
    error = api.error(f"{{ a: {page % -100} b: {page % 100} }}")
    assert (error["extensions"]["limit"], error["extensions"]["value"]) == ("cost", 1 + (1 + 100 * 105))


def test_the_cost_of_an_invalid_value_is_not_cached_for_a_valid_one(database_url: str) -> None:
    with serving(database_url, max_cost=40) as api:
        query = "query ($b: Boolean!) { sources { name } groups @skip(if: $b) { code parent { code } } }"
        api.error(query, {"b": 1})
        assert api.data(query, {"b": True})["sources"]


def test_cached_documents_are_weighed_by_their_memory(database_url: str) -> None:
    with serving(database_url) as api:
        # If one character takes four bytes, all do.
        api.data(f'{{ area(code: "{"x" * 90_000}\N{SLIGHTLY SMILING FACE}") {{ name }} }}')
        assert api.app.state.service.documents.weight > 2 * 4 * 90_000 // 350


def test_the_cost_is_returned_only_on_request(api: Api) -> None:
    for extensions in ({}, {"cost": False}, {"cost": "yes"}):
        body = {"query": f"{{ {US} }}", "extensions": extensions}
        assert api.http.post("/graphql", json=body).json().keys() == {"data"}


def test_only_the_operation_that_is_run_costs(api: Api) -> None:
    related = "{ nodes { related(first: 100) { nodes { rank } } } }"
    query = f"query Small {{ {US} }} query Large {{ occupations(first: 100) {related} }}"
    assert api.http.post("/graphql", json={"query": query, "operationName": "Small"}).json()["data"]
    large = api.http.post("/graphql", json={"query": query, "operationName": "Large"})
    assert refusal(large) == {"code": "LIMIT_EXCEEDED", "limit": "cost", "value": 10_601, "maximum": 10_000}


PAGE = """{ occupations(first: 100) { totalCount nodes {
    title
    group { title }
    salary { annual { mean median } hourly { mean } employment area { name } missing { figure } source { name } }
    outlook { growthPercent source { name } }
    education { mostCommonDegree degrees { name percent } typicalEntry source { name } }
    demographics { medianAge gender { name percent } race { name percent } source { name } }
    skills(first: 10) { totalCount nodes { importance skill { name } source { name } } }
} pageInfo { endCursor hasNextPage } } }"""


def test_a_page_of_100_occupations_with_all_their_figures_is_within_the_limits(api: Api) -> None:
    skills = 3 + 1 + 5 + 10 * 3
    assert cost(api, PAGE) == 1 + 5 + 100 * (1 + 1 + (5 + 1 + 17) + 2 + (2 + 7) + (2 + 2 + 6) + skills) + 1 == 8_507


def aliases_of_unknown_places(count: int) -> str:
    """Return an operation in which a number of aliases fail for each of 100 occupations."""
    fields = " ".join(f'a{number}: salary(area: "no {number}") {{ employment }}' for number in range(count))
    return f"{{ occupations(first: 100) {{ nodes {{ {fields} }} }} }}"


def test_an_operation_of_which_many_fields_fail_is_refused(full_api: Api) -> None:
    body = full_api.post(aliases_of_unknown_places(10)).json()
    assert len(body["errors"]) == 1_000
    assert body["data"]["occupations"]["nodes"][0]["a0"] is None
    assert full_api.post(aliases_of_unknown_places(11)).json() == {
        "errors": [
            {
                "message": "More than 1,000 fields have errors. Correct their arguments, or request fewer objects.",
                "extensions": {"code": "LIMIT_EXCEEDED", "limit": "errors", "maximum": 1000},
            }
        ]
    }


def test_fields_that_fail_below_others_are_counted_too(full_api: Api) -> None:
    missing = 'comparison(left: {code: "00-0000"}, right: {code: "00-0000"}) { summary }'
    below = aliases_of_unknown_places(11)[1:-1]
    assert refusal(full_api.post(f"{{ {missing} {below} }}"))["limit"] == "errors"
