"""All titles with what places each in its occupation. Search and job titles are derived from them.

Sources place many titles in several occupations. The standing of a title in an occupation settles most of these cases:
it is the occupation's own title, or the Bureau of Labor Statistics (BLS) or Rolegraph gives it that occupation alone.
Otherwise the evidence decides. Its weights were fitted to the 681 titles that O*NET places in several occupations and
BLS's direct match title file in one: the evidence without that file puts BLS's occupation first for 69%, employment
alone for 45%.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from db.folding import names, words_of
from db.models import (
    ALL_INDUSTRIES,
    NATION,
    AlternateTitle,
    DescriptionWord,
    Occupation,
    TitleSynonym,
    UncoveredTitle,
    Wage,
)
from db.vocabulary import DIRECT_MATCH_TITLES, OUR_TITLES

_REPORTED = 0.7
_OWN_WORDS, _OWN_LAST_WORD = 1.8, 0.8
_SHARE = 0.5
_EMPLOYMENT = 0.45
_ALL_OTHER = -0.5
"""The weights of the evidence: see ``_Evidence.of``."""

_PRIOR_EMPLOYMENT, _PRIOR_ALL_OTHER = 0.22, -0.4
"""The weights of the prior, fitted with those of resolvers/title_ranking.py."""


class Standing(IntEnum):
    """What places a title in an occupation, the strongest last."""

    LISTED = 0
    """A source lists it among other titles of the occupation."""
    OURS = 1
    """Rolegraph's table places it."""
    DIRECT_MATCH = 2
    """BLS's direct match title file places it."""
    OWN = 3
    """It is the occupation's own title."""


_STANDINGS = {DIRECT_MATCH_TITLES: Standing.DIRECT_MATCH, OUR_TITLES: Standing.OURS}


class PlacedTitle(NamedTuple):
    """A title, or its part that is a title of its own, as one source places it."""

    title: str
    """The whole title."""
    name: str
    """The title, or a part of it such as "CEO" of "CEO (Chief Executive Officer)"."""
    words: str
    """The folded words of the name, separated by blanks."""
    source_id: str
    occupation_id: int | None
    not_covered: str | None
    """The reason why it has no occupation."""
    code: str | None
    """The SOC code of work that is not covered, if this is its title in the SOC."""
    standing: Standing
    evidence: float


class KnownOccupation(NamedTuple):
    """What is known of an occupation apart from its titles."""

    slug: str
    title: str
    words: frozenset[str]
    """The folded words of its own title."""
    employment: int

    @property
    def is_all_other(self) -> bool:
        """Return whether it takes in what no other occupation covers."""
        return self.title.endswith("All Other")

    @property
    def prior(self) -> float:
        """Return how likely a search means it before its text is known."""
        return _PRIOR_EMPLOYMENT * math.log1p(self.employment) + _PRIOR_ALL_OTHER * self.is_all_other


class Titles(NamedTuple):
    """All titles, all occupations by id, and what else a search text can say."""

    titles: list[PlacedTitle]
    occupations: dict[int, KnownOccupation]
    synonyms: list[tuple[str, str]]
    """Words, and other words for them."""
    description_words: list[tuple[str, int, float]]
    """A word, an occupation whose description has it, and its weight there."""


class _Row(NamedTuple):
    """A title as it is stored."""

    title: str
    source_id: str
    occupation_id: int | None
    own: bool = False
    reported: bool = False
    reason: str | None = None
    code: str | None = None


class Inputs(NamedTuple):
    """What titles are derived from."""

    rows: list[_Row]
    occupations: dict[int, KnownOccupation]
    synonyms: list[tuple[str, str]]
    description_words: list[tuple[str, int, float]]


def read(session: Session) -> Inputs:
    """Read all that titles are derived from, in an order that does not change."""
    return Inputs(
        sorted(_rows(session), key=_order), _occupations(session), _synonyms(session), _description_words(session)
    )


def _order(row: _Row) -> tuple[str, str, int, bool]:
    return row.title, row.source_id, row.occupation_id or 0, row.own


def placed(inputs: Inputs) -> Titles:
    """Place each title in its occupation."""
    # Nearly all names are the whole title, whose words the evidence needs as well.
    fold = cache(words_of)
    evidence = _Evidence(inputs.rows, inputs.occupations, fold)
    titles = [
        PlacedTitle(
            row.title, name, words, row.source_id, row.occupation_id, row.reason, row.code, standing, evidence.of(row)
        )
        for row in inputs.rows
        for standing in [Standing.OWN if row.own else _STANDINGS.get(row.source_id, Standing.LISTED)]
        for name in names(row.title, own=row.own)
        if (words := " ".join(fold(name)))
    ]
    return Titles(titles, *inputs[1:])


class _Evidence:
    """Weighs what speaks for an occupation when a title is one of several occupations' titles."""

    def __init__(
        self, rows: list[_Row], occupations: Mapping[int, KnownOccupation], fold: Callable[[str], Sequence[str]]
    ) -> None:
        self._occupations = occupations
        self._fold = fold
        self._reported = {(row.occupation_id, row.title.casefold()) for row in rows if row.reported}
        titles = {(row.occupation_id, row.title) for row in rows}
        self._titles = defaultdict[int | None, int](int)
        self._with_word = defaultdict[tuple[int | None, str], set[str]](set)
        for occupation, title in titles:
            self._titles[occupation] += 1
            for word in fold(title):
                self._with_word[occupation, word].add(title)

    def of(self, row: _Row) -> float:
        """Return the evidence for the occupation of a title.

        It is more if workers reported the title, if its words stand in the occupation's own title, above all the last
        one, if more of the occupation's titles have its words, and with more employment, as a logarithm; and less if
        the occupation takes in all others.
        """
        words = self._fold(row.title)
        occupation = None if row.occupation_id is None else self._occupations.get(row.occupation_id)
        if occupation is None or not words:
            return 0
        alike = set[str].intersection(*(self._with_word[row.occupation_id, word] for word in words))
        return round(
            _REPORTED * ((row.occupation_id, row.title.casefold()) in self._reported)
            + _OWN_WORDS * sum(word in occupation.words for word in words) / len(words)
            + _OWN_LAST_WORD * (words[-1] in occupation.words)
            + _SHARE * math.log(len(alike) / self._titles[row.occupation_id])
            + _EMPLOYMENT * math.log1p(occupation.employment)
            + _ALL_OTHER * occupation.is_all_other,
            4,
        )


def _rows(session: Session) -> Iterator[_Row]:
    own = select(col(Occupation.title), col(Occupation.source_id), col(Occupation.id))
    for title, source, occupation in session.execute(own):
        yield _Row(title, source, occupation, own=True)
    alternate = select(
        col(AlternateTitle.title),
        col(AlternateTitle.source_id),
        col(AlternateTitle.occupation_id),
        col(AlternateTitle.reported),
    ).join(Occupation, col(Occupation.id) == col(AlternateTitle.occupation_id))
    for title, source, occupation, reported in session.execute(alternate):
        yield _Row(title, source, occupation, reported=reported)
    uncovered = select(
        col(UncoveredTitle.title),
        col(UncoveredTitle.source_id),
        col(UncoveredTitle.reason),
        col(UncoveredTitle.code),
    )
    for title, source, reason, code in session.execute(uncovered):
        yield _Row(title, source, None, own=code is not None, reason=reason, code=code)


def _occupations(session: Session) -> dict[int, KnownOccupation]:
    national = and_(
        col(Wage.occupation_id) == col(Occupation.id),
        col(Wage.area_code) == NATION,
        col(Wage.industry_code) == ALL_INDUSTRIES,
    )
    columns = select(col(Occupation.id), col(Occupation.slug), col(Occupation.title), col(Wage.employment))
    rows = session.execute(columns.join(Wage, national, isouter=True).order_by(col(Occupation.id)))
    return {
        id_: KnownOccupation(slug, title, frozenset(words_of(title)), employment or 0)
        for id_, slug, title, employment in rows
        if id_ is not None
    }


def _synonyms(session: Session) -> list[tuple[str, str]]:
    statement = select(col(TitleSynonym.words), col(TitleSynonym.replacement)).distinct()
    return sorted((words, replacement) for words, replacement in session.execute(statement))


def _description_words(session: Session) -> list[tuple[str, int, float]]:
    columns = (col(DescriptionWord.word), col(DescriptionWord.occupation_id), col(DescriptionWord.weight))
    return sorted((word, occupation, weight) for word, occupation, weight in session.execute(select(*columns)))
