"""Occupations ranked by what they earn."""

from typing import Annotated

import strawberry

from resolvers.comparisons import explanations
from schema.areas import Area
from schema.fields import batch
from schema.occupations import Occupation
from schema.salaries import MissingFigure
from schema.sources import Source


@strawberry.type(description="An occupation in its place.")
class RankingEntry:
    rank: Annotated[
        int | None,
        strawberry.field(
            description="1 is the highest mean. Equal means share a rank, and the next rank counts all that are ahead "
            "of it. Null where no mean is published."
        ),
    ]
    occupation: Annotated[Occupation, strawberry.field(description="The occupation.")]
    mean: Annotated[
        float | None, strawberry.field(description="Its mean annual wage, in dollars; null where none is published.")
    ]
    standard_error_percent: Annotated[
        float | None, strawberry.field(description="The mean's relative standard error, in percent.")
    ]
    tied_with: Annotated[
        list[Occupation],
        strawberry.field(
            description="The others whose means differ from this one by no more than chance, at the 90% level, highest "
            "first: neither is clearly ahead. Pairs that can't be tested are not in it. Ties are not transitive: A may "
            "be tied with B and B with C, and A clearly ahead of C. Each pair is tested by itself and approximately: "
            "the covariance of the two estimates is not published."
        ),
    ]
    missing: Annotated[
        MissingFigure | None, strawberry.field(description="Why the mean is null; null where it is published.")
    ]


@strawberry.type(description="Occupations by mean annual wage in one area, over all industries.")
class Ranking:
    area: Annotated[Area, strawberry.field(description="Where.")]
    entries: Annotated[
        list[RankingEntry],
        strawberry.field(
            description="Highest mean first, and those without a published mean last; otherwise in the order asked for."
        ),
    ]
    caveats: Annotated[list[str], strawberry.field(description="What to know before trusting this.")]
    sources: Annotated[
        list[Source], batch(explanations.sources_of, "Where the means come from, in the order asked for.")
    ]
