"""Storage of an OEWS release: its occupations, groups, areas, industries and cells."""

import calendar
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import Session
from sqlmodel import col
from tqdm import tqdm

from db.bulk import bulk_insert
from db.models import (
    ALL_INDUSTRIES,
    ALL_OCCUPATIONS,
    NATION,
    Area,
    GroupWage,
    Industry,
    JobCount,
    Occupation,
    OccupationGroup,
    Row,
    Source,
    Wage,
)
from db.vocabulary import GroupLevel, JobsBasis, OccupationKind
from seed.dataset import PUBLIC_DOMAIN, Report, is_stored
from seed.occupation_groups import link_to_parent_groups
from seed.oews.areas import area_of
from seed.oews.cells import COLUMNS, cells, open_cells, prepare
from seed.publisher_files import ImportRefused
from seed.slugs import slug_of
from seed.soc_codes import nearest_ancestor, with_hyphen

DETAILED = 3
"""The OEWS display level of a detailed occupation."""

_LEVELS = (GroupLevel.MAJOR, GroupLevel.MINOR, GroupLevel.BROAD)
"""Group levels by OEWS display level."""

_MONTHS = tuple(calendar.month_name)


@dataclass
class Release:
    """A release in any form: its source, and a context manager that yields the path of its database of cells."""

    source: Source
    database: Callable[[], AbstractContextManager[Path]]


def source_of(release: str, digest: str, retrieved: date | None = None) -> Source:
    """Return the source of a release, such as "May 2025"; raise ImportRefused if that is not a month and a year."""
    month, _, year = release.partition(" ")
    if month not in _MONTHS[1:] or not year.isdigit():
        raise ImportRefused(f'"{release}" is not an OEWS release: expected a month and a year, such as "May 2025"')
    return Source(
        id="oews",
        name="Occupational Employment and Wage Statistics (OEWS)",
        publisher="U.S. Bureau of Labor Statistics",
        release=release,
        version=f"{year}-{_MONTHS.index(month):02}",
        license=PUBLIC_DOMAIN,
        url="https://www.bls.gov/oes/",
        retrieved=retrieved,
        digest=digest,
    )


def occupation_codes(release: Release) -> set[str]:
    """Return the SOC codes of the detailed occupations of a release."""
    with release.database() as path, closing(open_cells(path)) as connection:
        rows = connection.execute("SELECT occupation_code FROM occupation WHERE display_level = ?", (DETAILED,))
        return {with_hyphen(digits) for (digits,) in rows}


def store_release(session: Session, release: Release) -> Report:
    """Replace the stored release with this one, unless it is the same.

    Raises ImportRefused if a newer release is stored or the files are damaged. The caller then rolls back.
    """
    source = release.source
    report = Report(source.name, source.release, 0, 0, Counter())
    if is_stored(session, source):
        report.unchanged = True
        return report
    try:
        with release.database() as path, closing(open_cells(path)) as connection:
            session.merge(source)
            session.flush()
            for table in (Wage, GroupWage, JobCount):
                session.execute(delete(table).where(col(table.source_id) == source.id))
            [report.read] = connection.execute("SELECT count(*) FROM cell").fetchone()
            report.stored = _store_cells(session, connection, source, report.read)
    except sqlite3.Error as error:
        # Only the release's own database raises sqlite3 errors; the session raises SQLAlchemy's.
        raise ImportRefused(f"{source.name} {source.release} cannot be read: {error}") from error
    if report.stored < report.read:
        report.skipped["the release's lists lack its area or occupation"] = report.read - report.stored
    _count_jobs(session, source)
    return report


def _store_cells(session: Session, connection: sqlite3.Connection, source: Source, total: int) -> int:
    prepare(connection, _store_areas(session, connection))
    industries = [Industry(code=c, title=t, display_level=level) for c, t, level in connection.execute(_INDUSTRIES)]
    _merge(session, industries)
    _delete_others(session, Industry, {ALL_INDUSTRIES, *(industry.code for industry in industries)})
    occupations = connection.execute(
        "SELECT occupation_code, occupation_name, display_level FROM occupation"
    ).fetchall()
    groups = _store_groups(session, [row for row in occupations if row[2] < DETAILED])
    numbers = _store_occupations(session, [row for row in occupations if row[2] == DETAILED], source)
    link_to_parent_groups(session)
    stored = 0
    for table, key, keys in ((Wage, "occupation_id", numbers), (GroupWage, "group_code", groups)):
        found = cells(connection, keys, source.id)
        bar = tqdm(found, total=total - stored, desc=source.name, unit=" cells", leave=False, disable=None)
        stored += bulk_insert(session, table, [key, *COLUMNS], bar)
    return stored


_INDUSTRIES = "SELECT industry_code, industry_name, display_level FROM industry"


def _store_areas(session: Session, connection: sqlite3.Connection) -> dict[str, str]:
    """Store the areas and return their codes by area type and digits."""
    codes: dict[str, str] = {}
    areas: list[Area] = []
    for kind, digits, name in connection.execute("SELECT areatype_code, area_code, area_name FROM area"):
        code, area_kind = area_of(kind, digits)
        codes[kind + digits] = code
        areas.append(Area(code=code, name="United States" if code == NATION else name, kind=area_kind))
    _merge(session, areas)
    _delete_others(session, Area, {NATION, *codes.values()})
    return codes


def _store_groups(session: Session, rows: Sequence[tuple[str, str, int]]) -> dict[str, str]:
    """Store the groups and return their codes by digits."""
    codes = {digits: with_hyphen(digits) for digits, _, _ in rows}
    _merge(
        session,
        [
            OccupationGroup(
                code=codes[digits],
                title=title,
                level=GroupLevel.TOTAL if codes[digits] == ALL_OCCUPATIONS else _LEVELS[level],
            )
            for digits, title, level in rows
        ],
    )
    return codes


def _store_occupations(session: Session, rows: Sequence[tuple[str, str, int]], source: Source) -> dict[str, int]:
    """Store the detailed occupations and return their row ids by digits.

    A stored occupation keeps its slug, so that links to it keep working. An occupation that the release no longer lists
    stays, with its rows from other sources.
    """
    stored = {row.code: row for row in session.scalars(select(Occupation).where(col(Occupation.code).is_not(None)))}
    taken = set(session.scalars(select(col(Occupation.slug))))
    known = set(session.scalars(select(col(OccupationGroup.code))))
    found: dict[str, Occupation] = {}
    for digits, title, _ in rows:
        code = with_hyphen(digits)
        occupation = stored.get(code)
        if occupation is None:
            slug = slug_of(title)
            occupation = Occupation(
                slug=slug if slug not in taken else f"{slug}-{code}",
                code=code,
                title=title,
                kind=OccupationKind.DETAILED,
                group_code=nearest_ancestor(code, known) or ALL_OCCUPATIONS,
                source_id=source.id,
            )
            taken.add(occupation.slug)
            session.add(occupation)
        occupation.title = title
        found[digits] = occupation
    session.flush()
    return {digits: row.id for digits, row in found.items() if row.id is not None}


def _merge(session: Session, rows: Sequence[Row]) -> None:
    """Insert rows, or update those with the same keys."""
    if not rows:
        return
    # With the whole table in the session, merge() does not query row by row.
    loaded = session.scalars(select(type(rows[0]))).all()
    for row in rows:
        session.merge(row)
    session.flush()
    del loaded


def _delete_others(session: Session, table: type[Area] | type[Industry], codes: AbstractSet[str]) -> None:
    """Delete the rows that only an older release had. No cell refers to them."""
    session.execute(delete(table).where(col(table.code).not_in(codes)))


def _count_jobs(session: Session, source: Source) -> None:
    """Store each occupation's national employment as its number of jobs."""
    national = select(
        col(Wage.occupation_id),
        col(Wage.employment),
        literal(JobsBasis.WAGE_AND_SALARY.name),
        col(Wage.employment_standard_error_percent),
        literal(source.id),
    ).where(
        col(Wage.source_id) == source.id,
        col(Wage.area_code) == NATION,
        col(Wage.industry_code) == ALL_INDUSTRIES,
        col(Wage.employment).is_not(None),
    )
    columns = ["occupation_id", "count", "basis", "standard_error_percent", "source_id"]
    session.execute(insert(JobCount).from_select(columns, national))
