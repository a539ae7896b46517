"""Objects by their global ids."""

from collections.abc import Sequence

from db import statements
from db.models import Occupation, Skill
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.global_ids import read_global_id
from resolvers.page_size import LARGEST_SIZE

Node = Occupation | Skill


async def one(parents: Sequence[None], context: Context, *, id: str) -> Sequence[Node | None]:  # noqa: A002
    """The object with this id."""
    return [(await _find([read_global_id(id, "id")], context))[0]] * len(parents)


async def many(parents: Sequence[None], context: Context, *, ids: Sequence[str]) -> Sequence[list[Node | None]]:
    """The objects with these ids, in the order of the ids; None where no object has the id."""
    if len(ids) > LARGEST_SIZE:
        raise BadUserInput("ids", f"it holds {len(ids)} ids; the maximum is {LARGEST_SIZE}")
    return [await _find([read_global_id(value, "ids") for value in ids], context)] * len(parents)


async def _find(keys: Sequence[tuple[str, str]], context: Context) -> list[Node | None]:
    """Return objects by type and key, with one statement per type."""
    found: dict[tuple[str, str], Node] = {}
    if slugs := [key for type_name, key in keys if type_name == "Occupation"]:
        occupations = await context.database.first_each(statements.occupations_by_slug(), slugs)
        found |= {("Occupation", row.slug): row for row in occupations if row is not None}
    if slugs := [key for type_name, key in keys if type_name == "Skill"]:
        skills = await context.database.first_each(statements.skills_by_slug(), slugs)
        found |= {("Skill", row.slug): row for row in skills if row is not None}
    return [found.get(key) for key in keys]
