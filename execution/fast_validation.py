"""Documents that are plainly valid, told at a glance from those that graphql-core has to look at.

graphql-core holds a document to each of some thirty rules, which takes milliseconds of Python for a usual one. What
clients send is nearly always valid, and that much can be seen in one pass that knows no messages: where every field,
argument, value, variable and fragment is as the schema and the rules want it, the rules need not be run. Anything else,
and anything rare, is not sure, and all the rules are run. So each message that a client gets is still theirs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple, cast

from graphql import (
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    ListTypeNode,
    ListValueNode,
    NamedTypeNode,
    NonNullTypeNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    TypeInfo,
    TypeNode,
    Undefined,
    ValidationContext,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    get_named_type,
    is_composite_type,
    is_required_argument,
    is_required_input_field,
    specified_scalar_types,
)
from graphql.utilities import do_types_overlap
from graphql.validation.rules.variables_in_allowed_position import allowed_variable_usage

from execution.overlapping_fields import OverlappingFieldsRule

MOST_SHARED = 1_000
"""How many fragments and uses of variables the operations of a document may reach in all, for it to be plain."""


class FastValidation:
    """Tells of the documents of one schema whether they are plainly valid."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._kinds = _Kinds(schema)

    def holds_for(self, document: DocumentNode) -> bool:
        """Return whether a document is surely valid; one that is not sure may be valid all the same."""
        reading = _Reading(self._schema, self._kinds)
        try:
            reading.read(document)
        except NotFastPath:
            return False
        return not reading.merges or not self._conflicts(document)

    def _conflicts(self, document: DocumentNode) -> bool:
        """Return whether fields of one name can't be merged, which only our rule about that can tell."""
        errors: list[GraphQLError] = []
        context = ValidationContext(self._schema, document, TypeInfo(self._schema), errors.append)
        OverlappingFieldsRule(context).leave_document(document)
        return bool(errors)


_InputType = Any
"""The type of a value. graphql-core's own name for it is too recursive for type checkers."""


class NotFastPath(Exception):
    """Something is wrong, or so rare that it is left to the rules."""


class _Selectable(NamedTuple):
    """A field as the schema has it."""

    arguments: Mapping[str, GraphQLArgument]
    required: frozenset[str]
    """The arguments that must be given."""
    kind: "_Kind | None"
    """What its objects are of; None where it has no fields of its own."""


@dataclass(eq=False, slots=True)
class _Kind:
    """A type that fields are selected from, with these by their names."""

    type: Any
    fields: dict[str, _Selectable] = field(default_factory=dict[str, _Selectable])


class _Kinds:
    """The types of a schema that fields are selected from, by their names, and which of them overlap."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._overlaps: dict[tuple[_Kind, _Kind], bool] = {}
        self.by_name = {name: _Kind(kind) for name, kind in schema.type_map.items() if is_composite_type(kind)}
        for kind in self.by_name.values():
            definitions: Mapping[str, GraphQLField] = getattr(kind.type, "fields", {})
            kind.fields = {name: self._selectable(definition) for name, definition in definitions.items()}
            kind.fields["__typename"] = _Selectable({}, frozenset(), None)
        self.conditions: dict[str, Mapping[str, GraphQLArgument]] = {
            directive.name: directive.args
            for directive in schema.directives
            if directive in (GraphQLSkipDirective, GraphQLIncludeDirective)
        }

    def overlap(self, first: _Kind, second: _Kind) -> bool:
        """Return whether an object can be of both types."""
        if first is second:
            return True
        known = self._overlaps.get((first, second))
        if known is None:
            known = self._overlaps[first, second] = do_types_overlap(self._schema, first.type, second.type)
        return known

    def _selectable(self, definition: GraphQLField) -> _Selectable:
        arguments: Mapping[str, GraphQLArgument] = definition.args
        required = frozenset(name for name, argument in arguments.items() if is_required_argument(argument))
        named = cast("GraphQLNamedType", get_named_type(cast("Any", definition).type))
        return _Selectable(arguments, required, self.by_name.get(named.name))


class _Use(NamedTuple):
    """The use of a variable, and what it must be there."""

    variable: str
    type: _InputType
    default: object
    """What the place falls back on; Undefined where there is nothing."""
    in_one_of: bool


@dataclass(slots=True)
class _Scope:
    """What an operation or a fragment uses."""

    spreads: set[str] = field(default_factory=set[str])
    uses: list[_Use] = field(default_factory=list[_Use])


_SPECIFIED = frozenset(specified_scalar_types.values())
_ROOTS = (OperationType.QUERY, OperationType.MUTATION)


class _Reading:
    """One pass over a document, which raises NotFastPath where it is not plainly valid."""

    def __init__(self, schema: GraphQLSchema, kinds: _Kinds) -> None:
        self.merges = False
        """Whether fields of one name may have to be merged."""
        self._schema = schema
        self._kinds = kinds
        self._fragments: dict[str, _Kind] = {}
        self._scope = _Scope()

    def read(self, document: DocumentNode) -> None:
        """Read a whole document."""
        operations: dict[str | None, OperationDefinitionNode] = {}
        fragments: dict[str, FragmentDefinitionNode] = {}
        for definition in document.definitions:
            # Directives may be there for the server, but have no meaning here.
            if isinstance(definition, OperationDefinitionNode) and not definition.directives:
                _add(operations, definition.name.value if definition.name else None, definition)
            elif isinstance(definition, FragmentDefinitionNode) and _is_simple(definition):
                _add(fragments, definition.name.value, definition)
                self._fragments[definition.name.value] = self._kind(definition.type_condition.name.value)
            else:
                raise NotFastPath
        if not operations or (None in operations and len(operations) > 1):
            raise NotFastPath
        scopes = {name: self._read_fragment(node) for name, node in fragments.items()}
        self._check_uses([(node, self._read_operation(node)) for node in operations.values()], scopes)

    # Definitions

    def _read_operation(self, node: OperationDefinitionNode) -> _Scope:
        root = self._schema.get_root_type(node.operation)
        if root is None or node.operation not in _ROOTS:
            raise NotFastPath
        return self._read_scope(node.selection_set, self._kinds.by_name[root.name])

    def _read_fragment(self, node: FragmentDefinitionNode) -> _Scope:
        return self._read_scope(node.selection_set, self._fragments[node.name.value])

    def _read_scope(self, selection_set: SelectionSetNode, kind: _Kind) -> _Scope:
        self._scope = _Scope()
        self._read_selections(selection_set, kind, set())
        return self._scope

    def _kind(self, name: str) -> _Kind:
        kind = self._kinds.by_name.get(name)
        if kind is None:
            raise NotFastPath
        return kind

    # Selections

    def _read_selections(self, selection_set: SelectionSetNode, kind: _Kind, names: set[str]) -> None:
        """Read the selections of a type, whose response names are added to those of the same selection set."""
        if not selection_set.selections:
            raise NotFastPath
        fields = kind.fields
        for node in selection_set.selections:
            if isinstance(node, FieldNode):
                self._read_field(node, fields, names)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = kind if condition is None else self._narrowed(kind, condition.name.value)
                self._read_selections(node.selection_set, inner, names)
            elif isinstance(node, FragmentSpreadNode):
                self._read_spread(node, kind)
            else:
                raise NotFastPath
            if node.directives:
                self._read_directives(node.directives)

    def _read_field(self, node: FieldNode, fields: Mapping[str, _Selectable], names: set[str]) -> None:
        name = node.name.value
        selectable = fields.get(name)
        if selectable is None:
            raise NotFastPath
        alias = node.alias
        if alias is not None:
            name = alias.value
        if name in names:
            self.merges = True
        names.add(name)
        arguments, required, kind = selectable
        if node.arguments or required:
            self._read_arguments(node.arguments or (), arguments, required)
        if node.selection_set is not None and kind is not None:
            self._read_selections(node.selection_set, kind, set())
        elif node.selection_set is not None or kind is not None:
            raise NotFastPath

    def _read_spread(self, node: FragmentSpreadNode, kind: _Kind) -> None:
        name = node.name.value
        fragment = self._fragments.get(name)
        if fragment is None or node.arguments or not self._kinds.overlap(kind, fragment):
            raise NotFastPath
        self._scope.spreads.add(name)
        self.merges = True

    def _narrowed(self, kind: _Kind, condition: str) -> _Kind:
        narrowed = self._kind(condition)
        if not self._kinds.overlap(kind, narrowed):
            raise NotFastPath
        return narrowed

    def _read_directives(self, nodes: Iterable[DirectiveNode]) -> None:
        names: set[str] = set()
        for node in nodes:
            name = node.name.value
            condition = self._kinds.conditions.get(name)
            if condition is None or name in names:
                raise NotFastPath
            names.add(name)
            self._read_arguments(node.arguments or (), condition, frozenset(condition))

    # Values

    def _read_arguments(
        self, nodes: Iterable[ArgumentNode], definitions: Mapping[str, GraphQLArgument], required: frozenset[str]
    ) -> None:
        names = self._read_entries(nodes, definitions)
        if not names >= required:
            raise NotFastPath

    def _read_entries(
        self,
        nodes: Iterable[ArgumentNode | ObjectFieldNode],
        definitions: Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField],
        *,
        in_one_of: bool = False,
    ) -> set[str]:
        """Read arguments, or the fields of an object, and return their names."""
        names: set[str] = set()
        for node in nodes:
            name = node.name.value
            definition: Any = definitions.get(name)
            if definition is None or name in names:
                raise NotFastPath
            names.add(name)
            if isinstance(node.value, VariableNode):
                default = definition.default_value if definition.default is None else definition.default
                self._scope.uses.append(_Use(node.value.name.value, definition.type, default, in_one_of))
            elif in_one_of and isinstance(node.value, NullValueNode):
                raise NotFastPath
            else:
                self._read_value(node.value, definition.type)
        return names

    def _read_value(self, node: ValueNode, kind: _InputType) -> None:
        """Read a value of a type, which may be a list, or an item of one."""
        if isinstance(node, VariableNode):
            self._scope.uses.append(_Use(node.name.value, kind, Undefined, in_one_of=False))
            return
        if isinstance(node, NullValueNode):
            if isinstance(kind, GraphQLNonNull):
                raise NotFastPath
            return
        if isinstance(kind, GraphQLNonNull):
            kind = _inner(kind)
        if isinstance(kind, GraphQLList):
            # What is no list stands for a list of one.
            for item in node.values if isinstance(node, ListValueNode) else (node,):
                self._read_value(item, _inner(kind))
        elif isinstance(kind, GraphQLInputObjectType):
            self._read_object(node, kind)
        elif not _is_leaf(node, kind):
            raise NotFastPath

    def _read_object(self, node: ValueNode, kind: GraphQLInputObjectType) -> None:
        if not isinstance(node, ObjectValueNode):
            raise NotFastPath
        one_of = _is_one_of(kind)
        fields: Mapping[str, GraphQLInputField] = kind.fields
        names = self._read_entries(node.fields, fields, in_one_of=one_of)
        if one_of and len(names) != 1:
            raise NotFastPath
        for name, definition in fields.items():
            if name not in names and is_required_input_field(definition):
                raise NotFastPath

    # What operations and fragments use of each other

    def _check_uses(
        self, operations: list[tuple[OperationDefinitionNode, _Scope]], fragments: Mapping[str, _Scope]
    ) -> None:
        """See that all fragments are used, none of them by itself, and all variables as they are declared."""
        if fragments:
            _check_for_circles(fragments)
        used: set[str] = set()
        shared = 0
        for node, scope in operations:
            reached = _reached(scope, fragments)
            used |= reached
            uses = [use for each in (scope, *(fragments[name] for name in reached)) for use in each.uses]
            shared += len(reached) + len(uses)
            if shared > MOST_SHARED:
                raise NotFastPath
            self._check_variables(node.variable_definitions or (), uses)
        if len(used) < len(fragments):
            raise NotFastPath

    def _check_variables(self, nodes: Iterable[VariableDefinitionNode], uses: Iterable[_Use]) -> None:
        declared: dict[str, tuple[_InputType, VariableDefinitionNode]] = {}
        for node in nodes:
            if node.directives:
                raise NotFastPath
            kind = self._input_type(node.type)
            if node.default_value is not None:
                self._read_value(node.default_value, kind)
            _add(declared, node.variable.name.value, (kind, node))
        names: set[str] = set()
        for use in uses:
            names.add(use.variable)
            if use.variable not in declared or not self._is_allowed(use, *declared[use.variable]):
                raise NotFastPath
        if len(names) < len(declared):
            raise NotFastPath

    def _is_allowed(self, use: _Use, kind: _InputType, node: VariableDefinitionNode) -> bool:
        if use.in_one_of and not isinstance(kind, GraphQLNonNull):
            return False
        return allowed_variable_usage(self._schema, cast("Any", kind), node.default_value, use.type, use.default)

    def _input_type(self, node: TypeNode) -> _InputType:
        if isinstance(node, NonNullTypeNode):
            return GraphQLNonNull(self._input_type(node.type))
        if isinstance(node, ListTypeNode):
            return GraphQLList(self._input_type(node.type))
        kind = self._schema.type_map.get(cast("NamedTypeNode", node).name.value)
        if not isinstance(kind, GraphQLScalarType | GraphQLEnumType | GraphQLInputObjectType):
            raise NotFastPath
        return kind


def _add(known: dict[Any, Any], name: str | None, value: object) -> None:
    """Add what must be the only one of its name."""
    if name in known:
        raise NotFastPath
    known[name] = value


def _is_simple(fragment: FragmentDefinitionNode) -> bool:
    return not fragment.directives and not fragment.variable_definitions


def _inner(kind: _InputType) -> _InputType:
    return kind.of_type


def _is_one_of(kind: GraphQLInputObjectType) -> bool:
    # Strawberry has a mark of its own.
    return kind.is_one_of or getattr(kind.extensions.get("strawberry-definition"), "is_one_of", False)


def _is_leaf(node: ValueNode, kind: object) -> bool:
    """Return whether a literal is one of an enum, or of a scalar of GraphQL's own. Other scalars are left to others."""
    if isinstance(kind, GraphQLEnumType):
        return isinstance(node, EnumValueNode) and node.value in kind.values
    if not isinstance(kind, GraphQLScalarType) or kind not in _SPECIFIED or kind.coerce_input_literal is None:
        return False
    try:
        return kind.coerce_input_literal(cast("Any", node)) is not Undefined
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the rules will say
        return False


def _reached(scope: _Scope, fragments: Mapping[str, _Scope]) -> set[str]:
    """Return the fragments that are spread in a scope, directly or in each other."""
    found = set(scope.spreads)
    waiting = [*found]
    while waiting:
        inner = fragments[waiting.pop()].spreads - found
        found |= inner
        waiting += inner
    return found


def _check_for_circles(fragments: Mapping[str, _Scope]) -> None:
    """See that no fragment spreads itself, by way of others or directly."""
    try:
        TopologicalSorter({name: scope.spreads for name, scope in fragments.items()}).prepare()
    except CycleError:
        raise NotFastPath from None
