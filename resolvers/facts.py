"""Published facts about occupations other than wages and skills.

Jobs, outlook, education, demographics, preparation, descriptions, responsibilities and titles: one row or a short list
of an occupation, as its source publishes it.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeVar

from sqlmodel import col

from db import models, statements
from db.distributions import most_common
from db.models import (
    AlternateTitle,
    Description,
    Education,
    FieldOfStudy,
    JobCount,
    Occupation,
    Outlook,
    Preparation,
    Responsibility,
    Share,
    Source,
    WeeklyEarnings,
)
from db.paging import Key
from db.vocabulary import (
    SOURCES_OF_WORDS,
    EducationLevel,
    Experience,
    MissingReason,
    RequiredDegree,
    ShareKind,
    Training,
    WordsSource,
)
from resolvers import sources
from resolvers.connections import Order, Page, connections
from resolvers.context import Context
from resolvers.missing import MissingFigure
from resolvers.occupations import row_ids

T = TypeVar("T")

_RESPONSIBILITIES = Order("responsibilities", (Key(col(Responsibility.position)),))
_FIELDS_OF_STUDY = Order("fields of study", (Key(col(FieldOfStudy.code)),))
_ALTERNATE_TITLES = Order("alternate titles", (Key(col(AlternateTitle.title)),))


_DESCRIBED_BY = (*SOURCES_OF_WORDS[WordsSource.ROLEGRAPH], "soc")
"""The ids of the sources whose descriptions come first: ours, then the classification's definitions."""


class OfOccupation(Protocol):
    """A row about one occupation."""

    @property
    def occupation_id(self) -> int:
        """The occupation's row id."""
        ...


async def jobs(parents: Sequence[Occupation], context: Context) -> Sequence[JobCount | None]:
    """The number of jobs in each occupation."""
    return await context.database.first_each(statements.one_each(JobCount), row_ids(parents))


async def outlook(parents: Sequence[Occupation], context: Context) -> Sequence[Outlook | None]:
    """The projected growth of each occupation."""
    return await context.database.first_each(statements.one_each(Outlook), row_ids(parents))


async def education(parents: Sequence[Occupation], context: Context) -> Sequence[Education | None]:
    """The education of workers in each occupation."""
    return await context.database.first_each(statements.one_each(Education), row_ids(parents))


async def weekly_earnings(parents: Sequence[Occupation], context: Context) -> Sequence[WeeklyEarnings | None]:
    """The median weekly earnings of full-time workers in each occupation, by sex."""
    return await context.database.first_each(statements.one_each(WeeklyEarnings), row_ids(parents))


class Demographics(NamedTuple):
    """The workers in an occupation. Each figure comes from the first source that has it."""

    occupation_id: int
    average_age: float | None
    median_age: float | None
    lgbt_percent: float | None
    race_is_exclusive: bool
    source_id: str
    source_ids: Sequence[str]
    has_shares: bool
    """Whether there are shares by gender or race."""
    group_code: str | None
    """The wider group that the figures are published for."""
    reasons: Mapping[str, MissingReason]
    """Why the median age and the distributions are missing, where a source says so, by their names in the API."""


async def demographics(parents: Sequence[Occupation], context: Context) -> Sequence[Demographics | None]:
    """The demographics of workers in each occupation."""
    return await context.database.made_each(merged_demographics, statements.demographics(), row_ids(parents))


def merged_demographics(rows: Sequence[models.Demographics]) -> Demographics | None:
    """Merge the rows of an occupation's sources."""
    if not rows:
        return None
    reasons = {_CAMEL[name]: _reason(given) for row in rows for name, given in (row.missing or {}).items()}
    # The source with an age comes first and becomes the source of the whole. Sources without figures are left out.
    if len(rows) > 1:
        rows = sorted(rows, key=lambda row: row.average_age is None and row.median_age is None)
        rows = [row for row in rows if _has_figures(row)] or rows
    primary = rows[0]
    return Demographics(
        primary.occupation_id,
        _first_given([row.average_age for row in rows]),
        _first_given([row.median_age for row in rows]),
        _first_given([row.lgbt_percent for row in rows]),
        # Shares may overlap unless a source says that they are exclusive.
        _first_given([row.race_is_exclusive for row in rows]) or False,
        primary.source_id,
        [row.source_id for row in rows],
        any(row.race_is_exclusive is not None for row in rows),
        _first_given([row.group_code for row in rows]),
        reasons,
    )


_CAMEL = {"median_age": "medianAge", "gender": "gender", "race": "race"}
"""The names of figures in Demographics.missing, and in the API."""


def _reason(given: Mapping[str, Any]) -> MissingReason:
    return MissingReason(given.get("reason", MissingReason.NOT_COLLECTED))


def _has_figures(row: models.Demographics) -> bool:
    figures = (row.average_age, row.median_age, row.lgbt_percent, row.race_is_exclusive)
    return any(figure is not None for figure in figures)


def _first_given(figures: Sequence[T | None]) -> T | None:
    return next((figure for figure in figures if figure is not None), None)


async def demographics_sources(parents: Sequence[Demographics], context: Context) -> Sequence[Sequence[Source]]:
    """The sources of each row, with the source of the ages first."""
    found = await sources.by_id(context)
    return [[found[source] for source in parent.source_ids] for parent in parents]


async def description(parents: Sequence[Occupation], context: Context) -> Sequence[Description | None]:
    """The description of each occupation: the SOC's if it has one, else the first source's."""
    return await context.database.made_each(_preferred, statements.descriptions(), row_ids(parents))


def _preferred(rows: Sequence[Description]) -> Description | None:
    return min(rows, key=_precedence, default=None)


def _precedence(row: Description) -> int:
    return _DESCRIBED_BY.index(row.source_id) if row.source_id in _DESCRIBED_BY else len(_DESCRIBED_BY)


async def description_text(parents: Sequence[Occupation], context: Context) -> Sequence[str | None]:
    """The description's text."""
    return [None if row is None else row.text for row in await context.load_many(description, parents)]


async def description_source(parents: Sequence[Occupation], context: Context) -> Sequence[Source | None]:
    """The source of the description."""
    rows = await context.load_many(description, parents)
    found = await sources.by_id(context)
    return [None if row is None else found[row.source_id] for row in rows]


async def preparation(parents: Sequence[Occupation], context: Context) -> Sequence[Preparation | None]:
    """The preparation that each occupation requires."""
    return await context.database.first_each(statements.one_each(Preparation), row_ids(parents))


async def time_to_become(parents: Sequence[Occupation], context: Context) -> Sequence[Preparation | None]:
    """The preparation rows that have a range of months to become one; its upper end may be open."""
    rows = await context.load_many(preparation, parents)
    return [row if row and row.minimum_months is not None else None for row in rows]


class MonthsBasis(Enum):
    """The meaning of a range of months to become one."""

    AS_PUBLISHED = "AS_PUBLISHED"
    VOCATIONAL_PREPARATION = "VOCATIONAL_PREPARATION"


def months_basis(parents: Sequence[Preparation], _: Context) -> list[MonthsBasis]:
    """The meaning of each range: O*NET's job zones come with a range of Specific Vocational Preparation."""
    return [MonthsBasis.AS_PUBLISHED if row.job_zone is None else MonthsBasis.VOCATIONAL_PREPARATION for row in parents]


async def job_zone(parents: Sequence[Occupation], context: Context) -> Sequence[int | None]:
    """The O*NET job zone of each."""
    return [None if row is None else row.job_zone for row in await context.load_many(preparation, parents)]


async def years_of_experience(parents: Sequence[Occupation], context: Context) -> Sequence[float | None]:
    """The years of experience of each, as its source gives them."""
    return [None if row is None else row.years_of_experience for row in await context.load_many(preparation, parents)]


async def job_satisfaction(parents: Sequence[Occupation], context: Context) -> Sequence[float | None]:
    """The job satisfaction in each."""
    return [None if row is None else row.job_satisfaction for row in await context.load_many(preparation, parents)]


async def job_zone_source(parents: Sequence[Occupation], context: Context) -> Sequence[Source | None]:
    """The source of each job zone."""
    return await _preparation_sources(lambda row: row.job_zone, parents, context)


async def years_of_experience_source(parents: Sequence[Occupation], context: Context) -> Sequence[Source | None]:
    """The source of each one's years of experience."""
    return await _preparation_sources(lambda row: row.years_of_experience, parents, context)


async def job_satisfaction_source(parents: Sequence[Occupation], context: Context) -> Sequence[Source | None]:
    """The source of each one's job satisfaction."""
    return await _preparation_sources(lambda row: row.job_satisfaction, parents, context)


async def _preparation_sources(
    figure: Callable[[Preparation], float | None], parents: Sequence[Occupation], context: Context
) -> list[Source | None]:
    rows, found = await context.load_many(preparation, parents), await sources.by_id(context)
    return [None if row is None or figure(row) is None else found[row.source_id] for row in rows]


_OF_WORKERS = (ShareKind.DEGREE, ShareKind.GENDER, ShareKind.RACE)
"""Shares that clients mostly select together, fetched by one statement."""


async def _shares_by_id(
    numbers: Sequence[int], context: Context, *, kinds: tuple[ShareKind, ...]
) -> Sequence[Sequence[Share]]:
    return await context.database.each(statements.shares(), numbers, kinds=kinds)


async def _categories(kind: ShareKind, parents: Sequence[OfOccupation], context: Context) -> Sequence[list[Share]]:
    """All categories of a distribution, also those without a percent."""
    # Loaded by occupation id, so that shares of its education and of its demographics take one statement.
    kinds = _OF_WORKERS if kind in _OF_WORKERS else (kind,)
    shares = await context.load_many(_shares_by_id, [parent.occupation_id for parent in parents], kinds=kinds)
    return [[share for share in of_all_kinds if share.kind is kind] for of_all_kinds in shares]


async def _shares(kind: ShareKind, parents: Sequence[OfOccupation], context: Context) -> Sequence[Sequence[Share]]:
    """The published categories of a distribution."""
    categories = await _categories(kind, parents, context)
    return [[share for share in of_one if share.percent is not None] for of_one in categories]


def _missing_categories(
    name: str, categories: Sequence[Share], reason: MissingReason = MissingReason.NOT_COLLECTED
) -> list[MissingFigure]:
    """The categories of a distribution that have no percent; for this reason the distribution, if it has none."""
    if not categories:
        return [MissingFigure(name, reason)]
    return [
        MissingFigure(f"{name}.{share.name}", share.missing or MissingReason.NOT_COLLECTED)
        for share in categories
        if share.percent is None
    ]


def _uncollected(row: Education | Demographics, names: Mapping[str, str]) -> list[MissingFigure]:
    """The figures of a row that its source does not have; ``names`` maps attributes to names in the API."""
    absent = (name for column, name in names.items() if getattr(row, column) is None)
    return [MissingFigure(name, MissingReason.NOT_COLLECTED) for name in absent]


async def degrees(parents: Sequence[Education], context: Context) -> Sequence[Sequence[Share]]:
    """The degrees that workers hold."""
    return await _shares(ShareKind.DEGREE, parents, context)


async def required_degrees(parents: Sequence[OfOccupation], context: Context) -> Sequence[Sequence[Share]]:
    """The levels of education that respondents to O*NET's survey say are required."""
    return await _shares(ShareKind.REQUIRED_DEGREE, parents, context)


def sum_of(shares: Sequence[Share]) -> float | None:
    """Return the sum of the published shares; None without any."""
    return round(sum(share.percent or 0 for share in shares), 2) if shares else None


async def degrees_sum(parents: Sequence[Education], context: Context) -> Sequence[float | None]:
    """The sum of the degrees' published shares."""
    return [*map(sum_of, await context.load_many(degrees, parents))]


async def required_degrees_sum(parents: Sequence[Education], context: Context) -> Sequence[float | None]:
    """The sum of the required degrees' published shares."""
    return [*map(sum_of, await context.load_many(required_degrees, parents))]


async def required_degree_categories(parents: Sequence[OfOccupation], context: Context) -> Sequence[Sequence[Share]]:
    """All levels of required education, also the withheld ones."""
    return await _categories(ShareKind.REQUIRED_DEGREE, parents, context)


async def most_common_required_degree(parents: Sequence[Education], context: Context) -> Sequence[str | None]:
    """The degree that most respondents say is required, if the withheld ones cannot exceed it."""
    categories = await required_degree_categories(parents, context)
    return [most_common({share.name: share.percent for share in of_one}) for of_one in categories]


async def most_common_required_degree_level(
    parents: Sequence[Education], context: Context
) -> Sequence[RequiredDegree | None]:
    """The level of the degree that most respondents say is required."""
    labels = await context.load_many(most_common_required_degree, parents)
    return [None if label is None else RequiredDegree(label) for label in labels]


def degree_level(parents: Sequence[Share], _: Context) -> list[EducationLevel]:
    """The level of each category of the degrees that workers hold."""
    return [EducationLevel(share.name) for share in parents]


def required_degree_level(parents: Sequence[Share], _: Context) -> list[RequiredDegree]:
    """The level of each category of the required degrees."""
    return [RequiredDegree(share.name) for share in parents]


def most_common_degree_level(parents: Sequence[Education], _: Context) -> list[EducationLevel | None]:
    """The level of each most common degree."""
    return [None if row.most_common_degree is None else EducationLevel(row.most_common_degree) for row in parents]


def typical_entry_level(parents: Sequence[Education], _: Context) -> list[EducationLevel | None]:
    """The level of education that is typically needed for entry."""
    return [None if row.typical_entry is None else EducationLevel(row.typical_entry) for row in parents]


def related_experience_level(parents: Sequence[Education], _: Context) -> list[Experience | None]:
    """The level of work experience that is typically needed for entry."""
    return [None if row.related_experience is None else Experience(row.related_experience) for row in parents]


def on_the_job_training_level(parents: Sequence[Education], _: Context) -> list[Training | None]:
    """The type of on-the-job training that is typically needed."""
    return [None if row.on_the_job_training is None else Training(row.on_the_job_training) for row in parents]


async def required_degrees_source(parents: Sequence[Education], context: Context) -> Sequence[Source | None]:
    """The source of the required degrees."""
    categories = await required_degree_categories(parents, context)
    found = await sources.by_id(context)
    return [found[of_one[0].source_id] if of_one else None for of_one in categories]


_EDUCATION = {
    "typical_entry": "typicalEntry",
    "related_experience": "relatedExperience",
    "on_the_job_training": "onTheJobTraining",
    "most_common_major": "mostCommonMajor",
    "most_common_college": "mostCommonCollege",
}


async def education_missing(parents: Sequence[Education], context: Context) -> Sequence[list[MissingFigure]]:
    """The figures that each row lacks, with the reason."""
    held = await _categories(ShareKind.DEGREE, parents, context)
    required = await required_degree_categories(parents, context)
    return [
        [
            *_uncollected(row, _EDUCATION),
            *_with_most_common("mostCommonDegree", row.most_common_degree, _missing_categories("degrees", of_workers)),
            *_with_most_common(
                "mostCommonRequiredDegree",
                most_common({share.name: share.percent for share in of_jobs}),
                _missing_categories("requiredDegrees", of_jobs),
            ),
        ]
        for row, of_workers, of_jobs in zip(parents, held, required, strict=True)
    ]


def _with_most_common(name: str, given: str | None, missing: Sequence[MissingFigure]) -> list[MissingFigure]:
    """Add the most common category, which is not certain for the same reason as the distribution's categories."""
    return [*missing, *([MissingFigure(name, missing[0].reason)] if missing and given is None else [])]


async def demographics_missing(parents: Sequence[Demographics], context: Context) -> Sequence[list[MissingFigure]]:
    """The figures that each row lacks, with the reason."""
    genders = await _categories(ShareKind.GENDER, parents, context)
    races = await _categories(ShareKind.RACE, parents, context)
    return [
        [
            *_uncollected(row, {"average_age": "averageAge", "lgbt_percent": "lgbtPercent"}),
            *([] if row.median_age is not None else [MissingFigure("medianAge", reason_of(row, "medianAge"))]),
            *_missing_categories("gender", of_gender, reason_of(row, "gender")),
            *_missing_categories("race", of_race, reason_of(row, "race")),
        ]
        for row, of_gender, of_race in zip(parents, genders, races, strict=True)
    ]


def reason_of(row: Demographics, figure: str) -> MissingReason:
    """Return the reason why a figure is missing."""
    return row.reasons.get(figure, MissingReason.NOT_COLLECTED)


def weekly_earnings_missing(parents: Sequence[WeeklyEarnings], _: Context) -> Sequence[list[MissingFigure]]:
    """The figures that each row lacks, with the reason."""
    return [
        [
            MissingFigure(column, _reason((row.missing or {}).get(column, {})))
            for column in ("everyone", "men", "women")
            if getattr(row, column) is None
        ]
        for row in parents
    ]


async def majors(
    parents: Sequence[OfOccupation],
    context: Context,
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[FieldOfStudy]]:
    """The fields of study that prepare for each occupation, by code."""
    numbers = [parent.occupation_id for parent in parents]
    return await connections(
        context,
        statements.fields_of_study(),
        numbers,
        _FIELDS_OF_STUDY,
        first=first,
        after=after,
        last=last,
        before=before,
    )


async def gender(parents: Sequence[Demographics], context: Context) -> Sequence[Sequence[Share]]:
    """Workers by gender."""
    return await _shares(ShareKind.GENDER, parents, context)


async def race(parents: Sequence[Demographics], context: Context) -> Sequence[Sequence[Share]]:
    """Workers by race and ethnicity."""
    return await _shares(ShareKind.RACE, parents, context)


async def responsibilities(
    parents: Sequence[Occupation],
    context: Context,
    *,
    source: WordsSource = WordsSource.ROLEGRAPH,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[Responsibility]]:
    """What people in each occupation do, in the words and in the order of a source."""
    lists = statements.responsibilities(source)
    return await connections(
        context, lists, row_ids(parents), _RESPONSIBILITIES, first=first, after=after, last=last, before=before
    )


async def alternate_titles(
    parents: Sequence[Occupation],
    context: Context,
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Page[AlternateTitle]]:
    """The alternate titles of each occupation, in alphabetical order."""
    lists = statements.alternate_titles()
    return await connections(
        context, lists, row_ids(parents), _ALTERNATE_TITLES, first=first, after=after, last=last, before=before
    )
