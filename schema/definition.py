"""The schema, put together."""

import strawberry

from schema.query import Query

graphql_schema = strawberry.Schema(query=Query)


def sdl() -> str:
    """Return the schema in the schema definition language, as schema.graphql holds it."""
    return graphql_schema.as_str() + "\n"
