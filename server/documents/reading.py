"""Documents: parsed, held to the limits and validated once for each distinct text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from sys import getsizeof
from typing import Any, cast

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    Undefined,
    get_operation_ast,
    parse,
    validate,
)

from server.answers import formatted
from server.documents.costs import Cost, cost_of, deciding_variables
from server.documents.limits import exceeded, passed_as_written
from server.documents.store import hash_of
from server.documents.validation import RULES
from server.settings import Settings

REMEMBERED_TOKENS = 100_000
"""How much of documents is remembered; the least recently used make room. A token takes some 350 bytes."""

LINES_PER_TOKEN = 5
"""How many lines a document may have for each token that it may have: each error is looked for line by line."""

_BYTES_PER_TOKEN = 350
_REMEMBERED_COSTS = 16
_MOST_ERRORS = 10


@dataclass(frozen=True)
class Document:
    """What a text turned out to be: a document, and the errors that keep it from running."""

    text: str
    sha256: str
    node: DocumentNode | None
    errors: tuple[Mapping[str, Any], ...] = ()
    deciding: frozenset[str] = frozenset()
    weight: int = 0
    costs: LRUCache[tuple[object, ...], Cost] = field(default_factory=lambda: LRUCache(_REMEMBERED_COSTS))

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """Return the operation of this name, or the only one."""
        return get_operation_ast(self.node, name) if self.node else None


class Documents:
    """The documents of one schema, within limits. Those that were used last are remembered."""

    def __init__(self, schema: GraphQLSchema, settings: Settings) -> None:
        self._schema = schema
        self._settings = settings
        self._remembered: LRUCache[str, Document] = LRUCache(
            REMEMBERED_TOKENS, getsizeof=lambda document: document.weight
        )

    @property
    def weight(self) -> int:
        """How much is remembered, in tokens."""
        return int(self._remembered.currsize)

    def of(self, text: str) -> Document:
        """Return what a text is."""
        document = self._remembered.get(text)
        if document is None:
            document = self._read(text)
            # One that is larger than all that may be remembered is read anew each time.
            if document.weight <= REMEMBERED_TOKENS:
                self._remembered[text] = document
        return document

    def remembers(self, text: str) -> bool:
        """Tell whether a text need not be read again."""
        return text in self._remembered

    def cost(self, document: Document, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> Cost:
        """Return what an operation of a document costs with these variables."""
        name = operation.name.value if operation.name else None
        key = (name, *(_deciding_value(variables, deciding) for deciding in sorted(document.deciding)))
        cost = document.costs.get(key)
        if cost is None:
            assert document.node is not None  # noqa: S101 - it has operations
            cost = cost_of(self._schema, document.node, operation, variables, self._settings)
            document.costs[key] = cost
        return cost

    def _read(self, text: str) -> Document:
        # A long text is most likely a long string, which the document holds once more.
        digest, weight = hash_of(text), 1 + 2 * getsizeof(text) // _BYTES_PER_TOKEN
        try:
            node = self._parsed(text)
        except GraphQLError as error:
            return Document(text, digest, None, _formatted([error], "GRAPHQL_PARSE_FAILED"), weight=weight)
        if errors := passed_as_written(node, self._settings):
            return Document(text, digest, None, _formatted(errors, "LIMIT_EXCEEDED"), weight=weight)
        weight += node.token_count
        if errors := validate(self._schema, node, RULES, max_errors=_MOST_ERRORS):
            return Document(text, digest, node, _formatted(errors, "GRAPHQL_VALIDATION_FAILED"), weight=weight)
        return Document(text, digest, node, deciding=deciding_variables(node), weight=weight)

    def _parsed(self, text: str) -> DocumentNode:
        tokens = self._settings.max_tokens
        lines, most_lines = 1 + text.count("\n") + text.count("\r"), LINES_PER_TOKEN * tokens
        if lines > most_lines:
            raise exceeded("lines", lines, most_lines, "The lines of a document may be")
        try:
            return parse(text, max_tokens=tokens)
        except GraphQLSyntaxError as error:
            if f"more than {tokens} tokens" not in error.message:
                raise
            # The parser stops at the first token too many.
            raise exceeded("tokens", tokens + 1, tokens, "The tokens of a document may be") from None


def _formatted(errors: Sequence[GraphQLError], code: str) -> tuple[Mapping[str, Any], ...]:
    """Return errors as clients see them, without the document that they point into."""
    return tuple(formatted(error, code=code) for error in errors)


def _deciding_value(variables: Mapping[str, Any], name: str) -> object:
    """Return what stands for a value that can decide a cost, which numbers and booleans do, and so does its absence."""
    value: object = variables.get(name, Undefined)
    if isinstance(value, list):
        return len(cast("list[object]", value))
    # True is equal to 1, but decides otherwise.
    return (type(value), value) if value is Undefined or isinstance(value, int | float) else None
