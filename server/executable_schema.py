"""The schema as the server runs it: documents come parsed and validated."""

from execution.executor import Executor
from execution.strawberry_fallback import PreparedDocument
from schema.definition import build

graphql_schema = build(PreparedDocument)

ENTITIES = {"Occupation": "id", "Skill": "id"}
"""The types whose objects are rows of their own, and the attribute that tells them apart."""


def executor(*, compiled: bool) -> Executor:
    """Return what runs operations."""
    return Executor(graphql_schema, ENTITIES, compiled=compiled)
