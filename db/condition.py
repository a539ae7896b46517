"""What state a database is in: whole, ours, and of the version that this code knows."""

from enum import Enum
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from db.location import DatabaseError, reading_engine, sqlite_path


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


def condition_of(connection: Connection) -> Condition:
    """Place the database among the known migrations; raise DatabaseError where it is not ours or newer."""
    scripts = ScriptDirectory.from_config(migrations())
    revisions = MigrationContext.configure(connection).get_current_heads()
    if not revisions:
        inspector = inspect(connection)
        if {*inspector.get_table_names(), *inspector.get_view_names()} - {"alembic_version"}:
            raise DatabaseError("it holds tables of another program")
        return Condition.EMPTY
    if not set(revisions) <= {script.revision for script in scripts.walk_revisions()}:
        names = ", ".join(revisions)
        raise DatabaseError(f"it is from a newer version of Rolegraph (revision {names}): upgrade Rolegraph")
    return Condition.CURRENT if revisions == tuple(scripts.get_heads()) else Condition.OLDER


def check(url: str) -> Condition:
    """Look at the whole database without changing it.

    Raises DatabaseError, its message naming the file, where that can't be opened, is damaged, belongs to another
    program or comes from a newer version. A file that is absent or has no bytes is EMPTY.
    """
    path = sqlite_path(url)
    if not _exists(path):
        return Condition.EMPTY
    engine = reading_engine(url)
    try:
        with engine.connect() as connection:
            _require_undamaged(connection)
            return condition_of(connection)
    except DatabaseError as error:
        raise DatabaseError(f"cannot use {path}: {error}") from None
    except DBAPIError as error:
        raise DatabaseError(f"cannot use {path}: {error.orig}") from error
    except UnicodeError:
        # What SQLite says of the damage quotes the damage, and the driver can't read that.
        raise DatabaseError(f"cannot use {path}: it is damaged") from None
    finally:
        engine.dispose()


def _exists(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        if not path.absolute().parent.is_dir():
            raise DatabaseError(f"cannot use {path}: its folder does not exist") from None
        return False
    except OSError as error:
        raise DatabaseError(f"cannot use {path}: {error.strerror}") from None
    if path.is_dir():
        raise DatabaseError(f"cannot use {path}: it is a folder")
    return True


def _require_undamaged(connection: Connection) -> None:
    verdict = str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one())
    if verdict != "ok":
        raise DatabaseError(f"it is damaged ({' '.join(verdict.split())})")


def require_current(url: str) -> None:
    """Raise DatabaseError unless the database is whole and at this code's migration."""
    match check(url):
        case Condition.CURRENT:
            return
        case Condition.EMPTY:
            raise DatabaseError(f"{sqlite_path(url)} holds no data yet: run python -m seed")
        case Condition.OLDER:
            raise DatabaseError(f"{sqlite_path(url)} is from an older version of Rolegraph: run python -m seed")
