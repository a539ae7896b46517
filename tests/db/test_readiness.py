"""Readiness checks, whose messages are public."""

import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import make_url, text

from db.database import Database
from db.urls import location_of
from db.writing import writing
from seed.comparison_page import store_page
from tests.databases import PostgreSQLServer, file_of, migrate
from tests.db.reading import ask

NOT_THERE = "the database does not answer"
MISSING = "the database file is missing"
DAMAGED = "the database is damaged"
NOT_SEEDED = "the database is not seeded"


def ready(url: str) -> str | None:
    return ask(url, Database.ready)


def change(url: str, statement: str) -> None:
    """Change a database without Rolegraph."""
    engine = location_of(url).writing_engine()
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_seeded_database_is_ready(url: str) -> None:
    assert ready(url) is None


def test_a_database_without_data_is_not_ready(migrated_database: Callable[[], str]) -> None:
    empty = migrated_database()
    assert ready(empty) == NOT_SEEDED
    change(empty, "DROP TABLE alembic_version")
    assert ready(empty) == "the database can't be used: it holds tables of another program"


def test_a_database_becomes_ready_when_it_is_seeded(new_database: Callable[[], str]) -> None:
    url = new_database()

    async def look(database: Database) -> list[str | None]:
        found = [await database.ready()]
        with writing(url):
            pass
        found.append(await database.ready())
        with writing(url) as session:
            store_page(session)
        found.append(await database.ready())
        return found

    first, second, third = ask(url, look)
    assert first == (MISSING if url.startswith("sqlite") else NOT_SEEDED)
    assert (second, third) == (NOT_SEEDED, None)


def test_a_database_of_an_older_version_is_not_ready(new_database: Callable[[], str]) -> None:
    url = new_database()
    migrate(url, "0003")
    assert ready(url) == "the database is from an older version of Rolegraph: run python -m seed"


def test_a_database_of_a_newer_version_is_not_ready(url: str) -> None:
    change(url, "UPDATE alembic_version SET version_num = '9999'")
    expected = "the database can't be used: it is from a newer version of Rolegraph (revision 9999): upgrade Rolegraph"
    assert ready(url) == expected


def test_a_database_without_a_table_is_not_ready(url: str, caplog: pytest.LogCaptureFixture) -> None:
    change(url, "ALTER TABLE source RENAME TO sources")
    assert ready(url) == "the database can't be read"
    [record] = caplog.records
    assert record.exc_info
    assert "source" in str(record.exc_info[1])


def test_a_file_that_is_not_a_database_is_not_ready(new_url: str, caplog: pytest.LogCaptureFixture) -> None:
    assert ready(new_url) == MISSING
    assert not file_of(new_url).exists()
    file_of(new_url).touch()
    assert ready(new_url) == NOT_SEEDED
    file_of(new_url).write_bytes(b"Dear diary,\n" * 1000)
    assert ready(new_url) == DAMAGED
    assert caplog.messages == [
        f"the database file is missing: cannot read {file_of(new_url)}: it does not exist",
        f"{file_of(new_url)} is damaged: file is not a database",
        f"the database is damaged: cannot read {file_of(new_url)}: file is not a database",
    ]


def test_a_locked_file_is_not_ready(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.database.READY_SECONDS", 0.02)
    held = sqlite3.connect(file_of(seeded_url), isolation_level=None)
    # A write-ahead log cannot be locked against readers.
    held.execute("PRAGMA journal_mode = DELETE")
    held.execute("BEGIN EXCLUSIVE")
    try:
        assert ready(seeded_url) == NOT_THERE
    finally:
        held.close()


def test_a_slow_database_is_not_ready(postgresql: PostgreSQLServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.database.READY_SECONDS", 0.2)
    url = postgresql.seeded_url()

    async def look(database: Database) -> list[str | None]:
        held = await psycopg.AsyncConnection.connect(f"{postgresql.address} dbname={make_url(url).database}")
        async with held:
            await held.execute("LOCK TABLE source")
            found = [await database.ready()]
        monkeypatch.undo()
        return [*found, await database.ready()]

    assert ask(url, look) == [NOT_THERE, None]


def test_a_missing_database_is_not_ready(postgresql: PostgreSQLServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.database.READY_SECONDS", 0.5)
    assert ready(f"postgresql://postgres:secret@/nowhere?{postgresql.query}") == NOT_THERE
