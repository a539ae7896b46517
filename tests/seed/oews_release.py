"""A small test release of OEWS in each of its published forms."""

import gzip
import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.seed.workbooks import Sheet, xlsx

HELD_BACK, TOO_HIGH, OTHER_PERIOD = "held back", "too high", "other period"
"""Marks for missing figures."""

Cell = tuple[str, str, str, Sequence[str | None]]
"""Area, industry, occupation, and 17 figures in the order of OEWS data types, None if absent."""

AREAS = {
    "N0000000": ("00", "National"),
    "S0600000": ("06", "California"),
    "S7200000": ("72", "Puerto Rico"),
    "M0031080": ("06", "Los Angeles-Long Beach-Anaheim, CA"),
    "M0100001": ("01", "Northwest Alabama nonmetropolitan area"),
}
INDUSTRIES = {
    "000000": ("All industries", 0),
    "000001": ("Private owners", 1),
    "31--34": ("Manufacturing", 2),
    "99-100": ("Government", 2),
    "611100": ("Schools", 4),
    "611103": ("Schools, local government", 5),
    "999101": ("Federal government", 2),
}
OCCUPATIONS = {
    "000000": ("All Occupations", 0),
    "131020": ("Buyers and Purchasing Agents", 3),
    "252021": ("Elementary School Teachers", 3),
    "270000": ("Arts Occupations", 0),
    "272000": ("Entertainers", 1),
    "272010": ("Actors, Producers, and Directors", 2),
    "272012": ("Producers and Directors", 3),
    "272031": ("Dancers", 3),
    "291240": ("Surgeons", 3),
}
FOOTNOTES = {
    "1": "Estimates for detailed occupations do not sum to the totals.",
    "4": "Wages for some occupations are reported either as hourly wages or annual salaries.",
    "5": "This wage is equal to or greater than $115.00 per hour or $239,200 per year.",
    "8": "Estimate not released.",
}

DIRECTORS = ("143120", "2.9", "54.47", "113300", "1.8", "22.01", "30.13", "43.44", "64.81", "95.45",
             "45780", "62670", "90360", "134800", "198540", None, None)  # fmt: skip
TEACHERS = ("1400", "3.0", *[OTHER_PERIOD] * 1, "70000", "0.5", *[OTHER_PERIOD] * 5,
            "45000", "52000", "64000", "81000", "105000", None, None)  # fmt: skip
DANCERS = ("9870", "9.5", "28.74", OTHER_PERIOD, "7.2", "12.1", "16.04", "23.97", "30.8", "55.5",
           *[OTHER_PERIOD] * 5, None, None)  # fmt: skip
SURGEONS = ("25000", "4.1", "160.02", "332840", "3.3", "48.08", "90.1", *[TOO_HIGH] * 3,
            "100000", "187400", *[TOO_HIGH] * 3, None, None)  # fmt: skip
UNRELEASED = (HELD_BACK, HELD_BACK, "40.5", "84240", "6.1", *["40.5"] * 5, *["84240"] * 5, HELD_BACK, HELD_BACK)
LOCAL = ("20", "12", ".5", "1040", "40", *[HELD_BACK] * 10, "2.015", "0.98")
GROUP = ("500000", "1.1", "40", "83200", "0.9", *["40"] * 5, *["83200"] * 5, None, None)

CELLS: tuple[Cell, ...] = (
    ("N0000000", "000000", "000000", GROUP),
    ("N0000000", "000000", "131020", GROUP),
    ("N0000000", "000000", "252021", TEACHERS),
    ("N0000000", "000000", "270000", GROUP),
    ("N0000000", "000000", "272000", GROUP),
    ("N0000000", "000000", "272010", GROUP),
    ("N0000000", "000000", "272012", DIRECTORS),
    ("N0000000", "000000", "272031", DANCERS),
    ("N0000000", "000000", "291240", SURGEONS),
    ("N0000000", "000001", "272012", GROUP),
    ("N0000000", "31--34", "272012", LOCAL),
    ("N0000000", "99-100", "252021", TEACHERS),
    ("N0000000", "611100", "252021", TEACHERS),
    ("N0000000", "611103", "252021", TEACHERS),
    ("N0000000", "999101", "272012", GROUP),
    ("S0600000", "000000", "272012", GROUP),
    ("S7200000", "000000", "272012", UNRELEASED),
    ("M0031080", "000000", "272012", LOCAL),
    ("M0100001", "000000", "272012", UNRELEASED),
)

_NOTES = {HELD_BACK: "8", TOO_HIGH: "5", OTHER_PERIOD: "4"}
_NUMBERS = range(1, 18)


def _printed(figure: str | None) -> tuple[str | None, str | None]:
    """Return a figure as printed in flat files, and its footnote."""
    note = _NOTES.get(figure or "")
    return ("-" if note else figure, note)


def as_package(release: str = "May 2025", cells: Sequence[Cell] = CELLS) -> dict[str, bytes]:
    """Return the data files of the PyPI package."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "oews.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            columns = ", ".join(f"{letter}{number:02} TEXT" for letter in "vf" for number in _NUMBERS)
            connection.executescript(f"""
                CREATE TABLE cell (key TEXT PRIMARY KEY, {columns}) WITHOUT ROWID;
                CREATE TABLE area (area_code TEXT, areatype_code TEXT, state_code TEXT, area_name TEXT);
                CREATE TABLE industry (industry_code TEXT, industry_name TEXT, display_level INTEGER);
                CREATE TABLE occupation (occupation_code TEXT, occupation_name TEXT, display_level INTEGER);
                CREATE TABLE footnote (footnote_code TEXT, footnote_text TEXT);
                CREATE TABLE meta (name TEXT, value TEXT);
            """)
            for area, industry, occupation, figures in cells:
                values = [_printed(figure) for figure in figures]
                row = [f"OEU{area}{industry}{occupation}", *(v for v, _ in values), *(note for _, note in values)]
                connection.execute(f"INSERT INTO cell VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
            for table, rows in (
                ("area", [(code[1:], code[0], *area) for code, area in AREAS.items()]),
                ("industry", [(code, *industry) for code, industry in INDUSTRIES.items()]),
                ("occupation", [(code, *occupation) for code, occupation in OCCUPATIONS.items()]),
                ("footnote", [*FOOTNOTES.items()]),
            ):
                connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608
            connection.commit()
        database = path.read_bytes()
    packed = gzip.compress(database, mtime=0)
    manifest = {
        "file_sha256": hashlib.sha256(packed).hexdigest(),
        "database_sha256": hashlib.sha256(database).hexdigest(),
        "release": {"description": release, "code": "2025A01"},
        "retrieved": "2026-09-26",
    }
    return {"oews-2025.sqlite.gz": packed, "manifest.json": json.dumps(manifest).encode()}


def as_flat_files(release: str = "May 2025", cells: Sequence[Cell] = CELLS) -> dict[str, bytes]:
    """Return BLS's flat files: tab-separated columns padded with spaces, and CR LF line ends."""
    data = ["series_id                     \tyear\tperiod\t       value\tfootnote_codes"]
    for area, industry, occupation, figures in sorted(cells):
        for number, figure in enumerate(figures, start=1):
            if figure is not None:
                value, note = _printed(figure)
                series = f"OEU{area}{industry}{occupation}{number:02}"
                data.append(f"{series:30}\t2025\tA01\t{value:>12}\t{note or '1,3'}")
    lists = {
        "oe.area": [
            "state_code\tarea_code\tareatype_code\tarea_name",
            *(f"{state}\t{code[1:]}\t{code[0]}\t{name}" for code, (state, name) in AREAS.items()),
        ],
        "oe.industry": [
            "industry_code\tindustry_name\tdisplay_level\tselectable\tsort_sequence",
            *(f"{code}\t{title}\t{level}\tT\t0" for code, (title, level) in INDUSTRIES.items()),
        ],
        "oe.occupation": [
            "occupation_code\toccupation_name\tdisplay_level\tselectable\tsort_sequence",
            *(f"{code}\t{title}\t{level}\tT\t0" for code, (title, level) in OCCUPATIONS.items()),
        ],
        "oe.footnote": ["footnote_code\tfootnote_text", *("\t".join(note) for note in FOOTNOTES.items())],
        "oe.release": ["release_date\tdescription", f"2025A01\t{release}"],
        "oe.data.0.Current": data,
    }
    return {name: "".join(f"{line}\r\n" for line in lines).encode() for name, lines in lists.items()}


_COLUMNS = ("TOT_EMP", "EMP_PRSE", "H_MEAN", "A_MEAN", "MEAN_PRSE", "H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75",
            "H_PCT90", "A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90", "JOBS_1000", "LOC_QUOTIENT")  # fmt: skip
_WORDS = ("AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE", "OCC_CODE",
          "OCC_TITLE", "O_GROUP")  # fmt: skip
_IN_WORKBOOKS: Mapping[str, tuple[str, str, str]] = {
    "000000": ("000000", "cross-industry", "1235"),
    "000001": ("000001", "cross-industry, ownership", "5"),
    "31--34": ("31-33", "sector", "5"),
    "99-100": ("99", "sector", "123"),
    "611100": ("611100", "4-digit", "235"),
    "611103": ("611100", "4-digit, ownership", "3"),
    "999101": ("999101", "cross-industry, ownership", "1"),
}
_AREA_WORDS: Mapping[str, tuple[str, str, str]] = {
    "N0000000": ("99", "1", "US"),
    "S0600000": ("06", "2", "CA"),
    "S7200000": ("72", "3", "PR"),
    "M0031080": ("31080", "4", "CA"),
    "M0100001": ("0100001", "6", "AL"),
}


def as_workbook(release: str = "May 2025", cells: Sequence[Cell] = CELLS) -> dict[str, bytes]:
    """Return the workbook of all cells."""
    return {"all_data_M_2025.xlsx": workbook(release, cells)}


def as_workbooks(release: str = "May 2025", cells: Sequence[Cell] = CELLS) -> dict[str, bytes]:
    """Return the workbooks by type of area, and an unrelated file."""
    parts = {
        "national_M2025_dl.xlsx": [cell for cell in cells if cell[:2] == ("N0000000", "000000")],
        "natsector_M2025_dl.xlsx": [cell for cell in cells if cell[0] == "N0000000" and cell[1] != "000000"],
        "state_M2025_dl.xlsx": [cell for cell in cells if cell[0].startswith("S")],
        "MSA_M2025_dl.xlsx": [cell for cell in cells if cell[0].startswith("M")],
    }
    return {name: workbook(release, part) for name, part in parts.items()} | {"readme.txt": b"May 2025\r\n"}


def national(release: str, cells: Sequence[Cell] = CELLS, top_code: str = "$115.00 per hour or $239,200") -> bytes:
    """Return the national workbook of a release. Those before May 2024 have no columns of the area and the industry."""
    of_nation = [cell for cell in cells if cell[:2] == ("N0000000", "000000")]
    return workbook(release, of_nation, top_code, without=8 if release < "May 2024" else 0)


def workbook(
    release: str, cells: Sequence[Cell], top_code: str = "$115.00 per hour or $239,200", without: int = 0
) -> bytes:
    """Return one workbook, without some of the first columns."""
    notes: Sheet = [
        [f"{release} OEWS Estimates"],
        [],
        ["Occupational Employment and Wage Statistics (OEWS) Survey"],
        ["*  = indicates that a wage estimate is not available"],
        [f"#  = indicates a wage equal to or greater than {top_code} per year "],
    ]
    rows: list[list[str | float | None]] = [[*_WORDS, *_COLUMNS, "PCT_TOTAL", "PCT_RPT", "ANNUAL", "HOURLY"]]
    for cell in cells:
        rows += _rows_of(cell)
    return xlsx({"data": [row[without:] for row in rows], "Field Descriptions": notes, "UpdateTime": [["now"]]})


def _rows_of(cell: Cell) -> list[list[str | float | None]]:
    area, industry, digits, figures = cell
    code = f"{digits[:2]}-{digits[2:]}"
    number, kind, state = _AREA_WORDS[area]
    naics, group, owners = _IN_WORKBOOKS[industry]
    title, level = OCCUPATIONS[digits]
    words = [number, AREAS[area][1], kind, state, naics, INDUSTRIES[industry][0], group, owners, code, title]
    levels = ["total" if digits == "000000" else ("major", "minor", "broad", "detailed")[level]]
    if digits == "131020":
        # BLS prints two rows for a broad occupation that is published only as a whole.
        levels = ["broad", "detailed"]
    marked = [_marked(name, figure) for name, figure in zip(_COLUMNS, figures, strict=True)]
    flags: list[str | None] = [
        "TRUE" if figures[2] == OTHER_PERIOD else None,
        "TRUE" if figures[3] == OTHER_PERIOD else None,
    ]
    return [[*words, level, *marked, 0.5, "~", *flags] for level in levels]


def _marked(column: str, figure: str | None) -> str | float | None:
    match figure:
        case None:
            return None
        case "held back":
            return "**" if column.startswith(("TOT_EMP", "EMP")) else "*"
        case "too high":
            return "#"
        case "other period":
            return "*"
        case _:
            return float(figure)
