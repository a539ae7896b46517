"""Runs operations on stock Strawberry: those that are not compiled, and those whose programs fell back.

Stock Strawberry takes 28 microseconds for an object and completes all objects of a list in one go. The context lets
other tasks run meanwhile, on the same thread. In a thread of its own Strawberry would compete with the event loop for
Python's lock, which SQLite lets go of at each row: eight clients got ten answers of large operations in 15 seconds, and
here they get hundreds.
"""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    OperationDefinitionNode,
)
from graphql.pyutils import Path
from strawberry import Schema
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from execution.run import Context


class PausingExecutor(StrawberryGraphQLCoreExecutionContext):
    """Strawberry's executor, which calls ``Context.checkpoint`` before each field."""

    def build_resolve_info(
        self, field_def: GraphQLField, field_nodes: list[FieldNode], parent_type: GraphQLObjectType, path: Path
    ) -> GraphQLResolveInfo[Any]:
        """Return what a resolver is told. It is called for each field, also of introspection."""
        self.context_value.checkpoint()
        return cast("Any", super()).build_resolve_info(field_def, field_nodes, parent_type, path)  # type: ignore[no-any-return]


class PreparedDocument(SchemaExtension):
    """Gives Strawberry the parsed and validated document, so that it does neither again."""

    def on_parse(self) -> Iterator[None]:
        """Skip parsing."""
        document: DocumentNode | None = (self.execution_context.operation_extensions or {}).get("document")
        if document is not None:
            self.execution_context.graphql_document = document
        yield

    def on_validate(self) -> Iterator[None]:
        """Skip validation."""
        if (self.execution_context.operation_extensions or {}).get("document") is not None:
            self.execution_context.pre_execution_errors = []
        yield


async def run(
    schema: Schema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    context: Context,
) -> ExecutionResult:
    """Run an operation of a valid document."""
    result = await context.replay(
        schema.execute(
            document.loc.source.body if document.loc else "",
            variable_values=dict(variables),
            context_value=context,
            operation_name=operation.name.value if operation.name else None,
            operation_extensions={"document": document},
        )
    )
    return ExecutionResult(result.data, _released(result.errors or []))


def _released(errors: list[GraphQLError]) -> list[GraphQLError]:
    """Return the errors of a result without the cycles of references that they are part of.

    graphql-core's executor refers to itself, to the list of errors, and from there to the frames of each traceback.
    Thousands of them would stay in memory until the garbage collector finds them, which takes it a second without a
    pause. The traceback of an error that has a code is never logged.
    """
    released = [*errors]
    errors.clear()
    for error in released:
        if error.extensions and "code" in error.extensions:
            error.__traceback__ = None
            if error.original_error is not None:
                error.original_error.__traceback__ = None
    return released
