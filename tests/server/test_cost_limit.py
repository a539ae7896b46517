"""The order in which costly operations take turns, and which of them are refused."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from db.deadline import DeadlineExceeded, deadline
from server.concurrency_limit import CHEAP, COSTLIEST, TURNS, CostLimit
from server.responses import Refused

MAX_COST = 1_000
MAXIMUM = MAX_COST * COSTLIEST


class Operations:
    """Operations of given costs that run until they are let go. Their costs are recorded when they begin."""

    def __init__(self) -> None:
        self.limit = CostLimit(MAX_COST)
        self.begun: list[int] = []
        self._ends: list[asyncio.Event] = []

    async def start(self, *costs: int) -> list[asyncio.Task[None]]:
        """Start an operation of each cost, in this order."""
        tasks = [asyncio.create_task(self._run(cost)) for cost in costs]
        await settled()
        return tasks

    async def end_first(self) -> None:
        """End the operation that has run longest."""
        self._ends.pop(0).set()
        await settled()

    async def _run(self, cost: int) -> None:
        async def work() -> None:
            self.begun.append(cost)
            self._ends.append(end := asyncio.Event())
            await end.wait()

        await self.limit.run(cost, work())


async def settled() -> None:
    """Wait until every task waits for something."""
    for _ in range(10):
        await asyncio.sleep(0)


def run(check: Callable[[Operations], Awaitable[None]]) -> None:
    async def checked() -> None:
        await check(Operations())

    asyncio.run(checked())


def test_the_cheapest_of_the_waiting_operations_is_next() -> None:
    async def check(operations: Operations) -> None:
        await operations.start(900, 800, 700, 500, 600, 500)
        assert operations.begun == [900]
        for _ in range(6):
            await operations.end_first()
        assert operations.begun == [900, 500, 500, 600, 700, 800]
        assert operations.limit.cost == 0

    run(check)


def test_cheap_operations_take_no_turn() -> None:
    async def check(operations: Operations) -> None:
        cheap = MAX_COST // CHEAP
        await operations.start(*[MAX_COST] * COSTLIEST, cheap, cheap + 1, cheap, 0)
        assert operations.begun == [*[MAX_COST] * TURNS, cheap, cheap, 0]

    run(check)


def test_an_operation_is_refused_if_the_sum_would_exceed_its_maximum() -> None:
    async def check(operations: Operations) -> None:
        tasks = await operations.start(*[MAX_COST] * COSTLIEST, MAX_COST)
        assert operations.limit.cost == MAXIMUM
        with pytest.raises(Refused):
            await tasks[-1]
        assert not any(task.done() for task in tasks[:-1])
        await operations.end_first()
        [another] = await operations.start(MAX_COST)
        assert not another.done()

    run(check)


def test_a_costlier_operation_that_waits_is_refused_for_a_new_one() -> None:
    async def check(operations: Operations) -> None:
        tasks = await operations.start(*[MAX_COST] * COSTLIEST, 999)
        assert operations.limit.cost == MAXIMUM - 1
        # The operations that run are not refused, nor are those that wait longest.
        assert [task.done() for task in tasks] == [False] * 9 + [True, False]
        with pytest.raises(Refused):
            await tasks[9]

    run(check)


def test_a_canceled_operation_gives_its_turn_to_the_next() -> None:
    async def check(operations: Operations) -> None:
        tasks = await operations.start(100, 300, 400)
        tasks[1].cancel()
        tasks[0].cancel()
        await settled()
        assert operations.begun == [100, 400]
        assert operations.limit.cost == 400

    run(check)


def test_an_operation_that_is_canceled_when_its_turn_begins_gives_it_to_the_next() -> None:
    async def check(operations: Operations) -> None:
        tasks = await operations.start(100, 300, 400)
        tasks[0].cancel()
        # Its turn is the next one, and begins when the first task has ended.
        await asyncio.sleep(0)
        tasks[1].cancel()
        await settled()
        assert operations.begun == [100, 400]
        assert operations.limit.cost == 400

    run(check)


def test_an_operation_waits_until_its_deadline() -> None:
    async def check(operations: Operations) -> None:
        await operations.start(100, 200)
        with pytest.raises(DeadlineExceeded), deadline(0.001):
            await operations.limit.run(300, asyncio.sleep(0))
        assert operations.limit.cost == 300

    run(check)
