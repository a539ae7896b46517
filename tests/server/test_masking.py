"""Unexpected errors are logged in full and masked for the client."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from server.app import create_app
from server.settings import Settings
from tests.conftest import Api, serving
from tests.databases import file_of
from tests.server.conftest import Lines


def damage(url: str, *statements: str) -> None:
    """Break a seeded database with statements."""
    file = sqlite3.connect(file_of(url))
    for statement in statements:
        file.execute(statement)
    file.commit()
    file.close()


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
        "KeyError: 'SECRET'",
        id="a word is unknown",
    ),
    pytest.param(
        "DELETE FROM occupation_group",
        '{ occupation(by: {slug: "media-producer"}) { group { title } } area(code: "US") { name } }',
        {"occupation": None, "area": {"name": "United States"}},
        ["occupation", "group"],
        "expected one row, found 0",
        id="a row that must be there is gone",
    ),
    pytest.param(
        "ALTER TABLE area RENAME TO lost; CREATE TABLE area AS SELECT code, NULL AS name, kind FROM lost",
        '{ sources { license } area(code: "US") { code name } }',
        {
            "sources": [{"license": "Figures are facts and free to use; the sentences are Rolegraph's own (MIT)"}],
            "area": None,
        },
        ["area", "name"],
        "Cannot return null for non-nullable field Area.name.",
        id="null where there can't be any",
    ),
    pytest.param(
        "DROP TABLE source",
        '{ sources { name } area(code: "US") { name } }',
        {"sources": None, "area": {"name": "United States"}},
        ["sources"],
        "no such table: source",
        id="a root field",
    ),
]


@pytest.mark.parametrize(("statement", "query", "data", "path", "cause"), BREAKAGES)
def test_an_unexpected_error_is_hidden_and_logged(
    seeded_url: str, log: Lines, statement: str, query: str, data: Any, path: list[str], cause: str
) -> None:
    damage(seeded_url, *statement.split("; "))
    with serving(seeded_url) as api:
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
def test_no_internals_are_in_the_response(seeded_url: str, statement: str, query: str) -> None:
    damage(seeded_url, *statement.split("; "))
    with serving(seeded_url) as api:
        text = api.post(query).text
    for inside in ("SELECT", "sqlite", "Traceback", "SECRET", "KeyError", ".py", str(file_of(seeded_url).parent)):
        assert inside not in text


def test_each_unexpected_error_has_its_own_id(seeded_url: str, log: Lines) -> None:
    damage(seeded_url, "DROP TABLE education")
    query = "{ occupations { nodes { education { mostCommonMajor } } } }"
    with serving(seeded_url) as api:
        errors = api.post(query).json()["errors"]
    ids = [error["extensions"]["errorId"] for error in errors]
    assert len(set(ids)) == len(ids) == 2
    assert [line["error_id"] for line in log() if line["message"].startswith("unexpected error")] == ids


def test_the_aliases_in_the_path_are_logged(seeded_url: str, log: Lines) -> None:
    damage(seeded_url, "DROP TABLE source")
    with serving(seeded_url) as api:
        api.post(f"{{ {'a' * 100}: sources {{ name }} }}")
    [error, line] = log()
    assert error["path"] == ["a" * 100]
    assert len(error["exc_info"]) < 10_000
    assert line["errors"] == ["INTERNAL_SERVER_ERROR"]


def test_an_error_of_the_client_is_not_logged_as_an_error(api: Api, log: Lines) -> None:
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
    [shown] = response.json()["errors"]
    assert (error["level"], line["message"]) == ("ERROR", "GET /broken 500")
    assert error["message"] == f"unexpected error {shown['extensions']['errorId']}"
    assert error["exc_info"].endswith("RuntimeError: SECRET")
    assert error["request_id"] == line["request_id"]
    assert response.headers["x-request-id"] == line["request_id"]


def test_an_error_after_a_response_has_begun_starts_no_second_response(database_url: str) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"first"
        raise RuntimeError

    async def stream(_: Request) -> Response:
        return StreamingResponse(broken())

    app = create_app(Settings(database_url=database_url))
    app.router.routes.insert(0, Route("/stream", stream))
    sent = list[Message]()

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return await asyncio.Future()

    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/stream",
        "query_string": b"",
        "headers": [],
        "client": None,
    }

    async def respond() -> None:
        async with app.router.lifespan_context(app):
            await app({**scope, "root_path": "", "asgi": {"spec_version": "2.4"}}, receive, send)

    asyncio.run(respond())
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert (sent[0]["status"], sent[1]["body"], sent[1]["more_body"]) == (200, b"first", True)


def test_each_application_uses_its_own_database(database_url: str, seeded_url: str) -> None:
    # Two applications in one process.
    damage(seeded_url, "UPDATE area SET name = 'Elsewhere'")
    with serving(database_url) as one, serving(seeded_url) as other:
        names = [api.data('{ area(code: "US") { name } }')["area"]["name"] for api in (one, other)]
    assert names == ["United States", "Elsewhere"]
