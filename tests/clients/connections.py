"""Every connection in the schema, and how a client that knows the id of an object gets to it."""

from dataclasses import dataclass
from typing import Any

import httpx2
from graphql import GraphQLObjectType, build_schema

from tests.clients.conftest import REPOSITORY

PAGING = {"first", "after", "last", "before"}

PATHS: dict[str, tuple[str, list[str]]] = {
    "Education": ("Occupation", ["education"]),
    "PlaceComparison": ("Comparison", ["places"]),
}
"""Objects without an id that have connections: an object with an id, and the fields that lead from it to them."""

IDS = """{
  occupation(by: {code: "27-2012"}) { __typename id }
  comparison(left: {code: "27-2012"}, right: {code: "27-3031"}) { __typename id }
  group(code: "27-0000") { __typename id }
  skill(slug: "microsoft-excel") { __typename id }
}"""


@dataclass
class Connection:
    """A field with pages: it starts at an object with an id, or at the query."""

    name: str
    start: str
    path: list[str]
    has_ids: bool
    """Whether its items have ids."""

    def selection(self, arguments: str, items: str) -> str:
        """Return the selection of the list from its start."""
        *parents, name = self.path
        opened = "".join(f"{parent} {{ " for parent in parents)
        return f"{opened}{name}({arguments}) {items}{' }' * len(parents)}"

    def value(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the page in the data of a query for an object with an id, or of the whole query."""
        value = data if self.start == "Query" else data["node"]
        for name in self.path:
            value = value[name]
        return value


def _connections() -> list[Connection]:
    schema = build_schema((REPOSITORY / "schema.graphql").read_text(encoding="utf-8"))
    found: list[Connection] = []
    for parent, type_ in schema.type_map.items():
        for name, definition in type_.fields.items() if isinstance(type_, GraphQLObjectType) else ():
            if set(definition.args) >= PAGING:
                start, path = PATHS.get(parent, (parent, []))
                item = schema.type_map[str(definition.type).removesuffix("Connection")]
                has_ids = isinstance(item, GraphQLObjectType) and "id" in item.fields
                found.append(Connection(f"{parent}.{name}", start, [*path, name], has_ids))
    return found


CONNECTIONS = _connections()


def known_ids(server_url: str) -> dict[str, str]:
    """Return the id of an object of each type that connections start at."""
    data = httpx2.post(f"{server_url}/graphql", json={"query": IDS}, trust_env=False).json()["data"]
    return {found["__typename"]: found["id"] for found in data.values()}
