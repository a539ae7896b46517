"""The variables of an operation: which of them decide what, and their coerced values."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    GraphQLSchema,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    VariableDefinitionNode,
)
from graphql.execution.values import get_variable_values

from execution.fallback import FallbackToStrawberry
from execution.nodes import nodes_in, variables_in


def deciding_variables(document: DocumentNode) -> frozenset[str]:
    """Return the variables of directives anywhere in a document: they decide which fields are selected.

    A program is compiled for each combination of their values. A cost depends on those of page sizes too, see
    ``costs.sizing_variables``.
    """
    return variables_in(*(node for node in nodes_in(document) if isinstance(node, DirectiveNode)))


_PLAIN: Mapping[str, type] = {"String": str, "ID": str, "Boolean": bool, "Int": int}
"""For each of these scalars, the class whose values coercion returns unchanged; integers only within 32 bits."""


class VariableCoercion:
    """Coerces the variables that an operation declares: in one pass if all are plain scalars, else by graphql-core."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._definitions = tuple(operation.variable_definitions or ())
        classes = [(node.variable.name.value, _plain_class(node)) for node in self._definitions]
        self._plain = [(name, expected) for name, expected in classes if expected is not None]
        self._all_plain = len(self._plain) == len(classes)

    def coerced(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the variables' values; raise FallbackToStrawberry if the reference executor would refuse them."""
        if self._all_plain:
            for name, expected in self._plain:
                value: Any = given.get(name)
                if value.__class__ is not expected or (expected is int and not -(2**31) <= value < 2**31):
                    break
            else:
                # The program does not read other variables that the client sent.
                return given
        # The first error is enough, because Strawberry reports them. The message of each shows the whole value, so the
        # messages for thousands of unknown keys would take seconds.
        values = get_variable_values(self._schema, self._definitions, dict(given), max_errors=0, hide_suggestions=True)
        if isinstance(values, list):
            raise FallbackToStrawberry
        return values.coerced


def _plain_class(definition: VariableDefinitionNode) -> type | None:
    """Return the class whose values coercion leaves unchanged; None if the variable's type has none."""
    type_node = definition.type
    if isinstance(type_node, NonNullTypeNode):
        type_node = type_node.type
    return _PLAIN.get(type_node.name.value) if isinstance(type_node, NamedTypeNode) else None
