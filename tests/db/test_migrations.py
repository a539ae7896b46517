"""The migrations lead to exactly the tables that the models describe, and back."""

from collections.abc import Callable

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from db.condition import Condition, check, migrations
from db.models import Row
from db.search_index import described_by_models
from db.urls import location_of
from db.writing import writing
from seed.comparison_page import store_page


@pytest.fixture
def new_url(new_database: Callable[[], str]) -> str:
    """The URL of a database of either kind that holds nothing yet."""
    return new_database()


# SQLAlchemy doesn't read indexes of expressions back from SQLite; on PostgreSQL they are compared.
@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_migrations_and_models_agree(new_url: str) -> None:
    with writing(new_url):
        pass
    engine = location_of(new_url).writing_engine()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": described_by_models})
        assert compare_metadata(context, Row.metadata) == []
    engine.dispose()
    assert check(new_url) is Condition.CURRENT


def test_a_database_of_the_first_version_is_brought_forward_and_seeded_anew(new_url: str) -> None:
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
