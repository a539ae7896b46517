"""How long an operation may take: each of its statements ends in time, and with the operation at the latest."""

import asyncio
import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from typing import Any, TypeVar

T = TypeVar("T")


class DeadlineExceeded(TimeoutError):
    """The operation's time is over: its statement was cut, or not even begun."""

    def __init__(self) -> None:
        super().__init__("the time for it is over")


class _Operation:
    """When it must end, by the monotonic clock, and which of its statements are being waited for."""

    def __init__(self, end: float) -> None:
        self.end = end
        self.awaited: set[asyncio.Task[Any]] = set()

    def finish(self) -> None:
        """Cut what still runs, and let nothing begin any more."""
        self.end = -inf
        for task in self.awaited:
            task.cancel()


_current: ContextVar[_Operation | None] = ContextVar("operation", default=None)
"""The operation that runs. Tasks begin with a copy of their maker's context, so whatever runs for it finds it here."""


@contextmanager
def deadline(seconds: float) -> Generator[None]:
    """Give what is run inside this many seconds, or what is left of an outer deadline where that is less.

    A statement that Database still runs by then, or begins later, raises DeadlineExceeded. When the block is left,
    were it because its task is cancelled, statements that other tasks run for it are cut as well.
    """
    outer, end = _current.get(), time.monotonic() + seconds
    operation = _Operation(end if outer is None else min(end, outer.end))
    token = _current.set(operation)
    try:
        yield
    finally:
        _current.reset(token)
        operation.finish()


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
    operation = _current.get() or _Operation(inf)
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
