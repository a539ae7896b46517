"""Job titles: their slugs, and the occupation that they are counted in."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

import pytest
from sqlalchemy import delete, event, select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.job_titles import folded, slug_of_title
from db.models import (
    ALL_INDUSTRIES,
    NATION,
    AlternateTitle,
    JobTitle,
    JobTitleOccupation,
    Occupation,
    Source,
    UncoveredTitle,
    Wage,
)
from db.titles import refresh
from db.urls import location_of
from db.vocabulary import DIRECT_MATCH_TITLES, OUR_TITLES, OccupationKind
from db.writing import writing

ONET = "onet-titles"
BAKERS, COOKS, OTHERS = "51-3011", "35-2014", "35-9099"
OCCUPATIONS = {BAKERS: "Bakers", COOKS: "Cooks, Restaurant", OTHERS: "Food Workers, All Other"}
EMPLOYMENT = {BAKERS: 200, COOKS: 900, OTHERS: 90}


@pytest.mark.parametrize(
    ("title", "slug", "words"),
    [
        ("Registered Nurses", "registered-nurses", "registered nurse"),
        ("C", "c", "c"),
        ("C++ Developer", "c-plus-plus-developer", "c++ developer"),
        ("C# Developers", "c-sharp-developers", "c# developer"),
        ("R & D Manager", "r-and-d-manager", "r d manager"),
        ("R&D Manager", "r-and-d-manager", "r d manager"),
        ("Couples' Therapist", "couples-therapist", "couple therapist"),
        ("CAFÉ  Manager", "cafe-manager", "cafe manager"),
        ("Import/Export Agent", "import-export-agent", "import export agent"),
        ("", "", ""),
    ],
)
def test_slugs_and_folded_words(title: str, slug: str, words: str) -> None:
    assert (slug_of_title(title), folded(title)) == (slug, words)


@pytest.fixture
def url(seeded_database: Callable[[], str]) -> str:
    """The URL of a database with the page's two roles and three occupations more."""
    made = seeded_database()
    with writing(made) as session:
        session.add_all(Source(id=id_, name=id_, license="None", digest="") for id_ in SOURCES)
        session.flush()
        for code, title in OCCUPATIONS.items():
            slug = slug_of_title(title)
            kind = OccupationKind.DETAILED
            occupation = Occupation(slug=slug, title=title, code=code, kind=kind, group_code="27-0000", source_id=ONET)
            session.add(occupation)
            session.flush()
            session.add(
                Wage(
                    occupation_id=occupation.id or 0,
                    area_code=NATION,
                    industry_code=ALL_INDUSTRIES,
                    employment=EMPLOYMENT[code],
                    source_id=ONET,
                )
            )
    return made


SOURCES = (ONET, DIRECT_MATCH_TITLES, OUR_TITLES)


def name(url: str, *titles: tuple[str, str, str] | tuple[str, str, str, bool]) -> None:
    """Store alternate titles as (SOC code, title, source, reported)."""
    with writing(url) as session:
        ids = {occupation.code: occupation.id for occupation in session.scalars(select(Occupation))}
        for code, title, source, *reported in titles:
            known = AlternateTitle(occupation_id=ids[code] or 0, title=title, source_id=source, reported=bool(reported))
            session.add(known)


@contextmanager
def reading(url: str) -> Generator[Session]:
    engine = location_of(url).inspecting_engine()
    with Session(engine) as session:
        yield session
    engine.dispose()


def placed(url: str, slug: str) -> tuple[str, str | None, str] | None:
    """Return the title with this slug, the title of its occupation or the reason for none, and its source."""
    with reading(url) as session:
        found = session.get(JobTitle, slug)
        if found is None:
            return None
        occupation = session.get(Occupation, found.occupation_id) if found.occupation_id else None
        return found.title, occupation.title if occupation else found.not_covered, found.source_id


def others(url: str, words: str) -> Sequence[str]:
    """Return the titles of the other occupations, in their order."""
    found = (
        select(col(Occupation.title))
        .join(JobTitleOccupation, col(JobTitleOccupation.occupation_id) == col(Occupation.id))
        .where(col(JobTitleOccupation.words) == words)
        .order_by(col(JobTitleOccupation.rank))
    )
    with reading(url) as session:
        return session.scalars(found).all()


def test_own_titles_are_job_titles(url: str) -> None:
    assert placed(url, "bakers") == ("Bakers", "Bakers", ONET)
    assert placed(url, "media-producer") == ("Media Producer", "Media Producer", "comparison-page")
    assert placed(url, "baker") is None


def test_an_own_title_has_the_slug_of_its_occupation(url: str) -> None:
    with writing(url) as session:
        bakers = session.scalars(select(Occupation).where(col(Occupation.slug) == "bakers")).one()
        bakers.title, bakers.slug = "Bakers & Baker's Helpers", "bakers-baker-s-helpers"
    assert placed(url, "bakers-baker-s-helpers") == ("Bakers & Baker's Helpers", "Bakers & Baker's Helpers", ONET)
    assert placed(url, slug_of_title("Bakers & Baker's Helpers")) is None


def test_an_own_title_precedes_all_sources(url: str) -> None:
    name(url, (COOKS, "Baker", DIRECT_MATCH_TITLES), (COOKS, "Bakers", ONET), (COOKS, "Media Producers", OUR_TITLES))
    assert placed(url, "baker") == ("Baker", "Bakers", DIRECT_MATCH_TITLES)
    assert placed(url, "bakers") == ("Bakers", "Bakers", ONET)
    assert placed(url, "media-producers") == ("Media Producers", "Media Producer", OUR_TITLES)
    assert others(url, "baker") == ["Cooks, Restaurant"]


def test_sources_precede_one_another(url: str) -> None:
    name(url, (BAKERS, "Pie Maker", ONET, True), (COOKS, "Pie Makers", OUR_TITLES))
    assert placed(url, "pie-maker") == ("Pie Maker", "Cooks, Restaurant", ONET)
    assert placed(url, "pie-makers") == ("Pie Makers", "Cooks, Restaurant", OUR_TITLES)
    name(url, (OTHERS, "Pie Maker", DIRECT_MATCH_TITLES))
    assert placed(url, "pie-maker") == ("Pie Maker", "Food Workers, All Other", DIRECT_MATCH_TITLES)
    assert others(url, "pie maker") == ["Cooks, Restaurant", "Bakers"]


def test_of_one_source_an_all_other_comes_last(url: str) -> None:
    name(url, (OTHERS, "Pie Maker", ONET, True), (BAKERS, "Pie Maker", ONET))
    assert placed(url, "pie-maker") == ("Pie Maker", "Bakers", ONET)


def test_words_of_the_occupation_precede_a_reported_title(url: str) -> None:
    name(url, (BAKERS, "Restaurant Pie Maker", ONET, True), (COOKS, "Restaurant Pie Maker", ONET))
    assert placed(url, "restaurant-pie-maker") == ("Restaurant Pie Maker", "Cooks, Restaurant", ONET)


def test_a_reported_title_precedes_a_larger_share_and_this_employment(url: str) -> None:
    cooks = [(COOKS, f"Cook {n}", ONET) for n in range(9)]
    name(url, (COOKS, "Pie Maker", ONET), (BAKERS, "Pie Maker", ONET))
    assert placed(url, "pie-maker") == ("Pie Maker", "Cooks, Restaurant", ONET)
    name(url, *cooks)
    assert placed(url, "pie-maker") == ("Pie Maker", "Bakers", ONET)
    name(url, (COOKS, "Pie Makers", ONET, True))
    assert placed(url, "pie-maker") == ("Pie Maker", "Cooks, Restaurant", ONET)


def test_work_that_the_wage_data_leave_out(url: str) -> None:
    with writing(url) as session:
        session.add(UncoveredTitle(title="Army Cook", source_id=OUR_TITLES, reason="Soldiers are left out."))
        session.add(UncoveredTitle(title="Ship's Cook", source_id=DIRECT_MATCH_TITLES, reason="Sailors are left out."))
    name(url, (COOKS, "Army Cook", ONET), (COOKS, "Ships Cook", DIRECT_MATCH_TITLES))
    assert placed(url, "army-cook") == ("Army Cook", "Soldiers are left out.", OUR_TITLES)
    assert others(url, "army cook") == ["Cooks, Restaurant"]
    # A source that names both has an occupation for it.
    assert placed(url, "ships-cook") == ("Ships Cook", "Cooks, Restaurant", DIRECT_MATCH_TITLES)


def test_both_forms_of_a_title_are_titles(url: str) -> None:
    name(url, (BAKERS, "CPM (Certified Pie Maker)", ONET), (COOKS, "Cook (Airline)", ONET))
    assert placed(url, "cpm") == ("CPM", "Bakers", ONET)
    assert placed(url, "certified-pie-maker") == ("Certified Pie Maker", "Bakers", ONET)
    assert placed(url, "cpm-certified-pie-maker") == ("CPM (Certified Pie Maker)", "Bakers", ONET)
    assert placed(url, "airline") is None


def test_job_titles_follow_the_data(url: str) -> None:
    name(url, (BAKERS, "Pie Maker", ONET), (COOKS, "Pie Maker", ONET))
    assert (placed(url, "pie-maker"), others(url, "pie maker")) != (None, [])
    with writing(url) as session:
        session.execute(delete(AlternateTitle))
    assert (placed(url, "pie-maker"), others(url, "pie maker")) == (None, [])


def test_job_titles_that_have_not_changed_are_not_written(url: str) -> None:
    recorded: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        recorded.append(statement.split(maxsplit=1)[0])

    with writing(url) as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", record)
        refresh(session)
        event.remove(connection, "before_cursor_execute", record)
    assert {*recorded} == {"SELECT"}
