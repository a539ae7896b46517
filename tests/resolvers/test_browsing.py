"""Lists, search, groups, skills, areas and sources of the embedded data."""

import pytest

from tests.conftest import Api

PRODUCER, SPECIALIST = "media-producer", "media-production-specialist"


@pytest.mark.parametrize(
    ("arguments", "slugs"),
    [
        ("", [PRODUCER, SPECIALIST]),
        ("(orderBy: {field: TITLE, direction: DESC})", [SPECIALIST, PRODUCER]),
        ("(orderBy: {field: MEAN_WAGE})", [SPECIALIST, PRODUCER]),
        ("(orderBy: {field: MEAN_WAGE, direction: DESC})", [PRODUCER, SPECIALIST]),
        # Neither has a median, so the slug decides.
        ("(orderBy: {field: MEDIAN_WAGE, direction: DESC})", [PRODUCER, SPECIALIST]),
        ('(filter: {text: "SPECIAL"})', [SPECIALIST]),
        ('(filter: {text: "%"})', []),
        ("(filter: {kind: DETAILED})", []),
        ('(filter: {group: "27-0000"})', [PRODUCER, SPECIALIST]),
        ('(filter: {skill: "instagram"})', [PRODUCER]),
        ('(filter: {skill: "training-videos", annualMean: {atMost: 57000}})', [SPECIALIST]),
        ("(filter: {annualMean: {atLeast: 57433}})", [PRODUCER]),
        ("(filter: {annualMedian: {atLeast: 0}})", []),
        ("(filter: {growthPercent: {atLeast: 8, atMost: 8}})", [PRODUCER, SPECIALIST]),
        ("(filter: null, orderBy: null, first: null, after: null)", [PRODUCER, SPECIALIST]),
    ],
)
def test_occupations(api: Api, arguments: str, slugs: list[str]) -> None:
    found = api.data(f"{{ occupations{arguments} {{ totalCount nodes {{ slug }} }} }}")["occupations"]
    assert found == {"totalCount": len(slugs), "nodes": [{"slug": slug} for slug in slugs]}


PAGE = """query ($first: Int, $after: String, $last: Int, $before: String) {
    occupations(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { slug } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}"""


def test_pages_walk_forward_and_backward(api: Api) -> None:
    first = api.data(PAGE, {"first": 1})["occupations"]
    assert [edge["node"]["slug"] for edge in first["edges"]] == [PRODUCER]
    assert (first["pageInfo"]["hasNextPage"], first["pageInfo"]["hasPreviousPage"]) == (True, False)
    assert first["edges"][0]["cursor"] == first["pageInfo"]["startCursor"] == first["pageInfo"]["endCursor"]

    second = api.data(PAGE, {"first": 1, "after": first["pageInfo"]["endCursor"]})["occupations"]
    assert [edge["node"]["slug"] for edge in second["edges"]] == [SPECIALIST]
    assert (second["pageInfo"]["hasNextPage"], second["pageInfo"]["hasPreviousPage"]) == (False, True)

    assert api.data(PAGE, {"last": 1})["occupations"]["edges"] == second["edges"]
    assert api.data(PAGE, {"last": 1, "before": second["pageInfo"]["startCursor"]})["occupations"] == first

    beyond = api.data(PAGE, {"after": second["pageInfo"]["endCursor"]})["occupations"]
    nowhere = {"hasNextPage": False, "hasPreviousPage": True, "startCursor": None, "endCursor": None}
    assert beyond == {"edges": [], "pageInfo": nowhere}


def test_an_empty_page_has_the_total_count(api: Api) -> None:
    found = api.data("{ occupations(first: 0) { totalCount nodes { slug } pageInfo { hasNextPage } } }")["occupations"]
    assert found == {"totalCount": 2, "nodes": [], "pageInfo": {"hasNextPage": True}}


def test_nested_pages_count_their_own_lists(api: Api) -> None:
    query = """query ($after: String) { occupations { nodes { responsibilities(first: 5, after: $after) {
        totalCount nodes { text } pageInfo { hasNextPage hasPreviousPage endCursor }
    } } } }"""
    pages = [node["responsibilities"] for node in api.data(query)["occupations"]["nodes"]]
    assert [(page["totalCount"], len(page["nodes"]), page["pageInfo"]["hasNextPage"]) for page in pages] == [
        (6, 5, True),
        (4, 4, False),
    ]
    rest = [
        node["responsibilities"]
        for node in api.data(query, {"after": pages[0]["pageInfo"]["endCursor"]})["occupations"]["nodes"]
    ]
    assert [(page["totalCount"], len(page["nodes"]), page["pageInfo"]["hasPreviousPage"]) for page in rest] == [
        (6, 1, True),
        (4, 0, True),
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("media producer", PRODUCER),
        ("Media Producers", PRODUCER),
        ("producer media", PRODUCER),
        ("mdia prodcer", PRODUCER),
        ("media p", PRODUCER),  # Both titles begin like this; it is a larger part of the shorter one.
        ("production specialist", SPECIALIST),
        ("SPECIALISTS, MEDIA PRODUCTION", SPECIALIST),
        ("meda producton specalist", SPECIALIST),
    ],
)
def test_search_finds_titles_with_mistakes_and_beginnings(api: Api, text: str, first: str) -> None:
    matches = api.data(
        "query ($text: String!) { search(text: $text) { occupation { slug } matchedTitle score } }", {"text": text}
    )["search"]
    assert matches[0]["occupation"] == {"slug": first}
    assert matches[0]["matchedTitle"] == {PRODUCER: "Media Producer", SPECIALIST: "Media Production Specialist"}[first]
    assert 0.6 <= matches[0]["score"] <= 1
    assert [match["score"] for match in matches] == sorted((match["score"] for match in matches), reverse=True)


def test_an_exact_title_scores_one(api: Api) -> None:
    matches = api.data('{ search(text: "media producer", first: 1) { score } }')["search"]
    assert matches == [{"score": 1}]


@pytest.mark.parametrize("text", ["", "   ", "?!", "zzzzqqqq", "\U0001f3ac", "x" * 1000])
def test_search_finds_nothing_in_noise(api: Api, text: str) -> None:
    query = "query ($text: String!) { search(text: $text) { score } }"
    assert api.data(query, {"text": text}) == {"search": []}


def test_groups_can_be_browsed(api: Api) -> None:
    arts = {"code": "27-0000", "title": "Arts, Design, Entertainment, Sports, and Media Occupations", "level": "MAJOR"}
    data = api.data(
        """{
            groups { code title level }
            minor: groups(level: MINOR) { code }
            group(code: "27-0000") {
                parent { code } children { code } occupations(first: 1) { totalCount nodes { slug group { code } } }
            }
            unknown: group(code: "00-0000") { code }
        }"""
    )
    assert data == {
        "groups": [arts],
        "minor": [],
        "group": {
            "parent": None,
            "children": [],
            "occupations": {"totalCount": 2, "nodes": [{"slug": PRODUCER, "group": {"code": "27-0000"}}]},
        },
        "unknown": None,
    }


def test_an_exactly_full_page_of_a_groups_occupations_is_the_last(api: Api) -> None:
    query = """query ($first: Int) { group(code: "27-0000") { occupations(first: $first) {
        nodes { slug } pageInfo { hasNextPage }
    } } }"""
    assert api.data(query, {"first": 1})["group"]["occupations"]["pageInfo"] == {"hasNextPage": True}
    assert api.data(query, {"first": 2})["group"]["occupations"] == {
        "nodes": [{"slug": PRODUCER}, {"slug": SPECIALIST}],
        "pageInfo": {"hasNextPage": False},
    }


def test_skills(api: Api) -> None:
    data = api.data(
        """{
            skill(slug: "training-videos") {
                name kind occupations { totalCount nodes { percent rank occupation { slug } source { license } } }
            }
            skills(text: "video", first: 2) { totalCount nodes { slug } pageInfo { hasNextPage } }
            technologies: skills(kind: TECHNOLOGY) { totalCount }
            unknown: skill(slug: "juggling") { name }
        }"""
    )
    stated = {"license": "Figures are facts and free to use; the sentences are Rolegraph's own (MIT)"}
    assert data == {
        "skill": {
            "name": "Training Videos",
            "kind": "LISTED",
            "occupations": {
                "totalCount": 2,
                "nodes": [
                    {"percent": 12, "rank": 1, "occupation": {"slug": SPECIALIST}, "source": stated},
                    {"percent": 9, "rank": 2, "occupation": {"slug": PRODUCER}, "source": stated},
                ],
            },
        },
        "skills": {
            "totalCount": 3,
            "nodes": [{"slug": "training-videos"}, {"slug": "video-content"}],
            "pageInfo": {"hasNextPage": True},
        },
        "technologies": {"totalCount": 0},
        "unknown": None,
    }


def test_skills_of_one_kind(api: Api) -> None:
    data = api.data(
        """{ occupation(by: {slug: "media-producer"}) {
            listed: skills(kind: LISTED, first: 1) { totalCount nodes { skill { slug } } }
            knowledge: skills(kind: KNOWLEDGE) { totalCount nodes { rank } }
        } }"""
    )["occupation"]
    assert data == {
        "listed": {"totalCount": 6, "nodes": [{"skill": {"slug": "instagram"}}]},
        "knowledge": {"totalCount": 0, "nodes": []},
    }


def test_areas_and_sources(api: Api) -> None:
    data = api.data(
        """{
            area(code: "US") { name kind }
            unknown: area(code: "ZZ") { name }
            areas(kind: NATION, text: "united") { totalCount nodes { code } }
            states: areas(kind: STATE) { totalCount nodes { code } }
            sources { name publisher release license url retrieved }
        }"""
    )
    assert data == {
        "area": {"name": "United States", "kind": "NATION"},
        "unknown": None,
        "areas": {"totalCount": 1, "nodes": [{"code": "US"}]},
        "states": {"totalCount": 0, "nodes": []},
        "sources": [
            {
                "name": "Published comparison page: media producer vs media production specialist",
                "publisher": None,
                "release": None,
                "license": "Figures are facts and free to use; the sentences are Rolegraph's own (MIT)",
                "url": None,
                "retrieved": None,
            }
        ],
    }
