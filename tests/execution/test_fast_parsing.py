"""Documents that the fast parser reads are those of graphql-core, and common documents are read by it."""

from pathlib import Path
from typing import Any, cast

import pytest
from graphql import DocumentNode, GraphQLSyntaxError, get_introspection_query, parse
from hypothesis import given
from hypothesis import strategies as st

from execution.fallback import NotFastPath
from execution.fast_parsing import MOST_NESTED, parsed
from execution.limits import Limits
from execution.parsing import located
from execution.parsing import parsed as parsed_in_any_way
from tests.examples import examples
from tests.execution.test_fast_validation import INVALID_IN_THE_ZOO, VALID_IN_THE_ZOO, ZOO, edited
from tests.server.hostile_documents import documents
from tests.test_readme import QUERIES

MOST_TOKENS = 1_000
ROOT = Path(__file__).parents[2]

READABLE = [
    "{a}",
    "\ufeff{ a,\r\n\tb ,, }",
    "{ }",
    'query Q($a: [[Int!]!]! = [[1]] @x(y: 2), $b: I = {c: {d: []}, e: "é 🎉"}) @z { a }',
    "mutation { a } subscription on { on: query }",
    "query query { fragment type on }",
    "{ a(b: -0, c: 0.5, d: 1e9, e: -1.5E-3, f: null, g: true, h: false, i: NONE, j: $k, l: {}, m: [$n, {o: $p}]) }",
    '{ a(b: "") c(d: "# no comment", e: "{ $x }") }',
    "{ ...F ...@x { a } ... { b } ... on T @y { c } ...G @z }",
    "fragment query on fragment @x { a }",
    '# a { b\n{ c # \u00a0"d\n #\r e }#',
]
"""Texts that graphql-core accepts, whether they are valid or not."""

LEFT = [
    pytest.param("", id="nothing"),
    pytest.param("# a", id="a comment alone"),
    pytest.param('{ a(b: """c""") }', id="a block string"),
    pytest.param(r'{ a(b: "\u0041") }', id="an escape"),
    pytest.param('"a" query { b }', id="a description"),
    pytest.param("type A { b: Int }", id="a type"),
    pytest.param("{ " + "a { " * MOST_NESTED + "b" + " }" * MOST_NESTED + " }", id="many levels"),
    pytest.param("{ " + "a " * MOST_TOKENS + "}", id="many tokens"),
]


def contents(document: DocumentNode, *, locations: bool = False) -> object:
    """Return what a document consists of."""
    return cast("Any", document).to_dict(locations), document.token_count


def same(text: str, document: DocumentNode) -> bool:
    """Whether graphql-core reads the same document, but for the locations of its nodes."""
    return contents(document) == contents(parse(text))


@pytest.mark.parametrize("text", [*READABLE, *QUERIES, *VALID_IN_THE_ZOO, get_introspection_query()])
def test_common_documents_are_read(text: str) -> None:
    assert same(text, parsed(text, MOST_TOKENS))


@pytest.mark.parametrize("path", sorted((ROOT / "web" / "src").rglob("*.graphql")), ids=lambda path: path.stem)
def test_documents_of_the_pages_are_read(path: Path) -> None:
    text = path.read_text()
    assert same(text, parsed(text, MOST_TOKENS))


@pytest.mark.parametrize("text", LEFT)
def test_rare_documents_are_left_to_graphql_core(text: str) -> None:
    with pytest.raises(NotFastPath):
        parsed(text, MOST_TOKENS)


@pytest.mark.parametrize(
    "text",
    [
        "{ a",
        "{ a } }",
        "{ a: }",
        "{ a() }",
        "{ a(b) }",
        "{ a(b: ) }",
        "{ a(1: 2) }",
        "{ a(b: 1c) }",
        "{ a(b: 01) }",
        "{ a(b: 1.) }",
        "{ a(b: -) }",
        "{ a(b: [1) }",
        '{ a(b: "c) }',
        '{ a(b: "c\n") }',
        "{ a @ }",
        "{ ...on }",
        "{ .. a }",
        "{ é }",
        "{ a; b }",
        "{ a\u00a0b }",
        "{ a & b }",
        "query { a } b",
        "query () { a }",
        "query ($a) { a }",
        "query ($a: Int = $b) { a }",
        "query ($a: [Int) { a }",
        "query ($a: Int!!) { a }",
        "query ($a: Int @x(y: $z)) { a }",
        "query Q { a } fragment on on T { a }",
        "fragment F { a }",
        "queri { a }",
        "{ a(b: 0xF) }",
    ],
)
def test_syntax_errors_are_left_to_graphql_core(text: str) -> None:
    with pytest.raises(GraphQLSyntaxError):
        parse(text)
    with pytest.raises(NotFastPath):
        parsed(text, MOST_TOKENS)


def see_that_read_is_the_same(text: str) -> None:
    """See that a text that is read is the same document to graphql-core, which accepts it."""
    try:
        document = parsed(text, MOST_TOKENS)
    except NotFastPath:
        return
    assert same(text, document)


@examples(100)
@given(edited(ZOO))
def test_edited_documents_that_are_read_are_the_same(text: str) -> None:
    see_that_read_is_the_same(text)


CHARACTERS = st.sampled_from('{}()[]:!$@=|&."\\#\n\r\t ,\ufeff\u00a0ée0123456789+-_aonqt\x00\x0c\ud800')


@examples(150)
@given(st.data())
def test_documents_with_other_characters_that_are_read_are_the_same(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([*READABLE, *VALID_IN_THE_ZOO]))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 2))
        text = text[:start] + "".join(data.draw(st.lists(CHARACTERS, max_size=2))) + text[end:]
    see_that_read_is_the_same(text)


@examples(20)
@given(documents())
def test_documents_of_fragments_that_are_read_are_the_same(text: str) -> None:
    see_that_read_is_the_same(text)


@pytest.mark.parametrize("text", [*VALID_IN_THE_ZOO, *(case.values[0] for case in INVALID_IN_THE_ZOO)])
def test_a_document_is_located_with_its_operations(text: object) -> None:
    assert isinstance(text, str)
    document, reference = parsed_in_any_way(text, Limits()), parse(text)
    for number, definition in enumerate(document.definitions):
        if definition.kind == "operation_definition":
            again, operation = located(document, definition)  # type: ignore[arg-type]
            assert contents(again, locations=True) == contents(reference, locations=True)
            assert operation is again.definitions[number]
