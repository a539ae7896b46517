"""The published page's comparison, figure by figure, over HTTP."""

from typing import Any

import pytest

from tests.conftest import Api

PAIR = '(left: {slug: "media-producer"}, right: {slug: "media-production-specialist"})'


def compare(api: Api, selection: str) -> dict[str, Any]:
    comparison: dict[str, Any] = api.data(f"{{ comparison{PAIR} {{ {selection} }} }}")["comparison"]
    return comparison


def test_the_query_that_the_playground_opens_with(api: Api) -> None:
    selection = """
        salary {
            annualMean { left right absolute percent higher verdict }
            hourlyMean { absolute }
            rangeOverlap { low high percent }
        }
        demographics { gender { dissimilarity } race { dissimilarity leftSum rightSum } age { absolute } }
        skills { jaccard weightedJaccard truncated shared { skill { name } left right points } }
    """
    assert compare(api, selection) == {
        "salary": {
            "annualMean": {
                "left": 57433,
                "right": 53243,
                "absolute": 4190,
                "percent": 7.8696,
                "higher": "LEFT",
                "verdict": "NOT_TESTABLE",
            },
            "hourlyMean": {"absolute": 2.01},
            # 32,000 of the 41,000 dollars from 38,000 to 79,000.
            "rangeOverlap": {"low": 41000, "high": 73000, "percent": 78.0488},
        },
        "demographics": {
            "gender": {"dissimilarity": 3.0},
            "race": {"dissimilarity": 4.15, "leftSum": 100.1, "rightSum": 100.0},
            "age": {"absolute": -2},
        },
        "skills": {
            "jaccard": 0.2,
            "weightedJaccard": 0.1807,
            "truncated": True,
            "shared": [
                {"skill": {"name": "Training Videos"}, "left": 9, "right": 12, "points": -3},
                {"skill": {"name": "Video Production"}, "left": 6, "right": 11, "points": -5},
            ],
        },
    }


def test_the_summary(api: Api) -> None:
    assert compare(api, "summary")["summary"] == [
        (
            "In the United States, the published mean annual wage is higher for Media Producer than for Media "
            "Production Specialist: $57,433 compared with $53,243, a difference of $4,190."
        ),
        (
            "The published number of open job postings is higher for Media Production Specialist than for Media "
            "Producer: 87,800 compared with 17,827, a difference of 69,973."
        ),
        "The projected change in employment over an unspecified period is 8% for both.",
        (
            "Differences in the mean wage and the number of open job postings can't be tested for statistical "
            "significance with the published figures."
        ),
        "Time to become one: 6 to 12 months for Media Producer; 2 to 4 years for Media Production Specialist.",
        (
            "Top skills of Media Producer: Instagram, Training Videos, Twitter; "
            "of Media Production Specialist: Training Videos, then Video Production, Graphic Design (tied)."
        ),
        "Of 10 skills in the two published lists, 2 are in both.",
    ]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("jobs", (17827, 87800, -69973, -79.6959, "RIGHT", "OPEN_POSTINGS")),
        ("growth", (8, 8, 0, None, "EQUAL", "PERCENTAGE_POINTS")),
        ("yearsOfExperience", (12, 4, 8, 200, "LEFT", "YEARS")),
        ("timeToBecome", (9, 36, -27, -75, "RIGHT", "MONTHS")),
    ],
)
def test_differences(api: Api, field: str, expected: tuple[Any, ...]) -> None:
    names = ("left", "right", "absolute", "percent", "higher", "unit")
    found = compare(api, f"{field} {{ {' '.join(names)} verdict zScore confidence {{ low }} missing {{ figure }} }}")
    untested: dict[str, Any] = {"verdict": "NOT_TESTABLE", "zScore": None, "confidence": None, "missing": []}
    assert found[field] == dict(zip(names, expected, strict=True)) | untested


def test_figures_missing_on_both_sides_are_named(api: Api) -> None:
    median = compare(api, "salary { annualMedian { left right absolute percent higher missing { figure reason } } }")
    assert median["salary"]["annualMedian"] == {
        "left": None,
        "right": None,
        "absolute": None,
        "percent": None,
        "higher": None,
        "missing": [
            {"figure": "left annual.median", "reason": "NOT_COLLECTED"},
            {"figure": "right annual.median", "reason": "NOT_COLLECTED"},
        ],
    }


def test_each_difference_explains_itself(api: Api) -> None:
    found = compare(api, "growth { explanation { formula inputs { name value } rounding note sources { name } } }")
    assert found["growth"]["explanation"] == {
        "formula": "absolute = left - right",
        "inputs": [{"name": "left growthPercent", "value": 8}, {"name": "right growthPercent", "value": 8}],
        "rounding": "Computed unrounded; each result is rounded once, to 4 decimals.",
        "note": "Not tested: a test needs published standard errors on both sides that are not both 0.",
        "sources": [{"name": "Published comparison page: media producer vs media production specialist"}],
    }


def test_times_explain_their_midpoints(api: Api) -> None:
    found = compare(api, "timeToBecome { explanation { formula inputs { name value } } }")
    assert found["timeToBecome"]["explanation"] == {
        "formula": (
            "midpoint = (minimumMonths + maximumMonths) / 2; absolute = left - right; "
            "percent = 100 * (left - right) / right"
        ),
        "inputs": [
            {"name": "left timeToBecome.minimumMonths", "value": 6},
            {"name": "left timeToBecome.maximumMonths", "value": 12},
            {"name": "left timeToBecome midpoint", "value": 9},
            {"name": "right timeToBecome.minimumMonths", "value": 24},
            {"name": "right timeToBecome.maximumMonths", "value": 48},
            {"name": "right timeToBecome midpoint", "value": 36},
        ],
    }


def test_highest_paying_side_by_side(api: Api) -> None:
    pair = "{ left { name } right { name } same }"
    found = compare(api, f"salary {{ highestPaying {{ city {pair} state {pair} industry {pair} company {pair} }} }}")
    assert found["salary"]["highestPaying"] == {
        "city": {"left": {"name": "Farmington, CT"}, "right": {"name": "Washington, DC"}, "same": False},
        "state": {"left": {"name": "Connecticut"}, "right": {"name": "New Jersey"}, "same": False},
        "industry": {"left": {"name": "Technology"}, "right": {"name": "Technology"}, "same": True},
        "company": {"left": {"name": "Altice USA"}, "right": {"name": "Keysight Technologies"}, "same": False},
    }


def test_education(api: Api) -> None:
    found = compare(
        api,
        """education {
            degrees { name left right points verdict }
            mostCommonDegree { left right same }
            mostCommonMajor { left right same }
            mostCommonCollege { left right same }
        }""",
    )
    assert found["education"] == {
        "degrees": [{"name": "Bachelor's Degree", "left": 79, "right": 73, "points": 6, "verdict": "NOT_TESTABLE"}],
        "mostCommonDegree": {"left": "Bachelor's Degree", "right": "Bachelor's Degree", "same": True},
        "mostCommonMajor": {"left": "Communication", "right": "Communication", "same": True},
        "mostCommonCollege": {"left": "Harvard University", "right": "Stanford University", "same": False},
    }


def test_demographics(api: Api) -> None:
    found = compare(
        api,
        """demographics {
            age { left right absolute unit }
            gender { leftSum rightSum shares { name left right points } }
            race { shares { name points } }
            lgbt { left right absolute percent unit }
        }""",
    )
    assert found["demographics"] == {
        "age": {"left": 40, "right": 42, "absolute": -2, "unit": "YEARS"},
        "gender": {
            "leftSum": 100,
            "rightSum": 100,
            "shares": [
                {"name": "Male", "left": 67.1, "right": 70.1, "points": -3},
                {"name": "Female", "left": 32.9, "right": 29.9, "points": 3},
            ],
        },
        "race": {
            "shares": [
                {"name": "Black or African American", "points": -2.1},
                {"name": "Unknown", "points": 0.5},
                {"name": "Hispanic or Latino", "points": 2.6},
                {"name": "Asian", "points": 1.1},
                {"name": "White", "points": -1.6},
                {"name": "American Indian and Alaska Native", "points": -0.4},
            ]
        },
        "lgbt": {"left": 14, "right": 12, "absolute": 2, "percent": None, "unit": "PERCENTAGE_POINTS"},
    }


def test_skills_of_one_side_only(api: Api) -> None:
    found = compare(api, "skills { onlyLeft { skill { slug } left right points } onlyRight { skill { slug } right } }")
    assert found["skills"] == {
        "onlyLeft": [
            {"skill": {"slug": "instagram"}, "left": 11, "right": None, "points": None},
            {"skill": {"slug": "twitter"}, "left": 8, "right": None, "points": None},
            {"skill": {"slug": "video-content"}, "left": 5, "right": None, "points": None},
            {"skill": {"slug": "youtube"}, "left": 5, "right": None, "points": None},
        ],
        "onlyRight": [
            {"skill": {"slug": "graphic-design"}, "right": 11},
            {"skill": {"slug": "photography"}, "right": 8},
            {"skill": {"slug": "motion-graphics"}, "right": 7},
            {"skill": {"slug": "adobe-premiere"}, "right": 5},
        ],
    }


def test_sides_can_be_swapped(api: Api) -> None:
    swapped = api.data(
        """{ comparison(left: {slug: "media-production-specialist"}, right: {slug: "media-producer"}) {
            salary { annualMean { absolute percent higher } }
            demographics { race { dissimilarity leftSum rightSum } }
            skills { jaccard weightedJaccard }
        } }"""
    )["comparison"]
    assert swapped == {
        "salary": {"annualMean": {"absolute": -4190, "percent": -7.2955, "higher": "RIGHT"}},
        "demographics": {"race": {"dissimilarity": 4.15, "leftSum": 100.0, "rightSum": 100.1}},
        "skills": {"jaccard": 0.2, "weightedJaccard": 0.1807},
    }


def test_an_occupation_compares_with_itself(api: Api) -> None:
    same = api.data(
        """{ comparison(left: {slug: "media-producer"}, right: {slug: "media-producer"}) {
            summary
            salary { annualMean { absolute higher } }
            demographics { gender { dissimilarity } }
            skills { jaccard weightedJaccard onlyLeft { left } }
        } }"""
    )["comparison"]
    assert same["summary"] == ["Both sides are Media Producer, so there is nothing to compare."]
    assert {name: same[name] for name in ("salary", "demographics", "skills")} == {
        "salary": {"annualMean": {"absolute": 0, "higher": "EQUAL"}},
        "demographics": {"gender": {"dissimilarity": 0}},
        "skills": {"jaccard": 1, "weightedJaccard": 1, "onlyLeft": []},
    }
