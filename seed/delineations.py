"""Importer of the Census Bureau's delineation files: the principal cities and counties of metropolitan areas.

List 1 has the counties of each metropolitan and micropolitan area, list 2 its principal cities. Wages are published for
metropolitan areas and carry the same codes. No file says which nonmetropolitan area a county is in: those counties, and
micropolitan areas, are left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from db.models import AreaName, Source
from db.states import STATES, TERRITORIES
from seed.dataset import PUBLIC_DOMAIN, Dataset, Table
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.spreadsheets import Workbook, text_of

MICROPOLITAN = "the area is micropolitan: no wages are published for it"
REPEATED = "a city or county of the area has the same name"

_CODE, _TITLE, _KIND, _STATE = (
    "CBSA Code",
    "CBSA Title",
    "Metropolitan/Micropolitan Statistical Area",
    "FIPS State Code",
)
_METROPOLITAN = "Metropolitan Statistical Area"
_STATES = {**STATES, **TERRITORIES}

_RELEASE = re.compile(r"AREAS.*, ([A-Z]+ \d{4})$")
_AREA = re.compile(r"\d{5}")
_CONSOLIDATED = re.compile(r"( city| \w+ government)? \(balance\)$")
_BRACKETED = re.compile(r"(.+) \((.+)\)")


def read(files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
    """Read both lists; raise ImportRefused if one is missing, damaged or of another release than the one given."""
    counties, cities = (_list(files, number, column) for number, column in _LISTS.items())
    stated = _release(counties)
    if release not in (None, stated):
        raise ImportRefused(f"{counties.name} in {files.path} is the list of {stated}, not {release}")
    rows: dict[tuple[str, str], None] = {}
    read_, skipped = 0, Counter[str]()
    for workbook, column in ((cities, _LISTS[2]), (counties, _LISTS[1])):
        for line in _lines(workbook, column, files):
            read_ += 1
            if line[_KIND] != _METROPOLITAN:
                skipped[MICROPOLITAN] += 1
                continue
            named = [(line[_CODE], f"{name}, {_STATES[line[_STATE]]}") for name in _names(line[column])]
            skipped[REPEATED] += all(name in rows for name in named)
            rows.update(dict.fromkeys(named))
    source = Source(
        id="census-areas",
        name="Core based statistical areas, counties and principal cities",
        publisher="U.S. Census Bureau",
        release=stated,
        version=f"{datetime.strptime(stated, '%B %Y'):%Y-%m}",  # noqa: DTZ007 - a month without a time
        license=PUBLIC_DOMAIN,
        url="https://www.census.gov/geographies/reference-files/time-series/demo/metro-micro/delineation-files.html",
        digest=files.digest([counties.name, cities.name], __file__),
    )
    return [Dataset(source, [Table(AreaName, ("area_code", "name"), [*rows])], read_, +skipped)]


_LISTS = {1: "County/County Equivalent", 2: "Principal City Name"}
"""The column of each list that names a part of an area."""


def _list(files: PublisherFiles, number: int, column: str) -> Workbook:
    name = files.find(f"*list{number}*.xlsx")
    if name is None:
        raise ImportRefused(
            f"{files.path} lacks list {number} ({column}): expected a file such as list{number}_2023.xlsx"
        )
    return Workbook(files, name)


def _release(workbook: Workbook) -> str:
    """Return the release that the title above the header states, such as "July 2023"."""
    for cell, *_ in workbook.rows()[:3]:
        if stated := _RELEASE.search(text_of(cell).upper()):
            return stated[1].title()
    raise ImportRefused(f"{workbook.name} does not state its release above its header")


def _lines(workbook: Workbook, column: str, files: PublisherFiles) -> Iterator[Mapping[str, str]]:
    """Yield the rows below the header, without the notes at the end."""
    rows: Sequence[Sequence[str]] = [[text_of(cell) for cell in row] for row in workbook.rows()]
    start = next((number for number, row in enumerate(rows) if row[0] == _CODE), None)
    missing = [name for name in (_TITLE, _KIND, column, _STATE) if start is None or name not in rows[start]]
    if start is None or missing:
        raise ImportRefused(
            f"{workbook.name} in {files.path} is not a delineation file: it has no column {missing[0]!r}"
        )
    for number, row in enumerate(rows[start + 1 :], start + 2):
        if not any(row[1:]):
            continue
        line = dict(zip(rows[start], row, strict=True))
        if not (_AREA.fullmatch(line[_CODE]) and line[column] and line[_KIND].endswith("Statistical Area")):
            raise ImportRefused(
                f"{workbook.name} in {files.path} is damaged: row {number} is not about a part of an area"
            )
        if line[_KIND] == _METROPOLITAN and line[_STATE].zfill(2) not in _STATES:
            raise ImportRefused(f"{workbook.name} in {files.path}: row {number} has the unknown state {line[_STATE]!r}")
        yield {**line, _STATE: line[_STATE].zfill(2)}


def _names(printed: str) -> list[str]:
    """Return the name of a city or county as people say it, and the other one that it may have in brackets.

    An independent city is printed as "Roanoke city", and a consolidated government without its other towns as
    "Indianapolis city (balance)".
    """
    name = _CONSOLIDATED.sub("", printed).removesuffix(" city")
    if bracketed := _BRACKETED.fullmatch(name):
        return [bracketed[1], bracketed[2]]
    return [name]
