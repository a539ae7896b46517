"""Fields of one response name must be mergeable, and the check is cheap for any document."""

import pytest
from graphql import (
    DocumentNode,
    GraphQLError,
    OverlappingFieldsCanBeMergedRule,
    TypeInfo,
    ValidationContext,
    build_schema,
    get_introspection_query,
    parse,
    validate,
    visit,
)
from hypothesis import given
from hypothesis import strategies as st

from execution.overlapping_fields import MAX_CONFLICTS, MAX_VISITS, OverlappingFieldsRule
from execution.type_refs import core_schema
from server.executable_schema import graphql_schema
from tests.conftest import Api
from tests.examples import examples

SCHEMA = build_schema("""
    interface Named { name: String! }
    interface Pet implements Named {
        name: String! age(unit: Unit, when: When): Int friend: Pet friends: [Pet!]! home: Home barks: Int
    }
    type Dog implements Pet & Named {
        name: String! age(unit: Unit, when: When): Int friend: Dog friends: [Dog!]! home: House barks: Int!
        size: Size tail: String
    }
    type Cat implements Pet & Named {
        name: String! age(unit: Unit, when: When): Int friend: Cat friends: [Pet!]! home: Box barks: Int
        size: Unit tail: [String]
    }
    type Stone { name: String age: String friend: [Stone] size: Size home: House }
    interface Home { name: String width: Int owner: Pet }
    type House implements Home { name: String width: Int owner: Dog wide: Boolean }
    type Box implements Home { name: String width: Int owner: Cat wide: Int }
    union Thing = Dog | Cat | Stone
    enum Unit { MONTHS YEARS }
    enum Size { MONTHS YEARS }
    input When { year: Int months: [Int] before: When }
    type Query { pet: Pet dog: Dog cat: Cat thing: Thing name: String }
    type Mutation { name: String }
""")

DIFFERENT = "Fields 'x' conflict because {}. Use different aliases on the fields to get both."
TOO_MANY = "The fields of this document overlap in too many ways to check."


def errors_of(query: str) -> list[GraphQLError]:
    """Return the rule's errors for a document."""
    return validate(SCHEMA, parse(query), [OverlappingFieldsRule])


def refused_by_graphql_core(query: str) -> bool:
    """Whether the rule that ours replaces refuses a document."""
    return bool(validate(SCHEMA, parse(query), [OverlappingFieldsCanBeMergedRule]))


def looked_at(document: DocumentNode) -> tuple[list[GraphQLError], int]:
    """Return the rule's errors for a document, and the number of fields and fragments it visited."""
    rules: list[OverlappingFieldsRule] = []

    class Rule(OverlappingFieldsRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            rules.append(self)

    errors = validate(SCHEMA, document, [Rule])
    return errors, rules[0].selections.visits


# Fields that can and cannot be merged


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("{ name name }", id="the same field"),
        pytest.param("{ x: name x: name }", id="the same alias"),
        pytest.param("{ x: name y: name name }", id="different aliases"),
        pytest.param("{ name @skip(if: true) name @include(if: true) }", id="different directives"),
        pytest.param("{ dog { age(unit: YEARS) age(unit: YEARS) } }", id="the same arguments"),
        pytest.param(
            "{ dog { age(unit: YEARS, when: {year: 1}) age(when: {year: 1}, unit: YEARS) } }",
            id="arguments in another order",
        ),
        pytest.param(
            "{ dog { age(when: {year: 1, months: [1]}) age(when: {months: [1], year: 1}) } }",
            id="fields of an argument in another order",
        ),
        pytest.param("query ($u: Unit) { dog { age(unit: $u) age(unit: $u) } }", id="the same variable"),
        pytest.param("{ dog { name } dog { age } }", id="subfields to be merged"),
        pytest.param(
            "{ thing { ... on Dog { x: name } ... on Cat { x: name } } }", id="the same field of different objects"
        ),
        pytest.param(
            "{ pet { ... on Dog { x: age(unit: YEARS) } ... on Cat { x: age } } }",
            id="different arguments in different objects",
        ),
        pytest.param(
            "{ pet { ... on Dog { x: age } ... on Cat { x: barks } } }", id="different fields of different objects"
        ),
        pytest.param(
            "{ pet { ... on Dog { x: friend { y: age } } ... on Cat { x: friend { y: barks } } } }",
            id="different fields below different objects",
        ),
        pytest.param(
            "{ pet { ... on Dog { home { x: width } } ... on Cat { home { x: width } } } }",
            id="objects of different types, whose fields look alike",
        ),
        pytest.param(
            "{ thing { ... on Dog { x: friend { name } } ... on Cat { x: home { width } } } }",
            id="objects without a field in common",
        ),
        pytest.param(
            "{ thing { ... on Dog { x: __typename } ... on Cat { x: age } } }", id="the name of the type of one object"
        ),
        pytest.param("{ ...F ...F } fragment F on Query { x: name }", id="a fragment spread twice"),
        pytest.param("{ dog { ...F } dog { ...F } } fragment F on Dog { x: name }", id="a fragment merged with itself"),
        pytest.param("{ x: name } mutation { x: name }", id="different operations"),
        pytest.param("query A { x: name } query B { x: dog { name } }", id="different operations of one kind"),
    ],
)
def test_fields_that_can_be_merged_are_accepted(query: str) -> None:
    assert errors_of(query) == []
    assert not refused_by_graphql_core(query)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        pytest.param("{ dog { x: name x: tail } }", "'name' and 'tail' are different fields", id="different fields"),
        pytest.param(
            "{ pet { x: name ... on Dog { x: tail } } }",
            "'name' and 'tail' are different fields",
            id="a field of the interface and one of the object",
        ),
        pytest.param(
            "{ pet { ... on Dog { x: tail } ... on Named { x: name } } }",
            "'name' and 'tail' are different fields",
            id="a field of the object and one of an interface",
        ),
        pytest.param(
            "{ thing { ... on Pet { x: name } ... on Home { x: width } } }",
            "'name' and 'width' are different fields",
            id="fields of interfaces that no object has both, yet",
        ),
        pytest.param(
            "{ thing { ... on Stone { x: name } ... on Pet { x: age } } }",
            "'age' and 'name' are different fields",
            id="an interface, and an object that does not have it",
        ),
        pytest.param("{ dog { x: age x: age(unit: YEARS) } }", "they have different arguments", id="argument left out"),
        pytest.param(
            "{ dog { x: age(unit: MONTHS) x: age(unit: YEARS) } }", "they have different arguments", id="enum values"
        ),
        pytest.param(
            "{ dog { x: age(unit: YEARS) x: age(when: YEARS) } }", "they have different arguments", id="argument names"
        ),
        pytest.param(
            "query ($a: Unit $b: Unit) { dog { x: age(unit: $a) x: age(unit: $b) } }",
            "they have different arguments",
            id="variables",
        ),
        pytest.param(
            "{ dog { x: age(when: {months: [1, 2]}) x: age(when: {months: [2, 1]}) } }",
            "they have different arguments",
            id="order of a list",
        ),
        pytest.param(
            "{ dog { x: age(when: {months: [1]}) x: age(when: {months: 1}) } }",
            "they have different arguments",
            id="list or not",
        ),
        pytest.param(
            "{ dog { x: age(when: {months: [1, []]}) x: age(when: {months: [[1]]}) } }",
            "they have different arguments",
            id="where an item of a list lies",
        ),
        pytest.param(
            '{ dog { x: age(unit: "YEARS") x: age(unit: """YEARS""") } }',
            "they have different arguments",
            id="kinds of strings",
        ),
        pytest.param(
            '{ dog { x: age(when: {year: 1}) x: age(when: {year: "1"}) } }',
            "they have different arguments",
            id="number or string",
        ),
        pytest.param(
            "{ dog { x: age(when: {before: {year: 1}}) x: age(when: {before: {}, year: 1}) } }",
            "they have different arguments",
            id="where a field of an argument lies",
        ),
        pytest.param(
            "{ thing { ... on Dog { x: friend { name } } ... on Cat { x: name } } }",
            "they return different types, 'Dog' and 'String!'",
            id="object or scalar",
        ),
        pytest.param(
            "{ thing { ... on Dog { x: tail } ... on Cat { x: tail } } }",
            "they return different types, 'String' and '[String]'",
            id="scalar or list",
        ),
        pytest.param(
            "{ thing { ... on Dog { x: friend { name } } ... on Stone { x: friend { name } } } }",
            "they return different types, 'Dog' and '[Stone]'",
            id="object or list",
        ),
        pytest.param(
            "{ pet { ... on Dog { x: barks } ... on Cat { x: barks } } }",
            "they return different types, 'Int!' and 'Int'",
            id="non-null or not",
        ),
        pytest.param(
            "{ thing { ... on Dog { x: age } ... on Stone { x: age } } }",
            "they return different types, 'Int' and 'String'",
            id="scalars",
        ),
        pytest.param(
            "{ pet { ... on Dog { x: size } ... on Cat { x: size } } }",
            "they return different types, 'Size' and 'Unit'",
            id="enums that have the same values",
        ),
        pytest.param(
            "{ dog { friend { x: name } friend { x: tail } } }",
            "'name' and 'tail' are different fields",
            id="subfields",
        ),
        pytest.param(
            "{ pet { ... on Dog { home { x: wide } } ... on Cat { home { x: wide } } } }",
            "they return different types, 'Boolean' and 'Int'",
            id="subfields of different objects",
        ),
        pytest.param(
            "{ pet { ... on Dog { friend { z: home { x: wide } } } ... on Cat { friend { z: friend { x: tail } } } } }",
            "they return different types, 'Boolean' and '[String]'",
            id="subfields of subfields of different objects",
        ),
        pytest.param(
            "{ dog { ...F ...G } } fragment F on Dog { x: name } fragment G on Dog { x: tail }",
            "'name' and 'tail' are different fields",
            id="fragments",
        ),
        pytest.param(
            "{ dog { friend { ...F } } ...G } fragment F on Dog { friend { x: name } }"
            " fragment G on Query { dog { ...H } } fragment H on Pet { ... { friend { friend { x: age } } } }",
            "'age' and 'name' are different fields",
            id="subfields through fragments",
        ),
        pytest.param(
            "{ name } fragment F on Dog { x: name x: tail }",
            "'name' and 'tail' are different fields",
            id="a fragment that is not used",
        ),
        pytest.param(
            "{ dog { ...F friend { friend { x: name } } } } fragment F on Dog { friend { ...F x: tail } }",
            "'name' and 'tail' are different fields",
            id="a fragment in a circle",
        ),
    ],
)
def test_fields_that_cannot_be_merged_are_refused(query: str, reason: str) -> None:
    [error] = [error for error in errors_of(query) if "different aliases" in error.message]
    assert error.message == DIFFERENT.format(reason)
    assert refused_by_graphql_core(query)


def test_an_error_points_at_both_fields() -> None:
    [error] = errors_of("{\n  dog { x: name }\n  dog { x: tail }\n}")
    assert [(location.line, location.column) for location in error.locations or ()] == [(2, 9), (3, 9)]


def test_clients_receive_the_conflict(api: Api) -> None:
    error = api.error('{ x: occupations { totalCount } x: group(code: "27-0000") { code } }')
    assert error["message"] == DIFFERENT.format("'occupations' and 'group' are different fields")
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert len(error["locations"]) == 2


def test_the_same_two_fields_are_reported_once() -> None:
    query = "{ dog { ...F ...G } pet { age ...F ...G } } fragment F on Dog { x: name } fragment G on Dog { x: tail }"
    assert len(errors_of(query)) == 1


def test_every_field_that_differs_is_reported() -> None:
    assert [error.message for error in errors_of("{ x: name x: dog { name } x: name x: pet { name } }")] == [
        DIFFERENT.format("'name' and 'dog' are different fields"),
        DIFFERENT.format("'name' and 'pet' are different fields"),
    ]


@pytest.mark.parametrize("query", ["{ x: name " + "x: dog x: pet " * 100 + "}", "{ dog { x: name x: tail } } " * 100])
def test_only_some_conflicts_are_reported(query: str) -> None:
    assert len(errors_of(query)) == MAX_CONFLICTS


def test_the_schema_can_be_introspected() -> None:
    query = parse(get_introspection_query(directive_is_repeatable=True, input_value_deprecation=True))
    assert validate(core_schema(graphql_schema), query, [OverlappingFieldsRule]) == []


# Documents that are invalid for other reasons


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("{ nothing nothing { name } dog { nothing { nothing } } }", id="unknown fields"),
        pytest.param("{ ...Nothing dog { ...Nothing } }", id="unknown fragments"),
        pytest.param("{ ... on Nothing { x: name } x: name } fragment F on Nothing { x { y } }", id="unknown types"),
        pytest.param("{ ... on Unit { name } ... on When { year } name { name } }", id="types without fields"),
        pytest.param("subscription { name dog { name } }", id="an operation that there is none of"),
        pytest.param("{ ...F } fragment F on Query { name ...F dog { ...F } }", id="a fragment in itself"),
        pytest.param(
            "{ ...F } fragment F on Query { ...G } fragment G on Query { ...H ...F } fragment H on Query { ...G name }",
            id="fragments in a circle",
        ),
        pytest.param("fragment F on Query { ...G } fragment G on Query { ...F }", id="a circle of nothing, unused"),
        pytest.param("type Query { name: String } { name }", id="a definition of a type"),
    ],
)
def test_errors_of_other_rules_are_not_reported(query: str) -> None:
    assert errors_of(query) == []


def test_fields_of_unknown_types_can_conflict() -> None:
    query = "{ ... on Nothing { x: name } ... on Nowhere { x: age } }"
    assert [error.message for error in errors_of(query)] == [DIFFERENT.format("'name' and 'age' are different fields")]
    assert refused_by_graphql_core(query)


# Random documents

LEAVES = [
    *("name", "age", "barks", "size", "tail", "width", "wide", "nothing", "__typename"),
    *(
        "age(unit: YEARS)",
        "age(when: {year: 1, months: [$m]})",
        "age(when: {months: [$m], year: 1})",
        "age(when: null)",
    ),
    *("x: name", "x: age", "x: barks", "x: tail", "x: size", "x: __typename"),
    *("...F0", "...F1", "...F2", "...F3"),
]
BRANCHES = [
    *("pet", "dog", "cat", "thing", "friend", "friends", "home", "owner", "nothing", "name"),
    *("x: friend", "x: friends", "x: home"),
    *("...", "... on Dog", "... on Cat", "... on Stone", "... on Pet", "... on House", "... on Box", "... on Thing"),
    *("... on Nothing", "... on Unit", "... on Query"),
]
TYPES = st.sampled_from(["Query", "Pet", "Dog", "Cat", "Stone", "Named", "Thing", "House", "Nothing"])


def in_braces(selections: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return selection sets of such selections."""
    return st.lists(selections, min_size=1, max_size=4).map(lambda items: f"{{ {' '.join(items)} }}")


SELECTION_SETS = in_braces(
    st.recursive(
        st.sampled_from(LEAVES),
        lambda selections: st.builds("{} {}".format, st.sampled_from(BRANCHES), in_braces(selections)),
        max_leaves=12,
    )
)
FRAGMENTS = st.lists(st.tuples(TYPES, SELECTION_SETS), max_size=3).map(
    lambda items: " ".join(f"fragment F{number} on {kind} {inner}" for number, (kind, inner) in enumerate(items))
)


@examples(50)
@given(operation=SELECTION_SETS, fragments=FRAGMENTS)
def test_the_same_documents_are_refused_as_by_graphql_core(operation: str, fragments: str) -> None:
    query = f"{operation} {fragments}"
    assert bool(errors_of(query)) == refused_by_graphql_core(query)


# Hostile documents


def chained(count: int, fragment: str) -> str:
    """Return a query with a chain of fragments; NEXT is the name of the next one, and the last has a field."""
    bodies = (f"fragment F{number} on Pet {fragment.replace('NEXT', f'F{number + 1}')}" for number in range(count))
    return " ".join(("{ pet { ...F0 } }", *bodies, f"fragment F{count} on Pet {{ age }}"))


def all_in_all(count: int) -> str:
    """Return a query of fragments that each spread all fragments."""
    spreads = " ".join(f"...F{number}" for number in range(count))
    bodies = (f"fragment F{number} on Pet {{ friend {{ {spreads} }} age }}" for number in range(count))
    return " ".join(("{ pet { ...F0 } }", *bodies))


# Each has about a thousand tokens.
LINEAR = {
    "one field": "{" + "name " * 1000 + "}",
    "one object": "{" + "dog {name} dog {age} " * 125 + "}",
    "one list deep below": "{" + "dog {friends {friends {friends {friends {name}}}}} " * 60 + "}",
    "objects of two types": "{ thing {" + "... on Dog {x: home {width}} ... on Cat {x: home {width}} " * 40 + "}}",
    "one long list": "{ dog {" + f"age(when: {{months: [{'1 ' * 240}]}}) " * 4 + "}}",
    "conflicts": "{" + "x: name x: dog " * 160 + "}",
    "nested": "{ dog {" + "age friend {" * 190 + "name" + "}" * 192,
    "inline fragments": "{" + "... {name} " * 250 + "}",
    "inline fragments, nested": "{" + "... {" * 190 + "name" + "}" * 191,
    "fragments spread at once": "{" + "".join(f"...F{number} " for number in range(100)) + "}"
    + "".join(f"fragment F{number} on Query {{name}} " for number in range(100)),
    "fragments in fragments": chained(120, "{age ...NEXT}"),
    "fragments below fragments": chained(90, "{age friend {...NEXT}}"),
    "fragments twice below fragments": chained(70, "{friend {...NEXT} friend {...NEXT}}"),
    "fragments below fragments in two ways": chained(60, "{x: friend {...NEXT} y: friend {...NEXT}}"),
    "fragments below fragments of different objects": chained(
        35, "{... on Dog {x: friend {...NEXT}} ... on Cat {x: friend {...NEXT}} friend {...NEXT}}"
    ),
    "all fragments in all": all_in_all(18),
}  # fmt: skip


@pytest.mark.parametrize("query", [pytest.param(query, id=name) for name, query in LINEAR.items()])
def test_the_work_is_linear_in_the_document(query: str) -> None:
    document = parse(query)
    _, visits = looked_at(document)
    assert visits <= 2.5 * document.token_count


def wheel(size: int) -> str:
    """Return a cycle of fragments that each select a friend of the next."""
    return " ".join(
        f"fragment W{size}_{number} on Pet {{ friend {{ ...W{size}_{(number + 1) % size} }} }}"
        for number in range(size)
    )


EXPONENTIAL = {
    # The fragments that a path of x and y reaches encode its last 20 steps.
    "an automaton": "{ pet { ...Q } } fragment Q on Pet { x: friend { ...Q ...F0 } y: friend { ...Q } } "
    + chained(20, "{ x: friend {...NEXT} y: friend {...NEXT} }").removeprefix("{ pet { ...F0 } } "),
    # The cycles return to their start after 2 * 3 * 5 * 7 * 11 * 13 steps.
    "wheels": "{ pet { ...W2_0 ...W3_0 ...W5_0 ...W7_0 ...W11_0 ...W13_0 } } "
    + " ".join(map(wheel, (2, 3, 5, 7, 11, 13))),
}  # fmt: skip


@pytest.mark.parametrize("query", [pytest.param(query, id=name) for name, query in EXPONENTIAL.items()])
def test_documents_that_would_take_too_long_are_refused(query: str) -> None:
    document = parse(query)
    assert document.token_count <= 1000
    [error], visits = looked_at(document)
    assert error.message.startswith(TOO_MANY)
    assert visits <= MAX_VISITS + document.token_count


def test_the_work_is_bounded_where_a_large_fragment_is_merged_in_many_places() -> None:
    places = " ".join(f"p{number}: pet {{ own: age ...F }}" for number in range(500))
    document = parse(f"{{ {places} }} fragment F on Pet {{ {'friend { age } ' * 500} }}")
    [error], visits = looked_at(document)
    assert error.message.startswith(TOO_MANY)
    assert visits <= 11 * document.token_count


def test_fragments_can_be_nested_to_any_depth() -> None:
    # graphql-core's validate() refuses a document of this depth before any rule runs.
    document = parse(chained(1500, "{ friend { ...NEXT } }"))
    errors: list[GraphQLError] = []
    context = ValidationContext(SCHEMA, document, TypeInfo(SCHEMA), errors.append)
    visit(document, OverlappingFieldsRule(context))
    assert errors == []
