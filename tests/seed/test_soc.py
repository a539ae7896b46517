"""The SOC importer, with small workbooks, the published ones and damaged ones."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from db.models import Description, OccupationPart
from db.vocabulary import GroupLevel
from seed import soc
from seed.dataset import Dataset
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import AGGREGATES
from tests.seed.workbooks import SHARED, Sheet, archive, cells, lay, needs_shared, xlsx

DATA = SHARED / "crosswalks"

STRUCTURE: Sheet = [
    ["U.S. Bureau of Labor Statistics"],
    [],
    ["Major Group", "Minor Group", "Broad Group", "Detailed Occupation", ""],
    ["27-0000", None, None, None, "Arts"],
    [None, "27-2000", None, None, "Entertainers"],
    [None, None, "27-2010", None, "Actors, Producers, and Directors"],
    [None, None, None, "27-2012", "Producers and Directors"],
    [None, None, None, None, "A note"],
    [None, None, "31-1120", None, "Home Health and Personal Care Aides"],
    [None, None, None, "31-1121", "Home Health Aides"],
]
DEFINITIONS: Sheet = [
    ["U.S. Bureau of Labor Statistics"],
    ["SOC Group", "SOC Code", "SOC Title", "SOC Definition"],
    ["Major", "27-0000", "Arts", ""],
    ["Minor", "27-2000", "Entertainers", ""],
    ["Broad", "27-2010", "Actors, Producers, and Directors", "See the detailed ones."],
    ["Detailed", "27-2012", "Producers and Directors", "Produce or direct. "],
    ["Broad", "31-1120", "Home Health and Personal Care Aides", ""],
    ["Detailed", "31-1121", "Home Health Aides", ""],
]
FILES = {
    "soc_structure_2018.xlsx": xlsx({"Sheet1": STRUCTURE}),
    "soc_2018_definitions.xlsx": xlsx({"SOC": DEFINITIONS}),
}
GROUPS = [
    ("27-0000", "Arts", GroupLevel.MAJOR),
    ("27-2000", "Entertainers", GroupLevel.MINOR),
    ("27-2010", "Actors, Producers, and Directors", GroupLevel.BROAD),
    ("31-1120", "Home Health and Personal Care Aides", GroupLevel.BROAD),
]
PARTS = [("31-1120", "31-1121", "Home Health Aides")]
TEXTS = [("27-2012", "Produce or direct.")]


def read(path: Path) -> Dataset:
    [dataset] = soc.read(PublisherFiles(path))
    return dataset


def test_groups_and_definitions(tmp_path: Path) -> None:
    path = tmp_path / "soc.zip"
    path.write_bytes(archive({f"soc/{name}": content for name, content in FILES.items()}))
    for found in (read(lay(tmp_path, FILES)), read(path)):
        assert found.groups == GROUPS
        texts, parts = found.tables
        assert (texts.table, texts.columns, texts.rows) == (Description, ("soc", "text"), TEXTS)
        assert (parts.table, parts.columns, parts.rows) == (OccupationPart, ("soc", "code", "title"), PARTS)
        assert (found.read, found.skipped, found.source.release) == (6, {}, "2018")


@pytest.mark.parametrize(("name", "texts"), [("soc_structure_2018.xlsx", []), ("soc_2018_definitions.xlsx", TEXTS)])
def test_each_workbook_has_the_groups(tmp_path: Path, name: str, texts: list[tuple[str, str]]) -> None:
    found = read(lay(tmp_path, FILES) / name)
    assert (found.groups, found.tables[0].rows, found.tables[1].rows) == (GROUPS, texts, PARTS)


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "has no SOC 2018: expected soc_structure_2018.xlsx or soc_2018_definitions.xlsx"),
        ({"soc_structure_2018.xlsx": b""}, "soc_structure_2018.xlsx in .* is not a readable xlsx file"),
        ({"soc_structure_2018.xlsx": FILES["soc_structure_2018.xlsx"][:-99]}, "is not a readable xlsx file"),
        ({"soc_structure_2018.xlsx": xlsx({"Sheet1": []})}, "is not a SOC workbook: no header row begins with"),
        (
            {"soc_structure_2018.xlsx": xlsx({"Sheet1": [["Major Group"]]})},
            "is not a SOC workbook: no header row begins with",
        ),
        (
            {"soc_2018_definitions.xlsx": xlsx({"Table 1.2": [["SOC Group", "SOC Code"], ["Major", "27-0000"]]})},
            "soc_2018_definitions.xlsx is not a SOC workbook: no header row begins with Major Group or SOC Group",
        ),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, files: Mapping[str, bytes], problem: str) -> None:
    with pytest.raises(ImportRefused, match=problem):
        read(lay(tmp_path, files))


def test_another_release_is_refused(tmp_path: Path) -> None:
    files = PublisherFiles(lay(tmp_path, FILES))
    assert len(soc.read(files, release="2018")) == 1
    with pytest.raises(ImportRefused, match="can only be imported as SOC 2018, not 2010"):
        soc.read(files, release="2010")


@needs_shared
def test_the_published_workbooks() -> None:
    rows = cells(DATA / "soc_2018_definitions.xlsx")
    published = {str(row[1]): (str(row[0]), str(row[2]).strip(), str(row[3]).strip()) for row in rows if "-" in row[1]}
    found = read(DATA)
    assert dict(found.tables[0].rows) == {
        code: text for code, (level, _, text) in published.items() if level == "Detailed"
    }
    assert {code: (level.name.title(), title) for code, title, level in found.groups} == {
        code: (level, title) for code, (level, title, _) in published.items() if level != "Detailed"
    }
    assert (len(found.groups), len(found.tables[0].rows)) == (580, 867)
    structure = read(DATA / "soc_structure_2018.xlsx")
    assert structure.groups == found.groups
    parts = found.tables[1].rows
    assert structure.tables[1].rows == parts
    assert {(whole, code) for whole, code, _ in parts} == {
        (whole, code) for whole, codes in AGGREGATES.items() for code in codes
    }
    assert all(published[code] == ("Detailed", title, published[code][2]) for _, code, title in parts)
