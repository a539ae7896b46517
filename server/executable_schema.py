"""The schema as the server runs it: documents come parsed and validated."""

from collections.abc import Iterator

from strawberry.extensions import SchemaExtension

from schema.definition import build


class PreparedDocument(SchemaExtension):
    """Hands Strawberry the document that comes with the operation, and spares it the parse and the validation."""

    def on_parse(self) -> Iterator[None]:
        """Spare the parse."""
        self.execution_context.graphql_document = (self.execution_context.operation_extensions or {})["document"]
        yield

    def on_validate(self) -> Iterator[None]:
        """Spare the validation."""
        self.execution_context.pre_execution_errors = []
        yield


graphql_schema = build(PreparedDocument)
