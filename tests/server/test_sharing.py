"""Two servers, one of them with two workers, which share persisted operations and rate limits through Valkey."""

import http.client
import json
import re
from typing import Any

from server.document_store import hash_of
from tests import valkeys
from tests.server.processes import ANSWER, QUERY, SECONDS, serving_forked

LIMITS = {"RATE_LIMIT": "99/day", "MAX_COST": "99"}
"""A worker's share of such a limit is less than 1, so that each charge is counted together."""


def send(address: tuple[str, int], **parameters: Any) -> tuple[Any, int]:
    """Send a request on a new connection, which any worker may accept; return the body and what is left."""
    connection = http.client.HTTPConnection(*address, timeout=SECONDS)
    connection.request("POST", "/graphql", json.dumps(parameters), {"Content-Type": "application/json"})
    response = connection.getresponse()
    body = json.loads(response.read())
    connection.close()
    remaining = re.search(r"r=(\d+)", response.headers["RateLimit"])
    assert remaining
    return body, int(remaining[1])


def test_all_workers_of_all_servers_share_documents_and_quotas(database_url: str, valkey: valkeys.Server) -> None:
    settings = LIMITS | {"DATABASE_URL": database_url, "VALKEY_URL": valkey.url}
    by_hash = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash_of(QUERY)}}}
    with serving_forked(**settings, WORKERS="2") as one, serving_forked(**settings) as other:
        addresses = [one.address(), other.address()]
        one.wait_for_workers(2)
        other.wait_for_workers(1)
        first, remaining = send(addresses[0], query=QUERY, **by_hash)
        assert (first, remaining) == (ANSWER, 98)
        for number, address in enumerate(addresses * 6, start=1):
            assert send(address, **by_hash) == (ANSWER, 98 - number)
