"""Documents: parsed, held to the limits and validated once for each distinct text, or once for texts that are alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
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
    validate,
)

from bounded_cache import GenerationalCache
from execution.costs import Cost, cost_of, deciding_variables
from execution.executor import Executor, Operation
from execution.fast_validation import FastValidation
from execution.limits import exceeded, passed_as_written
from execution.literal_templates import Shapes, outlined
from execution.parsing import parsed
from execution.validation import RULES, key_variables
from server.document_store import hash_of
from server.responses import formatted
from server.settings import Settings

REMEMBERED_TOKENS = 100_000
"""How much of documents is remembered; the least recently used make room. A token takes some 350 bytes."""

_TEMPLATES = 50_000
"""How much of templates is remembered besides, in tokens."""

LINES_PER_TOKEN = 5
"""How many lines a document may have for each token that it may have: each error is looked for line by line."""

_BYTES_PER_TOKEN = 350
_REMEMBERED_COSTS = 16
_MOST_ERRORS = 10


@dataclass(frozen=True)
class Definition:
    """An operation as its document defines it, with what follows from that alone and no request need find out again."""

    document: "Document"
    node: OperationDefinitionNode
    deciding: tuple[str, ...] = ()
    """The variables whose values decide what it costs."""
    keys: tuple[str, ...] = ()
    """The variables that hold whole oneOf inputs."""
    costs: GenerationalCache[tuple[object, ...], Cost] = field(
        default_factory=lambda: GenerationalCache(2 * _REMEMBERED_COSTS)
    )
    prepare: Callable[[DocumentNode, OperationDefinitionNode], Operation] | None = None
    """What makes it ready to be run; None where the document has errors."""

    @cached_property
    def name(self) -> str | None:
        """Its name in the document."""
        return self.node.name.value if self.node.name else None

    @cached_property
    def operation(self) -> Operation:
        """The operation, ready to be run."""
        assert self.prepare is not None and self.document.node is not None  # noqa: S101, PT018 - it has no errors
        return self.prepare(self.document.node, self.node)

    @cached_property
    def type(self) -> str:
        """What kind of operation it is, such as a query."""
        return self.node.operation.value


@dataclass(frozen=True)
class Document:
    """What a text turned out to be: a document, and the errors that keep it from running."""

    text: str
    sha256: str
    node: DocumentNode | None
    errors: tuple[Mapping[str, Any], ...] = ()
    weight: int = 0
    definitions: dict[str | None, Definition] = field(default_factory=dict[str | None, Definition])
    """Its operations by name, and the only one also by None."""


class _Remembered(LRUCache[str, Document]):
    """Documents by their texts; those that were used last."""

    def popitem(self) -> tuple[str, Document]:
        """Forget the one that was not used for the longest time."""
        text, document = super().popitem()
        # Its definitions know it. If it went on knowing them, all would stay until Python looks for garbage.
        document.definitions.clear()
        return text, document


class Documents:
    """The documents of one schema, within limits. Those that were used last are remembered."""

    def __init__(self, schema: GraphQLSchema, executor: Executor, settings: Settings) -> None:
        self._schema = schema
        self._executor = executor
        self._settings = settings
        self._remembered = _Remembered(REMEMBERED_TOKENS, getsizeof=lambda document: document.weight)
        self._plainly_valid = FastValidation(schema)
        self._shapes = Shapes(schema, self._read_template, _TEMPLATES)

    @property
    def weight(self) -> int:
        """How much is remembered, in tokens."""
        return int(self._remembered.currsize)

    def of(self, text: str) -> tuple[Document, bool]:
        """Return what a text is, and whether it was remembered."""
        document = self._remembered.get(text)
        if document is not None:
            return document, True
        document = self._read(text)
        # One that is larger than all that may be remembered is read anew each time.
        if document.weight <= REMEMBERED_TOKENS:
            self._remembered[text] = document
        outline = None if document.errors else outlined(text)
        if outline is not None and document.node is not None:
            self._shapes.learn(outline, text, document.node)
        return document, False

    def alike(self, text: str) -> tuple[Document, Mapping[str, Any]] | None:
        """Return a document that is asked with certain variables for what a text asks for; None where none is known.

        It is that of a template, see ``shapes``: where anything is wrong with what comes of it, the text must be read.
        """
        outline = None if text in self._remembered else outlined(text)
        return self._shapes.find(outline) if outline else None

    def cost(self, definition: Definition, variables: Mapping[str, Any]) -> Cost:
        """Return what an operation costs with these variables."""
        key = tuple([_deciding_value(variables, name) for name in definition.deciding])
        cost = definition.costs.get(key)
        if cost is None:
            assert definition.document.node is not None  # noqa: S101 - it has operations
            cost = cost_of(self._schema, definition.document.node, definition.node, variables, self._settings)
            definition.costs.put(key, cost)
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
        document = Document(text, digest, node, self._invalid(node), weight)
        for definition in self._defined(document, node):
            document.definitions[definition.name] = definition
        if len(document.definitions) == 1:
            [document.definitions[None]] = document.definitions.values()
        return document

    def _read_template(self, text: str) -> Document | None:
        document = self._read(text)
        return None if document.errors else document

    def _invalid(self, node: DocumentNode) -> tuple[Mapping[str, Any], ...]:
        """Return what is wrong with a document by the rules."""
        if self._plainly_valid.holds_for(node):
            return ()
        errors = validate(self._schema, node, RULES, max_errors=_MOST_ERRORS)
        return _formatted(errors, "GRAPHQL_VALIDATION_FAILED")

    def _defined(self, document: Document, node: DocumentNode) -> list[Definition]:
        """Return the operations of a document; of one with errors too, since what kind they are may matter more."""
        operations = [part for part in node.definitions if isinstance(part, OperationDefinitionNode)]
        if document.errors:
            return [Definition(document, operation) for operation in operations]
        deciding = tuple(sorted(deciding_variables(node)))
        return [
            Definition(
                document, operation, deciding, key_variables(self._schema, operation), prepare=self._executor.operation
            )
            for operation in operations
        ]

    def _parsed(self, text: str) -> DocumentNode:
        tokens = self._settings.max_tokens
        lines, most_lines = 1 + text.count("\n") + text.count("\r"), LINES_PER_TOKEN * tokens
        if lines > most_lines:
            raise exceeded("lines", lines, most_lines, "The lines of a document may be")
        try:
            return parsed(text, tokens)
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
