"""Regional price parities of areas, and wages at national prices.

A wage at national prices is wage / (parity / 100), with BEA's parity of all items and the nation's prices at 100. In
one place all wages are divided by the same number, so that comparisons within it stay as they are.
"""

from collections.abc import Sequence
from typing import NamedTuple, overload

from db import statements
from db.models import Area, Source
from db.states import TERRITORIES
from db.vocabulary import AreaKind, MissingReason
from resolvers import sources
from resolvers.comparisons.arithmetic import rounded
from resolvers.context import Context
from resolvers.missing import MissingFigure


class PriceParity(NamedTuple):
    """An area and its price parity; None without one."""

    area: Area
    all_items: float | None
    source_id: str | None


async def of_codes(codes: Sequence[str], context: Context) -> list[PriceParity]:
    """Return the price parities of areas by their codes."""
    found = await context.database.one_each(statements.price_parities(), codes) if codes else []
    return [PriceParity(*row) for row in found]


async def of(parents: Sequence[Area], context: Context) -> list[float | None]:
    """The price parity of each area."""
    return [row.all_items for row in await _of_areas(parents, context)]


async def _of_areas(parents: Sequence[Area], context: Context) -> list[PriceParity]:
    return await of_codes([parent.code for parent in parents], context)


async def sources_of(parents: Sequence[Area], context: Context) -> list[Source | None]:
    """The source of each area's price parity."""
    rows, found = await _of_areas(parents, context), await sources.by_id(context)
    return [None if row.source_id is None else found[row.source_id] for row in rows]


async def missing(parents: Sequence[Area], context: Context) -> list[list[MissingFigure]]:
    """The reason why an area has no price parity."""
    return [
        [] if row.all_items is not None else [MissingFigure("priceParity", reason_of(row.area))]
        for row in await _of_areas(parents, context)
    ]


_OF_TERRITORIES = tuple(f", {territory}" for territory in TERRITORIES.values())


def reason_of(area: Area) -> MissingReason:
    """Return the reason why an area has no price parity.

    BEA publishes none of territories. Of nonmetropolitan areas it only publishes a state's together, and it divides the
    states into metropolitan areas of its own.
    """
    if area.kind is AreaKind.METRO and not area.name.endswith(_OF_TERRITORIES):
        return MissingReason.OTHER_BOUNDARIES
    if area.kind is AreaKind.NONMETRO and area.code[:2] not in TERRITORIES:
        return MissingReason.OTHER_BOUNDARIES
    return MissingReason.NOT_COLLECTED


@overload
def at_national_prices(wage: float, parity: float) -> float: ...
@overload
def at_national_prices(wage: float | None, parity: float | None) -> float | None: ...
def at_national_prices(wage: float | None, parity: float | None) -> float | None:
    """Return wage / (parity / 100), rounded for output; None without either."""
    return None if wage is None or parity is None else rounded(wage / (parity / 100))
