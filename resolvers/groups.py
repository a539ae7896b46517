"""The SOC hierarchy above occupations."""

from collections.abc import Sequence

from db import statements
from db.models import Occupation, OccupationGroup
from db.vocabulary import GroupLevel
from resolvers.connections import Page, listed
from resolvers.context import Context
from resolvers.grouping import grouped
from resolvers.occupations import BY_TITLE


async def listing(
    parents: Sequence[None], context: Context, *, level: GroupLevel = GroupLevel.MAJOR
) -> Sequence[Sequence[OccupationGroup]]:
    """The groups of one level."""
    return [await context.database.all(statements.groups(level))] * len(parents)


async def by_code(parents: Sequence[None], context: Context, *, code: str) -> Sequence[OccupationGroup | None]:
    """The group with this SOC code."""
    found = await _by_codes({code}, context)
    return [found.get(code)] * len(parents)


async def of(parents: Sequence[Occupation], context: Context) -> Sequence[OccupationGroup]:
    """The group that each occupation belongs to."""
    found = await _by_codes({parent.group_code for parent in parents}, context)
    return [found[parent.group_code] for parent in parents]


async def parent_of(parents: Sequence[OccupationGroup], context: Context) -> Sequence[OccupationGroup | None]:
    """The group that each group is part of."""
    found = await _by_codes({group.parent_code for group in parents if group.parent_code is not None}, context)
    return [found.get(group.parent_code or "") for group in parents]


async def children_of(parents: Sequence[OccupationGroup], context: Context) -> Sequence[Sequence[OccupationGroup]]:
    """The groups right below each."""
    rows = await context.database.all(statements.groups_by_parent([group.code for group in parents]))
    by_parent = grouped(rows, lambda row: row.parent_code)
    return [by_parent[group.code] for group in parents]


async def occupations_of(
    parents: Sequence[OccupationGroup], context: Context, *, first: int | None = None, after: str | None = None
) -> Sequence[Page[Occupation]]:
    """The occupations anywhere below each group, by title."""
    # All of them are read: they are some hundreds, and to pick pages below hundreds of groups takes PostgreSQL seconds.
    rows = await context.database.rows(statements.occupations_in_groups([group.code for group in parents]))
    below = grouped(sorted(rows, key=lambda row: _title_and_slug(row[0])), lambda row: row[1])
    lists = [[occupation for occupation, _ in below[group.code]] for group in parents]
    return [listed(each, _title_and_slug, BY_TITLE, first=first, after=after) for each in lists]


def _title_and_slug(occupation: Occupation) -> tuple[str, str]:
    return occupation.title, occupation.slug


async def _by_codes(codes: set[str], context: Context) -> dict[str, OccupationGroup]:
    return {row.code: row for row in await context.database.all(statements.groups_by_code(codes))}
