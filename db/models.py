"""The tables: one row class for each thing that the API describes.

Figures keep the unit that their column names (dollars, percent, months) and are null where nobody publishes them.
Every row of figures names the source it came from.
"""

import re
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import JSON, Index, MetaData, Table, text
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from db.vocabulary import (
    AreaKind,
    GroupLevel,
    JobsBasis,
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


def _word(vocabulary: type[Enum]) -> EnumColumn:
    """Store a word as text: a database's own enum types can't be widened inside a migration's transaction."""
    return EnumColumn(vocabulary, native_enum=False, length=20)


class Source(Row, table=True):
    """Who published a set of figures, and under what terms."""

    id: str = Field(primary_key=True)
    name: str
    publisher: str | None = None
    release: str | None = None
    version: str | None = None
    """The release in a form that sorts as releases follow each other, such as "2025-05"; None where there are none."""
    licence: str
    attribution: str | None = None
    url: str | None = None
    retrieved: date | None = None
    digest: str
    """SHA-256 of the material as imported; importing the same again changes nothing."""
    embedded: bool = False
    """Whether the rows are those that come with Rolegraph, not from the publisher's own files."""


class OccupationGroup(Row, table=True):
    """A major, minor or broad group of the Standard Occupational Classification (SOC), or all occupations together."""

    code: str = Field(primary_key=True)
    title: str
    level: GroupLevel = Field(sa_type=_word(GroupLevel), index=True)
    parent_code: str | None = Field(default=None, foreign_key="occupation_group.code", index=True)


class Occupation(Row, table=True):
    """A detailed SOC occupation, or a role: a job title under one."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    code: str | None = Field(default=None, unique=True)
    title: str = Field(index=True)
    kind: OccupationKind = Field(sa_type=_word(OccupationKind))
    broader_id: int | None = Field(default=None, foreign_key="occupation.id", index=True)
    group_code: str = Field(foreign_key="occupation_group.code", index=True)
    source_id: str = Field(foreign_key="source.id", index=True)


class Description(Row, table=True):
    """What those in an occupation do, in a source's words."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    source_id: str = Field(primary_key=True, foreign_key="source.id", index=True)
    text: str


class Area(Row, table=True):
    """The nation, a state or territory, or a metropolitan or nonmetropolitan area."""

    code: str = Field(primary_key=True)
    name: str
    kind: AreaKind = Field(sa_type=_word(AreaKind), index=True)


class Industry(Row, table=True):
    """An industry by its NAICS-based OEWS code, all industries together included."""

    code: str = Field(primary_key=True)
    title: str
    display_level: int = 0
    """How deep in OEWS's own list of industries: 0 all together, 2 sectors and owners, 3 to 5 finer; levels overlap."""


class WageFigures(Row):
    """The figures of one wage cell: what is earned in an area and an industry, and how many are employed there."""

    employment: int | None = None
    employment_standard_error_percent: float | None = None
    wage_standard_error_percent: float | None = None
    jobs_per_thousand: float | None = None
    location_quotient: float | None = None
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
    range_low: float | None = None
    range_high: float | None = None
    range_basis: RangeBasis | None = Field(default=None, sa_type=_word(RangeBasis))
    missing: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    """Column name to {"reason": MissingReason, "at_least": bound}, for null figures whose publisher gives a reason."""
    source_id: str = Field(foreign_key="source.id")


class Wage(WageFigures, table=True):
    """One wage cell of an occupation."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    area_code: str = Field(primary_key=True, foreign_key="area.code")
    industry_code: str = Field(primary_key=True, foreign_key="industry.code")

    # Cells are found by occupation through the primary key, which on SQLite is the table itself. The index serves
    # what is asked of all occupations at once: the nation's figures that lists are filtered and ordered by.
    __table_args__ = (Index(None, "area_code", "industry_code"), {"sqlite_with_rowid": False})


class GroupWage(WageFigures, table=True):
    """One wage cell of a SOC group, as published: it need not be the sum of the occupations that are published."""

    group_code: str = Field(primary_key=True, foreign_key="occupation_group.code")
    area_code: str = Field(primary_key=True, foreign_key="area.code")
    industry_code: str = Field(primary_key=True, foreign_key="industry.code")

    __table_args__ = ({"sqlite_with_rowid": False},)


class TopPay(Row, table=True):
    """The highest-paying city, state, industry or company that a source names for an occupation."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    kind: TopPayKind = Field(primary_key=True, sa_type=_word(TopPayKind))
    name: str
    salary: float | None = None
    source_id: str = Field(foreign_key="source.id", index=True)


class JobCount(Row, table=True):
    """How many jobs an occupation has, and what that number counts."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    count: int
    basis: JobsBasis = Field(sa_type=_word(JobsBasis))
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
    """What workers in an occupation most often studied, and what entry typically needs."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    most_common_degree: str | None = None
    most_common_major: str | None = None
    most_common_college: str | None = None
    typical_entry: str | None = Field(default=None, index=True)
    related_experience: str | None = None
    on_the_job_training: str | None = None
    source_id: str = Field(foreign_key="source.id", index=True)


class FieldOfStudy(Row, table=True):
    """A field of study that prepares for an occupation, by its CIP code."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    code: str = Field(primary_key=True)
    title: str
    source_id: str = Field(foreign_key="source.id", index=True)


class Demographics(Row, table=True):
    """What one source says of who works in an occupation; several may each say a part."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    source_id: str = Field(primary_key=True, foreign_key="source.id", index=True)
    average_age: float | None = None
    median_age: float | None = None
    lgbt_percent: float | None = None
    race_is_exclusive: bool | None = None
    """Whether everybody is in one category of the source's shares by race; None where it has none."""


class WeeklyEarnings(Row, table=True):
    """Median usual weekly earnings of full-time wage and salary workers, in dollars."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    everyone: int | None = None
    men: int | None = None
    women: int | None = None
    source_id: str = Field(foreign_key="source.id", index=True)


class Preparation(Row, table=True):
    """What it takes to become one, and how those who are feel about it."""

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
    kind: ShareKind = Field(primary_key=True, sa_type=_word(ShareKind))
    name: str = Field(primary_key=True)
    position: int
    percent: float
    source_id: str = Field(foreign_key="source.id", index=True)


class Skill(Row, table=True):
    """A skill, field of knowledge or technology; its kind and name say which."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str = Field(index=True)
    kind: SkillKind = Field(sa_type=_word(SkillKind))

    __table_args__ = (Index(None, "kind", "name", unique=True),)


class OccupationSkill(Row, table=True):
    """How much a skill counts in an occupation; rank 1 is the foremost of its occupation's skills of that kind.

    A published short list gives a percent; O*NET rates importance and level, both brought to 0 to 100; the Employment
    Projections give a percentile among all occupations; O*NET marks technologies as hot and as in demand.
    """

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    skill_id: int = Field(primary_key=True, foreign_key="skill.id", index=True)
    rank: int
    percent: float | None = None
    importance: float | None = None
    level: float | None = None
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
    """One thing that people in an occupation do."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    position: int = Field(primary_key=True)
    text: str
    core: bool | None = None
    source_id: str = Field(foreign_key="source.id", index=True)


class AlternateTitle(Row, table=True):
    """Another name that people use for an occupation."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    title: str = Field(primary_key=True, index=True)
    source_id: str = Field(foreign_key="source.id", index=True)


class RelatedOccupation(Row, table=True):
    """An occupation that a source relates to another; rank 1 is the closest."""

    occupation_id: int = Field(primary_key=True, foreign_key="occupation.id")
    related_id: int = Field(primary_key=True, foreign_key="occupation.id", index=True)
    rank: int
    source_id: str = Field(foreign_key="source.id", index=True)


class SearchTitle(Row, table=True):
    """A title as search looks for it, made from the titles and wages above whenever those change.

    No foreign key: an importer that deletes an occupation need not know of the search.
    """

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """In the order in which equal matches are found: few words first, then much employment."""
    occupation_id: int
    title: str
    own: bool
    """Whether it is the occupation's own title, not an alternate one."""
    words: str
    """What of the title is searched, folded, each word after two spaces and the last before one, as trigrams need it.

    A title that holds another form of itself in brackets has several rows."""
    employment: int | None = None
    """The occupation's in the nation."""


class SearchTrigram(Row, table=True):
    """In how many titles three characters stand: search looks for the rarest first."""

    trigram: str = Field(primary_key=True)
    titles: int


class DataVersion(Row, table=True):
    """The version of all data together: one row, which db/writing.py replaces whenever it has written any."""

    token: str = Field(primary_key=True)
    """Random, so that no two versions, be it of two databases, have the same."""


SOURCED: tuple[type[Row], ...] = (
    AlternateTitle,
    Demographics,
    Description,
    Education,
    FieldOfStudy,
    GroupWage,
    JobCount,
    Occupation,
    OccupationSkill,
    Outlook,
    Preparation,
    RelatedOccupation,
    Responsibility,
    Share,
    TopPay,
    Wage,
    WeeklyEarnings,
)
"""The tables whose rows each name their source."""
