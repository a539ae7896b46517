"""Parts of occupations: SOC occupations that are only published together, and specialties that O*NET tells apart."""

from collections.abc import Sequence

from db import statements
from db.models import Occupation, OccupationPart
from db.vocabulary import OccupationKind
from resolvers import skills
from resolvers.context import Context
from resolvers.occupations import row_ids


async def are_rated_alone(parents: Sequence[Occupation], context: Context) -> list[bool]:
    """Whether O*NET only rates parts of each occupation: SOC occupations in it, or specialties.

    O*NET has a list of related occupations for what it rates, and the list says which part it is for.
    """
    weighted = await context.load_many(skills.in_full, parents)
    unrated = [
        parent.kind is OccupationKind.DETAILED and not any(skill.kind in skills.RATED for _, skill in of_one)
        for parent, of_one in zip(parents, weighted, strict=True)
    ]
    found = iter(
        await have_parts([parent for parent, is_unrated in zip(parents, unrated, strict=True) if is_unrated], context)
    )
    return [is_unrated and next(found) for is_unrated in unrated]


async def have_parts(parents: Sequence[Occupation], context: Context) -> list[bool]:
    """Whether O*NET tells parts of each occupation apart."""
    numbers = row_ids(parents)
    found = await context.database.first_each(statements.parts_that_are_related(), numbers) if numbers else []
    return [part is not None for part in found]


async def of(parents: Sequence[Occupation], context: Context) -> Sequence[Sequence[OccupationPart]]:
    """The parts of each occupation, by code; none of an occupation that is published by itself."""
    found = await context.database.made(_by_occupation, statements.occupation_parts())
    return [found.get(parent.id, ()) for parent in parents]


def _by_occupation(rows: Sequence[OccupationPart]) -> dict[int | None, list[OccupationPart]]:
    parts: dict[int | None, list[OccupationPart]] = {}
    for row in rows:
        parts.setdefault(row.occupation_id, []).append(row)
    return parts
