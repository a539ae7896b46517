"""A short soak: mixed traffic, database restarts and imports never lead to a wrong response."""

import sys

import pytest

from bench.soak import Load, soak
from tests.databases import running_server


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc, which only Linux has")
def test_disturbances_never_lead_to_a_wrong_response() -> None:
    with running_server() as database:
        # With little load: other tests run at the same time. The nightly run has a full one.
        traffic = soak(database, 12, Load(clients=32, not_reading=20, workers=2, pause=0.2), small=True)
    assert traffic.faults == []
    # Every type of traffic occurred.
    for kind in (
        "valid 200",
        "valid 304",
        "valid 503 DATABASE_UNAVAILABLE",
        "hostile 200",
        "malformed 413",
        "disconnected",
    ):
        assert traffic.answers[kind], kind
    assert len(traffic.seconds) > 100
