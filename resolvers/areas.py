"""Areas that wages are published for."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import literal
from sqlmodel import col

from db import statements
from db.models import Area, GroupWage
from db.paging import Key
from db.vocabulary import AreaKind
from resolvers.area_search import AreaIndex
from resolvers.connections import Order, Page, connection, listed
from resolvers.context import Context
from resolvers.errors import BadUserInput, did_you_mean, quoted
from resolvers.search_text import filled

_BY_NAME = Order("areas", (Key(col(Area.name)), Key(col(Area.code))))
BY_RELEVANCE = Order(
    "areas found", (Key(literal(0.0)), Key(literal(0)), Key(col(GroupWage.employment)), Key(col(Area.code)))
)
"""The order of areas that match a text. They are ranked in memory, so only the types of the keys are used."""


class InArea(Protocol):
    """A row about one area."""

    @property
    def area_code(self) -> str:
        """The area's code."""
        ...


def folded(code: str) -> str:
    """Return the code of an area as sources write it, in capitals: "tx" can only mean "TX"."""
    return code.upper()


async def by_code(parents: Sequence[None], context: Context, *, code: str) -> Sequence[Area | None]:
    """The area with this code."""
    return [await context.database.first(statements.areas_by_code(), folded(code))] * len(parents)


async def required(code: str, context: Context) -> Area:
    """Return the area with this code; raise BadUserInput where there is none."""
    area = await context.database.first(statements.areas_by_code(), folded(code))
    if area is None:
        nearest = (await _index(context)).nearest(code)
        hint = did_you_mean([(each.code, each.area.name) for each in nearest])
        raise BadUserInput("area", f"no area has the code {quoted(code)}; {hint}areas(text:) finds codes")
    return area


async def listing(
    parents: Sequence[None],
    context: Context,
    *,
    kind: AreaKind | None = None,
    text: str | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[Area]]:
    """All areas or those of a kind by name, or those that a text may mean by relevance."""
    text = filled(text)
    if text is None:
        wanted = statements.areas(kind)
        page = await connection(context, wanted, _BY_NAME, first=first, after=after, last=last, before=before)
        return [page] * len(parents)
    found = (await _index(context)).find(text, kind)
    rows, keys = [each.area for each in found], {each.code: each.key for each in found}
    page = listed(rows, lambda area: keys[area.code], BY_RELEVANCE, first=first, after=after, last=last, before=before)
    return [page] * len(parents)


async def _index(context: Context) -> AreaIndex:
    """Return the index of the data version, which is built once."""
    return await context.database.made(AreaIndex, statements.area_names())


async def of(parents: Sequence[InArea], context: Context) -> Sequence[Area]:
    """The area of each row."""
    return await context.database.one_each(statements.areas_by_code(), [parent.area_code for parent in parents])
