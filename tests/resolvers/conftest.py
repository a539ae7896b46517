"""Resolvers must answer the same on either database, so their tests run on both."""

from collections.abc import Callable, Iterator

import pytest

from db.writing import writing
from seed.page import store_page
from tests.conftest import Api, serving


@pytest.fixture(scope="session")
def api(new_database: Callable[[], str]) -> Iterator[Api]:
    """The API on the embedded data."""
    url = new_database()
    with writing(url) as session:
        store_page(session)
    with serving(url) as served:
        yield served
