"""Which version the data has: a token that is the same as long as the data is.

Whoever writes data gives it a new one in the same transaction, so a reader who finds the same token before and after
has read nothing that was committed in between.
"""

from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import DataVersion

VERSION = select(col(DataVersion.token))
"""Reads the token."""


def renew(session: Session) -> None:
    """Give the data a version that it never had, in the session's transaction."""
    session.execute(update(DataVersion).values(token=uuid4().hex))
