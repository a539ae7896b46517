"""Selection sets, merged as GraphQL does: fields by the name they are answered under, each fragment followed once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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
    """Merging has looked at more fields and fragments than it may."""


@dataclass(eq=False, slots=True)
class Field:
    """A field as it is selected. Types and definitions that the schema does not know are None."""

    name: str
    """The response name: its alias, or else its own name."""
    node: FieldNode
    parent: GraphQLNamedType | None
    """The type that it is selected from."""
    definition: GraphQLField | None
    kind: GraphQLNamedType | None
    """The type that it returns, alone or in lists."""
    part: "Part | None" = None
    """What its selection set holds, once that has been read."""


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """What one selection set holds: its fields, those of its inline fragments, and the fragments that it spreads."""

    fields: tuple[Field, ...]
    spreads: tuple[str, ...]


Parts = tuple[Part, ...]
"""Selection sets that are merged into one. However they were reached, the same set of parts is the same selection."""


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """Return a document's fragments by their names."""
    return {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}


@dataclass
class Selections:
    """The selections of one document, valid or not. Each is read once, and then merged as often as needed."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    included: Callable[[SelectionNode], bool] = lambda _: True
    """Whether a field or a fragment takes part, which its directives may deny."""
    most_visits: float = float("inf")
    visits: int = field(default=0, init=False)
    """How many fields and fragments have been looked at, again and again where they are merged again."""
    _followed: dict[str, Part | None] = field(default_factory=dict[str, Part | None], init=False)

    def of_operation(self, operation: OperationDefinitionNode) -> Parts:
        """Return what an operation selects."""
        return self._following([self._read(operation.selection_set, self.schema.get_root_type(operation.operation))])

    def of_fragment(self, name: str) -> Parts:
        """Return what a fragment selects: nothing if there is no such fragment."""
        part = self._fragment(name)
        return self._following([part] if part else [])

    def below(self, fields: Iterable[Field]) -> Parts:
        """Return what the selection sets of fields select together."""
        parts: list[Part] = []
        for selected in fields:
            self._visit(1)
            if selected.node.selection_set:
                if selected.part is None:
                    selected.part = self._read(selected.node.selection_set, selected.kind)
                parts.append(selected.part)
        return self._following(parts) if parts else ()

    def merged(self, parts: Parts) -> dict[str, list[Field]]:
        """Return the fields of selection sets by the names that they are answered under."""
        fields: dict[str, list[Field]] = {}
        for part in parts:
            self._visit(len(part.fields))
            for selected in part.fields:
                fields.setdefault(selected.name, []).append(selected)
        return fields

    def has_followed(self, name: str) -> bool:
        """Return whether a fragment has been part of anything yet."""
        return name in self._followed

    def _following(self, parts: list[Part]) -> Parts:
        """Return these parts and those of all fragments that they spread. Parts that have no fields are left out."""
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
            kind = self.schema.get_type(fragment.type_condition.name.value) if fragment else None
            self._followed[name] = self._read(fragment.selection_set, kind) if fragment else None
        return self._followed[name]

    def _read(self, selection_set: SelectionSetNode, parent: GraphQLNamedType | None) -> Part:
        fields: list[Field] = []
        spreads: dict[str, None] = {}
        waiting: list[tuple[SelectionSetNode, GraphQLNamedType | None]] = [(selection_set, parent)]
        for selections, kind in waiting:
            for selection in filter(self.included, selections.selections):
                match selection:
                    case FieldNode():
                        fields.append(self._field(selection, kind))
                    case FragmentSpreadNode():
                        spreads[selection.name.value] = None
                    case InlineFragmentNode(type_condition=condition):
                        inner = self.schema.get_type(condition.name.value) if condition else kind
                        waiting.append((selection.selection_set, inner))
                    case _:
                        pass
        return Part(tuple(fields), tuple(spreads))

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Field:
        definition = self.schema.get_field(parent, node.name.value) if is_composite_type(parent) else None
        # graphql-core's own type of a field's type is too recursive for type checkers.
        kind = cast("GraphQLNamedType", get_named_type(cast("Any", definition).type)) if definition else None
        return Field((node.alias or node.name).value, node, parent, definition, kind)

    def _visit(self, count: int) -> None:
        self.visits += count
        if self.visits > self.most_visits:
            raise TooManyVisits
