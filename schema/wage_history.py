"""National wages of occupations by year."""

from typing import Annotated

import strawberry

from resolvers import salaries, sources, wage_history
from resolvers.comparisons import explanations
from schema.differences import Difference
from schema.fields import batch, described
from schema.missing import MissingFigure
from schema.salaries import Wages
from schema.sources import Source

WAGE_YEARS = 10
"""The number of years to assume in a wage history."""


@strawberry.type(
    description="National wages and employment of an occupation in May of one year, over all industries. Estimates of "
    "different years are not made to be compared: see WageChange.caveats."
)
class WageYear:
    year: Annotated[int, described("The year.")]
    annual: Annotated[
        Wages | None,
        batch(wage_history.annual, "Annual wages in dollars of the year; null if none is published."),
    ]
    hourly: Annotated[
        Wages | None, batch(salaries.hourly, "Hourly wages in dollars of the year; null if none is published.")
    ]
    constant_dollars: Annotated[
        Wages | None,
        batch(
            wage_history.constant_dollars,
            "Annual wages in dollars of the newest year of the history: annual times the price index of that year, "
            "divided by that of this year. Null if annual is null, or if a price index is not stored. A figure that "
            "annual lacks is missing here for the same reason.",
            price=1,
        ),
    ]
    price_index: Annotated[
        float | None,
        batch(
            wage_history.price_index,
            "Consumer Price Index for All Urban Consumers (CPI-U) of May, U.S. city average, all items, not seasonally "
            "adjusted; null if it is not stored.",
        ),
    ]
    price_index_source: Annotated[
        Source | None, batch(wage_history.price_source, "Source of the price index; null without a price index.")
    ]
    employment: Annotated[int | None, described("Number of wage-and-salary jobs; null if not published.")]
    wage_standard_error_percent: Annotated[
        float | None, described("Relative standard error of the mean wage, in percent; null if not published.")
    ]
    employment_standard_error_percent: Annotated[
        float | None, described("Relative standard error of employment, in percent; null if not published.")
    ]
    missing: Annotated[
        list[MissingFigure],
        batch(
            wage_history.missing,
            "Figures of this year that are null, each with its reason. All are WIDER_GROUP_ONLY in a year that has no "
            "estimate under the occupation's code.",
            size=16,
        ),
    ]
    source: Annotated[Source, batch(sources.of, "Source of the wages.")]


@strawberry.type(
    description="Change of an occupation's national wages from the first to the last year that has any. The left side "
    "of each difference is the last year, the right side the first one, so that percent is the change in percent of "
    "the first year. Wages are annual, or hourly if only these are published."
)
class WageChange:
    from_year: Annotated[int, described("First year, the right side of each difference.")]
    to_year: Annotated[int, described("Last year, the left side of each difference.")]
    mean: Annotated[
        Difference,
        described(
            "Change of the mean wage in dollars of each year. The test takes both years' estimates as independent, "
            "which they are only approximately."
        ),
    ]
    median: Annotated[
        Difference, described("Change of the median wage in dollars of each year. Medians have no standard errors.")
    ]
    real_mean: Annotated[
        Difference,
        described("Change of the mean wage in dollars of the last year, by the price index. Tested as mean is."),
    ]
    real_median: Annotated[
        Difference, described("Change of the median wage in dollars of the last year, by the price index.")
    ]
    price_percent: Annotated[
        float | None,
        described("Change of the consumer price index from the first to the last year, in percent; null without it."),
    ]
    caveats: Annotated[list[str], described("Limitations of comparing wages of different years, as sentences.")]
    sources: Annotated[
        list[Source],
        batch(explanations.sources_of, "Sources of the wages, last year first, and of the price index.", size=3),
    ]


@strawberry.type(description="Difference of both sides' national wages in May of one year, over all industries.")
class WageGap:
    year: Annotated[int, described("The year.")]
    mean: Annotated[
        Difference, described("Difference of mean wages in dollars of the year, tested with that year's errors.")
    ]
    median: Annotated[Difference, described("Difference of median wages in dollars of the year.")]
