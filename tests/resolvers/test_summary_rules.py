"""The sentences of comparisons keep the rules of ``bench/summary_rules.py``, and the rules find faults in them."""

from typing import Any

import pytest

from bench.summary_rules import COMPARISON, OCCUPATION, SALARY, Pair, Side, faults_of, occupation_faults
from tests.conftest import Api

QUERY = f"""query($left: String!, $right: String!, $area: String) {{
    left: occupation(by: {{slug: $left}}) {{ {OCCUPATION} salary(area: $area) {{ {SALARY} }} }}
    right: occupation(by: {{slug: $right}}) {{ {OCCUPATION} salary(area: $area) {{ {SALARY} }} }}
    comparison(left: {{slug: $left}}, right: {{slug: $right}}, area: $area) {{ {COMPARISON} }}
}}"""


def pair_of(api: Api, left: str, right: str, area: str) -> Pair:
    found = api.data(QUERY, {"left": left, "right": right, "area": area})
    sides = [Side(slug, found[side], found[side]["salary"]) for slug, side in ((left, "left"), (right, "right"))]
    return Pair(sides[0], sides[1], found["comparison"])


@pytest.mark.parametrize(
    ("left", "right", "area"),
    [
        pytest.param("photographers", "actuaries", "US", id="a usual pair"),
        pytest.param("actors", "models", "US", id="hourly wages"),
        pytest.param("actors", "elementary-school-teachers-except-special-education", "US", id="no wages in common"),
        pytest.param("chief-executives", "cardiologists", "US", id="top-coded"),
        pytest.param("pipelayers", "healthcare-diagnosing-or-treating-practitioners-all-other", "US", id="one rated"),
        pytest.param("software-developers", "computer-programmers", "CA", id="no knowledge ratings, a state"),
        pytest.param("materials-scientists", "chemists", "US", id="one wider group"),
        pytest.param("media-producer", "media-production-specialist", "US", id="roles"),
        pytest.param("producers-and-directors", "media-producer", "US", id="a role"),
        pytest.param("actors", "actors", "US", id="one occupation"),
    ],
)
def test_sentences_agree_with_the_figures(full_api: Api, left: str, right: str, area: str) -> None:
    pair = pair_of(full_api, left, right, area)
    assert [*faults_of(pair), *occupation_faults(pair.left), *occupation_faults(pair.right)] == []


def test_places_where_all_medians_are_equal(full_api: Api) -> None:
    answer = pair_of(full_api, "astronomers", "economists", "US").answer
    assert {name: answer["places"][name] for name in ("compared", "leftHigher", "rightHigher", "equal")} == {
        "compared": 1,
        "leftHigher": 0,
        "rightHigher": 0,
        "equal": 1,
    }
    assert (
        "In the one metropolitan area with a published median annual wage for both, it is the same. Nationally, it is "
        "higher for Astronomers."
    ) in answer["summary"]


@pytest.fixture(scope="module")
def usual(full_api: Api) -> Pair:
    return pair_of(full_api, "photographers", "elementary-school-teachers-except-special-education", "US")


def changed(pair: Pair, **answer: Any) -> list[str]:
    return [fault.kind for fault in faults_of(pair._replace(answer={**pair.answer, **answer}))]


@pytest.mark.parametrize(
    ("text", "replacement", "kind"),
    [
        ("more than Photographers: $72,650", "more than Photographers: $72,651", "the mean wage: $72,651, $55,410 for"),
        ("The difference of $17,240 is", "The difference of $17,242 is", "the mean wage: a gap of $17,242 for $17,240"),
        ("earn more than", "earns more than", "the mean wage: earns after Elementary School Teachers"),
        ("over 26 times", "26 times", "the number of wage-and-salary jobs nationwide: 26 times for 26.82"),
        ("Special Education in 173", "Special Education in 172", "places: other counts"),
        ("(zone 4)", "(zone 5)", "preparation: other zones"),
        ("Active Listening, Speaking,", "Active Listening, Writing,", "top skills: Speaking is not named"),
        ("for either, 19 are", "for either, 18 are", "overlap: other counts or names"),
        ("Both maintain operational records", "Both maintain records", "responsibilities: other activities"),
        ("change in employment can't", "change can't", "untested: not those without a test"),
        ("Top skills of", "Best skills of", "0 sentences on top skills, 1 expected"),
    ],
)
def test_the_rules_find_changed_words(usual: Pair, text: str, replacement: str, kind: str) -> None:
    assert sum(text in sentence for sentence in usual.answer["summary"]) == 1
    kinds = changed(usual, summary=[sentence.replace(text, replacement) for sentence in usual.answer["summary"]])
    assert any(each.startswith(kind) for each in kinds), kinds


def test_the_rules_find_each_missing_and_repeated_sentence(usual: Pair) -> None:
    for part in ("summary", "caveats"):
        sentences = usual.answer[part]
        for place, sentence in enumerate(sentences):
            assert changed(usual, **{part: [*sentences[:place], *sentences[place + 1 :]]}), sentence
            assert "said twice" in changed(usual, **{part: [sentence, *sentences]})
