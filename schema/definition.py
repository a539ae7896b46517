"""The schema, put together."""

import strawberry
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.types.execution import ExecutionContext

from schema.query import Query


class Schema(strawberry.Schema):
    """A Strawberry schema that leaves the logging of errors to the server, which knows the request."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Do nothing: Strawberry would log each error, the client's mistakes included, with its traceback."""


def build(*extensions: type[SchemaExtension]) -> Schema:
    """Return the schema, executed with these extensions."""
    return Schema(query=Query, extensions=extensions)


def sdl() -> str:
    """Return the schema in the schema definition language, as schema.graphql holds it."""
    return build().as_str() + "\n"
