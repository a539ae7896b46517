"""How long an operation may take: each of its statements ends in time, and with the operation at the latest."""

import asyncio
import time
from contextvars import ContextVar
from math import inf
from typing import Any, TypeVar

T = TypeVar("T")


class DeadlineExceeded(TimeoutError):
    """The operation's time is over: its statement was cut, or not even begun."""

    def __init__(self) -> None:
        super().__init__("the time for it is over")


class deadline:  # noqa: N801 - it is used as a function, and a class is entered and left faster than a generator
    """Give what is run inside this many seconds, or what is left of an outer deadline where that is less.

    A statement that Database still runs by then, or begins later, raises DeadlineExceeded. When the block is left,
    were it because its task is cancelled, statements that other tasks run for it are cut as well.
    """

    __slots__ = ("_token", "awaited", "end")

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        """When the operation must end, by the monotonic clock."""
        self.awaited: set[asyncio.Task[Any]] | None = None
        """Which of its statements are being waited for."""

    def __enter__(self) -> None:
        outer = _current.get()
        if outer is not None and outer.end < self.end:
            self.end = outer.end
        self._token = _current.set(self)

    def __exit__(self, *_: object) -> None:
        """Cut what still runs, and let nothing begin any more."""
        _current.reset(self._token)
        self.end = -inf
        for task in self.awaited or ():
            task.cancel()


_current: ContextVar[deadline | None] = ContextVar("operation", default=None)
"""The operation that runs. Tasks begin with a copy of their maker's context, so whatever runs for it finds it here."""


def end_of_operation() -> float:
    """Return when the operation must end, by the monotonic clock; infinity where it has all the time in the world.

    Raises DeadlineExceeded where that has passed.
    """
    operation = _current.get()
    end = inf if operation is None else operation.end
    if end <= time.monotonic():
        raise DeadlineExceeded
    return end


def require_time() -> None:
    """Raise DeadlineExceeded where the operation's time is over."""
    end_of_operation()


async def in_time(task: asyncio.Task[T]) -> T:
    """Return what the task does, and cancel it when the operation's time is over or nobody waits for it any more.

    Then it isn't waited for: a server that hangs would take its time over that too.
    """
    operation = _current.get() or deadline(inf)
    if operation.awaited is None:
        operation.awaited = set()
    operation.awaited.add(task)
    try:
        end = end_of_operation()
        done, _ = await asyncio.wait((task,), timeout=None if end == inf else end - time.monotonic())
        if not done:
            raise DeadlineExceeded
        return task.result()
    finally:
        operation.awaited.discard(task)
        task.cancel()
