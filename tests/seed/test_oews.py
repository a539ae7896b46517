"""The OEWS importer: every form of a release gives the same rows, and unusable files are refused."""

import gzip
import hashlib
import json
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Area, GroupWage, Industry, JobCount, Occupation, OccupationGroup, Source, Wage
from db.urls import location_of
from db.vocabulary import AreaKind, GroupLevel, JobsBasis
from db.writing import writing
from seed.comparison_page import store_page
from seed.dataset import Report
from seed.oews.read import read
from seed.oews.release import store_release
from seed.publisher_files import ImportRefused, PublisherFiles
from tests.seed.oews_release import (
    CELLS,
    HELD_BACK,
    Cell,
    as_flat_files,
    as_package,
    as_workbook,
    as_workbooks,
    workbook,
)
from tests.seed.workbooks import SHARED, archive, cells, lay, needs_shared, xlsx

Files = Mapping[str, bytes]
Form = Callable[..., dict[str, bytes]]

FORMS: Mapping[str, Form] = {
    "package": as_package,
    "flat files": as_flat_files,
    "flat files with .txt": lambda: {f"{name}.txt": content for name, content in as_flat_files().items()},
    "workbook": as_workbook,
    "workbooks": as_workbooks,
}


def store(url: str, path: Path, release: str | None = None) -> Report:
    with writing(url) as session:
        return store_release(session, read(PublisherFiles(path), release=release))


_KEYS = ("code", "occupation_id", "group_code", "area_code", "industry_code")


@contextmanager
def reading(url: str) -> Generator[Session]:
    engine = location_of(url).inspecting_engine()
    with Session(engine) as session:
        yield session
    engine.dispose()


def stored(url: str) -> dict[str, list[dict[str, Any]]]:
    """The stored rows of a release, with the publisher's codes instead of row ids."""
    found: dict[str, list[dict[str, Any]]] = {}
    with reading(url) as session:
        codes = {row.id: row.code for row in session.scalars(select(Occupation))}
        for table in (Area, Industry, OccupationGroup, Occupation, Wage, GroupWage, JobCount):
            rows = [row.model_dump() for row in session.scalars(select(table))]
            for row in rows:
                row.pop("id", None)
                if "occupation_id" in row:
                    row["occupation_id"] = codes[row["occupation_id"]]
            found[str(table.__tablename__)] = sorted(rows, key=lambda row: [str(row.get(name)) for name in _KEYS])
    return found


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an empty migrated database. Copying it is faster than migrating a new one for each test."""
    path = tmp_path_factory.mktemp("migrated") / "new.sqlite3"
    with writing(f"sqlite:///{path}"):
        pass
    return path.read_bytes()


@pytest.fixture
def new_url(tmp_path: Path, migrated: bytes) -> str:
    path = tmp_path / "new.sqlite3"
    path.write_bytes(migrated)
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("expected")
    url = f"sqlite:///{folder / 'new.sqlite3'}"
    store(url, lay(folder / "files", as_package()))
    return stored(url)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("carrier", ["folder", "zip"])
def test_every_form_gives_the_same_rows(
    tmp_path: Path, new_url: str, expected: dict[str, list[dict[str, Any]]], form: str, carrier: str
) -> None:
    files = FORMS[form]()
    path = lay(tmp_path / "files", files)
    if carrier == "zip":
        path = tmp_path / f"oesm25.{'whl' if form == 'package' else 'zip'}"
        path.write_bytes(archive({f"oesm25/{name}": content for name, content in files.items()}))
    report = store(url=new_url, path=path)
    assert (report.read, report.stored, report.skipped) == (len(CELLS), len(CELLS), {})
    assert report.lines() == ["Occupational Employment and Wage Statistics (OEWS) May 2025: read 19, stored 19"]
    assert stored(new_url) == expected


def test_a_workbook_by_itself_gives_the_same_rows(
    tmp_path: Path, new_url: str, expected: dict[str, list[dict[str, Any]]]
) -> None:
    store(new_url, lay(tmp_path / "files", as_workbook()) / "all_data_M_2025.xlsx")
    assert stored(new_url) == expected


def wage(
    rows: dict[str, list[dict[str, Any]]], code: str, area: str = "US", industry: str = "000000"
) -> dict[str, Any]:
    """The non-null columns of one cell."""
    [row] = [
        row
        for row in rows["wage"]
        if (row["occupation_id"], row["area_code"], row["industry_code"]) == (code, area, industry)
    ]
    keys = {"occupation_id", "area_code", "industry_code", "source_id"}
    return {name: value for name, value in row.items() if value is not None and name not in keys}


def test_a_cell_has_every_figure(expected: dict[str, list[dict[str, Any]]]) -> None:
    assert wage(expected, "27-2012") == {
        "employment": 143120,
        "employment_standard_error_percent": 2.9,
        "hourly_mean": 54.47,
        "annual_mean": 113300.0,
        "wage_standard_error_percent": 1.8,
        "hourly_p10": 22.01,
        "hourly_p25": 30.13,
        "hourly_median": 43.44,
        "hourly_p75": 64.81,
        "hourly_p90": 95.45,
        "annual_p10": 45780.0,
        "annual_p25": 62670.0,
        "annual_median": 90360.0,
        "annual_p75": 134800.0,
        "annual_p90": 198540.0,
    }


def test_figures_that_are_not_published_are_null_with_a_reason(expected: dict[str, list[dict[str, Any]]]) -> None:
    periods = ("mean", "p10", "p25", "median", "p75", "p90")
    teachers, dancers = wage(expected, "25-2021"), wage(expected, "27-2031")
    assert teachers["missing"] == {f"hourly_{period}": {"reason": "ANNUAL_ONLY"} for period in periods}
    assert (teachers["annual_mean"], "hourly_mean" in teachers) == (70000, False)
    assert dancers["missing"] == {f"annual_{period}": {"reason": "HOURLY_ONLY"} for period in periods}
    assert (dancers["hourly_mean"], "annual_mean" in dancers) == (28.74, False)
    surgeons = wage(expected, "29-1240")
    assert surgeons["missing"] == {
        f"{period}_{quantile}": {"reason": "TOP_CODED", "at_least": bound}
        for period, bound in (("hourly", 115), ("annual", 239_200))
        for quantile in ("median", "p75", "p90")
    }
    # A published mean may lie above the bound, and stays.
    assert (surgeons["annual_mean"], surgeons["annual_p25"]) == (332_840, 187_400)
    held_back = wage(expected, "27-2012", "PR")
    assert held_back["missing"] == {
        name: {"reason": "NOT_RELEASED"}
        for name in ("employment", "employment_standard_error_percent", "jobs_per_thousand", "location_quotient")
    }
    assert "employment" not in held_back


def test_areas_and_industries_have_the_codes_of_the_api(expected: dict[str, list[dict[str, Any]]]) -> None:
    assert [(row["code"], row["name"], row["kind"]) for row in expected["area"]] == [
        ("0100001", "Northwest Alabama nonmetropolitan area", AreaKind.NONMETRO),
        ("31080", "Los Angeles-Long Beach-Anaheim, CA", AreaKind.METRO),
        ("CA", "California", AreaKind.STATE),
        ("PR", "Puerto Rico", AreaKind.STATE),
        ("US", "United States", AreaKind.NATION),
    ]
    assert [(row["code"], row["display_level"]) for row in expected["industry"]] == [
        ("000000", 0),
        ("000001", 1),
        ("31--34", 2),
        ("611100", 4),
        ("611103", 5),
        ("99-100", 2),
        ("999101", 2),
    ]
    local = wage(expected, "27-2012", "31080")
    assert (local["hourly_mean"], local["jobs_per_thousand"], local["location_quotient"]) == (0.5, 2.015, 0.98)


def test_the_reason_for_a_missing_figure_is_found_among_other_footnotes(
    tmp_path: Path, new_url: str, expected: dict[str, list[dict[str, Any]]]
) -> None:
    files = as_flat_files()
    several = files["oe.data.0.Current"].replace(b"\t8\r\n", b"\t1,8\r\n").replace(b"\t5\r\n", b"\t5,3\r\n")
    assert several.count(b"\t1,8\r\n") > several.count(b"\t5,3\r\n") > 0
    store(new_url, lay(tmp_path / "files", files | {"oe.data.0.Current": several}))
    assert stored(new_url) == expected


def test_groups_are_linked_to_their_parents(expected: dict[str, list[dict[str, Any]]]) -> None:
    assert [(row["code"], row["level"], row["parent_code"]) for row in expected["occupation_group"]] == [
        ("00-0000", GroupLevel.TOTAL, None),
        ("27-0000", GroupLevel.MAJOR, "00-0000"),
        ("27-2000", GroupLevel.MINOR, "27-0000"),
        ("27-2010", GroupLevel.BROAD, "27-2000"),
    ]
    assert {row["code"]: row["group_code"] for row in expected["occupation"]} == {
        "13-1020": "00-0000",
        "25-2021": "00-0000",
        "27-2012": "27-2010",
        "27-2031": "27-2000",
        "29-1240": "00-0000",
    }
    assert [row["group_code"] for row in expected["group_wage"]] == ["00-0000", "27-0000", "27-2000", "27-2010"]


def test_jobs_are_national_employment(expected: dict[str, list[dict[str, Any]]]) -> None:
    assert [
        (row["occupation_id"], row["count"], row["basis"], row["standard_error_percent"])
        for row in expected["job_count"]
    ] == [
        ("13-1020", 500_000, JobsBasis.WAGE_AND_SALARY, 1.1),
        ("25-2021", 1400, JobsBasis.WAGE_AND_SALARY, 3.0),
        ("27-2012", 143_120, JobsBasis.WAGE_AND_SALARY, 2.9),
        ("27-2031", 9870, JobsBasis.WAGE_AND_SALARY, 9.5),
        ("29-1240", 25_000, JobsBasis.WAGE_AND_SALARY, 4.1),
    ]


def source(url: str) -> tuple[str | None, str | None]:
    with reading(url) as session:
        found = session.get_one(Source, "oews")
        return found.release, found.version


def numbers(url: str) -> dict[str | None, int | None]:
    with reading(url) as session:
        return {row.code: row.id for row in session.scalars(select(Occupation))}


def test_a_package_gives_the_date_of_retrieval(tmp_path: Path, new_url: str) -> None:
    store(new_url, lay(tmp_path / "files", as_package()))
    with reading(new_url) as session:
        assert session.get_one(Source, "oews").retrieved == date(2026, 9, 26)


FEWER: tuple[Cell, ...] = tuple(cell for cell in CELLS if cell[0] == "N0000000" and cell[1] in ("000000", "99-100"))


def test_the_same_release_is_not_stored_again(tmp_path: Path, new_url: str) -> None:
    path = lay(tmp_path / "files", as_flat_files())
    assert not store(new_url, path).unchanged
    before = stored(new_url)
    again = store(new_url, path)
    assert (again.unchanged, again.lines()) == (
        True,
        ["Occupational Employment and Wage Statistics (OEWS) May 2025: unchanged"],
    )
    assert stored(new_url) == before


def test_a_newer_release_replaces_an_older_one(tmp_path: Path, new_url: str) -> None:
    store(new_url, lay(tmp_path / "older", as_package("May 2024")))
    with writing(new_url) as session:
        # A slug that others may have linked to.
        session.scalars(select(Occupation).where(col(Occupation.code) == "27-2012")).one().slug = "directors"
    before = numbers(new_url)
    newer = [(area, industry, code, HOURS if code == "272012" else figures) for area, industry, code, figures in FEWER]
    store(new_url, lay(tmp_path / "newer", as_workbook("May 2025", newer)))
    found = stored(new_url)
    assert source(new_url) == ("May 2025", "2025-05")
    assert len(found["wage"]) + len(found["group_wage"]) == len(FEWER)
    assert wage(found, "27-2012") == {"employment": 7, "missing": {"annual_mean": {"reason": "NOT_RELEASED"}}}
    assert ("27-2012", 7) in [(row["occupation_id"], row["count"]) for row in found["job_count"]]
    assert numbers(new_url) == before
    assert "directors" in [row["slug"] for row in found["occupation"]]
    # Areas and industries of only the older release are gone.
    assert [row["code"] for row in found["area"]] == ["US"]
    assert [row["code"] for row in found["industry"]] == ["000000", "99-100"]


HOURS = ("7", None, None, HELD_BACK, *[None] * 13)


def test_an_older_release_is_refused(tmp_path: Path, new_url: str) -> None:
    store(new_url, lay(tmp_path / "newer", as_package("May 2025")))
    before = stored(new_url)
    with pytest.raises(ImportRefused, match=r"release May 2024 is older than the stored release May 2025"):
        store(new_url, lay(tmp_path / "older", as_flat_files("May 2024")))
    assert stored(new_url) == before


def test_releases_of_one_year_are_ordered_by_month(tmp_path: Path, new_url: str) -> None:
    store(new_url, lay(tmp_path / "may", as_package("May 2025")))
    store(new_url, lay(tmp_path / "november", as_package("November 2025")))
    assert source(new_url) == ("November 2025", "2025-11")


def test_a_release_other_than_the_named_one_is_refused(tmp_path: Path, new_url: str) -> None:
    path = lay(tmp_path / "files", as_package())
    with pytest.raises(ImportRefused, match=r"files is the release of May 2025, not May 2024"):
        store(new_url, path, "May 2024")
    assert store(new_url, path, "May 2025").stored == len(CELLS)


def test_a_release_leaves_the_roles_of_the_page_unchanged(tmp_path: Path, new_url: str) -> None:
    def roles(session: Session) -> list[str]:
        return sorted(repr(row) for table in (Wage, JobCount) for row in session.scalars(select(table)))

    with writing(new_url) as session:
        store_page(session)
        before = roles(session)
    for release in ("May 2024", "May 2025"):
        store(new_url, lay(tmp_path / release, as_workbook(release, FEWER)))
    with reading(new_url) as session:
        assert set(before) <= set(roles(session))


def test_occupations_with_the_same_title_get_different_slugs(tmp_path: Path, new_url: str) -> None:
    files = as_flat_files()
    renamed = files["oe.occupation"].replace(b"Dancers", b"Surgeons")
    store(new_url, lay(tmp_path / "files", files | {"oe.occupation": renamed}))
    assert [row["slug"] for row in stored(new_url)["occupation"] if row["title"] == "Surgeons"] == [
        "surgeons",
        "surgeons-29-1240",
    ]


def changed(file: str, old: bytes, new: bytes) -> dict[str, bytes]:
    """The flat files after a replacement in one of them."""
    files = as_flat_files()
    assert old in files[file]
    return files | {file: files[file].replace(old, new, 1)}


def without(file: str) -> dict[str, bytes]:
    return {name: content for name, content in as_flat_files().items() if name != file}


def repacked(**entries: object) -> dict[str, bytes]:
    """The package with changed entries in its manifest."""
    files = as_package()
    return files | {"manifest.json": json.dumps(json.loads(files["manifest.json"]) | entries).encode()}


def packed(database: bytes) -> dict[str, bytes]:
    """The package with another database and matching checksums."""
    content = gzip.compress(database)
    sums = {"file_sha256": content, "database_sha256": database}
    changed_manifest = repacked(**{name: hashlib.sha256(data).hexdigest() for name, data in sums.items()})
    return changed_manifest | {"oews-2025.sqlite.gz": content}


WHOLE = as_package()
PACKED = WHOLE["oews-2025.sqlite.gz"]
BOOK = as_workbook()["all_data_M_2025.xlsx"]
NOTES = "Field Descriptions"

BAD: Mapping[str, tuple[Files, str]] = {
    "nothing": ({}, "has no OEWS release: expected oews-*.sqlite.gz, oe.data.0.Current or a workbook such as"),
    "others": ({"cpsaat11.xlsx": xlsx({"a": [["b"]]})}, "has no OEWS release"),
    "half a download": ({"oe.data.0.Current.part": as_flat_files()["oe.data.0.Current"]}, "has no OEWS release"),
    "package alone": ({"oews-2025.sqlite.gz": PACKED}, "has no manifest.json with the checksums of the OEWS release"),
    "manifest of another": (WHOLE | {"manifest.json": b'{"name": "x"}'}, "has no manifest.json with the checksums"),
    "manifest no object": (WHOLE | {"manifest.json": b"[]"}, "has no manifest.json with the checksums"),
    "manifest cut": (WHOLE | {"manifest.json": b'{"file_'}, "manifest.json in * is damaged"),
    "manifest of words": (repacked(release="May 2025"), "has no manifest.json with the checksums"),
    "manifest of no day": (repacked(retrieved="yesterday"), 'manifest.json in * is damaged: "yesterday" is not a date'),
    "manifest of no release": (
        repacked(release={}),
        '"None" is not an OEWS release: expected a month and a year, such as "May 2025"',
    ),
    "package damaged": (
        WHOLE | {"oews-2025.sqlite.gz": PACKED[:-9]},
        "is damaged: its checksum differs from the manifest's",
    ),
    "package of another": (
        repacked(database_sha256="0" * 64),
        "the checksum of its content differs from the manifest's",
    ),
    "no database": (packed(b"no database" * 999), "it is damaged or not an SQLite database"),
    "another database": (packed(b""), "it lacks the OEWS table area, cell, footnote, industry"),
    "no release": (without("oe.release"), "is not a complete OEWS release: oe.release is missing"),
    "no areas": (without("oe.area"), "is not a complete OEWS release: oe.area is missing"),
    "release empty": (as_flat_files() | {"oe.release": b"release_date\tdescription\r\n"}, '"" is not an OEWS release'),
    "other series": (
        as_flat_files() | {"oe.release": b"release_date\tdescription\r\n2025A01\tThird quarter\r\n"},
        '"Third quarter" is not an OEWS release',
    ),
    "no column": (changed("oe.data.0.Current", b"footnote_codes", b"notes"), "has no column footnote_codes"),
    "cut short": (
        as_flat_files() | {"oe.data.0.Current": as_flat_files()["oe.data.0.Current"][:-30]},
        "oe.data.0.Current in * is truncated: line",
    ),
    "no series": (changed("oe.data.0.Current", b"OEUN00000000000000000000", b"OE"), "instead of a number"),
    "no level": (changed("oe.occupation", b"Dancers\t3", b"Dancers\t"), 'oe.occupation has "" instead of a number'),
    "no figure": (changed("oe.data.0.Current", b"143120", b"143,12"), 'unexpected OEWS figure "143,12"'),
    "empty figure": (changed("oe.data.0.Current", b"143120", b"      "), 'unexpected OEWS figure ""'),
    "latin": (changed("oe.area", b"Puerto", b"P\xfcerto"), "oe.area in * is not UTF-8 text"),
    "unknown state": (changed("oe.area", b"0600000", b"0300000"), "area 0300000 has no known state or territory code"),
    "no bound": (changed("oe.footnote", b"$239,200", b"more"), "has no footnote with the top-code bounds of wages"),
    "workbook cut": ({"all_data_M_2025.xlsx": BOOK[:-200]}, "all_data_M_2025.xlsx in * is not a readable xlsx file"),
    "workbook empty": ({"all_data_M_2025.xlsx": b""}, "all_data_M_2025.xlsx in * is not a readable xlsx file"),
    "workbook without notes": (
        {"all_data_M_2025.xlsx": xlsx({"data": [["AREA"]]})},
        'all_data_M_2025.xlsx is not an OEWS workbook: it has no sheet "Field Descriptions"',
    ),
    "workbook with empty notes": (
        {"all_data_M_2025.xlsx": xlsx({"data": [["AREA"]], NOTES: []})},
        'it has no sheet "Field Descriptions"',
    ),
    "workbook of another": (
        {"all_data_M_2025.xlsx": xlsx({"data": [["AREA"]], NOTES: [["Employment Projections"]]})},
        "its field descriptions name no release",
    ),
    "workbook without rows": (
        {"all_data_M_2025.xlsx": xlsx({"data": [], NOTES: [["May 2025 OEWS Estimates"]]})},
        "all_data_M_2025.xlsx is not an OEWS workbook: it has no column ANNUAL, AREA",
    ),
    "two releases": (
        {
            "national_M2024_dl.xlsx": workbook("May 2024", FEWER),
            "state_M2025_dl.xlsx": workbook("May 2025", CELLS[-4:-2]),
        },
        "has workbooks of several releases: May 2024, May 2025",
    ),
}


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with an older release, which refused files must not change."""
    folder = tmp_path_factory.mktemp("older")
    url = f"sqlite:///{folder / 'new.sqlite3'}"
    store(url, lay(folder / "files", as_package("May 2020")))
    return url


@pytest.mark.parametrize("case", BAD)
def test_unusable_files_are_refused_and_change_nothing(
    tmp_path: Path, older: str, expected: dict[str, list[dict[str, Any]]], case: str
) -> None:
    files, problem = BAD[case]
    with pytest.raises(ImportRefused) as refusal:
        store(older, lay(tmp_path / "bad", files))
    message = str(refusal.value)
    assert "\n" not in message
    for part in problem.split(" * "):
        assert part in message
    assert (stored(older), source(older)) == (expected, ("May 2020", "2020-05"))


def test_a_workbook_with_an_unknown_industry_level_is_refused(tmp_path: Path, new_url: str) -> None:
    rows = cells(lay(tmp_path / "files", as_workbook()) / "all_data_M_2025.xlsx")
    place = rows[0].index("I_GROUP")
    rows[1][place] = "planet"
    files = {"all_data_M_2025.xlsx": xlsx({"data": rows, NOTES: [["May 2025 OEWS Estimates"]]})}
    with pytest.raises(ImportRefused, match=r"all_data_M_2025.xlsx has a row with an unknown value: 'planet'"):
        store(new_url, lay(tmp_path / "files", files))


def test_cells_missing_from_the_lists_are_skipped_and_counted(tmp_path: Path, new_url: str) -> None:
    files = changed("oe.occupation", b"272031\tDancers", b"272039\tOther dancers")
    report = store(new_url, lay(tmp_path / "files", files))
    assert (report.read, report.stored) == (19, 18)
    assert report.skipped == {"the release's lists lack its area or occupation": 1}


PUBLISHED = SHARED / "bls_oews_m2024"


@needs_shared
def test_the_published_workbooks(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    report = store(url, PUBLISHED)
    names = ("national_M2024_dl.xlsx", "natsector_M2024_dl.xlsx")
    rows = [
        dict(zip(header, row, strict=True)) for header, *rows in (cells(PUBLISHED / n) for n in names) for row in rows
    ]
    # A broad occupation that is published only as a whole has two rows.
    assert report.read == report.stored == len({(row["NAICS"], row["OCC_CODE"]) for row in rows}) == 17_720
    found = stored(url)
    figures = {"employment": "TOT_EMP", "annual_mean": "A_MEAN", "hourly_mean": "H_MEAN", "annual_p90": "A_PCT90",
               "wage_standard_error_percent": "MEAN_PRSE"}  # fmt: skip
    national = {row["OCC_CODE"]: row for row in rows if row["NAICS"] == "000000" and row["O_GROUP"] == "detailed"}
    assert len(national) == 831
    cells_of_nation = {row["occupation_id"]: row for row in found["wage"] if row["industry_code"] == "000000"}
    assert {code: [row[name] for name in figures] for code, row in cells_of_nation.items()} == {
        code: [row[name] if isinstance(row[name], float) else None for name in figures.values()]
        for code, row in national.items()
    }
    top = [code for code, row in national.items() if row["A_PCT90"] == "#"]
    assert len(top) > 20
    assert {code for code, row in cells_of_nation.items() if "annual_p90" in _top_coded(row)} == set(top)


def _top_coded(row: Mapping[str, Any]) -> set[str]:
    missing: dict[str, dict[str, Any]] = row["missing"] or {}
    return {name for name, why in missing.items() if why["reason"] == "TOP_CODED"}
