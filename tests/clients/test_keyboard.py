"""The pages by keyboard alone, and what a screen reader reads first."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.clients.browsing import Visit, needs_browser, opened, wait_for_figures

pytestmark = needs_browser

MOST_TABS = 60


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until a control has the focus. The focus must never be lost on the way."""
    # To find a control by its role takes longer than to press a key.
    control = target.element_handle()
    for _ in range(MOST_TABS):
        if control.evaluate("control => control === document.activeElement"):
            return
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement !== document.body"), f"lost on the way to {target}"
    raise AssertionError(f"{target} is not reached by {MOST_TABS} tabs")


def choose(page: Page, text: str, suggestion: str) -> None:
    """Type into the focused input and choose the first suggestion, which is this."""
    page.keyboard.type(text)
    expect(page.get_by_role("option").first).to_contain_text([suggestion])
    page.keyboard.press("Enter")


def test_two_roles_are_compared_changed_and_read_without_a_mouse(visit: Visit, server_url: str) -> None:
    # A phone's width, as a desktop has at 400% zoom: its sections are closed.
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.page
    page.goto(server_url)
    combobox = page.get_by_role("combobox")
    combobox.first.wait_for()
    tab_to(page, combobox.first)
    choose(page, "registered nurse", "Registered Nurses")
    tab_to(page, combobox.nth(1))
    choose(page, "physician assistant", "Physician Assistants")
    tab_to(page, page.get_by_role("button", name="Compare"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/registered-nurses/physician-assistants")
    wait_for_figures(page)

    # Another role is another page, where its input still has the focus.
    tab_to(page, page.get_by_role("combobox", name="Second role"))
    choose(page, "nurse practitioner", "Nurse Practitioners")
    page.wait_for_url("**/compare/registered-nurses/nurse-practitioners")
    wait_for_figures(page)
    expect(page.get_by_role("combobox", name="Second role")).to_be_focused()

    area = page.get_by_role("combobox", name="Area")
    tab_to(page, area)
    choose(page, "ohio", "Ohio")
    page.wait_for_url("**/nurse-practitioners?area=OH")
    wait_for_figures(page)
    expect(area).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_text("Registered Nurses vs Nurse Practitioners")
    history = page.get_by_role("button", name="Wages over time")
    tab_to(page, history)
    page.keyboard.press("Enter")
    expect(history).to_have_attribute("aria-expanded", "true")
    section = page.locator("#history")
    section.locator(".spot").first.wait_for()
    tab_to(page, section.locator(".spot[tabindex='0']"))
    page.keyboard.press("End")
    latest = page.locator(":focus")
    expect(latest).to_have_attribute("aria-label", re.compile(r"^May \d{4}: Registered Nurses \$[\d,]+"))
    expect(section.locator(".readout")).to_contain_text("Nurse Practitioners")

    # To a note on a source, and back to the section.
    tab_to(page, section.locator(".citations a").first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#source-\d+$"))
    number = page.url.rpartition("#")[2]
    page.keyboard.press("Tab")
    assert page.locator(f"#{number}").evaluate("note => note.contains(document.activeElement)")
    tab_to(page, page.locator(f"#{number} .cited-in a", has_text="Wages over time"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#history$"))
    page.keyboard.press("Tab")
    assert section.evaluate("section => section.contains(document.activeElement)")
    assert visit.errors() == []


def test_a_screen_reader_reads_the_heading_the_inputs_and_the_rows_in_this_order(visit: Visit) -> None:
    page = opened(visit, "/compare/registered-nurses/nurse-practitioners?area=OH")
    read = page.get_by_role("main").aria_snapshot()
    first_screen = read[: read.index("Summary")]
    parts = [
        'heading "Registered Nurses vs Nurse Practitioners" [level=1]',
        'combobox "First role": Registered Nurses',
        'combobox "Second role": Nurse Practitioners',
        'combobox "Area"',
        'heading "Who is ahead" [level=2]',
        'heading "Pay" [level=3]',
        "Nurse Practitioners",
        "clear",
        "Registered Nurses: $82,510",
        "Nurse Practitioners: $124,870",
        'heading "Growth" [level=3]',
        "projected",
        "Registered Nurses: +4.9%",
        "Nurse Practitioners: +40.1%",
        "Registered Nurses if you want",
        "Nurse Practitioners if you want",
    ]
    places = list[int]()
    for part in parts:
        places.append(first_screen.find(part, places[-1] + 1 if places else 0))
        assert places[-1] >= 0, (part, first_screen)
