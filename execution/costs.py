"""The cost of an operation: an upper bound of its work, counted before anything is fetched.

The unit is a plain object of a result, such as the source of a figure. An object costs 1. The objects of a list are
multiplied by its length: the size of the page, the number of ids, or the length that the schema declares for the list.
A field that computes costs its declared price in addition, once for each parent, and so do arguments with a price and
fields of input objects with a price; see ``fields.DeclaredCost``. Scalars cost nothing, but each further alias for a
scalar of the same object costs 1. A field that is selected several times, for example by fragments, is fetched once and
counted once.

An object of introspection costs 2, because only graphql-core answers introspection; its lists have their average length
in the schema.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from math import ceil
from typing import Any, cast

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    SelectionNode,
    Undefined,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    is_abstract_type,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_object_type,
    value_from_ast_untyped,
)

from execution.errors import exceeded, limit_extensions
from execution.fields import declared_cost, declared_price, named_type_of, prices_of_fields
from execution.limits import Limits
from execution.selections import Field, Part, Parts, Selections, fragments_of
from execution.type_refs import type_of_variable

PAGE_SIZES = ("first", "last")
KEYS = frozenset({"ids", "representations"})
"""Arguments whose number of items is the length of the list: ids, and the representations of Apollo Federation."""

_INTROSPECTED = 2
"""The cost of an object of introspection."""

_INTEGER_END = 2**31


@dataclass(frozen=True)
class Cost:
    """The cost of an operation, and an error for each limit that it exceeds."""

    total: int
    problems: tuple[GraphQLError, ...] = ()


def cost_of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    limits: Limits,
) -> Cost:
    """Return the cost of an operation of a valid document."""
    defaults = {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in operation.variable_definitions or ()
        if definition.default_value
    }
    counter = _Counter(schema, document, {**defaults, **variables}, limits)
    selected = counter.selections.of_operation(operation)
    total, root_fields = ceil(counter.cost(selected)), len(counter.selections.merged(selected))
    problems = [*counter.problems.values()]
    if root_fields > limits.max_root_fields:
        problem = f"The operation selects {root_fields:,} root fields"
        problems.append(exceeded("rootFields", root_fields, limits.max_root_fields, problem))
    if total > limits.max_cost:
        problems.append(exceeded("cost", total, limits.max_cost, f"The operation costs {total:,}"))
    return Cost(total, tuple(problems))


def sizing_variables(schema: GraphQLSchema, nodes: Iterable[Node]) -> frozenset[str]:
    """Return the variables among the nodes of a document that costs depend on, besides ``deciding_variables``.

    They hold lengths of lists, or are declared as input objects with priced fields, or lists of such objects.
    """
    sizing, found = _sizing_arguments(schema), set[str]()
    for node in nodes:
        if isinstance(node, VariableDefinitionNode):
            if prices_of_fields(type_of_variable(schema, node)):
                found.add(node.variable.name.value)
        elif isinstance(node, ArgumentNode) and node.name.value in sizing and isinstance(node.value, VariableNode):
            found.add(node.value.name.value)
    return frozenset(found)


def priced_input_fields(schema: GraphQLSchema) -> frozenset[str]:
    """Return the names of the fields of input objects that cost something."""
    return frozenset(name for type_ in schema.type_map.values() for name in prices_of_fields(type_))


def price_of_batch(definition: GraphQLField, node: FieldNode) -> int:
    """Return what calling the batch of a field costs for one parent: its price and the objects that it returns.

    The objects of a page whose size is an argument are left out, because its value may be a variable.
    """
    arguments = [argument.name.value for argument in node.arguments or ()]
    declared = declared_cost(definition)
    objects = max([declared.size or 1, *declared.sizes.values()])
    if not any(name in arguments for name in PAGE_SIZES) and PAGE_SIZES[0] in definition.args:
        default = definition.args[PAGE_SIZES[0]].default_value
        objects = Limits.default_page_size if default is Undefined else int(default)
    return declared.price + objects + sum(declared_price(definition.args[name]) for name in arguments)


class _Counter:
    """Counts one operation. A combination of selection sets that occurs several times is counted once."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any], limits: Limits
    ) -> None:
        self.selections = Selections(schema, fragments_of(document), partial(_is_included, variables))
        self.problems: dict[int, GraphQLError] = {}
        self._variables = variables
        self._limits = limits
        self._known: dict[tuple[frozenset[Part], int | None], float] = {}

    def cost(self, parts: Parts, page: int | None = None) -> float:
        """Return the cost of merged selection sets; ``page`` is the size of the page that they are selected of."""
        key = (frozenset(parts), page)
        if key not in self._known:
            total: float = 0
            scalars: set[str] = set()
            for fields in self.selections.merged(parts).values():
                name = fields[0].node.name.value
                if fields[0].node.selection_set is None:
                    total += self._price(fields[0]) + (name in scalars)
                    scalars.add(name)
                else:
                    total += self._cost_of_objects(fields, page)
            self._known[key] = total
        return self._known[key]

    def _cost_of_objects(self, fields: list[Field], page: int | None) -> float:
        first = fields[0]
        below, price = self.selections.below(fields), self._price(first)
        if first.node.name.value.startswith("__"):
            return _INTROSPECTED + self.cost(below)
        assert first.definition is not None  # noqa: S101 - the document is valid
        if first.parent is not None and first.parent.name.startswith("__"):
            length = _introspection_lengths(self.selections.schema).get(first.node.name.value, 1)
            return length * (_INTROSPECTED + self.cost(below))
        size = self._page_size(first.definition, first.node)
        if not _is_list(first.definition):
            return price + 1 + self.cost(below, size)
        # The length of a list is given by its own page size, its ids, or the page size of the connection around it.
        given = next((length for length in (size, self._keys(first.node), page) if length is not None), None)
        length = self._assumed_length(first.definition, first.node) if given is None else given
        return price + length * (1 + self.cost(below))

    def _price(self, selected: Field) -> int:
        """Return the price of a field with its arguments."""
        definition = selected.definition
        if definition is None:
            return 0
        total = declared_cost(definition).price
        for argument in selected.node.arguments or ():
            declared = definition.args[argument.name.value]
            total += declared_price(declared)
            if prices := prices_of_fields(named_type_of(declared)):
                total += _price_of_objects(prices, _value(argument.value, self._variables))
        return total

    def _assumed_length(self, definition: GraphQLField, node: FieldNode) -> int:
        """Return the length that the schema declares for a list."""
        declared = declared_cost(definition)
        if declared.size_argument:
            for argument in node.arguments or ():
                if argument.name.value == declared.size_argument:
                    value = _value(argument.value, self._variables)
                    if isinstance(value, str) and value in declared.sizes:
                        return declared.sizes[value]
        return self._limits.assumed_list_length if declared.size is None else declared.size

    def _keys(self, node: FieldNode) -> int | None:
        """Return the number of ids or other keys that a field receives; None if it has no such argument."""
        for argument in node.arguments or ():
            if argument.name.value in KEYS:
                value = _value(argument.value, self._variables)
                return len(cast("list[object]", value)) if isinstance(value, list) else 1
        return None

    def _page_size(self, definition: GraphQLField, node: FieldNode) -> int | None:
        """Return the size of the page that a field returns; None if it has no pages."""
        sizes = [name for name in PAGE_SIZES if name in definition.args]
        if not sizes:
            return None
        given = {argument.name.value: _value(argument.value, self._variables) for argument in node.arguments or ()}
        for name in sizes:
            # A variable may hold 100.0, which is an Int too. Coercion refuses values that are not.
            if isinstance(size := given.get(name), int | float):
                size = int(size)
                maximum = self._limits.max_page_size
                if maximum < size < _INTEGER_END:
                    self.problems[id(node)] = _too_large(name, size, maximum, node)
                return min(max(size, 0), maximum)
        default = definition.args[sizes[0]].default_value
        return self._limits.default_page_size if default is Undefined else int(default)


@lru_cache(maxsize=4)
def _sizing_arguments(schema: GraphQLSchema) -> frozenset[str]:
    """Return the names of the arguments that lengths of lists depend on."""
    types = [type_ for type_ in schema.type_map.values() if is_object_type(type_)]
    declared = {declared_cost(field).size_argument for type_ in types for field in type_.fields.values()}
    return frozenset({*PAGE_SIZES, *KEYS, *declared})


def _price_of_objects(prices: Mapping[str, int], value: object) -> int:
    """Return the price of the fields that an input object, or each of a list of them, gives."""
    objects = cast("list[object]", value) if isinstance(value, list) else [value]
    return sum(
        prices.get(name, 0) for each in objects if isinstance(each, dict) for name in cast("Mapping[str, object]", each)
    )


@lru_cache(maxsize=4)
def _introspection_lengths(schema: GraphQLSchema) -> Mapping[str, float]:
    """Return the average lengths of the lists of introspection. ``ofType`` is null for types without a wrapper."""
    types = [*schema.type_map.values()]
    fields = [
        field for type_ in types if is_object_type(type_) or is_interface_type(type_) for field in type_.fields.values()
    ]
    totals = {
        "fields": len(fields),
        "inputFields": sum(len(type_.fields) for type_ in types if is_input_object_type(type_)),
        "interfaces": sum(len(type_.interfaces) for type_ in types if is_object_type(type_)),
        "possibleTypes": sum(len(schema.get_possible_types(type_)) for type_ in types if is_abstract_type(type_)),
        "enumValues": sum(len(type_.values) for type_ in types if is_enum_type(type_)),
    }
    lengths = {name: total / len(types) for name, total in totals.items()}
    arguments = sum(len(field.args) for field in fields) / max(1, len(fields))
    return {**lengths, "types": len(types), "directives": len(schema.directives), "args": arguments, "ofType": 0.5}


def _is_included(variables: Mapping[str, Any], selection: SelectionNode) -> bool:
    if not selection.directives:
        return True
    conditions = {
        directive.name.value: _value(argument.value, variables)
        for directive in selection.directives
        for argument in directive.arguments or ()
    }
    return conditions.get("skip") is not True and conditions.get("include") is not False


def _value(node: ValueNode, variables: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    return value_from_ast_untyped(node, cast("dict[str, Any]", variables))


def _is_list(definition: GraphQLField) -> bool:
    # The type as text avoids graphql-core's type of types, which is too recursive for type checkers.
    return str(cast("Any", definition).type).startswith("[")


def _too_large(argument: str, value: int, maximum: int, node: FieldNode) -> GraphQLError:
    return GraphQLError(
        f'Argument "{argument}": it is {value}; it must be between 0 and {maximum}.',
        node,
        extensions={**limit_extensions("pageSize", value, maximum), "code": "BAD_USER_INPUT", "argument": argument},
    )
