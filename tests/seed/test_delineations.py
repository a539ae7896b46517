"""The importer of the Census Bureau's delineation files, with small workbooks, the published ones and damaged ones."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from db.models import AreaName
from db.states import STATES, TERRITORIES
from seed import delineations
from seed.area_nicknames import nicknames_dataset
from seed.publisher_files import ImportRefused, PublisherFiles
from tests.seed.workbooks import SHARED, archive, cells, lay, needs_shared, xlsx

DATA = SHARED / "census_delineations_2023"

METRO, MICRO = "Metropolitan Statistical Area", "Micropolitan Statistical Area"
COUNTIES = [
    ["Table with row headers in column A and column headers in row 3", *[""] * 6],
    ["List 1. CORE BASED STATISTICAL AREAS (CBSAs), METROPOLITAN DIVISIONS, AND COMBINED AREAS, JULY 2023", *[""] * 6],
    [
        "CBSA Code",
        "CBSA Title",
        "Metropolitan/Micropolitan Statistical Area",
        "County/County Equivalent",
        "State Name",
        "FIPS State Code",
        "FIPS County Code",
    ],
    ["10100", "Aberdeen, SD", MICRO, "Brown County", "South Dakota", "46", "013"],
    ["10380", "Aguadilla, PR", METRO, "Añasco Municipio", "Puerto Rico", "72", "011"],
    ["38060", "Phoenix-Mesa-Chandler, AZ", METRO, "Maricopa County", "Arizona", "04", "013"],
    ["41180", "St. Louis, MO-IL", METRO, "St. Louis County", "Missouri", "29", "189"],
    ["41180", "St. Louis, MO-IL", METRO, "St. Louis city", "Missouri", "29", "510"],
    [""] * 7,
    ["Source: File prepared by U.S. Census Bureau, Population Division.", *[""] * 6],
]
CITIES = [
    ["Table with row headers in column A and column headers in row 3", *[""] * 5],
    ["CBSA Code", "CBSA Title", METRO.replace("Metro", "Metropolitan/Micro"), "Principal City Name", *COUNTIES[2][5:]],
    ["10100", "Aberdeen, SD", MICRO, "Aberdeen", "46", "00100"],
    ["26900", "Indianapolis, IN", METRO, "Indianapolis city (balance)", "18", "36003"],
    ["31140", "Louisville, KY-IN", METRO, "Louisville/Jefferson County metro government (balance)", "21", "48006"],
    ["37100", "Oxnard, CA", METRO, "San Buenaventura (Ventura)", "06", "65042"],
    ["38060", "Phoenix-Mesa-Chandler, AZ", METRO, "Scottsdale", "4", "65000"],
    ["41180", "St. Louis, MO-IL", METRO, "St. Louis", "29", "65000"],
]
CITIES[1][2], CITIES[1][5] = COUNTIES[2][2], "FIPS Place Code"
NAMES = [
    ("26900", "Indianapolis, IN"),
    ("31140", "Louisville/Jefferson County, KY"),
    ("37100", "San Buenaventura, CA"),
    ("37100", "Ventura, CA"),
    ("38060", "Scottsdale, AZ"),
    ("41180", "St. Louis, MO"),
    ("10380", "Añasco Municipio, PR"),
    ("38060", "Maricopa County, AZ"),
    ("41180", "St. Louis County, MO"),
]


def files(counties: Sequence[Sequence[str]] = COUNTIES, cities: Sequence[Sequence[str]] = CITIES) -> dict[str, bytes]:
    return {"list1_2023.xlsx": xlsx({"List 1": counties}), "list2_2023.xlsx": xlsx({"List 2": cities})}


FILES = files()


def test_cities_and_counties_of_metropolitan_areas(tmp_path: Path) -> None:
    lay(tmp_path / "folder", FILES)
    (tmp_path / "lists.zip").write_bytes(archive(FILES))
    for path in (tmp_path / "folder", tmp_path / "lists.zip"):
        [dataset] = delineations.read(PublisherFiles(path))
        [table] = dataset.tables
        assert (table.table, table.columns, list(table.rows)) == (AreaName, ("area_code", "name"), NAMES)
        assert dataset.read == 11
        assert dataset.skipped == {delineations.MICROPOLITAN: 2, delineations.REPEATED: 1}
        assert (dataset.source.release, dataset.source.version) == ("July 2023", "2023-07")


def test_another_release_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    assert len(delineations.read(PublisherFiles(tmp_path), release="July 2023")) == 1
    with pytest.raises(ImportRefused, match=r"list1_2023\.xlsx in .* is the list of July 2023, not March 2020"):
        delineations.read(PublisherFiles(tmp_path), release="March 2020")


def changed(rows: Sequence[Sequence[str]], row: int, column: int, value: str) -> list[list[str]]:
    copy = [list(line) for line in rows]
    copy[row][column] = value
    return copy


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({"list1_2023.xlsx": FILES["list1_2023.xlsx"]}, "lacks list 2 (Principal City Name): expected a file such as"),
        ({**FILES, "list2_2023.xlsx": b"PK"}, "list2_2023.xlsx in "),
        (files(counties=COUNTIES[2:]), "list1_2023.xlsx does not state its release above its header"),
        (files(cities=CITIES[2:]), "is not a delineation file: it has no column 'CBSA Title'"),
        (files(cities=changed(CITIES, 1, 3, "City")), "it has no column 'Principal City Name'"),
        (files(cities=changed(CITIES, 4, 0, "3114")), "is damaged: row 5 is not about a part of an area"),
        (files(counties=changed(COUNTIES, 5, 3, "")), "is damaged: row 6 is not about a part of an area"),
        (files(counties=changed(COUNTIES, 5, 5, "99")), "row 6 has the unknown state '99'"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, content: dict[str, bytes], problem: str) -> None:
    lay(tmp_path, content)
    with pytest.raises(ImportRefused) as refusal:
        delineations.read(PublisherFiles(tmp_path))
    assert problem in str(refusal.value)


@needs_shared
def test_the_published_lists_name_every_metropolitan_area_of_the_wages(oews: sqlite3.Connection) -> None:
    [dataset] = delineations.read(PublisherFiles(DATA))
    rows = dataset.tables[0].rows
    in_oews = oews.execute("SELECT substr(area_code, 3) FROM area WHERE areatype_code = 'M' AND area_code LIKE '00%'")
    metros = {code for (code,) in in_oews}
    assert {code for code, _ in rows} == metros
    assert (len(metros), len(rows)) == (393, 1963)
    counties = [row for row in cells(DATA / "list1_2023.xlsx") if row[4] == METRO]
    cities = [row for row in cells(DATA / "list2_2023.xlsx") if row[2] == METRO]
    assert (dataset.read, len(counties), len(cities)) == (3209, 1252, 726)
    assert dataset.skipped == {delineations.MICROPOLITAN: 1231, delineations.REPEATED: 17}
    names = {(code, name.rpartition(", ")[0]) for code, name in rows}
    assert {(row[0], row[7]) for row in counties if row[7].endswith(("County", "Parish", "Region"))} <= names
    assert {(row[0], row[3]) for row in cities if "(" not in row[3]} <= names
    assert not any("(" in name for _, name in names)


def test_nicknames_are_about_areas_of_the_wages(oews: sqlite3.Connection) -> None:
    metros = {code for (code,) in oews.execute("SELECT substr(area_code, 3) FROM area")}
    states = {"US", *STATES.values(), *TERRITORIES.values()}
    rows = nicknames_dataset().tables[0].rows
    assert {code for code, _ in rows if code.isdigit()} <= metros
    assert {code for code, _ in rows if not code.isdigit()} <= states
    assert len(rows) == len(set(rows)) > 150
