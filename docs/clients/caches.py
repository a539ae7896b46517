"""Writes the cache configurations of Apollo, urql and Relay from schema.graphql, here and in docs/frontend.md.

``make schema`` runs it. Alone: ``.venv/bin/python docs/clients/caches.py``.
"""

import json
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
    is_specified_scalar_type,
)

FOLDER = Path(__file__).parent
GUIDE = FOLDER.parent / "frontend.md"
SCHEMA = FOLDER.parents[1] / "schema.graphql"

WIDTH = 100
PAGING = {"first", "after", "last", "before"}

APOLLO = """\
import { InMemoryCache, type FieldMergeFunction, type TypePolicy } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

// Objects without an id belong to their parents. Documents may request different fields of them.
const withoutId = [
<without_id>
];

// Lists of such objects, which are merged by position.
const lists = [
<lists>
];

// Connections, with the arguments that make another list.
const connections: Record<string, string[]> = {
<connections>
};

const mergeByPosition: FieldMergeFunction = (existing, incoming, { mergeObjects }) =>
  existing && existing.length === incoming?.length
    ? incoming.map((item: object, position: number) => mergeObjects(existing[position], item))
    : incoming;

const typePolicies: Record<string, TypePolicy & { fields: object }> = {};
const policyOf = (type: string) => (typePolicies[type] ??= { fields: {} });

for (const type of withoutId) policyOf(type).merge = true;
for (const [type, field] of lists.map((list) => list.split('.'))) {
  Object.assign(policyOf(type).fields, { [field]: { merge: mergeByPosition } });
}
for (const [connection, keyArgs] of Object.entries(connections)) {
  const [type, field] = connection.split('.');
  Object.assign(policyOf(type).fields, { [field]: relayStylePagination(keyArgs) });
}

const possibleTypes = {
<possible_types>
};

export const newCache = () => new InMemoryCache({ possibleTypes, typePolicies });
"""

URQL = """\
import { cacheExchange, type KeyingConfig, type ResolverConfig } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { introspection } from '../generated/schema.js';

// Objects without an id belong to their parents.
const withoutId = [
<without_id>
];

const connections = [
<connections>
];

const keys: KeyingConfig = {};
for (const type of withoutId) keys[type] = () => null;

const resolvers: ResolverConfig = {};
for (const [type, field] of connections.map((connection) => connection.split('.'))) {
  resolvers[type] = { ...resolvers[type], [field]: relayPagination() };
}

export const newCache = () => cacheExchange({ schema: introspection, keys, resolvers });
"""


def wrapped(names: Iterable[str]) -> str:
    """Write the items of a list in TypeScript."""
    text = ", ".join(map(repr, names)) + ","
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ")


def entries(lists: dict[str, list[str]]) -> str:
    """Write the entries of an object of lists in TypeScript."""
    return "\n".join(f"  {name}: [{', '.join(map(repr, items))}]," for name, items in lists.items())


def filled(template: str, **texts: str) -> str:
    """Put texts into a template."""
    return re.sub("<(\\w+)>", lambda name: texts.get(name[1], name[0]), template)


def configurations(schema: GraphQLSchema) -> dict[str, str]:
    """Return the text of each file, by its path in this folder."""
    objects = [
        type_
        for _, type_ in sorted(schema.type_map.items())
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
    ]
    # Caches know connections by themselves.
    embedded = {
        type_.name
        for type_ in objects
        if "id" not in type_.fields
        and not type_.name.endswith(("Connection", "Edge"))
        and type_.name not in {"PageInfo", "Query"}
    }
    fields = [
        (f"{type_.name}.{name}", field)
        for type_ in objects
        if not type_.name.endswith("Connection")
        for name, field in type_.fields.items()
    ]
    lists = [
        name for name, field in fields if str(field.type).startswith("[") and str(field.type).strip("[]!") in embedded
    ]
    connections = {
        name: [argument for argument in field.args if argument not in PAGING]
        for name, field in fields
        if set(field.args) >= PAGING
    }
    possible_types = {
        name: sorted(member.name for member in schema.get_possible_types(type_))
        for name, type_ in schema.type_map.items()
        if isinstance(type_, GraphQLInterfaceType)
    }
    relay = {
        "src": "relay",
        "schema": "../../schema.graphql",
        "language": "typescript",
        "customScalarTypes": {
            name: "string"
            for name, type_ in sorted(schema.type_map.items())
            if isinstance(type_, GraphQLScalarType) and not is_specified_scalar_type(type_)
        },
        "requireCustomScalarTypes": True,
    }
    without_id = wrapped(sorted(embedded))
    return {
        "apollo/cache.ts": filled(
            APOLLO,
            without_id=without_id,
            lists=wrapped(lists),
            connections=entries({repr(name): arguments for name, arguments in connections.items()}),
            possible_types=entries(possible_types),
        ),
        "urql/cache.ts": filled(URQL, without_id=without_id, connections=wrapped(connections)),
        "relay.config.json": json.dumps(relay, indent=2) + "\n",
    }


def quoted(guide: str, texts: dict[str, str]) -> str:
    """Return the guide with the current text of each file that it quotes in full."""
    for path, text in texts.items():
        block = re.compile(rf"^(```\w+ docs/clients/{re.escape(path)}\n).*?^(?=```$)", re.DOTALL | re.MULTILINE)
        guide = block.sub(lambda opening, text=text: opening[1] + text, guide)
    return guide


def main() -> None:
    """Write the files, and quote them in the guide."""
    texts = configurations(build_schema(SCHEMA.read_text(encoding="utf-8")))
    for path, text in texts.items():
        (FOLDER / path).write_text(text, encoding="utf-8")
    GUIDE.write_text(quoted(GUIDE.read_text(encoding="utf-8"), texts), encoding="utf-8")


if __name__ == "__main__":
    main()
