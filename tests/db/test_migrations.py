"""The migrations lead to exactly the tables that the models describe, and back."""

import sqlite3

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from db.condition import Condition, check, migrations
from db.location import sqlite_path, writing_engine
from db.models import Row
from db.writing import writing


def test_migrations_and_models_agree(new_url: str) -> None:
    with writing(new_url):
        pass
    engine = writing_engine(new_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Row.metadata) == []
    engine.dispose()
    assert check(new_url) is Condition.CURRENT


def test_migrations_can_be_undone(new_url: str) -> None:
    with writing(new_url):
        pass
    engine = writing_engine(new_url)
    with engine.begin() as connection:
        config = migrations()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    engine.dispose()
    file = sqlite3.connect(sqlite_path(new_url))
    tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    file.close()
    assert tables == [("alembic_version",)]
