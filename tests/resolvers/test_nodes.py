"""Objects by their global ids."""

from collections.abc import Iterator

import pytest

from resolvers.global_ids import global_id
from tests.conftest import COLD, Api, serving

OBJECTS = """{
    occupation(by: {slug: "electricians"}) {
        __typename id title
        group { __typename id code }
        education { majors(first: 1) { nodes { __typename id code title } } }
        industrySalaries(first: 1) { nodes { industry { __typename id title } } }
    }
    skill(slug: "programming") { __typename id name }
    area(code: "CA") { __typename id name }
    jobTitle(slug: "rn") { __typename id title }
    sources { __typename id name }
    comparison(left: {slug: "electricians"}, right: {code: "29-1141"}, area: "CA") { __typename id }
}"""
REFETCHED = """query ($ids: [ID!]!) { nodes(ids: $ids) {
    __typename id
    ... on Occupation { title }
    ... on OccupationGroup { code }
    ... on FieldOfStudy { code title }
    ... on Industry { title }
    ... on Skill { name }
    ... on Area { name }
    ... on JobTitle { title }
    ... on Source { name }
    ... on Comparison { left { slug } right { slug } area { code } salary { annualMean { left right } } }
} }"""


@pytest.fixture(scope="module")
def counted(everything: str) -> Iterator[Api]:
    """The API on all data, without caches."""
    with serving(everything, **COLD) as api:
        yield api


def objects(api: Api) -> list[dict[str, object]]:
    """Return an object of each type that has an id."""
    found = api.data(OBJECTS)
    occupation = found["occupation"]
    group, [major] = occupation.pop("group"), occupation.pop("education")["majors"]["nodes"]
    [cell] = occupation.pop("industrySalaries")["nodes"]
    others = [found["skill"], found["area"], found["jobTitle"], *found["sources"], found["comparison"]]
    return [occupation, group, major, cell["industry"], *others]


def test_each_object_is_refetched_by_its_id(full_api: Api) -> None:
    known = objects(full_api)
    assert {str(each["__typename"]) for each in known} == {
        each["name"]
        for each in full_api.data('{ __type(name: "Node") { possibleTypes { name } } }')["__type"]["possibleTypes"]
    }
    refetched = full_api.data(REFETCHED, {"ids": [each["id"] for each in known]})["nodes"]
    comparison = refetched.pop()
    assert refetched == known[:-1]
    asked = '{ comparison(left: {slug: "electricians"}, right: {slug: "registered-nurses"}, area: "CA") { %s } }'
    selection = "__typename id left { slug } right { slug } area { code } salary { annualMean { left right } }"
    assert comparison == full_api.data(asked % selection)["comparison"]
    assert comparison["area"] == {"code": "CA"}


def test_ids_differ_between_objects_and_sides(full_api: Api) -> None:
    known = [str(each["id"]) for each in objects(full_api)]
    compare = 'comparison(left: {slug: "%s"}, right: {slug: "%s"}, area: "%s") { id }'
    pairs = [("bakers", "electricians", "US"), ("electricians", "bakers", "US"), ("bakers", "electricians", "CA")]
    fields = " ".join(f"c{place}: {compare % pair}" for place, pair in enumerate(pairs))
    ids = known + [each["id"] for each in full_api.data(f"{{ {fields} }}").values()]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "key",
    [
        ("Comparison", "electricians/registered-nurses/ZZ"),
        ("Comparison", "electricians/nothing/US"),
        ("Comparison", "electricians/registered-nurses"),
        ("Comparison", "electricians/registered-nurses/US/"),
        ("Area", "ca"),
        ("OccupationGroup", "47-2111"),
        ("FieldOfStudy", "99.9999"),
        ("Industry", ""),
        ("Source", "nothing"),
        ("Query", "skill"),
    ],
)
def test_an_id_without_an_object_is_null(full_api: Api, key: tuple[str, str]) -> None:
    assert full_api.data("query ($id: ID!) { node(id: $id) { id } }", {"id": global_id(*key)}) == {"node": None}


@pytest.mark.parametrize(
    ("keys", "statements"),
    [
        ([("Area", "CA"), ("Area", "TX"), ("Area", "NY")], 1),
        ([("Area", "CA"), ("Source", "oews"), ("Area", "NY")], 2),
        ([("Comparison", "bakers/chefs-and-head-cooks/CA"), ("Comparison", "electricians/bakers/TX")], 2),
    ],
)
def test_a_type_takes_the_same_statements_for_all_ids(
    counted: Api, keys: list[tuple[str, str]], statements: int
) -> None:
    with counted.statements() as run:
        found = counted.data("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": [global_id(*k) for k in keys]})
    assert [each["id"] for each in found["nodes"]] == [global_id(*key) for key in keys]
    assert len(run) == statements, run
