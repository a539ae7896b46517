"""What a source says of an occupation besides its wages."""

from typing import Annotated

import strawberry

from resolvers import facts, sources
from schema.connections import AFTER, FIRST, Connection
from schema.enums import JobsBasis
from schema.fields import batch
from schema.sources import Source


@strawberry.type(description="One category of a distribution.")
class Share:
    name: Annotated[str, strawberry.field(description="The category, as its source prints it.")]
    percent: Annotated[float, strawberry.field(description="Its share, in percent.")]


@strawberry.type(description="A number of jobs.")
class Jobs:
    count: Annotated[int, strawberry.field(description="How many.")]
    basis: Annotated[JobsBasis, strawberry.field(description="What is counted.")]
    source: Annotated[Source, batch(sources.of, "Where the count comes from.")]


@strawberry.type(description="How an occupation is projected to grow.")
class Outlook:
    growth_percent: Annotated[float | None, strawberry.field(description="The change in employment, in percent.")]
    from_year: Annotated[int | None, strawberry.field(description="The year it is counted from; null if not given.")]
    to_year: Annotated[int | None, strawberry.field(description="The year it is counted to; null if not given.")]
    openings_per_year: Annotated[
        int | None, strawberry.field(description="Openings a year on average, replacements included: a count of jobs.")
    ]
    employment_from: Annotated[
        int | None, strawberry.field(description="Jobs in the first year, the self-employed's included.")
    ]
    employment_to: Annotated[
        int | None, strawberry.field(description="Jobs projected for the last year, the self-employed's included.")
    ]
    source: Annotated[Source, batch(sources.of, "Where the projection comes from.")]


@strawberry.type(description="A field of study that prepares for an occupation.")
class FieldOfStudy:
    code: Annotated[str, strawberry.field(description="Its code in the Classification of Instructional Programs.")]
    title: Annotated[str, strawberry.field(description="Its title there.")]
    source: Annotated[Source, batch(sources.of, "Who says that it prepares for the occupation.")]


@strawberry.type(description="What workers in an occupation have studied, and what entry typically needs.")
class Education:
    most_common_degree: Annotated[str | None, strawberry.field(description="The degree that most of them hold.")]
    degrees: Annotated[list[Share], batch(facts.degrees, "Shares of the degrees that the source gives.")]
    most_common_major: Annotated[str | None, strawberry.field(description="The field that most of them studied.")]
    majors: Annotated[
        Connection[FieldOfStudy],
        batch(
            facts.majors,
            "Fields of study that prepare for it, by code. Nobody publishes how many studied which.",
            first=FIRST,
            after=AFTER,
        ),
    ]
    most_common_college: Annotated[str | None, strawberry.field(description="The college most of them went to.")]
    typical_entry: Annotated[str | None, strawberry.field(description="The education typically needed to enter.")]
    related_experience: Annotated[
        str | None, strawberry.field(description="The experience in a related occupation typically needed to enter.")
    ]
    on_the_job_training: Annotated[
        str | None, strawberry.field(description="The training on the job typically needed to become competent.")
    ]
    required_degrees: Annotated[
        list[Share],
        batch(facts.required_degrees, "What those in it say is required of newcomers, in percent of those asked."),
    ]
    source: Annotated[Source, batch(sources.of, "Where the degrees and the typical needs come from.")]


@strawberry.type(description="Median usual weekly earnings of full-time workers, in dollars; null where not published.")
class WeeklyEarnings:
    everyone: Annotated[int | None, strawberry.field(description="Of everyone.")]
    men: Annotated[int | None, strawberry.field(description="Of men.")]
    women: Annotated[int | None, strawberry.field(description="Of women.")]
    source: Annotated[Source, batch(sources.of, "Where this comes from.")]


@strawberry.type(description="Who works in an occupation.")
class Demographics:
    average_age: Annotated[float | None, strawberry.field(description="The mean age, in years.")]
    median_age: Annotated[float | None, strawberry.field(description="The median age, in years.")]
    gender: Annotated[list[Share], batch(facts.gender, "Shares by gender.")]
    race: Annotated[list[Share], batch(facts.race, "Shares by race and ethnicity, as published.")]
    race_is_exclusive: Annotated[
        bool,
        strawberry.field(
            description="Whether everybody is in exactly one category. False where Hispanic origin overlaps the races."
        ),
    ]
    lgbt_percent: Annotated[float | None, strawberry.field(description="The share of LGBT workers, in percent.")]
    source: Annotated[Source, batch(sources.of, "Where the ages come from, or whatever there is.")]
    sources: Annotated[
        list[Source], batch(facts.demographics_sources, "Where all of this comes from, the ages' source first.")
    ]


@strawberry.type(description="A span of months.")
class MonthRange:
    minimum_months: Annotated[int, strawberry.field(description="At least so many.")]
    maximum_months: Annotated[int | None, strawberry.field(description="At most so many; null where it is open.")]
    source: Annotated[Source, batch(sources.of, "Where this comes from.")]


@strawberry.type(description="One thing that people in an occupation do.")
class Responsibility:
    text: Annotated[str, strawberry.field(description="What they do, in a sentence.")]
    core: Annotated[
        bool | None,
        strawberry.field(description="Whether it is core to the occupation; null where the source doesn't say."),
    ]
    source: Annotated[Source, batch(sources.of, "Where this comes from.")]


@strawberry.type(description="Another name of an occupation.")
class AlternateTitle:
    title: Annotated[str, strawberry.field(description="The name.")]
    source: Annotated[Source, batch(sources.of, "Where this comes from.")]
