"""Declaration of a field with its resolver, for both executors."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Any, cast

import strawberry
from strawberry import UNSET
from strawberry.types.base import has_object_definition

from execution.fields import DeclaredCost
from resolvers.context import Context
from resolvers.page_size import DEFAULT_SIZE
from schema.directives import Cost, ListSize

Info = strawberry.Info[Context, None]


@dataclass(frozen=True)
class Argument:
    """The type and description of a field's argument. Its default is that of the batch function's parameter.

    ``price`` is the cost that the argument adds to its field.
    """

    type: object
    description: str
    price: int = 0

    def parameter(self, taken: inspect.Parameter) -> inspect.Parameter:
        """Return the argument as a parameter of a Strawberry resolver."""
        # A default of None would be printed as "= null". UNSET prints no default.
        return taken.replace(
            default=UNSET if taken.default is None else taken.default,
            annotation=Annotated[
                self.type,
                strawberry.argument(
                    description=self.description,
                    directives=[Cost(weight=str(self.price))] if self.price else (),
                    metadata={"price": self.price},
                ),
            ],
        )


def described(description: str, *, price: int = 0, size: int | None = None, deprecated: str | None = None) -> Any:  # noqa: ANN401 - what Annotated takes
    """Declare a field that is read off its row by name, or a field of an input object.

    ``price`` is the cost of giving a field of an input object. ``size`` is the length to assume for a list of objects.
    ``deprecated`` is the reason, see docs/evolution.md.
    """
    cost = DeclaredCost(price, size)
    return strawberry.field(
        description=description,
        metadata={"cost": cost},
        directives=_directives(cost, {}),
        deprecation_reason=deprecated,
    )


def batch(
    answer: Callable[..., Any],
    description: str,
    *,
    price: int = 0,
    size: int | None = None,
    sizes: tuple[str, Mapping[Enum, int]] | None = None,
    deprecated: str | None = None,
    name: str | None = None,
    **arguments: Argument,
) -> Any:  # noqa: ANN401 - what Annotated takes
    """Declare a field that a batch function of resolvers/ resolves.

    ``price`` is the cost of calling it for one parent, in plain objects, see execution/costs.py. ``size`` is the length
    to assume for a list of objects; ``sizes`` names an argument that the length depends on, and the length for each of
    its values. ``deprecated`` is the reason, see docs/evolution.md. ``name`` is the field's name in the schema where it
    doesn't follow from the attribute's.

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
    argument, lengths = sizes or ("", {})
    cost = DeclaredCost(price, size, argument, {value.name: length for value, length in lengths.items()})
    metadata = {"batch": answer, "given": given, "cost": cost}
    return strawberry.field(
        resolver=resolve,
        name=name,
        description=description,
        metadata=metadata,
        directives=_directives(cost, taken),
        deprecation_reason=deprecated,
    )


def _directives(cost: DeclaredCost, arguments: Mapping[str, inspect.Parameter]) -> list[object]:
    """Return the directives that publish a field's cost."""
    directives: list[object] = [Cost(weight=str(cost.price))] if cost.price else []
    slicing = [name for name in ("first", "last") if name in arguments]
    lengths = [length for length in (cost.size, *cost.sizes.values()) if length is not None]
    if lengths:
        directives.append(ListSize(assumed_size=max(lengths)))
    elif slicing:
        directives.append(
            ListSize(
                assumed_size=arguments["first"].default or DEFAULT_SIZE,
                slicing_arguments=slicing,
                sized_fields=["nodes", "edges"] if "after" in arguments else UNSET,
                require_one_slicing_argument=False,
            )
        )
    return directives


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
    for name in _attributes(cast("Any", type(value))):
        item = getattr(value, name)
        setattr(value, name, None if item is UNSET else _plain(item))
    return value


@cache
def _attributes(type_: type) -> Sequence[str]:
    """Return the names of the fields of an input object's class; none for any other class."""
    return [field.name for field in fields(type_)] if has_object_definition(type_) and is_dataclass(type_) else ()
