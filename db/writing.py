"""The way of importers to the database: migrated, locked, in one transaction."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db import titles
from db.condition import Condition, check, condition_of
from db.location import DatabaseError, Location, reason
from db.urls import location_of
from db.version import renew


def migrations() -> Config:
    """Return Alembic's configuration: the scripts in db/migrations, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config


@contextmanager
def writing(url: str) -> Generator[Session]:
    """Yield a session in one transaction, after migrating the database to the newest migration.

    If rows have changed, or how titles are derived, the search index, the job titles, the data's version and the
    planner's statistics are updated.
    An exception or the end of the process leaves the database as it was. Writers wait for each other.
    Raises DatabaseError, and writes nothing, if the database cannot be used.
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
                if location.has_written(connection) or not titles.are_derived(session):
                    titles.refresh(session)
                    renew(session)
                    connection.exec_driver_sql("ANALYZE")
                    location.require_references(connection)
    except DBAPIError as error:
        raise DatabaseError(f"cannot write {location}: {reason(error)}") from error
    finally:
        engine.dispose()


def _migrate(location: Location, connection: Connection) -> None:
    # Read again under the lock: another writer may have migrated in the meantime.
    if condition_of(location, connection) is not Condition.CURRENT:
        config = migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
