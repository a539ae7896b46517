"""Areas and industries: where, and in what line of business, a wage is paid."""

from collections.abc import Sequence
from typing import Protocol

from sqlmodel import col

from db import statements
from db.models import Area, Industry
from db.paging import Key
from db.vocabulary import AreaKind
from resolvers.connections import Order, Page, connection
from resolvers.context import Context
from resolvers.errors import BadUserInput

_BY_NAME = Order("areas", (Key(col(Area.name)), Key(col(Area.code))))


class InArea(Protocol):
    """A row about one area."""

    area_code: str


class InIndustry(Protocol):
    """A row about one industry."""

    industry_code: str


async def by_code(parents: Sequence[None], context: Context, *, code: str) -> Sequence[Area | None]:
    """The area with this code."""
    found = await context.database.all(statements.areas_by_code([code]))
    return [found[0] if found else None] * len(parents)


async def required(code: str, context: Context) -> Area:
    """The area that an argument names; raises BadUserInput where there is none."""
    found = await context.database.all(statements.areas_by_code([code]))
    if not found:
        raise BadUserInput("area", f'no area has the code "{code}"')
    return found[0]


async def listing(
    parents: Sequence[None],
    context: Context,
    *,
    kind: AreaKind | None = None,
    text: str | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Sequence[Page[Area]]:
    """Areas of a kind whose name contains the text, by name."""
    return [
        await connection(context, statements.areas(kind, text), _BY_NAME, first=first, after=after) for _ in parents
    ]


async def of(parents: Sequence[InArea], context: Context) -> Sequence[Area]:
    """The area of each row."""
    rows = await context.database.all(statements.areas_by_code({parent.area_code for parent in parents}))
    found = {area.code: area for area in rows}
    return [found[parent.area_code] for parent in parents]


async def industry_of(parents: Sequence[InIndustry], context: Context) -> Sequence[Industry]:
    """The industry of each row."""
    rows = await context.database.all(statements.industries_by_code({parent.industry_code for parent in parents}))
    found = {industry.code: industry for industry in rows}
    return [found[parent.industry_code] for parent in parents]


async def require_industry(code: str, context: Context) -> None:
    """Raise BadUserInput unless there is an industry with this code."""
    if not await context.database.all(statements.industries_by_code([code])):
        raise BadUserInput("industry", f'no industry has the code "{code}"')
