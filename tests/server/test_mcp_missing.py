"""Without the package that MCP needs the server runs, and a command that needs it says how to install it."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from server.command import main as serve
from server.mcp.__main__ import main as serve_stdio
from tests.server.processes import ROOT, SETTINGS


@pytest.mark.parametrize("main", [serve, serve_stdio])
def test_without_the_package_the_commands_name_the_make_target(
    main: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    database_url: str,
) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("MCP", "true")
    monkeypatch.setattr(sys, "argv", ["command"])
    monkeypatch.setitem(sys.modules, "mcp", None)
    assert main() == 1
    assert capfd.readouterr().err == ("error: MCP needs the package mcp, which is not installed. Run: make .venv/mcp\n")


def test_the_application_without_mcp_does_not_import_the_package() -> None:
    script = "import server.app, server.command, sys; print('mcp' in sys.modules)"
    inherited = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=inherited, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
