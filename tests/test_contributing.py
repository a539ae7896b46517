"""CONTRIBUTING.md: its commands and paths exist, and its example field works as written."""

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from textwrap import dedent, indent

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = (
    "CONTRIBUTING.md",
    "README.md",
    "docs/assistants.md",
    "docs/data.md",
    "docs/production.md",
    "docs/postgresql.md",
    "docs/benchmarks.md",
)
RULE = re.compile(r"^([\w./-]+(?: [\w./-]+)*):(?!=)", re.MULTILINE)
TARGETS = {target for rule in RULE.findall((ROOT / "Makefile").read_text(encoding="utf-8")) for target in rule.split()}


def code(page: str) -> str:
    """Return what a page has in code blocks and between backticks, one piece a line."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```(?:sh|)\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return "\n".join([*blocks, *re.findall(r"(?<!`)`([^`]+)`(?!`)", text)])


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_exist(page: str) -> None:
    commands = re.findall(r"(?:^|&& )make((?: [\w./-]+(?![\w=]))+)", code(page), re.MULTILINE)
    named = {target for command in commands for target in command.split()}
    assert sorted(named - TARGETS) == []


@pytest.mark.parametrize("page", PAGES)
def test_modules_that_are_run_exist(page: str) -> None:
    modules = set(re.findall(r"python -m ([\w.]+)", code(page)))
    assert [module for module in sorted(modules) if find_spec(module) is None] == []


def test_paths_in_commands_exist() -> None:
    paths = re.findall(r"(?<=[ =\"])(?:tests|db|web|seed|docs)/[\w./-]+", code("CONTRIBUTING.md"))
    assert paths
    assert [path for path in paths if not (ROOT / path).exists() and "X.Y.Z" not in path] == []


def test_each_task_takes_five_steps() -> None:
    tasks = [section for section in TEXT.split("\n## ")[1:] if re.match(r"Run one|Add|Make", section)]
    assert [section.partition("\n")[0] for section in tasks] == [
        "Run one test",
        "Add a field",
        "Add an importer",
        "Add a section to a page",
        "Add a migration",
        "Make a release",
    ]
    for section in tasks:
        assert re.findall(r"^(\d)\. ", section, re.MULTILINE) == ["1", "2", "3", "4", "5"]


def test_the_example_field_is_in_the_schema_and_its_test_passes(tmp_path: Path) -> None:
    copy = tmp_path / "rolegraph"
    for name in ("db", "execution", "resolvers", "schema", "seed", "server", "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("bounded_cache.py", "pyproject.toml"):
        shutil.copy(ROOT / name, copy)
    batch, field, test = [dedent(block) for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)]
    _append(copy / "resolvers" / "occupations.py", batch)
    _append(copy / "tests" / "resolvers" / "test_occupation.py", test)
    types = copy / "schema" / "occupations.py"
    declared = types.read_text(encoding="utf-8")
    title = re.search(r"^    title: Annotated.*\n", declared, re.MULTILINE)
    assert title
    types.write_text(declared.replace(title[0], title[0] + indent(field, "    "), 1), encoding="utf-8")

    [name] = re.findall(r"def (test_\w+)", test)
    printed = _run(copy, "schema")
    assert '  """Path of its page on this server."""\n  path: String!\n' in printed
    chosen = ("tests/resolvers/test_occupation.py", "-k", f"{name} and sqlite")
    assert "1 passed" in _run(copy, "pytest", "-n0", "-p", "no:cacheprovider", *chosen)


def _append(path: Path, block: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{block}", encoding="utf-8")


def _run(folder: Path, module: str, *arguments: str) -> str:
    """Run a module in a folder, and return what it printed."""
    command = [sys.executable, "-m", module, *arguments]
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout
