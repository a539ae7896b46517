"""Wider groups of occupations that a figure is published for."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from db import statements
from db.models import Education, Occupation, WiderGroup
from resolvers.context import Context


class PublishedFor(NamedTuple):
    """A wider group and its occupations."""

    name: str
    occupations: Sequence[Occupation]
    source_id: str


class OfGroup(Protocol):
    """A row of figures that may be those of a wider group."""

    @property
    def group_code(self) -> str | None:
        """The group's code; None where the figures are the occupation's own."""
        ...


async def published_for(parents: Sequence[OfGroup], context: Context) -> Sequence[PublishedFor | None]:
    """The wider group of each row's figures."""
    return await _by_code([parent.group_code for parent in parents], context)


async def degrees_published_for(parents: Sequence[Education], context: Context) -> Sequence[PublishedFor | None]:
    """The wider group of the degrees in each row."""
    return await _by_code([parent.degrees_group_code for parent in parents], context)


async def _by_code(codes: Sequence[str | None], context: Context) -> Sequence[PublishedFor | None]:
    groups = await by_code({code for code in codes if code is not None}, context)
    return [None if code is None else groups.get(code) for code in codes]


async def by_code(codes: Collection[str], context: Context) -> dict[str, PublishedFor]:
    """The wider groups with these codes."""
    keys = sorted(codes)
    found = await context.database.made_each(_published_for, statements.wider_groups(), keys) if keys else []
    return {code: group for code, group in zip(keys, found, strict=True) if group is not None}


def _published_for(rows: Sequence[tuple[WiderGroup, Occupation]]) -> PublishedFor | None:
    if not rows:
        return None
    group = rows[0][0]
    return PublishedFor(group.name, [occupation for _, occupation in rows], group.source_id)
