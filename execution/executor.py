"""Compiled operations, and what happens when one meets a value that it was not written for."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

import orjson
from graphql import DocumentNode, FieldNode, GraphQLError, OperationDefinitionNode, OperationType, print_ast
from strawberry import Schema

from bounded_cache import GenerationalCache
from execution import strawberry_fallback
from execution.arguments import Values
from execution.code import Program
from execution.compiler import Compiler
from execution.fallback import FallbackToStrawberry, NotCompilable
from execution.fragments import Fragments, compact
from execution.selections import Selections, deciding_variables
from execution.type_refs import schema_of
from execution.types import Types
from execution.variables import Variables

_logger = logging.getLogger("rolegraph")

_COMBINATIONS = 4
"""How many programs of an operation are kept, for as many combinations of what @skip and @include go by."""

_DESCRIPTIONS_BYTES = 4_000_000
"""How much of answers about the schema is kept: tools ask for all of it, and all ask the same."""

_HOT = 3
"""How often a program is asked for as steps before it is compiled to source."""

How = Literal["compiled", "replayed", "stock"]


class Context(Protocol):
    """What answers batches, and is handed to resolvers as the context of the request."""

    @property
    def fragments(self) -> Fragments | None:
        """The fragments that are kept, if any are."""
        ...

    def answer(
        self, batch: Callable[..., Any], parents: Sequence[Any], arguments: Mapping[str, Any]
    ) -> Sequence[Any] | Awaitable[Sequence[Any]]:
        """Return a batch's list of values, or an awaitable that has begun to make it.

        Raises what the batch raises. Whatever it returns or raises it must remember, and give to the resolvers of stock
        execution once ``replay`` has been called.
        """
        ...

    def replay(self) -> None:
        """Be the context of stock execution from here on."""
        ...


class Outcome(NamedTuple):
    """What came of an operation."""

    data: bytes
    """The data as JSON; null where errors have left nothing of it, or where there never was any."""
    errors: Sequence[GraphQLError]
    executor: How
    """Who answered: the program, stock Strawberry after the program met a surprise, or stock Strawberry alone."""
    fault: bool = False
    """Whether the program failed though nothing was wrong with what it read; the log tells how."""


class Executor:
    """Runs the operations of a schema, compiled where that is possible.

    ``entities`` are the names of types whose objects can be told apart by an attribute, and that attribute's name: of
    those, fragments are kept for contexts that have any. With ``compiled`` false everything runs on stock Strawberry.
    """

    def __init__(self, schema: Schema, entities: Mapping[str, str] | None = None, *, compiled: bool = True) -> None:
        self._schema = schema
        self._compiled = compiled
        self._types = Types(schema, entities or {})
        self._descriptions = GenerationalCache[tuple[str, str, str], Outcome](2 * _DESCRIPTIONS_BYTES)

    def operation(self, document: DocumentNode, operation: OperationDefinitionNode) -> "Operation":
        """Return an operation of a valid document, ready to be run.

        It is for the caller to keep it, as long as the document is kept, which must not be changed afterwards.
        """
        if self._compiled:
            if _asks_the_schema_alone(operation):
                return Introspection(self._schema, document, operation, self._descriptions)
            return CompiledOperation(self._schema, self._types, document, operation)
        return Operation(self._schema, document, operation)


class Operation:
    """An operation that runs on stock Strawberry."""

    def __init__(self, schema: Schema, document: DocumentNode, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._document = document
        self._operation = operation

    async def run(self, variables: Mapping[str, Any], context: Context) -> Outcome:
        """Run the operation."""
        return await self._on_stock(variables, context, "stock")

    async def _on_stock(self, variables: Mapping[str, Any], context: Context, executor: How) -> Outcome:
        context.replay()
        result = await strawberry_fallback.run(self._schema, self._document, self._operation, variables, context)
        return Outcome(orjson.dumps(result.data), result.errors or (), executor)


class Introspection(Operation):
    """An operation that asks for nothing but the schema, which stays the same: it is answered once."""

    def __init__(
        self,
        schema: Schema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        kept: GenerationalCache[tuple[str, str, str], Outcome],
    ) -> None:
        super().__init__(schema, document, operation)
        self._kept = kept
        name = operation.name.value if operation.name else ""
        self._asked = (document.loc.source.body if document.loc else print_ast(document), name)

    async def run(self, variables: Mapping[str, Any], context: Context) -> Outcome:
        """Run the operation, unless it was run before."""
        key = (*self._asked, repr(variables))
        outcome = self._kept.get(key)
        if outcome is None:
            outcome = await self._on_stock(variables, context, "stock")
            if not outcome.errors:
                outcome = outcome._replace(data=compact(outcome.data))
                self._kept.put(key, outcome, len(outcome.data) + sum(map(len, key)))
        return outcome


def _asks_the_schema_alone(operation: OperationDefinitionNode) -> bool:
    """Whether all that an operation asks for is introspection's; what fragments ask for is not looked at."""
    return operation.operation is OperationType.QUERY and all(
        isinstance(node, FieldNode) and node.name.value in ("__schema", "__type")
        for node in operation.selection_set.selections
    )


@dataclass
class _Kept:
    """A program, or why there is none, and how often it has been asked for again."""

    program: Program | NotCompilable
    asked: int = 0


class CompiledOperation(Operation):
    """An operation that runs by programs of its own: one for each combination of what @skip and @include go by."""

    def __init__(
        self, schema: Schema, types: Types, document: DocumentNode, operation: OperationDefinitionNode
    ) -> None:
        super().__init__(schema, document, operation)
        self._types = types
        self._variables = Variables(schema_of(schema), operation)
        self._deciding = deciding_variables(document)
        self._programs = GenerationalCache[tuple[Any, ...], _Kept](2 * _COMBINATIONS)

    async def run(self, variables: Mapping[str, Any], context: Context) -> Outcome:
        """Run the operation."""
        try:
            values = self._variables.coerced(variables)
            program = self._program(values, fragments=context.fragments is not None)
            [data] = await program(context.answer, values, (None,))
        except NotCompilable:
            return await self._on_stock(variables, context, "stock")
        except FallbackToStrawberry:
            return await self._on_stock(variables, context, "replayed")
        except Exception as error:
            outcome = await self._on_stock(variables, context, "replayed")
            if outcome.errors:
                return outcome
            # Had a resolver failed, or a property of a row, then so it would have for stock execution.
            _logger.error("a compiled operation failed", exc_info=error)  # noqa: TRY400 - it is the first error's trace
            return outcome._replace(fault=True)
        return Outcome(orjson.dumps(data), (), "compiled")

    def _program(self, values: Values, *, fragments: bool) -> Program:
        """Return the program for some variables; raise NotCompilable where there can be none."""
        key = (fragments, *[values.get(name) for name in self._deciding])
        kept = self._programs.get(key)
        if kept is None:
            kept = _Kept(self._compile(values, hot=False, fragments=fragments))
            self._programs.put(key, kept)
        elif kept.asked < _HOT:
            kept.asked += 1
            if kept.asked == _HOT:
                kept.program = self._compile(values, hot=True, fragments=fragments)
        if isinstance(kept.program, NotCompilable):
            raise kept.program
        return kept.program

    def _compile(self, values: Values, *, hot: bool, fragments: bool) -> Program | NotCompilable:
        schema = schema_of(self._schema)
        root = schema.query_type
        if self._operation.operation is not OperationType.QUERY or root is None:
            return NotCompilable("no query")
        try:
            selections = Selections(schema, self._document, self._operation, values)
            compiler = Compiler(self._types, selections, hot=hot, fragments=fragments)
            return compiler.program(root, selections.of_operation(root), one=True)
        except NotCompilable as unsupported:
            return unsupported
        except GraphQLError as error:
            return NotCompilable(error.message)
        except Exception as fault:
            _logger.exception("an operation could not be compiled")
            return NotCompilable(repr(fault))
