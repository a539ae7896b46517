"""Importer of the Current Population Survey's annual tables 11 (sex and race), 11b (age) and 39 (weekly earnings).

The tables have titles without codes. The titles are the categories of the Census Bureau's list, which gives their
occupations. The figures of a category of several occupations are stored for each of them, with the group that they are
published for. A figure that is not published is stored with its reason.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.models import Demographics, Share, Source, WeeklyEarnings
from db.vocabulary import MissingReason, ShareKind
from seed import census, soc_codes
from seed.dataset import PUBLIC_DOMAIN, Dataset, Table
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.spreadsheets import Cell, Workbook, number_of, text_of

GROUP = "a group of occupations"
PART = "the Census category is only a part of an occupation"
UNKNOWN = "its title is not in the Census list"
REPEATED = "the occupation has an earlier row"

_WORKERS = r"Employed (persons|people) by detailed occupation"
_TITLES = {
    "11": rf"{_WORKERS}, sex, race, and Hispanic or Latino ethnicity",
    "11b": rf"{_WORKERS} and age",
    "39": r"Median weekly earnings of full-time wage and salary workers by detailed occupation and sex",
}
_ELEVEN_MONTHS = "11-month averages that exclude October"


@dataclass(frozen=True)
class _Published:
    """One published table: its number, year and note, the full names of its columns, and its rows."""

    file: str
    number: str
    year: int
    note: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def column(self, name: str) -> int:
        """Return the index of a column; raise ImportRefused if the table has no such column."""
        if name not in self.columns:
            raise ImportRefused(f'{self.file}: Table {self.number} has no column "{name}"')
        return self.columns.index(name)

    def occupations(self, skipped: Counter[str]) -> Iterator[tuple[str, str | None, Sequence[Cell]]]:
        """Yield the SOC code, the wider group's code and the row of each occupation; count other rows by reason."""
        seen: set[str] = set()
        for row in self.rows:
            title = text_of(row[0])
            category = census.categories().get(census.normalized(title))
            if category is None:
                skipped[GROUP if _is_group(title) else UNKNOWN] += 1
            elif not category.occupations:
                skipped[PART] += 1
            elif category.census in seen:
                skipped[REPEATED] += 1
            else:
                seen.add(category.census)
                for soc in category.occupations:
                    yield soc, category.group and category.group.code, row


def read(files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
    """Return the groups of the Census list, and a dataset for each of the three tables that the files contain.

    Raises ImportRefused if there is none of them, a column is missing, a table occurs twice, or a table's year differs
    from the given release or is before FIRST_YEAR of the Census list.
    """
    tables: dict[str, _Published] = {}
    for file in files.find_all("cpsaat*.xlsx") or files.find_all("*.xlsx"):
        table = _published(file, Workbook(files, file).rows())
        if table is None:
            continue
        if table.number in tables:
            other = tables[table.number].file
            raise ImportRefused(f"{files.path} has Table {table.number} twice: remove {other} or {file}")
        if release is not None and release[:4] != str(table.year):
            raise ImportRefused(f"{file} is the table of {table.year}, not {release}")
        tables[table.number] = table
    if not tables:
        raise ImportRefused(f"{files.path} has no Current Population Survey table: expected Table 11, 11b or 39")
    readers = {"11": _sex_and_race, "11b": _age, "39": _earnings}
    return [census.groups(), *(readers[number](files, table) for number, table in sorted(tables.items()))]


def _published(file: str, rows: Sequence[Sequence[Cell]]) -> _Published | None:
    title = " ".join(text_of(rows[0][0]).split()) if rows else ""
    number = next((number for number, words in _TITLES.items() if re.search(rf"\d+[a-z]?\. {words}", title)), None)
    if number is None:
        return None
    top = next((y for y, row in enumerate(rows) if text_of(row[0]) == "Occupation"), len(rows))
    first = next((y for y in range(top + 1, len(rows)) if text_of(rows[y][0])), len(rows))
    year = next((text_of(cell) for cell in rows[top][1:] if text_of(cell)), "") if top < len(rows) else ""
    if first == len(rows) or not re.fullmatch(r"20\d\d", year):
        raise ImportRefused(f"{file}: Table {number} has no header with a year followed by rows of occupations")
    if int(year) < census.FIRST_YEAR:
        raise ImportRefused(
            f"{file} is the table of {year}; tables before {census.FIRST_YEAR} use an earlier Census occupation list"
        )
    titled = [row for row in rows[first:] if text_of(row[0])]
    notes = [row for row in titled if text_of(row[0]).startswith("NOTE")]
    return _Published(
        file,
        number,
        int(year),
        " ".join(text_of(row[0]) for row in notes),
        _column_names(rows[top + 1 : first]),
        [row for row in titled if row not in notes],
    )


def _column_names(header: Sequence[Sequence[Cell]]) -> list[str]:
    """Return each column's full name: "Men: Median weekly earnings" if one heading spans several columns."""
    levels = [[" ".join(text_of(cell).split()) for cell in row] for row in header]
    levels = [level for level in levels if any(level)]
    for level in levels[:-1]:
        for x in range(1, len(level)):
            level[x] = level[x] or level[x - 1]
    return [": ".join(filter(None, names)) for names in zip(*levels, strict=True)]


def _is_group(title: str) -> bool:
    return title.startswith("Total") or title.endswith("occupations")


def _source(files: PublisherFiles, table: _Published, content: str) -> Source:
    # The survey was not conducted in October 2025, so that averages of 2025 are not fully comparable with other years.
    months = " (11-month averages, October not collected)" if _ELEVEN_MONTHS in table.note else ""
    return Source(
        id=f"cps-{table.number}",
        name=f"Current Population Survey, Table {table.number}: {content}",
        publisher="U.S. Bureau of Labor Statistics",
        release=f"{table.year}{months}",
        version=str(table.year),
        license=PUBLIC_DOMAIN,
        url="https://www.bls.gov/cps/tables.htm",
        digest=files.digest([table.file], __file__, census.__file__, census.FILE, soc_codes.__file__),
    )


def _figures(
    table: _Published, columns: Mapping[str, str], skipped: Counter[str]
) -> Iterator[tuple[str, str | None, dict[str, float | None]]]:
    """Yield the code, the group and the figures of each occupation; ``columns`` maps our names to the columns'."""
    places = {name: table.column(column) for name, column in columns.items()}
    for soc, group, row in table.occupations(skipped):
        yield soc, group, {name: number_of(row[place]) for name, place in places.items()}
    for soc in census.occupations_in_parts():
        yield soc, None, dict.fromkeys(places)


def _reason(soc: str) -> MissingReason:
    """Return why an occupation has no figure: a dash, whose base is below 50,000 workers, or no category of its own."""
    in_parts = soc in census.occupations_in_parts()
    return MissingReason.NOT_COLLECTED if in_parts else MissingReason.SMALL_SAMPLE


def _missing(soc: str, figures: Mapping[str, object]) -> dict[str, Any] | None:
    """Return the reasons of the figures that are not published; None where all are."""
    return {name: {"reason": _reason(soc).value} for name, figure in figures.items() if figure is None} or None


_RACES = ("White", "Black or African American", "Asian", "Hispanic or Latino")


def _sex_and_race(files: PublisherFiles, table: _Published) -> Dataset:
    skipped = Counter[str]()
    columns = {name: f"Percent of total employed: {name}" for name in ("Women", *_RACES)}
    shares: list[tuple[Any, ...]] = []
    occupations: list[tuple[Any, ...]] = []
    for soc, group, percents in _figures(table, columns, skipped):
        women = percents.pop("Women")
        races = {name: percent for name, percent in percents.items() if percent is not None}
        missing = _missing(soc, {"gender": women, "race": races or None})
        # People of Hispanic origin can be of any race, so the categories overlap.
        occupations.append((soc, group, None if women is None and not races else False, missing))
        if women is not None:
            # The table has only the share of women. The survey records two sexes, so the rest are men. Both are named
            # as in other sources, so that distributions can be compared.
            shares.append((soc, ShareKind.GENDER, "Female", 1, women, None))
            shares.append((soc, ShareKind.GENDER, "Male", 2, round(100 - women, 1), None))
        if races:
            shares += (
                (soc, ShareKind.RACE, race, position, percent, _reason(soc) if percent is None else None)
                for position, (race, percent) in enumerate(percents.items(), 1)
            )
    return Dataset(
        _source(files, table, "employed people by sex, race and Hispanic or Latino ethnicity"),
        [
            Table(Demographics, ("soc", "group_code", "race_is_exclusive", "missing"), occupations),
            Table(Share, ("soc", "kind", "name", "position", "percent", "missing"), shares),
        ],
        len(table.rows),
        skipped,
    )


def _age(files: PublisherFiles, table: _Published) -> Dataset:
    skipped = Counter[str]()
    rows = [
        (soc, group, found["median_age"], _missing(soc, found))
        for soc, group, found in _figures(table, {"median_age": "Median age"}, skipped)
    ]
    source = _source(files, table, "median age of employed people")
    columns = ("soc", "group_code", "median_age", "missing")
    return Dataset(source, [Table(Demographics, columns, rows)], len(table.rows), skipped)


def _earnings(files: PublisherFiles, table: _Published) -> Dataset:
    skipped = Counter[str]()
    columns = {
        "everyone": "Total: Median weekly earnings",
        "men": "Men: Median weekly earnings",
        "women": "Women: Median weekly earnings",
    }
    rows = [
        (soc, group, *map(_dollars, found.values()), _missing(soc, found))
        for soc, group, found in _figures(table, columns, skipped)
    ]
    source = _source(files, table, "median usual weekly earnings of full-time workers by sex")
    table_of_rows = Table(WeeklyEarnings, ("soc", "group_code", *columns, "missing"), rows)
    return Dataset(source, [table_of_rows], len(table.rows), skipped)


def _dollars(number: float | None) -> int | None:
    return None if number is None else round(number)
