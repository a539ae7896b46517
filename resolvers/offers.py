"""The position of a wage offer among the published percentiles of an occupation's wages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from db.models import NATION, Occupation, Wage
from resolvers import salaries
from resolvers.context import Context
from resolvers.errors import BadUserInput

_COLUMNS = {percentile: f"annual_{name}" for percentile, name in salaries.PERCENTILES.items()}


@dataclass(frozen=True)
class Placement:
    """The nearest published percentiles below and above a wage; None where none is certain."""

    lower_percentile: int | None
    lower_wage: float | None
    upper_percentile: int | None
    upper_wage: float | None
    upper_at_least: float | None
    exact: bool
    description: str


@dataclass(frozen=True)
class Offer(Placement):
    """An annual wage offered in an area, and its position among the wages there."""

    annual: float
    area_code: str
    source_id: str


async def of(
    parents: Sequence[Occupation], context: Context, *, annual: float, area: str = NATION
) -> Sequence[Offer | None]:
    """The position of an annual wage among each occupation's in an area; None where no percentile is published.

    Raises BadUserInput on a wage that is negative or not finite, and on an unknown area.
    """
    if not isfinite(annual) or annual < 0:
        raise BadUserInput("annual", f"it is {annual:g}; it must be a finite number of dollars, 0 or more")
    cells = await context.load_many(salaries.of, parents, area=area)
    return [None if cell is None else _offer(annual, cell) for cell in cells]


def _offer(annual: float, cell: Wage) -> Offer | None:
    published = {percentile: getattr(cell, column) for percentile, column in _COLUMNS.items()}
    wages = {percentile: wage for percentile, wage in published.items() if wage is not None}
    missing = {percentile: salaries.missing_figure(cell, _COLUMNS[percentile]) for percentile in _COLUMNS}
    bounds = {p: figure.at_least for p, figure in missing.items() if p not in wages and figure.at_least is not None}
    if not wages and not bounds:
        return None
    placed = place(annual, wages, bounds)
    return Offer(**vars(placed), annual=annual, area_code=cell.area_code, source_id=cell.source_id)


def place(annual: float, wages: Mapping[int, float], bounds: Mapping[int, float]) -> Placement:
    """Place a wage among published percentiles (``wages``) and the lower bounds of top-coded ones (``bounds``).

    The lower percentile is the highest one below the wage. The upper percentile is the lowest one that is certain to be
    above it, which a top-coded percentile is if its bound is. A wage equal to one or more percentiles has the lowest of
    these as its lower percentile and the highest as its upper one.
    """
    equal = [percentile for percentile, wage in wages.items() if wage == annual]
    if equal:
        lowest, highest = min(equal), max(equal)
        name = f"the {lowest}th percentile" if lowest == highest else f"the {lowest}th to the {highest}th percentile"
        return Placement(lowest, annual, highest, annual, None, exact=True, description=f"Exactly {name}.")
    lower = max((percentile for percentile, wage in wages.items() if wage < annual), default=None)
    higher = {p for p, wage in wages.items() if wage > annual} | {p for p, bound in bounds.items() if bound > annual}
    upper = min(higher, default=None)
    return Placement(
        lower,
        None if lower is None else wages[lower],
        upper,
        None if upper is None else wages.get(upper),
        None if upper is None else bounds.get(upper),
        exact=False,
        description=_describe(lower, upper, [p for p, bound in bounds.items() if bound <= annual]),
    )


def _describe(lower: int | None, upper: int | None, capped: Sequence[int]) -> str:
    """Describe a position. ``capped`` are top-coded percentiles with bounds at or below the wage."""
    parts = [
        *([] if lower is None else [f"above the {lower}th"]),
        *([] if upper is None else [f"below the {upper}th"]),
    ]
    place = f"{' and '.join(parts)} percentile" if parts else ""
    reached = ""
    if capped:
        reached = (
            f"at or above the lower bound of the top-coded {min(capped)}th percentile, whose value is not published"
        )
    description = "; ".join(part for part in (place, reached) if part)
    return f"{description[0].upper()}{description[1:]}."
