"""Coroutines that are run where they are called, as far as they need not wait.

asyncio makes a task of each of several coroutines, and runs none of them before the next turn of its loop. Most of ours
find what they look for in memory and never wait: for those a task is all cost.
"""

import asyncio
from collections.abc import Coroutine, Generator, Iterable
from functools import partial
from types import coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run_eagerly(work: Coroutine[Any, Any, T]) -> T | asyncio.Task[T]:
    """Run a coroutine up to where it waits: return its value if it never does, else a task that goes on with it."""
    try:
        awaited = work.send(None)
    except StopIteration as finished:
        value: T = finished.value
        return value
    _mark(awaited, asked=False)
    return asyncio.get_running_loop().create_task(_rest(work, awaited))


async def _rest(work: Coroutine[Any, Any, T], awaited: Any) -> T:  # noqa: ANN401 - a future, or None
    return await _resumed(work, awaited)


@coroutine
def _resumed(work: Coroutine[Any, Any, T], awaited: Any) -> Generator[Any, Any, T]:  # noqa: ANN401 - a future, or None
    """Go on with a coroutine that has begun to wait for something, as its task would have done."""
    while True:
        _mark(awaited, asked=True)
        try:
            yield awaited
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is the coroutine's to handle
            step = partial(work.throw, error)
        else:
            step = partial(work.send, None)
        try:
            awaited = step()
        except StopIteration as finished:
            value: T = finished.value
            return value


def _mark(awaited: Any, *, asked: bool) -> None:  # noqa: ANN401 - as above
    """Mark a future as handed to a task, as it does itself, or as still to be handed to one.

    A future that is handed to a task is marked until the task takes it, and nobody else may await it meanwhile.
    """
    if asyncio.isfuture(awaited):
        awaited._asyncio_future_blocking = asked  # noqa: SLF001 - what asyncio.isfuture goes by, too


def give_up(futures: Iterable[asyncio.Future[Any]]) -> None:
    """Wait for these no more, and look at the errors of those that have failed: asyncio complains of others."""
    for future in futures:
        if not future.cancel() and not future.cancelled():
            future.exception()
