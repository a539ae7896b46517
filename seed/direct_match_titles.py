"""Importer of the SOC's direct match title file, in which the Bureau of Labor Statistics (BLS) gives titles one code.

Titles of occupations that the wage data leave out, such as military ones, become uncovered titles.
"""

from collections import Counter
from collections.abc import Iterator

from db.models import AlternateTitle, Source, UncoveredTitle
from db.vocabulary import DIRECT_MATCH_TITLES
from seed import soc_codes
from seed.dataset import PUBLIC_DOMAIN, Dataset, Table
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import SOC_CODE, not_covered, published_code
from seed.spreadsheets import Workbook, text_of

TITLES_FILE = "soc_2018_direct_match_title_file*.xlsx"

REPEATED = "another row has the same title, ignoring case"

_HEADER = ["2018 SOC Code", "2018 SOC Title", "2018 SOC Direct Match Title"]


def read(files: PublisherFiles, release: str) -> list[Dataset]:
    """Return the titles, or nothing if the files do not include them; raise ImportRefused for a damaged file.

    An aggregate has the titles of its parts. A dozen titles have two codes and become titles of both.
    """
    name = files.find(TITLES_FILE)
    if name is None:
        return []
    rows, skipped = [*_rows(files, name)], Counter[str]()
    titles: dict[tuple[str, str], tuple[str, str]] = {}
    uncovered: dict[str, tuple[str, str]] = {}
    for code, occupation, title in rows:
        soc, key, reason = published_code(code), title.casefold(), not_covered(code)
        if (soc, key) in titles or (reason and key in uncovered):
            skipped[REPEATED] += 1
        elif reason:
            uncovered[key] = title, f"{reason} The SOC classifies this title as {occupation} ({code})."
        else:
            titles[soc, key] = soc, title
    source = Source(
        id=DIRECT_MATCH_TITLES,
        name="SOC direct match titles",
        publisher="U.S. Bureau of Labor Statistics, for the Office of Management and Budget",
        release=release,
        version=release,
        license=PUBLIC_DOMAIN,
        url="https://www.bls.gov/soc/2018/#materials",
        digest=files.digest([name], __file__, soc_codes.__file__),
    )
    tables = [
        Table(AlternateTitle, ("soc", "title"), [*titles.values()]),
        Table(UncoveredTitle, ("title", "reason"), [*uncovered.values()]),
    ]
    return [Dataset(source, tables, len(rows), skipped)]


def _rows(files: PublisherFiles, name: str) -> Iterator[tuple[str, str, str]]:
    """Yield (code, title of the occupation, title)."""
    rows = iter([text_of(cell) for cell in row[: len(_HEADER)]] for row in Workbook(files, name).rows())
    if not any(row == _HEADER for row in rows):
        raise ImportRefused(f"{name} in {files.path} is not the direct match title file: no header row has {_HEADER}")
    for row in rows:
        code, occupation, title = row
        if not SOC_CODE.fullmatch(code):
            raise ImportRefused(f"{name} in {files.path} is damaged: {code!r} is not a SOC code")
        yield code, occupation, " ".join(title.split())
