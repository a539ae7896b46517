"""What an occupation earns."""

from typing import Annotated

import strawberry

from resolvers import areas, salaries, sources
from schema.areas import Area, Industry
from schema.enums import MissingReason, OrderDirection, RangeBasis, SalaryOrderField
from schema.fields import Argument, batch
from schema.sources import Source


@strawberry.type(description="A figure that is null, and why.")
class MissingFigure:
    figure: Annotated[str, strawberry.field(description="The figure's path, such as annual.median.")]
    reason: Annotated[MissingReason, strawberry.field(description="Why it is null.")]
    at_least: Annotated[float | None, strawberry.field(description="A bound that a top-coded figure is not below.")]


@strawberry.type(description="Two ends of a wage range, in dollars.")
class MoneyRange:
    low: Annotated[float, strawberry.field(description="The lower end.")]
    high: Annotated[float, strawberry.field(description="The upper end.")]
    basis: Annotated[RangeBasis, strawberry.field(description="What the two ends are.")]


@strawberry.type(description="Wages in dollars by the year or by the hour; null where a source gives none.")
class Wages:
    mean: Annotated[float | None, strawberry.field(description="The mean.")]
    median: Annotated[float | None, strawberry.field(description="The median: half earn less.")]
    p10: Annotated[float | None, strawberry.field(description="The 10th percentile: a tenth earn less.")]
    p25: Annotated[float | None, strawberry.field(description="The 25th percentile: a quarter earn less.")]
    p75: Annotated[float | None, strawberry.field(description="The 75th percentile: three quarters earn less.")]
    p90: Annotated[float | None, strawberry.field(description="The 90th percentile: nine tenths earn less.")]
    range: Annotated[
        MoneyRange | None,
        strawberry.field(description="The range that the source publishes, else from the 10th to the 90th percentile."),
    ]


@strawberry.type(description="What an occupation earns in one area and industry, and how many it employs there.")
class Salary:
    area: Annotated[Area, batch(areas.of, "Where.")]
    industry: Annotated[Industry, batch(areas.industry_of, "In which industry.")]
    annual: Annotated[Wages | None, batch(salaries.annual, "By the year; null where there is no such figure at all.")]
    hourly: Annotated[Wages | None, batch(salaries.hourly, "By the hour; null where there is no such figure at all.")]
    employment: Annotated[int | None, strawberry.field(description="People employed.")]
    wage_standard_error_percent: Annotated[
        float | None, strawberry.field(description="The mean wage's relative standard error, in percent.")
    ]
    employment_standard_error_percent: Annotated[
        float | None, strawberry.field(description="Employment's relative standard error, in percent.")
    ]
    jobs_per_thousand: Annotated[
        float | None, strawberry.field(description="Jobs in this occupation per thousand jobs in the area.")
    ]
    location_quotient: Annotated[
        float | None,
        strawberry.field(description="The occupation's share of the area's jobs over its share of the nation's."),
    ]
    missing: Annotated[list[MissingFigure], batch(salaries.missing, "The figures that are null, and why.")]
    source: Annotated[Source, batch(sources.of, "Where the figures come from.")]


@strawberry.type(description="Where an annual wage lies among an occupation's published percentiles in an area.")
class Offer:
    annual: Annotated[float, strawberry.field(description="The wage, in dollars a year.")]
    area: Annotated[Area, batch(areas.of, "Where it is offered.")]
    lower_percentile: Annotated[
        int | None,
        strawberry.field(
            description="The highest published percentile that is below it, or at it where exact; null below all."
        ),
    ]
    lower_wage: Annotated[float | None, strawberry.field(description="The wage at that percentile.")]
    upper_percentile: Annotated[
        int | None,
        strawberry.field(
            description="The lowest percentile that is certainly above it, or at it where exact; null above all."
        ),
    ]
    upper_wage: Annotated[
        float | None, strawberry.field(description="The wage at that percentile; null where it is top-coded.")
    ]
    upper_at_least: Annotated[
        float | None, strawberry.field(description="The bound that the upper percentile is not below, if top-coded.")
    ]
    exact: Annotated[
        bool,
        strawberry.field(
            description="Whether it is a percentile's very wage; lower and upper differ if several have that wage."
        ),
    ]
    description: Annotated[
        str,
        strawberry.field(
            description="Where it lies, in words. A wage at or above the bound of a top-coded percentile may be below "
            "or above that."
        ),
    ]
    source: Annotated[Source, batch(sources.of, "Where the percentiles come from.")]


@strawberry.input(
    description="How a list of salaries is ordered; equal ones are ordered by the area's code, those without the "
    "figure come last."
)
class SalaryOrder:
    field: Annotated[SalaryOrderField, strawberry.field(description="What to order by.")]
    direction: Annotated[OrderDirection, strawberry.field(description="Which end comes first.")] = OrderDirection.ASC


MINIMUM_EMPLOYMENT = Argument(
    int | None,
    "Leave out what employs fewer in it, or isn't published to employ so many; those that a source merely names come "
    "without employment.",
)


@strawberry.type(description="A highest-paying place, industry or company.")
class TopPay:
    name: Annotated[str, strawberry.field(description="Its name.")]
    salary: Annotated[
        float | None,
        strawberry.field(description="What it pays, in dollars a year: the mean; null where the source only names it."),
    ]
    top_coded: Annotated[
        int,
        strawberry.field(
            description="How many others of its kind have a mean that is published only as at least so much, and may "
            "pay more."
        ),
    ]
    source: Annotated[Source, batch(sources.of, "Where this comes from.")]


@strawberry.type(
    description="The highest-paying city, state, industry and company: as a source names them, else by the highest "
    "published mean annual wage, equal ones by code. Null where no source tells, or where one whose mean is top-coded "
    "certainly pays more."
)
class HighestPaying:
    city: Annotated[TopPay | None, strawberry.field(description="The highest-paying city: a metropolitan area.")]
    state: Annotated[
        TopPay | None, strawberry.field(description="The highest-paying state, the territories among them.")
    ]
    industry: Annotated[
        TopPay | None,
        strawberry.field(
            description="The highest-paying industry, of those by 4 digits of NAICS, nationwide. Those that divide a "
            "sector by its owners, such as hospitals owned by states, are not among them."
        ),
    ]
    company: Annotated[
        TopPay | None,
        strawberry.field(description="The highest-paying company; null but where a source names one."),
    ]
