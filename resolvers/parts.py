"""The parts of occupations that OEWS and the Employment Projections publish for several SOC occupations together."""

from collections.abc import Sequence

from db import statements
from db.models import Occupation, OccupationPart
from resolvers.context import Context


async def of(parents: Sequence[Occupation], context: Context) -> Sequence[Sequence[OccupationPart]]:
    """The parts of each occupation, by code; none of an occupation that is published by itself."""
    found = await context.database.made(_by_occupation, statements.occupation_parts())
    return [found.get(parent.id, ()) for parent in parents]


def _by_occupation(rows: Sequence[OccupationPart]) -> dict[int | None, list[OccupationPart]]:
    parts: dict[int | None, list[OccupationPart]] = {}
    for row in rows:
        parts.setdefault(row.occupation_id, []).append(row)
    return parts
