"""The search index: titles by their words, words by their letters, and updates with the data."""

import math
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
from db.models import (
    ALL_INDUSTRIES,
    NATION,
    AlternateTitle,
    DescriptionWord,
    Occupation,
    SearchTerm,
    SearchTitle,
    Source,
    TitleDigest,
    TitleSynonym,
    UncoveredTitle,
    Wage,
)
from db.search_index import packed, packed_weights, unpacked, unpacked_weights
from db.title_evidence import Standing
from db.titles import are_derived, refresh
from db.urls import location_of
from db.vocabulary import DIRECT_MATCH_TITLES, OUR_TITLES, OccupationKind
from db.writing import writing


@pytest.fixture
def url(seeded_database: Callable[[], str]) -> str:
    """The URL of a database with the page's two roles and one occupation more, which has alternate titles."""
    made = seeded_database()
    with writing(made) as session:
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


def indexed(url: str) -> list[tuple[str, str, int]]:
    """Return the titles as (title, words, standing)."""
    with reading(url) as session:
        rows = session.scalars(select(SearchTitle).order_by(col(SearchTitle.id))).all()
        return [(row.title, row.words, row.standing) for row in rows]


def terms(url: str, *keys: str) -> dict[str, SearchTerm]:
    with reading(url) as session:
        rows = session.scalars(statements.search_terms().select, {"keys": [*keys]}).all()
        return {row.term: row for row in rows}


def with_letters(url: str, trigram: str) -> str:
    """Return the words with three letters."""
    return "".join(row.words for row in terms(url, trigram).values())


CEO, CHIEFS = "CEO (Chief Executive Officer)", "Chief Executives, Except Legislators"
PRODUCER, SPECIALIST = "Media Producer", "Media Production Specialist"
OWN, LISTED = Standing.OWN, Standing.LISTED


def test_titles_are_numbered_by_words_and_then_by_standing_and_evidence(url: str) -> None:
    assert indexed(url) == [
        (CEO, "ceo", LISTED),
        (CHIEFS, "chief executive", OWN),
        (PRODUCER, "media producer", OWN),
        (SPECIALIST, "media production specialist", OWN),
        (CEO, "chief executive officer", LISTED),
        (CHIEFS, "chief executive except legislator", OWN),
        (CEO, "ceo chief executive officer", LISTED),
    ]


def test_a_word_has_its_titles_and_occupations(url: str) -> None:
    with reading(url) as session:
        ids = {row.code or row.title: row.id for row in session.scalars(select(Occupation))}
    found = terms(url, "ceo", "executive", "media", "legislators")
    assert {word: [*unpacked(row.titles)] for word, row in found.items()} == {
        "ceo": [1, 7],
        "executive": [2, 5, 6, 7],
        "media": [3, 4],
    }
    assert [*unpacked(found["executive"].occupations)] == [ids["11-1011"]]
    # Two of the five titles of the chief executives have it, and all titles of the two roles have "media".
    assert dict(unpacked_weights(found["ceo"].shares)) == {ids["11-1011"]: 0.4}
    assert dict(unpacked_weights(found["media"].shares)) == {ids[PRODUCER]: 1, ids[SPECIALIST]: 1}
    # BM25's inverse document frequency: two and four of seven titles have the words.
    assert found["ceo"].rarity == pytest.approx(math.log(1 + 5.5 / 2.5), abs=1e-4)
    assert found["executive"].rarity == pytest.approx(math.log(1 + 3.5 / 4.5), abs=1e-4)


def test_letters_have_the_words_with_them_those_of_the_most_titles_first(url: str) -> None:
    assert with_letters(url, "ceo") == "ceo"
    assert with_letters(url, "  e") == "executive except"
    assert with_letters(url, "xyz") == ""


def test_words_have_synonyms_and_their_weights_in_descriptions(url: str) -> None:
    with writing(url) as session:
        chief = session.scalars(select(col(Occupation.id)).where(col(Occupation.code) == "11-1011")).one()
        source = session.scalars(select(col(Source.id))).first()
        assert chief is not None
        assert source is not None
        session.add(DescriptionWord(word="budget", occupation_id=chief, weight=0.25, source_id=source))
        for replacement in ("chief executive", "board"):
            session.add(TitleSynonym(words="top boss", replacement=replacement, source_id=source))
    found = terms(url, "budget", "top boss")
    assert dict(unpacked_weights(found["budget"].described)) == {chief: 0.25}
    assert found["top boss"].replacements == "board\nchief executive"
    assert [(row.rarity, row.titles, row.words) for row in found.values()] == [(0, b"", "")] * 2


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_numbers_are_packed_in_the_same_way_on_every_machine(numbers: list[int]) -> None:
    assert packed(numbers) == b"".join(number.to_bytes(4, "little") for number in numbers)
    assert [*unpacked(packed(numbers))] == numbers


def test_weights_are_packed_in_millionths() -> None:
    assert dict(unpacked_weights(packed_weights([(3, 0.5), (7, 1 / 3)]))) == {3: 0.5, 7: 0.333333}


def test_what_places_titles_in_occupations(url: str) -> None:
    """A title of several occupations is ambiguous unless its standing settles it; work may not be covered at all."""
    with writing(url) as session:
        number = session.scalars(select(col(Occupation.id)).where(col(Occupation.title) == PRODUCER)).one()
        chief = session.scalars(select(col(Occupation.id)).where(col(Occupation.code) == "11-1011")).one()
        session.add_all(
            Source(id=id_, name=id_, license="None", digest="") for id_ in (DIRECT_MATCH_TITLES, OUR_TITLES)
        )
        session.flush()
        source = session.scalars(select(col(Occupation.source_id)).where(col(Occupation.id) == number)).one()
        assert chief is not None
        assert number is not None
        for title, listed_by in (("Boss", source), ("Head", source), ("Head", DIRECT_MATCH_TITLES)):
            session.add(AlternateTitle(occupation_id=chief, title=title, source_id=listed_by))
        for title, listed_by in (("Boss", source), ("Head", source), ("Head", OUR_TITLES)):
            session.add(AlternateTitle(occupation_id=number, title=title, source_id=listed_by))
        session.add(UncoveredTitle(title="Soldier", reason="It is not covered.", source_id=OUR_TITLES))
    with reading(url) as session:
        rows = session.scalars(select(SearchTitle).where(col(SearchTitle.words).in_(("boss", "head", "soldier")))).all()
        placed = {(row.words, row.occupation_id): (row.standing, row.ambiguous, row.not_covered) for row in rows}
    assert placed == {
        ("boss", chief): (Standing.LISTED, True, None),
        ("boss", number): (Standing.LISTED, True, None),
        ("head", chief): (Standing.DIRECT_MATCH, False, None),
        ("head", number): (Standing.OURS, False, None),
        ("soldier", None): (Standing.OURS, False, "It is not covered."),
    }


def test_the_index_is_updated_with_the_data(url: str) -> None:
    with reading(url) as session:
        before = session.scalars(select(col(SearchTitle.evidence)).where(col(SearchTitle.words) == "ceo")).one()
    with writing(url) as session:
        session.execute(update(AlternateTitle).values(title="Boss"))
        session.execute(update(Wage).where(col(Wage.employment) == 200_000).values(employment=7))
    assert ("Boss", "boss", LISTED) in indexed(url)
    assert with_letters(url, "ceo") == ""
    assert with_letters(url, "bos") == "boss"
    with reading(url) as session:
        assert session.scalars(select(col(SearchTitle.evidence)).where(col(SearchTitle.words) == "boss")).one() < before
    with writing(url) as session:
        session.execute(delete(AlternateTitle))
    assert with_letters(url, "bos") == ""
    assert [title for title, *_ in indexed(url)] == [CHIEFS, PRODUCER, SPECIALIST, CHIEFS]


def test_without_titles_the_index_is_empty(migrated_database: Callable[[], str]) -> None:
    url = migrated_database()
    assert indexed(url) == []
    with reading(url) as session:
        assert session.scalars(select(SearchTerm)).all() == []


def test_what_is_up_to_date_is_not_written(url: str) -> None:
    recorded: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        recorded.append(statement)

    with writing(url) as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", record)
        refresh(session)
        event.remove(connection, "before_cursor_execute", record)
    assert len(recorded) == 7
    assert all(statement.startswith("SELECT") for statement in recorded)


def test_what_an_older_version_derived_is_derived_again(url: str) -> None:
    engine = location_of(url).writing_engine()
    with engine.begin() as connection:
        connection.execute(update(TitleDigest).values(digest="0 of an older version"))
        connection.execute(delete(SearchTitle))
    engine.dispose()
    with writing(url) as session:
        assert not are_derived(session)
    with reading(url) as session:
        assert are_derived(session)
    assert len(indexed(url)) == 7
