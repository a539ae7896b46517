"""OEWS in each of its forms gives the same rows; what is wrong with a release is told, and nothing is written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.condition import Condition, check
from db.models import Area, GroupWage, Industry, JobCount, Occupation, OccupationGroup, Source, Wage
from db.urls import location_of
from db.vocabulary import AreaKind, GroupLevel, JobsBasis
from db.writing import writing
from seed.dataset import Report
from seed.material import ImportRefused, Material
from seed.oews.read import read
from seed.oews.release import store_release
from tests.seed.releases import flat_files, package, workbook, written, zipped


def store(url: str, path: Path) -> Report:
    with writing(url) as session:
        return store_release(session, read(Material(path)))


def rows(url: str, statement: Any) -> list[Any]:
    engine = location_of(url).inspecting_engine()
    with Session(engine) as session:
        found = list(session.execute(statement).all())
    engine.dispose()
    return found


def cell(url: str, code: str, area: str = "US", industry: str = "000000") -> dict[str, Any]:
    statement = select(Wage).join(Occupation, col(Occupation.id) == Wage.occupation_id)
    wanted = statement.where(
        col(Occupation.code) == code, col(Wage.area_code) == area, col(Wage.industry_code) == industry
    )
    [(found,)] = rows(url, wanted)
    return dict(found)


FORMS: dict[str, Callable[[Path], Path]] = {
    "package": lambda folder: written(folder / "package", package()),
    "zipped package": lambda folder: zipped(folder / "package.whl", package()),
    "flat files": lambda folder: written(folder / "flat", flat_files()),
    "zipped flat files": lambda folder: zipped(folder / "flat.zip", flat_files()),
    "workbooks": lambda folder: written(folder / "books", {"all_data_M_2025.xlsx": workbook()}),
    "one workbook": lambda folder: written(folder, {"national_M2025_dl.xlsx": workbook()}) / "national_M2025_dl.xlsx",
    "zipped workbook": lambda folder: zipped(folder / "books.zip", {"oesm25nat/national_M2025_dl.xlsx": workbook()}),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_the_same_rows(tmp_path: Path, new_url: str, form: str) -> None:
    report = store(new_url, FORMS[form](tmp_path))
    assert (report.release, report.read, report.stored, dict(report.skipped)) == ("May 2025", 13, 13, {})
    published = {
        "employment": 100,
        "employment_standard_error_percent": 2.5,
        "wage_standard_error_percent": 1.5,
        "annual_mean": 105040,
        "annual_median": 83200,
        "annual_p10": 41600,
        "annual_p90": 187200,
        "hourly_mean": 50.5,
        "hourly_p25": 30,
        "jobs_per_thousand": None,
        "missing": None,
        "source_id": "oews",
    }
    assert published.items() <= cell(new_url, "27-2012").items()
    assert {(row.code, row.kind) for (row,) in rows(new_url, select(Area))} == {
        ("US", AreaKind.NATION),
        ("CT", AreaKind.STATE),
        ("25540", AreaKind.METRO),
        ("0100001", AreaKind.NONMETRO),
    }
    assert {row.code: row.display_level for (row,) in rows(new_url, select(Industry))} == {
        "000000": 0,
        "31--34": 2,
        "99-100": 2,
        "512100": 4,
    }
    groups = {row.code: (row.level, row.parent_code) for (row,) in rows(new_url, select(OccupationGroup))}
    assert groups == {
        "00-0000": (GroupLevel.TOTAL, None),
        "27-0000": (GroupLevel.MAJOR, "00-0000"),
        "27-2000": (GroupLevel.MINOR, "27-0000"),
    }
    placed = {row.code: (row.slug, row.group_code) for (row,) in rows(new_url, select(Occupation))}
    assert placed["27-2012"] == ("producers-and-directors", "27-2000")
    assert placed["29-1212"] == ("cardiologists", "00-0000")
    assert len(rows(new_url, select(GroupWage))) == 3
    jobs = rows(new_url, select(JobCount).join(Occupation, col(Occupation.id) == JobCount.occupation_id))
    assert {(row.count, row.basis, row.standard_error_percent) for (row,) in jobs} == {(100, JobsBasis.EMPLOYED, 2.5)}
    assert len(jobs) == 4


@pytest.mark.parametrize("form", ["package", "flat files", "workbooks"])
def test_a_missing_figure_has_its_reason(tmp_path: Path, new_url: str, form: str) -> None:
    store(new_url, FORMS[form](tmp_path))
    actors, teachers = cell(new_url, "27-2011"), cell(new_url, "25-2021")
    assert (actors["annual_mean"], actors["missing"]["annual_mean"]) == (None, {"reason": "HOURLY_ONLY"})
    assert (teachers["hourly_p90"], teachers["missing"]["hourly_p90"]) == (None, {"reason": "ANNUAL_ONLY"})
    top = {"reason": "TOP_CODED", "at_least": 239200}
    cardiologists = cell(new_url, "29-1212")
    assert cardiologists["annual_p90"] is None
    assert cardiologists["missing"] == {
        "hourly_p75": {"reason": "TOP_CODED", "at_least": 115},
        "hourly_p90": {"reason": "TOP_CODED", "at_least": 115},
        "annual_p75": top,
        "annual_p90": top,
    }
    assert cell(new_url, "27-2012", industry="512100")["missing"] == {
        "employment": {"reason": "NOT_RELEASED"},
        "employment_standard_error_percent": {"reason": "NOT_RELEASED"},
    }
    countryside = cell(new_url, "27-2012", "0100001")
    assert (countryside["annual_median"], countryside["missing"]["annual_median"]) == (None, {"reason": "NOT_RELEASED"})
    assert (countryside["jobs_per_thousand"], countryside["location_quotient"]) == (0.5, 2)


def test_the_same_release_is_left_alone_and_a_newer_one_replaces_it(tmp_path: Path, new_url: str) -> None:
    older = written(tmp_path / "older", package("May 2024", mean="90000"))
    assert store(new_url, older).stored == 13
    assert store(new_url, older).unchanged
    numbers = {row.code: row.id for (row,) in rows(new_url, select(Occupation))}
    assert store(new_url, written(tmp_path / "newer", package())).stored == 13
    assert cell(new_url, "27-2012")["annual_mean"] == 105040
    assert {row.code: row.id for (row,) in rows(new_url, select(Occupation))} == numbers
    [(source,)] = rows(new_url, select(Source))
    assert (source.release, source.version, str(source.retrieved)) == ("May 2025", "2025-05", "2026-09-26")
    with pytest.raises(ImportRefused, match="this is release May 2024, which is older than the stored May 2025"):
        store(new_url, older)


def _without(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    return {key: content for key, content in files.items() if key != name}


BAD: dict[str, tuple[dict[str, bytes], str]] = {
    "another's files": ({"Skills.xlsx": b"?"}, "holds no OEWS release"),
    "no manifest": (_without(package(), "manifest.json"), "has no manifest.json"),
    "a broken manifest": (package() | {"manifest.json": b"{"}, "manifest.json in .* is damaged"),
    "a cut database": (
        package() | {"oews-2025.sqlite.gz": package()["oews-2025.sqlite.gz"][:-20]},
        "is damaged: its checksum is not the manifest's",
    ),
    "no month": (package("Release 7"), '"Release 7" is no month and year'),
    "a missing list": (_without(flat_files(), "oe.area"), "there is no oe.area"),
    "a missing column": (
        flat_files() | {"oe.industry": b"industry_code\tindustry_name\r\n000000\tAll\r\n"},
        "oe.industry in .* has no column display_level",
    ),
    "cut data": (
        flat_files() | {"oe.data.0.Current": flat_files()["oe.data.0.Current"][:-30]},
        "oe.data.0.Current in .* is cut short: line \\d+ has \\d columns",
    ),
    "no top code": (
        flat_files() | {"oe.footnote": b"footnote_code\tfootnote_text\r\n"},
        "no footnote that says from which wage on",
    ),
    "a cut workbook": ({"all_data_M_2025.xlsx": workbook()[:-400]}, "is not a whole xlsx file"),
    "two releases": (
        {"national_M2025_dl.xlsx": workbook(), "national_M2024_dl.xlsx": workbook("May 2024")},
        "holds several releases: May 2024, May 2025",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_release_that_is_not_whole_is_refused(tmp_path: Path, new_url: str, name: str) -> None:
    files, message = BAD[name]
    with pytest.raises(ImportRefused, match=message):
        store(new_url, written(tmp_path / "bad", files))
    assert check(new_url) is Condition.EMPTY
