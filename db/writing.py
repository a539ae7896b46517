"""The one door through which importers write: migrated, locked, all or nothing."""

from collections.abc import Generator
from contextlib import contextmanager

from alembic import command
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db.condition import Condition, check, condition_of, migrations
from db.location import DatabaseError, sqlite_path, writing_engine


@contextmanager
def writing(url: str) -> Generator[Session]:
    """Yield a session in one transaction, on a database that is brought to the newest migration first.

    Whatever is raised inside, or kills the process, leaves the database as it was. Writers take turns.
    Raises DatabaseError, with nothing written, where the database can't be used.
    """
    check(url)
    engine = writing_engine(url)
    try:
        with engine.begin() as connection:
            _migrate(connection)
            with Session(connection) as session:
                yield session
                session.flush()
            _require_references(connection)
    except DBAPIError as error:
        raise DatabaseError(f"cannot write {sqlite_path(url)}: {error.orig}") from error
    finally:
        engine.dispose()


def refresh(session: Session) -> None:
    """Bring up to date what is derived from the data: after whatever was stored, and in its transaction."""
    session.flush()
    session.connection().exec_driver_sql("ANALYZE")


def _require_references(connection: Connection) -> None:
    """Raise DatabaseError where a row refers to one that is not there.

    Looked at once, before the commit: asking at each row makes the import of a whole release take twice as long.
    """
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        raise DatabaseError(f"cannot write: a row of {table} would refer to a row of {parent} that is not there")


def _migrate(connection: Connection) -> None:
    # Looked at again now that the lock is held: another writer may have migrated in the meantime.
    if condition_of(connection) is not Condition.CURRENT:
        config = migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
