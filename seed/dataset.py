"""Datasets: what importers read from one release of one source, and how it is stored.

A dataset identifies occupations by SOC code and skills by kind and name, not by row id. So it can be stored in any
database, or written to a figure file and stored from there.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import JSON, delete, select
from sqlalchemy import Enum as SQLEnum
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col
from tqdm import tqdm

from db.bulk import bulk_insert
from db.location import reason
from db.models import SOURCED, Occupation, OccupationGroup, OccupationSkill, Row, Source, table_of
from db.vocabulary import GroupLevel, SkillKind
from seed.occupation_groups import link_to_parent_groups
from seed.publisher_files import ImportRefused
from seed.skills import delete_unused_skills, skill_ids
from seed.soc_codes import ancestors

PUBLIC_DOMAIN = "Public domain (a work of the United States government)"
"""The license of what federal agencies publish."""


@dataclass
class Table:
    """Rows of one database table, as tuples in the order of ``columns``.

    Columns have the table's names, with three exceptions that become row ids when stored: "soc" and "related_soc" hold
    SOC codes, and "skill" holds a pair of SkillKind and name. ``source_id`` is added when stored.
    """

    table: type[Row]
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


@dataclass
class Dataset:
    """What an importer read: the source, the rows by table, and the number of skipped rows by reason.

    The groups of a classification are (code, title, level). Only groups above a stored occupation are stored.
    """

    source: Source
    tables: Sequence[Table]
    read: int
    skipped: Counter[str] = field(default_factory=Counter[str])
    groups: Sequence[tuple[str, str, GroupLevel]] = ()


@dataclass
class Report:
    """The result of storing a dataset. ``unchanged`` means that it was already stored."""

    name: str
    release: str | None
    read: int
    stored: int
    skipped: Counter[str]
    unchanged: bool = False

    def lines(self) -> list[str]:
        """Return a summary line and a line for each reason for skipping rows."""
        title = " ".join(filter(None, [self.name, self.release]))
        if self.unchanged:
            return [f"{title}: unchanged"]
        reasons = [f"  skipped {number:,}: {reason}" for reason, number in sorted(self.skipped.items())]
        return [f"{title}: read {self.read:,}, stored {self.stored:,}", *reasons]


NOT_AN_OCCUPATION = "no occupation of the wage data has this code"
EMPTY_GROUP = "no occupation of the wage data is in this group"


def is_stored(session: Session, source: Source) -> bool:
    """Tell whether these files are already stored; raise ImportRefused if a newer release is.

    Bundled figures count as stored if the publisher's own files of the same or a newer release are: those hold more.
    """
    stored = session.get(Source, source.id)
    if stored is None:
        return False
    versions = (source.version or "", stored.version or "")
    if source.embedded and not stored.embedded and versions[0] <= versions[1]:
        return True
    if versions[0] < versions[1]:
        raise ImportRefused(
            f"{source.name}: release {source.release} is older than the stored release {stored.release}"
        )
    return (stored.release, stored.digest) == (source.release, source.digest)


def store(session: Session, dataset: Dataset) -> Report:
    """Replace what a source has stored with a dataset, unless the same dataset is stored.

    Raises ImportRefused if a newer release is stored, the dataset is empty, none of its occupations is stored, or a
    table cannot take a row. The caller then rolls back.
    """
    source, skipped = dataset.source, Counter(dataset.skipped)
    report = Report(source.name, source.release, dataset.read, 0, skipped)
    if not dataset.tables and not dataset.groups and skipped:
        # A file that is left out as a whole, for the reason that it gives.
        return report
    if is_stored(session, source):
        report.unchanged = True
        return report
    if not dataset.read:
        raise ImportRefused(f"{source.name}: the files contain no rows")
    if session.get(Source, source.id) is not None:
        _delete_rows(session, source)
    session.merge(source)
    session.flush()
    codes = occupation_ids(session)
    report.stored = _store_groups(session, dataset.groups, codes, skipped)
    for table in dataset.tables:
        columns, rows = _resolved(session, table, codes, skipped)
        named = ((*row, source.id) for row in rows)
        bar = tqdm(named, desc=source.name, total=len(table.rows), unit=" rows", leave=False, disable=None)
        try:
            report.stored += bulk_insert(session, table.table, [*columns, "source_id"], bar)
        except IntegrityError as error:
            raise ImportRefused(
                f"{source.name}: the table {table.table.__tablename__} cannot take a row: {reason(error)}. If a row of "
                "another source has the same key, these figures need a table of their own."
            ) from error
    if any(table.table is OccupationSkill for table in dataset.tables):
        delete_unused_skills(session)
    if not report.stored:
        raise ImportRefused(f"{source.name}: no row is about a stored occupation. Run python -m seed first.")
    return report


def _delete_rows(session: Session, source: Source) -> None:
    """Delete a source's rows from every table except Occupation; the new dataset may have fewer tables."""
    for table in SOURCED:
        if table is not Occupation:
            session.execute(delete(table).where(col(table.source_id) == source.id))  # type: ignore[attr-defined]


def _store_groups(
    session: Session, groups: Sequence[tuple[str, str, GroupLevel]], codes: Iterable[str], skipped: Counter[str]
) -> int:
    if not groups:
        return 0
    wanted = {group for code in codes for group in (code, *ancestors(code))}
    stored = {group.code: group for group in session.scalars(select(OccupationGroup))}
    for code, title, level in groups:
        if code not in wanted:
            skipped[EMPTY_GROUP] += 1
        elif code in stored:
            stored[code].title, stored[code].level = title, level
        else:
            session.add(OccupationGroup(code=code, title=title, level=level))
    session.flush()
    link_to_parent_groups(session)
    return len([code for code, _, _ in groups if code in wanted])


def occupation_ids(session: Session) -> dict[str, int]:
    """Return the row id of each occupation by SOC code."""
    rows = session.execute(select(col(Occupation.code), col(Occupation.id)).where(col(Occupation.code).is_not(None)))
    return {code: id_ for code, id_ in rows if code is not None and id_ is not None}


_COLUMNS = {"soc": "occupation_id", "related_soc": "related_id", "skill": "skill_id"}


def _resolved(
    session: Session, table: Table, codes: dict[str, int], skipped: Counter[str]
) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the names of the table's columns, and the rows with ids instead of codes and names."""
    columns = [_COLUMNS.get(name, name) for name in table.columns]
    described = table_of(table.table).columns
    converted = [index for index, name in enumerate(columns) if isinstance(described[name].type, JSON | SQLEnum)]
    finders: dict[int, Callable[[Any], int | None]] = {}
    for index, name in enumerate(table.columns):
        if name in ("soc", "related_soc"):
            finders[index] = codes.get
        elif name == "skill":
            finders[index] = _skill_ids(session, [row[index] for row in table.rows]).get
    return columns, _with_ids(table.rows, converted, finders, skipped)


def _with_ids(
    rows: Iterable[tuple[Any, ...]],
    converted: Sequence[int],
    finders: Mapping[int, Callable[[Any], int | None]],
    skipped: Counter[str],
) -> Iterator[list[Any]]:
    for row in rows:
        values = [*row]
        for index in converted:
            values[index] = _stored_value(values[index])
        for index, find in finders.items():
            values[index] = id_ = find(values[index])
            if id_ is None:
                skipped[NOT_AN_OCCUPATION] += 1
                break
        else:
            yield values


def _stored_value(value: object) -> object:
    if isinstance(value, dict):
        return json.dumps(value)
    return value.name if isinstance(value, Enum) else value


def _skill_ids(session: Session, skills: Sequence[tuple[SkillKind, str]]) -> dict[tuple[SkillKind, str], int]:
    found: dict[tuple[SkillKind, str], int] = {}
    for kind in dict.fromkeys(kind for kind, _ in skills):
        ids = skill_ids(session, kind, dict.fromkeys(name for k, name in skills if k is kind))
        found |= {(kind, name): id_ for name, id_ in ids.items()}
    return found
