"""Rate limits over HTTP: the setting, the cost, and the client that is charged."""

import logging
import re
from typing import Any

import httpx2
import pytest

from tests import valkeys
from tests.conftest import Api, serving

US = '{ area(code: "US") { name } }'
PAGE = "{ occupations(first: 40) { nodes { title } } }"
"""An operation that costs 41."""

LIMIT = {"rate_limit": "100/day", "max_cost": 100}


def left(response: httpx2.Response) -> int:
    """Return what is left, from the RateLimit header."""
    match = re.fullmatch(r'"cost";r=(\d+);t=\d+', response.headers["ratelimit"])
    assert match
    return int(match[1])


def ask(api: Api, query: str = US, **headers: str) -> httpx2.Response:
    """Send a query."""
    return api.http.post("/graphql", json={"query": query}, headers=headers)


def test_without_the_setting_there_is_no_limit(api: Api) -> None:
    assert not {"ratelimit", "ratelimit-policy", "retry-after"} & set(api.post(US).headers)


def test_an_operation_is_charged_what_it_costs(database_url: str) -> None:
    with serving(database_url, **LIMIT) as api:
        response = ask(api)
        assert response.headers["ratelimit-policy"] == '"cost";q=100;w=86400'
        assert left(response) == 99
        assert left(ask(api, PAGE)) == 99 - 41
        assert ask(api, PAGE).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('{"query": "{ nothing }"}', id="an invalid document"),
        pytest.param('{"query": "{ __typename }"}', id="an operation that costs nothing"),
        pytest.param("{", id="no request at all"),
    ],
)
def test_every_request_costs_at_least_1(database_url: str, body: str) -> None:
    with serving(database_url, **LIMIT) as api:
        response = api.http.post("/graphql", content=body, headers={"Content-Type": "application/json"})
        assert left(response) == 99


def test_a_client_without_quota_gets_429_and_retry_after(database_url: str) -> None:
    with serving(database_url, **LIMIT) as api:
        assert [ask(api, PAGE).status_code for _ in range(2)] == [200, 200]
        refused = ask(api, PAGE)
        assert refused.status_code == 429
        # What the operation costs more than the request, minus what is left after the request.
        missing = 40 - (100 - 2 * 41 - 1)
        assert missing * 864 - 60 < int(refused.headers["retry-after"]) <= missing * 864 + 1
        [error] = refused.json()["errors"]
        wait = refused.headers["retry-after"]
        assert error == {
            "message": f"Rate limit exceeded. Retry in {wait} seconds.",
            "extensions": {"code": "RATE_LIMITED"},
        }
        # A refused operation is not counted, only its request. Cheaper operations are still answered.
        assert left(refused) == 100 - 2 * 41 - 1
        assert ask(api).status_code == 200
        for _ in range(16):
            ask(api)
        assert ask(api).status_code == 429


def test_a_304_costs_1(database_url: str) -> None:
    with serving(database_url, **LIMIT) as api:
        tag = api.http.get("/graphql", params={"query": PAGE}).headers["etag"]
        unchanged = api.http.get("/graphql", params={"query": PAGE}, headers={"If-None-Match": tag})
        assert unchanged.status_code == 304
        assert left(ask(api)) == 100 - 41 - 1 - 1


def test_a_response_that_caches_store_has_no_rate_limit_headers(database_url: str) -> None:
    with serving(database_url, **LIMIT) as api:
        response = api.http.get("/graphql", params={"query": US})
        assert response.headers["cache-control"] == "public, no-cache"
        assert not {"ratelimit", "ratelimit-policy"} & set(response.headers)


@pytest.mark.parametrize(
    ("settings", "forwarded", "remaining"),
    [
        pytest.param({}, ["1.1.1.1", "2.2.2.2"], [99, 98], id="no proxy is trusted"),
        pytest.param({"trusted_proxies": "127.0.0.0/8"}, ["1.1.1.1", "2.2.2.2"], [99, 99], id="the proxy is trusted"),
        pytest.param(
            {"trusted_proxies": "127.0.0.0/8"},
            ["1.1.1.1", "6.6.6.6, 1.1.1.1"],
            [99, 98],
            id="a forged address is ignored",
        ),
        pytest.param({"trusted_proxies": "127.0.0.0/8"}, ["2001:db8::1", "2001:db8::2"], [99, 98], id="one network"),
        pytest.param(
            {"trusted_proxies": "10.0.0.0/8"}, ["1.1.1.1", "2.2.2.2"], [99, 98], id="another proxy is trusted"
        ),
    ],
)
def test_the_client_that_is_charged(
    database_url: str, settings: dict[str, Any], forwarded: list[str], remaining: list[int]
) -> None:
    with serving(database_url, **LIMIT, **settings) as api:
        api.http._transport.client = ("127.0.0.1", 50000)  # type: ignore[attr-defined]
        responses = [ask(api, **{"X-Forwarded-For": clients}) for clients in forwarded]
    assert [left(response) for response in responses] == remaining


def test_processes_count_together_through_valkey(database_url: str, valkey: valkeys.Server) -> None:
    with (
        serving(database_url, valkey_url=valkey.url, **LIMIT) as one,
        serving(database_url, valkey_url=valkey.url, **LIMIT) as other,
    ):
        assert [left(ask(api, PAGE)) for api in (one, other)] == [59, 18]
        assert [ask(api, PAGE).status_code for api in (one, other)] == [429, 429]


def test_all_requests_are_served_while_valkey_is_unavailable(
    database_url: str, valkey: valkeys.Server, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(database_url, valkey_url=valkey.url, **LIMIT) as api, caplog.at_level(logging.WARNING, "rolegraph"):
        assert left(ask(api, PAGE)) == 59
        valkey.stop()
        responses = [ask(api, PAGE) for _ in range(5)]
        assert {response.status_code for response in responses} == {200}
        assert not any("ratelimit" in response.headers for response in responses)
    assert len([record for record in caplog.records if "is unavailable" in record.getMessage()]) == 1
