"""The arguments of a field: known when the operation is compiled, or made from its variables.

graphql-core coerces the arguments of each field anew, and Strawberry converts them once more. Here each argument that
holds no variable is coerced and converted once, by the same functions; one that does, once for each combination of its
variables' values that was not seen lately. A variable of a scalar or an enum that is an argument by itself needs
neither: it has been coerced, as a variable.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLString,
    NameNode,
    Node,
    VariableNode,
    is_required_argument,
    print_ast,
)
from graphql.execution import get_argument_values
from graphql.execution.values import VariableValues
from strawberry import Schema
from strawberry.types.arguments import convert_arguments

from bounded_cache import GenerationalCache
from execution.fallback import FallbackToStrawberry, NotCompilable
from execution.fields import Batched
from execution.type_refs import Named, as_leaf, kind_of

Values = Mapping[str, Any]
"""The coerced variables of a request."""

Given = dict[str, Any]
"""What a batch is given. It is shared by requests, so that batches must leave it as it is."""

_REMEMBERED = 4_000
"""Of how many combinations of variables an argument is remembered, half of them at least."""

_ABSENT: Any = object()


@dataclass(frozen=True)
class Arguments:
    """What a batch is given: the same each time, or what is made of the variables."""

    constant: Given | None
    make: Callable[[Values], Given]
    variables: frozenset[str]
    text: str
    """What is the same for all fields that give a batch the same."""


def variables_in(*nodes: Node) -> frozenset[str]:
    """Return the names of the variables that arguments, directives or selections hold."""
    found: set[str] = set()
    waiting = [*nodes]
    for node in waiting:
        if isinstance(node, VariableNode):
            found.add(node.name.value)
        # graphql-core's own list of a node's attributes is made anew each time.
        for inner in vars(node).values():
            children: Any = inner if inner.__class__ is tuple else (inner,)
            waiting += [child for child in children if isinstance(child, Node)]
    return frozenset(found)


def arguments_of(schema: Schema, definition: GraphQLField, node: FieldNode, batched: Batched) -> Arguments:
    """Return the arguments of a field; raise NotCompilable where they can't be what the schema asks for."""
    coercion = _Coercion(schema, definition, batched)
    written = {argument.name.value: argument for argument in node.arguments or ()}
    variables = {name: found for name, argument in written.items() if (found := variables_in(argument))}
    try:
        # Those that are not written down have defaults, or are not there at all.
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

    text = ", ".join(sorted(map(print_ast, node.arguments or ())))
    return Arguments(None, make, frozenset[str]().union(*variables.values()), text)


Maker = Callable[[Given, Values], None]
"""Adds an argument to those that a batch is given, unless it is left out."""


class _Coercion:
    """The coercion and conversion of a field's arguments, each by itself."""

    def __init__(self, schema: Schema, definition: GraphQLField, batched: Batched) -> None:
        self._schema = schema
        self._definition = definition
        self._batched = batched

    def given(self, name: str, argument: ArgumentNode | None, values: Values) -> Given:
        """Return one argument as the reference executor would hand it to a resolver; raise GraphQLError."""
        alone = GraphQLField(GraphQLString, {name: self._definition.args[name]})
        node = FieldNode(name=NameNode(value=name), arguments=() if argument is None else (argument,))
        converted = convert_arguments(
            get_argument_values(alone, node, VariableValues({}, dict(values))),
            self._batched.declaration.arguments,
            self._schema.schema_converter.scalar_registry,
            self._schema.config,
        )
        return self._batched.given(converted)

    def maker(self, argument: ArgumentNode, variables: Sequence[str]) -> Maker:
        """Return what makes an argument of variables."""
        return self._of_variable(argument) or self._remembering(argument, variables)

    def _of_variable(self, argument: ArgumentNode) -> Maker | None:
        """Return what passes a variable on, where it is a scalar's or an enum's."""
        name, definition = argument.name.value, self._definition.args[argument.name.value]
        kind = kind_of(definition)
        if not isinstance(argument.value, VariableNode) or not isinstance(kind, Named) or as_leaf(kind) is None:
            return None
        variable, python_name = argument.value.name.value, self._python_name(name)
        must_be_there = is_required_argument(definition)
        default = {} if must_be_there else self.given(name, None, {})

        def add(given: Given, values: Values) -> None:
            value = values.get(variable, _ABSENT)
            if value is _ABSENT and not must_be_there:
                given.update(default)
            elif value is _ABSENT or (value is None and kind.required):
                raise FallbackToStrawberry
            elif value is not None:
                given[python_name] = value

        return add

    def _remembering(self, argument: ArgumentNode, variables: Sequence[str]) -> Maker:
        """Return what coerces an argument, and remembers what came of it."""
        name, remembered = argument.name.value, GenerationalCache[tuple[Any, ...], Given](_REMEMBERED)

        def add(given: Given, values: Values) -> None:
            # Classes tell True from 1, and 1 from 1.0.
            key = tuple((value.__class__, value) for value in [values.get(variable, _ABSENT) for variable in variables])
            try:
                made = remembered.get(key)
            except TypeError:
                # Lists and objects can't be looked up.
                given.update(self._given_or_surprise(name, argument, values))
                return
            if made is None:
                made = self._given_or_surprise(name, argument, values)
                remembered.put(key, made)
            given.update(made)

        return add

    def _given_or_surprise(self, name: str, argument: ArgumentNode, values: Values) -> Given:
        try:
            return self.given(name, argument, values)
        except Exception:  # noqa: BLE001 - whatever it is, the reference executor will meet it again
            raise FallbackToStrawberry from None

    def _python_name(self, name: str) -> str:
        names = self._schema.config.name_converter
        return next(a.python_name for a in self._batched.declaration.arguments if names.from_argument(a) == name)
