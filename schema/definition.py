"""The schema: built for execution, and printed for schema.graphql."""

from typing import Any

import strawberry
from graphql import GraphQLError
from graphql.execution import Executor
from strawberry.extensions import SchemaExtension
from strawberry.types.execution import ExecutionContext

from schema.query import Query


class Schema(strawberry.Schema):
    """A Strawberry schema that leaves logging of errors to the server, which knows the request."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Do nothing. Strawberry would log every error with its traceback, including clients' mistakes."""


def build(*extensions: type[SchemaExtension], executor: type[Executor[Any]] | None = None) -> Schema:
    """Build the schema with these extensions, and perhaps an executor of its own."""
    return Schema(query=Query, extensions=extensions, execution_context_class=executor)


def sdl() -> str:
    """Return the schema in the schema definition language (SDL), as in schema.graphql."""
    return build().as_str() + "\n"
