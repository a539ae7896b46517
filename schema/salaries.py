"""Wages of occupations."""

from typing import Annotated

import strawberry

from resolvers import areas, industries, salaries, sources, top_pay
from schema.areas import Area, Industry
from schema.enums import (
    IndustrySalaryOrderField,
    OrderDirection,
    RangeBasis,
    SalaryOrderField,
)
from schema.fields import Argument, batch, described
from schema.missing import MissingFigure
from schema.sources import Source


@strawberry.type(description="A range of wages, in US dollars.")
class MoneyRange:
    low: Annotated[float, described("Lower end of the range.")]
    high: Annotated[float, described("Upper end of the range.")]
    basis: Annotated[RangeBasis, described("Meaning of the two ends.")]


@strawberry.type(
    description="Annual or hourly wages in US dollars. A figure is null if the source does not publish it; "
    "Salary.missing gives the reason."
)
class Wages:
    mean: Annotated[float | None, described("Mean wage.")]
    median: Annotated[float | None, described("Median wage: half of the workers earn less.")]
    p10: Annotated[float | None, described("10th percentile: 10% of the workers earn less.")]
    p25: Annotated[float | None, described("25th percentile: 25% of the workers earn less.")]
    p75: Annotated[float | None, described("75th percentile: 75% of the workers earn less.")]
    p90: Annotated[float | None, described("90th percentile: 90% of the workers earn less.")]
    range: Annotated[
        MoneyRange | None,
        described(
            "Range that the source publishes, otherwise the 10th to the 90th percentile; null if neither is published."
        ),
    ]


@strawberry.type(
    description="Wages and employment of an occupation in one area and industry, of wage-and-salary jobs: the "
    "self-employed, most farms and private households are not included."
)
class Salary:
    area: Annotated[Area, batch(areas.of, "Area of the figures.")]
    industry: Annotated[Industry, batch(industries.of, "Industry of the figures.")]
    annual: Annotated[
        Wages | None,
        batch(
            salaries.annual,
            "Annual wages; null if none is published. For most occupations they are 2,080 hours at the hourly wage, "
            "also for part-time and seasonal jobs. If no hourly wage is published, they are the annual pay that "
            "employers report.",
        ),
    ]
    hourly: Annotated[
        Wages | None,
        batch(
            salaries.hourly,
            "Hourly wages; null if none is published, as for occupations that are mostly paid by the year.",
        ),
    ]
    at_national_prices: Annotated[
        Wages | None,
        batch(
            salaries.at_national_prices,
            "Annual wages at national prices: each divided by (Area.priceParity / 100), so that they can be compared "
            "between areas after the cost of living. A figure that is null in annual is null here too. Null without "
            "annual wages or without a price parity, for which missing gives the reason.",
            price=1,
        ),
    ]
    employment: Annotated[int | None, described("Number of wage-and-salary jobs; null if not published.")]
    wage_standard_error_percent: Annotated[
        float | None, described("Relative standard error of the mean wage, in percent; null if not published.")
    ]
    employment_standard_error_percent: Annotated[
        float | None, described("Relative standard error of employment, in percent; null if not published.")
    ]
    jobs_per_thousand: Annotated[
        float | None,
        described("Jobs in this occupation per thousand jobs in the area; null if not published, and for the nation."),
    ]
    location_quotient: Annotated[
        float | None,
        described(
            "Occupation's share of the area's jobs divided by its share of the nation's jobs; null if not published, "
            "and for the nation."
        ),
    ]
    caveats: Annotated[list[str], batch(salaries.caveats, "Limitations of these figures, as sentences; mostly empty.")]
    missing: Annotated[
        list[MissingFigure],
        batch(salaries.missing, "Figures of this cell that are null, each with its reason.", size=17, price=1),
    ]
    source: Annotated[Source, batch(sources.of, "Source of the figures.")]


@strawberry.type(description="Position of an annual wage among an occupation's published percentiles in an area.")
class Offer:
    annual: Annotated[float, described("The wage, in US dollars per year.")]
    area: Annotated[Area, batch(areas.of, "Area whose wages it is placed among.")]
    lower_percentile: Annotated[
        int | None,
        described(
            "Highest published percentile below the wage, or the percentile that equals it if exact; null if all are "
            "above."
        ),
    ]
    lower_wage: Annotated[
        float | None, described("Wage at the lower percentile, in US dollars per year; null without one.")
    ]
    upper_percentile: Annotated[
        int | None,
        described(
            "Lowest percentile that is certain to be above the wage, or the percentile that equals it if exact; null "
            "if none is certain."
        ),
    ]
    upper_wage: Annotated[
        float | None,
        described("Wage at the upper percentile, in US dollars per year; null without one or if it is top-coded."),
    ]
    upper_at_least: Annotated[
        float | None, described("Lower bound of a top-coded upper percentile, in US dollars per year; otherwise null.")
    ]
    exact: Annotated[
        bool,
        described(
            "Whether the wage equals a published percentile. If several percentiles have that wage, lowerPercentile "
            "and upperPercentile are the first and the last of them."
        ),
    ]
    description: Annotated[
        str,
        described(
            "The position in words. A wage at or above the lower bound of a top-coded percentile can be below or "
            "above that percentile."
        ),
    ]
    source: Annotated[Source, batch(sources.of, "Source of the percentiles.")]


@strawberry.input(
    description="Order of a list of salaries. Equal figures are ordered by area code. Areas without the figure come "
    "last."
)
class SalaryOrder:
    field: Annotated[SalaryOrderField, described("Figure to order by.")]
    direction: Annotated[OrderDirection, described("Ascending or descending.")] = OrderDirection.ASC


@strawberry.input(
    description="Order of a list of salaries by industry. Equal figures are ordered by industry code. Industries "
    "without the figure come last."
)
class IndustrySalaryOrder:
    field: Annotated[IndustrySalaryOrderField, described("Figure to order by.")]
    direction: Annotated[OrderDirection, described("Ascending or descending.")] = OrderDirection.ASC


AT_NATIONAL_PRICES = Argument(
    bool | None,
    "Whether places are chosen by their means at national prices, which are the means divided by (Area.priceParity / "
    "100). Places without a price parity are then left out, and so are those that a source only names.",
)

MINIMUM_EMPLOYMENT = Argument(
    int | None,
    "Minimum published employment of the occupation in a place or industry for it to be considered. It does not apply "
    "to those that a source names, because they come without employment.",
)


@strawberry.type(description="A highest-paying place, industry or company.")
class TopPay:
    name: Annotated[str, described("Name of the place, industry or company.")]
    salary: Annotated[
        float | None, described("Mean annual wage there, in US dollars; null if the source gives only the name.")
    ]
    at_national_prices: Annotated[
        float | None,
        batch(
            top_pay.at_national_prices,
            "Mean annual wage at national prices, in US dollars: salary / (Area.priceParity / 100). For an industry, "
            "which is nationwide, it is the salary. Null without a price parity, and where a source only names this "
            "one.",
        ),
    ]
    top_coded: Annotated[
        int,
        described(
            "Number of other places or industries whose mean is top-coded, which means that they could pay more."
        ),
    ]
    standard_error_percent: Annotated[
        float | None, described("Relative standard error of the mean, in percent; null if not published.")
    ]
    not_clearly_above: Annotated[
        int | None,
        described(
            "Number of other places or industries whose mean is not significantly lower at the 90% level, or cannot be "
            "tested. The highest of many estimates tends to be too high. Null if a source names this one."
        ),
    ]
    minimum_employment: Annotated[
        int | None,
        described(
            "Minimum number of jobs of the places or industries that were considered; null if a source names this one."
        ),
    ]
    area: Annotated[
        Area | None,
        batch(top_pay.area, "The place; null for an industry or a company, and where a source only names the place."),
    ]
    industry: Annotated[
        Industry | None,
        batch(top_pay.industry, "The industry; null for a place or a company, and where a source only names it."),
    ]
    source: Annotated[Source, batch(sources.of, "Source of the name and the wage.")]


@strawberry.type(
    description="The highest-paying city, state, industry and company: those that a source names, otherwise those "
    "with the highest published mean annual wage; of equal means, the first by code. Null if there is no such figure, "
    "or if a top-coded mean elsewhere is certain to be higher."
)
class HighestPaying:
    city: Annotated[TopPay | None, described("Highest-paying metropolitan area.")]
    state: Annotated[TopPay | None, described("Highest-paying state or territory.")]
    industry: Annotated[
        TopPay | None,
        described(
            "Highest-paying 4-digit NAICS industry, nationwide. Industries split by ownership, such as state-owned "
            "hospitals, are excluded."
        ),
    ]
    company: Annotated[TopPay | None, described("Highest-paying company; null unless a source names one.")]
