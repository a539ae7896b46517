"""How a field says which resolver answers it: one declaration, whatever executes the query."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Annotated, Any, cast

import strawberry
from strawberry import UNSET
from strawberry.types.base import has_object_definition

from resolvers.context import Context

Info = strawberry.Info[Context, None]


@dataclass(frozen=True)
class Argument:
    """An argument of a field: its type and its description. Its default is that of the batch which takes it."""

    type: object
    description: str

    def parameter(self, taken: inspect.Parameter) -> inspect.Parameter:
        """Return the argument as Strawberry reads it off a resolver's signature."""
        # A default of None would be printed as null; UNSET leaves the argument without one.
        return taken.replace(
            default=UNSET if taken.default is None else taken.default,
            annotation=Annotated[self.type, strawberry.argument(description=self.description)],
        )


def batch(answer: Callable[..., Any], description: str, **arguments: Argument) -> Any:  # noqa: ANN401
    """Declare that a batch of resolvers/ answers a field.

    An argument that is omitted or null is left to the batch's own default. Stock execution calls a batch that is a
    coroutine function once for all parents of a level, and others, which do no I/O, for each parent. Compiled execution
    finds the batch in the field's metadata, and calls either kind once.
    """
    taken = _taken(answer, arguments)

    def resolve(root: object, info: Info, **values: object) -> object | Awaitable[object]:
        return info.context.resolve(answer, root, given(values))

    parameters = [
        inspect.Parameter("root", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=object),
        inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info),
        *(argument.parameter(taken[name]) for name, argument in arguments.items()),
    ]
    resolve.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    metadata = {"batch": answer, "given": given}
    return strawberry.field(resolver=resolve, description=description, metadata=metadata)


def _taken(answer: Callable[..., Any], arguments: dict[str, Argument]) -> dict[str, inspect.Parameter]:
    """Return the arguments that a batch takes; raise TypeError, as the schema is built, if a field declares others."""
    parameters = inspect.signature(answer).parameters
    taken = {name: p for name, p in parameters.items() if p.kind is inspect.Parameter.KEYWORD_ONLY}
    if taken.keys() != arguments.keys():
        raise TypeError(
            f"{answer.__module__}.{answer.__qualname__} takes {list(taken)}, the field declares {list(arguments)}"
        )
    return taken


def given(values: Mapping[str, object]) -> dict[str, Any]:
    """Return those arguments that a batch is given, of those that Strawberry hands to a resolver."""
    return {name: _plain(value) for name, value in values.items() if value is not UNSET and value is not None}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a client may send
    """Turn what an input object leaves out into None: resolvers know nothing of Strawberry's UNSET."""
    if isinstance(value, list):
        return [_plain(item) for item in cast("list[object]", value)]
    if has_object_definition(type(value)) and is_dataclass(value):
        for field in fields(value):
            item = getattr(value, field.name)
            setattr(value, field.name, None if item is UNSET else _plain(item))
    return value
