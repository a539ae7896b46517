"""Fixtures for tests of db/: a seeded database of each dialect."""

from collections.abc import Callable

import pytest


@pytest.fixture
def url(seeded_database: Callable[[], str]) -> str:
    """The URL of a seeded database of each dialect."""
    return seeded_database()
