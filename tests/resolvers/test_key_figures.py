"""The key figures of a comparison: what is higher is only said of what is tested, projected or published."""

from typing import Any

import pytest

from tests.conftest import Api

QUERY = """query($left: String!, $right: String!, $area: String!) {
    comparison(left: {slug: $left}, right: {slug: $right}, area: $area) { keyFigures {
        name title note unit leads { side words certainty meaning basis } left { ...Side } right { ...Side }
    } }
}
fragment Side on KeyFigureSide { text published detail value spread { low high open text } }"""

PROJECTED = "Projected: by the Bureau of Labor Statistics; projections cannot be tested."


def key_figures(api: Api, pair: str, area: str = "US") -> dict[str, Any]:
    left, right = pair.split(" ")
    found = api.data(QUERY, {"left": left, "right": right, "area": area})["comparison"]["keyFigures"]
    return {one["name"]: one for one in found}


def said(of: Any) -> list[str]:
    """Return who is ahead and how certain that is, without what the certainty means."""
    return [
        ", ".join(filter(None, (lead["side"], lead["words"], lead["certainty"], lead["basis"]))) for lead in of["leads"]
    ]


def shown(of: Any) -> list[str]:
    """Return both figures with their details; a reason in brackets."""
    return [
        " ".join(filter(None, (side["text"] if side["published"] else f"({side['text']})", side["detail"])))
        for side in (of["left"], of["right"])
    ]


def test_five_key_figures_name_who_is_ahead(full_api: Api) -> None:
    found = key_figures(full_api, "registered-nurses nurse-practitioners", "OH")
    assert [f"{one['title']}: {one['note']}" for one in found.values()] == [
        "Pay: median a year, Ohio",
        "Growth: projected, 2024–2034, nationwide",
        "Openings a year: projected, with replacements, nationwide",
        "To get in: typical requirements",
        "Jobs: wage-and-salary jobs, nationwide",
    ]
    assert {name: shown(one) for name, one in found.items()} == {
        "PAY": ["$82,510", "$124,870"],
        "GROWTH": ["+4.9%", "+40.1%"],
        "OPENINGS": ["189,100", "29,500"],
        "ENTRY": [f"{degree}'s degree no experience; no training on the job" for degree in ("Bachelor", "Master")],
        "JOBS": ["3,379,720", "323,040"],
    }
    assert {name: said(one) for name, one in found.items()} == {
        "PAY": ["RIGHT, higher pay, CLEAR, by the mean: $87,730 and $122,910"],
        "GROWTH": ["RIGHT, faster, PROJECTED"],
        "OPENINGS": ["LEFT, more, PROJECTED"],
        "ENTRY": ["RIGHT, needs more education"],
        "JOBS": ["LEFT, more, CLEAR"],
    }
    assert found["GROWTH"]["leads"][0]["meaning"] == PROJECTED
    assert {name: (one["unit"], one["left"]["value"]) for name, one in found.items()} == {
        "PAY": ("DOLLARS_PER_YEAR", 82_510),
        "GROWTH": ("PERCENTAGE_POINTS", 4.9),
        "OPENINGS": ("OPENINGS_PER_YEAR", 189_100),
        "ENTRY": (None, None),
        "JOBS": ("WAGE_AND_SALARY_JOBS", 3_379_720),
    }
    assert found["PAY"]["right"]["spread"] == {
        "low": 100_780,
        "high": 154_680,
        "open": False,
        "text": "8 in 10 earn $100,780 to $154,680",
    }
    assert key_figures(full_api, "registered-nurses nurse-practitioners")["JOBS"]["note"] == "wage-and-salary jobs"


@pytest.mark.parametrize(
    ("pair", "area", "note", "figures", "leads"),
    [
        pytest.param(
            "anesthesiologists surgeons-all-other",
            "US",
            "median a year",
            ["$391,490", "$414,010"],
            ["no clear difference, NOT_CLEAR, by the mean: $360,570 and $373,930"],
            id="not significant",
        ),
        pytest.param(
            "animal-trainers data-entry-keyers",
            "US",
            "median a year",
            ["$39,990", "$41,340"],
            ["LEFT, higher mean, but a lower median, CLEAR, by the mean: $47,020 and $43,310"],
            id="a mean and a median in opposite order",
        ),
        pytest.param(
            "actors dancers",
            "US",
            "median an hour",
            ["$29.05", "$24.80"],
            ["LEFT, higher pay, CLEAR, by the mean: $58.29 and $30.83"],
            id="hourly wages only",
        ),
        pytest.param(
            "actors elementary-school-teachers-except-special-education",
            "US",
            "median a year",
            ["$58.29 an hour, mean", "$63,970"],
            ["not comparable: by the hour and by the year"],
            id="an hourly and an annual wage",
        ),
        pytest.param(
            "cardiologists coin-vending-and-amusement-machine-servicers-and-repairers",
            "WY",
            "median a year, Wyoming",
            ["$239,200+ at least, top-coded", "$45,190"],
            ["LEFT, published pay is higher, NOT_TESTED"],
            id="top-coded",
        ),
        pytest.param(
            "media-producer media-production-specialist",
            "US",
            "mean a year",
            ["$57,433", "$53,243"],
            ["LEFT, published pay is higher, NOT_TESTED"],
            id="not tested",
        ),
        pytest.param(
            "choreographers healthcare-social-workers",
            "GU",
            "median a year, Guam",
            ["(not published)", "$56,990"],
            ["no figure for Choreographers in Guam"],
            id="one unpublished",
        ),
        pytest.param(
            "geography-teachers-postsecondary lawyers",
            "DC",
            "median a year, District of Columbia",
            ["(not published)", "$195,190"],
            ["no figure for Geography Teachers, Postsecondary, in the District of Columbia"],
            id="a title with a comma",
        ),
        pytest.param(
            "media-production-specialist actuaries",
            "US",
            "median a year",
            ["$53,243 mean", "$130,000"],
            ["RIGHT, published pay is higher, NOT_TESTED, by the mean: $53,243 and $141,480"],
            id="a mean and a median",
        ),
        pytest.param(
            "media-producer media-production-specialist",
            "OH",
            "mean a year, Ohio",
            ["(not published)", "(not published)"],
            ["no figure for either in Ohio"],
            id="both unpublished",
        ),
    ],
)
def test_pay_is_only_called_higher_if_that_is_tested(
    full_api: Api, pair: str, area: str, note: str, figures: list[str], leads: list[str]
) -> None:
    pay = key_figures(full_api, pair, area)["PAY"]
    assert (pay["note"], shown(pay), said(pay)) == (note, figures, leads)


def test_an_open_spread_has_a_lower_bound_for_its_end(full_api: Api) -> None:
    pay = key_figures(full_api, "athletes-and-sports-competitors lawyers", "CA")["PAY"]
    assert pay["left"]["spread"] == {
        "low": 40_120,
        "high": 239_200,
        "open": True,
        "text": "8 in 10 earn $40,120 to over $239,200",
    }


@pytest.mark.parametrize(
    ("pair", "figures", "leads"),
    [
        (
            "healthcare-support-workers-all-other conservation-scientists",
            ["+3.5%", "+3.4%"],
            ["about the same, PROJECTED"],
        ),
        ("animal-trainers data-entry-keyers", ["+5.1%", "−25.9%"], ["LEFT, grows; the other declines, PROJECTED"]),
        ("machinists data-entry-keyers", ["0%", "−25.9%"], ["LEFT, no change; the other declines, PROJECTED"]),
        ("machinists actors", ["0%", "+0.3%"], ["RIGHT, grows; the other does not, PROJECTED"]),
        ("actors dentists-all-other-specialists", ["+0.3%", "+0.3%"], ["the same"]),
        (
            "cutters-and-trimmers-hand history-teachers-postsecondary",
            ["−18.1%", "−0.2%"],
            ["RIGHT, slower decline, PROJECTED"],
        ),
        ("fish-and-game-wardens media-producer", ["−6%", "+8%"], ["not compared: different measures"]),
    ],
)
def test_growth_within_its_rounding_is_about_the_same(
    full_api: Api, pair: str, figures: list[str], leads: list[str]
) -> None:
    growth = key_figures(full_api, pair)["GROWTH"]
    assert (shown(growth), said(growth)) == (figures, leads)


def test_the_published_page_has_postings_and_a_time_to_become(full_api: Api) -> None:
    found = key_figures(full_api, "media-producer media-production-specialist")
    assert {name: [one["note"], *shown(one), *said(one)] for name, one in found.items() if name != "PAY"} == {
        "GROWTH": ["projected", "+8%", "+8%", "the same"],
        "OPENINGS": ["projected, with replacements", "(not published)", "(not published)"],
        "ENTRY": [
            *("time to become one", "6–12 months", "2–4 years"),
            "RIGHT, takes longer as published, NOT_TESTED",
        ],
        "JOBS": ["open postings", "17,827", "87,800", "RIGHT, published count is higher, NOT_TESTED"],
    }


def test_what_counts_different_things_is_not_compared(full_api: Api) -> None:
    found = key_figures(full_api, "fish-and-game-wardens media-producer")
    assert {name: [*shown(found[name]), *said(found[name])] for name in ("OPENINGS", "ENTRY", "JOBS")} == {
        "OPENINGS": ["500", "(not published)", "no figure for Media Producer"],
        "ENTRY": [
            "Bachelor's degree no experience; moderate-term on-the-job training",
            "(not published)",
            "no requirements for Media Producer",
        ],
        "JOBS": [
            "5,770 wage-and-salary jobs",
            "17,827 open postings",
            "not comparable: counted differently",
        ],
    }
    assert (found["JOBS"]["unit"], found["GROWTH"]["unit"]) == (None, None)


def test_each_side_that_needs_more_is_named(full_api: Api) -> None:
    entry = key_figures(full_api, "choreographers chief-executives")["ENTRY"]
    assert said(entry) == ["LEFT, needs longer training", "RIGHT, needs more education"]
    unordered = key_figures(full_api, "boilermakers locksmiths-and-safe-repairers")["ENTRY"]
    assert said(unordered) == ["the same, except that training cannot be ordered"]
