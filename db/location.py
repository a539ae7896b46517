"""What is asked of a database, whichever kind it is; db/sqlite.py and db/postgresql.py answer, db/urls.py chooses."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeVar

import orjson
from sqlalchemy import Connection, Dialect, Engine, Row, Select
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

DEFAULT_URL = "sqlite:///rolegraph.sqlite3"
"""Where the data lies unless DATABASE_URL says otherwise: a file in the folder that a command is run from."""

LOCK_TIMEOUT_SECONDS = 60
"""How long a writer waits for another one, and a reader for a commit, before it gives up."""


class DatabaseError(Exception):
    """The database can't be used; the message says why in one line that an operator can act on, without secrets."""


class Unreachable(DatabaseError):
    """The database can't be reached at the moment; nothing is wrong with what was asked of it."""


def reason(error: DBAPIError) -> str:
    """Return what the driver says of an error, in one line and without the statement that it may quote."""
    return " ".join(str(error.orig).partition("\n")[0].split())


load_json = lru_cache(maxsize=10_000)(orjson.loads)
"""Decodes JSON columns. Most rows hold one of few texts, and rows of the same text share what it stands for."""


@dataclass(frozen=True)
class Pool:
    """How many connections a process reads through at most, and how long a statement waits for one of them.

    They are for databases across a network; a process reads an SQLite file by one statement at a time.
    """

    size: int = 10
    timeout_seconds: float = 10


class Reader(Protocol):
    """Runs what only reads."""

    @property
    def dialect(self) -> Dialect:
        """How statements are written for it."""
        ...

    async def fetch(self, select: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Execute a select with the values of its bound parameters, and return all its rows.

        Raises Unreachable if the database cannot be reached, DeadlineExceeded if the operation's time is over, and
        SQLAlchemyError if the database rejects the statement.
        """
        ...

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do work that takes several statements with a connection. Raises what ``fetch`` does."""
        ...

    async def version(self) -> str:
        """Return the token of the data's version, see db/version.py, in next to no time. Raises what ``fetch`` does."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...


class Location(ABC):
    """One database. As text it is what messages call it, without user or password."""

    @abstractmethod
    def __str__(self) -> str: ...

    @abstractmethod
    def exists(self) -> bool:
        """Tell whether there is anything to connect to; raise DatabaseError where there can't be."""

    @abstractmethod
    def reader(self, pool: Pool) -> Reader:
        """Return what requests read through. It connects when it is first asked."""

    @abstractmethod
    def inspecting_engine(self) -> Engine:
        """Open for reading only, to look at the database once."""

    @abstractmethod
    def writing_engine(self) -> Engine:
        """Open for writing. Each transaction first waits for every other writer's to end."""

    @abstractmethod
    def require_undamaged(self, connection: Connection) -> None:
        """Raise DatabaseError where the whole of the database can't be read."""

    @abstractmethod
    def has_written(self, connection: Connection) -> bool:
        """Tell whether the transaction has changed any row."""

    @abstractmethod
    def require_references(self, connection: Connection) -> None:
        """Raise DatabaseError where a row refers to one that is not there: asked before a writer commits."""

    @abstractmethod
    def tables(self, connection: Connection) -> set[str]:
        """Return the names of all tables and views that somebody made where ours are or would be."""
