"""/robots.txt, /sitemap.xml and canonical addresses, for search engines."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx2
import pytest

from tests.conftest import Api, serving
from tests.server.built_pages import build

SITE = "https://rolegraph.example"


@pytest.fixture(scope="module")
def site(everything: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A server that knows its site, on all data."""
    built = tmp_path_factory.mktemp("dist")
    build(built)
    with serving(everything, built, site_url=SITE) as served:
        yield served


def canonical(response: httpx2.Response) -> str:
    """Return a page's canonical address."""
    [address] = re.findall(r'rel="canonical" href="([^"]*)"', response.text)
    return str(address)


def test_robots_may_read_everything_and_find_the_sitemap(api: Api, site: Api) -> None:
    assert api.http.get("/robots.txt").text == "User-agent: *\nAllow: /\n"
    assert site.http.get("/robots.txt").text == f"User-agent: *\nAllow: /\nSitemap: {SITE}/sitemap.xml\n"


def test_without_a_site_there_is_no_sitemap(api: Api) -> None:
    response = api.http.get("/sitemap.xml")
    assert response.status_code == 404
    assert response.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_the_sitemap_lists_each_page_once_and_each_pair_in_one_order(site: Api) -> None:
    response = site.http.get("/sitemap.xml")
    assert response.headers["content-type"] == "application/xml"
    found = [element.text or "" for element in ET.fromstring(response.text).iter() if element.text]  # noqa: S314
    addresses = [address.removeprefix(SITE) for address in found if address.strip()]
    count = site.data("{ occupations { totalCount } areas(kind: STATE) { totalCount } }")
    kinds = {
        kind: [address for address in addresses if address.startswith(kind)] for kind in ("/occupation/", "/compare/")
    }
    assert len(kinds["/occupation/"]) == count["occupations"]["totalCount"]
    assert len([address for address in addresses if "?area=" in address]) == count["areas"]["totalCount"]
    pairs = [frozenset(address.split("/")[2:]) for address in kinds["/compare/"]]
    assert len(pairs) > 4_000
    assert len({*pairs}) == len(pairs)
    assert len({*addresses}) == len(addresses) < 50_000
    assert {"/", "/best-paid", "/best-paid?area=TX", "/occupation/registered-nurses"} <= {*addresses}
    # Each is the page's own canonical address.
    for path in addresses[:: len(addresses) // 20]:
        assert canonical(site.http.get(path)) == SITE + path


@pytest.mark.parametrize("path", ["/compare/actors/dancers?area=TX", "/occupation/registered-nurses", "/"])
def test_canonical_addresses_are_absolute_where_the_site_is_known(site: Api, path: str) -> None:
    assert canonical(site.http.get(path)) == SITE + path


def test_the_sitemap_is_refused_beyond_the_rate_limit(everything: str, tmp_path: Path) -> None:
    with serving(everything, tmp_path, site_url=SITE, rate_limit="10000/hour") as limited:
        response = limited.http.get("/sitemap.xml")
        assert response.status_code == 429
        assert response.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
