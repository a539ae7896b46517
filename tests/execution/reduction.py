"""The smallest part of an operation that still shows what the whole shows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, cast

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    OperationDefinitionNode,
    VariableNode,
    parse,
    print_ast,
)

Body = Mapping[str, Any]

_REMOVABLE = ("definitions", "selections", "directives", "arguments", "fields", "values", "variable_definitions")


def reduced(body: Body, shows: Callable[[Body], bool]) -> Body:
    """Return the operation without all parts that can be left out one by one."""
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
    """Leave out one of the parts of the document, the largest of which come first; None if it has not so many."""
    document = parse(body["query"], no_location=True)
    part = next(islice(_parts(document), number, None), None)
    if part is None:
        return None
    holder, key, index = part
    items = list(getattr(holder, key))
    del items[index]
    _put(holder, key, items)
    is_empty = any(getattr(node, "selections", True) == () for node in _nodes(document))
    return body if is_empty else {**body, "query": print_ast(_tidied(document))}


def _without_variable(body: Body, number: int) -> Body | None:
    """Leave out the value of one of the variables; None if it has not so many."""
    given: Mapping[str, Any] = body.get("variables") or {}
    variables = [*given.items()]
    if number >= len(variables):
        return None
    del variables[number]
    return {**body, "variables": dict(variables)}


def _parts(document: DocumentNode) -> Iterator[tuple[Node, str, int]]:
    """Yield where each part lies that may be removed, outer ones before those inside."""
    for node in _nodes(document):
        for key in _REMOVABLE:
            for index in range(len(getattr(node, key, None) or ())):
                yield node, key, index


def _tidied(document: DocumentNode) -> DocumentNode:
    """Remove fragments and variables that are used no longer."""
    spread = {node.name.value for node in _nodes(document) if isinstance(node, FragmentSpreadNode)}
    kept = [
        each
        for each in document.definitions
        if not isinstance(each, FragmentDefinitionNode) or each.name.value in spread
    ]
    _put(document, "definitions", kept)
    used = [node.name.value for node in _nodes(document) if isinstance(node, VariableNode)]
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            # The definition itself is the first of its uses.
            declared = definition.variable_definitions or ()
            _put(definition, "variable_definitions", [x for x in declared if used.count(x.variable.name.value) > 1])
    return document


def _put(node: Node, key: str, items: Sequence[Node]) -> None:
    # The nodes are our own copy, whatever their types say of attributes that are read only.
    setattr(node, key, tuple(items))


def _nodes(document: DocumentNode) -> Iterator[Node]:
    """Yield the nodes of a document, outer ones before those inside."""
    waiting: list[Any] = [document]
    for node in waiting:
        if isinstance(node, Node):
            yield node
            waiting += (getattr(node, key) for key in node.keys if key != "loc")
        elif isinstance(node, list | tuple):
            waiting += cast("list[Any]", node)
