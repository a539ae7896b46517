"""A gateway that joins the API with the subgraph of docs/clients/federation, as docs/federation.md describes it."""

import json
import os
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx2
import pytest

from tests.clients.conftest import REPOSITORY, SECONDS_TO_START, SECONDS_TO_STOP, free_port, running

EXAMPLE = REPOSITORY / "docs" / "clients" / "federation"
MODULES = REPOSITORY / "docs" / "clients" / "node_modules"
PAGE = (REPOSITORY / "docs" / "federation.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(
    not all((MODULES / name).exists() for name in ("@apollo/composition", "@graphql-hive/gateway-runtime")),
    reason="docs/clients/node_modules has no gateway: make client-tools installs it with npm",
)


class Addresses(NamedTuple):
    """The addresses of a gateway, and of the API behind it."""

    gateway: str
    rolegraph: str


@pytest.fixture(scope="module")
def addresses(everything: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """A gateway with the API and the courses behind it."""
    log = tmp_path_factory.mktemp("subgraph") / "log"
    courses = f"http://127.0.0.1:{(port := free_port())}/"
    uvicorn = [sys.executable, "-m", "uvicorn", "--app-dir", str(EXAMPLE), "courses:app", "--port", str(port)]
    with (
        running(everything, log, "--federation", "true", "--metrics", "true") as rolegraph,
        subprocess.Popen(uvicorn, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as subgraph,
    ):
        try:
            assert subgraph.stderr
            assert any("Uvicorn running" in line for line in subgraph.stderr)
            command = ["node", str(EXAMPLE / "gateway.js"), f"{rolegraph}/graphql", courses]
            with subprocess.Popen(
                command, env=os.environ | {"PORT": "0"}, stdout=subprocess.PIPE, text=True
            ) as gateway:
                try:
                    assert gateway.stdout
                    assert select.select([gateway.stdout], [], [], SECONDS_TO_START)[0]
                    yield Addresses(gateway.stdout.readline().strip(), rolegraph)
                    gateway.terminate()
                    assert gateway.wait(SECONDS_TO_STOP) == 0
                finally:
                    gateway.kill()
        finally:
            subgraph.kill()


def ask(url: str, query: str) -> dict[str, Any]:
    """Return the gateway's answer."""
    with httpx2.Client(trust_env=False, timeout=30) as http:
        answer: dict[str, Any] = http.post(url, json={"query": query}).json()
    return answer


def test_the_gateway_answers_the_query_of_the_page(addresses: Addresses) -> None:
    query = re.search(r"```graphql\n(query .*?)```", PAGE, re.DOTALL)
    answer = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert query
    assert answer
    assert ask(addresses.gateway, query[1]) == json.loads(answer[1])
    # The schema, the comparison, and the occupations of all courses at once.
    with httpx2.Client(trust_env=False, timeout=30) as http:
        metrics = http.get(f"{addresses.rolegraph}/metrics").text
    assert 'rolegraph_executions_total{executor="compiled"} 3.0' in metrics


def test_a_role_has_no_code_for_the_other_subgraph(addresses: Addresses) -> None:
    query = '{ occupation(by: {slug: "media-producer"}) { title code courses { title } } }'
    expected = {"occupation": {"title": "Media Producer", "code": None, "courses": None}}
    assert ask(addresses.gateway, query) == {"data": expected}


def test_errors_reach_clients_of_the_gateway(addresses: Addresses) -> None:
    """Composition leaves out @oneOf, which the API checks by itself."""
    query = '{ occupation(by: {slug: "electricians", code: "47-2111"}) { title } courses { title } }'
    answer = ask(addresses.gateway, query)
    assert answer["data"]["occupation"] is None
    assert len(answer["data"]["courses"]) == 3
    [error] = answer["errors"]
    assert error["path"] == ["occupation"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
