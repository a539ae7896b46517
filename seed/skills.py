"""Rows of the skill table: found by kind and name, each with a unique slug."""

from collections.abc import Iterable
from itertools import chain, count

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import OccupationSkill, Skill
from db.vocabulary import SkillKind
from seed.slugs import slug_of


def skill_ids(session: Session, kind: SkillKind, names: Iterable[str]) -> dict[str, int]:
    """Return the row id of every skill of this kind by name, after adding the names that are new.

    If another skill has the slug, the kind is appended, and a number if that slug is taken too.
    """
    stored = _stored(session, kind)
    taken = set(session.scalars(select(col(Skill.slug))))
    new: list[dict[str, object]] = []
    for name in dict.fromkeys(names):
        if name not in stored:
            slug = _free_slug(name, kind, taken)
            taken.add(slug)
            new.append({"slug": slug, "name": name, "kind": kind})
    if not new:
        return stored
    session.execute(insert(Skill), new)
    return _stored(session, kind)


def _stored(session: Session, kind: SkillKind) -> dict[str, int]:
    rows = session.execute(select(col(Skill.name), col(Skill.id)).where(col(Skill.kind) == kind))
    return {name: id_ for name, id_ in rows if id_ is not None}


def _free_slug(name: str, kind: SkillKind, taken: set[str]) -> str:
    plain = slug_of(name) or kind.value.lower()
    of_kind = f"{plain}-{kind.value.lower()}"
    candidates = chain([plain, of_kind], (f"{of_kind}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in taken)


def delete_unused_skills(session: Session) -> None:
    """Delete the skills that no occupation has."""
    session.execute(delete(Skill).where(col(Skill.id).not_in(select(col(OccupationSkill.skill_id)))))
