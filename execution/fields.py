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
its metadata, as "cost". An argument that costs something has its price there, as "price". ``costs`` explains them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import GraphQLArgument, GraphQLField
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


def declared_cost(definition: GraphQLField) -> DeclaredCost:
    """Return the cost that the schema declares for a field."""
    return cast("DeclaredCost", _metadata(definition).get("cost", _NO_COST))


def declared_price(argument: GraphQLArgument) -> int:
    """Return the cost that an argument adds to its field."""
    return cast("int", _metadata(argument).get("price", 0))


def _metadata(definition: GraphQLField | GraphQLArgument) -> Mapping[str, Any]:
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
