"""One pass that recognizes valid documents, so that graphql-core's rules only run for the others.

graphql-core visits each node for some thirty rules. Most documents are valid, and one pass without messages can
establish that: if all fields, arguments, values, variables and fragments are as the schema and the rules require, the
rules are skipped. Anything invalid or rare raises NotFastPath, and the rules run, so each message is graphql-core's.

For a comparison of 27 fields the pass takes 19 microseconds and the rules 2,200. A request with a new document takes
1,100 in all (workload e2 of docs/benchmarks.md).
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

from execution.fallback import NotFastPath
from execution.overlapping_fields import OverlappingFieldsRule

MAX_SHARED = 1_000
"""The number of fragments and variable uses that all operations of a document together may reach on the fast path."""


class FastValidation:
    """Recognizes valid documents of one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._types = _CompositeTypes(schema)

    def is_valid(self, document: DocumentNode) -> bool:
        """Return True if a document is known to be valid; False if the rules must decide."""
        check = _Pass(self._schema, self._types)
        try:
            check.check(document)
        except NotFastPath:
            return False
        return not check.merges or not self._conflicts(document)

    def _conflicts(self, document: DocumentNode) -> bool:
        """Whether fields of one response name cannot be merged."""
        errors: list[GraphQLError] = []
        context = ValidationContext(self._schema, document, TypeInfo(self._schema), errors.append)
        OverlappingFieldsRule(context).leave_document(document)
        return bool(errors)


_InputType = Any
"""The type of a value. graphql-core's own type for it is too recursive for type checkers."""


class _FieldType(NamedTuple):
    """A field in the schema."""

    arguments: Mapping[str, GraphQLArgument]
    required: frozenset[str]
    """The names of required arguments."""
    type: "_CompositeType | None"
    """The type of its objects; None if it is a leaf."""


@dataclass(eq=False, slots=True)
class _CompositeType:
    """An object, interface or union type, and its fields by name."""

    type: Any
    fields: dict[str, _FieldType] = field(default_factory=dict[str, _FieldType])


class _CompositeTypes:
    """The composite types of a schema by name, and which of them overlap."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._overlaps: dict[tuple[_CompositeType, _CompositeType], bool] = {}
        self.by_name = {
            name: _CompositeType(type_) for name, type_ in schema.type_map.items() if is_composite_type(type_)
        }
        for type_ in self.by_name.values():
            definitions: Mapping[str, GraphQLField] = getattr(type_.type, "fields", {})
            type_.fields = {name: self._field_type(definition) for name, definition in definitions.items()}
            type_.fields["__typename"] = _FieldType({}, frozenset(), None)
        self.conditions: dict[str, Mapping[str, GraphQLArgument]] = {
            directive.name: directive.args
            for directive in schema.directives
            if directive in (GraphQLSkipDirective, GraphQLIncludeDirective)
        }

    def overlap(self, first: _CompositeType, second: _CompositeType) -> bool:
        """Whether an object can be of both types."""
        if first is second:
            return True
        known = self._overlaps.get((first, second))
        if known is None:
            known = self._overlaps[first, second] = do_types_overlap(self._schema, first.type, second.type)
        return known

    def _field_type(self, definition: GraphQLField) -> _FieldType:
        arguments: Mapping[str, GraphQLArgument] = definition.args
        required = frozenset(name for name, argument in arguments.items() if is_required_argument(argument))
        named = cast("GraphQLNamedType", get_named_type(cast("Any", definition).type))
        return _FieldType(arguments, required, self.by_name.get(named.name))


class _Use(NamedTuple):
    """A use of a variable, and what its place requires."""

    variable: str
    type: _InputType
    default: object
    """The default of the place, or Undefined."""
    in_one_of: bool


@dataclass(slots=True)
class _Scope:
    """The fragments and variables that an operation or a fragment uses."""

    spreads: set[str] = field(default_factory=set[str])
    uses: list[_Use] = field(default_factory=list[_Use])


_SPECIFIED = frozenset(specified_scalar_types.values())
_ROOTS = (OperationType.QUERY, OperationType.MUTATION)


class _Pass:
    """One pass over a document. It raises NotFastPath unless it finds the document valid."""

    def __init__(self, schema: GraphQLSchema, types: _CompositeTypes) -> None:
        self.merges = False
        """Whether fields of one response name may have to be merged."""
        self._schema = schema
        self._types = types
        self._fragments: dict[str, _CompositeType] = {}
        self._scope = _Scope()

    def check(self, document: DocumentNode) -> None:
        """Check a document."""
        operations: dict[str | None, OperationDefinitionNode] = {}
        fragments: dict[str, FragmentDefinitionNode] = {}
        for definition in document.definitions:
            # Directives of operations and fragments are rare.
            if isinstance(definition, OperationDefinitionNode) and not definition.directives:
                _add(operations, definition.name.value if definition.name else None, definition)
            elif isinstance(definition, FragmentDefinitionNode) and _is_simple(definition):
                _add(fragments, definition.name.value, definition)
                self._fragments[definition.name.value] = self._composite_type(definition.type_condition.name.value)
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
        return self._read_scope(node.selection_set, self._types.by_name[root.name])

    def _read_fragment(self, node: FragmentDefinitionNode) -> _Scope:
        return self._read_scope(node.selection_set, self._fragments[node.name.value])

    def _read_scope(self, selection_set: SelectionSetNode, type_: _CompositeType) -> _Scope:
        self._scope = _Scope()
        self._read_selections(selection_set, type_, set())
        return self._scope

    def _composite_type(self, name: str) -> _CompositeType:
        type_ = self._types.by_name.get(name)
        if type_ is None:
            raise NotFastPath
        return type_

    # Selections

    def _read_selections(self, selection_set: SelectionSetNode, type_: _CompositeType, names: set[str]) -> None:
        """Read the selections of a type, and add their response names to those of the same selection set."""
        if not selection_set.selections:
            raise NotFastPath
        fields = type_.fields
        for node in selection_set.selections:
            if isinstance(node, FieldNode):
                self._read_field(node, fields, names)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = type_ if condition is None else self._narrowed(type_, condition.name.value)
                self._read_selections(node.selection_set, inner, names)
            elif isinstance(node, FragmentSpreadNode):
                self._read_spread(node, type_)
            else:
                raise NotFastPath
            if node.directives:
                self._read_directives(node.directives)

    def _read_field(self, node: FieldNode, fields: Mapping[str, _FieldType], names: set[str]) -> None:
        name = node.name.value
        field_type = fields.get(name)
        if field_type is None:
            raise NotFastPath
        alias = node.alias
        if alias is not None:
            name = alias.value
        if name in names:
            self.merges = True
        names.add(name)
        arguments, required, type_ = field_type
        if node.arguments or required:
            self._read_arguments(node.arguments or (), arguments, required)
        if node.selection_set is not None and type_ is not None:
            self._read_selections(node.selection_set, type_, set())
        elif node.selection_set is not None or type_ is not None:
            raise NotFastPath

    def _read_spread(self, node: FragmentSpreadNode, type_: _CompositeType) -> None:
        name = node.name.value
        fragment = self._fragments.get(name)
        if fragment is None or node.arguments or not self._types.overlap(type_, fragment):
            raise NotFastPath
        self._scope.spreads.add(name)
        self.merges = True

    def _narrowed(self, type_: _CompositeType, condition: str) -> _CompositeType:
        narrowed = self._composite_type(condition)
        if not self._types.overlap(type_, narrowed):
            raise NotFastPath
        return narrowed

    def _read_directives(self, nodes: Iterable[DirectiveNode]) -> None:
        names: set[str] = set()
        for node in nodes:
            name = node.name.value
            condition = self._types.conditions.get(name)
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
        """Read arguments or the fields of an input object, and return their names."""
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

    def _read_value(self, node: ValueNode, type_: _InputType) -> None:
        """Read a value of a type."""
        if isinstance(node, VariableNode):
            self._scope.uses.append(_Use(node.name.value, type_, Undefined, in_one_of=False))
            return
        if isinstance(node, NullValueNode):
            if isinstance(type_, GraphQLNonNull):
                raise NotFastPath
            return
        if isinstance(type_, GraphQLNonNull):
            type_ = _inner(type_)
        if isinstance(type_, GraphQLList):
            # A value that is not a list is coerced to a list of one.
            for item in node.values if isinstance(node, ListValueNode) else (node,):
                self._read_value(item, _inner(type_))
        elif isinstance(type_, GraphQLInputObjectType):
            self._read_object(node, type_)
        elif not _is_leaf(node, type_):
            raise NotFastPath

    def _read_object(self, node: ValueNode, type_: GraphQLInputObjectType) -> None:
        if not isinstance(node, ObjectValueNode):
            raise NotFastPath
        one_of = _is_one_of(type_)
        fields: Mapping[str, GraphQLInputField] = type_.fields
        names = self._read_entries(node.fields, fields, in_one_of=one_of)
        if one_of and len(names) != 1:
            raise NotFastPath
        for name, definition in fields.items():
            if name not in names and is_required_input_field(definition):
                raise NotFastPath

    # Uses of fragments and variables

    def _check_uses(
        self, operations: list[tuple[OperationDefinitionNode, _Scope]], fragments: Mapping[str, _Scope]
    ) -> None:
        """Check that all fragments are used, none by itself, and all variables as they are declared."""
        if fragments:
            _check_for_cycles(fragments)
        used: set[str] = set()
        shared = 0
        for node, scope in operations:
            reached = _reached(scope, fragments)
            used |= reached
            uses = [use for each in (scope, *(fragments[name] for name in reached)) for use in each.uses]
            shared += len(reached) + len(uses)
            if shared > MAX_SHARED:
                raise NotFastPath
            self._check_variables(node.variable_definitions or (), uses)
        if len(used) < len(fragments):
            raise NotFastPath

    def _check_variables(self, nodes: Iterable[VariableDefinitionNode], uses: Iterable[_Use]) -> None:
        declared: dict[str, tuple[_InputType, VariableDefinitionNode]] = {}
        for node in nodes:
            if node.directives:
                raise NotFastPath
            type_ = self._input_type(node.type)
            if node.default_value is not None:
                self._read_value(node.default_value, type_)
            _add(declared, node.variable.name.value, (type_, node))
        names: set[str] = set()
        for use in uses:
            names.add(use.variable)
            if use.variable not in declared or not self._is_allowed(use, *declared[use.variable]):
                raise NotFastPath
        if len(names) < len(declared):
            raise NotFastPath

    def _is_allowed(self, use: _Use, type_: _InputType, node: VariableDefinitionNode) -> bool:
        if use.in_one_of and not isinstance(type_, GraphQLNonNull):
            return False
        return allowed_variable_usage(self._schema, cast("Any", type_), node.default_value, use.type, use.default)

    def _input_type(self, node: TypeNode) -> _InputType:
        if isinstance(node, NonNullTypeNode):
            return GraphQLNonNull(self._input_type(node.type))
        if isinstance(node, ListTypeNode):
            return GraphQLList(self._input_type(node.type))
        type_ = self._schema.type_map.get(cast("NamedTypeNode", node).name.value)
        if not isinstance(type_, GraphQLScalarType | GraphQLEnumType | GraphQLInputObjectType):
            raise NotFastPath
        return type_


def _add(known: dict[Any, Any], name: str | None, value: object) -> None:
    """Add an entry whose name must be unique."""
    if name in known:
        raise NotFastPath
    known[name] = value


def _is_simple(fragment: FragmentDefinitionNode) -> bool:
    return not fragment.directives and not fragment.variable_definitions


def _inner(type_: _InputType) -> _InputType:
    return type_.of_type


def _is_one_of(type_: GraphQLInputObjectType) -> bool:
    # Strawberry marks oneOf types in its own definition.
    return type_.is_one_of or getattr(type_.extensions.get("strawberry-definition"), "is_one_of", False)


def _is_leaf(node: ValueNode, type_: object) -> bool:
    """Whether a literal is a value of an enum or a built-in scalar. Other scalars are left to the rules."""
    if isinstance(type_, GraphQLEnumType):
        return isinstance(node, EnumValueNode) and node.value in type_.values
    if not isinstance(type_, GraphQLScalarType) or type_ not in _SPECIFIED or type_.coerce_input_literal is None:
        return False
    try:
        return type_.coerce_input_literal(cast("Any", node)) is not Undefined
    except Exception:  # noqa: BLE001 - the rules will report it
        return False


def _reached(scope: _Scope, fragments: Mapping[str, _Scope]) -> set[str]:
    """Return the fragments that a scope spreads, directly or by other fragments."""
    found = set(scope.spreads)
    waiting = [*found]
    while waiting:
        inner = fragments[waiting.pop()].spreads - found
        found |= inner
        waiting += inner
    return found


def _check_for_cycles(fragments: Mapping[str, _Scope]) -> None:
    """Check that no fragment spreads itself, directly or by other fragments."""
    try:
        TopologicalSorter({name: scope.spreads for name, scope in fragments.items()}).prepare()
    except CycleError:
        raise NotFastPath from None
