"""The order of the occupations that a search text may mean.

A title that is the text, perhaps in other words, decides by its standing and evidence. Otherwise features of the
occupation are weighed. The weights are those of logistic regressions on titles whose occupation is known and that were
taken out of the index, see docs/adr/0006-search-with-our-own-index-of-words.md. ``python -m bench.search --labelled
FILE`` measures the order.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from operator import itemgetter
from typing import NamedTuple

from db.models import SearchTitle
from db.title_evidence import Standing
from resolvers.search_terms import Term, Terms, is_of_titles
from resolvers.search_text import NOISE_WORDS, Reading
from resolvers.title_similarity import ComparedTitles

_STRONG = 0.85
_LEAST = 0.4
"""From the first similarity on a title counts in full, and below the second it counts no less."""

_AS_WRITTEN = 0.9
"""The minimum factor of a reading whose titles come first: the words are not guessed from similar ones."""

_NOT_OWN = 0.99
"""The factor for alternate titles: of two equally similar titles, an occupation's own one is the better match."""

_VOTING = 80
"""The number of titles that vote for their occupations: those with the highest BM25."""

_MANY = 4000
"""The number of titles with one word of the text or with words like it. The longest titles beyond it are not found."""

_NARROWED = 1000
"""The number of titles from which on a more frequent word adds to these and finds no more."""

_ALWAYS, _WORTHWHILE = 30, 0.35
"""The number of titles that are always looked at, and the part of the highest sum that others must have.

As many of 424 labelled queries find their occupation first, in three and in ten as without this limit. A search for a
long misspelled title takes 0.8 of the time.
"""

_SATURATION, _LENGTH_PART = 1.2, 0.75
_MEAN_WORDS = 3.0
"""BM25's k1 and b, and the mean number of words of a title."""

_UNKNOWN_RARITY = 8.0
"""The rarity of a word that no title has."""

_LIKE = 3
"""The exponent of the similarity of a title's word to the text's, by which the word's rarity is multiplied."""


class Wanted(NamedTuple):
    """A word of the text."""

    weight: float
    """How much it tells, up to 1."""
    words: Mapping[str, float]
    """The words of titles that it can be, with their similarity to it."""


class Ranked(NamedTuple):
    """An occupation with its title that is most similar to the text."""

    title: SearchTitle
    similarity: float


def with_most_weight(wanted: Sequence[Wanted], terms: Terms, limit: int) -> list[int]:
    """Return the ids of titles with the highest sums of the rarities of the text's words that they have.

    Titles with equal sums are in the order of their ids: shorter ones have a higher BM25. Those with far lower sums
    than the first one are left out.
    """
    lists = [_lists(each, terms) for each in wanted]
    sums: dict[int, float] = {}
    lists.sort(key=lambda each: sum(len(titles) for _, titles in each))
    for place, each in enumerate(lists, start=1):
        weights: dict[int, float] = {}
        narrowed, is_last = len(sums) > _NARROWED, place == len(lists)
        for weight, titles in each:
            if narrowed or is_last:
                weights.update(dict.fromkeys(sums.keys() & titles, weight))
            if not narrowed:
                # Of the titles with the last word alone, the first have the highest sums.
                weights.update(dict.fromkeys(titles[:limit] if is_last else titles, weight))
        _add(sums, weights)
    least = _WORTHWHILE * max(sums.values(), default=0)
    worthwhile = {title: weight for title, weight in sums.items() if weight >= least}
    return highest(worthwhile, limit) if len(worthwhile) > _ALWAYS else highest(sums, _ALWAYS)


def _add(sums: dict[int, float], weights: Mapping[int, float]) -> None:
    """Add weights, most of them by one call: thousands of titles have a frequent word."""
    both = {number: sums[number] + weights[number] for number in sums.keys() & weights.keys()}
    sums |= weights
    sums |= both


def _lists(wanted: Wanted, terms: Terms) -> list[tuple[float, Sequence[int]]]:
    """Return the titles with each word that a word of the text can be, and its weight, the lowest first."""
    weighted = [
        (wanted.weight * similarity**_LIKE * terms[word].rarity, word)
        for word, similarity in wanted.words.items()
        if word in terms
    ]
    each = _MANY // len(weighted) if weighted else 0
    return [(weight, terms[word].titles[:each]) for weight, word in sorted(weighted)]


def highest(values: Mapping[int, float], limit: int) -> list[int]:
    """Return the keys with the highest values, those with equal values in ascending order."""
    keys: Iterable[int] = values
    if len(values) > limit:
        # Most of thousands are below the limit, so that only the others are sorted by key.
        least = sorted(values.values(), reverse=True)[limit - 1]
        keys = [key for key, value in values.items() if value >= least]
    return sorted(sorted(keys), key=values.__getitem__, reverse=True)[:limit]


def ranked(
    readings: Sequence[Reading],
    titles: Sequence[SearchTitle],
    terms: Terms,
    described: Mapping[int, float],
    *,
    unfinished: bool,
) -> list[Ranked]:
    """Return the occupations of the titles, the likeliest first; one without an occupation stands for all such titles.

    ``described`` has the weight of the text's words in descriptions, by occupation.
    """
    words_of = {title.words: title.words.split() for title in titles}
    best = _best_titles(titles, _similarities(readings, words_of, terms, unfinished=unfinished))
    weights = _weights(best, titles, words_of, readings, terms, described)
    texts = {
        words
        for reading in readings
        if reading.factor >= _AS_WRITTEN
        for words in (frozenset(reading.words), _telling(reading.words))
    }

    as_typed = {frozenset(readings[0].words), _telling(readings[0].words)}

    def order(occupation: int | None) -> tuple[float, ...]:
        title, similarity = best[occupation]
        words = frozenset(words_of[title.words])
        if words in texts:
            is_settled = words in as_typed and title.standing > Standing.LISTED
            return 0, not is_settled, -title.standing, -similarity, -title.evidence, title.id
        return 1, -weights[occupation], title.id

    return [best[occupation] for occupation in sorted(best, key=order)]


def _best_titles(titles: Sequence[SearchTitle], similarity_of: Mapping[str, float]) -> dict[int | None, Ranked]:
    """Return the title of each occupation that is most similar to the text, of several the one with most evidence."""
    best: dict[int | None, Ranked] = {}
    for title in titles:
        similarity = similarity_of[title.words]
        if title.standing != Standing.OWN:
            similarity *= _NOT_OWN
        similarity = round(similarity, 4)
        known = best.get(title.occupation_id)
        if (
            known is None
            or similarity > known.similarity
            or (similarity == known.similarity and _evidence(title) > _evidence(known.title))
        ):
            best[title.occupation_id] = Ranked(title, similarity)
    return best


def _evidence(title: SearchTitle) -> tuple[float, ...]:
    return title.standing, title.evidence, -title.id


def _telling(words: Sequence[str]) -> frozenset[str]:
    """Return the words that tell something about the work, or all if none does."""
    return frozenset(words) - NOISE_WORDS or frozenset(words)


def _similarities(
    readings: Sequence[Reading], titles: Mapping[str, Sequence[str]], terms: Terms, *, unfinished: bool
) -> dict[str, float]:
    """Return the similarity of each title to the reading that is most similar to it."""
    known = frozenset(word for reading in readings for word in reading.words if is_of_titles(word, terms))
    compared = ComparedTitles([*titles.values()], unfinished=unfinished, known=known)
    of_each = [[reading.factor * similarity for similarity in compared.similarities(reading)] for reading in readings]
    return dict(zip(titles, map(max, *of_each, [0.0] * len(titles)), strict=True))


def _rarities(readings: Sequence[Reading], terms: Terms) -> dict[str, float]:
    """Return the rarity of each word of the readings that titles have, times how much it tells."""
    rarities: dict[str, float] = {}
    for reading in readings:
        for word, weight in zip(reading.words, reading.weights, strict=True):
            if word in terms:
                rarities[word] = max(weight * terms[word].rarity, rarities.get(word, 0))
    return rarities


def _bm25(
    titles: Sequence[SearchTitle], words_of: Mapping[str, Sequence[str]], rarities: Mapping[str, float]
) -> tuple[dict[int | None, float], dict[int | None, float]]:
    """Return the votes for each occupation, the squares of its titles' BM25, and the highest BM25 of its titles."""
    score_of = {
        title: found / (1 + _SATURATION * (1 - _LENGTH_PART + _LENGTH_PART * len(words) / _MEAN_WORDS))
        for title, words in words_of.items()
        if (found := sum([rarities[word] for word in words if word in rarities]))
    }
    scored = [(score_of[title.words], title) for title in titles if title.words in score_of]
    # Equal scores stay in the order of the ids.
    scored.sort(key=itemgetter(0), reverse=True)
    votes: defaultdict[int | None, float] = defaultdict(float)
    best: dict[int | None, float] = {}
    for score, title in scored[:_VOTING]:
        votes[title.occupation_id] += score * score
        best.setdefault(title.occupation_id, score)
    return votes, best


class _Features(NamedTuple):
    """What speaks for an occupation, each but the prior from 0 to 1. The weights have the same names."""

    similarity: float
    """Of the best title to the text."""
    is_strong: float
    votes: float
    """The square root of its share in the votes of the titles with the highest BM25."""
    best: float
    """The highest BM25 of its titles, divided by that of all."""
    description: float
    """The square root of the weight of the text's words in its description, divided by the greatest."""
    own_title: float
    """The part of the text that is in its own title, weighted by the rarity of the words."""
    words: float
    """How much more frequent the words of the text are in its titles than in all titles."""
    last_word: float
    """The same of the last word that tells something: most titles end with what somebody is."""
    prior: float


_WEIGHTS = _Features(4, 1.5, 2, 2.5, 1.2, 1.2, 5.5, 0.6, 1.5)


def _weights(
    best: Mapping[int | None, Ranked],
    titles: Sequence[SearchTitle],
    words_of: Mapping[str, Sequence[str]],
    readings: Sequence[Reading],
    terms: Terms,
    described: Mapping[int, float],
) -> dict[int | None, float]:
    """Return what speaks for each occupation, the sum of its features times their weights."""
    votes, best_votes = _bm25(titles, words_of, _rarities(readings, terms))
    all_votes, best_of_all = sum(votes.values()) or 1, max(best_votes.values(), default=1)
    most_described = max(described.values(), default=1) or 1
    parts = _best_parts(best.keys(), readings, terms)
    weights: dict[int | None, float] = {}
    for occupation, (title, similarity) in best.items():
        own_title, words, last_word = parts.get(occupation, (0, 0, 0))
        description = 0 if occupation is None else described.get(occupation, 0) / most_described
        weights[occupation] = (
            _WEIGHTS.similarity * max(similarity, _LEAST)
            + _WEIGHTS.is_strong * (similarity >= _STRONG)
            + _WEIGHTS.votes * math.sqrt(votes.get(occupation, 0) / all_votes)
            + _WEIGHTS.best * best_votes.get(occupation, 0) / best_of_all
            + _WEIGHTS.description * math.sqrt(description)
            + _WEIGHTS.own_title * own_title
            + _WEIGHTS.words * words
            + _WEIGHTS.last_word * last_word
            + _WEIGHTS.prior * title.prior
        )
    return weights


def _best_parts(
    occupations: Set[int | None], readings: Sequence[Reading], terms: Terms
) -> Mapping[int | None, tuple[float, float, float]]:
    """Return the features own_title, words and last_word of occupations, each the highest of all readings."""
    more = {word: _more_frequent(terms[word], occupations) for each in readings for word in each.words if word in terms}
    best: dict[int | None, tuple[float, float, float]] = {}
    for reading in readings:
        own, frequent = defaultdict[int, float](float), defaultdict[int, float](float)
        last: Mapping[int, float] = {}
        all_ = 0.0
        for name, weight in zip(reading.words, reading.weights, strict=True):
            term = terms.get(name)
            if term is None or not term.titles:
                all_ += weight * _UNKNOWN_RARITY
                continue
            all_ += weight * term.rarity
            for id_ in term.occupations & occupations:
                own[id_] += weight * term.rarity
            if weight == 1:
                last = {id_: value / term.rarity for id_, value in more[name].items()}
            for id_, value in more[name].items():
                frequent[id_] += weight * value
        for id_ in own.keys() | frequent.keys():
            most_own, most_frequent, most_last = best.get(id_, (0, 0, 0))
            best[id_] = (
                max(most_own, reading.factor * own[id_] / all_),
                max(most_frequent, reading.factor * frequent[id_] / all_),
                max(most_last, reading.factor * last.get(id_, 0)),
            )
    return best


def _more_frequent(term: Term, occupations: Set[int | None]) -> dict[int, float]:
    """Return how much more frequent a word is in the titles of occupations than in all: the logarithm of the ratio.

    It is the rarity where all titles of the occupation have the word.
    """
    ratio = math.exp(term.rarity)
    return {occupation: math.log1p(share * ratio) for occupation, share in term.shares() if occupation in occupations}
