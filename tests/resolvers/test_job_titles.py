"""Job titles: lookups by slug and text, as keys of occupations, and in comparisons."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.job_titles import slug_of_title
from db.models import (
    ALL_INDUSTRIES,
    NATION,
    AlternateTitle,
    Area,
    Industry,
    Occupation,
    OccupationGroup,
    Source,
    UncoveredTitle,
    Wage,
)
from db.vocabulary import AreaKind, GroupLevel, OccupationKind
from db.writing import writing
from resolvers.global_ids import global_id
from tests.conftest import COLD, Api, serving

PRODUCT = ["Product Manager"]
OCCUPATIONS: list[tuple[str | None, str, int, list[str]]] = [
    (
        "11-2021",
        "Marketing Managers",
        900,
        ["Brand Manager", "Social Media Manager", "Product Manager", "Café Marketer"],
    ),
    ("11-2032", "Public Relations Managers", 70, ["Social Media Manager"]),
    ("11-2011", "Advertising Managers", 20, ["Brand Manager", "Social Media Manager", "Media Producer"]),
    (
        "15-1252",
        "Software Developers",
        1_600,
        ["C Developer", "C++ Developer", "C# Developer", "Product Manager", "Coder"],
    ),
    ("27-2012", "Producers", 140, ["Media Producer"]),
    ("29-1141", "Registered Nurses", 3_200, ["RN (Registered Nurse)"]),
    (None, "Media Producer", 0, []),
]
"""Made up: code, title, national employment, alternate titles."""

SOLDIERS = "The wage data leave out the armed forces."


def store(session: Session) -> None:
    """Store the occupations and their titles."""
    session.add(Source(id="test", name="Test", license="Public domain", digest=""))
    session.add(OccupationGroup(code="00-0000", title="All", level=GroupLevel.TOTAL))
    session.add(Area(code=NATION, name="United States", kind=AreaKind.NATION))
    session.add(Industry(code=ALL_INDUSTRIES, title="All"))
    session.add(UncoveredTitle(title="Soldier", source_id="test", reason=SOLDIERS))
    session.add(UncoveredTitle(title="Infantry", source_id="test", reason=SOLDIERS, code="55-3016"))
    session.flush()
    for code, title, employment, alternate in OCCUPATIONS:
        kind = OccupationKind.ROLE if code is None else OccupationKind.DETAILED
        occupation = Occupation(
            slug=slug_of_title(title), title=title, code=code, kind=kind, group_code="00-0000", source_id="test"
        )
        session.add(occupation)
        session.flush()
        key: dict[str, Any] = {"occupation_id": occupation.id, "source_id": "test"}
        session.add_all(AlternateTitle(**key, title=name) for name in alternate)
        session.add(Wage(**key, area_code=NATION, industry_code=ALL_INDUSTRIES, employment=employment))


@pytest.fixture(scope="module")
def titled(migrated_database: Callable[[], str]) -> Iterator[Api]:
    """The API on these titles, without caches."""
    url = migrated_database()
    with writing(url) as session:
        store(session)
    with serving(url, **COLD) as api:
        yield api


JOB_TITLE = """query ($slug: String!) { jobTitle(slug: $slug) {
    id slug title occupation { title kind } notCovered others { title } source { name }
} }"""


def job_title(api: Api, slug: str) -> tuple[str, str | None, list[str]] | None:
    """Return a job title's title, and the titles of its occupation and of the others."""
    found = api.data(JOB_TITLE, {"slug": slug})["jobTitle"]
    if found is None:
        return None
    occupation = found["occupation"] and found["occupation"]["title"]
    return found["title"], occupation, [other["title"] for other in found["others"]]


# By slug


def test_a_job_title_names_its_occupation_the_others_and_its_source(titled: Api) -> None:
    assert titled.data(JOB_TITLE, {"slug": "social-media-manager"})["jobTitle"] == {
        "id": global_id("JobTitle", "social-media-manager"),
        "slug": "social-media-manager",
        "title": "Social Media Manager",
        "occupation": {"title": "Marketing Managers", "kind": "DETAILED"},
        "notCovered": None,
        "others": [{"title": "Public Relations Managers"}, {"title": "Advertising Managers"}],
        "source": {"name": "Test"},
    }


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("social-media-managers", "Social Media Manager"),
        ("Social-Media-Manager", "Social Media Manager"),
        ("registered-nurse", "Registered Nurse"),
        ("rn", "RN"),
        ("rns", None),
        ("marketing-manager", "Marketing Managers"),
        ("c-developers", "C Developer"),
        ("c-plus-plus-developer", "C++ Developer"),
        ("c-sharp-developers", "C# Developer"),
        ("c-plus-plus-developers", "C++ Developer"),
        ("cafe-marketer", "Café Marketer"),
        ("astronaut", None),
        ("", None),
        ("-", None),
        ("x" * 5_000, None),
    ],
)
def test_singular_and_plural_are_alike_and_signs_are_not(titled: Api, slug: str, expected: str | None) -> None:
    found = job_title(titled, slug)
    assert (found and found[0]) == expected


def test_an_occupations_or_roles_own_title_comes_first(titled: Api) -> None:
    assert job_title(titled, "media-producer") == (
        "Media Producer",
        "Media Producer",
        ["Producers", "Advertising Managers"],
    )
    assert titled.data(JOB_TITLE, {"slug": "media-producer"})["jobTitle"]["occupation"]["kind"] == "ROLE"


def test_a_title_that_is_not_covered_says_why(titled: Api) -> None:
    found = titled.data(JOB_TITLE, {"slug": "soldiers"})["jobTitle"]
    assert (found["title"], found["occupation"], found["notCovered"]) == ("Soldier", None, SOLDIERS)
    found = titled.data(JOB_TITLE, {"slug": "55-3016.00"})["jobTitle"]
    assert (found["title"], found["occupation"], found["notCovered"]) == ("Infantry", None, SOLDIERS)
    query = '{ search(text: "SOC 553016") { occupation { code } matchedTitle exact score notCovered } }'
    assert titled.data(query)["search"] == [
        {"occupation": None, "matchedTitle": "Infantry", "exact": True, "score": 1.0, "notCovered": SOLDIERS}
    ]


def test_a_job_title_is_a_node(titled: Api) -> None:
    query = """query ($ids: [ID!]!) { nodes(ids: $ids) {
        __typename ... on JobTitle { title occupation { title } } ... on Occupation { title }
    } }"""
    ids = [global_id(*key) for key in (("JobTitle", "rn"), ("Occupation", "producers"), ("JobTitle", "astronaut"))]
    assert titled.data(query, {"ids": ids})["nodes"] == [
        {"__typename": "JobTitle", "title": "RN", "occupation": {"title": "Registered Nurses"}},
        {"__typename": "Occupation", "title": "Producers"},
        None,
    ]


# By text


def test_titles_are_found_by_words_the_same_title_first(titled: Api) -> None:
    query = "query ($text: String!, $first: Int) { jobTitles(text: $text, first: $first) { title } }"
    found = titled.data(query, {"text": "managers"})["jobTitles"]
    assert len(found) == len({title["title"] for title in found}) > 2
    assert {title["title"] for title in found} > {"Marketing Managers", "Public Relations Managers"}
    found = titled.data(query, {"text": "social media managers", "first": 1})["jobTitles"]
    assert found == [{"title": "Social Media Manager"}]
    assert titled.data(query, {"text": "c# developer", "first": 1})["jobTitles"] == [{"title": "C# Developer"}]
    assert titled.data(query, {"text": "soldier", "first": 1})["jobTitles"] == [{"title": "Soldier"}]
    assert titled.data(query, {"text": "brand", "first": 0})["jobTitles"] == []
    error = titled.error(query, {"text": "brand", "first": 101})
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


# As keys


KEYS = """query ($left: String!, $right: String!) { comparison(left: {title: $left}, right: {title: $right}) {
    left { title } leftTitle { title exact occupation { title } others { title } }
    right { title } rightTitle { title exact occupation { title } others { title } }
} }"""


def test_a_comparison_by_titles_says_how_it_found_them(titled: Api) -> None:
    assert titled.data(KEYS, {"left": "SOCIAL MEDIA MANAGERS", "right": "c++ developers"})["comparison"] == {
        "left": {"title": "Marketing Managers"},
        "leftTitle": {
            "title": "Social Media Manager",
            "exact": True,
            "occupation": {"title": "Marketing Managers"},
            "others": [{"title": "Public Relations Managers"}, {"title": "Advertising Managers"}],
        },
        "right": {"title": "Software Developers"},
        "rightTitle": {
            "title": "C++ Developer",
            "exact": True,
            "occupation": {"title": "Software Developers"},
            "others": [],
        },
    }


def test_a_similar_title_is_not_exact(titled: Api) -> None:
    found = titled.data(KEYS, {"left": "social media manger", "right": "software developer"})["comparison"]
    assert (found["leftTitle"]["title"], found["leftTitle"]["exact"]) == ("Social Media Manager", False)
    assert (found["rightTitle"]["title"], found["rightTitle"]["exact"]) == ("Software Developers", True)


def test_other_keys_have_no_title(titled: Api) -> None:
    query = """{ comparison(left: {slug: "producers"}, right: {title: "rn"}) {
        leftTitle { title } rightTitle { title }
    } }"""
    assert titled.data(query)["comparison"] == {"leftTitle": None, "rightTitle": {"title": "RN"}}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("brand manager", "Marketing Managers"),
        ("Registered nurse", "Registered Nurses"),
        ("café marketer", "Marketing Managers"),
        ("Cafe-Marketers", "Marketing Managers"),
        ("media producer", "Media Producer"),
        ("soldier", None),
        ("xqzw", None),
        ("", None),
        ("+", None),
        ("\x00", None),
    ],
)
def test_a_lookup_by_title_is_null_without_an_occupation(titled: Api, title: str, expected: str | None) -> None:
    query = "query ($title: String!) { occupation(by: {title: $title}) { title } }"
    found = titled.data(query, {"title": title})["occupation"]
    assert (found and found["title"]) == expected


def test_an_unknown_title_is_not_found_and_the_nearest_are_named(titled: Api) -> None:
    error = titled.error(KEYS, {"left": "brand manager astronaut", "right": "zzzzzz"})
    assert error["extensions"] == {"code": "NOT_FOUND", "arguments": ["left", "right"]}
    near = (
        'Argument "left": no occupation has the title "brand manager astronaut"; the nearest titles are "Brand Manager"'
    )
    assert error["message"].startswith(near)
    unknown = 'Argument "right": no occupation has the title "zzzzzz"; search(text:) finds occupations.'
    assert error["message"].endswith(unknown)


def test_a_title_that_is_not_covered_is_not_found_with_the_reason(titled: Api) -> None:
    error = titled.error(KEYS, {"left": "soldiers", "right": "rn"})
    assert error["extensions"] == {"code": "NOT_FOUND", "arguments": ["left"]}
    assert error["message"] == (
        'Argument "left": no occupation covers the title "soldiers": The wage data leave out the armed forces.'
    )


def test_a_long_title_is_cut_in_the_message(titled: Api) -> None:
    error = titled.error(KEYS, {"left": "x" * 1_000, "right": "rn"})
    assert error["message"].startswith(f'Argument "left": no occupation has the title "{"x" * 57}..."; ')


def test_a_ranking_takes_titles(titled: Api) -> None:
    query = "query ($keys: [OccupationKey!]!) { ranking(occupations: $keys) { entries { occupation { title } } } }"
    found = titled.data(query, {"keys": [{"title": "RN"}, {"code": "27-2012"}, {"title": "brand managers"}]})
    assert {entry["occupation"]["title"] for entry in found["ranking"]["entries"]} == {
        "Registered Nurses",
        "Producers",
        "Marketing Managers",
    }
    error = titled.error(query, {"keys": [{"title": "RN"}, {"slug": "registered-nurses"}]})
    assert error["message"] == ('Argument "occupations": occupations[0] and occupations[1] are both Registered Nurses.')
    error = titled.error(query, {"keys": [{"title": "RN"}, {"title": "soldier"}]})
    assert error["extensions"]["arguments"] == ["occupations[1]"]


def test_the_id_of_a_comparison_has_its_titles(titled: Api) -> None:
    sides = "left { title } leftTitle { title exact } right { title } rightTitle { title exact }"
    by_keys = f"""query ($left: OccupationKey!, $right: OccupationKey!) {{
        comparison(left: $left, right: $right) {{ id {sides} }}
    }}"""
    by_id = f"query ($id: ID!) {{ node(id: $id) {{ id ... on Comparison {{ {sides} }} }} }}"
    rn, nurses = {"title": "rn"}, {"slug": "registered-nurses"}
    asked = [(rn, rn), (rn, nurses), (nurses, rn), (nurses, nurses), ({"title": "social media manger"}, rn)]
    found = [titled.data(by_keys, {"left": left, "right": right})["comparison"] for left, right in asked]
    assert len({each["id"] for each in found}) == len(found)
    assert [titled.data(by_id, {"id": each["id"]})["node"] for each in found] == found
    for key in (
        "registered-nurses/registered-nurses/US/rn/soldier",
        "registered-nurses/registered-nurses/US/rn/brand-manager",
        "registered-nurses/registered-nurses/US//",
        "registered-nurses/registered-nurses/US/rn",
    ):
        assert titled.data(by_id, {"id": global_id("Comparison", key)})["node"] is None


# Two titles of one occupation

TOGETHER = "public figures count them together, so there is nothing to compare."
APART = "What would tell them apart is their other occupations"
NOT_APART = "No source counts either of them in an occupation that would tell them apart."

SUMMARY = """query ($left: OccupationKey!, $right: OccupationKey!) {
    comparison(left: $left, right: $right) { summary }
}"""


@pytest.mark.parametrize(
    ("left", "right", "summary"),
    [
        (
            {"title": "product manager"},
            {"title": "café marketer"},
            [
                f"Product Manager and Café Marketer are both counted in Marketing Managers: {TOGETHER}",
                f"{APART}: Product Manager may also be counted in Software Developers.",
            ],
        ),
        (
            {"title": "C developer"},
            {"title": "C# developer"},
            [f"C Developer and C# Developer are both counted in Software Developers: {TOGETHER}", NOT_APART],
        ),
        (
            {"slug": "marketing-managers"},
            {"title": "brand manager"},
            [
                f"Brand Manager is counted in Marketing Managers: {TOGETHER}",
                f"{APART}: Brand Manager may also be counted in Advertising Managers.",
            ],
        ),
        (
            {"title": "RN"},
            {"title": "rn"},
            ["Both sides are Registered Nurses, so there is nothing to compare."],
        ),
        (
            {"slug": "producers"},
            {"code": "27-2012"},
            ["Both sides are Producers, so there is nothing to compare."],
        ),
    ],
)
def test_titles_of_one_occupation_are_counted_together(
    titled: Api, left: dict[str, str], right: dict[str, str], summary: list[str]
) -> None:
    assert titled.data(SUMMARY, {"left": left, "right": right})["comparison"]["summary"] == summary


# Statements


@pytest.mark.parametrize("count", [2, 5])
def test_known_titles_take_two_statements(titled: Api, count: int) -> None:
    titles = ["rn", "producers", "brand manager", "c++ developer", "public relations manager"][:count]
    query = "query ($keys: [OccupationKey!]!) { ranking(occupations: $keys) { entries { rank } } }"
    with titled.statements() as run:
        titled.data(query, {"keys": [{"title": title} for title in titles]})
    # Titles, occupations, the area and the wages.
    assert len(run) == 4


def test_other_keys_take_as_many_statements_as_without_titles(titled: Api) -> None:
    query = '{ comparison(left: {slug: "producers"}, right: {slug: "registered-nurses"}) { left { title } } }'
    with titled.statements() as run:
        titled.data(query)
    assert len(run) == 1


@pytest.mark.parametrize("size", [1, 4])
def test_the_occupations_of_titles_take_a_fixed_number_of_statements(titled: Api, size: int) -> None:
    query = """query ($first: Int) {
        jobTitles(text: "manager", first: $first) { title occupation { title } others { title } source { name } }
    }"""
    with titled.statements() as alone:
        titled.data('query ($first: Int) { jobTitles(text: "manager", first: $first) { title } }', {"first": size})
    with titled.statements() as run:
        titles = titled.data(query, {"first": size})["jobTitles"]
    assert len(titles) == size
    # The other occupations and the sources: search has read the occupations.
    assert len(run) == len(alone) + 2


def test_a_ranking_says_how_titles_were_read(full_api: Api) -> None:
    query = """{ ranking(occupations: [{code: "27-3042"}, {title: "brand managers"}, {title: "sofware develper"}]) {
        entries { occupation { code } title { title exact others { title } } }
    } }"""
    entries = {entry["occupation"]["code"]: entry["title"] for entry in full_api.data(query)["ranking"]["entries"]}
    assert entries["27-3042"] is None
    assert (entries["11-2021"]["title"], entries["11-2021"]["exact"]) == ("Brand Manager", True)
    assert (entries["15-1252"]["title"], entries["15-1252"]["exact"]) == ("Software Developers", False)
