"""The inputs that suggest roles and areas, in a real browser: keys, text that is not chosen, and recent choices."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, expect

from tests.clients.browsing import Visit, Window, needs_browser, wait_for_figures

pytestmark = needs_browser

SEARCHES = re.compile("documentId.*text")


def opened(visit: Visit, address: str = "/") -> Page:
    visit.page.goto(f"{visit.url}{address}")
    visit.page.get_by_role("combobox").first.wait_for()
    return visit.page


def side(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=f"{name} role")


def hold_searches(page: Page) -> Callable[[], None]:
    """Hold the answers of searches back; return what lets them go."""
    held = list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route(SEARCHES, hold)

    def release() -> None:
        page.unroute(SEARCHES)
        for route in held:
            route.continue_()

    return release


def test_tab_goes_from_an_open_list_to_the_next_input(visit: Visit) -> None:
    page = opened(visit)
    side(page, "First").fill("teacher")
    options = page.locator("#left-list [role=option]")
    options.first.wait_for()
    # The list scrolls, so browsers would stop at it.
    assert page.locator("#left-list").evaluate("list => list.scrollHeight > list.clientHeight")
    page.keyboard.press("Tab")
    expect(side(page, "Second")).to_be_focused()
    expect(options).to_have_count(0)
    assert visit.errors() == []


def test_text_that_names_one_role_is_chosen_on_leaving(visit: Visit) -> None:
    page = opened(visit)
    side(page, "First").fill("registered nurse")
    side(page, "First").press("Tab")
    expect(side(page, "First")).to_have_value("Registered Nurses")
    side(page, "Second").fill("31-1131")
    # Playwright does not click on what says that it is disabled, and people do.
    page.get_by_role("button", name="Compare", exact=True).click(force=True)
    page.wait_for_url(f"{visit.url}/compare/registered-nurses/nursing-assistants")
    assert visit.errors() == []


def test_text_that_names_no_role_or_several_is_not_chosen(visit: Visit) -> None:
    page = opened(visit, "/?left=lawyers")
    expect(side(page, "First")).to_have_value("Lawyers")
    for text in ("manag", "registered nruse"):
        side(page, "First").fill(text)
        with page.expect_response(SEARCHES):
            side(page, "First").press("Tab")
        expect(side(page, "First")).to_have_value("Lawyers")


def test_a_clicked_suggestion_leads_to_the_next_input_and_then_to_the_button(visit: Visit) -> None:
    page = opened(visit)
    side(page, "Second").fill("lawyers")
    page.get_by_role("option", name=re.compile("^Lawyers")).click()
    expect(side(page, "First")).to_be_focused()
    page.keyboard.type("actuary")
    page.get_by_role("option", name=re.compile("^Actuaries")).click()
    expect(page.get_by_role("button", name="Compare", exact=True)).to_be_focused()
    expect(side(page, "First")).to_have_value("Actuaries")
    expect(side(page, "Second")).to_have_value("Lawyers")
    # Keys leave the focus where it is.
    opened(visit)
    side(page, "First").fill("lawyers")
    side(page, "First").press("Enter")
    expect(side(page, "First")).to_have_value("Lawyers")
    expect(side(page, "First")).to_be_focused()
    assert visit.errors() == []


def test_a_tapped_area_closes_the_keyboard_of_a_phone_and_is_one_step_back(phone: Window) -> None:
    with phone.visiting() as visit:
        page = opened(visit, "/compare/actors/dancers")
        area = page.get_by_role("combobox", name="Area")
        area.tap()
        page.keyboard.type("texas")
        page.get_by_role("option", name="Texas", exact=True).tap()
        page.wait_for_url(f"{visit.url}/compare/actors/dancers?area=TX")
        expect(area).not_to_be_focused()
        expect(area).to_have_value("Texas")
        expect(page).to_have_title("Actors vs Dancers: pay in Texas, jobs, skills | Rolegraph")
        page.go_back()
        expect(page).to_have_url(f"{visit.url}/compare/actors/dancers")
        expect(area).to_have_value("United States")
        assert visit.errors() == []


def test_enter_waits_for_the_suggestions_of_the_text(visit: Visit) -> None:
    page = opened(visit)
    release = hold_searches(page)
    side(page, "First").fill("lawyers")
    page.keyboard.press("Enter")
    release()
    expect(side(page, "First")).to_have_value("Lawyers")
    # Suggestions of older text are still shown, and none of them is chosen.
    side(page, "Second").fill("nurs")
    page.locator("#right-list [role=option]").first.wait_for()
    release = hold_searches(page)
    side(page, "Second").fill("actuaries")
    page.keyboard.press("Enter")
    expect(side(page, "Second")).to_have_value("actuaries")
    release()
    expect(side(page, "Second")).to_have_value("Actuaries")
    assert visit.errors() == []


def test_nothing_found_offers_the_groups(visit: Visit) -> None:
    page = opened(visit)
    side(page, "First").fill("zzzzqqqq")
    expect(page.locator(".suggestions [role=status]").first).to_have_text("No title matches “zzzzqqqq”.")
    link = page.get_by_role("link", name="browse all roles by group")
    expect(link).to_have_attribute("href", "/#groups")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Tab")
    expect(side(page, "Second")).to_be_focused()
    expect(link).to_have_count(0)


def test_weak_matches_are_offered_as_similar_titles_and_not_selected(visit: Visit) -> None:
    page = opened(visit)
    side(page, "First").fill("nope")
    page.keyboard.press("Enter")
    expect(page.locator(".suggestions [role=status]").first).to_have_text("No title matches “nope”. Similar titles:")
    options = page.locator("#left-list [role=option]")
    expect(options).to_have_text([re.compile("^Rope Maker"), re.compile("^Rope Cleaner"), re.compile("^Rope Tier")])
    expect(page.get_by_role("link", name="browse all roles by group")).to_be_visible()
    expect(side(page, "First")).to_have_value("nope")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(side(page, "First")).to_have_value("Laborers and Freight, Stock, and Material Movers, Hand")
    # The beginning of a code is no weak match.
    side(page, "Second").fill("29-1")
    expect(page.locator("#right-list [role=option]")).to_have_count(10)
    assert visit.errors() == []


def test_a_refused_search_says_so_and_keeps_the_text(visit: Visit) -> None:
    page = opened(visit, "/compare/actors/dancers")
    refusal = {
        "errors": [
            {"message": "Rate limit exceeded. Retry in 3 seconds.", "extensions": {"code": "RATE_LIMITED"}},
        ]
    }
    for name, text, chosen in (("First role", "lawyers", None), ("Area", "tx", "Texas")):
        box = page.get_by_role("combobox", name=name)
        page.route(SEARCHES, lambda route: route.fulfill(status=429, json=refusal))
        box.fill(text)
        said = page.get_by_text("Rate limit exceeded. Retry in 3 seconds. To retry, keep typing or press Enter.")
        said.wait_for()
        box.press("Tab")
        expect(said).to_be_visible()
        expect(box).to_have_value(text)
        page.unroute(SEARCHES)
        box.press("Enter")
        if chosen:
            expect(box).to_have_value(chosen)
        else:
            page.wait_for_url(f"{visit.url}/compare/lawyers/dancers")


def test_recent_roles_and_the_last_area_are_remembered(visit: Visit) -> None:
    page = opened(visit, "/compare/actors/dancers")
    area = page.get_by_role("combobox", name="Area")
    area.fill("tx")
    area.press("Tab")
    page.wait_for_url(f"{visit.url}/compare/actors/dancers?area=TX")
    wait_for_figures(page)
    expect(page).to_have_title("Actors vs Dancers: pay in Texas, jobs, skills | Rolegraph")
    for name in ("actuaries", "lawyers"):
        opened(visit)
        side(page, "First").fill(name)
        side(page, "First").press("Enter")
        expect(side(page, "First")).to_have_value(name.capitalize())

    opened(visit)
    side(page, "First").press("ArrowDown")
    options = page.locator("#left-list [role=option]")
    expect(options).to_have_text([re.compile("^Lawyers"), re.compile("^Actuaries")])
    page.keyboard.press("Enter")
    expect(side(page, "First")).to_have_value("Lawyers")
    side(page, "Second").click()
    page.get_by_role("option", name=re.compile("^Actuaries")).click()
    expect(page.locator("#hint")).to_contain_text("Pay is shown for Texas.")
    page.get_by_role("button", name="Compare", exact=True).click()
    page.wait_for_url(f"{visit.url}/compare/lawyers/actuaries?area=TX")
    assert visit.errors() == []
