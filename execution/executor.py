"""Runs operations: by compiled programs where possible, else on stock Strawberry."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from sys import getsizeof
from typing import Any, Literal

from graphql import DocumentNode, FieldNode, GraphQLError, OperationDefinitionNode, OperationType, print_ast
from strawberry import Schema

from bounded_cache import GenerationalCache
from execution import strawberry_fallback
from execution.arguments import Values
from execution.compiler import Compiler
from execution.encoding import AnswerTooLarge, as_items, encoded
from execution.fallback import FallbackToStrawberry, NotCompilable
from execution.field_collection import FieldCollector
from execution.fragments import compact
from execution.input_values import InputCoercion
from execution.nodes import nodes_in
from execution.parsing import located
from execution.programs import Program
from execution.run import DEFAULT_SIZE, Context, Run, Size
from execution.schema_types import SchemaTypes
from execution.type_refs import core_schema
from execution.variables import VariableCoercion, deciding_variables

PROGRAM_FIELDS = 50_000
"""The capacity for programs, in fields, each of which takes about 1 kB.

An operation has a program for each combination of the variables that @skip and @include depend on.
"""

_INTROSPECTION_BYTES = 4_000_000
"""Bytes of introspection results that are kept. They are long, and most tools send the same operation."""

SOURCE_AFTER = 3
"""The number of runs as steps after which a program is compiled to Python source.

A comparison of 27 fields is compiled to steps in 0.5 ms and to source in 2.5 ms. A page of 100 occupations runs as
steps in 0.65 ms and as source in 0.36 ms. Documents that are sent once do not pay for source; others soon have it.
"""

ExecutorName = Literal["compiled", "replayed", "stock"]


@dataclass(slots=True)
class Outcome:
    """The result of an operation."""

    data: bytes
    """The data as JSON; ``null`` if errors left nothing of it."""
    errors: Sequence[GraphQLError]
    executor: ExecutorName
    """What ran it: its program, stock Strawberry after the program fell back, or stock Strawberry alone."""
    fault: bool = False
    """Whether the program failed although stock Strawberry found no error. The log has the traceback."""


@dataclass(slots=True)
class _Compilation:
    """What the compilation of all operations of a schema shares."""

    types: SchemaTypes
    source_after: int
    logger: logging.Logger
    programs: GenerationalCache[tuple[object, ...], "_CacheEntry"]


class Executor:
    """Makes runners for the operations of a schema.

    ``entities`` maps the names of types whose objects have an identity to the attribute that holds it: their fragments
    are cached for contexts that have ``fragments``. With ``compiled=False`` every operation runs on stock Strawberry.
    ``source_after`` is the number of runs after which a program is compiled to source, SOURCE_AFTER by default.
    ``program_fields`` is the capacity for programs, in fields.
    """

    def __init__(
        self,
        schema: Schema,
        entities: Mapping[str, str] | None = None,
        *,
        compiled: bool = True,
        source_after: int | None = None,
        program_fields: int = PROGRAM_FIELDS,
        logger: logging.Logger | None = None,
    ) -> None:
        self.schema = schema
        self._inputs = InputCoercion()
        self._compilation = (
            _Compilation(
                SchemaTypes(schema, entities or {}),
                SOURCE_AFTER if source_after is None else source_after,
                logger or logging.getLogger("execution"),
                GenerationalCache(program_fields),
            )
            if compiled
            else None
        )
        self._introspection_results = GenerationalCache[tuple[str, str, str], Outcome](2 * _INTROSPECTION_BYTES)

    @property
    def program_weight(self) -> int:
        """The memory that the cached programs take, in fields and tokens."""
        return self._compilation.programs.weight if self._compilation else 0

    def runner(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        deciding: Collection[str] | None = None,
        variables: VariableCoercion | None = None,
    ) -> "Runner":
        """Return the runner of an operation of a valid document, which must not be changed afterwards.

        The caller keeps it for further runs. ``deciding`` are the document's deciding variables, and ``variables``
        coerces the operation's, if the caller has them.
        """
        if self._compilation is None:
            return Runner(self.schema, document, operation)
        if _only_introspects(operation):
            return IntrospectionRunner(self.schema, document, operation, self._introspection_results)
        deciding = deciding_variables(nodes_in(document)) if deciding is None else deciding
        variables = variables or self.variables(operation)
        return CompiledRunner(self.schema, document, operation, deciding, variables, self._compilation)

    def variables(self, operation: OperationDefinitionNode) -> VariableCoercion:
        """Return what coerces the variables of an operation."""
        return VariableCoercion(core_schema(self.schema), operation, self._inputs)


class Runner:
    """Runs an operation of a valid document: on stock Strawberry."""

    def __init__(self, schema: Schema, document: DocumentNode, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._document = document
        self._operation = operation

    async def run(
        self,
        variables: Mapping[str, Any],
        context: Context,
        size: Size = DEFAULT_SIZE,
        values: Values | None = None,  # noqa: ARG002 - for CompiledRunner
    ) -> Outcome:
        """Run the operation; raise AnswerTooLarge, or what the context says is fatal.

        ``values`` are those of the variables, if they are coerced.
        """
        return await self._on_strawberry(variables, context, size, "stock")

    @cached_property
    def _located(self) -> tuple[DocumentNode, OperationDefinitionNode]:
        """The document and the operation as Strawberry gets them, whose errors have locations."""
        return located(self._document, self._operation)

    async def _on_strawberry(
        self, variables: Mapping[str, Any], context: Context, size: Size, executor: ExecutorName
    ) -> Outcome:
        result = await strawberry_fallback.run(self._schema, *self._located, variables, context)
        data = as_items(result.data) if size.large else result.data
        return Outcome(encoded(data, size.max_bytes, counting=size.large), result.errors or (), executor)


class IntrospectionRunner(Runner):
    """Runs an operation that selects only introspection: once, because the schema does not change."""

    def __init__(
        self,
        schema: Schema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        results: GenerationalCache[tuple[str, str, str], Outcome],
    ) -> None:
        super().__init__(schema, document, operation)
        self._results = results
        name = operation.name.value if operation.name else ""
        self._key = (document.loc.source.body if document.loc else print_ast(document), name)

    async def run(
        self,
        variables: Mapping[str, Any],
        context: Context,
        size: Size = DEFAULT_SIZE,
        values: Values | None = None,  # noqa: ARG002 - for CompiledRunner
    ) -> Outcome:
        """Return the result of an earlier run, or run the operation."""
        key = (*self._key, repr(variables))
        outcome = self._results.get(key)
        if outcome is None:
            outcome = await self._on_strawberry(variables, context, size, "stock")
            if not outcome.errors:
                outcome.data = compact(outcome.data)
                self._results.put(key, outcome, len(outcome.data) + sum(map(len, key)))
        return outcome


def _only_introspects(operation: OperationDefinitionNode) -> bool:
    """Whether all root fields of an operation are introspection's; one that spreads fragments is not examined."""
    return operation.operation is OperationType.QUERY and all(
        isinstance(node, FieldNode) and node.name.value in ("__schema", "__type")
        for node in operation.selection_set.selections
    )


@dataclass
class _CacheEntry:
    """A program, or the reason why there is none, and the number of further runs."""

    program: Program | NotCompilable
    fields: int
    runs: int = 0


class CompiledRunner(Runner):
    """Runs an operation by compiled programs: one for each combination of the deciding variables' values."""

    def __init__(
        self,
        schema: Schema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        deciding: Collection[str],
        variables: VariableCoercion,
        compilation: _Compilation,
    ) -> None:
        super().__init__(schema, document, operation)
        self._deciding = tuple(sorted(deciding))
        self._keys = ((self, False), (self, True))
        """The keys of its programs without and with fragments, if no variable decides which fields are selected."""
        self._compilation = compilation
        self._variables = variables
        # 1 kB takes as much memory as a field. The document and its text as a source are two copies.
        self._text_weight = 2 * getsizeof(document.loc.source.body) // 1_000 if document.loc else 0

    async def run(
        self,
        variables: Mapping[str, Any],
        context: Context,
        size: Size = DEFAULT_SIZE,
        values: Values | None = None,
    ) -> Outcome:
        """Run the operation."""
        try:
            if values is None:
                values = self._variables.coerced(variables)
            program = self._program(values, fragments=context.fragments is not None)
            [data] = await program(Run(context, values, size), (None,))
        except NotCompilable:
            return await self._on_strawberry(variables, context, size, "stock")
        except FallbackToStrawberry:
            return await self._on_strawberry(variables, context, size, "replayed")
        except Exception as error:
            if isinstance(error, (AnswerTooLarge, *context.fatal)):
                raise
            outcome = await self._on_strawberry(variables, context, size, "replayed")
            if outcome.errors:
                return outcome
            # An error of a resolver or a property would have failed stock Strawberry too, so this is the program's.
            self._compilation.logger.error("a compiled operation failed", exc_info=error)  # noqa: TRY400 - the first error
            outcome.fault = True
            return outcome
        return Outcome(encoded(data, size.max_bytes, counting=size.large), (), "compiled")

    def _program(self, values: Values, *, fragments: bool) -> Program:
        """Return the program for some values of the variables; raise NotCompilable if there is none."""
        key: tuple[object, ...] = self._keys[fragments]
        if self._deciding:
            key = (*key, *[values.get(name) for name in self._deciding])
        programs = self._compilation.programs
        entry = programs.get(key)
        if entry is None:
            entry = _CacheEntry(*self._compile(values, hot=False, fragments=fragments))
            # The entry keeps the document in memory, too.
            programs.put(key, entry, entry.fields + self._document.token_count + self._text_weight)
        elif entry.runs < self._compilation.source_after:
            entry.runs += 1
            if entry.runs == self._compilation.source_after:
                entry.program, _ = self._compile(values, hot=True, fragments=fragments)
        if isinstance(entry.program, NotCompilable):
            # A new one: an exception that is raised again keeps the frames of each time.
            raise NotCompilable(*entry.program.args)
        return entry.program

    def _compile(self, values: Values, *, hot: bool, fragments: bool) -> tuple[Program | NotCompilable, int]:
        """Return the program, or the reason why there is none, and the number of its fields."""
        schema = core_schema(self._schema)
        root = schema.query_type
        if self._operation.operation is not OperationType.QUERY or root is None:
            return NotCompilable("no query"), 0
        fields = FieldCollector(schema, self._document, self._operation, values)
        try:
            compiler = Compiler(self._compilation.types, fields, hot=hot, fragments=fragments)
            return compiler.program(root, fields.of_root(root), one=True), fields.count
        except NotCompilable as reason:
            return NotCompilable(*reason.args), 0
        except GraphQLError as error:
            return NotCompilable(error.message), 0
        except Exception as fault:
            self._compilation.logger.exception("an operation could not be compiled")
            return NotCompilable(repr(fault)), 0
