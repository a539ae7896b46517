"""The responses of compiled execution equal those of stock Strawberry byte for byte."""

import ast
import re
from collections import Counter
from collections.abc import Sequence, Set
from itertools import islice
from pathlib import Path
from typing import Any, cast

import pytest
from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    InlineFragmentNode,
    ObjectValueNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_introspection_query,
    parse,
    validate,
    visit,
)

from execution.type_refs import core_schema
from schema.definition import build
from tests.examples import EXAMPLES
from tests.execution.operations import Drawn, Values, operations, seeded, variables_for
from tests.execution.servers import ASKED, Servers
from tests.server.hostile_documents import HOSTILE, Hostile
from tests.test_readme import QUERIES, name_of

SCHEMA = core_schema(build())
RESOLVERS = Path(__file__).parent.parent / "resolvers"

MAX_DRAWN = 2_000
NAME = re.compile(r"\w+")

# graphql-core leaves coroutines behind if a non-null field fails while others are still awaited.
pytestmark = pytest.mark.filterwarnings(
    "ignore:coroutine '.*' was never awaited:RuntimeWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)


def coordinates(text: str) -> set[str]:
    """Return the coordinates of the schema that a document selects."""
    asked = set[str]()
    info = TypeInfo(SCHEMA)

    class Asked(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> None:
            asked.add(at := f"{info.get_parent_type()}.{node.name.value}")
            asked.update(f"{at}({argument.name.value}:)" for argument in node.arguments or ())

        def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
            asked.add(f"@{node.name.value}")

        def enter_object_value(self, node: ObjectValueNode, *_: Any) -> None:
            kind = str(cast("Any", info).get_input_type()).strip("[]!")
            asked.update(f"{kind}.{each.name.value}" for each in node.fields)

        def enter_inline_fragment(self, node: InlineFragmentNode, *_: Any) -> None:
            asked.add(f"... on {node.type_condition.name.value if node.type_condition else ''}")

        def enter_fragment_definition(self, node: FragmentDefinitionNode, *_: Any) -> None:
            asked.add(f"fragment on {node.type_condition.name.value}")

    visit(parse(text), TypeInfoVisitor(info, Asked()))
    return asked


def all_coordinates() -> set[str]:
    """Return the coordinates of the schema that a document can select."""
    found = {"@include", "@skip", "Query.__typename", "Node.__typename", "... on "}
    for name, kind in SCHEMA.type_map.items():
        if name.startswith("__"):
            continue
        if isinstance(kind, GraphQLInterfaceType):
            conditions = [name, *(each.name for each in SCHEMA.get_possible_types(kind))]
            found |= {f"{on} {condition}" for condition in conditions for on in ("... on", "fragment on")}
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            found |= {f"{name}.{each}" for each in kind.fields}
        if isinstance(kind, GraphQLObjectType):
            found |= {f"{name}.{each}({taken}:)" for each, field in kind.fields.items() for taken in field.args}
    return found


def may_select(text: str, missing: Set[str]) -> bool:
    """Return whether a document has all names of a missing coordinate. Parsing it takes longer than drawing it."""
    names = {*NAME.findall(text)}
    without_on = (each.rpartition(" on ")[2] for each in missing)
    return any(names.issuperset(NAME.findall(each.partition(".")[2] or each)) for each in without_on)


def without_redundant(operations: Sequence[tuple[Drawn, Set[str]]]) -> list[Drawn]:
    """Return the operations without those whose coordinates are all selected by others."""
    times = Counter(coordinate for _, selected in operations for coordinate in selected)
    kept: list[Drawn] = []
    for operation, selected in operations:
        if all(times[coordinate] > 1 for coordinate in selected):
            times.subtract(selected)
        else:
            kept.append(operation)
    return kept


@pytest.fixture(scope="module")
def drawn(values: Values) -> list[Drawn]:
    """Operations that together select every field, argument and type of the schema."""
    every = all_coordinates()
    missing, chosen = {*every}, list[tuple[Drawn, Set[str]]]()
    for operation in islice(operations(SCHEMA, values, missing), EXAMPLES or MAX_DRAWN):
        selected = coordinates(operation.text) & every if may_select(operation.text, missing) else set[str]()
        if selected & missing or EXAMPLES:
            chosen.append((operation, selected))
            missing -= selected
        elif not missing:
            break
    assert missing == set()
    return [operation for operation, _ in chosen] if EXAMPLES else without_redundant(chosen)


def test_drawn_operations_have_equal_responses(servers: Servers, drawn: list[Drawn]) -> None:
    before = servers.compiled.executions()
    outcomes = Counter(answer.outcome for operation in drawn for answer in servers.require_alike([*operation.bodies()]))
    executors = servers.compiled.executions() - before
    # Most operations are executed, and some of them have errors.
    assert outcomes["refused"] < 0.15 * outcomes.total(), outcomes
    assert 0.04 * outcomes.total() < outcomes["partial"] < 0.3 * outcomes.total(), outcomes
    # Stock Strawberry is not compared with itself. It runs operations with errors, and refuses some variables.
    executed = outcomes["ok"] + outcomes["partial"]
    assert ASKED * executed <= executors.total() <= ASKED * outcomes.total()
    assert executors["compiled"] >= 0.9 * ASKED * outcomes["ok"], executors
    assert executors["compiled"] + executors["replayed"] >= 0.9 * executors.total(), executors
    assert servers.compiled.faults() == servers.caching.faults() == 0


@pytest.mark.parametrize("query", QUERIES, ids=name_of)
def test_the_queries_of_the_readme_have_equal_responses(servers: Servers, query: str) -> None:
    [answer] = servers.require_alike([{"query": query}])
    assert answer.outcome == "ok"


def documents_of(path: Path) -> list[str]:
    """Return the strings of a test file that are documents of our schema."""
    constants = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)]
    return [text for text in constants if isinstance(text, str) and "{" in text and is_valid(text)]


def is_valid(text: str) -> bool:
    try:
        return not validate(SCHEMA, parse(text))
    except GraphQLError:
        return False


@pytest.mark.parametrize("path", sorted(RESOLVERS.glob("test_*.py")), ids=lambda path: path.stem)
def test_the_queries_of_other_tests_have_equal_responses(servers: Servers, values: Values, path: Path) -> None:
    for number, text in enumerate(documents_of(path)):
        [definition, *_] = [node for node in parse(text).definitions if isinstance(node, OperationDefinitionNode)]
        given: list[dict[str, Any]] = [{}]
        if definition.variable_definitions:
            given.append(variables_for(SCHEMA, values, definition, seeded(number)))
        servers.require_alike([{"query": text, "variables": variables} for variables in given])


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_hostile_documents_have_equal_responses(servers: Servers, hostile: Hostile) -> None:
    servers.require_alike([{"query": hostile.text}])


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(get_introspection_query(), id="of all types"),
        pytest.param('{ __type(name: "Occupation") { name fields { name args { name defaultValue } } } }', id="of one"),
        pytest.param('{ __type(name: "Nothing") { name } sources { __typename name } }', id="of no type, with data"),
        pytest.param("query ($n: String!) { t: __type(name: $n) { kind } __typename }", id="by a missing variable"),
    ],
)
def test_introspection_has_equal_responses(servers: Servers, query: str) -> None:
    servers.require_alike([{"query": query}])
