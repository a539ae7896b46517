"""A release of OEWS small enough to read, in each of the forms that BLS's figures come in."""

import gzip
import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from seed.oews.cells import NUMBERS, SCHEMA
from tests.seed.workbooks import archive, xlsx

TOP_CODE = "This wage is equal to or greater than $115.00 per hour or $239,200 per year."

OCCUPATIONS = {
    "000000": ("All Occupations", 0),
    "270000": ("Arts, Design, Entertainment, Sports, and Media Occupations", 0),
    "272000": ("Entertainers and Performers, Sports and Related Workers", 1),
    "272011": ("Actors", 3),
    "272012": ("Producers and Directors", 3),
    "291212": ("Cardiologists", 3),
    "252021": ("Elementary School Teachers, Except Special Education", 3),
}
AREAS = {
    "N0000000": ("00", "National"),
    "S0900000": ("09", "Connecticut"),
    "M0025540": ("09", "Hartford-West Hartford-East Hartford, CT"),
    "M0100001": ("01", "Northwest Alabama nonmetropolitan area"),
}
INDUSTRIES = {
    "000000": ("Cross-industry", 0),
    "31--34": ("Manufacturing", 2),
    "99-100": ("Federal, State, and Local Government", 2),
    "512100": ("Motion Picture and Video Industries", 4),
}

_AS_PUBLISHED = "100 2.5 50.5 105040 1.5 20 30 40 60 90 41600 62400 83200 124800 187200"

_PUBLISHED = _AS_PUBLISHED.split(" ")


def _cell(figures: Sequence[str], marks: Mapping[int, str] | None = None) -> dict[int, tuple[str, str | None]]:
    """Number the figures; marks give the footnote of those that are missing."""
    missing = marks or {}
    return {
        number: ("-", missing[number]) if number in missing else (figure, None)
        for number, figure in enumerate(figures, start=1)
    }


HOURLY = (3, 6, 7, 8, 9, 10)
ANNUAL = (4, 11, 12, 13, 14, 15)

CELLS: dict[tuple[str, str, str], dict[int, tuple[str, str | None]]] = {
    ("N0000000", "000000", "000000"): _cell(_PUBLISHED),
    ("N0000000", "000000", "270000"): _cell(_PUBLISHED),
    ("N0000000", "000000", "272000"): _cell(_PUBLISHED),
    ("N0000000", "000000", "272012"): _cell(_PUBLISHED),
    ("N0000000", "31--34", "272012"): _cell(_PUBLISHED),
    ("N0000000", "99-100", "272012"): _cell(_PUBLISHED),
    ("N0000000", "512100", "272012"): _cell(_PUBLISHED, {1: "8", 2: "8"}),
    ("S0900000", "000000", "272012"): _cell([*_PUBLISHED, "0.25", "1.5"]),
    ("M0025540", "000000", "272012"): _cell([*_PUBLISHED, "0.5", "2"]),
    ("M0100001", "000000", "272012"): _cell([*_PUBLISHED, "0.5", "2"], dict.fromkeys((*HOURLY, *ANNUAL, 5), "8")),
    ("N0000000", "000000", "272011"): _cell(_PUBLISHED, dict.fromkeys(ANNUAL, "4")),
    ("N0000000", "000000", "252021"): _cell(_PUBLISHED, dict.fromkeys(HOURLY, "4")),
    ("N0000000", "000000", "291212"): _cell(_PUBLISHED, {9: "5", 10: "5", 14: "5", 15: "5"}),
}


def package(month: str = "May 2025", mean: str | None = None) -> dict[str, bytes]:
    """The form of the PyPI package: a compressed database and its manifest."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "oews.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(SCHEMA)
            _fill(connection, mean)
        content = path.read_bytes()
    compressed = gzip.compress(content, mtime=0)
    manifest = {
        "file_sha256": hashlib.sha256(compressed).hexdigest(),
        "database_sha256": hashlib.sha256(content).hexdigest(),
        "release": {"description": month},
        "retrieved": "2026-09-26",
    }
    return {"oews-2025.sqlite.gz": compressed, "manifest.json": json.dumps(manifest).encode()}


def _fill(connection: sqlite3.Connection, mean: str | None) -> None:
    for (area, industry, occupation), figures in CELLS.items():
        changed = figures | ({4: (mean, None)} if mean is not None and figures[4][1] is None else {})
        entries = [changed.get(number, (None, None)) for number in NUMBERS]
        row = [f"OEU{area}{industry}{occupation}", *(f for f, _ in entries), *(n for _, n in entries)]
        connection.execute(f"INSERT INTO cell VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
    connection.executemany(
        "INSERT INTO area VALUES (?, ?, ?, ?)",
        [(code[1:], code[0], state, name) for code, (state, name) in AREAS.items()],
    )
    connection.executemany("INSERT INTO industry VALUES (?, ?, ?)", [(c, *entry) for c, entry in INDUSTRIES.items()])
    connection.executemany("INSERT INTO occupation VALUES (?, ?, ?)", [(c, *entry) for c, entry in OCCUPATIONS.items()])
    connection.execute("INSERT INTO footnote VALUES ('5', ?)", [TOP_CODE])
    connection.commit()


def flat_files(month: str = "May 2025") -> dict[str, bytes]:
    """The form of BLS's flat files, which pad their columns with spaces."""
    series = [
        f"OEU{area}{industry}{occupation}{number:02}     \t2025\tA01\t{figure:>12}\t{footnote or ''}"
        for (area, industry, occupation), figures in CELLS.items()
        for number, (figure, footnote) in figures.items()
    ]
    return {
        "oe.release": _lines("release_date\tdescription", [f"2025A01\t{month}"]),
        "oe.area": _lines(
            "state_code\tarea_code\tareatype_code\tarea_name",
            [f"{state}\t{code[1:]}\t{code[0]}\t{name}" for code, (state, name) in AREAS.items()],
        ),
        "oe.industry": _lines(
            "industry_code\tindustry_name\tdisplay_level\tselectable\tsort_sequence",
            [f"{code}\t{name}\t{level}\tT\t1" for code, (name, level) in INDUSTRIES.items()],
        ),
        "oe.occupation": _lines(
            "occupation_code\toccupation_name\toccupation_description\tdisplay_level\tselectable\tsort_sequence",
            [f"{code}\t{name}\twhat they do\t{level}\tT\t1" for code, (name, level) in OCCUPATIONS.items()],
        ),
        "oe.footnote": _lines("footnote_code\tfootnote_text", [f"5\t{TOP_CODE}", "8\tEstimate not released."]),
        "oe.data.0.Current": _lines(
            "series_id                     \tyear\tperiod\t       value\tfootnote_codes", series
        ),
    }


def _lines(header: str, rows: list[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in [header, *rows]).encode()


_COLUMNS = (
    "AREA AREA_TITLE AREA_TYPE PRIM_STATE NAICS NAICS_TITLE I_GROUP OWN_CODE OCC_CODE "
    "OCC_TITLE O_GROUP TOT_EMP EMP_PRSE JOBS_1000 LOC_QUOTIENT PCT_TOTAL PCT_RPT H_MEAN "
    "A_MEAN MEAN_PRSE H_PCT10 H_PCT25 H_MEDIAN H_PCT75 H_PCT90 A_PCT10 A_PCT25 "
    "A_MEDIAN A_PCT75 A_PCT90 ANNUAL HOURLY"
)

_HEADER = _COLUMNS.split(" ")
_FIGURE_COLUMNS = (
    "TOT_EMP EMP_PRSE H_MEAN A_MEAN MEAN_PRSE H_PCT10 H_PCT25 H_MEDIAN H_PCT75 "
    "H_PCT90 A_PCT10 A_PCT25 A_MEDIAN A_PCT75 A_PCT90 JOBS_1000 LOC_QUOTIENT"
)
_NUMBERS: dict[str, int] = dict(
    zip(
        _FIGURE_COLUMNS.split(" "),
        NUMBERS,
        strict=True,
    )
)
_AREAS = {
    "N0000000": ("99", "U.S.", "1", "US"),
    "S0900000": ("09", "Connecticut", "2", "CT"),
    "M0025540": ("25540", "Hartford-West Hartford-East Hartford, CT", "4", "CT"),
    "M0100001": ("100001", "Northwest Alabama nonmetropolitan area", "6", "AL"),
}
_INDUSTRIES = {
    "000000": ("000000", "Cross-industry", "cross-industry", "1235"),
    "31--34": ("31-33", "Manufacturing", "sector", "5"),
    "99-100": ("99", "Federal, State, and Local Government", "sector", "123"),
    "512100": ("512100", "Motion Picture and Video Industries", "4-digit", "5"),
}


def workbook(month: str = "May 2025") -> bytes:
    """The form of BLS's workbooks."""
    rows = [_row(*key, figures) for key, figures in CELLS.items()]
    # A broad occupation that is published only as a whole is listed twice, and private ownership apart from all.
    actors = next(row for row in rows if row[8] == "27-2011")
    again = [*actors[:10], "broad", *["1"] * 19, "", ""]
    private = [*actors[:7], "5", *actors[8:]]
    notes = [[f"{month} OEWS Estimates"], [""], [f"#  = indicates a wage {TOP_CODE.partition('is ')[2]}"]]
    return xlsx({"all_data": [_HEADER, again, private, *rows], "Field Descriptions": notes})


def _row(area: str, industry: str, occupation: str, figures: Mapping[int, tuple[str, str | None]]) -> list[str | float]:
    level = {0: "major", 1: "minor", 2: "broad", 3: "detailed"}[OCCUPATIONS[occupation][1]]
    words = {"O_GROUP": "total" if occupation == "000000" else level}
    if figures[4][1] == "4":
        words["HOURLY"] = "TRUE"
    if figures[3][1] == "4":
        words["ANNUAL"] = "TRUE"
    keys = [*_AREAS[area], *_INDUSTRIES[industry], f"{occupation[:2]}-{occupation[2:]}", OCCUPATIONS[occupation][0]]
    rest: list[str | float] = [words.get(name) or _printed(name, figures) for name in _HEADER[10:]]
    return [*keys, *rest]


def _printed(name: str, figures: Mapping[int, tuple[str, str | None]]) -> str | float:
    figure, footnote = figures.get(_NUMBERS.get(name, 0), ("", None))
    if footnote is not None:
        return "#" if footnote == "5" else "**" if name in ("TOT_EMP", "EMP_PRSE") else "*"
    return float(figure) if figure else ""


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a zip, and return its path."""
    path.write_bytes(archive(files))
    return path
