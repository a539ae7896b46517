"""Lists of an occupation's wages, by area and by industry."""

from collections.abc import Sequence
from enum import Enum

from sqlmodel import col

from db import statements
from db.models import Area, Occupation, Wage
from db.paging import Key
from db.vocabulary import AreaKind
from resolvers import industries
from resolvers.connections import Order, Page, connections
from resolvers.context import Context
from resolvers.occupations import row_ids
from resolvers.ordering import OrderChoices, OrderInput


class SalaryOrderField(Enum):
    """The figures that salaries by area can be ordered by. MEAN and MEDIAN are annual."""

    AREA = "AREA"
    MEAN = "MEAN"
    MEDIAN = "MEDIAN"
    MEAN_AT_NATIONAL_PRICES = "MEAN_AT_NATIONAL_PRICES"
    MEDIAN_AT_NATIONAL_PRICES = "MEDIAN_AT_NATIONAL_PRICES"
    HOURLY_MEAN = "HOURLY_MEAN"
    HOURLY_MEDIAN = "HOURLY_MEDIAN"
    EMPLOYMENT = "EMPLOYMENT"
    JOBS_PER_THOUSAND = "JOBS_PER_THOUSAND"
    LOCATION_QUOTIENT = "LOCATION_QUOTIENT"


class IndustrySalaryOrderField(Enum):
    """The figures that salaries by industry can be ordered by. MEAN and MEDIAN are annual."""

    CODE = "CODE"
    MEAN = "MEAN"
    MEDIAN = "MEDIAN"
    HOURLY_MEAN = "HOURLY_MEAN"
    HOURLY_MEDIAN = "HOURLY_MEDIAN"
    EMPLOYMENT = "EMPLOYMENT"


_BY_AREA = Order("salaries by area", (Key(col(Area.name)), Key(col(Wage.area_code))))
_ORDERS = OrderChoices(
    "salaries",
    {
        SalaryOrderField.AREA: col(Area.name),
        SalaryOrderField.MEAN: col(Wage.annual_mean),
        SalaryOrderField.MEDIAN: col(Wage.annual_median),
        SalaryOrderField.MEAN_AT_NATIONAL_PRICES: statements.MEAN_AT_NATIONAL_PRICES,
        SalaryOrderField.MEDIAN_AT_NATIONAL_PRICES: statements.MEDIAN_AT_NATIONAL_PRICES,
        SalaryOrderField.HOURLY_MEAN: col(Wage.hourly_mean),
        SalaryOrderField.HOURLY_MEDIAN: col(Wage.hourly_median),
        SalaryOrderField.EMPLOYMENT: col(Wage.employment),
        SalaryOrderField.JOBS_PER_THOUSAND: col(Wage.jobs_per_thousand),
        SalaryOrderField.LOCATION_QUOTIENT: col(Wage.location_quotient),
    },
    name=SalaryOrderField.AREA,
    tie_breaker=col(Wage.area_code),
    default=_BY_AREA,
)
_AT_NATIONAL_PRICES = (SalaryOrderField.MEAN_AT_NATIONAL_PRICES, SalaryOrderField.MEDIAN_AT_NATIONAL_PRICES)
_BY_INDUSTRY = Order("salaries by industry", (Key(col(Wage.industry_code)),))
_INDUSTRY_ORDERS = OrderChoices(
    "salaries by industry",
    {
        IndustrySalaryOrderField.CODE: col(Wage.industry_code),
        IndustrySalaryOrderField.MEAN: col(Wage.annual_mean),
        IndustrySalaryOrderField.MEDIAN: col(Wage.annual_median),
        IndustrySalaryOrderField.HOURLY_MEAN: col(Wage.hourly_mean),
        IndustrySalaryOrderField.HOURLY_MEDIAN: col(Wage.hourly_median),
        IndustrySalaryOrderField.EMPLOYMENT: col(Wage.employment),
    },
    name=IndustrySalaryOrderField.CODE,
    tie_breaker=col(Wage.industry_code),
    default=_BY_INDUSTRY,
)
_SINGLE_INDUSTRIES = industries.LEVELS[1:]
"""The display levels of industries, without all industries together."""


async def by_area(
    parents: Sequence[Occupation],
    context: Context,
    *,
    kind: AreaKind | None = None,
    order_by: OrderInput[SalaryOrderField] | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[Wage]]:
    """The wage cells of each occupation by area, over all industries: all areas, or those of a kind.

    They are in the order of the areas' names unless another order is chosen. Cells without the figure to order by come
    last in both directions.
    """
    with_parity = order_by is not None and order_by.field in _AT_NATIONAL_PRICES
    lists = statements.area_wages(of_a_kind=kind is not None, with_parity=with_parity)
    order = _ORDERS.order(order_by)
    asked = {} if kind is None else {"kind": kind}
    return await connections(
        context, lists, row_ids(parents), order, first=first, after=after, last=last, before=before, **asked
    )


async def by_industry(
    parents: Sequence[Occupation],
    context: Context,
    *,
    level: int | None = None,
    order_by: OrderInput[IndustrySalaryOrderField] | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[Wage]]:
    """The national wage cells of each occupation by industry: all industries, or those of one level.

    They are in the order of the industries' codes unless another order is chosen.
    """
    industries.require_level(level, _SINGLE_INDUSTRIES)
    lists = statements.industry_wages(of_a_level=level is not None)
    order = _INDUSTRY_ORDERS.order(order_by)
    asked = {} if level is None else {"level": level}
    return await connections(
        context, lists, row_ids(parents), order, first=first, after=after, last=last, before=before, **asked
    )
