"""Importer of the regional price parities of the Bureau of Economic Analysis (BEA), all items, of the newest year.

A parity is the price level of a state or metropolitan area in percent of the nation's in the same year. BEA publishes
no standard errors. Both tables name areas by code: states by FIPS code, metropolitan areas by the codes that wages are
published for. The areas are BEA's, which can have other boundaries than those of the wages.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import StringIO
from typing import NamedTuple

from db.models import NATION, PriceParity, Source
from db.states import STATES
from seed.dataset import PUBLIC_DOMAIN, Dataset, Table
from seed.publisher_files import ImportRefused, PublisherFiles

OTHER_LINE = "about real income, or about parities of some items"
OTHER_AREA = "about a wider area, such as a region or the nonmetropolitan portion of the nation"
NOT_AVAILABLE = "BEA has no parity of the area for the newest year: (NA)"

_ALL_ITEMS = "RPPs: All items"
_CODE, _LINE = "GeoFIPS", "Description"
_OWN_FORM = ("TableName", "LineCode")
"""Columns of BEA's own files that an extract of them does not have."""

_YEAR = re.compile(r"(?:RPP )?(\d{4})")
_UPDATED = re.compile(r"Last updated: (\w+ \d{1,2}, \d{4})")
_AREA = re.compile(r"\d{5}")
_PORTIONS = {"00000", "00999"}

SAME_COUNTIES = {
    "39100": "28880",  # Poughkeepsie-Newburgh-Middletown, NY: Dutchess and Orange counties
    "45540": "48680",  # The Villages, FL: Sumter County
}
"""The codes since July 2023 of metropolitan areas that were renamed then and kept their counties.

The other areas with new codes have other counties: Ashtabula County joined Cleveland, OH (17410), and Calvert County
joined Lexington Park, MD (30500).
"""


def _state(code: str) -> str | None:
    return NATION if code == "00000" else STATES.get(code.removesuffix("000"))


def _metropolitan_area(code: str) -> str | None:
    return None if code in _PORTIONS else code


class _Table(NamedTuple):
    """One of BEA's tables: the id and name of its source, its file, and what returns an area's code for BEA's."""

    id: str
    name: str
    pattern: str
    area_of: Callable[[str], str | None]


_TABLES = (
    _Table("bea-rpp-states", "Regional price parities by state", "SARPP_STATE*.csv", _state),
    _Table("bea-rpp-metros", "Regional price parities by metropolitan area", "MARPP_MSA*.csv", _metropolitan_area),
)


def read(files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
    """Read either table or both; raise ImportRefused if both are missing, or one is damaged or of another year."""
    found = [(table, name) for table in _TABLES if (name := files.find(table.pattern)) is not None]
    if not found:
        raise ImportRefused(
            f"{files.path} has no regional price parities: expected a file such as SARPP_STATE_2008_2023.csv or "
            "MARPP_MSA_2008_2023.csv, or one of the archives SARPP.zip and MARPP.zip, which are imported one at a time"
        )
    return [_dataset(files, name, table, release) for table, name in found]


def _dataset(files: PublisherFiles, name: str, table: _Table, release: str | None) -> Dataset:
    text = files.read(name).decode("latin-1")
    header, lines = _lines(files, name, text)
    years = {year[1]: column for column in header if (year := _YEAR.fullmatch(column))}
    if not years:
        raise ImportRefused(f"{name} in {files.path} is not a table of price parities: it has no column of a year")
    newest = max(years)
    if release not in (None, newest):
        raise ImportRefused(f"{name} in {files.path} has {newest} as its newest year, not {release}")
    skipped = Counter[str]()
    rows = [*_parities(files, name, table, ((line, line[years[newest]]) for line in lines), skipped)]
    source = Source(
        id=table.id,
        name=table.name,
        publisher="U.S. Bureau of Economic Analysis",
        release=newest,
        version=newest,
        license=PUBLIC_DOMAIN,
        url="https://www.bea.gov/data/prices-inflation/regional-price-parities-state-and-metro-area",
        digest=files.digest([name], __file__),
    )
    if any(column not in header for column in _OWN_FORM):
        source.release = f"{newest} (an extract with two decimals)"
    elif updated := _UPDATED.search(text):
        source.release = f"{newest}, updated {updated[1]}"
        source.version = f"{newest}, {datetime.strptime(updated[1], '%B %d, %Y'):%Y-%m-%d}"  # noqa: DTZ007 - a date
    codes = {code for code, _ in rows}
    renamed = {former: code for former, code in SAME_COUNTIES.items() if code not in codes}
    named = [(renamed.get(code, code), parity) for code, parity in rows]
    return Dataset(source, [Table(PriceParity, ("area_code", "all_items"), named)], len(lines), skipped)


def _parities(
    files: PublisherFiles,
    name: str,
    table: _Table,
    lines: Iterable[tuple[Mapping[str, str], str]],
    skipped: Counter[str],
) -> Iterator[tuple[str, float]]:
    """Yield areas' codes and parities from lines with their value of the newest year."""
    for line, value in lines:
        code = line[_CODE].strip().zfill(5)
        if not _AREA.fullmatch(code):
            raise ImportRefused(f"{name} in {files.path} is damaged: {line[_CODE]!r} is not the code of an area")
        area = table.area_of(code)
        if line[_LINE].strip() != _ALL_ITEMS:
            skipped[OTHER_LINE] += 1
        elif area is None:
            skipped[OTHER_AREA] += 1
        elif value == "(NA)":
            skipped[NOT_AVAILABLE] += 1
        else:
            yield area, _parity(files, name, value)


def _lines(files: PublisherFiles, name: str, text: str) -> tuple[list[str], Sequence[Mapping[str, str]]]:
    """Return the header and the rows by column, without the notes at the end, which have one field."""
    try:
        rows = [row for row in csv.reader(StringIO(text, newline=""), skipinitialspace=True, strict=True) if row]
    except csv.Error as error:
        raise ImportRefused(f"{name} in {files.path} is damaged: {error}") from error
    header = rows[0] if rows else []
    missing = [column for column in (_CODE, _LINE) if column not in header]
    if missing:
        raise ImportRefused(f"{name} in {files.path} is not a table of price parities: it has no column {missing[0]!r}")
    for row in rows:
        if len(row) not in (1, len(header)):
            raise ImportRefused(
                f"{name} in {files.path} is damaged: a line has {len(row)} fields, not {len(header)}: {row[0]}"
            )
    return header, [dict(zip(header, row, strict=True)) for row in rows[1:] if len(row) > 1]


def _parity(files: PublisherFiles, name: str, value: str) -> float:
    try:
        parity = float(value)
    except ValueError:
        parity = 0.0
    if not 0 < parity < _HIGHEST:
        raise ImportRefused(f"{name} in {files.path} is damaged: {value!r} is not a price parity")
    return parity


_HIGHEST = 1_000
"""Far above any parity: prices ten times the nation's."""
