"""Documents by their texts: parsed, checked against the limits and validated once for each text or template."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from sys import getsizeof
from typing import Any, cast

from graphql import DocumentNode, GraphQLError, GraphQLSchema, Node, OperationDefinitionNode, Undefined, validate

from bounded_cache import GenerationalCache
from execution.arguments import Values
from execution.costs import Cost, cost_of, priced_input_fields, sizing_variables
from execution.encoding import AnswerTooLarge
from execution.errors import RequestError, answer_too_large, bounded, formatted
from execution.executor import Executor, Outcome, Runner
from execution.fast_validation import FastValidation
from execution.limits import Limits, document_problems, variable_problem
from execution.literal_templates import TemplateCache, split_literals
from execution.nodes import nodes_in
from execution.parsing import located, parsed
from execution.run import LARGE, Context, Size
from execution.type_refs import core_schema
from execution.validation import RULES, one_of_errors, one_of_variables
from execution.variables import VariableCoercion, deciding_variables

DOCUMENT_TOKENS = 100_000
"""The capacity for documents, in tokens.

Each takes some 130 bytes, or 350 if its nodes have locations; both if stock Strawberry has run the document.
"""

TEMPLATE_TOKENS = 50_000
"""The capacity for templates, in tokens."""

_BYTES_PER_TOKEN = 350
_COSTS = 16
"""Costs kept for an operation: one for each combination of values that decides it."""

_LONGEST_NAME = 100
"""Characters of a value that may be the name of an enum value that decides a cost."""

_LONGEST_QUOTE = 60
"""Characters that a message repeats of the name of an unknown operation."""

_MAX_ERRORS = 10


@dataclass(slots=True)
class _Environment:
    """What all documents of a cache share."""

    schema: GraphQLSchema
    executor: Executor
    limits: Limits
    sizes: tuple[Size, Size]
    """The sizes of small and of large runs."""
    priced: frozenset[str]
    """The names of fields of input objects that cost something."""


class Operation:
    """An operation of a document, with everything about it that does not depend on the request."""

    def __init__(
        self,
        environment: _Environment,
        document: DocumentNode,
        document_hash: str,
        node: OperationDefinitionNode,
        variables: tuple[Collection[str], Collection[str]],
    ) -> None:
        self._environment = environment
        self._document = document
        self._node = node
        self._deciding, sizing = variables
        self._cost_variables = tuple(sorted({*self._deciding, *sizing}))
        self._costs = GenerationalCache[tuple[object, ...], Cost](2 * _COSTS)
        self.document_hash = document_hash
        self.name = node.name.value if node.name else None
        """Its name in the document."""
        self.type = node.operation.value
        """``query``, ``mutation`` or ``subscription``."""

    def admit(self, variables: Mapping[str, Any]) -> tuple[int, Values | None]:
        """Return the operation's cost with these variables, and their values if they are usual, see VariableCoercion.

        Raise RequestError if they, or the operation, exceed a limit.
        """
        cost = self._cost(variables)
        # Usual values are within the limits if their types say so, and each object of a oneOf type has one key.
        values = self._variables.usual(variables) if self._limited.issuperset(variables) else None
        problems = self._variable_problems(variables) if values is None else ()
        if problems or cost.problems:
            raise RequestError(_formatted([*problems, *cost.problems], self._environment.limits))
        return cost.total, values

    async def run(
        self, variables: Mapping[str, Any], context: Context, cost: int | None = None, values: Values | None = None
    ) -> Outcome:
        """Run the operation with variables that it admits; raise RequestError if the result is too large.

        ``cost`` and ``values`` are what ``admit`` has returned. Without a cost the run counts as large.
        """
        small, large = self._environment.sizes
        size = large if cost is None or cost > LARGE else small
        try:
            return await self._runner.run(variables, context, size, values)
        except AnswerTooLarge:
            limits = self._environment.limits
            raise RequestError(_formatted([answer_too_large(limits.max_answer_bytes)], limits)) from None

    @cached_property
    def _runner(self) -> Runner:
        return self._environment.executor.runner(self._document, self._node, self._deciding, self._variables)

    @cached_property
    def _variables(self) -> VariableCoercion:
        return self._environment.executor.variables(self._node)

    @cached_property
    def _limited(self) -> frozenset[str]:
        """The variables whose usual values are within the limits."""
        # The variables are an object around them.
        most = self._environment.limits.max_variable_depth - 1
        return frozenset(name for name, levels in self._variables.levels.items() if levels <= most)

    @cached_property
    def _one_of_variables(self) -> tuple[str, ...]:
        return one_of_variables(self._environment.schema, self._node)

    def _cost(self, variables: Mapping[str, Any]) -> Cost:
        priced = self._environment.priced
        deciding: list[tuple[str, object]] = []
        for name in self._cost_variables:
            value: Any = variables.get(name, Undefined)
            # Most variables are objects without priced fields, which change no cost.
            if value.__class__ is not dict or not priced.isdisjoint(value):
                deciding.append((name, _deciding_value(value, priced)))
        key = tuple(deciding)
        cost = self._costs.get(key)
        if cost is None:
            schema, limits = self._environment.schema, self._environment.limits
            cost = cost_of(schema, self._document, self._node, variables, limits)
            if cost.problems:
                cost = cost_of(schema, *located(self._document, self._node), variables, limits)
            self._costs.put(key, cost)
        return cost

    def _variable_problems(self, variables: Mapping[str, Any]) -> Sequence[GraphQLError]:
        if problem := variable_problem(variables, self._environment.limits):
            return (problem,)
        names = self._one_of_variables
        return one_of_errors(self._document, self._node, names, variables) if names else ()


@dataclass(slots=True)
class Document:
    """A text that was read: its operations, or the errors that keep them from running."""

    hash: str
    errors: tuple[Mapping[str, Any], ...]
    """Formatted as a response's ``errors``."""
    operations: Mapping[str | None, Operation]
    """By name, and the only one also by None. Those of a document with errors tell its types, and must not run."""
    weight: int
    """The memory that the document takes, in tokens."""

    def operation(self, name: str | None = None) -> Operation:
        """Return an operation that can run; raise RequestError if there is none of this name."""
        if self.errors:
            raise RequestError(self.errors)
        operation = self.operations.get(name)
        if operation is None:
            message = (
                "The document has several operations. Name one of them in operationName."
                if name is None
                else f'The document has no operation named "{bounded(name, _LONGEST_QUOTE)}".'
            )
            raise RequestError([{"message": message, "extensions": {"code": "OPERATION_RESOLUTION_FAILURE"}}])
        return operation


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class DocumentCache:
    """The documents of one schema, within limits. The recently used ones are kept.

    ``hash_of`` makes the hash that a document is known by. ``tokens`` is the cache's capacity.
    """

    def __init__(
        self,
        executor: Executor,
        limits: Limits | None = None,
        *,
        hash_of: Callable[[str], str] = _sha256,
        tokens: int = DOCUMENT_TOKENS,
        template_tokens: int = TEMPLATE_TOKENS,
    ) -> None:
        schema, limits = core_schema(executor.schema), limits or Limits()
        sizes = Size(limits.max_answer_bytes, large=False), Size(limits.max_answer_bytes, large=True)
        self._environment = _Environment(schema, executor, limits, sizes, priced_input_fields(schema))
        self._hash_of = hash_of
        self._documents = GenerationalCache[str, Document](tokens)
        self._fast_validation = FastValidation(schema)
        self._templates = TemplateCache(schema, self._read_template, template_tokens)

    @property
    def weight(self) -> int:
        """The memory that the cached documents take, in tokens."""
        return self._documents.weight

    def known(self, text: str) -> Document | None:
        """Return the document of a text if it is in the cache."""
        return self._documents.get(text)

    def get(self, text: str) -> tuple[Document, bool]:
        """Return the document of a text, and whether it was in the cache."""
        document = self._documents.get(text)
        if document is not None:
            return document, True
        document = self._read(text)
        self._documents.put(text, document, document.weight)
        split = None if document.errors else split_literals(text)
        if split is not None:
            self._templates.learn(split, text)
        return document, False

    def by_template(self, text: str) -> tuple[Document, Mapping[str, Any]] | None:
        """Return a document and variables that select the same as a text; None if no template is known for it.

        See ``literal_templates``. It is for texts that are not in the cache. If the result has errors, read the text
        itself, because they point into the template.
        """
        split = split_literals(text)
        return self._templates.get(split) if split else None

    def _read(self, text: str) -> Document:
        limits, document_hash = self._environment.limits, self._hash_of(text)
        # A text that is long for its tokens holds a long string, which the document holds again.
        weight = 1 + 2 * getsizeof(text) // _BYTES_PER_TOKEN
        try:
            node = parsed(text, limits)
        except GraphQLError as error:
            return Document(document_hash, _formatted([error], limits, code="GRAPHQL_PARSE_FAILED"), {}, weight)
        nodes = [*nodes_in(node)]
        if problems := document_problems(node, nodes, limits):
            return Document(document_hash, _formatted(problems, limits), {}, weight)
        errors: tuple[Mapping[str, Any], ...] = ()
        if not self._fast_validation.is_valid(node):
            node = parsed(text, limits, locations=True)
            found = validate(self._environment.schema, node, RULES, max_errors=_MAX_ERRORS)
            errors = _formatted(found, limits, code="GRAPHQL_VALIDATION_FAILED")
        operations = self._operations(node, nodes, document_hash, valid=not errors)
        return Document(document_hash, errors, operations, weight + node.token_count)

    def _read_template(self, text: str) -> Document | None:
        document = self._read(text)
        return None if document.errors else document

    def _operations(
        self, node: DocumentNode, nodes: Sequence[Node], document_hash: str, *, valid: bool
    ) -> Mapping[str | None, Operation]:
        """Return the operations of a document with these nodes."""
        schema = self._environment.schema
        variables = (deciding_variables(nodes), sizing_variables(schema, nodes)) if valid else ((), ())
        operations: dict[str | None, Operation] = {}
        for definition in node.definitions:
            if isinstance(definition, OperationDefinitionNode):
                operation = Operation(self._environment, node, document_hash, definition, variables)
                operations[operation.name] = operation
        if len(operations) == 1:
            [operations[None]] = operations.values()
        return operations


def _formatted(errors: Sequence[GraphQLError], limits: Limits, **extensions: object) -> tuple[Mapping[str, Any], ...]:
    return tuple(formatted(error, limits.max_message_length, **extensions) for error in errors)


def _deciding_value(value: object, priced: frozenset[str]) -> object:
    """Return what of a variable's value, which is Undefined if it is missing, decides a cost.

    That is a number, boolean or name, the priced fields of an object, the length of a list and its objects' priced
    fields, or that it is missing.
    """
    if isinstance(value, dict):
        return priced.intersection(value)  # pyright: ignore[reportUnknownArgumentType] - a JSON object
    if isinstance(value, list):
        items = cast("list[object]", value)
        return len(items), *[sum(isinstance(item, dict) and field in item for item in items) for field in priced]
    if isinstance(value, str):
        return value[:_LONGEST_NAME]
    # True equals 1 and decides differently.
    return (type(value), value) if value is Undefined or isinstance(value, int | float) else None
