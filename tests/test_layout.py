"""Imports follow the README's project layout, which import-linter checks for the packages alone."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)/` \| .+ \| (.+) \|$", re.MULTILINE)
MAY_IMPORT = {folder: set(re.findall(r"`(\w+)`", allowed)) for folder, allowed in ROW.findall(README)}
PACKAGES = ("db", "execution", "resolvers", "schema", "seed", "server")


def imported(path: Path) -> Iterator[str]:
    """Yield the top-level names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_what_the_readme_says(package: str) -> None:
    names = {name for path in (ROOT / package).rglob("*.py") for name in imported(path)}
    assert names & {*PACKAGES, "bench", "tests"} <= {package} | MAY_IMPORT[package]


def test_the_bounded_cache_imports_the_standard_library_alone() -> None:
    assert set(imported(ROOT / "bounded_cache.py")) <= sys.stdlib_module_names


MODULES = [
    ROOT / "bounded_cache.py",
    *(
        path
        for name in (*PACKAGES, "bench")
        for path in (ROOT / name).rglob("*.py")
        # `make bench` installs the peers' packages in a folder of bench/.
        if not {".venv", "node_modules"} & {*path.parts}
    ),
]


def called(path: Path) -> set[str]:
    """Return the names of the functions that a module calls."""
    calls = (node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return {function.id for function in calls if isinstance(function, ast.Name)}


def test_only_execution_runs_source_that_is_made_at_run_time() -> None:
    users = {path.relative_to(ROOT).as_posix() for path in MODULES if called(path) & {"exec", "eval", "compile"}}
    assert users == {"execution/programs.py"}


def test_no_module_calls_c_functions_through_ctypes() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in MODULES if "ctypes" in imported(path)] == []
