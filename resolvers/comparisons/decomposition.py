"""The Kitagawa decomposition of a gap in mean wages into employment mix and pay within the same states or industries.

The two-part form of Kitagawa (1955, "Components of a Difference Between Two Rates"): both parts are weighted by the
average of the two sides, so there is no interaction term and neither side serves as the standard.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from db import statements
from db.models import ALL_INDUSTRIES, NATION, Wage
from db.states import STATES
from resolvers import salaries
from resolvers.comparisons.arithmetic import ROUNDING, rounded
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.context import Context
from resolvers.occupations import row_ids

SECTORS = (
    *("11--12", "21--22", "22--23", "23--24", "31--34", "42--43", "44--46", "48--50", "51--52", "52--53"),
    *("53--54", "54--55", "55--56", "56--57", "61--62", "62--63", "71--72", "72--73", "81--82", "99-100"),
)
"""The codes of the OEWS sectors, government included. They cover all industries without overlap; finer levels don't."""


class MixDimension(Enum):
    """The dimension that national employment is divided by."""

    STATE = "STATE"
    INDUSTRY = "INDUSTRY"


_CELLS = {MixDimension.STATE: (tuple(STATES.values()), (ALL_INDUSTRIES,)), MixDimension.INDUSTRY: ((NATION,), SECTORS)}
"""The areas and the industries of each dimension's cells."""

FORMULA = (
    "mix = sum of (share_left - share_right) * (mean_left + mean_right) / 2; "
    "within = sum of (mean_left - mean_right) * (share_left + share_right) / 2; total = mix + within; "
    "share = the cell's employment / the side's employment in all cells used"
)
LEAST_COVERAGE = 80
"""The percentage of either side's national employment that the cells must hold for a decomposition."""

NOTE = (
    "Kitagawa decomposition with averaged weights, over the cells where both sides have employment and a mean. "
    "total is the gap of the two means over these cells, not the gap of the national means. "
    "The decomposition is descriptive, not causal, and has no standard errors. "
    f"{ROUNDING}"
)
_TOO_LITTLE = (
    "Not decomposed: the cells where both sides have employment and a mean hold {covered}. At least "
    f"{LEAST_COVERAGE}% of both sides is required, because a gap over fewer jobs can differ from the national one."
)


class Cell(NamedTuple):
    """An occupation's employment and mean annual wage in one state or sector."""

    employment: int
    mean: float
    source_id: str


Pairs = Sequence[tuple[Cell, Cell]]
"""The cells of both sides, as (left, right)."""


class Effects(NamedTuple):
    """The two parts of a gap of left minus right, in the unit of the means."""

    mix: float
    within: float


class WageDecomposition(NamedTuple):
    """A gap of mean wages in two parts, and the percentage of either side's employment in the cells used.

    The gap and its parts are None where the coverage of a side is below ``LEAST_COVERAGE`` or unknown.
    """

    by: MixDimension
    total: float | None
    mix: float | None
    within: float | None
    cells: int
    coverage_percent: float | None
    left_coverage_percent: float | None
    right_coverage_percent: float | None
    source_ids: Sequence[str]
    note: str
    formula: str = FORMULA


def kitagawa(pairs: Pairs) -> Effects | None:
    """Decompose the gap of two mean wages (Kitagawa 1955).

    ``mix`` is due to the different distribution of employment over the cells, ``within`` to different wages in the same
    cells. None where a side has no employment in the cells.
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
    """The decomposition of each comparison's gap of national mean annual wages; the comparison's own area is ignored.

    None where the two sides have no cell in common.
    """
    sides = row_ids([side for parent in parents for side in (parent.left, parent.right)])
    areas, industries = _CELLS[by]
    cells = await context.database.made_each(_cells, statements.wage_cells(), sides, areas=areas, industries=industries)
    national = await both_sides(parents, context, salaries.of)
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
    coverage = min(known) if len(known) == len(covered) else None
    answered = coverage is not None and coverage >= LEAST_COVERAGE
    return WageDecomposition(
        by=by,
        total=rounded(effects.mix + effects.within) if answered else None,
        mix=rounded(effects.mix) if answered else None,
        within=rounded(effects.within) if answered else None,
        cells=len(pairs),
        coverage_percent=rounded(coverage),
        left_coverage_percent=rounded(covered[0]),
        right_coverage_percent=rounded(covered[1]),
        source_ids=list(dict.fromkeys(cell.source_id for side in zip(*pairs, strict=True) for cell in side)),
        note=NOTE if answered else _TOO_LITTLE.format(covered=" and ".join(map(_share, ("left", "right"), covered))),
    )


def _share(side: str, covered: float | None) -> str:
    known = "an unknown share" if covered is None else f"{covered:.1f}%"
    return f"{known} of the {side} side's jobs"


def _coverage(employed: int, nation: Wage | None) -> float | None:
    """Return the percentage of a side's national employment in the cells; None where the former isn't published."""
    return 100 * employed / nation.employment if nation is not None and nation.employment else None
