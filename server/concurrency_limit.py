"""Limits on the operations that run at once: on their number and on the sum of their costs.

More are refused, because a queue would only grow.
"""

import asyncio
from bisect import insort
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any, NamedTuple, TypeVar

from db.deadline import before_deadline
from server.responses import Refused

T = TypeVar("T")

TURNS = 1
"""The number of costly operations that run at a time. Cheap ones run in its pauses, which two would fill in turn."""

CHEAP = 100
"""The largest admissible cost divided by this is the cost up to which an operation is cheap."""

COSTLIEST = 10
"""The operations of the largest admissible cost that may be in flight. They take seconds, less than a time limit."""


class ConcurrencyLimit:
    """A context manager that at most a number of operations are in at once. It reports each change of their number."""

    def __init__(self, maximum: int, report: Callable[[int], None] | None = None) -> None:
        self.maximum = maximum
        self.report = report
        self.active = 0

    def __enter__(self) -> None:
        """Acquire a slot; raise Refused when all are taken."""
        if self.active >= self.maximum:
            raise overloaded()
        self.active += 1
        if self.report is not None:
            self.report(self.active)

    def __exit__(self, *_: object) -> None:
        """Release the slot."""
        self.active -= 1
        if self.report is not None:
            self.report(self.active)


class _Waiting(NamedTuple):
    """A costly operation that waits for its turn. They are sorted by cost, and then by arrival."""

    cost: int
    number: int
    turn: asyncio.Future[None]


class CostLimit:
    """Limits the sum of the costs of the operations that are in flight, and lets costly ones take turns.

    Cheap operations run at once, between the steps of the costly ones. Of the costly ones that wait, the cheapest is
    next. If the sum would exceed its maximum, the costliest is refused.
    """

    def __init__(self, max_cost: int) -> None:
        """``max_cost`` is the largest cost of an operation that may run."""
        self._cheap = max_cost // CHEAP
        self._maximum = max_cost * COSTLIEST
        self._numbers = count()
        self._running: dict[int, int] = {}
        """The costs of the costly operations that run, by number."""
        self._waiting: list[_Waiting] = []

    @property
    def cost(self) -> int:
        """The sum of the costs of the costly operations that run or wait."""
        return sum(self._running.values()) + sum(waiting.cost for waiting in self._waiting)

    def run(self, cost: int, work: Coroutine[Any, Any, T]) -> Coroutine[Any, Any, T]:
        """Return the result of an operation of this cost, which runs in its turn.

        It is a coroutine that raises Refused if there is no room, and DeadlineExceeded.
        """
        # Most operations are cheap, and a coroutine in between takes a microsecond.
        return work if cost <= self._cheap else self._run_in_turn(cost, work)

    async def _run_in_turn(self, cost: int, work: Coroutine[Any, Any, T]) -> T:
        number = next(self._numbers)
        try:
            # Operations only wait while all turns are taken.
            if len(self._running) < TURNS:
                self._running[number] = cost
            else:
                await self._turn(cost, number)
            return await work
        finally:
            # Without effect unless it got no turn.
            work.close()
            if self._running.pop(number, None) is None:
                self._waiting = [waiting for waiting in self._waiting if waiting.number != number]
            self._begin_next()

    async def _turn(self, cost: int, number: int) -> None:
        """Wait until the operation of this number may run."""
        self._make_room(cost)
        turn = asyncio.get_running_loop().create_future()
        insort(self._waiting, _Waiting(cost, number, turn))
        await before_deadline(turn)

    def _make_room(self, cost: int) -> None:
        """Refuse the costliest operation that waits, or raise Refused if that is the new one.

        One is enough: it costs more than the new one, and so more than what there is too little room for.
        """
        if self.cost + cost <= self._maximum:
            return
        if not self._waiting or self._waiting[-1].cost <= cost:
            raise overloaded()
        costliest = self._waiting.pop().turn
        # One that has timed out stays in the list until its task runs.
        if not costliest.done():
            costliest.set_exception(overloaded())

    def _begin_next(self) -> None:
        while self._waiting and len(self._running) < TURNS:
            cheapest = self._waiting.pop(0)
            if not cheapest.turn.done():
                self._running[cheapest.number] = cheapest.cost
                cheapest.turn.set_result(None)


def overloaded() -> Refused:
    """Return the refusal of an operation that there is no room for."""
    return Refused.temporarily("OVERLOADED", "The server is at capacity. Retry after the time in Retry-After.")
