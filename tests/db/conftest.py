"""What tests of db/ need: a database with data in it, of either kind."""

from collections.abc import Callable

import pytest

from tests.databases import seeded


@pytest.fixture
def url(new_database: Callable[[], str]) -> str:
    """The URL of a seeded database of either kind."""
    return seeded(new_database())
