"""What counts as a value of a scalar or an enum without further ado.

Each kind of leaf has two forms of the same check. For one value it is a line of source, which the program holds where
the value is read. For a column it is a function, which looks at all classes at once. Both raise FallbackToStrawberry on
anything that the reference executor might turn into something else, or into an error: an int where an ID belongs, a
number that is not finite, an exception.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import GraphQLEnumType, GraphQLLeafType, GraphQLScalarType, Undefined

from execution.fallback import FallbackToStrawberry, NotCompilable

NONE = type(None)

_LARGEST_INT, _SMALLEST_INT = 2**31 - 1, -(2**31)
_LARGEST_EXACT = 2**53
"""Up to here each integer is a float, so that to turn it into one changes nothing."""

Column = Sequence[Any]


@dataclass(frozen=True)
class Leaf:
    """How values of one type are checked, and turned into what the answer holds."""

    check: str
    """Source that checks the variable ``{x}``, which is not None, and may replace it."""
    names: dict[str, Any]
    """What the source refers to."""
    column: Callable[[Column, bool], Column]
    """Checks a column, in which there may be None or not, and returns what the answer holds."""


def leaf(kind: GraphQLLeafType) -> Leaf:
    """Return how values of a type are checked."""
    if isinstance(kind, GraphQLEnumType):
        return _enum(kind)
    return _SPECIFIED.get(kind.name) or _custom(kind)


def _of_class(wanted: type) -> Leaf:
    required, nullable = frozenset({wanted}), frozenset({wanted, NONE})

    def column(values: Column, may_be_none: bool) -> Column:
        if not (nullable if may_be_none else required).issuperset(map(type, values)):
            raise FallbackToStrawberry
        return values

    name = wanted.__name__
    return Leaf(f"if {{x}}.__class__ is not {name}: raise FallbackToStrawberry", {name: wanted}, column)


def _integer() -> Leaf:
    classes = _of_class(int)

    def column(values: Column, may_be_none: bool) -> Column:
        classes.column(values, may_be_none)
        present = [value for value in values if value is not None] if may_be_none else values
        if present and not (min(present) >= _SMALLEST_INT and max(present) <= _LARGEST_INT):
            raise FallbackToStrawberry
        return values

    check = (
        f"if {{x}}.__class__ is not int or not {_SMALLEST_INT} <= {{x}} <= {_LARGEST_INT}: raise FallbackToStrawberry"
    )
    return Leaf(check, {"int": int}, column)


def _number() -> Leaf:
    def column(values: Column, may_be_none: bool) -> Column:
        classes = set(map(type, values))
        if may_be_none:
            classes.discard(NONE)
        if classes - {float}:
            values = [None if value is None and may_be_none else to_float(value) for value in values]
        total = sum(value for value in values if value is not None) if may_be_none else sum(values)
        # A sum is finite only where all that is summed up is; one that overflows is looked into by the reference.
        if total - total != 0:
            raise FallbackToStrawberry
        return values

    return Leaf(
        "if {x}.__class__ is not float or {x} - {x} != 0.0: {x} = to_float({x})", {"to_float": to_float}, column
    )


def to_float(value: Any) -> float:  # noqa: ANN401 - whatever a resolver returned
    """Return a number as the float that it stands for; raise FallbackToStrawberry where that is not plain."""
    if value.__class__ is int and -_LARGEST_EXACT <= value <= _LARGEST_EXACT:
        return float(value)
    if value.__class__ is not float or value - value != 0:
        raise FallbackToStrawberry
    return value


def _enum(kind: GraphQLEnumType) -> Leaf:
    """Members are told by their class and their own name: to look one up by itself would hash it in Python."""
    members = getattr(kind, "wrapped_cls", None)
    if members is None or not issubclass(members, Enum):
        raise NotCompilable(f"the enum {kind.name} is not Python's")
    names = {member.name: kind.coerce_output_value(member) for member in members}
    nullable = frozenset({members, NONE})

    def column(values: Column, may_be_none: bool) -> Column:
        if not (nullable if may_be_none else {members}).issuperset(map(type, values)):
            raise FallbackToStrawberry
        return [None if value is None else names[value._name_] for value in values]

    check = (
        f"if {{x}}.__class__ is not {kind.name}: raise FallbackToStrawberry\n{{x}} = {kind.name}_names[{{x}}._name_]"
    )
    return Leaf(check, {kind.name: members, f"{kind.name}_names": names}, column)


def _custom(kind: GraphQLScalarType) -> Leaf:
    def serialized(value: Any) -> Any:  # noqa: ANN401 - whatever a resolver returned
        if isinstance(value, Exception):
            raise FallbackToStrawberry
        try:
            result: Any = kind.coerce_output_value(value)
        except Exception:  # noqa: BLE001 - whatever it is, the reference executor will meet it again
            raise FallbackToStrawberry from None
        if result is None or result is Undefined:
            raise FallbackToStrawberry
        return result

    def column(values: Column, may_be_none: bool) -> Column:
        if not may_be_none and None in values:
            raise FallbackToStrawberry
        return [None if value is None else serialized(value) for value in values]

    return Leaf(f"{{x}} = {kind.name}_serialized({{x}})", {f"{kind.name}_serialized": serialized}, column)


_SPECIFIED = {
    "String": _of_class(str),
    "ID": _of_class(str),
    "Boolean": _of_class(bool),
    "Int": _integer(),
    "Float": _number(),
}
