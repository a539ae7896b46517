"""Variables that are converted by functions made once, compared with Strawberry's own conversion."""

import asyncio
from enum import Enum
from typing import Annotated, Any, cast

import pytest
import strawberry
from graphql import OperationDefinitionNode, parse
from hypothesis import given
from hypothesis import strategies as st
from strawberry import UNSET
from strawberry.relay import GlobalID
from strawberry.types.arguments import convert_argument
from strawberry.types.base import StrawberryList, StrawberryOptional

from execution import Executor, PreparedDocument
from execution.fallback import NotCompilable
from execution.input_conversion import conversion_of
from schema.fields import Argument, batch
from tests.execution.small_schema import Key, Planted


@strawberry.enum
class Size(Enum):
    SMALL = 1
    LARGE = 2


@strawberry.input
class Filter:
    key_of: Key | None
    sizes: list[Size | None] | None
    numbers: list[list[int]] | None = None
    factor: float = 1.5
    label: str | None = UNSET
    inner: "Filter | None" = None


def echo(parents: list[Any], _: object, *, filters: list[Any], keys: list[Any] | None = None) -> list[str]:
    return [f"{filters} {keys}"] * len(parents)


@strawberry.type
class Query:
    echo: Annotated[
        str | None,
        batch(echo, "-", filters=Argument(list[Filter | None], "-"), keys=Argument(list[Key] | None, "-")),
    ]


SCHEMA = strawberry.Schema(Query, extensions=[PreparedDocument])

KEYS = st.one_of(
    st.fixed_dictionaries({"slug": st.text(max_size=3)}), st.fixed_dictionaries({"number": st.integers(0, 3)})
)
FILTERS: st.SearchStrategy[Any] = st.recursive(
    st.none(),
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "keyOf": st.none() | KEYS,
            "sizes": st.none() | st.lists(st.none() | st.sampled_from(Size), max_size=2),
            "numbers": st.none() | st.lists(st.lists(st.integers(0, 3), max_size=2), max_size=2),
            "factor": st.floats(0, 2),
            "label": st.none() | st.text(max_size=2),
            "inner": inner,
        },
    ),
    max_leaves=3,
)


@given(FILTERS)
def test_a_converted_value_equals_that_of_strawberry(value: Any) -> None:
    type_: Any = StrawberryOptional(cast("Any", Filter))
    expected = convert_argument(value, type_, SCHEMA.schema_converter.scalar_registry, SCHEMA.config)
    assert repr(conversion_of(type_, SCHEMA)(value)) == repr(expected)


@given(st.none() | st.lists(FILTERS, max_size=3))
def test_a_converted_list_equals_that_of_strawberry_and_is_a_copy(value: Any) -> None:
    type_: Any = StrawberryOptional(StrawberryList(StrawberryOptional(cast("Any", Filter))))
    expected = convert_argument(value, type_, SCHEMA.schema_converter.scalar_registry, SCHEMA.config)
    converted = conversion_of(type_, SCHEMA)(value)
    assert repr(converted) == repr(expected)
    assert converted is None or converted is not value


def test_types_that_only_strawberry_converts_are_left_to_it() -> None:
    with pytest.raises(NotCompilable):
        conversion_of(StrawberryList(cast("Any", GlobalID)), SCHEMA)


SIZES = st.none() | st.lists(st.sampled_from(["SMALL", "LARGE", None, "HUGE", 1]), max_size=2)
SENT: st.SearchStrategy[Any] = st.lists(
    st.one_of(
        st.none(),
        st.fixed_dictionaries(
            {}, optional={"sizes": SIZES, "keyOf": KEYS | st.just(dict[str, str]()), "label": st.none() | st.just("a")}
        ),
        st.just("no filter"),
    ),
    min_size=11,
    max_size=13,
)


@given(
    filters=SENT | st.lists(st.just({"label": "a"}), min_size=11, max_size=11),
    keys=st.none() | st.lists(KEYS, min_size=11, max_size=12),
)
def test_long_lists_get_the_result_and_the_errors_of_strawberry(filters: Any, keys: Any) -> None:
    document = parse("query ($filters: [Filter]!, $keys: [Key!]) { echo(filters: $filters, keys: $keys) }")
    [operation] = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    variables = {"filters": filters, "keys": keys}

    async def run() -> None:
        compiled, stock = [
            await Executor(SCHEMA, compiled=compiled).runner(document, operation).run(variables, cast("Any", Planted()))
            for compiled in (True, False)
        ]
        assert (compiled.data, [*map(str, compiled.errors)]) == (stock.data, [*map(str, stock.errors)])
        assert compiled.errors or compiled.executor == "compiled"

    asyncio.run(run())
