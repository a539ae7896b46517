"""One walk over the nodes of a document."""

from collections.abc import Iterator
from typing import Any

from graphql import ListValueNode, Node, ObjectValueNode, ValueNode, VariableNode, print_ast


def nodes_in(*roots: Node) -> Iterator[Node]:
    """Yield each node at or below the roots once, except names and types.

    Each attribute that holds nodes is looked up once per class of node: graphql-core builds the list of a node's
    attributes again for each node.
    """
    waiting = [*roots]
    while waiting:
        node = waiting.pop()
        yield node
        for key in _CHILD_KEYS.get(node.__class__) or _child_keys(node):
            child: Any = getattr(node, key)
            # Most nodes have neither arguments nor directives.
            if child.__class__ is tuple:
                waiting += child
            elif isinstance(child, Node):
                waiting.append(child)


def variables_in(*roots: Node) -> frozenset[str]:
    """Return the names of the variables at or below the roots."""
    return frozenset(node.name.value for node in nodes_in(*roots) if isinstance(node, VariableNode))


def written_value(node: ValueNode) -> str:
    """Return a value as GraphQL text, as ``print_ast`` does. That takes ten times as long for a variable."""
    match node:
        case VariableNode(name=name):
            return f"${name.value}"
        case ObjectValueNode(fields=fields):
            return f"{{ {', '.join([f'{field.name.value}: {written_value(field.value)}' for field in fields])} }}"
        case ListValueNode(values=values):
            return f"[{', '.join(map(written_value, values))}]"
        case _:
            return print_ast(node)


_SKIPPED_KEYS = {"loc", "name", "alias", "type", "type_condition"}
_CHILD_KEYS: dict[type[Any], tuple[str, ...]] = {}


def _child_keys(node: Node) -> tuple[str, ...]:
    keys = _CHILD_KEYS[type(node)] = tuple(key for key in node.keys if key not in _SKIPPED_KEYS)
    return keys
