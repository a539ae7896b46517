"""Rows of requests: immutable, with the attributes of their tables' classes."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from db import statements
from db.models import ALL_INDUSTRIES, NATION, Area, Demographics, Occupation, Source, Wage, table_of
from db.rows import is_row_of, row_of, several, single
from db.vocabulary import AreaKind, OccupationKind, RangeBasis
from db.writing import writing
from tests.db.reading import ask


@pytest.fixture(scope="module")
def url(seeded_database: Callable[[], str]) -> str:
    """The URL of a database of each dialect, with the page's roles in it."""
    made = seeded_database()
    with writing(made) as session:
        session.execute(text("UPDATE source SET retrieved = '2025-11-26'"))
        missing = '{"annual_p90": {"reason": "TOP_CODED", "at_least": 239200}}'
        session.execute(text("UPDATE wage SET missing = :missing WHERE occupation_id = 1"), {"missing": missing})
    return made


def wage(url: str, number: int) -> Wage:
    row = ask(url, lambda database: database.first(statements.national_wages(), number))
    assert row is not None
    return row


def test_a_row_has_the_values_of_its_columns(url: str) -> None:
    row = wage(url, 1)
    assert (row.occupation_id, row.area_code, row.industry_code) == (1, NATION, ALL_INDUSTRIES)
    assert row.range_basis is RangeBasis.AS_PUBLISHED
    assert row.missing == {"annual_p90": {"reason": "TOP_CODED", "at_least": 239200}}
    assert wage(url, 2).missing is None


def test_enums_dates_and_booleans_are_converted(url: str) -> None:
    [source] = ask(url, lambda database: database.all(statements.sources()))
    assert (source.retrieved, source.embedded) == (date(2025, 11, 26), True)
    [area] = ask(url, lambda database: database.each(statements.areas_by_code(), [NATION]))
    assert [one.kind for one in area] == [AreaKind.NATION]
    exclusive = ask(url, lambda database: database.all(single(select(col(Demographics.race_is_exclusive)))))
    assert all(flag is True or flag is False or flag is None for flag in exclusive)


def test_a_statement_of_columns_yields_their_values(url: str) -> None:
    statement = several(select(col(Occupation.slug), col(Occupation.kind)).order_by(col(Occupation.slug)))
    assert ask(url, lambda database: database.all(statement)) == [
        ("media-producer", OccupationKind.ROLE),
        ("media-production-specialist", OccupationKind.ROLE),
    ]


def test_a_column_of_a_table_is_selected_once(url: str) -> None:
    statement = several(select(Occupation, col(Occupation.slug)).order_by(col(Occupation.slug)).limit(1))
    assert [column.name for column in statement.executable.selected_columns] == [*table_of(Occupation).c.keys()]
    [(row, slug)] = ask(url, lambda database: database.all(statement))
    assert (row.slug, row.kind, slug) == ("media-producer", OccupationKind.ROLE, "media-producer")


def test_a_row_is_immutable(url: str) -> None:
    row = wage(url, 1)
    with pytest.raises(AttributeError):
        row.annual_mean = 1.0
    with pytest.raises(AttributeError):
        setattr(row, "another", 1)  # noqa: B010 - what type checkers forbid


def test_is_row_of_distinguishes_tables(url: str) -> None:
    row = wage(url, 1)
    assert is_row_of(Wage, row)
    assert not any(is_row_of(Occupation, value) for value in (row, tuple(row), None, "text", Occupation))


def test_columns_without_a_value_are_none_in_row_of() -> None:
    row = row_of(Wage, occupation_id=1, area_code="CT", industry_code=ALL_INDUSTRIES, source_id="oews")
    assert is_row_of(Wage, row)
    assert (row.area_code, row.annual_mean, row.missing) == ("CT", None, None)


def test_row_of_has_the_columns_of_the_table() -> None:
    area = row_of(Area, code="CT", name="Connecticut", kind=AreaKind.STATE)
    assert (area.code, area.name, area.kind) == ("CT", "Connecticut", AreaKind.STATE)
    assert row_of(Source, id="oews").id == "oews"
