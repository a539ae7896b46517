"""The Census Bureau's occupation categories, which household surveys use, and their SOC codes.

``census.tsv`` holds the titles and codes of the 2018 Census Occupation Code List. To regenerate it from the Bureau's
workbook: ``python -m seed.census 2018-occupation-code-list-and-crosswalk.xlsx > seed/census.tsv``.
"""

import csv
import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import AGGREGATES
from seed.spreadsheets import Workbook, text_of

FILE = Path(__file__).with_suffix(".tsv")
FIRST_YEAR = 2020
"""The first year in which the Current Population Survey uses this list. Earlier categories have other boundaries."""

_SHEET = "2018 Census Occ Code List"


@cache
def soc_codes() -> Mapping[str, str]:
    """Return the list's SOC code of each category, by normalized title.

    A category of several occupations has the code of a broad group, such as "11-9030", or wildcards, such as "13-20XX".
    """
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return {normalized(row["title"]): row["soc"] for row in rows}


def normalized(title: str) -> str:
    """Return a title as lower-case words: dashes, commas and spacing differ between tables."""
    return " ".join(re.findall(r"[a-z0-9]+", title.lower()))


def is_one_occupation(soc: str) -> bool:
    """Tell whether a category with this SOC code is exactly one occupation of OEWS and the Employment Projections.

    Where a broad group has a single detailed occupation, the list gives the detailed code. So a broad code stands for
    one occupation only if it is a published aggregate, and a code with wildcards never does.
    """
    return soc in AGGREGATES or re.fullmatch(r"\d\d-\d{3}[1-9]", soc) is not None


def distilled(files: PublisherFiles) -> str:
    """Return the content of ``census.tsv`` for the Census Bureau's workbook."""
    name = files.find("*.xlsx")
    if name is None:
        raise ImportRefused(f"{files.path} has no xlsx file with the Census occupation code list")
    lines = [
        "# 2018 Census Occupation Code List with SOC codes, U.S. Census Bureau (US public domain)",
        f"# From {name}, SHA-256 {hashlib.sha256(files.read(name)).hexdigest()}",
        "title\tcensus\tsoc",
        *("\t".join(category) for category in _categories(Workbook(files, name))),
    ]
    return "\n".join(lines) + "\n"


def _categories(workbook: Workbook) -> Iterator[tuple[str, str, str]]:
    rows = [[" ".join(text_of(cell).split()) for cell in row] for row in workbook.rows(_SHEET)]
    header = next((row for row in rows if "2018 Census Code" in row), None)
    if header is None or not {"2018 Census Title", "2018 SOC Code"} <= set(header):
        raise ImportRefused(f"{workbook.name} is not the Census occupation code list: it lacks titles or codes")
    title, census, soc = (header.index(name) for name in ("2018 Census Title", "2018 Census Code", "2018 SOC Code"))
    # Headings have a range of codes, such as "0010-0440".
    return ((row[title], row[census], row[soc]) for row in rows if re.fullmatch(r"\d{4}", row[census]))


if __name__ == "__main__":
    sys.stdout.write(distilled(PublisherFiles(Path(sys.argv[1]))))
