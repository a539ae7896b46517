"""The one door through which a request reads."""

import logging
from collections.abc import Sequence
from typing import TypeVar, TypeVarTuple

from sqlalchemy import Engine, Row, Select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from db import statements
from db.condition import Condition, condition_of
from db.counting import countable
from db.deadline import DeadlineExceeded, deadline
from db.location import DatabaseError, Pool, Unreachable
from db.urls import location_of

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_logger = logging.getLogger("rolegraph")

READY_SECONDS = 2
"""How long the database may take to show that it can be read."""


class Database:
    """Runs statements, a session each. The methods are coroutines, since a database across a network is waited for.

    They raise Unreachable where the database can't be reached at the moment, and DeadlineExceeded where the operation
    that they run in, see db/deadline.py, has no time left. What else they raise is a mistake: SQLAlchemyError.
    """

    def __init__(self, url: str, pool: Pool | None = None) -> None:
        self._location = location_of(url)
        self._reader = self._location.reader(pool or Pool())
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

    async def version(self) -> str:
        """Return a token that is another one after each commit that changes the data, and never one that was before."""
        return await self._reader.version()

    async def ready(self) -> str | None:
        """Return None where the database can be read, is of this code's version and has data, else what is wrong.

        It takes two seconds at most and raises nothing. What it returns anybody may know; the log has the details.
        """
        try:
            with deadline(READY_SECONDS):
                return await self._reader.run(self._missing)
        except (Unreachable, DeadlineExceeded) as error:
            _logger.warning("the database does not answer: %s", error)
            return "the database does not answer"
        except DatabaseError as error:
            return f"the database can't be used: {error}"
        except (SQLAlchemyError, UnicodeError):
            # What SQLite says of damage may quote it, and the driver can't read that.
            _logger.exception("the database can't be read")
            return "the database can't be read"

    def _missing(self, session: Session) -> str | None:
        match condition_of(self._location, session.connection()):
            case Condition.OLDER:
                return "the database is from an older version of Rolegraph: run python -m seed"
            case Condition.CURRENT if session.scalars(statements.sources().limit(1)).first():
                return None
            case _:
                return "the database is not seeded"

    async def close(self) -> None:
        """Close every connection."""
        await self._reader.close()
