"""Cached fragments are those of the object, the selection, the variables and the version of the data."""

from typing import Any, cast

import orjson
import pytest
from graphql import OperationDefinitionNode, parse

from execution import Executor, FragmentCache
from execution.executor import Runner
from tests.execution.small_schema import SCHEMA, Planted, Row

pytestmark = pytest.mark.anyio

EXECUTOR = Executor(SCHEMA, {"Leafy": "title"})
ROWS = [Row(title="a", name="A"), Row(title="b", name="B")]
ECHO = "query ($n: Int) { manyLeafy { title echo(number: $n) } }"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def cache() -> FragmentCache:
    return FragmentCache(100_000)


def runner(text: str) -> Runner:
    document = parse(text)
    [operation] = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    return EXECUTOR.runner(document, operation)


async def numbers(cache: FragmentCache, rows: list[Row], text: str = ECHO, version: str = "1", **variables: Any) -> Any:
    """Run an operation, and return the parents that were echoed and the numbers that they were echoed with."""
    context = Planted(*rows)
    context.fragments = cache.at(version)
    outcome = await runner(text).run(variables, cast("Any", context))
    assert outcome.executor == "compiled"
    context.fragments.keep()
    echoed = [parent.title for name, parents, _ in context.calls if name == "echo" for parent in parents]
    results = [
        each["echo"].partition("'number': ")[2].partition(",")[0] for each in orjson.loads(outcome.data)["manyLeafy"]
    ]
    return echoed, results


async def test_the_fragment_of_an_object_is_reused(cache: FragmentCache) -> None:
    assert await numbers(cache, ROWS, n=1) == (["a", "b"], ["1", "1"])
    assert await numbers(cache, ROWS, n=1) == ([], ["1", "1"])


async def test_only_missing_fragments_are_made(cache: FragmentCache) -> None:
    await numbers(cache, ROWS[:1], n=1)
    assert await numbers(cache, ROWS, n=1) == (["b"], ["1", "1"])


async def test_a_fragment_with_another_value_of_a_variable_is_another(cache: FragmentCache) -> None:
    await numbers(cache, ROWS, n=1)
    assert await numbers(cache, ROWS, n=2) == (["a", "b"], ["2", "2"])
    assert await numbers(cache, ROWS, n=1) == ([], ["1", "1"])


async def test_a_fragment_with_another_argument_is_another(cache: FragmentCache) -> None:
    await numbers(cache, ROWS, n=1)
    text = "{ manyLeafy { title echo(number: 3) } }"
    assert await numbers(cache, ROWS, text) == (["a", "b"], ["3", "3"])


async def test_documents_share_the_fragments_of_equal_selections(cache: FragmentCache) -> None:
    await numbers(cache, ROWS, n=1)
    text = "query Other($n: Int) { name manyLeafy { ...F echo(number: $n) } } fragment F on Leafy { title }"
    assert await numbers(cache, ROWS, text, n=1) == ([], ["1", "1"])


async def test_fragments_of_another_version_are_not_used(cache: FragmentCache) -> None:
    await numbers(cache, ROWS, n=1)
    assert await numbers(cache, ROWS, version="2", n=1) == (["a", "b"], ["1", "1"])


async def test_an_operation_that_read_an_older_version_adds_nothing(cache: FragmentCache) -> None:
    old = cache.at("1")
    old.add(("selection", ()), {"a": b"{}"})
    cache.at("2")
    old.keep()
    assert cache.at("2").get(("selection", ())) == {}
    assert old.get(("selection", ())) == {}


async def test_the_cache_stays_within_its_capacity() -> None:
    cache = FragmentCache(2_000)
    held: list[Any] = []
    for number in range(20):
        fragments = cache.at("1")
        fragments.add((f"selection {number % 3}", ()), {number: b"x" * 100})
        fragments.keep()
        held = [cache.at("1").get((f"selection {each}", ())) for each in range(3)]
        assert sum(map(len, held)) * (100 + 200) <= 2_000
    assert any(held)
