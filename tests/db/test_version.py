"""The data's version changes with every commit of changed data, and only then."""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from db.database import Database
from db.location import Unreachable
from db.models import Education
from db.rows import single
from db.writing import writing
from seed.comparison_page import store_page
from tests.conftest import serving
from tests.databases import file_of, migrate, migrated
from tests.db.reading import ask
from tests.forking import Script
from tests.server.processes import finish

TELL = (
    "import asyncio, sys; from db.database import Database\n"
    "async def tell():\n"
    "    database = Database(sys.argv[1]); print(await database.version()); await database.close()\n"
    "asyncio.run(tell())"
)
FORGET = (
    "import sys; from sqlalchemy import delete; from db.models import Education; from db.writing import writing\n"
    "with writing(sys.argv[1]) as session: session.execute(delete(Education))"
)

REWRITE = (
    "import sys; from sqlalchemy import update; from db.models import Education; from db.writing import writing\n"
    "for number in range(10):\n"
    "    with writing(sys.argv[1]) as session:\n"
    "        session.execute(update(Education).values(most_common_major=str(number)))"
)


def version(url: str) -> str:
    return ask(url, Database.version)


def told(script: str, url: str) -> str:
    status, out, err = finish(Script(script, url))
    assert (status, err) == (0, "")
    return out.strip()


def test_a_write_changes_the_version(url: str) -> None:
    before = version(url)
    with writing(url) as session:
        session.execute(delete(Education))
    assert version(url) != before


def test_a_writer_without_changes_keeps_the_version(url: str) -> None:
    before = version(url)
    with writing(url) as session:
        assert store_page(session).unchanged
    assert version(url) == before


def test_a_failed_writer_keeps_the_version(url: str) -> None:
    def fail() -> None:
        with writing(url) as session:
            session.execute(delete(Education))
            raise KeyError

    before = version(url)
    with pytest.raises(KeyError):
        fail()
    assert version(url) == before


def test_uncommitted_data_has_no_version(url: str) -> None:
    before = version(url)
    with writing(url) as session:
        session.execute(delete(Education))
        session.flush()
        assert version(url) == before


def test_databases_with_the_same_data_have_different_versions(
    new_database: Callable[[], str], migrated_database: Callable[[], str]
) -> None:
    assert version(migrated(new_database())) != version(migrated_database())


def test_migrating_adds_a_version(new_database: Callable[[], str]) -> None:
    url = new_database()
    migrate(url, "0003")
    with pytest.raises(DBAPIError, match="data_version"):
        version(url)
    assert version(migrated(url))


def test_all_processes_see_a_new_version_at_once(url: str) -> None:
    async def look(first: Database) -> None:
        second = Database(url)
        try:
            versions = {await first.version(), await second.version()}
            assert versions == {told(TELL, url)}
            new = told(f"{FORGET}\n{TELL}", url)
            changed = {await first.version(), await second.version()}
            assert changed == {new}
            assert changed != versions
        finally:
            await second.close()

    ask(url, look)


def test_an_unchanged_version_means_unchanged_data(url: str) -> None:
    with writing(url) as session:
        session.execute(update(Education).values(most_common_major="the same"))
    writer = Script(REWRITE, url)

    async def look(database: Database) -> dict[str, set[str | None]]:
        found: dict[str, set[str | None]] = {}
        while writer.poll() is None:
            before = await database.version()
            seen = await database.all(single(select(col(Education.most_common_major))))
            if await database.version() == before:
                found.setdefault(before, set()).update(seen)
        return found

    found = ask(url, look)
    assert finish(writer) == (0, "", "")
    assert len(found) > 1
    assert [texts for texts in found.values() if len(texts) > 1] == []


def test_version_reads_are_not_counted_as_statements(url: str) -> None:
    with serving(url) as api, api.statements() as run:
        database: Database = api.app.state.service.database
        assert api.portal.call(database.version) == api.portal.call(database.version)
        assert run == []


def test_a_missing_file_is_unreachable(new_url: str) -> None:
    with pytest.raises(Unreachable, match=r"^cannot read .*: it does not exist$"):
        version(new_url)


def test_a_read_only_file_has_a_version(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = version(seeded_url)

    def closed(_path: Path, _mode: int) -> bool:
        # Tests may run as root, which can write to every folder.
        return False

    monkeypatch.setattr(os, "access", closed)
    assert version(seeded_url) == told


def test_waiting_for_a_locked_file_does_not_block_the_loop(seeded_url: str) -> None:
    held = sqlite3.connect(file_of(seeded_url), isolation_level=None)
    # A write-ahead log cannot be locked against readers.
    held.execute("PRAGMA journal_mode = DELETE")

    async def look(database: Database) -> None:
        before = await database.version()
        held.execute("BEGIN EXCLUSIVE")
        waiting = asyncio.create_task(database.version())
        await asyncio.sleep(0.05)
        assert not waiting.done()
        held.execute("ROLLBACK")
        assert await waiting == before

    try:
        ask(seeded_url, look)
    finally:
        held.close()


def test_a_file_that_stays_locked_is_unreachable(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    held = sqlite3.connect(file_of(seeded_url), isolation_level=None)
    held.execute("PRAGMA journal_mode = DELETE")
    held.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr("db.sqlite.LOCK_TIMEOUT_SECONDS", 0.01)
    try:
        with pytest.raises(Unreachable, match=r"^cannot read .*: database is locked$"):
            version(seeded_url)
    finally:
        held.close()
