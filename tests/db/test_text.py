"""Text sorts, compares and is searched in the same way on both dialects."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.orm import Session
from sqlmodel import col

from db import statements
from db.models import Skill
from db.urls import location_of
from db.vocabulary import SkillKind
from db.writing import writing

NAMES = ["", " ", "Baja", "México", "MÉXICO", "Zürich", "baja", "mexico", "méxico", "50%_\\/", "ﬀ", "漢字", "🎬"]


@pytest.fixture(scope="module")
def session(migrated_database: Callable[[], str]) -> Iterator[Session]:
    """A session on a database of skills with awkward names."""
    url = migrated_database()
    with writing(url) as writer:
        writer.add_all(Skill(slug=str(n), name=name, kind=SkillKind.TECHNOLOGY) for n, name in enumerate(NAMES))
    engine = location_of(url).inspecting_engine()
    with Session(engine) as reader:
        yield reader
    engine.dispose()


def test_text_sorts_by_code_point(session: Session) -> None:
    names = session.scalars(statements.skills(None, None).select.order_by(col(Skill.name))).all()
    assert [skill.name for skill in names] == sorted(NAMES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BAJA", ["Baja", "baja"]),
        ("mexico", ["mexico"]),
        # Only the letters from A to Z have two cases.
        ("MéXICO", ["México", "méxico"]),
        ("MÉxico", ["MÉXICO"]),
        ("0%_\\/", ["50%_\\/"]),
        ("_", ["50%_\\/"]),
        ("\N{CLAPPER BOARD}", ["🎬"]),
        ("_" * 60_000, []),
        ("\0", []),
        ("baja\0", []),
    ],
)
def test_text_search_ignores_case(session: Session, text: str, found: list[str]) -> None:
    wanted = statements.skills(None, text)
    skills = session.scalars(wanted.select.order_by(col(Skill.name)), wanted.values).all()
    assert [skill.name for skill in skills] == sorted(found)
