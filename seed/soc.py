"""Importer of the Standard Occupational Classification (SOC) 2018: groups, definitions, parts and titles.

The occupations come from OEWS, which publishes some SOC occupations only as an aggregate: they are its parts. Those
that it publishes nothing for, such as military ones, become uncovered titles with their codes.
"""

from collections.abc import Iterator

from db.models import Description, OccupationPart, Source, UncoveredTitle
from db.vocabulary import GroupLevel
from seed import direct_match_titles, soc_codes
from seed.dataset import PUBLIC_DOMAIN, Dataset, Table
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import not_covered, published_code
from seed.spreadsheets import Workbook, text_of

_LEVELS = {"major": GroupLevel.MAJOR, "minor": GroupLevel.MINOR, "broad": GroupLevel.BROAD}
_RELEASE = "2018"

_STRUCTURE = ["Major Group", "Minor Group", "Broad Group", "Detailed Occupation"]
_DEFINITIONS = ["SOC Group", "SOC Code", "SOC Title", "SOC Definition"]
"""The headers of the two workbooks. The structure has its titles in a fifth column without a header."""


def read(files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
    """Read the SOC's structure, definitions and titles; raise ImportRefused if all are missing."""
    if release not in (None, _RELEASE):
        raise ImportRefused(f"{files.path} can only be imported as SOC {_RELEASE}, not {release}")
    structure, definitions = files.find("soc_structure_2018*.xlsx"), files.find("soc_2018_definitions*.xlsx")
    names = [name for name in (structure, definitions) if name is not None]
    matched = direct_match_titles.read(files, _RELEASE)
    if not names:
        if matched:
            return matched
        raise ImportRefused(
            f"{files.path} has no SOC 2018: expected soc_structure_2018.xlsx, soc_2018_definitions.xlsx or "
            "soc_2018_direct_match_title_file.xlsx"
        )
    rows = [row for name in names for row in _rows(Workbook(files, name))]
    groups = {code: (code, title, _LEVELS[level]) for level, code, title, _ in rows if level in _LEVELS}
    texts = [(code, definition) for level, code, _, definition in rows if level == "detailed" and definition]
    titles = {code: title for level, code, title, _ in rows if level == "detailed"}
    parts = [(soc, code, title) for code, title in titles.items() if (soc := published_code(code)) != code]
    uncovered = [(title, reason, code) for code, title in titles.items() if (reason := not_covered(code))]
    source = Source(
        id="soc",
        name="Standard Occupational Classification (SOC)",
        publisher="U.S. Bureau of Labor Statistics, for the Office of Management and Budget",
        release=_RELEASE,
        version=_RELEASE,
        license=PUBLIC_DOMAIN,
        url="https://www.bls.gov/soc/2018/",
        digest=files.digest(names, __file__, soc_codes.__file__),
    )
    tables = [
        Table(Description, ("soc", "text"), texts),
        Table(OccupationPart, ("soc", "code", "title"), parts),
        Table(UncoveredTitle, ("title", "reason", "code"), uncovered),
    ]
    read = len(groups) + len(texts) + len(parts) + len(uncovered)
    return [Dataset(source, tables, read, groups=list(groups.values())), *matched]


def detailed_codes(files: PublisherFiles) -> list[str]:
    """Return the codes of all detailed occupations in the SOC's structure; raise ImportRefused if it is missing."""
    name = files.find("soc_structure_2018*.xlsx")
    if name is None:
        raise ImportRefused(f"{files.path} has no SOC structure: expected soc_structure_2018.xlsx")
    return [code for level, code, _, _ in _rows(Workbook(files, name)) if level == "detailed"]


def _rows(workbook: Workbook) -> Iterator[tuple[str, str, str, str]]:
    """Yield (level, code, title, definition) from either workbook."""
    rows = [[text_of(cell) for cell in row] for row in workbook.rows()]
    starts = [number for number, row in enumerate(rows) if row[:4] in (_STRUCTURE, _DEFINITIONS)]
    if not starts:
        raise ImportRefused(
            f"{workbook.name} is not a SOC workbook: no header row begins with {_STRUCTURE[0]} or {_DEFINITIONS[0]}"
        )
    place = starts[0]
    for row in rows[place + 1 :]:
        if rows[place][:4] == _DEFINITIONS:
            level, code, title, definition = row[:4]
            yield level.lower(), code, title, definition
        elif found := [depth for depth, cell in enumerate(row[:4]) if cell]:
            yield ("major", "minor", "broad", "detailed")[found[0]], row[found[0]], row[-1], ""
