"""Rankings of occupations by one figure."""

from typing import Annotated

import strawberry

from resolvers import industries
from resolvers.comparisons import explanations
from schema.areas import Area, Industry
from schema.enums import RankingMeasure, Unit
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
            "Rank; 1 is the highest. Equal figures share a rank, and the next rank is the number of higher figures "
            "plus 1. Null if the figure is not published, or not comparable with the others, which a caveat says."
        ),
    ]
    highest_rank: Annotated[
        int | None,
        described(
            "Highest rank within the ties: 1 plus the number of entries that are higher and not tied. Null where rank "
            "is null."
        ),
    ]
    lowest_rank: Annotated[
        int | None,
        described(
            "Lowest rank within the ties: the number of ranked entries minus those that are lower and not tied. Equal "
            "to highestRank if the rank is clear. Null where rank is null."
        ),
    ]
    occupation: Annotated[Occupation, described("The occupation.")]
    title: Annotated[
        ResolvedTitle | None, described("Job title that the occupation was asked for by; null for other keys.")
    ]
    value: Annotated[float | None, described("Figure that is ranked, in the ranking's unit; null if not published.")]
    standard_error_percent: Annotated[
        float | None, described("Relative standard error of the figure, in percent; null if not published.")
    ]
    tied_with: Annotated[
        list[Occupation],
        described(
            "Other entries whose figures do not differ significantly from this one at the 90% level, highest first. "
            "Projections, which have no standard errors, are tied if they differ by no more than their rounding: 0.1 "
            "percentage points of growth, 100 openings. Other pairs that cannot be tested are not listed. Ties are not "
            "transitive: A can be tied with B, and B with C, while A is significantly higher than C. Each pair is "
            "tested separately and approximately, because the covariance of the estimates is not published.",
            size=19,
        ),
    ]
    missing: Annotated[MissingFigure | None, described("Reason why the value is null; null if it is published.")]


@strawberry.type(description="Occupations ranked by one figure in one area or industry.")
class Ranking:
    measure: Annotated[RankingMeasure, described("Figure that is ranked.")]
    unit: Annotated[Unit, described("Unit of the figures.")]
    area: Annotated[Area, described("Area of the figures.")]
    industry: Annotated[Industry, batch(industries.of, "Industry of the figures.")]
    entries: Annotated[
        list[RankingEntry],
        described(
            "Entries by figure, highest first. Entries with equal figures, and those without a rank at the end, are in "
            "the order of the occupations argument.",
            size=20,
        ),
    ]
    caveats: Annotated[list[str], described("Limitations of this ranking, as sentences.")]
    sources: Annotated[
        list[Source],
        batch(explanations.sources_of, "Sources of the figures, in the order of the occupations argument.", size=2),
    ]
