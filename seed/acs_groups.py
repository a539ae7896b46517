"""The categories of the American Community Survey (ACS) for which Table 5.3 of the Employment Projections is published.

``acs_groups.tsv`` holds BLS's crosswalk from occupations of the National Employment Matrix to these categories. It is
for Table 5.3 alone: other tables use other categories. To regenerate it from BLS's workbook:
``python -m seed.acs_groups nem-occcode-acs-crosswalk.xlsx > seed/acs_groups.tsv``.
"""

import csv
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from db.models import Source
from seed import wider_groups
from seed.dataset import PUBLIC_DOMAIN, Dataset
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import SOC_CODE
from seed.spreadsheets import Workbook, text_of
from seed.wider_groups import Group

FILE = Path(__file__).with_suffix(".tsv")

_HEADER = ["Sort Order", "National Employment Matrix code", "National Employment Matrix title", "ACS code"]


@cache
def _rows() -> list[tuple[str, str, str]]:
    """Return the code of each occupation, and the code and title of a category that it belongs to."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return [(row["occupation"], row["acs"], row["title"]) for row in rows]


@cache
def group_of() -> Mapping[str, Group | None]:
    """Return the group of each occupation; None where its categories are the occupation's own.

    Three occupations consist of two or three categories each, such as 31-1120. Their figures are their own.
    """
    occupations: dict[str, list[str]] = defaultdict(list)
    for soc, acs, _ in _rows():
        occupations[acs].append(soc)
    groups = {acs: Group(f"acs-{acs}", title, occupations[acs]) for _, acs, title in _rows()}
    return {soc: groups[acs] if len(occupations[acs]) > 1 else None for soc, acs, _ in _rows()}


def groups() -> Dataset:
    """Return the categories of several occupations as a dataset."""
    source = Source(
        id="ep-acs-groups",
        name="National Employment Matrix to American Community Survey crosswalk",
        publisher="U.S. Bureau of Labor Statistics",
        license=PUBLIC_DOMAIN,
        url="https://www.bls.gov/emp/classifications-crosswalks/NEM-OccCode-ACS-Crosswalk.xlsx",
        digest=wider_groups.digest(FILE, __file__),
    )
    of_several = {group.code: group for group in group_of().values() if group is not None}
    return wider_groups.dataset(source, of_several.values(), read=len(_rows()))


def distilled(files: PublisherFiles) -> str:
    """Return the content of ``acs_groups.tsv`` for BLS's workbook."""
    name = files.find("*acs-crosswalk*.xlsx", "*.xlsx")
    if name is None:
        raise ImportRefused(f"{files.path} has no xlsx file with the crosswalk to the American Community Survey")
    lines = [
        "# Crosswalk from the National Employment Matrix to the American Community Survey, BLS (public domain)",
        f"# From {name}, SHA-256 {hashlib.sha256(files.read(name)).hexdigest()}",
        "occupation\tacs\ttitle",
        *("\t".join(row) for row in _listed(Workbook(files, name))),
    ]
    return "\n".join(lines) + "\n"


def _listed(workbook: Workbook) -> Iterator[tuple[str, str, str]]:
    header, *rows = workbook.rows() or [[]]
    if [text_of(cell) for cell in header][: len(_HEADER)] != _HEADER:
        raise ImportRefused(
            f"{workbook.name} is not the crosswalk to the American Community Survey: its header differs"
        )
    for _, soc, _, acs, title, *_ in rows:
        if SOC_CODE.fullmatch(text_of(soc)):
            yield text_of(soc), text_of(acs).zfill(4), " ".join(text_of(title).split())


if __name__ == "__main__":
    sys.stdout.write(distilled(PublisherFiles(Path(sys.argv[1]))))
