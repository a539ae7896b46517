"""One release of one source, as its importer reads it, and how that comes into the database.

A dataset speaks of occupations by their SOC codes and of skills by kind and name. It knows no row ids, so that the same
dataset can be stored, or distilled into a file of figures and stored from there.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col
from tqdm import tqdm

from db.bulk import bulk_insert
from db.models import SOURCED, Occupation, OccupationGroup, OccupationSkill, Row, Source
from db.vocabulary import GroupLevel, SkillKind
from seed.occupation_groups import link_to_parent_groups
from seed.publisher_files import ImportRefused
from seed.skills import forget_unused_skills, numbered_skills
from seed.soc_codes import ancestors


@dataclass
class Table:
    """Rows for one table, as tuples in the order of the columns.

    A column "soc" holds an occupation's SOC code, "related_soc" another's, and "skill" a pair of SkillKind and name:
    they become row ids when stored. ``source_id`` is added then. The rest is named as in the table; words are members
    of their enums.
    """

    table: type[Row]
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


@dataclass
class Dataset:
    """What an importer has read: the source with its release, rows by table, and what was left out and why.

    A classification has groups too, as (code, title, level); those above an occupation are stored.
    """

    source: Source
    tables: Sequence[Table]
    read: int
    skipped: Counter[str] = field(default_factory=Counter[str])
    groups: Sequence[tuple[str, str, GroupLevel]] = ()


@dataclass
class Report:
    """What became of a dataset; an unchanged one was stored before and is left alone."""

    name: str
    release: str | None
    read: int
    stored: int
    skipped: Counter[str]
    unchanged: bool = False

    def lines(self) -> list[str]:
        """Say it in a line, and in one more for each reason to leave something out."""
        title = " ".join(filter(None, [self.name, self.release]))
        if self.unchanged:
            return [f"{title}: unchanged"]
        reasons = [f"  skipped {number:,}: {reason}" for reason, number in sorted(self.skipped.items())]
        return [f"{title}: read {self.read:,}, stored {self.stored:,}", *reasons]


NOT_AN_OCCUPATION = "no detailed occupation of the wage data has this code"


def is_stored(session: Session, source: Source) -> bool:
    """Tell whether this very files is stored; raise ImportRefused where a newer release is.

    Embedded figures give way to the publisher's own files of the same release, which say more, and of a newer one.
    """
    stored = session.get(Source, source.id)
    if stored is None:
        return False
    versions = (source.version or "", stored.version or "")
    if source.embedded and not stored.embedded and versions[0] <= versions[1]:
        return True
    if versions[0] < versions[1]:
        raise ImportRefused(
            f"{source.name}: this is release {source.release}, which is older than the stored {stored.release}"
        )
    return (stored.release, stored.digest) == (source.release, source.digest)


def store(session: Session, dataset: Dataset) -> Report:
    """Put a dataset in the place of whatever its source had stored before; leave the same one alone.

    Raises ImportRefused, with nothing written, where a newer release is stored, where it is empty or where none of its
    occupations is known.
    """
    source, skipped = dataset.source, Counter(dataset.skipped)
    report = Report(source.name, source.release, dataset.read, 0, skipped)
    if is_stored(session, source):
        report.unchanged = True
        return report
    if not dataset.read:
        raise ImportRefused(f"{source.name}: there is nothing in it")
    if session.get(Source, source.id) is not None:
        _forget(session, source)
    session.merge(source)
    session.flush()
    codes = occupation_numbers(session)
    report.stored = _store_groups(session, dataset.groups, codes, skipped)
    for table in dataset.tables:
        columns, rows = _resolved(session, table, codes, skipped)
        named = ((*row, source.id) for row in rows)
        bar = tqdm(named, desc=source.name, total=len(table.rows), unit=" rows", leave=False, disable=None)
        report.stored += bulk_insert(session, table.table, [*columns, "source_id"], bar)
    if any(table.table is OccupationSkill for table in dataset.tables):
        forget_unused_skills(session)
    if not report.stored:
        raise ImportRefused(f"{source.name}: nothing in it is about an occupation of this database: run python -m seed")
    return report


def _forget(session: Session, source: Source) -> None:
    """Remove all that a source had stored: what it says now may be in fewer tables. Occupations stay."""
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
            skipped["no occupation of the wage data is below this group"] += 1
        elif code in stored:
            stored[code].title, stored[code].level = title, level
        else:
            session.add(OccupationGroup(code=code, title=title, level=level))
    session.flush()
    link_to_parent_groups(session)
    return len([code for code, _, _ in groups if code in wanted])


def occupation_numbers(session: Session) -> dict[str, int]:
    """Return the row id of each SOC code."""
    rows = session.execute(select(col(Occupation.code), col(Occupation.id)).where(col(Occupation.code).is_not(None)))
    return {code: number for code, number in rows if code is not None and number is not None}


_COLUMNS = {"soc": "occupation_id", "related_soc": "related_id", "skill": "skill_id"}


def _resolved(
    session: Session, table: Table, codes: dict[str, int], skipped: Counter[str]
) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Return the columns as the table has them, and the rows with ids for codes and names."""
    finders: list[Callable[[Any], Any] | None] = [None] * len(table.columns)
    for index, name in enumerate(table.columns):
        if name in ("soc", "related_soc"):
            finders[index] = codes.get
        elif name == "skill":
            finders[index] = _skill_numbers(session, [row[index] for row in table.rows]).get
    return [_COLUMNS.get(name, name) for name in table.columns], _with_ids(table.rows, finders, skipped)


def _with_ids(
    rows: Iterable[tuple[Any, ...]], finders: Sequence[Callable[[Any], Any] | None], skipped: Counter[str]
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        values = tuple(_plain(v) if find is None else find(v) for v, find in zip(row, finders, strict=True))
        if any(find is not None and value is None for value, find in zip(values, finders, strict=True)):
            skipped[NOT_AN_OCCUPATION] += 1
        else:
            yield values


def _plain(value: object) -> object:
    return value.name if isinstance(value, Enum) else value


def _skill_numbers(session: Session, skills: Sequence[tuple[SkillKind, str]]) -> dict[tuple[SkillKind, str], int]:
    found: dict[tuple[SkillKind, str], int] = {}
    for kind in dict.fromkeys(kind for kind, _ in skills):
        numbers = numbered_skills(session, kind, dict.fromkeys(name for k, name in skills if k is kind))
        found |= {(kind, name): number for name, number in numbers.items()}
    return found
