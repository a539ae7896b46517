"""The interface of a database, which db/sqlite.py and db/postgresql.py implement; db/urls.py chooses by URL."""

import errno
import os
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
"""The default of DATABASE_URL: a file in the current folder."""

LOCK_TIMEOUT_SECONDS = 60
"""How long a writer waits for another one, and a reader for a commit."""


class DatabaseError(Exception):
    """The database cannot be used. The message says why in one line for operators, without secrets."""


class Unreachable(DatabaseError):
    """The database cannot be read at the moment. The statement may be right."""

    public = "the database does not answer"
    """The reason as clients may see it."""


class OutOfDescriptors(Unreachable):
    """The database cannot be opened, because this process has no file descriptor left."""

    public = "the server is out of file descriptors"


class Missing(Unreachable):
    """The database's file does not exist."""

    public = "the database file is missing"


class Damaged(Unreachable):
    """A part of the database's files is not what the database wrote."""

    public = "the database is damaged"


_DESCRIPTORS = 4
"""What opening a database needs: SQLite opens the file, its log, the log's index, and for some sorts one more."""


def unreachable(message: str) -> Unreachable:
    """Return the error for a database that cannot be opened, and find out whether descriptors are the cause.

    The drivers do not say: SQLite's message is the same for every cause. Call it when all of them are closed again.
    """
    if out_of_descriptors(_DESCRIPTORS):
        return OutOfDescriptors(f"{message} (out of file descriptors)")
    return Unreachable(message)


def out_of_descriptors(needed: int = 1) -> bool:
    """Return whether this process has fewer file descriptors left than it needs."""
    opened = list[int]()
    try:
        opened.extend(os.open(os.devnull, os.O_RDONLY) for _ in range(needed))
    except OSError as error:
        return is_shortage(error)
    finally:
        for each in opened:
            os.close(each)
    return False


def is_shortage(error: OSError) -> bool:
    """Return whether an error is that the process or the system has no file descriptor left."""
    return error.errno in (errno.EMFILE, errno.ENFILE)


def reason(error: DBAPIError) -> str:
    """Return the driver's message in one line, without the statement that it may quote."""
    return " ".join(str(error.orig).partition("\n")[0].split())


load_json = lru_cache(maxsize=10_000)(orjson.loads)
"""Decodes JSON columns. Most rows hold one of few texts, and rows of the same text share what it stands for."""


@dataclass(frozen=True)
class Pool:
    """The maximum number of a process's connections to PostgreSQL, and how long a statement waits for one.

    An SQLite file is read through one connection, by one statement at a time.
    """

    size: int = 10
    timeout_seconds: float = 10
    prepares: bool = True
    """Whether the driver prepares frequent statements, which the next statement must find on the same connection."""

    @property
    def share(self) -> int:
        """The maximum number of connections that one operation uses at once: a third of them.

        With fewer, an operation of many statements would take longer also where it is alone; with more, two of them
        would make all others wait.
        """
        return max(1, self.size // 3)


class Reader(Protocol):
    """Executes statements that read."""

    @property
    def share(self) -> int | None:
        """The maximum number of statements that one operation may run at once; None if there is no need for one."""
        ...

    @property
    def round_trip_seconds(self) -> float:
        """How long the event loop must be free for the version to be read."""
        ...

    @property
    def dialect(self) -> Dialect:
        """The dialect that statements are compiled for."""
        ...

    async def fetch(self, select: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Execute a select with the values of its bound parameters, and return all its rows.

        Raises Unreachable if the database cannot be reached, DeadlineExceeded if the operation's time is over, and
        SQLAlchemyError if the database rejects the statement.
        """
        ...

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Call a function with a connection. Raises what ``fetch`` does."""
        ...

    async def version(self) -> str:
        """Return the data's version, see db/version.py. Each request calls it. Raises what ``fetch`` does."""
        ...

    def require_undamaged(self) -> None:
        """Raise Damaged if a read has found damage, until a check of the whole database succeeds."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...


class Location(ABC):
    """One database. As text it is its name in messages, without user or password."""

    @abstractmethod
    def __str__(self) -> str: ...

    @abstractmethod
    def exists(self) -> bool:
        """Return whether there is a database to connect to; raise DatabaseError if there cannot be one."""

    @abstractmethod
    def reader(self, pool: Pool) -> Reader:
        """Return what requests read through. It connects at its first statement."""

    @abstractmethod
    def inspecting_engine(self) -> Engine:
        """Return an engine that only reads, for a check or a test."""

    @abstractmethod
    def writing_engine(self) -> Engine:
        """Return an engine that writes. Each transaction first waits for the end of every other writer's."""

    @abstractmethod
    def require_undamaged(self, connection: Connection) -> None:
        """Raise DatabaseError if any part of the database cannot be read."""

    @abstractmethod
    def has_written(self, connection: Connection) -> bool:
        """Return whether the transaction has changed any row."""

    @abstractmethod
    def require_references(self, connection: Connection) -> None:
        """Raise DatabaseError if a row refers to a missing one. Called before a writer commits."""

    @abstractmethod
    def tables(self, connection: Connection) -> set[str]:
        """Return the names of all tables and views in the place of ours, except for those of the database itself."""
