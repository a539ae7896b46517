"""Reduces an operation to the smallest part that still has a property."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from graphql import (
    REMOVE,
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    VisitorAction,
    parse,
    print_ast,
    visit,
)

Body = Mapping[str, Any]


def reduced(body: Body, shows: Callable[[Body], bool]) -> Body:
    """Return the operation without all parts that can be removed one by one."""
    while True:
        before = body
        for leave_out in (_without_part, _without_variable):
            number = 0
            while (smaller := leave_out(body, number)) is not None:
                if smaller != body and shows(smaller):
                    body = smaller
                else:
                    number += 1
        if body == before:
            return body


def _without_part(body: Body, number: int) -> Body | None:
    """Remove the part of this number, outer parts first; return None if there is none."""
    leaving_out = _LeavingOut(number)
    document: DocumentNode = visit(parse(body["query"], no_location=True), leaving_out)
    if leaving_out.left:
        return None
    document = visit(document, _Tidying(document))
    is_empty = any(isinstance(node, SelectionSetNode) and not node.selections for node in _nodes(document))
    return body if is_empty else {**body, "query": print_ast(document)}


def _without_variable(body: Body, number: int) -> Body | None:
    """Remove the variable of this number; return None if there is none."""
    given: Mapping[str, Any] = body.get("variables") or {}
    variables = [*given.items()]
    if number >= len(variables):
        return None
    del variables[number]
    return {**body, "variables": dict(variables)}


class _LeavingOut(Visitor):
    """Removes the part of this number; a part is an item of any list of nodes."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number + 1

    def enter(self, _: Node, key: object, *__: Any) -> VisitorAction:
        if self.left and isinstance(key, int):
            self.left -= 1
            return None if self.left else REMOVE
        return None


class _Tidying(Visitor):
    """Removes unused fragments and variables."""

    def __init__(self, document: DocumentNode) -> None:
        super().__init__()
        nodes = [*_nodes(document)]
        self.spread = {node.name.value for node in nodes if isinstance(node, FragmentSpreadNode)}
        # The definition itself is the first of its uses.
        self.used = Counter(node.name.value for node in nodes if isinstance(node, VariableNode))

    def enter_fragment_definition(self, node: FragmentDefinitionNode, *_: Any) -> VisitorAction:
        return None if node.name.value in self.spread else REMOVE

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> VisitorAction:
        return None if self.used[node.variable.name.value] > 1 else REMOVE


def _nodes(document: DocumentNode) -> Iterator[Node]:
    """Yield the nodes of a document."""
    waiting: list[Any] = [document]
    for node in waiting:
        if isinstance(node, Node):
            yield node
            waiting += (getattr(node, key) for key in node.keys if key != "loc")
        elif isinstance(node, list | tuple):
            waiting += cast("list[Any]", node)
