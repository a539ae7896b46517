"""The API as a subgraph of Apollo Federation 2: what it tells gateways, and the objects that it finds for them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from resolvers.global_ids import global_id
from schema.definition import DESCRIPTION
from tests.conftest import COLD, Api, serving
from tests.server.processes import finish, start_forked

ROOT = Path(__file__).parents[2]
ENTITIES = """query ($representations: [_Any!]!) { _entities(representations: $representations) {
    __typename
    ... on Area { id code name }
    ... on FieldOfStudy { id code title }
    ... on Occupation { id slug soc: code title salary { annual { median } } }
    ... on Skill { id slug name }
} }"""
TITLES = (
    "query ($representations: [_Any!]!) { _entities(representations: $representations) { ...on Occupation {title} } }"
)

NURSES = {
    "__typename": "Occupation",
    "id": global_id("Occupation", "registered-nurses"),
    "slug": "registered-nurses",
    "soc": "29-1141",
    "title": "Registered Nurses",
    "salary": {"annual": {"median": 97550.0}},
}
PRODUCER = {
    "__typename": "Occupation",
    "id": global_id("Occupation", "media-producer"),
    "slug": "media-producer",
    "soc": None,
    "title": "Media Producer",
    "salary": {"annual": {"median": None}},
}
CALIFORNIA = {"__typename": "Area", "id": global_id("Area", "CA"), "code": "CA", "name": "California"}
PROGRAMMING = {
    "__typename": "Skill",
    "id": global_id("Skill", "programming"),
    "slug": "programming",
    "name": "Programming",
}
FILM = {
    "__typename": "FieldOfStudy",
    "id": global_id("FieldOfStudy", "50.0602"),
    "code": "50.0602",
    "title": "Cinematography and Film/Video Production",
}


@pytest.fixture(scope="module")
def subgraph(everything: str) -> Iterator[Api]:
    """The subgraph on all data, without caches."""
    with serving(everything, federation=True, **COLD) as api:
        yield api


def entities(api: Api, *representations: object) -> list[Any]:
    """Return the objects of representations that are without errors."""
    found: list[Any] = api.data(ENTITIES, {"representations": representations})["_entities"]
    return found


def test_the_subgraph_is_the_schema_with_keys(subgraph: Api) -> None:
    sdl: str = subgraph.data("{ _service { sdl } }")["_service"]["sdl"]
    assert subgraph.http.get("/schema.graphql").text == sdl
    assert finish(start_forked("schema", "--federation")) == (0, sdl, "")
    schema = (ROOT / "schema.graphql").read_text(encoding="utf-8").splitlines()
    assert set(schema) - set(sdl.splitlines()) == {
        f'"""{DESCRIPTION}"""',
        "schema {",
        "type Area implements Node {",
        "type FieldOfStudy implements Node {",
        "type Occupation implements Node {",
        "type PageInfo {",
        "type Skill implements Node {",
    }
    new = [line for line in sdl.splitlines() if line not in schema]
    assert [line for line in new if "@" in line or ("_" in line and '"""' not in line)] == [
        'schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"]) {',
        'type Area implements Node @key(fields: "id") @key(fields: "code") {',
        'type FieldOfStudy implements Node @key(fields: "id") @key(fields: "code") {',
        'type Occupation implements Node @key(fields: "id") @key(fields: "code") @key(fields: "slug") {',
        "type PageInfo @shareable {",
        "  _service: _Service!",
        "  _entities(",
        "    representations: [_Any!]!",
        "  ): [_Entity]!",
        'type Skill implements Node @key(fields: "id") @key(fields: "slug") {',
        "scalar _Any",
        "union _Entity = Area | FieldOfStudy | Occupation | Skill",
        "type _Service {",
    ]


def test_the_api_is_no_subgraph_by_default(api: Api) -> None:
    assert api.error("{ _service { sdl } }")["message"] == "Cannot query field '_service' on type 'Query'."
    assert api.http.get("/schema.graphql").text == (ROOT / "schema.graphql").read_text(encoding="utf-8")


def test_each_type_is_found_by_each_of_its_keys(subgraph: Api) -> None:
    known: list[tuple[dict[str, Any], tuple[str, ...]]] = [
        (CALIFORNIA, ("id", "code")),
        (FILM, ("id", "code")),
        (NURSES, ("id", "slug", "soc")),
        (PRODUCER, ("id", "slug")),
        (PROGRAMMING, ("id", "slug")),
    ]
    asked = [
        (each, {"__typename": each["__typename"], key.replace("soc", "code"): each[key]})
        for each, keys in known
        for key in keys
    ]
    assert entities(subgraph, *[key for _, key in asked]) == [each for each, _ in asked]
    # In any order, and more than once.
    assert entities(subgraph, *[key for _, key in asked[::-1] * 2]) == [each for each, _ in asked[::-1] * 2]


@pytest.mark.parametrize(
    "key", [{"code": "29-1141.00"}, {"code": "291141"}, {"code": None, "slug": "registered-nurses", "title": 1}]
)
def test_a_code_is_read_as_people_write_it(subgraph: Api, key: dict[str, object]) -> None:
    assert entities(subgraph, {"__typename": "Occupation", **key}) == [NURSES]


def test_an_unknown_key_is_null(subgraph: Api) -> None:
    keys = [
        {"__typename": "Occupation", "code": "99-9999"},
        {"__typename": "Occupation", "code": ""},
        {"__typename": "Occupation", "slug": "nothing\0"},
        {"__typename": "Occupation", "id": global_id("Occupation", "nothing")},
        {"__typename": "Occupation", "id": global_id("Area", "CA")},
        {"__typename": "Area", "code": "ca"},
    ]
    assert entities(subgraph, *keys) == [None] * len(keys)


@pytest.mark.parametrize(
    ("representation", "argument", "problem"),
    [
        ({"__typename": "Comparison", "id": "x"}, ".__typename", "it must be Area, FieldOfStudy, Occupation or Skill"),
        ({"code": "29-1141"}, ".__typename", "it must be Area, FieldOfStudy, Occupation or Skill"),
        ({"__typename": ["Area"]}, ".__typename", "it must be Area, FieldOfStudy, Occupation or Skill"),
        ("29-1141", ".__typename", "it must be Area, FieldOfStudy, Occupation or Skill"),
        ({"__typename": "Occupation", "code": None}, "", "Occupation requires a key: id, code or slug"),
        ({"__typename": "Area", "slug": "ca"}, "", "Area requires a key: id or code"),
        ({"__typename": "Area", "code": 5}, ".code", "it must be a string"),
        (
            {"__typename": "Area", "id": "CA"},
            ".id",
            "it is not an id of this API; send the id of an object in a response",
        ),
    ],
)
def test_a_malformed_representation_is_an_error_of_its_own(
    subgraph: Api, representation: object, argument: str, problem: str
) -> None:
    nurses = {"__typename": "Occupation", "code": "29-1141"}
    response = subgraph.post(ENTITIES, {"representations": [nurses, representation, nurses]}).json()
    assert response["data"] == {"_entities": [NURSES, None, NURSES]}
    [error] = response["errors"]
    assert error["message"] == f'Argument "representations[1]{argument}": {problem}.'
    assert error["path"] == ["_entities", 1]
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": f"representations[1]{argument}"}


def test_the_statements_are_those_of_one_object(subgraph: Api) -> None:
    found = subgraph.data("{ occupations(first: 100, filter: {kind: DETAILED}) { nodes { id slug code title } } }")
    occupations = found["occupations"]["nodes"]
    for key, count in (("code", 1), ("slug", 1), ("id", 1)):
        for many in (occupations[:1], occupations):
            representations = [{"__typename": "Occupation", key: each[key]} for each in many]
            with subgraph.statements() as run:
                answer = subgraph.data(TITLES, {"representations": representations})
            assert answer == {"_entities": [{"title": each["title"]} for each in many]}
            assert len(run) == count, run


def test_each_representation_is_priced(subgraph: Api) -> None:
    nurses = {"__typename": "Occupation", "code": "29-1141"}
    for count in (1, 250):
        body = {
            "query": TITLES.replace("title", "title salary { annual { median } }"),
            "variables": {"representations": [nurses] * count},
            "extensions": {"cost": True},
        }
        answer = subgraph.http.post("/graphql", json=body).json()
        # The occupation, its salary, and the wages in the salary.
        assert answer["extensions"]["cost"] == {"requested": 3 * count, "maximum": 10_000}
        expected = {"title": NURSES["title"], "salary": NURSES["salary"]}
        assert answer["data"] == {"_entities": [expected] * count}
    literal = (
        'query { _entities(representations: [{__typename: "Area", code: "CA"}, {__typename: "Area"}]) { __typename } }'
    )
    body = {"query": literal, "extensions": {"cost": True}}
    assert subgraph.http.post("/graphql", json=body).json()["extensions"]["cost"]["requested"] == 2


def test_too_many_representations_are_refused(subgraph: Api) -> None:
    nurses = {"__typename": "Occupation", "code": "29-1141"}
    assert subgraph.error(ENTITIES, {"representations": [nurses] * 251})["extensions"] == {
        "code": "LIMIT_EXCEEDED",
        "limit": "listLength",
        "value": 251,
        "maximum": 250,
    }
    costly = TITLES.replace("{title}", "{ highestPaying { city { name } } }")
    assert subgraph.error(costly, {"representations": [nurses] * 250})["extensions"] == {
        "code": "LIMIT_EXCEEDED",
        "limit": "cost",
        "value": 250 * (1 + 480 + 2),
        "maximum": 10_000,
    }


def test_the_operations_of_gateways_are_compiled(everything: str) -> None:
    with serving(everything, federation=True, metrics=True, compiled_execution=True) as api:
        entities(api, {"__typename": "Occupation", "code": "29-1141"})
        api.data("{ _service { sdl } }")
        counted = api.http.get("/metrics").text
    assert 'rolegraph_executions_total{executor="compiled"} 2.0' in counted
