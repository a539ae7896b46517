"""Importer of the Consumer Price Index for All Urban Consumers (CPI-U), by which dollars of different years compare.

BLS's flat file has every series and month. Wages are published for May, so the figures are those of each May.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from db.models import ConsumerPriceIndex, Source
from db.vocabulary import FIRST_WAGE_YEAR
from seed.dataset import PUBLIC_DOMAIN, Dataset, Table
from seed.publisher_files import ImportRefused, PublisherFiles

FILE = "cu.data.1.AllItems"
SERIES, MAY = "CUUR0000SA0", "M05"
"""The U.S. city average of all items, not seasonally adjusted, and the month."""

OTHER_SERIES = "another series"
OTHER_MONTH = "another month"
TOO_OLD = f"before {FIRST_WAGE_YEAR}, the first year of wage history"
NOT_PUBLISHED = "no index is published"

_COLUMNS = ("series_id", "year", "period", "value")
_MONTH = re.compile(r"M(0[1-9]|1[0-2])")


def read(files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
    """Return the index of each May; raise ImportRefused if the file is missing, damaged or of another release.

    The release is the last month of the series, such as "March 2026".
    """
    name = files.find(FILE, f"{FILE}.txt")
    if name is None:
        raise ImportRefused(f"{files.path} has no consumer price index: expected {FILE}")
    skipped, rows, last, read_ = Counter[str](), list[tuple[int, float]](), "", 0
    for series, year, period, value in _lines(files, name):
        read_ += 1
        if series != SERIES:
            skipped[OTHER_SERIES] += 1
            continue
        if value is not None and _MONTH.fullmatch(period):
            last = max(last, f"{year}-{period[1:]}")
        if period != MAY:
            skipped[OTHER_MONTH] += 1
        elif year < FIRST_WAGE_YEAR:
            skipped[TOO_OLD] += 1
        elif value is None:
            skipped[NOT_PUBLISHED] += 1
        else:
            rows.append((year, value))
    if not rows:
        raise ImportRefused(f"{name} in {files.path} has no index of May {FIRST_WAGE_YEAR} or later in series {SERIES}")
    stated = f"{date.fromisoformat(f'{last}-01'):%B %Y}"
    if release not in (None, stated):
        raise ImportRefused(f"{name} in {files.path} is the price index up to {stated}, not {release}")
    source = Source(
        id="cpi-u",
        name="Consumer Price Index for All Urban Consumers (CPI-U)",
        publisher="U.S. Bureau of Labor Statistics",
        release=stated,
        version=last,
        license=PUBLIC_DOMAIN,
        url="https://www.bls.gov/cpi/",
        digest=files.digest([name], __file__),
    )
    return [Dataset(source, [Table(ConsumerPriceIndex, ("year", "value"), rows)], read_, skipped)]


def _lines(files: PublisherFiles, name: str) -> Iterator[tuple[str, int, str, float | None]]:
    """Yield the series, the year, the period and the index of each line; None where no index is published."""
    with files.lines(name) as lines:
        header = [column.strip() for column in next(lines, "").split("\t")]
        if missing := [column for column in _COLUMNS if column not in header]:
            raise ImportRefused(f"{name} in {files.path} is not a file of the price index: it has no {missing[0]}")
        places = [header.index(column) for column in _COLUMNS]
        for number, line in enumerate(lines, 2):
            cells = [cell.strip() for cell in line.split("\t")]
            try:
                series, year, period, value = (cells[place] for place in places)
                yield series, int(year), period, None if value == "-" else float(value)
            except (IndexError, ValueError) as error:
                raise ImportRefused(
                    f"{name} in {files.path} is damaged: line {number} is not a series, a year, a period and an index"
                ) from error
