"""Occupations and roles: in lists, and their related and broader occupations."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from sqlmodel import col

from db import statements
from db.models import NATION, Occupation, Outlook, RelatedOccupation, Wage
from db.paging import Key
from db.statements import OccupationFilter
from resolvers import wage_places
from resolvers.codes import soc_code
from resolvers.connections import Order, Page, connection, connections
from resolvers.context import Context
from resolvers.occupation_filters import require_known, with_published_code
from resolvers.ordering import OrderChoices, OrderInput


class OccupationOrderField(Enum):
    """The figures that occupations can be ordered by: wages and employment in one area and industry, and growth."""

    TITLE = "TITLE"
    MEAN_WAGE = "MEAN_WAGE"
    MEDIAN_WAGE = "MEDIAN_WAGE"
    HOURLY_MEAN_WAGE = "HOURLY_MEAN_WAGE"
    HOURLY_MEDIAN_WAGE = "HOURLY_MEDIAN_WAGE"
    EMPLOYMENT = "EMPLOYMENT"
    GROWTH = "GROWTH"


BY_TITLE = Order("occupations by title", (Key(col(Occupation.title)), Key(col(Occupation.slug))))
_ORDERS = OrderChoices(
    "occupations",
    {
        OccupationOrderField.TITLE: col(Occupation.title),
        OccupationOrderField.MEAN_WAGE: col(Wage.annual_mean),
        OccupationOrderField.MEDIAN_WAGE: col(Wage.annual_median),
        OccupationOrderField.HOURLY_MEAN_WAGE: col(Wage.hourly_mean),
        OccupationOrderField.HOURLY_MEDIAN_WAGE: col(Wage.hourly_median),
        OccupationOrderField.EMPLOYMENT: col(Wage.employment),
        OccupationOrderField.GROWTH: col(Outlook.growth_percent),
    },
    name=OccupationOrderField.TITLE,
    tie_breaker=col(Occupation.slug),
    default=BY_TITLE,
)
_BY_RANK = Order("related occupations", (Key(col(RelatedOccupation.rank)), Key(col(Occupation.slug))))


async def listing(  # noqa: PLR0913 - the arguments of the field
    parents: Sequence[None],
    context: Context,
    *,
    filter: OccupationFilter | None = None,  # noqa: A002 - the contract's word
    order_by: OrderInput[OccupationOrderField] | None = None,
    area: str = NATION,
    industry: str | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[Occupation]]:
    """The occupations that match the filter, by title unless another order is chosen.

    The wages and employment of filters and orders are those in the area and the industry. Raises BadUserInput for an
    unknown area or industry, for an industry in an area that has no wages by industry, and for a group or skill in the
    filter that does not exist.
    """
    order = _ORDERS.order(order_by)
    place = await wage_places.asked(area, industry, context)
    wanted = with_published_code(filter)
    matching = statements.occupations(wanted, order.keys, area=place.area, industry=place.industry)
    page = await connection(context, matching, order, first=first, after=after, last=last, before=before)
    if filter is not None and not page.nodes:
        await require_known(filter, context)
    return [page] * len(parents)


async def by_id(wanted: Sequence[int | None], context: Context) -> list[Occupation | None]:
    """Return occupations by row id; None for None."""
    found = iter(
        await context.database.first_each(statements.occupations_by_id(), [n for n in wanted if n is not None])
    )
    return [None if number is None else next(found) for number in wanted]


async def by_code(written: Sequence[str], context: Context) -> list[Occupation | None]:
    """Return the occupations with these codes, as people write them. The code of a part leads to the whole."""
    codes = [soc_code(code) for code in written]
    found: dict[str | None, Occupation | None] = {}
    for statement in (statements.occupations_by_code(), statements.occupations_by_part()):
        wanted = [code for code in dict.fromkeys(codes) if code is not None and found.get(code) is None]
        if wanted:
            found |= zip(wanted, await context.database.first_each(statement, wanted), strict=True)
    return [found.get(code) for code in codes]


async def broader(parents: Sequence[Occupation], context: Context) -> Sequence[Occupation | None]:
    """The SOC occupation that each role belongs to."""
    return await by_id([parent.broader_id for parent in parents], context)


async def related(
    parents: Sequence[Occupation],
    context: Context,
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[RelatedOccupation]]:
    """The related occupations of each, closest first, as a source ranks them."""
    lists = statements.related_occupations()
    return await connections(
        context, lists, row_ids(parents), _BY_RANK, first=first, after=after, last=last, before=before
    )


async def related_one(parents: Sequence[RelatedOccupation], context: Context) -> Sequence[Occupation]:
    """The occupation of each relation."""
    return await context.database.one_each(statements.occupations_by_id(), [parent.related_id for parent in parents])


def row_ids(parents: Sequence[Occupation]) -> list[int]:
    """Return the row ids of occupations, in order."""
    ids: list[Any] = [parent.id for parent in parents]
    return ids
