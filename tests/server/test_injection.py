"""Client input never becomes part of a statement or a path. For the log see tests/server/test_logs.py."""

import pytest
from graphql import GraphQLInputObjectType, GraphQLObjectType

from execution.type_refs import core_schema
from server.executable_schema import graphql_schema
from tests.conftest import Api

MARK = "x7q"
TEXTS = [
    pytest.param(f"{MARK}'; DROP TABLE occupation; --", id="the end of a string"),
    pytest.param(f'{MARK}"; DROP TABLE occupation; --', id="the end of a name"),
    pytest.param(f"{MARK}\\'; DROP TABLE occupation; --", id="an escaped quote"),
    pytest.param(f"{MARK} UNION SELECT sql FROM sqlite_master", id="another query"),  # noqa: S608
    pytest.param(f"{MARK}%(code)s :code ? $1 {{}}", id="placeholders"),
    pytest.param(MARK + "%" * 30_000, id="a pattern that is too long for SQLite"),
    pytest.param(f"{MARK}\0'; DROP TABLE occupation", id="a zero byte"),
    pytest.param(f'{MARK}" OR title:* NEAR(a b) -c', id="words of a full-text search"),
    pytest.param(f"{MARK}' | !a & (b) :*", id="words of PostgreSQL's"),
]

GROUP = 'group(code: "27-0000")'
PAIR = 'left: {slug: "media-producer"}, right: {slug: "media-production-specialist"}'
EDITOR = '{slug: "media-producer"}'
ROLES = f'occupations: [{EDITOR}, {{slug: "media-production-specialist"}}]'

QUERIES = {
    "Query.node.id": "node(id: $id) { id }",
    "Query.nodes.ids": "nodes(ids: [$id]) { id }",
    "Query.search.text": "search(text: $text) { score }",
    "Query.comparison.area": f"comparison({PAIR}, area: $text) {{ summary }}",
    "Query.ranking.area": f"ranking({ROLES}, area: $text) {{ caveats }}",
    "Query.ranking.industry": f"ranking({ROLES}, industry: $text) {{ caveats }}",
    "Query.jobTitle.slug": "jobTitle(slug: $text) { title }",
    "Query.jobTitles.text": "jobTitles(text: $text) { title }",
    "Query.group.code": "group(code: $text) { title }",
    "Query.area.code": "area(code: $text) { name }",
    "Query.areas.text": "areas(text: $text) { totalCount nodes { name } }",
    "Query.industry.code": "industry(code: $text) { title }",
    "Query.industries.text": "industries(text: $text) { totalCount nodes { title } }",
    "Query.skill.slug": "skill(slug: $text) { name }",
    "Query.skills.text": "skills(text: $text) { totalCount nodes { name } }",
    "Query.occupations.area": "occupations(area: $text) { totalCount }",
    "Query.occupations.industry": "occupations(industry: $text) { totalCount }",
    "Query.occupations.after": "occupations(after: $text) { totalCount }",
    "Query.occupations.before": "occupations(before: $text) { totalCount }",
    "Occupation.salary.area": f"occupation(by: {EDITOR}) {{ salary(area: $text) {{ employment }} }}",
    "Occupation.salary.industry": f"occupation(by: {EDITOR}) {{ salary(industry: $text) {{ employment }} }}",
    "Occupation.offer.area": f"occupation(by: {EDITOR}) {{ offer(annual: 1, area: $text) {{ lowerPercentile }} }}",
    "OccupationGroup.salary.area": f"{GROUP} {{ salary(area: $text) {{ employment }} }}",
    "OccupationGroup.salary.industry": f"{GROUP} {{ salary(industry: $text) {{ employment }} }}",
    "OccupationKey.id": "occupation(by: {id: $id}) { title }",
    "OccupationKey.slug": "occupation(by: {slug: $text}) { title }",
    "OccupationKey.code": "occupation(by: {code: $text}) { title }",
    "OccupationKey.title": "occupation(by: {title: $text}) { title }",
    "OccupationFilter.group": "occupations(filter: {group: $text}) { totalCount }",
    "OccupationFilter.text": "occupations(filter: {text: $text}) { totalCount nodes { title } }",
    "OccupationFilter.skill": "occupations(filter: {skill: $text}) { totalCount }",
}
"""A query for each argument that takes text."""


def places_for_text() -> set[str]:
    """Return the arguments and input fields of the schema that take a string or an id."""
    types = [kind for name, kind in core_schema(graphql_schema).type_map.items() if not name.startswith("__")]
    places = {
        f"{kind.name}.{name}.{argument}": taken.type
        for kind in types
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
        for argument, taken in field.args.items()
    }
    keys = {
        f"{kind.name}.{name}": field.type
        for kind in types
        if isinstance(kind, GraphQLInputObjectType)
        for name, field in kind.fields.items()
    }
    return {place for place, kind in (places | keys).items() if str(kind).strip("[]!") in ("String", "ID")}


def test_each_argument_that_takes_text_has_a_query() -> None:
    # One function reads all cursors.
    assert {place for place in places_for_text() if not place.endswith((".after", ".before"))} - QUERIES.keys() == set()
    assert QUERIES.keys() <= places_for_text()


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("query", [pytest.param(query, id=name) for name, query in QUERIES.items()])
def test_text_is_a_value_and_never_part_of_a_statement(either: Api, query: str, text: str) -> None:
    kind = "$id: ID!" if "$id" in query else "$text: String!"
    with either.statements() as run:
        response = either.post(f"query ({kind}) {{ {query} }}", {"text": text, "id": text})
    assert response.status_code == 200
    assert "INTERNAL_SERVER_ERROR" not in response.text
    assert not any(MARK in statement or "DROP" in statement for statement in run)
    assert either.data("{ occupations { totalCount } }") == {"occupations": {"totalCount": 2}}


@pytest.mark.parametrize(
    "path",
    [
        "/static/assets/../../server/settings.py",
        "/static/assets/..%2f..%2fserver/settings.py",
        "/static/assets/%2e%2e/%2e%2e/server/settings.py",
        "/static/assets/....//....//server/settings.py",
        "/static/assets/..\\..\\server\\settings.py",
        "/static/assets//etc/passwd",
        "/static/assets/%00",
        "/static/assets/" + "a" * 5_000,
        "/static/licenses.md/../../pyproject.toml",
    ],
)
def test_no_path_leads_out_of_the_assets(api: Api, path: str) -> None:
    response = api.http.get(path)
    assert response.status_code in (404, 405)
    assert response.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    "document_id", ["../../../etc/passwd", "/etc/passwd", "sha256:../manifest", "file:///etc/passwd", "\0"]
)
def test_no_id_of_a_document_leads_to_a_file(api: Api, document_id: str) -> None:
    response = api.http.post("/graphql", json={"documentId": document_id})
    assert response.json()["errors"][0]["extensions"]["code"] == "PERSISTED_DOCUMENT_NOT_FOUND"
