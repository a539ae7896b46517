"""Texts that differ only in literals share a template, and each has the result of its own literals."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import build_schema, parse, validate
from graphql import graphql_sync as run  # pyright: ignore[reportUnknownVariableType] - its middleware is of any kind
from hypothesis import given
from hypothesis import strategies as st

from execution.fast_validation import FastValidation
from execution.literal_templates import MAX_LITERALS, SplitText, Template, TemplateCache, split_literals, template_of
from execution.type_refs import core_schema
from execution.validation import RULES
from server.executable_schema import graphql_schema
from tests.examples import examples

OURS = core_schema(graphql_schema)

ECHO = build_schema("""
    scalar Moment
    enum Unit { MONTHS YEARS }
    input Range { low: Float high: Float! = 9 steps: [Int!] unit: Unit named: [[String]] inner: Range id: ID }
    type Query {
        echo(text: String, whole: Int, number: Float, id: ID, unit: Unit, yes: Boolean, at: Moment, range: Range,
             ids: [ID!], numbers: [Float]): String
        inner: Query
    }
""")


class Echo:
    """An object whose fields return their arguments."""

    def echo(self, _: object, **arguments: object) -> str:
        return json.dumps(arguments, sort_keys=True)

    def inner(self, _: object) -> "Echo":
        return self


def split(text: str) -> SplitText:
    parts = split_literals(text)
    assert parts is not None
    return parts


def template(text: str, schema: Any = ECHO) -> Template | None:
    """Return the template of a valid text."""
    assert validate(schema, parse(text), RULES) == []
    return template_of(schema, text, split(text))


def answered(text: str, variables: dict[str, Any] | None = None) -> tuple[object, list[str]]:
    """Return the data and the error messages of a text."""
    result = run(ECHO, text, Echo(), variable_values=variables)
    return result.data, [error.message for error in result.errors or ()]


# Split texts


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ('{ echo(text: "a") }', '{ echo(text: "b { # $x \N{CLAPPER BOARD} , 5") }'),
        ('{ echo(text: "a") }', '{ echo(text: "") }'),
        ("{ echo(whole: 1) }", "{ echo(whole: -2147483648) }"),
        ("{ echo(number: 1.5) }", "{ echo(number: -0.1E+22) }"),
        ('{ a1: echo(whole: 1, text: "a") }', '{ a1: echo(whole: 22, text: "1") }'),
        ("{ echo(numbers: [1,2,1]) }", "{ echo(numbers: [3,4,3]) }"),
    ],
)
def test_texts_that_differ_in_literals_have_one_key(text: str, other: str) -> None:
    assert split(text).key == split(other).key


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("{ echo(number: 1) }", "{ echo(number: 1.5) }"),
        ("{ echo(id: 1) }", '{ echo(id: "1") }'),
        ("{ echo(numbers: [1,2]) }", "{ echo(numbers: [3,3]) }"),
        ("{ echo(numbers: [1,2,1]) }", "{ echo(numbers: [1,1,2]) }"),
        ('{ echo(whole: 1, text: "1") }', '{ echo(whole: 1, text: "1")}'),
        ("{ a1: echo(whole: 1) }", "{ a2: echo(whole: 1) }"),
        ("{ echo(unit: MONTHS, whole: 1) }", "{ echo(unit: YEARS, whole: 1) }"),
        ("{ echo(yes: true, whole: 1) }", "{ echo(yes: null, whole: 1) }"),
    ],
)
def test_texts_that_differ_otherwise_have_different_keys(text: str, other: str) -> None:
    assert split(text).key != split(other).key


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{ inner { echo } }", id="no literals"),
        pytest.param("{ echo(whole: 1) } # one", id="a comment"),
        pytest.param('{ echo(text: """a""") }', id="a block string"),
        pytest.param('{ echo(text: "a\\n") }', id="an escape"),
        pytest.param('{ echo(text: "a) }', id="an unterminated string"),
        pytest.param('{ echo(text: "a\n") }', id="a string with a line break"),
        pytest.param('{ echo(text: "\ud800") }', id="half a character"),
        pytest.param(f"{{ echo(numbers: {[*range(MAX_LITERALS + 1)]}) }}", id="too many literals"),
    ],
)
def test_texts_that_need_a_lexer_are_not_split(text: str) -> None:
    assert split_literals(text) is None


# Templates


@pytest.mark.parametrize(
    ("text", "expected", "variables"),
    [
        ('{ echo(text: "a") }', "query ($_0: String!) { echo(text: $_0) }", {"_0": "a"}),
        ("query{echo(whole: 7)}", "query ($_0: Int!){echo(whole: $_0)}", {"_0": 7}),
        ("query A { echo(number: 7) }", "query A($_0: Float!) { echo(number: $_0) }", {"_0": 7.0}),
        (
            "query ($u: Unit) { echo(unit: $u, id: 70) }",
            "query ($_0: ID!, $u: Unit) { echo(unit: $u, id: $_0) }",
            {"_0": "70"},
        ),
        (
            """{ echo(
                ids: [1, 1], whole: 1, numbers: [1, 2.5]) }""",
            """query ($_0: ID!, $_1: Int!, $_2: Float!, $_3: Float!) { echo(
                ids: [$_0, $_0], whole: $_1, numbers: [$_2, $_3]) }""",
            {"_0": "1", "_1": 1, "_2": 1.0, "_3": 2.5},
        ),
        (
            """fragment F on Query { echo(range: {named: [["a", null]], inner: {id: "b"}}) }
            query A { ...F }""",
            """fragment F on Query { echo(range: {named: [[$_0, null]], inner: {id: $_1}}) }
            query A($_0: String!, $_1: ID!) { ...F }""",
            {"_0": "a", "_1": "b"},
        ),
        (
            '{ echo(text: "a") echo(text: "a") b: echo(text: "b") }',
            "query ($_0: String!, $_1: String!) { echo(text: $_0) echo(text: $_0) b: echo(text: $_1) }",
            {"_0": "a", "_1": "b"},
        ),
    ],
)
def test_variables_replace_literals(text: str, expected: str, variables: dict[str, Any]) -> None:
    made = template(text)
    assert made is not None
    assert made.text == expected
    assert made.variables(split(text)) == variables
    assert FastValidation(ECHO).is_valid(parse(made.text))
    assert answered(made.text, variables) == answered(text)


def test_keys_of_occupations_can_be_variables() -> None:
    made = template('{ comparison(left: {code: "27-2012"}, right: {slug: "editors"}) { summary } }', OURS)
    assert made is not None
    assert made.text == (
        "query ($_0: String!, $_1: String!) { comparison(left: {code: $_0}, right: {slug: $_1}) { summary } }"
    )
    assert validate(OURS, parse(made.text), RULES) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("query ($n: Int = 3) { echo(whole: $n, id: 3) }", id="a default"),
        pytest.param('{ echo(at: "now", whole: 1) }', id="a scalar of the schema's own"),
        pytest.param("{ echo(ids: 7) }", id="one item for a list"),
        pytest.param("query ($_0: Int) { echo(whole: $_0, id: 3) }", id="a variable that is named like ours"),
        pytest.param("query A { echo(id: 1) } query B { echo(id: 2) }", id="two operations"),
        pytest.param("{ echo(numbers: [1-2]) }", id="numbers that touch"),
    ],
)
def test_texts_with_other_literals_have_no_template(text: str) -> None:
    assert template(text) is None


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("{ echo(whole: 1) }", "{ echo(whole: 2147483648) }"),
        ("{ echo(whole: 1) }", f"{{ echo(whole: {'1' * 9_000}) }}"),
        ("{ echo(number: 1) }", f"{{ echo(number: {'1' * 400}) }}"),
        ("{ echo(number: 1e1) }", "{ echo(number: 1e999) }"),
    ],
)
def test_literals_out_of_range_are_left_to_validation(text: str, other: str) -> None:
    made = template(text)
    assert made is not None
    assert split(text).key == split(other).key
    assert made.variables(split(other)) is None


# The result by template is that of the text

STRINGS = st.text(st.sampled_from('aé\N{CLAPPER BOARD} {}()[]#,:$@!.-0127"_\t')).map(
    lambda text: '"' + text.replace('"', "") + '"'
)
WHOLES = st.integers(-(2**31), 2**31 - 1).map(str) | st.sampled_from(["0", "-0", "7", "1000000"])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False).map(repr) | st.sampled_from(["1e5", "-1.50E+03", "0.0", "7"])
OTHERS = {"s": STRINGS, "i": WHOLES, "f": NUMBERS}
VALUES = {
    "text": STRINGS | st.just("null"),
    "whole": WHOLES,
    "number": NUMBERS | WHOLES,
    "id": STRINGS | WHOLES,
    "unit": st.sampled_from(["MONTHS", "YEARS", "null"]),
    "yes": st.sampled_from(["true", "false"]),
    "ids": st.lists(STRINGS | WHOLES, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    "numbers": st.lists(NUMBERS | st.just("null"), max_size=3).map(lambda items: f"[{' '.join(items)}]"),
    "range": st.builds(
        "{{low: {0}, inner: {{id:{1}, named:[[{2}]],steps:[{3},7]}}}}".format, NUMBERS, STRINGS, STRINGS, WHOLES
    ),
}


@dataclass(frozen=True)
class Asked:
    """Fields and the names of their arguments."""

    fields: tuple[tuple[str, ...], ...]

    def text(self, draw: Callable[[st.SearchStrategy[str]], str]) -> str:
        fields = [
            f"f{number}: echo(" + ", ".join(f"{name}: {draw(VALUES[name])}" for name in names) + ")"
            for number, names in enumerate(self.fields)
        ]
        return f"{{ {' '.join(fields)} inner {{ {' '.join(fields[:1])} }} }}"


NONSENSE = st.text('"-.0129eE+ #,:a_\\\n\ufeff$', max_size=3)


@st.composite
def two_texts(draw: st.DrawFn) -> tuple[str, str]:
    """Return two texts with equal fields; the second has other literals, or something else in their places."""
    names = st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=4, unique=True).map(tuple)
    text = Asked(tuple(draw(st.lists(names, min_size=1, max_size=3)))).text(draw)
    parts = split_literals(text)
    if parts is None:
        return text, text
    others = [draw(OTHERS[type_]) for type_ in parts.types]
    if draw(st.booleans()):
        others[draw(st.integers(0, len(others) - 1))] = draw(NONSENSE)
    values = [*(others[place] for place in parts.places), ""]
    return text, "".join(before + value for before, value in zip(parts.segments, values, strict=True))


@examples(50)
@given(two_texts())
def test_each_text_has_the_result_of_its_own_literals(texts: tuple[str, str]) -> None:
    text, other = texts
    first, second = split_literals(text), split_literals(other)
    if first is None or second is None or first.key != second.key:
        return
    made = template(text)
    assert made is not None
    variables = made.variables(second)
    assert variables is not None
    assert answered(made.text, variables) == answered(other)


# The cache


@dataclass(frozen=True)
class Read:
    """A template that was read."""

    text: str
    weight: int = 1


def found(cache: TemplateCache[Read], text: str) -> tuple[str, dict[str, Any]] | None:
    """Return the template of a text and its variables; learn the text if there is none."""
    parts = split(text)
    if (known := cache.get(parts)) is not None:
        return known[0].text, known[1]
    cache.learn(parts, text)
    return None


def test_the_third_text_of_a_key_uses_the_template_of_the_second() -> None:
    cache = TemplateCache(ECHO, Read, 100)
    assert found(cache, "{ echo(whole: 1) }") is None
    assert found(cache, "{ echo(whole: 2) }") is None
    expected = "query ($_0: Int!) { echo(whole: $_0) }"
    assert found(cache, "{ echo(whole: 3) }") == (expected, {"_0": 3})
    assert found(cache, "{ echo(whole: 9999999999) }") is None
    assert found(cache, "{ echo(whole: 4) }") == (expected, {"_0": 4})


def test_a_template_that_cannot_run_is_not_made_again() -> None:
    tried: list[str] = []
    cache = TemplateCache[Read](ECHO, tried.append, 100)
    assert [found(cache, f"{{ echo(whole: {number}) }}") for number in range(5)] == [None] * 5
    assert tried == ["query ($_0: Int!) { echo(whole: $_0) }"]


def test_the_cache_stays_within_its_capacity() -> None:
    cache = TemplateCache(ECHO, Read, 4)
    for number in range(30):
        for value in range(3):
            found(cache, f"{{ a{number}: echo(whole: {value}) }}")
    assert len(cache) <= 4
    assert found(cache, "{ a29: echo(whole: 7) }") == ("query ($_0: Int!) { a29: echo(whole: $_0) }", {"_0": 7})
    assert found(cache, "{ a0: echo(whole: 7) }") is None
