"""Automatic persisted queries and trusted documents, as clients use them."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest

from server.document_store import hash_of
from tests import valkeys
from tests.conftest import Api, serving

QUERY = 'query Place { area(code: "US") { name } }'
BY_CODE = "query Place($code: String!) { area(code: $code) { name } }"
ANSWER = {"data": {"area": {"name": "United States"}}}


def by_hash(text: str, version: int = 1) -> dict[str, Any]:
    """Return the extension of a request that names its document by the hash."""
    return {"extensions": {"persistedQuery": {"version": version, "sha256Hash": hash_of(text)}}}


def send(api: Api, **parameters: Any) -> httpx2.Response:
    """Send a request with these parameters."""
    return api.http.post("/graphql", json=parameters)


def code_of(response: httpx2.Response) -> str:
    """Return the code of a response's only error."""
    [error] = response.json()["errors"]
    code: str = error["extensions"]["code"]
    return code


# Automatic persisted queries


def test_a_client_sends_the_hash_then_both_then_the_hash(database_url: str) -> None:
    with serving(database_url) as api:
        unknown = send(api, **by_hash(QUERY))
        assert unknown.status_code == 200
        assert unknown.json() == {
            "errors": [
                {"message": "PersistedQueryNotFound", "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"}},
            ]
        }
        assert unknown.headers["cache-control"] == "no-store"
        assert send(api, query=QUERY, **by_hash(QUERY)).json() == ANSWER
        assert send(api, **by_hash(QUERY)).json() == ANSWER
        # With GET too, where a short URL matters.
        parameters = {"extensions": json.dumps(by_hash(QUERY)["extensions"])}
        response = api.http.get(f"/graphql?{urlencode(parameters)}")
        assert response.json() == ANSWER
        assert "etag" in response.headers


def test_variables_and_operation_name_work_with_the_hash(database_url: str) -> None:
    text = BY_CODE + " query Other { sources { name } }"
    with serving(database_url) as api:
        parameters = {"variables": {"code": "US"}, "operationName": "Place"}
        assert send(api, query=text, **parameters, **by_hash(text)).json() == ANSWER
        assert send(api, **parameters, **by_hash(text)).json() == ANSWER


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("{ area", "GRAPHQL_PARSE_FAILED", id="no document"),
        pytest.param("{ nothing }", "GRAPHQL_VALIDATION_FAILED", id="not of this schema"),
        pytest.param("{ sources { " + "name " * 1_000 + "} }", "LIMIT_EXCEEDED", id="too large"),
        pytest.param(
            "{ occupations(first: 100) { nodes { related(first: 100) { nodes { rank } } } } }",
            "LIMIT_EXCEEDED",
            id="too dear",
        ),
    ],
)
def test_a_refused_document_is_not_stored(database_url: str, text: str, code: str) -> None:
    with serving(database_url) as api:
        assert code_of(send(api, query=text, **by_hash(text))) == code
        assert code_of(send(api, **by_hash(text))) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize(
    ("parameters", "status", "code"),
    [
        pytest.param({"query": QUERY, **by_hash(BY_CODE)}, 200, "PERSISTED_QUERY_HASH_MISMATCH", id="another hash"),
        pytest.param(by_hash(QUERY, version=2), 200, "PERSISTED_QUERY_NOT_SUPPORTED", id="another version"),
        pytest.param({"extensions": {"persistedQuery": "x"}}, 400, "BAD_REQUEST", id="no object"),
        pytest.param(
            {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "../../etc/passwd"}}},
            400,
            "BAD_REQUEST",
            id="no hash",
        ),
        pytest.param({"documentId": "sha256:x"}, 200, "PERSISTED_DOCUMENT_NOT_FOUND", id="an unknown id"),
        pytest.param({"documentId": 1}, 400, "BAD_REQUEST", id="an id that is no string"),
        pytest.param({"documentId": "x", "query": QUERY}, 400, "BAD_REQUEST", id="an id and a text"),
    ],
)
def test_an_invalid_extension_is_refused(api: Api, parameters: dict[str, Any], status: int, code: str) -> None:
    response = send(api, **parameters)
    assert (response.status_code, code_of(response)) == (status, code)


def test_the_store_is_bounded(database_url: str) -> None:
    texts = [f"#{'x' * 20_000}{number}\n{QUERY}" for number in range(6)]
    with serving(database_url, max_persisted_bytes=100_000) as api:
        for text in texts:
            assert send(api, query=text, **by_hash(text)).json() == ANSWER
        kept = [send(api, **by_hash(text)).json() == ANSWER for text in texts]
    # The last two, which are one generation, stay. Finding the third promotes it, and the fourth makes room for it.
    assert kept == [False, False, True, False, True, True]


def test_a_document_that_was_dropped_is_stored_again_with_an_answer_from_memory(database_url: str) -> None:
    both = {"query": QUERY, **by_hash(QUERY)}
    with serving(database_url, max_persisted_bytes=100_000, answer_cache_bytes=32_000_000) as api:
        for _ in range(3):
            send(api, **both)
        for number in range(6):
            filler = f"#{'x' * 20_000}{number}\n{QUERY}"
            send(api, query=filler, **by_hash(filler))
        assert code_of(send(api, **by_hash(QUERY))) == "PERSISTED_QUERY_NOT_FOUND"
        assert send(api, **both).json() == ANSWER
        assert send(api, **by_hash(QUERY)).json() == ANSWER


def test_processes_share_them_through_valkey(database_url: str, valkey: valkeys.Server) -> None:
    with serving(database_url, valkey_url=valkey.url) as one, serving(database_url, valkey_url=valkey.url) as other:
        assert send(one, query=QUERY, **by_hash(QUERY)).json() == ANSWER
        assert send(other, **by_hash(QUERY)).json() == ANSWER


# Trusted documents


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A manifest of two documents."""
    path = tmp_path / "persisted-documents.json"
    path.write_text(json.dumps({hash_of(text): text for text in (QUERY, BY_CODE)}))
    return path


def test_a_trusted_document_is_run_by_its_id(database_url: str, manifest: Path) -> None:
    with serving(database_url, trusted_documents=manifest) as api:
        assert send(api, documentId=hash_of(QUERY)).json() == ANSWER
        assert send(api, documentId=f"sha256:{hash_of(BY_CODE)}", variables={"code": "US"}).json() == ANSWER
        link = urlencode({"documentId": hash_of(BY_CODE), "variables": '{"code": "US"}'})
        assert api.http.get(f"/graphql?{link}").json() == ANSWER
        # Other documents still run.
        assert send(api, query="{ __typename }").json() == {"data": {"__typename": "Query"}}


def test_only_trusted_documents_are_run(database_url: str, manifest: Path) -> None:
    with serving(database_url, trusted_documents=manifest, trusted_documents_only=True) as api:
        assert send(api, documentId=hash_of(QUERY)).json() == ANSWER
        assert send(api, query=QUERY).json() == ANSWER
        for parameters in ({"query": "{ __typename }"}, {"query": "{"}, by_hash("{ __typename }")):
            assert code_of(send(api, **parameters)) == "DOCUMENT_NOT_TRUSTED"
        limits = send(api, documentId=hash_of(BY_CODE), variables={"code": ["x"] * 251})
        assert code_of(limits) == "LIMIT_EXCEEDED"
