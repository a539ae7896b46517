"""The variables of an operation: which of them decide what, and their coerced values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graphql import (
    DirectiveNode,
    GraphQLSchema,
    Node,
    NonNullTypeNode,
    OperationDefinitionNode,
    VariableDefinitionNode,
)
from graphql.execution.values import get_variable_values
from graphql.utilities import type_from_ast  # pyright: ignore[reportUnknownVariableType] - its types are incomplete

from execution.fallback import FallbackToStrawberry
from execution.input_values import ABSENT, InputCoercion, Unusual
from execution.nodes import variables_in


def deciding_variables(nodes: Iterable[Node]) -> frozenset[str]:
    """Return the variables of directives among the nodes of a document: they decide which fields are selected.

    A program is compiled for each combination of their values. A cost depends on those of page sizes too, see
    ``costs.sizing_variables``.
    """
    return variables_in(*(node for node in nodes if isinstance(node, DirectiveNode)))


class VariableCoercion:
    """Coerces the variables that an operation declares.

    Usual values are coerced by the functions of their types, see ``input_values``, and all others by graphql-core.
    """

    def __init__(
        self, schema: GraphQLSchema, operation: OperationDefinitionNode, inputs: InputCoercion | None = None
    ) -> None:
        """``inputs`` are the functions of the schema's types, which operations share."""
        self._schema = schema
        self._definitions = tuple(operation.variable_definitions or ())
        types = inputs or InputCoercion()
        named = [(node.variable.name.value, type_from_ast(schema, node.type), node) for node in self._definitions]
        self._variables = [(name, types.of(type_), *self._without_value(node)) for name, type_, node in named]
        self.levels = {name: types.levels(type_) for name, type_, _ in named}
        """For each variable, how deep its usual values are nested; see ``InputCoercion.levels``."""

    def coerced(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the variables' values; raise FallbackToStrawberry if the reference executor would refuse them."""
        values = self.usual(given)
        return self._coerced_by_core(given, self._definitions) if values is None else values

    def usual(self, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return the variables' values; None if one is unusual, which the reference executor may refuse."""
        values: dict[str, Any] = {}
        try:
            for name, coerce, default, required in self._variables:
                value = given.get(name, ABSENT)
                if value is not ABSENT:
                    values[name] = coerce(value)
                elif default is not ABSENT:
                    values[name] = default
                elif required:
                    raise Unusual  # noqa: TRY301 - as the functions do
        except Unusual:
            return None
        return values

    def _coerced_by_core(
        self, given: Mapping[str, Any], definitions: Sequence[VariableDefinitionNode]
    ) -> Mapping[str, Any]:
        # The first error is enough, because Strawberry reports them. The message of each shows the whole value, so the
        # messages for thousands of unknown keys would take seconds.
        values = get_variable_values(self._schema, definitions, dict(given), max_errors=0, hide_suggestions=True)
        if isinstance(values, list):
            raise FallbackToStrawberry
        return values.coerced

    def _without_value(self, definition: VariableDefinitionNode) -> tuple[Any, bool]:
        """Return the value of a variable that is not given, ABSENT if it has none, and whether it is required."""
        if definition.default_value is None:
            return ABSENT, isinstance(definition.type, NonNullTypeNode)
        try:
            return self._coerced_by_core({}, (definition,)).get(definition.variable.name.value, ABSENT), True
        except FallbackToStrawberry:
            return ABSENT, True
