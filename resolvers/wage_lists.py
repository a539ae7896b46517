"""An occupation's wages in one area after another, and in one industry after another."""

from collections.abc import Sequence
from enum import Enum
from functools import cache
from typing import Protocol

from sqlmodel import col

from db import statements
from db.models import Area, Occupation, Wage
from db.paging import Key
from db.vocabulary import AreaKind
from resolvers.connections import Order, Page, connections
from resolvers.context import Context
from resolvers.occupations import OrderDirection, row_ids


class SalaryOrderField(Enum):
    """What a list of salaries can be ordered by. Wages are annual."""

    AREA = "AREA"
    MEAN = "MEAN"
    MEDIAN = "MEDIAN"
    EMPLOYMENT = "EMPLOYMENT"
    JOBS_PER_THOUSAND = "JOBS_PER_THOUSAND"
    LOCATION_QUOTIENT = "LOCATION_QUOTIENT"


class SalaryOrderInput(Protocol):
    """How a list of salaries is to be ordered."""

    field: SalaryOrderField
    direction: OrderDirection


_COLUMNS = {
    SalaryOrderField.AREA: col(Area.name),
    SalaryOrderField.MEAN: col(Wage.annual_mean),
    SalaryOrderField.MEDIAN: col(Wage.annual_median),
    SalaryOrderField.EMPLOYMENT: col(Wage.employment),
    SalaryOrderField.JOBS_PER_THOUSAND: col(Wage.jobs_per_thousand),
    SalaryOrderField.LOCATION_QUOTIENT: col(Wage.location_quotient),
}
_BY_AREA = Order("salaries by area", (Key(col(Area.name)), Key(col(Wage.area_code))))
_BY_INDUSTRY = Order("salaries by industry", (Key(col(Wage.industry_code)),))


async def by_area(
    parents: Sequence[Occupation],
    context: Context,
    *,
    kind: AreaKind | None = None,
    order_by: SalaryOrderInput | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Sequence[Page[Wage]]:
    """The cells of each occupation in areas of a kind, over all industries, by the areas' names unless asked otherwise.

    Cells without the figure that orders them come last, whichever way the order runs.
    """
    lists = statements.area_wages(of_a_kind=kind is not None)
    order = _BY_AREA if order_by is None else _order(order_by.field, order_by.direction)
    asked = {} if kind is None else {"kind": kind}
    return await connections(context, lists, row_ids(parents), order, first=first, after=after, **asked)


@cache
def _order(field: SalaryOrderField, direction: OrderDirection) -> Order:
    figure = Key(
        _COLUMNS[field],
        descending=direction is OrderDirection.DESC,
        nullable=field is not SalaryOrderField.AREA,
    )
    return Order(f"salaries by {field.value} {direction.value}", (figure, Key(col(Wage.area_code))))


async def by_industry(
    parents: Sequence[Occupation], context: Context, *, first: int | None = None, after: str | None = None
) -> Sequence[Page[Wage]]:
    """The national cells of each occupation in single industries, by the industries' codes."""
    lists = statements.industry_wages()
    return await connections(context, lists, row_ids(parents), _BY_INDUSTRY, first=first, after=after)
