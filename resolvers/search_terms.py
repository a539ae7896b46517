"""What the search index knows of the terms of a text, and the words of titles that are like a word of the text."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import ceil, log, log1p
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from db import statements
from db.folding import trigrams
from db.models import SearchTerm
from db.search_index import unpacked, unpacked_weights
from resolvers.context import Context
from resolvers.title_similarity import (
    BEGINNING,
    LEAST_TITLE_SIMILARITY,
    LEAST_WORD_SIMILARITY,
    PART,
    SHORTEST_PART,
    SHORTEST_SIMILAR,
    is_form,
)

_SHARED = 0.3
"""The minimum part of a word's trigrams that another one must have to be similar to it."""

_MOST_SIMILAR, _MOST_LONGER = 12, 24
"""The maximum number of words that are similar to a word, and of those that begin with it or contain it."""

_SHORTEST_MISSPELLED, _LEAST_SPELLING = 4, 0.75
"""The minimum number of letters of a misspelled word, and its minimum similarity to the word that is meant."""

_BEGUN = 0.9
"""The similarity of the beginning of a word to the word that is likely meant."""

_FREQUENT = 0.015
_TOGETHER = 0.03
"""What is added to a similarity for the logarithm of the number of titles: all, and those with another word."""

_SHORTEST_OF_TWO = 3
_LETTERS_OFF = 2
"""The minimum number of letters of each of two words that are written as one, and how many may be missing."""


class Term(NamedTuple):
    """A term of the search index, unpacked."""

    rarity: float
    titles: Sequence[int]
    """The ids of the titles with the word, ascending."""
    occupations: frozenset[int]
    """The occupations with the word in their own title."""
    packed_shares: bytes
    packed_described: bytes
    """See ``SearchTerm``."""
    replacements: Sequence[str]
    """Other words for the words."""
    spelled: str
    """The words with the three letters, see ``SearchTerm.words``."""

    def words(self) -> list[str]:
        """Return the words with the three letters, those of the most titles first."""
        return self.spelled.split(" ") if self.spelled else []

    def shares(self) -> Iterable[tuple[int, float]]:
        """Return each occupation with the share of the titles with the word among its own."""
        return unpacked_weights(self.packed_shares)

    def described(self) -> Iterable[tuple[int, float]]:
        """Return each occupation with the weight of the word in its description."""
        return unpacked_weights(self.packed_described)


_NONE = frozenset[int]()


Terms = Mapping[str, Term]


async def known_terms(names: Iterable[str], context: Context) -> dict[str, Term]:
    """Return the terms that the index knows, by one statement."""
    keys = sorted({*names})
    found = await context.database.made_each(_term, statements.search_terms(), keys)
    return {key: term for key, term in zip(keys, found, strict=True) if term is not None}


def _term(rows: Sequence[SearchTerm]) -> Term | None:
    if not rows:
        return None
    [row] = rows
    return Term(
        row.rarity,
        unpacked(row.titles),
        frozenset(unpacked(row.occupations)) if row.occupations else _NONE,
        row.shares,
        row.described,
        row.replacements.splitlines() if row.replacements else (),
        row.words,
    )


def similar_words(word: str, terms: Terms, *, unfinished: bool) -> dict[str, float]:
    """Return the words of titles that a word of a text can be, with their similarity to it.

    ``terms`` are the terms of the word and its first letters, and of all its trigrams if no title has it.
    ``unfinished`` says whether the word may be the beginning of one even if it is short.
    """
    known = is_of_titles(word, terms)
    first = first_letters(word)
    alike = terms[first].words() if first in terms else []
    found = dict(_longer(word, alike, unfinished=unfinished))
    if len(word) >= SHORTEST_SIMILAR:
        similar = process.extract(
            word,
            [other for other in alike if other.startswith(word[:3])] if known else _may_share(word, terms),
            scorer=OSA.normalized_similarity,
            score_cutoff=LEAST_WORD_SIMILARITY,
            limit=None,
        )
        is_alike = is_form if known else _shares_trigrams
        forms = [each for each in similar if is_alike(word, each[0])][:_MOST_SIMILAR]
        found |= {other: similarity for other, similarity, _ in forms if similarity > found.get(other, 0)}
    if known:
        found[word] = 1
    return found


def first_letters(word: str) -> str:
    """Return the trigram that every word has that begins with this one or is another form of it."""
    return f"  {word[:3]}"[-3:]


def is_of_titles(word: str, terms: Terms) -> bool:
    """Return whether titles have a word."""
    return word in terms and bool(terms[word].titles)


def _may_share(word: str, terms: Terms) -> list[str]:
    """Return the words of titles that can share enough trigrams with a word, and others."""
    wanted = trigrams(word)
    rarest = sorted((terms[trigram] for trigram in wanted if trigram in terms), key=lambda term: len(term.spelled))
    # Words without any of these trigrams share too few of all: the longest lists are not read.
    read = max(0, len(rarest) - ceil(_SHARED * len(wanted)) + 1)
    return [*dict.fromkeys(chain.from_iterable(term.words() for term in rarest[:read]))]


def _shares_trigrams(word: str, other: str) -> bool:
    """Return whether a word shares enough trigrams with another one."""
    wanted, padded = trigrams(word), f"  {other} "
    return sum([trigram in padded for trigram in wanted]) >= _SHARED * len(wanted)


def _longer(word: str, alike: Sequence[str], *, unfinished: bool) -> Iterable[tuple[str, float]]:
    """Return those of the words with a word's first letters that begin with it or contain it, in their order."""
    begins = len(word) >= SHORTEST_SIMILAR or unfinished
    contains = len(word) >= SHORTEST_PART
    if not begins and not contains:
        return []
    others = [other for other in alike if word in other and other != word]
    beginning = [(other, BEGINNING) for other in others if begins and other.startswith(word)]
    containing = [(other, PART) for other in others if contains and not other.startswith(word)]
    return beginning[:_MOST_LONGER] + containing[:_MOST_LONGER]


def spelling(word: str, like: Mapping[str, float], terms: Terms, others: frozenset[int]) -> tuple[str, float] | None:
    """Return the word that a word of no title begins, or else is a misspelling of, with its similarity; or None.

    ``terms`` are those of the words like it, and ``others`` the titles with another word of the text. The likeliest
    word is similar, in many titles, and in many of the others.
    """
    similar: dict[str, float] = {}
    if len(word) >= SHORTEST_SIMILAR:
        longer = [other for other in like if other.startswith(word)]
        # "San" of "teacher San Diego" does not begin "sander": no title has both "teacher" and "sander".
        similar = {other: _BEGUN for other in longer if not others or others.intersection(terms[other].titles)}
    if not similar and len(word) >= _SHORTEST_MISSPELLED:
        similar = {other: similarity for other, similarity in like.items() if similarity >= _LEAST_SPELLING}

    def likelihood(other: str) -> float:
        titles = terms[other].titles
        together = len(others.intersection(titles)) if others else 0
        return similar[other] + _FREQUENT * log(len(titles)) + _TOGETHER * log1p(together)

    best = max(similar, key=lambda other: (likelihood(other), other), default=None)
    return None if best is None else (best, similar[best])


def two_words(word: str, like: Mapping[str, float], terms: Terms) -> tuple[str, str] | None:
    """Return the two words of titles that are written as one word, or None; of several pairs, of the most titles.

    If no word is like this one, both may be misspelled. ``terms`` are the terms of the word's trigrams.
    """
    longest = len(word) - _SHORTEST_OF_TWO
    if longest < _SHORTEST_OF_TWO:
        return None
    known = trigrams(word)
    beginnings, endings = (terms[each].words() if each in terms else () for each in (known[1], known[-1]))
    pairs = [
        (place + endings.index(rest), other, rest)
        for place, other in enumerate(beginnings)
        if word.startswith(other) and _SHORTEST_OF_TWO <= len(other) <= longest
        for rest in [word[len(other) :]]
        if rest in endings
    ]
    if pairs:
        return min(pairs)[1:]
    if like:
        return None
    alike = [other for other in _may_share(word, terms) if _SHORTEST_OF_TWO <= len(other) <= longest]
    firsts, seconds = (
        [other for other in alike if other[end] == word[end] and _shares_trigrams(word, other)] for end in (0, -1)
    )
    joined = {
        first + second: (first, second)
        for first in firsts
        for second in seconds
        if abs(len(first) + len(second) - len(word)) <= _LETTERS_OFF
    }
    best = process.extractOne(word, [*joined], scorer=OSA.normalized_similarity, score_cutoff=LEAST_TITLE_SIMILARITY)
    return joined[best[0]] if best else None
