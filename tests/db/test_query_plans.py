"""SQLite's query plans: statements by key use an index."""

import re
import shutil
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import ClauseElement, Engine, Executable, Select, create_engine, select
from sqlalchemy.ext.compiler import compiles
from sqlmodel import col

from db import paging, statements
from db.key_sets import KEYS
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
    Row,
    Share,
    Skill,
    Wage,
    WeeklyEarnings,
)
from db.paging import Key, Listing, Lists
from db.rows import Keyed, Statement
from db.urls import location_of
from db.vocabulary import (
    AreaKind,
    EducationLevel,
    GroupLevel,
    MissingReason,
    OccupationKind,
    ShareKind,
    SkillKind,
    WordsSource,
)

LARGE = {
    "alternate_title",
    "demographics",
    "description",
    "description_word",
    "education",
    "field_of_study",
    "group_wage",
    "job_count",
    "job_title",
    "job_title_occupation",
    "occupation",
    "occupation_skill",
    "outlook",
    "preparation",
    "related_occupation",
    "responsibility",
    "responsibility_activity",
    "share",
    "skill",
    "title_synonym",
    "top_pay",
    "wage",
    "wage_year",
    "weekly_earnings",
    "wider_group",
    "wider_group_member",
    "work_activity",
}
"""The tables that grow with the data. Areas, industries, groups, parts and sources stay small."""

IDS = [1, 2]
WEIGHT = Key(statements.SKILL_WEIGHT, descending=True, nullable=True)
TITLE, SLUG = Key(col(Occupation.title)), Key(col(Occupation.slug))
AREA = (Key(col(Area.name)), Key(col(Area.code)))
SKILL = (Key(col(Skill.name)), Key(col(Skill.slug)))
BY_WAGE = (Key(col(Wage.annual_mean), nullable=True), SLUG)
BY_GROWTH = (Key(col(Outlook.growth_percent), nullable=True), SLUG)


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
    annual_mean_missing: MissingReason | None = None
    annual_median: statements.Bounds | None = None
    hourly_mean: statements.Bounds | None = None
    hourly_median: statements.Bounds | None = None
    growth_percent: statements.Bounds | None = None
    employment: statements.Bounds | None = None
    entry_education: EducationLevel | None = None


@dataclass
class Asked:
    """A statement and its values."""

    statement: Statement[Any]
    values: Mapping[str, Any]


def ask(statement: Statement[Any], **values: Any) -> Asked:
    return Asked(statement, values)


def by(statement: Keyed[Any], *keys: Hashable, **values: Any) -> Asked:
    return Asked(statement, {KEYS: keys, **values})


def page(listing: Listing[Any], *after: str | float, by: tuple[Key, ...] = ()) -> Asked:
    statement = paging.page(listing.select, by or (SLUG,), after or None)
    return Asked(statement, {**listing.values, **paging.values_after(after), "limit": 21})


def pages(lists: Lists[Any], by: tuple[Key, ...], *after: str | float, **values: Any) -> Asked:
    statement = paging.pages(lists, by, after or None)
    asked = {**values, **paging.values_after(after), "limit": 21}
    return Asked(statement, {KEYS: IDS, **asked})


def count(listing: Listing[Any]) -> Asked:
    return Asked(paging.count(listing.select), listing.values)


def listed(by: tuple[Key, ...] = (), area: str = NATION, industry: str = ALL_INDUSTRIES, **wanted: Any) -> Listing[Any]:
    return statements.occupations(OccupationFilter(**wanted), by, area=area, industry=industry)


# A name starts with the function of db/statements.py that returns the statement.
BY_KEY: dict[str, Asked] = {
    "occupations_by_slug": by(statements.occupations_by_slug(), "media-producer", "baker"),
    "occupations_by_code": by(statements.occupations_by_code(), "27-2012", "51-3011"),
    "occupations_by_part": by(statements.occupations_by_part(), "31-1121", "29-2011"),
    "occupations_by_id": by(statements.occupations_by_id(), *IDS),
    "occupations_by_id of none": by(statements.occupations_by_id()),
    "occupations in a group": page(listed(group="27-0000")),
    "occupations with a skill": page(listed(skill="instagram")),
    "occupations by mean wage": page(listed(annual_mean=Bounds(50_000, 60_000))),
    "occupations by least median wage": page(listed(annual_median=Bounds(at_least=50_000))),
    "occupations by employment": page(listed(employment=Bounds(1_000, 2_000))),
    "occupations by growth": page(listed(growth_percent=Bounds(5, 10))),
    "occupations of a state by wage": page(
        listed(BY_WAGE, area="CT", annual_mean=Bounds(at_least=50_000)),
        *(60_000.0, "baker"),
        by=BY_WAGE,
    ),
    "occupations of a metropolitan area by wage, counted": count(
        listed(BY_WAGE, area="25540", hourly_mean=Bounds(at_least=20))
    ),
    "occupations of an industry by wage": page(
        listed(BY_WAGE, industry="541800", annual_mean=Bounds(at_least=50_000)), by=BY_WAGE
    ),
    "any_wage": ask(statements.any_wage(), area="CT", industry="541800"),
    "related_occupations in pages": pages(
        statements.related_occupations(), (Key(col(RelatedOccupation.rank)), SLUG), 3, "baker"
    ),
    "groups": ask(statements.groups(), level=GroupLevel.MAJOR),
    "groups_by_code": by(statements.groups_by_code(), "27-0000"),
    "groups_by_parent": by(statements.groups_by_parent(), "27-0000"),
    "occupations_in_groups": by(statements.occupations_in_groups(), "27-0000", "11-0000"),
    "areas_by_code": by(statements.areas_by_code(), NATION),
    "industries_by_code": by(statements.industries_by_code(), ALL_INDUSTRIES),
    "national_wages": by(statements.national_wages(), *IDS),
    "wages of an industry": by(statements.wages(), *IDS, area=NATION, industry="541100"),
    "wages of an area": by(statements.wages(), *IDS, area="CT", industry=ALL_INDUSTRIES),
    "wages_by_area": by(statements.wages_by_area(hourly=False), *IDS, kind=AreaKind.METRO),
    "wages_by_area of hourly wages": by(statements.wages_by_area(hourly=True), *IDS, kind=AreaKind.METRO),
    "wage_cells": by(statements.wage_cells(), *IDS, areas=["CT", "NY"], industries=[ALL_INDUSTRIES]),
    "wage_sources": by(statements.wage_sources(), *IDS),
    "area_wages in pages": pages(
        statements.area_wages(of_a_kind=False, with_parity=False), (Key(col(Area.name)), Key(col(Wage.area_code)))
    ),
    "area_wages of a kind in pages": pages(
        statements.area_wages(of_a_kind=True, with_parity=False),
        (Key(col(Area.name)), Key(col(Wage.area_code))),
        kind=AreaKind.METRO,
    ),
    "area_wages at national prices in pages": pages(
        statements.area_wages(of_a_kind=True, with_parity=True),
        (
            Key(statements.MEAN_AT_NATIONAL_PRICES, descending=True, nullable=True),
            Key(col(Wage.area_code)),
        ),
        *(50_000.0, "25540"),
        kind=AreaKind.METRO,
    ),
    "area_wages by a figure in pages": pages(
        statements.area_wages(of_a_kind=True, with_parity=False),
        (Key(col(Wage.annual_mean), descending=True, nullable=True), Key(col(Wage.area_code))),
        *(50_000.0, "25540"),
        kind=AreaKind.METRO,
    ),
    "best_paid": by(statements.best_paid(1.645, 0.05, national_prices=False), *IDS, least_employment=100),
    "best_paid at national prices": by(
        statements.best_paid(1.645, 0.05, national_prices=True), *IDS, least_employment=100
    ),
    "price_parities": by(statements.price_parities(), "CT", "25540"),
    "interests": by(statements.interests(), *IDS),
    "industry_wages in pages": pages(
        statements.industry_wages(of_a_level=False), (Key(col(Wage.industry_code)),), "512100"
    ),
    "industry_wages of a level by a figure in pages": pages(
        statements.industry_wages(of_a_level=True),
        (Key(col(Wage.annual_mean), descending=True, nullable=True), Key(col(Wage.industry_code))),
        *(50_000.0, "512100"),
        level=4,
    ),
    "demographics": by(statements.demographics(), *IDS),
    "descriptions": by(statements.descriptions(), *IDS),
    "group_wages of a group": by(statements.group_wages(), "27-0000", area="CT", industry=ALL_INDUSTRIES),
    "fields_of_study in pages": pages(statements.fields_of_study(), (Key(col(FieldOfStudy.code)),), "09.0100"),
    "fields_of_study_by_code": by(statements.fields_of_study_by_code(), "09.0701", "52.0201"),
    "one_each Education": by(statements.one_each(Education), *IDS),
    "one_each JobCount": by(statements.one_each(JobCount), *IDS),
    "one_each Outlook": by(statements.one_each(Outlook), *IDS),
    "one_each WeeklyEarnings": by(statements.one_each(WeeklyEarnings), *IDS),
    "one_each Preparation": by(statements.one_each(Preparation), *IDS),
    "shares": by(statements.shares(), *IDS, kinds=list(ShareKind)),
    "wider_groups": by(statements.wider_groups(), "census-2310", "acs-2310"),
    "parts_that_are_related": by(statements.parts_that_are_related(), *IDS),
    "top_pay": by(statements.top_pay(), *IDS),
    "responsibilities in pages": pages(
        statements.responsibilities(WordsSource.ONET), (Key(col(Responsibility.position)),), 3
    ),
    # Of two sources, whose rows are sorted together: a dozen for an occupation.
    "responsibilities in our words in pages": pages(
        statements.responsibilities(WordsSource.ROLEGRAPH), (Key(col(Responsibility.position)),), 3
    ),
    "responsibilities_by_activity": by(statements.responsibilities_by_activity(), *IDS),
    "alternate_titles in pages": pages(statements.alternate_titles(), (Key(col(AlternateTitle.title)),), "Baker"),
    "job_titles_by_slug": by(statements.job_titles_by_slug(), "registered-nurse", "soldier"),
    "job_titles_by_code": by(statements.job_titles_by_code(), "11-1031", "55-1011"),
    "job_titles_by_code_start": ask(statements.job_titles_by_code_start(), start="55-", limit=10),
    "job_titles_by_words": by(statements.job_titles_by_words(), "registered nurse", "soldier"),
    "other_occupations": by(statements.other_occupations(), "registered nurse", "soldier"),
    "skills of a kind": page(statements.skills(SkillKind.TECHNOLOGY, None), by=(Key(col(Skill.slug)),)),
    "skills_by_id": by(statements.skills_by_id(), *IDS),
    "skills_by_slug": by(statements.skills_by_slug(), "instagram"),
    "occupation_skills in pages": pages(
        statements.occupation_skills(of_a_kind=False),
        (WEIGHT, Key(col(OccupationSkill.rank)), Key(col(OccupationSkill.skill_id))),
        *(50.0, 3, 3),
    ),
    "occupation_skills of a kind in pages": pages(
        statements.occupation_skills(of_a_kind=True),
        (WEIGHT, Key(col(OccupationSkill.rank)), Key(col(OccupationSkill.skill_id))),
        *(50.0, 3, 3),
        kind=SkillKind.SKILL,
    ),
    "skill_occupations in pages": pages(
        statements.skill_occupations(), (WEIGHT, Key(col(OccupationSkill.occupation_id))), 50.0, 3
    ),
    "wage_years": by(statements.wage_years(), *IDS),
    "skills_in_full": by(statements.skills_in_full(), *IDS),
}
"""Statements by key."""

LISTINGS: dict[str, tuple[Asked, set[str]]] = {
    "occupations": (page(statements.occupations()), {"occupation"}),
    "occupations after a title": (
        page(statements.occupations(), "Baker", "baker", by=(TITLE, SLUG)),
        {"occupation"},
    ),
    "occupations by wage": (page(statements.occupations(keys=BY_WAGE), by=BY_WAGE), {"occupation"}),
    "occupations by wage in a state": (page(listed(BY_WAGE, area="CT"), by=BY_WAGE), {"occupation"}),
    "occupations by wage in an industry": (page(listed(BY_WAGE, industry="541800"), by=BY_WAGE), {"occupation"}),
    "occupations without a wage in an industry": (
        page(listed(industry="541800", annual_mean_missing=MissingReason.NOT_COLLECTED)),
        {"occupation"},
    ),
    "occupations by growth": (page(statements.occupations(keys=BY_GROWTH), by=BY_GROWTH), {"occupation"}),
    "occupations counted": (count(statements.occupations()), {"occupation"}),
    "occupations in a group, counted": (count(listed(group="27-0000")), set()),
    "occupations of a kind": (page(listed(kind=OccupationKind.DETAILED)), {"occupation"}),
    "occupations by entry education": (page(listed(entry_education=EducationLevel.BACHELORS)), {"occupation"}),
    "occupations by text": (page(listed(text="media")), {"occupation"}),
    "occupations_by_code_start": (ask(statements.occupations_by_code_start(), start="27-20", limit=10), {"occupation"}),
    "areas": (page(statements.areas(None), by=AREA), set()),
    "areas of a kind": (page(statements.areas(AreaKind.METRO), by=AREA), set()),
    "areas after a name": (page(statements.areas(None), "Hartford", "25540", by=AREA), set()),
    "area_names": (ask(statements.area_names()), {"area_name"}),
    "consumer_prices": (ask(statements.consumer_prices()), set()),
    "industries": (ask(statements.industries()), set()),
    "occupation_parts": (ask(statements.occupation_parts()), set()),
    "group_titles": (ask(statements.group_titles()), set()),
    "skill_names": (ask(statements.skill_names()), {"skill"}),
    "search_index": (ask(statements.search_index()), set()),
    "sources": (ask(statements.sources()), set()),
    "rows_by_source of shares": (ask(statements.rows_by_source(Share)), {"share"}),
    "skills": (page(statements.skills(None, None), by=SKILL), {"skill"}),
    "skills after a name": (page(statements.skills(None, None), "Music", "music", by=SKILL), {"skill"}),
    "skills by text": (page(statements.skills(None, "media"), by=SKILL), {"skill"}),
    "title_digest": (ask(statements.title_digest()), set()),
}
"""Statements of whole lists, and the large tables that they scan."""


@pytest.fixture(scope="module")
def engine(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database without the planner's statistics, so that plans hold for any number of rows."""
    unknown = tmp_path_factory.mktemp("plans") / "unknown.sqlite3"
    shutil.copy(str(location_of(database_url)), unknown)
    engine = create_engine(f"sqlite:///{unknown}")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS sqlite_stat1")
    engine.dispose()
    yield engine
    engine.dispose()


class Explained(Executable, ClauseElement):
    """A select whose plan SQLite returns."""

    inherit_cache = False

    def __init__(self, select: Select[*tuple[Any, ...]]) -> None:
        self.select = select


@compiles(Explained)
def _explained(element: Explained, compiler: Any, **options: Any) -> str:
    return f"EXPLAIN QUERY PLAN {compiler.process(element.select, **options)}"


def plan_of(engine: Engine, asked: Asked) -> list[str]:
    """Return a statement's plan, with bound values as in requests: literal values may change it."""
    with engine.connect() as connection:
        # The result's rows would be converted as those of the select.
        cursor: Any = connection.execute(Explained(asked.statement.executable), asked.values).cursor
        steps = cursor.fetchall()
    assert steps
    return [step[3] for step in steps]


def scanned(plan: list[str]) -> set[str]:
    """The large tables that a plan scans, directly or by an index. A number after a name is an alias."""
    found = [re.match(r"SCAN (\w+?)(_\d+)?( |$)", step) for step in plan]
    return LARGE & {match[1] for match in found if match}


def told(plan: list[str]) -> str:
    return "\n".join(["the plan is:", *plan])


@pytest.mark.parametrize("name", BY_KEY)
def test_statements_by_key_scan_no_large_table(engine: Engine, name: str) -> None:
    plan = plan_of(engine, BY_KEY[name])
    assert scanned(plan) == set(), told(plan)


@pytest.mark.parametrize("name", LISTINGS)
def test_a_list_scans_only_its_own_table(engine: Engine, name: str) -> None:
    statement, own = LISTINGS[name]
    plan = plan_of(engine, statement)
    assert scanned(plan) <= own, told(plan)


@pytest.mark.parametrize("name", ["national_wages", "wages of an industry", "wages of an area"])
def test_wage_cells_are_found_by_their_whole_key(engine: Engine, name: str) -> None:
    plan = plan_of(engine, BY_KEY[name])
    found = [step for step in plan if step.startswith("SEARCH wage ")]
    assert found, told(plan)
    assert all(step.count("=?") == 3 for step in found), told(plan)


@pytest.mark.parametrize("name", [f"occupations by wage{place}" for place in ("", " in a state", " in an industry")])
def test_a_list_of_occupations_finds_cells_by_their_whole_key(engine: Engine, name: str) -> None:
    plan = plan_of(engine, LISTINGS[name][0])
    [found] = [step for step in plan if step.startswith("SEARCH wage ")]
    assert "(occupation_id=? AND area_code=? AND industry_code=?)" in found, told(plan)


def test_a_list_of_occupations_by_title_reads_no_figures(engine: Engine) -> None:
    plan = plan_of(engine, LISTINGS["occupations after a title"][0])
    assert not [step for step in plan if "wage" in step or "outlook" in step], told(plan)


@pytest.mark.parametrize("name", ["responsibilities in pages", "alternate_titles in pages", "fields_of_study in pages"])
def test_pages_in_the_order_of_an_index_are_not_sorted(engine: Engine, name: str) -> None:
    # Only the selected rows of the pages are sorted.
    plan = plan_of(engine, BY_KEY[name])
    assert sum("ORDER BY" in step for step in plan) == 1, told(plan)


def test_every_statement_has_a_plan_test() -> None:
    built = {
        name
        for name, function in vars(statements).items()
        if callable(function) and function.__module__ == statements.__name__ and not name.startswith("_")
    } - {"Bounds", "OccupationFilter", "pattern"}
    tested = {name.split()[0] for name in (*BY_KEY, *LISTINGS)}
    assert built - tested == set(), "add these statements to BY_KEY, or to LISTINGS if they take no keys"
    assert tested - built == set(), "db/statements.py does not have these statements"


@pytest.mark.parametrize("table", sorted(LARGE))
def test_a_scan_of_a_large_table_is_detected(engine: Engine, table: str) -> None:
    plan = plan_of(engine, ask(Statement(select(Row.metadata.tables[table]))))
    assert scanned(plan) == {table}, told(plan)
