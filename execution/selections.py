"""Selection sets, merged as in GraphQL: fields by their response names, each fragment followed once.

Validation and costs use this, for all types at once and for documents that may be invalid. ``field_collection``
collects the fields of one object type for execution.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    is_composite_type,
)


class TooManyVisits(Exception):
    """Merging has visited more fields and fragments than allowed."""


@dataclass(eq=False, slots=True)
class Field:
    """A selected field. Types and definitions that are not in the schema are None."""

    name: str
    """The response name: its alias or its own name."""
    node: FieldNode
    parent: GraphQLNamedType | None
    """The type that it is selected from."""
    definition: GraphQLField | None
    type: GraphQLNamedType | None
    """The type that it returns, alone or in lists."""
    part: "Part | None" = None
    """Its selection set, once it has been read."""


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """One selection set: its fields and those of its inline fragments, and the fragments that it spreads."""

    fields: tuple[Field, ...]
    spreads: tuple[str, ...]


Parts = tuple[Part, ...]
"""Selection sets to merge. Equal sets of parts are the same selection, however they were reached."""


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """Return a document's fragments by name."""
    return {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}


@dataclass
class Selections:
    """The selections of one document, valid or not. Each is read once and merged as often as needed."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    included: Callable[[SelectionNode], bool] = lambda _: True
    """Whether a field or a fragment is included, which depends on its directives."""
    max_visits: float = float("inf")
    visits: int = field(default=0, init=False)
    """The number of fields and fragments visited, each time that they are merged."""
    _followed: dict[str, Part | None] = field(default_factory=dict[str, Part | None], init=False)

    def of_operation(self, operation: OperationDefinitionNode) -> Parts:
        """Return the selection of an operation."""
        return self._following([self._read(operation.selection_set, self.schema.get_root_type(operation.operation))])

    def of_fragment(self, name: str) -> Parts:
        """Return the selection of a fragment, empty if it does not exist."""
        part = self._fragment(name)
        return self._following([part] if part else [])

    def below(self, fields: Iterable[Field]) -> Parts:
        """Return the merged selection below fields of one response name."""
        parts: list[Part] = []
        for selected in fields:
            self._visit(1)
            if selected.node.selection_set:
                if selected.part is None:
                    selected.part = self._read(selected.node.selection_set, selected.type)
                parts.append(selected.part)
        return self._following(parts) if parts else ()

    def merged(self, parts: Parts) -> dict[str, list[Field]]:
        """Return the fields of selection sets by response name."""
        fields: dict[str, list[Field]] = {}
        for part in parts:
            self._visit(len(part.fields))
            for selected in part.fields:
                fields.setdefault(selected.name, []).append(selected)
        return fields

    def has_followed(self, name: str) -> bool:
        """Whether a fragment has been part of any selection yet."""
        return name in self._followed

    def _following(self, parts: list[Part]) -> Parts:
        """Return these parts and those of all fragments that they spread, without parts that have no fields."""
        found = dict.fromkeys(parts)
        waiting = [*found]
        for part in waiting:
            self._visit(1 + len(part.spreads))
            for name in part.spreads:
                fragment = self._fragment(name)
                if fragment is not None and fragment not in found:
                    found[fragment] = None
                    waiting.append(fragment)
        return tuple(part for part in found if part.fields)

    def _fragment(self, name: str) -> Part | None:
        if name not in self._followed:
            fragment = self.fragments.get(name)
            type_ = self.schema.get_type(fragment.type_condition.name.value) if fragment else None
            self._followed[name] = self._read(fragment.selection_set, type_) if fragment else None
        return self._followed[name]

    def _read(self, selection_set: SelectionSetNode, parent: GraphQLNamedType | None) -> Part:
        fields: list[Field] = []
        spreads: dict[str, None] = {}
        waiting: list[tuple[SelectionSetNode, GraphQLNamedType | None]] = [(selection_set, parent)]
        for selections, type_ in waiting:
            for selection in filter(self.included, selections.selections):
                match selection:
                    case FieldNode():
                        fields.append(self._field(selection, type_))
                    case FragmentSpreadNode():
                        spreads[selection.name.value] = None
                    case InlineFragmentNode(type_condition=condition):
                        inner = self.schema.get_type(condition.name.value) if condition else type_
                        waiting.append((selection.selection_set, inner))
                    case _:
                        pass
        return Part(tuple(fields), tuple(spreads))

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Field:
        return Field((node.alias or node.name).value, node, parent, *_defined(self.schema, parent, node.name.value))

    def _visit(self, count: int) -> None:
        self.visits += count
        if self.visits > self.max_visits:
            raise TooManyVisits


@lru_cache(maxsize=10_000)
def _defined(
    schema: GraphQLSchema, parent: GraphQLNamedType | None, name: str
) -> tuple[GraphQLField | None, GraphQLNamedType | None]:
    """Return the definition of a field of a type and the type that it returns; None for what is not in the schema."""
    definition = schema.get_field(parent, name) if is_composite_type(parent) else None
    # graphql-core's own type of a field's type is too recursive for type checkers.
    return definition, cast("GraphQLNamedType", get_named_type(cast("Any", definition).type)) if definition else None
