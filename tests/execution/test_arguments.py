"""Arguments that variables make: by the values' classes, and by whether they are null."""

from collections.abc import Sequence
from math import inf
from sys import getrefcount
from typing import Annotated, Any, NewType, cast
from uuid import UUID

import orjson
import pytest
import strawberry
from graphql import OperationDefinitionNode, parse
from strawberry.schema.config import StrawberryConfig

from execution import Executor, Outcome, PreparedDocument
from schema.fields import Argument, batch
from tests.execution.small_schema import Planted

Anything = NewType("Anything", object)
MISSING: Any = object()
ONE = UUID(int=1)
SPECIAL: dict[Any, Any] = {"infinity": inf, "one": ONE}
"""What texts of the scalar are coerced to. Their JSON is that of null and of a text."""


def echo(parents: Sequence[Any], _: Planted, *, values: list[Any] | None = None) -> list[str]:
    return [repr(values)] * len(parents)


def count(parents: Sequence[Any], _: Planted, *, number: int = 3) -> list[int]:
    return [number] * len(parents)


def parsed(value: Any) -> Any:
    return SPECIAL.get(value, value) if isinstance(value, str) else value


@strawberry.type
class Query:
    echo: Annotated[str, batch(echo, "-", values=Argument(list[Anything | None] | None, "-"))]
    count: Annotated[int | None, batch(count, "-", number=Argument(int, "-"))]


SCHEMA = strawberry.Schema(
    Query,
    extensions=[PreparedDocument],
    config=StrawberryConfig(
        scalar_map={Anything: strawberry.scalar(name="Anything", serialize=lambda v: v, parse_value=parsed)}
    ),
)

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", ["asyncio"])]


async def outcomes(text: str, *values: Any) -> list[Outcome]:
    """Run an operation for several values of its variable, or without it."""
    document = parse(text)
    [operation] = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    runner = Executor(SCHEMA).runner(document, operation)
    given = [{} if value is MISSING else {"value": value} for value in values]
    return [await runner.run(variables, cast("Any", Planted())) for variables in given]


KEPT = list[Any]()
"""The runners of ``outcomes_kept``, which keep what they cache."""


async def outcomes_kept(text: str, *values: Any) -> None:
    """Run an operation for several values of its variable, and keep its runner."""
    document = parse(text)
    [operation] = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    executor = Executor(SCHEMA)
    runner = executor.runner(document, operation)
    KEPT.extend((executor, runner))
    for value in values:
        await runner.run({"value": value}, cast("Any", Planted()))


async def test_equal_values_of_different_classes_are_different_arguments() -> None:
    found = await outcomes("query ($value: Anything) { echo(values: [$value]) }", 1, True, 1.0, 1)
    assert [orjson.loads(outcome.data)["echo"] for outcome in found] == ["[1]", "[True]", "[1.0]", "[1]"]
    assert {outcome.executor for outcome in found} == {"compiled"}


async def test_equal_values_in_lists_and_objects_are_different_arguments() -> None:
    values = ([1], [True], [1.0], [[1]], [{"a": 1}], [{"a": True}], [{"b": 1}], [{"a": [1]}], [["a", 1]], [1])
    found = await outcomes("query ($value: [Anything]) { echo(values: $value) }", *values)
    assert [orjson.loads(outcome.data)["echo"] for outcome in found] == [*map(repr, values)]
    assert {outcome.executor for outcome in found} == {"compiled"}


async def test_values_with_the_same_json_are_different_arguments() -> None:
    values = [[*SPECIAL, str(ONE), None]]
    values += [[value] for value in values[0]]
    expected = [str([SPECIAL.get(item, item) for item in value]) for value in values]
    found = await outcomes("query ($value: [Anything]) { echo(values: $value) }", *values, *values)
    assert [orjson.loads(outcome.data)["echo"] for outcome in found] == [*expected, *expected]
    assert {outcome.executor for outcome in found} == {"compiled"}


async def test_a_missing_variable_is_different_from_every_text() -> None:
    found = await outcomes("query ($value: Anything) { echo(values: [$value]) }", "absent", MISSING, "absent", MISSING)
    assert [orjson.loads(outcome.data)["echo"] for outcome in found] == ["['absent']", "[None]"] * 2
    assert {outcome.executor for outcome in found} == {"compiled"}


async def test_null_for_a_required_argument_with_a_default_is_an_error() -> None:
    given, null = await outcomes("query ($value: Int) { count(number: $value) }", 7, None)
    assert (given.data, given.errors) == (b'{"count":7}', ())
    assert null.data == b'{"count":null}'
    assert [error.path for error in null.errors] == [["count"]]


async def test_arguments_with_long_values_are_not_kept() -> None:
    short, long, item = "".join(["x"] * 100), "".join(["x"] * 1_000), "".join(["y"] * 100)
    before = [*map(getrefcount, (short, long, item))]
    # The last run is by the final program, whose cache no later one replaces.
    await outcomes_kept("query ($value: Anything) { echo(values: [$value]) }", {"x": long}, [item] * 11, [short])
    after = [*map(getrefcount, (short, long, item))]
    assert after[0] > before[0]
    assert after[1:] == before[1:]
