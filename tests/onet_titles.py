"""The titles of a whole O*NET release with the employment of a whole OEWS release, for what only many titles show."""

import csv
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.bulk import bulk_insert
from db.models import (
    ALL_INDUSTRIES,
    NATION,
    AlternateTitle,
    Area,
    Industry,
    Occupation,
    OccupationGroup,
    Source,
    Wage,
)
from db.vocabulary import AreaKind, GroupLevel, OccupationKind

_DATA = Path(__file__).parents[2] / "shared" / "data"
_ONET = _DATA / "onet_30_1"
_OEWS = _DATA / "bls_oews_m2024" / "national_M2024_dl.xlsx"

needs_releases = pytest.mark.skipif(
    not (_ONET.is_dir() and _OEWS.is_file()), reason=f"the publishers' files are not in {_DATA}"
)


def store_titles(session: Session) -> None:
    """Store the occupations, their alternate and reported titles, and how many they employ."""
    session.add(Source(id="titles", name="Titles", license="CC BY 4.0", digest=""))
    session.add(OccupationGroup(code="00-0000", title="All", level=GroupLevel.TOTAL))
    session.add(Area(code=NATION, name="United States", kind=AreaKind.NATION))
    session.add(Industry(code=ALL_INDUSTRIES, title="All"))
    session.flush()
    own = {row["O*NET-SOC Code"][:7]: row["Title"] for row in reversed(list(_rows("Occupation Data")))}
    number_of = {code: number for number, code in enumerate(own, start=1)}
    source: dict[str, Any] = {"source_id": "titles"}
    occupations = [
        source | {"id": number_of[code], "code": code, "slug": code, "title": title, "kind": OccupationKind.DETAILED}
        for code, title in own.items()
    ]
    session.execute(insert(Occupation), [row | {"group_code": "00-0000"} for row in occupations])
    titles = ((number_of[code], title, "titles", False) for code, title in sorted(set(_alternate())))
    bulk_insert(session, AlternateTitle, ["occupation_id", "title", "source_id", "reported"], titles)
    wages = (
        (number_of[code], NATION, ALL_INDUSTRIES, count, "titles") for code, count in _employment() if code in number_of
    )
    bulk_insert(session, Wage, ["occupation_id", "area_code", "industry_code", "employment", "source_id"], wages)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_ONET / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _alternate() -> Iterator[tuple[str, str]]:
    for name, columns in (
        ("Occupation Data", ["Title"]),
        ("Alternate Titles", ["Alternate Title", "Short Title"]),
        ("Sample of Reported Titles", ["Reported Job Title"]),
    ):
        for row in _rows(name):
            code = row["O*NET-SOC Code"]
            for column in columns:
                if row[column] != "n/a" and not (column == "Title" and code.endswith(".00")):
                    yield code[:7], row[column]


def _employment() -> Iterator[tuple[str, int]]:
    header, *rows = CalamineWorkbook.from_filelike(BytesIO(_OEWS.read_bytes())).get_sheet_by_index(0).to_python()
    for row in rows:
        cell = dict(zip(header, row, strict=True))
        if cell["O_GROUP"] == "detailed" and isinstance(cell["TOT_EMP"], float):
            yield str(cell["OCC_CODE"]), int(cell["TOT_EMP"])
