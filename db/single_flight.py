"""One result for all callers that request it at the same time."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Fetches a changing value once for all callers that wait for it.

    No caller gets a value that was requested before its call: a call during a fetch waits for the next fetch.
    """

    def __init__(self, fetch: Callable[[], asyncio.Task[T]]) -> None:
        self._fetch = fetch
        self._running: _Fetch[T] | None = None
        self._next: _Fetch[T] | None = None

    async def result(self) -> T:
        """Return a value whose fetch starts after this call."""
        fetch = self._next
        if fetch is None:
            fetch = self._next = _Fetch(self._ended)
            if self._running is None:
                self._begin()
        return await fetch.result()

    def _begin(self) -> None:
        # In the next turn of the loop, so that all calls of this turn share a fetch.
        asyncio.get_running_loop().call_soon(self._begin_next)

    def _begin_next(self) -> None:
        if self._running is None and self._next is not None:
            self._running, self._next = self._next, None
            self._running.begin(self._fetch)

    def _ended(self, fetch: "_Fetch[T]") -> None:
        if self._next is fetch:
            self._next = None
        elif self._running is fetch:
            self._running = None
            self._begin()


class _Fetch(Generic[T]):
    """A fetch and its waiting callers. It is canceled when the last of them is."""

    def __init__(self, ended: Callable[["_Fetch[T]"], None]) -> None:
        self._ended = ended
        self._value: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._task: asyncio.Task[T] | None = None
        self._waiting = 0

    async def result(self) -> T:
        self._waiting += 1
        try:
            return await asyncio.shield(self._value)
        finally:
            self._waiting -= 1
            if not self._waiting and not self._value.done():
                self._cancel()

    def begin(self, fetch: Callable[[], asyncio.Task[T]]) -> None:
        self._task = fetch()
        self._task.add_done_callback(self._end)

    def _cancel(self) -> None:
        self._value.cancel()
        if self._task is not None:
            self._task.cancel()
        # A server that hangs delays the end of a canceled task; other callers need not wait for that.
        self._ended(self)

    def _end(self, task: asyncio.Task[T]) -> None:
        if self._value.done():
            return
        self._ended(self)
        if task.cancelled():
            self._value.cancel()
        elif error := task.exception():
            self._value.set_exception(error)
        else:
            self._value.set_result(task.result())
