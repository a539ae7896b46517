"""run_eagerly() runs coroutines in place and turns them into tasks only where they wait."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from resolvers.run_eagerly import cancel_all, run_eagerly

Log = list[str]


async def at_once(value: int) -> int:
    return value


def test_a_coroutine_that_never_waits_needs_no_task() -> None:
    # No event loop runs that a task could belong to.
    assert run_eagerly(at_once(5)) == 5


def test_an_error_before_the_first_wait_is_raised_at_once() -> None:
    async def fails() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        run_eagerly(fails())


def ran(work: Callable[[], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        return await work()

    return asyncio.run(run())


async def logged(log: Log, word: str, turns: int) -> str:
    log.append(f"{word} begins")
    for _ in range(turns):
        await asyncio.sleep(0)
    log.append(f"{word} ends")
    return word


def test_a_coroutine_that_waits_has_begun_and_continues_as_a_task() -> None:
    log: Log = []

    async def work() -> str:
        task = run_eagerly(logged(log, "one", 2))
        assert isinstance(task, asyncio.Task)
        assert log == ["one begins"]
        return await task

    assert ran(work) == "one"
    assert log == ["one begins", "one ends"]


async def together(*works: Coroutine[Any, Any, Any]) -> list[Any]:
    """Begin several coroutines before any is waited for."""
    return [
        await value if isinstance(value, asyncio.Task) else value for value in [run_eagerly(work) for work in works]
    ]


def test_waiting_coroutines_wait_concurrently() -> None:
    log: Log = []
    assert ran(lambda: together(logged(log, "one", 3), at_once(2), logged(log, "three", 1))) == ["one", 2, "three"]
    assert log == ["one begins", "three begins", "three ends", "one ends"]


def test_several_coroutines_can_wait_for_the_same_future() -> None:
    async def work() -> list[int]:
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(0.001, future.set_result, 7)

        async def waiter() -> int:
            value: int = await future
            return value

        return await together(waiter(), waiter(), waiter())

    assert ran(work) == [7, 7, 7]


def test_after_one_fails_the_others_can_be_cancelled() -> None:
    log: Log = []

    async def fails() -> None:
        await asyncio.sleep(0)
        raise LookupError("gone")

    async def waits() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            log.append("cancelled")
            raise

    async def work() -> None:
        failing, waiting = run_eagerly(fails()), run_eagerly(waits())
        assert isinstance(failing, asyncio.Task) and isinstance(waiting, asyncio.Task)  # noqa: PT018 - both wait
        with pytest.raises(LookupError, match="gone"):
            await failing
        cancel_all([failing, waiting])
        await asyncio.sleep(0)

    ran(work)
    assert log == ["cancelled"]


def test_a_cancelled_coroutine_can_clean_up() -> None:
    log: Log = []

    async def waits() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            log.append("cleaned up")

    async def work() -> None:
        task = run_eagerly(waits())
        assert isinstance(task, asyncio.Task)
        await asyncio.sleep(0)
        cancel_all([task])
        with pytest.raises(asyncio.CancelledError):
            await task

    ran(work)
    assert log == ["cleaned up"]
