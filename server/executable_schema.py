"""The schema as the server runs it, and the documents that it runs."""

from functools import cache

from strawberry import Schema

from execution.document_cache import DocumentCache
from execution.executor import Executor
from execution.limits import Limits
from execution.strawberry_fallback import PausingExecutor, PreparedDocument
from resolvers.page_size import DEFAULT_SIZE
from schema import federation
from schema.definition import build
from server.document_store import hash_of
from server.responses import MAX_MESSAGE_LENGTH
from server.settings import Settings
from server.telemetry.logs import logger

graphql_schema = build(PreparedDocument, executor=PausingExecutor)

ENTITIES = {"Occupation": "id", "Skill": "id"}
"""The types whose objects have an identity, and the attribute that holds it."""


def document_cache(settings: Settings) -> DocumentCache:
    """Return the documents of the schema, or of the subgraph, within the limits of the settings."""
    executor = Executor(
        _subgraph() if settings.federation else graphql_schema,
        ENTITIES,
        compiled=settings.compiled_execution,
        logger=logger,
    )
    return DocumentCache(executor, limits_of(settings), hash_of=hash_of)


@cache
def _subgraph() -> Schema:
    # Printed now, because no other request is handled meanwhile.
    federation.sdl()
    return federation.build(PreparedDocument, executor=PausingExecutor)


def limits_of(settings: Settings) -> Limits:
    """Return the limits that the settings set."""
    return Limits(
        max_tokens=settings.max_tokens,
        max_depth=settings.max_depth,
        max_aliases=settings.max_aliases,
        max_directives=settings.max_directives,
        max_root_fields=settings.max_root_fields,
        max_list_length=settings.max_list_length,
        max_page_size=settings.max_page_size,
        max_cost=settings.max_cost,
        max_answer_bytes=settings.max_answer_bytes,
        default_page_size=DEFAULT_SIZE,
        max_message_length=MAX_MESSAGE_LENGTH,
    )
