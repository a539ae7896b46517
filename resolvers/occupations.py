"""Occupations and roles: found by a key, listed, and what lies next to them."""

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from sqlmodel import col

from db import statements
from db.models import Occupation, Outlook, RelatedOccupation, Wage
from db.paging import Key
from db.statements import OccupationFilter
from resolvers.connections import Order, Page, connection, connections
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.identifiers import global_id, read_global_id


class OccupationKey(Protocol):
    """Exactly one of three ways to name an occupation; the schema sees to the one."""

    id: str | None
    slug: str | None
    code: str | None


class OccupationOrderField(Enum):
    """What a list of occupations can be ordered by. Wages and employment are national, over all industries."""

    TITLE = "TITLE"
    MEAN_WAGE = "MEAN_WAGE"
    MEDIAN_WAGE = "MEDIAN_WAGE"
    EMPLOYMENT = "EMPLOYMENT"
    GROWTH = "GROWTH"


class OrderDirection(Enum):
    """Which end of an order comes first; whatever has no figure comes last either way."""

    ASC = "ASC"
    DESC = "DESC"


class OrderInput(Protocol):
    """How a list is to be ordered."""

    field: OccupationOrderField
    direction: OrderDirection


_COLUMNS = {
    OccupationOrderField.TITLE: col(Occupation.title),
    OccupationOrderField.MEAN_WAGE: col(Wage.annual_mean),
    OccupationOrderField.MEDIAN_WAGE: col(Wage.annual_median),
    OccupationOrderField.EMPLOYMENT: col(Wage.employment),
    OccupationOrderField.GROWTH: col(Outlook.growth_percent),
}
BY_TITLE = Order("occupations by title", (Key(col(Occupation.title)), Key(col(Occupation.slug))))
_BY_RANK = Order("related occupations", (Key(col(RelatedOccupation.rank)), Key(col(Occupation.slug))))


def ids(parents: Sequence[Occupation], _: Context) -> Sequence[str]:
    """The global id of each."""
    return [global_id("Occupation", parent.slug) for parent in parents]


async def by_key(parents: Sequence[None], context: Context, *, by: OccupationKey) -> Sequence[Occupation | None]:
    """The occupation that a key names, or None."""
    return await find([by], ["by"], context) * len(parents)


async def find(keys: Sequence[OccupationKey], arguments: Sequence[str], context: Context) -> list[Occupation | None]:
    """The occupations that keys name, by one statement; ``arguments`` names the argument that each key came in."""
    slugs = [_slug(key, argument) for key, argument in zip(keys, arguments, strict=True)]
    rows = await context.database.all(
        statements.occupations_by_key([s for s in slugs if s is not None], [k.code for k in keys if k.code is not None])
    )
    by_slug, by_code = {row.slug: row for row in rows}, {row.code: row for row in rows if row.code is not None}
    return [
        by_code.get(key.code) if key.code is not None else by_slug.get(slug or "")
        for key, slug in zip(keys, slugs, strict=True)
    ]


def _slug(key: OccupationKey, argument: str) -> str | None:
    if key.id is None:
        return key.slug
    type_name, slug = read_global_id(key.id, f"{argument}.id")
    if type_name != "Occupation":
        raise BadUserInput(f"{argument}.id", f"it is the id of a {type_name}, not of an Occupation")
    return slug


def describe(key: OccupationKey) -> str:
    """Say what a key asks for, in the client's own words."""
    name, value = next((n, v) for n in ("slug", "code", "id") if (v := getattr(key, n)) is not None)
    return f'{name} "{value}"'


async def listing(
    parents: Sequence[None],
    context: Context,
    *,
    filter: OccupationFilter | None = None,  # noqa: A002 - the contract's word
    order_by: OrderInput | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[Occupation]]:
    """Occupations like the filter, in an order that is total: by title first of all, unless another is asked for."""
    statement = statements.occupations()
    if filter is not None:
        statement = statements.filtered(statement, filter)
    order = BY_TITLE if order_by is None else _order(order_by)
    return [
        await connection(context, statement, order, first=first, after=after, last=last, before=before) for _ in parents
    ]


def _order(wanted: OrderInput) -> Order:
    figure = Key(
        _COLUMNS[wanted.field],
        descending=wanted.direction is OrderDirection.DESC,
        nullable=wanted.field is not OccupationOrderField.TITLE,
    )
    return Order(f"occupations by {wanted.field.value} {wanted.direction.value}", (figure, Key(col(Occupation.slug))))


async def by_id(wanted: Sequence[int | None], context: Context) -> list[Occupation | None]:
    """Occupations by row id, None for None."""
    rows = await context.database.all(statements.occupations_by_id({n for n in wanted if n is not None}))
    found = {row.id: row for row in rows}
    return [found.get(number) for number in wanted]


async def broader(parents: Sequence[Occupation], context: Context) -> Sequence[Occupation | None]:
    """The SOC occupation that each role is a job title under."""
    return await by_id([parent.broader_id for parent in parents], context)


async def related(
    parents: Sequence[Occupation], context: Context, *, first: int | None = None, after: str | None = None
) -> Sequence[Page[Occupation]]:
    """Occupations that a source relates to each, the closest first."""
    numbers = row_ids(parents)
    statement = statements.related_occupations()
    parent = col(RelatedOccupation.occupation_id)
    return await connections(context, statement, parent, numbers, _BY_RANK, first=first, after=after)


def row_id(occupation: Occupation) -> int:
    """The row id of an occupation that the database has numbered, as all that resolvers see are."""
    assert occupation.id is not None  # noqa: S101 - the type allows for rows that are not stored yet
    return occupation.id


def row_ids(parents: Sequence[Occupation]) -> list[int]:
    """The row ids of stored occupations, in their order."""
    return [row_id(parent) for parent in parents]
