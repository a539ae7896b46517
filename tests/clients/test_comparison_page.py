"""The comparison page in a real browser."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.clients.browsing import Visit, Window, cited, needs_browser, opened, wait_for_figures

pytestmark = needs_browser

ROLES = "/compare/media-producer/media-production-specialist"
TRADES = "/compare/electricians/plumbers-pipefitters-and-steamfitters"
OCCUPATIONS = "/compare/producers-and-directors/public-relations-specialists"
CROSSING = "/compare/anesthesiologists/surgeons-all-other"
ANSWERS = re.compile(r"/graphql\?documentId=")


def rows(section: Locator) -> list[list[str]]:
    """Return the cells of a section's role tables, row by row, without small print."""
    read = """tables => tables.flatMap(table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => {
        const words = cell.cloneNode(true);
        words.querySelectorAll('small').forEach(small => small.remove());
        return words.textContent.trim();
    })))"""
    found: list[list[str]] = section.locator("table.roles").evaluate_all(read)
    return found


def bars(section: Locator) -> dict[str, tuple[str, str]]:
    """Return the figures of a section's bars, by category."""
    read = "rows => rows.map(row => [...row.cells].slice(0, 3).map(cell => cell.textContent))"
    return {name: (left, right) for name, left, right in section.locator("table.dumbbells tbody tr").evaluate_all(read)}


def items(section: Locator, side: int) -> list[str]:
    """Return the list items on one side of a section."""
    return section.locator(".pair > div").nth(side).locator("li").all_inner_texts()


def answered(query: str, visit: Visit, **variables: str) -> dict[str, Any]:
    """Return the API's answer to a query."""
    response = visit.page.request.post(f"{visit.url}/graphql", data={"query": query, "variables": variables})
    data: dict[str, Any] = response.json()["data"]
    return data


def described(slug: str, visit: Visit) -> str:
    """Return an occupation's description."""
    query = "query($slug: String!) { occupation(by: {slug: $slug}) { description } }"
    description: str = answered(query, visit, slug=slug)["occupation"]["description"]
    return description


def verdict(page: Page) -> dict[str, list[str]]:
    """Return who is ahead, and both figures, of each row of the first screen."""
    read = """rows => rows.map(row => [...row.querySelectorAll('h3, .leading, .figure')].map(part => {
        const words = part.cloneNode(true);
        words.querySelectorAll('.unseen').forEach(unseen => unseen.remove());
        return words.textContent.trim().replace(/\\s+/g, ' ');
    }))"""
    found: list[list[str]] = page.locator(".verdict li").evaluate_all(read)
    return {name: others for name, *others in found}


NURSES = "/compare/registered-nurses/nurse-practitioners?area=OH&prices=national"


def test_the_first_screen_says_who_is_ahead_and_when_to_choose_either(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 740})
    page = opened(visit, NURSES)
    assert verdict(page) == {
        "Pay": ["Nurse Practitioners: higher pay clear by the mean: $87,730 and $122,910", "$82,510", "$124,870"],
        "Growth": ["Nurse Practitioners: faster projected", "+4.9%", "+40.1%"],
        "Openings a year": ["Registered Nurses: more projected", "189,100", "29,500"],
        "To get in": [
            "Nurse Practitioners: needs more education",
            "Bachelor's degree no experience; no training on the job",
            "Master's degree no experience; no training on the job",
        ],
        "Jobs": ["Registered Nurses: more clear", "3,379,720", "323,040"],
    }
    expect(page.locator(".choices p").first).to_have_text(
        "Registered Nurses if you want entry with a bachelor's degree, more jobs and projected openings nationwide, "
        "and work that needs more operations monitoring."
    )
    expect(page.locator(".choices p").last).to_have_text(
        "Nurse Practitioners if you want higher pay in Ohio, faster projected growth nationwide, and work that needs "
        "more operations analysis and more science."
    )
    # A phone shows three rows without scrolling, and all five on two screens. Nothing is wider than a small one.
    bottoms = page.locator(".verdict li").evaluate_all("rows => rows.map(row => row.getBoundingClientRect().bottom)")
    assert bottoms[2] < 740
    assert bottoms[4] < 2 * 740
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320

    # The heading is text, and its roles are inputs: another role is another page, in the same area.
    expect(page.get_by_role("heading", level=1)).to_have_text("Registered Nurses vs Nurse Practitioners")
    assert page.get_by_role("heading", level=2).first.inner_text() == "Who is ahead"
    role = page.get_by_role("combobox", name="Second role")
    expect(role).to_have_value("Nurse Practitioners")
    role.fill("licensed practical nurse")
    role.press("Enter")
    page.wait_for_url(f"**/compare/registered-nurses/{LICENSED}?area=OH&prices=national")
    expect(page.get_by_role("combobox", name="Second role")).to_have_value(
        "Licensed Practical and Licensed Vocational Nurses"
    )
    assert visit.errors() == []


def test_a_phone_in_bright_light(phone: Window) -> None:
    """What must be read is at least 16 px large, what is tapped is as large as a finger, and all are in their place."""
    with phone.visiting() as visit:
        page = opened(visit, NURSES)
        sizes = page.locator(".verdict :is(small, .certainty, .leading, .figure, p)").evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) >= 16
        figures = page.locator(".verdict li").nth(2).locator(".figure").last.bounding_box()
        assert figures is not None
        assert figures["y"] + figures["height"] < 740
        page.get_by_role("button", name="Education").tap()
        heads = page.locator("#education table").first.locator("thead th.left, thead th.right")
        assert heads.evaluate_all("heads => heads.map(head => head.getBoundingClientRect().height < 24)") == [True] * 2
        area = page.get_by_role("combobox", name="Area")
        area.fill("tex")
        heights = page.locator("#area, #area-list [role=option]").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().height)"
        )
        assert min(heights) >= 44
        assert visit.errors() == []


LICENSED = "licensed-practical-and-licensed-vocational-nurses"


def test_the_first_screen_of_what_is_not_comparable(visit: Visit) -> None:
    page = opened(visit, "/compare/actors/elementary-school-teachers-except-special-education")
    teachers = "Elementary School Teachers, Except Special Education"
    found = verdict(page)
    assert found["Pay"] == ["not comparable: by the hour and by the year", "$58.29 an hour, mean", "$63,970"]
    assert found["To get in"][:2] == ["Actors: needs longer training", f"{teachers}: needs more education"]
    expect(page.locator(".verdict .drawing")).to_have_count(4)
    assert visit.errors() == []


def test_an_offer_is_placed_among_the_wages_of_both(visit: Visit) -> None:
    page = opened(visit, NURSES)
    box = page.locator("#offer")
    amount = page.get_by_role("textbox", name="I’d be paid")
    amount.fill("lots")
    expect(box).to_contain_text("Type an amount in dollars, such as 85,000 or 40.50.")
    amount.fill("85k")
    page.wait_for_url(f"**{NURSES}&offer=85000")
    status = box.get_by_role("status")
    expect(status.locator("li")).to_have_text(
        [
            (
                "Registered Nurses: about the 54th percentile, interpolated between the median ($82,510) and the 75th "
                "percentile ($99,030)"
            ),
            "Nurse Practitioners: below the 10th percentile, 90% earn more than $100,780",
            (
                "Registered Nurses: about the 43rd percentile, interpolated between the 25th percentile ($80,330) and "
                "the median ($97,550)"
            ),
            "Nurse Practitioners: below the 10th percentile, 90% earn more than $101,340",
        ]
    )
    expect(status.locator("p")).to_have_text(
        "At national prices, it buys what $92,580 a year buys nationwide. Among wages nationwide, that would be:"
    )
    expect(page.locator("#salary")).to_contain_text("Your offer$85,000")
    expect(page.locator(".verdict .offered")).to_have_text("your offer: $85,000")
    expect(page.locator(".verdict .offer-line")).to_have_count(1)

    # By the hour, with the keyboard. Typing replaces the page's address, and another choice adds one.
    amount.press("Tab")
    period = page.get_by_role("combobox", name="Pay period")
    expect(period).to_be_focused()
    period.select_option("an hour")
    amount.fill("60")
    page.wait_for_url(f"**{NURSES}&offer=60&per=hour")
    expect(status.locator("li").nth(1)).to_have_text(
        re.compile(r"^Nurse Practitioners: about the \d+th percentile, interpolated between the .* \(\$\d\d\.\d\d\)$")
    )
    expect(page.locator("#salary")).to_contain_text("Your offer$124,800")
    page.go_back()
    expect(period).to_have_value("")
    assert visit.errors() == []


def test_an_offer_next_to_wages_that_are_not_published_by_the_year_or_at_all(visit: Visit) -> None:
    page = opened(visit, "/compare/actors/elementary-school-teachers-except-special-education?offer=40&per=hour")
    placed = page.locator("#offer li")
    expect(placed.first).to_have_text(
        "Actors: about the 54th percentile, interpolated between the median ($29.05) and the 75th percentile ($97.95)"
    )
    expect(placed.last).to_contain_text(
        "Only wages by the year are published: the offer counts as $83,200 a year, at 2,080 hours a year."
    )
    page = opened(visit, f"{ROLES}?offer=60000&prices=national")
    expect(page.locator("#offer li")).to_have_text(
        ["Media Producer: no percentiles published", "Media Production Specialist: no percentiles published"]
    )
    expect(page.locator("#offer")).to_contain_text("Prices nationwide are what other places are measured by.")
    assert visit.errors() == []


def test_the_overview_has_openings_and_what_is_needed_for_entry(visit: Visit) -> None:
    page = opened(visit, "/compare/electricians/family-medicine-physicians")
    assert [row for row in rows(page.locator("#overview")) if row[0].startswith(("Openings", "Typical"))] == [
        ["Openings a year", "81,000", "3,300", "+77,700 (24 times)"],
        [
            "Typical entry education",
            "High school diploma or equivalent",
            "Doctoral or professional degree",
            "Family Medicine Physicians: more education",
        ],
        ["Typical work experience", "None", "None", "same"],
        [
            "Typical on-the-job training",
            "Apprenticeship",
            "Internship/\N{ZERO WIDTH SPACE}residency",
            "not ordered: lengths overlap",
        ],
    ]


def test_job_titles_have_every_figure_of_the_published_page_and_say_what_is_not_published(visit: Visit) -> None:
    page = opened(visit, ROLES)
    assert page.title() == "Media Producer vs Media Production Specialist: pay, jobs, skills | Rolegraph"
    expect(page.get_by_role("heading", level=1)).to_have_text("Media Producer vs Media Production Specialist")

    assert rows(page.locator("#overview")) == [
        ["Annual salary", "$57,433", "$53,243", "+$4,190 (+7.9%)"],
        ["Hourly rate", "$27.61", "$25.60", "+$2.01 (+7.9%)"],
        ["Growth rate", "8%", "8%", "0 points"],
        ["Number of jobs", "17,827", "87,800", "−69,973 (−79.7%)"],
        ["Most common degree", "Bachelor's Degree, 79%", "Bachelor's Degree, 73%", "same degree"],
        ["Average age", "40 years", "42 years", "−2 years (−4.8%)"],
        ["Years of experience", "12 years", "4 years", "+8 years (+200%)"],
        ["Time to become one", "6–12 months", "2–4 years", "−27 months (−75%)"],
    ]
    expect(page.locator(".unpublished li").last).to_have_text("Job satisfaction: not published.")
    assert rows(page.locator("#salary")) == [
        ["Average salary", "$57,433", "$53,243", "+$4,190 (+7.9%)"],
        ["Median salary", "not published", "not published", ""],
        ["Hourly rate", "$27.61", "$25.60", "+$2.01 (+7.9%)"],
        [
            "Salary range",
            "$41,000 to $79,000",
            "$38,000 to $73,000",
            "Both: $41,000 to $73,000",
        ],
        ["Highest-paying city", "Farmington, CT", "Washington, DC"],
        ["Highest-paying state", "Connecticut", "New Jersey"],
        ["Highest-paying company", "Altice USA", "Keysight Technologies"],
        ["Highest-paying industry", "Technology", "Technology"],
    ]
    assert rows(page.locator("#education"))[:3] == [
        ["Most common degree", "Bachelor's Degree, 79%", "Bachelor's Degree, 73%"],
        ["Most common major", "Communication", "Communication"],
        ["Most common college", "Harvard University", "Stanford University"],
    ]
    assert rows(page.locator("#demographics")) == [
        ["Average age", "40 years", "42 years", "−2 years (−4.8%)"],
        ["LGBT share", "14%", "12%", "+2 points"],
    ]
    assert bars(page.locator("#demographics")) == {
        "Male": ("67.1%", "70.1%"),
        "Female": ("32.9%", "29.9%"),
        "Black or African American": ("7.9%", "10%"),
        "Unknown": ("5.6%", "5.1%"),
        "Hispanic or Latino": ("14.5%", "11.9%"),
        "Asian": ("6.4%", "5.3%"),
        "White": ("65.5%", "67.1%"),
        "American Indian and Alaska Native": ("0.2%", "0.6%"),
    }
    skills = page.locator("#skills")
    assert items(skills, 0) == [
        "Instagram, 11%",
        "Training Videos, 9%",
        "Twitter, 8%",
        "Video Production, 6%",
        "Video Content, 5%",
        "YouTube, 5%",
    ]
    assert items(skills, 1) == [
        "Training Videos, 12%",
        "Video Production, 11%",
        "Graphic Design, 11%",
        "Photography, 8%",
        "Motion Graphics, 7%",
        "Adobe Premiere, 5%",
    ]
    expect(page.locator("#roles")).to_contain_text("Final Cut Pro, Avid and After Effects")
    expect(
        page.get_by_role("heading", name="Browse arts, design, entertainment, sports, and media jobs")
    ).to_be_visible()

    # The first screen says what is not published or not tested.
    found = verdict(page)
    assert found["Pay"] == ["Media Producer: published pay is higher not tested", "$57,433", "$53,243"]
    assert found["Openings a year"] == ["not published", "not published"]
    assert found["To get in"][1:] == ["6–12 months", "2–4 years"]
    expect(page.locator(".verdict > .quiet")).to_have_text("Not tested: published without standard errors.")
    expect(page.locator(".choices")).to_have_text(
        "No figure that is tested or projected clearly speaks for one of the two."
    )

    # What is not published is listed with its reason, and the contents leave it out.
    expect(page.locator("#history")).to_contain_text("No wages of several years are published for these two")
    listed = page.get_by_role("region", name="Not published").get_by_role("listitem")
    reasons = [item.partition(": ") for item in listed.all_inner_texts()]
    assert "No wages of several years are published for these two occupations." in [reason for _, _, reason in reasons]
    contents = page.get_by_role("navigation", name="Contents").get_by_role("link").all_inner_texts()
    assert not {title for title, _, _ in reasons} & {entry.partition("\n")[0] for entry in contents}

    # A button shows more responsibilities.
    section = page.locator("#responsibilities")
    assert [len(items(section, 0)), len(items(section, 1))] == [4, 4]
    more = section.get_by_role("button", name="Show 2 more responsibilities of Media Producer")
    assert more.get_attribute("aria-expanded") == "false"
    more.click()
    assert [len(items(section, 0)), len(items(section, 1))] == [6, 4]
    section.get_by_role("button", name="Show fewer responsibilities of Media Producer").click()
    assert len(items(section, 0)) == 4
    # Job titles have no work activities to compare.
    assert section.get_by_role("heading").all_inner_texts() == [
        "Responsibilities",
        "Media Producer",
        "Media Production Specialist",
    ]
    assert visit.errors() == []


def test_figures_of_one_wider_group_are_not_compared(visit: Visit) -> None:
    middle = "middle-school-teachers-except-special-and-career-technical-education"
    page = opened(visit, f"/compare/elementary-school-teachers-except-special-education/{middle}")
    found = {name: others for name, *others in rows(page.locator("#overview"))}
    assert found["Most common degree"] == [*["Master's degree, 47%"] * 2, "not compared: one wider group"]
    expect(page.locator("#overview")).to_contain_text("not compared: one wider group")
    expect(page.locator("#education")).to_contain_text("of both roles, so they are not compared")
    expect(page.locator("#demographics")).to_contain_text(
        "The figures on age, gender and race are published for the wider group “Elementary and middle school teachers”"
    )
    assert visit.errors() == []


def test_a_mean_age_beside_a_median_age_is_labeled(visit: Visit) -> None:
    page = opened(visit, "/compare/media-producer/cashiers")
    age = page.locator("#demographics tbody tr").first
    expect(age).to_have_text(
        "Age40 yearsaverage26.1 yearsmedian, of the wider group “Cashiers”not compared: different measures"
    )


def test_two_occupations_have_descriptions_and_responsibilities_by_work_activity(visit: Visit) -> None:
    page = opened(visit, TRADES)
    does = page.locator("#roles")
    expect(does.get_by_role("heading", level=2)).to_have_text("What each does")
    expect(does.locator(".pair > div").nth(0)).to_contain_text(described("electricians", visit))
    expect(does.locator(".pair > div").nth(1)).to_contain_text(
        described("plumbers-pipefitters-and-steamfitters", visit)
    )
    assert [note.partition(" ·")[0] for note in cited(does)] == ["Rolegraph's own descriptions"]

    section = page.locator("#responsibilities")
    more = section.get_by_role("button", name="more")
    while more.count():
        more.first.click()
    expect(section.get_by_role("button", name="fewer")).to_have_count(4)
    compared = answered(
        """query($left: String!, $right: String!) {
            comparison(left: {slug: $left}, right: {slug: $right}) {
                left { responsibilities { nodes { text } } }
                right { responsibilities { nodes { text } } }
                responsibilities {
                    shared { activity left { text } right { text } }
                    onlyLeft { activity left { text } }
                    onlyRight { activity right { text } }
                }
            }
        }""",
        visit,
        left="electricians",
        right="plumbers-pipefitters-and-steamfitters",
    )["comparison"]
    activities = compared["responsibilities"]
    lists = section.locator(".pair").first
    for side, name in enumerate(("left", "right")):
        assert lists.locator("> div").nth(side).locator("li").all_inner_texts() == [
            node["text"] for node in compared[name]["responsibilities"]["nodes"]
        ]
    assert rows(section) == [
        [shared["activity"], *("".join(one["text"] for one in shared[side]) for side in ("left", "right"))]
        for shared in activities["shared"]
    ]
    for side, name in enumerate(("left", "right")):
        only = section.locator(".pair").last.locator("> div").nth(side)
        own = activities[f"only{name.title()}"]
        expect(only.get_by_role("heading")).to_contain_text(f"({len(own)})")
        shown = " ".join(only.locator("dt, dd.also").all_inner_texts())
        assert [each["activity"] for each in own if each["activity"] not in shown] == []
        texts = only.locator("dd:not(.also)").all_inner_texts()
        assert len(texts) == len(set(texts))
        assert set(texts) == {one["text"] for each in own for one in each[name]}
    assert visit.errors() == []


def test_a_job_title_and_an_occupation_have_lists_only(visit: Visit) -> None:
    section = opened(visit, "/compare/media-producer/electricians").locator("#responsibilities")
    assert section.get_by_role("heading").all_inner_texts() == ["Responsibilities", "Media Producer", "Electricians"]
    assert [len(items(section, 0)), len(items(section, 1))] == [4, 4]
    assert visit.errors() == []


def test_two_occupations_have_verdicts_states_skills_interests_and_sources(visit: Visit) -> None:
    page = opened(visit, OCCUPATIONS)
    overview = page.locator("#overview")
    assert rows(overview)[0] == ["Annual salary", "$113,300", "$84,120", "+$29,180 (+34.7%)"]
    expect(overview.locator("tbody tr").first.locator(".difference small")).to_have_text(
        "Producers and Directors higher, statistically significant; 90% interval +$25,496 to +$32,864"
    )
    assert any(
        note.startswith("Occupational Employment and Wage Statistics (OEWS) · May 2025") for note in cited(overview)
    )

    assert [note.partition(" · ")[0].partition(";")[0] for note in cited(page.locator(".verdict"))] == [
        "Employment Projections: education and training",
        "Employment Projections: growth and openings",
        "Occupational Employment and Wage Statistics (OEWS)",
    ]

    places = page.locator("#places")
    expect(places.locator("p.lead").first).to_contain_text(
        "Of 51 states and territories with published medians for both, the median annual wage is higher for Public "
        "Relations Specialists in 24 and for Producers and Directors in 27."
    )
    expect(places).to_contain_text("This reverses the national result.")
    # The parts have no total: the one difference of the means is in the sections above.
    expect(places).to_contain_text(
        "By state: of the difference in means, Producers and Directors minus Public Relations Specialists, +$8,209 "
        "comes from working in different states and +$21,075 from different pay within the same state"
    )
    expect(places).not_to_contain_text("+$29,284")

    expect(page.locator("section:not(#sources, .unpublished, :has(.citations a))")).to_have_count(0)
    expect(page.locator("section .empty")).to_have_count(0)

    skills = page.locator("#skills")
    expect(skills).to_contain_text(
        "Of 28 skills and knowledge areas that are important for either role, 22 (78.6%) are important for both. Over "
        "all 68 rated elements, importance overlaps by 76.7% and correlates at 0.86."
    )
    expect(skills.locator(".pair").last).to_contain_text("Sales and Marketing level 33.7 → 81.9, +48.1")
    expect(skills.locator(".pair").last).to_contain_text("Telecommunications level 19.4 → 50, +30.6")

    interests = page.locator("#interests")
    expect(interests.locator(".lead")).to_contain_text("The correlation of the two profiles is 0.86")
    read = "rows => rows.map(row => [...row.cells].slice(0, 3).map(cell => cell.textContent))"
    profiles = interests.locator("tbody tr").evaluate_all(read)
    assert profiles[2] == ["Artisticart, design, writing", "6.2", "4.7"]
    assert len(profiles) == 6
    assert [note.partition(" ·")[0] for note in cited(interests)] == ["O*NET interests"]
    assert visit.errors() == []


def test_percentiles_are_labelled_pairs_and_a_change_of_the_lead_is_said(visit: Visit) -> None:
    salary = opened(visit, CROSSING).locator("#salary")
    percentiles = salary.get_by_role("table", name="Annual wages.")
    read = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    compared = answered(
        """query { comparison(left: {slug: "anesthesiologists"}, right: {slug: "surgeons-all-other"}) { salary {
            percentiles { difference { left right absolute } }
        } } }""",
        visit,
    )["comparison"]["salary"]["percentiles"]
    names = ["10th percentile", "25th percentile", "Median", "75th percentile", "90th percentile"]
    assert percentiles.locator("tbody tr").evaluate_all(read) == [
        [
            name,
            f"${of['left']:,.0f}",
            f"${of['right']:,.0f}",
            f"{'Anesthesiologists' if of['absolute'] > 0 else 'Surgeons, All Other'}: ${abs(of['absolute']):,.0f} more",
        ]
        for name, of in zip(names, [each["difference"] for each in compared], strict=True)
    ]
    # Each name is above its side's first point.
    for side in ("left", "right"):
        place = "side => { const { left, right } = side.getBoundingClientRect(); return [left, right]; }"
        point = percentiles.locator(f"tbody tr >> nth=0 >> .{side} .point").evaluate(place)
        name = percentiles.locator(f"thead .{side}").evaluate(place)
        assert min(abs(edge - sum(point) / 2) for edge in name) < 20
    expect(salary).to_contain_text(
        "The lead changes between the 25th and the 50th percentile: below, published wages are higher for "
        "Anesthesiologists; above, they are higher for Surgeons, All Other."
    )
    assert visit.errors() == []


def test_wages_over_time_are_a_chart_a_table_and_changes(visit: Visit) -> None:
    page = opened(visit, "/compare/registered-nurses/software-developers?area=CA")
    section = page.locator("#history")
    expect(section.get_by_role("heading")).to_have_text(
        [
            "Wages over time",
            "Median annual wage in the United States, May of each year",
            "Change from May 2021 to May 2025",
        ]
    )
    section.locator(".near").scroll_into_view_if_needed()
    chart = section.get_by_role("group", name="Median wages of Registered Nurses and Software Developers by year")
    expect(chart.locator("path.curve")).to_have_count(2)
    assert chart.locator("text.line-label").all_text_contents() == [
        "Registered Nurses$97,550",
        "Software Developers$135,980",
    ]
    # The same figures by keyboard, as text for screen readers, and under the pointer.
    chart.get_by_role("img").first.focus()
    readout = section.locator(".readout")
    expect(readout).to_have_text(
        "May 2021Registered Nurses $92,668Software Developers $144,172$51,505 more", use_inner_text=False
    )
    page.keyboard.press("End")
    focused = page.locator(":focus")
    expect(focused).to_have_attribute(
        "aria-label", "May 2025: Registered Nurses $97,550, Software Developers $135,980, in 2025 dollars"
    )
    page.keyboard.press("Escape")
    expect(readout).to_have_count(0)
    section.get_by_label("Dollars of each year").check()
    chart.get_by_role("img").nth(1).hover()
    expect(readout).to_contain_text("May 2022Registered Nurses $81,220Software Developers $127,260")
    page.mouse.move(0, 0)
    expect(readout).to_have_count(0)
    assert rows(section) == [
        ["May 2021", "$77,600", "$120,730", "−$43,130 (−35.7%)"],
        ["May 2022", "$81,220", "$127,260", "−$46,040 (−36.2%)"],
        ["May 2023", "$86,070", "$132,270", "−$46,200 (−34.9%)"],
        ["May 2024", "$93,600", "$133,080", "−$39,480 (−29.7%)"],
        ["May 2025", "$97,550", "$135,980", "−$38,430 (−28.3%)"],
        ["Mean wage", "+22.6%", "+22.4%"],
        ["Mean wage", "+2.6%", "+2.5%"],
        ["Median wage", "+25.7%", "+12.6%"],
        ["Median wage", "+5.3%", "−5.7%"],
    ]
    section.get_by_text("Show the years as a table").click()
    expect(section.get_by_role("row", name="May 2021")).to_contain_text("$144,172 in 2025 dollars")
    expect(section).to_contain_text("Consumer prices (CPI-U) changed by +19.4% from May 2021 to May 2025.")
    expect(section).to_contain_text("advises against reading wages of different years as a time series")
    # The releases of a source are one note.
    prices, wages = cited(section)
    assert prices.startswith("Consumer Price Index for All Urban Consumers (CPI-U)")
    assert [year for year in range(2019, 2027) if f"May {year}" in wages] == [2021, 2022, 2023, 2024, 2025]
    assert visit.errors() == []


def test_wages_over_time_of_hourly_workers_and_of_a_wider_group(visit: Visit) -> None:
    page = opened(visit, "/compare/actors/dancers")
    expect(page.locator("#history h3").first).to_have_text("Median hourly wage in the United States, May of each year")
    # Hourly wages are not served in constant dollars.
    page.locator("#history .near").scroll_into_view_if_needed()
    expect(page.locator("#history svg path.curve")).to_have_count(2)
    expect(page.locator("#history input")).to_have_count(0)
    page = opened(visit, "/compare/prosthodontists/dentists-general")
    expect(page.locator("#history").get_by_role("row", name="May 2022", include_hidden=True)).to_contain_text(
        "published for a wider group only"
    )


def test_a_missing_figure_has_a_reason(visit: Visit) -> None:
    page = opened(visit, "/compare/actors/producers-and-directors")
    assert rows(page.locator("#salary"))[0] == ["Average salary", "published hourly only", "$113,300", ""]
    assert visit.errors() == []


def test_the_sides_can_be_swapped(visit: Visit) -> None:
    page = opened(visit, f"{OCCUPATIONS}?area=TX")
    page.get_by_role("link", name="Swap sides").click()
    page.wait_for_url("**/compare/public-relations-specialists/producers-and-directors?area=TX")
    wait_for_figures(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Public Relations Specialists vs Producers and Directors")
    assert visit.errors() == []


def test_an_area_is_selected_by_keyboard_and_back_returns(visit: Visit) -> None:
    page = opened(visit, OCCUPATIONS)
    area = page.get_by_role("combobox", name="Area")
    expect(area).to_have_value("United States")
    area.fill("wyom")
    page.get_by_role("option", name="Wyoming").first.wait_for()
    area.press("Enter")
    page.wait_for_url(f"**{OCCUPATIONS}?area=WY")
    expect(page.locator("#overview tbody tr").first).to_contain_text("mean, Wyoming")
    assert rows(page.locator("#overview"))[0][1] == "$60,010"
    page.go_back()
    expect(page.locator("#overview tbody tr").first).to_contain_text("mean, United States")
    assert rows(page.locator("#overview"))[0][1] == "$113,300"
    assert visit.errors() == []


def test_the_first_screen_stays_while_another_area_loads_and_a_status_says_both(visit: Visit) -> None:
    page = opened(visit, "/compare/registered-nurses/nurse-practitioners")
    status = page.locator(".matchup-choices > [role=status]")
    expect(status).to_have_text("")
    status.evaluate(
        """status => {
            globalThis.said = [];
            const record = () => said.push(status.textContent);
            new MutationObserver(record).observe(status, { subtree: true, childList: true, characterData: true });
        }"""
    )
    held = list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile("documentId.*OH"), hold)
    area = page.get_by_role("combobox", name="Area")
    area.fill("ohio")
    area.press("Enter")
    page.wait_for_url("**/nurse-practitioners?area=OH")
    expect(status).to_have_text("Loading…")
    expect(page.locator(".verdict")).to_have_attribute("aria-busy", "true")
    assert verdict(page)["Pay"][1:] == ["$97,550", "$132,300"]
    expect(page.locator("#summary")).to_have_attribute("aria-busy", "true")
    expect(area).to_have_value("Ohio")
    for route in held:
        route.continue_()
    expect(status).to_have_text("Pay is shown for Ohio.")
    assert page.evaluate("said") == ["Loading…", "Pay is shown for Ohio."]
    wait_for_figures(page)
    assert verdict(page)["Pay"][1:] == ["$82,510", "$124,870"]
    assert visit.errors() == []


def test_an_area_is_found_by_its_county_and_a_state_is_followed_by_its_metropolitan_areas(visit: Visit) -> None:
    page = opened(visit, OCCUPATIONS)
    area = page.get_by_role("combobox", name="Area")
    area.fill("tx")
    page.get_by_role("option", name="Dallas-Fort Worth-Arlington, TX").wait_for()
    assert page.get_by_role("option").all_inner_texts()[:3] == [
        "Texas",
        "Dallas-Fort Worth-Arlington, TX",
        "Houston-Pasadena-The Woodlands, TX",
    ]
    area.fill("king county wa")
    page.get_by_role("option", name="Seattle-Tacoma-Bellevue, WA").first.wait_for()
    area.press("Enter")
    page.wait_for_url(f"**{OCCUPATIONS}?area=42660")
    wait_for_figures(page)
    expect(area).to_have_value("Seattle-Tacoma-Bellevue, WA")
    assert visit.errors() == []


def test_the_map_shows_the_figures_of_a_state_by_tap_and_by_keyboard(phone: Window) -> None:
    with phone.visiting() as visit:
        page = opened(visit, OCCUPATIONS)
        # The map is loaded as it comes near.
        assert page.locator("svg.map").count() == 0
        places, figures = page.locator("#places"), page.locator("#places .figures")
        places.get_by_role("button", name="Pay by state and metropolitan area").tap()
        places.locator(".near").scroll_into_view_if_needed()
        tiles = places.locator("svg.map .tile")
        expect(tiles).to_have_count(54)
        assert places.locator("svg.map .tile.none text").all_text_contents() == ["NM", "VI", "GU"]

        places.get_by_role("button", name="Texas: ").tap()
        page.wait_for_url(f"**{OCCUPATIONS}?place=TX")
        compared = answered(
            """query($left: String!, $right: String!) { comparison(left: {slug: $left}, right: {slug: $right}) {
                places(kind: STATE) { areas(first: 100) { nodes { area { code } median { left right absolute } } } }
            } }""",
            visit,
            left="producers-and-directors",
            right="public-relations-specialists",
        )["comparison"]["places"]["areas"]["nodes"]
        texas = next(place["median"] for place in compared if place["area"]["code"] == "TX")
        assert figures.locator("dd").all_text_contents() == [f"${texas['left']:,.0f}", f"${texas['right']:,.0f}"]
        expect(figures.locator(".more")).to_have_text(f"${abs(texas['absolute']):,.0f} more")
        # In Delaware the median is higher for one side and the mean, significantly, for the other.
        places.get_by_role("button", name="Delaware: ").tap()
        page.wait_for_url(f"**{OCCUPATIONS}?place=DE")
        expect(figures).to_contain_text(
            "Median and mean disagree: the mean is $30,820 higher for Producers and Directors"
        )
        assert places.locator(".tile.disagree[data-code]").count() == 6
        page.go_back()
        expect(figures.get_by_role("heading")).to_have_text("Texas")
        page.go_back()
        expect(figures).to_have_text("Point at a state or tap it to see its figures.")

        places.get_by_role("button", name="California: ").focus()
        expect(figures.get_by_role("heading")).to_have_text("California")
        page.keyboard.press("ArrowRight")
        expect(figures.get_by_role("heading")).to_have_text("Utah")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{OCCUPATIONS}?place=UT")
        page.keyboard.press("Escape")
        page.wait_for_url(f"**{OCCUPATIONS}")
        expect(figures).to_have_text("Point at a state or tap it to see its figures.")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{OCCUPATIONS}?area=UT")
        wait_for_figures(page)
        expect(page.locator("#salary")).to_contain_text("Wages in Utah.")
        titles = "Producers and Directors vs Public Relations Specialists"
        assert page.title() == f"{titles}: pay in Utah, jobs, skills | Rolegraph"
        assert visit.errors() == []


def test_all_states_and_metropolitan_areas_are_ranked(visit: Visit) -> None:
    page = opened(visit, OCCUPATIONS)
    places = page.locator("#places")
    table = places.locator("table.dumbbells")
    read = "rows => rows.filter(row => row.checkVisibility()).map(row => [...row.cells].map(cell => cell.textContent))"

    def listed() -> list[list[str]]:
        found: list[list[str]] = table.locator("tbody tr").evaluate_all(read)
        return found

    assert [listed()[0], len(listed())] == [
        ["California", "$129,790", "$85,030", "Producers and Directors: $44,760 more"],
        10,
    ]
    places.get_by_role("button", name="Show all 51").click()
    assert len(listed()) == 51
    places.get_by_label("Find a place").fill("york")
    assert [row[0] for row in listed()] == ["New York"]
    places.get_by_label("Find a place").fill("")

    places.get_by_label("Metropolitan areas (214)").check()
    places.get_by_role("button", name="Show all 214").click()
    assert len(listed()) == 214
    places.get_by_label("Sort by").select_option("Largest lead of Public Relations Specialists")
    metros: list[dict[str, Any]] = []
    after: str | None = None
    while not metros or after:
        page_of = answered(
            """query($after: String) {
                comparison(left: {slug: "producers-and-directors"}, right: {slug: "public-relations-specialists"}) {
                    places(kind: METRO) { areas(first: 100, after: $after) {
                        nodes { area { name } median { left right absolute } } pageInfo { hasNextPage endCursor }
                    } }
                }
            }""",
            visit,
            **({"after": after} if after else {}),
        )["comparison"]["places"]["areas"]
        metros += page_of["nodes"]
        after = page_of["pageInfo"]["endCursor"] if page_of["pageInfo"]["hasNextPage"] else None
    metros.sort(key=lambda place: place["median"]["absolute"])
    assert [row[1:3] for row in listed()] == [
        [f"${place['median'][side]:,.0f}" for side in ("left", "right")] for place in metros
    ]
    assert metros[0]["area"]["name"] in listed()[0][0]
    assert visit.errors() == []


def test_job_titles_lead_to_the_comparison_of_their_occupations(visit: Visit) -> None:
    page = opened(visit, "/compare/social-media-manager/brand-manager")
    expect(page.get_by_role("heading", level=1)).to_have_text("Public Relations Managers vs Marketing Managers")
    expect(page.locator("main .note")).to_have_text(
        [
            "Social Media Manager is a job title that public figures count in Public Relations Managers.",
            re.compile(
                "^Brand Manager is a job title that public figures count in Marketing Managers. It may also be "
            ),
        ]
    )
    expect(page.locator("#overview")).to_contain_text("Annual salary")
    page.get_by_role("link", name="Swap sides").click()
    page.wait_for_url(f"{visit.url}/compare/brand-manager/social-media-manager")
    expect(page.get_by_role("heading", level=1)).to_have_text(["Marketing Managers vs Public Relations Managers"])
    assert visit.errors() == []


def test_an_area_keeps_the_job_titles_of_the_address(visit: Visit) -> None:
    page = opened(visit, "/compare/social-media-manager/actors?area=CA")
    expect(page.locator("#overview")).to_contain_text("California")
    expect(page.locator("main .note")).to_have_count(1)
    expect(page.locator('#places a[href="/compare/social-media-manager/actors?area=NY"]').first).to_be_attached()


def test_two_titles_of_one_occupation_claim_nothing(visit: Visit) -> None:
    page = opened(visit, "/compare/marketing-manager/brand-manager")
    summary = page.locator("#summary .summary li")
    expect(summary).to_have_text(
        [
            re.compile("^Marketing Manager and Brand Manager are both counted in Marketing Managers: public figures "),
            "No source counts either of them in an occupation that would tell them apart.",
        ]
    )
    expect(page.locator("#overview, #pay, #places, #skills, #summary .citations")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("All figures are on the page Marketing Managers.")
    # One occupation on both sides has nothing to compare, and a job title says what it is counted in.
    expect(page.locator(".verdict")).to_have_count(0)
    expect(page.locator(".role-picker small")).to_have_text(["for Brand Manager"])
    assert visit.errors() == []


def test_an_unknown_role_has_suggested_comparisons(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/compare/actors/regstered-nurse")
    expect(visit.page.locator("main .note a")).to_have_count(3)
    visit.page.locator("main .note").get_by_role("link", name="Registered Nurses").click()
    visit.page.wait_for_url(f"{visit.url}/compare/actors/registered-nurses")


def test_only_the_unknown_side_is_blamed(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/compare/55-1011/27-2012")
    main = visit.page.locator("main")
    expect(main).to_contain_text('There is no occupation "55-1011".')
    expect(main).not_to_contain_text("27-2012")


def test_an_unknown_role_has_a_link_to_the_search(visit: Visit) -> None:
    response = visit.page.goto(f"{visit.url}/compare/media-producer/astronaut-chef")
    assert response is not None
    assert response.status == 404
    expect(visit.page.get_by_role("heading", name="Comparison not found")).to_be_visible()
    expect(visit.page.locator("main")).to_contain_text('There is no occupation "astronaut-chef".')
    visit.page.get_by_role("link", name="Search for a role").click()
    visit.page.wait_for_url(f"{visit.url}/")


def test_an_unknown_area_has_a_link_to_the_nation(visit: Visit) -> None:
    response = visit.page.goto(f"{visit.url}{OCCUPATIONS}?area=ZZ")
    assert response is not None
    assert response.status == 404
    visit.page.get_by_role("link", name="Compare nationwide").click()
    visit.page.wait_for_url(f"{visit.url}{OCCUPATIONS}")
    wait_for_figures(visit.page)


def test_a_failed_request_shows_an_error_and_can_be_retried(visit: Visit) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    visit.page.route(ANSWERS, refuse)
    visit.page.goto(f"{visit.url}{OCCUPATIONS}")
    alerts = visit.page.get_by_role("alert")
    expect(alerts).to_have_count(1)
    expect(alerts).to_contain_text(re.compile(r"^Could not load \d+ sections\. The server is unreachable\."))
    expect(visit.page.locator("#salary .failure")).to_have_text("Could not load these figures.")
    visit.page.unroute(ANSWERS, refuse)
    alerts.get_by_role("button", name="Try again").click()
    wait_for_figures(visit.page)
    expect(alerts).to_have_count(0)
    expect(visit.page.locator("main")).to_be_focused()
    assert rows(visit.page.locator("#salary"))[0][1:3] == ["$113,300", "$84,120"]


def test_the_servers_error_message_is_shown(visit: Visit) -> None:
    body = '{"errors": [{"message": "The server is at capacity.", "extensions": {"code": "OVERLOADED"}}]}'
    visit.page.route(ANSWERS, lambda route: route.fulfill(status=503, body=body, content_type="application/json"))
    visit.page.goto(f"{visit.url}{OCCUPATIONS}")
    expect(visit.page.get_by_role("alert").first).to_contain_text("The server is at capacity.")


def test_highest_paying_places_after_the_cost_of_living(visit: Visit) -> None:
    page = opened(visit, "/compare/software-developers/registered-nurses?prices=national")
    expect(page.locator("#salary")).to_contain_text("$165,898 at national prices")
    assert page.get_by_label("After cost of living").is_checked()
    assert visit.errors() == []


def test_a_button_copies_the_address_with_its_choices(visit: Visit, server_url: str) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(visit, f"{OCCUPATIONS}?area=CA&prices=national#places")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Link copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{server_url}{OCCUPATIONS}?area=CA&prices=national"
    # The button says it for a moment, so that nothing moves.
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    page.get_by_role("button", name="Copy link").wait_for()

    # Without permission, it is selected.
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="copy the selected address")).to_be_visible()
    expect(page.get_by_label("Address of this page")).to_be_focused()
    assert page.evaluate("getSelection().toString()") == f"{server_url}{OCCUPATIONS}?area=CA&prices=national"
    assert visit.errors() == []


def test_a_phone_shares_by_its_menu(phone: Window, server_url: str) -> None:
    share = "navigator.share = async (content) => { globalThis.shared = content; };"
    with phone.visiting() as visit, visit.page.add_init_script(share):
        page = opened(visit, "/occupation/actuaries?area=NY")
        page.get_by_role("button", name="Share", exact=True).click()
        assert page.evaluate("globalThis.shared") == {
            "title": page.title(),
            "url": f"{server_url}/occupation/actuaries?area=NY",
        }
        assert visit.errors() == []


def test_contents_closed_sections_and_notes_on_sources(visit: Visit, server_url: str) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = opened(visit, "/compare/registered-nurses/software-developers")
    # Each section is closed and says what it has in one line.
    salary, skills = page.locator("#salary"), page.locator("#skills")
    heads = page.locator("section .disclosure")
    assert set(heads.evaluate_all("all => all.map(one => one.ariaExpanded)")) == {"false"}
    expect(salary.locator(".answer")).to_have_text("Software Developers earn $46,680 more a year, by the mean")
    expect(salary.locator("table").first).not_to_be_visible()
    heads.filter(has_text="Salary").click()
    expect(salary.locator("table").first).to_be_visible()

    # The contents open, close with Escape, and lead to a section, which opens.
    contents = page.get_by_role("navigation", name="Contents")
    button = contents.get_by_role("button")
    button.click()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(contents.get_by_role("link").first).not_to_be_visible()
    button.click()
    contents.get_by_role("link", name="Skills").click()
    expect(skills.get_by_role("button", name="Skills")).to_have_attribute("aria-expanded", "true")
    assert page.url.endswith("#skills")

    # Notes are numbered in the order of the page, and cite the sections back.
    numbers = [int(text) for text in salary.locator(".citations a").all_inner_texts()]
    assert numbers == sorted(numbers) != []
    salary.locator(".citations a").first.click()
    note = page.locator(f"#source-{numbers[0]}")
    expect(note).to_be_in_viewport()
    expect(note.get_by_role("link", name="Salary")).to_have_attribute("href", "#salary")
    names = page.locator("#sources li").evaluate_all("all => all.map(one => one.textContent)")
    assert len(names) == len(set(names)) > 5

    # Where there is room, all sections are open, and the contents say the same.
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(heads).to_have_count(0)
    expect(contents.get_by_role("link", name="Salary")).to_contain_text("earn $46,680 more a year")
    expect(page.locator("#education table").first).to_be_visible()

    # A link to a section of another page opens it there. An occupation begins with its figures.
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#roles .disclosure").click()
    page.get_by_role("link", name="Related roles of Software Developers").click()
    page.wait_for_url(f"{server_url}/occupation/software-developers#related")
    wait_for_figures(page)
    opened_heads = page.locator("section .disclosure[aria-expanded=true]")
    expect(opened_heads).to_have_text(["At a glance", "Related roles"])

    # What comes with the figures is found too, and stays in view while what is above it loads.
    opened(visit, f"{NURSES}#offer")
    expect(page.locator("#offer")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 900})
    opened(visit, "/compare/registered-nurses/nurse-practitioners#skills")
    expect(page.locator("#skills h2")).to_be_in_viewport()
    assert visit.errors() == []
