"""All figures of the published page on its two roles, as the API serves them."""

from typing import Any

import pytest

from tests.conftest import Api

SOURCE = "Published comparison page: media producer vs media production specialist"

ROLE = """query Role($slug: String!) {
    occupation(by: {slug: $slug}) {
        slug code title kind
        broader { slug }
        group { code title level }
        salary {
            area { code name kind } industry { code title }
            annual { mean median p10 p25 p75 p90 range { low high basis } }
            hourly { mean median range { low } }
            employment source { name }
        }
        highestPaying { city { name salary } state { name } industry { name } company { name source { name } } }
        jobs { count basis source { name } }
        outlook { growthPercent fromYear toYear openingsPerYear source { name } }
        education {
            mostCommonDegree degrees { name percent } mostCommonMajor majors { nodes { title } } mostCommonCollege
            typicalEntry
        }
        demographics {
            averageAge medianAge gender { name percent } race { name percent } raceIsExclusive lgbtPercent
        }
        timeToBecome { minimumMonths maximumMonths source { name } }
        yearsOfExperience yearsOfExperienceSource { name }
        jobSatisfaction jobSatisfactionSource { name }
        jobZone jobZoneSource { name }
        responsibilities { totalCount nodes { core source { name } } }
        skills { totalCount nodes { rank percent importance level skill { slug name kind } } }
        alternateTitles { totalCount nodes { title } }
        related { totalCount nodes { rank } }
        source { name }
    }
}"""

COMMON: dict[str, Any] = {
    "code": None,
    "kind": "ROLE",
    "broader": None,
    "group": {
        "code": "27-0000",
        "title": "Arts, Design, Entertainment, Sports, and Media Occupations",
        "level": "MAJOR",
    },
    "outlook": {
        "growthPercent": 8,
        "fromYear": None,
        "toYear": None,
        "openingsPerYear": None,
        "source": {"name": SOURCE},
    },
    "yearsOfExperienceSource": {"name": SOURCE},
    "jobSatisfaction": None,
    "jobSatisfactionSource": None,
    "jobZone": None,
    "jobZoneSource": None,
    "alternateTitles": {"totalCount": 0, "nodes": []},
    "related": {"totalCount": 0, "nodes": []},
    "source": {"name": SOURCE},
}


def salary(mean: int, hourly: float, low: int, high: int) -> dict[str, object]:
    return {
        "area": {"code": "US", "name": "United States", "kind": "NATION"},
        "industry": {"code": "000000", "title": "All industries"},
        "annual": {
            "mean": mean,
            "median": None,
            "p10": None,
            "p25": None,
            "p75": None,
            "p90": None,
            "range": {"low": low, "high": high, "basis": "AS_PUBLISHED"},
        },
        "hourly": {"mean": hourly, "median": None, "range": None},
        "employment": None,
        "source": {"name": SOURCE},
    }


def highest_paying(city: str, state: str, company: str) -> dict[str, object]:
    return {
        "city": {"name": city, "salary": None},
        "state": {"name": state},
        "industry": {"name": "Technology"},
        "company": {"name": company, "source": {"name": SOURCE}},
    }


def education(bachelors: int, college: str) -> dict[str, object]:
    return {
        "mostCommonDegree": "Bachelor's Degree",
        "degrees": [{"name": "Bachelor's Degree", "percent": bachelors}],
        "mostCommonMajor": "Communication",
        "majors": {"nodes": []},
        "mostCommonCollege": college,
        "typicalEntry": None,
    }


def demographics(age: int, male: float, female: float, race: list[float], lgbt: int) -> dict[str, object]:
    names = (
        "Black or African American",
        "Unknown",
        "Hispanic or Latino",
        "Asian",
        "White",
        "American Indian and Alaska Native",
    )
    return {
        "averageAge": age,
        "medianAge": None,
        "gender": [{"name": "Male", "percent": male}, {"name": "Female", "percent": female}],
        "race": [{"name": name, "percent": percent} for name, percent in zip(names, race, strict=True)],
        "raceIsExclusive": True,
        "lgbtPercent": lgbt,
    }


def listed(*skills: tuple[str, str, int]) -> dict[str, object]:
    return {
        "totalCount": 6,
        "nodes": [
            {
                "rank": rank,
                "percent": percent,
                "importance": None,
                "level": None,
                "skill": {"slug": slug, "name": name, "kind": "LISTED"},
            }
            for rank, (slug, name, percent) in enumerate(skills, start=1)
        ],
    }


def responsibilities(count: int) -> dict[str, object]:
    return {"totalCount": count, "nodes": [{"core": None, "source": {"name": SOURCE}}] * count}


ROLES = {
    "media-producer": {
        "slug": "media-producer",
        "title": "Media Producer",
        "salary": salary(57433, 27.61, 41000, 79000),
        "highestPaying": highest_paying("Farmington, CT", "Connecticut", "Altice USA"),
        "jobs": {"count": 17827, "basis": "OPEN_POSTINGS", "source": {"name": SOURCE}},
        "education": education(79, "Harvard University"),
        "demographics": demographics(40, 67.1, 32.9, [7.9, 5.6, 14.5, 6.4, 65.5, 0.2], 14),
        "timeToBecome": {"minimumMonths": 6, "maximumMonths": 12, "source": {"name": SOURCE}},
        "yearsOfExperience": 12,
        "responsibilities": responsibilities(6),
        "skills": listed(
            ("instagram", "Instagram", 11),
            ("training-videos", "Training Videos", 9),
            ("twitter", "Twitter", 8),
            ("video-production", "Video Production", 6),
            ("video-content", "Video Content", 5),
            ("youtube", "YouTube", 5),
        ),
    },
    "media-production-specialist": {
        "slug": "media-production-specialist",
        "title": "Media Production Specialist",
        "salary": salary(53243, 25.60, 38000, 73000),
        "highestPaying": highest_paying("Washington, DC", "New Jersey", "Keysight Technologies"),
        "jobs": {"count": 87800, "basis": "OPEN_POSTINGS", "source": {"name": SOURCE}},
        "education": education(73, "Stanford University"),
        "demographics": demographics(42, 70.1, 29.9, [10.0, 5.1, 11.9, 5.3, 67.1, 0.6], 12),
        "timeToBecome": {"minimumMonths": 24, "maximumMonths": 48, "source": {"name": SOURCE}},
        "yearsOfExperience": 4,
        "responsibilities": responsibilities(4),
        "skills": listed(
            ("training-videos", "Training Videos", 12),
            ("video-production", "Video Production", 11),
            ("graphic-design", "Graphic Design", 11),
            ("photography", "Photography", 8),
            ("motion-graphics", "Motion Graphics", 7),
            ("adobe-premiere", "Adobe Premiere", 5),
        ),
    },
}


@pytest.mark.parametrize("slug", ROLES)
def test_each_figure_of_a_role(api: Api, slug: str) -> None:
    assert api.data(ROLE, {"slug": slug}) == {"occupation": COMMON | ROLES[slug]}


def test_descriptions_and_responsibilities_are_complete(api: Api) -> None:
    nodes = api.data("{ occupations { nodes { description responsibilities { nodes { text } } } } }")["occupations"][
        "nodes"
    ]
    texts = [[entry["text"] for entry in node["responsibilities"]["nodes"]] for node in nodes]
    assert [len(entries) for entries in texts] == [6, 4]
    assert all(text.endswith(".") and len(text) > 40 for entries in texts for text in entries)
    assert all(len(node["description"]) > 200 for node in nodes)


def test_missing_figures_say_why(api: Api) -> None:
    salary = api.data('{ occupation(by: {slug: "media-producer"}) { salary { missing { figure reason atLeast } } } }')[
        "occupation"
    ]["salary"]
    figures = [
        *(f"annual.{statistic}" for statistic in ("median", "p10", "p25", "p75", "p90")),
        *(f"hourly.{statistic}" for statistic in ("median", "p10", "p25", "p75", "p90")),
        "employment",
        "employmentStandardErrorPercent",
        "wageStandardErrorPercent",
    ]
    # Jobs per thousand and the location quotient compare an area with the nation, for which they are not defined.
    assert salary["missing"] == [{"figure": figure, "reason": "NOT_COLLECTED", "atLeast": None} for figure in figures]


def test_caveats(api: Api) -> None:
    nodes = api.data("{ occupations { nodes { caveats } } }")["occupations"]["nodes"]
    postings = "The number of jobs counts open postings, not filled jobs."
    period = "The source doesn't state the period of the growth rate."
    short_list = "Skills are a published short list of the most common ones; unlisted skills may be as common."
    assert [node["caveats"] for node in nodes] == [
        [
            postings,
            period,
            (
                "The source gives 12 years of experience and 6 to 12 months to become one, and doesn't explain how "
                "they relate."
            ),
            "Shares by race and ethnicity are shown as published and add up to 100.1%.",
            short_list,
        ],
        [
            postings,
            period,
            (
                "The source gives 4 years of experience and 2 to 4 years to become one, and doesn't explain how they "
                "relate."
            ),
            short_list,
        ],
    ]


def test_an_occupation_is_found_by_each_key_and_null_if_unknown(api: Api) -> None:
    [node] = api.data('{ occupations(filter: {text: "producer"}) { nodes { id } } }')["occupations"]["nodes"]
    data = api.data(
        """query ($id: ID!) {
            byId: occupation(by: {id: $id}) { title }
            bySlug: occupation(by: {slug: "media-producer"}) { title }
            unknownSlug: occupation(by: {slug: "astronaut"}) { title }
            unknownCode: occupation(by: {code: "99-9999"}) { title }
            empty: occupation(by: {slug: ""}) { title }
        }""",
        {"id": node["id"]},
    )
    found = {"title": "Media Producer"}
    assert data == {"byId": found, "bySlug": found, "unknownSlug": None, "unknownCode": None, "empty": None}
