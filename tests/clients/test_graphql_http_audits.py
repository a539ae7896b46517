"""The audits of the npm package graphql-http, which check a server against GraphQL over HTTP: MUST, SHOULD and MAY."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from tests.clients.conftest import REPOSITORY

WEB = REPOSITORY / "web"

AUDITS = 61
"""The number of audits, so that a missing one is noticed."""

RUN_ALL = """
import { auditServer } from 'graphql-http';
const results = await auditServer({ url: process.argv[1] });
console.log(JSON.stringify(results.map(({ id, name, status, reason }) => ({ id, name, status, reason }))));
"""


@pytest.mark.skipif(
    shutil.which("node") is None or not (WEB / "node_modules" / "graphql-http").exists(),
    reason="web/node_modules has no graphql-http: make web-tools installs it with npm",
)
def test_every_audit_passes(server_url: str) -> None:
    finished = subprocess.run(
        ["node", "--input-type=module", "--eval", RUN_ALL, f"{server_url}/graphql"],
        cwd=WEB,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    results: list[dict[str, Any]] = json.loads(finished.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert len({result["id"] for result in results}) == AUDITS
