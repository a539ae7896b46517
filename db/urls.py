"""Database URLs."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from db.location import DEFAULT_URL, DatabaseError, Location
from db.sqlite import SQLiteFile

_EITHER = f"{DEFAULT_URL} or postgresql://user:password@host/database"


def location_of(url: str) -> Location:
    """Return the database that a URL names; raise DatabaseError if the URL is invalid or its dialect not supported."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseError(f"the database URL can't be read; write it as {_EITHER}") from None
    match parsed.drivername:
        case "sqlite":
            return _file(parsed)
        case "postgresql" | "postgresql+psycopg":
            return _database(parsed)
        case name:
            raise DatabaseError(f"no support for {name} databases; write {_EITHER}")


def _file(url: URL) -> SQLiteFile:
    if not url.database or url.database == ":memory:":
        raise DatabaseError(f"the database URL names no file; write it as {DEFAULT_URL}")
    return SQLiteFile(Path(url.database))


def _database(url: URL) -> Location:
    if "@" in f"{url.host}{url.database}" or not _is_name(url.host or ""):
        # The host may be half a password, which a message must not show.
        raise DatabaseError(
            "the database URL can't be read; write @, :, / and % in its password as %40, %3A, %2F and %25"
        )
    if not url.database:
        raise DatabaseError("the database URL names no database; write it as postgresql://user:password@host/database")
    # Imported here because the driver takes a tenth of a second to load, which a program on SQLite does not need.
    from db.postgresql import PostgreSQLDatabase  # noqa: PLC0415

    return PostgreSQLDatabase(url)


def _is_name(host: str) -> bool:
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return True
