"""Runs the clients and tools of docs/clients."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

CLIENTS = Path(__file__).parents[2] / "docs" / "clients"
MODULES = CLIENTS / "node_modules"

needs_modules = pytest.mark.skipif(
    not (MODULES / ".tools").exists(),
    reason="docs/clients/node_modules is missing: make client-tools installs it with npm",
)

# A request to another machine starts with a name lookup.
OFFLINE = """
require('node:dns').lookup = (name) => { throw new Error(`looked up ${name}`); };
"""


def run(
    *command: str | Path, folder: Path = CLIENTS, environment: Mapping[str, str] | None = None
) -> tuple[int, str, str]:
    """Run a program; return its exit status and what it has written to both streams."""
    finished = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1"} | dict(environment or {}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return finished.returncode, finished.stdout, finished.stderr
