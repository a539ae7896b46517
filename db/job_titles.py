"""Job titles: every title that a source knows, with the one occupation that it is counted in.

Sources place many titles in several occupations. Titles with the same folded words are one case, and these decide, in
this order: an occupation whose own title it is; the direct match title file of the Bureau of Labor Statistics (BLS), in
which each title has one code; Rolegraph's own titles; an occupation that is not an "All Other"; more words that the
occupation's own title has too; a title that workers reported; a larger share of the occupation's titles; higher
employment. Sources also name work that the wage data leave out, and then the title has no occupation. The other
occupations are kept, in the same order.

Of 737 titles that O*NET places in several occupations, this order without BLS's file gives 66% the occupation that BLS
gives them.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.bulk import bulk_insert
from db.models import (
    ALL_INDUSTRIES,
    NATION,
    AlternateTitle,
    JobTitle,
    JobTitleOccupation,
    Occupation,
    Row,
    UncoveredTitle,
    Wage,
)
from db.search_index import names, words_of
from db.vocabulary import DIRECT_MATCH_TITLES, OUR_TITLES

_SIGNS = (("++", " plus plus "), ("+", " plus "), ("#", " sharp "), ("&", " and "))
"""Signs that tell titles apart, such as C, C++ and C#, in words."""

_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")


def slug_of_title(title: str) -> str:
    """Return the slug of a job title: "c-sharp-developer" for "C# Developer". Titles with one slug are one title."""
    plain = unicodedata.normalize("NFKD", _spelled(title)).lower()
    if not plain.isascii():
        plain = "".join(character for character in plain if not unicodedata.combining(character))
    return _NEITHER_LETTER_NOR_DIGIT.sub("-", _APOSTROPHES.sub("", plain)).strip("-")


def folded(title: str) -> str:
    """Return the words of a title as ``JobTitle.words`` has them: singular, lower case, without small ones."""
    return " ".join(words_of(_spelled(title)))


def _spelled(title: str) -> str:
    for sign, words in _SIGNS:
        title = title.replace(sign, words)
    return title


class _Named(NamedTuple):
    """A title as one source places it. Without an occupation, ``reason`` says why."""

    title: str
    source_id: str
    occupation_id: int | None
    own: bool = False
    reported: bool = False
    reason: str | None = None


class _Occupation(NamedTuple):
    """What settles ties between occupations."""

    slug: str
    title: str
    words: frozenset[str]
    titles: int
    employment: int


def refresh(session: Session) -> None:
    """Derive the job titles in the session's transaction, and write them if they differ from the stored ones."""
    session.flush()
    titles, others = _derived(session)
    _replace(session, JobTitle, ("slug", "title", "words", "occupation_id", "not_covered", "source_id"), titles)
    _replace(session, JobTitleOccupation, ("words", "rank", "occupation_id"), others)


def _replace(session: Session, table: type[Row], columns: Sequence[str], rows: list[tuple[object, ...]]) -> None:
    stored = session.execute(select(*(getattr(table, name) for name in columns)))
    if set(map(tuple, stored)) != set(rows):
        session.execute(delete(table))
        bulk_insert(session, table, columns, rows)


def _derived(session: Session) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Return the rows of JobTitle and of JobTitleOccupation."""
    occupations, by_words = _occupations(session), defaultdict[str, list[_Named]](list)
    for named in _named(session):
        for title in names(named.title, own=named.own):
            if words := folded(title):
                by_words[words].append(named._replace(title=title))
    titles: dict[str, tuple[object, ...]] = {}
    others: list[tuple[object, ...]] = []
    for words, known in sorted(by_words.items()):
        separate = words.split()
        known.sort(key=lambda named: _evidence(named, separate, occupations))
        first = known[0]
        # The sources that place a title in this occupation come first.
        for named in sorted(known, key=lambda named: named.occupation_id != first.occupation_id):
            if slug := _slug(named, occupations):
                row = (slug, named.title, words, first.occupation_id, first.reason, named.source_id)
                titles.setdefault(slug, row)
        ranked = dict.fromkeys(n.occupation_id for n in known if n.occupation_id not in (None, first.occupation_id))
        others += [(words, rank, occupation) for rank, occupation in enumerate(ranked, start=1)]
    return [*titles.values()], others


def _slug(named: _Named, occupations: dict[int, _Occupation]) -> str:
    """Return the slug of a title: the occupation's if it is the occupation's own title."""
    own = occupations[named.occupation_id] if named.own and named.occupation_id is not None else None
    return own.slug if own and own.title == named.title else slug_of_title(named.title)


def _evidence(named: _Named, words: Sequence[str], occupations: dict[int, _Occupation]) -> tuple[object, ...]:
    """Return the key that sorts the strongest evidence first, as the module's docstring has it."""
    occupation = occupations[named.occupation_id] if named.occupation_id is not None else None
    return (
        not named.own or (occupation is not None and occupation.title != named.title),
        not named.own,
        named.source_id != DIRECT_MATCH_TITLES,
        named.source_id != OUR_TITLES,
        occupation is None or occupation.title.endswith("All Other"),
        -len(occupation.words.intersection(words)) if occupation else 0,
        not named.reported,
        occupation.titles if occupation else 0,
        -occupation.employment if occupation else 0,
        named.occupation_id or 0,
        named.source_id,
        named.title,
    )


def _named(session: Session) -> Iterator[_Named]:
    for occupation, title, source in session.execute(
        select(col(Occupation.id), col(Occupation.title), col(Occupation.source_id))
    ):
        yield _Named(title, source, occupation, own=True)
    for occupation, title, source, reported in session.execute(
        select(
            col(AlternateTitle.occupation_id),
            col(AlternateTitle.title),
            col(AlternateTitle.source_id),
            col(AlternateTitle.reported),
        ).join(Occupation, col(Occupation.id) == col(AlternateTitle.occupation_id))
    ):
        yield _Named(title, source, occupation, reported=reported)
    for title, source, reason in session.execute(
        select(col(UncoveredTitle.title), col(UncoveredTitle.source_id), col(UncoveredTitle.reason))
    ):
        yield _Named(title, source, None, reason=reason)


def _occupations(session: Session) -> dict[int, _Occupation]:
    """Return what settles ties between occupations, by id."""
    national = and_(
        col(Wage.occupation_id) == col(Occupation.id),
        col(Wage.area_code) == NATION,
        col(Wage.industry_code) == ALL_INDUSTRIES,
    )
    counted = select(col(AlternateTitle.occupation_id), func.count(col(AlternateTitle.title).distinct()))
    grouped = session.execute(counted.group_by(col(AlternateTitle.occupation_id)))
    titles = {id_: number for id_, number in grouped}  # noqa: C416 - dict() does not take rows of any length
    columns = select(col(Occupation.id), col(Occupation.slug), col(Occupation.title), col(Wage.employment))
    rows = session.execute(columns.join(Wage, national, isouter=True))
    return {
        id_: _Occupation(slug, title, frozenset(folded(title).split()), titles.get(id_, 0), employment or 0)
        for id_, slug, title, employment in rows
        if id_ is not None
    }
