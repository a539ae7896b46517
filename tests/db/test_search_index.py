"""The search index: folded titles, their trigrams, and updates with the data."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, event, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from db import statements
from db.models import ALL_INDUSTRIES, NATION, AlternateTitle, Occupation, SearchTitle, SearchTrigram, Source, Wage
from db.search_index import refresh, trigrams, words_of
from db.urls import location_of
from db.vocabulary import OccupationKind
from db.writing import writing
from seed.comparison_page import store_page


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Registered Nurses", "registered nurse"),
        ("Producers and Directors", "producer director"),
        ("Attorney-at-Law", "attorney at law"),
        ("Driver's Helper / Driver\N{RIGHT SINGLE QUOTATION MARK}s Helper", "driver helper"),
        ("CAFÉ Manager, café MANAGERS", "cafe manager"),
        ("3-D Animator (3D)", "3 d animator 3d"),
        ("Secretaries, movies, movie, ties", "secretary movy ty"),
        ("Coaches, bosses, boxes, brushes", "coach boss box brush"),
        ("Firemen", "fireman"),
        # Not plurals, or too short.
        ("Business Analysis Campus Glass Gas", "business analysis campus glass gas"),
        ("of the", "of the"),
        ("in a A.", "in a a"),
        ("?! _ \0 \ud800 \N{CLAPPER BOARD}", ""),
        ("", ""),
    ],
)
def test_titles_are_folded_to_words(title: str, words: str) -> None:
    assert words_of(title) == words.split()


@given(st.text(st.characters()))
def test_folding_is_idempotent(text: str) -> None:
    words = words_of(text)
    assert all(word and not word.isspace() and "'" not in word and '"' not in word for word in words)
    assert words_of(text.upper().lower()) == words_of(text.upper())


def test_trigrams_mark_the_start_and_end_of_a_word() -> None:
    assert trigrams("ceo") == ["  c", " ce", "ceo", "eo "]
    assert trigrams("r") == ["  r", " r "]


def test_a_word_has_the_trigrams_of_its_prefixes() -> None:
    assert set(trigrams("soft")[:-1]) <= set(trigrams("software"))


@pytest.fixture
def url(new_database: Callable[[], str]) -> str:
    """The URL of a database with the page's two roles and one occupation more, which has alternate titles."""
    made = new_database()
    with writing(made) as session:
        store_page(session)
        source = session.scalars(select(col(Source.id))).one()
        occupation = Occupation(
            slug="chief-executives",
            title="Chief Executives, Except Legislators",
            code="11-1011",
            kind=OccupationKind.DETAILED,
            group_code="27-0000",
            source_id=source,
        )
        session.add(occupation)
        session.flush()
        key: dict[str, Any] = {"occupation_id": occupation.id, "source_id": source}
        session.add(AlternateTitle(**key, title="CEO (Chief Executive Officer)"))
        session.add(Wage(**key, area_code=NATION, industry_code=ALL_INDUSTRIES, employment=200_000))
    return made


@contextmanager
def reading(url: str) -> Generator[Session]:
    engine = location_of(url).inspecting_engine()
    with Session(engine) as session:
        yield session
    engine.dispose()


def indexed(url: str) -> list[tuple[str, str, bool, int | None]]:
    with reading(url) as session:
        rows = session.scalars(select(SearchTitle).order_by(col(SearchTitle.id))).all()
        return [(row.title, " ".join(row.words.split()), row.own, row.employment) for row in rows]


def with_all(url: str, word: str) -> list[str]:
    with reading(url) as session:
        given = {f"trigram_{n}": trigram for n, trigram in enumerate(trigrams(word))}
        statement = statements.titles_with_all(len(given)).select
        return [row.title for row in session.execute(statement, {**given, "limit": 10})]


CEO, CHIEFS = "CEO (Chief Executive Officer)", "Chief Executives, Except Legislators"
PRODUCER, SPECIALIST = "Media Producer", "Media Production Specialist"


def test_titles_are_numbered_by_words_and_then_by_employment(url: str) -> None:
    assert indexed(url) == [
        (CEO, "ceo", False, 200_000),
        (CHIEFS, "chief executive", True, 200_000),
        (PRODUCER, "media producer", True, None),
        (CEO, "chief executive officer", False, 200_000),
        (SPECIALIST, "media production specialist", True, None),
        (CEO, "ceo chief executive officer", False, 200_000),
        (CHIEFS, "chief executive except legislator", True, 200_000),
    ]


def test_titles_are_found_by_their_trigrams(url: str) -> None:
    assert with_all(url, "executive") == [CHIEFS, CEO, CEO, CHIEFS]
    assert with_all(url, "ceo") == [CEO, CEO]
    assert with_all(url, "executives") == []
    with reading(url) as session:
        counted = session.execute(statements.search_trigrams().select, {"keys": ["ceo", "med", "xyz"]}).all()
        assert sorted(map(tuple, counted)) == [("ceo", 2), ("med", 2)]
        having_most = statements.titles_with_most().select
        shared = ["pro", "rod", "duc", "uce", "uct", "cti", "xyz"]
        most = session.execute(having_most, {"trigrams": shared, "limit": 10}).all()
        # "Production" has one more of these than "producer", which is numbered first.
        assert [row.title for row in most] == [SPECIALIST, PRODUCER]
        assert session.execute(having_most, {"trigrams": ["xyz"], "limit": 10}).all() == []


def test_the_index_is_updated_with_the_data(url: str) -> None:
    with writing(url) as session:
        session.execute(update(AlternateTitle).values(title="Boss"))
        session.execute(update(Wage).where(col(Wage.employment) == 200_000).values(employment=7))
    assert ("Boss", "boss", False, 7) in indexed(url)
    assert with_all(url, "ceo") == []
    assert with_all(url, "boss") == ["Boss"]
    with writing(url) as session:
        session.execute(delete(AlternateTitle))
    assert with_all(url, "boss") == []
    assert [title for title, *_ in indexed(url)] == [CHIEFS, PRODUCER, SPECIALIST, CHIEFS]


def test_without_titles_the_index_is_empty(new_database: Callable[[], str]) -> None:
    url = new_database()
    with writing(url):
        pass
    assert indexed(url) == []
    assert with_all(url, "ceo") == []
    with reading(url) as session:
        assert session.scalars(select(SearchTrigram)).all() == []


def test_an_up_to_date_index_is_not_written(url: str) -> None:
    recorded: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        recorded.append(statement)

    with writing(url) as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", record)
        refresh(session)
        event.remove(connection, "before_cursor_execute", record)
    [statement] = recorded
    assert statement.startswith("SELECT")
