"""Importer of BLS's Employment Projections: growth and openings, education and training, and skill categories.

Reads Table 1.2 (occupation.xlsx), Tables 5.3 and 5.4 (education.xlsx), Table 6.5 (skills.xlsx) and the website's export
(Employment Projections.csv). The export repeats Table 1.2, so it is read only if that table is missing.

BLS marks with a footnote the figures of a wider group or of similar occupations. Those of Table 5.3 are stored with the
group of the American Community Survey that they are published for. Those of Table 6.5, where O*NET has no survey of the
occupation, are left out.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from io import StringIO

from db.distributions import most_common
from db.models import ALL_OCCUPATIONS, Education, OccupationSkill, Outlook, Share, Source
from db.vocabulary import EducationLevel, Experience, MissingReason, ShareKind, SkillKind, Training
from seed import acs_groups
from seed.dataset import PUBLIC_DOMAIN, Dataset, Table
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import SOC_CODE
from seed.spreadsheets import Cell, Workbook, number_of, text_of
from seed.wider_groups import Group

SUMMARY = "a total of several occupations"
REPEATED = "the occupation has an earlier row"
UNKNOWN_GROUP = "Table 5.3: attainment of a wider group that the crosswalk does not have"
IMPUTED = "Table 6.5: skills imputed from similar occupations"

_WORKBOOKS = ("occupation*.xlsx", "education*.xlsx", "skills*.xlsx")
_SHEETS = ("Table 1.2", "Table 5.3", "Table 5.4", "Table 6.5")
_EXPORT = "The CSV export"

_COLUMNS = {
    "Occupation title": r"(\d{4} National Employment Matrix|Occupation) title",
    "Occupation code": r"(\d{4} National Employment Matrix|Occupation) code",
    "Occupation type": r"Occupation type",
    "Employment": r"Employment,? \d{4}",
    "Employment change, percent": r"Employment (change, percent|percent change), .*",
    "Occupational openings, annual average": r"Occupational openings, .* annual average",
    "Typical education needed for entry": r"Typical (education needed for entry|entry-level education)",
    "Work experience in a related occupation": r"Work experience in a related occupation",
    "Typical on-the-job training": r"Typical on-the-job training.*",
}
"""Each column by the name we use for it, and the pattern of its names in the tables."""

_YEARS_AHEAD = 10
_NO_DATA = {"", "—", "N/A"}


@dataclass(frozen=True)
class _Published:
    """One published table: its names, its columns and the rows that have an occupation code."""

    file: str
    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def columns_like(self, name: str) -> list[int]:
        """Return the indexes of the columns that match the pattern of this key of _COLUMNS."""
        return [i for i, title in enumerate(self.columns) if re.fullmatch(_COLUMNS[name], title, re.IGNORECASE)]

    def column(self, name: str) -> int:
        """Return the index of the first such column; raise ImportRefused if there is none."""
        found = self.columns_like(name)
        if not found:
            raise ImportRefused(f'{self.file}: {self.name} has no column "{name}"')
        return found[0]

    def measures(self) -> dict[str, int]:
        """Return the indexes of all columns except the occupation's title and code, by name."""
        keys = {self.column("Occupation title"), self.column("Occupation code")}
        return {name: i for i, name in enumerate(self.columns) if name and i not in keys}

    @property
    def year(self) -> int:
        """The base year of the projections, which is the first year in the header."""
        found = re.search(r"\b20\d\d\b", " ".join(self.columns))
        if found is None:
            raise ImportRefused(f"{self.file}: {self.name} has no base year in its header")
        return int(found[0])

    def occupations(self, skipped: Counter[str]) -> Iterator[tuple[str, Sequence[Cell]]]:
        """Yield each occupation's code and row; count the other rows by reason."""
        code, types = self.column("Occupation code"), self.columns_like("Occupation type")
        seen: set[str] = set()
        for row in self.rows:
            soc = _soc(row[code])
            if soc == ALL_OCCUPATIONS or any(row[type_] != "Line item" for type_ in types):
                skipped[SUMMARY] += 1
            elif soc in seen:
                skipped[REPEATED] += 1
            else:
                seen.add(soc)
                yield soc, row

    def has_footnote(self, row: Sequence[Cell]) -> bool:
        """Tell whether the row's title ends in a footnote mark, such as "[1]"."""
        return re.search(r"\[\d+\]$", text_of(row[self.column("Occupation title")])) is not None


def read(files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
    """Return a dataset each for outlook, education and skills, as far as the files have their tables.

    Raises ImportRefused if there is no table, a column is missing, or the tables are of several releases or not of the
    given one.
    """
    tables = _published(files)
    if not tables:
        raise ImportRefused(f"{files.path} has no Employment Projections: expected Table 1.2, 5.3, 5.4 or 6.5")
    years = sorted({table.year for table in tables.values()})
    if len(years) > 1:
        raise ImportRefused(f"{files.path} mixes the projections from {' and '.join(map(str, years))}")
    if release not in (None, _release(years[0])):
        raise ImportRefused(f"{files.path} has the Employment Projections {_release(years[0])}, not {release}")
    outlook = tables.get("Table 1.2") or tables.get(_EXPORT)
    needs, attainment, skills = tables.get("Table 5.4") or outlook, tables.get("Table 5.3"), tables.get("Table 6.5")
    datasets: list[Dataset] = []
    if outlook:
        datasets.append(_outlook(files, outlook))
    if attainment:
        datasets.append(acs_groups.groups())
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
                    raise ImportRefused(f"{files.path} has {sheet} twice: remove {tables[sheet].file} or {file}")
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
        raise ImportRefused(f"{file} is not a complete CSV file: {error}") from error
    if "Occupation Code" not in header:
        return None
    if any(len(row) != len(header) for row in rows):
        raise ImportRefused(f"{file} is not a complete CSV file: rows and header differ in length")
    return _with_codes(file, _EXPORT, "", header, rows)


def _with_codes(file: str, name: str, title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> _Published:
    columns = [re.sub(r"\s*\[\d+\]$", "", " ".join(column.split())) for column in header]
    code = _Published(file, name, title, columns, ()).column("Occupation code")
    # Footnotes below the rows have no code.
    found = [row for row in rows if text_of(row[code])]
    if not found:
        raise ImportRefused(f"{file}: {name} has no rows of occupations")
    for row in found:
        if not SOC_CODE.fullmatch(_soc(row[code])):
            raise ImportRefused(f"{file}: {name} has {row[code]!r} instead of an occupation code")
    return _Published(file, name, title, columns, found)


def _soc(cell: Cell) -> str:
    # The export writes ="27-2012", so that Excel does not read it as a date.
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
        license=PUBLIC_DOMAIN,
        url="https://www.bls.gov/emp/data/occupational-data.htm",
        digest=files.digest({table.file for table in tables}, __file__, acs_groups.__file__, acs_groups.FILE),
    )


def _outlook(files: PublisherFiles, published: _Published) -> Dataset:
    skipped = Counter[str]()
    employment = published.columns_like("Employment")
    if len(employment) != 2:  # noqa: PLR2004 - base and projected year
        raise ImportRefused(f'{published.file}: {published.name} does not have two columns "Employment, [year]"')
    (from_year, first), (to_year, last) = sorted((int(published.columns[i][-4:]), i) for i in employment)
    growth = published.column("Employment change, percent")
    openings = published.column("Occupational openings, annual average")
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
        (soc, *_group_and_largest(degrees.get(soc)), *typical.get(soc, none))
        for soc in dict.fromkeys([*typical, *degrees])
    ]
    shares = [
        (soc, ShareKind.DEGREE, name, position, percent, MissingReason.NOT_COLLECTED if percent is None else None)
        for soc, (_, percents) in degrees.items()
        for position, (name, percent) in enumerate(percents.items(), start=1)
    ]
    columns = (
        *("soc", "degrees_group_code", "most_common_degree"),
        *("typical_entry", "related_experience", "on_the_job_training"),
    )
    tables = [table for table in (needs, attainment) if table]
    return Dataset(
        _source(files, "ep-education", _education_name(attainment), *tables),
        [
            Table(Education, columns, rows),
            Table(Share, ("soc", "kind", "name", "position", "percent", "missing"), shares),
        ],
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
    entry = published.column("Typical education needed for entry")
    experience = published.column("Work experience in a related occupation")
    training = published.column("Typical on-the-job training")
    return {
        soc: (
            _level(EducationLevel, row[entry], published),
            _level(Experience, row[experience], published),
            _level(Training, row[training], published),
        )
        for soc, row in published.occupations(skipped)
    }


def _level(levels: type[Enum], cell: Cell, published: _Published) -> str | None:
    """Return the label of a level; raise ImportRefused for one that is unknown."""
    label = _words(cell)
    try:
        return None if label is None else levels(label).value
    except ValueError:
        known = ", ".join(f'"{level.value}"' for level in levels)
        raise ImportRefused(
            f'{published.file}: {published.name} has the unknown level "{label}"; the known ones are {known}'
        ) from None


_Attainment = tuple[Group | None, dict[str, float | None]]
"""The wider group that a distribution is published for, and its percentages."""


def _degrees(published: _Published, skipped: Counter[str]) -> dict[str, _Attainment]:
    levels, groups = published.measures(), acs_groups.group_of()
    for name in levels:
        _level(EducationLevel, name, published)
    found: dict[str, _Attainment] = {}
    for soc, row in published.occupations(skipped):
        percents = {name: number_of(row[index]) for name, index in levels.items()}
        if not published.has_footnote(row):
            found[soc] = None, percents
        elif soc in groups:
            found[soc] = groups[soc], percents
        else:
            skipped[UNKNOWN_GROUP] += 1
    return found


def _group_and_largest(attainment: _Attainment | None) -> tuple[str | None, str | None]:
    """Return the code of the wider group and the most common degree."""
    if attainment is None:
        return None, None
    group, percents = attainment
    return group and group.code, most_common(percents)


def _figures(row: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, float]:
    numbers = ((name, number_of(row[index])) for name, index in columns.items())
    return {name: number for name, number in numbers if number is not None}


def _skills(files: PublisherFiles, published: _Published) -> Dataset:
    skipped = Counter[str]()
    categories = published.measures()
    rows: list[tuple[str, tuple[SkillKind, str], int, float]] = []
    for soc, row in published.occupations(skipped):
        if published.has_footnote(row):
            skipped[IMPUTED] += 1
            continue
        ranked = sorted(_figures(row, categories).items(), key=lambda item: (-item[1], item[0]))
        rows += (
            (soc, (SkillKind.CATEGORY, name), rank, percentile) for rank, (name, percentile) in enumerate(ranked, 1)
        )
    source = _source(files, "ep-skills", "percentile ranks by skill category", published)
    table = Table(OccupationSkill, ("soc", "skill", "rank", "percentile"), rows)
    return Dataset(source, [table], len(published.rows), skipped)
