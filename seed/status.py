"""The stored releases and their numbers of rows, for ``python -m seed status``."""

import asyncio
from collections import Counter

from db import statements
from db.condition import require_current
from db.database import Database
from db.models import SOURCED, Source


def status(url: str) -> list[str]:
    """Return a line for each source: release, number of rows, embedded or imported, and checksum."""
    require_current(url)
    sources, rows = asyncio.run(_stored(url))
    width = max((len(_title(source)) for source in sources), default=0)
    return [
        f"{_title(source):{width}}  {rows[source.id]:>9,} rows  {'embedded' if source.embedded else 'imported'}  "
        f"sha256:{source.digest[:12]}"
        for source in sources
    ]


def _title(source: Source) -> str:
    return f"{source.id}: {source.name}{'' if source.release is None else f', {source.release}'}"


async def _stored(url: str) -> tuple[list[Source], Counter[str]]:
    database = Database(url)
    try:
        rows: Counter[str] = Counter()
        for table in SOURCED:
            counted = await database.all(statements.rows_by_source(table))
            for source, number in counted:
                rows[source] += number
        return list(await database.all(statements.sources())), rows
    finally:
        await database.close()
