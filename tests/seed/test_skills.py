"""Rows of the skill table: unique slugs for names that look alike in URLs."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from db.models import Skill
from db.vocabulary import SkillKind
from db.writing import writing
from seed.skills import delete_unused_skills, skill_ids


def slugs(url: str) -> dict[tuple[str, str], str]:
    with writing(url) as session:
        return {(row.kind.name, row.name): row.slug for row in session.scalars(select(Skill).order_by(col(Skill.id)))}


def test_skills_with_the_same_slug_get_their_kind_and_a_number(new_url: str) -> None:
    with writing(new_url) as session:
        first = skill_ids(session, SkillKind.SKILL, ["C"])
        others = skill_ids(session, SkillKind.TECHNOLOGY, ["C++", "C#", "c", "Zoom", "***"])
        assert len({*first.values(), *others.values()}) == 6
    assert slugs(new_url) == {
        ("SKILL", "C"): "c",
        ("TECHNOLOGY", "C++"): "c-technology",
        ("TECHNOLOGY", "C#"): "c-technology-2",
        ("TECHNOLOGY", "c"): "c-technology-3",
        ("TECHNOLOGY", "Zoom"): "zoom",
        ("TECHNOLOGY", "***"): "technology",
    }


@pytest.mark.parametrize("names", [["Reading"], ["Reading", "Reading", "Writing"]])
def test_stored_skills_keep_their_ids(new_url: str, names: list[str]) -> None:
    with writing(new_url) as session:
        before = skill_ids(session, SkillKind.SKILL, ["Reading"])
        assert skill_ids(session, SkillKind.SKILL, names)["Reading"] == before["Reading"]
        delete_unused_skills(session)
        assert session.scalars(select(Skill)).all() == []
