"""Relay pages through every connection: its compiler writes the query of the next page, and the server runs it."""

import json
import re
from typing import Any

import httpx2
import pytest

from tests.clients.client_tools import MODULES, needs_modules, run
from tests.clients.conftest import REPOSITORY
from tests.clients.connections import CONNECTIONS, Connection, known_ids

SCHEMA = REPOSITORY / "schema.graphql"


def module(name: str, connection: Connection, first: str, after: str) -> str:
    """Write a module with a list that can be paged through in one direction."""
    items = f'@connection(key: "{name}_{connection.path[-1]}") {{ edges {{ node {{ __typename }} }} }}'
    return f"""
      import {{ graphql }} from 'relay-runtime';
      export const list = graphql`
        fragment {name}_list on {connection.start}
        @argumentDefinitions(count: {{ type: "Int", defaultValue: 2 }}, cursor: {{ type: "String" }})
        @refetchable(queryName: "{name}NextQuery") {{
          {connection.selection(f"{first}: $count, {after}: $cursor", items)}
        }}
      `;
    """


@pytest.fixture(scope="module")
def queries(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """The query of the next page that the compiler writes, by connection and direction."""
    folder = tmp_path_factory.mktemp("relay")
    lists = {
        f"list{place}{first}": (connection, first, after)
        for place, connection in enumerate(CONNECTIONS)
        for first, after in (("first", "after"), ("last", "before"))
    }
    for name, (connection, first, after) in lists.items():
        (folder / f"{name}.ts").write_text(module(name, connection, first, after))
    (folder / "schema.graphql").write_text(SCHEMA.read_text(encoding="utf-8"))
    config = {"src": ".", "schema": "schema.graphql", "language": "typescript"}
    (folder / "relay.config.json").write_text(json.dumps(config))
    status, output, errors = run(MODULES / ".bin" / "relay-compiler", "relay.config.json", folder=folder)
    assert status == 0, output + errors
    found: dict[tuple[str, str], str] = {}
    for name, (connection, first, _) in lists.items():
        artifact = (folder / "__generated__" / f"{name}NextQuery.graphql.ts").read_text()
        [text] = re.findall(r'"text": (".*")', artifact)
        found[connection.name, first] = json.loads(text)
    return found


@pytest.fixture(scope="module")
def ids(server_url: str) -> dict[str, str]:
    """The id of an object of each type that has connections."""
    return known_ids(server_url)


@needs_modules
@pytest.mark.parametrize("first", ["first", "last"])
@pytest.mark.parametrize("connection", CONNECTIONS, ids=lambda connection: connection.name)
def test_the_next_page_of_every_connection(
    queries: dict[tuple[str, str], str], ids: dict[str, str], server_url: str, connection: Connection, first: str
) -> None:
    def page(cursor: str | None) -> dict[str, Any]:
        variables = {"count": 2, "cursor": cursor}
        if connection.start in ids:
            variables["id"] = ids[connection.start]
        request = {"query": queries[connection.name, first], "variables": variables}
        body: dict[str, Any] = httpx2.post(f"{server_url}/graphql", json=request, trust_env=False).json()
        assert "errors" not in body, body
        return connection.value(body["data"])

    forward = first == "first"
    one = page(None)
    assert one["pageInfo"]["hasNextPage" if forward else "hasPreviousPage"]
    two = page(one["pageInfo"]["endCursor" if forward else "startCursor"])
    cursors = [edge["cursor"] for edge in one["edges"] + two["edges"]]
    assert len(set(cursors)) == len(cursors) > 2
