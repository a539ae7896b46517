"""Bulk inserts store the same rows as single inserts, on both dialects."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from db.bulk import bulk_insert
from db.location import DatabaseError
from db.models import AlternateTitle, Area, Occupation, OccupationSkill, Skill, Wage
from db.urls import location_of
from db.vocabulary import AreaKind, SkillKind
from db.writing import writing


def stored(url: str, statement: Any) -> list[Any]:
    engine = location_of(url).inspecting_engine()
    with Session(engine) as session:
        found = [tuple(row) for row in session.execute(statement)]
    engine.dispose()
    return found


AREA = ("code", "name", "kind")
AREAS = [
    ("CT", "Connecticut", "STATE"),
    ("10180", 'Tabs\tand\nlines, \\N, \\., "quotes", it\'s', "METRO"),
    ("🎬", "", "NONMETRO"),
]


def test_enums_and_text_are_stored_unchanged(url: str) -> None:
    with writing(url) as session:
        assert bulk_insert(session, Area, AREA, AREAS) == len(AREAS)
    areas = select(col(Area.code), col(Area.name), col(Area.kind)).where(col(Area.code) != "US").order_by(Area.code)
    assert stored(url, areas) == sorted((code, name, AreaKind[kind]) for code, name, kind in AREAS)


def test_figures_json_and_nulls_are_stored_unchanged(url: str) -> None:
    columns = ("occupation_id", "area_code", "industry_code", "employment", "annual_mean", "missing", "source_id")
    [(source,)] = stored(url, select(col(Wage.source_id)).distinct())
    numbers = [number for (number,) in stored(url, select(col(Occupation.id)).order_by(col(Occupation.id)))]
    with writing(url) as session:
        bulk_insert(session, Area, AREA, AREAS)
        rows = [
            (numbers[0], "CT", "000000", 143_120, 0.1 + 0.2, None, source),
            # All numbers of a spreadsheet are floats, even counts.
            (numbers[1], "CT", "000000", 30.0, None, '{"annual_mean": {"reason": "NOT_RELEASED"}}', source),
        ]
        assert bulk_insert(session, Wage, columns, iter(rows)) == 2
    wages = select(col(Wage.employment), col(Wage.annual_mean), col(Wage.missing)).where(col(Wage.area_code) == "CT")
    assert stored(url, wages.order_by(col(Wage.occupation_id))) == [
        (143_120, 0.1 + 0.2, None),
        (30, None, {"annual_mean": {"reason": "NOT_RELEASED"}}),
    ]


def test_booleans_are_stored_unchanged(url: str) -> None:
    columns = ("occupation_id", "skill_id", "rank", "hot", "in_demand", "source_id")
    [(source,)] = stored(url, select(col(Wage.source_id)).distinct())
    with writing(url) as session:
        skill = Skill(slug="python", name="Python", kind=SkillKind.TECHNOLOGY)
        session.add(skill)
        session.flush()
        numbers = session.scalars(select(col(Occupation.id)).order_by(col(Occupation.id))).all()
        rows = [(numbers[0], skill.id, 1, True, False, source), (numbers[1], skill.id, 1, None, True, source)]
        bulk_insert(session, OccupationSkill, columns, rows)
    having = select(col(OccupationSkill.hot), col(OccupationSkill.in_demand)).join(
        Skill, col(Skill.id) == OccupationSkill.skill_id
    )
    found = stored(url, having.where(col(Skill.slug) == "python").order_by(col(OccupationSkill.occupation_id)))
    assert found == [(True, False), (None, True)]


def test_an_insert_without_rows_returns_zero(url: str) -> None:
    with writing(url) as session:
        assert bulk_insert(session, Area, AREA, []) == 0
        assert bulk_insert(session, Skill, ("id", "slug", "name", "kind"), []) == 0


def test_ids_continue_after_rows_with_ids(url: str) -> None:
    with writing(url) as session:
        bulk_insert(session, Skill, ("id", "slug", "name", "kind"), [(500, "python", "Python", "TECHNOLOGY")])
        skill = Skill(slug="sql", name="SQL", kind=SkillKind.TECHNOLOGY)
        session.add(skill)
        session.flush()
        assert skill.id == 501


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("US", "A second nation", "NATION"), id="a key that is taken"),
        pytest.param(("CT", None, "STATE"), id="a null in a required column"),
    ],
)
def test_an_invalid_row_is_a_one_line_error_and_rolls_back(url: str, row: tuple[Any, ...]) -> None:
    def store() -> None:
        with writing(url) as session:
            bulk_insert(session, Area, AREA, [AREAS[1], row])

    with pytest.raises(DatabaseError, match=r"^cannot write ") as caught:
        store()
    message = str(caught.value)
    assert not any(part in message for part in ("\n", "INSERT", "COPY"))
    assert stored(url, select(col(Area.code))) == [("US",)]


def test_a_reference_to_a_missing_row_rolls_back(url: str) -> None:
    def store() -> None:
        with writing(url) as session:
            bulk_insert(session, Area, AREA, AREAS)
            bulk_insert(session, AlternateTitle, ("occupation_id", "title", "source_id"), [(999, "Unknown", "none")])

    with pytest.raises(DatabaseError, match=r"^cannot write .*alternate_title"):
        store()
    assert stored(url, select(col(Area.code))) == [("US",)]


def test_a_write_updates_the_planners_statistics(url: str) -> None:
    with writing(url) as session:
        bulk_insert(session, Area, AREA, AREAS)
    rows = {
        "sqlite": "SELECT stat FROM sqlite_stat1 WHERE tbl = 'area'",
        "postgresql": "SELECT reltuples FROM pg_class WHERE relname = 'area'",
    }
    found = stored(url, text(rows[url.partition(":")[0]]))
    assert int(str(found[0][0]).split(" ")[0].split(".")[0]) == 1 + len(AREAS)


def test_an_error_while_reading_rows_rolls_back(url: str) -> None:
    def rows() -> Iterator[tuple[Any, ...]]:
        yield AREAS[0]
        raise LookupError("the file ends here")

    def store() -> None:
        with writing(url) as session:
            bulk_insert(session, Area, AREA, rows())

    with pytest.raises(LookupError, match="the file ends here"):
        store()
    assert stored(url, select(col(Area.code))) == [("US",)]
