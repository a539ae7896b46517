"""Relay pages through every connection: its compiler writes the query of the next page, and the server runs it."""

import json
import re
from typing import Any

import httpx2
import pytest
from graphql import GraphQLObjectType, build_schema

from tests.clients.client_tools import MODULES, needs_modules, run
from tests.clients.conftest import REPOSITORY

SCHEMA = REPOSITORY / "schema.graphql"
PAGING = {"first", "after", "last", "before"}

# Fields that lead from an object with an id to one without, which has connections.
PATHS = {"Education": ("Occupation", ["education"]), "PlaceComparison": ("Comparison", ["places"])}

IDS = """{
  occupation(by: {code: "27-2012"}) { id }
  comparison(left: {code: "27-2012"}, right: {code: "27-3031"}) { id }
  group(code: "27-0000") { id }
  skill(slug: "microsoft-excel") { id }
}"""


def connections() -> list[str]:
    """Return the coordinate of each connection in the schema."""
    return [
        f"{name}.{field}"
        for name, type_ in build_schema(SCHEMA.read_text(encoding="utf-8")).type_map.items()
        if isinstance(type_, GraphQLObjectType)
        for field, definition in type_.fields.items()
        if set(definition.args) >= PAGING
    ]


def module(place: int, coordinate: str, first: str, after: str) -> str:
    """Write a module with a list that can be paged through in one direction."""
    parent, field = coordinate.split(".")
    start, path = PATHS.get(parent, (parent, []))
    name = f"list{place}"
    nested = "".join(f"{step} {{ " for step in path)
    return f"""
      import {{ graphql }} from 'relay-runtime';
      export const list = graphql`
        fragment {name}_list on {start}
        @argumentDefinitions(count: {{ type: "Int", defaultValue: 2 }}, cursor: {{ type: "String" }})
        @refetchable(queryName: "{name}NextQuery") {{
          {nested}{field}({first}: $count, {after}: $cursor) @connection(key: "{name}_{field}") {{
            edges {{ node {{ __typename }} }}
          }}{" }" * len(path)}
        }}
      `;
    """


@pytest.fixture(scope="module")
def queries(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """The query of the next page that the compiler writes, by connection and direction."""
    folder = tmp_path_factory.mktemp("relay")
    lists = [(name, *arguments) for name in connections() for arguments in (("first", "after"), ("last", "before"))]
    for place, (name, first, after) in enumerate(lists):
        (folder / f"list{place}.ts").write_text(module(place, name, first, after))
    (folder / "schema.graphql").write_text(SCHEMA.read_text(encoding="utf-8"))
    config = {"src": ".", "schema": "schema.graphql", "language": "typescript"}
    (folder / "relay.config.json").write_text(json.dumps(config))
    status, output, errors = run(MODULES / ".bin" / "relay-compiler", "relay.config.json", folder=folder)
    assert status == 0, output + errors
    found: dict[tuple[str, str], str] = {}
    for place, (name, first, _) in enumerate(lists):
        artifact = (folder / "__generated__" / f"list{place}NextQuery.graphql.ts").read_text()
        [text] = re.findall(r'"text": (".*")', artifact)
        found[name, first] = json.loads(text)
    return found


@pytest.fixture(scope="module")
def ids(server_url: str) -> dict[str, str]:
    """The id of an object of each type that has connections."""
    data = httpx2.post(f"{server_url}/graphql", json={"query": IDS}, trust_env=False).json()["data"]
    return {
        "Occupation": data["occupation"]["id"],
        "Comparison": data["comparison"]["id"],
        "OccupationGroup": data["group"]["id"],
        "Skill": data["skill"]["id"],
    }


@needs_modules
@pytest.mark.parametrize("first", ["first", "last"])
@pytest.mark.parametrize("connection", connections())
def test_the_next_page_of_every_connection(
    queries: dict[tuple[str, str], str], ids: dict[str, str], server_url: str, connection: str, first: str
) -> None:
    parent, field = connection.split(".")
    start, path = PATHS.get(parent, (parent, []))

    def page(cursor: str | None) -> dict[str, Any]:
        variables = {"count": 2, "cursor": cursor} | ({"id": ids[start]} if start != "Query" else {})
        request = {"query": queries[connection, first], "variables": variables}
        body: dict[str, Any] = httpx2.post(f"{server_url}/graphql", json=request, trust_env=False).json()
        assert "errors" not in body, body
        value: dict[str, Any] = body["data"] if start == "Query" else body["data"]["node"]
        for step in [*path, field]:
            value = value[step]
        return value

    forward = first == "first"
    one = page(None)
    assert one["pageInfo"]["hasNextPage" if forward else "hasPreviousPage"]
    two = page(one["pageInfo"]["endCursor" if forward else "startCursor"])
    cursors = [edge["cursor"] for edge in one["edges"] + two["edges"]]
    assert len(set(cursors)) == len(cursors) > 2
