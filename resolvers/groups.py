"""Occupation groups: the levels of the SOC hierarchy above occupations."""

from collections.abc import Sequence

from db import statements
from db.models import Occupation, OccupationGroup
from db.vocabulary import GroupLevel
from resolvers.codes import soc_code
from resolvers.connections import Page, listed
from resolvers.context import Context
from resolvers.occupations import BY_TITLE


async def listing(
    parents: Sequence[None], context: Context, *, level: GroupLevel = GroupLevel.MAJOR
) -> Sequence[Sequence[OccupationGroup]]:
    """The groups of one level."""
    return [await context.database.all(statements.groups(), level=level)] * len(parents)


async def by_code(parents: Sequence[None], context: Context, *, code: str) -> Sequence[OccupationGroup | None]:
    """The group with this SOC code."""
    asked = soc_code(code)
    found = None if asked is None else await context.database.first(statements.groups_by_code(), asked)
    return [found] * len(parents)


async def of(parents: Sequence[Occupation], context: Context) -> Sequence[OccupationGroup]:
    """The group that each occupation belongs to."""
    return await context.database.one_each(statements.groups_by_code(), [parent.group_code for parent in parents])


async def parent_of(parents: Sequence[OccupationGroup], context: Context) -> Sequence[OccupationGroup | None]:
    """The group one level above each group."""
    above = [group.parent_code for group in parents if group.parent_code is not None]
    found = iter(await context.database.one_each(statements.groups_by_code(), above))
    return [None if group.parent_code is None else next(found) for group in parents]


async def children_of(parents: Sequence[OccupationGroup], context: Context) -> Sequence[Sequence[OccupationGroup]]:
    """The groups one level below each group."""
    return await context.database.each(statements.groups_by_parent(), [group.code for group in parents])


async def occupations_of(
    parents: Sequence[OccupationGroup],
    context: Context,
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[Occupation]]:
    """The occupations anywhere below each group, by title."""
    # All occupations are read, a few hundred: selecting pages below hundreds of groups takes PostgreSQL seconds.
    codes = [group.code for group in parents]
    lists = await context.database.made_each(_by_title, statements.occupations_in_groups(), codes)
    return [
        listed(each, _title_and_slug, BY_TITLE, first=first, after=after, last=last, before=before) for each in lists
    ]


def _title_and_slug(occupation: Occupation) -> tuple[str, str]:
    return occupation.title, occupation.slug


def _by_title(occupations: Sequence[Occupation]) -> list[Occupation]:
    return sorted(occupations, key=_title_and_slug)
