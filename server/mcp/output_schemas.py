"""JSON Schemas of tool answers, made from the GraphQL documents that the tools run."""

import re
from typing import Any, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

from execution.type_refs import core_schema
from server.executable_schema import graphql_schema

Schema = dict[str, Any]

_SCALARS = {"Boolean": "boolean", "Float": "number", "Int": "integer"}
"""JSON's names of scalars. All others are strings."""

_SENTENCE_END = re.compile(r"[.;] ")


def output_schema(document: str, **more: Schema) -> Schema:
    """Return the schema of a document's data, with more properties next to the document's fields.

    The document has one query; its fragments become definitions. Descriptions are the GraphQL schema's own.
    """
    definitions = parse(document).definitions
    [operation] = (node for node in definitions if isinstance(node, OperationDefinitionNode))
    query = core_schema(graphql_schema).query_type
    assert query is not None  # noqa: S101 - the schema has queries
    data = _object(query, operation.selection_set)
    properties = {**data["properties"], **more}
    fragments = {
        node.name.value: _object(
            core_schema(graphql_schema).type_map[node.type_condition.name.value], node.selection_set
        )
        for node in definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    return {**data, "properties": properties, "required": list(properties), "$defs": fragments}


def _object(object_type: GraphQLNamedType, selections: SelectionSetNode) -> Schema:
    """Return the schema of an object, or a reference if a fragment is all that is selected of it."""
    assert isinstance(object_type, GraphQLObjectType)  # noqa: S101 - our documents select fields of objects alone
    if isinstance(fragment := selections.selections[0], FragmentSpreadNode):
        return {"$ref": f"#/$defs/{fragment.name.value}"}
    properties: dict[str, Schema] = {}
    for node in selections.selections:
        assert isinstance(node, FieldNode)  # noqa: S101 - a fragment stands alone
        field = object_type.fields[node.name.value]
        name = node.alias.value if node.alias else node.name.value
        properties[name] = {**_value(field.type, node), "description": _first_sentence(field.description or "")}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _first_sentence(description: str) -> str:
    """Return the first sentence of a description. Every conversation of an assistant may carry all of them."""
    return _SENTENCE_END.split(description, maxsplit=1)[0].rstrip(".")


def _value(output_type: object, node: FieldNode) -> Schema:
    if isinstance(output_type, GraphQLNonNull):
        return _not_null(cast("Any", output_type).of_type, node)
    return {"anyOf": [_not_null(output_type, node), {"type": "null"}]}


def _not_null(output_type: object, node: FieldNode) -> Schema:
    if isinstance(output_type, GraphQLList):
        return {"type": "array", "items": _value(cast("Any", output_type).of_type, node)}
    if isinstance(output_type, GraphQLEnumType):
        return {"type": "string", "enum": list(output_type.values)}
    assert isinstance(output_type, GraphQLNamedType)  # noqa: S101 - not a wrapper
    if node.selection_set is not None:
        return _object(output_type, node.selection_set)
    return {"type": _SCALARS.get(output_type.name, "string")}
