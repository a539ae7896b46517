"""The SOC hierarchy, which is in the codes themselves: what lies above what."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Occupation, OccupationGroup
from db.vocabulary import OccupationKind

TOTAL = "00-0000"
"""The code of all occupations together."""


def with_hyphen(digits: str) -> str:
    """Return a SOC code as the SOC writes it: "272012" as "27-2012"."""
    return f"{digits[:2]}-{digits[2:]}"


def above(code: str) -> Iterator[str]:
    """Yield the codes that a group above this code may have, nearest first.

    Most minor groups end in three zeros; some, such as 15-1200, in two.
    """
    digits = code[3:]
    for known in (3, 2, 1, 0):
        candidate = f"{code[:3]}{digits[:known].ljust(4, '0')}"
        if candidate != code:
            yield candidate
    if code != TOTAL:
        yield TOTAL


def nearest_above(code: str, known: AbstractSet[str]) -> str | None:
    """Return the nearest known group above a code."""
    return next((candidate for candidate in above(code) if candidate in known), None)


def put_in_place(session: Session) -> None:
    """Give every group and every detailed occupation the nearest group above it."""
    groups = session.scalars(select(OccupationGroup)).all()
    known = {group.code for group in groups}
    for group in groups:
        group.parent_code = nearest_above(group.code, known)
    detailed = select(Occupation).where(col(Occupation.kind) == OccupationKind.DETAILED)
    for occupation in session.scalars(detailed):
        # Where OEWS publishes a broad occupation only as a whole, its code is that of the broad group.
        code = occupation.code or ""
        occupation.group_code = code if code in known else nearest_above(code, known) or occupation.group_code
    session.flush()
