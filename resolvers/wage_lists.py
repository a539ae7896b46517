"""Lists of an occupation's wages, by area and by industry."""

from collections.abc import Sequence
from enum import Enum

from sqlmodel import col

from db import statements
from db.models import Area, Occupation, Wage
from db.paging import Key
from db.vocabulary import AreaKind
from resolvers.connections import Order, Page, connections
from resolvers.context import Context
from resolvers.occupations import row_ids
from resolvers.ordering import OrderChoices, OrderInput


class SalaryOrderField(Enum):
    """The figures that salaries can be ordered by. Wages are annual."""

    AREA = "AREA"
    MEAN = "MEAN"
    MEDIAN = "MEDIAN"
    EMPLOYMENT = "EMPLOYMENT"
    JOBS_PER_THOUSAND = "JOBS_PER_THOUSAND"
    LOCATION_QUOTIENT = "LOCATION_QUOTIENT"


_BY_AREA = Order("salaries by area", (Key(col(Area.name)), Key(col(Wage.area_code))))
_ORDERS = OrderChoices(
    "salaries",
    {
        SalaryOrderField.AREA: col(Area.name),
        SalaryOrderField.MEAN: col(Wage.annual_mean),
        SalaryOrderField.MEDIAN: col(Wage.annual_median),
        SalaryOrderField.EMPLOYMENT: col(Wage.employment),
        SalaryOrderField.JOBS_PER_THOUSAND: col(Wage.jobs_per_thousand),
        SalaryOrderField.LOCATION_QUOTIENT: col(Wage.location_quotient),
    },
    name=SalaryOrderField.AREA,
    tie_breaker=col(Wage.area_code),
    default=_BY_AREA,
)
_BY_INDUSTRY = Order("salaries by industry", (Key(col(Wage.industry_code)),))


async def by_area(
    parents: Sequence[Occupation],
    context: Context,
    *,
    kind: AreaKind | None = None,
    order_by: OrderInput[SalaryOrderField] | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Sequence[Page[Wage]]:
    """The wage cells of each occupation by area, over all industries: all areas, or those of a kind.

    They are in the order of the areas' names unless another order is chosen. Cells without the figure to order by come
    last in both directions.
    """
    lists = statements.area_wages(of_a_kind=kind is not None)
    order = _ORDERS.order(order_by)
    asked = {} if kind is None else {"kind": kind}
    return await connections(context, lists, row_ids(parents), order, first=first, after=after, **asked)


async def by_industry(
    parents: Sequence[Occupation], context: Context, *, first: int | None = None, after: str | None = None
) -> Sequence[Page[Wage]]:
    """The national wage cells of each occupation by industry, in the order of the industries' codes."""
    lists = statements.industry_wages()
    return await connections(context, lists, row_ids(parents), _BY_INDUSTRY, first=first, after=after)
