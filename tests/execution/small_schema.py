"""A schema for tests of execution: each leaf type in each shape, and objects that lead to each other.

What is answered, and whether that is right, is up to the rows: a test plants them in the context.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from types import GenericAlias
from typing import Annotated, Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types.execution import ExecutionContext

from execution.strawberry_fallback import PausingExecutor, PreparedDocument
from resolvers.context import Context
from schema.fields import Argument, batch


@strawberry.input(one_of=True)
class Key:
    """A key for tests of values; the schema below does not use it."""

    slug: str | None = strawberry.UNSET
    number: int | None = strawberry.UNSET


class Planted(Context):
    """A context that holds the rows and records the calls of batches with their parents and arguments."""

    def __init__(self, *rows: Any) -> None:
        super().__init__(None)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] - nothing reads it
        self.rows = rows
        self.calls: list[tuple[str, Sequence[Any], Mapping[str, Any]]] = []


Planting = Callable[..., Any]
"""A batch of this schema."""


def asked(name: str, value: Callable[[Any, Planted], Any]) -> Planting:
    """Return a batch that returns a list."""

    def answer(parents: Sequence[Any], context: Planted) -> list[Any]:
        context.calls.append((name, parents, {}))
        return [value(parent, context) for parent in parents]

    return answer


def awaited(name: str, value: Callable[[Any, Planted], Any], turns: int = 1) -> Planting:
    """Return a batch that first waits for some turns of the event loop."""

    async def answer(parents: Sequence[Any], context: Planted) -> list[Any]:
        context.calls.append((name, parents, {}))
        for _ in range(turns):
            await asyncio.sleep(0)
        return [value(parent, context) for parent in parents]

    return answer


# Leaves


@strawberry.enum
class Colour(Enum):
    RED = "red"
    GREEN = 2


Even = NewType("Even", int)


def _even(value: Any) -> int:
    if value % 2 or value > 10**18:
        raise ValueError(f"{value} is odd, or too large for JSON")
    return int(value)


LEAVES: Mapping[str, Any] = {
    "integer": int,
    "number": float,
    "text": str,
    "flag": bool,
    "key": strawberry.ID,
    "colour": Colour,
    "day": date,
    "even": Even,
}
SHAPES: Mapping[str, Callable[[Any], Any]] = {
    "optional": lambda leaf: leaf | None,
    "required": lambda leaf: leaf,
    "list": lambda leaf: GenericAlias(list, leaf | None) | None,
    "required_list": lambda leaf: GenericAlias(list, leaf),
    "lists": lambda leaf: GenericAlias(list, GenericAlias(list, leaf) | None) | None,
}
"""The type of a field by its shape, given the type of its leaf."""

WAYS = ("read", "asked", "awaited")
FIELDS = [f"{way}_{shape}_{leaf}" for way in WAYS for shape in SHAPES for leaf in LEAVES]


class Leaf:
    """A row with the same value in each column."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __getattr__(self, name: str) -> Any:
        if name not in FIELDS:
            raise AttributeError(name)
        return self.value


def _field(way: str, name: str, kind: Any) -> Any:
    if way == "read":
        return kind
    make = asked if way == "asked" else awaited
    return Annotated[kind, batch(make(name, lambda parent, _: parent.value), name)]


@strawberry.type
class Leaves:
    __annotations__ = {
        f"{way}_{shape}_{leaf}": _field(way, f"{way}_{shape}_{leaf}", of(kind))
        for way in WAYS
        for shape, of in SHAPES.items()
        for leaf, kind in LEAVES.items()
    }

    @classmethod
    def is_type_of(cls, obj: Any, _: Any) -> bool:
        return isinstance(obj, Leaf)


# Objects


class Row:
    """A row with some columns; all others are None."""

    def __init__(self, **columns: Any) -> None:
        self.__dict__.update(columns)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return None

    @property
    def broken(self) -> str:
        raise ValueError("this column cannot be read")


class Cat(Row):
    pass


class Dog(Row):
    pass


class Impostor(Row):
    """A row that is of no type of the schema."""


@strawberry.interface
class Pet:
    name: str | None
    enemy: "Pet | None"


@strawberry.type(name="Cat")
class CatType(Pet):
    lives: int

    @classmethod
    def is_type_of(cls, obj: Any, _: Any) -> bool:
        return isinstance(obj, Cat)


@strawberry.type(name="Dog")
class DogType(Pet):
    name: Annotated[str | None, batch(asked("Dog.name", lambda parent, _: parent.name), "Asked for.")]
    tricks: list[str]

    @classmethod
    def is_type_of(cls, obj: Any, _: Any) -> bool:
        return isinstance(obj, Dog)


AnyPet = Annotated[CatType | DogType, strawberry.union("AnyPet")]


def _of_column(way: str, name: str) -> Any:
    """Return a field that a batch resolves from a column."""
    make = asked if way == "asked" else awaited
    return batch(make(f"{way}_{name}", lambda parent, _: getattr(parent, name)), name)


@strawberry.type
class Tree:
    """Objects that lead to one or several others, by attributes and by batches."""

    name: str | None
    title: str
    broken: str
    child: "Tree | None"
    only: "Tree"
    children: "list[Tree]"
    some: "list[Tree | None] | None"
    grid: "list[list[Tree | None]] | None"
    pet: Pet | None
    pets: list[Pet]
    any_pets: list[AnyPet | None] | None
    asked_title: Annotated[str, _of_column("asked", "title")]
    asked_child: Annotated["Tree | None", _of_column("asked", "child")]
    asked_only: Annotated["Tree", _of_column("asked", "only")]
    asked_children: Annotated["list[Tree]", _of_column("asked", "children")]
    asked_some: Annotated["list[Tree | None] | None", _of_column("asked", "some")]
    asked_grid: Annotated["list[list[Tree | None]] | None", _of_column("asked", "grid")]
    asked_pet: Annotated[Pet | None, _of_column("asked", "pet")]
    asked_pets: Annotated[list[Pet], _of_column("asked", "pets")]
    asked_any_pets: Annotated[list[AnyPet | None] | None, _of_column("asked", "any_pets")]
    awaited_title: Annotated[str, _of_column("awaited", "title")]
    awaited_child: Annotated["Tree | None", _of_column("awaited", "child")]
    awaited_only: Annotated["Tree", _of_column("awaited", "only")]
    awaited_children: Annotated["list[Tree]", _of_column("awaited", "children")]
    awaited_some: Annotated["list[Tree | None] | None", _of_column("awaited", "some")]
    awaited_grid: Annotated["list[list[Tree | None]] | None", _of_column("awaited", "grid")]
    awaited_pet: Annotated[Pet | None, _of_column("awaited", "pet")]
    awaited_pets: Annotated[list[Pet], _of_column("awaited", "pets")]
    awaited_any_pets: Annotated[list[AnyPet | None] | None, _of_column("awaited", "any_pets")]

    @classmethod
    def is_type_of(cls, obj: Any, _: Any) -> bool:
        return type(obj) is Row


# Batches that fail, and arguments


def raising_for_some(parents: Sequence[Any], context: Planted) -> list[Any]:
    """Return an exception for the parents that have a mistake."""
    context.calls.append(("raising_for_some", parents, {}))
    return [parent.mistake or parent.title for parent in parents]


async def raising_for_some_later(parents: Sequence[Any], context: Planted) -> list[Any]:
    """Do the same after a turn of the event loop."""
    context.calls.append(("raising_for_some_later", parents, {}))
    await asyncio.sleep(0)
    return [parent.mistake or parent.title for parent in parents]


def raising_for_all(parents: Sequence[Any], context: Planted) -> list[Any]:
    """Raise."""
    context.calls.append(("raising_for_all", parents, {}))
    raise GraphQLError("the batch failed", extensions={"code": "FAILED"})


async def raising_for_all_later(parents: Sequence[Any], context: Planted) -> list[Any]:
    """Do the same after a turn of the event loop."""
    context.calls.append(("raising_for_all_later", parents, {}))
    await asyncio.sleep(0)
    raise ValueError("the batch failed")


@strawberry.input
class Bounds:
    low: int = 1
    high: int | None = strawberry.UNSET
    inner: "Bounds | None" = strawberry.UNSET


@strawberry.input
class Choice:
    colour: Colour
    bounds: list[Bounds] | None = strawberry.UNSET
    keys: list[strawberry.ID | None] = strawberry.field(default_factory=list)


def echo(  # noqa: PLR0913 - one of each kind
    parents: Sequence[Any],
    context: Planted,
    *,
    number: int = 3,
    real: float | None = None,
    text: str | None = None,
    colour: Colour | None = Colour.RED,
    key: str | None = None,
    numbers: list[int | None] | None = None,
    lists: list[list[int]] | None = None,
    bounds: Bounds | None = None,
    choice: Choice | None = None,
) -> list[str]:
    """Return the arguments as text."""
    given = {name: value for name, value in locals().items() if name not in ("parents", "context")}
    context.calls.append(("echo", parents, given))
    return [f"{parent and parent.name}: {given}" for parent in parents]


def required(parents: Sequence[Any], context: Planted, *, number: int, bounds: Bounds) -> list[str]:
    """Return the required arguments as text."""
    given = {"number": number, "bounds": bounds}
    context.calls.append(("required", parents, given))
    return [str(given)] * len(parents)


_ECHO: dict[str, Any] = {
    "number": Argument(int | None, "-"),
    "real": Argument(float | None, "-"),
    "text": Argument(str | None, "-"),
    "colour": Argument(Colour | None, "-"),
    "key": Argument(strawberry.ID | None, "-"),
    "numbers": Argument(list[int | None] | None, "-"),
    "lists": Argument(list[list[int]] | None, "-"),
    "bounds": Argument(Bounds | None, "-"),
    "choice": Argument(Choice | None, "-"),
}


@strawberry.type
class Leafy:
    """Batches that fail as a whole or for some parents."""

    title: str
    some: Annotated[str, batch(raising_for_some, "-")]
    some_later: Annotated[str, batch(raising_for_some_later, "-")]
    none: Annotated[str | None, batch(raising_for_all, "-")]
    none_later: Annotated[str | None, batch(raising_for_all_later, "-")]
    none_required: Annotated[str, batch(raising_for_all, "-")]
    none_later_required: Annotated[str, batch(raising_for_all_later, "-")]
    echo: Annotated[str, batch(echo, "-", **_ECHO)]
    slow: Annotated[str, batch(awaited("slow", lambda parent, _: parent.title, turns=5), "-")]


@strawberry.type
class Query:
    name: Annotated[str, batch(asked("Query.name", lambda _, __: "query"), "-")]
    leaf: Annotated[Leaves | None, batch(asked("leaf", lambda _, context: context.rows[0]), "-")]
    leaves: Annotated[list[Leaves], batch(asked("leaves", lambda _, context: [*context.rows]), "-")]
    tree: Annotated[Tree | None, batch(asked("tree", lambda _, context: context.rows[0]), "-")]
    trees: Annotated[list[Tree | None] | None, batch(asked("trees", lambda _, context: [*context.rows]), "-")]
    awaited_tree: Annotated[Tree | None, batch(awaited("awaited_tree", lambda _, context: context.rows[0]), "-")]
    required_tree: Annotated[Tree, batch(asked("required_tree", lambda _, context: context.rows[0]), "-")]
    required_trees: Annotated[list[Tree], batch(awaited("required_trees", lambda _, context: [*context.rows]), "-")]
    pet: Annotated[Pet | None, batch(asked("pet", lambda _, context: context.rows[0]), "-")]
    pets: Annotated[list[Pet | None], batch(asked("pets", lambda _, context: [*context.rows]), "-")]
    any_pets: Annotated[list[AnyPet | None], batch(asked("any_pets", lambda _, context: [*context.rows]), "-")]
    leafy: Annotated[Leafy | None, batch(asked("leafy", lambda _, context: context.rows[0]), "-")]
    many_leafy: Annotated[list[Leafy | None], batch(awaited("many_leafy", lambda _, context: [*context.rows]), "-")]
    required_leafy: Annotated[list[Leafy], batch(asked("required_leafy", lambda _, context: [*context.rows]), "-")]
    echo: Annotated[str, batch(echo, "-", **_ECHO)]
    required: Annotated[str | None, batch(required, "-", number=Argument(int, "-"), bounds=Argument(Bounds, "-"))]

    @strawberry.field
    def resolved(self) -> str:
        """A field with a resolver."""
        return "by a resolver"


@strawberry.type
class Mutation:
    @strawberry.mutation
    def rename(self, name: str) -> str:
        return name.upper()


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def counting(self) -> AsyncGenerator[int]:
        yield 1


class Schema(strawberry.Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log nothing."""


SCHEMA = Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[CatType, DogType],
    extensions=[PreparedDocument],
    execution_context_class=PausingExecutor,
    config=StrawberryConfig(scalar_map={Even: strawberry.scalar(name="Even", serialize=_even, parse_value=_even)}),
)
