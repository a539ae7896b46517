"""What is asked of each type of object: the fields of a selection set with fragments and directives done with.

graphql-core's own functions collect the fields, so that what is merged, left out and in which order is as it should be.
They are asked when an operation is compiled, once for each combination of the variables that @skip and @include go by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.collect_fields import (
    CollectedFields,
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from execution.arguments import Values, variables_in
from execution.fallback import NotCompilable


@dataclass(frozen=True)
class Selected:
    """A field that is asked for: under which name, and all places that ask for it under that name."""

    key: str
    details: Sequence[FieldDetails]

    @property
    def node(self) -> FieldNode:
        """The first of the places, whose arguments count."""
        return self.details[0].node

    @property
    def name(self) -> str:
        """The field's own name."""
        return self.node.name.value


class Selections:
    """The selections of an operation, for some values of the variables that decide what is included."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, values: Values
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._fragments = {
            node.name.value: FragmentDetails(node)
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._values = VariableValues({}, dict(values))

    def of_operation(self, root: GraphQLObjectType) -> list[Selected]:
        """Return what the operation asks of the root type."""
        return _selected(collect_fields(self._schema, self._fragments, self._values, root, self._operation))

    def below(self, selected: Selected, kind: GraphQLObjectType) -> list[Selected]:
        """Return what is asked of a field's value, where it is an object of this type."""
        details = list(selected.details)
        return _selected(collect_subfields(self._schema, self._fragments, self._values, self._operation, kind, details))


def _selected(collected: CollectedFields) -> list[Selected]:
    if collected.new_defer_usages:
        raise NotCompilable("@defer")
    return [Selected(key, details) for key, details in collected.grouped_field_set.items()]


def deciding_variables(document: DocumentNode) -> tuple[str, ...]:
    """Return the variables that @skip and @include go by anywhere in a document."""
    return tuple(sorted(variables_in(*_directives(document))))


def _directives(document: DocumentNode) -> list[Any]:
    found: list[Any] = []
    waiting: list[Any] = [*document.definitions]
    for node in waiting:
        found.extend(getattr(node, "directives", None) or ())
        selection_set = getattr(node, "selection_set", None)
        if selection_set is not None:
            waiting.extend(selection_set.selections)
    return found
