"""The one door through which a request reads."""

from collections.abc import Sequence
from typing import TypeVar, TypeVarTuple

from sqlalchemy import Engine, Row, Select

from db.counting import countable
from db.location import Pool
from db.urls import location_of

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Database:
    """Runs statements, a session each. The methods are coroutines, since a database across a network is waited for."""

    def __init__(self, url: str, pool: Pool | None = None) -> None:
        self._reader = location_of(url).reader(pool or Pool())
        countable(self.engine)

    @property
    def engine(self) -> Engine:
        """The engine whose events tell of every statement."""
        return self._reader.engine

    async def all(self, statement: Select[T]) -> Sequence[T]:
        """Run a statement of one column or entity and return its values."""
        return await self._reader.run(lambda session: session.scalars(statement).all())

    async def rows(self, statement: Select[*Ts]) -> Sequence[Row[*Ts]]:
        """Run a statement of several columns or entities and return its rows."""
        return await self._reader.run(lambda session: session.execute(statement).all())

    async def one(self, statement: Select[T]) -> T:
        """Run a statement that yields exactly one value, as a count does."""
        return await self._reader.run(lambda session: session.scalars(statement).one())

    async def close(self) -> None:
        """Close every connection."""
        await self._reader.close()

    async def version(self) -> str:
        return "x"
