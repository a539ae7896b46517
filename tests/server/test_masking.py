"""What goes wrong on our side is told to the operator in full and to the client not at all; what the log holds."""

import contextlib
import hashlib
import io
import json
import logging
import re
import sqlite3
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from db.writing import writing
from seed.page import store_page
from server import logs
from server.app import create_app
from server.settings import Settings
from tests.conftest import Api, serving
from tests.databases import file_of

Lines = Callable[[], list[dict[str, Any]]]


@contextlib.contextmanager
def logging_to(stream: io.StringIO) -> Generator[None]:
    """Let the server write its log to a stream, as it would to standard error."""
    root = logging.getLogger()
    level, others = root.level, root.handlers[:]
    # Set aside, since configuring closes what it replaces.
    root.handlers.clear()
    with contextlib.redirect_stderr(stream):
        logs.configure("info")
    [ours] = root.handlers
    root.handlers[:] = others
    # The test client logs too, in the same process.
    logs.logger.addHandler(ours)
    yield
    logs.logger.removeHandler(ours)
    root.setLevel(level)


@pytest.fixture
def log() -> Iterator[Lines]:
    """The log as a machine reads it: a JSON object for each line."""
    with logging_to(written := io.StringIO()):
        yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]


def damaged(url: str, *statements: str) -> None:
    """Seed a database and take something away from it."""
    with writing(url) as session:
        store_page(session)
    file = sqlite3.connect(file_of(url))
    for statement in statements:
        file.execute(statement)
    file.commit()
    file.close()


# Errors


BREAKAGES = [
    pytest.param(
        "DROP TABLE education",
        '{ occupation(by: {slug: "media-producer"}) { title education { mostCommonMajor } } }',
        {"occupation": {"title": "Media Producer", "education": None}},
        ["occupation", "education"],
        "no such table: education",
        id="a table is gone",
    ),
    pytest.param(
        "UPDATE occupation SET kind = 'SECRET' WHERE slug = 'media-producer'",
        '{ occupation(by: {slug: "media-producer"}) { title } area(code: "US") { name } }',
        {"occupation": None, "area": {"name": "United States"}},
        ["occupation"],
        "'SECRET' is not among the defined enum values",
        id="a word is unknown",
    ),
    pytest.param(
        "DELETE FROM occupation_group",
        '{ occupation(by: {slug: "media-producer"}) { group { title } } area(code: "US") { name } }',
        {"occupation": None, "area": {"name": "United States"}},
        ["occupation", "group"],
        "KeyError",
        id="a row that must be there is gone",
    ),
    pytest.param(
        "DELETE FROM occupation",
        '{ skill(slug: "adobe-premiere") { name occupations(first: 1) { nodes { occupation { title } } } } }',
        {"skill": None},
        ["skill", "occupations", "nodes", 0, "occupation"],
        "Cannot return null for non-nullable field SkillOccupation.occupation.",
        id="null where there can't be any",
    ),
    pytest.param(
        "DROP TABLE source",
        '{ sources { name } area(code: "US") { name } }',
        None,
        ["sources"],
        "no such table: source",
        id="a field that can't be null",
    ),
]


@pytest.mark.parametrize(("statement", "query", "data", "path", "cause"), BREAKAGES)
def test_an_unexpected_error_is_hidden_and_logged(
    new_url: str, log: Lines, statement: str, query: str, data: Any, path: list[str], cause: str
) -> None:
    damaged(new_url, statement)
    with serving(new_url) as api:
        response = api.post(query)
    body = response.json()
    [error] = body["errors"]
    error_id = error["extensions"]["errorId"]
    assert response.status_code == 200
    assert body["data"] == data
    assert error.pop("locations")
    assert error == {
        "message": "Internal server error",
        "path": path,
        "extensions": {"code": "INTERNAL_SERVER_ERROR", "errorId": error_id},
    }
    assert re.fullmatch("[0-9a-f]{32}", error_id)
    [line] = [line for line in log() if line["message"].startswith("unexpected error")]
    assert line["level"] == "ERROR"
    assert line["error_id"] == error_id
    assert line["request_id"] == response.headers["x-request-id"]
    assert line["path"] == path
    assert cause in line["exc_info"]


@pytest.mark.parametrize(("statement", "query"), [pytest.param(*case.values[:2], id=case.id) for case in BREAKAGES])
def test_nothing_of_our_insides_is_told(new_url: str, statement: str, query: str) -> None:
    damaged(new_url, statement)
    with serving(new_url) as api:
        text = api.post(query).text
    for inside in ("SELECT", "sqlite", "Traceback", "SECRET", "KeyError", ".py", str(file_of(new_url).parent)):
        assert inside not in text


def test_each_unexpected_error_has_an_id_of_its_own(new_url: str, log: Lines) -> None:
    damaged(new_url, "DROP TABLE education")
    query = "{ occupations { nodes { education { mostCommonMajor } } } }"
    with serving(new_url) as api:
        errors = api.post(query).json()["errors"]
    ids = [error["extensions"]["errorId"] for error in errors]
    assert len(set(ids)) == len(ids) == 2
    assert [line["error_id"] for line in log() if line["message"].startswith("unexpected error")] == ids


def test_an_error_of_the_client_is_not_logged_as_ours(api: Api, log: Lines) -> None:
    api.post('{ node(id: "x") { id } }')
    api.post("query ($code: String!) { area(code: $code) { name } }", {"code": 1})
    assert [line["message"] for line in log()] == ["POST /graphql 200"] * 2


def broken_app(url: str) -> TestClient:
    """Return a client of an app with a route that fails outside GraphQL."""

    async def fail(_: Request) -> Response:
        raise RuntimeError("SECRET")

    app = create_app(Settings(database_url=url))
    app.router.routes.insert(0, Route("/broken", fail))
    return TestClient(app, raise_server_exceptions=False)


def test_an_error_outside_graphql_is_hidden_too(database_url: str) -> None:
    with broken_app(database_url) as http:
        response = http.get("/broken")
    assert (response.status_code, response.headers["content-type"]) == (500, "application/json; charset=utf-8")
    [error] = response.json()["errors"]
    error_id = error["extensions"].pop("errorId")
    assert error == {"message": "Internal server error", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}
    assert re.fullmatch("[0-9a-f]{32}", error_id)


def test_an_error_outside_graphql_can_be_found_in_the_log(database_url: str, log: Lines) -> None:
    with broken_app(database_url) as http:
        response = http.get("/broken")
    error, line = log()
    [told] = response.json()["errors"]
    assert (error["level"], line["message"]) == ("ERROR", "GET /broken 500")
    assert error["message"] == f"unexpected error {told['extensions']['errorId']}"
    assert error["exc_info"].endswith("RuntimeError: SECRET")
    assert error["request_id"] == line["request_id"]
    assert response.headers["x-request-id"] == line["request_id"]


# The line of a request


def test_a_request_is_logged_once(api: Api, log: Lines) -> None:
    query = 'query Place { area(code: "US") { name } }'
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
        "status": 200,
        "operation": "Place",
        "document": hashlib.sha256(query.encode()).hexdigest(),
        "cost": 1,
        "errors": [],
    }


def test_the_line_of_a_request_says_what_went_wrong(api: Api, log: Lines) -> None:
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
def test_what_is_refused_is_logged_as_well(api: Api, log: Lines, method: str, path: str, status: int) -> None:
    api.http.request(method, path)
    [line] = log()
    assert line["message"] == f"{method} {path} {status}"
    assert (line["method"], line["path"], line["status"]) == (method, path, status)


def test_health_checks_do_not_fill_the_log(api: Api, log: Lines) -> None:
    api.http.get("/healthz")
    api.http.get("/readyz")
    assert log() == []


FORGED = '\n{"level": "INFO", "logger": "rolegraph", "message": "GET / 200", "status": 200}'


def test_a_path_cannot_forge_a_line(api: Api, log: Lines) -> None:
    api.http.get(f"/nothing{quote(FORGED)}")
    [line] = log()
    assert (line["path"], line["status"]) == (f"/nothing{FORGED}", 404)


class Terminal(io.StringIO):
    """A stream that people read."""

    def isatty(self) -> bool:
        return True


def test_a_path_cannot_forge_a_line_on_a_terminal(api: Api) -> None:
    with logging_to(written := Terminal()):
        api.http.get("/nothing%0A12:00:00%20INFO%20rolegraph:%20GET%20/%20200%1B[2J")
    [line] = written.getvalue().splitlines()
    assert line.endswith(
        "INFO rolegraph: GET /nothing%0A12%3A00%3A00%20INFO%20rolegraph%3A%20GET%20/%20200%1B%5B2J 404"
    )


def test_an_operation_name_cannot_forge_a_line(api: Api, log: Lines) -> None:
    api.http.post("/graphql", json={"query": "query A { sources { name } }", "operationName": "A" + FORGED})
    [line] = log()
    assert line["operation"] == "A" + FORGED


def test_a_method_cannot_forge_a_line(api: Api, log: Lines) -> None:
    api.http.request("SECRET", "/graphql")
    [line] = log()
    assert (line["method"], line["status"]) == ("SECRET", 405)


def test_queries_and_variables_stay_out_of_the_log(api: Api, log: Lines) -> None:
    query = 'query ($text: String!) { search(text: $text) { score } area(code: "SECRET") { name } }'
    api.post(query, {"text": "SECRET"})
    api.http.get("/graphql", params={"query": '{ area(code: "SECRET") { name } }'})
    assert len(log()) == 2
    assert "SECRET" not in json.dumps(log())


def test_the_database_is_the_one_that_was_named(tmp_path: Path) -> None:
    # Two apps in one process keep to their own.
    urls = [f"sqlite:///{tmp_path / name}.sqlite3" for name in ("one", "other")]
    damaged(urls[0])
    damaged(urls[1], "UPDATE area SET name = 'Elsewhere'")
    with serving(urls[0]) as one, serving(urls[1]) as other:
        names = [api.data('{ area(code: "US") { name } }')["area"]["name"] for api in (one, other)]
    assert names == ["United States", "Elsewhere"]
