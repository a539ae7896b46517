"""Wages in every area of a kind: the side that is higher in each, and whether most areas reverse the national order.

Areas are counted in two ways. Which side is higher goes by the medians. Whether a difference is significant goes by
the means, because medians have no published standard errors; it counts for the side with the higher mean, which need
not be the side with the higher median. So neither count is a part of the other.

Hundreds of areas are tested at once, of which chance alone makes a tenth significant at the 90 percent level. The
procedure of Benjamini and Hochberg (1995) limits the expected share of false ones among those that it counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import erfc, sqrt
from typing import NamedTuple

from sqlmodel import col

from db import statements
from db.models import ALL_INDUSTRIES, Area, Wage
from db.paging import Key
from db.vocabulary import AreaKind
from resolvers import salaries
from resolvers.comparisons import arithmetic, salary
from resolvers.comparisons.arithmetic import CRITICAL_VALUE, Difference, HigherSide, Side, Unit, rounded
from resolvers.comparisons.salary import SalaryComparison
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.connections import Order, Page, listed
from resolvers.context import Context
from resolvers.occupations import row_ids

_BY_NAME = Order("places", (Key(col(Area.name)), Key(col(Area.code))))


FALSE_POSITIVES = 0.1
"""The share of tests that chance alone makes significant, and the false discovery rate of the adjusted counts."""


class AreaWages(NamedTuple):
    """One side's annual or hourly wages in an area, over all industries. The median is published, the mean may not be.

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
    where the gap of the means is not significant or can't be tested. ``z_score`` is that of the gap of the means.
    """

    comparison: Comparison
    unit: Unit
    area_name: str
    area_code: str
    higher: HigherSide
    higher_mean: HigherSide | None
    z_score: float | None

    @property
    def significant(self) -> HigherSide | None:
        """The side with the significantly higher mean."""
        return self.higher_mean if self.z_score is not None and self.z_score > CRITICAL_VALUE else None


class PlaceComparison(NamedTuple):
    """The compared areas of a kind by name, and their counts by result."""

    kind: AreaKind
    unit: Unit
    compared: int
    left_higher: int
    right_higher: int
    equal: int
    left_significant: int
    right_significant: int
    tested: int
    expected_by_chance: float
    left_significant_adjusted: int
    right_significant_adjusted: int
    reversal: bool | None
    national_median: Difference
    source_ids: Sequence[str]
    places: Sequence[Place]


async def of(
    parents: Sequence[Comparison], context: Context, *, kind: AreaKind = AreaKind.METRO
) -> Sequence[PlaceComparison]:
    """The wages of both sides in every area of a kind; the comparison's own area is ignored.

    Hourly wages are compared where a side has no annual wages in the nation and both have hourly ones.
    """
    national = await both_sides(parents, context, salaries.of)
    cells = [SalaryComparison(parent, *pair) for parent, pair in zip(parents, national, strict=True)]
    units = [salary.unit_of(pair) for pair in cells]
    wages = {
        unit: await _wages([p for p, its in zip(parents, units, strict=True) if its is unit], unit, kind, context)
        for unit in dict.fromkeys(units)
    }
    return [
        _compared(parent, kind, unit, *next(wages[unit]), salary.wage_difference(pair, "median", unit))
        for parent, unit, pair in zip(parents, units, cells, strict=True)
    ]


async def _wages(
    parents: Sequence[Comparison], unit: Unit, kind: AreaKind, context: Context
) -> Iterator[tuple[dict[str, AreaWages], dict[str, AreaWages]]]:
    """The wages of both sides of each comparison, by the codes of the areas."""
    sides = row_ids([side for parent in parents for side in (parent.left, parent.right)])
    statement = statements.wages_by_area(hourly=unit is Unit.DOLLARS_PER_HOUR)
    wages = await context.database.made_each(_by_area, statement, sides, kind=kind)
    return zip(wages[::2], wages[1::2], strict=True)


def _by_area(rows: Sequence[tuple[int, str, str, float, float | None, float | None, str]]) -> dict[str, AreaWages]:
    return {row[2]: AreaWages(*row) for row in rows}


def _compared(
    comparison: Comparison,
    kind: AreaKind,
    unit: Unit,
    left: Mapping[str, AreaWages],
    right: Mapping[str, AreaWages],
    national_median: Difference,
) -> PlaceComparison:
    # The national order counts only where both medians are published, not where a top-coded one is known to be higher.
    national_gap = arithmetic.absolute(national_median.left, national_median.right)
    pairs = [(wages, right[code]) for code, wages in left.items() if code in right]
    places = sorted((place(comparison, unit, *pair) for pair in pairs), key=_key)
    higher, significant = [one.higher for one in places], [one.significant for one in places]
    tested = [one for one in places if one.z_score is not None]
    adjusted = [tested[n].higher_mean for n in discoveries([one.z_score or 0 for one in tested])]
    return PlaceComparison(
        kind=kind,
        unit=unit,
        compared=len(places),
        left_higher=higher.count(HigherSide.LEFT),
        right_higher=higher.count(HigherSide.RIGHT),
        equal=higher.count(HigherSide.EQUAL),
        left_significant=significant.count(HigherSide.LEFT),
        right_significant=significant.count(HigherSide.RIGHT),
        tested=len(tested),
        expected_by_chance=rounded(FALSE_POSITIVES * len(tested)),
        left_significant_adjusted=adjusted.count(HigherSide.LEFT),
        right_significant_adjusted=adjusted.count(HigherSide.RIGHT),
        reversal=reversal(arithmetic.higher(national_gap), higher),
        national_median=national_median,
        source_ids=list(dict.fromkeys(wages.source_id for side in zip(*pairs, strict=True) for wages in side)),
        places=places,
    )


def discoveries(z_scores: Sequence[float], rate: float = FALSE_POSITIVES) -> list[int]:
    """Return the positions of the tests that the procedure of Benjamini and Hochberg (1995) counts as significant.

    With the two-sided p values in ascending order, these are the first k, where k is the largest number with
    p_k <= rate k / m of m tests.
    """
    ordered = sorted((erfc(z / sqrt(2)), position) for position, z in enumerate(z_scores))
    passed = [number for number, (p, _) in enumerate(ordered, 1) if p <= rate * number / len(ordered)]
    return [position for _, position in ordered[: max(passed, default=0)]]


def place(comparison: Comparison, unit: Unit, left: AreaWages, right: AreaWages) -> Place:
    """Compare both sides' wages in one area."""
    # One occupation's wages are not tested against themselves.
    one_occupation = left.occupation_id == right.occupation_id
    gap = arithmetic.absolute(left.mean, right.mean)
    error = arithmetic.standard_error(
        left.mean, left.mean_standard_error_percent, right.mean, right.mean_standard_error_percent
    )
    return Place(
        comparison,
        unit,
        left.area_name,
        left.area_code,
        arithmetic.higher(left.median - right.median),
        arithmetic.higher(gap),
        None if gap is None or error is None or one_occupation else abs(gap) / error,
    )


def reversal(nation: HigherSide | None, areas: Sequence[HigherSide]) -> bool | None:
    """Whether more areas have the opposite order of the medians than the national order; None without the latter.

    False where the national medians are equal, because no order is opposite to that.
    """
    if nation is None:
        return None
    opposite = {
        HigherSide.LEFT: HigherSide.RIGHT,
        HigherSide.RIGHT: HigherSide.LEFT,
        HigherSide.EQUAL: HigherSide.EQUAL,
    }[nation]
    return areas.count(opposite) > areas.count(nation)


def areas(
    parents: Sequence[PlaceComparison],
    _: Context,
    *,
    higher: Side | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[Place]]:
    """The compared areas by name: all of them, or those where one side is higher."""
    side = None if higher is None else HigherSide[higher.name]
    wanted = [[one for one in parent.places if side in (None, one.higher)] for parent in parents]
    return [listed(places, _key, _BY_NAME, first=first, after=after, last=last, before=before) for places in wanted]


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
    """The difference of the median wages in each area."""
    cells = await context.load_many(side_by_side, parents)
    return [salary.wage_difference(pair, "median", one.unit) for one, pair in zip(parents, cells, strict=True)]


async def means(parents: Sequence[Place], context: Context) -> Sequence[Difference]:
    """The difference of the mean wages in each area."""
    cells = await context.load_many(side_by_side, parents)
    return [salary.wage_difference(pair, "mean", one.unit) for one, pair in zip(parents, cells, strict=True)]
