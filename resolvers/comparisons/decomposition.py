"""How much of a gap in mean wages comes from where two occupations work, and how much from what they earn there.

Kitagawa's decomposition (1955) in two parts, each weighted by the average of the two sides, so that no remainder is
left and neither side is the standard that the other is held to.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from db import statements
from db.models import ALL_INDUSTRIES, NATION, Wage
from db.states import STATES
from resolvers import salaries
from resolvers.comparisons.arithmetic import DECIMALS, rounded
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.context import Context
from resolvers.occupations import row_ids

SECTORS = (
    *("11--12", "21--22", "22--23", "23--24", "31--34", "42--43", "44--46", "48--50", "51--52", "52--53"),
    *("53--54", "54--55", "55--56", "56--57", "61--62", "62--63", "71--72", "72--73", "81--82", "99-100"),
)
"""The OEWS sectors, government as one of them. Together they are all industries and don't overlap; finer levels do."""


class MixDimension(Enum):
    """What the nation is divided by."""

    STATE = "STATE"
    INDUSTRY = "INDUSTRY"


_CELLS = {MixDimension.STATE: (tuple(STATES.values()), (ALL_INDUSTRIES,)), MixDimension.INDUSTRY: ((NATION,), SECTORS)}
"""The areas and the industries whose cells each dimension takes."""

FORMULA = (
    "mix = sum of (share_left - share_right) * (mean_left + mean_right) / 2; "
    "within = sum of (mean_left - mean_right) * (share_left + share_right) / 2; total = mix + within; "
    "share = the cell's employment / the side's employment in all cells that go in"
)
NOTE = (
    "Kitagawa's decomposition with averaged weights, over the cells where both sides have employment and a mean. "
    "total is the gap of the two means over these cells; it differs from the gap of the national means as far as "
    "coverage is short of 100%. It describes, and says nothing of causes; no standard error is known. "
    f"Computed unrounded; each result is rounded once, to {DECIMALS} decimals."
)


class Cell(NamedTuple):
    """How many an occupation employs in one part of the nation, and their mean annual wage."""

    employment: int
    mean: float
    source_id: str


Pairs = Sequence[tuple[Cell, Cell]]
"""The cells that both sides have, as (left, right)."""


class Effects(NamedTuple):
    """What a gap of left minus right is made of, in the unit of the means."""

    mix: float
    within: float


class WageDecomposition(NamedTuple):
    """A gap of mean wages in two parts, and how much of either side's employment they were found over."""

    by: MixDimension
    total: float
    mix: float
    within: float
    cells: int
    coverage_percent: float | None
    left_coverage_percent: float | None
    right_coverage_percent: float | None
    source_ids: Sequence[str]
    formula: str = FORMULA
    note: str = NOTE


def kitagawa(pairs: Pairs) -> Effects | None:
    """Decompose the gap of two mean wages.

    mix is the part that comes from the sides' shares of employment, within the part that comes from what the cells pay
    either. None where a side employs nobody in these cells, as where there are none.
    """
    left_total, right_total = _employed(pairs)
    if not left_total or not right_total:
        return None
    mix = within = 0.0
    for left, right in pairs:
        left_share, right_share = left.employment / left_total, right.employment / right_total
        mix += (left_share - right_share) * (left.mean + right.mean) / 2
        within += (left.mean - right.mean) * (left_share + right_share) / 2
    return Effects(mix, within)


def _employed(pairs: Pairs) -> tuple[int, int]:
    return sum(left.employment for left, _ in pairs), sum(right.employment for _, right in pairs)


async def of(
    parents: Sequence[Comparison], context: Context, *, by: MixDimension = MixDimension.STATE
) -> Sequence[WageDecomposition | None]:
    """The decomposition of each gap of mean annual wages over the nation, whichever area the comparison itself is in.

    None where the two sides have no cell in common.
    """
    sides = row_ids([side for parent in parents for side in (parent.left, parent.right)])
    areas, industries = _CELLS[by]
    cells = await context.database.made_each(_cells, statements.wage_cells(), sides, areas=areas, industries=industries)
    national = await both_sides(parents, context, salaries.of, area=NATION)
    return [
        _decomposed(by, _common(left, right), *nation)
        for left, right, nation in zip(cells[::2], cells[1::2], national, strict=True)
    ]


def _cells(rows: Sequence[Wage]) -> dict[tuple[str, str], Cell]:
    return {
        (row.area_code, row.industry_code): Cell(row.employment, row.annual_mean, row.source_id)
        for row in rows
        if row.employment is not None and row.annual_mean is not None
    }


def _common(left: Mapping[tuple[str, str], Cell], right: Mapping[tuple[str, str], Cell]) -> Pairs:
    return [(cell, right[key]) for key, cell in left.items() if key in right]


def _decomposed(by: MixDimension, pairs: Pairs, left: Wage | None, right: Wage | None) -> WageDecomposition | None:
    effects = kitagawa(pairs)
    if effects is None:
        return None
    covered = [_coverage(*side) for side in zip(_employed(pairs), (left, right), strict=True)]
    known = [percent for percent in covered if percent is not None]
    return WageDecomposition(
        by=by,
        total=rounded(effects.mix + effects.within),
        mix=rounded(effects.mix),
        within=rounded(effects.within),
        cells=len(pairs),
        coverage_percent=rounded(min(known)) if len(known) == len(covered) else None,
        left_coverage_percent=rounded(covered[0]),
        right_coverage_percent=rounded(covered[1]),
        source_ids=list(dict.fromkeys(cell.source_id for side in zip(*pairs, strict=True) for cell in side)),
    )


def _coverage(employed: int, nation: Wage | None) -> float | None:
    """Return how many percent of a side's national employment are in the cells; None where that isn't published."""
    return 100 * employed / nation.employment if nation is not None and nation.employment else None
