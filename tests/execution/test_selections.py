"""Selections are merged by response name, and each fragment is followed once."""

from typing import Any

from graphql import (
    OperationDefinitionNode,
    SelectionNode,
    build_schema,
    parse,
    print_ast,
)

from execution.selections import Parts, Selections, fragments_of

SCHEMA = build_schema("""
    interface Pet { name: String friend: Pet }
    type Dog implements Pet { name: String friend: Dog barks: [Int!] }
    type Query { pet: Pet }
""")


def selected(query: str, **options: Any) -> tuple[Selections, Parts]:
    """Return the selections of a document with one operation, and those of the operation."""
    document = parse(query)
    [operation] = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    selections = Selections(SCHEMA, fragments_of(document), **options)
    return selections, selections.of_operation(operation)


def tree(selections: Selections, parts: Parts) -> dict[str, Any]:
    """Return the response names of merged selection sets as a tree."""
    return {name: tree(selections, selections.below(fields)) for name, fields in selections.merged(parts).items()}


def test_fields_are_merged_at_every_level() -> None:
    query = """
        { pet { name } ...Pets p: pet { name } }
        fragment Pets on Query { pet { friend { name } } pet { ... on Dog { friend { barks } } } }
    """
    assert tree(*selected(query)) == {
        "pet": {"name": {}, "friend": {"name": {}, "barks": {}}},
        "p": {"name": {}},
    }


def test_a_fragment_is_followed_once() -> None:
    query = "{ pet { ...F ...F ...G } } fragment F on Pet { name ...G } fragment G on Dog { barks ...F }"
    selections, parts = selected(query)
    [pets] = selections.merged(parts).values()
    fields = selections.merged(selections.below(pets))
    assert {name: len(nodes) for name, nodes in fields.items()} == {"name": 1, "barks": 1}


def test_equal_selections_have_equal_parts() -> None:
    selections, parts = selected("{ a: pet { ...F } b: pet { ... { ...G ...F } } } fragment F on Pet { name ...G }")
    a, b = selections.merged(parts).values()
    assert selections.below(a) == selections.below(b)


def test_each_field_knows_its_types() -> None:
    selections, parts = selected("{ pet { name ... on Dog { barks nothing } } }")
    [[pet]] = selections.merged(parts).values()
    fields = [field for [field] in selections.merged(selections.below([pet])).values()]
    types = [(field.name, str(field.parent), field.definition and str(field.type)) for field in [pet, *fields]]
    assert types == [
        ("pet", "Query", "Pet"),
        ("name", "Pet", "String"),
        ("barks", "Dog", "Int"),
        ("nothing", "Dog", None),
    ]


def test_excluded_selections_are_ignored() -> None:
    def included(node: SelectionNode) -> bool:
        return "@skip" not in map(print_ast, node.directives or ())

    query = """
        { pet { name @skip friend @skip { name } ... on Dog @skip { barks } ...F @skip ... { ...F } } }
        fragment F on Pet { friend { barks: name ...G @skip } }
        fragment G on Pet { name }
    """
    assert tree(*selected(query, included=included)) == {"pet": {"friend": {"barks": {}}}}
