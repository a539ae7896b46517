"""HTTP caching: entity tags and Cache-Control."""

import json
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from sqlalchemy import text

from db.writing import writing
from seed.comparison_page import store_page
from tests.conftest import Api, Recorder, serving

BY_CODE = "query Place($code: String!) { area(code: $code) { name } }"
US = '{ area(code: "US") { name } }'
GRAPHQL_RESPONSE = "application/graphql-response+json"


def get(api: Api, query: str = US, headers: dict[str, str] | None = None, **parameters: Any) -> httpx2.Response:
    """Send a query with GET."""
    encoded = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    return api.http.get(f"/graphql?{urlencode({'query': query, **encoded})}", headers=headers)


def tag(api: Api, *arguments: Any, **parameters: Any) -> str:
    """Return the entity tag of a response."""
    response = get(api, *arguments, **parameters)
    assert response.status_code == 200
    return str(response.headers["etag"])


def test_a_response_has_a_strong_entity_tag_and_must_be_revalidated(api: Api) -> None:
    response = get(api)
    assert response.headers["etag"].startswith('"')
    assert response.headers["cache-control"] == "public, no-cache"
    assert response.headers["vary"] == "Accept, Accept-Encoding"


LONG = "{ __schema { types { name description } } }"


def test_a_long_response_is_compressed_for_a_client_that_accepts_it(api: Api) -> None:
    plain = get(api, LONG, {"Accept-Encoding": "identity"})
    coded = get(api, LONG, {"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert "content-encoding" not in plain.headers
    assert coded.headers["content-encoding"] == "gzip"
    assert coded.content == plain.content
    assert int(coded.headers["content-length"]) < len(plain.content) / 2
    assert coded.headers["vary"] == plain.headers["vary"] == "Accept, Accept-Encoding"
    # The tags are strong, so each coding has its own.
    assert coded.headers["etag"] != plain.headers["etag"]
    for response, accepted in ((plain, "identity"), (coded, "gzip")):
        held = {"Accept-Encoding": accepted, "If-None-Match": response.headers["etag"]}
        assert get(api, LONG, held).status_code == 304


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity"])
def test_a_client_that_does_not_accept_gzip_gets_plain_bytes(api: Api, accepted: str) -> None:
    assert "content-encoding" not in get(api, LONG, {"Accept-Encoding": accepted}).headers


def test_short_responses_and_those_to_post_are_not_compressed(api: Api) -> None:
    assert "content-encoding" not in get(api, US, {"Accept-Encoding": "gzip"}).headers
    response = api.http.post("/graphql", json={"query": LONG}, headers={"Accept-Encoding": "gzip"})
    assert len(response.content) > 10_000
    assert "content-encoding" not in response.headers


def test_the_operator_can_set_a_maximum_age(database_url: str) -> None:
    with serving(database_url, cache_seconds=3600) as api:
        assert get(api).headers["cache-control"] == "public, max-age=3600"


def test_the_same_request_has_the_same_tag(api: Api) -> None:
    first = tag(api, BY_CODE, variables={"code": "US", "unused": 1})
    assert tag(api, BY_CODE, variables={"unused": 1, "code": "US"}) == first


def test_everything_that_can_change_a_response_changes_its_tag(api: Api) -> None:
    two = "query A { sources { name } } query B { groups { code } }"
    tags = [
        tag(api),
        tag(api, '{ area(code: "US") { code } }'),
        tag(api, US, {"Accept": GRAPHQL_RESPONSE}),
        tag(api, US, extensions={"cost": True}),
        tag(api, BY_CODE, variables={"code": "US"}),
        tag(api, BY_CODE, variables={"code": "XX"}),
        tag(api, two, operationName="A"),
        tag(api, two, operationName="B"),
    ]
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(
    ("held", "status"),
    [
        pytest.param("{tag}", 304, id="the same"),
        pytest.param("W/{tag}", 304, id="weakly the same"),
        pytest.param('"other", {tag}', 304, id="one of several"),
        pytest.param("*", 200, id="any, which we can't know before it is made"),
        pytest.param('"other"', 200, id="another"),
        pytest.param("", 200, id="none"),
        pytest.param("nonsense, ,,", 200, id="nonsense"),
    ],
)
def test_a_client_with_the_current_response_gets_304(api: Api, held: str, status: int) -> None:
    known = tag(api)
    response = get(api, headers={"If-None-Match": held.format(tag=known)})
    assert response.status_code == status
    assert response.headers["etag"] == known
    assert response.headers["cache-control"] == "public, no-cache"
    assert (response.content == b"") == (status == 304)


def test_a_304_runs_no_statement(api: Api) -> None:
    known = tag(api)
    with api.statements() as run:
        assert get(api, headers={"If-None-Match": known}).status_code == 304
    assert run == []


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        pytest.param("{ nothing }", "application/json", id="an invalid document"),
        pytest.param("{ nothing }", GRAPHQL_RESPONSE, id="an invalid document, with its status"),
        pytest.param('{ node(id: "x") { id } }', "application/json", id="a field with an error"),
        pytest.param(
            "query ($x: String!) { area(code: $x) { name } }", "application/json", id="a variable that is missing"
        ),
    ],
)
def test_errors_are_never_cached(api: Api, query: str, accept: str) -> None:
    response = get(api, query, {"Accept": accept})
    assert response.json()["errors"]
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


@pytest.mark.parametrize("accept", ["image/png", "application/json"])
def test_a_refusal_is_never_cached(api: Api, accept: str) -> None:
    response = api.http.get("/graphql", headers={"Accept": accept})
    assert response.status_code in (400, 406)
    assert response.headers["cache-control"] == "no-store"


def test_a_response_to_post_is_not_cached(api: Api) -> None:
    response = api.post(US)
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_a_new_import_changes_the_tag_at_once_in_every_server(seeded_url: str) -> None:
    query = '{ area(code: "US") { name } }'
    with serving(seeded_url) as one, serving(seeded_url) as other:
        before = tag(one, query)
        assert tag(other, query) == before
        with writing(seeded_url) as session:
            session.execute(text("UPDATE area SET name = 'The United States' WHERE code = 'US'"))
        for api in (one, other):
            response = get(api, query, {"If-None-Match": before})
            assert response.status_code == 200
            assert response.json() == {"data": {"area": {"name": "The United States"}}}
            assert response.headers["etag"] != before


def test_an_import_that_changes_nothing_keeps_the_tag(seeded_url: str) -> None:
    with serving(seeded_url) as api:
        before = tag(api)
        with writing(seeded_url) as session:
            store_page(session)
        assert tag(api) == before


def test_a_response_never_mixes_two_versions(seeded_url: str) -> None:
    """An import that commits between two statements of an operation makes it run again."""
    committed: list[str] = []

    class Importer(Recorder):
        def end(self, begun: object, error: BaseException | None) -> None:  # noqa: ARG002 - as observers are called
            if not committed:
                committed.extend(self.statements)
                with writing(seeded_url) as session:
                    session.execute(text("INSERT INTO area (code, name, kind) VALUES ('AA', 'Aaa', 'STATE')"))

    with serving(seeded_url) as api:
        observers = api.app.state.service.database.observers
        before = api.data("{ areas { totalCount } }")["areas"]["totalCount"]
        observers.append(Importer())
        areas = api.data("{ areas(first: 1) { nodes { name } totalCount } }")["areas"]
        observers.clear()
    # The list was read before the import and its count after it, and then both again.
    assert "FROM area" in committed[0]
    assert areas == {"nodes": [{"name": "Aaa"}], "totalCount": before + 1}
