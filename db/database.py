"""The one door through which a request reads."""

from collections.abc import Sequence
from typing import TypeVar, TypeVarTuple

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session

from db.location import reading_engine

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Database:
    """Runs statements, a session each.

    The methods are coroutines, since a database across a network is waited for. SQLite is in this process: its
    statements are run where they are awaited, which for reads of a few rows costs less than handing them to a thread.
    """

    def __init__(self, url: str) -> None:
        self.engine = reading_engine(url)

    async def all(self, statement: Select[T]) -> Sequence[T]:
        """Run a statement of one column or entity and return its values."""
        with Session(self.engine) as session:
            return session.scalars(statement).all()

    async def rows(self, statement: Select[*Ts]) -> Sequence[Row[*Ts]]:
        """Run a statement of several columns or entities and return its rows."""
        with Session(self.engine) as session:
            return session.execute(statement).all()

    async def one(self, statement: Select[T]) -> T:
        """Run a statement that yields exactly one value, as a count does."""
        with Session(self.engine) as session:
            return session.scalars(statement).one()

    async def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
