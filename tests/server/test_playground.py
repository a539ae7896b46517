"""The playground's page and the assets of all pages, none of which are loaded from other hosts."""

import re
from pathlib import Path

import pytest

from server.static_files import BUILT
from tests.conftest import Api, serving

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
POLICY = (
    "default-src 'none'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; worker-src 'self'; form-action 'none'"
)
CONTENT_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
# The ways in which a page, a style sheet, an image or a script makes a browser load something.
LOADS = re.compile(
    r"""(?:\bsrc|<link\b[^>]*\bhref|<use\b[^>]*\bhref)\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|\burl\(\s*["']?\s*(?:https?:)?//"""
    r"""|@import\s+["']\s*(?:https?:)?//"""
    r"""|\b(?:import|importScripts|fetch|Worker|EventSource|WebSocket|sendBeacon)\s*\(?\s*["'`]\s*(?:https?:|wss?:)?//"""
    r"""|\bfrom\s*["']\s*(?:https?:)?//"""
    r"""|\.src\s*=\s*["'`]\s*(?:https?:)?//"""
)
CONTENT_NETWORKS = ("jsdelivr", "unpkg", "cdnjs", "esm.sh", "skypack", "googleapis", "gstatic")

built = pytest.mark.skipif(
    not (BUILT / "playground.html").exists(), reason="the playground is not built: it takes npm and `make web`"
)


def page(api: Api) -> str:
    """Return the page as a browser gets it."""
    return api.http.get("/graphql", headers=BROWSER).text


def references(html: str) -> list[str]:
    """Return all URLs in the page's elements."""
    return re.findall(r"""\b(?:src|href)\s*=\s*["']([^"']*)["']""", html)


@built
def test_browsers_get_the_page(api: Api) -> None:
    response = api.http.get("/graphql", headers=BROWSER)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["vary"] == "Accept"
    assert response.headers["cache-control"] == "no-cache"
    assert response.text == (BUILT / "playground.html").read_text(encoding="utf-8")


@built
def test_all_urls_in_the_page_are_served(api: Api) -> None:
    paths = references(page(api))
    assert {Path(path).suffix for path in paths} >= {".js", ".css"}
    for path in paths:
        assert path.startswith("/static/assets/")
        response = api.http.get(path)
        assert response.status_code == 200
        assert response.headers["content-type"] == CONTENT_TYPES[Path(path).suffix]
        assert response.content == (BUILT / path.removeprefix("/static/")).read_bytes()


@built
def test_all_files_that_the_assets_load_are_served(api: Api) -> None:
    # The editor's languages, workers and fonts are loaded on demand.
    for file in (BUILT / "assets").iterdir():
        response = api.http.get(f"/static/assets/{file.name}")
        assert response.status_code == 200
        assert response.headers["content-type"] == CONTENT_TYPES[file.suffix]


@built
def test_nothing_is_loaded_from_other_hosts(api: Api) -> None:
    texts = [page(api)]
    texts += [
        file.read_text(encoding="utf-8")
        for file in (BUILT / "assets").iterdir()
        if file.suffix in {".js", ".css", ".svg"}
    ]
    assert [match[0] for text in texts for match in LOADS.finditer(text)] == []
    assert [network for text in map(str.lower, texts) for network in CONTENT_NETWORKS if network in text] == []


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://example.com/x.js"></script>',
        "<script src=//example.com/x.js></script>",
        '<link rel="stylesheet" href="http://example.com/x.css">',
        "a{background:url(https://example.com/x.png)}",
        "@import 'https://example.com/x.css';",
        'import{a}from"https://example.com/x.js"',
        "import('https://example.com/x.js')",
        "new Worker(`https://example.com/x.js`)",
        'e.src="https://example.com/x.js"',
    ],
)
def test_the_pattern_finds_what_is_loaded_from_other_hosts(text: str) -> None:
    assert LOADS.search(text)


@built
def test_scripts_are_sent_compressed(api: Api) -> None:
    [script] = [path for path in references(page(api)) if re.search(r"/playground-[^/]*\.js$", path)]
    response = api.http.get(script, headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["vary"]


@built
def test_an_asset_may_be_cached_for_good(api: Api) -> None:
    [style] = [path for path in references(page(api)) if path.endswith(".css")]
    response = api.http.get(style)
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = api.http.get(style, headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/static/nothing.js",
        "/static/",
        "/static/playground.html",
        "/static/assets/",
        "/static/assets/../playground.html",
        "/static/assets/%2e%2e/playground.html",
        "/static/assets/%2e%2e/%2e%2e/%2e%2e/pyproject.toml",
        "/static/assets/%2fetc/passwd",
        "/static/assets/%00",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/..%2f..%2fpyproject.toml",
        "/static/%2fetc/passwd",
        "/static/%00",
        "/static/" + "a" * 5_000,
    ],
)
def test_only_assets_are_served(api: Api, path: str) -> None:
    response = api.http.get(path)
    assert response.status_code == 404
    [error] = response.json()["errors"]
    assert error["extensions"] == {"code": "NOT_FOUND"}


# Without npm


def test_assets_are_in_one_folder(database_url: str, tmp_path: Path) -> None:
    script = tmp_path / "assets" / "inside" / "script.js"
    script.parent.mkdir(parents=True)
    for file in (script, script.parent.parent / "script.js"):
        file.write_text("")
    with serving(database_url, tmp_path) as api:
        assert api.http.get("/static/assets/script.js").status_code == 200
        # Following a path of the maximum length takes a tenth of a second.
        assert api.http.get("/static/assets/inside/script.js").status_code == 404


def test_a_page_that_is_not_built_says_how_to_build_it(database_url: str, tmp_path: Path) -> None:
    with serving(database_url, tmp_path) as api:
        response = api.http.get("/graphql", headers=BROWSER)
    assert (response.status_code, response.headers["content-type"]) == (503, "text/html; charset=utf-8")
    assert response.headers["content-security-policy"] == POLICY
    assert "install Node 20.19 or newer with npm, run <code>make web</code>, and load this page again" in response.text
    assert references(response.text) == []


def test_the_api_answers_without_the_page(database_url: str, tmp_path: Path) -> None:
    with serving(database_url, tmp_path) as api:
        assert api.data('{ area(code: "US") { name } }') == {"area": {"name": "United States"}}


def test_there_are_no_assets_until_they_are_built(database_url: str, tmp_path: Path) -> None:
    with serving(database_url, tmp_path) as api:
        response = api.http.get("/static/assets/playground.js")
    assert response.status_code == 404
