"""One answer for all who ask at the same time."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Asks for something that is another thing from moment to moment, once for all who ask while it is being fetched.

    Nobody gets an answer older than his question: who asks while an answer is on its way waits for the next one.
    """

    def __init__(self, ask: Callable[[], asyncio.Task[T]]) -> None:
        self._ask = ask
        self._running: _Asked[T] | None = None
        self._next: _Asked[T] | None = None

    async def result(self) -> T:
        """Return an answer to a question that is asked after this is called."""
        asked = self._next
        if asked is None:
            asked = self._next = _Asked(self._ended)
            if self._running is None:
                self._begin()
        return await asked.result()

    def _begin(self) -> None:
        # One turn of the loop later, so that all who ask in this one share.
        asyncio.get_running_loop().call_soon(self._begin_next)

    def _begin_next(self) -> None:
        if self._running is None and self._next is not None:
            self._running, self._next = self._next, None
            self._running.begin(self._ask)

    def _ended(self, asked: "_Asked[T]") -> None:
        if self._next is asked:
            self._next = None
        elif self._running is asked:
            self._running = None
            self._begin()


class _Asked(Generic[T]):
    """One question and those who wait for its answer. When the last of them gives up, it is given up."""

    def __init__(self, ended: Callable[["_Asked[T]"], None]) -> None:
        self._ended = ended
        self._answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._task: asyncio.Task[T] | None = None
        self._waiting = 0

    async def result(self) -> T:
        self._waiting += 1
        try:
            return await asyncio.shield(self._answer)
        finally:
            self._waiting -= 1
            if not self._waiting and not self._answer.done():
                self._give_up()

    def begin(self, ask: Callable[[], asyncio.Task[T]]) -> None:
        self._task = ask()
        self._task.add_done_callback(self._end)

    def _give_up(self) -> None:
        self._answer.cancel()
        if self._task is not None:
            self._task.cancel()
        # A server that hangs takes its time over being told to stop, which others need not wait for.
        self._ended(self)

    def _end(self, task: asyncio.Task[T]) -> None:
        if self._answer.done():
            return
        self._ended(self)
        if task.cancelled():
            self._answer.cancel()
        elif error := task.exception():
            self._answer.set_exception(error)
        else:
            self._answer.set_result(task.result())
