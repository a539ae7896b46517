"""``python -m seed`` as a user runs it: repeated, refused, interrupted, killed and out of disk space."""

import os
import signal
import sqlite3
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from db.condition import Condition, check
from db.location import DEFAULT_URL
from db.models import Occupation, Source
from db.vocabulary import OccupationKind
from db.writing import writing
from seed import dataset as storing
from seed.command import main
from seed.comparison_page import store_page
from seed.importers import SOURCES
from seed.oews.read import read
from seed.oews.release import store_release
from seed.publisher_files import PublisherFiles
from tests.forking import Forked, Script
from tests.seed import (
    test_cip_soc,
    test_cpi,
    test_cps,
    test_delineations,
    test_onet,
    test_price_parities,
    test_projections,
    test_soc,
)
from tests.seed.oews_release import GROUP, as_flat_files, as_package, as_workbook, national
from tests.seed.test_seeding import dump
from tests.seed.workbooks import archive, lay
from tests.server.processes import finish

ROOT = Path(__file__).parents[2]
Files = Mapping[str, bytes]

FILES: Mapping[str, Files] = {
    "oews": as_workbook("November 2025"),
    "soc": test_soc.FILES,
    "projections": test_projections.FILES,
    "cps": test_cps.FILES,
    "onet": {"Read Me.txt": test_onet.README, **test_onet.texts(test_onet.TABLES)},
    "majors": {"CIP2020_SOC2018_Crosswalk.xlsx": test_cip_soc.FORMS["CIP2020_SOC2018_Crosswalk.xlsx"]},
    "areas": test_delineations.FILES,
    "rpp": test_price_parities.FILES,
    "oews-history": {"national_M2026_dl.xlsx": national("May 2026")},
    "cpi": test_cpi.FILES,
}
"""Small files of each source, of newer releases than the stored ones."""

MORE = {"11-1011": "Chief Executives", "27-2011": "Actors", "27-4032": "Film and Video Editors"}
"""Occupations in these files that the test release of OEWS does not have."""


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a database with the page and a few occupations."""
    folder = tmp_path_factory.mktemp("seeded")
    for name, content in as_package().items():
        (folder / name).write_bytes(content)
    path = folder / "new.sqlite3"
    with writing(f"sqlite:///{path}") as session:
        store_page(session)
        store_release(session, read(PublisherFiles(folder)))
        session.add_all(_occupations(session))
    return path.read_bytes()


def _occupations(session: Session) -> list[Occupation]:
    like = session.scalars(select(Occupation).where(col(Occupation.code) == "27-2012")).one()
    return [
        Occupation(
            slug=title.lower().replace(" ", "-"),
            code=code,
            title=title,
            kind=OccupationKind.DETAILED,
            group_code=like.group_code,
            source_id=like.source_id,
        )
        for code, title in MORE.items()
    ]


@pytest.fixture
def url(tmp_path: Path, seeded: bytes) -> str:
    path = tmp_path / "data.sqlite3"
    path.write_bytes(seeded)
    return f"sqlite:///{path}"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run the command in this process; return its exit status, stdout and stderr."""
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def one_line(line: str) -> str:
    """Return a one-line error message without "error: " and the line end."""
    assert line.startswith("error: ")
    assert line.count("\n") == 1
    assert not any(word in line for word in ("Traceback", "INSERT", "SELECT", "sqlalchemy", "sqlite3.", "[SQL"))
    return line.removeprefix("error: ").removesuffix("\n")


def test_every_source_has_test_files() -> None:
    assert tuple(FILES) == SOURCES


@pytest.mark.parametrize("source", SOURCES)
def test_a_repeated_import_changes_nothing(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    path = lay(tmp_path / source, FILES[source])
    before = dump(url)
    status, out, err = run(capsys, "import", source, path, "--database-url", url)
    assert (status, err) == (0, "")
    assert all(": read " in line or line.startswith("  skipped ") for line in out.splitlines())
    stored = dump(url)
    assert stored != before
    content = (tmp_path / "data.sqlite3").read_bytes()
    status, again, err = run(capsys, "import", source, path, "--database-url", url)
    assert (status, err) == (0, "")
    names = [line.partition(": read ")[0] for line in out.splitlines() if ": read " in line]
    assert again.splitlines() == [f"{name}: unchanged" for name in names]
    assert dump(url) == stored
    # The file itself is not written to.
    assert (tmp_path / "data.sqlite3").read_bytes() == content


def test_all_sources_can_be_stored_in_one_database(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for source in SOURCES:
        path = lay(tmp_path / source, FILES[source])
        _, _, err = run(capsys, "import", source, path, "--database-url", url)
        assert err == ""


@pytest.mark.parametrize("source", SOURCES)
def test_a_zip_of_the_same_files_changes_nothing(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    run(capsys, "import", source, lay(tmp_path / source, FILES[source]), "--database-url", url)
    path = tmp_path / "download.zip"
    path.write_bytes(archive({f"a folder/{name}": content for name, content in FILES[source].items()}))
    status, out, err = run(capsys, "import", source, path, "--database-url", url)
    assert (status, err) == (0, "")
    assert all(line.endswith(": unchanged") for line in out.splitlines())


def test_the_command_in_a_new_process(tmp_path: Path) -> None:
    path = lay(tmp_path / "oews", as_flat_files())
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    title = "Occupational Employment and Wage Statistics (OEWS) May 2025"
    command = [sys.executable, "-m", "seed", "import", "oews", str(path), "--database-url", url]
    first = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (first.returncode, first.stdout, first.stderr) == (0, f"{title}: read 19, stored 19\n", "")
    environment = os.environ | {"DATABASE_URL": url}
    again = Forked(("seed", "import", "oews", path, "--release", "May 2025"), environment=environment)
    assert finish(again) == (0, f"{title}: unchanged\n", "")


def test_the_database_can_be_named_before_or_after_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    missing = tmp_path / "absent.sqlite3"
    message = f"error: {missing} holds no data yet: run python -m seed\n"
    for arguments in (
        ["--database-url", f"sqlite:///{missing}", "status"],
        ["status", "--database-url", f"sqlite:///{missing}"],
    ):
        assert run(capsys, *arguments) == (1, "", message)
    default = DEFAULT_URL.removeprefix("sqlite:///")
    assert run(capsys, "status") == (1, "", f"error: {default} holds no data yet: run python -m seed\n")


DAMAGED: Mapping[str, str] = {
    "oews": "all_data_M_2025.xlsx",
    "soc": "soc_structure_2018.xlsx",
    "projections": "skills.xlsx",
    "cps": "cpsaat11b.xlsx",
    "majors": "CIP2020_SOC2018_Crosswalk.xlsx",
    "oews-history": "national_M2026_dl.xlsx",
}
"""One workbook of each source that has workbooks."""


def refused(capsys: pytest.CaptureFixture[str], url: str, *arguments: str | Path) -> str:
    """Run a command that must fail without changing the database, and return its error message."""
    before = dump(url)
    status, out, err = run(capsys, *arguments, "--database-url", url)
    assert (status, out) == (1, "")
    assert dump(url) == before
    return one_line(err)


@pytest.mark.parametrize("source", DAMAGED)
def test_a_truncated_workbook_is_refused(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    name = DAMAGED[source]
    path = lay(tmp_path / source, {**FILES[source], name: FILES[source][name][:-60]})
    line = refused(capsys, url, "import", source, path)
    assert line.startswith(f"{name} in {path} is not a readable xlsx file: ")


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("damage", ["cut", "another content"])
def test_a_damaged_zip_is_refused(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str], source: str, damage: str
) -> None:
    whole = archive(FILES[source])
    path = tmp_path / "download.zip"
    # Changing a byte of the first file's content leaves the archive's directory readable.
    name = next(iter(FILES[source])).encode()
    place = whole.index(name) + len(name) + 20
    another = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
    path.write_bytes(whole[:-30] if damage == "cut" else another)
    line = refused(capsys, url, "import", source, path)
    assert str(path) in line
    assert ("cannot be read" if damage == "cut" else "is damaged") in line


@pytest.mark.parametrize("source", SOURCES)
def test_the_files_of_other_sources_are_refused(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    # The national workbook is a release of OEWS too, and imports of OEWS take it.
    own = {source, "oews-history"} if source == "oews" else {source}
    others = {name: content for other in SOURCES if other not in own for name, content in FILES[other].items()}
    line = refused(capsys, url, "import", source, lay(tmp_path / "others", others))
    assert str(tmp_path / "others") in line


@pytest.mark.parametrize("source", SOURCES)
def test_a_release_older_than_the_stored_one_is_refused(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    path = lay(tmp_path / source, FILES[source])
    assert run(capsys, "import", source, path, "--database-url", url)[0] == 0
    with writing(url) as session:
        session.execute(update(Source).values(version="2999", release="of the year 2999"))
    assert "is older than the stored release of the year 2999" in refused(capsys, url, "import", source, path)


def test_a_missing_path_is_refused(tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "absent.zip"
    assert refused(capsys, url, "import", "cps", path) == f"{path} cannot be read: No such file or directory"


def test_an_import_into_an_empty_database_says_what_to_do(
    tmp_path: Path, new_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lay(tmp_path / "majors", FILES["majors"])
    status, out, err = run(capsys, "import", "majors", path, "--database-url", new_url)
    assert (status, out) == (1, "")
    assert one_line(err) == ("CIP to SOC crosswalk: no row is about a stored occupation. Run python -m seed first.")
    assert check(new_url) is Condition.EMPTY


def test_a_refused_import_creates_no_database(tmp_path: Path, new_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "import", "oews", lay(tmp_path / "others", FILES["cps"]), "--database-url", new_url)
    assert (status, out) == (1, "")
    assert "has no OEWS release" in one_line(err)
    assert not (tmp_path / "new.sqlite3").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "census", "."],
        ["import", "oews"],
        ["import"],
        ["distil", "oews", "."],
        ["fetch", "census"],
        ["seed"],
        ["status", "--release", "30.2"],
    ],
)
def test_an_invalid_command_prints_its_usage(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: python -m seed ")
    assert "error: " in err.splitlines()[-1]


@pytest.mark.parametrize("command", [[], ["import"], ["fetch"], ["distil"], ["status"]])
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: python -m seed ")


# Imports that stop before they are committed.


KILLED = """
import os, signal, sys
from seed import dataset
from seed.command import main
from seed.oews import release
load = dataset.bulk_insert

def load_and_die(*arguments):
    print(load(*arguments), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

dataset.bulk_insert = release.bulk_insert = load_and_die
main(sys.argv[1:])
"""


@pytest.mark.parametrize("source", ["oews", "cps"])
def test_a_killed_import_leaves_the_database_unchanged(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    before = dump(url)
    path = lay(tmp_path / source, FILES[source])
    status, out, _ = finish(Script(KILLED, "import", source, path, "--database-url", url))
    assert status == -signal.SIGKILL
    assert int(out) > 0
    assert dump(url) == before
    assert run(capsys, "import", source, path, "--database-url", url)[0] == 0


MANY = [("N0000000", f"{number:06}", "272012", GROUP) for number in range(500)]
"""More cells than fit on the full disk once decompressed."""


@pytest.mark.parametrize(
    ("source", "files", "problem"),
    [
        ("onet", FILES["onet"], "cannot write {database}: "),
        (
            "oews",
            as_package("November 2025", MANY),
            "oews-2025.sqlite.gz cannot be decompressed: [Errno 27] File too large",
        ),
        (
            "oews",
            as_flat_files("November 2025", MANY),
            "Occupational Employment and Wage Statistics (OEWS) November 2025 cannot be read: ",
        ),
    ],
)
def test_a_full_disk_leaves_the_database_unchanged(
    tmp_path: Path, url: str, source: str, files: Files, problem: str
) -> None:
    before = dump(url)
    path = lay(tmp_path / source, files)
    # A limit of the size of files acts like a full disk. The index of the write-ahead log takes 32 KiB. The log of the
    # whole import exceeds the rest.
    process = Forked(("seed", "import", source, path, "--database-url", url), largest_file=40_000)
    status, out, err = finish(process)
    assert (status, out) == (1, "")
    assert one_line(err).startswith(problem.format(database=tmp_path / "data.sqlite3"))
    assert dump(url) == before


def test_a_database_that_cannot_grow_is_left_unchanged(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop_growing(connection: sqlite3.Connection, _: object) -> None:
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    event.listen(Engine, "connect", stop_growing)
    try:
        line = refused(capsys, url, "import", "onet", lay(tmp_path / "onet", FILES["onet"]))
    finally:
        event.remove(Engine, "connect", stop_growing)
    assert line == f"cannot write {tmp_path / 'data.sqlite3'}: database or disk is full"


def test_an_interrupted_import_leaves_the_database_unchanged(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = dump(url)

    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(storing, "bulk_insert", interrupt)
    path = lay(tmp_path / "cps", FILES["cps"])
    assert run(capsys, "import", "cps", path, "--database-url", url) == (130, "", "error: interrupted\n")
    assert dump(url) == before


def test_progress_is_shown_on_a_terminal(tmp_path: Path, url: str) -> None:
    path = lay(tmp_path / "oews", as_flat_files("November 2025"))
    screen, terminal = os.openpty()
    termios.tcsetwinsize(terminal, (24, 120))
    command = [sys.executable, "-m", "seed", "import", "oews", str(path), "--database-url", url]
    shown = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=terminal, timeout=60, check=True)
    os.set_blocking(screen, False)
    bars = os.read(screen, 1 << 16)
    for end in (screen, terminal):
        os.close(end)
    assert b"Occupational Employment and Wage Statistics (OEWS):" in bars
    assert shown.stdout.endswith(b": read 19, stored 19\n")
