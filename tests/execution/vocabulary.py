"""Values for arguments: some that the server returned and some that are wrong."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from graphql import GraphQLObjectType, GraphQLSchema

from tests.conftest import Api
from tests.execution.operations import Values, as_list

CODES = ["27-2012", "27-3031", "27-4032", "27-2011", "29-1212", "25-2021", "15-1252", "11-1011"]
"""Among them are top-coded wages, and wages that are only hourly or only annual."""

ROLES = ["media-producer", "media-production-specialist"]

DOORS = {
    "Query": "{ %s }",
    "Occupation": '{ occupation(by: {code: "27-2012"}) { %s } role: occupation(by: {slug: "media-producer"}) { %s } }',
    "Education": '{ occupation(by: {code: "27-2012"}) { education { %s } } }',
    "OccupationGroup": '{ group(code: "27-0000") { %s } }',
    "Skill": '{ skill(slug: "programming") { %s } }',
    "PlaceComparison": '{ comparison(left: {code: "27-2012"}, right: {code: "27-3031"}) { places { %s } } }',
}
"""A query for an object of each type that has pages."""

NAMES = """{
    roles: occupations(filter: {kind: ROLE}) { nodes { id slug code } }
    groups { code children { code } }
    areas(first: 4) { nodes { code } }
    states: areas(kind: STATE, first: 4) { nodes { code } }
    skills(first: 4) { nodes { id slug name } }
    rated: skills(kind: SKILL, first: 4) { nodes { id slug name } }
    occupation(by: {code: "27-2012"}) { industrySalaries(first: 5) { nodes { industry { code } } } }
}"""


def values_of(api: Api, schema: GraphQLSchema) -> Values:
    """Return values for each argument of the schema."""
    names = api.data(NAMES)
    known = [api.data("query ($c: String!) { occupation(by: {code: $c}) { id slug code } }", {"c": c}) for c in CODES]
    occupations = [*names["roles"]["nodes"], *_each("occupation", known)]
    skills = names["skills"]["nodes"] + names["rated"]["nodes"]
    groups = [group["code"] for major in names["groups"] for group in (major, *major["children"][:1])][:12]
    areas = [area["code"] for area in names["areas"]["nodes"] + names["states"]["nodes"]]
    industries = _each("code", _each("industry", names["occupation"]["industrySalaries"]["nodes"]))
    ids, slugs = _each("id", occupations), _each("slug", occupations)
    codes, skill_slugs = _each("code", occupations), _each("slug", skills)
    keys = [{"id": ids[0]}, *({"slug": slug} for slug in slugs[:3]), *({"code": code} for code in codes)]
    return Values(
        good={
            "Boolean": [True, False],
            "ID": ids,
            "OccupationKey.id": ids,
            "OccupationKey.slug": slugs,
            "OccupationKey.code": codes,
            "OccupationKey.title": ["RN", "brand managers", "sofware develper", "Media Producer"],
            "Query.jobTitle(slug:)": ["rn", "brand-manager", "lawyer", "instructor"],
            "Query.group(code:)": groups,
            "Query.area(code:)": ["US", *areas],
            "area": ["US", "US", "31080", *areas],
            "industry": ["000000", *industries],
            "Query.skill(slug:)": skill_slugs,
            "Query.node(id:)": ids + _each("id", skills),
            "Query.nodes(ids:)": [[ids[0]], ids[:3], [*ids[-2:], skills[0]["id"]], _each("id", skills), []],
            "Query.ranking(occupations:)": [keys[:2], keys[1:4], keys[-4:], keys[1:]],
            "OccupationFilter.group": groups,
            "OccupationFilter.skill": skill_slugs,
            "text": ["media", "sofware develper", "27-20", "a", *_each("name", skills)[:2]],
            "first": [2, 1, 3, 5, 2, 1, 3, 0, 10],
            "last": [2, 1, 0],
            "minimumEmployment": [0, 100, 500, 5_000, -1],
            "annual": [45_000, 90_360, 1e5, 163_000.5, 1, 0, 1e9],
            "Bounds.atLeast": [0, 10, 3.5, 50_000],
            "Bounds.atMost": [100_000, 20, 1e6],
            "@include(if:)": [True, True, True, False],
            "@skip(if:)": [False, False, False, True],
            **dict(_cursors(api, schema)),
        },
        bad={
            "String": ["nothing", "", "\N{NULL}", '\N{CLAPPER BOARD} "quoted" \\', "x" * 200],
            "ID": ["nothing", "", 7, "T2NjdXBhdGlvbjpub2JvZHk"],
            "Int": [-1, 101, 2**31 - 1],
            "Float": [-1.5, 1e300, 0],
        },
        mistyped=[
            [],
            {},
            "1",
            1.5,
            True,
            2**31,
            7,
            None,
            ["US", None],
            {"slug": None},
            {"slug": "a", "code": "b"},
            "DOWN",
        ],
        given={"first": 80, "after": 20, "last": 80, "before": 20, "industry": 20, "kind": 30},
    )


def _each(name: str, objects: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return an attribute of each object that has it."""
    return [each[name] for each in objects if each[name] is not None]


def _cursors(api: Api, schema: GraphQLSchema) -> Iterator[tuple[str, list[str]]]:
    """Yield cursors of every list, for the arguments that take them."""
    for kind in schema.type_map.values():
        for name, field in kind.fields.items() if isinstance(kind, GraphQLObjectType) else ():
            if "after" in field.args:
                query = DOORS[kind.name].replace("%s", f"{name}(first: 3) {{ edges {{ cursor }} }}")
                cursors = [*_every("cursor", api.data(query))]
                for argument in {"after", "before"} & field.args.keys():
                    yield f"{kind.name}.{name}({argument}:)", cursors


def _every(name: str, value: Any) -> Iterator[Any]:
    """Yield the values of a key anywhere in a JSON value."""
    if isinstance(value, list):
        for item in as_list(value):
            yield from _every(name, item)
    elif isinstance(value, dict):
        for key, item in cast("dict[str, Any]", value).items():
            yield from [item] if key == name else _every(name, item)
