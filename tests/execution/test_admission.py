"""Admission of variables: usual values are coerced, and no value beyond a limit is admitted."""

from typing import Annotated, Any

import pytest
import strawberry
from strawberry import UNSET

from execution import DocumentCache, Executor, Limits, PreparedDocument, RequestError
from schema.fields import Argument, batch
from tests.execution.small_schema import Key


@strawberry.input
class Filter:
    key_of: Key | None = UNSET
    inner: "Filter | None" = UNSET


@strawberry.input
class Numbers:
    of: list[int] | None = UNSET


def echo(parents: list[Any], _: object, **arguments: Any) -> list[str]:
    return [str(arguments)] * len(parents)


def one(parents: list[Any], _: object, *, key: Any = None, filters: Any = None, numbers: Any = None) -> list[str]:
    return echo(parents, _, key=key, filters=filters, numbers=numbers)


def many(parents: list[Any], _: object, *, keys: Any = None) -> list[str]:
    return echo(parents, _, keys=keys)


@strawberry.type
class Query:
    one: Annotated[
        str | None,
        batch(
            one,
            "-",
            key=Argument(Key | None, "-"),
            filters=Argument(Filter | None, "-"),
            numbers=Argument(Numbers | None, "-"),
        ),
    ]
    many: Annotated[str | None, batch(many, "-", keys=Argument(list[Key] | None, "-"))]


SCHEMA = strawberry.Schema(Query, extensions=[PreparedDocument])
KEY = "query ($key: Key!) { one(key: $key) }"
FILTER = "query ($filter: Filter) { one(filters: $filter) }"
KEYS = "query ($keys: [Key!]!) { many(keys: $keys) }"
NUMBERS = "query ($numbers: Numbers) { one(numbers: $numbers) }"


def values_of(text: str, variables: dict[str, Any], limits: Limits | None = None, *, compiled: bool = True) -> Any:
    """Return the values of variables that an operation admits; None if they are unusual."""
    documents = DocumentCache(Executor(SCHEMA, compiled=compiled), limits)
    return documents.get(text)[0].operation().admit(variables)[1]


def nested(levels: int) -> dict[str, Any]:
    """Return a filter of this many levels."""
    value: dict[str, Any] = {}
    for _ in range(levels - 1):
        value = {"inner": value}
    return value


def test_usual_values_are_coerced() -> None:
    assert values_of(KEY, {"key": {"slug": "a"}}) == {"key": {"slug": "a"}}


@pytest.mark.parametrize("key", [{"slug": 1}, {"number": "1"}, "a", None])
def test_unusual_values_are_left_to_the_run(key: Any) -> None:
    assert values_of(KEY, {"key": key}) is None


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("key", [{}, {"slug": None}, {"slug": "a", "number": 1}, {"slug": "a", "number": None}])
def test_a_one_of_object_has_one_key(key: Any, compiled: bool) -> None:
    with pytest.raises(RequestError, match='Argument "key": the variable "\\$key" must have exactly one non-null key'):
        values_of(KEY, {"key": key}, compiled=compiled)


@pytest.mark.parametrize("key", [{"slug": "a"}, {"slug": ["a"]}, {"slug": {"a": 1}}])
def test_values_of_every_type_are_within_the_limit_of_levels(key: Any) -> None:
    with pytest.raises(RequestError, match="nested too deeply; the maximum is 1 levels"):
        values_of(KEY, {"key": key}, Limits(max_variable_depth=1))


def test_values_of_a_type_that_contains_itself_are_within_the_limit_of_levels() -> None:
    assert values_of(FILTER, {"filter": nested(50)}) is None
    with pytest.raises(RequestError, match="nested too deeply; the maximum is 50 levels"):
        values_of(FILTER, {"filter": nested(51)})


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        pytest.param(KEYS, {"keys": [{"slug": "a"}] * 11}, id="a list"),
        pytest.param(NUMBERS, {"numbers": {"of": [1] * 11}}, id="a list in an object"),
        pytest.param(KEY, {"key": {"slug": "a"}, "unused": [1] * 11}, id="a list in no declared variable"),
        pytest.param(KEY, {"key": [1] * 11}, id="a list instead of an object"),
        pytest.param(KEY, {"key": {"slug": [1] * 11}}, id="a list instead of a text"),
    ],
)
def test_no_list_is_longer_than_the_limit(text: str, variables: dict[str, Any]) -> None:
    with pytest.raises(RequestError, match="The variables have a list of 11 items; the maximum is 10"):
        values_of(text, variables, Limits(max_list_length=10))
