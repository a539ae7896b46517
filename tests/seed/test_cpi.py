"""The importer of the consumer price index, with small files, the published one and damaged ones."""

from pathlib import Path

import pytest

from db.models import ConsumerPriceIndex
from seed import cpi
from seed.publisher_files import ImportRefused, PublisherFiles
from tests.seed.workbooks import SHARED, lay, needs_shared

HEADER = "series_id        \tyear\tperiod\t       value\tfootnote_codes"


def line(year: int, period: str, value: str, series: str = "CUUR0000SA0") -> str:
    return f"{series:17}\t{year}\t{period}\t{value:>12}\t"


LINES = [
    HEADER,
    line(2021, "M05", "268.000", "CUSR0000SA0"),
    line(2020, "M05", "256.394"),
    line(2021, "M05", "269.195"),
    line(2025, "M05", "321.465"),
    line(2025, "M10", "-"),
    line(2025, "M12", "324.054"),
    line(2025, "M13", "321.943"),
    line(2026, "M05", "-"),
]


def file(*lines: str) -> dict[str, bytes]:
    return {"cu.data.1.AllItems": "".join(f"{each}\r\n" for each in lines).encode()}


FILES = file(*LINES)


def test_the_index_of_each_may(tmp_path: Path) -> None:
    [dataset] = cpi.read(PublisherFiles(lay(tmp_path, FILES)))
    [table] = dataset.tables
    assert (table.table, table.columns) == (ConsumerPriceIndex, ("year", "value"))
    assert table.rows == [(2021, 269.195), (2025, 321.465)]
    assert dataset.read == 8
    assert dataset.skipped == {cpi.OTHER_SERIES: 1, cpi.OTHER_MONTH: 3, cpi.TOO_OLD: 1, cpi.NOT_PUBLISHED: 1}
    # The average of the year, M13, is no month.
    assert (dataset.source.release, dataset.source.version) == ("December 2025", "2025-12")


@pytest.mark.parametrize(
    ("files", "release", "problem"),
    [
        ({"cu.data.0.Current": b""}, None, "has no consumer price index: expected cu.data.1.AllItems"),
        (file("series_id\tyear\tperiod"), None, "is not a file of the price index: it has no value"),
        (file(HEADER, line(2020, "M05", "1")), None, "has no index of May 2021 or later in series CUUR0000SA0"),
        (file(*LINES, line(2026, "M01", "n/a")), None, "is damaged: line 10 is not a series, a year, a period and an"),
        (file(*LINES, "CUUR0000SA0\t2026"), None, "is damaged: line 10 is not a series, a year, a period and an index"),
        (FILES, "May 2025", "is the price index up to December 2025, not May 2025"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, files: dict[str, bytes], release: str | None, problem: str) -> None:
    with pytest.raises(ImportRefused, match=problem):
        cpi.read(PublisherFiles(lay(tmp_path, files)), release=release)


@needs_shared
def test_the_published_file() -> None:
    [dataset] = cpi.read(PublisherFiles(SHARED / "bls_cpi"))
    assert [*dataset.tables[0].rows] == [
        (2021, 269.195),
        (2022, 292.296),
        (2023, 304.127),
        (2024, 314.069),
        (2025, 321.465),
    ]
    assert dataset.read == sum(dataset.skipped.values()) + 5
