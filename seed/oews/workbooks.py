"""A release as BLS's workbooks: a row for each cell, with marks instead of unpublished figures."""

import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.models import ALL_INDUSTRIES
from seed.oews.areas import STATES_AND_TERRITORIES
from seed.oews.build import Figures, Lists, built
from seed.oews.cells import NOT_RELEASED, ONE_PERIOD_ONLY, TOP_CODED
from seed.oews.release import Release, source_of
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.spreadsheets import Workbook, text_of

# In the order of the OEWS data types, from 1 to 17.
_FIGURES = ("TOT_EMP", "EMP_PRSE", "H_MEAN", "A_MEAN", "MEAN_PRSE", "H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75",
            "H_PCT90", "A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90", "JOBS_1000", "LOC_QUOTIENT")  # fmt: skip
_WORDS = ("AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE", "OCC_CODE",
          "OCC_TITLE", "O_GROUP", "ANNUAL", "HOURLY")  # fmt: skip
_OF_THE_NATION = {"AREA": "99", "AREA_TITLE": "U.S.", "AREA_TYPE": "1", "PRIM_STATE": "US", "NAICS": ALL_INDUSTRIES,
                  "NAICS_TITLE": "Cross-industry", "I_GROUP": "cross-industry", "OWN_CODE": "1235"}  # fmt: skip
"""The columns that national workbooks before May 2024 lack, with what later ones have in them."""

_INDUSTRY_LEVELS = {"cross-industry": 0, "sector": 2, "3-digit": 3, "4-digit": 4, "5-digit": 5, "6-digit": 5}
_OWNERSHIP = ", ownership"
"""The suffix of I_GROUP for the part of an industry under one kind of owner."""
_ALL_PRIVATE, _ALL_GOVERNMENT = "000001", "999001"
_OCCUPATION_LEVELS = {"total": 0, "major": 0, "minor": 1, "broad": 2, "detailed": 3}
_MARKS = {"*": NOT_RELEASED, "**": NOT_RELEASED, "#": TOP_CODED}
_FIPS = {letters: digits for digits, letters in STATES_AND_TERRITORIES.items()}


def read_workbooks(files: PublisherFiles, names: list[str], digest: str) -> Release:
    """Return the release in BLS's workbooks; raise ImportRefused if they are of several releases."""
    books = [Workbook(files, name) for name in names]
    releases = {_release(book) for book in books}
    if len(releases) != 1:
        raise ImportRefused(f"{files.path} has workbooks of several releases: {', '.join(sorted(releases))}")
    return Release(source_of(releases.pop(), digest), lambda: _built(books))


def _notes(book: Workbook) -> list[str]:
    notes: list[str] = []
    if "Field Descriptions" in book.sheets:
        notes = [" ".join(map(text_of, row)) for row in book.rows("Field Descriptions")]
    if not notes:
        raise ImportRefused(f'{book.name} is not an OEWS workbook: it has no sheet "Field Descriptions"')
    return notes


def _release(book: Workbook) -> str:
    found = re.match(r"(\w+ \d{4}) OEWS Estimates", _notes(book)[0])
    if found is None:
        raise ImportRefused(f"{book.name} is not an OEWS workbook: its field descriptions name no release")
    return found[1]


@contextmanager
def _built(books: list[Workbook]) -> Generator[Path]:
    top_code = next((line for book in books for line in _notes(book) if line.startswith("#")), "")
    lists = Lists(footnotes={TOP_CODED: top_code})
    with built(_cells(books, lists), lists) as path:
        yield path


def _cells(books: list[Workbook], lists: Lists) -> Iterator[tuple[str, Figures]]:
    for book in books:
        header, *rows = book.rows(0) or [[]]
        places = {text_of(title).upper(): place for place, title in enumerate(header)}
        given = _OF_THE_NATION if book.name.lower().startswith("national_") else {}
        if missing := {*_WORDS, *_FIGURES} - places.keys() - given.keys():
            raise ImportRefused(f"{book.name} is not an OEWS workbook: it has no column {', '.join(sorted(missing))}")
        # A broad occupation that is published only as a whole has two rows. The detailed row comes first and is kept.
        for row in sorted(rows, key=lambda row: row[places["O_GROUP"]] != "detailed"):
            words = {name: text_of(row[places[name]]) if name in places else given[name] for name in _WORDS}
            yield _key(words, lists, book.name), _figures({name: row[places[name]] for name in _FIGURES}, words)


def _key(words: Mapping[str, str], lists: Lists, book: str) -> str:
    """Return a cell's key, after adding its area, industry and occupation to the lists."""
    occupation, industry = words["OCC_CODE"].replace("-", ""), _industry(words)
    try:
        area = _area(words)
        lists.industries.setdefault(industry, (words["NAICS_TITLE"], _industry_level(words["I_GROUP"], industry)))
        lists.occupations.setdefault(occupation, (words["OCC_TITLE"], _OCCUPATION_LEVELS[words["O_GROUP"]]))
    except KeyError as error:
        raise ImportRefused(f"{book} has a row with an unknown value: {error}") from error
    lists.areas.setdefault(area, (_FIPS.get(words["PRIM_STATE"], "00"), words["AREA_TITLE"]))
    return f"OEU{area}{industry}{occupation}"


def _area(words: Mapping[str, str]) -> str:
    """Return an area's type and seven digits."""
    match words["AREA_TYPE"]:
        case "1":
            return "N0000000"
        case "2" | "3":
            return f"S{_FIPS[words['PRIM_STATE']]}00000"
        case "4" | "6":
            return f"M{words['AREA'].zfill(7)}"
        case other:
            raise KeyError(other)


def _industry(words: Mapping[str, str]) -> str:
    """Return an industry's code as in the flat files.

    "31-33" becomes "31--34", where 34 is the first sector after the range. The part of "611100" under owner 3 becomes
    "611103".
    """
    code = words["NAICS"]
    if words["I_GROUP"].endswith(f"digit{_OWNERSHIP}"):
        return f"{code[:-1]}{words['OWN_CODE']}"
    sector = re.fullmatch(r"(\d\d)(?:-(\d\d))?", code)
    return code if sector is None else sector[1] + str(int(sector[2] or sector[1]) + 1).rjust(4, "-")


def _industry_level(group: str, code: str) -> int:
    """Return an industry's display level as in the flat files: one level deeper for a part under one kind of owner."""
    whole = group.removesuffix(_OWNERSHIP)
    below = 0 if whole == group else 1
    if whole == "cross-industry" and code not in (ALL_INDUSTRIES, _ALL_PRIVATE, _ALL_GOVERNMENT):
        # Federal, state and local government are parts of all government.
        below = 2
    return _INDUSTRY_LEVELS[whole] + below


def _figures(row: Mapping[str, Any], words: Mapping[str, str]) -> Figures:
    figures: dict[int, tuple[str, str | None]] = {}
    for number, name in enumerate(_FIGURES, start=1):
        text = text_of(row[name])
        if text in _MARKS:
            other = words["ANNUAL" if name.startswith("H_") else "HOURLY"] if name[1] == "_" else ""
            figures[number] = ("-", ONE_PERIOD_ONLY if other.upper() == "TRUE" else _MARKS[text])
        elif text:
            figures[number] = (text, None)
    return figures
