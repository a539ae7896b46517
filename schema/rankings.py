"""Rankings of occupations by wages."""

from typing import Annotated

import strawberry

from resolvers import industries
from resolvers.comparisons import explanations
from schema.areas import Area, Industry
from schema.fields import batch, described
from schema.job_titles import ResolvedTitle
from schema.missing import MissingFigure
from schema.occupations import Occupation
from schema.sources import Source


@strawberry.type(description="An occupation and its rank.")
class RankingEntry:
    rank: Annotated[
        int | None,
        described(
            "Rank by mean annual wage; 1 is the highest. Equal means share a rank, and the next rank is the number of "
            "higher means plus 1. Null if no mean is published."
        ),
    ]
    occupation: Annotated[Occupation, described("The occupation.")]
    title: Annotated[
        ResolvedTitle | None, described("Job title that the occupation was asked for by; null for other keys.")
    ]
    mean: Annotated[float | None, described("Mean annual wage, in US dollars; null if not published.")]
    standard_error_percent: Annotated[
        float | None, described("Relative standard error of the mean, in percent; null if not published.")
    ]
    tied_with: Annotated[
        list[Occupation],
        described(
            "Other entries whose means do not differ significantly from this one at the 90% level, highest first. "
            "Pairs that cannot be tested are not listed. Ties are not transitive: A can be tied with B, and B with C, "
            "while A is significantly higher than C. Each pair is tested separately and approximately, because the "
            "covariance of the estimates is not published.",
            size=19,
        ),
    ]
    missing: Annotated[MissingFigure | None, described("Reason why the mean is null; null if it is published.")]


@strawberry.type(description="Occupations ranked by mean annual wage in one area or industry.")
class Ranking:
    area: Annotated[Area, described("Area of the wages.")]
    industry: Annotated[Industry, batch(industries.of, "Industry of the wages.")]
    entries: Annotated[
        list[RankingEntry],
        described(
            "Entries by mean, highest first. Entries with equal means, and those without a mean at the end, are in "
            "the order of the occupations argument.",
            size=20,
        ),
    ]
    caveats: Annotated[list[str], described("Limitations of this ranking, as sentences.")]
    sources: Annotated[
        list[Source],
        batch(explanations.sources_of, "Sources of the means, in the order of the occupations argument.", size=2),
    ]
