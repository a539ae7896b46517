"""Links from occupations and groups to the SOC groups above them."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Occupation, OccupationGroup
from db.vocabulary import OccupationKind
from seed.soc_codes import nearest_ancestor


def link_to_parent_groups(session: Session) -> None:
    """Set the parent of every group and the group of every detailed occupation: the nearest one that is stored."""
    groups = session.scalars(select(OccupationGroup)).all()
    known = {group.code for group in groups}
    for group in groups:
        group.parent_code = nearest_ancestor(group.code, known)
    detailed = select(Occupation).where(col(Occupation.kind) == OccupationKind.DETAILED)
    for occupation in session.scalars(detailed):
        # OEWS publishes some broad occupations only as a whole. Such an occupation has the code of its broad group.
        code = occupation.code or ""
        occupation.group_code = code if code in known else nearest_ancestor(code, known) or occupation.group_code
    session.flush()
