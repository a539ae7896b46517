"""How the schema says that a field is answered.

A field without a resolver is an attribute of its parent. One that a *batch* answers says so in its Strawberry
metadata: ``metadata={"batch": batch, "given": given}``. The batch is a function ``(parents, context, **arguments)``
that returns a list with one value for each parent, in their order, or an awaitable of one; a value that is an
exception is that field's error. ``given`` takes the arguments as Strawberry would hand them to a resolver, and returns
those that the batch takes. All other fields are left to the reference executor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from graphql import GraphQLField
from strawberry.types.field import StrawberryField

from execution.fallback import NotCompilable

Batch = Callable[..., Any]


@dataclass(frozen=True)
class Attribute:
    """A field that is read off its parent."""

    name: str


@dataclass(frozen=True)
class Batched:
    """A field that a batch answers."""

    batch: Batch
    given: Callable[[dict[str, Any]], dict[str, Any]]
    declaration: StrawberryField


def answered_by(definition: GraphQLField, name: str) -> Attribute | Batched:
    """Return how a field is answered; raise NotCompilable where only the reference executor can."""
    declaration = cast("StrawberryField | None", definition.extensions.get("strawberry-definition"))
    if declaration is None:
        raise NotCompilable(f"the field {name} is not Strawberry's")
    batch = declaration.metadata.get("batch")
    if batch is not None:
        return Batched(batch, declaration.metadata["given"], declaration)
    if not declaration.is_basic_field:
        raise NotCompilable(f"the field {name} has a resolver of its own")
    return Attribute(declaration.python_name)
