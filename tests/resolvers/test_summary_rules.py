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
        pytest.param("upholsterers", "emergency-medical-technicians", "US", id="a verdict that rounding decides"),
        pytest.param("choreographers", "fabric-and-apparel-patternmakers", "US", id="nothing significant"),
        pytest.param("detectives-and-criminal-investigators", "shoe-machine-operators-and-tenders", "US", id="falling"),
        pytest.param(
            "emergency-medical-technicians",
            "ambulance-drivers-and-attendants-except-emergency-medical-technicians",
            "US",
            id="a title that ends in the other one",
        ),
        pytest.param("tour-and-travel-guides", "miscellaneous-assemblers-and-fabricators", "US", id="parts are rated"),
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
        "In the one metropolitan area with a published median annual wage for both, the median is the same for both. "
        "Nationally, the median is higher for Astronomers."
    ) in answer["summary"]


def changed(pair: Pair, **answer: Any) -> list[str]:
    return [fault.kind for fault in faults_of(pair._replace(answer={**pair.answer, **answer}))]


USUAL = ("photographers", "elementary-school-teachers-except-special-education")
CLOSE = ("astronomers", "economists")
FARMERS = ("farmers-ranchers-and-other-agricultural-managers", "construction-managers")
UNRATED = ("radio-cellular-and-tower-equipment-installers-and-repairers", "tour-and-travel-guides")
UNSURE = ("upholsterers", "emergency-medical-technicians")
FALLING = ("detectives-and-criminal-investigators", "shoe-machine-operators-and-tenders")
ONE_ORDER = ("preschool-teachers-except-special-education", "environmental-science-teachers-postsecondary")


@pytest.mark.parametrize(
    ("slugs", "text", "replacement", "kind"),
    [
        (USUAL, "wage: $72,650", "wage: $72,651", "the mean wage: $72,651, $55,410 for"),
        (USUAL, "difference of $17,240", "difference of $17,242", "the mean wage: a gap of $17,242 for $17,240"),
        (USUAL, "earn more than", "earns more than", "the mean wage: earns after Elementary School Teachers"),
        (USUAL, "Education, earn", "Education earn", "comma after a title"),
        (USUAL, "than Photographers by", "than Photographers, by", "comma after a title"),
        (USUAL, "(OEWS, May 2025), ", "(OEWS, May 2024), ", "0 sentences on the mean wage"),
        (USUAL, "Among wage-and-salary workers in", "In", "0 sentences on the mean wage"),
        (USUAL, "1,388,390 compared", "1,388,391 compared", "the number of jobs: 1,388,391"),
        (USUAL, "a difference of 1,336,630", "about 27 times as many", "the number of jobs: a multiple"),
        (USUAL, "in 173 and", "in 172 and", "places: other counts"),
        (
            USUAL,
            " Nationally, the median is higher for E",
            " Nationally, the median is lower for E",
            "places: unknown form",
        ),
        (USUAL, "151,200 of", "151,300 of", "all jobs: other counts"),
        (USUAL, "1.8% compared", "2% compared", "the projected change in employment: 2%, -2.0% for"),
        (USUAL, "The differences in the mean wage and the", "The differences in the median wage and the", "results"),
        (USUAL, "openings can't", "vacancies can't", "results of tests: not those of the figures"),
        (USUAL, "(replacements included) is", "is", "0 sentences on projected openings"),
        (USUAL, "a bachelor's degree for Element", "a master's degree for Element", "entry: other requirements"),
        (USUAL, "Typical requirements", "Typical needs", "0 sentences on entry, 1 expected"),
        (USUAL, "(zone 4)", "(zone 5)", "preparation: other zones"),
        (USUAL, "Speaking, Service", "Writing, Service", "top skills: Speaking is not named"),
        (USUAL, "Service Orientation; of", "Service Orientation (tied); of", "top skills: ties"),
        (USUAL, "for either, 19 are", "for either, 18 are", "overlap: other counts or names"),
        (USUAL, "maintain operational records", "maintain records", "responsibilities: other activities"),
        (USUAL, '"Arrange the subject and the light"', '"Arrange it"', "responsibilities: other responsibilities of P"),
        (USUAL, "(Photographers);", "(Photographers),", "responsibilities: other words"),
        (USUAL, "Top skills of", "Best skills of", "0 sentences on top skills, 1 expected"),
        (CLOSE, "no clear difference in the mean", "a difference in the mean", "0 sentences on the mean wage"),
        (
            CLOSE,
            "for Economists and $132,920 for Astronomers",
            "for Astronomers and $132,920 for Economists",
            "the mean",
        ),
        (CLOSE, "10th, 25th and 50th", "10th and 50th", "percentiles: not those of the figures"),
        (CLOSE, "the median of the metropolitan area", "the medians of metropolitan areas", "results of tests"),
        (CLOSE, "mean wage is not.", "median wage is not.", "results of tests"),
        (USUAL, "after inflation); it", "after inflation); it then", "changes of wages: not those of the figures"),
        (CLOSE, "From May 2021", "From May 2022", "changes of wages: not those of the figures"),
        (FARMERS, "836,100 of", "836,000 of", "all jobs: other counts"),
        (UNRATED, "none (O*NET rates only parts of this occupation)", "none published", "preparation: other months"),
        (UNRATED, "none (O*NET rates only parts of this occupation)", "none published", "top skills: skills of a side"),
        (UNSURE, "Whether the difference", "The difference", "results of tests"),
        (FALLING, "to fall less for", "to fall more for", "0 sentences on the projected change in employment"),
        (ONE_ORDER, "about 72 times", "about 71 times", "the number of jobs: 71 times for 72"),
        (ONE_ORDER, "as it is nationally", "unlike nationally", "places: unknown form"),
        (("actors", USUAL[1]), "mean $58.29", "mean $58.28", "wages of different periods: other figures"),
    ],
)
def test_the_rules_find_changed_words(
    full_api: Api, slugs: tuple[str, str], text: str, replacement: str, kind: str
) -> None:
    pair = pair_of(full_api, *slugs, "US")
    assert any(text in sentence for sentence in pair.answer["summary"])
    kinds = changed(pair, summary=[sentence.replace(text, replacement) for sentence in pair.answer["summary"]])
    assert any(each.startswith(kind) for each in kinds), kinds


@pytest.mark.parametrize(("slugs", "verdict"), [(USUAL, "NOT_SIGNIFICANT"), (CLOSE, "SIGNIFICANT")])
def test_the_rules_compute_the_verdicts(full_api: Api, slugs: tuple[str, str], verdict: str) -> None:
    pair = pair_of(full_api, *slugs, "US")
    salary = pair.answer["salary"]
    mean = {**salary["annualMean"], "verdict": verdict}
    assert changed(pair, salary={**salary, "annualMean": mean}) == [
        (
            f"the mean wage: the verdict {verdict} where the errors say "
            f"{'significant' if verdict == 'NOT_SIGNIFICANT' else 'not significant'}"
        )
    ]


@pytest.mark.parametrize("slugs", [USUAL, CLOSE, FARMERS, UNRATED, UNSURE, FALLING])
def test_the_rules_find_each_missing_and_repeated_sentence(full_api: Api, slugs: tuple[str, str]) -> None:
    pair = pair_of(full_api, *slugs, "US")
    for part in ("summary", "caveats"):
        sentences = pair.answer[part]
        for place, sentence in enumerate(sentences):
            assert changed(pair, **{part: [*sentences[:place], *sentences[place + 1 :]]}), sentence
            assert "said twice" in changed(pair, **{part: [sentence, *sentences]})
