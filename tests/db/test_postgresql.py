"""What only PostgreSQL does: it may hold other tables, be unreachable or slow, or restart."""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator, Sequence

import psycopg
import pytest
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from db import paging, statements
from db.condition import Condition, check, require_current
from db.database import Database
from db.deadline import DeadlineExceeded, deadline
from db.location import DatabaseError, Pool, Unreachable
from db.models import Occupation, Source
from db.rows import single
from db.urls import location_of
from db.writing import writing
from resolvers.context import Context
from tests.databases import PostgreSQLServer, running_server
from tests.db.reading import ENDLESS, ask, counting
from tests.forking import Script
from tests.server.processes import finish


@pytest.fixture
def url(postgresql: PostgreSQLServer) -> str:
    """The URL of an empty database."""
    return postgresql.new_url()


@pytest.fixture(scope="module")
def seeded(postgresql: PostgreSQLServer) -> str:
    """The URL of a seeded database, for tests that only read."""
    return postgresql.seeded_url()


def run(postgresql: PostgreSQLServer, url: str, statement: str) -> list[tuple[object, ...]]:
    return postgresql.run(statement, make_url(url).database or "")


def migrate(url: str) -> None:
    with writing(url):
        pass


# Conditions


def test_a_database_is_empty_and_then_current(url: str) -> None:
    assert check(url) is Condition.EMPTY
    with pytest.raises(DatabaseError) as caught:
        require_current(url)
    assert str(caught.value) == f"{location_of(url)} holds no data yet: run python -m seed"
    migrate(url)
    assert check(url) is Condition.CURRENT
    require_current(url)


def test_both_schemes_of_the_url_are_accepted(seeded: str) -> None:
    assert check(seeded.replace("postgresql://", "postgresql+psycopg://")) is Condition.CURRENT


@pytest.mark.parametrize("thing", ["TABLE other (id int)", "VIEW other AS SELECT 1 AS id"])
def test_a_database_with_tables_of_another_program_is_refused(
    postgresql: PostgreSQLServer, url: str, thing: str
) -> None:
    run(postgresql, url, f"CREATE {thing}")
    for use in (require_current, migrate):
        with pytest.raises(DatabaseError) as caught:
            use(url)
        assert str(caught.value) == f"cannot use {location_of(url)}: it holds tables of another program"
    assert run(postgresql, url, "SELECT relname FROM pg_class WHERE relname = 'alembic_version'") == []


def test_a_database_of_a_newer_version_is_refused(postgresql: PostgreSQLServer) -> None:
    url = postgresql.migrated_url()
    run(postgresql, url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseError, match=r"from a newer version of Rolegraph \(revision 9999\): upgrade Rolegraph$"):
        check(url)


def test_a_missing_database_is_an_error(postgresql: PostgreSQLServer) -> None:
    nowhere = f"postgresql://postgres:secret@/nowhere?{postgresql.query}"
    with pytest.raises(DatabaseError, match=r'^cannot use .*: database "nowhere" does not exist$|FATAL') as caught:
        check(nowhere)
    assert "secret" not in str(caught.value)


def test_a_missing_server_is_an_error() -> None:
    nowhere = "postgresql://rolegraph:secret@127.0.0.1:1/rolegraph"
    with pytest.raises(DatabaseError) as caught:
        check(nowhere)
    message = str(caught.value)
    assert message.startswith("cannot use postgresql://127.0.0.1:1/rolegraph: connection failed: ")
    assert not any(part in message for part in ("secret", "\n", "SELECT"))


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://rolegraph:half@secret@host/rolegraph", id="an at sign in the password"),
        pytest.param("postgresql://12/secret@host/rolegraph", id="a slash in what stands before the host"),
        pytest.param("postgresql://rolegraph:secret@host:secret/rolegraph", id="a port that is no number"),
        pytest.param("postgresql://rolegraph:secret@a..b/rolegraph", id="no host's name"),
        pytest.param("postgresql://rolegraph:secret@host", id="no database"),
        pytest.param("postgresql+asyncpg://rolegraph:secret@host/rolegraph", id="another driver"),
    ],
)
def test_an_invalid_url_is_not_repeated_in_the_message(url: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        check(url)
    assert not any(part in str(caught.value) for part in ("secret", "half", "12"))


def test_text_sorts_by_code_point_in_a_database_of_any_collation(postgresql: PostgreSQLServer, seeded: str) -> None:
    collations = """
        SELECT DISTINCT collname::text FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid JOIN pg_collation ON pg_collation.oid = attcollation
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
    """
    assert run(postgresql, seeded, collations) == [("C",)]


# Writing


def test_a_writer_times_out_waiting_for_another(postgresql: PostgreSQLServer, monkeypatch: pytest.MonkeyPatch) -> None:
    url = postgresql.migrated_url()
    monkeypatch.setattr("db.postgresql.LOCK_TIMEOUT_SECONDS", 0.01)
    with writing(url) as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(DatabaseError, match=r"^cannot write .*: canceling statement due to lock timeout$"):
            migrate(url)


def test_an_error_of_a_writer_is_one_line(postgresql: PostgreSQLServer) -> None:
    url = postgresql.migrated_url()

    def write() -> None:
        with writing(url) as session:
            session.execute(text("SELECT secret FROM nothing"))

    with pytest.raises(DatabaseError) as caught:
        write()
    assert str(caught.value) == f'cannot write {location_of(url)}: relation "nothing" does not exist'


# Reading


def test_readers_cannot_write(seeded: str) -> None:
    async def write() -> None:
        reader = location_of(seeded).reader(Pool())
        try:
            await reader.run(lambda connection: connection.execute(text("DELETE FROM education")))
        finally:
            await reader.close()

    with pytest.raises(DBAPIError, match="cannot execute DELETE in a read-only transaction"):
        asyncio.run(write())


def test_text_with_a_nul_matches_no_row(seeded: str) -> None:
    keys = ["media-producer\0", "\0"]
    found = ask(seeded, lambda database: database.each(statements.occupations_by_slug(), keys))
    assert found == [[], []]


def test_statements_run_concurrently(postgresql: PostgreSQLServer) -> None:
    url = postgresql.seeded_url()

    async def wait(database: Database) -> list[str]:
        held = await psycopg.AsyncConnection.connect(f"{postgresql.address} dbname={make_url(url).database}")
        async with held:
            await held.execute("LOCK TABLE occupation")
            waiting = asyncio.create_task(database.all(single(select(col(Occupation.slug)))))
            assert await database.all(single(select(col(Source.id))))
            assert not waiting.done()
        return sorted(await waiting)

    assert ask(url, wait) == ["media-producer", "media-production-specialist"]


def test_a_wait_for_a_connection_times_out(postgresql: PostgreSQLServer) -> None:
    url = postgresql.seeded_url()

    async def wait(database: Database) -> None:
        held = await psycopg.AsyncConnection.connect(f"{postgresql.address} dbname={make_url(url).database}")
        async with held:
            await held.execute("LOCK TABLE occupation")
            waiting = asyncio.create_task(database.all(single(select(col(Occupation.slug)))))
            await asyncio.sleep(0)
            with pytest.raises(Unreachable, match=r"^cannot read .*: every connection of the pool is in use$"):
                await database.all(single(select(col(Source.id))))
        await waiting

    ask(url, wait, Pool(size=1, timeout_seconds=0.01))


def test_the_pool_reconnects_to_a_restarted_server(postgresql: PostgreSQLServer, seeded: str) -> None:
    # To a connection, the end of its backend looks like a restart.
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}' AND pid <> pg_backend_pid()"

    async def meet_dead_connections(database: Database) -> list[int]:
        counted = paging.count(select(Source))
        both = [await asyncio.gather(database.one(counted), database.one(counted))]
        run(postgresql, seeded, end.format(make_url(seeded).database))
        both.append(await asyncio.gather(database.one(counted), database.one(counted)))
        return [number for pair in both for number in pair]

    assert ask(seeded, meet_dead_connections) == [1, 1, 1, 1]


def test_a_statement_is_executed_again_if_its_connection_ends(postgresql: PostgreSQLServer) -> None:
    url = postgresql.seeded_url()

    async def wait(database: Database) -> list[str]:
        # Two connections, so that both are dead when the statement is executed again.
        await asyncio.gather(*(database.all(single(select(col(Source.id)))) for _ in range(2)))
        held = await psycopg.AsyncConnection.connect(f"{postgresql.address} dbname={make_url(url).database}")
        async with held:
            await held.execute("LOCK TABLE occupation")
            waiting = asyncio.create_task(database.all(single(select(col(Occupation.slug)))))
            await until(lambda: len(active(postgresql, url)) == 1)
            run(
                postgresql,
                url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'rolegraph' AND datname = current_database()",
            )
            await until(lambda: len(active(postgresql, url)) == 1)
        return sorted(await waiting)

    assert ask(url, wait) == ["media-producer", "media-production-specialist"]


# Shares of the pool


def test_an_operation_uses_a_third_of_the_pool(postgresql: PostgreSQLServer, seeded: str) -> None:
    async def wait(database: Database) -> list[int]:
        operations = [database.reading(version) for version in ("one", "another")]
        found = list[int]()
        for operation in operations:
            running = [asyncio.create_task(operation.one(counting(1_000_000_000 + number))) for number in range(9)]
            await until(lambda: len(active(postgresql, seeded)) == 2)
            await asyncio.sleep(0.1)
            found.append(len(active(postgresql, seeded)))
            # The version has a connection of its own, and other operations have theirs.
            async with asyncio.timeout(30):
                assert await database.version()
                assert await database.reading("third").all(statements.sources())
            for task in running:
                task.cancel()
            await asyncio.wait(running)
            await until(lambda: not active(postgresql, seeded))
        return found

    assert ask(seeded, wait, Pool(size=6, timeout_seconds=30)) == [2, 2]


def test_the_version_is_read_while_every_connection_of_the_pool_is_in_use(
    postgresql: PostgreSQLServer, seeded: str
) -> None:
    async def wait(database: Database) -> set[str]:
        running = [asyncio.create_task(database.one(ENDLESS)) for _ in range(2)]
        await until(lambda: len(active(postgresql, seeded)) == 2)
        async with asyncio.timeout(30):
            versions = {await database.version() for _ in range(3)}
        for task in running:
            task.cancel()
        return versions

    assert len(ask(seeded, wait, SMALL)) == 1


@pytest.mark.parametrize(("size", "share"), [(1, 1), (2, 1), (5, 1), (6, 2), (10, 3), (100, 33)])
def test_a_share_is_a_third_and_at_least_one(size: int, share: int) -> None:
    assert Pool(size).share == share


# Canceled statements


def active(postgresql: PostgreSQLServer, url: str) -> list[tuple[object, ...]]:
    """Return the server processes that run our statements."""
    return run(
        postgresql,
        url,
        "SELECT pid FROM pg_stat_activity "
        "WHERE application_name = 'rolegraph' AND datname = current_database() AND state = 'active'",
    )


async def until(true: Callable[[], bool]) -> None:
    """Wait up to half a minute until a condition is true."""
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - the server sends no event
            await asyncio.sleep(0.01)


BACKEND = select(text("pg_backend_pid() FROM pg_sleep(0.1)"))
SMALL = Pool(size=2, timeout_seconds=30)


def test_the_server_cancels_late_statements_and_the_pool_stays_complete(
    postgresql: PostgreSQLServer, seeded: str
) -> None:
    async def wait(database: Database) -> int:
        for _ in range(10):
            with deadline(0.02):
                results = await asyncio.gather(*(database.one(ENDLESS) for _ in range(2)), return_exceptions=True)
            assert [type(result) for result in results] == [DeadlineExceeded] * 2
        await until(lambda: not active(postgresql, seeded))
        return await at_once(database)

    assert ask(seeded, wait, SMALL) == 2


async def at_once(database: Database) -> int:
    """Return the maximum number of concurrent statements."""
    pids = await asyncio.gather(*(database.one(single(BACKEND)) for _ in range(6)))
    return len(set(pids))


def test_a_wait_for_a_connection_ends_with_the_deadline(postgresql: PostgreSQLServer, seeded: str) -> None:
    async def wait(database: Database) -> int:
        others = [asyncio.create_task(database.one(ENDLESS)) for _ in range(2)]
        await until(lambda: len(active(postgresql, seeded)) == 2)
        for _ in range(20):
            with pytest.raises(DeadlineExceeded), deadline(0.01):
                await database.all(statements.sources())
        for other in others:
            other.cancel()
        return await at_once(database)

    assert ask(seeded, wait, SMALL) == 2


def test_a_canceled_request_cancels_its_statement(postgresql: PostgreSQLServer, seeded: str) -> None:
    async def wait(database: Database) -> int:
        for _ in range(10):
            pair = [asyncio.create_task(database.one(ENDLESS)) for _ in range(2)]
            await until(lambda: len(active(postgresql, seeded)) == 2)
            for task in pair:
                task.cancel()
            results = await asyncio.gather(*pair, return_exceptions=True)
            assert [type(result) for result in results] == [asyncio.CancelledError] * 2
            await until(lambda: not active(postgresql, seeded))
        return await at_once(database)

    assert ask(seeded, wait, SMALL) == 2


def test_statements_end_with_their_operation(postgresql: PostgreSQLServer, seeded: str) -> None:
    async def count(parents: Sequence[object], context: Context) -> list[int]:
        return [await context.database.one(ENDLESS)] * len(parents)

    async def wait(database: Database) -> int:
        async def operation() -> None:
            with deadline(600):
                await Context(database).load(count, 1, {})

        task = asyncio.create_task(operation())
        await until(lambda: len(active(postgresql, seeded)) == 1)
        # A task of the batch runs the statement and is not canceled itself.
        task.cancel()
        await until(lambda: not active(postgresql, seeded))
        return await at_once(database)

    assert ask(seeded, wait, SMALL) == 2


WAIT = (
    "import asyncio, sys; from db.database import Database; from tests.db.reading import ENDLESS\n"
    "asyncio.run(Database(sys.argv[1]).one(ENDLESS))"
)


def test_the_server_cancels_statements_of_a_killed_process(postgresql: PostgreSQLServer, seeded: str) -> None:
    async def wait() -> None:
        script = Script(WAIT, seeded)
        await until(lambda: len(active(postgresql, seeded)) == 1)
        script.kill()
        assert finish(script)[0] == -signal.SIGKILL
        await until(lambda: not active(postgresql, seeded))

    asyncio.run(wait())


BACKENDS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'rolegraph' AND datname = current_database()"


def test_a_hanging_server_does_not_delay_deadlines(
    postgresql: PostgreSQLServer, caplog: pytest.LogCaptureFixture
) -> None:
    # The server's processes for the connections of earlier tests end late on a busy machine.
    url = postgresql.seeded_url()

    async def wait(database: Database) -> None:
        await database.version()
        pid = await database.one(single(select(text("pg_backend_pid()"))))
        pids = [each for (each,) in run(postgresql, url, BACKENDS) if isinstance(each, int)]
        assert len(pids) == 2
        assert pid in pids
        for each in pids:
            os.kill(each, signal.SIGSTOP)
        try:
            for late in (database.version, lambda: database.all(statements.sources())):
                with pytest.raises(DeadlineExceeded), deadline(0.05):
                    await late()
            # The driver still waits.
            assert not caplog.records
        finally:
            for each in pids:
                os.kill(each, signal.SIGCONT)

    ask(url, wait)


# A restarted server


@pytest.fixture(scope="module")
def mortal() -> Iterator[PostgreSQLServer]:
    """A server that tests can stop. Each starts it again."""
    with running_server() as server:
        yield server


def test_a_statement_waits_while_the_server_restarts(mortal: PostgreSQLServer, monkeypatch: pytest.MonkeyPatch) -> None:
    # On a busy machine a restart may take longer than statements wait.
    monkeypatch.setattr("db.postgresql.FAILOVER_SECONDS", 30)
    url = mortal.seeded_url()

    async def live(database: Database) -> None:
        before = await database.version()
        await asyncio.to_thread(mortal.stop)
        waiting = asyncio.create_task(database.version())
        assert await asyncio.wait([waiting], timeout=0.3) == (set(), {waiting})
        await asyncio.to_thread(mortal.start)
        assert await waiting == before

    ask(url, live)


def test_a_stopped_server_is_unreachable_until_it_restarts(
    mortal: PostgreSQLServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.postgresql.FAILOVER_SECONDS", 0.3)
    url = mortal.seeded_url()
    counted = paging.count(select(Source))

    async def live(database: Database) -> None:
        before = await database.version()
        assert await asyncio.gather(*(database.one(counted) for _ in range(3))) == [1, 1, 1]
        running = asyncio.create_task(database.one(ENDLESS))
        await until(lambda: len(active(mortal, url)) == 1)
        await asyncio.to_thread(mortal.stop)
        try:
            with pytest.raises(Unreachable) as cut:
                await running
            assert str(cut.value).startswith(f"cannot read {location_of(url)}: ")
            for ask_for in (lambda: database.one(counted), database.version):
                with pytest.raises(Unreachable, match=r"^cannot read .*: connection .* failed: "):
                    await ask_for()
            assert await database.ready() == "the database does not answer"
        finally:
            mortal.start()
        assert await asyncio.gather(*(database.one(counted) for _ in range(3))) == [1, 1, 1]
        assert await database.version() == before
        assert await database.ready() is None

    ask(url, live, SMALL)


def test_a_missing_server_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.postgresql.FAILOVER_SECONDS", 0.3)

    async def look(database: Database) -> str | None:
        with pytest.raises(Unreachable) as caught:
            await database.version()
        assert str(caught.value).startswith("cannot read postgresql://127.0.0.1:1/rolegraph: connection failed: ")
        assert "secret" not in str(caught.value)
        return await database.ready()

    assert ask("postgresql://rolegraph:secret@127.0.0.1:1/rolegraph", look) == "the database does not answer"
