"""A comparison's two occupations, and helpers to read and compare the rows of both sides."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Concatenate, NamedTuple, TypeVar

from db import statements
from db.models import NATION, Occupation
from resolvers import areas, occupation_keys
from resolvers.comparisons.arithmetic import Difference, Figure, Unit, difference
from resolvers.context import Context
from resolvers.occupation_keys import OccupationKey
from resolvers.sources import Sourced

_PARTS = 3
"""The parts of a comparison's key."""

V = TypeVar("V")
Row = TypeVar("Row", bound=Sourced)


class Comparison(NamedTuple):
    """Two occupations, and the area to compare their wages in."""

    left: Occupation
    right: Occupation
    area_code: str

    @property
    def key(self) -> str:
        """The key in its global id. Slugs and area codes contain no slash."""
        return f"{self.left.slug}/{self.right.slug}/{self.area_code}"


async def of(
    parents: Sequence[None], context: Context, *, left: OccupationKey, right: OccupationKey, area: str = NATION
) -> Sequence[Comparison]:
    """The comparison of two occupations.

    Raises NotFound, with the sides, for keys that match no occupation, and BadUserInput for an unknown area.
    """
    one, other = await occupation_keys.required((left, right), ("left", "right"), context)
    if area != NATION:
        await areas.required(area, context)
    return [Comparison(one, other, area)] * len(parents)


async def by_key(keys: Sequence[str], context: Context) -> list[Comparison | None]:
    """Return comparisons by the keys in their global ids; None for a key of an unknown occupation or area."""
    parts = [each if len(each := key.split("/")) == _PARTS else ("", "", "") for key in keys]
    slugs = [slug for left, right, _ in parts for slug in (left, right)]
    occupations = await context.database.first_each(statements.occupations_by_slug(), slugs)
    places = await context.database.first_each(statements.areas_by_code(), [area for *_, area in parts])
    return [
        Comparison(left, right, area.code) if left and right and area else None
        for left, right, area in zip(occupations[::2], occupations[1::2], places, strict=True)
    ]


OfOccupations = Callable[Concatenate[Sequence[Occupation], Context, ...], Awaitable[Sequence[V]]]
"""A batch function for occupations that reads from the database, which caches what an operation has read."""


async def both_sides(
    parents: Sequence[Comparison], context: Context, batch: OfOccupations[V], **arguments: object
) -> list[tuple[V, V]]:
    """Call a batch function once for both sides of all comparisons; return the pairs of values."""
    both = [occupation for parent in parents for occupation in (parent.left, parent.right)]
    values = await batch(both, context, **arguments)
    return list(zip(values[::2], values[1::2], strict=True))


def compare(
    name: str, pair: tuple[Row | None, Row | None], read: Callable[[Row], float | None], unit: Unit
) -> Difference | None:
    """Compare one figure of two rows; None where neither side has it."""
    left, right = [figure_of(name, row, None if row is None else read(row)) for row in pair]
    return None if left.value is None and right.value is None else difference(left, right, unit)


def figure_of(name: str, row: Sourced | None, value: float | None) -> Figure:
    """Return a row's figure. A source without the figure is not the figure's source."""
    return Figure(name, value, None if row is None or value is None else row.source_id)
