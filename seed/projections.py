"""The Employment Projections of the Bureau of Labor Statistics: growth and openings, education, and skill categories.

Read are Table 1.2 (occupation.xlsx), Tables 5.3 and 5.4 (education.xlsx), Table 6.5 (skills.xlsx) and the export of the
site's data table (Employment Projections.csv). The export says what Table 1.2 says, so it is read only where that
table is not in the files.

Figures that BLS marks as those of another group are left out, not served as the occupation's own: in Table 5.3 where
the American Community Survey has no category of exactly this occupation, in Table 6.5 where O*NET has not surveyed it.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from db.models import Education, OccupationSkill, Outlook, Share, Source
from db.vocabulary import ShareKind, SkillKind
from seed.dataset import Dataset, Table
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import ALL_OCCUPATIONS, SOC_CODE
from seed.spreadsheets import Cell, Workbook, number_of, text_of

SUMMARY = "a summary of several occupations"
REPEATED = "the occupation has an earlier row"
INEXACT = "attainment in Table 5.3 that is of another group: no exact match with the American Community Survey"
IMPUTED = "skills in Table 6.5 that are imputed from similar occupations"

UNITED = frozenset({"13-1020", "21-1018", "31-1120"})
"""Occupations that are two or three categories of the American Community Survey together, and nothing else.

Table 5.3 marks them too as no exact match, but its figures for them are theirs.
"""

_WORKBOOKS = ("occupation*.xlsx", "education*.xlsx", "skills*.xlsx")
_SHEETS = ("Table 1.2", "Table 5.3", "Table 5.4", "Table 6.5")
_EXPORT = "The csv export"

_TITLE = r"(\d{4} National Employment Matrix|Occupation) title"
_CODE = r"(\d{4} National Employment Matrix|Occupation) code"
_KIND = r"Occupation type"
_EMPLOYMENT = r"Employment,? \d{4}"
_GROWTH = r"Employment (change, percent|percent change), .*"
_OPENINGS = r"Occupational openings, .* annual average"
_ENTRY = r"Typical (education needed for entry|entry-level education)"
_EXPERIENCE = r"Work experience in a related occupation"
_TRAINING = r"Typical on-the-job training.*"

_YEARS_AHEAD = 10
_NO_DATA = {"", "—", "N/A"}


@dataclass(frozen=True)
class _Published:
    """One table as published: what it and its columns are called, and the rows that have a code."""

    file: str
    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def columns_like(self, pattern: str) -> list[int]:
        """Return the positions of the columns whose names match from end to end."""
        return [i for i, name in enumerate(self.columns) if re.fullmatch(pattern, name, re.IGNORECASE)]

    def column(self, pattern: str) -> int:
        """Return the position of the column whose name matches; raises ImportRefused where none does."""
        found = self.columns_like(pattern)
        if not found:
            raise ImportRefused(f"{self.file}: {self.name} lacks a column: none is called {pattern}")
        return found[0]

    def measures(self) -> dict[str, int]:
        """Return the positions of all columns but an occupation's title and code, by name."""
        keys = {self.column(_TITLE), self.column(_CODE)}
        return {name: i for i, name in enumerate(self.columns) if name and i not in keys}

    @property
    def year(self) -> int:
        """The year that the projections start from, which is the first that the header speaks of."""
        found = re.search(r"\b20\d\d\b", " ".join(self.columns))
        if found is None:
            raise ImportRefused(f"{self.file}: {self.name} does not say from which year it projects")
        return int(found[0])

    def occupations(self, skipped: Counter[str]) -> Iterator[tuple[str, Sequence[Cell]]]:
        """Yield each occupation's code and row, and count the other rows by why they are left out."""
        code, kinds = self.column(_CODE), self.columns_like(_KIND)
        seen: set[str] = set()
        for row in self.rows:
            soc = _soc(row[code])
            if soc == ALL_OCCUPATIONS or any(row[kind] != "Line item" for kind in kinds):
                skipped[SUMMARY] += 1
            elif soc in seen:
                skipped[REPEATED] += 1
            else:
                seen.add(soc)
                yield soc, row

    def is_marked(self, row: Sequence[Cell]) -> bool:
        """Tell whether the row's title refers to a footnote."""
        return re.search(r"\[\d+\]$", text_of(row[self.column(_TITLE)])) is not None


def read(files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
    """Return what the tables in the files say: the outlook, education and skills, as far as they are there.

    Raises ImportRefused where none of them is there or one lacks a column, and where they are of several releases or
    of another than the given one.
    """
    tables = _published(files)
    if not tables:
        raise ImportRefused(f"{files.path} has none of the Employment Projections' Tables 1.2, 5.3, 5.4 and 6.5")
    years = sorted({table.year for table in tables.values()})
    if len(years) > 1:
        raise ImportRefused(f"{files.path} mixes projections from {' and from '.join(map(str, years))}")
    if release not in (None, _release(years[0])):
        raise ImportRefused(f"{files.path} has the Employment Projections {_release(years[0])}, not {release}")
    whole = tables.get("Table 1.2") or tables.get(_EXPORT)
    needs, attainment, skills = tables.get("Table 5.4") or whole, tables.get("Table 5.3"), tables.get("Table 6.5")
    datasets: list[Dataset] = []
    if whole:
        datasets.append(_outlook(files, whole))
    if needs or attainment:
        datasets.append(_education(files, needs, attainment))
    if skills:
        datasets.append(_skills(files, skills))
    return datasets


def _published(files: PublisherFiles) -> Mapping[str, _Published]:
    tables: dict[str, _Published] = {}
    for file in files.find_all(*_WORKBOOKS) or files.find_all("*.xlsx"):
        workbook = Workbook(files, file)
        for sheet in _SHEETS:
            if sheet in workbook.sheets:
                if sheet in tables:
                    raise ImportRefused(f"{files.path} has {sheet} twice: in {tables[sheet].file} and in {file}")
                tables[sheet] = _from_sheet(file, sheet, workbook.rows(sheet))
    if "Table 1.2" not in tables:
        csv_file = files.find("*projections*.csv", "*.csv")
        export = _from_export(csv_file, files.text(csv_file)) if csv_file else None
        if export:
            tables[_EXPORT] = export
    return tables


def _from_sheet(file: str, name: str, rows: Sequence[Sequence[Cell]]) -> _Published:
    if len(rows) < 2 or not text_of(rows[0][0]).startswith(f"{name} "):  # noqa: PLR2004 - a title and a header
        raise ImportRefused(f"{file}: {name} does not begin with its title and header")
    return _with_codes(file, name, text_of(rows[0][0]), [text_of(cell) for cell in rows[1]], rows[2:])


def _from_export(file: str, text: str) -> _Published | None:
    try:
        header, *rows = csv.reader(StringIO(text), strict=True)
    except (csv.Error, ValueError) as error:
        raise ImportRefused(f"{file} is not a whole csv file: {error}") from error
    if "Occupation Code" not in header:
        return None
    if any(len(row) != len(header) for row in rows):
        raise ImportRefused(f"{file} is not a whole csv file: not all rows are as wide as the header")
    return _with_codes(file, _EXPORT, "", header, rows)


def _with_codes(file: str, name: str, title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> _Published:
    columns = [re.sub(r"\s*\[\d+\]$", "", " ".join(column.split())) for column in header]
    code = _Published(file, name, title, columns, ()).column(_CODE)
    # Footnotes stand below the rows, and have no code.
    found = [row for row in rows if text_of(row[code])]
    if not found:
        raise ImportRefused(f"{file}: {name} has no row of an occupation")
    for row in found:
        if not SOC_CODE.fullmatch(_soc(row[code])):
            raise ImportRefused(f"{file}: {name} has {row[code]!r} where an occupation's code is expected")
    return _Published(file, name, title, columns, found)


def _soc(cell: Cell) -> str:
    # The export writes ="27-2012", so that Excel does not take it for a date.
    return text_of(cell).strip('="')


def _words(cell: Cell) -> str | None:
    text = text_of(cell)
    return None if text in _NO_DATA else text


def _count(thousands: Cell) -> int | None:
    number = number_of(thousands)
    return None if number is None else round(number * 1000)


def _release(year: int) -> str:
    return f"{year}-{(year + _YEARS_AHEAD) % 100:02}"


def _source(files: PublisherFiles, key: str, name: str, *tables: _Published) -> Source:
    return Source(
        id=key,
        name=f"Employment Projections: {name}",
        publisher="U.S. Bureau of Labor Statistics",
        release=_release(tables[0].year),
        version=str(tables[0].year),
        licence="Public domain (a work of the United States government)",
        url="https://www.bls.gov/emp/data/occupational-data.htm",
        digest=files.digest({table.file for table in tables}, __file__),
    )


def _outlook(files: PublisherFiles, published: _Published) -> Dataset:
    skipped = Counter[str]()
    employment = published.columns_like(_EMPLOYMENT)
    if len(employment) != 2:  # noqa: PLR2004 - the first and the last year
        raise ImportRefused(f"{published.file}: {published.name} lacks a column: employment in two years")
    (from_year, first), (to_year, last) = sorted((int(published.columns[i][-4:]), i) for i in employment)
    growth, openings = published.column(_GROWTH), published.column(_OPENINGS)
    rows = [
        (soc, number_of(row[growth]), from_year, to_year, _count(row[openings]), _count(row[first]), _count(row[last]))
        for soc, row in published.occupations(skipped)
    ]
    columns = ("soc", "growth_percent", "from_year", "to_year", "openings_per_year", "employment_from", "employment_to")
    source = _source(files, "ep-outlook", "growth and openings", published)
    return Dataset(source, [Table(Outlook, columns, rows)], len(published.rows), skipped)


def _education(files: PublisherFiles, needs: _Published | None, attainment: _Published | None) -> Dataset:
    skipped = Counter[str]()
    typical = _needs(needs, skipped) if needs else {}
    degrees = _degrees(attainment, skipped) if attainment else {}
    none = (None, None, None)
    rows = [
        (soc, _largest(degrees.get(soc, {})), *typical.get(soc, none)) for soc in dict.fromkeys([*typical, *degrees])
    ]
    shares = [
        (soc, ShareKind.DEGREE, name, position, percent)
        for soc, percents in degrees.items()
        for position, (name, percent) in enumerate(percents.items(), start=1)
    ]
    columns = ("soc", "most_common_degree", "typical_entry", "related_experience", "on_the_job_training")
    tables = [table for table in (needs, attainment) if table]
    return Dataset(
        _source(files, "ep-education", _education_name(attainment), *tables),
        [Table(Education, columns, rows), Table(Share, ("soc", "kind", "name", "position", "percent"), shares)],
        sum(len(table.rows) for table in tables),
        skipped,
    )


def _education_name(attainment: _Published | None) -> str:
    if attainment is None:
        return "education and training"
    survey = re.search(r"(\d{4})\W(\d{2,4})", attainment.title)
    years = f" {survey[1]}-{survey[2]}" if survey else ""
    return f"education and training; attainment from the American Community Survey{years}, workers 25 and older"


def _needs(published: _Published, skipped: Counter[str]) -> dict[str, tuple[str | None, str | None, str | None]]:
    entry, experience, training = (published.column(name) for name in (_ENTRY, _EXPERIENCE, _TRAINING))
    return {
        soc: (_words(row[entry]), _words(row[experience]), _words(row[training]))
        for soc, row in published.occupations(skipped)
    }


def _degrees(published: _Published, skipped: Counter[str]) -> dict[str, dict[str, float]]:
    levels = published.measures()
    found: dict[str, dict[str, float]] = {}
    for soc, row in published.occupations(skipped):
        if published.is_marked(row) and soc not in UNITED:
            skipped[INEXACT] += 1
        else:
            found[soc] = _figures(row, levels)
    return found


def _figures(row: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, float]:
    numbers = ((name, number_of(row[index])) for name, index in columns.items())
    return {name: number for name, number in numbers if number is not None}


def _largest(shares: Mapping[str, float]) -> str | None:
    """Return the name of the largest share, or None where two are equally large."""
    names = [name for name, percent in shares.items() if percent == max(shares.values())]
    return names[0] if len(names) == 1 else None


def _skills(files: PublisherFiles, published: _Published) -> Dataset:
    skipped = Counter[str]()
    categories = published.measures()
    rows: list[tuple[str, tuple[SkillKind, str], int, float]] = []
    for soc, row in published.occupations(skipped):
        if published.is_marked(row):
            skipped[IMPUTED] += 1
            continue
        ranked = sorted(_figures(row, categories).items(), key=lambda item: (-item[1], item[0]))
        rows += (
            (soc, (SkillKind.CATEGORY, name), rank, percentile) for rank, (name, percentile) in enumerate(ranked, 1)
        )
    source = _source(files, "ep-skills", "percentile ranks by skill category", published)
    table = Table(OccupationSkill, ("soc", "skill", "rank", "percentile"), rows)
    return Dataset(source, [table], len(published.rows), skipped)
