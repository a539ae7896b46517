"""What both sides of a comparison typically need for entry, and the sources of a whole comparison."""

import json
import re
from itertools import product
from typing import Any

import pytest
from graphql import FieldNode, OperationDefinitionNode, parse
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.utils.str_converters import to_camel_case

from db.models import Education, Occupation
from db.vocabulary import EducationLevel, Experience, OccupationKind, Training
from resolvers.comparisons import entry, sentences
from resolvers.comparisons.arithmetic import HigherSide, higher
from schema.definition import build
from tests.conftest import COLD, Api, serving


def needs(
    education: EducationLevel | None = None, experience: Experience | None = None, training: Training | None = None
) -> Education:
    labels = [level and level.value for level in (education, experience, training)]
    return Education(
        occupation_id=1,
        typical_entry=labels[0],
        related_experience=labels[1],
        on_the_job_training=labels[2],
        source_id="ep",
    )


# Which side needs more

LONGER = {
    Training.NONE: "     ",
    Training.SHORT_TERM: "N",
    Training.MODERATE_TERM: "NS",
    Training.LONG_TERM: "NSM",
    Training.APPRENTICESHIP: "NSM",
    Training.INTERNSHIP_RESIDENCY: "N",
}
"""The types that each type takes longer than, by their first letters."""


@pytest.mark.parametrize(("left", "right"), [*product(Training, Training)])
def test_training_is_ordered_by_its_length_as_far_as_that_is_known(left: Training, right: Training) -> None:
    found = entry.compared(needs(training=left), needs(training=right))
    expected = HigherSide.EQUAL if left is right else None
    if right.name[0] in LONGER[left]:
        expected = HigherSide.LEFT
    elif left.name[0] in LONGER[right]:
        expected = HigherSide.RIGHT
    assert (found.training.needs_more, found.training.left_level) == (expected, left)
    assert len(entry.caveats_of(found)) == (expected is None)


@pytest.mark.parametrize(("left", "right"), [*product(EducationLevel, EducationLevel)])
def test_education_is_ordered(left: EducationLevel, right: EducationLevel) -> None:
    found = entry.compared(needs(left), needs(right)).education
    assert (found.left_level, found.right_level) == (left, right)
    assert found.needs_more is higher([*EducationLevel].index(left) - [*EducationLevel].index(right))


@pytest.mark.parametrize(("left", "right"), [*product(Experience, Experience)])
def test_experience_is_ordered(left: Experience, right: Experience) -> None:
    found = entry.compared(needs(experience=left), needs(experience=right)).experience
    assert found.needs_more is higher([*Experience].index(left) - [*Experience].index(right))


# The sentence


def titled(title: str) -> Occupation:
    return Occupation(slug=title, title=title, kind=OccupationKind.DETAILED, group_code="27-0000", source_id="oews")


TEACHERS, ROOFERS = titled("Teachers, Postsecondary"), titled("Roofers")


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        pytest.param(
            needs(EducationLevel.NO_CREDENTIAL, Experience.NONE, Training.NONE),
            needs(EducationLevel.NO_CREDENTIAL, Experience.NONE, Training.NONE),
            "no formal educational credential for either; no work experience in a related occupation for either; no "
            "on-the-job training for either",
            id="nothing is needed",
        ),
        pytest.param(
            needs(EducationLevel.ASSOCIATES, Experience.LESS_THAN_5_YEARS, Training.INTERNSHIP_RESIDENCY),
            needs(EducationLevel.SOME_COLLEGE, Experience.FIVE_YEARS_OR_MORE, Training.SHORT_TERM),
            "an associate's degree for Teachers, Postsecondary, and some college, no degree for Roofers; less than 5 "
            "years of work experience in a related occupation for Teachers, Postsecondary, and 5 years or more for "
            "Roofers; an internship or residency for Teachers, Postsecondary, and short-term training for Roofers",
            id="all differ",
        ),
        pytest.param(
            needs(EducationLevel.HIGH_SCHOOL, None, Training.LONG_TERM),
            needs(EducationLevel.HIGH_SCHOOL, None, None),
            "a high school diploma or equivalent for both; long-term on-the-job training for Teachers, Postsecondary",
            id="some are missing",
        ),
    ],
)
def test_the_sentence_on_requirements(left: Education, right: Education, said: str) -> None:
    found = sentences.entry_sentence(TEACHERS, ROOFERS, entry.compared(left, right))
    assert found == f"Typical requirements by the Employment Projections: {said}."


@pytest.mark.parametrize("other", [None, needs()], ids=["no row", "no label"])
def test_there_is_no_sentence_on_one_side_alone(other: Education | None) -> None:
    one = needs(EducationLevel.MASTERS)
    assert sentences.entry_sentence(TEACHERS, ROOFERS, entry.compared(one, other)) is None
    assert sentences.entry_sentence(TEACHERS, ROOFERS, entry.compared(other, one)) is None


# Over HTTP, on all data

ENTRY = """entry {
    education { left leftLevel right rightLevel needsMore }
    experience { left leftLevel right rightLevel needsMore }
    training { left leftLevel right rightLevel needsMore }
    note missing { figure reason } sources { name }
}"""


def compare(api: Api, left: str, right: str, selection: str) -> dict[str, Any]:
    query = (
        f"query ($l: String!, $r: String!) {{ comparison(left: {{slug: $l}}, right: {{slug: $r}}) {{ {selection} }} }}"
    )
    found: dict[str, Any] = api.data(query, {"l": left, "r": right})["comparison"]
    return found


def test_requirements_of_an_electrician_and_a_physician(full_api: Api) -> None:
    found = compare(full_api, "electricians", "family-medicine-physicians", f"{ENTRY} caveats openings {{ absolute }}")
    caveat = (
        "Which side's on-the-job training takes longer is not known: no length is published for internships and "
        "residencies."
    )
    assert caveat in found["caveats"]
    assert found["openings"] == {"absolute": 77_700}
    assert found["entry"] == {
        "education": {
            "left": "High school diploma or equivalent",
            "leftLevel": "HIGH_SCHOOL",
            "right": "Doctoral or professional degree",
            "rightLevel": "DOCTORAL_OR_PROFESSIONAL",
            "needsMore": "RIGHT",
        },
        "experience": {
            "left": "None",
            "leftLevel": "NONE",
            "right": "None",
            "rightLevel": "NONE",
            "needsMore": "EQUAL",
        },
        "training": {
            "left": "Apprenticeship",
            "leftLevel": "APPRENTICESHIP",
            "right": "Internship/residency",
            "rightLevel": "INTERNSHIP_RESIDENCY",
            "needsMore": None,
        },
        "note": f"{entry.NOTE} {caveat}",
        "missing": [],
        "sources": [
            {
                "name": "Employment Projections: education and training; attainment from the American Community Survey "
                "2022-23, workers 25 and older"
            }
        ],
    }


def test_a_role_has_no_requirements(full_api: Api) -> None:
    found = compare(full_api, "media-producer", "electricians", f"{ENTRY} openings {{ left right absolute higher }}")
    assert found["openings"] == {"left": None, "right": 81_000, "absolute": None, "higher": None}
    assert found["entry"]["training"] == {
        "left": None,
        "leftLevel": None,
        "right": "Apprenticeship",
        "rightLevel": "APPRENTICESHIP",
        "needsMore": None,
    }
    assert found["entry"]["note"] == entry.NOTE
    assert found["entry"]["missing"] == [
        {"figure": f"left {name}", "reason": "NOT_COLLECTED"}
        for name in ("typicalEntry", "relatedExperience", "onTheJobTraining")
    ]
    both = compare(full_api, "media-producer", "media-production-specialist", f"{ENTRY} openings {{ absolute }}")
    assert (both["openings"], both["entry"]["sources"], len(both["entry"]["missing"])) == (None, [], 6)


# Sources of a comparison

PARTS = """
    sources { id }
    left { ...Prices } right { ...Prices }
    salary {
        annualMean { explanation { sources { id } } } annualMedian { explanation { sources { id } } }
        highestPaying {
            city { ...Pay } state { ...Pay } industry { ...Pay } company { ...Pay }
        }
    }
    jobs { explanation { sources { id } } } growth { explanation { sources { id } } }
    openings { explanation { sources { id } } } yearsOfExperience { explanation { sources { id } } }
    timeToBecome { explanation { sources { id } } } jobZone { sources { id } } entry { sources { id } }
    education { sources { id } }
    demographics {
        sources { id } age { explanation { sources { id } } } gender { sources { id } } race { sources { id } }
    }
    responsibilities {
        shared { left { source { id } } right { source { id } } } onlyLeft { left { source { id } } }
        onlyRight { right { source { id } } }
    }
    skills {
        sources { id } technologies { sources { id } }
    }
    interests { sources { id } } places { sources { id } } decomposition { sources { id } }
    wageHistory { mean { explanation { sources { id } } } }
"""
ELSEWHERE = {"id", "leftTitle", "rightTitle", "area", "summary", "choices", "keyFigures", "caveats"}
"""Fields of a comparison that are no parts with sources."""


def test_each_part_of_a_comparison_is_known_here() -> None:
    [document] = parse(f"{{ comparison {{ {PARTS} }} }}").definitions
    assert isinstance(document, OperationDefinitionNode)
    [comparison] = document.selection_set.selections
    assert isinstance(comparison, FieldNode)
    assert comparison.selection_set is not None
    selected = {field.name.value for field in comparison.selection_set.selections if isinstance(field, FieldNode)}
    type_ = build().get_type_by_name("Comparison")
    assert isinstance(type_, StrawberryObjectDefinition)
    assert selected | ELSEWHERE == {to_camel_case(field.python_name) for field in type_.fields}


def ids_in(answer: object) -> set[str]:
    """Return the ids of all sources in an answer."""
    return {*re.findall(r'"id": ?"([^"]+)"', json.dumps(answer))}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("producers-and-directors", "public-relations-specialists", id="two occupations"),
        pytest.param("media-producer", "media-production-specialist", id="two roles"),
        pytest.param("media-producer", "electricians", id="a role and an occupation"),
        pytest.param("pediatric-surgeons", "actors", id="one without ratings"),
    ],
)
def test_the_sources_of_a_comparison_are_those_of_its_parts(full_api: Api, left: str, right: str) -> None:
    query = f"query ($l: String!, $r: String!) {{ comparison(left: {{slug: $l}}, right: {{slug: $r}}) {{ {PARTS} }} }}"
    pay = "fragment Pay on TopPayPair { left { source { id } } right { source { id } } }"
    prices = "fragment Prices on Occupation { wageHistory { priceIndexSource { id } } }"
    found = full_api.data(f"{query} {pay} {prices}", {"l": left, "r": right})["comparison"]
    sources = [source["id"] for source in found.pop("sources")]
    assert len(sources) == len({*sources})
    assert {*sources} == ids_in(found)


def test_the_sources_of_a_comparison_come_in_the_order_of_its_parts(full_api: Api) -> None:
    found = compare(full_api, "media-producer", "public-relations-specialists", "sources { name release }")["sources"]
    assert [source["name"].split(":")[0] for source in found] == [
        "Published comparison page",
        "Occupational Employment and Wage Statistics (OEWS)",
        "Employment Projections",
        "O*NET job zones",
        "Employment Projections",
        "Current Population Survey, Table 11b",
        "Current Population Survey, Table 11",
        "Rolegraph's own descriptions",
        "O*NET interests",
        *["Occupational Employment and Wage Statistics (OEWS), national wages"] * 5,
        "Consumer Price Index for All Urban Consumers (CPI-U)",
    ]


@pytest.mark.parametrize(("area", "release"), [("CA", "2023"), ("41940", "2023"), ("0200006", None), ("PR", None)])
def test_the_sources_of_a_comparison_in_an_area_begin_with_that_of_its_prices(
    full_api: Api, area: str, release: str | None
) -> None:
    found = full_api.data(
        f'{{ comparison(left: {{slug: "electricians"}}, right: {{slug: "roofers"}}, area: "{area}") '
        "{ area { priceParitySource { name } } sources { name release } } }"
    )["comparison"]
    first = found["sources"][0]
    assert found["area"]["priceParitySource"] == (None if release is None else {"name": first["name"]})
    assert first["name"].startswith("Occupational Employment" if release is None else "Regional price parities")


def test_the_sources_of_many_comparisons_take_the_same_number_of_statements(everything: str) -> None:
    slugs = ["electricians", "roofers", "actors", "carpenters", "dancers"]
    with serving(everything, **COLD) as api:
        ids = [compare(api, "media-producer", slug, "id")["id"] for slug in slugs]
        query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Comparison { sources { name } entry { note } } } }"
        run: dict[int, list[str]] = {}
        for number in (1, len(ids)):
            with api.statements() as run[number]:
                nodes = api.data(query, {"ids": ids[:number]})["nodes"]
            assert [len(node["sources"]) for node in nodes] == [15, 15, 14, 15, 15][:number]
    assert len(run[1]) == len(run[len(ids)])
