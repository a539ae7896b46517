"""Gaps, transfers, sets and related occupations match O*NET's files, which are read here without our importers."""

from collections import defaultdict
from math import fsum
from statistics import correlation
from typing import Any, NamedTuple

import pytest

from tests.conftest import Api
from tests.seed.test_against_publishers import tabbed
from tests.seed.workbooks import SHARED, cells, needs_shared

SKILL, KNOWLEDGE = "SKILL", "KNOWLEDGE"
FILES = {SKILL: "onet_30_x/Skills.xlsx", KNOWLEDGE: "onet_29_3/Knowledge.xlsx"}
SCALES = {"IM": (1, 5), "LV": (0, 7)}

Element = tuple[str, str]
"""Its domain and its name."""


class Printed(NamedTuple):
    """What the files print: ratings from 0 to 100 by occupation, element and scale, and elements not relevant."""

    ratings: dict[str, dict[Element, dict[str, float]]]
    not_relevant: set[tuple[str, Element]]


@pytest.fixture(scope="module")
def printed() -> Printed:
    ratings: dict[str, dict[Element, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    not_relevant = set[tuple[str, Element]]()
    for domain, name in FILES.items():
        header, *lines = cells(SHARED / name)
        for line in lines:
            row: dict[str, Any] = dict(zip(map(str, header), line, strict=True))
            code, marked = row["O*NET-SOC Code"], row["Not Relevant"] == "Y"
            if not code.endswith(".00"):
                continue
            element = (domain, row["Element Name"])
            rated = ratings[code[:7]][element]
            if marked:
                not_relevant.add((code[:7], element))
            if marked or row["Recommend Suppress"] != "Y":
                low, high = SCALES[row["Scale ID"]]
                rated[row["Scale ID"]] = (float(row["Data Value"]) - low) / (high - low) * 100
    return Printed(ratings, not_relevant)


COMPARED = """query Compared($left: String!, $right: String!) {
    comparison(left: {code: $left}, right: {code: $right}) {
        caveats
        skills {
            kinds compared jaccard weightedJaccard correlation
            shared { skill { name kind } } onlyLeft { skill { name kind } } onlyRight { skill { name kind } }
            gap(toward: RIGHT) { total compared needed note }
            transfer(toward: RIGHT) { total compared needed }
        }
    }
}"""

NAMES = {
    "11-2033": "Fundraising Managers",
    "13-1071": "Human Resources Specialists",
    "15-1251": "Computer Programmers",
    "15-1252": "Software Developers",
    "27-2012": "Producers and Directors",
    "27-2041": "Music Directors and Composers",
    "27-3031": "Public Relations Specialists",
    "29-1141": "Registered Nurses",
    "47-2072": "Pile Driver Operators",
    "47-2111": "Electricians",
    "49-3051": "Motorboat Mechanics and Service Technicians",
    "53-3051": "Bus Drivers, School",
}

PAIRS = [
    ("13-1071", "49-3051"),
    ("49-3051", "13-1071"),
    ("27-2041", "47-2072"),
    ("29-1141", "47-2111"),
    ("27-2012", "27-3031"),
    ("15-1252", "15-1251"),
    ("15-1252", "29-1141"),
    ("53-3051", "11-2033"),
]


@needs_shared
@pytest.mark.parametrize(("left", "right"), PAIRS, ids=lambda code: NAMES[code])
def test_a_gap_and_a_transfer(full_api: Api, printed: Printed, left: str, right: str) -> None:
    found = full_api.data(COMPARED, {"left": left, "right": right})["comparison"]["skills"]
    held, needed = printed.ratings[left], printed.ratings[right]
    domains = {domain for domain, _ in held} & {domain for domain, _ in needed}
    wanted = [(element, rated) for element, rated in needed.items() if element[0] in domains]
    compared = [
        (rated["IM"], held[element]["LV"], rated["LV"])
        for element, rated in wanted
        if rated.keys() == SCALES.keys() and "LV" in held.get(element, {})
    ]
    gap = fsum(im * max(0, to - has) for im, has, to in compared) / fsum(im for im, _, _ in compared)
    transfer = 100 * fsum(im * min(to, has) for im, has, to in compared) / fsum(im * to for im, _, to in compared)
    # Levels are stored with four decimals.
    assert found["gap"]["total"] == pytest.approx(gap, abs=0.0002)
    assert found["transfer"]["total"] == pytest.approx(transfer, abs=0.001)
    for measure in (found["gap"], found["transfer"]):
        assert (measure["compared"], measure["needed"]) == (len(compared), len(wanted))
    left_out = {name for (_, name), rated in wanted if "LV" not in rated or "LV" not in held.get((_, name), {})}
    assert all(name in found["gap"]["note"] for name in left_out)
    assert ("Left out" in found["gap"]["note"]) == bool(left_out)


@needs_shared
@pytest.mark.parametrize(("left", "right"), PAIRS, ids=lambda code: NAMES[code])
def test_sets_and_similarity(full_api: Api, printed: Printed, left: str, right: str) -> None:
    found = full_api.data(COMPARED, {"left": left, "right": right})["comparison"]["skills"]
    one, other = ({e: r["IM"] for e, r in printed.ratings[code].items() if "IM" in r} for code in (left, right))
    both = one.keys() & other.keys()
    important = [{element for element in both if side[element] >= 50} for side in (one, other)]
    assert {tuple(row["skill"][name] for name in ("kind", "name")) for row in found["shared"]} == (
        important[0] & important[1]
    )
    for field, expected in (("onlyLeft", important[0] - important[1]), ("onlyRight", important[1] - important[0])):
        assert {(row["skill"]["kind"], row["skill"]["name"]) for row in found[field]} == expected
    assert found["compared"] == len(both)
    assert found["jaccard"] == round(len(important[0] & important[1]) / len(important[0] | important[1]), 4)
    smaller, larger = (fsum(pick(one[e], other[e]) for e in both) for pick in (min, max))
    assert found["weightedJaccard"] == pytest.approx(smaller / larger, abs=0.00006)
    pairs = [(one[element], other[element]) for element in both]
    r = correlation([weight for weight, _ in pairs], [weight for _, weight in pairs])
    assert found["correlation"] == pytest.approx(r, abs=0.00006)


@needs_shared
def test_elements_that_are_not_relevant(full_api: Api, printed: Printed) -> None:
    assert len(printed.not_relevant) == 8043
    query = """query Ratings($code: String!) { occupation(by: {code: $code}) {
        skills(kind: SKILL, first: 100) { nodes { ...rated } } knowledge: skills(kind: KNOWLEDGE, first: 100) {
        nodes { ...rated } } } }
        fragment rated on OccupationSkill { notRelevant level importance skill { name kind } }"""
    for code in ("13-1071", "27-2041", "47-2072", "33-3041"):
        occupation = full_api.data(query, {"code": code})["occupation"]
        rows = [*occupation["skills"]["nodes"], *occupation["knowledge"]["nodes"]]
        served = {(row["skill"]["kind"], row["skill"]["name"]): row for row in rows}
        expected = printed.ratings[code]
        assert served.keys() == {element for element, rated in expected.items() if rated}
        for element, row in served.items():
            assert row["notRelevant"] == ((code, element) in printed.not_relevant)
            assert row["level"] == pytest.approx(expected[element].get("LV"), abs=0.00005001)
            assert row["importance"] == pytest.approx(expected[element].get("IM"), abs=0.00005001)
            assert row["level"] is not None or not row["notRelevant"]


# The same as fixed values, for a checkout without the files.


@pytest.mark.parametrize(
    ("left", "right", "gap", "transfer", "compared", "needed"),
    [
        ("13-1071", "49-3051", 18.7447, 54.1671, 68, 68),
        ("27-2041", "47-2072", 16.9027, 56.2413, 65, 68),
        ("29-1141", "47-2111", 11.4022, 74.1266, 64, 68),
        ("15-1252", "15-1251", 0.6779, 98.4554, 29, 35),
    ],
)
def test_gaps_and_transfers(
    full_api: Api, left: str, right: str, gap: float, transfer: float, compared: int, needed: int
) -> None:
    found = full_api.data(COMPARED, {"left": left, "right": right})["comparison"]["skills"]
    counts = {"compared": compared, "needed": needed}
    assert {name: value for name, value in found["gap"].items() if name != "note"} == {"total": gap, **counts}
    assert found["transfer"] == {"total": transfer, **counts}


def test_a_music_director_lacks_skills_of_a_pile_driver_operator(full_api: Api) -> None:
    query = """{ comparison(left: {code: "27-2041"}, right: {code: "47-2072"}) { skills {
        skill: gap(toward: RIGHT, kind: SKILL) { total compared needed missing { figure reason } elements { skill {
        name } fromLevel gap } }
        knowledge: gap(toward: RIGHT, kind: KNOWLEDGE) { total compared needed missing { figure } }
    } } }"""
    found = full_api.data(query)["comparison"]["skills"]
    largest = found["skill"].pop("elements")[0]
    assert found == {
        "skill": {
            "total": 12.6501,
            "compared": 32,
            "needed": 35,
            "missing": [
                {"figure": f"left level of {name}", "reason": "SUPPRESSED"}
                for name in ("Quality Control Analysis", "Complex Problem Solving", "Operations Analysis")
            ],
        },
        "knowledge": {"total": 21.2607, "compared": 33, "needed": 33, "missing": []},
    }
    # Music directors' level is that of an element that is not relevant to them.
    assert largest == {"skill": {"name": "Operation and Control"}, "fromLevel": 8.8571, "gap": 44.7143}


NO_KNOWLEDGE = "Knowledge areas are not compared: no O*NET ratings of them are available for {}."


@pytest.mark.parametrize(
    ("left", "right", "lacking", "weighted"),
    [
        ("15-1252", "15-1251", "15-1252", 0.8163),
        ("29-1141", "15-1252", "15-1252", 0.7455),
        ("11-2033", "13-1071", "11-2033", 0.8063),
    ],
)
def test_a_domain_that_one_side_lacks_is_left_out_of_both(
    full_api: Api, left: str, right: str, lacking: str, weighted: float
) -> None:
    comparison = full_api.data(COMPARED, {"left": left, "right": right})["comparison"]
    found, caveat = comparison["skills"], NO_KNOWLEDGE.format(NAMES[lacking])
    assert (found["kinds"], found["compared"], found["weightedJaccard"]) == ([SKILL], 35, weighted)
    assert {row["skill"]["kind"] for field in ("shared", "onlyLeft", "onlyRight") for row in found[field]} == {SKILL}
    assert [row for row in comparison["caveats"] if row.startswith(("Skills", "The skills", "Know"))] == [caveat]
    assert found["gap"]["note"].endswith(caveat)


@pytest.mark.parametrize(
    ("left", "right", "shared", "only_left", "only_right", "jaccard", "correlated"),
    [
        ("29-1141", "47-2111", 19, 10, 12, 0.4634, 0.2773),
        ("27-2012", "27-3031", 22, 4, 2, 0.7857, 0.8646),
        ("13-1071", "49-3051", 8, 15, 13, 0.2222, 0.1779),
    ],
)
def test_occupations_differ_in_what_is_important(
    full_api: Api,
    left: str,
    right: str,
    shared: int,
    only_left: int,
    only_right: int,
    jaccard: float,
    correlated: float,
) -> None:
    found = full_api.data(COMPARED, {"left": left, "right": right})["comparison"]["skills"]
    assert [len(found[field]) for field in ("shared", "onlyLeft", "onlyRight")] == [shared, only_left, only_right]
    assert (found["compared"], found["jaccard"], found["correlation"]) == (68, jaccard, correlated)


def test_what_nurses_need_and_electricians_do_not(full_api: Api) -> None:
    found = full_api.data(COMPARED, {"left": "29-1141", "right": "47-2111"})["comparison"]["skills"]
    assert [[row["skill"]["name"] for row in found[field]][:3] for field in ("onlyLeft", "onlyRight")] == [
        ["Psychology", "Medicine and Dentistry", "English Language"],
        ["Troubleshooting", "Building and Construction", "Repairing"],
    ]


# Related occupations.

RELATED = """query Related($code: String!) { occupation(by: {code: $code}) { title related(first: 100) {
    nodes { rank part relatedPart occupation { code title } source { name release } }
} } }"""


@needs_shared
@pytest.mark.parametrize(
    ("code", "members"),
    [("11-1011", ["11-1011"]), ("31-1120", ["31-1121", "31-1122"]), ("13-2099", ["13-2099"]), ("27-2012", ["27-2012"])],
)
def test_what_onet_relates_by_parts_only_is_marked(full_api: Api, code: str, members: list[str]) -> None:
    titles = {row["O*NET-SOC Code"]: row["Title"] for row in tabbed("Occupation Data.txt")}
    pairs = [
        (row["O*NET-SOC Code"], row["Related O*NET-SOC Code"])
        for row in tabbed("Related Occupations.txt")
        if row["O*NET-SOC Code"][:7] in members
    ]
    nodes = full_api.data(RELATED, {"code": code})["occupation"]["related"]["nodes"]
    of_whole = {related[:7] for one, related in pairs if one == f"{code}.00" and related.endswith(".00")}
    unmarked = {node["occupation"]["code"] for node in nodes if node["part"] is node["relatedPart"] is None}
    # Members of combined occupations are on the list, too, but have no wages of their own.
    assert unmarked == of_whole & {node["occupation"]["code"] for node in nodes}
    printed_titles = {(titles[one], titles[related]) for one, related in pairs}
    for node in nodes:
        one = node["part"] or titles[f"{code}.00"]
        assert (one, node["relatedPart"] or node["occupation"]["title"]) in printed_titles
    ranks = [node["rank"] for node in nodes]
    assert ranks == sorted(set(ranks))


def test_chief_executives_are_related_to_conservation_scientists_by_a_specialty_only(full_api: Api) -> None:
    nodes = full_api.data(RELATED, {"code": "11-1011"})["occupation"]["related"]["nodes"]
    [scientists] = [node for node in nodes if node["occupation"]["title"] == "Conservation Scientists"]
    assert scientists == {
        "rank": 22,
        "part": "Chief Sustainability Officers",
        "relatedPart": None,
        "occupation": {"code": "19-1031", "title": "Conservation Scientists"},
        "source": {"name": "O*NET related occupations", "release": "30.1"},
    }
    own = [node["occupation"]["title"] for node in nodes if node["part"] is None]
    assert own[:2] == ["General and Operations Managers", "Management Analysts"]
    # O*NET's own list comes first, its parts' lists after it.
    assert [node["part"] is None for node in nodes] == sorted((node["part"] is None for node in nodes), reverse=True)


@pytest.mark.parametrize(
    ("code", "related", "part", "related_part"),
    [
        ("31-1120", "29-2061", "Home Health Aides", None),
        ("13-2099", "15-2041", "Financial Quantitative Analysts", None),
        ("11-1021", "15-1299", None, "Information Technology Project Managers"),
    ],
)
def test_parts_of_related_occupations(
    full_api: Api, code: str, related: str, part: str | None, related_part: str | None
) -> None:
    nodes = full_api.data(RELATED, {"code": code})["occupation"]["related"]["nodes"]
    [found] = [node for node in nodes if node["occupation"]["code"] == related]
    assert (found["part"], found["relatedPart"]) == (part, related_part)
