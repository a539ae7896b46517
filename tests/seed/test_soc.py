"""The SOC importer, with small workbooks, the published ones and damaged ones."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from db.models import AlternateTitle, Description, OccupationPart, UncoveredTitle
from db.vocabulary import GroupLevel
from seed import soc
from seed.dataset import Dataset
from seed.direct_match_titles import REPEATED
from seed.figure_files import FIGURES, read_figures
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import AGGREGATES, SOC_CODE, not_covered, published_code
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
    [None, None, None, "55-3016", "Infantry"],
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
    ["Detailed", "55-3016", "Infantry", ""],
]
TITLES: Sheet = [
    ["U.S. Bureau of Labor Statistics"],
    ["2018 SOC Code", "2018 SOC Title", "2018 SOC Direct Match Title", "Illustrative Example"],
    ["27-2012", "Producers and Directors", "Movie  Director", "x"],
    ["27-2012", "Producers and Directors", "Movie director", ""],
    ["31-1121", "Home Health Aides", "Home Hospice Aide", ""],
    ["33-2022", "Forest Fire Inspectors and Prevention Specialists", "Fire Control Officer", ""],
    ["55-1014", "Artillery and Missile Officers", "Fire Control Officer", ""],
    ["55-3015", "Command and Control Center Specialists", "Combat Control", ""],
    ["55-1015", "Command and Control Center Officers", "Combat Control", ""],
]
FILES = {
    "soc_structure_2018.xlsx": xlsx({"Sheet1": STRUCTURE}),
    "soc_2018_definitions.xlsx": xlsx({"SOC": DEFINITIONS}),
    "soc_2018_direct_match_title_file.xlsx": xlsx({"Sorted by SOC": TITLES}),
}
GROUPS = [
    ("27-0000", "Arts", GroupLevel.MAJOR),
    ("27-2000", "Entertainers", GroupLevel.MINOR),
    ("27-2010", "Actors, Producers, and Directors", GroupLevel.BROAD),
    ("31-1120", "Home Health and Personal Care Aides", GroupLevel.BROAD),
]
PARTS = [("31-1120", "31-1121", "Home Health Aides")]
TEXTS = [("27-2012", "Produce or direct.")]


LEFT_OUT = "The wage data leave out the armed forces. The SOC classifies this title as"


def read(path: Path) -> Dataset:
    return soc.read(PublisherFiles(path))[0]


def test_groups_and_definitions(tmp_path: Path) -> None:
    path = tmp_path / "soc.zip"
    path.write_bytes(archive({f"soc/{name}": content for name, content in FILES.items()}))
    for found in (read(lay(tmp_path, FILES)), read(path)):
        assert found.groups == GROUPS
        texts, parts, uncovered = found.tables
        assert (texts.table, texts.columns, texts.rows) == (Description, ("soc", "text"), TEXTS)
        assert (parts.table, parts.columns, parts.rows) == (OccupationPart, ("soc", "code", "title"), PARTS)
        assert (uncovered.table, uncovered.columns, uncovered.rows) == (
            UncoveredTitle,
            ("title", "reason", "code"),
            [("Infantry", "The wage data leave out the armed forces.", "55-3016")],
        )
        assert (found.read, found.skipped, found.source.release) == (7, {}, "2018")


@pytest.mark.parametrize(("name", "texts"), [("soc_structure_2018.xlsx", []), ("soc_2018_definitions.xlsx", TEXTS)])
def test_each_workbook_has_the_groups(tmp_path: Path, name: str, texts: list[tuple[str, str]]) -> None:
    found = read(lay(tmp_path, FILES) / name)
    assert (found.groups, found.tables[0].rows, found.tables[1].rows) == (GROUPS, texts, PARTS)


def test_direct_match_titles(tmp_path: Path) -> None:
    folder = lay(tmp_path, FILES)
    for path in (folder, folder / "soc_2018_direct_match_title_file.xlsx"):
        found = soc.read(PublisherFiles(path))[-1]
        titles, uncovered = found.tables
        assert (titles.table, titles.columns, titles.rows) == (
            AlternateTitle,
            ("soc", "title"),
            [
                ("27-2012", "Movie Director"),
                ("31-1120", "Home Hospice Aide"),
                ("33-2022", "Fire Control Officer"),
            ],
        )
        assert (uncovered.table, uncovered.columns) == (UncoveredTitle, ("title", "reason"))
        assert uncovered.rows == [
            (
                "Fire Control Officer",
                f"{LEFT_OUT} Artillery and Missile Officers (55-1014).",
            ),
            (
                "Combat Control",
                f"{LEFT_OUT} Command and Control Center Specialists (55-3015).",
            ),
        ]
        assert (found.source.id, found.read, found.skipped) == ("soc-direct-titles", 7, {REPEATED: 2})


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (
            {},
            "has no SOC 2018: expected .*_structure_2018.xlsx, .*_definitions.xlsx or .*_direct_match_title_file.xlsx",
        ),
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
        (
            {"soc_2018_direct_match_title_file.xlsx": xlsx({"Sorted by SOC": DEFINITIONS})},
            "soc_2018_direct_match_title_file.xlsx in .* is not the direct match title file: no header row has",
        ),
        (
            {
                "soc_2018_direct_match_title_file.xlsx": xlsx(
                    {"Sorted by SOC": [*TITLES, ["27-20", "Producers", "Boss"]]}
                )
            },
            "soc_2018_direct_match_title_file.xlsx in .* is damaged: '27-20' is not a SOC code",
        ),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, files: Mapping[str, bytes], problem: str) -> None:
    with pytest.raises(ImportRefused, match=problem):
        read(lay(tmp_path, files))


def test_another_release_is_refused(tmp_path: Path) -> None:
    files = PublisherFiles(lay(tmp_path, FILES))
    assert len(soc.read(files, release="2018")) == 2
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
    with_wages = {row[0] for row in read_figures(FIGURES / "oews-national-2025.tsv.gz").tables[0].rows}
    assert [(code, title) for title, _, code in found.tables[2].rows] == [
        (code, title)
        for code, (level, title, _) in published.items()
        if level == "Detailed" and published_code(code) not in with_wages
    ]
    structure = read(DATA / "soc_structure_2018.xlsx")
    assert (structure.groups, structure.tables[2].rows) == (found.groups, found.tables[2].rows)
    parts = found.tables[1].rows
    assert structure.tables[1].rows == parts
    assert {(whole, code) for whole, code, _ in parts} == {
        (whole, code) for whole, codes in AGGREGATES.items() for code in codes
    }
    assert all(published[code] == ("Detailed", title, published[code][2]) for _, code, title in parts)


@needs_shared
def test_the_published_direct_match_titles() -> None:
    rows = [row for row in cells(DATA / "soc_2018_direct_match_title_file.xlsx") if SOC_CODE.fullmatch(str(row[0]))]
    titles, uncovered = soc.read(PublisherFiles(DATA))[-1].tables
    published = {(published_code(str(row[0])), " ".join(str(row[2]).split()).casefold()) for row in rows}
    assert {(code, title.casefold()) for code, title in titles.rows} == {
        (code, title) for code, title in published if not not_covered(code)
    }
    assert {title.casefold() for title, _ in uncovered.rows} == {
        title for code, title in published if not_covered(code)
    }
    assert (len(rows), len(titles.rows), len(uncovered.rows)) == (6539, 5935, 590)
