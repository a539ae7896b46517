"""Search for occupations by code or title.

Titles are found in two steps: trigram statements find candidates, and ``title_similarity`` scores them. Each statement
has a limit, so the work is bounded for any text.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from db import search_index, statements
from db.models import Occupation
from db.statements import Title
from resolvers import occupations
from resolvers.connections import page_size
from resolvers.context import Context
from resolvers.title_similarity import similarities

LEAST_SCORE = 0.5
"""The minimum score of a match. Below it, a title shares little more than a few letters with the text."""

LONGEST_TEXT = 120
"""The number of characters of the text that are used: the length of the longest titles."""

_MOST_WORDS = 12
"""The number of words of the text that are used."""

_NOT_OWN = 0.99
"""The factor for alternate titles: of two equally similar titles, an occupation's own one is the better match."""

_CANDIDATES = 200
"""The maximum number of titles from each statement that finds candidates."""

_ENOUGH = 100
"""With this number of candidates, titles that share fewer trigrams with the text are not searched."""

_TELLING = 6
"""The number of trigrams, the rarest, that a title must have: hardly a title has these and not the others."""

_MOST_TRIGRAMS = 24
_MOST_FOUND = 5000
"""The maximum number of trigrams to look up one by one, and of titles that have them, added up."""

_CODE = re.compile(r"\s*(\d\d)[-\s.]?(\d{0,4})(\.\d\d)?\s*", re.ASCII)
"""A SOC code or the start of one, with or without the two digits that O*NET adds."""

_DIGITS = 6
"""The number of digits of a SOC code."""


class SearchMatch(NamedTuple):
    """An occupation, its title that is most similar to the text, and the similarity, from 0 to 1."""

    occupation: Occupation
    matched_title: str
    score: float


async def search(
    parents: Sequence[None], context: Context, *, text: str, first: int = 10
) -> Sequence[list[SearchMatch]]:
    """The occupations whose code starts with the text, or else whose title or an alternate title is similar to it.

    The most similar come first, and of equally similar ones those with the highest national employment.
    """
    size, text = page_size(first, "first"), text[:LONGEST_TEXT]
    matches = await _by_code(text, size, context) or await _by_words(text, size, context)
    return [matches] * len(parents)


async def _by_code(text: str, size: int, context: Context) -> list[SearchMatch]:
    typed = _CODE.fullmatch(text)
    if typed is None:
        return []
    # A group's code ends in zeros that its occupations' codes don't have.
    for rest in (typed[2], typed[2].rstrip("0")):
        start = statements.pattern(f"{typed[1]}-{rest}")
        rows = await context.database.all(statements.occupations_by_code_start(), start=start, limit=size)
        if rows:
            score = round((len(typed[1]) + len(rest)) / _DIGITS, 4)
            return [SearchMatch(row, row.title, score) for row in rows]
    return []


async def _by_words(text: str, size: int, context: Context) -> list[SearchMatch]:
    """Occupations by title and, below them, by the words of their descriptions."""
    matches = await _by_title(text, size, context)
    if len(matches) < size:
        known = {match.occupation.id for match in matches}
        described = await _by_description(text, size, context)
        matches += [match for match in described if match.occupation.id not in known][: size - len(matches)]
    return matches


async def _by_title(text: str, size: int, context: Context) -> list[SearchMatch]:
    words = search_index.words_of(text)[:_MOST_WORDS]
    if not words:
        return []
    best: dict[int, tuple[str, float]] = {}
    for score, _, title, occupation in _ranked(words, await _candidates(words, context)):
        best.setdefault(occupation, (title, score))
    ranked = list(best.items())[:size]
    rows = await occupations.by_id([number for number, _ in ranked], context)
    return [
        SearchMatch(row, title, round(score, 4))
        for row, (_, (title, score)) in zip(rows, ranked, strict=True)
        if row is not None
    ]


async def _by_description(text: str, size: int, context: Context) -> list[SearchMatch]:
    """Occupations whose descriptions have the text's words; every score is below that of any title."""
    words = search_index.words_of(text)[:_MOST_WORDS]
    found = await context.database.all(statements.occupations_by_words(), words=tuple(sorted(words)), limit=size)
    rows = await occupations.by_id([number for number, _ in found], context)
    return [
        SearchMatch(row, row.title, round(LEAST_SCORE * weight / (1 + weight), 4))
        for row, (_, weight) in zip(rows, found, strict=True)
        if row is not None
    ]


def _ranked(words: Sequence[str], titles: Sequence[Title]) -> list[tuple[float, int, str, int]]:
    """Return the titles with the minimum score, best first, as (score, employment, title, occupation id)."""
    scores = similarities(words, [row[3].split() for row in titles])
    enough = [
        (score, employment or 0, title, occupation)
        for (_, occupation, title, _, own, employment), similarity in zip(titles, scores, strict=True)
        if (score := similarity if own else similarity * _NOT_OWN) >= LEAST_SCORE
    ]
    return sorted(enough, key=lambda entry: (-entry[0], -entry[1], entry[2:]))


async def _candidates(words: Sequence[str], context: Context) -> list[Title]:
    """Return titles in which every word of the text is a word or begins one; if these are few, also similar titles."""
    of_words = [search_index.trigrams(word) for word in words]
    wanted = {trigram for word in of_words for trigram in word}
    counted = await context.database.first_each(statements.search_trigrams(), sorted(wanted))
    titles_of = dict(row for row in counted if row is not None)
    found = await _with_all({trigram for word in of_words for trigram in word[:-1]}, titles_of, context)
    if len(found) == _CANDIDATES:
        # The limit may have cut off titles that have the text's words in full.
        found |= await _with_all(wanted, titles_of, context)
    if len(found) < _ENOUGH and (rarest := list(_rarest(titles_of))):
        rows = await context.database.all(statements.titles_with_most(), trigrams=tuple(rarest), limit=_CANDIDATES)
        found.update((row[0], row) for row in rows)
    return list(found.values())


async def _with_all(trigrams: set[str], titles_of: dict[str, int], context: Context) -> dict[int, Title]:
    """Return titles that have these trigrams, by id."""
    if not trigrams <= titles_of.keys():
        return {}
    telling = sorted(trigrams, key=lambda trigram: (titles_of[trigram], trigram))[:_TELLING]
    given = {f"trigram_{n}": trigram for n, trigram in enumerate(telling)}
    rows = await context.database.all(statements.titles_with_all(len(telling)), **given, limit=_CANDIDATES)
    return {row[0]: row for row in rows}


def _rarest(titles_of: dict[str, int]) -> Iterator[str]:
    """Yield the rarest trigrams, up to the maximum that can be looked up one by one."""
    found = 0
    for trigram in sorted(titles_of, key=lambda trigram: (titles_of[trigram], trigram))[:_MOST_TRIGRAMS]:
        found += titles_of[trigram]
        if found > _MOST_FOUND:
            return
        yield trigram
