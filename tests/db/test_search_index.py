"""The search index: titles by their words, words by their letters, and updates with the data."""

import math
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, event, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from db.location import DatabaseError
from db.models import (
    ALL_INDUSTRIES,
    NATION,
    AlternateTitle,
    DescriptionWord,
    Occupation,
    SearchIndex,
    Source,
    TitleSynonym,
    UncoveredTitle,
    Wage,
)
from db.search_index import Array, IndexArrays, lines, text_of
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


def stored(url: str) -> IndexArrays:
    with reading(url) as session:
        return IndexArrays.loaded(session.scalars(select(col(SearchIndex.arrays))).one())


def lists(sizes: Array, values: Array) -> list[list[Any]]:
    """Return the lists whose sizes and values these are."""
    remaining: Iterator[Any] = iter(values.tolist())
    return [[*islice(remaining, size)] for size in sizes.tolist()]


def titles(url: str) -> list[tuple[str, str, int]]:
    """Return the titles as (title, words, standing)."""
    index = stored(url)
    words = lines(index.words)
    of_titles = lists(index.title_word_sizes, index.title_words)
    texts = [" ".join(words[int(number)] for number in each) for each in of_titles]
    assert lines(index.title_letters) == [text.replace(" ", "") for text in texts]
    return [*zip(lines(index.titles), texts, index.title_standings.tolist(), strict=True)]


def evidence(url: str, title: str) -> float:
    """Return the evidence of a title that is in the index once."""
    index = stored(url)
    [number] = [number for number, (_, words, _) in enumerate(titles(url)) if words == title]
    return float(index.title_evidence[number])


def by_word(index: IndexArrays, sizes: Array, values: Array) -> dict[str, list[Any]]:
    """Return the lists of the words that have one."""
    found = lists(sizes, values)
    return {word: each for word, each in zip(lines(index.words), found, strict=False) if each}


def by_occupation(index: IndexArrays, occupations: Array, values: Array, sizes: Array, word: str) -> dict[int, float]:
    """Return the values of a word for the occupations, by their ids."""
    numbers, of_word = by_word(index, sizes, occupations)[word], by_word(index, sizes, values)[word]
    return dict(zip(index.occupation_ids[numbers].tolist(), of_word, strict=True))


def with_letters(url: str, trigram: str) -> str:
    """Return the words with three letters."""
    index = stored(url)
    words, trigrams = lines(index.words), lines(index.trigrams)
    found = lists(index.trigram_sizes, index.trigram_words)
    return " ".join(words[int(number)] for number in found[trigrams.index(trigram)]) if trigram in trigrams else ""


CEO, CHIEFS = "CEO (Chief Executive Officer)", "Chief Executives, Except Legislators"
PRODUCER, SPECIALIST = "Media Producer", "Media Production Specialist"
OWN, LISTED = Standing.OWN, Standing.LISTED


def test_titles_are_numbered_by_words_and_then_by_standing_and_evidence(url: str) -> None:
    assert titles(url) == [
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
    index = stored(url)
    found = by_word(index, index.word_title_sizes, index.word_titles)
    assert (found["ceo"], found["executive"], found["media"]) == ([0, 6], [1, 4, 5, 6], [2, 3])
    assert "legislators" not in found
    [owner] = by_word(index, index.own_sizes, index.own_occupations)["executive"]
    assert index.occupation_ids[owner] == ids["11-1011"]
    # Two of the five titles of the chief executives have it, and all titles of the two roles have "media".
    shares = (index.share_occupations, index.shares, index.share_sizes)
    assert by_occupation(index, *shares, "ceo") == {ids["11-1011"]: 0.4}
    assert by_occupation(index, *shares, "media") == {ids[PRODUCER]: 1, ids[SPECIALIST]: 1}
    # BM25's inverse document frequency: two and four of seven titles have the words.
    rarities = dict(zip(lines(index.words), index.rarities.tolist(), strict=False))
    assert rarities["ceo"] == pytest.approx(math.log(1 + 5.5 / 2.5), abs=1e-4)
    assert rarities["executive"] == pytest.approx(math.log(1 + 3.5 / 4.5), abs=1e-4)


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
    index = stored(url)
    described = (index.description_occupations, index.description_weights, index.description_sizes)
    assert by_occupation(index, *described, "budget") == {chief: 0.25}
    # A word that only a description has comes after those of titles.
    assert lines(index.words).index("budget") == len(index.rarities)
    replacements = [*zip(lines(index.phrases), lines(index.replacements), strict=True)]
    assert replacements == [("top boss", "board"), ("top boss", "chief executive")]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(TEXTS))
def test_texts_are_lines(texts: list[str]) -> None:
    assert lines(text_of(texts)) == [text.replace("\n", " ") for text in texts]


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
    index = stored(url)
    ids, reasons = [*index.occupation_ids.tolist(), None], iter(lines(index.reasons))
    occupations = [ids[number] for number in index.title_occupations.tolist()]
    placed = {
        (words, occupation): (standing, ambiguous, None if occupation else next(reasons))
        for (_, words, standing), occupation, ambiguous in zip(
            titles(url), occupations, index.title_is_ambiguous.tolist(), strict=True
        )
        if words in {"boss", "head", "soldier"}
    }
    assert placed == {
        ("boss", chief): (Standing.LISTED, True, None),
        ("boss", number): (Standing.LISTED, True, None),
        ("head", chief): (Standing.DIRECT_MATCH, False, None),
        ("head", number): (Standing.OURS, False, None),
        ("soldier", None): (Standing.OURS, False, "It is not covered."),
    }


def test_the_index_is_updated_with_the_data(url: str) -> None:
    before = evidence(url, "ceo")
    with writing(url) as session:
        session.execute(update(AlternateTitle).values(title="Boss"))
        session.execute(update(Wage).where(col(Wage.employment) == 200_000).values(employment=7))
    assert ("Boss", "boss", LISTED) in titles(url)
    assert with_letters(url, "ceo") == ""
    assert with_letters(url, "bos") == "boss"
    assert evidence(url, "boss") < before
    with writing(url) as session:
        session.execute(delete(AlternateTitle))
    assert with_letters(url, "bos") == ""
    assert [title for title, *_ in titles(url)] == [CHIEFS, PRODUCER, SPECIALIST, CHIEFS]


def test_a_description_word_of_a_missing_occupation_is_an_error_of_references(url: str) -> None:
    with reading(url) as session:
        source = session.scalars(select(col(Source.id))).all()[0]
    word = DescriptionWord(word="budget", occupation_id=9_999, weight=0.25, source_id=source)
    with pytest.raises(DatabaseError, match="description_word"), writing(url) as session:
        session.add(word)


def test_without_titles_the_index_is_empty(migrated_database: Callable[[], str]) -> None:
    url = migrated_database()
    with writing(url) as session:
        refresh(session)
    index = stored(url)
    assert (titles(url), lines(index.words), lines(index.trigrams)) == ([], [], [])


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
        connection.execute(update(SearchIndex).values(digest="0 of an older version", arrays=b""))
    engine.dispose()
    with writing(url) as session:
        assert not are_derived(session)
    with reading(url) as session:
        assert are_derived(session)
    assert len(titles(url)) == 7
