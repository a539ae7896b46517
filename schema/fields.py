"""Declaration of a field with its resolver, for both executors."""

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
    """The type and description of a field's argument. Its default is that of the batch function's parameter."""

    type: object
    description: str

    def parameter(self, taken: inspect.Parameter) -> inspect.Parameter:
        """Return the argument as a parameter of a Strawberry resolver."""
        # A default of None would be printed as "= null". UNSET prints no default.
        return taken.replace(
            default=UNSET if taken.default is None else taken.default,
            annotation=Annotated[self.type, strawberry.argument(description=self.description)],
        )


def described(description: str) -> Any:  # noqa: ANN401 - what Annotated takes
    """Declare a field that is read off its row by name."""
    return strawberry.field(description=description)


def batch(answer: Callable[..., Any], description: str, **arguments: Argument) -> Any:  # noqa: ANN401
    """Declare a field that a batch function of resolvers/ resolves.

    An argument that is omitted or null gets the batch function's default. Strawberry's execution calls a coroutine
    function once for all parents of a level, and a plain function, which does no I/O, once for each parent. Compiled
    execution finds the function in the field's metadata and calls either once.
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
    """Return a batch function's arguments; raise TypeError if the field declares others."""
    parameters = inspect.signature(answer).parameters
    taken = {name: p for name, p in parameters.items() if p.kind is inspect.Parameter.KEYWORD_ONLY}
    if taken.keys() != arguments.keys():
        raise TypeError(
            f"{answer.__module__}.{answer.__qualname__} takes {list(taken)}, the field declares {list(arguments)}"
        )
    return taken


def given(values: Mapping[str, object]) -> dict[str, Any]:
    """Return the arguments for a batch function: those of the resolver that are neither omitted nor null."""
    return {name: _plain(value) for name, value in values.items() if value is not UNSET and value is not None}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any input value
    """Replace UNSET in input objects by None, because resolvers do not import Strawberry."""
    if isinstance(value, list):
        return [_plain(item) for item in cast("list[object]", value)]
    if has_object_definition(type(value)) and is_dataclass(value):
        for field in fields(value):
            item = getattr(value, field.name)
            setattr(value, field.name, None if item is UNSET else _plain(item))
    return value
