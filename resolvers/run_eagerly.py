"""Run coroutines where they are called, for as long as they don't wait.

asyncio.create_task() runs nothing before the next turn of the event loop. Most batches find their rows in memory and
never wait, so a task for each of them is pure overhead: with caches warm, at default settings, a comparison of two
random occupations takes 70 microseconds of CPU with run_eagerly() and 133 with create_task(), a page of 100 occupations
289 and 344.

Python 3.12 has this as asyncio.Task(eager_start=True). Drop this module when 3.11 is no longer supported.
"""

import asyncio
from collections.abc import Coroutine, Generator, Iterable
from functools import partial
from types import coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run_eagerly(work: Coroutine[Any, Any, T]) -> T | asyncio.Task[T]:
    """Run a coroutine up to its first wait: return its value if it never waits, else a task that runs the rest.

    The part before the first wait runs in the caller's task, so it must not use asyncio.current_task() or
    asyncio.timeout().
    """
    try:
        awaited = work.send(None)
    except StopIteration as finished:
        value: T = finished.value
        return value
    _set_blocking(awaited, blocking=False)
    return asyncio.get_running_loop().create_task(_rest(work, awaited))


async def _rest(work: Coroutine[Any, Any, T], awaited: Any) -> T:  # noqa: ANN401 - a future, or None
    return await _resumed(work, awaited)


@coroutine
def _resumed(work: Coroutine[Any, Any, T], awaited: Any) -> Generator[Any, Any, T]:  # noqa: ANN401 - a future, or None
    """Drive a coroutine that waits for something from inside the task that now runs it."""
    while True:
        _set_blocking(awaited, blocking=True)
        try:
            yield awaited
        except BaseException as error:  # noqa: BLE001 - the coroutine handles it, cancellation included
            step = partial(work.throw, error)
        else:
            step = partial(work.send, None)
        try:
            awaited = step()
        except StopIteration as finished:
            value: T = finished.value
            return value


def _set_blocking(awaited: Any, *, blocking: bool) -> None:  # noqa: ANN401 - a future, or None
    """Set the flag by which a future and a task agree that the future was awaited and not just yielded.

    ``await future`` sets _asyncio_future_blocking and yields the future; the task that gets it clears the flag and
    adds its callback. Between the two, nothing else may await the future: asyncio raises RuntimeError ("await wasn't
    used with future"). run_eagerly() has no task yet when the coroutine yields, and other coroutines may await the same
    future before the task runs. So it clears the flag as a task would, and sets it again just before its task gets the
    future. The attribute has no public accessor, but it is the protocol that asyncio.isfuture() and all Future-like
    classes go by.
    """
    if asyncio.isfuture(awaited):
        awaited._asyncio_future_blocking = blocking  # noqa: SLF001 - explained above


def cancel_all(futures: Iterable[asyncio.Future[Any]]) -> None:
    """Cancel futures, and retrieve the exceptions of those that have failed so that asyncio doesn't log them."""
    for future in futures:
        if not future.cancel() and not future.cancelled():
            future.exception()
