"""Interests of occupations, their comparison and its sentence."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Interest, Occupation, Source
from db.vocabulary import InterestName
from db.writing import writing
from tests.conftest import COLD, Api, serving
from tests.resolvers.conftest import store_pay

R, I, A, S, E, C = InterestName  # noqa: E741 - the six letters by which the types are known
SCORES: dict[str, list[tuple[InterestName, float, int | None]]] = {
    "27-2012": [(A, 6, 1), (E, 5, 2), (S, 3, None), (I, 2, None), (C, 1, None), (R, 1, None)],
    "27-3031": [(E, 7, 1), (A, 5, 2), (S, 4, 3), (C, 2, None), (I, 2, None), (R, 1, None)],
    "27-4032": [(name, 4, 1 if name is A else None) for name in InterestName],
}


@pytest.fixture(scope="module")
def scored(seeded_database: Callable[[], str]) -> Iterator[Api]:
    """The API on the database of ``paid`` with interests of three occupations, of which the last are all equal."""
    url = seeded_database()
    with writing(url) as session:
        store_pay(session)
        session.add(Source(id="onet-interests", name="O*NET interests", license="-", digest="0" * 64))
        session.flush()
        ids = {row.code: row.id or 0 for row in session.scalars(select(Occupation))}
        session.add_all(
            Interest(
                occupation_id=ids[code], name=name, score=score, rank=rank, high_point=place, source_id="onet-interests"
            )
            for code, scores in SCORES.items()
            for rank, (name, score, place) in enumerate(scores, 1)
        )
    with serving(url, **COLD) as api:
        yield api


def served(code: str) -> list[dict[str, Any]]:
    return [
        {"name": name.value, "score": score, "rank": rank, "highPoint": place, "source": {"name": "O*NET interests"}}
        for rank, (name, score, place) in enumerate(SCORES[code], 1)
    ]


FIELDS = "name score rank highPoint source { name }"


def test_interests_by_rank_or_the_reason(scored: Api) -> None:
    query = f"""{{ occupations(filter: {{group: "27-0000"}}, first: 100) {{
        nodes {{ code interests {{ {FIELDS} }} interestsMissing }}
    }} }}"""
    with scored.statements() as run:
        nodes = {node.pop("code"): node for node in scored.data(query)["occupations"]["nodes"]}
    assert nodes["27-2012"] == {"interests": served("27-2012"), "interestsMissing": None}
    assert nodes["27-2011"] == nodes[None] == {"interests": [], "interestsMissing": "NOT_COLLECTED"}
    # The group is looked up with the occupations; their interests and the sources take one statement each.
    assert len(run) == 3


def compared(api: Api, left: str, right: str) -> dict[str, Any]:
    query = f"""query ($left: String!, $right: String!) {{
        comparison(left: {{code: $left}}, right: {{code: $right}}) {{
            summary
            interests {{
                left {{ {FIELDS} }} right {{ {FIELDS} }} correlation note missing {{ figure reason }} sources {{ name }}
            }}
        }}
    }}"""
    found: dict[str, Any] = api.data(query, {"left": left, "right": right})["comparison"]
    return found


def test_the_correlation_of_two_profiles(scored: Api) -> None:
    found = compared(scored, "27-2012", "27-3031")
    interests = found["interests"]
    # In the order R, I, A, S, E, C, the deviations from the means 3 and 3.5 are -2, -1, 3, 0, 2, -2 and -2.5, -1.5,
    # 1.5, 0.5, 3.5, -1.5. Their products add up to 21, their squares to 22 and 25.5: 21 / sqrt(22 * 25.5) = 0.8866.
    assert interests["correlation"] == 0.8866
    assert (interests["left"], interests["right"]) == (served("27-2012"), served("27-3031"))
    assert (interests["missing"], interests["sources"]) == ([], [{"name": "O*NET interests"}])
    assert interests["note"].startswith("correlation = Pearson's r of left and right over the six types.")
    assert (
        "By O*NET's interest scores, the work of Producers and Directors is foremost artistic and enterprising, that "
        "of Public Relations Specialists enterprising, artistic and social; the correlation of the two profiles of six "
        "scores is 0.89."
    ) in found["summary"]


@pytest.mark.parametrize(
    ("right", "missing", "note"),
    [
        (
            "27-2011",
            [{"figure": "right interests", "reason": "NOT_COLLECTED"}],
            "Interests are not compared: O*NET has no scores of Actors.",
        ),
        ("27-4032", [], "correlation = Pearson's r of left and right over the six types."),
    ],
)
def test_profiles_without_a_correlation(scored: Api, right: str, missing: list[dict[str, str]], note: str) -> None:
    """A side without scores, and one whose scores are all equal."""
    found = compared(scored, "27-2012", right)
    assert (found["interests"]["correlation"], found["interests"]["missing"]) == (None, missing)
    assert found["interests"]["note"].startswith(note)
    assert not [sentence for sentence in found["summary"] if "interest scores" in sentence]


def test_two_sides_without_interests_are_not_compared(scored: Api) -> None:
    assert compared(scored, "27-2011", "29-1212")["interests"] is None


def test_an_aggregate_says_that_only_its_parts_are_scored(full_api: Api) -> None:
    interests = compared(full_api, "31-1120", "29-1141")["interests"]
    assert interests["note"] == (
        "Interests are not compared: O*NET only scores parts of Home Health and Personal Care Aides."
    )
    assert interests["missing"] == [{"figure": "left interests", "reason": "NOT_COLLECTED"}]
    assert (interests["left"], len(interests["right"]), interests["correlation"]) == ([], 6, None)
