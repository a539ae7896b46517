"""Search for occupations by code or title.

Statements find the titles that can match: those with a word of the text, and those with letters like the text's. Then
``title_ranking`` puts their occupations in order. Each step has a limit, so the work is bounded for any text.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from db import statements
from db.folding import trigrams
from db.models import Occupation
from resolvers import occupations, search_text
from resolvers.codes import digits_of, soc_code, soc_codes_in
from resolvers.connections import page_size
from resolvers.context import Context
from resolvers.search_terms import Terms, first_letters, is_of_titles, known_terms, similar_words, spelling, two_words
from resolvers.search_text import Reading, SearchText
from resolvers.title_ranking import Ranked, Wanted, highest, ranked, with_most_weight
from resolvers.title_similarity import SHORTEST_SIMILAR

LONGEST_TEXT = search_text.MOST_CHARACTERS

DESCRIBED_SCORE = 0.5
"""The maximum score of an occupation that is only found by the words of its description."""

_LEAST_SIMILARITY = 0.5
"""The minimum similarity of a title that has no word of the text in full.

Below it, a title shares little more than a few letters with the text.
"""

_CANDIDATES, _OTHER_CANDIDATES = 150, 50
"""The number of titles with the words of the text, or words like them, and with those of each other reading."""

_READINGS = 5
"""The maximum number of readings of a text."""

_OF_WORKERS = 2
"""The maximum number of words for somebody in a field of work."""

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
    """Return the occupations whose code the text is or starts, or else those whose codes are anywhere in it.

    For the code of an occupation that is not covered, or of a group of only such ones, return titles with the reason.
    """
    digits = digits_of(text)
    if digits is None:
        return (await _given_whole(soc_codes_in(text), context))[:size]
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

    It takes three statements, and one more if the text has words that no title has. Of the titles of work that is not
    covered, which have no occupation, the best is returned.
    """
    searched = search_text.read(text)
    own = searched.reading
    if not own.words:
        return []
    names = {*search_text.phrases(own.words), *search_text.joined(own.words), *search_text.workers(own.words[-1])}
    terms = await known_terms(names.union(map(first_letters, own.words)), context)
    unknown = {
        trigram
        for word in own.words
        if len(word) >= SHORTEST_SIMILAR and not is_of_titles(word, terms)
        for trigram in trigrams(word)
    }
    if unknown:
        terms |= await known_terms(unknown - terms.keys(), context)
    like = _like(searched, terms)
    others = _in_other_words(own, like, terms)
    words = {word for reading in others for word in reading.words} | {word for each in like for word in each}
    terms |= await known_terms(words - terms.keys(), context)
    readings = [own, *_respelled(own, like, terms), *others][:_READINGS]
    candidates = {*with_most_weight(_wanted(own, like), terms, _CANDIDATES)}
    for other in readings[1:]:
        wanted = _wanted(other, [{word: 1} for word in other.words])
        candidates.update(with_most_weight(wanted, terms, _OTHER_CANDIDATES))
    titles = await context.database.first_each(statements.search_titles(), sorted(candidates))
    described = _described(readings, terms)
    found = ranked(
        readings,
        [title for title in titles if title is not None],
        terms,
        described,
        unfinished=searched.unfinished,
    )
    matches = _matches(searched.exact, found, {word for reading in readings for word in reading.words}, size)
    return matches if len(matches) == size else (matches + _only_described(described, matches))[:size]


def _like(searched: SearchText, terms: Terms) -> list[dict[str, float]]:
    """Return the words of titles that each word of the text can be, with their similarity to it."""
    words = searched.reading.words
    last = len(words) - 1 if searched.unfinished else -1
    return [similar_words(word, terms, unfinished=place == last) for place, word in enumerate(words)]


def _in_other_words(own: Reading, like: Sequence[Mapping[str, float]], terms: Terms) -> list[Reading]:
    """Return the readings of a text in synonyms, with other spaces, and with workers for a field of work."""
    synonyms = {
        phrase: terms[phrase].replacements
        for phrase in search_text.phrases(own.words)
        if phrase in terms and terms[phrase].replacements
    }
    found = search_text.in_synonyms(own, synonyms)
    found += [
        search_text.with_joined(own, place)
        for place, word in enumerate(search_text.joined(own.words))
        if is_of_titles(word, terms)
    ][:1]
    apart = {
        place: (both, 1.0)
        for place, word in enumerate(own.words)
        if not _is_known(word, terms) and (both := two_words(word, like[place], terms))
    }
    if apart:
        found.append(search_text.respelled(own, apart))
    if own.weights[-1] == 1:
        workers = [word for word in search_text.workers(own.words[-1]) if is_of_titles(word, terms)]
        workers.sort(key=lambda word: -len(terms[word].titles))
        found += [search_text.of_worker(own, worker) for worker in workers[:_OF_WORKERS]]
    return found


def _respelled(own: Reading, like: Sequence[Mapping[str, float]], terms: Terms) -> list[Reading]:
    """Return the reading of a text without the words that are of no title, if they can be misspelled."""
    known = [word for word in own.words if is_of_titles(word, terms)]
    rarest = min(known, key=lambda word: len(terms[word].titles), default=None)
    others = frozenset(terms[rarest].titles if rarest else ())
    spellings = {
        place: ([found[0]], found[1])
        for place, word in enumerate(own.words)
        if not _is_known(word, terms) and (found := spelling(word, like[place], terms, others))
    }
    return [search_text.respelled(own, spellings)] if spellings else []


def _is_known(word: str, terms: Terms) -> bool:
    """Return whether a word is of titles, or other words are known for it."""
    return word in terms and bool(terms[word].titles or terms[word].replacements)


def _wanted(reading: Reading, like: Sequence[Mapping[str, float]]) -> list[Wanted]:
    return [*map(Wanted, reading.weights, like)]


def _matches(exact: Sequence[str], found: Sequence[Ranked], words: Set[str], size: int) -> list[TitleMatch]:
    matches: list[TitleMatch] = []
    score, text = 1.0, " ".join(exact)
    for title, similarity in found:
        if len(matches) == size:
            break
        if similarity < _LEAST_SIMILARITY and words.isdisjoint(title.words.split()):
            continue
        score = min(score, similarity)
        is_exact = title.words == text
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


def _described(readings: Sequence[Reading], terms: Terms) -> dict[int, float]:
    """Return the weights of the words that tell something in descriptions, by occupation, highest first."""
    telling = {
        word
        for reading in readings
        for word, weight in zip(reading.words, reading.weights, strict=True)
        if weight == 1 and word in terms
    }
    weights: defaultdict[int, float] = defaultdict(float)
    for word in sorted(telling):
        for occupation, weight in terms[word].described():
            weights[occupation] += weight
    return {occupation: weights[occupation] for occupation in highest(weights, _DESCRIBED)}
