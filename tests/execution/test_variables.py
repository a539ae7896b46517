"""Coercion of variables: as graphql-core does it, and up to the first error."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from graphql import GraphQLInputObjectType, OperationDefinitionNode, parse
from graphql.execution.values import get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from execution.fallback import FallbackToStrawberry
from execution.type_refs import core_schema
from execution.variables import VariableCoercion
from server.executable_schema import graphql_schema
from tests.examples import examples


class CountingKeys(dict[str, Any]):
    """An input object that counts the keys that are read of it."""

    read = 0

    def items(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override] # pyright: ignore[reportIncompatibleMethodOverride] - graphql-core iterates
        """Return the keys one by one."""
        for item in super().items():
            self.read += 1
            yield item


def coercion(text: str) -> VariableCoercion:
    """Return the coercion of the variables of an operation."""
    [operation] = parse(text).definitions
    return VariableCoercion(core_schema(graphql_schema), cast("OperationDefinitionNode", operation))


def test_the_first_unknown_key_ends_coercion() -> None:
    given = CountingKeys({f"g{number}": 1 for number in range(5_000)})
    with pytest.raises(FallbackToStrawberry):
        coercion("query ($filter: OccupationFilter) { occupations(filter: $filter) { totalCount } }").coerced(
            {"filter": given}
        )
    # The message shows the object.
    assert given.read < 2 * len(given)


def test_the_first_invalid_item_ends_coercion() -> None:
    keys = [CountingKeys({"slugs": 1}) for _ in range(250)]
    with pytest.raises(FallbackToStrawberry):
        coercion("query ($keys: [OccupationKey!]!) { ranking(occupations: $keys) { tested } }").coerced({"keys": keys})
    assert sum(key.read for key in keys) < 5


INPUTS = [
    *(
        name
        for name, type_ in core_schema(graphql_schema).type_map.items()
        if isinstance(type_, GraphQLInputObjectType)
    ),
    *("String", "ID", "Int", "Float", "Boolean", "OccupationOrderField", "OrderDirection", "OccupationKind"),
]
TYPES = [form.format(name) for name in INPUTS for form in ("{}", "{}!", "[{}]", "[{}!]!", "[[{}!]]")]
DEFAULTS = {
    "String": '"a"',
    "[String]": '["a", null]',
    "Int": "7",
    "Float": "1",
    "OrderDirection": "DESC",
    "OccupationKey": '{slug: "a"}',
    "OccupationOrder": "{field: TITLE}",
    "[OccupationKey!]!": '[{code: "a"}]',
}

TEXTS = st.sampled_from(["a", "", "7", "x" * 300])
INTEGERS = st.sampled_from([0, 1, -7, 2**31 - 1])
LEAVES = {
    "String": TEXTS,
    "ID": TEXTS,
    "Int": INTEGERS,
    "Float": INTEGERS | st.sampled_from([1.0, 1.5, 1e300]),
    "Boolean": st.booleans(),
}
WRONG: st.SearchStrategy[Any] = st.sampled_from(
    [None, "a", "TITLE", "title", True, 0, 1, 2**31, -(2**31) - 1, 10**20, 1.0, 1.5, [], ["a"], {}]
)


def values_of(type_: str) -> st.SearchStrategy[Any]:
    """Return JSON values for a type, some of which are wrong in a place."""
    return st.integers(0, 9).flatmap(lambda number: right_values(type_.removesuffix("!")) if number else WRONG)


def right_values(type_: str) -> st.SearchStrategy[Any]:
    """Return values for a type whose parts may be wrong."""
    if type_.startswith("["):
        return st.lists(values_of(type_[1:-1]), max_size=3) | values_of(type_[1:-1])
    core_type = core_schema(graphql_schema).type_map[type_]
    if isinstance(core_type, GraphQLInputObjectType):
        fields = {name: values_of(str(field.type)) for name, field in core_type.fields.items()}
        names = st.sampled_from([*fields, "unknown"])
        return st.lists(names, max_size=2 if core_type.is_one_of else 5, unique=True).flatmap(
            lambda chosen: st.fixed_dictionaries({name: fields.get(name, WRONG) for name in chosen})
        )
    return LEAVES[type_] if type_ in LEAVES else st.sampled_from([*cast("Any", core_type).values])


@examples(120)
@given(data=st.data())
def test_variables_are_coerced_as_graphql_core_does(data: st.DataObject) -> None:
    type_ = data.draw(st.sampled_from(TYPES))
    default = DEFAULTS.get(type_) if data.draw(st.booleans()) else None
    text = f"query ($value: {type_}{f' = {default}' if default else ''}, $number: Int) {{ sources {{ name }} }}"
    given = {"value": data.draw(values_of(type_))} if data.draw(st.integers(0, 9)) else {}
    [operation] = parse(text).definitions
    definitions = cast("OperationDefinitionNode", operation).variable_definitions or ()
    expected = get_variable_values(core_schema(graphql_schema), definitions, given)
    if isinstance(expected, list):
        with pytest.raises(FallbackToStrawberry):
            coercion(text).coerced(given)
    else:
        # Their text distinguishes 1 from 1.0 and True, and enum members from names.
        assert repr({**coercion(text).coerced(given)}) == repr({**expected.coerced})


@pytest.mark.parametrize(("type_", "default"), DEFAULTS.items())
def test_defaults_of_variables_are_coerced(type_: str, default: str) -> None:
    text = f"query ($value: {type_} = {default}) {{ sources {{ name }} }}"
    [operation] = parse(text).definitions
    definitions = cast("OperationDefinitionNode", operation).variable_definitions or ()
    expected = get_variable_values(core_schema(graphql_schema), definitions, {})
    assert not isinstance(expected, list)
    assert repr({**coercion(text).coerced({})}) == repr({**expected.coerced})


def test_usual_values_are_not_left_to_graphql_core(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "query ($key: OccupationKey!, $keys: [OccupationKey!]!, $filter: OccupationFilter, $order: OccupationOrder, "
        '$text: String = "a", $number: Int, $direction: OrderDirection) { sources { name } }'
    )
    made = coercion(text)
    monkeypatch.setattr("execution.variables.get_variable_values", None)
    values = {
        "key": {"slug": "a"},
        "keys": [{"code": "b"}, {"id": "c"}],
        "filter": {"text": "a"},
        "order": {"field": "TITLE"},
        "number": None,
        "direction": "DESC",
    }
    found = made.coerced(values)
    assert (found["key"], found["keys"], found["text"], found["number"]) == (
        *[values[n] for n in ("key", "keys")],
        "a",
        None,
    )
