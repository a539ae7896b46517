"""The importer of national wages by year, with small workbooks, archives of them, old and damaged ones."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from db.models import WageYear
from seed.dataset import Dataset
from seed.oews import history
from seed.publisher_files import ImportRefused, PublisherFiles
from tests.seed.oews_release import as_package, national
from tests.seed.workbooks import archive, lay, xlsx

OLD_TOP_CODE = "$100.00 per hour or $208,000"
FILES = {
    "national_M2018_dl.xlsx": xlsx({"national_M2018_dl": [["OCC_CODE"], ["00-0000"], ["11-1011"]]}),
    "national_M2021_dl.xlsx": national("May 2021", top_code=OLD_TOP_CODE),
    "national_M2024_dl.xlsx": national("May 2024"),
    **as_package("May 2025"),
}


def read(path: Path, release: str | None = None) -> list[Dataset]:
    return history.read(PublisherFiles(path), release=release)


def rows(dataset: Dataset) -> dict[str, Mapping[str, object]]:
    """Return the published figures of each occupation, and the reasons of the others."""
    [table] = dataset.tables
    assert table.table is WageYear
    named = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    return {str(row.pop("soc")): {name: value for name, value in row.items() if value is not None} for row in named}


def test_each_year_is_a_dataset(tmp_path: Path) -> None:
    old, first, *others = read(lay(tmp_path, FILES))
    assert (old.source.release, old.read, old.tables, old.skipped) == ("May 2018", 2, [], {history.TOO_OLD: 2})
    assert [(one.source.id, one.source.release, one.source.version) for one in (first, *others)] == [
        ("oews-national-2021", "May 2021", "2021-05"),
        ("oews-national-2024", "May 2024", "2024-05"),
        ("oews-national-2025", "May 2025", "2025-05"),
    ]
    for dataset in (first, *others):
        # A broad occupation that is published only as a whole has two rows in workbooks, and counts as detailed.
        assert (dataset.read, dataset.skipped) == (9, {history.GROUP: 4})
        assert [*rows(dataset)] == ["13-1020", "25-2021", "27-2012", "27-2031", "29-1240"]


@pytest.mark.parametrize(
    ("year", "hourly", "annual"), [(2021, 100, 208_000), (2024, 115, 239_200), (2025, 115, 239_200)]
)
def test_the_figures_of_a_year_and_the_reasons_of_missing_ones(
    tmp_path: Path, year: int, hourly: float, annual: float
) -> None:
    found = rows(read(lay(tmp_path, FILES), f"May {year}")[0])
    assert found["27-2012"] == {
        "year": year,
        "employment": 143_120,
        "employment_standard_error_percent": 2.9,
        "wage_standard_error_percent": 1.8,
        "hourly_mean": 54.47,
        "hourly_p10": 22.01,
        "hourly_p25": 30.13,
        "hourly_median": 43.44,
        "hourly_p75": 64.81,
        "hourly_p90": 95.45,
        "annual_mean": 113_300,
        "annual_p10": 45_780,
        "annual_p25": 62_670,
        "annual_median": 90_360,
        "annual_p75": 134_800,
        "annual_p90": 198_540,
    }
    assert found["29-1240"]["missing"] == {
        f"{period}_{statistic}": {"reason": "TOP_CODED", "at_least": bound}
        for period, bound in (("hourly", hourly), ("annual", annual))
        for statistic in ("median", "p75", "p90")
    }
    statistics = ("mean", "p10", "p25", "median", "p75", "p90")
    assert found["25-2021"]["missing"] == {f"hourly_{name}": {"reason": "ANNUAL_ONLY"} for name in statistics}
    assert found["27-2031"]["missing"] == {f"annual_{name}": {"reason": "HOURLY_ONLY"} for name in statistics}


def test_a_folder_of_archives_as_the_publisher_distributes_them(tmp_path: Path) -> None:
    zips = {
        f"oesm{year}nat.zip": archive({f"oesm{year}nat/{name}": FILES[name]})
        for year, name in ((21, "national_M2021_dl.xlsx"), (24, "national_M2024_dl.xlsx"))
    }
    found = read(lay(tmp_path / "zips", zips))
    assert [one.source.release for one in found] == ["May 2021", "May 2024"]
    loose = read(lay(tmp_path / "loose", {name: FILES[name] for name in ("national_M2021_dl.xlsx",)}))
    assert loose[0].source.digest == found[0].source.digest
    # An unpacked file takes precedence over the one in the archive.
    (tmp_path / "zips" / "national_M2021_dl.xlsx").write_bytes(national("May 2023"))
    assert [one.source.release for one in read(tmp_path / "zips")] == ["May 2023", "May 2024"]
    (tmp_path / "zips" / "oesm24nat.zip").write_bytes(b"PK")
    with pytest.raises(ImportRefused, match=r"oesm24nat\.zip cannot be read: File is not a zip file"):
        read(tmp_path / "zips")


@pytest.mark.parametrize(
    ("files", "release", "problem"),
    [
        ({"a.xlsx": b""}, None, "has no national wages since May 2021: expected a workbook such as national_M2024"),
        (
            {"national_M2018_dl.xlsx": FILES["national_M2018_dl.xlsx"]},
            None,
            "has no national wages since May 2021: estimates before May 2021 use another classification or another",
        ),
        (FILES, "May 2022", "has the national wages of May 2021, May 2024, May 2025, not of May 2022"),
        (
            {**FILES, "national_M2025_dl.xlsx": national("May 2025")},
            None,
            "has two files of one year: May 2021, May 2024, May 2025, May 2025",
        ),
        (
            {
                "national_M2024_dl.xlsx": xlsx(
                    {"data": [["OCC_CODE"]], "Field Descriptions": [["May 2024 OEWS Estimates"]]}
                )
            },
            None,
            "national_M2024_dl.xlsx is not an OEWS workbook: it has no column ANNUAL, ",
        ),
    ],
)
def test_other_files_are_refused(tmp_path: Path, files: dict[str, bytes], release: str | None, problem: str) -> None:
    with pytest.raises(ImportRefused, match=problem):
        read(lay(tmp_path, files), release)
