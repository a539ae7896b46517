"""Published facts about occupations other than wages and skills."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from db import models
from resolvers import facts, global_ids, sources, wider_groups
from schema.connections import Connection, paged
from schema.enums import EducationLevel, Experience, InterestName, JobsBasis, MonthsBasis, RequiredDegree, Training
from schema.fields import batch, described
from schema.missing import MissingFigure
from schema.nodes import GLOBAL_ID, Node, rows_of
from schema.sources import Source

if TYPE_CHECKING:
    from schema.occupations import Occupation


@strawberry.type(description="One category of a distribution.")
class Share:
    name: Annotated[str, described("Name of the category, as published.")]
    percent: Annotated[float, described("Share of the category, in percent.")]


@strawberry.type(description="The share of workers with one level of education.")
class DegreeShare:
    name: Annotated[str, described("Name of the level, as published.")]
    level: Annotated[EducationLevel, batch(facts.degree_level, "The level.")]
    percent: Annotated[float, described("Share of workers, in percent.")]


@strawberry.type(description="The share of O*NET's respondents who say that one level of education is required.")
class RequiredDegreeShare:
    name: Annotated[str, described("Name of the level, as published.")]
    level: Annotated[RequiredDegree, batch(facts.required_degree_level, "The level.")]
    percent: Annotated[float, described("Share of respondents, in percent.")]


@strawberry.type(
    description="The number of jobs in an occupation. Outlook.employmentFrom counts all jobs, self-employment included."
)
class Jobs:
    count: Annotated[int, described("Number of jobs.")]
    basis: Annotated[JobsBasis, described("What the number counts.")]
    source: Annotated[Source, batch(sources.of, "Source of the number.")]


@strawberry.type(description="Projected employment of an occupation.")
class Outlook:
    growth_percent: Annotated[
        float | None, described("Projected change in employment, in percent; null if not published.")
    ]
    from_year: Annotated[int | None, described("First year of the projection; null if not given.")]
    to_year: Annotated[int | None, described("Last year of the projection; null if not given.")]
    openings_per_year: Annotated[
        int | None, described("Average number of job openings per year, including replacements; null if not published.")
    ]
    employment_from: Annotated[
        int | None,
        described(
            "Number of all jobs in the first year: wage and salary, self-employed, on farms and in private households; "
            "null if not published."
        ),
    ]
    employment_to: Annotated[
        int | None,
        described("Projected number of all jobs in the last year, counted like employmentFrom; null if not published."),
    ]
    source: Annotated[Source, batch(sources.of, "Source of the projection.")]


@strawberry.type(
    description="How characteristic one of Holland's types is of an occupation's work. O*NET estimates the scores by "
    "machine learning and publishes no standard errors."
)
class Interest:
    name: Annotated[InterestName, described("The type.")]
    score: Annotated[
        float, described("O*NET's score, from 1 (not characteristic of the work) to 7 (extremely characteristic).")
    ]
    rank: Annotated[
        int,
        described(
            "Rank by score, from 1 to 6; 1 is the highest. Equal scores are in the order of O*NET's high points, then "
            "of the six types."
        ),
    ]
    high_point: Annotated[
        int | None,
        described(
            "Place, from 1 to 3, among the types that O*NET marks as most characteristic of the work; null for the "
            "others. O*NET marks one to three."
        ),
    ]
    source: Annotated[Source, batch(sources.of, "Source of the score.")]


@strawberry.type(description="A field of study that prepares for an occupation.")
class FieldOfStudy(Node):
    id: Annotated[strawberry.ID, batch(global_ids.ids("FieldOfStudy", "code"), GLOBAL_ID)]
    code: Annotated[str, described("Code in the Classification of Instructional Programs (CIP) 2020.")]
    title: Annotated[str, described("CIP title.")]
    source: Annotated[Source, batch(sources.of, "Source that relates the field of study to the occupation.")]

    is_type_of = rows_of(models.FieldOfStudy)


@strawberry.type(
    description="A wider group of occupations for which a source publishes one figure. The figure enters no filter, "
    "order or ranking, and is not compared with a figure of the same group."
)
class PublishedFor:
    name: Annotated[str, described("Name of the group.")]
    occupations: Annotated[
        list[Annotated["Occupation", strawberry.lazy("schema.occupations")]],
        described("Occupations in the group, by code, the one that it was selected from included.", size=37),
    ]
    source: Annotated[Source, batch(sources.of, "Source that defines the group.")]


@strawberry.type(description="Education of an occupation's workers, and its typical entry requirements.")
class Education:
    most_common_degree: Annotated[
        str | None,
        described(
            "Most common level of education among workers; null if not published, if several are equally common, or "
            "if a category that is not published could be more common."
        ),
    ]
    most_common_degree_level: Annotated[
        EducationLevel | None,
        batch(facts.most_common_degree_level, "Level of mostCommonDegree; null where that is null."),
    ]
    degrees: Annotated[
        list[DegreeShare],
        batch(
            facts.degrees,
            "Shares of workers by level of education, in the categories that are published; empty if none is.",
            size=7,
        ),
    ]
    degrees_sum: Annotated[
        float | None, batch(facts.degrees_sum, "Sum of degrees, in percent; null if none is published.")
    ]
    degrees_published_for: Annotated[
        PublishedFor | None,
        batch(
            wider_groups.degrees_published_for,
            "Wider group that degrees and mostCommonDegree are published for; null where they are the occupation's "
            "own. The other figures always are.",
            price=1,
        ),
    ]
    most_common_major: Annotated[
        str | None, described("Most common field of study among workers; null if not published.")
    ]
    majors: Annotated[
        Connection[FieldOfStudy] | None,
        paged(
            facts.majors,
            "Fields of study that prepare for the occupation, by code. The shares of workers by field are not "
            "published.",
            price=2,
        ),
    ]
    most_common_college: Annotated[str | None, described("Most common college among workers; null if not published.")]
    typical_entry: Annotated[
        str | None, described("Education that is typically needed for entry; null if not published.")
    ]
    typical_entry_level: Annotated[
        EducationLevel | None, batch(facts.typical_entry_level, "Level of typicalEntry; null where that is null.")
    ]
    related_experience: Annotated[
        str | None,
        described("Work experience in a related occupation that is typically needed for entry; null if not published."),
    ]
    related_experience_level: Annotated[
        Experience | None,
        batch(facts.related_experience_level, "Level of relatedExperience; null where that is null."),
    ]
    on_the_job_training: Annotated[
        str | None,
        described("On-the-job training that is typically needed to become competent; null if not published."),
    ]
    on_the_job_training_level: Annotated[
        Training | None, batch(facts.on_the_job_training_level, "Level of onTheJobTraining; null where that is null.")
    ]
    required_degrees: Annotated[
        list[RequiredDegreeShare],
        batch(
            facts.required_degrees,
            "Levels of education that are required of new workers, each with the percentage of O*NET survey "
            "respondents who say so. Levels whose estimate is suppressed are only in missing; empty if none is "
            "published.",
            size=12,
        ),
    ]
    required_degrees_sum: Annotated[
        float | None,
        batch(
            facts.required_degrees_sum,
            "Sum of requiredDegrees, in percent: less than 100 if levels are suppressed; null if none is published.",
            price=2,
        ),
    ]
    most_common_required_degree: Annotated[
        str | None,
        batch(
            facts.most_common_required_degree,
            "Level that most respondents say is required; null if not published, if several are equally common, or if "
            "a suppressed level could be more common.",
            price=2,
        ),
    ]
    most_common_required_degree_level: Annotated[
        RequiredDegree | None,
        batch(
            facts.most_common_required_degree_level,
            "Level of mostCommonRequiredDegree; null where that is null.",
            price=2,
        ),
    ]
    required_degrees_source: Annotated[
        Source | None,
        batch(facts.required_degrees_source, "Source of the required levels; null if there is none.", price=2),
    ]
    missing: Annotated[
        list[MissingFigure],
        batch(
            facts.education_missing,
            "Figures that are null, empty or incomplete, each with its reason. A category of a distribution is named "
            "like requiredDegrees.Bachelor's Degree.",
            price=2,
            size=20,
        ),
    ]
    source: Annotated[Source, batch(sources.of, "Source of the degrees and the entry requirements.")]


@strawberry.type(
    description="Median usual weekly earnings of full-time wage and salary workers, in US dollars. A figure is null "
    "if it is not published."
)
class WeeklyEarnings:
    everyone: Annotated[int | None, described("Median of all workers.")]
    men: Annotated[int | None, described("Median of men.")]
    women: Annotated[int | None, described("Median of women.")]
    published_for: Annotated[
        PublishedFor | None,
        batch(
            wider_groups.published_for,
            "Wider group that the figures are published for; null where they are the occupation's own.",
            price=1,
        ),
    ]
    missing: Annotated[
        list[MissingFigure],
        batch(facts.weekly_earnings_missing, "Figures that are null, each with its reason.", size=3),
    ]
    source: Annotated[Source, batch(sources.of, "Source of the earnings.")]


@strawberry.type(
    description="Demographics of an occupation's workers. Each figure comes from the first source with it."
)
class Demographics:
    average_age: Annotated[float | None, described("Mean age, in years; null if not published.")]
    median_age: Annotated[float | None, described("Median age, in years; null if not published.")]
    gender: Annotated[list[Share], batch(facts.gender, "Shares by gender; empty if not published.", size=2)]
    race: Annotated[list[Share], batch(facts.race, "Shares by race and ethnicity; empty if not published.", size=6)]
    race_is_exclusive: Annotated[
        bool,
        described(
            "Whether every worker is in exactly one category of race. False if categories overlap, as Hispanic origin "
            "does with race in the Current Population Survey."
        ),
    ]
    lgbt_percent: Annotated[float | None, described("Share of LGBT workers, in percent; null if not published.")]
    published_for: Annotated[
        PublishedFor | None,
        batch(
            wider_groups.published_for,
            "Wider group that the figures are published for; null where they are the occupation's own.",
            price=1,
        ),
    ]
    missing: Annotated[
        list[MissingFigure],
        batch(
            facts.demographics_missing,
            "Figures that are null, empty or incomplete, each with its reason. A category of a distribution is named "
            "like race.Asian.",
            price=2,
            size=8,
        ),
    ]
    source: Annotated[Source, batch(sources.of, "Source of the ages, or of the other figures if no age is published.")]
    sources: Annotated[
        list[Source],
        batch(facts.demographics_sources, "All sources of these figures, the source of the ages first.", size=2),
    ]


@strawberry.type(description="A range of months of preparation.")
class MonthRange:
    basis: Annotated[MonthsBasis, batch(facts.months_basis, "Meaning of the range.")]
    minimum_months: Annotated[int, described("Minimum number of months.")]
    maximum_months: Annotated[int | None, described("Maximum number of months; null if the range has no upper end.")]
    source: Annotated[Source, batch(sources.of, "Source of the range.")]


@strawberry.type(description="A responsibility or task of an occupation's workers.")
class Responsibility:
    text: Annotated[str, described("The task, as a sentence.")]
    core: Annotated[
        bool | None,
        described(
            "Whether O*NET classifies the task as core (true) or supplemental (false); null if the source does not "
            "classify it."
        ),
    ]
    source: Annotated[Source, batch(sources.of, "Source of the task.")]


@strawberry.type(description="Another title of an occupation.")
class AlternateTitle:
    title: Annotated[str, described("The title.")]
    source: Annotated[Source, batch(sources.of, "Source of the title.")]
