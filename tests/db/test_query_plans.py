"""How SQLite finds the rows that statements ask for: by an index wherever they are named by a key."""

import inspect
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine, Executable, Select, create_engine, event, select
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from db import paging, statements
from db.models import (
    ALL_INDUSTRIES,
    NATION,
    AlternateTitle,
    Area,
    Education,
    FieldOfStudy,
    JobCount,
    Occupation,
    OccupationSkill,
    Outlook,
    Preparation,
    RelatedOccupation,
    Responsibility,
    Share,
    Skill,
    Wage,
    WeeklyEarnings,
)
from db.paging import Key
from db.urls import location_of
from db.vocabulary import AreaKind, GroupLevel, OccupationKind, ShareKind, SkillKind

LARGE = {
    "alternate_title",
    "demographics",
    "description",
    "education",
    "field_of_study",
    "group_wage",
    "job_count",
    "occupation",
    "occupation_skill",
    "outlook",
    "preparation",
    "related_occupation",
    "responsibility",
    "search_title",
    "search_trigram",
    "share",
    "skill",
    "top_pay",
    "wage",
    "weekly_earnings",
}
"""The tables that grow with the data. Areas, industries, groups and sources are few."""

IDS = [1, 2]
WEIGHT = Key(statements.SKILL_WEIGHT, descending=True, nullable=True)
TITLE, SLUG = Key(col(Occupation.title)), Key(col(Occupation.slug))


@dataclass
class Bounds:
    at_least: float | None = None
    at_most: float | None = None


@dataclass
class OccupationFilter:
    kind: OccupationKind | None = None
    group: str | None = None
    text: str | None = None
    skill: str | None = None
    annual_mean: statements.Bounds | None = None
    annual_median: statements.Bounds | None = None
    growth_percent: statements.Bounds | None = None
    employment: statements.Bounds | None = None
    entry_education: str | None = None


def listed(**wanted: Any) -> Select[Occupation]:
    return statements.filtered(statements.occupations(), OccupationFilter(**wanted))


def after(statement: Select[Any], *values: str | float, by: tuple[Key, ...]) -> Select[Any]:
    return paging.page(statement, by, values, 21)


def pages(statement: Select[Any], parent: Any, by: tuple[Key, ...], *values: str | float, of: Any = IDS) -> Any:
    return paging.pages(statement, parent, of, by, values or None, 21)


# A statement's name is that of the function in db/statements.py that builds it, and then what it is asked.
BY_KEY: dict[str, Executable] = {
    "occupations_by_key by slugs": statements.occupations_by_key(["media-producer", "baker"], []),
    "occupations_by_key by codes": statements.occupations_by_key([], ["27-2012", "51-3011"]),
    "occupations_by_key by both": statements.occupations_by_key(["media-producer"], ["27-2012"]),
    "occupations_by_id": statements.occupations_by_id(IDS),
    "occupations_by_id of none": statements.occupations_by_id([]),
    "filtered by group": listed(group="27-0000"),
    "filtered by skill": listed(skill="instagram"),
    "filtered by mean wage": listed(annual_mean=Bounds(50_000, 60_000)),
    "filtered by least median wage": listed(annual_median=Bounds(at_least=50_000)),
    "filtered by employment": listed(employment=Bounds(1_000, 2_000)),
    "filtered by growth": listed(growth_percent=Bounds(5, 10)),
    "related_occupations in pages": pages(
        statements.related_occupations(),
        col(RelatedOccupation.occupation_id),
        (Key(col(RelatedOccupation.rank)), SLUG),
        *(3, "baker"),
    ),
    "search_trigrams": statements.search_trigrams(["  p", " pr", "pro"]),
    "titles_with_all": statements.titles_with_all(["  p", " pr", "pro"], 300),
    "titles_with_most": statements.titles_with_most(["  p", " pr", "pro"], 300),
    "groups": statements.groups(GroupLevel.MAJOR),
    "groups_by_code": statements.groups_by_code(["27-0000"]),
    "groups_by_parent": statements.groups_by_parent(["27-0000"]),
    "occupations_in_groups": statements.occupations_in_groups(["27-0000", "11-0000"]),
    "areas_by_code": statements.areas_by_code([NATION]),
    "industries_by_code": statements.industries_by_code([ALL_INDUSTRIES]),
    "wages of the nation": statements.wages(IDS, NATION, ALL_INDUSTRIES),
    "wages of an industry": statements.wages(IDS, NATION, "541100"),
    "wages of an area": statements.wages(IDS, "CT", ALL_INDUSTRIES),
    "wages of an area and an industry": statements.wages(IDS, "CT", "541100"),
    "wages_by_area": statements.wages_by_area(IDS, AreaKind.METRO),
    "wage_cells of areas": statements.wage_cells(IDS, ["CT", "NY"], [ALL_INDUSTRIES]),
    "wage_cells of industries": statements.wage_cells(IDS, [NATION], ["51--52", "54--55"]),
    "wage_sources": statements.wage_sources(IDS),
    **{
        f"area_wages {name}": pages(
            statements.area_wages(kind),
            col(Wage.occupation_id),
            (Key(col(Area.name)), Key(col(Wage.area_code))),
        )
        for name, kind in (("in pages", None), ("of a kind in pages", AreaKind.METRO))
    },
    "area_wages by a figure in pages": pages(
        statements.area_wages(AreaKind.METRO),
        col(Wage.occupation_id),
        (Key(col(Wage.annual_mean), descending=True, nullable=True), Key(col(Wage.area_code))),
        *(50_000.0, "25540"),
    ),
    "best_paid": statements.best_paid(IDS, 100),
    "industry_wages in pages": pages(
        statements.industry_wages(), col(Wage.occupation_id), (Key(col(Wage.industry_code)),), "512100"
    ),
    "demographics": statements.demographics(IDS),
    "descriptions": statements.descriptions(IDS),
    "group_wages of a group": statements.group_wages(["27-0000"], "CT", ALL_INDUSTRIES),
    "fields_of_study in pages": pages(
        statements.fields_of_study(),
        col(FieldOfStudy.occupation_id),
        (Key(col(FieldOfStudy.code)),),
        "09.0100",
    ),
    "one_each Education": statements.one_each(Education, IDS),
    "one_each JobCount": statements.one_each(JobCount, IDS),
    "one_each Outlook": statements.one_each(Outlook, IDS),
    "one_each WeeklyEarnings": statements.one_each(WeeklyEarnings, IDS),
    "one_each Preparation": statements.one_each(Preparation, IDS),
    "shares": statements.shares(IDS, list(ShareKind)),
    "top_pay": statements.top_pay(IDS),
    "responsibilities in pages": pages(
        statements.responsibilities(),
        col(Responsibility.occupation_id),
        (Key(col(Responsibility.position)),),
        3,
    ),
    "alternate_titles in pages": pages(
        statements.alternate_titles(),
        col(AlternateTitle.occupation_id),
        (Key(col(AlternateTitle.title)),),
        "Baker",
    ),
    "skills of a kind": statements.skills(SkillKind.TECHNOLOGY, None),
    "skills_by_slug": statements.skills_by_slug(["instagram"]),
    "occupation_skills in pages": pages(
        statements.occupation_skills(SkillKind.SKILL),
        col(OccupationSkill.occupation_id),
        (WEIGHT, Key(col(OccupationSkill.rank)), Key(col(OccupationSkill.skill_id))),
        *(50.0, 3, 3),
    ),
    "skill_occupations in pages": pages(
        statements.skill_occupations(),
        col(OccupationSkill.skill_id),
        (WEIGHT, Key(col(OccupationSkill.occupation_id))),
        *(50.0, 3),
    ),
    "skills_in_full": statements.skills_in_full(IDS),
}
"""Statements that name the rows they want."""

LISTINGS: dict[str, tuple[Executable, set[str]]] = {
    "occupations": (statements.occupations(), {"occupation"}),
    "occupations after a title": (
        after(statements.occupations(), "Baker", "baker", by=(TITLE, SLUG)),
        {"occupation"},
    ),
    "occupations by wage": (
        paging.page(statements.occupations(), (Key(col(Wage.annual_mean), nullable=True), SLUG), None, 21),
        {"occupation"},
    ),
    "occupations by growth": (
        paging.page(statements.occupations(), (Key(col(Outlook.growth_percent), nullable=True), SLUG), None, 21),
        {"occupation"},
    ),
    "count of occupations": (statements.count(statements.occupations()), {"occupation"}),
    "count of occupations in a group": (statements.count(listed(group="27-0000")), set()),
    "filtered by kind": (listed(kind=OccupationKind.DETAILED), {"occupation"}),
    # Entry education is compared in lower case, which the few rows of that table are read for.
    "filtered by entry education": (listed(entry_education="Bachelor's degree"), {"occupation", "education"}),
    "filtered by text": (listed(text="media"), {"occupation"}),
    "occupations_by_code_start": (statements.occupations_by_code_start("27-20", 10), {"occupation"}),
    "areas": (statements.areas(None, None), set()),
    "areas of a kind": (statements.areas(AreaKind.METRO, "Hartford"), set()),
    "areas after a name": (
        after(statements.areas(None, None), "Hartford", "25540", by=(Key(col(Area.name)), Key(col(Area.code)))),
        set(),
    ),
    "sources": (statements.sources(), set()),
    "rows_by_source of shares": (statements.rows_by_source(Share), {"share"}),
    "skills": (statements.skills(None, None), {"skill"}),
    "skills after a name": (
        after(statements.skills(None, None), "Music", "music", by=(Key(col(Skill.name)), Key(col(Skill.slug)))),
        {"skill"},
    ),
    "skills by text": (statements.skills(None, "media"), {"skill"}),
}
"""Statements that walk a whole list, and the large tables that they must read from end to end to do so."""


@pytest.fixture(scope="module")
def engine(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database whose planner knows nothing of how few rows it has: plans are to hold for any number."""
    unknown = tmp_path_factory.mktemp("plans") / "unknown.sqlite3"
    shutil.copy(str(location_of(database_url)), unknown)
    engine = create_engine(f"sqlite:///{unknown}")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS sqlite_stat1")
    engine.dispose()
    yield engine
    engine.dispose()


def plan_of(engine: Engine, statement: Executable) -> list[str]:
    """Run a statement and return its plan: as it runs, since SQLite may plan otherwise where values are written out."""
    steps: list[str] = []

    def explain(_: object, cursor: DBAPICursor, text: str, parameters: Any, *__: object) -> None:
        cursor.execute(f"EXPLAIN QUERY PLAN {text}", parameters)
        steps.extend(step[3] for step in cursor.fetchall())

    event.listen(engine, "before_cursor_execute", explain)
    try:
        with Session(engine) as session:
            session.execute(statement)
    finally:
        event.remove(engine, "before_cursor_execute", explain)
    assert steps
    return steps


def scanned(plan: list[str]) -> set[str]:
    """The large tables that a plan reads from end to end, be it through an index; a number after a name is an alias."""
    found = [re.match(r"SCAN (\w+?)(_\d+)?( |$)", step) for step in plan]
    return LARGE & {match[1] for match in found if match}


def told(plan: list[str]) -> str:
    return "\n".join(["the plan is:", *plan])


@pytest.mark.parametrize("name", BY_KEY)
def test_rows_that_are_named_are_not_looked_for_from_end_to_end(engine: Engine, name: str) -> None:
    plan = plan_of(engine, BY_KEY[name])
    assert scanned(plan) == set(), told(plan)


@pytest.mark.parametrize("name", LISTINGS)
def test_a_list_reads_no_other_table_from_end_to_end_than_its_own(engine: Engine, name: str) -> None:
    statement, own = LISTINGS[name]
    plan = plan_of(engine, statement)
    assert scanned(plan) <= own, told(plan)


@pytest.mark.parametrize("name", [name for name in BY_KEY if name.startswith("wages ")])
def test_wage_cells_are_found_by_their_occupation(engine: Engine, name: str) -> None:
    plan = plan_of(engine, BY_KEY[name])
    found = [step for step in plan if step.startswith("SEARCH wage ")]
    assert found, told(plan)
    assert all("(occupation_id=? AND area_code=?" in step for step in found), told(plan)


def test_a_list_of_occupations_finds_each_ones_national_cell_by_its_whole_key(engine: Engine) -> None:
    plan = plan_of(engine, LISTINGS["occupations by wage"][0])
    [found] = [step for step in plan if step.startswith("SEARCH wage ")]
    assert "(occupation_id=? AND area_code=? AND industry_code=?)" in found, told(plan)


@pytest.mark.parametrize("name", ["responsibilities in pages", "alternate_titles in pages", "fields_of_study in pages"])
def test_pages_in_an_indexs_order_are_read_off_it(engine: Engine, name: str) -> None:
    # What is sorted is the rows of the pages, once they have been picked.
    plan = plan_of(engine, BY_KEY[name])
    assert sum("ORDER BY" in step for step in plan) == 1, told(plan)


def test_every_statement_has_its_plan_looked_at() -> None:
    built = {
        name
        for name, function in vars(statements).items()
        if inspect.isfunction(function) and function.__module__ == statements.__name__ and not name.startswith("_")
    }
    assert {name.split()[0] for name in (*BY_KEY, *LISTINGS)} == built


@pytest.mark.parametrize("table", sorted(LARGE))
def test_a_table_read_from_end_to_end_is_noticed(engine: Engine, table: str) -> None:
    plan = plan_of(engine, select(SQLModel.metadata.tables[table]))
    assert scanned(plan) == {table}, told(plan)
