"""GitHub's workflows run what a contributor can run, on the versions that the project names."""

import os
import re
import tomllib
from typing import Any

import pytest
import yaml

from tests.deployment.files import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def steps() -> list[dict[str, Any]]:
    """Return the steps of all workflows."""
    jobs = [job for path in WORKFLOWS for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()]
    return [step for job in jobs for step in job["steps"]]


COMMANDS = [step["run"] for step in steps() if "run" in step]


def test_continuous_integration_runs_its_script_and_lists_schema_changes() -> None:
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "nightly.yml"]
    assert COMMANDS[:2] == [".ci/run", "make schema-diff"]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_exist(command: str) -> None:
    program, *arguments = command.split()
    assert os.access(ROOT / program, os.X_OK) or (program == "make" and arguments[0] in TARGETS)


def test_versions_are_the_oldest_supported() -> None:
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    versions = {version for step in steps() for name, version in step.get("with", {}).items() if "python" in name}
    assert {f">={version}" for version in versions} == {oldest}
