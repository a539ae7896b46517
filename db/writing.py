"""The one door through which importers write: migrated, locked, all or nothing."""

from collections.abc import Generator
from contextlib import contextmanager

from alembic import command
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db.condition import Condition, check, condition_of, migrations
from db.location import DatabaseError, sqlite_path, writing_engine
from db.search_index import refresh


@contextmanager
def writing(url: str) -> Generator[Session]:
    """Yield a session in one transaction, on a database that is brought to the newest migration first.

    Whatever is raised inside, or kills the process, leaves the database as it was. Writers take turns. What search
    looks through is brought up to date at the end.
    Raises DatabaseError, with nothing written, where the database can't be used.
    """
    check(url)
    engine = writing_engine(url)
    try:
        with engine.begin() as connection:
            _migrate(connection)
            with Session(connection) as session:
                yield session
                refresh(session)
    except DBAPIError as error:
        raise DatabaseError(f"cannot write {sqlite_path(url)}: {error.orig}") from error
    finally:
        engine.dispose()


def _migrate(connection: Connection) -> None:
    # Looked at again now that the lock is held: another writer may have migrated in the meantime.
    if condition_of(connection) is not Condition.CURRENT:
        config = migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
