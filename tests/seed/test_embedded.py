"""What comes with Rolegraph: all of it stored, once; and how it gets on with what users import themselves."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col

from db.models import Description, OccupationSkill, Source, Wage, WeeklyEarnings
from db.vocabulary import SkillKind
from db.writing import writing
from seed import cps, soc
from seed.__main__ import main
from seed.dataset import Dataset, Report, Table, store
from seed.embedded import store_embedded
from seed.oews.read import read as read_oews
from seed.oews.release import store_release
from seed.publisher_files import PublisherFiles
from tests.databases import file_of
from tests.seed import test_cps, test_soc
from tests.seed.oews_release import CELLS, as_flat_files, as_package
from tests.seed.test_oews import lay
from tests.seed.workbooks import Sheet, xlsx


@pytest.fixture(scope="module")
def connection(everything: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{file_of(everything)}?mode=ro", uri=True)) as opened:
        yield opened


def count(connection: sqlite3.Connection, rows: str) -> int:
    [found] = connection.execute(f"SELECT count(*) FROM {rows}").fetchone()  # noqa: S608 - our own words
    number: int = found
    return number


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ("occupation WHERE kind = 'DETAILED'", 830),
        ("occupation WHERE kind = 'ROLE'", 2),
        ("area", 583),
        ("area WHERE kind = 'STATE'", 54),
        ("area WHERE kind IN ('METRO', 'NONMETRO')", 528),
        ("industry", 444),
        ("industry WHERE display_level = 2 AND code LIKE '%-%'", 20),
        ("wage WHERE source_id = 'oews'", 304_936),
        ("group_wage", 65_236),
        ("job_count WHERE basis = 'EMPLOYED'", 830),
        ("outlook WHERE source_id = 'ep-outlook'", 830),
        ("occupation_group WHERE level = 'MAJOR'", 22),
        ("source WHERE embedded", 17),
        ("source WHERE licence = ''", 0),
        ("description WHERE source_id <> 'comparison-page'", 0),
        ("responsibility WHERE source_id <> 'comparison-page'", 0),
    ],
)
def test_how_many_rows_there_are(connection: sqlite3.Connection, rows: str, number: int) -> None:
    assert count(connection, rows) == number


def test_every_cell_of_the_release_is_stored(connection: sqlite3.Connection) -> None:
    assert count(connection, "wage WHERE source_id = 'oews'") + count(connection, "group_wage") == 370_172


def test_the_database_is_whole(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_every_occupation_has_a_place_below_all_of_them(connection: sqlite3.Connection) -> None:
    parents = dict(connection.execute("SELECT code, parent_code FROM occupation_group"))
    assert [code for code, parent in parents.items() if parent is None] == ["00-0000"]
    for code, group in connection.execute("SELECT code, group_code FROM occupation WHERE code IS NOT NULL"):
        place, steps = group, 0
        while place != "00-0000":
            place, steps = parents[place], steps + 1
        # A broad, a minor and a major group are above it, or those of them that its code leaves room for.
        assert 2 <= steps <= 3, code


def test_a_second_time_nothing_is_written(everything: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "copy.sqlite3"
    shutil.copy(file_of(everything), path)
    before = path.read_bytes()
    assert main(["--database-url", f"sqlite:///{path}"]) == 0
    assert tuple(capsys.readouterr()) == ("everything that comes with Rolegraph is stored: up to date\n", "")
    assert path.read_bytes() == before


# Beside what users import themselves: a database with a few occupations, so that it goes fast.


def by_source(url: str) -> dict[str, tuple[str | None, bool]]:
    with writing(url) as session:
        return {row.id: (row.release, row.embedded) for row in session.scalars(select(Source))}


def import_oews(url: str, folder: Path, release: str = "May 2025") -> None:
    with writing(url) as session:
        store_release(session, read_oews(PublisherFiles(lay(folder, as_flat_files(release)))))


EARNINGS_2024: Sheet = [["Occupation", "2024"] if row[0] == "Occupation" else row for row in test_cps.TABLE_39]


def import_earnings(url: str, path: Path, table: Sheet) -> None:
    path.write_bytes(xlsx({"cpsaat39": [*table[:-1], ["Producers and directors", 1, 1000, 1, 1001, 1, 1002]]}))
    [dataset] = cps.read(PublisherFiles(path))
    with writing(url) as session:
        store(session, dataset)


def earnings(url: str) -> int | None:
    with writing(url) as session:
        return session.scalars(select(WeeklyEarnings)).one().everyone


def test_what_users_imported_stays_and_what_is_older_goes(
    tmp_path: Path, new_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import_oews(new_url, tmp_path / "oews")
    import_earnings(new_url, tmp_path / "cpsaat39.xlsx", EARNINGS_2024)
    with writing(new_url) as session:
        [dataset] = soc.read(PublisherFiles(lay(tmp_path / "soc", test_soc.FILES)))
        store(session, dataset)
    assert earnings(new_url) == 1000

    with writing(new_url) as session:
        reports = {report.name: report for report in store_embedded(session)}
    assert reports["Occupational Employment and Wage Statistics (OEWS)"].unchanged
    assert reports["Standard Occupational Classification (SOC)"].unchanged
    found = by_source(new_url)
    assert (found["oews"], found["soc"]) == (("May 2025", False), ("2018", False))
    assert found["cps-39"] == ("2025 (11-month averages, October not collected)", True)
    assert earnings(new_url) == 1790
    with writing(new_url) as session:
        cells = select(func.count()).select_from(Wage).where(col(Wage.source_id) == "oews")
        # All but those of the four groups.
        assert session.scalar(cells) == len(CELLS) - 4
        texts = session.scalars(select(col(Description.text)).where(col(Description.source_id) == "soc"))
        assert texts.all() == ["Produce or direct."]

    # The publisher's own files of the same release say more, and take the place of the embedded figures; and stay.
    import_earnings(new_url, tmp_path / "cpsaat39.xlsx", test_cps.TABLE_39)
    assert (earnings(new_url), by_source(new_url)["cps-39"][1]) == (1000, False)
    assert main(["--database-url", new_url]) == 0
    assert capsys.readouterr().out == "everything that comes with Rolegraph is stored: up to date\n"
    assert earnings(new_url) == 1000


def embedded_release(url: str, folder: Path, release: str) -> Report:
    """Store a release as one that comes with Rolegraph is."""
    found = read_oews(PublisherFiles(lay(folder, as_package(release))))
    found.source.embedded = True
    with writing(url) as session:
        return store_release(session, found)


def test_embedded_wages_take_the_place_of_older_ones_only(tmp_path: Path, new_url: str) -> None:
    import_oews(new_url, tmp_path / "imported", "May 2024")
    assert embedded_release(new_url, tmp_path / "same", "May 2024").unchanged
    assert embedded_release(new_url, tmp_path / "older", "May 2023").unchanged
    assert by_source(new_url)["oews"] == ("May 2024", False)
    assert embedded_release(new_url, tmp_path / "newer", "May 2025").stored == len(CELLS)
    assert by_source(new_url)["oews"] == ("May 2025", True)
    import_oews(new_url, tmp_path / "own")
    assert by_source(new_url)["oews"] == ("May 2025", False)


def survey(embedded: bool, version: str, *tables: Table) -> Dataset:
    source = Source(id="survey", name="A survey", release=version, version=version, licence="CC0", digest=version)
    source.embedded = embedded
    return Dataset(source, tables, read=2)


def test_figures_that_take_the_place_of_others_leave_nothing_of_them(tmp_path: Path, new_url: str) -> None:
    import_oews(new_url, tmp_path / "oews")
    skills = Table(
        OccupationSkill, ("soc", "skill", "rank", "importance"), [("27-2012", (SkillKind.SKILL, "Reading"), 1, 50.0)]
    )
    with writing(new_url) as session:
        store(
            session, survey(False, "2024", skills, Table(Description, ("soc", "text"), [("27-2012", "They direct.")]))
        )
    with writing(new_url) as session:
        assert store(session, survey(True, "2025", skills)).stored == 1
    with writing(new_url) as session:
        # The sentences were of the older release.
        assert session.scalars(select(Description)).all() == []
        assert len(session.scalars(select(OccupationSkill)).all()) == 1


REFUSAL = "this is release May 2025, which is older than the stored May 2999"


def test_what_comes_with_an_older_rolegraph_is_refused_in_a_line(
    tmp_path: Path, new_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import_oews(new_url, tmp_path / "oews")
    with writing(new_url) as session:
        session.execute(update(Source).values(version="2999-05", release="May 2999", embedded=True))
    assert main(["--database-url", new_url]) == 1
    assert tuple(capsys.readouterr()) == ("", f"error: Occupational Employment and Wage Statistics (OEWS): {REFUSAL}\n")
