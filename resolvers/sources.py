"""The sources of figures."""

from collections.abc import Sequence
from typing import Protocol

from db import statements
from db.models import Source
from resolvers.context import Context


class Sourced(Protocol):
    """A row that names its source."""

    @property
    def source_id(self) -> str:
        """The source's id."""
        ...


async def listing(parents: Sequence[object], context: Context) -> Sequence[Sequence[Source]]:
    """All sources, by name."""
    return [await context.database.all(statements.sources())] * len(parents)


async def by_id(context: Context) -> dict[str, Source]:
    """All sources by id. There are few, and every part of a query needs some, so all are read at once."""
    return await context.database.made(_by_id, statements.sources())


def _by_id(rows: Sequence[Source]) -> dict[str, Source]:
    return {source.id: source for source in rows}


async def of(parents: Sequence[Sourced], context: Context) -> Sequence[Source]:
    """The source of each row."""
    found = await by_id(context)
    return [found[parent.source_id] for parent in parents]
