"""References to types, in a form that is easy to compile: named or a list, and required or not.

GraphQL wraps a type in a list type or a non-null type, in any order and depth.
"""

from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    GraphQLAbstractType,
    GraphQLArgument,
    GraphQLField,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    TypeNode,
    VariableDefinitionNode,
    is_abstract_type,
    is_leaf_type,
)
from strawberry import Schema


@dataclass(frozen=True)
class NamedTypeRef:
    """A reference to an object, leaf or abstract type."""

    type: GraphQLNamedType
    required: bool

    @property
    def named_type(self) -> GraphQLNamedType:
        """The type."""
        return self.type


@dataclass(frozen=True)
class ListTypeRef:
    """A list of another reference."""

    of: "TypeRef"
    required: bool

    @property
    def named_type(self) -> GraphQLNamedType:
        """The type of the innermost items."""
        return self.of.named_type


TypeRef = NamedTypeRef | ListTypeRef


def type_ref_of(definition: GraphQLField | GraphQLArgument) -> TypeRef:
    """Return the type of a field or an argument."""
    # graphql-core's own types of types are too recursive for type checkers.
    return _type_ref(cast("Any", definition).type)


def _type_ref(wrapped: object) -> TypeRef:
    required = isinstance(wrapped, GraphQLNonNull)
    inner: Any = cast("Any", wrapped).of_type if required else wrapped
    is_list = isinstance(inner, GraphQLList)
    return ListTypeRef(_type_ref(cast("Any", inner).of_type), required) if is_list else NamedTypeRef(inner, required)


def as_leaf(ref: TypeRef) -> GraphQLLeafType | None:
    """Return the scalar or enum that a reference leads to; None if it leads to objects."""
    named = ref.named_type
    return named if is_leaf_type(named) else None


def as_abstract(ref: TypeRef) -> GraphQLAbstractType | None:
    """Return the interface or union that a reference leads to, or None."""
    named = ref.named_type
    return named if is_abstract_type(named) else None


def type_of_variable(schema: GraphQLSchema, definition: VariableDefinitionNode) -> GraphQLNamedType:
    """Return the type of a variable without its list and non-null wrappers."""
    node: TypeNode = definition.type
    while isinstance(node, ListTypeNode | NonNullTypeNode):
        node = node.type
    assert isinstance(node, NamedTypeNode)  # noqa: S101 - there are no other types of types
    return schema.type_map[node.name.value]


def is_one_of(type_: GraphQLNamedType) -> bool:
    """Whether a type is an input object that takes exactly one non-null key."""
    return getattr(type_.extensions.get("strawberry-definition"), "is_one_of", False)


def core_schema(schema: Schema) -> GraphQLSchema:
    """Return graphql-core's form of a Strawberry schema, which Strawberry keeps private."""
    return schema._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def possible_types(schema: Schema, type_: GraphQLAbstractType) -> list[GraphQLObjectType]:
    """Return the object types of an interface or a union."""
    return list(core_schema(schema).get_possible_types(type_))
