"""Wages in every area of a kind: the side that is higher in each, and whether most areas reverse the national order.

Areas are counted in two ways. Which side is higher goes by the medians. Whether a difference is significant goes by the
means, because medians have no published standard errors; it counts for the side with the higher mean, which need not be
the side with the higher median. So neither count is a part of the other.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlmodel import col

from db import statements
from db.models import ALL_INDUSTRIES, NATION, Area, Wage
from db.paging import Key
from db.vocabulary import AreaKind
from resolvers import salaries
from resolvers.comparisons import arithmetic, salary
from resolvers.comparisons.arithmetic import Difference, Direction, Side, Verdict
from resolvers.comparisons.salary import SalaryComparison
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.connections import Order, Page, listed
from resolvers.context import Context
from resolvers.occupations import row_ids

_BY_NAME = Order("places", (Key(col(Area.name)), Key(col(Area.code))))


class AreaWages(NamedTuple):
    """One side's annual wages in an area, over all industries. The median is published, the mean may not be.

    A tuple, because each comparison makes hundreds.
    """

    occupation_id: int
    area_name: str
    area_code: str
    median: float
    mean: float | None
    mean_standard_error_percent: float | None
    source_id: str


class Place(NamedTuple):
    """An area where both sides have a median.

    ``higher`` is the side with the higher median. ``significant`` is the side with the significantly higher mean; None
    where the gap of the means is not significant or can't be tested.
    """

    comparison: Comparison
    area_name: str
    area_code: str
    higher: Side
    significant: Side | None


class PlaceComparison(NamedTuple):
    """The compared areas of a kind by name, and their counts by result."""

    kind: AreaKind
    compared: int
    left_higher: int
    right_higher: int
    equal: int
    left_significant: int
    right_significant: int
    reversal: bool | None
    national_median: Difference
    source_ids: Sequence[str]
    places: Sequence[Place]


async def of(
    parents: Sequence[Comparison], context: Context, *, kind: AreaKind = AreaKind.METRO
) -> Sequence[PlaceComparison]:
    """The wages of both sides in every area of a kind; the comparison's own area is ignored."""
    sides = row_ids([side for parent in parents for side in (parent.left, parent.right)])
    wages = await context.database.made_each(_by_area, statements.wages_by_area(), sides, kind=kind)
    national = await both_sides(parents, context, salaries.of, area=NATION)
    medians = salary.annual_median(
        [SalaryComparison(parent, *pair) for parent, pair in zip(parents, national, strict=True)], context
    )
    return [
        _compared(parent, kind, left, right, median)
        for parent, left, right, median in zip(parents, wages[::2], wages[1::2], medians, strict=True)
    ]


def _by_area(rows: Sequence[tuple[int, str, str, float, float | None, float | None, str]]) -> dict[str, AreaWages]:
    return {row[2]: AreaWages(*row) for row in rows}


def _compared(
    comparison: Comparison,
    kind: AreaKind,
    left: Mapping[str, AreaWages],
    right: Mapping[str, AreaWages],
    national_median: Difference,
) -> PlaceComparison:
    # The national order counts only where both medians are published, not where a top-coded one is known to be higher.
    national_gap = arithmetic.absolute(national_median.left, national_median.right)
    pairs = [(wages, right[code]) for code, wages in left.items() if code in right]
    places = sorted((place(comparison, *pair) for pair in pairs), key=_key)
    higher, significant = [one.higher for one in places], [one.significant for one in places]
    return PlaceComparison(
        kind=kind,
        compared=len(places),
        left_higher=higher.count(Side.LEFT),
        right_higher=higher.count(Side.RIGHT),
        equal=higher.count(Side.EQUAL),
        left_significant=significant.count(Side.LEFT),
        right_significant=significant.count(Side.RIGHT),
        reversal=reversal(arithmetic.higher(national_gap), higher),
        national_median=national_median,
        source_ids=list(dict.fromkeys(wages.source_id for side in zip(*pairs, strict=True) for wages in side)),
        places=places,
    )


def place(comparison: Comparison, left: AreaWages, right: AreaWages) -> Place:
    """Compare both sides' wages in one area."""
    gap = arithmetic.absolute(left.mean, right.mean)
    error = arithmetic.standard_error(
        left.mean, left.mean_standard_error_percent, right.mean, right.mean_standard_error_percent
    )
    return Place(
        comparison,
        left.area_name,
        left.area_code,
        arithmetic.higher(left.median - right.median),
        arithmetic.higher(gap) if arithmetic.verdict(gap, error) is Verdict.SIGNIFICANT else None,
    )


def reversal(nation: Side | None, areas: Sequence[Side]) -> bool | None:
    """Whether more areas have the opposite order of the medians than the national order; None without the latter.

    False where the national medians are equal, because no order is opposite to that.
    """
    if nation is None:
        return None
    opposite = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.EQUAL: Side.EQUAL}[nation]
    return areas.count(opposite) > areas.count(nation)


def where(
    parents: Sequence[PlaceComparison],
    _: Context,
    *,
    higher: Direction | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Sequence[Page[Place]]:
    """The compared areas by name: all of them, or those where one side is higher."""
    side = None if higher is None else Side[higher.name]
    wanted = [[one for one in parent.places if side in (None, one.higher)] for parent in parents]
    return [listed(places, _key, _BY_NAME, first=first, after=after) for places in wanted]


def _key(one: Place) -> tuple[str, str]:
    return (one.area_name, one.area_code)


async def side_by_side(parents: Sequence[Place], context: Context) -> Sequence[SalaryComparison]:
    """Both sides' wage cells in each area."""
    sides = row_ids([side for one in parents for side in (one.comparison.left, one.comparison.right)])
    areas = tuple(sorted({parent.area_code for parent in parents}))
    cells = await context.database.made_each(
        _cells_by_area, statements.wage_cells(), sides, areas=areas, industries=(ALL_INDUSTRIES,)
    )
    return [
        SalaryComparison(parent.comparison, left[parent.area_code], right[parent.area_code])
        for parent, left, right in zip(parents, cells[::2], cells[1::2], strict=True)
    ]


def _cells_by_area(rows: Sequence[Wage]) -> dict[str, Wage]:
    return {row.area_code: row for row in rows}


async def medians(parents: Sequence[Place], context: Context) -> Sequence[Difference]:
    """The difference of the median annual wages in each area."""
    return salary.annual_median(await context.load_many(side_by_side, parents), context)


async def means(parents: Sequence[Place], context: Context) -> Sequence[Difference]:
    """The difference of the mean annual wages in each area."""
    return salary.annual_mean(await context.load_many(side_by_side, parents), context)
