"""Servers on all data, one for each way of executing, and values for arguments."""

from collections.abc import Iterator

import pytest

from execution.type_refs import core_schema
from schema.definition import build
from tests.conftest import Api
from tests.execution.operations import Values
from tests.execution.servers import Servers, all_serving
from tests.execution.vocabulary import values_of


@pytest.fixture(scope="package")
def servers(everything: str) -> Iterator[Servers]:
    """One server for each way of executing."""
    with all_serving(everything) as served:
        yield served


@pytest.fixture(scope="package")
def values(full_api: Api) -> Values:
    """Values for arguments."""
    return values_of(full_api, core_schema(build()))
