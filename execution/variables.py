"""The variables of an operation, coerced: at once where each is a plain value of a scalar, else by graphql-core."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLSchema, NamedTypeNode, NonNullTypeNode, OperationDefinitionNode, VariableDefinitionNode
from graphql.execution.values import get_variable_values

from execution.fallback import FallbackToStrawberry

_PLAIN: Mapping[str, Callable[[Any], bool]] = {
    "String": lambda value: value.__class__ is str,
    "ID": lambda value: value.__class__ is str,
    "Boolean": lambda value: value.__class__ is bool,
    "Int": lambda value: value.__class__ is int and -(2**31) <= value < 2**31,
}
"""What each of these scalars takes as it is."""


class Variables:
    """The variables that an operation declares."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._definitions = tuple(operation.variable_definitions or ())
        plain = [(node.variable.name.value, _plain(node)) for node in self._definitions]
        self._plain = [(name, check) for name, check in plain if check is not None]
        self._all_plain = len(self._plain) == len(plain)

    def coerced(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the variables' values; raise FallbackToStrawberry where the reference executor would refuse them."""
        if self._all_plain:
            for name, check in self._plain:
                if not check(given.get(name)):
                    break
            else:
                # Others that a client sent along are not asked for.
                return given
        values = get_variable_values(self._schema, self._definitions, dict(given))
        if isinstance(values, list):
            raise FallbackToStrawberry
        return values.coerced


def _plain(definition: VariableDefinitionNode) -> Callable[[Any], bool] | None:
    """Return what tells whether a value can be taken as it is; None where that is never so."""
    kind = definition.type
    if isinstance(kind, NonNullTypeNode):
        kind = kind.type
    return _PLAIN.get(kind.name.value) if isinstance(kind, NamedTypeNode) else None
