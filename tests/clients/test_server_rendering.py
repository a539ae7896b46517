"""The server renders the beginning of each page: the same that the page's script renders, which continues with it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.clients.browsing import Window, needs_browser, wait_for_figures

pytestmark = needs_browser

PATHS = {
    "/compare/producers-and-directors/public-relations-specialists": 6,
    # Not all figures are published, or by the hour only.
    "/compare/actors/chief-executives?area=TX": 7,
    "/compare/media-producer/media-production-specialist": 6,
    # Job titles, of which two are in one occupation.
    "/compare/social-media-manager/c-n-a": 7,
    "/compare/marketing-manager/brand-manager": 6,
    "/occupation/actors": 6,
    "/best-paid?area=ME": 0,
    "/": 0,
}
"""The pages, and the number of documents that their scripts request."""

_TEXTS = """() => Object.fromEntries(
    [...document.querySelectorAll('h1, .verdict, .note, main section[id]:not(#sources)')].map((part) =>
        [part.id || part.className || part.tagName, part.innerText]
    )
)"""
"""Returns the texts of the parts of a page by name."""

_OF_THE_SCRIPT = ("Copy this query", "for \u201c", "Show more", "Check an offer")
"""The beginnings of the lines that only the script adds."""


def shown(page: Page) -> dict[str, list[str]]:
    """Return the lines of the heading, the first screen, the notes and each section."""
    texts: dict[str, str] = page.evaluate(_TEXTS)
    return {
        name: [line for line in map(str.strip, text.split("\n")) if line and not line.startswith(_OF_THE_SCRIPT)]
        for name, text in texts.items()
    }


@pytest.fixture(scope="module")
def without_scripts(browser: Browser, server_url: str) -> Iterator[Window]:
    """A window for visits without JavaScript."""
    with browser.new_context(java_script_enabled=False) as context:
        yield Window(context, server_url)


@pytest.mark.parametrize("path", PATHS)
def test_without_scripts_a_page_shows_what_its_script_shows(
    window: Window, without_scripts: Window, server_url: str, path: str
) -> None:
    with without_scripts.visiting() as visit:
        visit.page.goto(f"{server_url}{path}")
        rendered = shown(visit.page)
        links = visit.page.locator("main a[href]").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    with window.visiting() as visit:
        visit.page.goto(f"{server_url}{path}")
        expect(visit.page.locator(".query").first).to_be_attached()
        wait_for_figures(visit.page)
        completed = shown(visit.page)
        assert visit.errors() == []
    assert len(rendered) >= 2
    assert {name: completed[name] for name in rendered} == rendered
    assert len([link for link in links if link.startswith(("/", "https://"))]) > 5
    # What came with the page is not requested.
    assert len([url for url in visit.requested if "/graphql?documentId" in url]) == PATHS[path]


def test_two_roles_are_compared_without_scripts(without_scripts: Window, server_url: str) -> None:
    with without_scripts.visiting() as visit:
        page = visit.page
        page.goto(server_url)
        page.get_by_label("First role").fill("registered nurse")
        page.get_by_label("Second role").fill("nurse practitioner")
        page.get_by_role("button", name="Compare").click()
        expect(page).to_have_title("Registered Nurses vs Nurse Practitioners: pay, jobs, skills | Rolegraph")
        page.get_by_label("Area").fill("Ohio")
        page.get_by_role("button", name="Compare").click()
        expect(page.locator("#overview tbody th").first).to_have_text("Annual salarymean, Ohio")
        page.get_by_role("link", name="Swap").click()
        expect(page.locator("h1")).to_have_text("Nurse Practitioners vs Registered Nurses")
        page.goto(f"{server_url}/best-paid?area=ME")
        page.get_by_label("Order").select_option("Number of jobs")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("h1")).to_have_text("Occupations with the most jobs in Maine")
