"""The two occupations of a comparison, and how both sides of anything are fetched and set against each other."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Concatenate, NamedTuple, TypeVar

from db.models import NATION, Occupation
from resolvers import areas, occupations
from resolvers.comparisons.arithmetic import Difference, Figure, Unit, difference
from resolvers.context import Context
from resolvers.errors import NotFound
from resolvers.occupations import OccupationKey
from resolvers.sources import Sourced

V = TypeVar("V")
Row = TypeVar("Row", bound=Sourced)


class Comparison(NamedTuple):
    """Two occupations and the area that their wages are compared in."""

    left: Occupation
    right: Occupation
    area_code: str


async def of(
    parents: Sequence[None], context: Context, *, left: OccupationKey, right: OccupationKey, area: str = NATION
) -> Sequence[Comparison]:
    """The comparison of two occupations.

    Raises NotFound, naming the side, where a key matches none, and BadUserInput on an unknown area.
    """
    one, other = await occupations.find((left, right), ("left", "right"), context)
    if one is None or other is None:
        sides = {"left": (left, one), "right": (right, other)}
        unknown = {side: key for side, (key, occupation) in sides.items() if occupation is None}
        keys = ", ".join(f"{side}: no occupation has the {occupations.describe(key)}" for side, key in unknown.items())
        raise NotFound([*unknown], f"There is nothing to compare. {keys[0].upper()}{keys[1:]}")
    if area != NATION:
        await areas.required(area, context)
    return [Comparison(one, other, area)] * len(parents)


OfOccupations = Callable[Concatenate[Sequence[Occupation], Context, ...], Awaitable[Sequence[V]]]
"""A batch that reads what it answers from the database, which remembers what was read before."""


async def both_sides(
    parents: Sequence[Comparison], context: Context, batch: OfOccupations[V], **arguments: object
) -> list[tuple[V, V]]:
    """Answer a batch for both sides of each comparison, in one go."""
    both = [occupation for parent in parents for occupation in (parent.left, parent.right)]
    values = await batch(both, context, **arguments)
    return list(zip(values[::2], values[1::2], strict=True))


def compare(
    name: str, pair: tuple[Row | None, Row | None], read: Callable[[Row], float | None], unit: Unit
) -> Difference | None:
    """Compare the figure that is read from two rows; None where neither side has one."""
    left, right = [_figure(name, row, None if row is None else read(row)) for row in pair]
    return None if left.value is None and right.value is None else difference(left, right, unit)


def _figure(name: str, row: Sourced | None, value: float | None) -> Figure:
    # A source that doesn't give the figure is not where it comes from.
    return Figure(name, value, None if row is None or value is None else row.source_id)
