"""Areas that wages are published for."""

from collections.abc import Sequence
from typing import Protocol

from sqlmodel import col

from db import statements
from db.models import Area
from db.paging import Key
from db.vocabulary import AreaKind
from resolvers.connections import Order, Page, connection
from resolvers.context import Context
from resolvers.errors import BadUserInput, quoted

_BY_NAME = Order("areas", (Key(col(Area.name)), Key(col(Area.code))))


class InArea(Protocol):
    """A row about one area."""

    @property
    def area_code(self) -> str:
        """The area's code."""
        ...


async def by_code(parents: Sequence[None], context: Context, *, code: str) -> Sequence[Area | None]:
    """The area with this code."""
    return [await context.database.first(statements.areas_by_code(), code)] * len(parents)


async def required(code: str, context: Context) -> Area:
    """Return the area with this code; raise BadUserInput where there is none."""
    area = await context.database.first(statements.areas_by_code(), code)
    if area is None:
        raise BadUserInput("area", f"no area has the code {quoted(code)}; areas(text:) finds codes")
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
    """Areas by name: all of them, or those of a kind or with the text in their names."""
    return [
        await connection(
            context, statements.areas(kind, text), _BY_NAME, first=first, after=after, last=last, before=before
        )
        for _ in parents
    ]


async def of(parents: Sequence[InArea], context: Context) -> Sequence[Area]:
    """The area of each row."""
    return await context.database.one_each(statements.areas_by_code(), [parent.area_code for parent in parents])
