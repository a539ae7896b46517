"""The soak in a short form: under mixed traffic, cuts of the database and imports, nothing wrong is ever answered."""

import sys

import pytest

from bench.soak import soak
from tests.databases import running_server


@pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is read from /proc, which Linux has")
def test_nothing_wrong_is_answered_whatever_happens() -> None:
    with running_server() as database:
        traffic = soak(database, seconds=15)
    assert traffic.faults == []
    # All of that has happened, and was counted.
    for kind in (
        "honest 200",
        "honest 304",
        "honest 503 DATABASE_UNAVAILABLE",
        "hostile 200",
        "malformed 413",
        "hung up",
    ):
        assert traffic.answers[kind], kind
    assert len(traffic.seconds) > 100
