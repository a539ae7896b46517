"""The arguments of a field: known when the operation is compiled, or made from its variables.

graphql-core coerces the arguments of each field each time, and Strawberry converts them after that. Here an argument
without variables is coerced and converted once, by the same functions; an argument with variables, once for each
combination of their values that was not used recently. A variable of a scalar or an enum that is an argument by itself
needs neither, because coercion of the variables has done both. A variable whose value is too long to be cached is
converted by functions that are made once, see ``input_conversion``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import orjson
from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLString,
    NameNode,
    VariableNode,
    is_required_argument,
)
from graphql.execution import get_argument_values
from graphql.execution.values import VariableValues
from strawberry import Schema
from strawberry.types.arguments import StrawberryArgument, convert_arguments

from bounded_cache import GenerationalCache
from execution.fallback import FallbackToStrawberry, NotCompilable
from execution.fields import BatchField
from execution.input_conversion import conversion_of
from execution.nodes import variables_in
from execution.type_refs import NamedTypeRef, as_leaf, type_ref_of

Values = Mapping[str, Any]
"""The coerced variables of a request."""

Given = dict[str, Any]
"""The arguments of a batch. Requests share them, so batches must not change them."""

_COMBINATIONS = 2_000
"""The number of combinations of variables that an argument is cached for. Half of it holds all occupations."""

_LONGEST_KEY = 500
"""The length of the JSON of variables that are cached."""


class _Variable(Enum):
    """The value of a variable that has none, which has its own JSON."""

    ABSENT = "absent"


_ABSENT: Any = _Variable.ABSENT


@dataclass(frozen=True)
class Arguments:
    """The arguments of a batch: constant, or made from the variables."""

    constant: Given | None
    make: Callable[[Values], Given]
    variables: frozenset[str]
    text: str
    """Equal for all fields that pass the same arguments to a batch."""


def arguments_of(schema: Schema, definition: GraphQLField, node: FieldNode, field: BatchField, text: str) -> Arguments:
    """Return the arguments of a field, written as ``text``; raise NotCompilable if they do not match the schema."""
    coercion = _Coercion(schema, definition, field)
    written = {argument.name.value: argument for argument in node.arguments or ()}
    variables = {name: found for name, argument in written.items() if (found := variables_in(argument))}
    try:
        # An argument that is not written has its default, if it has any.
        constant = {
            python_name: value
            for name in definition.args
            if name not in variables
            for python_name, value in coercion.given(name, written.get(name), {}).items()
        }
        makers = [coercion.maker(written[name], sorted(found)) for name, found in variables.items()]
    except GraphQLError as error:
        raise NotCompilable(f"the arguments of {node.name.value}: {error.message}") from None
    if not makers:
        return Arguments(constant, lambda _: constant, frozenset(), repr(sorted(constant.items())))

    def make(values: Values) -> Given:
        given = dict(constant)
        for add in makers:
            add(given, values)
        return given

    return Arguments(None, make, frozenset[str]().union(*variables.values()), text)


Maker = Callable[[Given, Values], None]
"""Adds an argument to those of a batch, unless it is omitted."""


class _Coercion:
    """Coerces and converts a field's arguments, each by itself."""

    def __init__(self, schema: Schema, definition: GraphQLField, field: BatchField) -> None:
        self._schema = schema
        self._definition = definition
        self._field = field

    def given(self, name: str, argument: ArgumentNode | None, values: Values) -> Given:
        """Return one argument as the reference executor would pass it to a resolver; raise GraphQLError."""
        alone = GraphQLField(GraphQLString, {name: self._definition.args[name]})
        node = FieldNode(name=NameNode(value=name), arguments=() if argument is None else (argument,))
        converted = convert_arguments(
            get_argument_values(alone, node, VariableValues({}, dict(values))),
            self._field.declaration.arguments,
            self._schema.schema_converter.scalar_registry,
            self._schema.config,
        )
        return self._field.given(converted)

    def maker(self, argument: ArgumentNode, variables: Sequence[str]) -> Maker:
        """Return the maker of an argument that contains variables."""
        return self._passing_variable(argument) or self._caching(argument, variables, self._converting(argument))

    def _passing_variable(self, argument: ArgumentNode) -> Maker | None:
        """Return a maker that passes a variable of a scalar or an enum on; None if the argument is anything else."""
        name, definition = argument.name.value, self._definition.args[argument.name.value]
        ref = type_ref_of(definition)
        if not isinstance(argument.value, VariableNode) or not isinstance(ref, NamedTypeRef) or as_leaf(ref) is None:
            return None
        variable, python_name = argument.value.name.value, self._declaration(name).python_name
        is_required = is_required_argument(definition)
        default = {} if is_required else self.given(name, None, {})

        def add(given: Given, values: Values) -> None:
            value = values.get(variable, _ABSENT)
            if value is _ABSENT and not is_required:
                given.update(default)
            elif value is _ABSENT or (value is None and ref.required):
                raise FallbackToStrawberry
            elif value is not None:
                given[python_name] = value

        return add

    def _converting(self, argument: ArgumentNode) -> Maker:
        """Return a maker that converts a variable by functions for its type, and coerces anything else."""
        name = argument.name.value
        variable = argument.value.name.value if isinstance(argument.value, VariableNode) else ""

        def add(given: Given, values: Values) -> None:
            value = values.get(variable)
            # A variable that is null or missing may be an error, or stand for a default.
            if value is None:
                given.update(self._given_or_fallback(name, argument, values))
                return
            declared = self._declaration(name)
            try:
                converted = conversion_of(declared.type, self._schema)(value)
                given.update(self._field.given({declared.python_name: converted}))
            except NotCompilable:
                given.update(self._given_or_fallback(name, argument, values))
            except Exception:  # noqa: BLE001 - the reference executor will raise the same
                raise FallbackToStrawberry from None

        return add

    def _caching(self, argument: ArgumentNode, variables: Sequence[str], make_long: Maker) -> Maker:
        """Return a maker that coerces an argument and caches the result; ``make_long`` makes what is not cached."""
        name, cache = argument.name.value, GenerationalCache[str | bytes, tuple[object, Given]](_COMBINATIONS)
        first, *others = variables

        def add(given: Given, values: Values) -> None:
            value = values.get(first, _ABSENT)
            if others:
                value = [value, *[values.get(other, _ABSENT) for other in others]]
            try:
                key: Any = value if value.__class__ is str else orjson.dumps(value)
            except TypeError:
                key = None
            if key is None or len(key) > _LONGEST_KEY:
                make_long(given, values)
                return
            entry = cache.get(key)
            # Different values may be equal, such as 1 and True, or the same as JSON, such as a date and its text.
            if entry is None or entry[0] != value:
                entry = value, self._given_or_fallback(name, argument, values)
                cache.put(key, entry)
            given.update(entry[1])

        return add

    def _given_or_fallback(self, name: str, argument: ArgumentNode, values: Values) -> Given:
        try:
            return self.given(name, argument, values)
        except Exception:  # noqa: BLE001 - the reference executor will raise the same
            raise FallbackToStrawberry from None

    def _declaration(self, name: str) -> StrawberryArgument:
        names = self._schema.config.name_converter
        return next(a for a in self._field.declaration.arguments if names.from_argument(a) == name)
