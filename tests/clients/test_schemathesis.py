"""Schemathesis asks for whatever the schema allows, and for what it does not: nothing may be the server's fault."""

import base64
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from graphql import (
    REMOVE,
    ArgumentNode,
    ObjectFieldNode,
    ValueNode,
    Visitor,
    VisitorAction,
    build_schema,
    get_introspection_query,
    parse,
    parse_value,
    print_ast,
    visit,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.clients.conftest import REPOSITORY
from tests.conftest import Api, serving

QUERY = build_schema((REPOSITORY / "schema.graphql").read_text()).query_type
assert QUERY is not None

CODES = {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED", "LIMIT_EXCEEDED", "NOT_FOUND"}
"""What a document, or a field of it, can be refused with."""

INSIDES = re.compile(r"SELECT |sqlite|psycopg|sqlalchemy|Traceback|\w\.py\b|/\w+/\w+/| object at 0x", re.IGNORECASE)


def identifier(of: str) -> str:
    """Return a global id, as it stands in a document."""
    return f'"{base64.b64encode(of.encode()).decode()}"'


KEYS = (
    '{slug: "media-producer"}',
    '{slug: "media-production-specialist"}',
    '{code: "27-3031"}',
    '{code: "15-1252"}',
    '{code: "29-1215"}',
    '{code: "45-2021"}',
    f"{{id: {identifier('Occupation:nobody')}}}",
)
ARGUMENTS = {
    **dict.fromkeys(("by", "left", "right"), KEYS),
    "occupations": tuple(f"[{', '.join(KEYS[start:stop])}]" for start, stop in ((0, 2), (2, 6), (3, 7))),
    "area": ('"US"', '"CA"', '"31080"', '"0100001"', '"PR"'),
    "industry": ('"000000"', '"44-45"', '"541800"'),
    "code": ('"US"', '"CA"', '"27-0000"', '"27-3030"'),
    "slug": ('"adobe-premiere"', '"video-production"', '"mathematics"'),
    "text": ('"media"', '"develper"', '"a"', '"%"'),
    "id": (identifier("Occupation:media-producer"), identifier("Skill:video-production")),
    "first": ("0", "1", "3"),
    "last": ("1", "2"),
}
"""Values that lead to data, by their arguments: random ones name nothing, and what lies behind is never asked for."""

FILTERS = {"group": ARGUMENTS["code"], "skill": ARGUMENTS["slug"], "text": ARGUMENTS["text"]}

PAGING = ({"last", "before", "after"}, {"first", "after", "before"}, {"last", "before"}, set[str]())
"""Arguments to leave out, so that a page lies in one direction, and mostly begins at the list's end."""


class _Leading(Visitor):
    """Gives most arguments values that lead to data."""

    def __init__(self, draw: st.DrawFn) -> None:
        super().__init__()
        self.draw = draw
        self.left_out = draw(st.sampled_from(PAGING))

    def enter_argument(self, node: ArgumentNode, *_: Any) -> ArgumentNode | VisitorAction:
        if node.name.value in self.left_out:
            return REMOVE
        return ArgumentNode(name=node.name, value=self._value(ARGUMENTS, node))

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> ObjectFieldNode:
        return ObjectFieldNode(name=node.name, value=self._value(FILTERS, node))

    def _value(self, known: dict[str, tuple[str, ...]], node: ArgumentNode | ObjectFieldNode) -> ValueNode:
        literal = self.draw(st.sampled_from((None, *known.get(node.name.value, ()))))
        return node.value if literal is None else parse_value(literal)


@st.composite
def leading(draw: st.DrawFn, case: Any) -> Any:
    """Draw a case that leads further than the one that Schemathesis came up with."""
    case.body = print_ast(visit(parse(case.body), _Leading(draw)))
    return case


@pytest.fixture(scope="module")
def patient_api(everything: str) -> Iterator[Api]:
    """The API on all data, with all the time that a busy machine may take."""
    with serving(everything, execution_timeout=600) as api:
        yield api


@pytest.fixture(scope="module")
def schema(patient_api: Api) -> Any:
    """The schema as the server tells it, in a class whose types Schemathesis leaves half open."""
    introspected = patient_api.post(get_introspection_query()).json()
    # A value of the right type may still be none that an argument can use.
    config = schemathesis.Config()
    config.projects.default.checks.positive_data_acceptance.enabled = False
    return schemathesis.graphql.from_dict(introspected, config=config)


# Time is no measure: what is drawn first takes long to prepare.
EXAMPLES = settings(
    max_examples=40, derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.parametrize("field", QUERY.fields)
def test_what_the_schema_allows_is_answered(patient_api: Api, schema: Any, field: str) -> None:
    answered = 0

    @EXAMPLES
    @given(schema["Query"][field].as_strategy().flatmap(leading))
    def answer(case: Any) -> None:
        nonlocal answered
        body = sound_answer(patient_api, case)
        answered += "errors" not in body

    answer()
    assert answered > 0


@pytest.mark.parametrize("field", QUERY.fields)
def test_what_the_schema_forbids_is_refused(patient_api: Api, schema: Any, field: str) -> None:
    @EXAMPLES
    @given(schema["Query"][field].as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def refuse(case: Any) -> None:
        sound_answer(patient_api, case)

    refuse()


def sound_answer(api: Api, case: Any) -> dict[str, Any]:
    """Send a case and return the answer, which blames nobody but the client and tells nothing of our insides."""
    response = api.http.post("/graphql", json={"query": case.body})
    body: dict[str, Any] = response.json()
    errors = body.get("errors", [])
    codes = {error["extensions"]["code"] for error in errors}
    assert response.status_code == 200
    assert codes <= CODES, errors
    assert not any(INSIDES.search(error["message"]) for error in errors), errors
    # Schemathesis would take what is not found for the server's fault.
    if "NOT_FOUND" not in codes:
        case.validate_response(response)
    return body
