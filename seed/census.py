"""The Census Bureau's occupation categories, which household surveys use, and the occupations in each.

``census.tsv`` holds the 2018 Census Occupation Code List with the detailed SOC occupations of each category. To
regenerate it from a folder with the Bureau's workbook and BLS's ``soc_structure_2018.xlsx``:
``python -m seed.census crosswalks > seed/census.tsv``.
"""

import csv
import hashlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from db.models import Source
from seed import soc, soc_codes, wider_groups
from seed.dataset import PUBLIC_DOMAIN, Dataset
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import AGGREGATES, published_code
from seed.spreadsheets import Workbook, text_of
from seed.wider_groups import Group

FILE = Path(__file__).with_suffix(".tsv")
FIRST_YEAR = 2020
"""The first year in which the Current Population Survey uses this list. Earlier categories have other boundaries."""

_LIST, _SUMMARY = "2018 Census Occ Code List", "Summary of 2018 Changes"
_DETAILED = re.compile(r"\d\d-\d{3}[1-9]")


class Category(NamedTuple):
    """A category of the list: its title, Census code, SOC code and detailed SOC occupations.

    The SOC code of a category of several occupations is a group's, such as "11-9030", or has wildcards, such as
    "13-20XX".
    """

    title: str
    census: str
    soc: str
    detailed: Sequence[str]

    @property
    def occupations(self) -> Sequence[str]:
        """The occupations of OEWS and the Employment Projections that the category covers in full, by SOC code."""
        published = dict.fromkeys(map(published_code, self.detailed))
        return [soc for soc in published if set(AGGREGATES.get(soc, ())) <= {*self.detailed}]

    @property
    def group(self) -> Group | None:
        """The category as a group of several occupations; None if it covers one or only a part of one."""
        several = len(self.occupations) > 1
        return Group(f"census-{self.census}", self.title, self.occupations) if several else None


@cache
def categories() -> Mapping[str, Category]:
    """Return the categories by normalized title."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return {
            normalized(row["title"]): Category(row["title"], row["census"], row["soc"], row["occupations"].split())
            for row in rows
        }


@cache
def occupations_in_parts() -> Sequence[str]:
    """Return the occupations that the list divides into several categories, by SOC code."""
    in_part = [
        category.detailed[0] for category in categories().values() if category.detailed and not category.occupations
    ]
    return [*dict.fromkeys(map(published_code, in_part))]


def normalized(title: str) -> str:
    """Return a title as lower-case words: dashes, commas and spacing differ between tables."""
    return " ".join(re.findall(r"[a-z0-9]+", title.lower()))


def groups() -> Dataset:
    """Return the categories of several occupations as a dataset."""
    source = Source(
        id="census-occupations",
        name="2018 Census Occupation Code List",
        publisher="U.S. Census Bureau",
        release="2018",
        version="2018",
        license=PUBLIC_DOMAIN,
        url="https://www.census.gov/topics/employment/industry-occupation/guidance/code-lists.html",
        digest=wider_groups.digest(FILE, __file__, soc_codes.__file__),
    )
    of_several = [category.group for category in categories().values() if category.group is not None]
    return wider_groups.dataset(source, of_several, read=len(categories()))


def distilled(files: PublisherFiles) -> str:
    """Return the content of ``census.tsv`` for a folder with the Census Bureau's workbook and the SOC's structure."""
    name = files.find("*occupation-code-list*.xlsx", "*.xlsx")
    if name is None:
        raise ImportRefused(f"{files.path} has no xlsx file with the Census occupation code list")
    listed = list(_listed(Workbook(files, name)))
    members = _members(Workbook(files, name), [soc for _, _, soc in listed], soc.detailed_codes(files))
    lines = [
        "# 2018 Census Occupation Code List with SOC occupations, U.S. Census Bureau (US public domain)",
        f"# From {name}, SHA-256 {hashlib.sha256(files.read(name)).hexdigest()}",
        "title\tcensus\tsoc\toccupations",
        *("\t".join((*category, " ".join(members[category[2]]))) for category in listed),
    ]
    return "\n".join(lines) + "\n"


def _listed(workbook: Workbook) -> Iterator[tuple[str, str, str]]:
    """Yield the title, the Census code and the SOC code of each category."""
    rows = [[" ".join(text_of(cell).split()) for cell in row] for row in workbook.rows(_LIST)]
    header = next((row for row in rows if "2018 Census Code" in row), None)
    if header is None or not {"2018 Census Title", "2018 SOC Code"} <= set(header):
        raise ImportRefused(f"{workbook.name} is not the Census occupation code list: it lacks titles or codes")
    title, census, soc_code = (
        header.index(name) for name in ("2018 Census Title", "2018 Census Code", "2018 SOC Code")
    )
    # Headings have a range of codes, such as "0010-0440".
    return ((row[title], row[census], row[soc_code]) for row in rows if re.fullmatch(r"\d{4}", row[census]))


def _members(workbook: Workbook, codes: Sequence[str], detailed: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Return the detailed occupations of each category, by the category's SOC code.

    The workbook names those of most categories with wildcards. Any other occupation is in the category with the longest
    code that it matches, where zeros at the end and wildcards match any digit.
    """
    members: dict[str, list[str]] = {code: [] for code in codes}
    code = ""
    for first, _, title, *_ in workbook.rows(_SUMMARY):
        code = text_of(first) or code
        if code in members:
            members[code] += re.findall(rf"\(({_DETAILED.pattern}) ?\)", text_of(title))
    starts = sorted((re.sub(r"(X|0+$)", "", code), code) for code in codes if _DETAILED.fullmatch(code) is None)
    named = {soc_code for of_category in members.values() for soc_code in of_category}
    for soc_code in detailed:
        if soc_code in members:
            members[soc_code] = [soc_code]
        elif soc_code not in named:
            matching = [(start, code) for start, code in starts if soc_code.startswith(start)]
            members[max(matching, key=lambda pair: len(pair[0]))[1]].append(soc_code)
    return members


if __name__ == "__main__":
    sys.stdout.write(distilled(PublisherFiles(Path(sys.argv[1]))))
