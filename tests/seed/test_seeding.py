"""Storing the comparison page is idempotent, transactional and safe for concurrent processes."""

import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlmodel import col

from db.condition import Condition, check
from db.models import Occupation, Preparation, Row, Source, Wage
from db.urls import location_of
from db.writing import writing
from seed.comparison_page import store_page
from seed.dataset import Dataset, Table, store
from seed.publisher_files import ImportRefused
from seed.slugs import slug_of
from tests.forking import Script
from tests.server.processes import finish

COUNTS = {
    "alternate_title": 0,
    "area": 1,
    "demographics": 2,
    "education": 2,
    "industry": 1,
    "job_count": 2,
    "occupation": 2,
    "occupation_group": 1,
    "occupation_skill": 12,
    "outlook": 2,
    "preparation": 2,
    "related_occupation": 0,
    "responsibility": 10,
    "share": 18,
    "skill": 10,
    "source": 1,
    "top_pay": 8,
    "wage": 2,
}


@pytest.fixture
def new_url(new_database: Callable[[], str]) -> str:
    """The URL of an empty SQLite or PostgreSQL database."""
    return new_database()


def dump(url: str) -> dict[str, list[str]]:
    """Every row of every table, in a fixed order."""
    engine = location_of(url).inspecting_engine()
    with engine.connect() as connection:
        found = {
            name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for name, table in Row.metadata.tables.items()
        }
    engine.dispose()
    return found


def counts(url: str) -> dict[str, int]:
    return {table: len(rows) for table, rows in dump(url).items() if table in COUNTS}


STORE_PAGE = (
    "import sys; from db.writing import writing; from seed.comparison_page import store_page\n"
    "with writing(sys.argv[1]) as session: print(store_page(session).stored)"
)


def test_the_page_is_stored_and_a_repeated_run_changes_nothing(new_url: str) -> None:
    with writing(new_url) as session:
        assert store_page(session).lines() == [
            "Published comparison page: media producer vs media production specialist: read 2, stored 2"
        ]
    assert counts(new_url) == COUNTS
    before = dump(new_url)
    with writing(new_url) as session:
        assert store_page(session).unchanged
    assert dump(new_url) == before


def test_concurrent_processes_store_the_page_once(new_url: str) -> None:
    runs = [Script(STORE_PAGE, new_url) for _ in range(3)]
    finished = sorted(map(finish, runs))
    assert finished == [(0, "0\n", ""), (0, "0\n", ""), (0, "2\n", "")]
    assert counts(new_url) == COUNTS


def test_a_killed_run_leaves_the_database_unchanged(seeded_database: Callable[[], str]) -> None:
    url = seeded_database()
    with writing(url) as session:
        session.execute(update(Source).values(digest="of an older page"))
        session.execute(update(Wage).values(annual_mean=1))
    before = dump(url)
    # When the child is killed, it has migrated, deleted and inserted everything, but not committed.
    script = (
        "import os, signal, sys; from db.writing import writing; from seed.comparison_page import store_page\n"
        "with writing(sys.argv[1]) as session:\n"
        "    print(store_page(session).stored, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    status, printed, _ = finish(Script(script, url))
    assert (status, printed) == (-signal.SIGKILL, "2\n")
    assert dump(url) == before

    with writing(url) as session:
        assert store_page(session).stored == 2
    assert counts(url) == COUNTS


def test_a_failed_run_leaves_the_database_empty(new_url: str) -> None:
    def fail_half_way() -> None:
        with writing(new_url) as session:
            store_page(session)
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail_half_way()
    assert check(new_url) is Condition.EMPTY


def test_a_row_with_the_key_of_another_source_is_refused(seeded_database: Callable[[], str]) -> None:
    def dataset(source: str, months: int) -> Dataset:
        described = Source(id=source, name=f"Survey {source}", license="None", digest=source)
        return Dataset(described, [Table(Preparation, ("soc", "minimum_months"), [("27-2012", months)])], read=1)

    url = seeded_database()
    with writing(url) as session:
        session.execute(update(Occupation).where(col(Occupation.slug) == "media-producer").values(code="27-2012"))
        session.execute(delete(Preparation))
        assert store(session, dataset("A", 6)).stored == 1
    sqlite = "UNIQUE constraint failed: preparation.occupation_id"
    postgresql = 'duplicate key value violates unique constraint "pk_preparation"'
    with pytest.raises(ImportRefused) as refused, writing(url) as session:
        store(session, dataset("B", 12))
    problem = sqlite if url.startswith("sqlite") else postgresql
    assert str(refused.value) == (
        f"Survey B: the table preparation cannot take a row: {problem}. If a row of another source has the same "
        "key, these figures need a table of their own."
    )
    with writing(url) as session:
        assert [row.minimum_months for row in session.scalars(select(Preparation))] == [6]


def test_all_foreign_keys_are_valid(tmp_path: Path) -> None:
    # PostgreSQL always enforces foreign keys. SQLite checks them on request.
    path = tmp_path / "new.sqlite3"
    with writing(f"sqlite:///{path}") as session:
        store_page(session)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_changed_page_replaces_the_older_one_and_keeps_the_row_ids(seeded_database: Callable[[], str]) -> None:
    url = seeded_database()
    before = dump(url)
    with writing(url) as session:
        session.execute(update(Source).values(digest="of an older page"))
        session.execute(update(Wage).values(annual_mean=1))
    with writing(url) as session:
        assert store_page(session).stored == 2
    after = dump(url)
    assert after.pop("data_version") != before.pop("data_version")
    assert after == before


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Adobe Premiere", "adobe-premiere"), ("YouTube", "youtube"), ("C++ / C#", "c-c"), ("  Video  ", "video")],
)
def test_slugs(name: str, slug: str) -> None:
    assert slug_of(name) == slug
