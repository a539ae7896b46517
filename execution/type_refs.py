"""The types of the schema as the other chapters look at them.

GraphQL wraps a type in others to say that its values are listed, or may not be null. Here a type is named or a list of
another, and is required or not.
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
    is_abstract_type,
    is_leaf_type,
)
from strawberry import Schema


@dataclass(frozen=True)
class Named:
    """A type that has a name: of objects, of leaves, or one that stands for several types of objects."""

    type: GraphQLNamedType
    required: bool

    @property
    def named(self) -> GraphQLNamedType:
        """The type."""
        return self.type


@dataclass(frozen=True)
class ListOf:
    """A list."""

    of: "Kind"
    required: bool

    @property
    def named(self) -> GraphQLNamedType:
        """The type of what is listed in the end."""
        return self.of.named


Kind = Named | ListOf


def kind_of(definition: GraphQLField | GraphQLArgument) -> Kind:
    """Return the type of a field or an argument."""
    # graphql-core's own types for it are too recursive for type checkers.
    return _kind(cast("Any", definition).type)


def _kind(wrapped: object) -> Kind:
    required = isinstance(wrapped, GraphQLNonNull)
    inner: Any = cast("Any", wrapped).of_type if required else wrapped
    is_list = isinstance(inner, GraphQLList)
    return ListOf(_kind(cast("Any", inner).of_type), required) if is_list else Named(inner, required)


def as_leaf(kind: Kind) -> GraphQLLeafType | None:
    """Return the scalar or enum that a type comes down to; None where it is made of objects."""
    named = kind.named
    return named if is_leaf_type(named) else None


def as_abstract(kind: Kind) -> GraphQLAbstractType | None:
    """Return the interface or union that a type comes down to, if it is one."""
    named = kind.named
    return named if is_abstract_type(named) else None


def schema_of(schema: Schema) -> GraphQLSchema:
    """Return graphql-core's form of a schema, to which Strawberry has no public way."""
    return schema._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def possible_types(schema: Schema, kind: GraphQLAbstractType) -> list[GraphQLObjectType]:
    """Return the object types that an interface or a union stands for."""
    return list(schema_of(schema).get_possible_types(kind))
