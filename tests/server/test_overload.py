"""Timeouts, more operations than may run at once, and an unreachable database."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from db.writing import writing
from seed.comparison_page import store_page
from tests.conftest import COLD, serving
from tests.databases import PostgreSQLServer, running_server
from tests.server.conftest import SECONDS, held_up

US = '{ area(code: "US") { name } }'
ANSWER = {"data": {"area": {"name": "United States"}}}
GRAPHQL_RESPONSE = "application/graphql-response+json"


def refusal(response: httpx2.Response) -> tuple[int, str, str, str]:
    """Return the status, the code, and the headers Retry-After and Cache-Control."""
    body = response.json()
    assert body.keys() == {"errors"}
    [error] = body["errors"]
    headers = response.headers
    return response.status_code, error["extensions"]["code"], headers["retry-after"], headers["cache-control"]


def waiting_for_locks(postgresql: PostgreSQLServer, url: str) -> int:
    """Return the number of statements that wait for a locked table."""
    database = url.partition("@/")[2].partition("?")[0]
    waiting = f"SELECT pid FROM pg_stat_activity WHERE datname = '{database}' AND wait_event_type = 'Lock'"  # noqa: S608
    return len(postgresql.run(waiting))


def wait_until(true: Callable[[], bool]) -> None:
    """Wait until a condition is true."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("accept", ["application/json", GRAPHQL_RESPONSE])
def test_an_operation_times_out(postgresql: PostgreSQLServer, postgresql_url: str, accept: str) -> None:
    with serving(postgresql_url, execution_timeout=0.5) as api:
        with postgresql.locking(postgresql_url, "area"):
            assert refusal(api.post(US, accept=accept)) == (503, "EXECUTION_TIMEOUT", "1", "no-store")
            # Its statement ends too, without waiting for the table.
            wait_until(lambda: waiting_for_locks(postgresql, postgresql_url) == 0)
        assert api.post(US).json() == ANSWER


def test_a_statement_of_sqlite_times_out(everything: str) -> None:
    heavy = (
        "{ occupations(first: 100) { nodes { highestPaying { city { name } } skills(first: 20) { nodes { rank } } } } }"
    )
    with serving(everything, execution_timeout=0.02, max_cost=1_000_000) as api:
        assert refusal(api.post(heavy)) == (503, "EXECUTION_TIMEOUT", "1", "no-store")
        # On a busy machine so short a time can pass before anything has begun.
        light = (api.post("{ __typename }").json() for _ in range(100))
        assert {"data": {"__typename": "Query"}} in light


def test_operations_above_the_concurrency_limit_are_refused(postgresql: PostgreSQLServer, postgresql_url: str) -> None:
    with serving(postgresql_url, max_in_flight=3) as api:
        with held_up(api, postgresql, postgresql_url, US, 3) as answers:
            for _ in range(5):
                assert refusal(api.post(US)) == (503, "OVERLOADED", "1", "no-store")
            # Requests that run no operation are still answered.
            assert api.post("{ nothing }").json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
            assert api.http.get("/healthz").status_code == 200
        assert [answer.result().json() for answer in answers] == [ANSWER] * 3
        assert api.app.state.service.concurrency_limit.active == 0
        assert api.post(US).json() == ANSWER


COSTLY = "{ areas(first: %d) { nodes { code } } }"
"""It costs the number of areas and 1, and reads the table that tests lock."""

NOT_EQUAL: dict[str, Any] = {**COLD, "database_pool_size": 30}
"""Settings with which equal operations do not share a result."""


def test_one_costly_operation_runs_at_a_time_and_cheap_ones_pass_it(
    postgresql: PostgreSQLServer, postgresql_url: str
) -> None:
    with serving(postgresql_url, **NOT_EQUAL) as api:
        with held_up(api, postgresql, postgresql_url, COSTLY % 100, 5) as answers:
            wait_until(lambda: waiting_for_locks(postgresql, postgresql_url) == 1)
            for _ in range(5):
                assert api.data("{ sources { name } }")["sources"]
            assert waiting_for_locks(postgresql, postgresql_url) == 1
            assert api.app.state.service.cost_limit.cost == 5 * 101
        for answer in answers:
            assert answer.result().json()["data"]["areas"]["nodes"][0] == {"code": "US"}
        assert api.app.state.service.cost_limit.cost == 0


def test_operations_above_ten_times_the_maximum_cost_are_refused_from_the_costliest(
    postgresql: PostgreSQLServer, postgresql_url: str
) -> None:
    with serving(postgresql_url, max_cost=101, **NOT_EQUAL) as api, ThreadPoolExecutor(1) as client:
        with held_up(api, postgresql, postgresql_url, COSTLY % 100, 10) as answers:
            response = api.post(COSTLY % 100)
            assert refusal(response) == (503, "OVERLOADED", "1", "no-store")
            assert response.json() == {
                "errors": [
                    {
                        "message": "The server is at capacity. Retry after the time in Retry-After.",
                        "extensions": {"code": "OVERLOADED"},
                    }
                ]
            }
            assert api.data("{ __typename }") == {"__typename": "Query"}
            # It takes the place of one that costs more and waits.
            less = client.submit(api.post, COSTLY % 50)
            wait_until(lambda: any(answer.done() for answer in answers))
        assert sorted(answer.result().status_code for answer in answers) == [200] * 9 + [503]
        assert less.result(SECONDS).status_code == 200


def test_a_costly_operation_times_out_while_it_waits_for_its_turn(
    postgresql: PostgreSQLServer, postgresql_url: str
) -> None:
    with serving(postgresql_url, execution_timeout=0.5, **NOT_EQUAL) as api:
        with held_up(api, postgresql, postgresql_url, COSTLY % 100, 3) as answers:
            for answer in answers:
                assert refusal(answer.result(SECONDS)) == (503, "EXECUTION_TIMEOUT", "1", "no-store")
            assert api.app.state.service.cost_limit.cost == 0
        assert api.post(COSTLY % 100).status_code == 200


def test_a_readiness_check_waits_for_no_operation(postgresql: PostgreSQLServer, postgresql_url: str) -> None:
    with serving(postgresql_url, database_pool_size=1) as api, held_up(api, postgresql, postgresql_url, US, 2):
        assert api.http.get("/readyz").json() == {"status": "ok"}


SEVERAL = (
    f"""{{ {" ".join(f"a{first}: occupations(first: {first}) {{ nodes {{ title }} }}" for first in range(1, 21))} }}"""
)


def test_one_operation_does_not_take_all_connections(postgresql: PostgreSQLServer, postgresql_url: str) -> None:
    settings: dict[str, Any] = {**COLD, "database_pool_size": 3, "database_pool_timeout": 0.5}
    with serving(postgresql_url, **settings) as api, ThreadPoolExecutor(1) as client:
        with postgresql.locking(postgresql_url, "occupation"):
            answer = client.submit(api.post, SEVERAL)
            wait_until(lambda: waiting_for_locks(postgresql, postgresql_url) > 0)
            for _ in range(3):
                assert api.post(US).json() == ANSWER
            assert waiting_for_locks(postgresql, postgresql_url) == 1
        assert answer.result(SECONDS).json()["data"]["a1"] == {"nodes": [{"title": "Media Producer"}]}


def test_known_answers_are_served_while_every_connection_is_in_use(
    postgresql: PostgreSQLServer, postgresql_url: str
) -> None:
    with serving(postgresql_url, database_pool_size=1) as api:
        response = api.http.get("/graphql", params={"query": US})
        with held_up(api, postgresql, postgresql_url, '{ area(code: "CA") { name } }', 1):
            assert api.post(US).json() == ANSWER
            headers = {"If-None-Match": response.headers["etag"]}
            assert api.http.get("/graphql", params={"query": US}, headers=headers).status_code == 304


def test_a_temporary_refusal_is_not_cached(postgresql: PostgreSQLServer, postgresql_url: str) -> None:
    with serving(postgresql_url, max_in_flight=1, row_cache_rows=0) as api:
        known = '{ area(code: "CA") { name } }'
        answered = api.http.get("/graphql", params={"query": known})
        with held_up(api, postgresql, postgresql_url, US, 1):
            response = api.http.get("/graphql", params={"query": US})
            assert refusal(response) == (503, "OVERLOADED", "1", "no-store")
            # Neither a 304 nor an answer from memory takes a slot.
            headers = {"If-None-Match": answered.headers["etag"]}
            assert api.http.get("/graphql", params={"query": known}, headers=headers).status_code == 304
            assert api.http.get("/graphql", params={"query": known}).text == answered.text


INTERNALS = ("postgres", "SELECT", "psycopg", "Traceback")


def test_an_unreachable_database_means_503_until_it_returns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.postgresql.FAILOVER_SECONDS", 0.3)
    with running_server() as server:
        url = server.new_url()
        with writing(url) as session:
            store_page(session)
        with serving(url) as api:
            tag = api.http.get("/graphql", params={"query": US}).headers["etag"]
            server.stop()
            away = (503, "DATABASE_UNAVAILABLE", "1", "no-store")
            assert refusal(api.post(US)) == away
            assert refusal(api.http.get("/graphql", params={"query": US})) == away
            assert refusal(api.http.get("/graphql", params={"query": US}, headers={"If-None-Match": tag})) == away
            assert (api.http.get("/readyz").status_code, api.http.get("/healthz").status_code) == (503, 200)
            # Neither the database nor a statement is named.
            told = api.post(US).text + api.http.get("/readyz").text
            assert [inside for inside in INTERNALS if inside in told] == []
            assert server.query not in told
            server.start()
            assert api.post(US).json() == ANSWER
            assert api.http.get("/readyz").status_code == 200
            assert api.http.get("/graphql", params={"query": US}).headers["etag"] == tag
