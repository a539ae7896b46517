"""The fields that an operation selects of one object type, with fragments and directives resolved.

This is ``CollectFields`` of the GraphQL specification, by graphql-core's own functions, so that fields are merged,
skipped and ordered as the reference executor does it. It needs the values of the variables of @skip and @include, so a
program is compiled for each combination of them. ``selections`` merges fields for validation and costs instead: of all
types at once, and of documents that may be invalid.
"""

from collections.abc import Mapping, Sequence
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

from execution.fallback import NotCompilable

MOST_FIELDS = 1_000
"""The maximum number of fields of a program, or the document's number of tokens if that is larger.

Only a document that spreads its fragments in many places has more fields than tokens: 800 bytes can have 25,000 fields,
which take a second and 20 MB to compile. graphql-core collects the fields of those objects that there are.
"""


@dataclass(frozen=True, slots=True)
class CollectedField:
    """A field that is selected under one response name, in one or several places."""

    key: str
    name: str
    """The field's own name."""
    node: FieldNode
    """The first of the places, whose arguments apply."""
    details: Sequence[FieldDetails]


class FieldCollector:
    """Collects the fields of an operation for the values of its variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        values: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._fragments = {
            node.name.value: FragmentDetails(node)
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._values = VariableValues({}, dict(values))
        self._maximum = max(MOST_FIELDS, document.token_count)
        self.count = 0
        """The number of fields that have been collected."""

    def of_root(self, root: GraphQLObjectType) -> list[CollectedField]:
        """Return the fields that the operation selects of the root type."""
        return self._collected(collect_fields(self._schema, self._fragments, self._values, root, self._operation))

    def below(self, field: CollectedField, type_: GraphQLObjectType) -> list[CollectedField]:
        """Return the fields that are selected of a field's value if it is an object of this type."""
        details = list(field.details)
        return self._collected(
            collect_subfields(self._schema, self._fragments, self._values, self._operation, type_, details)
        )

    def _collected(self, collected: CollectedFields) -> list[CollectedField]:
        if collected.new_defer_usages:
            raise NotCompilable("@defer")
        fields = [
            CollectedField(key, (node := details[0].node).name.value, node, details)
            for key, details in collected.grouped_field_set.items()
        ]
        self.count += len(fields)
        if self.count > self._maximum:
            raise NotCompilable(f"more than {self._maximum} fields")
        return fields
