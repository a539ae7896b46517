"""All pages are accessible, fit phones and paper, and are light."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

from tests.clients.browsing import PAGES, Visit, Window, needs_browser, opened, visiting, wait_for_figures
from tests.clients.conftest import REPOSITORY

AXE = REPOSITORY / "web" / "node_modules" / "axe-core" / "axe.min.js"

pytestmark = needs_browser

EMBEDDED = "/compare/media-producer/media-production-specialist"
ADDRESSES = (
    "/",
    EMBEDDED,
    "/compare/producers-and-directors/public-relations-specialists?area=CA",
    "/compare/anesthesiologists/surgeons-all-other",
    "/occupation/producers-and-directors",
    "/occupation/media-producer",
    "/occupation/registered-nurse",
    "/compare/social-media-manager/brand-manager",
    "/compare/media-producer/actors/rn/anesthesiologists?area=ME",
    "/best-paid",
    "/best-paid?area=ME",
)
UNKNOWN = (
    "/compare/media-producer/astronaut-chef",
    "/occupation/astronaut-chef",
    "/best-paid?area=TX&industry=51",
)


# The score leaves out shifts after an input. Chromium also counts a new size of the window as an input.
RECORD_SHIFTS = """
globalThis.shifts = [];
const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round);
const moved = ({ node, previousRect, currentRect }) =>
  `${node?.className || node?.nodeName}: ${place(previousRect)} -> ${place(currentRect)}`;
new PerformanceObserver((list) => list.getEntries().forEach(({ value, startTime, hadRecentInput, sources }) => {
  if (!hadRecentInput) globalThis.shifts.push({ value, milliseconds: startTime, moved: sources.map(moved) });
})).observe({ type: 'layout-shift', buffered: true });
"""

# Observers get the entries of a frame after it is painted.
SHIFTS_AFTER_PAINT = """new Promise((resolve) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(globalThis.shifts)))))"""


SMALLEST_TEXT = """Math.min(...[...document.querySelectorAll('body *')]
  .filter(one => one.checkVisibility() && !one.closest('.unseen') && one.innerText?.trim())
  .map(one => parseFloat(getComputedStyle(one).fontSize) * 72 / 96))"""
"""The smallest text that is seen, in points."""


@dataclass
class Unfolded:
    """A page that shows everything, and its layout shifts until then."""

    page: Page
    shifts: list[dict[str, Any]]


def score(shifts: list[dict[str, Any]]) -> float:
    """Return the sum of layout shifts."""
    return sum(float(shift["value"]) for shift in shifts)


def load(page: Page, address: str) -> None:
    """Open a page and wait until it shows all figures, whether or not it finds what its address names."""
    page.goto(address)
    page.locator("#page h1").wait_for()
    wait_for_figures(page)


def unfold(page: Page) -> None:
    """Open all that is folded and wait until it is loaded."""
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    expect(page.locator("details.group:not(:has(li))")).to_have_count(0)
    expect(page.get_by_text("Loading…")).to_have_count(0)


@pytest.fixture(scope="module")
def lasting(browser: Browser, server_url: str) -> Iterator[Window]:
    """A window whose visits last for several tests."""
    with browser.new_context() as context:
        yield Window(context, server_url)


@pytest.fixture(scope="module", params=(*ADDRESSES, *UNKNOWN))
def unfolded(request: pytest.FixtureRequest, lasting: Window, server_url: str) -> Iterator[Unfolded]:
    """Each page, opened once for all tests."""
    with lasting.visiting() as visit:
        with lasting.without_cache(), visit.page.add_init_script(RECORD_SHIFTS):
            load(visit.page, f"{server_url}{request.param}")
            shifts = visit.page.evaluate(SHIFTS_AFTER_PAINT)
        unfold(visit.page)
        yield Unfolded(visit.page, shifts)


# Not for unknown roles: an error replaces all sections, which shifts them.
@pytest.mark.parametrize("unfolded", ADDRESSES, indirect=True)
def test_loading_shifts_the_layout_little(unfolded: Unfolded) -> None:
    # Half the limit of a good score: https://web.dev/articles/cls
    assert score(unfolded.shifts) < 0.05, unfolded.shifts


@pytest.mark.parametrize(
    ("address", "width"),
    [(EMBEDDED, 360), (EMBEDDED, 1280), ("/occupation/registered-nurse", 360), ("/best-paid", 360)],
)
def test_the_first_page_of_a_new_visitor_shifts_its_layout_little(
    browser: Browser, server_url: str, address: str, width: int
) -> None:
    with visiting(browser, server_url, viewport={"width": width, "height": 740}) as visit:
        visit.page.add_init_script(RECORD_SHIFTS)
        load(visit.page, f"{server_url}{address}")
        shifts = visit.page.evaluate(SHIFTS_AFTER_PAINT)
        assert score(shifts) < 0.05, shifts


def test_a_late_font_does_not_shift_the_layout(browser: Browser, server_url: str) -> None:
    # A title of this page has one line in the font, and two in its fallback.
    address = "/compare/producers-and-directors/public-relations-specialists?area=CA"
    late: list[Route] = []
    with visiting(browser, server_url, viewport={"width": 360, "height": 740}) as visit:
        page = visit.page
        page.add_init_script(RECORD_SHIFTS)
        page.route("**/*.woff2", lambda route: late.append(route))  # noqa: PLW0108
        page.goto(f"{server_url}{address}", wait_until="domcontentloaded")
        wait_for_figures(page)
        assert score(page.evaluate(SHIFTS_AFTER_PAINT)) < 0.05
        assert late
        for route in late:
            route.continue_()
        page.evaluate("document.fonts.ready")
        shifts = page.evaluate(SHIFTS_AFTER_PAINT)
        assert score(shifts) < 0.05, shifts


needs_axe = pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not installed: make web-tools installs it with npm"
)


# A color scheme only changes colors, so all other rules run once. The rule of enhanced contrast leaves texts below
# minimum contrast to another rule. Without its thresholds it finds them too, in half the time of both.
_ALL_CONTRASTS = {"contrastRatio": {"normal": {"minThreshold": 0}, "large": {"minThreshold": 0}}}
COLORS: dict[str, object] = {
    "runOnly": ["color-contrast-enhanced", "link-in-text-block"],
    "checks": {"color-contrast-enhanced": {"options": _ALL_CONTRASTS}},
}


def findings(page: Page, options: dict[str, object]) -> list[tuple[str, list[str]]]:
    """Return what axe finds on a page: the rule, and the first elements."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # What passes is not listed, which takes a fifth of the time.
    read = "options => axe.run({resultTypes: ['violations'], ...options}).then(results => results.violations)"
    found = page.evaluate(read, options)
    return [(violation["id"], [node["html"][:200] for node in violation["nodes"][:5]]) for violation in found]


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(unfolded: Unfolded, scheme: Literal["light", "dark"]) -> None:
    unfolded.page.emulate_media(color_scheme=scheme)
    assert findings(unfolded.page, COLORS if scheme == "dark" else {}) == []


@pytest.fixture(scope="module")
def unguarded(browser: Browser, server_url: str) -> Iterator[Window]:
    """A window in which the playground's content security policy lets axe run."""
    with browser.new_context(bypass_csp=True) as context:
        yield Window(context, server_url)


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_playground_and_on_a_page_of_an_error(
    unguarded: Window, server_url: str, scheme: Literal["light", "dark"]
) -> None:
    with unguarded.visiting() as visit:
        page = visit.page
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{server_url}/graphql")
        expect(page.locator(".line-numbers").first).to_be_visible()
        # The parts of the template that the server fills in on other pages are left out.
        assert "{" not in page.evaluate("document.head.innerHTML.replace(/<style.*?<.style>/gs, '')")
        expect(page.locator(".graphiql-tab-button")).to_have_attribute("aria-current", "true")
        assert findings(page, {}) == []
        page.goto(f"{server_url}/nothing-here")
        assert findings(page, {}) == []


# From the widest to the narrowest, which the next test needs too: each new width lays the page out again.
@pytest.mark.parametrize("width", [1280, 768, 360])
def test_the_page_does_not_scroll_sideways(unfolded: Unfolded, width: int) -> None:
    unfolded.page.set_viewport_size({"width": width, "height": 800})
    unfolded.page.locator(".disclosure[aria-expanded=false]").evaluate_all("all => all.forEach(one => one.click())")
    assert unfolded.page.evaluate("document.documentElement.scrollWidth") == width


SMALL_TARGETS = """() => {
    const isInSentence = link => getComputedStyle(link).display === 'inline'
        && [...link.parentElement.childNodes].some(node => node.nodeType === 3 && /\\p{L}{2}/u.test(node.data));
    // A generated box around a target is a part of it.
    const isHit = (target, x, y) => target.contains(document.elementFromPoint(x, y));
    const isSmall = target => {
        const { width, height } = (target.closest('label') ?? target).getBoundingClientRect();
        if (width >= 24 && height >= 24) return false;
        target.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { x, y } = target.getBoundingClientRect();
        const [middle, center] = [x + width / 2, y + height / 2];
        return [[-11.5, 0], [11.5, 0], [0, -11.5], [0, 11.5]].some(
            ([right, down]) => !isHit(target, middle + right, center + down));
    };
    return [...document.querySelectorAll('a[href], button, input, select, summary')]
        .filter(target => target.checkVisibility({ visibilityProperty: true }) && !target.matches('.skip'))
        .filter(target => !isInSentence(target) && isSmall(target))
        .map(target => target.outerHTML.slice(0, 200));
}"""
"""What is smaller than 24 by 24 pixels and not a link in a sentence (WCAG 2.5.8)."""


def test_what_is_tapped_is_large_enough(unfolded: Unfolded) -> None:
    unfolded.page.set_viewport_size({"width": 360, "height": 740})
    unfolded.page.locator(".disclosure[aria-expanded=false], details:not([open]) > summary").evaluate_all(
        "all => all.forEach(one => one.click())"
    )
    wait_for_figures(unfolded.page)
    small = unfolded.page.evaluate(SMALL_TARGETS)
    # As the other tests have it.
    unfolded.page.set_viewport_size({"width": 1280, "height": 720})
    assert small == []


def test_what_is_tapped_in_the_playground_and_on_a_page_of_an_error_is_large_enough(
    phone: Window, server_url: str
) -> None:
    with phone.visiting() as visit:
        visit.page.goto(f"{server_url}/nowhere")
        assert visit.page.evaluate(SMALL_TARGETS) == []
        visit.page.goto(f"{server_url}/graphql")
        visit.page.locator("header.site").wait_for()
        assert visit.page.locator(".shelf, header.site").count() > 0
        assert visit.page.evaluate(SMALL_TARGETS) == []


def test_print_has_figures_and_no_controls(unfolded: Unfolded) -> None:
    unfolded.page.emulate_media(media="print", color_scheme="dark")
    # The page may still be leaving the width of a phone, on which the titles of sections are buttons.
    expect(unfolded.page.locator("nav, .query, button").filter(visible=True)).to_have_count(0)
    assert unfolded.page.locator("h1").first.is_visible()
    # Only a comparison has all figures of its overview elsewhere.
    facts = unfolded.page.locator("#overview .facts")
    assert facts.evaluate_all("all => all.every(one => one.checkVisibility())")
    assert unfolded.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    unfolded.page.emulate_media(media="screen")


@pytest.mark.parametrize("pair", ["registered-nurses/nurse-practitioners", "carpenters/electricians"])
def test_a_pair_is_printed_on_three_pages(visit: Visit, pair: str) -> None:
    page = opened(visit, f"/compare/{pair}")
    printed = page.pdf(format="Letter")
    assert 1 < len(re.findall(rb"/Type\s*/Page\b", printed)) <= 3
    page.emulate_media(media="print")
    assert page.evaluate(SMALLEST_TEXT) >= 6.39
    # The first screen and the sections have these figures.
    assert not page.locator("#overview").is_visible()
    # Caveats and places are open, whether or not they are on the screen.
    for folded, least in (("#summary .caveats li", 3), ("#places .printed-places li", 51)):
        heights = page.locator(folded).evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert len(heights) >= least
        assert min(heights) > 0
    # The sources are at the end, each once, with their addresses.
    assert page.locator(".sources:visible").count() == 1
    names = page.locator("#sources li").evaluate_all("all => all.map(one => one.textContent)")
    assert len(names) == len(set(names)) > 5
    address = page.locator("#sources li > a").first.evaluate("one => getComputedStyle(one, '::after').content")
    assert "https://" in address
    assert page.locator("input:visible").count() == 0


def test_headings_skip_no_level(unfolded: Unfolded) -> None:
    levels = unfolded.page.locator("main :is(h1, h2, h3, h4)").evaluate_all("all => all.map(one => +one.tagName[1])")
    assert levels[0] == 1
    assert Counter(levels)[1] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_the_first_tab_stop_skips_the_navigation(visit: Visit, server_url: str) -> None:
    load(visit.page, f"{server_url}{EMBEDDED}")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "Skip to content"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "content"


def responses(visit: Visit) -> list[Response]:
    """Return a list that collects the responses of a visit."""
    received: list[Response] = []

    def receive(response: Response) -> None:
        received.append(response)

    visit.page.on("response", receive)
    return received


def sent(received: list[Response], of: Callable[[str], bool]) -> int:
    """Return the compressed size of some responses' bodies in bytes."""
    return sum(response.request.sizes()["responseBodySize"] for response in received if of(urlsplit(response.url).path))


def test_the_comparison_is_light_and_runs_one_document_per_group_of_sections(
    browser: Browser, server_url: str, record_property: Callable[[str, object], None]
) -> None:
    with visiting(browser, server_url) as visit:
        received = responses(visit)
        load(visit.page, f"{server_url}{EMBEDDED}")
        timing = visit.page.evaluate(
            """() => ({
                painted: performance.getEntriesByName('first-contentful-paint')[0].startTime,
                full: Math.max(...performance.getEntriesByType('resource').map(entry => entry.responseEnd)),
            })"""
        )
        requests = [response for response in received if urlsplit(response.url).path == "/graphql"]
        script = sent(received, lambda path: path.endswith(".js"))
        everything = sent(received, lambda _: True)

        manifest = json.loads((PAGES / "persisted-documents.json").read_text(encoding="utf-8"))
        queries = [parse_qs(urlsplit(response.url).query) for response in requests]
        texts = [manifest[query["documentId"][0]] for query in queries]
        assert [response.request.method for response in requests] == ["GET"] * len(requests)
        assert sorted(text.partition("query ")[2].partition("(")[0] for text in texts) == [
            "CompareHistory",
            "ComparePay",
            "ComparePeople",
            "ComparePlaces",
            "CompareWork",
            "GroupOccupations",
        ]
        assert {response.headers["cache-control"] for response in requests} == {"public, no-cache"}
        tags = {response.url: response.headers["etag"] for response in requests}

        # A second view revalidates its cached responses.
        same = {"Accept": requests[0].request.headers["accept"]}
        statuses = [
            visit.page.request.get(url, headers={**same, "If-None-Match": tag}).status for url, tag in tags.items()
        ]
        assert statuses == [304] * len(tags)

    assert script < 150_000
    assert len(received) <= 17
    record_property(
        "the comparison page",
        f"{len(received)} requests, {everything:,} bytes, {script:,} of them script; first contentful paint after "
        f"{timing['painted']:.0f} ms, all figures after {timing['full']:.0f} ms",
    )


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/compare/electricians/bakers?area=CA", "electricians-vs-bakers-CA"),
        ("/occupation/registered-nurse", "registered-nurses"),
    ],
)
def test_a_page_links_to_its_figures(visit: Visit, path: str, file: str) -> None:
    page = opened(visit, path)
    for name in ("CSV", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        assert download.value.suggested_filename == f"{file}.{name.lower()}"
    assert visit.errors() == []
