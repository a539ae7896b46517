"""Errors name the invalid argument and the reason, and no input breaks the server."""

import base64
import json
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Api
from tests.examples import examples

# Every list, with a placeholder for its arguments.
LISTS = {
    "occupations": "{ occupations(ARGS) { totalCount } }",
    "areas": "{ areas(ARGS) { totalCount } }",
    "skills": "{ skills(ARGS) { totalCount } }",
    "responsibilities": '{ occupation(by: {slug: "media-producer"}) { responsibilities(ARGS) { totalCount } } }',
    "skills of an occupation": '{ occupation(by: {slug: "media-producer"}) { skills(ARGS) { totalCount } } }',
    "alternate titles": '{ occupation(by: {slug: "media-producer"}) { alternateTitles(ARGS) { totalCount } } }',
    "related occupations": '{ occupation(by: {slug: "media-producer"}) { related(ARGS) { totalCount } } }',
    "occupations of a group": '{ group(code: "27-0000") { occupations(ARGS) { totalCount } } }',
    "occupations of a skill": '{ skill(slug: "video-production") { occupations(ARGS) { totalCount } } }',
}
LIST = pytest.mark.parametrize("query", [pytest.param(query, id=name) for name, query in LISTS.items()])

NO_CURSOR = "it is not a cursor of this API; send one from pageInfo or edges"
OTHER_CURSOR = "it is a cursor of another list or another order; start this one without a cursor"
NO_ID = "it is not an id of this API; send the id of an object in a response"


def bad_input(argument: str, problem: str) -> dict[str, Any]:
    """Return the argument that an error names, and the reason."""
    return {
        "message": f'Argument "{argument}": {problem}.',
        "extensions": {"code": "BAD_USER_INPUT", "argument": argument},
    }


def bad_size(argument: str, size: int) -> dict[str, Any]:
    """Return the same for an error about a page size, with the limit if the size is too large."""
    error = bad_input(argument, f"it is {size}; it must be between 0 and 100")
    if size > 100:
        error["extensions"] |= {"limit": "pageSize", "value": size, "maximum": 100}
    return error


def complaint(api: Api, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the same for the only error of a query."""
    error = api.error(query, variables)
    return {"message": error["message"], "extensions": error["extensions"]}


def encoded(content: bytes) -> str:
    """Encode the content of a cursor or an id."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def name_of_order(api: Api, query: str) -> str:
    """Return the name at the start of a list's cursors."""
    data: Any = api.data(query.replace("ARGS", "first: 1").replace("totalCount", "edges { cursor }"))
    while "edges" not in data:
        [data] = data.values()
    cursor: str = data["edges"][0]["cursor"]
    name, *_ = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return str(name)


# Sizes


@LIST
@pytest.mark.parametrize("size", [-1, 101, 1000, 2**31 - 1, -(2**31)])
def test_first_must_be_between_0_and_100(api: Api, query: str, size: int) -> None:
    assert complaint(api, query.replace("ARGS", f"first: {size}")) == bad_size("first", size)


@pytest.mark.parametrize("size", [-1, 101])
def test_last_must_be_between_0_and_100(api: Api, size: int) -> None:
    assert complaint(api, f"{{ occupations(last: {size}) {{ totalCount }} }}") == bad_size("last", size)


@pytest.mark.parametrize("size", [-1, 101])
def test_search_has_a_maximum_size_too(api: Api, size: int) -> None:
    assert complaint(api, f'{{ search(text: "media", first: {size}) {{ score }} }}') == bad_size("first", size)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        pytest.param("last: 1, first: 1", "last", id="last with first"),
        pytest.param('last: 1, after: "x"', "last", id="last with after"),
        pytest.param('before: "x", first: 1', "before", id="before with first"),
        pytest.param('before: "x", after: "x"', "before", id="before with after"),
        pytest.param('before: "x", last: 1, first: 1', "last", id="both with first"),
    ],
)
def test_a_list_is_paged_in_one_direction(api: Api, arguments: str, named: str) -> None:
    problem = "it pages backward and can't be combined with first or after, which page forward"
    assert complaint(api, f"{{ occupations({arguments}) {{ totalCount }} }}") == bad_input(named, problem)


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(2**31, id="more than 32 bits"),
        pytest.param(-(2**31) - 1, id="less than 32 bits"),
        pytest.param(10**30, id="huge"),
        pytest.param(1.5, id="fraction"),
        pytest.param("1", id="text"),
        pytest.param(True, id="boolean"),
        pytest.param([1], id="list"),
        pytest.param({}, id="object"),
    ],
)
def test_a_size_that_is_not_an_integer_names_its_variable(api: Api, size: object) -> None:
    error = complaint(api, "query ($size: Int) { areas(first: $size) { totalCount } }", {"size": size})
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"].startswith("Variable '$size' has invalid value: Int cannot represent ")


# Cursors


@LIST
@pytest.mark.parametrize(
    "cursor",
    [
        pytest.param("", id="empty"),
        pytest.param("x", id="not base64"),
        pytest.param("!!!!", id="no letter of base64"),
        pytest.param("prodüktör", id="not ASCII"),
        pytest.param("\N{NULL}", id="NUL"),
        pytest.param(encoded(b"\xff\xfe\x00"), id="noise inside"),
        pytest.param(encoded(b"[" * 10_000), id="nested without end inside"),
        pytest.param(encoded(b"null"), id="null inside"),
        pytest.param(encoded(b"7"), id="number inside"),
        pytest.param(encoded(b"[]"), id="empty list inside"),
        pytest.param(encoded(b"{}"), id="empty object inside"),
    ],
)
def test_an_invalid_cursor_is_refused(api: Api, query: str, cursor: str) -> None:
    asked = query.replace("ARGS", "after: $cursor").replace("{", "query ($cursor: String) {", 1)
    assert complaint(api, asked, {"cursor": cursor}) == bad_input("after", NO_CURSOR)


def test_an_invalid_before_is_named(api: Api) -> None:
    assert complaint(api, '{ occupations(before: "x") { totalCount } }') == bad_input("before", NO_CURSOR)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param('1, "x"', id="number"),
        pytest.param('1e300, "x"', id="huge number"),
        pytest.param('NaN, "x"', id="NaN"),
        pytest.param('true, "x"', id="boolean"),
        pytest.param('null, "x"', id="null"),
        pytest.param('["x"], "x"', id="list"),
        pytest.param('{"x": "x"}, "x"', id="object"),
        pytest.param('"x", ["x"]', id="list in the last place"),
        pytest.param('"x", null', id="null in the last place"),
        pytest.param('"\\ud800", "x"', id="half a surrogate pair"),
    ],
)
def test_a_cursor_of_strings_has_only_strings(api: Api, values: str) -> None:
    name = name_of_order(api, LISTS["occupations"])
    cursor = encoded(f'["{name}", {values}]'.encode())
    assert complaint(api, f'{{ occupations(after: "{cursor}") {{ totalCount }} }}') == bad_input("after", NO_CURSOR)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param('"1", 1', id="text"),
        pytest.param("1.5, 1", id="fraction"),
        pytest.param("true, 1", id="boolean"),
        pytest.param("null, 1", id="null"),
        pytest.param("[1], 1", id="list"),
        pytest.param(f"{2**31}, 1", id="more than 31 bits"),
        pytest.param(f"{-(2**31) - 1}, 1", id="less than 31 bits"),
        pytest.param(f"{10**40}, 1", id="huge"),
    ],
)
def test_a_cursor_of_integers_has_only_integers(api: Api, values: str) -> None:
    # A weight precedes the two integers of this order.
    query = LISTS["skills of an occupation"]
    cursor = encoded(f'["{name_of_order(api, query)}", 11, {values}]'.encode())
    assert complaint(api, query.replace("ARGS", f'after: "{cursor}"')) == bad_input("after", NO_CURSOR)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param('"50000", "x"', id="text"),
        pytest.param('true, "x"', id="boolean"),
        pytest.param('[1], "x"', id="list"),
        pytest.param('NaN, "x"', id="NaN"),
        pytest.param('1e999, "x"', id="infinity"),
        pytest.param(f'{2**31}, "x"', id="more than 31 bits"),
    ],
)
def test_a_cursor_of_numbers_has_only_numbers(api: Api, values: str) -> None:
    query = LISTS["occupations"].replace("ARGS", "orderBy: {field: MEAN_WAGE}, ARGS")
    cursor = encoded(f'["{name_of_order(api, query)}", {values}]'.encode())
    assert complaint(api, query.replace("ARGS", f'after: "{cursor}"')) == bad_input("after", NO_CURSOR)


@pytest.mark.parametrize("values", ["", '"x"', '"x", "x", "x"'])
def test_a_cursor_has_one_value_for_each_column_of_its_order(api: Api, values: str) -> None:
    parts = ", ".join(filter(None, (json.dumps(name_of_order(api, LISTS["occupations"])), values)))
    cursor = encoded(f"[{parts}]".encode())
    assert complaint(api, f'{{ occupations(after: "{cursor}") {{ totalCount }} }}') == bad_input("after", OTHER_CURSOR)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param("orderBy: {field: MEAN_WAGE}", id="another field"),
        pytest.param("orderBy: {field: TITLE, direction: DESC}", id="another direction"),
    ],
)
def test_a_cursor_of_another_order_is_refused(api: Api, arguments: str) -> None:
    cursor = api.data("{ occupations { pageInfo { endCursor } } }")["occupations"]["pageInfo"]["endCursor"]
    query = f'{{ occupations({arguments}, after: "{cursor}") {{ totalCount }} }}'
    assert complaint(api, query) == bad_input("after", OTHER_CURSOR)


@LIST
def test_a_cursor_of_another_list_is_refused(api: Api, query: str) -> None:
    other = "{ occupations(orderBy: {field: GROWTH}) { pageInfo { endCursor } } }"
    cursor = api.data(other)["occupations"]["pageInfo"]["endCursor"]
    assert complaint(api, query.replace("ARGS", f'after: "{cursor}"')) == bad_input("after", OTHER_CURSOR)


# Keys of occupations


def test_a_key_with_two_ways_to_name_an_occupation_is_refused(api: Api) -> None:
    problem = "OneOf Input Object 'OccupationKey' must specify exactly one key"
    query = '{ occupation(by: {slug: "media-producer", code: "27-2012"}) { slug } }'
    assert complaint(api, query) == bad_input("by", problem)


def test_a_key_with_no_way_to_name_an_occupation_is_refused(api: Api) -> None:
    problem = "OneOf Input Object 'OccupationKey' must specify exactly one key"
    assert complaint(api, "{ occupation(by: {}) { slug } }") == bad_input("by", problem)


def test_a_key_that_is_null_is_refused(api: Api) -> None:
    problem = "Field 'OccupationKey.slug' must be non-null"
    assert complaint(api, "{ occupation(by: {slug: null}) { slug } }") == bad_input("by", problem)


def test_a_variable_in_a_key_must_not_be_nullable(api: Api) -> None:
    problem = "Variable 'slug' must be non-nullable to be used for OneOf Input Object 'OccupationKey'"
    query = "query ($slug: String) { occupation(by: {slug: $slug}) { slug } }"
    assert complaint(api, query, {"slug": "media-producer"}) == bad_input("by", problem)


@pytest.mark.parametrize(
    ("query", "argument", "problem"),
    [
        pytest.param(
            "{ areas(first: 99999999999) { totalCount } }",
            "first",
            "Int cannot represent non 32-bit signed integer value: 99999999999",
            id="more than 32 bits",
        ),
        pytest.param(
            '{ areas(first: "1") { totalCount } }', "first", 'Int cannot represent non-integer value: "1"', id="text"
        ),
        pytest.param(
            "{ occupation(by: {slug: 5}) { slug } }", "by", "String cannot represent a non string value: 5", id="number"
        ),
        pytest.param(
            "query ($key: OccupationKey! = {}) { occupation(by: $key) { slug } }",
            "$key",
            "OneOf Input Object 'OccupationKey' must specify exactly one key.",
            id="default of a variable",
        ),
    ],
)
def test_an_error_about_a_type_names_the_argument(api: Api, query: str, argument: str, problem: str) -> None:
    assert complaint(api, query) == {
        "message": f'Argument "{argument}": {problem}',
        "extensions": {"code": "BAD_USER_INPUT", "argument": argument},
    }


def test_the_default_of_a_variable_does_not_affect_another_operation(api: Api) -> None:
    error = complaint(
        api,
        """query A { comparison(left: {slug: "x"}, right: {slug: "y"}) { summary } }
        query B($key: OccupationKey! = {}) { occupation(by: $key) { slug } }""",
    )
    assert error["extensions"]["argument"] == "$key"


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_side_with_the_invalid_key_is_named(api: Api, side: str) -> None:
    other = "right" if side == "left" else "left"
    query = f'{{ comparison({other}: {{slug: "media-producer"}}, {side}: {{}}) {{ summary }} }}'
    problem = "OneOf Input Object 'OccupationKey' must specify exactly one key"
    assert complaint(api, query) == bad_input(side, problem)


@pytest.mark.parametrize(
    "key",
    [
        pytest.param({"slug": "media-producer", "code": "27-2012"}, id="two ways"),
        pytest.param({"slug": "media-producer", "code": None}, id="two ways, one null"),
        pytest.param({}, id="no way"),
        pytest.param({"slug": None}, id="null"),
    ],
)
def test_a_whole_key_in_a_variable_follows_the_same_rules(api: Api, key: dict[str, str | None]) -> None:
    response = api.post("query ($key: OccupationKey!) { occupation(by: $key) { slug } }", {"key": key})
    assert response.json().keys() == {"errors"}
    [error] = response.json()["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "by"}
    assert 'Argument "by"' in error["message"]


def test_only_the_keys_of_the_chosen_operation_are_checked(api: Api) -> None:
    query = """
        query One($it: OccupationKey!) { occupation(by: $it) { slug } }
        query Other($it: OccupationFilter!) { occupations(filter: $it) { nodes { slug } } }
    """
    variables = {"it": {"kind": "ROLE", "text": "media producer"}}
    body = {"query": query, "operationName": "Other", "variables": variables}
    assert api.http.post("/graphql", json=body).json() == {
        "data": {"occupations": {"nodes": [{"slug": "media-producer"}]}}
    }


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("media-producer", id="text"),
        pytest.param([{"slug": "media-producer"}], id="list"),
        pytest.param({"name": "Media Producer"}, id="unknown field"),
        pytest.param({"slug": 1}, id="number as slug"),
    ],
)
def test_a_variable_of_the_wrong_type_is_named(api: Api, key: object) -> None:
    error = complaint(api, "query ($key: OccupationKey!) { occupation(by: $key) { slug } }", {"key": key})
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"].startswith("Variable '$key' has invalid value")


@pytest.mark.parametrize("name", ["key", "unused"])
def test_values_that_are_nested_too_deeply_are_refused(api: Api, name: str) -> None:
    query = 'query ($key: OccupationKey! = {slug: "x"}) { occupation(by: $key) { slug } }'
    deep = '{"slug": ' + "[" * 1000 + "]" * 1000 + "}"
    for value in (deep, "[" * 1000 + "]" * 1000):
        variables = f'{{"{name}": {value}}}'
        body = f'{{"query": {json.dumps(query)}, "variables": {variables}}}'
        headers = {"Content-Type": "application/json", "If-None-Match": "*"}
        posted = api.http.post("/graphql", content=body, headers=headers)
        got = api.http.get("/graphql", params={"query": query, "variables": variables}, headers=headers)
        for response in (posted, got):
            [error] = response.json()["errors"]
            assert error["message"] == "The variables are nested too deeply; the maximum is 50 levels."
            assert error["extensions"] == {"code": "BAD_USER_INPUT"}


# Ids


MALFORMED_IDS = [
    pytest.param("", id="empty"),
    pytest.param("media-producer", id="a slug"),
    pytest.param("prodüktör", id="not ASCII"),
    pytest.param(encoded(b"\xff\xfe"), id="noise inside"),
    pytest.param(encoded(b"Occupation"), id="no key inside"),
    pytest.param("!" + encoded(b"Occupation:media-producer"), id="stray character"),
]


@pytest.mark.parametrize("value", MALFORMED_IDS)
def test_a_malformed_id_is_refused(api: Api, value: str) -> None:
    variables = {"id": value}
    assert complaint(api, "query ($id: ID!) { node(id: $id) { id } }", variables) == bad_input("id", NO_ID)
    assert complaint(api, "query ($id: ID!) { nodes(ids: [$id]) { id } }", variables) == bad_input("ids[0]", NO_ID)
    query = "query ($id: ID!) { occupation(by: {id: $id}) { id } }"
    assert complaint(api, query, variables) == bad_input("by.id", NO_ID)


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_side_with_the_malformed_id_is_named(api: Api, side: str) -> None:
    other = "right" if side == "left" else "left"
    query = f'{{ comparison({other}: {{slug: "media-producer"}}, {side}: {{id: "x"}}) {{ summary }} }}'
    assert complaint(api, query) == bad_input(f"{side}.id", NO_ID)


def test_the_id_of_another_type_is_not_an_occupation_key(api: Api) -> None:
    skill = api.data('{ skill(slug: "video-production") { id } }')["skill"]["id"]
    problem = "it is an id of the type Skill; an Occupation's is required"
    assert complaint(api, f'{{ occupation(by: {{id: "{skill}"}}) {{ id }} }}') == bad_input("by.id", problem)


def test_at_most_100_ids_are_looked_up_at_once(api: Api) -> None:
    query, known = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", encoded(b"Skill:video-production")
    assert api.data(query, {"ids": [known] * 100}) == {"nodes": [{"id": known}] * 100}
    problem = "it holds 101 ids; the maximum is 100"
    assert complaint(api, query, {"ids": [known] * 101}) == bad_input("ids", problem)


# Areas and industries


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("ZZ", ""),
        ("", ""),
        ("US ", "did you mean US (United States)? "),
        ("Untied States", "did you mean US (United States)? "),
    ],
)
def test_an_unknown_area_is_refused(api: Api, code: str, hint: str) -> None:
    problem = f'no area has the code "{code}"; {hint}areas(text:) finds codes'
    query = 'query ($code: String!) { occupation(by: {slug: "media-producer"}) { salary(area: $code) { employment } } }'
    assert complaint(api, query, {"code": code}) == bad_input("area", problem)
    query = (
        'query ($code: String!) { comparison(left: {slug: "media-producer"}, right: {slug: "media-producer"}, '
        "area: $code) { summary } }"
    )
    assert complaint(api, query, {"code": code}) == bad_input("area", problem)


@pytest.mark.parametrize("code", ["ZZ", "0", "", "54"])
def test_an_unknown_industry_is_refused(api: Api, code: str) -> None:
    query = f'{{ occupation(by: {{slug: "media-producer"}}) {{ salary(industry: "{code}") {{ employment }} }} }}'
    problem = f'no industry has the code "{code}"; industries(text:) finds codes'
    assert complaint(api, query) == bad_input("industry", problem)


@pytest.mark.parametrize(
    ("query", "level", "levels"),
    [
        ("{ industries(level: %s) { totalCount } }", 6, "0 and 5"),
        ("{ industries(level: %s) { totalCount } }", -1, "0 and 5"),
        ('{ occupation(by: {slug: "media-producer"}) { industrySalaries(level: %s) { totalCount } } }', 0, "1 and 5"),
    ],
)
def test_a_level_that_no_industry_has_is_refused(api: Api, query: str, level: int, levels: str) -> None:
    assert complaint(api, query % level) == bad_input("level", f"it is {level}; it must be between {levels}")


# Null for an argument with a default


@pytest.mark.parametrize(
    ("query", "as_by_default"),
    [
        pytest.param("{ groups(level: null) { code } }", "{ groups { code } }", id="groups"),
        pytest.param(
            '{ search(text: "media", first: null) { score } }', '{ search(text: "media") { score } }', id="search"
        ),
        pytest.param(
            '{ occupation(by: {slug: "media-producer"}) { salary(area: null, industry: null) { area { code } } } }',
            '{ occupation(by: {slug: "media-producer"}) { salary { area { code } } } }',
            id="salary",
        ),
        pytest.param(
            '{ comparison(left: {slug: "media-producer"}, right: {slug: "media-producer"}, area: null) { summary } }',
            '{ comparison(left: {slug: "media-producer"}, right: {slug: "media-producer"}) { summary } }',
            id="comparison",
        ),
        pytest.param(
            "{ occupations(filter: null, orderBy: null, first: null, after: null, last: null, before: null) "
            "{ totalCount } }",
            "{ occupations { totalCount } }",
            id="occupations",
        ),
    ],
)
def test_null_means_the_default(api: Api, query: str, as_by_default: str) -> None:
    assert api.data(query) == api.data(as_by_default)


# Unknown objects


@pytest.mark.parametrize(
    ("left", "right", "sides", "message"),
    [
        pytest.param(
            '{slug: "unknown"}',
            '{slug: "media-producer"}',
            ["left"],
            'Argument "left": no occupation has the slug "unknown"; search(text:) finds occupations.',
            id="left",
        ),
        pytest.param(
            '{slug: "media-producer"}',
            '{code: "99-9999"}',
            ["right"],
            'Argument "right": no occupation has the code "99-9999"; search(text:) finds occupations.',
            id="right",
        ),
        pytest.param(
            f'{{id: "{encoded(b"Occupation:unknown")}"}}',
            '{slug: ""}',
            ["left", "right"],
            f'Argument "left": no occupation has the id "{encoded(b"Occupation:unknown")}"; '
            'Argument "right": no occupation has the slug ""; search(text:) finds occupations.',
            id="both",
        ),
    ],
)
def test_a_comparison_names_the_unknown_side(api: Api, left: str, right: str, sides: list[str], message: str) -> None:
    response = api.post(f"{{ comparison(left: {left}, right: {right}) {{ summary }} }}")
    assert response.status_code == 200
    assert response.json() == {
        "data": {"comparison": None},
        "errors": [
            {
                "message": message,
                "locations": [{"line": 1, "column": 3}],
                "path": ["comparison"],
                "extensions": {"code": "NOT_FOUND", "arguments": sides},
            }
        ],
    }


@pytest.mark.parametrize(
    "query",
    [
        '{ occupation(by: {slug: "unknown"}) { title } }',
        '{ occupation(by: {code: "99-9999"}) { title } }',
        f'{{ occupation(by: {{id: "{encoded(b"Occupation:unknown")}"}}) {{ title }} }}',
        '{ group(code: "99-0000") { title } }',
        '{ area(code: "ZZ") { name } }',
        '{ skill(slug: "nothing") { name } }',
        f'{{ node(id: "{encoded(b"Occupation:unknown")}") {{ id }} }}',
        f'{{ node(id: "{encoded(b"Skill:nothing")}") {{ id }} }}',
        f'{{ node(id: "{encoded(b"Area:ZZ")}") {{ id }} }}',
    ],
)
def test_an_unknown_object_is_null_without_an_error(api: Api, query: str) -> None:
    [value] = api.data(query).values()
    assert value is None


# Random input


def answer_to(api: Api, query: str, variables: dict[str, Any]) -> httpx2.Response:
    """Send a query with variables that may be invalid Unicode: JSON can escape half a surrogate pair."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    return api.http.post("/graphql", content=body, headers={"Content-Type": "application/json"})


def assert_answered(response: httpx2.Response, *codes: str) -> None:
    """Assert that a response blames only the client, and with none but these codes."""
    assert response.status_code < 500
    given = {error["extensions"]["code"] for error in response.json().get("errors", [])}
    assert given <= {*codes, "BAD_REQUEST"}, response.text
    # Only invalid JSON is a bad request.
    assert (response.status_code == 400) == (given == {"BAD_REQUEST"})


KILOBYTE = st.binary(min_size=1024, max_size=1024).map(lambda noise: noise.decode("latin-1"))
# ``characters()`` without arguments includes NUL and halves of surrogate pairs.
TEXT = st.one_of(st.text(st.characters()), st.text("%_\\'\";-\N{NULL}"), st.text("🎬👩🏽‍🎤é\u0301"), KILOBYTE)
VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5)


@examples(12)
@given(text=TEXT)
def test_any_text_can_be_searched_for(api: Api, text: str) -> None:
    query = """query ($text: String!) {
        search(text: $text) { score }
        occupations(filter: {text: $text}) { totalCount }
        areas(text: $text) { totalCount }
        skills(text: $text) { totalCount }
        slug: occupation(by: {slug: $text}) { title }
        code: occupation(by: {code: $text}) { title }
        group(code: $text) { title }
        area(code: $text) { name }
        skill(slug: $text) { name }
    }"""
    assert_answered(answer_to(api, query, {"text": text}))


@examples(12)
@given(text=TEXT)
def test_any_text_can_be_a_key_in_a_filter(api: Api, text: str) -> None:
    query = """query ($text: String!) {
        group: occupations(filter: {group: $text}) { totalCount }
        skill: occupations(filter: {skill: $text}) { totalCount }
    }"""
    assert_answered(answer_to(api, query, {"text": text}), "BAD_USER_INPUT")


@examples(12)
@given(left=TEXT, right=TEXT, area=TEXT)
def test_any_text_can_be_compared(api: Api, left: str, right: str, area: str) -> None:
    query = """query ($left: String!, $right: String!, $area: String!) {
        comparison(left: {slug: $left}, right: {code: $right}, area: $area) { summary }
        known: comparison(left: {slug: "media-producer"}, right: {slug: "media-producer"}, area: $area) { summary }
        occupation(by: {slug: "media-producer"}) { salary(area: $area, industry: $left) { employment } }
    }"""
    variables = {"left": left, "right": right, "area": area}
    assert_answered(answer_to(api, query, variables), "NOT_FOUND", "BAD_USER_INPUT")


@examples(12)
@given(value=st.one_of(TEXT, st.binary().map(encoded), TEXT.map(lambda key: encoded(f"Skill:{key!r}".encode()))))
def test_any_text_can_be_an_id(api: Api, value: str) -> None:
    query = """query ($id: ID!) {
        node(id: $id) { id }
        nodes(ids: [$id, $id]) { id }
        occupation(by: {id: $id}) { title }
    }"""
    assert_answered(answer_to(api, query, {"id": value}), "BAD_USER_INPUT")


@examples(12)
@given(value=st.one_of(TEXT, st.binary().map(encoded)))
def test_any_text_can_be_a_cursor(api: Api, value: str) -> None:
    query = """query ($after: String!) {
        occupations(after: $after) { totalCount }
        areas(after: $after) { totalCount }
        found: areas(text: "us", after: $after) { totalCount }
        skill(slug: "video-production") { occupations(after: $after) { totalCount } }
    }"""
    assert_answered(answer_to(api, query, {"after": value}), "BAD_USER_INPUT")


@examples(12)
@given(values=st.lists(VALUES, min_size=2, max_size=2))
@pytest.mark.parametrize("name", ["occupations", "skills of an occupation", "occupations of a skill"])
def test_a_cursor_may_contain_any_json(api: Api, name: str, values: list[Any]) -> None:
    query = LISTS[name]
    cursor = encoded(json.dumps([name_of_order(api, query), *values]).encode())
    asked = query.replace("ARGS", "after: $after").replace("{", "query ($after: String) {", 1)
    assert_answered(answer_to(api, asked, {"after": cursor}), "BAD_USER_INPUT")


@examples(12)
@given(first=st.one_of(st.none(), st.integers()), last=st.one_of(st.none(), st.integers()))
def test_any_integer_can_be_a_size(api: Api, first: int | None, last: int | None) -> None:
    query = """query ($first: Int, $last: Int) {
        occupations(first: $first, last: $last) { totalCount }
        search(text: "media", first: $first) { score }
    }"""
    assert_answered(answer_to(api, query, {"first": first, "last": last}), "BAD_USER_INPUT")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ occupation(by: {slug: $slug}) { title } }", "Variable '$slug' is not defined."),
        (
            "fragment F on Query { occupation(by: {slug: $slug}) { title } } query Q { ...F }",
            "Variable '$slug' is not defined by operation 'Q'.",
        ),
    ],
)
def test_a_variable_in_a_key_must_be_declared(api: Api, query: str, message: str) -> None:
    error = api.error(query)
    assert error["message"] == message
    assert error["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}
