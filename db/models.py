"""The tables.

Figures have the unit in their column's name or description (dollars, percent, months). A figure that is not published
is null. Every row of figures has its source.
"""

import enum
import re
from datetime import date
from typing import Any, cast

from sqlalchemy import JSON, Dialect, Enum, Index, MetaData, Table, text
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from db.vocabulary import (
    AreaKind,
    GroupLevel,
    InterestName,
    JobsBasis,
    MissingReason,
    OccupationKind,
    RangeBasis,
    ShareKind,
    SkillKind,
    TopPayKind,
)

NATION = "US"
"""The code of the one area that is the whole country."""

ALL_INDUSTRIES = "000000"
"""The OEWS code for all industries together."""

ALL_OCCUPATIONS = "00-0000"
"""The code of the group of all occupations."""


NAMING_CONVENTION = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""The names of constraints, by which migrations refer to them on any database."""


class Row(SQLModel):
    """The base class of all tables. A table's name is its class's in snake case."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy calls it with the class  # pyright: ignore[reportIncompatibleVariableOverride]
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def table_of(model: type[Row]) -> Table:
    """Return the table of a class."""
    return Row.metadata.tables[str(model.__tablename__)]


class _EnumColumn(Enum):
    """SQLAlchemy's column of an enum, whose results are looked up by a dictionary.

    SQLAlchemy calls two Python functions for each value, which is 25 microseconds of a page of 100 occupations.
    """

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ANN401, ARG002 - SQLAlchemy's
        """Return what turns the name of a member into the member."""
        members: dict[str | None, enum.Enum | None] = {None: None}
        members.update((member.name, member) for member in cast("type[enum.Enum]", self.enum_class))
        return members.__getitem__


def _enum(vocabulary: type[enum.Enum]) -> Enum:
    """Store an enum as text: a database's own enum types cannot be extended in a migration's transaction."""
    return _EnumColumn(vocabulary, native_enum=False, length=20)


class Source(Row, table=True):
    """A published set of figures: its publisher, release and license."""

    id: str = Field(primary_key=True)
    name: str
    publisher: str | None = None
    release: str | None = None
    version: str | None = None
    """The release in a form that sorts by date, such as "2025-05"; None without releases."""
    license: str
    attribution: str | None = None
    url: str | None = None
    retrieved: date | None = None
    digest: str
    """SHA-256 of the imported files; importing the same files again changes nothing."""
    embedded: bool = False
    """Whether the rows come with Rolegraph and not from the publisher's own files."""


class OccupationGroup(Row, table=True):
    """A major, minor or broad group of the Standard Occupational Classification (SOC), or all occupations together."""

    code: str = Field(primary_key=True)
    title: str
    level: GroupLevel = Field(sa_type=_enum(GroupLevel), index=True)
    parent_code: str | None = Field(default=None, foreign_key="occupation_group.code", index=True)


class Occupation(Row, table=True):
    """A detailed SOC occupation, or a role: a job title under one."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    code: str | None = Field(default=None, unique=True)
    title: str = Field(index=True)
    kind: OccupationKind = Field(sa_type=_enum(OccupationKind))
    broader_id: int | None = Field(default=None, foreign_key="occupation.id", index=True)
    group_code: str = Field(foreign_key="occupation_group.code", index=True)
    source_id: str = Field(foreign_key="source.id", index=True)


class Description(Row, table=True):
    """The work of an occupation, in a source's words."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    source_id: str = Field(primary_key=True, foreign_key="source.id", index=True)
    text: str


class Area(Row, table=True):
    """The nation, a state or territory, or a metropolitan or nonmetropolitan area."""

    code: str = Field(primary_key=True)
    name: str
    kind: AreaKind = Field(sa_type=_enum(AreaKind), index=True)


class AreaName(Row, table=True):
    """Another name of an area, by which it is found: a city or county in it, or what people call it.

    It names the area without a foreign key: the areas are another source's rows, which an import replaces.
    """

    area_code: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    source_id: str = Field(primary_key=True, foreign_key="source.id", index=True)


class PriceParity(Row, table=True):
    """The price level of an area in percent of the nation's: BEA's regional price parity of all items.

    It names the area without a foreign key, as AreaName does.
    """

    area_code: str = Field(primary_key=True)
    all_items: float
    source_id: str = Field(foreign_key="source.id", index=True)


class Industry(Row, table=True):
    """An industry by its NAICS-based OEWS code, all industries together included."""

    code: str = Field(primary_key=True)
    title: str
    display_level: int = 0
    """OEWS's display level: 0 for all industries, 2 for sectors and owners, 3 to 5 for finer ones; levels overlap."""


class WageEstimates(Row):
    """The estimates of wages and employment for any place and time."""

    employment: int | None = None
    employment_standard_error_percent: float | None = None
    wage_standard_error_percent: float | None = None
    annual_mean: float | None = None
    annual_median: float | None = None
    annual_p10: float | None = None
    annual_p25: float | None = None
    annual_p75: float | None = None
    annual_p90: float | None = None
    hourly_mean: float | None = None
    hourly_median: float | None = None
    hourly_p10: float | None = None
    hourly_p25: float | None = None
    hourly_p75: float | None = None
    hourly_p90: float | None = None
    missing: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    """Column name to {"reason": MissingReason, "at_least": bound}, for null figures with a published reason."""
    source_id: str = Field(foreign_key="source.id")


class WageFigures(WageEstimates):
    """The figures of one wage cell: wages and employment in an area and an industry."""

    jobs_per_thousand: float | None = None
    location_quotient: float | None = None
    range_low: float | None = None
    range_high: float | None = None
    range_basis: RangeBasis | None = Field(default=None, sa_type=_enum(RangeBasis))


class Wage(WageFigures, table=True):
    """One wage cell of an occupation."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    area_code: str = Field(primary_key=True, foreign_key="area.code")
    industry_code: str = Field(primary_key=True, foreign_key="industry.code")

    # The primary key, which on SQLite is the table itself, finds cells by occupation. The index finds the cells of all
    # occupations in one place: national figures, by which lists are filtered and ordered.
    __table_args__ = (Index(None, "area_code", "industry_code"), {"sqlite_with_rowid": False})


class GroupWage(WageFigures, table=True):
    """One wage cell of a SOC group, as published. It may differ from the sum of the published occupations."""

    group_code: str = Field(primary_key=True, foreign_key="occupation_group.code")
    area_code: str = Field(primary_key=True, foreign_key="area.code")
    industry_code: str = Field(primary_key=True, foreign_key="industry.code")

    __table_args__ = ({"sqlite_with_rowid": False},)


class WageYear(WageEstimates, table=True):
    """The national wages of an occupation in May of one year, over all industries."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    year: int = Field(primary_key=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class ConsumerPriceIndex(Row, table=True):
    """The Consumer Price Index for All Urban Consumers (CPI-U) of May, the month that wages are published for."""

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    value: float
    """U.S. city average, all items, not seasonally adjusted; 100 is the average of 1982 to 1984."""
    source_id: str = Field(foreign_key="source.id")


class TopPay(Row, table=True):
    """The highest-paying city, state, industry or company that a source names for an occupation."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    kind: TopPayKind = Field(primary_key=True, sa_type=_enum(TopPayKind))
    name: str
    salary: float | None = None
    source_id: str = Field(foreign_key="source.id", index=True)


class JobCount(Row, table=True):
    """The number of jobs in an occupation, and what it counts."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    count: int
    basis: JobsBasis = Field(sa_type=_enum(JobsBasis))
    standard_error_percent: float | None = None
    source_id: str = Field(foreign_key="source.id", index=True)


class Outlook(Row, table=True):
    """Projected growth and yearly openings."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    growth_percent: float | None = Field(default=None, index=True)
    from_year: int | None = None
    to_year: int | None = None
    openings_per_year: int | None = None
    employment_from: int | None = None
    employment_to: int | None = None
    source_id: str = Field(foreign_key="source.id", index=True)


class Education(Row, table=True):
    """The most common education in an occupation, and the typical requirement for entry."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    most_common_degree: str | None = None
    """By the label of an ``EducationLevel``, in the source's letter case."""
    most_common_major: str | None = None
    most_common_college: str | None = None
    typical_entry: str | None = Field(default=None, index=True)
    """By the label of an ``EducationLevel``; the next two by those of ``Experience`` and ``Training``."""
    related_experience: str | None = None
    on_the_job_training: str | None = None
    degrees_group_code: str | None = None
    """The wider group that the degrees are published for; None where they are the occupation's own."""
    source_id: str = Field(foreign_key="source.id", index=True)


class FieldOfStudy(Row, table=True):
    """A field of study that prepares for an occupation, by its CIP code."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    code: str = Field(primary_key=True, index=True)
    title: str
    source_id: str = Field(foreign_key="source.id", index=True)


class Demographics(Row, table=True):
    """One source's figures about the workers in an occupation. Several sources may each have a part."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    source_id: str = Field(primary_key=True, foreign_key="source.id", index=True)
    average_age: float | None = None
    median_age: float | None = None
    lgbt_percent: float | None = None
    race_is_exclusive: bool | None = None
    """Whether the source's categories of race are exclusive; None without shares by gender or race."""
    group_code: str | None = None
    """The wider group that the figures are published for; None where they are the occupation's own."""
    missing: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    """"median_age", "gender" or "race" to {"reason": MissingReason}, as in WageFigures."""


class WeeklyEarnings(Row, table=True):
    """Median usual weekly earnings of full-time wage and salary workers, in dollars."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    everyone: int | None = None
    men: int | None = None
    women: int | None = None
    group_code: str | None = None
    """The wider group that the figures are published for; None where they are the occupation's own."""
    missing: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    """Column name to {"reason": MissingReason}, as in WageFigures."""
    source_id: str = Field(foreign_key="source.id", index=True)


class Preparation(Row, table=True):
    """The preparation that an occupation needs, and the satisfaction of its workers."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    minimum_months: int | None = None
    maximum_months: int | None = None
    years_of_experience: float | None = None
    job_zone: int | None = None
    """O*NET's, from 1 (little or no preparation) to 5 (extensive preparation)."""
    job_satisfaction: float | None = None
    source_id: str = Field(foreign_key="source.id", index=True)


class Share(Row, table=True):
    """One category of a distribution, in percent, in the order its source prints it."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    kind: ShareKind = Field(primary_key=True, sa_type=_enum(ShareKind))
    name: str = Field(primary_key=True)
    position: int
    percent: float | None = None
    missing: MissingReason | None = Field(default=None, sa_type=_enum(MissingReason))
    """The reason why the source does not publish this category's percent."""
    source_id: str = Field(foreign_key="source.id", index=True)


class WiderGroup(Row, table=True):
    """A group of occupations for which a source publishes one figure.

    Rows of figures name it without a foreign key: the groups are another source's rows, which an import replaces.
    """

    code: str = Field(primary_key=True)
    """The household survey and the Census Bureau's code, such as "acs-2310"."""
    name: str
    source_id: str = Field(foreign_key="source.id", index=True)


class WiderGroupMember(Row, table=True):
    """An occupation in a wider group. It can be in one group of each household survey."""

    group_code: str = Field(primary_key=True, foreign_key="wider_group.code")
    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    source_id: str = Field(foreign_key="source.id", index=True)


class Interest(Row, table=True):
    """How characteristic one of Holland's types is of an occupation's work, by O*NET.

    Rank 1 has the highest score.
    """

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    name: InterestName = Field(primary_key=True, sa_type=_enum(InterestName))
    score: float
    """From 1 (not characteristic) to 7 (extremely characteristic)."""
    rank: int
    high_point: int | None = None
    """Its place, 1 to 3, among the types that O*NET marks as most characteristic; None for the others."""
    source_id: str = Field(foreign_key="source.id", index=True)


class Skill(Row, table=True):
    """A skill, field of knowledge or technology; its kind and name say which."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str = Field(index=True)
    kind: SkillKind = Field(sa_type=_enum(SkillKind))

    __table_args__ = (Index(None, "kind", "name", unique=True),)


class OccupationSkill(Row, table=True):
    """The weight of a skill in an occupation. Rank 1 is the first of the occupation's skills of its kind.

    A published short list gives a percent; O*NET rates importance and level, both brought to 0 to 100, and marks
    elements as not relevant; the Employment Projections give a percentile among all occupations; O*NET marks
    technologies as hot and as in demand.
    """

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    skill_id: int = Field(primary_key=True, foreign_key="skill.id", index=True)
    rank: int
    percent: float | None = None
    importance: float | None = None
    level: float | None = None
    not_relevant: bool | None = None
    percentile: float | None = None
    hot: bool | None = None
    in_demand: bool | None = None
    source_id: str = Field(foreign_key="source.id", index=True)

    # In the order in which the skills of an occupation are listed.
    __table_args__ = (
        Index(
            "ix_occupation_skill_weight",
            "occupation_id",
            text("(coalesce(percent, importance, percentile) IS NULL)"),
            text("coalesce(percent, importance, percentile) DESC"),
            "rank",
            "skill_id",
        ),
    )


class Responsibility(Row, table=True):
    """One thing that people in an occupation do, in a source's words."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    source_id: str = Field(primary_key=True, foreign_key="source.id", index=True)
    position: int = Field(primary_key=True)
    text: str
    core: bool | None = None


class ResponsibilityActivity(Row, table=True):
    """A work activity that a responsibility is part of."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    source_id: str = Field(primary_key=True, foreign_key="source.id", index=True)
    position: int = Field(primary_key=True)
    activity_code: str = Field(primary_key=True, foreign_key="work_activity.code")


class WorkActivity(Row, table=True):
    """One of O*NET's intermediate work activities, by which the tasks of different occupations can be compared."""

    code: str = Field(primary_key=True)
    title: str
    source_id: str = Field(foreign_key="source.id", index=True)


class DescriptionWord(Row, table=True):
    """A telling word of an occupation's description and responsibilities, by which search finds it too."""

    word: str = Field(primary_key=True)
    """As ``db.folding.words_of`` folds it."""
    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    weight: float
    """Inverse document frequency, normalized so that the squares of an occupation's weights add up to 1."""
    source_id: str = Field(foreign_key="source.id", index=True)


class OccupationPart(Row, table=True):
    """A detailed SOC occupation that OEWS and the Employment Projections only publish together with others."""

    code: str = Field(primary_key=True)
    """The part's own SOC code."""
    title: str
    occupation_id: int = Field(foreign_key="occupation.id", index=True)
    """The occupation that is published for all its parts."""
    source_id: str = Field(foreign_key="source.id", index=True)


class AlternateTitle(Row, table=True):
    """Another title of an occupation, by a source. Several sources can name the same title."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    title: str = Field(primary_key=True, index=True)
    source_id: str = Field(primary_key=True, foreign_key="source.id", index=True)
    reported: bool = False
    """Whether workers in the occupation reported it to O*NET as their title."""


class UncoveredTitle(Row, table=True):
    """A title of work that the Occupational Employment and Wage Statistics leave out, such as Soldier."""

    title: str = Field(primary_key=True)
    source_id: str = Field(primary_key=True, foreign_key="source.id", index=True)
    reason: str
    """The reason why it is left out, as a sentence."""
    code: str | None = None
    """The SOC code, if it is the title of an occupation of the SOC."""


class TitleSynonym(Row, table=True):
    """Words of titles, and other words for them, by which search also looks: "rn" is "registered nurse"."""

    words: str = Field(primary_key=True)
    """As ``db.folding.words_of`` folds them, separated by blanks."""
    replacement: str = Field(primary_key=True)
    """Folded in the same way."""
    source_id: str = Field(primary_key=True, foreign_key="source.id", index=True)


class RelatedOccupation(Row, table=True):
    """A related occupation, by a source; rank 1 is the closest.

    A source may only relate a part of either occupation: a specialty, or a member of an occupation that is published
    for several together. ``part`` and ``related_part`` are the titles of these parts.
    """

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    related_id: int = Field(primary_key=True, foreign_key="occupation.id", index=True)
    rank: int
    part: str | None = None
    related_part: str | None = None
    source_id: str = Field(foreign_key="source.id", index=True)


class SearchIndex(Row, table=True):
    """The search index: one row. It is derived from titles and wages when they change, see db/titles.py."""

    digest: str = Field(primary_key=True)
    """What the index and the job titles were derived from, and how."""
    arrays: bytes
    """See ``db.search_index.IndexArrays``."""


class JobTitle(Row, table=True):
    """A title with the one occupation that it is counted in, derived by db/job_titles.py when titles change.

    It has no foreign key, so that an importer may delete an occupation first.
    """

    slug: str = Field(primary_key=True)
    title: str
    words: str = Field(index=True)
    """The folded title, see ``db.job_titles.folded``. Titles with the same words have the same occupation."""
    occupation_id: int | None = None
    not_covered: str | None = None
    """The reason why it has no occupation, as a sentence."""
    code: str | None = Field(default=None, index=True)
    """The SOC code of work that is not covered, if this is its title in the SOC."""
    source_id: str
    """The source that places the title in its occupation."""


class JobTitleOccupation(Row, table=True):
    """Another occupation that a job title may be counted in, by its folded words; rank 1 has the most evidence."""

    words: str = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    occupation_id: int

    __table_args__ = ({"sqlite_with_rowid": False},)


class DataVersion(Row, table=True):
    """The version of all data: one row, which db/writing.py replaces with each change."""

    token: str = Field(primary_key=True)
    """Random, so that no two versions are equal, even of two databases."""


SOURCED: tuple[type[Row], ...] = (
    AlternateTitle,
    AreaName,
    ConsumerPriceIndex,
    Demographics,
    Description,
    DescriptionWord,
    Education,
    FieldOfStudy,
    GroupWage,
    Interest,
    JobCount,
    OccupationPart,
    Occupation,
    OccupationSkill,
    Outlook,
    Preparation,
    PriceParity,
    RelatedOccupation,
    Responsibility,
    ResponsibilityActivity,
    Share,
    TitleSynonym,
    TopPay,
    UncoveredTitle,
    Wage,
    WageYear,
    WeeklyEarnings,
    WiderGroupMember,
    WiderGroup,
    WorkActivity,
)
"""The tables whose rows have a source. Rows are deleted in this order, those that refer to others first."""
