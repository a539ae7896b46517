"""Several servers, a replica and caches: no answer mixes two versions of the data, and failures lose no read."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from bench.soak import QUERIES
from db.database import Database
from tests.db.reading import ask, counting
from tests.deployment.running import SECONDS
from tests.deployment.scaled_out import CACHE_SECONDS, CLIENTS, Deployment, Traffic, scaled_out

PAIR, SOURCES = QUERIES[0], QUERIES[-1]


@pytest.fixture(scope="module")
def deployment() -> Iterator[Deployment]:
    """The deployment. Each test leaves it as the next one expects it."""
    with scaled_out() as running:
        yield running


def states_seen(traffic: Traffic, *states: dict[str, bytes]) -> set[int]:
    """Return the numbers of the states that responses are of. No client may go back to an earlier one."""
    seen = set[int]()
    for responses in traffic.responses:
        numbers = list[int]()
        for response in responses:
            found = [number for number, state in enumerate(states) if state[response.query] == response.body]
            assert found, response
            # Some responses are the same in all states, and nginx may have kept those to GET.
            if response.by_post and len(found) == 1:
                numbers += found
        assert numbers == sorted(numbers)
        seen |= {*numbers}
    return seen


def test_an_import_shows_everywhere_and_no_answer_mixes_two_versions(deployment: Deployment) -> None:
    before = deployment.answers()
    assert deployment.cached(PAIR) == before[PAIR]
    with deployment.traffic() as traffic:
        deployment.states.store()
        deployment.replica.catch_up(deployment.primary)
        workers = deployment.answers_of_each_worker(PAIR)
    after = deployment.answers()
    assert len(workers) == 4
    assert {*workers.values()} == {after[PAIR]} != {before[PAIR]}
    assert traffic.lost == []
    assert states_seen(traffic, before, after) == {0, 1}
    # nginx may serve the old one until the time in Cache-Control is over.
    over = time.monotonic() + CACHE_SECONDS + 1
    while deployment.cached(PAIR) != after[PAIR]:
        assert time.monotonic() < over
        time.sleep(0.05)


def test_a_statement_that_delays_the_replica_is_executed_again(deployment: Deployment) -> None:
    primary, replica = deployment.primary, deployment.replica
    replica.run("ALTER SYSTEM SET max_standby_streaming_delay = 0")
    replica.run("SELECT pg_reload_conf()")
    primary.run("CREATE TABLE changing AS SELECT generate_series(1, 1000) AS number", "rolegraph")
    running = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rolegraph' AND query LIKE '%RECURSIVE%'"

    async def count_long(database: Database) -> int:
        counting_all = asyncio.create_task(database.one(counting(2_000_000)))
        async with asyncio.timeout(SECONDS):
            while replica.run(running) == [(0,)]:  # noqa: ASYNC110 - the server sends no event
                await asyncio.sleep(0.01)
        primary.run("DELETE FROM changing", "rolegraph")
        primary.run("VACUUM changing", "rolegraph")
        return await counting_all

    assert ask(f"postgresql://postgres@/rolegraph?{replica.query}", count_long) == 2_000_000
    assert replica.run("SELECT sum(confl_snapshot) FROM pg_stat_database_conflicts") == [(1,)]


def test_nginx_answers_a_repeated_get(deployment: Deployment) -> None:
    connection = deployment.connected()
    ids = [connection.get(SOURCES).request_id for _ in range(20)]
    # Another one may appear when the cached response expires.
    assert len({*ids}) <= 10
    assert len({connection.post(SOURCES).request_id for _ in range(20)}) == 20
    connection.close()


def test_a_lost_replica_loses_no_read(deployment: Deployment) -> None:
    current = deployment.answers()
    with deployment.traffic() as traffic:
        deployment.replica.stop()
        deployment.answers()
        deployment.replica.start()
    assert traffic.lost == []
    assert states_seen(traffic, current) == {0}


def test_a_lost_primary_and_the_promotion_of_the_replica_lose_no_read(deployment: Deployment) -> None:
    before = deployment.answers()
    with deployment.traffic() as traffic:
        deployment.primary.kill()
        deployment.replica.promote()
        # The importer finds the new primary by itself.
        deployment.states.store()
        after = deployment.answers()
    assert after != before
    assert traffic.lost == []
    assert states_seen(traffic, before, after) == {0, 1}


def test_a_lost_server_loses_at_most_what_it_had_in_flight(deployment: Deployment) -> None:
    current = deployment.answers()
    with deployment.traffic() as traffic:
        with suppress(ProcessLookupError):
            os.killpg(deployment.servers[0].process.pid, signal.SIGKILL)
        answered = traffic.answered
    assert traffic.answered > answered
    # Each client has one request in flight.
    assert len(traffic.lost) <= CLIENTS
    assert states_seen(traffic, current) == {0}
