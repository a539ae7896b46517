"""Figures that are published for a wider group of occupations, and distributions with withheld categories."""

from collections.abc import Mapping
from typing import Any

import pytest

from db.distributions import most_common
from resolvers.caveats import WiderFigures, group_caveats
from resolvers.comparisons.arithmetic import Figure, Unit, Verdict, difference
from resolvers.comparisons.workforce import TextPair
from tests.conftest import Api


def age(value: float | None, group: str | None, name: str = "medianAge") -> Figure:
    return Figure(name, value, "cps", group_code=group)


def test_a_difference_within_one_wider_group_is_null() -> None:
    found = difference(age(43.4, "census-2310"), age(43.4, "census-2310"), Unit.YEARS)
    assert (found.left, found.right) == (43.4, 43.4)
    assert (found.absolute, found.percent, found.higher, found.verdict) == (None, None, None, Verdict.NOT_TESTABLE)


@pytest.mark.parametrize("other", [age(40, None), age(40, "census-4720")], ids=["own figure", "another group"])
def test_a_difference_of_a_wider_group_is_not_testable(other: Figure) -> None:
    found = difference(age(43.4, "census-2310"), other, Unit.YEARS)
    assert (found.absolute, found.percent, found.verdict) == (3.4, 8.5, Verdict.NOT_TESTABLE)


def test_figures_of_different_measures_have_no_difference() -> None:
    found = difference(age(40, None, "averageAge"), age(41.7, None), Unit.YEARS)
    assert (found.absolute, found.percent, found.higher) == (None, None, None)


def test_labels_of_one_wider_group_are_not_called_the_same() -> None:
    assert TextPair("Master's degree", "Master's degree", of_one_group=True).same is None


PAIR = ("Cashiers", "Barbers")
TEACHERS = WiderFigures("degrees and age", "Teachers", 3, "the two surveys")


def test_the_caveats_on_wider_groups() -> None:
    barbers = WiderFigures("age", "Personal appearance workers", 2, "the Current Population Survey")
    assert group_caveats(PAIR, [], []) == []
    assert group_caveats(PAIR, [TEACHERS], [TEACHERS, barbers]) == [
        'The figures on degrees and age are not compared: both sides are in one wider group, "Teachers".',
        (
            "Barbers: The figures on age are those of a wider group of 2 occupations in the Current Population Survey: "
            '"Personal appearance workers".'
        ),
    ]
    assert group_caveats(PAIR, [TEACHERS], []) == [
        (
            "Cashiers: The figures on degrees and age are those of a wider group of 3 occupations in the two surveys: "
            '"Teachers".'
        )
    ]
    alone = WiderFigures("degrees", "Chief executives and legislators", 1, "the American Community Survey")
    assert group_caveats(PAIR, [alone], []) == [
        (
            "Cashiers: The figures on degrees are those of a wider group in the American Community Survey: "
            '"Chief executives and legislators".'
        )
    ]


# Most common categories


@pytest.mark.parametrize(
    ("percents", "expected"),
    [
        pytest.param({"a": 60, "b": 40}, "a", id="whole"),
        pytest.param({"a": 50, "b": 50}, None, id="two"),
        pytest.param({"a": 71.6, "b": 10.09, "c": None}, "a", id="the rest is smaller"),
        pytest.param({"a": 1.85, "b": 0, "c": None, "d": None}, None, id="the rest is larger"),
        pytest.param({"a": 40, "b": 20, "c": None}, None, id="the rest may be as large"),
        pytest.param({"a": 65.4, "b": 34.6, "c": None}, "a", id="nothing is left"),
        pytest.param({"a": None}, None, id="nothing published"),
        pytest.param({}, None, id="nothing"),
        pytest.param({"a": 79}, "a", id="the only one that a source names"),
    ],
)
def test_the_most_common_category_is_certain(percents: Mapping[str, float | None], expected: str | None) -> None:
    assert most_common(percents) == expected


# Over HTTP, on all data. tests/seed/test_against_publishers.py compares with the publishers' files.

OCCUPATION = """query Occupation($code: String!) { occupation(by: {code: $code}) {
    education {
        mostCommonDegree degreesSum degreesPublishedFor { name occupations { code } source { name publisher } }
        requiredDegreesSum mostCommonRequiredDegree requiredDegreesSource { name } missing { figure reason }
    }
    demographics {
        medianAge publishedFor { name occupations { code } source { name publisher } } missing { figure reason }
    }
    weeklyEarnings { everyone men women publishedFor { name } missing { figure reason } }
    caveats
} }"""

ACS = {
    "name": "National Employment Matrix to American Community Survey crosswalk",
    "publisher": "U.S. Bureau of Labor Statistics",
}
CENSUS = {"name": "2018 Census Occupation Code List", "publisher": "U.S. Census Bureau"}
NONE: list[str] = []
ONLY_PAGES = ["mostCommonMajor", "mostCommonCollege"]


def not_collected(*figures: str) -> list[dict[str, str]]:
    return [{"figure": figure, "reason": "NOT_COLLECTED"} for figure in figures]


def group(name: str, source: dict[str, str], *codes: str) -> dict[str, Any]:
    return {"name": name, "occupations": [{"code": code} for code in codes], "source": source}


@pytest.mark.parametrize(
    ("code", "education", "demographics", "earnings"),
    [
        pytest.param(
            "41-2011",
            ("High school diploma or equivalent", group("Cashiers", ACS, "41-2011", "41-2012")),
            (26.1, group("Cashiers", CENSUS, "41-2011", "41-2012")),
            ([639, 694, 617], "Cashiers", NONE),
            id="cashiers",
        ),
        pytest.param(
            "25-2021",
            (
                "Master's degree",
                group("Elementary and middle school teachers", ACS, "25-2021", "25-2022", "25-2023"),
            ),
            (43.4, group("Elementary and middle school teachers", CENSUS, "25-2021", "25-2022", "25-2023")),
            ([1275, 1386, 1259], "Elementary and middle school teachers", NONE),
            id="teachers",
        ),
        pytest.param(
            "29-1171",
            ("Master's degree", group("Nurse practitioners, and nurse midwives", ACS, "29-1161", "29-1171")),
            (43.3, None),
            ([2373, None, 2339], None, ["men"]),
            id="nurse practitioners",
        ),
        pytest.param(
            "23-1011",
            (
                "Doctoral or professional degree",
                group(
                    "Lawyers, and judges, magistrates, and other judicial workers",
                    ACS,
                    *("23-1011", "23-1021", "23-1022", "23-1023"),
                ),
            ),
            (46.4, None),
            ([2622, 2890, 2321], None, NONE),
            id="lawyers",
        ),
        pytest.param(
            "15-1211", ("Bachelor's degree", None), (41.2, None), ([1843, 1947, 1658], None, NONE), id="analysts"
        ),
    ],
)
def test_the_groups_of_an_occupation(
    full_api: Api,
    code: str,
    education: tuple[str, dict[str, Any] | None],
    demographics: tuple[float, dict[str, Any] | None],
    earnings: tuple[list[int | None], str | None, list[str]],
) -> None:
    [found] = full_api.data(OCCUPATION, {"code": code}).values()
    assert (found["education"]["mostCommonDegree"], found["education"]["degreesPublishedFor"]) == education
    people, pay = found["demographics"], found["weeklyEarnings"]
    assert (people["medianAge"], people["publishedFor"]) == demographics
    assert people["missing"] == not_collected("averageAge", "lgbtPercent")
    figures, name, small = earnings
    assert [pay["everyone"], pay["men"], pay["women"]] == figures
    assert pay["publishedFor"] == (name and {"name": name})
    assert pay["missing"] == [{"figure": figure, "reason": "SMALL_SAMPLE"} for figure in small]


@pytest.mark.parametrize(
    ("code", "total", "levels"),
    [
        ("15-1211", 7.35, ["Associate's Degree (or other 2-year degree)", "Bachelor's Degree"]),
        ("43-4181", 12.65, ["High School Diploma", "Some College Courses"]),
        ("47-2141", 1.85, ["Less than a High School Diploma", "High School Diploma", "Post-Secondary Certificate"]),
    ],
)
def test_suppressed_levels_of_required_education(full_api: Api, code: str, total: float, levels: list[str]) -> None:
    [found] = full_api.data(OCCUPATION, {"code": code}).values()
    education = found["education"]
    assert education["requiredDegreesSum"] == total
    assert education["mostCommonRequiredDegree"] is None
    assert education["requiredDegreesSource"] == {"name": "O*NET education"}
    suppressed = [*(f"requiredDegrees.{level}" for level in levels), "mostCommonRequiredDegree"]
    assert education["missing"] == [
        *not_collected(*ONLY_PAGES),
        *({"figure": figure, "reason": "SUPPRESSED"} for figure in suppressed),
    ]
    caveat = (
        f"Required education: O*NET suppresses {len(levels)} of the 12 levels for low precision; the others add up to "
        f"{total:.1f}%."
    )
    assert caveat in found["caveats"]


def test_a_level_that_the_suppressed_ones_cannot_exceed_is_most_common(full_api: Api) -> None:
    # Lodging managers: 71.6% of 81.69%, and one suppressed level.
    [found] = full_api.data(OCCUPATION, {"code": "11-9081"}).values()
    assert found["education"]["requiredDegreesSum"] == 81.69
    assert found["education"]["mostCommonRequiredDegree"] == "Bachelor's Degree"


def test_an_occupation_of_which_the_survey_only_has_parts(full_api: Api) -> None:
    [found] = full_api.data(OCCUPATION, {"code": "31-1120"}).values()
    assert found["demographics"]["missing"] == not_collected("averageAge", "lgbtPercent", "medianAge", "gender", "race")
    assert found["weeklyEarnings"]["missing"] == not_collected("everyone", "men", "women")
    assert found["education"]["degreesPublishedFor"] is None
    assert found["education"]["missing"] == not_collected(*ONLY_PAGES, "requiredDegrees", "mostCommonRequiredDegree")


def test_a_sample_that_is_too_small(full_api: Api) -> None:
    [found] = full_api.data(OCCUPATION, {"code": "19-2021"}).values()
    people = {missing["figure"]: missing["reason"] for missing in found["demographics"]["missing"]}
    assert people == {"averageAge": "NOT_COLLECTED", "lgbtPercent": "NOT_COLLECTED"} | dict.fromkeys(
        ("medianAge", "gender", "race"), "SMALL_SAMPLE"
    )


COMPARISON = """query Comparison($left: String!, $right: String!) {
    comparison(left: {code: $left}, right: {code: $right}) {
        education {
            mostCommonDegree { left right same } degrees { name left right points verdict }
            missing { figure reason } sources { name }
        }
        demographics {
            age { left right absolute percent higher verdict missing { figure reason } explanation { formula note } }
            gender {
                shares { name left right points } dissimilarity leftSum rightSum
                missing { figure reason } sources { name }
            }
            race { shares { points } missing { figure reason } }
            sources { name }
        }
        caveats
    }
}"""
AGES = "Current Population Survey, Table 11b: median age of employed people"
SHARES = "Current Population Survey, Table 11: employed people by sex, race and Hispanic or Latino ethnicity"


def test_two_occupations_of_one_group(full_api: Api) -> None:
    [found] = full_api.data(COMPARISON, {"left": "25-2021", "right": "25-2022"}).values()
    education, people = found["education"], found["demographics"]
    assert education["mostCommonDegree"] == {"left": "Master's degree", "right": "Master's degree", "same": None}
    bachelors = {"name": "Bachelor's degree", "left": 43.4, "right": 43.4, "points": None, "verdict": "NOT_TESTABLE"}
    assert bachelors in education["degrees"]
    assert [missing["figure"] for missing in education["missing"] if missing["reason"] == "WIDER_GROUP_ONLY"] == [
        *("left degrees", "left mostCommonDegree", "right degrees", "right mostCommonDegree")
    ]
    assert people["age"] == {
        "left": 43.4,
        "right": 43.4,
        "absolute": None,
        "percent": None,
        "higher": None,
        "verdict": "NOT_TESTABLE",
        "missing": [{"figure": f"{side} medianAge", "reason": "WIDER_GROUP_ONLY"} for side in ("left", "right")],
        "explanation": {
            "formula": "",
            "note": (
                "Not compared: both figures are published for one wider group of occupations that both sides belong to."
            ),
        },
    }
    assert people["gender"] == {
        "shares": [
            {"name": "Female", "left": 79.7, "right": 79.7, "points": None},
            {"name": "Male", "left": 20.3, "right": 20.3, "points": None},
        ],
        "dissimilarity": None,
        "leftSum": 100,
        "rightSum": 100,
        "missing": [{"figure": f"{side} gender", "reason": "WIDER_GROUP_ONLY"} for side in ("left", "right")],
        "sources": [{"name": SHARES}],
    }
    assert {share["points"] for share in people["race"]["shares"]} == {None}
    assert people["sources"] == [{"name": AGES}, {"name": SHARES}]
    assert found["caveats"][0] == (
        "The annual wages of both sides come from the annual pay that employers report, not 2,080 hours at the hourly "
        "wage."
    )
    assert next(caveat for caveat in found["caveats"] if "wider group" in caveat) == (
        "The figures on degrees, age, gender, race and weekly earnings are not compared: both sides are in one wider "
        'group, "Elementary and middle school teachers".'
    )


def test_two_occupations_of_different_groups(full_api: Api) -> None:
    [found] = full_api.data(COMPARISON, {"left": "25-2021", "right": "41-2011"}).values()
    age = found["demographics"]["age"]
    assert (age["left"], age["right"], age["absolute"], age["verdict"]) == (43.4, 26.1, 17.3, "NOT_TESTABLE")
    assert age["explanation"]["note"] == (
        "Not tested: a test needs published standard errors on both sides that are not both 0. The left figure is "
        "published for a wider group of occupations. The right figure is published for a wider group of occupations."
    )
    assert found["demographics"]["gender"]["dissimilarity"] == 7.9
    assert [caveat for caveat in found["caveats"] if "wider group" in caveat] == [
        f"{title}: The figures on degrees, age, gender, race and weekly earnings are those of a wider group of {size} "
        f'occupations in the American Community Survey and the Current Population Survey: "{group}".'
        for title, group, size in (
            ("Elementary School Teachers, Except Special Education", "Elementary and middle school teachers", 3),
            ("Cashiers", "Cashiers", 2),
        )
    ]


def test_a_side_without_figures_gives_its_reason(full_api: Api) -> None:
    [found] = full_api.data(COMPARISON, {"left": "19-2021", "right": "31-1120"}).values()
    people = found["demographics"]
    assert (people["age"]["left"], people["age"]["right"], people["age"]["verdict"]) == (None, None, "NOT_TESTABLE")
    assert people["age"]["missing"] == [
        {"figure": "left medianAge", "reason": "SMALL_SAMPLE"},
        {"figure": "right medianAge", "reason": "NOT_COLLECTED"},
    ]
    assert people["gender"] == {
        "shares": [],
        "dissimilarity": None,
        "leftSum": None,
        "rightSum": None,
        "missing": [
            {"figure": "left gender", "reason": "SMALL_SAMPLE"},
            {"figure": "right gender", "reason": "NOT_COLLECTED"},
        ],
        "sources": [],
    }


COVERAGE = """query Coverage($after: String) { occupations(filter: {kind: DETAILED}, first: 100, after: $after) {
    nodes {
        education { degrees { name } degreesPublishedFor { name } }
        demographics { medianAge gender { name } race { name } publishedFor { name } }
        weeklyEarnings { everyone publishedFor { name } }
    }
    pageInfo { endCursor hasNextPage }
} }"""


def test_coverage_of_all_occupations(full_api: Api) -> None:
    """The numbers of occupations with their own figure, and with one of a wider group, as docs/data.md lists them."""
    own, wider = dict.fromkeys(FIGURES, 0), dict.fromkeys(FIGURES, 0)
    cursor: str | None = None
    while True:
        page = full_api.data(COVERAGE, {"after": cursor})["occupations"]
        for node in page["nodes"]:
            for name, (part, figure, group) in FIGURES.items():
                if node[part][figure]:
                    (own if node[part][group] is None else wider)[name] += 1
        if not page["pageInfo"]["hasNextPage"]:
            break
        cursor = page["pageInfo"]["endCursor"]
    assert own == {"degrees": 375, "age": 273, "gender": 263, "race": 263, "weekly earnings": 241}
    assert wider == {"degrees": 455, "age": 287, "gender": 305, "race": 305, "weekly earnings": 267}


FIGURES = {
    "degrees": ("education", "degrees", "degreesPublishedFor"),
    "age": ("demographics", "medianAge", "publishedFor"),
    "gender": ("demographics", "gender", "publishedFor"),
    "race": ("demographics", "race", "publishedFor"),
    "weekly earnings": ("weeklyEarnings", "everyone", "publishedFor"),
}


def test_an_age_and_shares_are_not_compared_and_have_no_source_caveat(full_api: Api) -> None:
    # The Current Population Survey has an age of the one and shares of the other, in two tables.
    query = """query ($left: String!, $right: String!) { comparison(left: {code: $left}, right: {code: $right}) {
        demographics { age { left right } gender { leftSum rightSum } } caveats
    } }"""
    [found] = full_api.data(query, {"left": "29-2031", "right": "49-3051"}).values()
    people = found["demographics"]
    assert (people["age"]["left"] is None, people["age"]["right"], people["gender"]) == (
        False,
        None,
        {"leftSum": None, "rightSum": 100},
    )
    assert not [caveat for caveat in found["caveats"] if "demographic figures" in caveat]
