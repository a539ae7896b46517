"""Large operations let other tasks run, and end when the context says so."""

import asyncio
import gc
from typing import Any, cast

import orjson
import pytest
from graphql import GraphQLError

from db.deadline import DeadlineExceeded
from execution.run import Size
from tests.execution.small_schema import Planted, Row
from tests.execution.test_execution import runners

pytestmark = pytest.mark.anyio

TREES = [Row(title=str(number), children=[Row(title="child")] * 3) for number in range(5)]
QUERY = "{ trees { title askedChildren { title } awaitedChildren { title } } requiredTrees { title } }"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Counting(Planted):
    """A context that counts the pauses, and ends the operation in one of them."""

    def __init__(self, last: float = float("inf")) -> None:
        super().__init__(*TREES)
        self.pauses = 0
        self.last = last

    async def pause(self) -> None:
        self.pauses += 1
        if self.pauses > self.last:
            raise DeadlineExceeded
        await super().pause()


async def pauses(number: int, *, large: bool) -> int:
    """Return the number of pauses of an operation that runs as one of its two programs."""
    runner = runners(QUERY)[number]
    context = Counting()
    for _ in range(2):
        context = Counting()
        outcome = await runner.run({}, cast("Any", context), Size(large=large))
        assert outcome.executor == "compiled"
    return context.pauses


@pytest.mark.parametrize("number", [0, 1], ids=["steps", "source"])
async def test_a_large_operation_pauses_when_it_is_time(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await pauses(number, large=True) == 0
    monkeypatch.setattr("execution.run.PAUSE_SECONDS", 0)
    # After each of four batches at least, and after the objects of each list.
    assert await pauses(number, large=True) >= 8
    assert await pauses(number, large=False) == 0


@pytest.mark.parametrize("number", [0, 1], ids=["steps", "source"])
async def test_other_tasks_run_in_each_pause(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("execution.run.PAUSE_SECONDS", 0)
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    runner = runners(QUERY)[number]
    task = asyncio.create_task(other())
    context = Counting()
    await runner.run({}, cast("Any", context))
    task.cancel()
    assert turns >= context.pauses >= 8


@pytest.mark.parametrize("number", [0, 1], ids=["steps", "source"])
@pytest.mark.parametrize("last", [0, 3, 7])
async def test_an_operation_whose_time_is_over_is_not_run_on_strawberry(
    number: int, last: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("execution.run.PAUSE_SECONDS", 0)
    with pytest.raises(DeadlineExceeded):
        await runners(QUERY)[number].run({}, cast("Any", Counting(last)))


async def test_batches_of_a_large_operation_run_one_after_the_other() -> None:
    [as_steps, _] = runners(QUERY)
    context = Counting()
    await as_steps.run({}, cast("Any", context))
    assert [name for name, _, _ in context.calls] == ["trees", "required_trees", "asked_children", "awaited_children"]


# Stock Strawberry


async def test_what_a_program_waits_for_is_not_called_again() -> None:
    row = Row(title="title", name="name")
    [runner, _] = runners("{ leafy { slow none } }")
    context = Planted(row)
    outcome = await runner.run({}, cast("Any", context))
    assert (outcome.executor, outcome.data) == ("replayed", b'{"leafy":{"slow":"title","none":null}}')
    assert [name for name, _, _ in context.calls] == ["leafy", "slow", "raising_for_all"]


async def test_a_large_operation_on_stock_strawberry_ends_when_its_time_is_over() -> None:
    [runner, _] = runners("{ tree { title broken } }")
    with pytest.raises(DeadlineExceeded):
        await runner.run({}, cast("Any", Counting(0)))


# Batches that cost much


async def parts(parents: int, price: int, **arguments: Any) -> tuple[list[int], int]:
    """Return for how many parents a batch function is called at a time, and how often another task runs meanwhile."""
    calls: list[int] = []
    turns = 0

    async def batch(some: Any, context: Any, **given: Any) -> list[str]:  # noqa: ARG001 - as batch functions are called
        calls.append(len(some))
        return [f"value of {parent}" for parent in some]

    async def other() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    task = asyncio.create_task(other())
    values: Any = Planted().answer(batch, range(parents), arguments, price)
    if not isinstance(values, list):
        values = await values
    task.cancel()
    assert values == [f"value of {parent}" for parent in range(parents)]
    return calls, turns


@pytest.mark.parametrize(
    ("parents", "price", "arguments", "expected"),
    [
        pytest.param(100, 15, {}, [100], id="a page of what costs little"),
        pytest.param(1_600, 1, {}, [1_500, 100], id="very many plain objects"),
        pytest.param(9, 330, {}, [4, 4, 1], id="what computes"),
        pytest.param(3, 2_000, {}, [1, 1, 1], id="what computes for long"),
        pytest.param(1, 2_000, {}, [1], id="one object"),
        pytest.param(20, 50, {"first": 100}, [10, 10], id="long pages"),
        pytest.param(20, 50, {"last": 100}, [10, 10], id="long pages from the end"),
    ],
)
async def test_a_batch_that_costs_much_is_called_for_some_parents_at_a_time(
    parents: int, price: int, arguments: dict[str, Any], expected: list[int]
) -> None:
    calls, turns = await parts(parents, price, **arguments)
    assert calls == expected
    assert turns >= len(expected) - 1


async def test_the_deadline_ends_a_batch_between_its_parts() -> None:
    class Ended(Planted):
        async def pause(self) -> None:
            raise DeadlineExceeded

    calls: list[int] = []

    def batch(some: Any, context: Any) -> list[int]:  # noqa: ARG001 - as batch functions are called
        calls.append(len(some))
        return [*some]

    with pytest.raises(DeadlineExceeded):
        await cast("Any", Ended().answer(batch, range(30), {}, 100))
    assert calls == [15]


async def test_other_tasks_run_while_strawberry_completes_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resolvers.context._PAUSE_SECONDS", 0)
    turns: list[int] = []

    async def other() -> None:
        while True:
            turns.append(len(context.calls))
            await asyncio.sleep(0)

    [runner, _] = runners("{ manyLeafy { title none } }")
    context = Planted(*TREES)
    task = asyncio.create_task(other())
    outcome = await runner.run({}, cast("Any", context))
    task.cancel()
    assert outcome.executor == "replayed"
    assert len(turns) > len(TREES)


async def test_other_tasks_run_while_strawberry_introspects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resolvers.context._PAUSE_SECONDS", 0)
    context = Counting()
    [runner, _] = runners("{ __schema { types { name } } }")
    outcome = await runner.run({}, cast("Any", context))
    assert outcome.executor == "stock"
    # Before each type at least.
    assert context.pauses > len(orjson.loads(outcome.data)["__schema"]["types"])


@pytest.mark.usefixtures("old_objects_frozen")
async def test_errors_of_strawberry_are_part_of_no_cycle() -> None:
    [runner, _] = runners("{ manyLeafy { title none } }")
    outcome = await runner.run({}, cast("Any", Planted(*TREES)))
    gc.collect()
    gc.disable()
    try:
        outcome = await runner.run({}, cast("Any", Planted(*TREES)))
        assert located_errors() == len(outcome.errors) == len(TREES)
        del outcome
        assert located_errors() == 0
    finally:
        gc.enable()


def located_errors() -> int:
    """Return the number of errors of lists in memory."""
    return sum(isinstance(each, GraphQLError) and "manyLeafy" in (each.path or ()) for each in gc.get_objects())
