"""Helpers to read a database as a request does."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import CTE, func, literal, select

from db.database import Database
from db.location import Pool
from db.rows import Statement, single

T = TypeVar("T")


def ask(url: str, question: Callable[[Database], Awaitable[T]], pool: Pool | None = None) -> T:
    """Call a function with connections and an event loop of its own."""

    async def answer() -> T:
        database = Database(url, pool)
        try:
            return await question(database)
        finally:
            await database.close()

    return asyncio.run(answer())


def numbers(last: int) -> CTE:
    """Return a table of the numbers from 1 to the last, counted by the database."""
    counted = select(literal(1).label("number")).cte("numbers", recursive=True)
    return counted.union_all(select(counted.c.number + 1).where(counted.c.number < last))


def counting(last: int) -> Statement[int]:
    """Return a statement that counts the numbers up to the last."""
    return single(select(func.count()).select_from(numbers(last)))


ENDLESS = counting(1_000_000_000)
"""Counts to a billion, which takes longer than any test."""
