"""What holds for all pages: they can be used by everybody, fit a phone and paper, and are light."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.clients.browsing import PAGES, Visit, in_a_browser, visiting
from tests.clients.conftest import REPOSITORY

AXE = REPOSITORY / "web" / "node_modules" / "axe-core" / "axe.min.js"

pytestmark = in_a_browser

EMBEDDED = "/compare/media-producer/media-production-specialist"
ADDRESSES = (
    "/",
    EMBEDDED,
    "/compare/producers-and-directors/public-relations-specialists?area=CA",
    "/compare/anesthesiologists/surgeons-all-other",
    "/compare/media-producer/astronaut-chef",
    "/occupation/producers-and-directors",
    "/occupation/media-producer",
    "/occupation/astronaut-chef",
)


def settled(page: Page, address: str) -> None:
    """Open a page, wait until it asks for nothing more, and unfold all that is folded."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.locator("#page h1").first.wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    page.wait_for_load_state("networkidle")


@pytest.fixture(scope="module", params=ADDRESSES)
def unfolded(request: pytest.FixtureRequest, browser: Browser, full_server_url: str) -> Iterator[Page]:
    """Each page, opened once for all that is looked for in it."""
    with visiting(browser, full_server_url) as visit:
        settled(visit.page, f"{full_server_url}{request.param}")
        yield visit.page


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: make web-tools installs it with npm")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(unfolded: Page, scheme: Literal["light", "dark"]) -> None:
    unfolded.emulate_media(color_scheme=scheme)
    if not unfolded.evaluate("'axe' in globalThis"):
        unfolded.evaluate(AXE.read_text(encoding="utf-8"))
    found = unfolded.evaluate("axe.run().then(results => results.violations)")
    serious = [
        (violation["id"], [node["html"][:200] for node in violation["nodes"][:5]])
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_sticks_out(unfolded: Page, width: int) -> None:
    unfolded.set_viewport_size({"width": width, "height": 800})
    assert unfolded.evaluate("document.documentElement.scrollWidth") == width


def test_paper_has_the_figures_and_not_the_controls(unfolded: Page) -> None:
    unfolded.emulate_media(media="print", color_scheme="dark")
    seen = "all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML)"
    assert unfolded.locator("nav, .query, button").evaluate_all(seen) == []
    assert unfolded.locator("h1").first.is_visible()
    assert unfolded.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    unfolded.emulate_media(media="screen")


def test_headings_go_down_one_by_one(unfolded: Page) -> None:
    levels = unfolded.locator("main :is(h1, h2, h3, h4)").evaluate_all("all => all.map(one => +one.tagName[1])")
    assert levels[0] == 1
    assert Counter(levels)[1] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_the_first_stop_of_the_keyboard_leads_past_the_navigation(browser: Browser, full_server_url: str) -> None:
    with visiting(browser, full_server_url) as visit:
        settled(visit.page, f"{full_server_url}{EMBEDDED}")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.textContent") == "Skip to content"
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "content"


def responses(visit: Visit) -> list[Response]:
    """Return the responses that the visit has from now on."""
    received: list[Response] = []

    def receive(response: Response) -> None:
        received.append(response)

    visit.page.on("response", receive)
    return received


def sent(received: list[Response], of: Callable[[str], bool]) -> int:
    """Return how many bytes the bodies of some responses had on their way, compressed as they were."""
    return sum(response.request.sizes()["responseBodySize"] for response in received if of(urlsplit(response.url).path))


RECORD_SHIFTS = """
globalThis.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { globalThis.shifted += entry.value; }))
  .observe({ type: 'layout-shift', buffered: true });
"""


# What turns out not to be there makes way for the search, which moves all that was kept free for it.
@pytest.mark.parametrize("address", [address for address in ADDRESSES if "astronaut-chef" not in address])
def test_little_moves_when_figures_come(browser: Browser, full_server_url: str, address: str) -> None:
    with visiting(browser, full_server_url) as visit:
        visit.page.add_init_script(RECORD_SHIFTS)
        visit.page.goto(f"{full_server_url}{address}")
        visit.page.wait_for_load_state("networkidle")
        # What is called good: https://web.dev/articles/cls
        assert visit.page.evaluate("shifted") < 0.1


def test_the_comparison_is_light_and_asks_a_document_for_each_group_of_sections(
    browser: Browser, full_server_url: str, record_property: Callable[[str, object], None]
) -> None:
    with visiting(browser, full_server_url) as visit:
        received = responses(visit)
        settled(visit.page, f"{full_server_url}{EMBEDDED}")
        timing = visit.page.evaluate(
            """() => ({
                painted: performance.getEntriesByName('first-contentful-paint')[0].startTime,
                full: Math.max(...performance.getEntriesByType('resource').map(entry => entry.responseEnd)),
            })"""
        )
        asked = [response for response in received if urlsplit(response.url).path == "/graphql"]
        script = sent(received, lambda path: path.endswith(".js"))
        everything = sent(received, lambda _: True)

        manifest = json.loads((PAGES / "persisted-documents.json").read_text(encoding="utf-8"))
        queries = [parse_qs(urlsplit(response.url).query) for response in asked]
        texts = [manifest[query["documentId"][0]] for query in queries]
        assert [response.request.method for response in asked] == ["GET"] * len(asked)
        assert sorted(text.partition("query ")[2].partition("(")[0] for text in texts) == [
            "CompareOverview",
            "ComparePay",
            "ComparePeople",
            "ComparePlaces",
            "CompareWork",
            "GroupOccupations",
        ]
        assert {response.headers["cache-control"] for response in asked} == {"public, no-cache"}
        tags = {response.url: response.headers["etag"] for response in asked}

        # A second view has every answer already, and the server need not send one.
        same = {"Accept": asked[0].request.headers["accept"]}
        held = [visit.page.request.get(url, headers={**same, "If-None-Match": tag}).status for url, tag in tags.items()]
        assert held == [304] * len(tags)

    assert script < 150_000
    assert len(received) <= 14
    record_property(
        "the comparison page",
        f"{len(received)} requests, {everything:,} bytes, {script:,} of them script; first contentful paint after "
        f"{timing['painted']:.0f} ms, all figures after {timing['full']:.0f} ms",
    )
