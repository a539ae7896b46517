"""Job titles: every title that a source knows, with the one occupation that it is counted in.

Sources place many titles in several occupations. Titles with the same folded words are one case, which the standing and
then the evidence of db/title_evidence.py decide. Sources also name work that the wage data leave out, and then the
title has no occupation. The other occupations are kept, in the same order.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.bulk import bulk_insert
from db.folding import words_of
from db.models import JobTitle, JobTitleOccupation
from db.title_evidence import KnownOccupation, PlacedTitle, Titles

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
    return " ".join(words_of(title))


def with_signs(title: str) -> str:
    """Return a title with the signs that it has as words, as in slugs: "c# developer" for "c sharp developer"."""
    return title.lower().replace(" plus plus", "++").replace(" sharp", "#")


def _spelled(title: str) -> str:
    for sign, words in _SIGNS:
        title = title.replace(sign, words)
    return title


def rebuild(session: Session, titles: Titles) -> None:
    """Replace the job titles."""
    rows, others = _derived(titles)
    for table, columns, new in (
        (JobTitle, ("slug", "title", "words", "occupation_id", "not_covered", "code", "source_id"), rows),
        (JobTitleOccupation, ("words", "rank", "occupation_id"), others),
    ):
        session.execute(delete(table))
        bulk_insert(session, table, columns, new)


def _derived(titles: Titles) -> tuple[Sequence[tuple[object, ...]], Sequence[tuple[object, ...]]]:
    """Return the rows of JobTitle and of JobTitleOccupation."""
    by_words = defaultdict[str, list[PlacedTitle]](list)
    for placed in titles.titles:
        by_words[placed.words].append(placed)
    rows: dict[str, tuple[object, ...]] = {}
    others: list[tuple[object, ...]] = []
    for words, known in sorted(by_words.items()):
        known.sort(key=lambda placed: _order(placed, titles.occupations))
        first = known[0]
        # The sources that place a title in this occupation come first.
        for placed in sorted(known, key=lambda placed: placed.occupation_id != first.occupation_id):
            if slug := _slug(placed, titles.occupations):
                counted = (first.occupation_id, first.not_covered, placed.code)
                rows.setdefault(slug, (slug, placed.name, words, *counted, placed.source_id))
        ranked = dict.fromkeys(p.occupation_id for p in known if p.occupation_id not in (None, first.occupation_id))
        others += [(words, rank, occupation) for rank, occupation in enumerate(ranked, start=1)]
    return [*rows.values()], others


def _slug(placed: PlacedTitle, occupations: dict[int, KnownOccupation]) -> str:
    """Return the slug of a title: the occupation's if it is the occupation's own title."""
    own = None if placed.occupation_id is None else occupations[placed.occupation_id]
    return own.slug if own and own.title == placed.name else slug_of_title(placed.name)


def _order(placed: PlacedTitle, occupations: dict[int, KnownOccupation]) -> tuple[object, ...]:
    """Return the key that sorts the strongest standing and evidence first."""
    occupation = None if placed.occupation_id is None else occupations[placed.occupation_id]
    return (
        occupation is None or placed.name != occupation.title,
        -placed.standing,
        -placed.evidence,
        placed.occupation_id or 0,
        placed.source_id,
        placed.title,
    )
