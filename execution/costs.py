"""How much an operation asks for: the objects of its answer, counted before any is fetched.

Each object counts 1 and a scalar nothing. What lies in a page is multiplied by the page's size, and what is asked for
by ids by their number. Another list without pages counts as one object, since its length is not the client's to choose;
but how often such lists are nested is, so that inside another it counts as LISTED. Fields that are asked for twice, by
fragments say, are fetched once, and so counted once. Introspection has prices of its own, since its answers are long.
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

from execution.limits import exceeded, nodes
from execution.merged_selections import Field, Part, Parts, Selections, fragments_of
from resolvers.connections import DEFAULT_SIZE
from server.responses import passed_limit
from server.settings import Settings

INTROSPECTION = {"__schema": 1_000, "__type": 100, "__typename": 0}
PAGE_SIZES = ("first", "last")
IDS = "ids"
LISTED = 20
"""About how many objects the longest lists without pages have that can be nested in themselves: groups' children."""

_END_OF_INTEGERS = 2**31


@dataclass(frozen=True)
class Cost:
    """What an operation costs, and the limits that it passes."""

    total: int
    problems: tuple[GraphQLError, ...] = ()


def cost_of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    settings: Settings,
) -> Cost:
    """Return an operation's cost, with an error for each limit that it passes. The document must be valid."""
    defaults = {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in operation.variable_definitions or ()
        if definition.default_value
    }
    counting = _Counting(schema, document, {**defaults, **variables}, settings)
    selected = counting.selections.of_operation(operation)
    total, root_fields = counting.cost(selected), len(counting.selections.merged(selected))
    problems = [*counting.problems.values()]
    if root_fields > settings.max_root_fields:
        what = "The fields that an operation asks of the query may be"
        problems.append(exceeded("rootFields", root_fields, settings.max_root_fields, what))
    if total > settings.max_cost:
        problems.append(exceeded("cost", total, settings.max_cost, "What an operation asks for may cost"))
    return Cost(total, tuple(problems))


def deciding_variables(document: DocumentNode) -> frozenset[str]:
    """Return the variables whose values decide what an operation costs: page sizes, and conditions of directives."""
    arguments = (
        argument.value
        for node in nodes(document)
        for argument in getattr(node, "arguments", None) or ()
        if argument.name.value in (*PAGE_SIZES, IDS, "if")
    )
    return frozenset(value.name.value for value in arguments if isinstance(value, VariableNode))


class _Counting:
    """The count of one operation. What is merged of the same selection sets is counted once."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any], settings: Settings
    ) -> None:
        self.selections = Selections(schema, fragments_of(document), partial(_is_included, variables))
        self.problems: dict[int, GraphQLError] = {}
        self._variables = variables
        self._page_limit = settings.max_page_size
        self._known: dict[tuple[frozenset[Part], int | None, bool], int] = {}

    def cost(self, parts: Parts, page: int | None = None, *, in_list: bool = False) -> int:
        """Return what merged selection sets cost: of a page of this size if it is one, and inside a list or not."""
        key = (frozenset(parts), page, in_list)
        if key not in self._known:
            groups = self.selections.merged(parts).values()
            self._known[key] = sum(self._cost_of_field(fields, page, in_list=in_list) for fields in groups)
        return self._known[key]

    def _cost_of_field(self, fields: list[Field], page: int | None, *, in_list: bool) -> int:
        first = fields[0]
        if first.node.name.value in INTROSPECTION:
            return INTROSPECTION[first.node.name.value]
        if first.node.selection_set is None:
            return 0
        assert first.definition is not None  # noqa: S101 - validation has seen to it
        below, size = self.selections.below(fields), self._page_size(first.definition, first.node)
        if not _is_list(first.definition):
            return 1 + self.cost(below, size, in_list=in_list)
        # A list is what its ids name, or a page of its own field's or of the connection that it lies in.
        lengths = (length for length in (size, self._ids(first.node), page) if length is not None)
        length = next(lengths, None)
        if length is not None:
            return length * (1 + self.cost(below, in_list=in_list))
        return (LISTED if in_list else 1) * (1 + self.cost(below, in_list=True))

    def _ids(self, node: FieldNode) -> int | None:
        """Return how many objects are asked for by their ids; None where they are not."""
        for argument in node.arguments or ():
            if argument.name.value == IDS:
                value = _value(argument.value, self._variables)
                return len(cast("list[object]", value)) if isinstance(value, list) else 1
        return None

    def _page_size(self, definition: GraphQLField, node: FieldNode) -> int | None:
        """Return the size of the page that a field answers with; None where it has no pages."""
        sizes = [name for name in PAGE_SIZES if name in definition.args]
        if not sizes:
            return None
        given = {argument.name.value: _value(argument.value, self._variables) for argument in node.arguments or ()}
        for name in sizes:
            # In a variable 100.0 is an Int, too. What is none is refused as such when it is coerced.
            if isinstance(size := given.get(name), int | float):
                size = int(size)
                if self._page_limit < size < _END_OF_INTEGERS:
                    self.problems[id(node)] = _too_large(name, size, self._page_limit, node)
                return min(max(size, 0), self._page_limit)
        default = definition.args[sizes[0]].default_value
        return DEFAULT_SIZE if default is Undefined else int(default)


def _is_included(variables: Mapping[str, Any], selection: SelectionNode) -> bool:
    conditions = {
        directive.name.value: _value(argument.value, variables)
        for directive in selection.directives or ()
        for argument in directive.arguments or ()
    }
    return conditions.get("skip") is not True and conditions.get("include") is not False


def _value(node: ValueNode, variables: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever a client may send
    return value_from_ast_untyped(node, cast("dict[str, Any]", variables))


def _is_list(definition: GraphQLField) -> bool:
    # Its type is written in brackets. graphql-core's own question has a type that checkers can't follow.
    return str(cast("Any", definition).type).startswith("[")


def _too_large(argument: str, value: int, maximum: int, node: FieldNode) -> GraphQLError:
    return GraphQLError(
        f'Argument "{argument}": it must lie between 0 and {maximum}, and is {value}.',
        node,
        extensions={**passed_limit("pageSize", value, maximum), "code": "BAD_USER_INPUT", "argument": argument},
    )
