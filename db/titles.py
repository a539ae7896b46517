"""The search index and the job titles, which are derived from all titles when these change."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from db import job_titles, search_index, title_evidence
from db.models import SearchIndex

_DERIVATION = "5"
"""Counts the changes of how these tables are derived, so that ``python -m seed`` derives them again."""


def refresh(session: Session) -> None:
    """Derive them in the session's transaction, if what they are derived from, or how, has changed."""
    session.flush()
    inputs = title_evidence.read(session)
    read = repr(inputs._replace(occupations={}))
    digest = hashlib.sha256((read + repr(_facts(inputs))).encode("utf-8", "surrogatepass")).hexdigest()
    derived = f"{_DERIVATION} {digest}"
    if session.scalar(select(col(SearchIndex.digest))) == derived:
        return
    titles = title_evidence.placed(inputs)
    search_index.rebuild(session, titles, derived)
    job_titles.rebuild(session, titles)


def are_derived(session: Session) -> bool:
    """Return whether they were derived as this version derives them."""
    return (session.scalar(select(col(SearchIndex.digest))) or "").startswith(f"{_DERIVATION} ")


def _facts(inputs: title_evidence.Inputs) -> list[tuple[int, str, str, int]]:
    return [(id_, known.slug, known.title, known.employment) for id_, known in inputs.occupations.items()]
