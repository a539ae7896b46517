"""The changelog, the version and the kept schemas agree, and the changelog names each breaking change of the schema."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from graphql import build_schema, find_breaking_changes

ROOT = Path(__file__).parent.parent
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
RELEASES = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", CHANGELOG, re.MULTILINE)
UNRELEASED = CHANGELOG.partition("## [Unreleased]\n")[2].partition("\n## ")[0]
KEPT = {path.stem.removeprefix("schema-"): path for path in (ROOT / "docs" / "releases").glob("schema-*.graphql")}
SCHEMA = (ROOT / "schema.graphql").read_text(encoding="utf-8")
INSPECTOR = ROOT / "web" / "node_modules" / ".bin" / "graphql-inspector"


def breaking(old: str, new: str) -> list[str]:
    """Return the ``Type`` or ``Type.field`` of each breaking change."""
    changes = find_breaking_changes(build_schema(old), build_schema(new))
    described = [change.description for change in changes if not change.description.startswith("Standard scalar ")]
    names = [re.search(r"\w+\.\w+|@\w+", text) or re.match(r"\w+", text) for text in described]
    return [name[0] if name else text for name, text in zip(names, described, strict=True)]


def test_the_newest_release_is_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert RELEASES[0] == version


def test_each_release_has_its_schema() -> None:
    assert sorted(KEPT) == sorted(RELEASES)


def test_the_changelog_names_each_breaking_change() -> None:
    changes = breaking(KEPT[RELEASES[0]].read_text(encoding="utf-8"), SCHEMA)
    unnamed = [f"`{change}`" for change in changes if f"`{change}`" not in UNRELEASED]
    assert unnamed == [], 'name these breaking changes of the schema under "Unreleased" in CHANGELOG.md'


def test_the_changelog_names_only_what_exists() -> None:
    """Each coordinate in the unreleased part is one of the schema, or was one of the last release."""
    schemas = [build_schema(text) for text in (KEPT[RELEASES[0]].read_text(encoding="utf-8"), SCHEMA)]
    known = {
        f"{type_name}.{member}"
        for schema in schemas
        for type_name, named in schema.type_map.items()
        for member in getattr(named, "fields", getattr(named, "values", ()))
    }
    types = "|".join({name for schema in schemas for name in schema.type_map})
    named = re.findall(rf"`((?:{types})\.\w+)", UNRELEASED)
    assert [coordinate for coordinate in named if coordinate not in known] == []
    assert len(named) > 0


AREAS = "type Area { code: ID! } enum Unit { A B }"


@pytest.mark.parametrize(
    ("new", "names"),
    [
        (f"type Query {{ area: Int skill(of: Int): Int }} {AREAS}", ["Query.area"]),
        ("type Query { area: Int skill(of: Int): Int } enum Unit { A B }", ["Area", "Query.area"]),
        (f"type Query {{ area: Area skill: Int }} {AREAS.replace(' B', '')}", ["Query.skill", "Unit.B"]),
        (f"type Query {{ area: Area skill(of: Int, to: Int): Int more: Int }} {AREAS}", []),
    ],
)
def test_breaking_changes_are_found(new: str, names: list[str]) -> None:
    assert breaking(f"type Query {{ area: Area skill(of: Int): Int }} {AREAS}", new) == names


@pytest.mark.skipif(not INSPECTOR.exists(), reason="web/node_modules has no graphql-inspector: run make web-tools")
def test_schema_diff_compares_with_the_newest_release_and_lists_breaking_changes(tmp_path: Path) -> None:
    # The Makefile as it is, in a folder with a schema that lacks a field.
    removed = SCHEMA.replace("type Share {", "type Share {\n  new: Int", 1).replace("totalCount: Int!", "total: Int!")
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "schema.graphql").write_text(removed, encoding="utf-8")
    releases = tmp_path / "docs" / "releases"
    releases.mkdir(parents=True)
    shutil.copy(KEPT[RELEASES[0]], releases / "schema-0.10.0.graphql")
    (releases / "schema-0.9.0.graphql").write_text("type Query { nothing: Int }", encoding="utf-8")
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "node_modules").symlink_to(INSPECTOR.parent.parent)
    finished = subprocess.run(
        ["make", "--old-file=web/node_modules/.tools", "schema-diff"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Field totalCount was removed from object type OccupationConnection" in finished.stdout
    assert "Field new was added to object type Share" in finished.stdout
    assert "breaking changes" in finished.stdout + finished.stderr
