"""Migrations lead to the tables of the models, from an empty and from an old database."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table

from db.condition import MIGRATIONS, Condition, check
from db.models import SOURCED, Row, table_of
from db.urls import location_of
from db.writing import migrations, writing
from seed.comparison_page import store_page
from tests.server.processes import finish, start_forked

ROOT = Path(__file__).parents[2]


@pytest.fixture
def new_url(new_database: Callable[[], str]) -> str:
    """The URL of a database of each dialect that is empty."""
    return new_database()


def test_the_known_migrations_are_those_of_alembic() -> None:
    scripts = ScriptDirectory.from_config(migrations())
    assert [script.revision for script in scripts.walk_revisions()] == MIGRATIONS[::-1]


# SQLAlchemy does not read indexes of expressions from SQLite. On PostgreSQL they are compared.
@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_migrations_and_models_agree(new_url: str) -> None:
    with writing(new_url):
        pass
    engine = location_of(new_url).writing_engine()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Row.metadata) == []
    engine.dispose()
    assert check(new_url) is Condition.CURRENT


def test_a_database_of_the_first_version_is_migrated_and_seeded_again(new_url: str) -> None:
    engine = location_of(new_url).writing_engine()
    with engine.begin() as connection:
        config = migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO source (id, name, licence, digest) VALUES ('comparison-page', 'The page', 'Facts', 'abc')"
        )
    engine.dispose()
    assert check(new_url) is Condition.OLDER
    with writing(new_url) as session:
        assert store_page(session).stored == 2
    assert check(new_url) is Condition.CURRENT


# SQLAlchemy does not read indexes of expressions from SQLite.
@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_newest_migration_takes_a_database_with_rows_in_every_table(new_url: str) -> None:
    engine = location_of(new_url).writing_engine()
    with engine.begin() as connection:
        config = migrations()
        config.attributes["connection"] = connection
        scripts = ScriptDirectory.from_config(config)
        command.upgrade(config, str(scripts.get_revision(scripts.get_current_head() or "").down_revision))
        before = MetaData()
        before.reflect(connection, only=lambda name, _: name in Row.metadata.tables)
        for table in before.sorted_tables:
            if connection.execute(table.select()).first() is None:
                connection.execute(table.insert().values(example_row(table)))
    engine.dispose()
    assert check(new_url) is Condition.OLDER
    with writing(new_url):
        pass
    assert check(new_url) is Condition.CURRENT


def example_row(table: Table) -> dict[str, object]:
    """Return a value for each column that needs one; equal values in all tables make valid foreign keys."""
    needed = [column for column in table.c if not column.nullable]
    return {column.name: column.type.python_type(1) for column in needed}


def test_every_table_whose_rows_have_a_source_is_listed() -> None:
    with_source = {name for name, table in Row.metadata.tables.items() if _has_sources(table)}
    assert {table_of(table).name for table in SOURCED} == with_source, "SOURCED in db/models.py lists these tables"


def _has_sources(table: Table) -> bool:
    """Tell whether rows refer to their source. Derived rows only name it."""
    return "source_id" in table.c and bool(table.c.source_id.foreign_keys)


# Writing a migration


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of db/ that a test may change."""
    shutil.copytree(ROOT / "db", tmp_path / "db", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def new_migration(checkout: Path, *name: str) -> str:
    """Return the text of a new migration for the changes in a checkout."""
    before = {*checkout.rglob("versions/*.py")}
    command = [sys.executable, "-m", "db.new_migration", *name]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    [written] = {*checkout.rglob("versions/*.py")} - before
    assert written.name == NEXT
    return written.read_text()


NEXT = f"{int(max((ROOT / 'db/migrations/versions').glob('0*.py')).name[:4]) + 1:04}_add_area_population.py"
"""The file name of the next migration."""


def test_without_a_change_of_the_tables_a_new_migration_is_empty(checkout: Path) -> None:
    text = new_migration(checkout, "add_area_population")
    assert text.startswith('"""Add area population."""\n')
    code = "".join(f"{line}\n" for line in text.splitlines() if not line.lstrip().startswith("#"))
    assert code.endswith("def upgrade() -> None:\n    pass\n")


def test_a_new_column_is_added_by_a_new_migration(checkout: Path) -> None:
    models = checkout / "db/models.py"
    name = "    code: str = Field(primary_key=True)\n    name: str\n"
    assert name in models.read_text()
    models.write_text(models.read_text().replace(name, f"{name}    example: int | None = None\n"))
    text = new_migration(checkout, "add_area_population")
    assert "    op.add_column('area', sa.Column('example', sa.Integer(), nullable=True))\n" in text
    assert text.count("op.") == 1


def test_a_new_migration_needs_a_name() -> None:
    needed = "Name the migration: make migration NAME=add_area_population\n"
    assert finish(start_forked("db.new_migration")) == (1, "", needed)
