"""The CIP to SOC crosswalk importer, with small files, the published ones and damaged ones."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from db.models import FieldOfStudy
from seed import cip_soc
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import published_code
from tests.seed.workbooks import SHARED, archive, needs_shared, xlsx

DATA = SHARED / "nces_cip_soc"
NAME = "CIP2020_SOC2018_Crosswalk"

HEADER = ["CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title"]
LINES = [
    HEADER,
    ["01.0000", "Agriculture, General.", "19-1011", "Animal Scientists"],
    ["01.0508", "Taxidermy/Taxidermist.", "99-9999", "NO MATCH"],
    ["50.0602", "Cinematography and Film/Video Production.", "27-2012", "Producers and Directors"],
    ["51.2602", "Home Health Aide/Home Attendant.", "31-1121", "Home Health Aides"],
    ["51.2602", "Home Health Aide/Home Attendant.", "31-1122", "Personal Care Aides"],
    ["99.9999", "NO MATCH", "27-1023", "Floral Designers"],
]
FIELDS = [
    ("19-1011", "01.0000", "Agriculture, General"),
    ("27-2012", "50.0602", "Cinematography and Film/Video Production"),
    ("31-1120", "51.2602", "Home Health Aide/Home Attendant"),
]


def as_csv(lines: Sequence[Sequence[str]]) -> bytes:
    return ("\ufeff" + "".join(",".join(f'"{field}"' for field in line) + "\r\n" for line in lines)).encode()


FORMS = {
    f"{NAME}.csv": as_csv(LINES),
    f"{NAME}.xlsx": xlsx({"File Guide": [["File Name", "Description"]], "CIP-SOC": LINES}),
    "crosswalk.zip": archive({f"some/folder/{NAME}.csv": as_csv(LINES)}),
}


@pytest.mark.parametrize("name", FORMS)
def test_fields_of_study_are_folded_to_published_occupations(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FORMS[name])
    [dataset] = cip_soc.read(PublisherFiles(tmp_path / name))
    [table] = dataset.tables
    assert (table.table, table.columns, list(table.rows)) == (FieldOfStudy, ("soc", "code", "title"), FIELDS)
    assert (dataset.read, dataset.skipped) == (6, {cip_soc.UNMATCHED: 2, cip_soc.REPEATED: 1})
    assert (dataset.source.id, dataset.source.release, dataset.source.version) == ("cip-soc", "2020", "2020")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("other.csv", as_csv(LINES), "has no CIP to SOC crosswalk"),
        (f"{NAME}.csv", b"\n", "it has no column 'CIP2020Code'"),
        (f"{NAME}.csv", as_csv([["CIP2010Code", *HEADER[1:]]]), "it has no column 'CIP2020Code'"),
        (f"{NAME}.csv", as_csv(LINES)[:-10], "is damaged: unexpected end of data"),
        (f"{NAME}.csv", as_csv([HEADER, LINES[1][:3]]), "line 2 has 3 fields, not 4"),
        (f"{NAME}.csv", as_csv([HEADER, ["1.0", *LINES[1][1:]]]), "'1.0' and '19-1011' are not a CIP code and"),
        (f"{NAME}.xlsx", xlsx({"CIP-SOC": LINES})[:-100], "is not a readable xlsx file"),
        (f"{NAME}.xlsx", xlsx({"New CIP": LINES}), "has no readable sheet 'CIP-SOC'"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportRefused) as refusal:
        cip_soc.read(PublisherFiles(tmp_path))
    assert problem in str(refusal.value)


def test_another_release_is_refused(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.csv").write_bytes(as_csv(LINES))
    assert len(cip_soc.read(PublisherFiles(tmp_path), release="2020")) == 1
    with pytest.raises(ImportRefused, match=r"is the crosswalk of CIP 2020, not 2010"):
        cip_soc.read(PublisherFiles(tmp_path), release="2010")


@needs_shared
def test_the_published_crosswalk_in_both_forms() -> None:
    with (DATA / f"{NAME}.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    expected = {
        (published_code(line["SOC2018Code"]), line["CIP2020Code"]): line["CIP2020Title"].rstrip(".")
        for line in lines
        if line["SOC2018Code"] != "99-9999" and line["CIP2020Code"] != "99.9999"
    }
    for form in ("csv", "xlsx"):
        [dataset] = cip_soc.read(PublisherFiles(DATA / f"{NAME}.{form}"))
        rows = dataset.tables[0].rows
        assert (dataset.read, len(rows)) == (len(lines), len(expected)) == (6097, 5694)
        assert {(soc, code): title for soc, code, title in rows} == expected
