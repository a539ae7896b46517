"""Coroutines are run where they are called, and wait for each other's sake only where they have to."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from resolvers.run_eagerly import give_up, run_eagerly

Said = list[str]


async def at_once(value: int) -> int:
    return value


def test_what_waits_for_nothing_is_done_without_a_task() -> None:
    # There is no loop that a task could belong to.
    assert run_eagerly(at_once(5)) == 5


def test_what_fails_at_once_raises_at_once() -> None:
    async def fails() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        run_eagerly(fails())


def ran(work: Callable[[], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        return await work()

    return asyncio.run(run())


async def said(told: Said, word: str, turns: int) -> str:
    told.append(f"{word} begins")
    for _ in range(turns):
        await asyncio.sleep(0)
    told.append(f"{word} ends")
    return word


def test_what_has_to_wait_has_begun_and_goes_on_as_a_task() -> None:
    told: Said = []

    async def work() -> str:
        task = run_eagerly(said(told, "one", 2))
        assert isinstance(task, asyncio.Task)
        assert told == ["one begins"]
        return await task

    assert ran(work) == "one"
    assert told == ["one begins", "one ends"]


async def together(*works: Coroutine[Any, Any, Any]) -> list[Any]:
    """Begin several coroutines before any is waited for."""
    return [
        await value if isinstance(value, asyncio.Task) else value for value in [run_eagerly(work) for work in works]
    ]


def test_those_that_wait_wait_at_the_same_time() -> None:
    told: Said = []
    assert ran(lambda: together(said(told, "one", 3), at_once(2), said(told, "three", 1))) == ["one", 2, "three"]
    assert told == ["one begins", "three begins", "three ends", "one ends"]


def test_several_can_wait_for_the_same_future() -> None:
    async def work() -> list[int]:
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(0.001, future.set_result, 7)

        async def waiter() -> int:
            value: int = await future
            return value

        return await together(waiter(), waiter(), waiter())

    assert ran(work) == [7, 7, 7]


def test_where_one_fails_the_others_can_be_given_up() -> None:
    told: Said = []

    async def fails() -> None:
        await asyncio.sleep(0)
        raise LookupError("gone")

    async def waits() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            told.append("cancelled")
            raise

    async def work() -> None:
        failing, waiting = run_eagerly(fails()), run_eagerly(waits())
        assert isinstance(failing, asyncio.Task) and isinstance(waiting, asyncio.Task)  # noqa: PT018 - both wait
        with pytest.raises(LookupError, match="gone"):
            await failing
        give_up([failing, waiting])
        await asyncio.sleep(0)

    ran(work)
    assert told == ["cancelled"]


def test_a_coroutine_that_is_cancelled_may_clean_up() -> None:
    told: Said = []

    async def waits() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            told.append("cleaned up")

    async def work() -> None:
        task = run_eagerly(waits())
        assert isinstance(task, asyncio.Task)
        await asyncio.sleep(0)
        give_up([task])
        with pytest.raises(asyncio.CancelledError):
            await task

    ran(work)
    assert told == ["cleaned up"]
