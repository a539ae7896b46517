"""Rated skills: their order in lists, skill gaps and skill transfer."""

from collections.abc import Callable, Iterator, Mapping
from math import fsum, isclose
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.models import Occupation, OccupationSkill, Skill, Source
from db.vocabulary import OccupationKind, SkillKind
from db.writing import writing
from resolvers.comparisons.ratings import Rated, gap_parts, transfer_parts
from tests.conftest import Api, serving

# The pure measures


def test_a_gap_worked_by_hand() -> None:
    # Importances 50, 30 and 20 sum to 100. Gaps: 60 - 40 = 20, none (above), 70 - 65 = 5.
    # Parts 50 * 20 / 100 = 10, 0, 20 * 5 / 100 = 1; together 11 points.
    elements = [Rated(40, 60, 50), Rated(80, 50, 30), Rated(65, 70, 20)]
    assert [element.gap for element in elements] == [20, 0, 5]
    assert gap_parts(elements) == [10, 0, 1]


def test_a_transfer_worked_by_hand() -> None:
    # Needed 50 * 60 + 30 * 50 + 20 * 75 = 6000; there already 50 * 40 + 30 * 50 + 20 * 75 = 5000.
    elements = [Rated(40, 60, 50), Rated(80, 50, 30), Rated(75, 75, 20)]
    assert [element.met for element in elements] == [40, 50, 75]
    assert transfer_parts(elements) == pytest.approx([100 * 2000 / 6000, 25, 25])


def test_an_element_with_an_importance_of_0_has_no_part() -> None:
    elements = [Rated(0, 100, 0), Rated(25, 50, 80)]
    assert gap_parts(elements) == [0, 25]
    assert transfer_parts(elements) == [0, 50]


def test_without_any_weight_there_is_no_measure() -> None:
    assert (gap_parts([]), transfer_parts([])) == (None, None)
    assert (gap_parts([Rated(10, 20, 0)]), transfer_parts([Rated(10, 20, 0)])) == (None, None)


def test_a_target_level_of_0_has_no_gap_and_no_transfer() -> None:
    elements = [Rated(10, 0, 50)]
    assert (gap_parts(elements), transfer_parts(elements)) == ([0], None)


ratings = st.integers(0, 10_000).map(lambda n: n / 100)
needed_ratings = st.integers(1, 10_000).map(lambda n: n / 100)
rated = st.builds(Rated, ratings, needed_ratings, needed_ratings)
lists = st.lists(rated, min_size=1, max_size=8)


@given(lists)
def test_parts_are_never_negative_and_sum_to_the_weighted_means(elements: list[Rated]) -> None:
    gaps, transfers = gap_parts(elements), transfer_parts(elements)
    assert gaps is not None
    assert transfers is not None
    assert all(part >= 0 for part in (*gaps, *transfers))
    importance = fsum(element.importance for element in elements)
    assert isclose(fsum(gaps) * importance, fsum(e.importance * e.gap for e in elements), abs_tol=1e-6)
    needed = fsum(element.importance * element.to_level for element in elements)
    assert isclose(fsum(transfers) * needed, fsum(100 * e.importance * e.met for e in elements), abs_tol=1e-6)
    assert fsum(gaps) <= 100 + 1e-9
    assert fsum(transfers) <= 100 + 1e-9


@given(lists)
def test_with_sufficient_levels_the_gap_is_0_and_the_transfer_100(elements: list[Rated]) -> None:
    enough = [Rated(max(e.from_level, e.to_level), e.to_level, e.importance) for e in elements]
    gaps, transfers = gap_parts(enough), transfer_parts(enough)
    assert gaps == [0] * len(enough)
    assert transfers is not None
    assert isclose(fsum(transfers), 100)


@given(lists)
def test_with_an_insufficient_level_the_gap_is_above_0_and_the_transfer_below_100(elements: list[Rated]) -> None:
    assume(any(element.gap for element in elements))
    gaps, transfers = gap_parts(elements), transfer_parts(elements)
    assert gaps is not None
    assert transfers is not None
    assert fsum(gaps) > 0
    assert fsum(transfers) < 100


@given(lists, st.data())
def test_more_of_an_element_never_widens_the_gap(elements: list[Rated], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(elements) - 1), label="place")
    more = [
        Rated(min(100, e.from_level + 10), e.to_level, e.importance) if number == place else e
        for number, e in enumerate(elements)
    ]
    assert fsum(gap_parts(more) or ()) <= fsum(gap_parts(elements) or ()) + 1e-9
    assert fsum(transfer_parts(more) or ()) >= fsum(transfer_parts(elements) or ()) - 1e-9


@given(lists)
def test_gaps_of_both_directions_add_up_to_the_distance_with_equal_importance(elements: list[Rated]) -> None:
    back = [Rated(e.to_level, e.from_level, e.importance) for e in elements]
    distance = fsum(e.importance * abs(e.to_level - e.from_level) for e in elements)
    both_ways = fsum(gap_parts(elements) or ()) + fsum(gap_parts(back) or ())
    assert isclose(both_ways * fsum(e.importance for e in elements), distance, abs_tol=1e-6)


def test_the_measures_are_directed() -> None:
    # Toward a level of 60 the gap is 20 points and two thirds carry over; toward one of 40 nothing is missing.
    assert (gap_parts([Rated(40, 60, 50)]), gap_parts([Rated(60, 40, 50)])) == ([20], [0])
    assert transfer_parts([Rated(40, 60, 50)]) == pytest.approx([100 * 40 / 60])
    assert transfer_parts([Rated(60, 40, 50)]) == [100]


# Queries. All ratings are made up.

ONET = "onet"
EDITORS, COACHES, ACTORS = "film-and-video-editors", "coaches-and-scouts", "actors"
SKILLS = {
    "speaking": SkillKind.SKILL,
    "writing": SkillKind.SKILL,
    "programming": SkillKind.SKILL,
    "fine-arts": SkillKind.KNOWLEDGE,
    "dance": SkillKind.KNOWLEDGE,
    "creativity": SkillKind.CATEGORY,
    "premiere": SkillKind.TECHNOLOGY,
    "excel": SkillKind.TECHNOLOGY,
}
RATINGS: dict[str, dict[str, tuple[float | None, float | None]]] = {
    # Importance and level.
    EDITORS: {"speaking": (50, 40), "writing": (40, 60), "programming": (10, 5), "fine-arts": (60, 70)},
    COACHES: {"speaking": (80, 65), "writing": (60, 50), "programming": (None, 0), "fine-arts": (20, 10)},
    # One skill has an importance of 0, the level of another is not released, and no other occupation is rated on dance.
    ACTORS: {"speaking": (0, 30), "writing": (70, None), "dance": (30, 40)},
}


@pytest.fixture(scope="module")
def rated_url(seeded_database: Callable[[], str]) -> str:
    """The embedded data, with three rated SOC occupations."""
    url = seeded_database()
    with writing(url) as session:
        store_ratings(session)
    return url


@pytest.fixture(scope="module")
def rated_api(rated_url: str) -> Iterator[Api]:
    """The API on it."""
    with serving(rated_url) as api:
        yield api


def store_ratings(session: Session) -> None:
    session.add_all(
        Source(id=name, name=name.upper(), license="CC BY 4.0", digest="0" * 64) for name in (ONET, "onet-later")
    )
    numbers = {slug: number for number, slug in enumerate(SKILLS, start=101)}
    session.add_all(Skill(id=numbers[slug], slug=slug, name=slug.title(), kind=kind) for slug, kind in SKILLS.items())
    session.flush()
    for slug, rated_skills in RATINGS.items():
        occupation = Occupation(
            slug=slug, title=slug.title(), kind=OccupationKind.DETAILED, group_code="27-0000", source_id=ONET
        )
        session.add(occupation)
        session.flush()
        source = "onet-later" if slug == ACTORS else ONET
        key: dict[str, Any] = {"occupation_id": occupation.id, "source_id": source}
        session.add_all(
            OccupationSkill(**key, skill_id=numbers[name], rank=rank, importance=importance, level=level)
            for rank, (name, (importance, level)) in enumerate(rated_skills.items(), start=1)
        )
        session.add(OccupationSkill(**key, skill_id=numbers["creativity"], rank=1, percentile=55))
        session.add(OccupationSkill(**key, skill_id=numbers["excel"], rank=1, hot=True))
        session.add(OccupationSkill(**key, skill_id=numbers["premiere"], rank=2, in_demand=slug == EDITORS))


@pytest.mark.parametrize("compiled", [True, False])
def test_lists_of_two_kinds_have_their_own_total_counts(rated_url: str, *, compiled: bool) -> None:
    query = f"""{{ occupation(by: {{slug: "{EDITORS}"}}) {{
        skills(kind: SKILL, first: 0) {{ totalCount }} knowledge: skills(kind: KNOWLEDGE, first: 0) {{ totalCount }}
    }} }}"""
    with serving(rated_url, compiled_execution=compiled) as api:
        assert api.data(query)["occupation"] == {"skills": {"totalCount": 3}, "knowledge": {"totalCount": 1}}


def test_skills_are_ordered_by_weight_then_by_rank(rated_api: Api) -> None:
    query = f"""query ($after: String) {{ occupation(by: {{slug: "{EDITORS}"}}) {{ skills(first: 2, after: $after) {{
        nodes {{ skill {{ slug }} importance percentile rank }} pageInfo {{ hasNextPage endCursor }} totalCount
    }} }} }}"""
    walked: list[dict[str, Any]] = []
    cursor: str | None = None
    for _ in range(4):
        page = rated_api.data(query, {"after": cursor})["occupation"]["skills"]
        walked += page["nodes"]
        assert page["totalCount"] == 7
        cursor = page["pageInfo"]["endCursor"]
        assert page["pageInfo"]["hasNextPage"] == (len(walked) < 7)
    assert walked == [
        element("fine-arts", importance=60, percentile=None, rank=4),
        element("creativity", importance=None, percentile=55, rank=1),
        element("speaking", importance=50, percentile=None, rank=1),
        element("writing", importance=40, percentile=None, rank=2),
        element("programming", importance=10, percentile=None, rank=3),
        element("excel", importance=None, percentile=None, rank=1),
        element("premiere", importance=None, percentile=None, rank=2),
    ]


def test_occupations_of_a_skill_are_ordered_by_weight(rated_api: Api) -> None:
    found = rated_api.data(
        """{
            skill(slug: "speaking") { occupations { nodes { occupation { slug } importance } } }
            technology: skill(slug: "excel") { occupations(first: 2) { nodes { occupation { slug } hot } } }
        }"""
    )
    assert found["skill"]["occupations"]["nodes"] == [
        {"occupation": {"slug": COACHES}, "importance": 80},
        {"occupation": {"slug": EDITORS}, "importance": 50},
        {"occupation": {"slug": ACTORS}, "importance": 0},
    ]
    assert found["technology"]["occupations"]["nodes"] == [
        {"occupation": {"slug": EDITORS}, "hot": True},
        {"occupation": {"slug": COACHES}, "hot": True},
    ]


def test_sentences_name_skills_and_not_categories(rated_api: Api) -> None:
    query = f"""{{ comparison(left: {{slug: "{EDITORS}"}}, right: {{slug: "{COACHES}"}}) {{ summary }} }}"""
    assert rated_api.data(query)["comparison"]["summary"][-2:] == [
        ("Top skills of Film-And-Video-Editors: Speaking; of Coaches-And-Scouts: Speaking, Writing."),
        (
            "Of 3 skills and knowledge areas that are important (50 or more of 100) for either, 1 is important for "
            "both; only for Film-And-Video-Editors: Fine-Arts; only for Coaches-And-Scouts: Writing."
        ),
    ]


def test_ratings_and_technologies_are_compared_separately(rated_api: Api) -> None:
    names = "{ skill { slug } left right }"
    found = skills_of(
        rated_api,
        EDITORS,
        COACHES,
        f"""kinds compared jaccard weightedJaccard correlation truncated shared {names} onlyLeft {names}
        onlyRight {names} note sources {{ name }}
        technologies {{ sources {{ name }} shared {{ slug }} onlyLeft {{ slug }} onlyRight {{ slug }} jaccard }}""",
    )
    # Coaches have no importance for programming. By weight (20 + 50 + 40) / (60 + 80 + 60); the deviations from the
    # means 50 and 160 / 3 are (10, 0, -10) and (-100 / 3, 80 / 3, 20 / 3): -400 / sqrt(200 * 1866.67) = -0.65465...
    assert found == {
        "kinds": ["SKILL", "KNOWLEDGE"],
        "compared": 3,
        "jaccard": 0.3333,
        "weightedJaccard": 0.55,
        "correlation": -0.6547,
        "truncated": False,
        "shared": [element("speaking", left=50, right=80)],
        "onlyLeft": [element("fine-arts", left=60, right=20)],
        "onlyRight": [element("writing", left=40, right=60)],
        "note": "Elements with an importance of 50 or more of 100 count as important and form a side's set. "
        "O*NET's analysts rate skills; workers and occupational experts rate knowledge areas.",
        "sources": [{"name": "ONET"}],
        "technologies": {
            "shared": [{"slug": "excel"}, {"slug": "premiere"}],
            "onlyLeft": [],
            "onlyRight": [],
            "jaccard": 1,
            "sources": [{"name": "ONET"}],
        },
    }


def test_an_element_that_is_not_rated_on_both_sides_belongs_to_no_set(rated_api: Api) -> None:
    names = "{ skill { slug } }"
    selection = f"compared weightedJaccard shared {names} onlyLeft {names} onlyRight {names}"
    found = skills_of(rated_api, EDITORS, ACTORS, selection)
    # Both are rated on speaking and writing: (0 + 40) / (50 + 70).
    assert found == {
        "compared": 2,
        "weightedJaccard": 0.3333,
        "shared": [],
        "onlyLeft": [element("speaking")],
        "onlyRight": [element("writing")],
    }


def test_sets_by_another_importance(rated_api: Api) -> None:
    query = f"""query ($least: Float) {{
        comparison(left: {{slug: "{EDITORS}"}}, right: {{slug: "{COACHES}"}}) {{
            skills(minimumImportance: $least) {{ shared {{ skill {{ slug }} }} }}
        }}
    }}"""

    def shared(least: float | None) -> list[str]:
        rows = rated_api.data(query, {"least": least})["comparison"]["skills"]["shared"]
        return [row["skill"]["slug"] for row in rows]

    assert {least: shared(least) for least in (0, 40, 50, 61, None)} == {
        0: ["fine-arts", "speaking", "writing"],
        40: ["speaking", "writing"],
        50: ["speaking"],
        61: [],
        None: ["speaking"],
    }


@pytest.mark.parametrize("least", [-0.5, 100.5])
def test_an_importance_out_of_range_is_refused(rated_api: Api, least: float) -> None:
    error = rated_api.error(
        f"""{{ comparison(left: {{slug: "{EDITORS}"}}, right: {{slug: "{COACHES}"}}) {{
            skills(minimumImportance: {least}) {{ jaccard }}
        }} }}"""
    )
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "minimumImportance"}
    assert error["message"] == f'Argument "minimumImportance": it is {least}; it must be between 0 and 100.'
    assert error["path"] == ["comparison", "skills"]


def test_ratings_are_not_compared_with_a_roles_short_list(rated_api: Api) -> None:
    query = f"""{{ comparison(left: {{slug: "{EDITORS}"}}, right: {{slug: "media-producer"}}) {{
        skills {{ jaccard weightedJaccard truncated onlyLeft {{ left }} onlyRight {{ right }} }} caveats
    }} }}"""
    found = rated_api.data(query)["comparison"]
    assert found["skills"] == {
        "jaccard": None,
        "weightedJaccard": None,
        "truncated": True,
        "onlyLeft": [],
        "onlyRight": [],
    }
    assert [caveat for caveat in found["caveats"] if caveat.startswith(("Skills", "The skills"))] == [
        "Skills are not compared: a short list is published for one side, and O*NET ratings for the other."
    ]


GAP = """toward total compared needed elements { skill { slug } fromLevel toLevel importance gap part }
    missing { figure reason }"""
TRANSFER = "toward total compared needed elements { skill { slug } fromLevel toLevel importance met part }"


def skills_of(api: Api, left: str, right: str, selection: str) -> dict[str, Any]:
    query = f"""query ($left: String!, $right: String!) {{
        comparison(left: {{slug: $left}}, right: {{slug: $right}}) {{ skills {{ {selection} }} }}
    }}"""
    found: dict[str, Any] = api.data(query, {"left": left, "right": right})["comparison"]["skills"]
    return found


def element(slug: str, **values: float | None) -> Mapping[str, Any]:
    return {"skill": {"slug": slug}, **values}


def test_the_gap_toward_either_side(rated_api: Api) -> None:
    found = skills_of(
        rated_api, EDITORS, COACHES, f"right: gap(toward: RIGHT) {{ {GAP} }} left: gap(toward: LEFT) {{ {GAP} }}"
    )
    # Toward coaches: 80 * (65 - 40) / 160 = 12.5; they have no importance for programming, which is left out.
    assert found["right"] == {
        "toward": "RIGHT",
        "total": 12.5,
        "compared": 3,
        "needed": 4,
        "elements": [
            element("speaking", fromLevel=40, toLevel=65, importance=80, gap=25, part=12.5),
            element("writing", fromLevel=60, toLevel=50, importance=60, gap=0, part=0),
            element("fine-arts", fromLevel=70, toLevel=10, importance=20, gap=0, part=0),
        ],
        "missing": [{"figure": "right importance of Programming", "reason": "SUPPRESSED"}],
    }
    # Toward editors: (60 * 60 + 40 * 10 + 10 * 5) / 160 = 22.5 + 2.5 + 0.3125.
    assert found["left"] == {
        "toward": "LEFT",
        "total": 25.3125,
        "compared": 4,
        "needed": 4,
        "elements": [
            element("fine-arts", fromLevel=10, toLevel=70, importance=60, gap=60, part=22.5),
            element("writing", fromLevel=50, toLevel=60, importance=40, gap=10, part=2.5),
            element("programming", fromLevel=0, toLevel=5, importance=10, gap=5, part=0.3125),
            element("speaking", fromLevel=65, toLevel=40, importance=50, gap=0, part=0),
        ],
        "missing": [],
    }


def test_the_transfer_toward_a_side(rated_api: Api) -> None:
    found = skills_of(rated_api, EDITORS, COACHES, f"transfer(toward: RIGHT) {{ {TRANSFER} }}")
    # Needed 80 * 65 + 60 * 50 + 20 * 10 = 8400; there already 80 * 40 + 60 * 50 + 20 * 10 = 6400: 76.190...
    assert found["transfer"] == {
        "toward": "RIGHT",
        "total": 76.1905,
        "compared": 3,
        "needed": 4,
        "elements": [
            element("speaking", fromLevel=40, toLevel=65, importance=80, met=40, part=38.0952),
            element("writing", fromLevel=60, toLevel=50, importance=60, met=50, part=35.7143),
            element("fine-arts", fromLevel=70, toLevel=10, importance=20, met=10, part=2.381),
        ],
    }


def test_elements_of_one_kind(rated_api: Api) -> None:
    found = skills_of(
        rated_api,
        COACHES,
        EDITORS,
        """gap(toward: RIGHT, kind: KNOWLEDGE) { total compared elements { skill { slug } } }
        transfer(toward: RIGHT, kind: SKILL) { total compared }""",
    )
    assert found["gap"] == {"total": 60, "compared": 1, "elements": [{"skill": {"slug": "fine-arts"}}]}
    # (50 * 40 + 40 * 50 + 10 * 0) / (50 * 40 + 40 * 60 + 10 * 5).
    assert found["transfer"] == {"total": round(100 * 4000 / 4450, 4), "compared": 3}


@pytest.mark.parametrize("field", ["gap", "transfer"])
@pytest.mark.parametrize("kind", ["LISTED", "TECHNOLOGY", "CATEGORY"])
def test_kinds_without_ratings_are_refused(rated_api: Api, field: str, kind: str) -> None:
    error = rated_api.error(
        f"""{{ comparison(left: {{slug: "{EDITORS}"}}, right: {{slug: "{COACHES}"}}) {{
            skills {{ {field}(toward: LEFT, kind: {kind}) {{ total }} }}
        }} }}"""
    )
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "kind"}
    assert error["message"] == (
        f'Argument "kind": it is {kind}; only SKILL and KNOWLEDGE have ratings of level and importance.'
    )


CHANCE = "Ratings are sample averages. Their standard errors are not used, so small values may be due to chance."


def test_a_total_has_its_formula_and_sources(rated_api: Api) -> None:
    query = "gap(toward: LEFT) { formula note sources { name } } transfer(toward: LEFT) { formula note }"
    found = skills_of(rated_api, EDITORS, COACHES, query)
    assert found["gap"] == {
        "formula": "total = sum(importance * gap) / sum(importance), gap = max(0, toLevel - fromLevel); "
        "part = importance * gap / sum(importance); importance is the target's",
        "note": CHANCE,
        "sources": [{"name": "ONET"}],
    }
    assert found["transfer"] == {
        "formula": "total = 100 * sum(importance * met) / sum(importance * toLevel), met = min(fromLevel, toLevel); "
        "part = 100 * importance * met / sum(importance * toLevel); importance is the target's",
        "note": CHANCE,
    }


def test_ratings_of_two_releases_are_compared_with_a_warning(rated_api: Api) -> None:
    found = skills_of(rated_api, ACTORS, EDITORS, "gap(toward: RIGHT) { compared needed note sources { name } }")
    assert found["gap"] == {
        "compared": 1,
        "needed": 4,
        "note": f"{CHANCE} The ratings of the two sides come from different sources. Left out, because O*NET "
        "recommends suppressing a rating of low precision: Writing. Left out, because one side has no rating: "
        "Fine-Arts; Programming.",
        "sources": [{"name": "ONET-LATER"}, {"name": "ONET"}],
    }


def test_a_target_with_weights_of_0_has_no_total(rated_api: Api) -> None:
    found = skills_of(
        rated_api, EDITORS, ACTORS, "gap(toward: RIGHT) { total compared elements { part } note missing { figure } }"
    )
    assert found["gap"] == {
        "total": None,
        "compared": 1,
        "elements": [],
        "note": "No total: every compared element has a weight of 0.",
        "missing": [{"figure": "right level of Writing"}, {"figure": "left level of Dance"}],
    }


def test_sides_without_a_common_rated_element_have_no_total(rated_api: Api) -> None:
    query = (
        "transfer(toward: RIGHT, kind: KNOWLEDGE) { total compared needed elements { part } note missing { figure } }"
    )
    assert skills_of(rated_api, EDITORS, ACTORS, query)["transfer"] == {
        "total": None,
        "compared": 0,
        "needed": 1,
        "elements": [],
        "note": "No total: no element is rated on both sides.",
        "missing": [{"figure": "left level of Dance"}],
    }


def test_roles_are_not_rated(rated_api: Api) -> None:
    found = skills_of(
        rated_api,
        EDITORS,
        "media-producer",
        """left: gap(toward: LEFT) { total elements { part } note missing { figure reason atLeast } }
        right: transfer(toward: RIGHT) { total elements { part } note missing { figure reason } sources { name } }""",
    )
    reason = "NOT_COLLECTED"
    assert found["left"] == {
        "total": None,
        "elements": [],
        "note": "No total: no published ratings for right level.",
        "missing": [{"figure": "right level", "reason": reason, "atLeast": None}],
    }
    assert found["right"] == {
        "total": None,
        "elements": [],
        "note": "No total: no published ratings for right level, right importance.",
        "missing": [{"figure": "right level", "reason": reason}, {"figure": "right importance", "reason": reason}],
        "sources": [{"name": "ONET"}],
    }
