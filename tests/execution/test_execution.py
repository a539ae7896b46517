"""Compiled execution equals stock Strawberry on a small schema, for each value that can be wrong."""

import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from functools import cache
from typing import Any, cast
from unittest.mock import patch

import orjson
import pytest
from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, parse, validate

from execution.executor import Executor, Outcome, Runner
from execution.programs import SourceProgram
from execution.type_refs import core_schema
from tests.examples import EXHAUSTIVE
from tests.execution.small_schema import FIELDS, SCHEMA, Cat, Colour, Dog, Impostor, Leaf, Planted, Row

pytestmark = [
    pytest.mark.anyio,
    # graphql-core leaves coroutines behind if a non-null field fails while others are still awaited.
    pytest.mark.filterwarnings(
        "ignore:coroutine '.*' was never awaited:RuntimeWarning",
        "ignore::pytest.PytestUnraisableExceptionWarning",
    ),
]

AS_STEPS = Executor(SCHEMA, source_after=sys.maxsize)
AS_SOURCE = Executor(SCHEMA, source_after=1)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass(frozen=True)
class Run:
    """An operation with equal results from all executors."""

    outcome: Outcome
    context: Planted

    @property
    def data(self) -> Any:
        return orjson.loads(self.outcome.data)

    @property
    def paths(self) -> list[Any]:
        return [error.path for error in self.outcome.errors]

    def calls(self, name: str) -> list[list[Any]]:
        """Return the parents of each call of a batch."""
        return [[*parents] for called, parents, _ in self.context.calls if called == name]


def shown(errors: Sequence[GraphQLError], *, in_order: bool) -> list[tuple[Any, ...]]:
    """Return all parts of errors to compare."""
    parts = [(each.formatted, type(each.original_error), str(each.original_error)) for each in errors]
    return parts if in_order else sorted(parts, key=repr)


@cache
def valid(text: str) -> tuple[DocumentNode, OperationDefinitionNode]:
    """Return a document and its operation."""
    document = parse(text)
    assert not validate(core_schema(SCHEMA), document)
    [operation] = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    return document, operation


@cache
def runners(text: str) -> list[Runner]:
    """Return the runners of an operation: one whose programs remain steps, and one whose second run is source."""
    return [AS_STEPS.runner(*valid(text)), AS_SOURCE.runner(*valid(text))]


COMPILED = set[tuple[str, str]]()
"""The operations that have been compiled to source, with the variables that they were compiled for."""


async def run(text: str, *rows: Any, variables: dict[str, Any] | None = None, in_order: bool = True) -> Run:
    """Run an operation on stock Strawberry and as each form of program, and require equal results."""
    document, _ = valid(text)
    stock = await SCHEMA.execute(
        text,
        variable_values=variables,
        context_value=Planted(*rows),
        operation_extensions={"document": document},
    )
    as_steps, as_source = runners(text)
    compiled_for = (text, repr(variables))
    runs: list[Run] = []
    for runner in (as_steps, as_source) if compiled_for in COMPILED else (as_steps, as_source, as_source):
        context = Planted(*rows)
        outcome = await runner.run(variables or {}, cast("Any", context))
        require_alike(outcome, stock, in_order=in_order)
        require_called_once(context)
        runs.append(Run(outcome, context))
    COMPILED.add(compiled_for)
    return runs[-1]


def require_alike(outcome: Outcome, stock: Any, *, in_order: bool) -> None:
    """Require the result of stock Strawberry."""
    assert shown(outcome.errors, in_order=in_order) == shown(stock.errors or [], in_order=in_order)
    assert outcome.data == orjson.dumps(stock.data)
    assert not outcome.fault
    assert not (outcome.errors and outcome.executor == "compiled")


def require_called_once(context: Planted) -> None:
    """Require that no batch without arguments was called twice for a parent."""
    asked = Counter(
        call
        for name, parents, arguments in context.calls
        if not arguments
        for call in {(name, id(parent)) for parent in parents}
    )
    assert {call: times for call, times in asked.items() if times > 1} == {}


# Leaves


class Number(IntEnum):
    ONE = 1


class Text(str):
    """A subclass of str."""

    __slots__ = ()


class Real(float):
    """A subclass of float."""

    __slots__ = ()


VALUES: list[Any] = [
    None,
    True,
    7,
    2**31 - 1,
    2**31,
    -(2**31) - 1,
    10**30,
    -0.0,
    1.0,
    1.5,
    math.nan,
    math.inf,
    "text",
    "7",
    "RED",
    '\N{CLAPPER BOARD} "\\\n\x00',
    b"bytes",
    [],
    object,
    Colour.RED,
    Number.ONE,
    Text("text"),
    Real(1.5),
    date(2026, 1, 31),
    datetime(2026, 1, 31, 12),  # noqa: DTZ001 - it has none on purpose
    Decimal("1.5"),
    ValueError("an exception as a value"),
    GraphQLError("an exception as a value", extensions={"code": "AS_A_VALUE"}),
]


def camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.title, others))


def in_shape(value: Any, shape: str) -> list[Any]:
    """Return columns with a value in place of a leaf and in place of a list."""
    if shape in ("optional", "required"):
        return [value]
    if shape == "lists":
        return [[[], [value, value], None], [value], value]
    return [[value, None], (value,), value]


def values_for(field: str) -> Sequence[Any]:
    """Return all values for an attribute, and some for a field that a batch resolves, whose checks are the same.

    Fields of one leaf type receive different ones, so that together they receive all. The nightly run tries all values.
    """
    if EXHAUSTIVE or field.startswith("read"):
        return VALUES
    return VALUES[FIELDS.index(field) % 5 :: 5]


@pytest.mark.parametrize("field", FIELDS)
async def test_each_value_in_each_leaf_field(field: str) -> None:
    shape = field.partition("_")[2].rpartition("_")[0]
    columns = [column for value in values_for(field) for column in in_shape(value, shape)]
    # Fields alternate in which values they have in a single object and which in a list; the nightly run has both.
    for number, column in enumerate(columns, start=FIELDS.index(field)):
        if EXHAUSTIVE or number % 2:
            await run(f"{{ leaf {{ {camel(field)} }} }}", Leaf(column))
        if EXHAUSTIVE or number % 2 == 0:
            await run(f"{{ leaves {{ {camel(field)} }} }}", Leaf(column), Leaf(column))


@pytest.mark.parametrize(
    ("leaf", "value"),
    [
        ("Integer", 7),
        ("Number", 1.5),
        ("Number", 7),
        ("Text", "text"),
        ("Flag", True),
        ("Key", "key"),
        ("Colour", Colour.RED),
        ("Day", date(2026, 1, 31)),
        ("Even", 2),
    ],
)
@pytest.mark.parametrize("way", ["read", "asked", "awaited"])
async def test_values_of_the_right_class_are_compiled(way: str, leaf: str, value: Any) -> None:
    fields = f"{way}Optional{leaf} {way}Required{leaf}"
    assert (await run(f"{{ leaf {{ {fields} }} leaves {{ {fields} }} }}", Leaf(value))).outcome.executor == "compiled"
    lists = f"{way}List{leaf} {way}RequiredList{leaf}"
    assert (await run(f"{{ leaf {{ {lists} }} leaves {{ {lists} }} }}", Leaf([value]))).outcome.executor == "compiled"
    nested = f"{{ leaf {{ {way}Lists{leaf} }} leaves {{ {way}Lists{leaf} }} }}"
    assert (await run(nested, Leaf([[value], None, []]))).outcome.executor == "compiled"


# Objects that are missing, of the wrong class, or not objects

WRONG = [
    pytest.param(None, id="None"),
    pytest.param(Impostor(title="impostor"), id="a row of another class"),
    pytest.param(7, id="a number"),
    pytest.param("text", id="a string"),
    pytest.param({"title": "a dictionary"}, id="a dictionary"),
    pytest.param([Row(title="listed")], id="a list"),
    pytest.param((Row(title="listed"),), id="a tuple"),
    pytest.param([], id="an empty list"),
    pytest.param([None], id="a list of None"),
    pytest.param([[Row(title="nested")], [None], []], id="a list of lists"),
    pytest.param([[Row(title="nested")], None], id="a list of a list and None"),
    pytest.param([Impostor()], id="a list of another class"),
    pytest.param([ValueError("listed")], id="a list of an exception"),
    pytest.param(ValueError("an exception"), id="an exception"),
    pytest.param(GraphQLError("an error", extensions={"code": "X"}), id="an error with a code"),
    pytest.param(Cat(name="Tom", lives=9), id="a cat"),
    pytest.param([Cat(name="Tom", lives=9), Dog(name="Rex", tricks=["sit"])], id="a list of pets"),
    pytest.param([Cat(name="Tom", lives=9), Row()], id="a list of a pet and something else"),
]
LINKS = ["child", "only", "children", "some", "grid", "pet", "pets", "any_pets"]


def selection(link: str) -> str:
    """Return the selection for the objects of a link."""
    return "{ __typename ... on Pet { name enemy { __typename } } }" if "pet" in link else "{ title child { title } }"


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("way", ["", "asked_", "awaited_"])
async def test_each_value_in_each_object_field(way: str, link: str, wrong: Any) -> None:
    right = Row(title="right", only=Row(title="only"), children=[], some=[], grid=[], pets=[], any_pets=[])
    row = Row(title="parent", **{link: wrong})
    asked = f"{{ title {camel(way + link)} {selection(link)} }}"
    await run(f"{{ tree {asked} }}", row)
    await run(f"{{ trees {asked} }}", right, row, None, row)
    await run(f"{{ requiredTree {asked} }}", row)
    await run(f"{{ requiredTrees {asked} name }}", row, right)


@pytest.mark.parametrize("way", ["", "asked_", "awaited_"])
@pytest.mark.parametrize("height", range(6))
async def test_null_propagates_to_the_next_nullable_field(way: str, height: int) -> None:
    # A title is missing below this number of non-null fields.
    row = Row(title=None)
    for _ in range(height):
        row = Row(title="there", only=row, children=[Row(title="next", only=row), row])
    only = camel(f"{way}only")
    inner = "title " + f"{only} {{ title " * height + " }" * height
    await run(f"{{ name tree {{ {inner} }} }}", row)
    await run(f"{{ name requiredTree {{ {inner} }} }}", row)
    await run(f"{{ name trees {{ {inner} }} requiredTrees {{ {inner} }} }}", row, Row(title="other", only=row))
    await run(f"{{ tree {{ {camel(way + 'child')} {{ {inner} }} title }} }}", Row(title="top", child=row))
    await run(f"{{ tree {{ {camel(way + 'some')} {{ {inner} }} title }} }}", Row(title="top", some=[None, row]))
    await run(f"{{ tree {{ {camel(way + 'grid')} {{ {inner} }} title }} }}", Row(title="top", grid=[[None, row], []]))


async def test_null_propagates_to_the_data() -> None:
    found = await run("{ requiredTree { only { only { title } } } name }", Row(only=Row(only=Row(title=None))))
    assert (found.outcome.data, found.paths) == (b"null", [["requiredTree", "only", "only", "title"]])


async def test_lists_of_lists_keep_their_shape() -> None:
    grid = [[Row(title="a"), None], [], [Row(title="b"), Row(title="c")]]
    found = await run(
        "{ tree { grid { title } askedGrid { title } awaitedGrid { t: title } } }", Row(title="top", grid=grid)
    )
    for key, titled in (("grid", "title"), ("askedGrid", "title"), ("awaitedGrid", "t")):
        assert found.data["tree"][key] == [[{titled: "a"}, None], [], [{titled: "b"}, {titled: "c"}]]
    assert found.outcome.executor == "compiled"


@pytest.mark.parametrize("field", ["broken", "title broken", "child { broken }", "children { broken title }"])
async def test_a_property_that_raises_nulls_only_its_field(field: str) -> None:
    row = Row(title="x", child=Row(), children=[Row(), Row(title="y")])
    await run(f"{{ tree {{ {field} }} name }}", row)
    await run(f"{{ trees {{ {field} }} name }}", row, row)


# Interfaces and unions

PETS = [Cat(name="Tom", lives=9), Dog(name="Rex", tricks=["sit", "roll"]), None, Cat(name=None, lives=1)]


@pytest.mark.parametrize(
    "selected",
    [
        "__typename",
        "name",
        "x: __typename y: __typename name n: name",
        "... on Cat { lives } ... on Dog { tricks }",
        "... on Pet { name ... on Cat { lives } }",
        "name ... on Dog { name tricks } ... on Cat { name }",
        "... on Cat { what: lives } ... on Dog { dog: name }",
        "... on Cat { text: name } ... on Dog { text: name }",
        "...Named ...Lives",
        "... on Cat { enemy { ...Named enemy { ...Lives } } } ... on Dog { enemy { name } }",
        "... on Dog { enemy { __typename name } }",
        "enemy { enemy { enemy { name } } }",
    ],
)
@pytest.mark.parametrize("field", ["pet", "pets", "anyPets"])
async def test_objects_of_several_types(field: str, selected: str) -> None:
    dog = Dog(name="Rex", tricks=[], enemy=Cat(name="Tom", lives=9, enemy=Dog(name="Max", tricks=["sit"])))
    cat = Cat(name="Tom", lives=9, enemy=dog)
    if field == "anyPets" and not selected.startswith(("...", "__", "x:")):
        selected = f"... on Pet {{ {selected} }}"
    selected = selected.replace("x: __typename y: __typename name n: name", "x: __typename y: __typename")
    fragments = "".join(
        f" fragment {name} on {kind} {{ {fields} }}"
        for name, kind, fields in (("Named", "Pet", "__typename name"), ("Lives", "Cat", "lives name"))
        if f"...{name}" in selected
    )
    query = f"{{ {field} {{ {selected} }} }}{fragments}"
    assert (await run(query, cat, *PETS, dog)).outcome.executor == "compiled"
    assert (await run(query, dog, *PETS, cat)).outcome.executor == "compiled"
    for wrong in (Impostor(name="impostor"), 7, ValueError("no pet"), Dog(name=7), Cat(lives="many", name="x")):
        await run(query, wrong, *PETS)
        await run(query, *PETS, wrong)


# Batches


@pytest.mark.parametrize("wrong", WRONG)
async def test_each_value_as_an_object_of_a_type_without_is_type_of(wrong: Any) -> None:
    await run("{ leafy { title } name }", wrong)
    await run("{ manyLeafy { __typename } name }", Row(title="right"), wrong)
    await run("{ requiredLeafy { __typename } }", wrong)
    await run("{ requiredLeafy { title } }", Row(title="right"), wrong)


@pytest.mark.parametrize("later", ["", "Later"])
@pytest.mark.parametrize("mistake", [ValueError("mine"), GraphQLError("mine", extensions={"code": "MINE"})])
async def test_a_batch_fails_for_one_parent(later: str, mistake: Exception) -> None:
    rows = [Row(title="a"), Row(title="b", mistake=mistake), Row(title="c")]
    found = await run(f"{{ manyLeafy {{ title some{later} }} }}", *rows)
    assert found.data["manyLeafy"] == [
        {"title": "a", f"some{later}": "a"},
        None,
        {"title": "c", f"some{later}": "c"},
    ]
    assert found.paths == [["manyLeafy", 1, f"some{later}"]]
    assert found.outcome.executor == "replayed"
    await run(f"{{ leafy {{ title some{later} again: some{later} }} }}", rows[1])


@pytest.mark.parametrize(
    "fields", ["none", "noneLater", "noneRequired", "noneLaterRequired", "title none noneLater x: none slow"]
)
async def test_a_batch_raises(fields: str) -> None:
    # The server sorts errors. Strawberry has them in the order in which it gets the values.
    await run(f"{{ leafy {{ {fields} }} name }}", Row(title="a"), in_order=False)
    await run(f"{{ name manyLeafy {{ {fields} }} }}", Row(title="a"), None, Row(title="b"), in_order=False)


@pytest.mark.parametrize(
    "fields", ["slow some", "some someLater slow", "none some", "some none", "echo(number: 7) none"]
)
async def test_errors_are_in_the_order_of_stock_strawberry(fields: str) -> None:
    rows = [Row(title="a", mistake=ValueError("a")), Row(title="b"), Row(title="c", mistake=ValueError("c"))]
    await run(f"{{ name manyLeafy {{ {fields} }} }}", *rows)
    await run(f"{{ leafy {{ {fields} }} name }}", *rows)


@pytest.mark.parametrize("fields", ["noneLater none", "none slow noneLater", "x: noneLater slow none y: noneLater"])
async def test_errors_of_awaited_batches_are_equal_in_any_order(fields: str) -> None:
    await run(f"{{ leafy {{ {fields} }} }}", Row(title="a"), in_order=False)
    await run(f"{{ name leafy {{ none }} manyLeafy {{ {fields} }} }}", Row(title="a"), Row(title="b"), in_order=False)


async def test_a_batch_is_called_once_for_all_parents_of_a_level() -> None:
    rows = [Row(title=f"{n}", child=Row(title=f"{n} below"), children=[Row(title=f"{n}.{m}") for m in range(2)])
            for n in range(3)]  # fmt: skip
    found = await run(
        "{ trees { askedTitle awaitedTitle askedChild { askedTitle } awaitedChildren { awaitedTitle askedTitle } } }",
        *rows,
    )
    assert found.outcome.executor == "compiled"
    assert found.calls("trees") == [[None]]
    assert found.calls("asked_child") == [rows]
    assert found.calls("awaited_children") == [rows]
    below = [child for row in rows for child in row.children]
    assert found.calls("awaited_title") == [rows, below]
    # A batch is called once for all objects of a level, regardless of the fields that lead to them.
    [first, second] = found.calls("asked_title")
    assert (first, {*second}) == (rows, {*below, *(row.child for row in rows)})


async def test_no_batch_is_called_again_after_a_fallback() -> None:
    rows = [Row(title="a", child=Row(title=7)), Row(title="b", child=Row(title="fine"))]
    found = await run(
        "{ trees { askedTitle awaitedTitle askedChild { awaitedTitle } awaitedChild { title askedTitle } } }", *rows
    )
    assert found.outcome.executor == "replayed"
    assert found.calls("trees") == [[None]]
    assert found.calls("asked_child") == found.calls("awaited_child") == [rows]


async def test_a_row_that_is_reached_twice_is_one_parent() -> None:
    shared = Row(title="shared")
    found = await run(
        "{ trees { askedTitle child { askedTitle } awaitedChild { awaitedTitle askedTitle } } }",
        Row(title="a", child=shared),
        Row(title="b", child=shared),
    )
    assert found.outcome.executor == "compiled"


@pytest.mark.parametrize("aliases", [2, 3, 5])
async def test_aliases_of_a_field_share_one_call(aliases: int) -> None:
    query = "{ trees { " + " ".join(f"a{n}: awaitedTitle b{n}: askedTitle" for n in range(aliases)) + " } }"
    found = await run(query, Row(title="a"), Row(title="b"))
    assert len(found.calls("awaited_title")) == len(found.calls("asked_title")) == 1


# Arguments and variables

ALL = """query (
    $number: Int, $three: Int = 3, $real: Float, $text: String = "default", $colour: Colour, $key: ID,
    $item: Int, $numbers: [Int], $lists: [[Int!]!], $bounds: Bounds, $low: Int! = 5, $choice: Choice
) {
    echo(number: $number, real: $real, text: $text, colour: $colour, key: $key, numbers: $numbers, lists: $lists)
    items: echo(numbers: [$item, 1, $three], lists: [[1], [$low]])
    bounds: echo(bounds: $bounds, choice: $choice)
    inside: echo(bounds: {low: $low, high: $number, inner: {high: $item}}, number: $three)
    chosen: echo(choice: {colour: GREEN, bounds: [{low: $low}, {inner: $bounds}], keys: [$key, "k", 7]})
}"""


@pytest.mark.parametrize(
    "variables",
    [
        {"number": None, "three": None, "text": None, "colour": None, "item": None, "bounds": None, "choice": None},
        {"number": 7, "three": 8, "real": 1, "text": "x", "colour": "GREEN", "key": 9, "item": 10},
        {"number": 7.0, "real": 1.5, "key": "9", "numbers": [1, None, 2], "lists": [[], [1]]},
        {"numbers": 5, "lists": 6},
        {"numbers": [], "lists": []},
        {"bounds": {}, "choice": {"colour": "RED"}},
        {"bounds": {"low": 2, "high": None, "inner": {"low": 3}}, "low": 9},
        {"choice": {"colour": "GREEN", "bounds": {"high": 4}, "keys": [None, 1, "x"]}},
        {"choice": {"colour": "GREEN", "bounds": None, "keys": []}},
        {"low": None},
        {"number": "7"},
        {"number": 1.5},
        {"number": True},
        {"number": 2**31},
        {"real": "1"},
        {"real": True},
        {"text": 7},
        {"key": 1.5},
        {"colour": "BLUE"},
        {"colour": 2},
        {"numbers": ["x"]},
        {"lists": [[None]]},
        {"bounds": {"low": None}},
        {"bounds": {"nothing": 1}},
        {"bounds": [1]},
        {"choice": {}},
        {"choice": {"colour": None}},
        {"nothing": 1},
    ],
    ids=str,
)
async def test_variables(variables: dict[str, Any]) -> None:
    await run(ALL, variables=variables)
    # A program that was compiled for some values runs with others.
    await run(ALL, variables={"number": 1, "key": "k", "bounds": {"low": 4}})
    await run(ALL, variables=variables)


@pytest.mark.parametrize("required", ["", "!"])
@pytest.mark.parametrize(
    ("kind", "use"),
    [
        ("Int", "echo(number: $v)"),
        ("Float", "echo(real: $v)"),
        ("String", "echo(text: $v)"),
        ("ID", "echo(key: $v)"),
        ("Colour", "echo(colour: $v)"),
        ("Bounds", "echo(bounds: $v)"),
        ("[Int]", "echo(numbers: $v)"),
        ("Boolean", "name @skip(if: $v)"),
        ("Boolean", "name @include(if: $v)"),
    ],
)
async def test_a_variable_alone(kind: str, use: str, required: str) -> None:
    default = " = false" if kind == "Boolean" and not required else ""
    query = f"query ($v: {kind}{required}{default}) {{ {use} requiredTree {{ title }} }}"
    values = [None, True, 0, 1, 2**31 - 1, 2**31, -(2**31) - 1, 1.0, 1.5, "", "x", "7", "RED", [], [1], {}, {"low": 3}]
    for value in values:
        await run(query, Row(title="t"), variables={"v": value})
        await run(query, Row(title="t"), variables={"v": value, "undeclared": 1})
    await run(query, Row(title="t"))


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "number: null",
        "number: 4, text: null, colour: null",
        "real: 1",
        "real: 1.5e3",
        'text: "\\u00e9 \\"x\\""',
        'text: """\n  block\n    text\n"""',
        "colour: GREEN",
        "key: 7",
        'key: "7"',
        "numbers: 5",
        "numbers: [1, null]",
        "lists: 5",
        "lists: [[1, 2], []]",
        "bounds: {}",
        "bounds: {low: 2, high: null}",
        "bounds: {inner: {inner: {low: 7}}}",
        "choice: {colour: RED}",
        'choice: {colour: GREEN, keys: "one", bounds: {high: 2}}',
    ],
)
async def test_literals(arguments: str) -> None:
    written = f"({arguments})" if arguments else ""
    found = await run(f"{{ echo{written} manyLeafy {{ echo{written} }} }}", Row(name="a"), Row(name="b"))
    assert found.outcome.executor == "compiled"


@pytest.mark.parametrize(
    ("declared", "variables"),
    [
        ("$n: Int!", {"n": 1}),
        ("$n: Int!", {}),
        ("$n: Int!", {"n": None}),
        ("$n: Int = 2", {}),
        ("$n: Int = 2", {"n": None}),
        ("$n: Int = 2", {"n": 3}),
        ("$n: Int! = 2", {}),
        ("$n: Int! = 2", {"n": None}),
    ],
)
async def test_a_variable_of_a_required_argument(declared: str, variables: dict[str, Any]) -> None:
    await run(f"query ({declared}) {{ required(number: $n, bounds: {{low: $n}}) name }}", variables=variables)
    await run(f"query ({declared}) {{ required(number: 1, bounds: {{high: $n}}) name }}", variables=variables)


async def test_fields_with_different_arguments_are_different_calls() -> None:
    query = """query ($a: Int, $b: Int) { manyLeafy {
        x: echo(number: $a) y: echo(number: $b) z: echo(number: 1) w: echo(number: 1) v: echo
    } }"""
    for variables in ({"a": 1, "b": 1}, {"a": 1, "b": 2}, {"a": None}, {}, {"a": 3}):
        await run(query, Row(name="r"), Row(name="s"), variables=variables)


# Directives

CONDITIONAL = """query ($yes: Boolean!, $no: Boolean = false) {
    name @include(if: $yes)
    tree @skip(if: $no) {
        title @include(if: $yes) @skip(if: $no)
        ...Named @include(if: $no)
        ... @include(if: $yes) { child { title } }
        ... on Tree @skip(if: $yes) { t: title child { name } }
    }
    trees @include(if: true) { title @skip(if: false) n: name @skip(if: true) __typename @include(if: $no) }
}
fragment Named on Tree { name child @skip(if: $yes) { t: title } }"""


@pytest.mark.parametrize("yes", [True, False, None, "yes", 1])
@pytest.mark.parametrize("no", [True, False, None, ...])
async def test_conditions(yes: Any, no: Any) -> None:
    row = Row(name="n", title="t", child=Row(name="below", title="u"))
    variables = {"yes": yes, **({} if no is ... else {"no": no})}
    for _ in range(2):
        await run(CONDITIONAL, row, None, variables=variables)


async def test_all_fields_can_be_skipped() -> None:
    assert (await run("{ name @skip(if: true) }")).data == {}
    await run("{ tree { title @skip(if: true) } trees { ... @include(if: false) { title } } }", Row(), Row())


# Merging and order


@pytest.mark.parametrize(
    "query",
    [
        "{ tree { title } tree { name } tree { title child { title } } tree { child { name } } }",
        "{ tree { ...A ...B } } fragment A on Tree { title child { title } } fragment B on Tree { child { name } }",
        "{ b: name a: name c: name a: name }",
        "{ trees { z: title a: name } trees { m: __typename a: name askedChild { title } } }",
        "{ ...Q name } fragment Q on Query { tree { title } name resolvedToo: name }",
        "{ __typename t: __typename tree { __typename askedChild { __typename } } }",
        "query { tree { askedChild { title } askedChild { name } x: askedChild { title } } }",
    ],
)
async def test_selections_are_merged_in_order(query: str) -> None:
    row = Row(title="t", name="n", child=Row(title="u", name="m"))
    assert (await run(query, row, row)).outcome.executor == "compiled"


# What is not compiled


@pytest.mark.parametrize(
    "query",
    [
        'mutation { rename(name: "x") }',
        "{ resolved name }",
        "{ __schema { queryType { name } } name }",
        '{ __type(name: "Tree") { name } }',
    ],
)
async def test_operations_that_are_not_compiled_run_on_stock_strawberry(query: str) -> None:
    assert (await run(query)).outcome.executor == "stock"


async def test_introspection_is_kept_by_the_variables_values() -> None:
    query = "query ($name: String!) { __type(name: $name) { name } }"
    for name in ("Cat", "Dog", "Cat"):
        assert (await run(query, variables={"name": name})).data == {"__type": {"name": name}}


async def test_a_program_is_compiled_to_source_after_some_runs() -> None:
    runner = Executor(SCHEMA, source_after=2).runner(*valid("{ name }"))
    with patch("execution.compiler.SourceProgram", wraps=SourceProgram) as compiled:
        calls: list[int] = []
        for _ in range(4):
            await runner.run({}, cast("Any", Planted()))
            calls.append(compiled.call_count)
    assert calls == [0, 0, 1, 1]
