"""The log line of a request, which stays one line for any content of the request."""

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice, pairwise
from urllib.parse import quote

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from server.app import create_app
from server.settings import Settings
from server.telemetry import logs
from server.telemetry.answered import TOGETHER
from tests.conftest import COLD, Api, serving
from tests.databases import PostgreSQLServer
from tests.server.conftest import Lines, Terminal, logging_to, text_of

FORGED = '\n{"level": "INFO", "logger": "rolegraph", "message": "GET / 200", "status": 200}'


def test_a_request_is_logged_once(database_url: str, log: Lines) -> None:
    query = 'query Place { area(code: "US") { name } }'
    with serving(database_url, **COLD) as api:
        response = api.post(query)
    [line] = log()
    assert isinstance(line.pop("duration_ms"), float)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00", line.pop("time"))
    assert line == {
        "level": "INFO",
        "logger": "rolegraph",
        "message": "POST /graphql 200",
        "request_id": response.headers["x-request-id"],
        "method": "POST",
        "path": "/graphql",
        "client": "unknown",
        "status": 200,
        "operation": "Place",
        "document": hashlib.sha256(query.encode()).hexdigest(),
        "cost": 1,
        "statements": 1,
        "source": "run",
        "errors": [],
    }


def test_the_lines_of_equal_requests_differ_in_id_duration_and_time_only(database_url: str, log: Lines) -> None:
    requests = [
        {"query": 'query Place { area(code: "US") { name } }'},
        {"query": 'query Place { area(code: "US") { code } }'},
        {"query": "query A { __typename } query B { __typename }", "operationName": "A"},
        {"query": "query A { __typename } query B { __typename }", "operationName": "B"},
        {"query": "{ nothing }"},
    ]
    with serving(database_url, **COLD) as api:
        sent = [*requests, *reversed(requests)]
        ids = [api.http.post("/graphql", json=request).headers["x-request-id"] for request in sent]
        ids.append(api.http.get("/graphql?query={__typename}").headers["x-request-id"])
    lines = log()
    assert [line.pop("request_id") for line in lines] == ids
    times = [datetime.fromisoformat(line.pop("time")) for line in lines]
    assert times == sorted(times)
    assert all(line.pop("duration_ms") > 0 for line in lines)
    *lines, by_get = lines
    assert lines == lines[::-1]
    assert len({json.dumps(line) for line in lines}) == len(requests)
    assert by_get["method"] == "GET"


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        pytest.param("203.0.113.9", None, "203.0.113.9", id="direct"),
        pytest.param("203.0.113.9", "198.51.100.1", "203.0.113.9", id="an address that the client claims"),
        pytest.param("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1", id="behind proxies"),
        pytest.param("10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", id="IPv6"),
        pytest.param("10.0.0.1", FORGED, "unknown", id="no address"),
    ],
)
@pytest.mark.parametrize("path", ["/graphql", "/nothing"])
def test_the_line_of_a_request_names_the_client_of_the_rate_limit(
    database_url: str, log: Lines, path: str, peer: str, forwarded: str | None, client: str
) -> None:
    app = create_app(Settings(database_url=database_url, trusted_proxies="10.0.0.0/8"))
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    with TestClient(app, client=(peer, 50000)) as http:
        http.get(path, headers=headers)
    assert [line["client"] for line in log()] == [client]


def test_the_client_can_be_left_out(database_url: str, log: Lines) -> None:
    app = create_app(Settings(database_url=database_url, log_client_address=False))
    with TestClient(app, client=("203.0.113.9", 50000)) as http:
        http.post("/graphql", json={"query": "{ __typename }"})
        http.get("/nothing")
    assert ["client" in line for line in log()] == [False, False]
    assert "203.0.113.9" not in str(log())


def test_the_line_of_a_request_has_its_error(api: Api, log: Lines) -> None:
    api.post('{ node(id: "x") { id } comparison(left: {slug: "x"}, right: {slug: "y"}) { summary } }')
    [line] = log()
    assert line["errors"] == ["BAD_USER_INPUT", "NOT_FOUND"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        pytest.param("GET", "/nothing", 404, id="404"),
        pytest.param("PUT", "/graphql", 405, id="405"),
        pytest.param("GET", "/graphql", 400, id="400"),
        pytest.param("POST", "/graphql", 415, id="415"),
    ],
)
def test_refused_requests_are_logged(api: Api, log: Lines, method: str, path: str, status: int) -> None:
    api.http.request(method, path)
    [line] = log()
    assert line["message"] == f"{method} {path} {status}"
    assert (line["method"], line["path"], line["status"]) == (method, path, status)


def test_health_checks_do_not_fill_the_log(api: Api, log: Lines) -> None:
    api.http.get("/healthz")
    api.http.get("/readyz")
    assert log() == []


@pytest.mark.parametrize(("share", "fewest", "most"), [(0, 0, 0), (0.5, 60, 140), (1, 200, 200)])
def test_a_share_of_the_requests_without_an_error_is_logged(
    database_url: str, log: Lines, share: float, fewest: int, most: int
) -> None:
    with serving(database_url, log_share=share) as api:
        for _ in range(200):
            api.post("{ __typename }")
        assert fewest <= len(log()) <= most
        api.post("{ nothing }")
        api.http.get("/nothing")
        refused, missing = log()[-2:]
    assert (refused["errors"], missing["status"]) == (["GRAPHQL_VALIDATION_FAILED"], 404)


def test_lines_of_requests_are_written_in_pieces_that_a_pipe_does_not_split(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "FLUSH_SECONDS", 3600)

    class Pieces(io.StringIO):
        def write(self, text: str) -> int:
            pieces.append(text)
            return len(text)

    pieces: list[str] = []
    with logging_to(Pieces()):
        ids = [api.http.get(f"/{'x' * 150}").headers["x-request-id"] for _ in range(TOGETHER + 20)]
        full = len(pieces)
        logs.logger.warning("A record is written at once.")
        record = json.loads(pieces.pop())
        logs.finish()
    assert record["message"] == "A record is written at once."
    assert all(len(piece) <= 4096 and piece.endswith("\n") for piece in pieces)
    assert sum(piece.count("\n") for piece in pieces[:full]) == TOGETHER
    # A piece ends only where the next line would make it too long.
    for piece, following in islice(pairwise(pieces), full - 1):
        assert len(piece) + len(following.splitlines(keepends=True)[0]) > 4096
    assert [json.loads(line)["request_id"] for line in "".join(pieces).splitlines()] == ids


# Values that a client can invent


NASTY = {
    "a line of its own": FORGED,
    "a line as a terminal has it": "\r\n12:00:00 INFO rolegraph: GET / 200",
    "terminal commands": "\x1b[2J\x1b]0;title\x07\x9b31m",
    "control characters": "\x00\x08\x0b\x0c\x7f\x85",
    "line separators and reversed text": "\u2028\u2029\u202e\ufeff",
    "the end of an object": '"}',
    "30 kB": "x" * 30_000,
    "20 kB of four bytes each": "\U0001f600" * 5_000,
}
Log = Callable[[], str]


@pytest.fixture(params=[pytest.param(io.StringIO, id="json"), pytest.param(Terminal, id="terminal")])
def written(request: pytest.FixtureRequest) -> Iterator[Log]:
    """The log as written to a file, then to a terminal."""
    stream: io.StringIO = request.param()
    with logging_to(stream):
        yield lambda: text_of(stream)


def is_one_plain_line(text: str) -> bool:
    """Whether a log is one short line without control characters."""
    return text.endswith("\n") and text[:-1].isprintable() and len(text) < 3_000


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_a_path_cannot_break_out_of_its_line(api: Api, written: Log, nasty: str) -> None:
    assert api.http.get(f"/nothing{quote(nasty)}").status_code == 404
    assert is_one_plain_line(written())


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_operation_name_cannot_break_out_of_its_line(api: Api, written: Log, method: str, nasty: str) -> None:
    parameters = {"query": "query A { sources { name } }", "operationName": "A" + nasty}
    if method == "GET":
        response = api.http.get("/graphql", params=parameters)
    else:
        response = api.http.post("/graphql", json=parameters)
    assert response.json()["errors"][0]["extensions"]["code"] == "OPERATION_RESOLUTION_FAILURE"
    assert is_one_plain_line(written())


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("header", ["content-type", "accept", "x-request-id", "user-agent", "traceparent", "host"])
def test_a_header_cannot_break_out_of_its_line(api: Api, written: Log, header: str, nasty: str) -> None:
    headers = {b"content-type": b"application/json", header.encode(): nasty.encode()}
    api.http.post("/graphql", content=b"{}", headers=headers)
    assert is_one_plain_line(written())


def test_a_method_cannot_break_out_of_its_line(api: Api, written: Log) -> None:
    api.http.request("SECRET" + FORGED, "/graphql")
    assert is_one_plain_line(written())


def test_a_long_name_is_cut(api: Api, log: Lines) -> None:
    name = "A" * 30_000
    api.post(f'query {name} {{ area(code: "US") {{ name }} }}')
    api.http.get(f"/{name}")
    operation, path = log()
    assert operation["operation"] == "A" * 197 + "..."
    assert path["path"] == "/" + "A" * 196 + "..."


def test_a_name_of_200_characters_is_logged_whole(api: Api, log: Lines) -> None:
    api.post(f'query {"A" * 200} {{ area(code: "US") {{ name }} }}')
    [line] = log()
    assert line["operation"] == "A" * 200


def test_a_logged_line_is_valid_json(api: Api, log: Lines) -> None:
    api.http.post("/graphql", json={"query": "query A { sources { name } }", "operationName": "A" + FORGED})
    api.http.get(f"/nothing{quote(FORGED)}")
    operation, path = log()
    assert operation["operation"] == "A" + FORGED
    assert (path["path"], path["status"]) == (f"/nothing{FORGED}", 404)


def test_a_traceback_on_a_terminal_is_indented(new_url: str) -> None:
    # An error's message can contain a client's text.
    async def fail(_: Request) -> Response:
        raise RuntimeError("SECRET\n12:00:00 INFO rolegraph: GET / 200\x1b[2J")

    with serving(new_url) as api, logging_to(terminal := Terminal()):
        api.app.router.routes.insert(0, Route("/broken", fail))
        api.http.get("/broken")
    first, *traceback, last = terminal.getvalue().splitlines()
    assert "unexpected error" in first
    assert all(line.startswith("    ") and line.isprintable() for line in traceback)
    assert "    12:00:00 INFO rolegraph: GET / 200\\x1b[2J" in traceback
    assert last.endswith("rolegraph: GET /broken 500")


def test_queries_and_variables_stay_out_of_the_log(api: Api, log: Lines) -> None:
    query = 'query ($text: String!) { search(text: $text) { score } area(code: "SECRET") { name } }'
    api.post(query, {"text": "SECRET"})
    api.http.get("/graphql", params={"query": '{ area(code: "SECRET") { name } }'})
    assert len(log()) == 2
    assert "SECRET" not in json.dumps(log())


# Statements


FIELDS = "education { mostCommonMajor } skills(first: 1) { nodes { skill { name } } }"
QUERIES = [
    pytest.param('{ area(code: "US") { name } }', 1, id="one"),
    pytest.param('{ a: area(code: "US") { name } b: area(code: "CA") { name } }', 2, id="two at a time"),
    # The statements of the second level run in tasks of data loaders.
    pytest.param("{ occupations { nodes { title } } }", 1, id="a level"),
    pytest.param(f"{{ occupations {{ nodes {{ {FIELDS} }} }} }}", 4, id="two levels"),
    pytest.param("{ __typename }", 0, id="none"),
    pytest.param("{ nothing }", 0, id="none, since it is refused"),
]


@pytest.mark.parametrize(("query", "number"), QUERIES)
def test_statements_are_counted(either: Api, log: Lines, query: str, number: int) -> None:
    with either.statements() as ran:
        either.post(query)
    [line] = log()
    assert line["statements"] == len(ran) == number


def test_concurrent_operations_are_counted_separately(either: Api, log: Lines) -> None:
    one = 'query One { area(code: "US") { name } }'
    three = f"query Three {{ occupations {{ nodes {{ {FIELDS} }} }} }}"
    # Each document is different, so that each is run.
    documents = [f"{query} # {number}" for number in range(20) for query in (one, three)]
    with ThreadPoolExecutor(8) as clients:
        list(clients.map(either.post, documents))
    counted = sorted((line["operation"], line["statements"]) for line in log())
    assert counted == [("One", 1)] * 20 + [("Three", 4)] * 20


def test_a_statement_that_times_out_is_counted(postgresql: PostgreSQLServer, postgresql_url: str, log: Lines) -> None:
    with serving(postgresql_url, execution_timeout=0.5) as api:
        # Connect before the time starts.
        api.post("{ sources { name } }")
        with postgresql.locking(postgresql_url, "area"):
            api.post('{ area(code: "US") { name } }')
    [_, line] = log()
    assert (line["status"], line["errors"], line["statements"]) == (503, ["EXECUTION_TIMEOUT"], 1)


def test_a_request_without_an_operation_has_no_statements(api: Api, log: Lines) -> None:
    api.http.get("/graphql", headers={"accept": "text/html"})
    api.http.get("/nothing")
    assert all("statements" not in line for line in log())


# Errors and limits


def test_each_error_code_is_logged_once(api: Api, log: Lines) -> None:
    fields = " ".join(f'a{number}: node(id: "x") {{ id }}' for number in range(20))
    assert len(api.post(f"{{ {fields} }}").json()["errors"]) == 20
    [line] = log()
    assert line["errors"] == ["BAD_USER_INPUT"]


def test_the_exceeded_limit_is_logged(database_url: str, log: Lines) -> None:
    with serving(database_url, max_depth=1, max_aliases=0) as api:
        api.post("{ a: sources { name } }")
    [line] = log()
    assert (line["errors"], line["limits"]) == (["LIMIT_EXCEEDED"], ["depth", "aliases"])


def test_a_refused_operation_is_logged_with_its_document(api: Api, log: Lines) -> None:
    api.post("query Wrong { nothing }")
    [line] = log()
    assert line["document"] == hashlib.sha256(b"query Wrong { nothing }").hexdigest()
    assert "cost" not in line
