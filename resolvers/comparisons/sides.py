"""A comparison's two occupations, and helpers to read and compare the rows of both sides."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from db import statements
from db.job_titles import slug_of_title
from db.models import NATION, Occupation
from resolvers import areas, occupation_keys, price_parities
from resolvers.comparisons.arithmetic import Difference, Figure, Unit, difference
from resolvers.context import Context
from resolvers.job_titles import ResolvedTitle
from resolvers.occupation_keys import OccupationKey
from resolvers.price_parities import PriceParity
from resolvers.sources import Sourced

_PARTS, _PARTS_WITH_TITLES = 3, 5
"""The number of parts of a comparison's key, without and with job titles."""

_SIMILAR = "~"
"""The prefix of a title in a key that is not the one that was asked for."""

V = TypeVar("V")
Row = TypeVar("Row", bound=Sourced)


@dataclass(slots=True)
class Comparison:
    """Two occupations, and the area to compare their wages in."""

    left: Occupation
    right: Occupation
    area_code: str
    left_title: ResolvedTitle | None = None
    """The job title that the left side was asked for by."""
    right_title: ResolvedTitle | None = None

    @property
    def key(self) -> str:
        """The key in its global id. Slugs and area codes contain no slash and no tilde."""
        titles = (self.left_title, self.right_title)
        named = [_key_of(title) for title in titles] if any(titles) else []
        return "/".join([self.left.slug, self.right.slug, self.area_code, *named])


def _key_of(title: ResolvedTitle | None) -> str:
    """Return a title's part of a comparison's key: empty without a title, with a tilde if it is not exact."""
    return "" if title is None else f"{'' if title.exact else _SIMILAR}{slug_of_title(title.title)}"


async def of(
    parents: Sequence[None], context: Context, *, left: OccupationKey, right: OccupationKey, area: str = NATION
) -> Sequence[Comparison]:
    """The comparison of two occupations.

    Raises NotFound, with the sides, for keys that match no occupation, and BadUserInput for an unknown area.
    """
    sides = await occupation_keys.required({"left": left, "right": right}, context)
    (one, one_title), (other, other_title) = sides
    code = areas.folded(area)
    if code != NATION:
        await areas.required(area, context)
    return [Comparison(one, other, code, one_title, other_title)] * len(parents)


async def by_key(keys: Sequence[str], context: Context) -> list[Comparison | None]:
    """Return comparisons by the keys in their global ids; None for a key with anything unknown."""
    parts = [_parts(key) for key in keys]
    slugs = [slug for left, right, *_ in parts for slug in (left, right)]
    occupations = await context.database.first_each(statements.occupations_by_slug(), slugs)
    places = await context.database.first_each(statements.areas_by_code(), [part[2] for part in parts])
    titles = await _titles([title for part in parts for title in part[3:]], occupations, context)
    found = [
        Comparison(left, right, area.code, *named) if left and right and area else None
        for left, right, area, *named in zip(
            occupations[::2], occupations[1::2], places, titles[::2], titles[1::2], strict=True
        )
    ]
    # A comparison without one of the key's titles has another key.
    return [each if each and each.key == key else None for each, key in zip(found, keys, strict=True)]


def _parts(key: str) -> Sequence[str]:
    """Return the slugs, the area and the titles of a key, all of them empty where it has other parts."""
    parts = key.split("/")
    if len(parts) == _PARTS:
        return [*parts, "", ""]
    return parts if len(parts) == _PARTS_WITH_TITLES else [""] * _PARTS_WITH_TITLES


async def _titles(
    names: Sequence[str], occupations: Sequence[Occupation | None], context: Context
) -> list[ResolvedTitle | None]:
    """Return the titles that parts of keys name, if they are counted in these occupations."""
    slugs = [name.removeprefix(_SIMILAR) for name in names]
    if not any(slugs):
        return [None] * len(names)
    rows = await context.database.first_each(statements.job_titles_by_slug(), slugs)
    return [
        ResolvedTitle(row.title, not name.startswith(_SIMILAR), occupation, row.words)
        if row and occupation and row.occupation_id == occupation.id
        else None
        for row, name, occupation in zip(rows, names, occupations, strict=True)
    ]


OfOccupations = Callable[[Sequence[Occupation], Context], Awaitable[Sequence[V]]]
"""A batch function for occupations that reads from the database, which caches what an operation has read."""


def occupations_of(parents: Sequence[Comparison]) -> list[Occupation]:
    """Return the occupations of all comparisons: left and right of the first, and so on."""
    return [occupation for parent in parents for occupation in (parent.left, parent.right)]


async def both_sides(parents: Sequence[Comparison], context: Context, batch: OfOccupations[V]) -> list[tuple[V, V]]:
    """Call a batch function once for both sides of all comparisons; return the pairs of values."""
    values = iter(await batch(occupations_of(parents), context))
    return [(left, next(values)) for left in values]


async def price_parities_of(parents: Sequence[Comparison], context: Context) -> list[PriceParity | None]:
    """Return the price parity of each comparison's area; None for the nation, whose prices all others refer to."""
    codes = [parent.area_code for parent in parents if parent.area_code != NATION]
    found = iter(await price_parities.of_codes(codes, context))
    return [None if parent.area_code == NATION else next(found) for parent in parents]


def compare(
    name: str, pair: tuple[Row | None, Row | None], read: Callable[[Row], float | None], unit: Unit
) -> Difference | None:
    """Compare one figure of two rows; None where neither side has it."""
    left, right = [figure_of(name, row, None if row is None else read(row)) for row in pair]
    return None if left.value is None and right.value is None else difference(left, right, unit)


def figure_of(name: str, row: Sourced | None, value: float | None) -> Figure:
    """Return a row's figure. A source without the figure is not the figure's source."""
    return Figure(name, value, None if row is None or value is None else row.source_id)
