"""Fixtures for tests of db/: a seeded database of each dialect."""

from collections.abc import Callable

import pytest

from tests.databases import seeded


@pytest.fixture
def url(new_database: Callable[[], str]) -> str:
    """The URL of a seeded database of each dialect."""
    return seeded(new_database())
