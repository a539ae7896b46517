"""Finding occupations by what people type."""

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
"""Below it, a title shares little more than a few letters with the text."""

LONGEST_TEXT = 120
"""In characters; as many as the longest titles have. Whatever follows is not looked at."""

_MOST_WORDS = 12
"""How many words of the text are looked for."""

_NOT_OWN = 0.99
"""What an alternate title counts: of two titles that are equally alike, an occupation's own one is the better match."""

_CANDIDATES = 200
"""How many titles are looked at closely, at most, of those that are found in one way."""

_ENOUGH = 100
"""With so many candidates, no more are looked for among titles that share less with the text."""

_TELLING = 6
"""How many trigrams are asked for together, the rarest: hardly a title has all of them and not the others."""

_MOST_TRIGRAMS = 24
_MOST_FOUND = 5000
"""How many trigrams are asked for one by one, and in how many titles, added up, they may stand."""

_CODE = re.compile(r"\s*(\d\d)[-\s.]?(\d{0,4})(\.\d\d)?\s*", re.ASCII)
"""A SOC code or the start of one, with or without the two digits that O*NET adds."""

_DIGITS = 6
"""How many a SOC code has."""


class SearchMatch(NamedTuple):
    """An occupation, the title of it that the text resembles most, and how much, from 0 to 1."""

    occupation: Occupation
    matched_title: str
    score: float


async def search(
    parents: Sequence[None], context: Context, *, text: str, first: int = 10
) -> Sequence[list[SearchMatch]]:
    """Occupations whose code starts with the text, or else whose title or an alternate title resembles it.

    The most alike come first, and of those that are equally alike the ones who employ the most in the nation.
    """
    size = page_size(first, "first")
    matches = await _by_code(text[:LONGEST_TEXT], size, context) or await _by_title(text[:LONGEST_TEXT], size, context)
    return [matches] * len(parents)


async def _by_code(text: str, size: int, context: Context) -> list[SearchMatch]:
    typed = _CODE.fullmatch(text)
    if typed is None:
        return []
    # The codes of groups end in zeros that those of their occupations don't share.
    for rest in (typed[2], typed[2].rstrip("0")):
        start = statements.pattern(f"{typed[1]}-{rest}")
        rows = await context.database.all(statements.occupations_by_code_start(), start=start, limit=size)
        if rows:
            score = round((len(typed[1]) + len(rest)) / _DIGITS, 4)
            return [SearchMatch(row, row.title, score) for row in rows]
    return []


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


def _ranked(words: Sequence[str], titles: Sequence[Title]) -> list[tuple[float, int, str, int]]:
    """Return those titles that are like enough, the best first, as (score, employment, title, occupation id)."""
    scores = similarities(words, [row[3].split() for row in titles])
    enough = [
        (score, employment or 0, title, occupation)
        for (_, occupation, title, _, own, employment), similarity in zip(titles, scores, strict=True)
        if (score := similarity if own else similarity * _NOT_OWN) >= LEAST_SCORE
    ]
    return sorted(enough, key=lambda entry: (-entry[0], -entry[1], entry[2:]))


async def _candidates(words: Sequence[str], context: Context) -> list[Title]:
    """Titles that have words which all of the text's begin or are; and where these are few, what shares most with them.

    Each question is bounded, whatever the text is: the work is that of reading so many titles.
    """
    of_words = [search_index.trigrams(word) for word in words]
    wanted = {trigram for word in of_words for trigram in word}
    counted = await context.database.first_each(statements.search_trigrams(), sorted(wanted))
    titles_of = dict(row for row in counted if row is not None)
    found = await _with_all({trigram for word in of_words for trigram in word[:-1]}, titles_of, context)
    if len(found) == _CANDIDATES:
        # There may be more, whose words the text's are.
        found |= await _with_all(wanted, titles_of, context)
    if len(found) < _ENOUGH and (rarest := list(_rarest(titles_of))):
        rows = await context.database.all(statements.titles_with_most(), trigrams=tuple(rarest), limit=_CANDIDATES)
        found.update((row[0], row) for row in rows)
    return list(found.values())


async def _with_all(trigrams: set[str], titles_of: dict[str, int], context: Context) -> dict[int, Title]:
    """Titles that have these trigrams, by their ids."""
    if not trigrams <= titles_of.keys():
        return {}
    telling = sorted(trigrams, key=lambda trigram: (titles_of[trigram], trigram))[:_TELLING]
    given = {f"trigram_{n}": trigram for n, trigram in enumerate(telling)}
    rows = await context.database.all(statements.titles_with_all(len(telling)), **given, limit=_CANDIDATES)
    return {row[0]: row for row in rows}


def _rarest(titles_of: dict[str, int]) -> Iterator[str]:
    """Yield the rarest trigrams, as many as can be asked for one by one."""
    found = 0
    for trigram in sorted(titles_of, key=lambda trigram: (titles_of[trigram], trigram))[:_MOST_TRIGRAMS]:
        found += titles_of[trigram]
        if found > _MOST_FOUND:
            return
        yield trigram
