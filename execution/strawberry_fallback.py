"""Runs operations on stock Strawberry: those that are not compiled, and those whose programs fell back."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import DocumentNode, ExecutionResult, OperationDefinitionNode
from strawberry import Schema
from strawberry.extensions import SchemaExtension


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
    context: object,
) -> ExecutionResult:
    """Run an operation of a valid document."""
    return await schema.execute(
        document.loc.source.body if document.loc else "",
        variable_values=dict(variables),
        context_value=context,
        operation_name=operation.name.value if operation.name else None,
        operation_extensions={"document": document},
    )  # type: ignore[return-value] # Strawberry's own result class has the same attributes
