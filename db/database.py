"""The one door through which a request reads."""

from collections.abc import Sequence
from typing import TypeVar, TypeVarTuple

from sqlalchemy import Row, Select
from sqlalchemy.ext.asyncio import AsyncSession

from db.location import reading_engine

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Database:
    """Runs statements, a session each: sibling fields of a query run side by side, and a session can't be shared."""

    def __init__(self, url: str) -> None:
        self.engine = reading_engine(url)

    async def all(self, statement: Select[T]) -> Sequence[T]:
        """Run a statement of one column or entity and return its values."""
        async with AsyncSession(self.engine) as session:
            return (await session.scalars(statement)).all()

    async def rows(self, statement: Select[*Ts]) -> Sequence[Row[*Ts]]:
        """Run a statement of several columns or entities and return its rows."""
        async with AsyncSession(self.engine) as session:
            return (await session.execute(statement)).all()

    async def one(self, statement: Select[T]) -> T:
        """Run a statement that yields exactly one value, as a count does."""
        async with AsyncSession(self.engine) as session:
            return (await session.scalars(statement)).one()

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
