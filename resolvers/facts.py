"""What a source says of an occupation in one row, or in a few: jobs, outlook, education, demographics and so on."""

from collections.abc import Sequence
from typing import Protocol

from sqlmodel import col

from db import statements
from db.models import (
    AlternateTitle,
    Demographics,
    Education,
    JobCount,
    Occupation,
    Outlook,
    Preparation,
    Responsibility,
    Share,
)
from db.paging import Key
from db.statements import OneEach
from db.vocabulary import ShareKind
from resolvers.connections import Order, Page, connections
from resolvers.context import Context
from resolvers.grouping import grouped
from resolvers.occupations import row_id, row_ids

_RESPONSIBILITIES = Order("responsibilities", (Key(col(Responsibility.position)),))
_ALTERNATE_TITLES = Order("alternate titles", (Key(col(AlternateTitle.title)),))


class OfOccupation(Protocol):
    """A row about one occupation."""

    occupation_id: int


async def _one_each(table: type[OneEach], parents: Sequence[Occupation], context: Context) -> Sequence[OneEach | None]:
    rows = {row.occupation_id: row for row in await context.database.all(statements.one_each(table, row_ids(parents)))}
    return [rows.get(row_id(parent)) for parent in parents]


async def jobs(parents: Sequence[Occupation], context: Context) -> Sequence[JobCount | None]:
    """How many jobs each has."""
    return await _one_each(JobCount, parents, context)


async def outlook(parents: Sequence[Occupation], context: Context) -> Sequence[Outlook | None]:
    """How each is projected to grow."""
    return await _one_each(Outlook, parents, context)


async def education(parents: Sequence[Occupation], context: Context) -> Sequence[Education | None]:
    """What those in each have studied."""
    return await _one_each(Education, parents, context)


async def demographics(parents: Sequence[Occupation], context: Context) -> Sequence[Demographics | None]:
    """Who works in each."""
    return await _one_each(Demographics, parents, context)


async def preparation(parents: Sequence[Occupation], context: Context) -> Sequence[Preparation | None]:
    """What it takes to become each."""
    return await _one_each(Preparation, parents, context)


async def time_to_become(parents: Sequence[Occupation], context: Context) -> Sequence[Preparation | None]:
    """The months that it takes to become each, where a source gives both ends."""
    rows = await context.load_many(preparation, parents)
    return [row if row and row.minimum_months is not None and row.maximum_months is not None else None for row in rows]


async def years_of_experience(parents: Sequence[Occupation], context: Context) -> Sequence[float | None]:
    """The years of experience that a source gives for each."""
    return [None if row is None else row.years_of_experience for row in await context.load_many(preparation, parents)]


async def job_satisfaction(parents: Sequence[Occupation], context: Context) -> Sequence[float | None]:
    """How satisfied those in each are."""
    return [None if row is None else row.job_satisfaction for row in await context.load_many(preparation, parents)]


async def _shares(kind: ShareKind, parents: Sequence[OfOccupation], context: Context) -> Sequence[Sequence[Share]]:
    rows = await context.database.all(statements.shares({parent.occupation_id for parent in parents}, kind))
    by_occupation = grouped(rows, lambda row: row.occupation_id)
    return [by_occupation[parent.occupation_id] for parent in parents]


async def degrees(parents: Sequence[Education], context: Context) -> Sequence[Sequence[Share]]:
    """The degrees that workers hold."""
    return await _shares(ShareKind.DEGREE, parents, context)


async def majors(parents: Sequence[Education], context: Context) -> Sequence[Sequence[Share]]:
    """The fields that workers have studied."""
    return await _shares(ShareKind.MAJOR, parents, context)


async def gender(parents: Sequence[Demographics], context: Context) -> Sequence[Sequence[Share]]:
    """Workers by gender."""
    return await _shares(ShareKind.GENDER, parents, context)


async def race(parents: Sequence[Demographics], context: Context) -> Sequence[Sequence[Share]]:
    """Workers by race and ethnicity."""
    return await _shares(ShareKind.RACE, parents, context)


async def responsibilities(
    parents: Sequence[Occupation], context: Context, *, first: int | None = None, after: str | None = None
) -> Sequence[Page[Responsibility]]:
    """What people in each occupation do, in the source's order."""
    numbers = row_ids(parents)
    statement, parent = statements.responsibilities(numbers), col(Responsibility.occupation_id)
    return await connections(
        context, Responsibility, statement, parent, numbers, _RESPONSIBILITIES, first=first, after=after
    )


async def alternate_titles(
    parents: Sequence[Occupation], context: Context, *, first: int | None = None, after: str | None = None
) -> Sequence[Page[AlternateTitle]]:
    """Other names of each occupation, by name."""
    numbers = row_ids(parents)
    statement, parent = statements.alternate_titles(numbers), col(AlternateTitle.occupation_id)
    return await connections(
        context, AlternateTitle, statement, parent, numbers, _ALTERNATE_TITLES, first=first, after=after
    )
