"""How a field is resolved, as the schema declares it.

A field without a resolver is an attribute of its parent. A field that a *batch* resolves has in its Strawberry
metadata::

    {"batch": batch, "given": given}

``batch`` is a function ``(parents, context, **arguments)`` that returns a list with one value for each parent, in their
order, or an awaitable of one. A value that is an exception is the error of that field. ``given`` takes the arguments as
Strawberry passes them to a resolver and returns those that the batch receives; without it, the batch receives all. The
field's resolver must return the same as the batch, because stock Strawberry calls it. Fields with other resolvers are
left to stock Strawberry.

A field that costs more than the objects that it returns, or whose list has a known length, has a ``DeclaredCost`` in
its metadata, as "cost". So has a field of an input object with a price. An argument with a price has it there, as
"price". ``costs`` explains them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLNamedType,
    get_named_type,
    is_input_object_type,
)
from strawberry.types.field import StrawberryField

from execution.fallback import NotCompilable

Batch = Callable[..., Any]


@dataclass(frozen=True)
class DeclaredCost:
    """What a field costs in addition to the objects that it returns, and how long its list is."""

    price: int = 0
    """The cost of resolving the field for one parent."""
    size: int | None = None
    """The length to assume for its list, unless an argument gives the length."""
    size_argument: str = ""
    """The name of an enum argument that the length depends on."""
    sizes: Mapping[str, int] = field(default_factory=dict[str, int])
    """The lengths for values of that argument, by their names. Its default has ``size``."""


_NO_COST = DeclaredCost()


def declared_cost(definition: GraphQLField | GraphQLInputField) -> DeclaredCost:
    """Return the cost that the schema declares for a field, or for giving a field of an input object."""
    return cast("DeclaredCost", _metadata(definition).get("cost", _NO_COST))


def declared_price(argument: GraphQLArgument) -> int:
    """Return the cost that an argument adds to its field."""
    return cast("int", _metadata(argument).get("price", 0))


def named_type_of(argument: GraphQLArgument) -> GraphQLNamedType:
    """Return an argument's type without its list and non-null wrappers."""
    return cast("GraphQLNamedType", get_named_type(cast("Any", argument).type))


@lru_cache(maxsize=1000)
def prices_of_fields(type_: GraphQLNamedType) -> Mapping[str, int]:
    """Return what the fields of an input object cost, by their names, for those that cost something."""
    if not is_input_object_type(type_):
        return {}
    prices = {name: declared_cost(field).price for name, field in type_.fields.items()}
    return {name: price for name, price in prices.items() if price}


def _metadata(definition: GraphQLField | GraphQLInputField | GraphQLArgument) -> Mapping[str, Any]:
    declaration = definition.extensions.get("strawberry-definition")
    return declaration.metadata if declaration is not None else {}


@dataclass(frozen=True)
class AttributeField:
    """A field that is an attribute of its parent."""

    name: str


@dataclass(frozen=True)
class BatchField:
    """A field that a batch resolves."""

    batch: Batch
    given: Callable[[dict[str, Any]], dict[str, Any]]
    declaration: StrawberryField


def resolution_of(definition: GraphQLField, name: str) -> AttributeField | BatchField:
    """Return how a field is resolved; raise NotCompilable if only stock Strawberry can resolve it."""
    declaration = cast("StrawberryField | None", definition.extensions.get("strawberry-definition"))
    if declaration is None:
        raise NotCompilable(f"the field {name} is not declared by Strawberry")
    batch = declaration.metadata.get("batch")
    if batch is not None:
        return BatchField(batch, declaration.metadata.get("given", dict), declaration)
    if not declaration.is_basic_field:
        raise NotCompilable(f"the field {name} has a resolver")
    return AttributeField(declaration.python_name)
