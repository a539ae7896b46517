"""How a field says which resolver answers it: one declaration, whatever executes the query."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Annotated, Any

import strawberry
from strawberry import UNSET
from strawberry.types.base import has_object_definition

from resolvers.context import Context

Info = strawberry.Info[Context, None]


@dataclass(frozen=True)
class Argument:
    """An argument of a field: its type, its description, and the default of one that need not be given."""

    type: object
    description: str
    default: object = UNSET

    def parameter(self, name: str) -> inspect.Parameter:
        """Return the argument as Strawberry reads it off a resolver's signature."""
        required = self.default is UNSET and not _is_nullable(self.type)
        return inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if required else self.default,
            annotation=Annotated[self.type, strawberry.argument(description=self.description)],
        )


def _is_nullable(type_: Any) -> bool:  # noqa: ANN401 - a type expression, of which there are many kinds
    return type(None) in getattr(type_, "__args__", ())


def batch(answer: Callable[..., Any], description: str, **arguments: Argument) -> Any:  # noqa: ANN401
    """Declare that a batch of resolvers/ answers a field.

    An argument that is omitted or null is left to the batch's own default. A batch that is not a coroutine function
    does no I/O and is called for each parent; others are called once for all parents of a level.
    """
    _require_same_names(answer, arguments)
    alone = not inspect.iscoroutinefunction(answer)

    def resolve(root: object, info: Info, **values: object) -> object | Awaitable[object]:
        given = {name: _plain(value) for name, value in values.items() if value is not UNSET and value is not None}
        if alone:
            return _one(answer([root], info.context, **given))
        return info.context.load(answer, root, given)

    parameters = [
        inspect.Parameter("root", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=object),
        inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info),
        *(argument.parameter(name) for name, argument in arguments.items()),
    ]
    resolve.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return strawberry.field(resolver=resolve, description=description, metadata={"batch": answer})


def _require_same_names(answer: Callable[..., Any], arguments: dict[str, Argument]) -> None:
    """Refuse a field whose arguments its batch doesn't take, when the schema is built rather than when it is asked."""
    taken = [p.name for p in inspect.signature(answer).parameters.values() if p.kind is inspect.Parameter.KEYWORD_ONLY]
    if sorted(taken) != sorted(arguments):
        raise TypeError(
            f"{answer.__module__}.{answer.__qualname__} takes {taken}, the field declares {list(arguments)}"
        )


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a client may send
    """Turn what an input object leaves out into None: resolvers know nothing of Strawberry's UNSET."""
    if has_object_definition(type(value)) and is_dataclass(value):
        for field in fields(value):
            item = getattr(value, field.name)
            setattr(value, field.name, None if item is UNSET else _plain(item))
    return value


def _one(values: Any) -> object:  # noqa: ANN401 - a batch of one
    [value] = values
    if isinstance(value, Exception):
        raise value
    return value
