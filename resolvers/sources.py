"""Where figures come from."""

from collections.abc import Sequence
from typing import Protocol

from db import statements
from db.models import Source
from resolvers.context import Context


class Sourced(Protocol):
    """A row that names its source."""

    source_id: str


async def listing(parents: Sequence[None], context: Context) -> Sequence[Sequence[Source]]:
    """All sources."""
    return [await context.database.all(statements.sources())] * len(parents)


async def of(parents: Sequence[Sourced], context: Context) -> Sequence[Source]:
    """The source of each row."""
    found = await by_id({parent.source_id for parent in parents}, context)
    return [found[parent.source_id] for parent in parents]


async def by_id(ids: set[str], context: Context) -> dict[str, Source]:
    """Sources by their ids."""
    return {source.id: source for source in await context.database.all(statements.sources_by_id(ids))}
