"""The page of best-paid occupations in a real browser."""

import re

from playwright.sync_api import Page, expect

from tests.clients.browsing import Visit, cited, needs_browser, opened, wait_for_figures

pytestmark = needs_browser


def rows(page: Page) -> list[list[str]]:
    """Return the cells of the list, without small print, row by row."""
    read = """rows => rows.map(row => [...row.cells].map(cell => {
        const words = cell.cloneNode(true);
        words.querySelectorAll('small').forEach(small => small.remove());
        return words.textContent;
    }))"""
    found: list[list[str]] = page.locator("table.best-paid tbody tr:has(th)").evaluate_all(read)
    return found


def test_the_best_paid_occupations_in_texas_with_a_bachelors_degree(visit: Visit) -> None:
    page = opened(visit, "/best-paid?area=TX&education=Bachelor%27s+degree")
    heading = "Best-paid occupations in Texas that typically need a bachelor's degree"
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert page.title() == f"{heading} | Rolegraph"
    expect(page.locator(".ties").get_by_text("…")).to_have_count(0)
    listed = rows(page)
    assert len(listed) == 20
    assert listed[:2] == [
        ["1", "Chief Executives", "$310,660", "none", "$257,850", "$149.36", "8,780", "+4.3%"],
        [
            *("2", "Airline Pilots, Copilots, and Flight Engineers", "$275,710", "none", "$215,150"),
            *("published annually only", "10,930", "+3.9%"),
        ],
    ]
    assert listed[4][:4] == ["5", "Financial Managers", "$180,170", "4, 11"]
    section = page.locator("#list")
    expect(section).to_contain_text("175 occupations in this list. Wages and jobs are of wage-and-salary workers")
    assert any(
        note.startswith("Occupational Employment and Wage Statistics (OEWS) · May 2025") for note in cited(section)
    )
    link = page.get_by_role("link", name="Financial Managers")
    expect(link).to_have_attribute("href", "/occupation/financial-managers?area=TX")

    # More occupations are shown 20 at a time.
    page.get_by_role("link", name="Next 20").click()
    expect(page.locator("table.best-paid tbody tr:has(th)")).to_have_count(40)
    listed = rows(page)
    assert [row[0] for row in listed] == [str(place) for place in range(1, 41)]
    means = [int(re.sub(r"\D", "", row[2])) for row in listed]
    assert means == sorted(means, reverse=True)
    assert visit.errors() == []


def test_a_part_of_a_list_has_its_places_and_a_way_to_the_first(visit: Visit) -> None:
    page = opened(visit, "/best-paid?area=TX")
    opened(visit, str(page.get_by_role("link", name="Next 20").get_attribute("href")))
    expect(page).to_have_title("Best-paid occupations in Texas, from place 21 | Rolegraph")
    assert [row[0] for row in rows(page)] == [str(place) for place in range(21, 41)]
    page.get_by_role("link", name="Next 20").click()
    expect(page.locator("table.best-paid tbody tr:has(th)")).to_have_count(40)
    page.get_by_label("Order").select_option("Median annual wage")
    page.wait_for_url(f"{visit.url}/best-paid?area=TX&order=median")
    page.go_back()
    page.get_by_role("link", name="Start at the first place").click()
    page.wait_for_url(f"{visit.url}/best-paid?area=TX")
    wait_for_figures(page)
    assert rows(page)[0][0] == "1"
    assert visit.errors() == []


def test_occupations_that_the_order_cannot_place_are_named(visit: Visit) -> None:
    page = opened(visit, "/best-paid?area=ME")
    section = page.locator("#list")
    expect(section.get_by_role("heading", name="Above the published maximum")).to_be_visible()
    expect(section).to_contain_text("Anesthesiologists at least $239,200")
    expect(section.get_by_role("heading", name="Paid by the hour only")).to_be_visible()
    expect(section).to_contain_text("Musicians and Singers $39.40 an hour")


def test_the_controls_change_the_address_and_the_list(visit: Visit) -> None:
    page = opened(visit, "/best-paid")
    page.get_by_role("combobox", name="Area").fill("Texas")
    page.get_by_role("option", name="Texas", exact=True).click()
    expect(page).to_have_url(re.compile(r"/best-paid\?area=TX$"))
    page.get_by_label("Typical entry education").select_option("Bachelor's degree")
    page.get_by_label("Order").select_option("Mean hourly wage")
    expect(page).to_have_url(re.compile(r"\?area=TX&education=Bachelor%27s\+degree&order=hourly$"))
    wait_for_figures(page)
    assert rows(page)[1][:2] == ["2", "Architectural and Engineering Managers"]
    page.get_by_role("combobox", name="Industry").fill("hospitals")
    page.get_by_role("option", name="Hospitals", exact=True).click()
    # Wages by industry are national.
    expect(page).to_have_url(re.compile(r"\?industry=622000&education=Bachelor%27s\+degree&order=hourly$"))
    wait_for_figures(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Best-paid occupations by the hour in Hospitals that typically need a bachelor's degree"
    )
    page.go_back()
    expect(page.get_by_role("combobox", name="Area")).to_have_value("Texas")
    assert visit.errors() == []


def test_pages_link_to_the_list(visit: Visit) -> None:
    page = opened(visit, "/")
    name = "Best-paid occupations in Texas that typically need a bachelor's degree"
    address = "/best-paid?area=TX&education=Bachelor%27s+degree"
    expect(page.get_by_role("link", name=name)).to_have_attribute("href", address)
    expect(page.get_by_role("navigation").get_by_role("link", name="Best paid")).to_have_attribute("href", "/best-paid")
    for path in ("/occupation/actors?area=TX", "/compare/actors/dancers?area=TX"):
        page = opened(visit, path)
        link = page.locator("#salary").get_by_role("link", name="Best-paid occupations in Texas")
        expect(link).to_have_attribute("href", "/best-paid?area=TX")


def test_an_unknown_place_says_so_and_leads_back(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/best-paid?area=TX&industry=51")
    section = visit.page.get_by_role("region", name="No such list")
    expect(section).to_contain_text("No source publishes wages by industry")
    expect(section.get_by_role("link")).to_have_attribute("href", "/best-paid")
