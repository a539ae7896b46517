"""Documents: parsed and validated once for each distinct text."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    parse,
    specified_rules,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from schema.definition import build

REMEMBERED = 512
"""How many distinct texts are remembered; the least recently used one makes room."""


class OneOfRule(OneOfInputValidationRule):
    """Strawberry's rule for oneOf inputs, whose errors also name the argument that the input was given for."""

    argument = ""

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Remember which argument is being looked at."""
        self.argument = node.name.value

    def report_error(self, error: GraphQLError) -> None:
        """Report the error as one that the client can act on."""
        extensions = {"code": "BAD_USER_INPUT", "argument": self.argument}
        message = f'Argument "{self.argument}": {error.message}'
        super().report_error(GraphQLError(message, error.nodes, extensions=extensions))


_RULES = (*specified_rules, OneOfRule)


@dataclass(frozen=True)
class Document:
    """What a text turned out to be: a document to run, or the errors that keep it from running."""

    node: DocumentNode | None
    errors: tuple[GraphQLError, ...]


@lru_cache(maxsize=REMEMBERED)
def document_of(text: str) -> Document:
    """Parse and validate a text."""
    try:
        node = parse(text)
    except GraphQLSyntaxError as error:
        return Document(None, (_with_code(error, "GRAPHQL_PARSE_FAILED"),))
    errors = validate(graphql_schema.core, node, _RULES)
    return Document(node, tuple(_with_code(error, "GRAPHQL_VALIDATION_FAILED") for error in errors))


def _with_code(error: GraphQLError, code: str) -> GraphQLError:
    error.extensions = {"code": code, **(error.extensions or {})}
    return error


class RememberedDocument(SchemaExtension):
    """Hands Strawberry the document of a text that has been validated already."""

    def on_parse(self) -> Iterator[None]:
        """Spare the parse."""
        self.execution_context.graphql_document = document_of(self.execution_context.query or "").node
        yield

    def on_validate(self) -> Iterator[None]:
        """Spare the validation."""
        self.execution_context.pre_execution_errors = []
        yield


graphql_schema = build(RememberedDocument)
