"""What occupations do, in our own words and in O*NET's, and how two of them differ in it."""

from pathlib import Path

import pytest

from db.models import Occupation, Responsibility, Source
from db.vocabulary import OccupationKind
from db.writing import writing
from seed.comparison_page import store_page
from tests.conftest import Api, serving

OURS = "Rolegraph's own descriptions"


def test_an_occupation_has_our_description_and_responsibilities(full_api: Api) -> None:
    query = """{ occupation(by: {code: "47-2111"}) {
        description descriptionSource { name publisher license attribution }
        responsibilities(first: 2) { totalCount pageInfo { hasNextPage } nodes { text core source { name } } }
    } }"""
    found = full_api.data(query)["occupation"]
    assert found["description"].startswith("Install")
    assert found["descriptionSource"]["name"] == OURS
    assert found["descriptionSource"]["license"] == "Creative Commons Attribution 4.0 (CC BY 4.0)"
    assert "USDOL/ETA" in found["descriptionSource"]["attribution"]
    assert found["responsibilities"]["totalCount"] in range(6, 9)
    assert found["responsibilities"]["pageInfo"] == {"hasNextPage": True}
    assert [(duty["core"], duty["source"]["name"]) for duty in found["responsibilities"]["nodes"]] == [(True, OURS)] * 2


def test_every_occupation_has_a_description_and_six_to_eight_responsibilities(full_api: Api) -> None:
    query = """query($after: String) { occupations(first: 100, after: $after, filter: {kind: DETAILED}) {
        pageInfo { hasNextPage endCursor } nodes { code description responsibilities(first: 10) { nodes { core } } }
    } }"""
    seen, after = 0, None
    while True:
        page = full_api.data(query, {"after": after})["occupations"]
        for occupation in page["nodes"]:
            cores = [duty["core"] for duty in occupation["responsibilities"]["nodes"]]
            assert occupation["description"]
            assert len(cores) in range(6, 9), occupation
            assert cores == sorted(cores, reverse=True), "core ones come first"
        seen += len(page["nodes"])
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert seen == 830


def test_onets_words_are_listed_beside_ours_and_only_on_request(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'words.sqlite3'}"
    with writing(url) as session:
        store_page(session)
        group = "27-0000"
        session.add(Source(id="onet-tasks", name="O*NET tasks", license="CC BY 4.0", digest="1"))
        session.add(Source(id="rolegraph-words", name=OURS, license="CC BY 4.0", digest="1"))
        session.flush()
        editors = Occupation(
            slug="editors",
            code="27-3041",
            title="Editors",
            kind=OccupationKind.DETAILED,
            group_code=group,
            source_id="onet-tasks",
        )
        session.add(editors)
        session.flush()
        assert editors.id is not None
        for source, text in (("onet-tasks", "Theirs"), ("rolegraph-words", "Ours")):
            session.add(Responsibility(occupation_id=editors.id, source_id=source, position=1, text=text))
    with serving(url) as api:
        query = """{ occupation(by: {slug: "editors"}) {
            ours: responsibilities { totalCount nodes { text source { name } } }
            same: responsibilities(source: ROLEGRAPH) { nodes { text } }
            theirs: responsibilities(source: ONET) { totalCount nodes { text source { name } } }
        } }"""
        assert api.data(query)["occupation"] == {
            "ours": {"totalCount": 1, "nodes": [{"text": "Ours", "source": {"name": OURS}}]},
            "same": {"nodes": [{"text": "Ours"}]},
            "theirs": {"totalCount": 1, "nodes": [{"text": "Theirs", "source": {"name": "O*NET tasks"}}]},
        }


def test_the_roles_of_the_page_keep_their_own_words(full_api: Api) -> None:
    query = """{ occupation(by: {slug: "media-producer"}) {
        description descriptionSource { id: name } responsibilities { totalCount nodes { source { name } } }
        theirs: responsibilities(source: ONET) { totalCount }
    } }"""
    found = full_api.data(query)["occupation"]
    page = "Published comparison page: media producer vs media production specialist"
    assert found["descriptionSource"] == {"id": page}
    assert {duty["source"]["name"] for duty in found["responsibilities"]["nodes"]} == {page}
    assert found["theirs"] == {"totalCount": 0}


COMPARISON = """query($left: String!, $right: String!) {
    comparison(left: {code: $left}, right: {code: $right}) {
        summary
        responsibilities {
            shared { activity left { text } right { text } }
            onlyLeft { activity left { text } right { text } }
            onlyRight { activity left { text } right { text } }
        }
    }
}"""


def test_two_occupations_are_compared_by_work_activity(full_api: Api) -> None:
    found = full_api.data(COMPARISON, {"left": "47-2111", "right": "47-2152"})["comparison"]
    parts = found["responsibilities"]
    assert parts["shared"]
    assert parts["onlyLeft"]
    assert parts["onlyRight"]
    assert all(one["left"] and one["right"] for one in parts["shared"])
    assert all(one["left"] and not one["right"] for one in parts["onlyLeft"])
    assert all(one["right"] and not one["left"] for one in parts["onlyRight"])
    names = [one["activity"] for part in parts.values() for one in part]
    assert len(names) == len(set(names)), "each activity stands once"
    assert found["summary"][-1].startswith(
        f"Work activities of both, in O*NET's categories: {parts['shared'][0]['activity'].lower()}"
    )


def test_an_occupation_has_all_activities_in_common_with_itself(full_api: Api) -> None:
    parts = full_api.data(COMPARISON, {"left": "47-2111", "right": "47-2111"})["comparison"]["responsibilities"]
    assert parts["onlyLeft"] == parts["onlyRight"] == []
    assert all(one["left"] == one["right"] for one in parts["shared"])


def test_roles_without_activities_have_none_to_compare(full_api: Api) -> None:
    query = """{ comparison(left: {slug: "media-producer"}, right: {slug: "media-production-specialist"}) {
        responsibilities { shared { activity } onlyLeft { activity } onlyRight { activity } } summary
    } }"""
    found = full_api.data(query)["comparison"]
    assert found["responsibilities"] == {"shared": [], "onlyLeft": [], "onlyRight": []}
    assert not any("Listed for one side only" in sentence for sentence in found["summary"])


@pytest.mark.parametrize("source", ["wikipedia", "onet"])
def test_an_unknown_source_of_words_is_refused(full_api: Api, source: str) -> None:
    error = full_api.error(f"""{{ occupation(by: {{code: "47-2111"}}) {{
        responsibilities(source: {source}) {{ totalCount }}
    }} }}""")
    assert f"'{source}' does not exist in 'WordsSource' enum" in error["message"]


def test_descriptions_find_what_titles_do_not(full_api: Api) -> None:
    query = """query($text: String!) { search(text: $text, first: 5) { occupation { code } matchedTitle score } }"""
    [first, *_] = full_api.data(query, {"text": "cataract glaucoma retina"})["search"]
    assert first["occupation"]["code"] == "29-1241"
    assert first["score"] < 0.5


def test_a_description_ranks_below_every_title(full_api: Api) -> None:
    query = """{ search(text: "ski lift mechanics", first: 20) { matchedTitle score } }"""
    scores = [match["score"] for match in full_api.data(query)["search"]]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] >= 0.5 > scores[-1]
