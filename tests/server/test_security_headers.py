"""Security headers, and CORS: the origins whose pages may read responses."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.conftest import Api, serving
from tests.server.built_pages import build

ORIGINS = ("https://example.org", "http://localhost:3000")
OTHERS = (
    "https://example.com",
    "http://example.org",
    "https://example.org:8443",
    "https://www.example.org",
    "https://example.org.example.com",
    "https://EXAMPLE.org",
    "http://testserver",
    "null",
)
QUERY = '{ area(code: "US") { name } }'
ANSWER = {"data": {"area": {"name": "United States"}}}
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


async def fail(_: Request) -> Response:
    """Fail outside GraphQL."""
    raise RuntimeError


@pytest.fixture(scope="module")
def shared(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API with two allowed origins, a route that fails, and minimal pages."""
    built = tmp_path_factory.mktemp("dist")
    build(built)
    (built / "assets").mkdir()
    (built / "assets" / "playground.js").write_text("0")
    (built / "playground.html").write_text("<!doctype html>")
    (built / "compare.html").unlink()
    (built / "licenses.md").write_text("# Licenses")
    with serving(database_url, built, cors_origins=", ".join(ORIGINS)) as api:
        api.app.router.routes.insert(0, Route("/broken", fail))
        yield api


@pytest.fixture(scope="module")
def public(database_url: str) -> Iterator[Api]:
    """The API with every origin allowed."""
    with serving(database_url, cors_origins="*") as api:
        yield api


@pytest.fixture(scope="module")
def narrow(database_url: str) -> Iterator[Api]:
    """The API with one allowed origin, whose pages may only send certain headers."""
    names = "Content-Type, If-None-Match"
    with serving(database_url, cors_origins=ORIGINS[0], cors_request_headers=names) as api:
        yield api


ASKING = f"/graphql?query={quote(QUERY)}"
# Method, URL, headers, body and the status of the response.
HELD = "the tag of the answer"

KINDS = [
    pytest.param(
        "POST", "/graphql", {"Content-Type": "application/json"}, json.dumps({"query": QUERY}), 200, id="POST"
    ),
    pytest.param("GET", ASKING, {}, None, 200, id="GET"),
    pytest.param("HEAD", ASKING, {}, None, 200, id="HEAD"),
    pytest.param("GET", ASKING, {"If-None-Match": HELD}, None, 304, id="304"),
    pytest.param("GET", "/graphql", {"Accept": "text/html"}, None, 200, id="page"),
    pytest.param("GET", "/graphql", {}, None, 400, id="400"),
    pytest.param("GET", ASKING, {"Accept": "image/png"}, None, 406, id="406"),
    pytest.param("POST", "/graphql", {}, "{}", 415, id="415"),
    pytest.param("POST", "/graphql", {"Content-Type": "application/json"}, " " * 200_000, 413, id="413"),
    pytest.param("PUT", "/graphql", {}, None, 405, id="405"),
    pytest.param("OPTIONS", "/graphql", {}, None, 405, id="OPTIONS"),
    pytest.param("GET", "/nothing", {}, None, 404, id="404"),
    pytest.param("GET", "/broken", {}, None, 500, id="500"),
    pytest.param("GET", "/", {}, None, 200, id="home"),
    pytest.param("GET", "/occupation/media-producer", {}, None, 200, id="occupation"),
    pytest.param("GET", "/occupation/nothing", {}, None, 404, id="no occupation"),
    pytest.param("GET", "/occupation/Media-Producer", {}, None, 308, id="redirect"),
    pytest.param("GET", "/compare/media-producer/media-producer", {}, None, 503, id="not built"),
    pytest.param("GET", "/schema.graphql", {}, None, 200, id="schema"),
    pytest.param("GET", "/healthz", {}, None, 200, id="healthz"),
    pytest.param("GET", "/readyz", {}, None, 200, id="readyz"),
    pytest.param("GET", "/static/licenses.md", {}, None, 200, id="licenses"),
    pytest.param("GET", "/static/assets/playground.js", {}, None, 200, id="asset"),
    pytest.param("GET", "/static/assets/nothing.js", {}, None, 404, id="no asset"),
]
every_kind = pytest.mark.parametrize(("method", "url", "headers", "body", "status"), KINDS)


def asked(api: Api, method: str, url: str, headers: dict[str, str], body: str | None) -> httpx2.Response:
    """Send a request, optionally with If-None-Match."""
    if "If-None-Match" in headers:
        headers = headers | {"If-None-Match": api.http.get(url).headers["ETag"]}
    return api.http.request(method, url, headers=headers, content=body)


def about_origins(response: httpx2.Response) -> dict[str, str]:
    """Return the CORS headers of a response."""
    return {name: value for name, value in response.headers.items() if name.startswith("access-control-")}


def varies(response: httpx2.Response) -> set[str]:
    """Return the request headers that Vary names."""
    return set(re.split(" *, *", response.headers.get("vary", ""))) - {""}


# Every response


def assert_safe(response: httpx2.Response) -> None:
    """Assert that a response has the security headers."""
    assert {name: response.headers.get_list(name) for name in SAFE} == SAFE
    [policy] = response.headers.get_list("content-security-policy")
    if response.headers.get("content-type", "").startswith("text/html"):
        assert {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    else:
        assert policy == "default-src 'none'; frame-ancestors 'none'"
    assert "set-cookie" not in response.headers


SAFE = {
    "x-content-type-options": ["nosniff"],
    "referrer-policy": ["no-referrer"],
    "x-frame-options": ["DENY"],
    "cross-origin-opener-policy": ["same-origin"],
}


@every_kind
def test_every_response_has_the_security_headers(
    shared: Api, method: str, url: str, headers: dict[str, str], body: str | None, status: int
) -> None:
    response = asked(shared, method, url, headers, body)
    assert response.status_code == status
    assert_safe(response)


def test_a_page_that_is_not_built_has_the_security_headers(database_url: str, tmp_path: Path) -> None:
    with serving(database_url, tmp_path) as api:
        response = api.http.get("/graphql", headers={"Accept": "text/html"})
    assert response.status_code == 503
    assert_safe(response)


# Without allowed origins


@pytest.mark.parametrize("origin", [*ORIGINS, *OTHERS])
def test_without_allowed_origins_there_are_no_cors_headers(api: Api, origin: str) -> None:
    for response in (
        api.post(QUERY, origin=origin),
        api.http.get("/graphql", params={"query": QUERY}, headers={"Origin": origin}),
        api.http.get("/healthz", headers={"Origin": origin}),
        api.http.options("/graphql", headers={"Origin": origin, **PREFLIGHT}),
    ):
        assert about_origins(response) == {}
        assert "Origin" not in varies(response)


def test_without_allowed_origins_a_preflight_is_refused(api: Api) -> None:
    response = api.http.options("/graphql", headers={"Origin": ORIGINS[0], **PREFLIGHT})
    assert response.status_code == 405
    assert "OPTIONS" not in response.headers["allow"]


# Allowed origins


EXPOSED = "ETag, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"


@every_kind
def test_pages_of_an_allowed_origin_may_read_every_response(
    shared: Api, method: str, url: str, headers: dict[str, str], body: str | None, status: int
) -> None:
    response = asked(shared, method, url, {**headers, "Origin": ORIGINS[0]}, body)
    assert response.status_code == status
    assert about_origins(response) == {
        "access-control-allow-origin": ORIGINS[0],
        "access-control-expose-headers": EXPOSED,
    }
    assert "Origin" in varies(response)


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize(
    "headers", ["", "content-type", "baggage,sentry-trace,traceparent", "apollographql-client-name, Content-Type"]
)
def test_a_preflight_of_an_allowed_origin_succeeds(shared: Api, origin: str, method: str, headers: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    if headers:
        asked["Access-Control-Request-Headers"] = headers
    response = shared.http.options("/graphql", headers=asked)
    assert response.status_code == 200
    assert about_origins(response) == {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": "GET, HEAD, POST",
        **({"access-control-allow-headers": headers} if headers else {}),
        "access-control-max-age": "86400",
    }
    assert varies(response) >= {"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"}
    assert_safe(response)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"Access-Control-Request-Method": "DELETE"}, id="another method"),
        pytest.param({**PREFLIGHT, "Access-Control-Request-Private-Network": "true"}, id="private network"),
    ],
)
def test_a_preflight_for_anything_else_is_refused(shared: Api, asked: dict[str, str]) -> None:
    response = shared.http.options("/graphql", headers={"Origin": ORIGINS[0], **asked})
    assert response.status_code == 400
    assert "DELETE" not in response.headers["access-control-allow-methods"]
    assert "access-control-allow-private-network" not in response.headers
    assert_safe(response)


def test_a_setting_limits_the_headers_that_pages_may_send(narrow: Api) -> None:
    asked = {"Origin": ORIGINS[0], "Access-Control-Request-Method": "POST"}
    allowed = narrow.http.options("/graphql", headers={**asked, "Access-Control-Request-Headers": "content-type"})
    refused = narrow.http.options("/graphql", headers={**asked, "Access-Control-Request-Headers": "baggage"})
    assert (allowed.status_code, refused.status_code, refused.text) == (200, 400, "Disallowed CORS headers")
    for response in (allowed, refused):
        names = response.headers["access-control-allow-headers"]
        assert names == "Accept, Accept-Language, Content-Language, Content-Type, If-None-Match"


@every_kind
def test_other_origins_get_no_cors_headers(
    shared: Api, method: str, url: str, headers: dict[str, str], body: str | None, status: int
) -> None:
    response = asked(shared, method, url, {**headers, "Origin": OTHERS[0]}, body)
    assert response.status_code == status
    assert about_origins(response) == {}
    assert "Origin" in varies(response)


@pytest.mark.parametrize("origin", OTHERS)
def test_a_similar_origin_is_not_allowed(shared: Api, origin: str) -> None:
    for response in (
        shared.post(QUERY, origin=origin),
        shared.http.options("/graphql", headers={"Origin": origin, **PREFLIGHT}),
    ):
        assert about_origins(response) == {}
        assert "Origin" in varies(response)


@pytest.mark.parametrize("origin", ORIGINS)
def test_each_allowed_origin_gets_its_own_name(shared: Api, origin: str) -> None:
    assert about_origins(shared.post(QUERY, origin=origin))["access-control-allow-origin"] == origin


@every_kind
def test_caches_separate_responses_by_origin(
    shared: Api, method: str, url: str, headers: dict[str, str], body: str | None, status: int
) -> None:
    # A page could not read a cached response to a request without an origin.
    response = asked(shared, method, url, headers, body)
    assert response.status_code == status
    assert about_origins(response) == {}
    assert varies(response) >= ({"Accept", "Origin"} if url.startswith("/graphql") else {"Origin"})
    assert len(response.headers.get_list("vary")) == 1


def test_the_playgrounds_own_requests_are_answered(shared: Api) -> None:
    # Browsers send Origin with a POST to the page's own origin too.
    response = shared.post(QUERY, origin="http://testserver")
    assert (response.status_code, response.json()) == (200, ANSWER)


# Every origin


@pytest.mark.parametrize("origin", [*ORIGINS, *OTHERS])
def test_pages_of_every_origin_may_read_responses(public: Api, origin: str) -> None:
    response = public.post(QUERY, origin=origin)
    assert response.json() == ANSWER
    assert about_origins(response) == {"access-control-allow-origin": "*", "access-control-expose-headers": EXPOSED}
    preflight = public.http.options("/graphql", headers={"Origin": origin, **PREFLIGHT})
    assert preflight.status_code == 200
    assert about_origins(preflight)["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in preflight.headers
    assert "Origin" not in varies(preflight)
    assert varies(preflight) >= {"Access-Control-Request-Method", "Access-Control-Request-Headers"}


@every_kind
def test_caches_share_the_responses_of_every_origin(
    public: Api, method: str, url: str, headers: dict[str, str], body: str | None, status: int
) -> None:
    del status  # Pages are not built and routes are not added here, so that some statuses differ.
    responses = [
        asked(public, method, url, headers | origin, body)
        for origin in ({}, {"Origin": ORIGINS[0]}, {"Origin": OTHERS[0]})
    ]
    for response in responses:
        assert about_origins(response) == {"access-control-allow-origin": "*", "access-control-expose-headers": EXPOSED}
        assert "Origin" not in varies(response)


def test_options_without_an_origin_are_no_preflight(public: Api) -> None:
    response = public.http.options("/graphql", headers=PREFLIGHT)
    assert response.status_code == 405


# Requests without a preflight


@pytest.mark.parametrize(
    "content_type",
    [
        pytest.param("text/plain", id="text"),
        pytest.param("text/plain; charset=utf-8", id="text, as browsers send it"),
        pytest.param("text/plain; application/json", id="text that pretends"),
        pytest.param("application/x-www-form-urlencoded", id="form"),
        pytest.param("multipart/form-data; boundary=x", id="form with files"),
        pytest.param(None, id="none"),
    ],
)
def test_a_post_that_needs_no_preflight_is_refused(shared: Api, content_type: str | None) -> None:
    headers = {"Origin": "https://example.com"} | ({"Content-Type": content_type} if content_type else {})
    response = shared.http.post("/graphql", content=b'{"query": "{ sources { name } }"}', headers=headers)
    assert response.status_code == 415
    [error] = response.json()["errors"]
    assert error["extensions"] == {"code": "BAD_REQUEST"}
    assert about_origins(response) == {}
