"""The rule that fields which are answered under one name must be one field: GraphQL's own "field selection merging"."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, cast

from graphql import (
    BooleanValueNode,
    DocumentNode,
    EnumValueNode,
    FloatValueNode,
    GraphQLError,
    GraphQLObjectType,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    StringValueNode,
    ValidationContext,
    ValidationRule,
    ValueNode,
    VariableNode,
    is_composite_type,
)

from execution.merged_selections import Field, Part, Parts, Selections, TooManyVisits, fragments_of

MAX_CONFLICTS = 10
"""How many conflicts are reported; who has repaired these hears of the others."""

MAX_VISITS = 10_000
MAX_VISITS_PER_TOKEN = 10
"""How often fields may be looked at, at least and for each token of a document.

An honest document needs less than one for a token. But which selection sets are merged depends on the path to them,
and fragments that spread each other can be written so that the paths lead to exponentially many unions, like the states
of an automaton that is made deterministic. No memory of the unions is any help there, nor where a large fragment is
merged with something else in each of many places. Such a document is refused.
"""


class _Union(NamedTuple):
    """Selection sets to be merged and looked at, and whether they can be of the same object."""

    parts: Parts
    same_object: bool


class _Conflict(NamedTuple):
    """Two fields that can not be merged, and why not."""

    first: Field
    other: Field
    reason: str


class OverlappingFieldsRule(ValidationRule):
    """GraphQL's rule that fields of one response name can be merged, at a cost that grows as the document does.

    It refuses the documents that graphql-core's OverlappingFieldsCanBeMergedRule refuses, which compares every field
    with every other. Here the fields of a merged selection set are grouped by response name, each is compared with the
    first of its group, and what lies below a group is merged and looked at in turn. A union of selection sets is looked
    at once, wherever it is met, so fragments may be spread often, or in a circle. The idea is Simon Adameit's; Sangria
    and graphql-java follow it too. Left out are @stream and fragments with arguments, which GraphQL does not have yet.
    """

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self._fragments = fragments_of(context.document)
        most_visits = max(MAX_VISITS, MAX_VISITS_PER_TOKEN * context.document.token_count)
        self.selections = Selections(context.schema, self._fragments, most_visits=most_visits)
        self._seen: set[tuple[frozenset[Part], bool]] = set()
        self._conflicts: set[tuple[Field, Field]] = set()
        self._numbers: dict[tuple[tuple[str, ...], ...], int] = {}
        self._arguments: dict[Field, int] = {}
        self._shapes: dict[Field, str] = {}

    def leave_document(self, document: DocumentNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Look at all operations, and at the fragments that none of them spreads."""
        try:
            for definition in document.definitions:
                if isinstance(definition, OperationDefinitionNode):
                    self._check(self.selections.of_operation(definition))
            for name in self._fragments:
                if not self.selections.has_followed(name):
                    self._check(self.selections.of_fragment(name))
        except TooManyVisits:
            problem = "The fields of this document overlap in more ways than can be checked."
            self.report_error(GraphQLError(f"{problem} Spread fewer fragments inside each other."))

    def _check(self, parts: Parts) -> None:
        """Look for conflicts in merged selection sets, and in all that lies below them."""
        waiting = [_Union(parts, same_object=True)]
        while waiting and len(self._conflicts) < MAX_CONFLICTS:
            union = waiting.pop()
            if self._is_new(union):
                for fields in self.selections.merged(union.parts).values():
                    waiting += self._check_group(fields, same_object=union.same_object)

    def _is_new(self, union: _Union) -> bool:
        """Remember a union; what has been looked at as of the same object has been looked at in every way."""
        parts = frozenset(union.parts)
        if (parts, True) in self._seen or (parts, union.same_object) in self._seen:
            return False
        self._seen.add((parts, union.same_object))
        return True

    def _check_group(self, fields: list[Field], *, same_object: bool) -> Iterator[_Union]:
        """Look for conflicts among fields of one response name, and yield what must be looked at below them.

        All must have the same shape, so that a client can read the answer whatever type an object turns out to have.
        Those that one object can have must be the same field as well. Two objects of different types are never the same
        object, nor is anything that lies below them.
        """
        if len(fields) == 1:
            # What lies below it can conflict with itself. In a comparison of shapes alone that is seen to elsewhere.
            if same_object and fields[0].node.selection_set:
                yield _Union(self.selections.below(fields), same_object=True)
            return
        different = self._different(fields) if same_object else ()
        # How answers look does not matter where the fields are different anyway.
        conflicts = [*islice(different, MAX_CONFLICTS)] or [*islice(self._shaped_differently(fields), MAX_CONFLICTS)]
        for conflict in conflicts:
            self._report(conflict)
        if not conflicts:
            yield from self._below(fields, same_object=same_object)

    def _below(self, fields: Sequence[Field], *, same_object: bool) -> Iterator[_Union]:
        """Yield what lies below fields of one response name: of those that one object can have, and of all."""
        of_objects, of_others = _by_parent(fields)
        if same_object:
            for of_object in of_objects or [[]]:
                yield _Union(self.selections.below([*of_others, *of_object]), same_object=True)
        if len(of_objects) > 1 or not same_object:
            yield _Union(self.selections.below(fields), same_object=False)

    def _different(self, fields: Sequence[Field]) -> Iterator[_Conflict]:
        """Yield the fields that an object can have together with others, without being the same field."""
        of_objects, of_others = _by_parent(fields)
        yield from self._compared(of_others)
        for of_object in of_objects:
            # Those of other types have been compared, so any of them stands for all.
            yield from self._compared([*of_others[:1], *of_object])

    def _compared(self, fields: Sequence[Field]) -> Iterator[_Conflict]:
        """Yield the fields that are another field than the first, or have other arguments."""
        for other in fields[1:]:
            first = fields[0]
            name, other_name = first.node.name.value, other.node.name.value
            if name != other_name:
                yield _Conflict(first, other, f"'{name}' and '{other_name}' are different fields")
            elif self._arguments_of(first) != self._arguments_of(other):
                yield _Conflict(first, other, "they have different arguments")

    def _shaped_differently(self, fields: Sequence[Field]) -> Iterator[_Conflict]:
        """Yield the fields whose answers have another shape than the first's."""
        # Like other servers, and the tools of clients, this takes no notice of the type of __typename.
        known = [field for field in fields if field.definition and field.node.name.value != "__typename"]
        for other in known[1:]:
            if other.definition is not known[0].definition and self._shape_of(other) != self._shape_of(known[0]):
                reason = f"they return different types, '{_type(known[0])}' and '{_type(other)}'"
                yield _Conflict(known[0], other, reason)

    def _shape_of(self, field: Field) -> str:
        if field not in self._shapes:
            self._shapes[field] = _shape(field)
        return self._shapes[field]

    def _arguments_of(self, field: Field) -> int | None:
        """Return a number that is the same for equal arguments, in whatever order they are written; None for none."""
        if not field.node.arguments:
            return None
        if field not in self._arguments:
            arguments = tuple(
                sorted((argument.name.value, *_words(argument.value)) for argument in field.node.arguments)
            )
            # Long arguments are read once, however often they are compared.
            self._arguments[field] = self._numbers.setdefault(arguments, len(self._numbers))
        return self._arguments[field]

    def _report(self, conflict: _Conflict) -> None:
        first, other, reason = conflict
        if (first, other) not in self._conflicts and len(self._conflicts) < MAX_CONFLICTS:
            self._conflicts.add((first, other))
            problem = f"Fields '{first.name}' conflict because {reason}."
            self.report_error(
                GraphQLError(f"{problem} Use different aliases on the fields to get both.", [first.node, other.node])
            )


def _by_parent(fields: Sequence[Field]) -> tuple[list[list[Field]], list[Field]]:
    """Return the fields of each object type, and those of other types.

    An interface or a union may come to hold any object, and so may a type that is unknown.
    """
    of_objects: dict[GraphQLObjectType, list[Field]] = {}
    of_others: list[Field] = []
    for field in fields:
        if isinstance(field.parent, GraphQLObjectType):
            of_objects.setdefault(field.parent, []).append(field)
        else:
            of_others.append(field)
    return [*of_objects.values()], of_others


def _shape(field: Field) -> str:
    """Return a field's type, with a stand-in for the name of an object's type; objects are compared by their fields."""
    shape = _type(field)
    return shape.replace(field.kind.name, "{}") if field.kind and is_composite_type(field.kind) else shape


def _type(field: Field) -> str:
    return str(cast("Any", field.definition).type)


def _words(value: ValueNode) -> list[str]:
    """Return the words that make up a value, with the fields of objects in order: the same for equal values alone."""
    words: list[str] = []
    waiting = [value]
    while waiting:
        node = waiting.pop()
        words.append(node.kind)
        match node:
            case ListValueNode():
                words.append(str(len(node.values)))
                waiting += node.values
            case ObjectValueNode():
                fields = sorted(node.fields, key=lambda field: field.name.value)
                words += (str(len(fields)), *(field.name.value for field in fields))
                waiting += (field.value for field in fields)
            case VariableNode():
                words.append(node.name.value)
            case StringValueNode():
                words += (node.value, str(node.block))
            case IntValueNode() | FloatValueNode() | EnumValueNode() | BooleanValueNode():
                words.append(str(node.value))
            case _:  # null has no value
                pass
    return words
