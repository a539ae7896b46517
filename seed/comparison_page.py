"""Importer of the comparison page that Rolegraph starts from: two roles with the page's figures and our own prose."""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import (
    ALL_INDUSTRIES,
    NATION,
    Area,
    Demographics,
    Description,
    Education,
    Industry,
    JobCount,
    Occupation,
    OccupationGroup,
    OccupationSkill,
    Outlook,
    Preparation,
    Responsibility,
    Row,
    Share,
    Source,
    TopPay,
    Wage,
)
from db.vocabulary import (
    AreaKind,
    GroupLevel,
    JobsBasis,
    OccupationKind,
    RangeBasis,
    ShareKind,
    SkillKind,
    TopPayKind,
)
from seed.dataset import Report, is_stored
from seed.skills import delete_unused_skills, skill_ids

PAGE = Path(__file__).with_name("comparison_page.toml")

_TABLES = (
    Demographics,
    Description,
    Education,
    JobCount,
    OccupationSkill,
    Outlook,
    Preparation,
    Responsibility,
    Share,
    TopPay,
    Wage,
)
"""The tables with a role's figures and sentences. Every row names its source."""


def page_source() -> Source:
    """Return the page as a source. The digest covers this module, because a change here can change the rows."""
    content = PAGE.read_bytes()
    digest = hashlib.sha256(content + Path(__file__).read_bytes()).hexdigest()
    return Source(**tomllib.loads(content.decode())["source"], digest=digest, embedded=True)


def store_page(session: Session) -> Report:
    """Store the page's two roles and replace what an earlier version of the file stored."""
    page, source = tomllib.loads(PAGE.read_text(encoding="utf-8")), page_source()
    report = Report(source.name, None, len(page["roles"]), 0, Counter())
    if is_stored(session, source):
        report.unchanged = True
        return report
    for table in _TABLES:
        session.execute(delete(table).where(col(table.source_id) == source.id))
    removed = col(Occupation.slug).not_in([role["slug"] for role in page["roles"]])
    session.execute(delete(Occupation).where(col(Occupation.source_id) == source.id, removed))
    session.merge(source)
    for row in (
        OccupationGroup(**page["group"] | {"level": GroupLevel(page["group"]["level"])}),
        Area(code=NATION, name="United States", kind=AreaKind.NATION),
        Industry(code=ALL_INDUSTRIES, title="All industries"),
    ):
        # A row that a publisher's release stored is kept.
        if session.get(type(row), row.code) is None:
            session.add(row)
    session.flush()
    for role in page["roles"]:
        _store_role(session, role, page["group"]["code"], source.id)
    delete_unused_skills(session)
    report.stored = len(page["roles"])
    return report


def _store_role(session: Session, role: dict[str, Any], group: str, source: str) -> None:
    occupation = session.scalar(select(Occupation).where(col(Occupation.slug) == role["slug"]))
    if occupation is None:
        occupation = Occupation(
            slug=role["slug"], title="", kind=OccupationKind.ROLE, group_code=group, source_id=source
        )
        session.add(occupation)
    occupation.title, occupation.group_code = role["title"], group
    session.flush()
    assert occupation.id is not None  # noqa: S101 - flush() assigned it
    skills = skill_ids(session, SkillKind.LISTED, role["skills"])
    session.add_all(_rows_of(role, skills, {"occupation_id": occupation.id, "source_id": source}))
    session.flush()


def _rows_of(role: dict[str, Any], skills: dict[str, int], key: dict[str, Any]) -> Iterator[Row]:
    yield Wage(
        **key,
        **role["salary"],
        area_code=NATION,
        industry_code=ALL_INDUSTRIES,
        range_basis=RangeBasis.AS_PUBLISHED,
    )
    yield Description(**key, text=role["description"])
    yield JobCount(**key, count=role["jobs"]["count"], basis=JobsBasis(role["jobs"]["basis"]))
    yield Outlook(**key, **role["outlook"])
    yield Preparation(**key, **role["preparation"])
    yield Education(**key, **role["education"])
    yield Demographics(**key, **role["demographics"])
    for kind, name in role["top_pay"].items():
        yield TopPay(**key, kind=TopPayKind(kind), name=name)
    for kind, shares in role["shares"].items():
        for position, (name, percent) in enumerate(shares.items(), start=1):
            yield Share(**key, kind=ShareKind(kind), name=name, position=position, percent=percent)
    for rank, (name, percent) in enumerate(role["skills"].items(), start=1):
        yield OccupationSkill(**key, skill_id=skills[name], rank=rank, percent=percent)
    for position, text in enumerate(role["responsibilities"], start=1):
        yield Responsibility(**key, position=position, text=text)
