"""The bundled data: it is stored completely and once, and imported releases take precedence over it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col

from db.models import Description, Occupation, OccupationSkill, Source, Wage, WeeklyEarnings
from db.vocabulary import SkillKind
from db.writing import writing
from seed import cps, soc
from seed.command import main
from seed.dataset import Dataset, Report, Table, store
from seed.embedded import store_embedded
from seed.oews.read import read as read_oews
from seed.oews.release import store_release
from seed.publisher_files import PublisherFiles
from tests.databases import file_of
from tests.seed import test_cps, test_soc
from tests.seed.oews_release import CELLS, as_flat_files, as_package
from tests.seed.workbooks import Sheet, lay, xlsx


@pytest.fixture(scope="module")
def connection(everything: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{file_of(everything)}?mode=ro", uri=True)) as opened:
        yield opened


def count(connection: sqlite3.Connection, rows: str) -> int:
    [found] = connection.execute(f"SELECT count(*) FROM {rows}").fetchone()  # noqa: S608 - only the literals below
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
        ("job_count WHERE basis = 'WAGE_AND_SALARY'", 830),
        ("outlook WHERE source_id = 'ep-outlook'", 830),
        ("occupation_group WHERE level = 'MAJOR'", 22),
        ("source WHERE embedded", 33),
        # Prosthodontists have no estimate of May 2022.
        ("wage_year", 5 * 830 - 1),
        ("consumer_price_index", 5),
        ("area_name WHERE source_id = 'census-areas'", 1_963),
        ("price_parity WHERE source_id = 'bea-rpp-states'", 52),
        # The areas that the wages have: 373 of 393 metropolitan areas, none of 135 nonmetropolitan areas.
        ("price_parity JOIN area ON code = area_code WHERE kind = 'METRO'", 373),
        ("price_parity JOIN area ON code = area_code WHERE kind = 'NONMETRO'", 0),
        ("interest", 6 * 748),
        ("alternate_title WHERE source_id = 'onet-titles'", 59_149),
        ("alternate_title WHERE source_id = 'soc-direct-titles'", 5_935),
        ("alternate_title WHERE source_id = 'rolegraph-titles'", 2_821),
        ("uncovered_title", 1_747),
        ("job_title WHERE code IS NOT NULL AND not_covered IS NOT NULL", 21),
        ("wider_group WHERE code LIKE 'acs-%'", 145),
        ("wider_group WHERE code LIKE 'census-%'", 134),
        ("education WHERE degrees_group_code IS NOT NULL", 455),
        ("share WHERE percent IS NULL AND missing = 'SUPPRESSED'", 209),
        ("source WHERE license = ''", 0),
        ("description WHERE source_id = 'rolegraph-words'", 830),
        ("responsibility WHERE source_id = 'rolegraph-words'", 6_508),
        ("work_activity", 332),
        # Publishers' sentences are not ours to bundle.
        ("description WHERE source_id NOT IN ('comparison-page', 'rolegraph-words')", 0),
        ("responsibility WHERE source_id NOT IN ('comparison-page', 'rolegraph-words')", 0),
    ],
)
def test_numbers_of_rows(connection: sqlite3.Connection, rows: str, number: int) -> None:
    assert count(connection, rows) == number


def test_every_cell_of_the_release_is_stored(connection: sqlite3.Connection) -> None:
    assert count(connection, "wage WHERE source_id = 'oews'") + count(connection, "group_wage") == 370_172


def test_the_database_passes_its_integrity_checks(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_every_occupation_is_below_the_total(connection: sqlite3.Connection) -> None:
    parents = dict(connection.execute("SELECT code, parent_code FROM occupation_group"))
    assert [code for code, parent in parents.items() if parent is None] == ["00-0000"]
    for code, group in connection.execute("SELECT code, group_code FROM occupation WHERE code IS NOT NULL"):
        place, steps = group, 0
        while place != "00-0000":
            place, steps = parents[place], steps + 1
        # Groups above it: broad, minor and major. An aggregate with the code of a broad group has only two.
        assert 2 <= steps <= 3, code


def test_a_repeated_run_writes_nothing(everything: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "copy.sqlite3"
    shutil.copy(file_of(everything), path)
    before = path.read_bytes()
    assert main(["--database-url", f"sqlite:///{path}"]) == 0
    assert tuple(capsys.readouterr()) == ("all bundled data is stored: nothing to do\n", "")
    assert path.read_bytes() == before


# Bundled and imported data together, in a small database for speed.


def by_source(url: str) -> dict[str, tuple[str | None, bool]]:
    with writing(url) as session:
        return {row.id: (row.release, row.embedded) for row in session.scalars(select(Source))}


def import_oews(url: str, folder: Path, release: str = "May 2025") -> None:
    with writing(url) as session:
        store_release(session, read_oews(PublisherFiles(lay(folder, as_flat_files(release)))))


EARNINGS_2024: Sheet = [["Occupation", "2024"] if row[0] == "Occupation" else row for row in test_cps.TABLE_39]


def import_earnings(url: str, path: Path, table: Sheet) -> None:
    path.write_bytes(xlsx({"cpsaat39": [*table[:-1], ["Producers and directors", 1, 1000, 1, 1001, 1, 1002]]}))
    _, dataset = cps.read(PublisherFiles(path))
    with writing(url) as session:
        store(session, dataset)


def earnings(url: str) -> int | None:
    with writing(url) as session:
        producers = select(WeeklyEarnings).join(Occupation, col(Occupation.id) == WeeklyEarnings.occupation_id)
        return session.scalars(producers.where(col(Occupation.code) == "27-2012")).one().everyone


def test_imported_data_stays_unless_the_bundled_release_is_newer(
    tmp_path: Path, new_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import_oews(new_url, tmp_path / "oews")
    import_earnings(new_url, tmp_path / "cpsaat39.xlsx", EARNINGS_2024)
    with writing(new_url) as session:
        dataset, _ = soc.read(PublisherFiles(lay(tmp_path / "soc", test_soc.FILES)))
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
        # The four cells of groups are in another table.
        assert session.scalar(cells) == len(CELLS) - 4
        texts = session.scalars(select(col(Description.text)).where(col(Description.source_id) == "soc"))
        assert texts.all() == ["Produce or direct."]

    # The publisher's own files of the same release replace the bundled figures, and stay.
    import_earnings(new_url, tmp_path / "cpsaat39.xlsx", test_cps.TABLE_39)
    assert (earnings(new_url), by_source(new_url)["cps-39"][1]) == (1000, False)
    assert main(["--database-url", new_url]) == 0
    assert capsys.readouterr().out == "all bundled data is stored: nothing to do\n"
    assert earnings(new_url) == 1000


def embedded_release(url: str, folder: Path, release: str) -> Report:
    """Store a release as if it were bundled."""
    found = read_oews(PublisherFiles(lay(folder, as_package(release))))
    found.source.embedded = True
    with writing(url) as session:
        return store_release(session, found)


def test_bundled_wages_only_replace_older_ones(tmp_path: Path, new_url: str) -> None:
    import_oews(new_url, tmp_path / "imported", "May 2024")
    assert embedded_release(new_url, tmp_path / "same", "May 2024").unchanged
    assert embedded_release(new_url, tmp_path / "older", "May 2023").unchanged
    assert by_source(new_url)["oews"] == ("May 2024", False)
    assert embedded_release(new_url, tmp_path / "newer", "May 2025").stored == len(CELLS)
    assert by_source(new_url)["oews"] == ("May 2025", True)
    import_oews(new_url, tmp_path / "own")
    assert by_source(new_url)["oews"] == ("May 2025", False)


def survey(embedded: bool, version: str, *tables: Table) -> Dataset:
    source = Source(id="survey", name="A survey", release=version, version=version, license="CC0", digest=version)
    source.embedded = embedded
    return Dataset(source, tables, read=2)


def test_bundled_figures_replace_all_rows_of_an_older_release(tmp_path: Path, new_url: str) -> None:
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
        # The descriptions were part of the older release.
        assert session.scalars(select(Description)).all() == []
        assert len(session.scalars(select(OccupationSkill)).all()) == 1


REFUSAL = "release May 2025 is older than the stored release May 2999"


def test_data_bundled_with_an_older_rolegraph_is_refused_in_one_line(
    tmp_path: Path, new_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import_oews(new_url, tmp_path / "oews")
    with writing(new_url) as session:
        session.execute(update(Source).values(version="2999-05", release="May 2999", embedded=True))
    assert main(["--database-url", new_url]) == 1
    assert tuple(capsys.readouterr()) == ("", f"error: Occupational Employment and Wage Statistics (OEWS): {REFUSAL}\n")
