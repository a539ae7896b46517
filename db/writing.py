"""The one door through which importers write: migrated, locked, all or nothing."""

from collections.abc import Generator
from contextlib import contextmanager

from alembic import command
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db.condition import Condition, check, condition_of, migrations
from db.location import DatabaseError, Location, reason
from db.search_index import refresh
from db.urls import location_of
from db.version import renew


@contextmanager
def writing(url: str) -> Generator[Session]:
    """Yield a session in one transaction, on a database that is brought to the newest migration first.

    The data's version, the search index and the planner's statistics follow what is written.
    Whatever is raised inside, or kills the process, leaves the database as it was. Writers take turns.
    Raises DatabaseError, with nothing written, where the database can't be used.
    """
    check(url)
    location = location_of(url)
    engine = location.writing_engine()
    try:
        with engine.begin() as connection:
            _migrate(location, connection)
            with Session(connection) as session:
                yield session
                session.flush()
                if location.has_written(connection):
                    refresh(session)
                    renew(session)
                    connection.exec_driver_sql("ANALYZE")
                    location.require_references(connection)
    except DBAPIError as error:
        raise DatabaseError(f"cannot write {location}: {reason(error)}") from error
    finally:
        engine.dispose()


def _migrate(location: Location, connection: Connection) -> None:
    # Looked at again now that the lock is held: another writer may have migrated in the meantime.
    if condition_of(location, connection) is not Condition.CURRENT:
        config = migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
