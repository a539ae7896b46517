"""The time limit of an operation, which ends each of its statements in time."""

import asyncio
import time
from collections.abc import Awaitable
from contextvars import ContextVar
from math import inf
from typing import Any, TypeVar

T = TypeVar("T")


class DeadlineExceeded(TimeoutError):
    """The operation's time is over. Its statement was canceled or not started."""

    def __init__(self) -> None:
        super().__init__("the time for it is over")


class deadline:  # noqa: N801 - it is used like a function, and a class is faster than contextlib's generator
    """Limit the block to this many seconds, or to the rest of an outer deadline if that is shorter.

    A statement that runs at that time or starts later raises DeadlineExceeded. When the block is left, even by
    cancellation, statements that other tasks run for it are canceled.
    """

    __slots__ = ("_token", "end", "running")

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        """The end of the operation's time, on the monotonic clock."""
        self.running: set[asyncio.Task[Any]] | None = None
        """The tasks of its running statements."""

    def __enter__(self) -> None:
        outer = _current.get()
        if outer is not None and outer.end < self.end:
            self.end = outer.end
        self._token = _current.set(self)

    def __exit__(self, *_: object) -> None:
        """Cancel running statements, and let no other start."""
        _current.reset(self._token)
        self.end = -inf
        for task in self.running or ():
            task.cancel()


_current: ContextVar[deadline | None] = ContextVar("operation", default=None)
"""The current operation. A task starts with a copy of its creator's context, so all tasks of an operation find it."""


def end_of_operation() -> float:
    """Return the end of the operation's time, on the monotonic clock; infinity without a deadline.

    Raises DeadlineExceeded if it has passed.
    """
    operation = _current.get()
    end = inf if operation is None else operation.end
    if end <= time.monotonic():
        raise DeadlineExceeded
    return end


def require_time() -> None:
    """Raise DeadlineExceeded if the operation's time is over."""
    end_of_operation()


def _seconds_left() -> float | None:
    """Return the rest of the operation's time; None without a deadline. Raise DeadlineExceeded if it has passed."""
    end = end_of_operation()
    return None if end == inf else end - time.monotonic()


async def in_time(task: asyncio.Task[T]) -> T:
    """Return the task's result; cancel it if the operation's time is over or the caller is canceled.

    A canceled task is not awaited: a server that hangs would delay its end too.
    """
    operation = _current.get() or deadline(inf)
    if operation.running is None:
        operation.running = set()
    operation.running.add(task)
    try:
        done, _ = await asyncio.wait((task,), timeout=_seconds_left())
        if not done:
            raise DeadlineExceeded
        return task.result()
    finally:
        operation.running.discard(task)
        task.cancel()


async def before_deadline(awaitable: Awaitable[T]) -> T:
    """Return the result of an awaitable; cancel it and raise DeadlineExceeded if the operation's time is over.

    Unlike ``in_time`` it makes no task.
    """
    try:
        async with asyncio.timeout(_seconds_left()):
            return await awaitable
    except TimeoutError as error:
        if isinstance(error, DeadlineExceeded):
            raise
        raise DeadlineExceeded from None
