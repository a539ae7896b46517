"""The home page in a real browser: roles are selected by search, from an example or in a group."""

import re

from playwright.sync_api import Page, Route, expect

from tests.clients.browsing import Visit, needs_browser

pytestmark = needs_browser


def opened(visit: Visit, address: str = "/") -> Page:
    visit.page.goto(f"{visit.url}{address}")
    visit.page.get_by_role("heading", name="Browse by group").wait_for()
    return visit.page


def suggested(page: Page, side: str) -> list[str]:
    """Wait for suggestions on a side; return them as title and code."""
    options = page.locator(f"#{side}-list [role=option]")
    options.first.wait_for()
    return [" ".join(text.split()) for text in options.all_inner_texts()]


def test_two_roles_are_searched_and_compared_by_keyboard(visit: Visit) -> None:
    page = opened(visit)
    left = page.get_by_role("combobox", name="First role")
    left.focus()
    page.keyboard.type("sofware develper")
    assert suggested(page, "left")[0].startswith("Software Developers 15-1252")
    active = left.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_contain_text("Software Developers")
    page.keyboard.press("Enter")
    expect(left).to_have_value("Software Developers")
    expect(left).to_have_attribute("aria-expanded", "false")

    page.keyboard.press("Tab")
    right = page.get_by_role("combobox", name="Second role")
    expect(right).to_be_focused()
    page.keyboard.type("registered nurse")
    suggested(page, "right")
    page.keyboard.press("Enter")
    expect(right).to_have_value("Registered Nurses")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Compare", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visit.url}/compare/software-developers/registered-nurses")
    expect(page.get_by_role("heading", level=1)).to_have_text(["Software Developers vs Registered Nurses"])
    assert visit.errors() == []


def test_escape_closes_the_suggestions_and_other_text_reverts(visit: Visit) -> None:
    page = opened(visit, "/?left=registered-nurses")
    left = page.get_by_role("combobox", name="First role")
    expect(left).to_have_value("Registered Nurses")
    left.fill("lawy")
    assert "Lawyers 23-1011" in suggested(page, "left")
    left.press("Escape")
    expect(page.locator("#left-list")).to_be_hidden()
    left.press("Tab")
    expect(left).to_have_value("Registered Nurses")
    assert visit.errors() == []


def test_a_failed_search_says_so_and_can_be_retried(visit: Visit) -> None:
    page = opened(visit)
    refuse = re.compile("documentId")

    def abort(route: Route) -> None:
        route.abort()

    page.route(refuse, abort)
    left = page.get_by_role("combobox", name="First role")
    left.fill("nurse")
    expect(
        page.get_by_role("status").filter(has_text="The server is unreachable. To retry, keep typing")
    ).to_be_visible()
    page.unroute(refuse, abort)
    left.press("ArrowDown")
    assert suggested(page, "left") != []


def test_a_role_is_not_compared_with_itself(visit: Visit) -> None:
    page = opened(visit, "/?left=lawyers&right=lawyers")
    expect(page.locator("#hint")).to_contain_text("Both sides have the same role.")
    page.get_by_role("button", name="Compare", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Second role")).to_be_focused()
    assert page.url == f"{visit.url}/?left=lawyers&right=lawyers"


def test_one_role_links_to_its_own_page(visit: Visit) -> None:
    page = opened(visit, "/?left=lawyers")
    page.get_by_role("link", name="View Lawyers", exact=True).click()
    page.wait_for_url(f"{visit.url}/occupation/lawyers")


def test_each_example_links_to_a_comparison(visit: Visit) -> None:
    page = opened(visit)
    examples = page.locator("#examples a[href^='/compare/']")
    hrefs = [example.get_attribute("href") for example in examples.all()]
    assert len(hrefs) == 8
    assert hrefs[0] == "/compare/media-producer/media-production-specialist"
    assert [visit.page.request.get(f"{visit.url}{href}").status for href in hrefs] == [200] * 8


def test_a_group_opens_and_its_roles_can_be_selected(visit: Visit) -> None:
    page = opened(visit, "/#group-23-0000")
    group = page.locator("#group-23-0000")
    expect(group.get_by_role("link")).to_have_count(8)
    group.get_by_role("button", name="Compare Lawyers").click()
    group.get_by_role("button", name="Compare Arbitrators").click()
    expect(page.get_by_role("combobox", name="First role")).to_have_value("Lawyers")
    expect(page.get_by_role("combobox", name="Second role")).to_have_value(re.compile("^Arbitrators"))
    assert page.locator("details.group").count() == 22
    assert visit.errors() == []
