"""Search for occupations by code or title.

``title_candidates`` finds the titles that can match, among those with words like the text's, in the index that
``title_index`` holds in memory. ``title_ranking`` puts their occupations in order. Each step has a limit, so the work
is bounded for any text.
"""

from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

import numpy as np

from db import statements
from db.models import Occupation
from resolvers import occupations, search_text
from resolvers.codes import digits_of, soc_code, soc_codes_in
from resolvers.connections import page_size
from resolvers.context import Context
from resolvers.search_text import Reading
from resolvers.similar_words import similar_words, spelling, two_words
from resolvers.title_candidates import candidates
from resolvers.title_index import NONE, SimilarWords, TitleIndex, title_index
from resolvers.title_ranking import Ranked, ranked
from resolvers.title_similarity import Figures

LONGEST_TEXT = search_text.MOST_CHARACTERS

DESCRIBED_SCORE = 0.5
"""The maximum score of an occupation that is only found by the words of its description."""

_LEAST_SIMILARITY = 0.5
"""The minimum similarity of a title that has no word of the text in full.

Below it, a title shares little more than a few letters with the text.
"""

_READINGS = 5
"""The maximum number of readings of a text."""

_OF_WORKERS = 2
"""The maximum number of words for somebody in a field of work."""

_DIGITS = 6
"""The number of digits of a SOC code."""


class TitleMatch(NamedTuple):
    """A title that matches a text, and the id of its occupation."""

    occupation_id: int | None
    """None if the work is not covered."""
    title: str | None
    """None if only the occupation's description has words of the text."""
    score: float
    exact: bool = False
    ambiguous: bool = False
    not_covered: str | None = None


class SearchMatch(NamedTuple):
    """An occupation, its title that is most similar to the text, and how well it matches."""

    occupation: Occupation | None
    matched_title: str
    score: float
    exact: bool = False
    ambiguous: bool = False
    not_covered: str | None = None


async def search(
    parents: Sequence[None], context: Context, *, text: str, first: int = 10
) -> Sequence[list[SearchMatch]]:
    """The occupations that a text may mean: by a code in it, or else by their titles and descriptions."""
    size, text = page_size(first, "first"), text[:LONGEST_TEXT]
    matches = await _by_code(text, size, context) or await _by_title(text, size, context)
    return [matches] * len(parents)


async def _by_code(text: str, size: int, context: Context) -> list[SearchMatch]:
    """Return the occupations whose code the text is or starts, or else those whose codes are anywhere in it.

    For the code of an occupation that is not covered, or of a group of only such ones, return titles with the reason.
    """
    digits = digits_of(text)
    if digits is None:
        codes = soc_codes_in(text)
        return (await _given_whole(codes, context))[:size] if codes else []
    if len(digits) == _DIGITS and (whole := await _given_whole([text], context)):
        return whole[:size]
    # A group's code ends in zeros that its occupations' codes don't have.
    for start in dict.fromkeys((digits, digits[:2] + digits[2:].rstrip("0"))):
        pattern = statements.pattern(f"{start[:2]}-{start[2:]}")
        score = round(len(start) / _DIGITS, 4)
        rows = await context.database.all(statements.occupations_by_code_start(), start=pattern, limit=size)
        if rows:
            return [SearchMatch(row, row.title, score) for row in rows]
        titles = await context.database.all(statements.job_titles_by_code_start(), start=pattern, limit=size)
        if titles:
            return [SearchMatch(None, title.title, score, not_covered=title.not_covered) for title in titles]
    return []


async def _given_whole(codes: Sequence[str], context: Context) -> list[SearchMatch]:
    rows = await occupations.by_code(codes, context)
    found = {row.id: row for row in rows if row is not None}
    unknown = [code for written, row in zip(codes, rows, strict=True) if row is None and (code := soc_code(written))]
    titles = await context.database.first_each(statements.job_titles_by_code(), unknown) if unknown else ()
    return [
        *(SearchMatch(row, row.title, 1, exact=True) for row in found.values()),
        *(SearchMatch(None, title.title, 1, exact=True, not_covered=title.not_covered) for title in titles if title),
    ]


async def _by_title(text: str, size: int, context: Context) -> list[SearchMatch]:
    found = await _titles(text, size, context)
    known = [match.occupation_id for match in found if match.occupation_id is not None]
    rows = {row.id: row for row in await occupations.by_id(known, context) if row is not None}
    return [
        SearchMatch(row, match.title or row.title if row else match.title or "", *match[2:])
        for match in found
        if (row := rows.get(match.occupation_id)) or match.not_covered is not None
    ]


async def _titles(text: str, size: int, context: Context) -> list[TitleMatch]:
    """Return the titles that match a text best, the best match first, each occupation once.

    Of the titles of work that is not covered, which have no occupation, the best is returned.
    """
    searched = search_text.read(text)
    own = searched.reading
    index = await title_index(context) if own.words else None
    if index is None:
        return []
    last = len(own.words) - 1 if searched.unfinished else -1
    like = [similar_words(word, index, unfinished=place == last) for place, word in enumerate(own.words)]
    readings = [own, *_respelled(own, like, index), *_in_other_words(own, like, index)][:_READINGS]
    titles = candidates(readings, like, index)
    described = _described(readings, index)
    found = ranked(readings, titles, index, described, unfinished=searched.unfinished)
    matches = _matches(searched.exact, found, {word for reading in readings for word in reading.words}, index, size)
    return matches if len(matches) == size else (matches + _only_described(described, matches, index, size))[:size]


def _in_other_words(own: Reading, like: Sequence[SimilarWords], index: TitleIndex) -> list[Reading]:
    """Return the readings of a text in synonyms, with other spaces, and with workers for a field of work."""
    phrases = search_text.phrases(own.words)
    found = search_text.in_synonyms(
        own, {each: index.replacements[each] for each in phrases if each in index.replacements}
    )
    found += [
        search_text.with_joined(own, place)
        for place, word in enumerate(search_text.joined(own.words))
        if index.is_of_titles(word)
    ][:1]
    apart = {
        place: (both, 1.0)
        for place, word in enumerate(own.words)
        if not index.is_known(word) and (both := two_words(word, like[place], index))
    }
    if apart:
        found.append(search_text.respelled(own, apart))
    if own.weights[-1] == 1:
        workers = [word for word in search_text.workers(own.words[-1]) if index.is_of_titles(word)]
        workers.sort(key=index.number_of.__getitem__)
        found += [search_text.of_worker(own, worker) for worker in workers[:_OF_WORKERS]]
    return found


def _respelled(own: Reading, like: Sequence[SimilarWords], index: TitleIndex) -> list[Reading]:
    """Return the reading of a text without the words that are of no title, if they can be misspelled."""
    known = [index.with_word(word) for word in own.words if index.is_of_titles(word)]
    others = min(known, key=len, default=NONE)
    spellings = {
        place: ([found[0]], found[1])
        for place, word in enumerate(own.words)
        if not index.is_known(word) and (found := spelling(word, like[place], index, others))
    }
    return [search_text.respelled(own, spellings)] if spellings else []


def _matches(
    exact: Sequence[str], found: Iterable[Ranked], words: Set[str], index: TitleIndex, size: int
) -> list[TitleMatch]:
    matches: list[TitleMatch] = []
    score, letters = 1.0, "".join(exact)
    for occupation, title, similarity in found:
        if len(matches) == size:
            break
        if similarity < _LEAST_SIMILARITY and words.isdisjoint(index.words_of_title(title)):
            continue
        score = min(score, similarity)
        matches.append(
            TitleMatch(
                index.occupation_ids[occupation],
                index.titles[title],
                score,
                index.letters[title] == letters and index.words_of_title(title) == [*exact],
                bool(index.is_ambiguous[title]),
                index.reasons.get(title),
            )
        )
    return matches


def _only_described(
    described: Figures, matches: Sequence[TitleMatch], index: TitleIndex, size: int
) -> list[TitleMatch]:
    """Return the occupations of which only the description has words of the text."""
    known = {match.occupation_id for match in matches}
    most = min(DESCRIBED_SCORE, matches[-1].score if matches else 1)
    highest: list[int] = np.argsort(-described, kind="stable")[: len(known) + size].tolist()
    weights = [(index.occupation_ids[occupation], float(described[occupation])) for occupation in highest]
    return [
        TitleMatch(id_, None, round(most * weight / (1 + weight), 4))
        for id_, weight in weights
        if weight and id_ not in known
    ]


def _described(readings: Sequence[Reading], index: TitleIndex) -> Figures:
    """Return the weight of the words that tell something in the description of each occupation."""
    telling = {
        word
        for reading in readings
        for word, weight in zip(reading.words, reading.weights, strict=True)
        if weight == 1 and word in index.number_of
    }
    weights = np.zeros(len(index.priors))
    for word in sorted(telling):
        number = index.number_of[word]
        weights[index.described[number]] += index.description_weights[number]
    return weights
