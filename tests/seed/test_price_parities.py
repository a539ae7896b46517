"""The importer of BEA's regional price parities, with small files, the published ones and damaged ones."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from db.models import PriceParity
from seed import price_parities
from seed.price_parities import NOT_AVAILABLE, OTHER_AREA, OTHER_LINE, SAME_COUNTIES
from seed.publisher_files import ImportRefused, PublisherFiles
from tests.seed.workbooks import SHARED, archive, lay, needs_shared

DATA = SHARED / "bea_rpp_2023"
STATES, METROS = "SARPP_STATE_2008_2023.csv", "MARPP_MSA_2008_2023.csv"

HEADER = "GeoFIPS,GeoName,Region,TableName,LineCode,IndustryClassification,Description,Unit,2022,2023\r\n"
NOTES = (
    '"Note: See the included footnote file."\r\n'
    '"SARPP: Real personal income, real PCE, and regional price parities by state "\r\n'
    '"Last updated: February 20, 2025-- revised statistics for 2010-2019."\r\n'
)


def line(code: str, name: str, value: str, number: int = 5, description: str = "RPPs: All items ") -> str:
    return f' "{code}","{name}",8,SARPP,{number},"..."," {description}","Index",99.000,{value}\r\n'


OF_STATES = (
    HEADER
    + line("00000", "United States", "19404131.7", 1, "Real personal income")
    + line("00000", "United States", "100.000")
    + line("06000", "California", "112.581")
    + line("09000", "Connecticut", "103.689")
    + line("06000", "California", "108.400", 6, "RPPs: Goods ")
    + line("91000", "New England", "105.000")
    + NOTES
)
OF_METROS = (
    HEADER
    + line("00000", "United States", "100.000", 3)
    + line("00999", "United States (Nonmetropolitan Portion)", "88.220", 3)
    + line("25540", "Hartford-East Hartford-Middletown, CT (Metropolitan Statistical Area)", "101.500", 3)
    + line("31080", "Los Angeles-Long Beach-Anaheim, CA (Metropolitan Statistical Area)", "115.000", 3)
    + line("39100", "Poughkeepsie-Newburgh-Middletown, NY (Metropolitan Statistical Area) *", "109.730", 3)
    + line("41980", "San Juan-Bayamón-Caguas, PR (Metropolitan Statistical Area)", "(NA)", 3)
    + NOTES
)
EXTRACT = (
    "GeoFIPS,GeoName,Description,RPP 2023\n"
    "0,United States,RPPs: All items ,100\n"
    '10180,"Abilene, TX (Metropolitan Statistical Area)",RPPs: All items ,89.85\n'
    '10180,"Abilene, TX (Metropolitan Statistical Area)",RPPs: Goods ,96.4\n'
)
FILES = {STATES: OF_STATES.encode("latin-1"), METROS: OF_METROS.encode("latin-1")}

Found = dict[str, tuple[dict[str, float], int, dict[str, int], str | None, str | None]]


def found(path: Path) -> Found:
    """Return the parities, counts, release and version of each source."""
    datasets = price_parities.read(PublisherFiles(path))
    for dataset in datasets:
        [table] = dataset.tables
        assert (table.table, table.columns) == (PriceParity, ("area_code", "all_items"))
    return {
        dataset.source.id: (
            dict(dataset.tables[0].rows),
            dataset.read,
            dict(dataset.skipped),
            dataset.source.release,
            dataset.source.version,
        )
        for dataset in datasets
    }


RELEASE, VERSION = "2023, updated February 20, 2025", "2023, 2025-02-20"
OF_BOTH: Found = {
    "bea-rpp-states": (
        {"US": 100.0, "CA": 112.581, "CT": 103.689},
        6,
        {OTHER_LINE: 2, OTHER_AREA: 1},
        RELEASE,
        VERSION,
    ),
    "bea-rpp-metros": (
        {"25540": 101.5, "31080": 115.0, "28880": 109.73},
        6,
        {OTHER_AREA: 2, NOT_AVAILABLE: 1},
        RELEASE,
        VERSION,
    ),
}


def test_parities_of_all_items_in_the_newest_year(tmp_path: Path) -> None:
    assert found(lay(tmp_path / "both", FILES)) == OF_BOTH
    for name, source in ((STATES, "bea-rpp-states"), (METROS, "bea-rpp-metros")):
        path = tmp_path / f"{name}.zip"
        path.write_bytes(archive({name: FILES[name]}))
        assert found(path) == {source: OF_BOTH[source]}


def test_a_renamed_area_keeps_the_new_code_that_bea_has_for_it(tmp_path: Path) -> None:
    both = OF_METROS.replace("(NA)", "90.000").replace("41980", SAME_COUNTIES["39100"])
    parities, *_ = found(lay(tmp_path, {METROS: both.encode("latin-1")}))["bea-rpp-metros"]
    assert (parities["39100"], parities["28880"]) == (109.73, 90.0)


def test_an_extract_says_that_it_is_one(tmp_path: Path) -> None:
    release = "2023 (an extract with two decimals)"
    assert found(lay(tmp_path, {METROS: EXTRACT.encode()})) == {
        "bea-rpp-metros": ({"10180": 89.85}, 3, {OTHER_AREA: 1, OTHER_LINE: 1}, release, "2023")
    }
    # BEA's own file of the same year replaces it.
    assert VERSION > "2023"


def test_another_year_is_refused(tmp_path: Path) -> None:
    files = PublisherFiles(lay(tmp_path, FILES))
    assert len(price_parities.read(files, release="2023")) == 2
    with pytest.raises(ImportRefused, match=rf"{STATES} in .* has 2023 as its newest year, not 2022"):
        price_parities.read(files, release="2022")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("other.csv", OF_STATES, "has no regional price parities: expected a file such as SARPP_STATE_2008_2023.csv"),
        (STATES, "", "is not a table of price parities: it has no column 'GeoFIPS'"),
        (STATES, OF_STATES.replace("Description", "Item"), "it has no column 'Description'"),
        (STATES, OF_STATES.replace("2022,2023", "first,last"), "it has no column of a year"),
        (STATES, OF_STATES.replace("112.581", "112.581,1"), "is damaged: a line has 11 fields, not 10: 06000"),
        (STATES, OF_STATES.replace("112.581", "-112.581"), "is damaged: '-112.581' is not a price parity"),
        (STATES, OF_STATES.replace("112.581", "112581"), "is damaged: '112581' is not a price parity"),
        (STATES, OF_STATES.replace("06000", "6th"), "is damaged: '6th' is not the code of an area"),
        (METROS, OF_METROS[:-2] + '"', "is damaged: "),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, name: str, content: str, problem: str) -> None:
    with pytest.raises(ImportRefused) as refusal:
        price_parities.read(PublisherFiles(lay(tmp_path, {name: content.encode("latin-1")})))
    assert problem in str(refusal.value)


def printed(name: str, starts: Mapping[str, str]) -> dict[str, float]:
    """Return the last number of the lines on all items that start with a code as the file prints it."""
    lines = (DATA / name).read_bytes().decode("latin-1").splitlines()
    return {
        area: float(row.rpartition(",")[2])
        for area, start in starts.items()
        for row in lines
        if row.startswith(start) and "RPPs: All items" in row
    }


@needs_shared
def test_the_published_parities() -> None:
    by_id = {source: parities for source, (parities, *_) in found(DATA).items()}
    states = {"CA": "06", "TX": "48", "NY": "36", "MS": "28", "HI": "15", "WA": "53", "DC": "11", "AR": "05"}
    expected = printed(STATES, {area: f' "{fips}000",' for area, fips in states.items()})
    assert {area: by_id["bea-rpp-states"][area] for area in states} == expected
    assert (expected["CA"], len(expected), len(by_id["bea-rpp-states"])) == (112.581, 8, 52)
    # The nation's capital area, San Jose, Austin and a renamed area, as the extract prints them.
    metros = {"47900": "47900,", "41940": "41940,", "12420": "12420,", "28880": "39100,"}
    expected = printed(METROS, metros)
    assert {area: by_id["bea-rpp-metros"][area] for area in metros} == expected
    assert (len(expected), len(by_id["bea-rpp-metros"])) == (4, 384)
