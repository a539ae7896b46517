"""Deadlines end the statements of an operation and do not affect the next one."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import cast

import pytest
from sqlalchemy import select
from sqlmodel import col

from db import paging, statements
from db.database import Database
from db.deadline import DeadlineExceeded, deadline
from db.models import Source
from db.rows import single
from resolvers.context import Context
from tests.conftest import Recorder
from tests.databases import file_of
from tests.db.reading import ENDLESS, ask, counting


@pytest.fixture(scope="module")
def url(seeded_database: Callable[[], str]) -> str:
    """The URL of a seeded database of each dialect. These tests only read it."""
    return seeded_database()


def test_a_statement_ends_with_the_deadline(url: str) -> None:
    async def wait(database: Database) -> None:
        with pytest.raises(DeadlineExceeded), deadline(0.05):
            await database.one(ENDLESS)

    ask(url, wait)


def test_a_statement_within_the_deadline_completes(url: str) -> None:
    async def read(database: Database) -> int:
        with deadline(600):
            return await database.one(paging.count(select(Source)))

    assert ask(url, read) == 1


def test_a_deadline_does_not_affect_the_next_operation(url: str) -> None:
    # Long enough for several checks of the time, if a deadline were left.
    long = counting(100_000)

    async def wait(database: Database) -> None:
        for _ in range(3):
            with pytest.raises(DeadlineExceeded), deadline(0.02):
                await database.one(ENDLESS)
            assert await database.one(long) == 100_000
            with deadline(600):
                assert await database.one(long) == 100_000

    ask(url, wait)


def test_no_statement_starts_after_the_deadline(url: str) -> None:
    async def wait(database: Database) -> list[str]:
        await database.version()
        database.observers.append(recorder := Recorder())
        with deadline(0):
            for late in (
                lambda: database.all(statements.sources()),
                lambda: database.first(statements.areas_by_code(), "US"),
                lambda: database.one(ENDLESS),
                database.version,
            ):
                with pytest.raises(DeadlineExceeded):
                    await late()
        return recorder.statements

    assert ask(url, wait) == []


def test_an_inner_deadline_does_not_extend_the_outer_one(url: str) -> None:
    async def wait(database: Database) -> None:
        with deadline(0.05), pytest.raises(DeadlineExceeded), deadline(600):
            await database.one(ENDLESS)
        with deadline(600):
            with pytest.raises(DeadlineExceeded), deadline(0.05):
                await database.one(ENDLESS)
            assert await database.all(single(select(col(Source.id))))

    ask(url, wait)


def test_concurrent_operations_have_their_own_deadlines(url: str) -> None:
    async def wait(database: Database) -> list[object]:
        async def operation(seconds: float) -> int:
            with deadline(seconds):
                await asyncio.sleep(0)
                return await database.one(counting(100_000))

        return [*await asyncio.gather(operation(0), operation(600), return_exceptions=True)]

    late, found = ask(url, wait)
    assert isinstance(late, DeadlineExceeded)
    assert found == 100_000


def test_statements_of_batches_end_with_the_deadline(url: str) -> None:
    async def count(parents: Sequence[object], context: Context) -> list[int]:
        return [await context.database.one(ENDLESS)] * len(parents)

    async def wait(database: Database) -> None:
        with deadline(0.05):
            context = Context(database)
            loads = [context.load(count, parent, {}) for parent in (1, 2)]
            for error in await asyncio.gather(*loads, return_exceptions=True):
                assert isinstance(error, DeadlineExceeded)

    ask(url, wait)


@pytest.mark.parametrize(("parents", "calls"), [(10, [10]), (11, [])])
def test_a_batch_for_more_than_ten_parents_does_not_start_after_the_deadline(parents: int, calls: list[int]) -> None:
    called = list[int]()

    def double(numbers: Sequence[int], _: Context) -> list[int]:
        called.append(len(numbers))
        return [2 * number for number in numbers]

    with deadline(0), suppress(DeadlineExceeded):
        Context(cast("Database", None)).answer(double, range(parents), {})
    assert called == calls


def test_a_task_runs_no_statements_after_its_operation(url: str) -> None:
    async def wait(database: Database) -> None:
        left = asyncio.Event()

        async def go_on() -> None:
            await left.wait()
            await database.all(statements.sources())

        with deadline(600):
            task = asyncio.create_task(go_on())
        left.set()
        with pytest.raises(DeadlineExceeded):
            await task

    ask(url, wait)


def test_a_wait_for_a_locked_file_ends_with_the_deadline(seeded_url: str) -> None:
    held = sqlite3.connect(file_of(seeded_url), isolation_level=None)
    # A write-ahead log cannot be locked against readers.
    held.execute("PRAGMA journal_mode = DELETE")
    held.execute("BEGIN EXCLUSIVE")

    async def wait(database: Database) -> None:
        for read in (lambda: database.all(statements.sources()), database.version):
            with pytest.raises(DeadlineExceeded), deadline(0.05):
                await read()

    try:
        ask(seeded_url, wait)
    finally:
        held.close()
