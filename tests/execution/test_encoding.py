"""Results are encoded as orjson does, within a number of bytes, in memory of the same order."""

import tracemalloc
from enum import IntEnum
from typing import Any, cast

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from execution.encoding import AnswerTooLarge, Items, as_items, encoded

RESULTS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**31), 2**31) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
)


def outcome(data: object, maximum: int, *, counting: bool) -> bytes | None:
    """Return the JSON of a result; None if it is too large."""
    try:
        return encoded(data, maximum, counting=counting)
    except AnswerTooLarge:
        return None


@given(RESULTS, st.integers(-3, 3), st.booleans())
def test_a_result_within_the_maximum_is_encoded_as_by_orjson(data: Any, room: int, counting: bool) -> None:
    text = orjson.dumps(data)
    for result in (data, as_items(data)):
        found = outcome(result, len(text) + room, counting=counting)
        assert found == (None if room < 0 else text)


def test_subclasses_are_encoded_as_by_orjson() -> None:
    class Number(IntEnum):
        ONE = 1

    class Text(str):
        __slots__ = ()

    data = {"a": Items([Number.ONE, Text("text")]), "b": Number.ONE}
    assert encoded(data, 100, counting=True) == orjson.dumps(data) == b'{"a":[1,"text"],"b":1}'


@pytest.mark.parametrize("counting", [False, True])
def test_a_value_that_is_not_json_is_no_matter_of_size(counting: bool) -> None:
    with pytest.raises(orjson.JSONEncodeError):
        encoded({"a": Items([object()])}, 100, counting=counting)


def test_a_result_of_gigabytes_is_refused_in_little_memory() -> None:
    leaf = {"k" * 100: "v" * 1_000}
    # Each list is one object that is in the result a thousand times.
    data = cast("Any", leaf)
    for _ in range(3):
        data = {"items": Items([data] * 200)}
    tracemalloc.start()
    with pytest.raises(AnswerTooLarge):
        encoded(data, 5_000_000, counting=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # 200 * 200 * 200 leaves would be 9 GB.
    assert peak < 4 * 5_000_000
