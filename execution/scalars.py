"""Checks for values of scalars and enums that need no conversion.

Each leaf type has the same check in two forms: lines of source for one value, which are part of a program, and a
function for a column, which compares all classes at once. Both raise FallbackToStrawberry for a value that the
reference executor might convert or refuse, such as an int for an ID, a number that is not finite, or an exception.
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
"""Integers up to this are exact as floats."""

Column = Sequence[Any]


@dataclass(frozen=True)
class Leaf:
    """The checks for values of one type, and their conversion into what the result holds."""

    check: str
    """Source that checks the variable ``{x}``, which is not None, and may assign to it."""
    names: dict[str, Any]
    """The names that the source uses."""
    column: Callable[[Column, bool], Column]
    """Checks a column, which may contain None or not, and returns what the result holds."""


def leaf(type_: GraphQLLeafType) -> Leaf:
    """Return the checks for values of a type."""
    if isinstance(type_, GraphQLEnumType):
        return _enum(type_)
    return _SPECIFIED.get(type_.name) or _custom(type_)


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
        # A sum is finite only if all its values are. If it overflows, stock Strawberry checks each value.
        if total - total != 0:
            raise FallbackToStrawberry
        return values

    return Leaf(
        "if {x}.__class__ is not float or {x} - {x} != 0.0: {x} = to_float({x})", {"to_float": to_float}, column
    )


def to_float(value: Any) -> float:  # noqa: ANN401 - any value that a resolver returned
    """Return a number as a float; raise FallbackToStrawberry if it is not finite or not exact as one."""
    if value.__class__ is int and -_LARGEST_EXACT <= value <= _LARGEST_EXACT:
        return float(value)
    if value.__class__ is not float or value - value != 0:
        raise FallbackToStrawberry
    return value


def _enum(type_: GraphQLEnumType) -> Leaf:
    """Return the checks for an enum. Members are looked up by name, because hashing a member runs Python code."""
    members = getattr(type_, "wrapped_cls", None)
    if members is None or not issubclass(members, Enum):
        raise NotCompilable(f"the enum {type_.name} is not a Python enum")
    names = {member.name: type_.coerce_output_value(member) for member in members}
    nullable = frozenset({members, NONE})

    def column(values: Column, may_be_none: bool) -> Column:
        if not (nullable if may_be_none else {members}).issuperset(map(type, values)):
            raise FallbackToStrawberry
        return [None if value is None else names[value._name_] for value in values]

    check = (
        f"if {{x}}.__class__ is not {type_.name}: raise FallbackToStrawberry\n{{x}} = {type_.name}_names[{{x}}._name_]"
    )
    return Leaf(check, {type_.name: members, f"{type_.name}_names": names}, column)


def _custom(type_: GraphQLScalarType) -> Leaf:
    def serialized(value: Any) -> Any:  # noqa: ANN401 - any value that a resolver returned
        if isinstance(value, Exception):
            raise FallbackToStrawberry
        try:
            result: Any = type_.coerce_output_value(value)
        except Exception:  # noqa: BLE001 - the reference executor will raise the same
            raise FallbackToStrawberry from None
        if result is None or result is Undefined:
            raise FallbackToStrawberry
        return result

    def column(values: Column, may_be_none: bool) -> Column:
        if not may_be_none and None in values:
            raise FallbackToStrawberry
        return [None if value is None else serialized(value) for value in values]

    return Leaf(f"{{x}} = {type_.name}_serialized({{x}})", {f"{type_.name}_serialized": serialized}, column)


_SPECIFIED = {
    "String": _of_class(str),
    "ID": _of_class(str),
    "Boolean": _of_class(bool),
    "Int": _integer(),
    "Float": _number(),
}
