"""What a document may hold, and what it holds, counted as it is written: linear in its size, whatever its shape."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, cast

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    ListValueNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
)

from server.responses import passed_limit
from server.settings import Settings

LONGEST_ALIAS = 100
"""How many characters an alias may have: it is in the answer once for each object, which may be thousands of times."""


def exceeded(limit: str, value: int, maximum: int, what: str) -> GraphQLError:
    """Return the error for a limit that is passed, which it names together with the value and the maximum."""
    return GraphQLError(
        f"{what} {maximum:,} at most, and here it is {value:,}.",
        extensions=passed_limit(limit, value, maximum),
    )


def passed_as_written(document: DocumentNode, settings: Settings) -> list[GraphQLError]:
    """Return an error for each limit that the document passes by what stands in it, whichever part of it is run."""
    aliases = directives = longest_alias = longest = 0
    for node in nodes(document):
        if isinstance(node, FieldNode):
            aliases += node.alias is not None
            longest_alias = max(longest_alias, len(node.alias.value) if node.alias else 0)
        elif isinstance(node, DirectiveNode):
            directives += 1
        elif isinstance(node, ListValueNode):
            longest = max(longest, len(node.values))
    counts = (
        ("depth", depth(document), settings.max_depth, "A document's fields may be nested to a depth of"),
        ("aliases", aliases, settings.max_aliases, "The fields of a document that have an alias may be"),
        ("aliasLength", longest_alias, LONGEST_ALIAS, "The characters of an alias may be"),
        ("directives", directives, settings.max_directives, "The directives of a document may be"),
        ("listLength", longest, settings.max_list_length, "The items of a list may be"),
    )
    return [exceeded(limit, value, maximum, what) for limit, value, maximum, what in counts if value > maximum]


def shape(value: object, deepest: int) -> tuple[int, int]:
    """Return how many items the longest list in a JSON value has, and how deep lists and objects are nested.

    What is nested deeper than ``deepest`` is looked at no further than that is known.
    """
    longest = levels = 0
    level = [value]
    while level and levels <= deepest + 1:
        inner: list[object] = []
        for item in level:
            if isinstance(item, dict):
                inner += cast("dict[str, object]", item).values()
            elif isinstance(item, list):
                items = cast("list[object]", item)
                longest = max(longest, len(items))
                inner += items
        level = inner
        levels += 1
    return longest, levels - 1


def depth(document: DocumentNode) -> int:
    """Return how deep the fields of its deepest operation or fragment are nested, introspection left out.

    A fragment is looked at once, however often it is spread. Where fragments are spread in a circle, which is for
    validation to refuse, this is 0.
    """
    outlines = {
        (definition.kind, definition.name.value if definition.name else ""): _outline(definition.selection_set)
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode) and not _introspects(definition)
    }
    spreads = {name: outline.spreads.keys() for name, outline in outlines.items()}
    depths: dict[tuple[str, str], int] = {}
    try:
        for name in TopologicalSorter(spreads).static_order():
            outline = outlines.get(name, _NOTHING)
            inner = (level + depths[fragment] for fragment, level in outline.spreads.items())
            depths[name] = max(outline.depth, *inner, 0)
    except CycleError:
        return 0
    return max(depths.values(), default=0)


@dataclass(frozen=True)
class _Outline:
    """How deep a definition's own fields are nested, and the deepest level at which it spreads each fragment."""

    depth: int
    spreads: Mapping[tuple[str, str], int]


_NOTHING = _Outline(0, {})


def _introspects(definition: OperationDefinitionNode | FragmentDefinitionNode) -> bool:
    """Whether this is a fragment on one of introspection's own types."""
    return isinstance(definition, FragmentDefinitionNode) and definition.type_condition.name.value.startswith("__")


def _outline(selection_set: SelectionSetNode) -> _Outline:
    deepest, spreads = 0, dict[tuple[str, str], int]()
    waiting = [(selection_set, 0)]
    while waiting:
        selections, level = waiting.pop()
        for selection in selections.selections:
            match selection:
                case FieldNode() if not selection.name.value.startswith("__"):
                    deepest = max(deepest, level + 1)
                    if selection.selection_set:
                        waiting.append((selection.selection_set, level + 1))
                case InlineFragmentNode():
                    waiting.append((selection.selection_set, level))
                case FragmentSpreadNode():
                    fragment = (FragmentDefinitionNode.kind, selection.name.value)
                    spreads[fragment] = max(level, spreads.get(fragment, 0))
                case _:
                    pass
    return _Outline(deepest, spreads)


def nodes(document: DocumentNode) -> Iterator[Node]:
    """Yield each node of a document once, but for names and types."""
    waiting: list[Node] = [document]
    while waiting:
        node = waiting.pop()
        yield node
        for key in _INNER_KEYS.get(node.__class__) or _inner_keys(node):
            inner: Any = getattr(node, key)
            # Most nodes have neither arguments nor directives.
            if inner.__class__ is tuple:
                waiting += inner
            elif isinstance(inner, Node):
                waiting.append(inner)


_NAMES_AND_TYPES = {"loc", "name", "alias", "type", "type_condition"}
_INNER_KEYS: dict[type[Any], tuple[str, ...]] = {}
"""Where nodes of a class hold others. graphql-core makes a list of all their attributes anew each time."""


def _inner_keys(node: Node) -> tuple[str, ...]:
    keys = _INNER_KEYS[type(node)] = tuple(key for key in node.keys if key not in _NAMES_AND_TYPES)
    return keys
