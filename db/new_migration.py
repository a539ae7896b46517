"""Write a migration: what ``make migration NAME=add_area_population`` runs.

It compares the tables of db/models.py with a temporary SQLite database at the newest migration, and writes the
difference to db/migrations/versions/. Read the file before you commit it: Alembic does not see renamed columns, the
expressions of indexes, or what existing rows need.
"""

import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.script import ScriptDirectory

from db.urls import location_of
from db.writing import migrations


def write_migration(name: str) -> None:
    """Write the next migration, with a name in words or in snake case."""
    config = migrations()
    newest = ScriptDirectory.from_config(config).get_current_head() or "0000"
    with TemporaryDirectory() as folder:
        engine = location_of(f"sqlite:///{Path(folder) / 'newest.sqlite3'}").writing_engine()
        try:
            with engine.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
            with engine.connect() as connection, warnings.catch_warnings():
                # Alembic leaves indexes of expressions alone, since SQLAlchemy cannot read them from SQLite.
                warnings.filterwarnings("ignore", message=".*expression-based index")
                config.attributes["connection"] = connection
                message = name.replace("_", " ").strip().capitalize()
                command.revision(config, message, autogenerate=True, rev_id=f"{int(newest) + 1:04}")
        finally:
            engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():  # noqa: PLR2004 - the module and the name
        sys.exit("Name the migration: make migration NAME=add_area_population")
    write_migration(sys.argv[1])
