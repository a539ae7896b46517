"""Levels of education, experience and training: each label of a publisher with its enum value."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Api

EDUCATION = """query ($after: String) { occupations(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { education {
        typicalEntry typicalEntryLevel relatedExperience relatedExperienceLevel onTheJobTraining onTheJobTrainingLevel
        mostCommonDegree mostCommonDegreeLevel mostCommonRequiredDegree mostCommonRequiredDegreeLevel
        degrees { name level } requiredDegrees { name level }
    } }
} }"""

OF_WORKERS = {
    "Less than high school diploma": "NO_CREDENTIAL",
    "High school diploma or equivalent": "HIGH_SCHOOL",
    "Some college, no degree": "SOME_COLLEGE",
    "Associate's degree": "ASSOCIATES",
    "Bachelor's degree": "BACHELORS",
    # The published comparison page.
    "Bachelor's Degree": "BACHELORS",
    "Master's degree": "MASTERS",
    "Doctoral or professional degree": "DOCTORAL_OR_PROFESSIONAL",
}
REQUIRED = {
    "Less than a High School Diploma": "LESS_THAN_HIGH_SCHOOL",
    "High School Diploma": "HIGH_SCHOOL",
    "Post-Secondary Certificate": "POSTSECONDARY_CERTIFICATE",
    "Some College Courses": "SOME_COLLEGE",
    "Associate's Degree (or other 2-year degree)": "ASSOCIATES",
    "Bachelor's Degree": "BACHELORS",
    "Post-Baccalaureate Certificate": "POST_BACCALAUREATE_CERTIFICATE",
    "Master's Degree": "MASTERS",
    "Post-Master's Certificate": "POST_MASTERS_CERTIFICATE",
    "First Professional Degree": "FIRST_PROFESSIONAL",
    "Doctoral Degree": "DOCTORAL",
    "Post-Doctoral Training": "POST_DOCTORAL",
}
ENTRY = {
    "No formal educational credential": "NO_CREDENTIAL",
    "High school diploma or equivalent": "HIGH_SCHOOL",
    "Some college, no degree": "SOME_COLLEGE",
    "Postsecondary nondegree award": "POSTSECONDARY_AWARD",
    "Associate's degree": "ASSOCIATES",
    "Bachelor's degree": "BACHELORS",
    "Master's degree": "MASTERS",
    "Doctoral or professional degree": "DOCTORAL_OR_PROFESSIONAL",
}
EXPERIENCE = {
    "None": "NONE",
    "Less than 5 years": "LESS_THAN_5_YEARS",
    "5 years or more": "FIVE_YEARS_OR_MORE",
}
TRAINING = {
    "None": "NONE",
    "Short-term on-the-job training": "SHORT_TERM",
    "Moderate-term on-the-job training": "MODERATE_TERM",
    "Long-term on-the-job training": "LONG_TERM",
    "Internship/residency": "INTERNSHIP_RESIDENCY",
    "Apprenticeship": "APPRENTICESHIP",
}


@pytest.fixture(scope="module")
def educations(full_api: Api) -> list[dict[str, Any]]:
    """The education of every occupation."""
    return [*_educations(full_api)]


def _educations(api: Api) -> Iterator[dict[str, Any]]:
    after, more = None, True
    while more:
        page = api.data(EDUCATION, {"after": after})["occupations"]
        yield from (node["education"] for node in page["nodes"])
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]


@pytest.mark.parametrize(
    ("label", "level", "expected"),
    [
        ("typicalEntry", "typicalEntryLevel", ENTRY),
        ("relatedExperience", "relatedExperienceLevel", EXPERIENCE),
        ("onTheJobTraining", "onTheJobTrainingLevel", TRAINING),
        # No occupation has the other degrees most often.
        ("mostCommonDegree", "mostCommonDegreeLevel", OF_WORKERS),
        ("mostCommonRequiredDegree", "mostCommonRequiredDegreeLevel", REQUIRED),
    ],
)
def test_each_label_has_its_level(
    educations: list[dict[str, Any]], label: str, level: str, expected: dict[str, str]
) -> None:
    assert len(educations) == 832
    levels = defaultdict[str | None, set[str | None]](set)
    for education in educations:
        levels[education[label]].add(education[level])
    assert levels.pop(None, {None}) == {None}
    assert levels == {name: {expected[name or ""]} for name in levels}
    assert len(levels) >= 3


@pytest.mark.parametrize(("field", "expected"), [("degrees", OF_WORKERS), ("requiredDegrees", REQUIRED)])
def test_each_category_has_its_level(educations: list[dict[str, Any]], field: str, expected: dict[str, str]) -> None:
    assert {(share["name"], share["level"]) for one in educations for share in one[field]} == {*expected.items()}


def test_the_filter_finds_the_occupations_of_each_level(full_api: Api, educations: list[dict[str, Any]]) -> None:
    counted = Counter(education["typicalEntryLevel"] for education in educations)
    assert counted.pop(None) == 2
    found = {
        level: full_api.data(f"{{ occupations(filter: {{entryEducation: {level}}}) {{ totalCount }} }}")["occupations"]
        for level in counted
    }
    assert found == {level: {"totalCount": count} for level, count in counted.items()}
    assert counted["BACHELORS"] == 177


def test_a_label_in_the_filter_is_refused_with_the_valid_levels(full_api: Api) -> None:
    query = "query ($level: EducationLevel!) { occupations(filter: {entryEducation: $level}) { totalCount } }"
    error = full_api.error(query, {"level": "MASTER"})
    assert (
        "Value 'MASTER' does not exist in 'EducationLevel' enum. Did you mean the enum value 'MASTERS'"
        in (error["message"])
    )
