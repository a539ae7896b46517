"""Checks of a database before it is used: undamaged, ours, and at a migration that this code knows."""

from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, String, column, inspect, select, table
from sqlalchemy.exc import DBAPIError

from db.location import DatabaseError, Location, reason
from db.urls import location_of


class Condition(Enum):
    """How an undamaged database relates to this code's migrations."""

    EMPTY = "EMPTY"
    OLDER = "OLDER"
    CURRENT = "CURRENT"


MIGRATIONS = sorted(
    file.name.partition("_")[0] for file in Path(__file__).with_name("migrations").glob("versions/[0-9]*.py")
)
"""The migrations that this code knows, by their files' names: Alembic takes a tenth of a start to import."""


def condition_of(location: Location, connection: Connection) -> Condition:
    """Return the condition of a database; raise DatabaseError if it is not ours or newer than this code."""
    revisions = _revisions(connection)
    if not revisions:
        if location.tables(connection) - {"alembic_version"}:
            raise DatabaseError("it holds tables of another program")
        return Condition.EMPTY
    if not revisions.issubset(MIGRATIONS):
        names = ", ".join(sorted(revisions))
        raise DatabaseError(f"it is from a newer version of Rolegraph (revision {names}): upgrade Rolegraph")
    return Condition.CURRENT if revisions == frozenset(MIGRATIONS[-1:]) else Condition.OLDER


def _revisions(connection: Connection) -> frozenset[str]:
    """Return the migrations that the database is at. Alembic's own function would write log lines at each call."""
    if not inspect(connection).has_table("alembic_version"):
        return frozenset()
    return frozenset(connection.scalars(select(column("version_num", String())).select_from(table("alembic_version"))))


def check(url: str) -> Condition:
    """Read the whole database once, without changing it, and return its condition.

    Raises DatabaseError, with a message that names the database, if it cannot be opened, is damaged, belongs to another
    program or comes from a newer version. A file that does not exist or has no bytes is EMPTY.
    """
    location = location_of(url)
    try:
        return _condition(location) if location.exists() else Condition.EMPTY
    except DatabaseError as error:
        raise DatabaseError(f"cannot use {location}: {error}") from None
    except DBAPIError as error:
        raise DatabaseError(f"cannot use {location}: {reason(error)}") from error
    except UnicodeError:
        # SQLite's message quotes the damage, which the driver cannot decode.
        raise DatabaseError(f"cannot use {location}: it is damaged") from None


def _condition(location: Location) -> Condition:
    engine = location.inspecting_engine()
    try:
        with engine.connect() as connection:
            location.require_undamaged(connection)
            return condition_of(location, connection)
    finally:
        engine.dispose()


def require_current(url: str) -> None:
    """Raise DatabaseError unless the database is undamaged and at this code's newest migration."""
    match check(url):
        case Condition.CURRENT:
            return
        case Condition.EMPTY:
            raise DatabaseError(f"{location_of(url)} holds no data yet: run python -m seed")
        case Condition.OLDER:
            raise DatabaseError(f"{location_of(url)} is from an older version of Rolegraph: run python -m seed")
