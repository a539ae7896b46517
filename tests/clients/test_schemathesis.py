"""Schemathesis sends valid and invalid queries: none may cause a server error."""

import base64
import re
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    REMOVE,
    ArgumentNode,
    EnumValueNode,
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

from tests.clients.conftest import REPOSITORY
from tests.conftest import Api, serving
from tests.examples import examples

QUERY = build_schema((REPOSITORY / "schema.graphql").read_text()).query_type
assert QUERY is not None

CODES = {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED", "LIMIT_EXCEEDED", "NOT_FOUND"}
"""The error codes that a document or a field may have."""

INTERNALS = re.compile(r"SELECT |sqlite|psycopg|sqlalchemy|Traceback|\w\.py\b|/\w+/\w+/| object at 0x", re.IGNORECASE)


def identifier(of: str) -> str:
    """Return a global id as a literal."""
    return f'"{base64.b64encode(of.encode()).decode()}"'


KEYS = (
    '{slug: "media-producer"}',
    '{slug: "media-production-specialist"}',
    '{code: "27-3031"}',
    '{code: "15-1252"}',
    '{code: "29-1215"}',
    '{code: "45-2021"}',
    f"{{id: {identifier('Occupation:unknown')}}}",
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
"""Values with data, by argument. Random values find nothing, so the fields below them would never run."""

FILTERS = {"group": ARGUMENTS["code"], "skill": ARGUMENTS["slug"], "text": ARGUMENTS["text"]}

LEFT_OUT = (
    {"last", "before", "after", "industry"},
    {"first", "after", "before", "industry"},
    {"last", "before"},
    set[str](),
)
"""Arguments to leave out: paging has one direction and mostly starts at an end of the list, and no source has wages of
an industry in an area."""


class _Leading(Visitor):
    """Replaces most arguments by values with data."""

    def __init__(self, draw: st.DrawFn) -> None:
        super().__init__()
        self.draw = draw
        self.left_out = draw(st.sampled_from(LEFT_OUT))

    def enter_argument(self, node: ArgumentNode, *_: Any) -> ArgumentNode | VisitorAction:
        if node.name.value in self.left_out:
            return REMOVE
        return ArgumentNode(name=node.name, value=self._value(ARGUMENTS, node))

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> ObjectFieldNode:
        return ObjectFieldNode(name=node.name, value=self._value(FILTERS, node))

    def _value(self, known: dict[str, tuple[str, ...]], node: ArgumentNode | ObjectFieldNode) -> ValueNode:
        if isinstance(node.value, EnumValueNode):
            # The argument "by" of a ranking is no key.
            return node.value
        literal = self.draw(st.sampled_from((None, *known.get(node.name.value, ()))))
        return node.value if literal is None else parse_value(literal)


@st.composite
def leading(draw: st.DrawFn, case: Any) -> Any:
    """Draw a case of Schemathesis with arguments that find data."""
    case.body = print_ast(visit(parse(case.body), _Leading(draw)))
    return case


@pytest.fixture(scope="module")
def patient_api(everything: str) -> Iterator[Api]:
    """The API on all data, without a time limit that a busy machine could exceed."""
    with serving(everything, execution_timeout=600) as api:
        yield api


@pytest.fixture(scope="module")
def schema(patient_api: Api) -> Any:
    """The introspected schema, in a partly untyped class of Schemathesis."""
    # Imported only in the process that runs this file: collecting tests imports all modules in each.
    import schemathesis  # noqa: PLC0415

    introspected = patient_api.post(get_introspection_query()).json()
    # A value of the right type can still be invalid for an argument.
    config = schemathesis.Config()
    config.projects.default.checks.positive_data_acceptance.enabled = False
    return schemathesis.graphql.from_dict(introspected, config=config)


# No deadline: the first example takes long to prepare.
EXAMPLES = settings(examples(12), derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("field", QUERY.fields)
def test_valid_queries_are_answered(patient_api: Api, schema: Any, field: str) -> None:
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
def test_invalid_queries_are_refused(patient_api: Api, schema: Any, field: str) -> None:
    from schemathesis import GenerationMode  # noqa: PLC0415

    @EXAMPLES
    @given(schema["Query"][field].as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def refuse(case: Any) -> None:
        sound_answer(patient_api, case)

    refuse()


def sound_answer(api: Api, case: Any) -> dict[str, Any]:
    """Send a case and return the response; its errors must be the client's and reveal no internals."""
    response = api.http.post("/graphql", json={"query": case.body})
    body: dict[str, Any] = response.json()
    errors = body.get("errors", [])
    codes = {error["extensions"]["code"] for error in errors}
    assert response.status_code == 200
    assert codes <= CODES, errors
    assert not any(INTERNALS.search(error["message"]) for error in errors), errors
    # Schemathesis would report NOT_FOUND as a server error.
    if "NOT_FOUND" not in codes:
        case.validate_response(response)
    return body
