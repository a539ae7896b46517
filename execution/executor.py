"""Compiled operations, and what happens when one meets a value that it was not written for."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

import orjson
from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, OperationType
from strawberry import Schema

from db.kept import Kept
from execution import stock
from execution.arguments import Values
from execution.code import Program
from execution.compiler import Compiler
from execution.fragments import Fragments
from execution.kinds import schema_of
from execution.selections import Selections, deciding_variables
from execution.surprises import Surprise, Unsupported
from execution.types import Types
from execution.variables import Variables

_logger = logging.getLogger("rolegraph")

_REMEMBERED = 1_000
"""How many operations are kept compiled; a thousand usual ones take some 30 MB."""

_COMBINATIONS = 32
"""How many programs one operation may have, for as many combinations of what @skip and @include go by."""

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
        self._operations = Kept[int, "CompiledOperation"](2 * _REMEMBERED)

    async def execute(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        context: Context,
    ) -> Outcome:
        """Run an operation of a valid document. The document must not be changed afterwards."""
        if not self._compiled:
            result = await stock.run(self._schema, document, operation, variables, context)
            return Outcome(orjson.dumps(result.data), result.errors or (), "stock")
        compiled = self._operations.get(id(operation))
        if compiled is None or compiled.operation is not operation:
            compiled = CompiledOperation(self._schema, self._types, document, operation)
            self._operations.put(id(operation), compiled)
        return await compiled.run(variables, context)


@dataclass
class _Kept:
    """A program, or why there is none, and how often it has been asked for again."""

    program: "Program | Unsupported"
    asked: int = 0


class CompiledOperation:
    """One operation, and its programs by what @skip and @include go by."""

    def __init__(
        self, schema: Schema, types: Types, document: DocumentNode, operation: OperationDefinitionNode
    ) -> None:
        self.operation = operation
        self._schema = schema
        self._types = types
        self._document = document
        self._variables = Variables(schema_of(schema), operation)
        self._deciding = deciding_variables(document)
        self._programs = Kept[tuple[Any, ...], _Kept](2 * _COMBINATIONS)

    async def run(self, variables: Mapping[str, Any], context: Context) -> Outcome:
        """Run the operation."""
        try:
            values = self._variables.coerced(variables)
            program = self.program(values, fragments=context.fragments is not None)
            [data] = await program(context.answer, values, (None,))
        except Unsupported:
            return await self._on_stock(variables, context, "stock")
        except Surprise:
            return await self._on_stock(variables, context, "replayed")
        except Exception as error:
            outcome = await self._on_stock(variables, context, "replayed")
            if outcome.errors:
                return outcome
            # Had a resolver failed, or a property of a row, then so it would have for stock execution.
            _logger.error("a compiled operation failed", exc_info=error)  # noqa: TRY400 - it is the first error's trace
            return outcome._replace(fault=True)
        return Outcome(orjson.dumps(data), (), "compiled")

    def program(self, values: Values, *, fragments: bool) -> Program:
        """Return the program for some variables; raise Unsupported where there can be none."""
        key = (fragments, *[values.get(name) for name in self._deciding])
        kept = self._programs.get(key)
        if kept is None:
            kept = _Kept(self._compiled(values, hot=False, fragments=fragments))
            self._programs.put(key, kept)
        elif kept.asked < _HOT:
            kept.asked += 1
            if kept.asked == _HOT:
                kept.program = self._compiled(values, hot=True, fragments=fragments)
        if isinstance(kept.program, Unsupported):
            raise kept.program
        return kept.program

    def _compiled(self, values: Values, *, hot: bool, fragments: bool) -> "Program | Unsupported":
        schema = schema_of(self._schema)
        root = schema.query_type
        if self.operation.operation is not OperationType.QUERY or root is None:
            return Unsupported("no query")
        try:
            selections = Selections(schema, self._document, self.operation, values)
            compiler = Compiler(self._types, selections, hot=hot, fragments=fragments)
            return compiler.program(root, selections.of_operation(root), one=True)
        except Unsupported as unsupported:
            return unsupported
        except GraphQLError as error:
            return Unsupported(error.message)
        except Exception as fault:
            _logger.exception("an operation could not be compiled")
            return Unsupported(repr(fault))

    async def _on_stock(self, variables: Mapping[str, Any], context: Context, executor: How) -> Outcome:
        context.replay()
        result = await stock.run(self._schema, self._document, self.operation, variables, context)
        return Outcome(orjson.dumps(result.data), result.errors or (), executor)
