"""Importer of the crosswalk from fields of study (CIP 2020) to occupations (SOC 2018) by NCES and BLS."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO

from db.models import FieldOfStudy, Source
from seed import soc_codes
from seed.dataset import PUBLIC_DOMAIN, Dataset, Table
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.spreadsheets import Workbook, text_of

RELEASE = "2020"
SHEET = "CIP-SOC"
COLUMNS = ("CIP2020Code", "CIP2020Title", "SOC2018Code")

NO_OCCUPATION, NO_FIELD = "99-9999", "99.9999"
UNMATCHED = "the field of study or the occupation has no match"
REPEATED = "another row relates the same field of study and occupation"

_CODES = re.compile(r"\d\d\.\d{4} \d\d-\d{4}")


def read(files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
    """Read the crosswalk from a CSV file or a workbook; raise ImportRefused if missing, damaged or of another year."""
    name = files.find("*CIP*SOC*.csv", "*CIP*SOC*.xlsx")
    if name is None:
        raise ImportRefused(f"{files.path} has no CIP to SOC crosswalk: expected CIP2020_SOC2018_Crosswalk.csv")
    if release not in (None, RELEASE):
        raise ImportRefused(f"{name} in {files.path} is the crosswalk of CIP {RELEASE}, not {release}")
    lines = _workbook_rows(files, name) if name.lower().endswith(".xlsx") else _csv_rows(files, name)
    titles, skipped = dict[tuple[str, str], str](), Counter[str]()
    for code, title, soc in lines:
        if not _CODES.fullmatch(f"{code} {soc}"):
            raise ImportRefused(
                f"{name} in {files.path} is damaged: {code!r} and {soc!r} are not a CIP code and a SOC code"
            )
        field = (soc_codes.published_code(soc), code)
        if soc == NO_OCCUPATION or code == NO_FIELD:
            skipped[UNMATCHED] += 1
        elif field in titles:
            skipped[REPEATED] += 1
        else:
            titles[field] = title.removesuffix(".")
    table = Table(FieldOfStudy, ("soc", "code", "title"), [(*field, title) for field, title in titles.items()])
    source = Source(
        id="cip-soc",
        name="CIP to SOC crosswalk",
        publisher="National Center for Education Statistics and Bureau of Labor Statistics",
        release=RELEASE,
        version=RELEASE,
        license=PUBLIC_DOMAIN,
        url="https://nces.ed.gov/ipeds/cipcode/post3.aspx?y=56",
        digest=files.digest([name], __file__, soc_codes.__file__),
    )
    return [Dataset(source, [table], len(lines), skipped)]


def _csv_rows(files: PublisherFiles, name: str) -> list[tuple[str, ...]]:
    try:
        return _chosen(files, name, list(csv.reader(StringIO(files.text(name), newline=""), strict=True)))
    except csv.Error as error:
        raise ImportRefused(f"{name} in {files.path} is damaged: {error}") from error


def _workbook_rows(files: PublisherFiles, name: str) -> list[tuple[str, ...]]:
    rows = Workbook(files, name).rows(SHEET)
    return _chosen(files, name, [[text_of(cell) for cell in row] for row in rows])


def _chosen(files: PublisherFiles, name: str, rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return COLUMNS of the data rows; raise ImportRefused if a column is missing or a row has another length."""
    header = list(rows[0]) if rows else []
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise ImportRefused(f"{name} in {files.path} is not the CIP to SOC crosswalk: it has no column {missing[0]!r}")
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            raise ImportRefused(
                f"{name} in {files.path} is damaged: line {number} has {len(row)} fields, not {len(header)}"
            )
    return [tuple(row[header.index(column)] for column in COLUMNS) for row in rows[1:]]
