"""Traces as a collector receives them."""

import contextlib
import hashlib
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue
from opentelemetry.proto.trace.v1 import trace_pb2
from sqlalchemy import make_url

from tests.conftest import COLD, serving
from tests.databases import PostgreSQLServer
from tests.server.conftest import Lines
from tests.server.test_masking import damage

QUERY = 'query Place { area(code: "US") { name } }'
OK = trace_pb2.Status.STATUS_CODE_UNSET
ERROR = trace_pb2.Status.STATUS_CODE_ERROR
SERVER = trace_pb2.Span.SPAN_KIND_SERVER
CLIENT = trace_pb2.Span.SPAN_KIND_CLIENT


@dataclass
class Collector:
    """A collector of traces, which keeps what it receives and answers with a status."""

    status: int = 200
    bodies: list[bytes] = field(default_factory=list[bytes])
    asked: Event = field(default_factory=Event)
    endpoint: str = ""

    @property
    def requests(self) -> list[ExportTraceServiceRequest]:
        """The requests that it received."""
        return [ExportTraceServiceRequest.FromString(body) for body in self.bodies]

    @property
    def spans(self) -> list[trace_pb2.Span]:
        """All spans, in the order in which they ended."""
        return [
            span
            for request in self.requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    def operation(self) -> trace_pb2.Span:
        """Return the only span of a request."""
        [span] = [span for span in self.spans if span.kind == SERVER]
        return span

    def statements(self, table: str) -> list[trace_pb2.Span]:
        """Return the spans of the statements that read a table."""
        return [span for span in self.spans if f"FROM {table}" in str(attributes(span).get("db.query.text"))]


@contextlib.contextmanager
def collecting() -> Generator[Collector]:
    """Run a collector."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if self.path == "/v1/traces":
                collector.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(collector.status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            collector.asked.set()

        def log_message(self, format: str, *_: Any) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector.endpoint = f"http://127.0.0.1:{server.server_port}/v1/traces"
        thread = Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield collector
        server.shutdown()
        thread.join()


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector of traces."""
    with collecting() as running:
        yield running


def attributes(span: trace_pb2.Span) -> Mapping[str, object]:
    """Return the attributes of a span."""
    return {attribute.key: value(attribute.value) for attribute in span.attributes}


def value(given: AnyValue) -> object:
    if given.HasField("array_value"):
        return [value(item) for item in given.array_value.values]
    return getattr(given, str(given.WhichOneof("value")))


def test_a_request_is_a_span_and_its_statement_one_below_it(either_url: str, collector: Collector) -> None:
    with serving(either_url, otlp_endpoint=collector.endpoint) as api:
        response = api.post(QUERY)
    operation = collector.operation()
    [statement] = collector.statements("area")
    assert (operation.name, operation.kind, operation.status.code) == ("query", SERVER, OK)
    assert operation.parent_span_id == b""
    assert attributes(operation) == {
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "http.route": "/graphql",
        "url.path": "/graphql",
        "url.scheme": "http",
        "graphql.operation.type": "query",
        "graphql.operation.name": "Place",
        "rolegraph.document.sha256": hashlib.sha256(QUERY.encode()).hexdigest(),
        "rolegraph.cost": 1,
        "rolegraph.statements": 1,
        "rolegraph.source": "run",
        "rolegraph.request_id": response.headers["x-request-id"],
    }
    assert (statement.name, statement.kind, statement.status.code) == ("SELECT", CLIENT, OK)
    assert (statement.trace_id, statement.parent_span_id) == (operation.trace_id, operation.span_id)
    assert operation.start_time_unix_nano < statement.start_time_unix_nano
    assert statement.start_time_unix_nano < statement.end_time_unix_nano < operation.end_time_unix_nano
    found = attributes(statement)
    assert found["db.system.name"] == either_url.partition(":")[0]
    assert found["db.operation.name"] == "SELECT"


def test_spans_name_their_service(database_url: str, collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("rolegraph", "another"):
        with serving(database_url, otlp_endpoint=collector.endpoint) as api:
            api.post(QUERY)
        resource = collector.requests[-1].resource_spans[0].resource
        assert {item.key: item.value.string_value for item in resource.attributes}["service.name"] == name
        monkeypatch.setenv("OTEL_SERVICE_NAME", "another")


def test_statements_of_each_level_are_below_their_request(either_url: str, collector: Collector) -> None:
    # The statements of the second level run in tasks of data loaders.
    query = "{ occupations { nodes { title education { mostCommonMajor } skills(first: 1) { nodes { rank } } } } }"
    with serving(either_url, otlp_endpoint=collector.endpoint) as api:
        api.post(query)
    operation = collector.operation()
    tables = ("occupation", "education", "skill")
    statements = [span for table in tables for span in collector.statements(table)]
    assert len(statements) == attributes(operation)["rolegraph.statements"] == 3
    assert {span.parent_span_id for span in statements} == {operation.span_id}


def test_statements_hold_placeholders_and_no_values(either_url: str, collector: Collector) -> None:
    query = """query ($text: String!, $code: String!) {
        search(text: $text, first: 17) { score } area(code: $code) { name }
        occupations(filter: {text: "SECRET", growthPercent: {atLeast: 4711}}) { nodes { title } }
        areas(kind: STATE, text: "SECRET", first: 19) { nodes { name } } skill(slug: "SECRET") { name }
        comparison(left: {slug: "media-producer"}, right: {slug: "SECRET"}) { summary }
    }"""
    variables = {"text": "SECRET", "code": "SECRET"}
    with serving(either_url, otlp_endpoint=collector.endpoint) as api:
        assert api.post(query, variables).json()["data"]["areas"] == {"nodes": []}
    texts = [str(attributes(span)["db.query.text"]) for span in collector.spans if span.kind == CLIENT]
    assert sum("?" in text or "%(" in text for text in texts) >= 5
    sent = b"".join(collector.bodies)
    for secret in (b"SECRET", b"media-producer", b"4711", b"areas(kind"):
        assert secret not in sent


def test_the_trace_of_the_client_is_continued(database_url: str, collector: Collector) -> None:
    trace_id, span_id = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
    with serving(database_url, otlp_endpoint=collector.endpoint) as api:
        api.post(QUERY, traceparent=f"00-{trace_id}-{span_id}-01", tracestate="vendor=value")
    operation = collector.operation()
    assert (operation.trace_id.hex(), operation.parent_span_id.hex()) == (trace_id, span_id)
    assert operation.trace_state == "vendor=value"


def test_a_request_that_the_client_does_not_sample_is_not_traced(database_url: str, collector: Collector) -> None:
    with serving(database_url, otlp_endpoint=collector.endpoint) as api:
        api.post(QUERY, traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")
    assert collector.spans == []


@pytest.mark.parametrize("parent", ["", "nonsense", "00-" + 32 * "0" + "-b7ad6b7169203331-01", 30_000 * "0"])
def test_an_invalid_traceparent_is_ignored(database_url: str, collector: Collector, parent: str) -> None:
    with serving(database_url, otlp_endpoint=collector.endpoint) as api:
        assert api.post(QUERY, traceparent=parent).status_code == 200
    assert collector.operation().parent_span_id == b""


def test_the_log_names_the_trace(database_url: str, collector: Collector, log: Lines) -> None:
    with serving(database_url, otlp_endpoint=collector.endpoint) as api:
        api.post(QUERY)
    [line] = log()
    assert line["trace_id"] == collector.operation().trace_id.hex()


def test_concurrent_operations_have_separate_statements(either_url: str, collector: Collector) -> None:
    with serving(either_url, otlp_endpoint=collector.endpoint, **COLD) as api:
        # Each document is different, so that each is run.
        clients = [Thread(target=api.post, args=[f"{QUERY} # {number}"]) for number in range(8)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    operations = {span.span_id: span.trace_id for span in collector.spans if span.kind == SERVER}
    assert len(operations) == 8
    assert {span.parent_span_id: span.trace_id for span in collector.statements("area")} == operations


def test_only_graphql_is_traced(database_url: str, collector: Collector) -> None:
    with serving(database_url, otlp_endpoint=collector.endpoint) as api:
        for path in ("/healthz", "/readyz", "/nothing", "/"):
            api.http.get(path)
    assert collector.spans == []


# Errors


def test_an_error_of_the_client_is_recorded_and_is_not_a_failure(database_url: str, collector: Collector) -> None:
    with serving(database_url, otlp_endpoint=collector.endpoint) as api:
        api.post("{ nothing }", accept="application/graphql-response+json")
    operation = collector.operation()
    found = attributes(operation)
    assert (operation.name, operation.status.code) == ("GraphQL Operation", OK)
    assert found["http.response.status_code"] == 400
    assert found["rolegraph.errors"] == ["GRAPHQL_VALIDATION_FAILED"]
    assert "error.type" not in found


def test_an_internal_error_is_a_failure_of_the_request_and_its_statement(seeded_url: str, collector: Collector) -> None:
    damage(seeded_url, "DROP TABLE source")
    with serving(seeded_url, otlp_endpoint=collector.endpoint) as api:
        assert api.post("{ sources { name } }").status_code == 200
    operation = collector.operation()
    [statement] = collector.statements("source")
    assert operation.status.code == statement.status.code == ERROR
    assert attributes(operation)["error.type"] == "INTERNAL_SERVER_ERROR"
    assert attributes(operation)["rolegraph.errors"] == ["INTERNAL_SERVER_ERROR"]
    assert attributes(statement)["error.type"] == "OperationalError"
    # The driver's message is left out.
    assert b"no such table" not in b"".join(collector.bodies)


def test_an_error_of_postgresql_is_recorded_by_its_code(postgresql: PostgreSQLServer, collector: Collector) -> None:
    url = postgresql.seeded_url()
    postgresql.run("ALTER TABLE area RENAME TO elsewhere", make_url(url).database or "")
    with serving(url, otlp_endpoint=collector.endpoint) as api:
        api.post(QUERY)
    [statement] = collector.statements("area")
    found = attributes(statement)
    assert (found["error.type"], found["db.response.status_code"]) == ("UndefinedTable", "42P01")


def test_a_statement_that_times_out_is_a_failure(
    postgresql: PostgreSQLServer, postgresql_url: str, collector: Collector
) -> None:
    settings = {"otlp_endpoint": collector.endpoint, "execution_timeout": 0.5}
    with postgresql.locking(postgresql_url, "area"), serving(postgresql_url, **settings) as api:
        # Connect before the time starts.
        api.post("{ sources { name } }")
        api.post(QUERY)
    [statement] = collector.statements("area")
    [operation] = [span for span in collector.spans if span.span_id == statement.parent_span_id]
    assert operation.status.code == statement.status.code == ERROR
    assert attributes(operation)["error.type"] == "EXECUTION_TIMEOUT"
    assert attributes(operation)["http.response.status_code"] == 503
    assert "error.type" in attributes(statement)


def test_an_error_outside_graphql_is_a_failure(database_url: str, collector: Collector) -> None:
    with serving(database_url, otlp_endpoint=collector.endpoint) as api:
        service = api.app.state.service
        del api.app.state.service
        api.post(QUERY)
        api.app.state.service = service
    operation = collector.operation()
    assert (operation.status.code, attributes(operation)["error.type"]) == (ERROR, "INTERNAL_SERVER_ERROR")


# Values that a client can invent


def test_values_of_the_client_are_cut(database_url: str, collector: Collector) -> None:
    with serving(database_url, otlp_endpoint=collector.endpoint) as api:
        api.post(f'query {"A" * 30_000} {{ area(code: "US") {{ name }} }}')
        api.http.request("B" * 30_000, "/graphql")
    query, other = (attributes(span) for span in collector.spans if span.kind == SERVER)
    assert query["graphql.operation.name"] == "A" * 197 + "..."
    assert (other["http.request.method"], other["http.request.method_original"]) == ("_OTHER", "B" * 197 + "...")


# Unreachable collectors


def test_an_unreachable_collector_does_no_harm(
    database_url: str, log: Lines, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first batch is sent when the server stops, which waits for all attempts.
    monkeypatch.setattr("server.telemetry.trace_delivery.TIMEOUT", 0.5)
    with collecting() as gone:
        pass
    with serving(database_url, otlp_endpoint=gone.endpoint.replace("//", "//user:SECRET@")) as api:
        for _ in range(20):
            assert api.post(QUERY).status_code == 200
    lines = log()
    assert [line["message"] for line in lines if line["level"] == "INFO"] == ["POST /graphql 200"] * 20
    [warning] = [line for line in lines if line["level"] == "WARNING"]
    place = gone.endpoint.removeprefix("http://").removesuffix("/v1/traces")
    assert warning["message"] == f"traces cannot be delivered to {place} and are dropped until they can"
    # The library would log each attempt.
    assert not [record for record in caplog.records if record.name.startswith("opentelemetry")]


def test_the_log_has_one_line_when_the_collector_fails_and_one_when_it_returns(
    database_url: str, collector: Collector, log: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "1")
    with serving(database_url, otlp_endpoint=collector.endpoint) as api:
        for status in (400, 400, 400, 200, 200):
            collector.status = status
            collector.asked.clear()
            api.post(QUERY)
            assert collector.asked.wait(60)
    found = [line["message"].partition(" to ")[0] for line in log() if line["message"].startswith("traces")]
    assert found == ["traces cannot be delivered", "traces are delivered"]
    assert len(collector.bodies) >= 5


# Off unless configured

NOTHING_OF_IT = """
import sys
from starlette.testclient import TestClient
from server.app import create_app
from server.settings import Settings

with TestClient(create_app(Settings())) as client:
    assert client.post("/graphql", json={"query": "{ sources { name } }"}).json()["data"]
loaded = {name.split(".")[0] for name in sys.modules}
assert not loaded & {"opentelemetry", "prometheus_client", "requests"}
"""


def test_no_tracing_library_is_imported_unless_configured(database_url: str) -> None:
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", NOTHING_OF_IT], cwd=root, env={"DATABASE_URL": database_url}, check=True)
