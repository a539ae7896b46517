"""The occupation page in a real browser."""

import re

from playwright.sync_api import Locator, expect

from tests.clients.browsing import Visit, Window, cited, needs_browser, opened, wait_for_figures

pytestmark = needs_browser


def facts(section: Locator) -> dict[str, str]:
    """Return the facts of a section by name, without small print."""
    read = """facts => facts.map(fact => {
        const words = fact.querySelector('dd').cloneNode(true);
        words.querySelectorAll('small').forEach(small => small.remove());
        return [fact.querySelector('dt').textContent, words.textContent];
    })"""
    return dict(section.locator("dl.facts > div").evaluate_all(read))


def cells(table: Locator) -> list[list[str]]:
    """Return a table's cells, row by row."""
    read = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    found: list[list[str]] = table.locator("tbody tr").evaluate_all(read)
    return found


def test_an_occupation_has_figures_interests_skills_and_sources(visit: Visit) -> None:
    page = opened(visit, "/occupation/producers-and-directors")
    assert page.title() == "Producers and Directors: pay, outlook, skills | Rolegraph"
    overview = page.locator("#overview")
    assert facts(overview) == {
        "Average salary": "$113,300",
        "Median salary": "$90,360",
        "Hourly rate": "$54.47",
        "Jobs": "143,120",
        "All jobs": "167,000",
        "Growth": "+4.9%",
        "Annual openings": "12,800",
        "Entry-level education": "Bachelor's degree",
        "Time to become one": "2–4 years",
        "Job zone": "4 of 5",
    }
    expect(page.locator(".unpublished li")).to_have_text(["Years of experience, Job satisfaction: not published."])
    assert any(note.startswith("Employment Projections: growth and openings · 2024-34") for note in cited(overview))
    states = page.get_by_role("table", name="States by mean annual wage")
    assert cells(states)[0] == ["California", "$155,750", "$129,790", "34,110"]
    assert len(cells(states)) == 10
    metros = page.get_by_role("table", name="Metropolitan areas by mean annual wage")
    first = cells(metros)
    counted = page.locator("#places .table", has=metros)
    show = counted.get_by_role("button")
    total = int(show.inner_text().split()[2])
    show.click()
    expect(metros.get_by_role("row")).to_have_count(1 + total)
    assert (total > 100, cells(metros)[:10]) == (True, first)
    expect(counted.locator(".quiet")).to_have_text(f"{total} metropolitan areas with published figures.")
    counted.get_by_role("button", name="Show fewer").click()
    assert cells(metros) == first
    responsibilities = page.locator("#responsibilities")
    assert 6 <= responsibilities.locator("li").count() <= 8
    assert [note.partition(" ·")[0] for note in cited(responsibilities)] == ["Rolegraph's own descriptions"]
    expect(responsibilities.get_by_role("heading")).to_have_text(["Responsibilities"])
    expect(page.locator("#places")).to_contain_text("Top 10 of 52 states and territories with published figures.")

    # Interests have their scores and high points.
    interests = cells(page.locator("#interests").get_by_role("table"))
    assert interests[0] == ["Artistic: art, design, writing", "6.2", "high point 1"]
    assert len(interests) == 6

    # A button shows more skills.
    skills = page.locator("#skills")
    assert [skills.locator("tbody tr").count(), skills.get_by_role("button").count()] == [26, 3]
    skills.get_by_role("button", name=re.compile("^Show .* more skills$")).click()
    assert skills.locator("tbody tr").count() > 26
    expect(skills.get_by_role("button", name="Show fewer skills")).to_have_attribute("aria-expanded", "true")
    assert visit.errors() == []


def test_wages_over_time_before_and_after_inflation(visit: Visit) -> None:
    page = opened(visit, "/occupation/registered-nurses")
    section = page.locator("#history")
    section.locator(".near").scroll_into_view_if_needed()
    expect(section.locator("svg path.curve")).to_have_count(1)
    assert cells(section.get_by_role("table", name="Median wages by year", include_hidden=True))[:2] == [
        ["May 2021", "$77,600", "$92,668"],
        ["May 2022", "$81,220", "$89,325"],
    ]
    assert cells(section.get_by_role("table", name="Change of wages"))[1] == [
        "Mean wageafter inflation",
        "+2.6%statistically significant",
    ]
    assert visit.errors() == []


def test_a_job_title_has_its_published_figures(visit: Visit) -> None:
    page = opened(visit, "/occupation/media-producer")
    assert facts(page.locator("#overview")) == {
        "Average salary": "$57,433",
        "Hourly rate": "$27.61",
        "Jobs": "17,827",
        "Growth": "+8%",
        "Most common degree": "Bachelor's Degree",
        "Time to become one": "6–12 months",
        "Years of experience": "12 years",
    }
    expect(page.locator(".unpublished li", has_text=": not published.")).to_have_text(
        [
            "Median salary, Annual openings, Job zone, Job satisfaction: not published.",
            "10th percentile, 25th percentile, Median, 75th percentile, 90th percentile of wages: not published.",
        ]
    )
    # A strip of one mean would say nothing.
    expect(page.locator(".pay-ranges")).to_have_count(0)
    expect(page.locator("#overview")).to_contain_text("The source gives 12 years of experience and 6 to 12 months")
    assert page.locator("#responsibilities .first-items li").count() == 6
    expect(page.locator("#history")).to_contain_text("No wages of several years are published for this role.")
    assert visit.errors() == []


def test_figures_of_a_wider_group_and_suppressed_levels_say_so(visit: Visit) -> None:
    page = opened(visit, "/occupation/painters-construction-and-maintenance")
    education, group = (
        page.locator("#education"),
        "“Painters and paperhangers” (Painters, Construction and Maintenance; ",
    )
    expect(education).to_contain_text(f"Education of workers is published for the wider group {group}Paperhangers)")
    assert facts(education)["Most often required"] == "suppressed: low precision"
    assert cells(education.get_by_role("table", name="Education required of new hires")) == [
        ["Less than a High School Diploma", "suppressed"],
        ["High School Diploma", "suppressed"],
        ["Post-Secondary Certificate", "suppressed"],
        ["Post-Doctoral Training", "1.9%"],
    ]
    assert any(note.startswith("O*NET education") for note in cited(education))
    demographics = page.locator("#demographics")
    expect(demographics).to_contain_text(f"These figures are published for the wider group {group}Paperhangers)")
    assert facts(demographics) == {
        "Median age": "43.1 years",
        "LGBT share": "not published",
        "Everyone": "$829",
        "Men": "$824",
        "Women": "withheld: fewer than 50,000 workers",
    }
    assert visit.errors() == []


def test_wages_that_are_published_by_the_hour_only_lead(visit: Visit) -> None:
    page = opened(visit, "/occupation/actors")
    assert [*facts(page.locator("#overview")).items()][:3] == [
        ("Hourly rate", "$58.29"),
        ("Median hourly rate", "$29.05"),
        ("Jobs", "55,000"),
    ]
    salary = page.locator("#salary")
    assert cells(salary.get_by_role("table", name="Wages"))[:2] == [["Mean", "$58.29"], ["10th percentile", "$16.50"]]
    expect(salary.get_by_text("Annual wages: published hourly only.")).to_be_visible()
    expect(salary.locator(".pay-ranges")).to_contain_text("Wages by the hour")
    assert visit.errors() == []


def test_long_lists_are_shown_whole_and_searched(visit: Visit) -> None:
    page = opened(visit, "/occupation/registered-nurses")
    names = page.locator("#names")
    expect(names.locator(".answer")).to_have_text("329 titles")
    expect(names.locator("li")).to_have_count(24)
    names.get_by_role("button", name="Show all 329 titles").click()
    expect(names.locator("li")).to_have_count(329)
    names.get_by_label("Find a title").fill("oncology")
    expect(names.get_by_role("status")).to_have_text("6 titles")
    expect(names.locator("li")).to_have_text([re.compile("oncology", re.IGNORECASE)] * 6)
    names.get_by_role("button", name="Show fewer titles").click()
    expect(names.locator("li")).to_have_count(24)

    page = opened(visit, "/occupation/software-developers")
    technologies = page.locator("#technologies")
    total = int(technologies.locator(".answer").inner_text().split()[0])
    assert total > 100
    technologies.get_by_role("button", name=f"Show all {total}").click()
    expect(technologies.locator("li")).to_have_count(total)
    technologies.get_by_label("Find a technology").fill("no such thing")
    expect(technologies.locator(".empty")).to_have_text("No technology has this text.")

    metros = page.locator(
        "#places .table", has=page.get_by_role("table", name="Metropolitan areas by mean annual wage")
    )
    metros.get_by_role("button").click()
    metros.get_by_label("Find a place").fill("seattle")
    expect(metros.get_by_role("row")).to_have_count(2)
    expect(metros.locator("[role=status]").last).to_have_text("1 metropolitan area.")
    assert visit.errors() == []


def test_a_phone_has_the_first_figures_on_its_first_screen_and_closed_sources(phone: Window) -> None:
    with phone.visiting() as visit:
        page = opened(visit, "/occupation/registered-nurses")
        median = page.locator(".facts dd", has_text="$97,550")
        expect(median).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollHeight") < 5 * 740
        note = page.locator("#source-3")
        expect(note).to_be_hidden()
        page.locator("#overview .citations a", has_text="3").click()
        expect(note).to_be_in_viewport()
        assert visit.errors() == []


def test_an_area_is_selected_and_back_returns(visit: Visit) -> None:
    page = opened(visit, "/occupation/producers-and-directors")
    area = page.get_by_role("combobox", name="Area")
    area.fill("wyom")
    page.get_by_role("option", name="Wyoming").first.wait_for()
    area.press("Enter")
    page.wait_for_url(f"{visit.url}/occupation/producers-and-directors?area=WY")
    expect(page.locator("#salary")).to_contain_text("$60,010")
    page.go_back()
    expect(page.locator("#salary")).to_contain_text("$113,300")
    assert visit.errors() == []


def test_one_role_in_two_places_in_dollars_and_after_prices(visit: Visit) -> None:
    page = opened(visit, "/occupation/software-developers?area=ID")
    other = page.get_by_role("combobox", name="Compare with")
    other.fill("maryland")
    page.get_by_role("option", name="Maryland").first.wait_for()
    other.press("Enter")
    page.wait_for_url(f"{visit.url}/occupation/software-developers?area=ID&and=MD")
    wait_for_figures(page)
    section = page.locator("#two-places")
    rows = cells(section.get_by_role("table", name="Wages in two places"))
    # 134,370 / 0.91425 and 151,560 / 1.03965.
    assert rows[:2] == [
        ["Meanannual, in dollars", "$134,370", "$151,560"],
        ["Meanat national prices", "$146,973", "$145,780"],
    ]
    assert rows[4] == ["PricesUnited States = 100", "91.4", "104.0"]
    expect(section.locator(".lead")).to_have_text(
        "In dollars, the published mean is higher in Maryland; at national prices, it is higher in Idaho."
    )
    page.get_by_role("button", name="Remove the comparison").click()
    page.wait_for_url(f"{visit.url}/occupation/software-developers?area=ID")
    expect(section).to_have_count(0)
    expect(other).to_have_value("")
    assert visit.errors() == []


def test_places_after_the_cost_of_living(visit: Visit) -> None:
    page = opened(visit, "/occupation/producers-and-directors")
    page.get_by_label("After cost of living").check()
    page.wait_for_url(f"{visit.url}/occupation/producers-and-directors?prices=national")
    wait_for_figures(page)
    states = cells(page.get_by_role("table", name="States by mean annual wage at national prices"))
    # 155,750 / 1.12581.
    assert states[0] == ["Californiaprices 112.6", "$138,345", "$155,750", "34,110"]
    assert any(note.startswith("Regional price parities by state") for note in cited(page.locator("#places")))
    page.get_by_label("After cost of living").uncheck()
    wait_for_figures(page)
    unadjusted = page.get_by_role("table", name="States by mean annual wage", exact=True)
    expect(unadjusted.get_by_role("row").nth(1)).to_contain_text("$155,750")
    assert visit.errors() == []


def test_related_roles_are_on_a_map_of_pay_and_growth_and_link_to_comparisons(phone: Window, server_url: str) -> None:
    with phone.visiting() as visit:
        visit.page.set_viewport_size({"width": 700, "height": 900})
        page = opened(visit, "/occupation/producers-and-directors")
        related = page.locator("#related")
        visit.requested.clear()
        related.locator(".near").scroll_into_view_if_needed()
        spots = related.locator("svg a.spot")
        spots.first.wait_for()
        expect(spots.first).to_have_attribute("href", "/occupation/producers-and-directors")
        assert len([url for url in visit.requested if "/graphql?" in url]) == 1
        answer = page.request.post(
            f"{server_url}/graphql",
            data={
                "query": """{ occupation(by: {slug: "producers-and-directors"}) { related(first: 40) { nodes {
                    occupation { slug title salary { annual { median } } outlook { growthPercent } }
                } } } }"""
            },
        ).json()["data"]["occupation"]["related"]["nodes"]
        figures = {
            one["slug"]: f"${one['salary']['annual']['median']:,.0f}, {one['outlook']['growthPercent']:+g}%"
            for one in (node["occupation"] for node in answer)
            if one["salary"] and one["salary"]["annual"]
        }
        labels = dict(
            spots.evaluate_all(
                "all => all.slice(1).map(one => [one.getAttribute('href'), one.getAttribute('aria-label')])"
            )
        )
        assert {slug.removeprefix("/occupation/"): label.rpartition(": ")[2] for slug, label in labels.items()} == {
            slug: text.replace("-", "\N{MINUS SIGN}").replace("+0%", "0%") for slug, text in figures.items()
        }
        # Those without an annual median are listed with the reason.
        expect(related.locator(".near")).to_contain_text("Actors (median wage published hourly only)")
        assert "Producers and Directors" in related.locator("svg text.name").all_text_contents()

        # A tap shows the figures with links; Enter follows the link of a point.
        spots.nth(1).tap()
        readout = related.locator(".readout")
        tapped = spots.nth(1).get_attribute("href") or ""
        expect(readout).to_contain_text(f"Median {figures[tapped.removeprefix('/occupation/')].partition(', ')[0]}")
        spots.first.focus()
        page.keyboard.press("ArrowRight")
        expect(readout.get_by_role("link", name="Compare")).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        compared = page.locator(":focus").get_attribute("href")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{server_url}{compared}")
        assert visit.errors() == []
        page.go_back()
        page.get_by_role("link", name="Compare with Film and Video Editors").click()
        page.wait_for_url(f"{visit.url}/compare/producers-and-directors/film-and-video-editors")


def test_a_relation_of_a_part_is_marked(visit: Visit) -> None:
    related = opened(visit, "/occupation/chief-executives").locator("#related")
    rows = [row.strip() for row in related.locator("li").all_text_contents()]
    assert "Management Analysts compare" in rows
    assert "Conservation Scientists compare for Chief Sustainability Officers only" in rows
    assert "Managers, All Other compare as Compliance Managers only" in rows


def test_a_link_fills_the_left_side_of_the_search(visit: Visit) -> None:
    page = opened(visit, "/occupation/producers-and-directors")
    page.get_by_role("link", name="Compare with another role").click()
    expect(page.get_by_role("combobox", name="First role")).to_have_value("Producers and Directors")


def test_a_code_redirects_to_the_slug(visit: Visit) -> None:
    page = opened(visit, "/occupation/27-2012")
    assert page.url == f"{visit.url}/occupation/producers-and-directors"


def test_a_job_title_leads_to_its_occupation(visit: Visit) -> None:
    page = opened(visit, "/occupation/registered-nurse")
    assert page.url == f"{visit.url}/occupation/registered-nurse"
    expect(page.get_by_role("heading", level=1)).to_have_text(["Registered Nurses"])
    note = page.locator("main .note")
    expect(note).to_have_text("Registered Nurse is a job title that public figures count in Registered Nurses.")
    assert facts(page.locator("#overview"))["Jobs"] != "not published"
    note.get_by_role("link", name="Registered Nurses").click()
    page.wait_for_url(f"{visit.url}/occupation/registered-nurses")
    expect(page.locator("main .note")).to_have_count(0)
    assert visit.errors() == []


def test_an_unknown_role_has_suggestions(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/occupation/regstered-nurse")
    expect(visit.page.locator("main .note a")).to_have_count(3)
    visit.page.locator("main .note").get_by_role("link", name="Registered Nurses").click()
    visit.page.wait_for_url(f"{visit.url}/occupation/registered-nurses")


def test_work_that_is_not_covered_says_why(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/occupation/acoustic-sensor-operator")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Role not found")
    expect(visit.page.locator("main .note")).to_contain_text("The wage data leave out the armed forces.")


def test_an_unknown_role_has_a_search(visit: Visit) -> None:
    response = visit.page.goto(f"{visit.url}/occupation/astronaut-chef")
    assert response is not None
    assert response.status == 404
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Role not found")
    search = visit.page.get_by_role("combobox", name="Find a role")
    search.fill("astronomer")
    visit.page.get_by_role("option").first.wait_for()
    search.press("Enter")
    visit.page.wait_for_url(f"{visit.url}/occupation/astronomers")
