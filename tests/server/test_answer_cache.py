"""The answer cache: repeated operations on the same data, and equal operations at the same time."""

import asyncio
import http.client
import json
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, cast

import pytest
from sqlalchemy import text

from db.database import Database
from db.deadline import DeadlineExceeded, deadline
from db.writing import writing
from server import http_caching
from server.answer_cache import AnswerCache, DataVersion, OperationResult
from server.responses import EncodedResponse
from tests.conftest import COLD, Api, serving
from tests.databases import PostgreSQLServer
from tests.server.conftest import Lines, held_up
from tests.server.processes import SECONDS, serving_forked
from tests.server.test_metrics import of

QUERY = "query Place($code: String!) { area(code: $code) { name } }"
US = {"code": "US"}
ANSWER = {"data": {"area": {"name": "United States"}}}
PARTIAL = '{ node(id: "x") { id } area(code: "US") { name } }'
"""A query whose response has data and an error."""


remembering = partial(serving, answer_cache_bytes=32_000_000)
"""Runs an application with an answer cache, whatever the environment sets."""


@pytest.fixture
def fresh(database_url: str) -> Iterator[Api]:
    """An API with an empty cache."""
    with remembering(database_url) as api:
        yield api


def sources(log: Lines) -> list[str]:
    """Return the sources of the responses, from the log."""
    return [line["source"] for line in log()]


async def timed_out_waiter() -> OperationResult:
    """Run an operation that another request waits for until its deadline; return what the first request gets."""
    key = "document", None, "", False
    cache = AnswerCache(1_000_000, cast("DataVersion", None))
    finish = asyncio.Event()

    async def run() -> OperationResult:
        await finish.wait()
        return OperationResult(key, "query", 1, "version", b"{}")

    first = asyncio.ensure_future(cache.run(key, run))
    await asyncio.sleep(0)
    with pytest.raises(DeadlineExceeded), deadline(0.01):
        await cache.run(key, run)
    finish.set()
    return await first


def test_a_waiting_request_that_times_out_does_not_disturb_the_one_that_runs() -> None:
    assert asyncio.run(timed_out_waiter()).body == b"{}"


# The same operation


def test_a_repeated_operation_is_answered_from_memory(fresh: Api, log: Lines) -> None:
    first = fresh.post(QUERY, US)
    with fresh.statements() as ran:
        again = [fresh.post(QUERY, US) for _ in range(3)]
    assert ran == []
    assert [response.content for response in again] == [first.content] * 3
    assert sources(log) == ["run", "memory", "memory", "memory"]
    found = ("operation", "document", "cost", "errors", "status")
    assert len({json.dumps([line[name] for name in found]) for line in log()}) == 1


def test_the_order_of_variables_does_not_matter(fresh: Api, log: Lines) -> None:
    fresh.post(QUERY, {"code": "US", "x": [1, {"a": 3, "b": 2}]})
    assert fresh.post(QUERY, {"x": [1, {"b": 2, "a": 3}], "code": "US"}).json() == ANSWER
    assert sources(log) == ["run", "memory"]


def test_the_only_operation_is_the_same_with_and_without_its_name(fresh: Api, log: Lines) -> None:
    fresh.post(QUERY, US)
    fresh.http.post("/graphql", json={"operationName": "Place", "query": QUERY, "variables": US})
    assert sources(log) == ["run", "memory"]


def test_get_and_post_share_answers(fresh: Api, log: Lines) -> None:
    posted = fresh.post(QUERY, US)
    parameters = {"query": QUERY, "variables": json.dumps(US)}
    linked = [fresh.http.get("/graphql", params=parameters) for _ in range(2)]
    fresh.post(QUERY, US)
    assert sources(log) == ["run", "memory", "memory", "memory"]
    assert [response.content for response in linked] == [posted.content] * 2
    assert linked[0].headers["etag"] == linked[1].headers["etag"]
    assert linked[0].headers["cache-control"] == "public, no-cache"
    assert posted.headers["cache-control"] == "no-store"


def test_each_media_type_has_its_own_response(fresh: Api) -> None:
    for accept in ("application/graphql-response+json", "application/json") * 2:
        response = fresh.post(QUERY, US, accept=accept)
        assert response.headers["content-type"] == f"{accept}; charset=utf-8"
        assert response.json() == ANSWER


def test_each_response_has_its_own_request_id(fresh: Api, log: Lines) -> None:
    ids = [fresh.post(QUERY, US).headers["x-request-id"] for _ in range(4)]
    assert len(set(ids)) == 4
    assert [line["request_id"] for line in log()] == ids


# Another operation


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"query": QUERY, "variables": {"code": "CA", "x": 1}}, id="value"),
        pytest.param({"query": QUERY, "variables": {"code": "US", "x": True}}, id="true is not 1"),
        pytest.param({"query": QUERY, "variables": {"code": "US", "x": 1.0}}, id="1.0 is not 1"),
        pytest.param({"query": QUERY, "variables": {"code": "US", "x": "1"}}, id="a text is no number"),
        pytest.param({"query": QUERY, "variables": {"code": "US", "x": None}}, id="null"),
        pytest.param({"query": QUERY, "variables": {"code": "US"}}, id="absent"),
        pytest.param({"query": QUERY + " ", "variables": {"code": "US", "x": 1}}, id="document"),
        pytest.param({"query": QUERY, "variables": {"code": "US", "x": 1}, "extensions": {"cost": True}}, id="cost"),
    ],
)
def test_an_operation_that_differs_is_run(fresh: Api, log: Lines, other: dict[str, Any]) -> None:
    for _ in range(3):
        fresh.post(QUERY, {"code": "US", "x": 1})
    fresh.http.post("/graphql", json=other)
    assert sources(log) == ["run", "memory", "memory", "run"]


def test_operations_of_one_document_have_separate_answers(fresh: Api) -> None:
    query = 'query A { area(code: "US") { name } } query B { area(code: "US") { code } }'
    for _ in range(3):
        for name, area in (("A", {"name": "United States"}), ("B", {"code": "US"})):
            response = fresh.http.post("/graphql", json={"query": query, "operationName": name})
            assert response.json() == {"data": {"area": area}}


def test_only_requests_for_the_cost_get_it(fresh: Api) -> None:
    for _ in range(3):
        found = fresh.http.post("/graphql", json={"query": QUERY, "variables": US, "extensions": {"cost": True}})
        assert found.json() == ANSWER | {"extensions": {"cost": {"requested": 1, "maximum": 10000}}}
        assert fresh.post(QUERY, US).json() == ANSWER


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        pytest.param(PARTIAL, None, id="an error next to data"),
        pytest.param("query ($code: String!) { area(code: $code) { name } }", {}, id="a variable that is missing"),
        pytest.param("{ nothing }", None, id="a document that is invalid"),
    ],
)
def test_errors_are_not_cached(fresh: Api, log: Lines, query: str, variables: dict[str, Any] | None) -> None:
    answers = [fresh.post(query, variables).content for _ in range(3)]
    assert answers == answers[:1] * 3
    assert "memory" not in [line.get("source") for line in log()]


# The same data


@pytest.fixture
def changing_url(seeded_database: Callable[[], str]) -> str:
    """A seeded database of each dialect that a test may change."""
    return seeded_database()


def rename(url: str, name: str) -> None:
    with writing(url) as session:
        session.execute(text("UPDATE area SET name = :name WHERE code = 'US'"), {"name": name})


def test_answers_are_dropped_as_soon_as_the_data_changes(changing_url: str) -> None:
    link = {"query": QUERY, "variables": json.dumps(US)}
    with remembering(changing_url) as api:
        for name in ("One", "Two", "Three"):
            rename(changing_url, name)
            # The first is run, the second is found by its operation, the third by its body.
            assert [api.post(QUERY, US).json() for _ in range(4)] == [{"data": {"area": {"name": name}}}] * 4
            assert api.http.get("/graphql", params=link).json() == {"data": {"area": {"name": name}}}


def test_a_version_is_read_once_for_all_requests_that_have_arrived(changing_url: str) -> None:
    async def versions() -> list[str]:
        database = Database(changing_url)
        version = DataVersion(database, 1)
        found = [await version.now()]
        rename(changing_url, "Another")
        found.append(await version.now())
        version.expire()
        found.append(await version.now())
        await database.close()
        return found

    first, shared, renewed = asyncio.run(versions())
    assert first == shared
    assert renewed != first


def test_a_version_that_was_being_read_when_a_request_arrived_is_not_shared(postgresql_url: str) -> None:
    async def seen() -> list[str | None]:
        database = Database(postgresql_url)
        version = DataVersion(database, SECONDS)
        found: list[str | None] = []
        for arrives in (False, True):
            version.expire()
            reading = asyncio.ensure_future(version.now())
            await asyncio.sleep(0)
            if arrives:
                version.expire()
            await reading
            found.append(version.seen)
        await database.close()
        return found

    read, arrived_meanwhile = asyncio.run(seen())
    assert read is not None
    assert arrived_meanwhile is None


def test_a_request_on_an_open_connection_sees_new_data(seeded_url: str) -> None:
    body = json.dumps({"query": QUERY, "variables": US})
    with serving_forked(DATABASE_URL=seeded_url) as server:
        connection = http.client.HTTPConnection(*server.address(), timeout=SECONDS)
        server.drain()
        for name in ("One", "Two", "Three"):
            rename(seeded_url, name)
            for _ in range(4):
                connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
                assert json.load(connection.getresponse()) == {"data": {"area": {"name": name}}}
        connection.close()


def test_a_tag_changes_with_the_data(changing_url: str) -> None:
    link = {"query": QUERY, "variables": json.dumps(US)}
    with remembering(changing_url) as api:
        before = [api.http.get("/graphql", params=link).headers["etag"] for _ in range(2)]
        rename(changing_url, "Another")
        after = api.http.get("/graphql", params=link, headers={"If-None-Match": before[0]})
        assert (after.status_code, after.headers["etag"] in before) == (200, False)


def test_a_cached_answer_is_not_used_while_the_database_is_unreachable(seeded_url: str) -> None:
    with remembering(seeded_url) as api:
        for _ in range(3):
            assert api.post(QUERY, US).json() == ANSWER
        with writing(seeded_url) as session:
            session.execute(text("DELETE FROM data_version"))
        response = api.post(QUERY, US)
        assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"


# The capacity


def test_a_capacity_of_zero_caches_nothing(database_url: str, log: Lines) -> None:
    with serving(database_url, **COLD) as api:
        with api.statements() as ran:
            for _ in range(3):
                assert api.post(QUERY, US).json() == ANSWER
        assert len(ran) == 3
    assert sources(log) == ["run"] * 3


def test_used_answers_stay_and_others_are_dropped(database_url: str, log: Lines) -> None:
    def ask(number: int) -> str:
        api.post(QUERY, {"code": "US", "number": number})
        return sources(log)[-1]

    # Each takes some 600 bytes.
    with serving(database_url, answer_cache_bytes=20_000) as api:
        assert ask(0) == "run"
        for number in range(1, 100):
            assert ask(number) == "run"
            assert ask(0) == "memory"
        assert [ask(number) for number in range(1, 60)] == ["run"] * 59


def result_of(number: int) -> OperationResult:
    """Return a result with texts of its own, as each run makes them."""
    key = "document", "Name", f"{number:060}", False
    return OperationResult(key, "query", 1, b"version of 32 hexadecimal digits".decode(), b"%0700d" % number)


async def returned(result: OperationResult) -> OperationResult:
    return result


def keep_json(cache: AnswerCache, number: int, result: OperationResult) -> None:  # noqa: ARG001 - as the others
    cache.keep(result, ("application/json", False, None), EncodedResponse(result.body))


def keep_compressed(cache: AnswerCache, number: int, result: OperationResult) -> None:
    headers = {**http_caching.headers(f'"{number:032}"', 0), "Content-Encoding": "gzip"}
    cache.keep(result, ("application/json", True, "gzip"), EncodedResponse(b"%0200d" % number, headers=headers))


def remember(cache: AnswerCache, number: int, result: OperationResult) -> None:
    cache.remember(b"%0400d" % number, result)


async def weights(steps: Sequence[Callable[[AnswerCache, int, OperationResult], None]]) -> list[tuple[int, int]]:
    """Return by how many bytes 5,000 results and each step for them make a cache heavier, and what Python allocates."""
    cache = AnswerCache(1_000_000_000, cast("DataVersion", None))
    found = [(0, 0)]
    tracemalloc.start()
    try:
        for number in range(5_000):
            result = result_of(number)
            await cache.run(result.key, partial(returned, result))
        found.append((cache.weight, tracemalloc.get_traced_memory()[0]))
        for step in steps:
            for number in range(5_000):
                cached = cache.last(result_of(number).key)
                assert cached is not None
                step(cache, number, cached)
            found.append((cache.weight, tracemalloc.get_traced_memory()[0]))
    finally:
        tracemalloc.stop()
    return [
        (weight - lighter, taken - less) for (weight, taken), (lighter, less) in zip(found[1:], found, strict=False)
    ]


def test_the_cache_weighs_what_it_takes() -> None:
    for weight, taken in asyncio.run(weights([keep_json, keep_compressed, remember])):
        assert weight == pytest.approx(taken, rel=0.2)


def test_long_names_and_variables_count(database_url: str, log: Lines) -> None:
    long = "x" * 30_000
    with serving(database_url, answer_cache_bytes=50_000) as api:
        for _ in range(2):
            api.post(QUERY, {"code": "US", "x": long})
            api.post(f'query {long} {{ area(code: "US") {{ name }} }}')
    assert sources(log) == ["run"] * 4


# At the same time


SAME = 'query Same { area(code: "US") { name } }'


def test_equal_operations_at_the_same_time_share_one_answer(
    postgresql: PostgreSQLServer, postgresql_url: str, log: Lines
) -> None:
    with remembering(postgresql_url) as api:
        with api.statements() as ran, held_up(api, postgresql, postgresql_url, SAME, 5) as answers:
            pass
        assert [answer.result().json() for answer in answers] == [ANSWER] * 5
        assert len(ran) == 1
        assert sorted(sources(log)) == ["run", *["shared"] * 4]
        assert sum(line["statements"] for line in log()) == 1
        assert api.app.state.service.concurrency_limit.active == 0


def test_a_waiting_request_takes_a_slot(postgresql: PostgreSQLServer, postgresql_url: str) -> None:
    with remembering(postgresql_url, max_in_flight=2) as api:
        with held_up(api, postgresql, postgresql_url, SAME, 2) as answers:
            refused = api.post(SAME)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        assert [answer.result().json() for answer in answers] == [ANSWER] * 2


def test_an_answer_with_errors_is_not_shared(postgresql: PostgreSQLServer, postgresql_url: str, log: Lines) -> None:
    with remembering(postgresql_url) as api:
        with held_up(api, postgresql, postgresql_url, PARTIAL, 3) as answers:
            pass
        bodies = [answer.result().json() for answer in answers]
    assert bodies == [{"data": {"node": None, **ANSWER["data"]}, "errors": bodies[0]["errors"]}] * 3
    assert sources(log) == ["run"] * 3


def test_a_request_that_waited_for_a_refused_one_is_answered(
    postgresql: PostgreSQLServer, postgresql_url: str, log: Lines
) -> None:
    with remembering(postgresql_url, execution_timeout=1) as api, ThreadPoolExecutor(2) as clients:
        with postgresql.locking(postgresql_url, "area"):
            first = clients.submit(api.post, SAME)
            time.sleep(0.5)
            second = clients.submit(api.post, SAME)
            assert first.result().json()["errors"][0]["extensions"]["code"] == "EXECUTION_TIMEOUT"
        # It has its own time, as much as the first one had.
        assert second.result().json() in (ANSWER, first.result().json())
    assert "shared" not in [line.get("source") for line in log()]


def test_without_a_cache_equal_operations_are_all_run(
    postgresql: PostgreSQLServer, postgresql_url: str, log: Lines
) -> None:
    with serving(postgresql_url, answer_cache_bytes=0) as api:
        with held_up(api, postgresql, postgresql_url, SAME, 3) as answers:
            pass
        assert [answer.result().json() for answer in answers] == [ANSWER] * 3
    assert sources(log) == ["run"] * 3


# Metrics and charges


def test_answers_are_counted_by_source(postgresql: PostgreSQLServer, postgresql_url: str) -> None:
    with remembering(postgresql_url, metrics=True) as api:
        with held_up(api, postgresql, postgresql_url, SAME, 3):
            pass
        for _ in range(4):
            api.post(SAME)
        api.post("{ nothing }")
        counted = of(api)
    assert {key[1]: value for key, value in counted.items() if key[0] == "rolegraph_answers_total"} == {
        "run": 1,
        "shared": 2,
        "memory": 4,
    }
    assert counted["rolegraph_operation_cost_count",] == 7
    assert counted["rolegraph_statements_total",] == 1


def test_an_answer_from_memory_costs_the_client_the_same(database_url: str) -> None:
    query = "{ occupations(first: 3) { nodes { title } } }"
    with remembering(database_url, rate_limit="10000/hour") as api:
        left = [api.post(query).headers["ratelimit"].partition("r=")[2].partition(";")[0] for _ in range(4)]
    assert left == ["9996", "9992", "9988", "9984"]


# Over a connection with the single-write extension


@pytest.fixture(scope="module")
def address(database_url: str) -> Iterator[tuple[str, int]]:
    """The address of a server in its own process."""
    with serving_forked(DATABASE_URL=database_url) as server:
        address = server.address()
        server.drain()
        yield address


@pytest.mark.parametrize("version", [11, 10])
@pytest.mark.parametrize(
    ("method", "query", "body"),
    [
        pytest.param("POST", "", json.dumps({"query": QUERY, "variables": US}), id="POST"),
        pytest.param("GET", "?query={sources{name}}", None, id="GET"),
        pytest.param("HEAD", "?query={sources{name}}", None, id="HEAD"),
        pytest.param("GET", "", None, id="refused"),
        pytest.param("PUT", "", None, id="method"),
    ],
)
def test_responses_are_the_same_as_without_the_extension(
    address: tuple[str, int], fresh: Api, version: int, method: str, query: str, body: str | None
) -> None:
    headers = {"Content-Type": "application/json"}
    expected = fresh.http.request(method, f"/graphql{query}", content=body, headers=headers)
    connection = _Client(address, version)
    for _ in range(3):
        connection.request(method, f"/graphql{query}", body, headers)
        response = connection.getresponse()
        content = response.read()
        assert (response.status, content) == (expected.status_code, b"" if method == "HEAD" else expected.content)
        found = {name.lower(): value for name, value in response.getheaders()}
        assert found.pop("date")
        assert len(found.pop("x-request-id")) == 32
        assert found.pop("connection", None) == ("close" if version == 10 else None)
        assert found == {name: value for name, value in expected.headers.items() if name != "x-request-id"}
    connection.close()


class _Client(http.client.HTTPConnection):
    """A client that speaks one version of HTTP."""

    def __init__(self, address: tuple[str, int], version: int) -> None:
        super().__init__(*address, timeout=SECONDS)
        self._http_vsn_str = f"HTTP/{version / 10}"
