"""Documents that pass fast validation are valid by all rules, and common documents pass."""

import pytest
from graphql import (
    GraphQLSyntaxError,
    TokenKind,
    build_schema,
    get_introspection_query,
    parse,
    validate,
)
from graphql.language import Lexer, Source
from hypothesis import given
from hypothesis import strategies as st

from execution.fast_validation import MAX_SHARED, FastValidation
from execution.type_refs import core_schema
from execution.validation import RULES
from server.executable_schema import graphql_schema
from tests.examples import examples
from tests.server.hostile_documents import HOSTILE, documents
from tests.test_readme import QUERIES

LONGEST = 1_000
"""The maximum of tokens; longer documents are not validated."""

OURS = core_schema(graphql_schema)

ZOO = build_schema("""
    directive @shouted on FIELD | QUERY | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
    scalar Moment
    interface Named { name(length: Int! = 9): String! }
    interface Pet implements Named {
        name(length: Int! = 9): String! age(unit: Unit, at: Moment): Int friend: Pet friends: [Pet!]!
    }
    type Dog implements Pet & Named {
        name(length: Int! = 9): String! age(unit: Unit, at: Moment): Int friend: Dog friends: [Dog!]!
        barks: Int! size: String
    }
    type Cat implements Pet & Named {
        name(length: Int! = 9): String! age(unit: Unit, at: Moment): Int friend: Cat friends: [Pet!]! size: Int
    }
    type Stone { weight(of: [[Float!]]): Float }
    union Thing = Dog | Cat | Stone
    enum Unit { MONTHS YEARS }
    input Key @oneOf { id: ID name: String where: Where }
    input Where { unit: Unit! older: Float = 1.5 sizes: [Int!] not: Where also: [Where!] strict: Boolean! = true }
    type Query {
        pet(by: Key!): Pet pets(where: Where, ids: [ID!]! = [], first: Int): [Pet!]! thing(id: ID!): Thing dog: Dog
    }
    type Mutation { adopt(id: ID!): Pet }
    type Subscription { born: Pet }
""")

VALID_IN_THE_ZOO = [
    "{ dog { name age(unit: YEARS) friends { __typename } } }",
    "{ a: dog { name } b: dog { name } dog { n: name name(length: 3) } }",
    "{ dog { name } dog { name barks friend { name } } }",
    '{ pet(by: {id: "x"}) { name } p: pet(by: {id: 7}) { name } }',
    "{ pet(by: {where: {unit: MONTHS, older: 3, sizes: [1, -2], not: {unit: YEARS}, also: {unit: YEARS}}}) { name } }",
    "query ($k: Key!, $n: String!) { pet(by: $k) { name } other: pet(by: {name: $n}) { name } }",
    "query ($u: Unit!, $f: Float! = 2, $s: [Int!]) { pets(where: {unit: $u, older: $f, sizes: $s}) { name } }",
    'query ($u: Unit! = YEARS, $i: Int! = 3) { pets(where: {unit: $u, sizes: [$i, 4]}, ids: [1, "b"]) { name } }',
    "query ($i: [ID!], $b: Boolean) { pets(ids: $i, where: {unit: YEARS, strict: $b}) { name } }",
    "query ($n: Int) { dog { name(length: $n) } }",
    'query A($x: ID! = "a" $b: Boolean!) { thing(id: $x) @skip(if: $b) { ... on Dog { barks } ... on Pet { age } } }',
    "{ thing(id: 1) { __typename ... on Stone { weight(of: [[1.5, 2], null]) w: weight(of: 3) } ... on Pet { age } } }",
    "{ dog { ...F ...G } } fragment F on Pet { name friend { ...G } } fragment G on Named { name }",
    """query A { dog { ...F } } query B($b: Boolean!) { pets { ...G } }
    fragment F on Dog { name } fragment G on Pet { name @skip(if: $b) }""",
    "mutation ($id: ID!) { adopt(id: $id) { name ... @include(if: true) @skip(if: false) { age } } }",
    "query ($w: Where = {unit: YEARS, not: null}) { pets(where: $w, first: null) { ... on Cat { size } } }",
    "{ pets { ... on Dog { s: barks } ... on Cat { c: size } ... on Dog { s: barks } } }",
]

INVALID_IN_THE_ZOO = [
    pytest.param("query ($k: Key) { pet(by: $k) { name } }", id="an input that may be null"),
    pytest.param("{ nothing }", id="a field that is not there"),
    pytest.param("{ dog }", id="an object without fields"),
    pytest.param("{ dog { name { x } } }", id="fields of a leaf"),
    pytest.param("{ dog { name(length: null) } }", id="null where something must be"),
    pytest.param('{ dog { name(length: "3") } }', id="a value of another type"),
    pytest.param("{ dog { name(length: 3000000000) } }", id="too large an integer"),
    pytest.param("{ dog { name(length: 1, length: 1) } }", id="an argument given twice"),
    pytest.param("{ dog { name(size: 1) } }", id="an argument that is not there"),
    pytest.param("{ dog { age(unit: DAYS) } }", id="no member of the enum"),
    pytest.param('{ dog { age(unit: "YEARS") } }', id="a member in quotes"),
    pytest.param("{ pet { name } }", id="an argument left out"),
    pytest.param("{ pet(by: {}) { name } }", id="no key"),
    pytest.param('{ pet(by: {id: 1, name: "x"}) { name } }', id="two keys"),
    pytest.param("{ pet(by: {id: null}) { name } }", id="a key that is null"),
    pytest.param("{ pets(where: {older: 1}) { name } }", id="an entry left out"),
    pytest.param("{ pets(where: {unit: YEARS, unit: YEARS}) { name } }", id="an entry given twice"),
    pytest.param("{ pets(where: 1) { name } }", id="no object"),
    pytest.param("{ pets(ids: [null]) { name } }", id="null in a list"),
    pytest.param("{ pets(first: [1]) { name } }", id="a list where none goes"),
    pytest.param("query ($i: [ID]) { pets(ids: $i) { name } }", id="a list whose items may be null"),
    pytest.param("query ($n: String) { dog { name(length: $n) } }", id="a variable of another type"),
    pytest.param("query ($i: ID) { thing(id: $i) { __typename } }", id="a variable that may be null"),
    pytest.param("query ($i: Int) { dog { name } }", id="an unused variable"),
    pytest.param("{ thing(id: $i) { __typename } }", id="an undeclared variable"),
    pytest.param("query ($i: ID!, $i: ID!) { thing(id: $i) { __typename } }", id="a variable declared twice"),
    pytest.param("query ($i: Dog) { thing(id: $i) { __typename } }", id="a variable of an object's type"),
    pytest.param("query ($i: Nothing) { thing(id: $i) { __typename } }", id="a variable of no type"),
    pytest.param('query ($n: Int = "x") { dog { name(length: $n) } }', id="a default of another type"),
    pytest.param("query ($n: Int! = null) { dog { name(length: $n) } }", id="a default of null"),
    pytest.param("{ dog { ...F } }", id="a fragment that is not there"),
    pytest.param("{ dog { name } } fragment F on Dog { name }", id="an unused fragment"),
    pytest.param("{ dog { ...F } } fragment F on Dog { ...F }", id="a fragment in itself"),
    pytest.param(
        "{ dog { ...F } } fragment F on Dog { friend { ...G } } fragment G on Dog { ...F }", id="fragments in a circle"
    ),
    pytest.param("{ dog { ...F } } fragment F on Dog { name } fragment F on Dog { name }", id="a fragment twice"),
    pytest.param("{ dog { ...F } } fragment F on Cat { name }", id="a fragment on another type"),
    pytest.param("{ dog { ... on Cat { name } } }", id="an inline fragment on another type"),
    pytest.param("{ dog { ... on Nothing { name } } }", id="an inline fragment on no type"),
    pytest.param("{ dog { ... on Unit { name } } }", id="an inline fragment on a leaf's type"),
    pytest.param("{ dog { name @nothing } }", id="a directive that is not there"),
    pytest.param("{ dog { name @skip } }", id="a condition left out"),
    pytest.param("{ dog { name @skip(if: 1) } }", id="a condition of another type"),
    pytest.param("{ dog { name @skip(if: true) @skip(if: true) } }", id="a directive twice"),
    pytest.param("{ dog { name @skip(if: true, if: true) } }", id="a condition twice"),
    pytest.param("query @skip(if: true) { dog { name } }", id="a directive out of place"),
    pytest.param("query A { dog { name } } query A { dog { name } }", id="operations of one name"),
    pytest.param("{ dog { name } } query A { dog { name } }", id="an unnamed operation next to another"),
    pytest.param(
        "query A { dog { ...F } } query B($n: Int) { dog { ...F } } fragment F on Dog { name(length: $n) }",
        id="a variable that one operation lacks",
    ),
    pytest.param("{ x: dog { name } x: pets { name } }", id="different fields of one name"),
    pytest.param("{ dog { name(length: 1) name(length: 2) } }", id="different arguments"),
    pytest.param("{ dog { x: name ...F } } fragment F on Dog { x: age }", id="different fields by a fragment"),
    pytest.param("{ pets { ... on Dog { s: size } ... on Cat { s: size } } }", id="leaves of different types"),
    pytest.param("{ dog { friend { x: name } friend { x: age } } }", id="different fields of merged objects"),
    pytest.param("subscription { a: born { name } b: born { name } }", id="two subscriptions at once"),
    pytest.param("type Dog { name: String }", id="no operation"),
    pytest.param("{ dog { name } } type Dog { name: String }", id="a type definition next to an operation"),
]

UNSURE_IN_THE_ZOO = [
    pytest.param("query ($i: ID = 3) { pet(by: {id: $i}) { name } }", id="a key that has a default and may be null"),
    pytest.param("query ($i: ID) { pet(by: {id: $i}) { name } }", id="a key that may be null"),
    pytest.param("{ dog { } }", id="no fields"),
    pytest.param("{ __schema { types { name } } }", id="introspection"),
    pytest.param("subscription { born { name } }", id="a subscription"),
    pytest.param("{ dog { name @shouted } }", id="a directive of the schema's own"),
    pytest.param('{ dog { age(at: "now") } }', id="a scalar of the schema's own"),
]


def is_sure(query: str, schema: object = ZOO) -> bool:
    """Whether a document passes fast validation."""
    return PLAIN[id(schema)].is_valid(parse(query))


PLAIN = {id(schema): FastValidation(schema) for schema in (ZOO, OURS)}


@pytest.mark.parametrize("query", VALID_IN_THE_ZOO)
def test_common_documents_pass(query: str) -> None:
    assert validate(ZOO, parse(query), RULES) == []
    assert is_sure(query)


@pytest.mark.parametrize("query", INVALID_IN_THE_ZOO)
def test_invalid_documents_are_left_to_the_rules(query: str) -> None:
    assert validate(ZOO, parse(query), RULES)
    assert not is_sure(query)


@pytest.mark.parametrize("query", UNSURE_IN_THE_ZOO)
def test_rare_documents_are_left_to_the_rules(query: str) -> None:
    assert validate(ZOO, parse(query), RULES) == []
    assert not is_sure(query)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("query ($c: String) { occupation(by: {code: $c}) { title } }", id="a key that may be null"),
        pytest.param('query ($c: String = "x") { occupation(by: {code: $c}) { title } }', id="one that has a default"),
        pytest.param("{ ranking(occupations: [{code: null}]) { tested } }", id="a key of null"),
    ],
)
def test_invalid_one_of_inputs_are_left_to_the_rules(query: str) -> None:
    assert validate(OURS, parse(query), RULES)
    assert not is_sure(query, OURS)


@pytest.mark.parametrize("query", QUERIES)
def test_queries_of_the_readme_pass(query: str) -> None:
    assert is_sure(query, OURS)


def test_introspection_is_left_to_the_rules() -> None:
    assert not is_sure(get_introspection_query(), OURS)


def test_operations_that_share_many_fragments_are_left_to_the_rules() -> None:
    shared = f"fragment F on Dog {{ {'name(length: $n) ' * 40} }}"
    several = [f"query Q{number}($n: Int) {{ dog {{ ...F }} }}" for number in range(MAX_SHARED // 40)]
    assert is_sure(" ".join([*several[:20], shared]))
    assert not is_sure(" ".join([*several, shared]))


# Any document that passes is valid


def _tokens(query: str) -> list[str]:
    lexer = Lexer(Source(query))
    words: list[str] = []
    while (token := lexer.advance()).kind is not TokenKind.EOF:
        words.append(query[token.start : token.end])
    return words


VALID = {
    id(ZOO): [_tokens(query) for query in VALID_IN_THE_ZOO],
    id(OURS): [_tokens(query) for query in QUERIES],
}
MORE_WORDS = ["null", "1.5", "7", '"x"', "true", "DAYS", "__typename", "[", "]", "{", "}", "..."]
WORDS = {key: sorted({word for query in queries for word in query} | {*MORE_WORDS}) for key, queries in VALID.items()}


def _is_name(word: str) -> bool:
    return word.isidentifier()


@st.composite
def edited(draw: st.DrawFn, schema: object) -> str:
    """Return a valid document with a few words replaced, and sometimes some removed or inserted."""
    words = list(draw(st.sampled_from(VALID[id(schema)])))
    anything = st.sampled_from(WORDS[id(schema)]) | st.sampled_from(words)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(words) - 1))
        if draw(st.integers(0, 3)):
            # A replacement of the same sort leaves more documents parsable.
            word = draw(anything)
            words[start] = word if _is_name(word) == _is_name(words[start]) else words[start]
        else:
            end = start + draw(st.integers(0, 2))
            words[start:end] = draw(st.lists(anything, max_size=2) | st.just(words[start:end] * 2))
    return " ".join(words)


def see_that_sure_is_valid(schema: object, query: str) -> None:
    try:
        document = parse(query, max_tokens=LONGEST)
    except GraphQLSyntaxError:
        return
    if PLAIN[id(schema)].is_valid(document):
        assert validate(schema, document, RULES) == []  # type: ignore[arg-type]


@examples(100)
@given(edited(ZOO))
def test_edited_documents_that_pass_are_valid(query: str) -> None:
    see_that_sure_is_valid(ZOO, query)


@examples(40)
@given(edited(OURS))
def test_edited_documents_of_our_schema_that_pass_are_valid(query: str) -> None:
    see_that_sure_is_valid(OURS, query)


@examples(15)
@given(documents())
def test_documents_of_fragments_pass_if_they_are_valid(query: str) -> None:
    if len(query.split()) < LONGEST:
        document = parse(query)
        assert PLAIN[id(OURS)].is_valid(document) == (not validate(OURS, document, RULES))


@pytest.mark.parametrize("query", [pytest.param(case.text, id=case.name) for case in HOSTILE])
def test_hostile_documents_that_pass_are_valid(query: str) -> None:
    see_that_sure_is_valid(OURS, query)
