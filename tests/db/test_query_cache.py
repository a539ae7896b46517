"""Results are cached for all operations on a data version, until the version changes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest
from sqlalchemy import text

from db import statements
from db.database import Database, Queries, Reading
from db.models import Occupation
from db.query_cache import ABSENT, QueryCache
from db.single_flight import SingleFlight
from db.writing import writing
from tests.conftest import Recorder


@pytest.fixture
def url(seeded_database: Callable[[], str]) -> str:
    """The URL of a seeded database of each dialect."""
    return seeded_database()


def reading(url: str, question: Callable[[Database, Recorder], Awaitable[None]], rows: int = 1000) -> None:
    async def answer() -> None:
        database = Database(url, row_cache_rows=rows)
        database.observers.append(recorder := Recorder())
        try:
            await question(database, recorder)
        finally:
            await database.close()

    asyncio.run(answer())


async def titles(database: Queries, *numbers: int) -> list[str | None]:
    found = await database.first_each(statements.occupations_by_id(), numbers)
    return [None if row is None else row.title for row in found]


def rename(url: str, title: str) -> None:
    with writing(url) as session:
        session.execute(text("UPDATE occupation SET title = :title WHERE id = 1"), {"title": title})


@pytest.mark.parametrize(("length", "read_again"), [(10, 0), (30_000, 1)])
def test_results_of_long_keys_take_more_of_the_cache(url: str, length: int, read_again: int) -> None:
    slugs = [chr(ord("a") + number) * length for number in range(20)]

    async def ask(database: Database, _: Recorder) -> None:
        executed = list[int]()
        for slug in [*slugs, slugs[0]]:
            current = database.reading(await database.version())
            assert await current.first_each(statements.occupations_by_slug(), [slug]) == [None]
            current.keep()
            executed.append(current.statements)
        assert executed == [1] * len(slugs) + [read_again]

    reading(url, ask)


def test_cached_results_are_not_read_again(url: str) -> None:
    async def ask(database: Database, recorder: Recorder) -> None:
        first = database.reading(await database.version())
        # The absence of a row is cached too.
        before = await titles(first, 1, 99), await first.all(statements.sources())
        assert first.statements == 2
        first.keep()
        second = database.reading(await database.version())
        assert (await titles(second, 99, 1, 1), await second.all(statements.sources())) == (
            [None, before[0][0], before[0][0]],
            before[1],
        )
        assert not second.statements
        assert len(recorder.statements) == 2

    reading(url, ask)


def test_results_are_shared_only_after_keep(url: str) -> None:
    async def ask(database: Database, recorder: Recorder) -> None:
        version = await database.version()
        first, second = database.reading(version), database.reading(version)
        await titles(first, 1)
        await titles(first, 1)
        assert len(recorder.statements) == 1
        await titles(second, 1)
        assert len(recorder.statements) == 2

    reading(url, ask)


def test_only_missing_keys_are_read(url: str) -> None:
    async def ask(database: Database, recorder: Recorder) -> None:
        version = await database.version()
        first = database.reading(version)
        [title] = await titles(first, 1)
        first.keep()
        rename(url, "Other")
        second = database.reading(version)
        # The cached row is of the operation's version. The operation is run again when it reads the version at its end.
        found = await titles(second, 1, 2)
        assert found[0] == title
        assert second.statements
        assert len(recorder.statements) == 2

    reading(url, ask)


def test_another_version_is_read_again(url: str) -> None:
    async def ask(database: Database, _: Recorder) -> None:
        first = database.reading(await database.version())
        await titles(first, 1)
        first.keep()
        rename(url, "Other")
        second = database.reading(await database.version())
        assert await titles(second, 1) == ["Other"]
        second.keep()
        assert await titles(database.reading(await database.version()), 1) == ["Other"]

    reading(url, ask)


def test_results_read_across_a_commit_are_not_shared(url: str) -> None:
    async def ask(database: Database, _: Recorder) -> None:
        late = database.reading(await database.version())
        rename(url, "Other")
        assert await titles(late, 1) == ["Other"]
        rename(url, "Third")
        current = database.reading(await database.version())
        # Even if an operation keeps results of another version, readers of the current one do not see them.
        late.keep()
        assert await titles(current, 1) == ["Third"]

    reading(url, ask)


def test_a_row_is_the_same_object_in_all_results(url: str) -> None:
    async def ask(database: Database, _: Recorder) -> None:
        version = await database.version()

        async def by_id(reads: Reading) -> Occupation | None:
            return await reads.first(statements.occupations_by_id(), 1)

        first, second = database.reading(version), database.reading(version)
        row = await by_id(first)
        assert row is not None
        assert await first.first(statements.occupations_by_slug(), row.slug) is row
        first.keep()
        assert await second.first(statements.occupations_by_slug(), row.slug) is row
        [of_group] = await second.each(statements.occupations_in_groups(), [row.group_code])
        assert any(one is row for one in of_group)

    reading(url, ask)


def test_without_a_row_cache_nothing_is_shared(url: str) -> None:
    async def ask(database: Database, recorder: Recorder) -> None:
        for number in (1, 2):
            reads = database.reading(await database.version())
            await titles(reads, 1)
            await titles(reads, 1)
            reads.keep()
            assert len(recorder.statements) == number

    reading(url, ask, rows=0)


def test_concurrent_equal_queries_execute_once(url: str) -> None:
    async def ask(database: Database, recorder: Recorder) -> None:
        reads = database.reading(await database.version())
        await asyncio.gather(*(reads.all(statements.sources()) for _ in range(3)), titles(reads, 1), titles(reads, 1))
        assert len(recorder.statements) == 2

    reading(url, ask)


# Large values that are held


def test_a_large_value_is_read_once_and_again_when_its_key_changes(url: str) -> None:
    made = list[bytes]()

    def size_of(value: bytes) -> int:
        made.append(value)
        return len(value)

    async def ask(database: Database, recorder: Recorder) -> None:
        version = await database.version()

        async def held() -> tuple[int, str]:
            reads = database.reading(version)
            [digest] = await database.all(statements.title_digest())
            return await reads.held(size_of, statements.search_index(), digest), digest

        results = await asyncio.gather(*(held() for _ in range(5)))
        assert [*{*results}] == [(len(made[0]), results[0][1])]
        assert len([each for each in recorder.statements if "arrays" in each]) == 1
        rename(url, "Another Media Producer")
        assert await held() == (len(made[1]), (await held())[1]) != results[0]
        assert len(made) == 2

    # Nothing of it is in the row cache.
    reading(url, ask, rows=0)


# Bounds


def test_the_cache_never_exceeds_its_maximum() -> None:
    release = QueryCache("version", 10)
    for key in range(100):
        release.put(("question",), key, [key], 2)
        assert len(release) <= 10
    assert release.get(("question",), 99) == [99]
    assert release.get(("question",), 0) is ABSENT


def test_a_used_result_stays_in_the_cache() -> None:
    release = QueryCache("version", 10)
    for key in range(100):
        release.put(("question",), key, [key], 1)
        assert release.get(("question",), 0) == [0]


def test_a_result_above_half_of_the_maximum_is_not_cached() -> None:
    release = QueryCache("version", 10)
    release.put(("question",), 1, "small", 1)
    release.put(("question",), 2, "large", 6)
    assert release.get(("question",), 1) == "small"
    assert release.get(("question",), 2) is ABSENT


def test_a_result_of_exactly_half_of_the_maximum_is_cached() -> None:
    cache = QueryCache("version", 10)
    cache.put(("query",), 1, "half", 5)
    assert cache.get(("query",), 1) == "half"


def test_a_promoted_result_keeps_its_weight() -> None:
    cache = QueryCache("version", 10)
    cache.put(("query",), 1, "heavy", 4)
    cache.put(("query",), 2, "light", 2)
    assert cache.get(("query",), 1) == "heavy"
    # Both are too much for one generation, so the promotion began another one.
    assert len(cache) == 6
    cache.put(("query",), 3, "light", 2)
    assert cache.get(("query",), 2) is ABSENT


def test_a_result_that_is_added_again_weighs_as_before() -> None:
    cache = QueryCache("version", 10)
    for _ in range(10):
        cache.put(("query",), 1, "same", 2)
    assert len(cache) == 2


def test_rows_are_dropped_with_their_generation() -> None:
    cache = QueryCache("version", 10)
    cache.put(("query",), 1, "first", 5)
    cache.add_rows(Occupation, {1: "row"})
    assert cache.rows(Occupation) == {1: "row"}
    cache.put(("query",), 2, "second", 5)
    assert cache.rows(Occupation) == {}


def test_a_table_has_no_more_rows_than_half_of_the_maximum() -> None:
    cache = QueryCache("version", 10)
    cache.add_rows(Occupation, dict.fromkeys(range(4), "row"))
    cache.add_rows(Occupation, dict.fromkeys(range(4, 6), "row"))
    assert len(cache.rows(Occupation)) == 4
    cache.add_rows(Occupation, {4: "row"})
    assert len(cache.rows(Occupation)) == 5


def test_a_result_weighs_as_many_rows_as_it_was_made_of(url: str) -> None:
    async def ask(database: Database, recorder: Recorder) -> None:
        version = await database.version()
        codes = ["US", "27-0000"]
        for _ in range(2):
            reads = database.reading(version)
            # Each group's two occupations and one more for the key: over half of four.
            await reads.each(statements.occupations_in_groups(), codes[1:])
            reads.keep()
        assert len(recorder.statements) == 2

    reading(url, ask, rows=4)


# Single flight


def sharing(script: Callable[[SingleFlight[int], list[asyncio.Future[int]]], Awaitable[None]]) -> None:
    async def run() -> None:
        asked: list[asyncio.Future[int]] = []

        async def answer(future: asyncio.Future[int]) -> int:
            return await future

        def ask() -> asyncio.Task[int]:
            asked.append(asyncio.get_running_loop().create_future())
            return asyncio.create_task(answer(asked[-1]))

        await script(SingleFlight(ask), asked)

    asyncio.run(run())


async def turns() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def begin(shared: SingleFlight[int], number: int) -> Sequence[asyncio.Task[int]]:
    return [asyncio.create_task(shared.result()) for _ in range(number)]


def test_concurrent_calls_share_a_fetch() -> None:
    async def script(shared: SingleFlight[int], asked: list[asyncio.Future[int]]) -> None:
        waiting = begin(shared, 5)
        await turns()
        assert len(asked) == 1
        asked[0].set_result(1)
        assert await asyncio.gather(*waiting) == [1] * 5

    sharing(script)


def test_a_call_during_a_fetch_waits_for_the_next_one() -> None:
    async def script(shared: SingleFlight[int], asked: list[asyncio.Future[int]]) -> None:
        early = begin(shared, 2)
        await turns()
        late = begin(shared, 3)
        await turns()
        assert len(asked) == 1
        asked[0].set_result(1)
        await turns()
        assert len(asked) == 2
        asked[1].set_result(2)
        assert await asyncio.gather(*early, *late) == [1, 1, 2, 2, 2]

    sharing(script)


def test_a_canceled_caller_does_not_cancel_the_others() -> None:
    async def script(shared: SingleFlight[int], asked: list[asyncio.Future[int]]) -> None:
        first, second = begin(shared, 2)
        await turns()
        first.cancel()
        await turns()
        asked[0].set_result(1)
        assert await second == 1

    sharing(script)


def test_a_fetch_without_callers_is_canceled_and_delays_no_other() -> None:
    async def script(shared: SingleFlight[int], asked: list[asyncio.Future[int]]) -> None:
        [only] = begin(shared, 1)
        await turns()
        only.cancel()
        await turns()
        assert asked[0].cancelled()
        [other] = begin(shared, 1)
        await turns()
        asked[1].set_result(2)
        assert await other == 2

    sharing(script)


def test_all_callers_get_the_error() -> None:
    async def script(shared: SingleFlight[int], asked: list[asyncio.Future[int]]) -> None:
        waiting = begin(shared, 2)
        await turns()
        asked[0].set_exception(KeyError("gone"))
        assert [type(found) for found in await asyncio.gather(*waiting, return_exceptions=True)] == [KeyError] * 2
        [again] = begin(shared, 1)
        await turns()
        asked[1].set_result(2)
        assert await again == 2

    sharing(script)
