"""Published facts about occupations other than wages and skills.

Jobs, outlook, education, demographics, preparation, descriptions, responsibilities and titles: one row or a short list
of an occupation, as its source publishes it.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from sqlmodel import col

from db import models, statements
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
from db.statements import OneEach
from db.vocabulary import SOURCES_OF_WORDS, ShareKind, WordsSource
from resolvers import sources
from resolvers.connections import Order, Page, connections
from resolvers.context import Context
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


async def _one_each(table: type[OneEach], parents: Sequence[Occupation], context: Context) -> Sequence[OneEach | None]:
    return await context.database.first_each(statements.one_each(table), row_ids(parents))


async def jobs(parents: Sequence[Occupation], context: Context) -> Sequence[JobCount | None]:
    """The number of jobs in each occupation."""
    return await _one_each(JobCount, parents, context)


async def outlook(parents: Sequence[Occupation], context: Context) -> Sequence[Outlook | None]:
    """The projected growth of each occupation."""
    return await _one_each(Outlook, parents, context)


async def education(parents: Sequence[Occupation], context: Context) -> Sequence[Education | None]:
    """The education of workers in each occupation."""
    return await _one_each(Education, parents, context)


async def weekly_earnings(parents: Sequence[Occupation], context: Context) -> Sequence[WeeklyEarnings | None]:
    """The median weekly earnings of full-time workers in each occupation, by sex."""
    return await _one_each(WeeklyEarnings, parents, context)


class Demographics(NamedTuple):
    """The workers in an occupation. Each figure comes from the first source that has it."""

    occupation_id: int
    average_age: float | None
    median_age: float | None
    lgbt_percent: float | None
    race_is_exclusive: bool
    source_id: str
    source_ids: Sequence[str]


async def demographics(parents: Sequence[Occupation], context: Context) -> Sequence[Demographics | None]:
    """The demographics of workers in each occupation."""
    return await context.database.made_each(merged_demographics, statements.demographics(), row_ids(parents))


def merged_demographics(rows: Sequence[models.Demographics]) -> Demographics | None:
    """Merge the rows of an occupation's sources."""
    if not rows:
        return None
    # The source with an age comes first and becomes the source of the whole.
    if len(rows) > 1:
        rows = sorted(rows, key=lambda row: row.average_age is None and row.median_age is None)
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
    )


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
    return await _one_each(Preparation, parents, context)


async def time_to_become(parents: Sequence[Occupation], context: Context) -> Sequence[Preparation | None]:
    """The preparation rows that have a range of months to become one; its upper end may be open."""
    rows = await context.load_many(preparation, parents)
    return [row if row and row.minimum_months is not None else None for row in rows]


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


async def _shares(kind: ShareKind, parents: Sequence[OfOccupation], context: Context) -> Sequence[Sequence[Share]]:
    # Loaded by occupation id, so that shares of its education and of its demographics take one statement.
    kinds = _OF_WORKERS if kind in _OF_WORKERS else (kind,)
    shares = await context.load_many(_shares_by_id, [parent.occupation_id for parent in parents], kinds=kinds)
    return [[share for share in of_all_kinds if share.kind is kind] for of_all_kinds in shares]


async def degrees(parents: Sequence[Education], context: Context) -> Sequence[Sequence[Share]]:
    """The degrees that workers hold."""
    return await _shares(ShareKind.DEGREE, parents, context)


async def required_degrees(parents: Sequence[OfOccupation], context: Context) -> Sequence[Sequence[Share]]:
    """The levels of education that respondents to O*NET's survey say are required."""
    return await _shares(ShareKind.REQUIRED_DEGREE, parents, context)


async def majors(
    parents: Sequence[OfOccupation], context: Context, *, first: int | None = None, after: str | None = None
) -> Sequence[Page[FieldOfStudy]]:
    """The fields of study that prepare for each occupation, by code."""
    numbers = [parent.occupation_id for parent in parents]
    return await connections(context, statements.fields_of_study(), numbers, _FIELDS_OF_STUDY, first=first, after=after)


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
) -> Sequence[Page[Responsibility]]:
    """What people in each occupation do, in the words and in the order of a source."""
    lists = statements.responsibilities(source)
    return await connections(context, lists, row_ids(parents), _RESPONSIBILITIES, first=first, after=after)


async def alternate_titles(
    parents: Sequence[Occupation], context: Context, *, first: int | None = None, after: str | None = None
) -> Sequence[Page[AlternateTitle]]:
    """The alternate titles of each occupation, in alphabetical order."""
    lists = statements.alternate_titles()
    return await connections(context, lists, row_ids(parents), _ALTERNATE_TITLES, first=first, after=after)
