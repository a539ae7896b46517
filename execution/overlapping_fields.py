"""GraphQL's rule "Field Selection Merging" at a cost that is linear in the document, for all but contrived documents.

graphql-core's OverlappingFieldsCanBeMergedRule compares all fields of one response name in pairs. A document of 1,000
tokens that repeats two fields, ``{ groups { parent { code } parent { code } ... } }``, takes it 180 ms; this rule takes
milliseconds. It stays for this safety, which limits alone do not give; see docs/adr/0008.
"""

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

from execution.selections import Field, Part, Parts, Selections, TooManyVisits, fragments_of

MAX_CONFLICTS = 10
"""The number of conflicts that are reported at once."""

MAX_VISITS = 10_000
MAX_VISITS_PER_TOKEN = 10
"""The number of visits to fields that is allowed for any document, and for each of its tokens.

Real documents need less than one visit per token. But the selection sets that are merged depend on the path to them,
and fragments can spread each other so that the paths lead to exponentially many unions, as the states of an automaton
that is made deterministic. Caching unions does not help there, nor if a large fragment is merged with another selection
in each of many places. Such documents are refused.
"""


class _Union(NamedTuple):
    """Selection sets to merge and check, and whether they can be of the same object."""

    parts: Parts
    same_object: bool


class _Conflict(NamedTuple):
    """Two fields that cannot be merged, and the reason."""

    first: Field
    other: Field
    reason: str


class OverlappingFieldsRule(ValidationRule):
    """Refuses the documents that graphql-core's OverlappingFieldsCanBeMergedRule refuses.

    The fields of a merged selection set are grouped by response name, each is compared with the first of its group, and
    the selections below a group are merged and checked in turn. A union of selection sets is checked once, so fragments
    may be spread often or in a cycle. The algorithm is Simon Adameit's; Sangria and graphql-java use it too.

    @stream and fragments with arguments are left out, because they are not in the GraphQL specification yet.
    """

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self._fragments = fragments_of(context.document)
        max_visits = max(MAX_VISITS, MAX_VISITS_PER_TOKEN * context.document.token_count)
        self.selections = Selections(context.schema, self._fragments, max_visits=max_visits)
        self._seen: set[tuple[frozenset[Part], bool]] = set()
        self._conflicts: set[tuple[Field, Field]] = set()
        self._numbers: dict[tuple[tuple[str, ...], ...], int] = {}
        self._arguments: dict[Field, int] = {}
        self._shapes: dict[Field, str] = {}

    def leave_document(self, document: DocumentNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Check all operations, and the fragments that no operation spreads."""
        try:
            for definition in document.definitions:
                if isinstance(definition, OperationDefinitionNode):
                    self._check(self.selections.of_operation(definition))
            for name in self._fragments:
                if not self.selections.has_followed(name):
                    self._check(self.selections.of_fragment(name))
        except TooManyVisits:
            problem = "The fields of this document overlap in too many ways to check."
            self.report_error(GraphQLError(f"{problem} Spread fewer fragments inside other fragments."))

    def _check(self, parts: Parts) -> None:
        """Find conflicts in merged selection sets and in all selections below them."""
        waiting = [_Union(parts, same_object=True)]
        while waiting and len(self._conflicts) < MAX_CONFLICTS:
            union = waiting.pop()
            if self._is_new(union):
                for fields in self.selections.merged(union.parts).values():
                    waiting += self._check_group(fields, same_object=union.same_object)

    def _is_new(self, union: _Union) -> bool:
        """Note a union and return whether it must be checked. A check as of the same object includes all others."""
        parts = frozenset(union.parts)
        if (parts, True) in self._seen or (parts, union.same_object) in self._seen:
            return False
        self._seen.add((parts, union.same_object))
        return True

    def _check_group(self, fields: list[Field], *, same_object: bool) -> Iterator[_Union]:
        """Find conflicts among fields of one response name, and yield the unions to check below them.

        All fields must have the same shape, so that a client can read the result for any type of object.
        Fields that one object can have must also be the same field. Objects of different types are never the same
        object, and neither are objects below them.
        """
        if len(fields) == 1:
            # Selections below one field can conflict. For shapes alone, they are checked with their own object.
            if same_object and fields[0].node.selection_set:
                yield _Union(self.selections.below(fields), same_object=True)
            return
        different = self._different(fields) if same_object else ()
        # Shapes do not matter if the fields are different.
        conflicts = [*islice(different, MAX_CONFLICTS)] or [*islice(self._shaped_differently(fields), MAX_CONFLICTS)]
        for conflict in conflicts:
            self._report(conflict)
        if not conflicts:
            yield from self._below(fields, same_object=same_object)

    def _below(self, fields: Sequence[Field], *, same_object: bool) -> Iterator[_Union]:
        """Yield the unions below fields of one response name: of those that one object can have, and of all."""
        of_objects, of_others = _by_parent(fields)
        if same_object:
            for of_object in of_objects or [[]]:
                yield _Union(self.selections.below([*of_others, *of_object]), same_object=True)
        if len(of_objects) > 1 or not same_object:
            yield _Union(self.selections.below(fields), same_object=False)

    def _different(self, fields: Sequence[Field]) -> Iterator[_Conflict]:
        """Yield conflicts between fields that one object can have but that are not the same field."""
        of_objects, of_others = _by_parent(fields)
        yield from self._compared(of_others)
        for of_object in of_objects:
            # Fields of abstract types have been compared, so the first represents all.
            yield from self._compared([*of_others[:1], *of_object])

    def _compared(self, fields: Sequence[Field]) -> Iterator[_Conflict]:
        """Yield conflicts of fields that differ from the first in name or arguments."""
        for other in fields[1:]:
            first = fields[0]
            name, other_name = first.node.name.value, other.node.name.value
            if name != other_name:
                yield _Conflict(first, other, f"'{name}' and '{other_name}' are different fields")
            elif self._arguments_of(first) != self._arguments_of(other):
                yield _Conflict(first, other, "they have different arguments")

    def _shaped_differently(self, fields: Sequence[Field]) -> Iterator[_Conflict]:
        """Yield conflicts of fields whose shape differs from the first's."""
        # Like other servers and client tools, this ignores the type of __typename.
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
        """Return a number that is equal for equal arguments in any order; None if there are no arguments."""
        if not field.node.arguments:
            return None
        if field not in self._arguments:
            arguments = tuple(
                sorted((argument.name.value, *_words(argument.value)) for argument in field.node.arguments)
            )
            # Long arguments are read once and compared by their numbers.
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

    An interface, a union or an unknown type may stand for any object.
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
    """Return a field's type, with a placeholder for the name of a composite type, whose fields are compared."""
    shape = _type(field)
    return shape.replace(field.type.name, "{}") if field.type and is_composite_type(field.type) else shape


def _type(field: Field) -> str:
    return str(cast("Any", field.definition).type)


def _words(value: ValueNode) -> list[str]:
    """Return the words of a value, with the fields of objects in order. They are equal only for equal values."""
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
