"""Limits of documents and variables, counted in one pass that is linear in their size.

Strawberry's own limiters (``QueryDepthLimiter``, ``MaxAliasesLimiter``) follow a fragment each time it is spread: 20
fragments that spread each other twice, 660 bytes, take them seconds. Here each definition is visited once.
"""

from collections.abc import Iterable, Mapping
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

from execution.errors import exceeded


@dataclass(frozen=True)
class Limits:
    """Maxima of a document, an operation and its variables, and the sizes that costs are counted with."""

    max_tokens: int = 1_000
    max_lines_per_token: int = 5
    """Lines of a document for each token of ``max_tokens``: each error's place is searched line by line."""
    max_depth: int = 10
    """Levels of nested fields, with fragments followed and introspection left out."""
    max_aliases: int = 30
    max_alias_length: int = 100
    """Characters of an alias, which is in the result once for each object."""
    max_directives: int = 50
    max_list_length: int = 250
    """Items of a list, in the document or in the variables."""
    max_variable_depth: int = 50
    """Levels of nested lists and objects in the variables' values. Code that reads them is recursive."""
    max_root_fields: int = 20
    max_cost: int = 10_000
    max_answer_bytes: int = 5_000_000
    """Bytes of an operation's data as JSON."""
    max_page_size: int = 100
    default_page_size: int = 20
    """The size of a page whose field neither receives one nor declares a default."""
    assumed_list_length: int = 20
    """The length that is assumed for a list without pages whose length the schema does not declare."""
    max_message_length: int = 500
    """Characters of an error message; longer ones are cut."""


def document_problems(document: DocumentNode, nodes: Iterable[Node], limits: Limits) -> list[GraphQLError]:
    """Return an error for each limit that the text of a document exceeds, in whichever operation or fragment.

    ``nodes`` are all nodes of the document.
    """
    aliases = directives = alias_length = list_length = 0
    for node in nodes:
        if isinstance(node, FieldNode):
            if node.alias is not None:
                aliases += 1
                alias_length = max(alias_length, len(node.alias.value))
        elif isinstance(node, DirectiveNode):
            directives += 1
        elif isinstance(node, ListValueNode):
            list_length = max(list_length, len(node.values))
    depth = field_depth(document)
    counts = (
        ("depth", depth, limits.max_depth, f"The document nests fields {depth:,} levels deep"),
        ("aliases", aliases, limits.max_aliases, f"The document uses {aliases:,} aliases"),
        (
            "aliasLength",
            alias_length,
            limits.max_alias_length,
            f"The document has an alias of {alias_length:,} characters",
        ),
        ("directives", directives, limits.max_directives, f"The document uses {directives:,} directives"),
        ("listLength", list_length, limits.max_list_length, f"The document has a list of {list_length:,} items"),
    )
    return [exceeded(limit, value, maximum, problem) for limit, value, maximum, problem in counts if value > maximum]


_PLAIN = frozenset({str, int, float, bool, type(None)})
"""The classes of the JSON values that contain no others."""


def variable_problem(variables: Mapping[str, Any], limits: Limits) -> GraphQLError | None:
    """Return the error for a limit that the variables' values exceed, or None."""
    if _PLAIN.issuperset(map(type, variables.values())):
        return None
    length, depth = list_length_and_depth(variables, limits.max_variable_depth)
    if length > limits.max_list_length:
        problem = f"The variables have a list of {length:,} items"
        return exceeded("listLength", length, limits.max_list_length, problem)
    if depth > limits.max_variable_depth:
        message = f"The variables are nested too deeply; the maximum is {limits.max_variable_depth:,} levels."
        return GraphQLError(message, extensions={"code": "BAD_USER_INPUT"})
    return None


def list_length_and_depth(value: object, max_depth: int) -> tuple[int, int]:
    """Return the length of the longest list in a JSON value, and how deep its lists and objects are nested.

    Values that are nested deeper than ``max_depth`` are followed only one level beyond it.
    """
    longest = levels = 0
    level = [value]
    while level and levels <= max_depth + 1:
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


def field_depth(document: DocumentNode) -> int:
    """Return how deep the fields of a document's deepest operation or fragment are nested, without introspection.

    The result is 0 if fragments are spread in a cycle, which validation refuses.
    """
    definitions = {
        (definition.kind, definition.name.value if definition.name else ""): _nesting(definition.selection_set)
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode) and not _introspects(definition)
    }
    if not any(nesting.spreads for nesting in definitions.values()):
        return max([nesting.depth for nesting in definitions.values()], default=0)
    spreads = {name: nesting.spreads.keys() for name, nesting in definitions.items()}
    depths: dict[tuple[str, str], int] = {}
    try:
        for name in TopologicalSorter(spreads).static_order():
            nesting = definitions.get(name, _EMPTY)
            inner = (level + depths[fragment] for fragment, level in nesting.spreads.items())
            depths[name] = max(nesting.depth, *inner, 0)
    except CycleError:
        return 0
    return max(depths.values(), default=0)


@dataclass(frozen=True)
class _Nesting:
    """How deep a definition's own fields are nested, and the deepest level at which it spreads each fragment."""

    depth: int
    spreads: Mapping[tuple[str, str], int]


_EMPTY = _Nesting(0, {})


def _introspects(definition: OperationDefinitionNode | FragmentDefinitionNode) -> bool:
    """Whether a definition is a fragment on a type of introspection."""
    return isinstance(definition, FragmentDefinitionNode) and definition.type_condition.name.value.startswith("__")


def _nesting(selection_set: SelectionSetNode) -> _Nesting:
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
    return _Nesting(deepest, spreads)
