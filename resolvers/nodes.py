"""Objects by their global ids."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from db import statements
from db.models import Source
from db.rows import Keyed
from resolvers import sources
from resolvers.comparisons import sides
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.global_ids import read_global_id
from resolvers.page_size import LARGEST_SIZE


async def one(parents: Sequence[None], context: Context, *, id: str) -> Sequence[object | None]:  # noqa: A002
    """The object with this id."""
    return [(await _find([read_global_id(id, "id")], context))[0]] * len(parents)


async def many(parents: Sequence[None], context: Context, *, ids: Sequence[str]) -> Sequence[list[object | None]]:
    """The objects with these ids, in the order of the ids; None where no object has the id."""
    if len(ids) > LARGEST_SIZE:
        raise BadUserInput("ids", f"it holds {len(ids)} ids; the maximum is {LARGEST_SIZE}")
    return [await _find([read_global_id(value, f"ids[{place}]") for place, value in enumerate(ids)], context)] * len(
        parents
    )


Find = Callable[[Sequence[str], Context], Awaitable[Sequence[object | None]]]
"""Returns the objects of a type with these keys, None for a key without one, by a fixed number of statements."""


def _rows(statement: Callable[[], Keyed[Any]]) -> Find:
    """Return the function that finds rows by a statement."""

    async def find(keys: Sequence[str], context: Context) -> Sequence[object | None]:
        return await context.database.first_each(statement(), keys)

    return find


async def _sources(keys: Sequence[str], context: Context) -> Sequence[Source | None]:
    found = await sources.by_id(context)
    return [found.get(key) for key in keys]


FINDERS: dict[str, Find] = {
    "Area": _rows(statements.areas_by_code),
    "Comparison": sides.by_key,
    "FieldOfStudy": _rows(statements.fields_of_study_by_code),
    "Industry": _rows(statements.industries_by_code),
    "JobTitle": _rows(statements.job_titles_by_slug),
    "Occupation": _rows(statements.occupations_by_slug),
    "OccupationGroup": _rows(statements.groups_by_code),
    "Skill": _rows(statements.skills_by_slug),
    "Source": _sources,
}
"""How the objects of each type are found by the keys in their ids."""


async def _find(ids: Sequence[tuple[str, str]], context: Context) -> list[object | None]:
    """Return objects by type and key."""
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for type_name, key in ids:
        keys[type_name].append(key)
    found: dict[tuple[str, str], object | None] = {}
    for type_name in keys.keys() & FINDERS.keys():
        objects = await FINDERS[type_name](keys[type_name], context)
        found |= {(type_name, key): value for key, value in zip(keys[type_name], objects, strict=True)}
    return [found.get(each) for each in ids]
