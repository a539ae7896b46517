"""The page of three and four occupations in a real browser."""

import re

from playwright.sync_api import Page, expect

from tests.clients.browsing import Visit, needs_browser, opened, wait_for_figures

pytestmark = needs_browser

NURSES = "/compare/registered-nurses/nurse-practitioners/physician-assistants"
TEXT = """rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"""


def rows(page: Page) -> list[list[str]]:
    """Return the cells of the overview, row by row."""
    found: list[list[str]] = page.locator("table.several tr").evaluate_all(TEXT)
    return found


def test_three_roles_are_compared_extended_and_reduced(visit: Visit) -> None:
    page = opened(visit, f"{NURSES}?area=OH")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Registered Nurses vs Nurse Practitioners vs Physician Assistants")
    shown = rows(page)
    assert shown[1] == ["Annual salarymean, Ohio", "$87,7303rd", "$122,9102nd", "$136,5601st"]
    assert shown[6] == [
        "Typical entry education",
        "Bachelor's degreeleast",
        "Master's degreemost",
        "Master's degreemost",
    ]
    expect(page.locator("#pay")).to_contain_text(
        "Physician Assistants median $132,090; the middle 80% earn $96,460 to $210,350"
    )
    pair = page.locator("#pairs").get_by_role("link", name="Registered Nurses vs Physician Assistants")
    expect(pair).to_have_attribute("href", "/compare/registered-nurses/physician-assistants?area=OH")
    # The server has rendered the same table, so nothing changes when the script takes over.
    served = visit.page.request.get(page.url).text()
    assert (
        page.evaluate(
            f"text => ({TEXT})([...new DOMParser().parseFromString(text, 'text/html')"
            ".querySelectorAll('table.several tr')])",
            served,
        )
        == shown
    )

    # Another area changes the address, the title and the figures in place.
    page.get_by_role("combobox", name="Area").fill("Texas")
    page.get_by_role("option", name="Texas", exact=True).click()
    expect(page).to_have_url(re.compile(rf"{NURSES}\?area=TX$"))
    expect(page).to_have_title(re.compile("Physician Assistants: pay in Texas, jobs, growth"))
    wait_for_figures(page)
    assert rows(page)[1][0] == "Annual salarymean, Texas"

    # A role that is already there is named; another one opens the page of four.
    add = page.get_by_role("combobox", name="Add a fourth role")
    add.fill("registered nurses")
    page.get_by_role("option", name=re.compile("^Registered Nurses")).click()
    expect(page.get_by_role("status").filter(has_text="Registered Nurses is already compared.")).to_be_visible()
    add.fill("actors")
    page.get_by_role("option", name=re.compile("^Actors")).first.click()
    page.wait_for_url(f"**{NURSES}/actors?area=TX")
    wait_for_figures(page)
    expect(page.get_by_role("combobox", name=re.compile("^Add a"))).to_have_count(0)
    assert rows(page)[1][4] == "published hourly only"

    page.get_by_role("combobox", name="Second role").fill("dancers")
    page.get_by_role("option", name=re.compile("^Dancers")).first.click()
    page.wait_for_url("**/compare/registered-nurses/dancers/physician-assistants/actors?area=TX")
    for removed in ("Dancers", "Physician Assistants"):
        page.get_by_role("link", name=f"Remove {removed}").click()
        expect(heading).not_to_contain_text(removed)
    # Two roles have the page of a comparison, which takes a third one.
    page.wait_for_url("**/compare/registered-nurses/actors?area=TX")
    third = page.get_by_role("combobox", name="Add a third role")
    third.click()
    expect(page.get_by_role("option").first).to_contain_text("Dancers")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/compare/registered-nurses/actors/dancers?area=TX")
    assert visit.errors() == []


def test_a_phone_shows_each_role_below_the_other_without_scrolling_sideways(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 640})
    page = opened(visit, "/compare/actors/media-producer/registered-nurses/dancers")
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert page.evaluate(wide) is False
    cells = page.locator("table.several tr").nth(1).locator("td")
    tops = [box["y"] for cell in cells.all() if (box := cell.bounding_box())]
    assert len(tops) == 4
    assert tops == sorted(set(tops))
    names = "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
    assert cells.evaluate_all(names) == ['"Actors"', '"Media Producer"', '"Registered Nurses"', '"Dancers"']
    assert visit.errors() == []


def test_the_home_page_takes_four_roles(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.url}/?left=actors&right=dancers")
    another = page.get_by_role("button", name="Add another role")
    another.click()
    third = page.get_by_role("combobox", name="Third role")
    third.fill("registered nurse")
    page.get_by_role("option", name=re.compile("^Registered Nurses")).first.click()
    expect(page).to_have_url(re.compile("third=registered-nurses$"))
    another.click()
    expect(another).to_have_count(0)
    page.get_by_role("combobox", name="Fourth role").fill("editors")
    page.get_by_role("option", name=re.compile("^Editors")).first.click()
    page.get_by_role("button", name="Compare", exact=True).click()
    page.wait_for_url("**/compare/actors/dancers/registered-nurses/editors")
    assert visit.errors() == []


def test_too_many_and_unknown_roles_lead_on(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.url}/compare/actors/dancers/editors/rn/lawyers")
    section = page.get_by_role("region", name="Comparison not found")
    expect(section).to_contain_text("A page compares 4 roles at most; this address has 5.")
    expect(section.get_by_role("link")).to_have_attribute("href", "/compare/actors/dancers/editors/rn")
    page.goto(f"{visit.url}/compare/actors/dancers/lawyerz")
    expect(section.get_by_role("link", name="Lawyers")).to_have_attribute("href", "/compare/actors/dancers/lawyers")
