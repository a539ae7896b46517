"""What state a database is in: whole, ours, and of the version that this code knows."""

from enum import Enum
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, String, column, inspect, select, table
from sqlalchemy.exc import DBAPIError

from db.location import DatabaseError, Location, reason
from db.urls import location_of


class Condition(Enum):
    """How a database that is whole stands to this code's migrations."""

    EMPTY = "EMPTY"
    OLDER = "OLDER"
    CURRENT = "CURRENT"


def migrations() -> Config:
    """Return Alembic's configuration: the scripts beside this module, no ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """Return the migrations that this code knows, and the newest of them; neither changes while it runs."""
    scripts = ScriptDirectory.from_config(migrations())
    return frozenset(script.revision for script in scripts.walk_revisions()), frozenset(scripts.get_heads())


def condition_of(location: Location, connection: Connection) -> Condition:
    """Place the database among the known migrations; raise DatabaseError where it is not ours or newer."""
    known, newest = _known()
    revisions = _revisions(connection)
    if not revisions:
        if location.tables(connection) - {"alembic_version"}:
            raise DatabaseError("it holds tables of another program")
        return Condition.EMPTY
    if not revisions <= known:
        names = ", ".join(sorted(revisions))
        raise DatabaseError(f"it is from a newer version of Rolegraph (revision {names}): upgrade Rolegraph")
    return Condition.CURRENT if revisions == newest else Condition.OLDER


def _revisions(connection: Connection) -> frozenset[str]:
    """Return the migrations that the database is at. Alembic would write lines to the log each time it is asked."""
    if not inspect(connection).has_table("alembic_version"):
        return frozenset()
    return frozenset(connection.scalars(select(column("version_num", String())).select_from(table("alembic_version"))))


def check(url: str) -> Condition:
    """Look at the whole database without changing it.

    Raises DatabaseError, its message naming the database, where that can't be opened, is damaged, belongs to another
    program or comes from a newer version. A file that is absent or has no bytes is EMPTY.
    """
    location = location_of(url)
    try:
        return _looked_at(location) if location.exists() else Condition.EMPTY
    except DatabaseError as error:
        raise DatabaseError(f"cannot use {location}: {error}") from None
    except DBAPIError as error:
        raise DatabaseError(f"cannot use {location}: {reason(error)}") from error
    except UnicodeError:
        # What SQLite says of the damage quotes the damage, and the driver can't read that.
        raise DatabaseError(f"cannot use {location}: it is damaged") from None


def _looked_at(location: Location) -> Condition:
    engine = location.inspecting_engine()
    try:
        with engine.connect() as connection:
            location.require_undamaged(connection)
            return condition_of(location, connection)
    finally:
        engine.dispose()


def require_current(url: str) -> None:
    """Raise DatabaseError unless the database is whole and at this code's migration."""
    match check(url):
        case Condition.CURRENT:
            return
        case Condition.EMPTY:
            raise DatabaseError(f"{location_of(url)} holds no data yet: run python -m seed")
        case Condition.OLDER:
            raise DatabaseError(f"{location_of(url)} is from an older version of Rolegraph: run python -m seed")
