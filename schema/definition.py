"""The schema: built for execution, and printed for schema.graphql."""

from typing import Any

import strawberry
from graphql import GraphQLError
from graphql.execution import Executor
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.types.execution import ExecutionContext

from execution.type_refs import core_schema
from schema.query import Query
from schema.scalars import SCALARS

DESCRIPTION = (
    "Rolegraph describes the 830 occupations of the US labor market and compares any two of them: pay, jobs, growth, "
    "education, demographics, responsibilities and skills. Start with Query.comparison or Query.search."
)


CONFIG = StrawberryConfig(scalar_map=SCALARS)


class Unlogged(strawberry.Schema):
    """A Strawberry schema that leaves logging of errors to the server, which knows the request."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Do nothing. Strawberry would log every error with its traceback, including clients' mistakes."""


def build(*extensions: type[SchemaExtension], executor: type[Executor[Any]] | None = None) -> Unlogged:
    """Build the schema with these extensions, and perhaps an executor of its own."""
    schema = Unlogged(query=Query, extensions=extensions, execution_context_class=executor, config=CONFIG)
    core_schema(schema).description = DESCRIPTION
    return schema


def sdl() -> str:
    """Return the schema in the schema definition language (SDL), as in schema.graphql."""
    # Strawberry does not print a schema's description.
    return f'"""{DESCRIPTION}"""\nschema {{\n  query: Query\n}}\n\n{build().as_str()}\n'
