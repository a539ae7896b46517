"""Search for occupations by code or title.

Statements find the titles that can match: those with a word of the text, and those with letters like the text's. Then
``title_ranking`` puts their occupations in order. Each step has a limit, so the work is bounded for any text.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db import statements
from db.folding import trigrams
from db.models import Occupation
from db.search_index import unpacked
from resolvers import occupations, search_text
from resolvers.codes import digits_of, soc_codes_in
from resolvers.connections import page_size
from resolvers.context import Context
from resolvers.search_text import Reading
from resolvers.title_ranking import Ranked, Word, highest, ranked, with_most_weight

LONGEST_TEXT = search_text.MOST_CHARACTERS

DESCRIBED_SCORE = 0.5
"""The maximum score of an occupation that is only found by the words of its description."""

_LEAST_SIMILARITY = 0.5
"""The minimum similarity of a title that has no word of the text in full.

Below it, a title shares little more than a few letters with the text.
"""

_CANDIDATES = 120
"""The maximum number of titles with all trigrams of the text, and of those with the most."""

_ENOUGH = 100
"""With this number of candidates, titles that share fewer trigrams with the text are not searched."""

_TELLING = 6
"""The number of trigrams, the rarest, that a title must have: hardly a title has these and not the others."""

_MOST_TRIGRAMS = 24
_MOST_FOUND = 5000
"""The maximum number of trigrams to look up one by one, and of titles that have them, added up."""

_MUCH_SHORTER = 8
"""How many times longer a list must be to be searched for each number of another, instead of read from start to end."""

_DESCRIBED = 100
"""The number of occupations that are looked at for the words of their descriptions."""

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
    """Return the occupations whose code the text is or starts, or else those whose codes are anywhere in it."""
    digits = digits_of(text)
    if digits is None:
        return _given_whole(await occupations.by_code(soc_codes_in(text), context))[:size]
    if len(digits) == _DIGITS and (whole := _given_whole(await occupations.by_code([text], context))):
        return whole[:size]
    # A group's code ends in zeros that its occupations' codes don't have.
    for start in dict.fromkeys((digits, digits[:2] + digits[2:].rstrip("0"))):
        pattern = statements.pattern(f"{start[:2]}-{start[2:]}")
        rows = await context.database.all(statements.occupations_by_code_start(), start=pattern, limit=size)
        if rows:
            score = round(len(start) / _DIGITS, 4)
            return [SearchMatch(row, row.title, score) for row in rows]
    return []


def _given_whole(rows: Sequence[Occupation | None]) -> list[SearchMatch]:
    found = {row.id: row for row in rows if row is not None}
    return [SearchMatch(row, row.title, 1, exact=True) for row in found.values()]


async def _by_title(text: str, size: int, context: Context) -> list[SearchMatch]:
    found = (await find_titles(text, context))[:size]
    known = [match.occupation_id for match in found if match.occupation_id is not None]
    rows = {row.id: row for row in await occupations.by_id(known, context) if row is not None}
    return [
        SearchMatch(row, match.title or row.title if row else match.title or "", *match[2:])
        for match in found
        if (row := rows.get(match.occupation_id)) or match.not_covered is not None
    ]


async def find_titles(text: str, context: Context) -> list[TitleMatch]:
    """Return the titles that match a text, best match first, each occupation once.

    It takes six statements. Of the titles of work that is not covered, which have no occupation, the best is returned.
    """
    searched = search_text.read(text)
    if not searched.reading.words:
        return []
    readings = search_text.readings(searched.reading, await _synonyms(searched.reading, context))
    weights: dict[str, float] = {}
    for reading in readings:
        for word, weight in zip(reading.words, reading.weights, strict=True):
            weights[word] = max(weight, weights.get(word, 0))
    words = await _words(weights, context)
    sums = with_most_weight(words, weights)
    similar = await _with_similar_words(readings, context)
    titles = await context.database.first_each(statements.search_titles(), sorted(sums.keys() | similar))
    described = await _described(weights, context)
    found = ranked(
        readings,
        [title for title in titles if title is not None],
        sums,
        words,
        described,
        unfinished=searched.unfinished,
    )
    matches = _matches(searched.exact, found, sums)
    return matches + _only_described(described, matches)


def _matches(exact: Sequence[str], found: Sequence[Ranked], sums: Mapping[int, float]) -> list[TitleMatch]:
    matches: list[TitleMatch] = []
    score = 1.0
    for title, similarity in found:
        if similarity < _LEAST_SIMILARITY and title.id not in sums:
            continue
        score = min(score, similarity)
        is_exact = title.words.split() == [*exact]
        matches.append(
            TitleMatch(title.occupation_id, title.title, score, is_exact, title.ambiguous, title.not_covered)
        )
    return matches


def _only_described(described: Mapping[int, float], matches: Sequence[TitleMatch]) -> list[TitleMatch]:
    """Return the occupations of which only the description has words of the text."""
    known = {match.occupation_id for match in matches}
    most = min(DESCRIBED_SCORE, matches[-1].score if matches else 1)
    return [
        TitleMatch(occupation, None, round(most * weight / (1 + weight), 4))
        for occupation, weight in described.items()
        if occupation not in known
    ]


async def _synonyms(reading: Reading, context: Context) -> dict[str, Sequence[str]]:
    """Return other words for the phrases of a reading."""
    phrases = search_text.phrases(reading.words)
    found = await context.database.each(statements.synonyms_of(), phrases)
    return {phrase: [other for _, other in rows] for phrase, rows in zip(phrases, found, strict=True) if rows}


async def _words(names: Mapping[str, float], context: Context) -> dict[str, Word]:
    rows = await context.database.first_each(statements.search_words(), sorted(names))
    return {row[0]: Word(row[1], unpacked(row[2]), frozenset(unpacked(row[3]))) for row in rows if row is not None}


async def _with_similar_words(readings: Sequence[Reading], context: Context) -> set[int]:
    """Return the titles in which every word of a reading is a word or begins one; if these are few, similar titles."""
    of_readings = [[trigrams(word) for word in reading.words] for reading in readings]
    all_trigrams = sorted({trigram for words in of_readings for word in words for trigram in word})
    counted = await context.database.first_each(statements.search_trigrams(), all_trigrams)
    number_of = {row[0]: row[1] for row in counted if row is not None}
    wanted: list[list[str]] = []
    for words in of_readings:
        whole, beginnings = {t for word in words for t in word}, {t for word in words for t in word[:-1]}
        wanted += [_rarest(each, number_of)[:_TELLING] for each in (beginnings, whole) if each <= number_of.keys()]
    most = _affordable(_rarest(set(number_of), number_of), number_of)
    needed = sorted({trigram for each in (*wanted, most) for trigram in each})
    rows = await context.database.first_each(statements.titles_by_trigram(), needed)
    titles_of = {row[0]: unpacked(row[1]) for row in rows if row is not None}
    found: set[int] = set()
    for each in wanted:
        # Titles are in the order of their ids: the limit leaves out the longer ones.
        found.update(sorted(_in_all([titles_of[trigram] for trigram in each]))[:_CANDIDATES])
    if len(found) < _ENOUGH:
        shared = Counter[int]()
        for trigram in most:
            shared.update(titles_of[trigram])
        found.update(highest(shared, _CANDIDATES))
    return found


def _in_all(lists: Sequence[Sequence[int]]) -> set[int]:
    """Return the numbers that are in all of some ascending lists, the shortest first."""
    found = set(lists[0])
    for each in lists[1:]:
        if len(found) * _MUCH_SHORTER < len(each):
            found = {n for n in found if (place := bisect_left(each, n)) < len(each) and each[place] == n}
        else:
            found.intersection_update(each)
    return found


def _rarest(wanted: set[str], number_of: Mapping[str, int]) -> list[str]:
    """Return the trigrams, the rarest first."""
    return sorted(wanted, key=lambda trigram: (number_of[trigram], trigram))


def _affordable(trigrams: Sequence[str], number_of: Mapping[str, int]) -> list[str]:
    """Return the first trigrams, up to the maximum that can be looked up one by one."""
    chosen: list[str] = []
    found = 0
    for trigram in trigrams[:_MOST_TRIGRAMS]:
        found += number_of[trigram]
        if found > _MOST_FOUND:
            break
        chosen.append(trigram)
    return chosen


async def _described(weights: Mapping[str, float], context: Context) -> dict[int, float]:
    """Return the weights of the words that tell something in descriptions, by occupation, highest first."""
    telling = tuple(sorted(word for word, weight in weights.items() if weight == 1))
    if not telling:
        return {}
    return dict(await context.database.all(statements.occupations_by_words(), words=telling, limit=_DESCRIBED))
