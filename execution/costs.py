"""The cost of an operation: the number of objects that its result may have, counted before anything is fetched.

An object costs 1 and a scalar nothing. The objects of a page are multiplied by the page's size, and those requested by
ids by the number of ids. A list without pages counts as one object, because the client cannot choose its length; but
the client chooses how often such lists are nested, so one that lies in another list is counted as
``Limits.nested_list_length`` objects. A field that is selected several times, for example by fragments, is fetched once
and counted once. Introspection has fixed costs, because its results are long.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionNode,
    Undefined,
    ValueNode,
    VariableNode,
    value_from_ast_untyped,
)

from execution.errors import exceeded, limit_extensions
from execution.limits import Limits
from execution.nodes import nodes_in
from execution.selections import Field, Part, Parts, Selections, fragments_of

INTROSPECTION_COSTS = {"__schema": 1_000, "__type": 100, "__typename": 0}
PAGE_SIZES = ("first", "last")
IDS = "ids"

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
    total, root_fields = counter.cost(selected), len(counter.selections.merged(selected))
    problems = [*counter.problems.values()]
    if root_fields > limits.max_root_fields:
        problem = f"The operation selects {root_fields:,} root fields"
        problems.append(exceeded("rootFields", root_fields, limits.max_root_fields, problem))
    if total > limits.max_cost:
        problems.append(exceeded("cost", total, limits.max_cost, f"The operation costs {total:,}"))
    return Cost(total, tuple(problems))


def sizing_variables(document: DocumentNode) -> frozenset[str]:
    """Return the variables of page sizes and ids. Costs depend on them in addition to ``deciding_variables``."""
    values = (
        argument.value
        for node in nodes_in(document)
        if isinstance(node, FieldNode)
        for argument in node.arguments or ()
        if argument.name.value in (*PAGE_SIZES, IDS)
    )
    return frozenset(value.name.value for value in values if isinstance(value, VariableNode))


class _Counter:
    """Counts one operation. A combination of selection sets that occurs several times is counted once."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any], limits: Limits
    ) -> None:
        self.selections = Selections(schema, fragments_of(document), partial(_is_included, variables))
        self.problems: dict[int, GraphQLError] = {}
        self._variables = variables
        self._limits = limits
        self._known: dict[tuple[frozenset[Part], int | None, bool], int] = {}

    def cost(self, parts: Parts, page: int | None = None, *, in_list: bool = False) -> int:
        """Return the cost of merged selection sets; ``page`` is the size of the page that they are selected of."""
        key = (frozenset(parts), page, in_list)
        if key not in self._known:
            groups = self.selections.merged(parts).values()
            self._known[key] = sum(self._cost_of_field(fields, page, in_list=in_list) for fields in groups)
        return self._known[key]

    def _cost_of_field(self, fields: list[Field], page: int | None, *, in_list: bool) -> int:
        first = fields[0]
        if first.node.name.value in INTROSPECTION_COSTS:
            return INTROSPECTION_COSTS[first.node.name.value]
        if first.node.selection_set is None:
            return 0
        assert first.definition is not None  # noqa: S101 - the document is valid
        below, size = self.selections.below(fields), self._page_size(first.definition, first.node)
        if not _is_list(first.definition):
            return 1 + self.cost(below, size, in_list=in_list)
        # The length of a list is given by its own page size, its ids, or the page size of the connection around it.
        lengths = (length for length in (size, self._ids(first.node), page) if length is not None)
        length = next(lengths, None)
        if length is not None:
            return length * (1 + self.cost(below, in_list=in_list))
        return (self._limits.nested_list_length if in_list else 1) * (1 + self.cost(below, in_list=True))

    def _ids(self, node: FieldNode) -> int | None:
        """Return the number of ids that a field receives; None if it has no such argument."""
        for argument in node.arguments or ():
            if argument.name.value == IDS:
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


def _is_included(variables: Mapping[str, Any], selection: SelectionNode) -> bool:
    conditions = {
        directive.name.value: _value(argument.value, variables)
        for directive in selection.directives or ()
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
