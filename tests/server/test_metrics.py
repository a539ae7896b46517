"""The metrics at /metrics, of one process and of several."""

import hashlib
import http.client
import json
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from prometheus_client.parser import text_string_to_metric_families

from server.answer_cache import AnswerCache
from server.settings import Settings
from server.telemetry.shared_metrics import shared_metrics
from tests.conftest import Api, serving
from tests.databases import PostgreSQLServer
from tests.server.processes import SECONDS, Server, ask, serving_forked
from tests.server.test_masking import damage

Samples = dict[tuple[str, ...], float]

QUERY = '{ area(code: "US") { name } }'
REQUESTS = "rolegraph_http_requests_total"
SECONDS_COUNT = "rolegraph_http_request_duration_seconds_count"
OPERATIONS = "rolegraph_operations_total"


def samples(text: str) -> Samples:
    """Return the value of each sample, by its name and the values of its labels, sorted by label."""
    return {
        (sample.name, *(sample.labels[label] for label in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def of(api: Api) -> Samples:
    """Return the samples of an application."""
    response = api.http.get("/metrics")
    assert response.status_code == 200
    return samples(response.text)


@pytest.fixture
def measured(database_url: str) -> Iterator[Api]:
    """A new API with metrics."""
    with serving(database_url, metrics=True) as served:
        yield served


def test_metrics_are_off_by_default(api: Api) -> None:
    response = api.http.get("/metrics")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


def test_prometheus_can_read_them(measured: Api) -> None:
    response = measured.http.get("/metrics")
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    types = {family.name: family.type for family in text_string_to_metric_families(response.text)}
    assert types == {
        "rolegraph_http_requests": "counter",
        "rolegraph_http_request_duration_seconds": "histogram",
        "rolegraph_operations": "counter",
        "rolegraph_operation_cost": "histogram",
        "rolegraph_operations_in_flight": "gauge",
        "rolegraph_unsent_bytes": "gauge",
        "rolegraph_slow_readers": "counter",
        "rolegraph_statements": "counter",
        "rolegraph_documents": "counter",
        "rolegraph_executions": "counter",
        "rolegraph_execution_faults": "counter",
        "rolegraph_answers": "counter",
        "rolegraph_limits_exceeded": "counter",
        "rolegraph_rate_limit": "counter",
        "rolegraph_persisted_documents": "counter",
        "rolegraph_out_of_descriptors": "counter",
    }


def test_requests_are_counted_by_route_method_and_status(measured: Api) -> None:
    measured.post(QUERY)
    measured.post(QUERY)
    measured.http.get("/graphql", params={"query": QUERY})
    measured.http.put("/graphql")
    measured.http.get("/schema.graphql")
    counted = of(measured)
    # Labels are method, route, status.
    assert counted[REQUESTS, "POST", "/graphql", "200"] == 2
    assert counted[REQUESTS, "GET", "/graphql", "200"] == 1
    assert counted[REQUESTS, "PUT", "/graphql", "405"] == 1
    assert counted[REQUESTS, "GET", "/schema.graphql", "200"] == 1
    assert counted[SECONDS_COUNT, "/graphql"] == 4


def test_health_checks_and_metrics_are_not_measured(measured: Api) -> None:
    for path in ("/healthz", "/readyz", "/metrics", "/metrics"):
        measured.http.get(path)
    counted = of(measured)
    assert counted[REQUESTS, "GET", "/healthz", "200"] == counted[REQUESTS, "GET", "/readyz", "200"] == 1
    assert not [key for key in counted if "/metrics" in key]
    assert not [key for key in counted if key[0] == SECONDS_COUNT]


def test_no_label_has_a_value_that_a_client_chooses(measured: Api) -> None:
    measured.http.get("/SECRET")
    measured.http.get("/static/assets/SECRET.js")
    measured.http.request("SECRET", "/graphql")
    measured.post('query SECRET { SECRET: area(code: "SECRET") { name } }')
    measured.http.post("/graphql", json={"query": QUERY, "operationName": "SECRET"})
    measured.post("query SECRET { SECRET }")
    assert "SECRET" not in measured.http.get("/metrics").text
    counted = of(measured)
    assert counted[REQUESTS, "GET", "none", "404"] == 1
    assert counted[REQUESTS, "GET", "/static/assets", "404"] == 1
    assert counted[REQUESTS, "other", "/graphql", "405"] == 1


OUTCOMES = [
    pytest.param({"query": QUERY}, "ok", id="ok"),
    pytest.param({"query": '{ node(id: "x") { id } sources { name } }'}, "partial", id="an error next to data"),
    pytest.param({"query": "{"}, "GRAPHQL_PARSE_FAILED", id="not GraphQL"),
    pytest.param({"query": "{ nothing }"}, "GRAPHQL_VALIDATION_FAILED", id="not of the schema"),
    pytest.param({"query": QUERY, "operationName": "x"}, "OPERATION_RESOLUTION_FAILURE", id="no such operation"),
    pytest.param({"query": "{ a: sources { name } }"}, "LIMIT_EXCEEDED", id="over a limit"),
    pytest.param({"query": 1}, "BAD_REQUEST", id="not a request"),
]


@pytest.mark.parametrize(("body", "outcome"), OUTCOMES)
def test_operations_are_counted_by_outcome(database_url: str, body: dict[str, Any], outcome: str) -> None:
    with serving(database_url, metrics=True, max_aliases=0) as measured:
        measured.http.post("/graphql", json=body)
        counted = of(measured)
    assert {key: value for key, value in counted.items() if key[0] == OPERATIONS} == {(OPERATIONS, outcome): 1}


def test_a_304_counts_as_an_operation(measured: Api) -> None:
    tag = measured.http.get("/graphql", params={"query": QUERY}).headers["etag"]
    again = measured.http.get("/graphql", params={"query": QUERY}, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert of(measured)[OPERATIONS, "ok"] == 2


def test_the_playground_does_not_count_as_an_operation(measured: Api) -> None:
    measured.http.get("/graphql", headers={"accept": "text/html"})
    assert not [key for key in of(measured) if key[0] == OPERATIONS]


def test_costs_and_statements_are_counted(measured: Api) -> None:
    measured.post(QUERY)
    measured.post("{ occupations(first: 20) { nodes { title education { mostCommonMajor } } } }")
    counted = of(measured)
    assert counted["rolegraph_operation_cost_count",] == 2
    assert counted["rolegraph_operation_cost_sum",] == 1 + 41
    assert counted["rolegraph_operation_cost_bucket", "1.0"] == counted["rolegraph_operation_cost_bucket", "25.0"] == 1
    assert counted["rolegraph_operation_cost_bucket", "50.0"] == 2
    assert counted["rolegraph_statements_total",] == 3


def test_documents_are_counted_by_cache_hit(measured: Api) -> None:
    for query in (QUERY, QUERY, "{ sources { name } }", QUERY):
        measured.post(query)
    counted = of(measured)
    assert counted["rolegraph_documents_total", "no"] == counted["rolegraph_documents_total", "yes"] == 2


def test_refusals_are_counted_by_limit(database_url: str) -> None:
    with serving(database_url, metrics=True, max_depth=1, max_aliases=0, max_cost=10, max_body_bytes=500) as measured:
        measured.post("{ a: sources { name } }")
        measured.post("{ sources { name } }")
        measured.post("{ __schema { types { name } } }")
        measured.post("{ sources }" + 500 * " ")
        counted = of(measured)
    limits = {key[1]: value for key, value in counted.items() if key[0] == "rolegraph_limits_exceeded_total"}
    assert limits == {"depth": 2, "aliases": 1, "cost": 1, "bodyBytes": 1}
    # Refused operations have no cost.
    assert counted["rolegraph_operation_cost_count",] == 0


def test_decisions_of_the_rate_limiter_are_counted(database_url: str) -> None:
    with serving(database_url, metrics=True, max_cost=10, rate_limit="10/day") as measured:
        answers = [measured.post('{ area(code: "US") { name } }').status_code for _ in range(12)]
        counted = of(measured)
    assert answers.count(429) == counted["rolegraph_rate_limit_total", "refused"] == 2
    assert counted["rolegraph_rate_limit_total", "allowed"] == 10


def test_requests_are_counted_while_valkey_is_unavailable(database_url: str) -> None:
    # No process listens at the port of this address.
    with serving(database_url, metrics=True, rate_limit="10000/hour", valkey_url="valkey://127.0.0.1:1") as measured:
        assert measured.post(QUERY).status_code == 200
        counted = of(measured)
    assert counted["rolegraph_rate_limit_total", "away"] == 1


def test_documents_named_by_hash_or_id_are_counted(measured: Api) -> None:
    named = {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(QUERY.encode()).hexdigest()}}
    for body in ({"extensions": named}, {"query": QUERY, "extensions": named}, {"extensions": named}, {"query": QUERY}):
        measured.http.post("/graphql", json=body)
    measured.http.post("/graphql", json={"documentId": "unknown"})
    counted = of(measured)
    assert counted["rolegraph_persisted_documents_total", "found"] == 1
    assert counted["rolegraph_persisted_documents_total", "missing"] == 2


def test_documents_named_by_id_are_counted_with_answers_from_memory(database_url: str, tmp_path: Path) -> None:
    manifest = tmp_path / "documents.json"
    identifier = hashlib.sha256(QUERY.encode()).hexdigest()
    manifest.write_text(json.dumps({identifier: QUERY}), encoding="utf-8")
    with serving(database_url, metrics=True, trusted_documents=manifest, answer_cache_bytes=32_000_000) as measured:
        for _ in range(4):
            measured.http.post("/graphql", json={"documentId": identifier})
        counted = of(measured)
    assert counted["rolegraph_persisted_documents_total", "found"] == 4
    assert counted["rolegraph_answers_total", "memory"] == 3


def test_a_folder_for_metrics_that_the_operator_sets_is_used_and_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    with shared_metrics(Settings(metrics=True, workers=2)):
        assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(tmp_path)
    assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(tmp_path)


def test_an_operation_is_in_flight_while_it_runs(postgresql: PostgreSQLServer, postgresql_url: str) -> None:
    with serving(postgresql_url, metrics=True, max_in_flight=1) as measured:
        with postgresql.locking(postgresql_url, "area"):
            waiting = threading.Thread(target=measured.post, args=[QUERY])
            waiting.start()
            while of(measured)["rolegraph_operations_in_flight",] == 0:
                assert waiting.is_alive()
            refused = measured.post(QUERY)
            assert refused.status_code == 503
            assert of(measured)["rolegraph_operations_in_flight",] == 1
        waiting.join()
        counted = of(measured)
    assert counted["rolegraph_operations_in_flight",] == 0
    assert counted[OPERATIONS, "OVERLOADED"] == counted[OPERATIONS, "ok"] == 1


def test_a_timeout_is_counted(postgresql: PostgreSQLServer, postgresql_url: str) -> None:
    with serving(postgresql_url, metrics=True, execution_timeout=0.2) as measured:
        with postgresql.locking(postgresql_url, "area"):
            measured.post(QUERY)
        counted = of(measured)
    assert counted[OPERATIONS, "EXECUTION_TIMEOUT"] == 1
    assert counted["rolegraph_operations_in_flight",] == 0


def test_an_internal_error_next_to_data_is_counted(seeded_url: str) -> None:
    damage(seeded_url, "DROP TABLE source")
    with serving(seeded_url, metrics=True) as measured:
        measured.post("{ sources { name } }")
        measured.post('{ node(id: "x") { id } occupations { nodes { salary { source { name } } } } }')
        counted = of(measured)
    assert counted[OPERATIONS, "INTERNAL_SERVER_ERROR"] == 2


def test_an_internal_error_outside_graphql_is_counted(database_url: str) -> None:
    with serving(database_url, metrics=True) as measured:
        # A fault outside GraphQL.
        measured.app.state.service = replace(measured.app.state.service, answers=cast("AnswerCache", None))
        measured.post(QUERY)
        counted = of(measured)
    assert counted[REQUESTS, "POST", "/graphql", "500"] == 1
    assert counted[OPERATIONS, "INTERNAL_SERVER_ERROR"] == 1


def test_applications_in_one_process_count_separately(database_url: str, measured: Api) -> None:
    with serving(database_url, metrics=True) as other:
        measured.post(QUERY)
        assert of(measured)[OPERATIONS, "ok"] == 1
        assert (OPERATIONS, "ok") not in of(other)


# Several processes


def scraped(address: tuple[str, int]) -> Samples:
    """Return the samples of a server, from any of its processes."""
    connection = http.client.HTTPConnection(*address, timeout=SECONDS)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return samples(text)


def wait_for_operations(number: int, server: Server, address: tuple[str, int]) -> None:
    """Wait until this many operations are counted, which happens when their answers are sent."""
    while scraped(address).get((OPERATIONS, "ok"), 0) < number:
        assert server.process.poll() is None


def workers(folder: Path) -> set[int]:
    """Return the ids of the processes that have metrics in a folder."""
    return {int(file.stem) for file in folder.glob("*/*.values")}


def test_workers_count_together_and_killed_ones_are_replaced_and_leave_their_counts_and_nothing_in_flight(
    postgresql: PostgreSQLServer, postgresql_url: str, tmp_path: Path
) -> None:
    arguments = ("--workers", "2", "--database-url", postgresql_url)
    with serving_forked(*arguments, METRICS="true", TMPDIR=str(tmp_path)) as server:
        address = server.address()
        server.wait_for_workers(2)
        for _ in range(20):
            ask(address, QUERY)
        assert len(workers(tmp_path)) == 2
        wait_for_operations(20, server, address)
        for _ in range(10):
            assert scraped(address)[OPERATIONS, "ok"] == 20
        with postgresql.locking(postgresql_url, "area"):
            waiting = http.client.HTTPConnection(*address, timeout=SECONDS)
            # Another area, which no worker has cached.
            waiting.request("GET", "/graphql?query=%7Barea%28code%3A%22CT%22%29%7Bname%7D%7D")
            while scraped(address)["rolegraph_operations_in_flight",] == 0:
                assert server.process.poll() is None
            first, second = workers(tmp_path)
            os.kill(first, signal.SIGKILL)
            [third] = server.wait_for_workers(1)
            os.kill(second, signal.SIGKILL)
            assert third not in {first, second, *server.wait_for_workers(1)}
            waiting.close()
        counted = scraped(address)
        assert (counted[OPERATIONS, "ok"], counted["rolegraph_operations_in_flight",]) == (20, 0)
        ask(address, QUERY)
        wait_for_operations(21, server, address)
        assert server.stop() == 0
    assert list(tmp_path.iterdir()) == []
