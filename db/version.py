"""The data's version: a token that changes with each commit of new data.

A writer replaces it in its transaction. So a reader that finds the same token before and after its statements has read
one version only.
"""

from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import DataVersion

VERSION = select(col(DataVersion.token))
"""Selects the token."""


def renew(session: Session) -> None:
    """Replace the version by a new, random one in the session's transaction."""
    session.execute(update(DataVersion).values(token=uuid4().hex))
