"""Runs operations on stock Strawberry: those that are not compiled, and those whose programs fell back.

Stock Strawberry takes 28 microseconds for an object and completes all objects of a list without a wait. So a large
operation runs in another thread, which has an event loop of its own.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode
from strawberry import Schema
from strawberry.extensions import SchemaExtension

from execution.encoding import as_items, encoded
from execution.run import Context, Size


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
    size: Size,
) -> tuple[bytes, Sequence[GraphQLError]]:
    """Run an operation of a valid document; return the data as JSON and the errors.

    Raise AnswerTooLarge, or what the context says is fatal.
    """

    async def run(context: Context) -> tuple[bytes, Sequence[GraphQLError]]:
        result = await schema.execute(
            document.loc.source.body if document.loc else "",
            variable_values=dict(variables),
            context_value=context,
            operation_name=operation.name.value if operation.name else None,
            operation_extensions={"document": document},
        )
        data = as_items(result.data) if size.large else result.data
        return encoded(data, size.max_bytes, counting=size.large), result.errors or ()

    async def run_in_thread(context: Context) -> tuple[bytes, Sequence[GraphQLError]]:
        try:
            return await run(context)
        finally:
            context.close()

    if not size.large:
        context.replay()
        return await run(context)
    other = await context.replay_in_thread()
    result = await asyncio.to_thread(lambda: asyncio.run(run_in_thread(other)))
    await context.pause()
    return result
