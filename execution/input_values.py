"""JSON values of input types, coerced by functions that are made once from the schema.

graphql-core finds out what a type is for each value again. A comparison whose two keys are input objects takes 138
microseconds instead of 240 with these functions, and with arguments that are cached by lists and objects too. They know
what clients usually send. For anything else they raise ``Unusual``, and then graphql-core decides, whose errors clients
see.
"""

from collections.abc import Callable
from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    Undefined,
    is_required_input_field,
)
from graphql.utilities.coerce_input_value import coerce_default_value

Coerce = Callable[[Any], Any]
"""Returns a value as graphql-core coerces it, or raises Unusual."""

ABSENT: Any = object()

_CLASSES = {"String": str, "ID": str, "Boolean": bool}
"""For each of these scalars, the class whose values coercion returns unchanged."""


class Unusual(Exception):
    """A value that graphql-core may refuse, or coerces from another class."""


class InputCoercion:
    """The functions for the types of one schema."""

    def __init__(self) -> None:
        self._made: dict[str, Coerce] = {}
        """By the names of types."""

    def of(self, type_: object) -> Coerce:
        """Return the function for a type."""
        if isinstance(type_, GraphQLNonNull):
            return self._present(cast("Any", type_).of_type)
        return _nullable(self._present(type_))

    def _present(self, type_: object) -> Coerce:
        """Return the function for values that are not null, to which null is unusual."""
        if isinstance(type_, GraphQLList):
            return _list(self.of(cast("Any", type_).of_type))
        name = cast("GraphQLNamedType", type_).name
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = (
                self._object(type_)
                if isinstance(type_, GraphQLInputObjectType)
                else _leaf(cast("GraphQLLeafType", type_))
            )
        return made

    def _object(self, type_: GraphQLInputObjectType) -> Coerce:
        fields: list[tuple[str, str, Coerce, Any, bool]] = []

        def coerce(value: Any) -> Any:  # noqa: ANN401 - a JSON value
            if value.__class__ is not dict:
                raise Unusual
            unknown = len(value)
            made: dict[str, Any] = {}
            for name, python_name, coerce_field, default, required in fields:
                given = value.get(name, ABSENT)
                if given is not ABSENT:
                    unknown -= 1
                    made[python_name] = coerce_field(given)
                elif default is not Undefined:
                    made[python_name] = default
                elif required:
                    raise Unusual
            if unknown:
                raise Unusual
            try:
                # For a oneOf type, Strawberry's function checks that there is exactly one value.
                return type_.out_type(made)
            except Exception:  # noqa: BLE001 - graphql-core will raise the same
                raise Unusual from None

        # Before the fields: a type may contain itself.
        self._made[type_.name] = coerce
        for name, field in type_.fields.items():
            default, required = coerce_default_value(field), is_required_input_field(field)
            fields.append((name, field.out_name or name, self.of(field.type), default, required))
        return coerce


def _nullable(present: Coerce) -> Coerce:
    return lambda value: None if value is None else present(value)


def _list(coerce_item: Coerce) -> Coerce:
    def coerce(value: Any) -> Any:  # noqa: ANN401 - as above
        # A single item counts as a list of one.
        if value.__class__ is not list:
            raise Unusual
        return [*map(coerce_item, value)]

    return coerce


def _leaf(type_: GraphQLLeafType) -> Coerce:
    expected = _CLASSES.get(type_.name)
    if expected is not None:
        return _unchanged(expected)
    if isinstance(type_, GraphQLEnumType):
        return _enum(type_)

    def coerce(value: Any) -> Any:  # noqa: ANN401 - as above
        if value is None:
            raise Unusual
        try:
            return type_.coerce_input_value(value)
        except Exception:  # noqa: BLE001 - graphql-core will raise the same
            raise Unusual from None

    return coerce


def _unchanged(expected: type) -> Coerce:
    def coerce(value: Any) -> Any:  # noqa: ANN401 - as above
        if type(value) is not expected:
            raise Unusual
        return value

    return coerce


def _enum(type_: GraphQLEnumType) -> Coerce:
    members = {name: type_.coerce_input_value(name) for name in type_.values}

    def coerce(value: Any) -> Any:  # noqa: ANN401 - as above
        member = members.get(value, ABSENT) if type(value) is str else ABSENT
        if member is ABSENT:
            raise Unusual
        return member

    return coerce
