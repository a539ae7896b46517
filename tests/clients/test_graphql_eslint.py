"""graphql-eslint: its rules for Relay on the schema, and those for operations on the documents of pages and examples.

docs/frontend.md has a table of the findings that remain, with their reasons.
"""

import json
import re

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_leaf_type,
)

from tests.clients.client_tools import MODULES, needs_modules, run
from tests.clients.conftest import REPOSITORY

SDL = (REPOSITORY / "schema.graphql").read_text(encoding="utf-8")
DOCUMENTS = ["web/src/**/*.graphql", "docs/clients/documents.ts", "docs/clients/ariadne-codegen/queries.graphql"]

EDGE = "Edge type's field `node` must implement `Node` interface."
LIST = "A list type should only wrap an edge type."

WITHOUT_ID = [
    "AlternateTitleEdge",
    "OccupationSkillEdge",
    "PlaceEdge",
    "RelatedOccupationEdge",
    "ResponsibilityEdge",
    "SalaryEdge",
    "SkillOccupationEdge",
]
"""Edges whose items only exist within their parent, such as the wages of an occupation in an area."""


@pytest.fixture(scope="module")
def findings() -> dict[str, list[tuple[str, str, int]]]:
    """The findings by file: the rule, the message and the line of each."""
    eslint = MODULES / ".bin" / "eslint"
    options = ["--config", "docs/clients/eslint.config.js", "--format", "json"]
    _, output, errors = run(eslint, *options, "schema.graphql", *DOCUMENTS, folder=REPOSITORY)
    assert errors == ""
    return {
        result["filePath"].removeprefix(f"{REPOSITORY}/"): [
            (message["ruleId"], message["message"], message["line"]) for message in result["messages"]
        ]
        for result in json.loads(output)
    }


@needs_modules
def test_documents_have_no_finding(findings: dict[str, list[tuple[str, str, int]]]) -> None:
    documents = {path: found for path, found in findings.items() if path != "schema.graphql"}
    assert {path: found for path, found in documents.items() if found} == {}
    pages = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "web" / "src").rglob("*.graphql")}
    assert documents.keys() == pages | set(DOCUMENTS[1:])


def coordinate(line: int) -> str:
    """Return the type and the field that a line of the schema declares."""
    lines = SDL.splitlines()
    declared = next(text for text in reversed(lines[:line]) if text.startswith(("type ", "interface ")))
    # A field with arguments ends in another line.
    field = next((text for text in reversed(lines[:line]) if re.match(r"  \w+[(:]", text)), "")
    name = declared.split()[1]
    return name if lines[line - 1] == declared else f"{name}.{field.strip().partition('(')[0].partition(':')[0]}"


def is_bounded(schema: GraphQLSchema, field: str) -> bool:
    """Return whether a list is a short cut to a connection's items, has a greatest length, or has no objects."""
    parent, name = field.split(".")
    type_ = schema.type_map[parent]
    assert isinstance(type_, GraphQLObjectType)
    definition = type_.fields[name]
    directives = (definition.ast_node and definition.ast_node.directives) or ()
    return (
        (parent.endswith("Connection") and name == "nodes")
        or any(directive.name.value == "listSize" for directive in directives)
        or is_leaf_type(get_named_type(definition.type))
        # Relay's own field for the objects with some ids.
        or isinstance(get_named_type(definition.type), GraphQLInterfaceType)
    )


@needs_modules
def test_the_findings_in_the_schema_have_their_reasons(findings: dict[str, list[tuple[str, str, int]]]) -> None:
    schema = build_schema(SDL)
    found = [(message, coordinate(line)) for _, message, line in findings["schema.graphql"]]
    assert {rule for rule, _, _ in findings["schema.graphql"]} == {"@graphql-eslint/relay-edge-types"}
    assert {message for message, _ in found} == {EDGE, LIST}
    assert [name for message, name in found if message == EDGE] == WITHOUT_ID
    assert [name for message, name in found if message == LIST and not is_bounded(schema, name)] == []
