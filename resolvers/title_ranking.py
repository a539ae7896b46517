"""The order of the occupations that a search text may mean.

A title that is the text, perhaps in other words, decides by its standing and evidence. Otherwise features of the
occupation are weighed. The weights are those of a logistic regression on texts whose occupation is known: titles of
BLS's direct match title file that O*NET does not have, and titles of job postings. ``python -m bench.search --labelled
FILE`` measures the order.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db.models import SearchTitle
from db.title_evidence import Standing
from resolvers.search_text import NOISE_WORDS, Reading
from resolvers.title_similarity import similarities

_STRONG = 0.85
_LEAST = 0.4
"""From the first similarity on a title counts in full, and below the second it counts no less."""

_NOT_OWN = 0.99
"""The factor for alternate titles: of two equally similar titles, an occupation's own one is the better match."""

_SIMILARITY, _IS_STRONG = 3.7, 2.4
_VOTES, _BEST = 2.65, 3.6
_DESCRIPTION, _OWN_TITLE, _PRIOR = 1.66, 2.3, 1.0
"""The weights of the features, see ``Occupations.weigh``."""

_VOTING = 80
"""The number of titles that vote for their occupations: those with the highest BM25."""

_CANDIDATES = 100
_EVERYWHERE = 4000
"""The number of titles to compute BM25 of, and the number of titles from which on a word finds no more titles."""

_SATURATION, _LENGTH_PART = 1.2, 0.75
_MEAN_WORDS = 3.0
"""BM25's k1 and b, and the mean number of words of a title."""

_UNKNOWN_RARITY = 8.0
"""The rarity of a word that no title has."""


class Word(NamedTuple):
    """A word of the text that titles have."""

    rarity: float
    titles: Sequence[int]
    """The ids of the titles with it, ascending."""
    occupations: frozenset[int]
    """The occupations with it in their own title."""


class Ranked(NamedTuple):
    """An occupation with its title that is most similar to the text."""

    title: SearchTitle
    similarity: float


def with_most_weight(words: Mapping[str, Word], weights: Mapping[str, float]) -> dict[int, float]:
    """Return the titles with the highest sums of the rarities of the text's words that they have, by id.

    Titles with equal sums are in the order of their ids: shorter ones have a higher BM25. A word that is in thousands
    of titles only adds to those that have a rarer one.
    """
    sums: dict[int, float] = {}
    for name in sorted(words, key=lambda name: (len(words[name].titles), name)):
        word, weight = words[name], words[name].rarity * weights[name]
        if len(word.titles) > _EVERYWHERE and sums:
            for number in sums.keys() & set(word.titles):
                sums[number] += weight
        else:
            for number in word.titles[:_EVERYWHERE]:
                sums[number] = sums.get(number, 0) + weight
    return {number: sums[number] for number in highest(sums, _CANDIDATES)}


def highest(values: Mapping[int, float], limit: int) -> list[int]:
    """Return the keys with the highest values, those with equal values in ascending order."""
    # Values are few, which makes this several times faster than sorting all keys.
    keys_of = defaultdict[float, list[int]](list)
    for key, value in values.items():
        keys_of[value].append(key)
    found: list[int] = []
    for value in sorted(keys_of, reverse=True):
        found += sorted(keys_of[value])[: limit - len(found)]
        if len(found) == limit:
            break
    return found


def ranked(
    readings: Sequence[Reading],
    titles: Sequence[SearchTitle],
    sums: Mapping[int, float],
    words: Mapping[str, Word],
    described: Mapping[int, float],
    *,
    unfinished: bool,
) -> list[Ranked]:
    """Return the occupations of the titles, the likeliest first; one without an occupation stands for all such titles.

    ``sums`` are those of ``with_most_weight``, and ``described`` has the weight of the text's words in descriptions, by
    occupation.
    """
    best: dict[int | None, Ranked] = {}
    for title, similarity in zip(titles, _similarities(readings, titles, unfinished=unfinished), strict=True):
        known = best.get(title.occupation_id)
        if known is None or (similarity, title.standing, title.evidence, -title.id) > (
            known.similarity,
            known.title.standing,
            known.title.evidence,
            -known.title.id,
        ):
            best[title.occupation_id] = Ranked(title, similarity)
    votes, best_votes = _bm25(titles, sums)
    all_votes, best_of_all = sum(votes.values()) or 1, max(best_votes.values(), default=1)
    most_described = max(described.values(), default=1) or 1

    def weigh(occupation: int | None) -> float:
        title, similarity = best[occupation]
        return (
            _SIMILARITY * max(similarity, _LEAST)
            + _IS_STRONG * (similarity >= _STRONG)
            + _VOTES * math.sqrt(votes.get(occupation, 0) / all_votes)
            + _BEST * best_votes.get(occupation, 0) / best_of_all
            + _PRIOR * title.prior
            + (
                0
                if occupation is None
                else _DESCRIPTION * math.sqrt(described.get(occupation, 0) / most_described)
                + _OWN_TITLE * _in_own_title(occupation, readings, words)
            )
        )

    texts = {words for reading in readings for words in (frozenset(reading.words), _telling(reading.words))}

    def order(occupation: int | None) -> tuple[float, ...]:
        title, similarity = best[occupation]
        if frozenset(title.words.split()) in texts:
            return 0, -title.standing, -similarity, -title.evidence, title.id
        return 1, -weigh(occupation), title.id

    return [best[occupation] for occupation in sorted(best, key=order)]


def _telling(words: Sequence[str]) -> frozenset[str]:
    """Return the words that tell something about the work, or all if none does."""
    return frozenset(words) - NOISE_WORDS or frozenset(words)


def _similarities(readings: Sequence[Reading], titles: Sequence[SearchTitle], *, unfinished: bool) -> list[float]:
    split = [title.words.split() for title in titles]
    of_each = [
        [reading.factor * similarity for similarity in similarities(reading, split, unfinished=unfinished)]
        for reading in readings
    ]
    return [
        round(max(values) * (1 if title.standing == Standing.OWN else _NOT_OWN), 4)
        for title, *values in zip(titles, *of_each, strict=True)
    ]


def _bm25(
    titles: Sequence[SearchTitle], sums: Mapping[int, float]
) -> tuple[dict[int | None, float], dict[int | None, float]]:
    """Return the votes for each occupation, the squares of its titles' BM25, and the highest BM25 of its titles."""
    scored = [
        (sums[title.id] / (1 + _SATURATION * (1 - _LENGTH_PART + _LENGTH_PART * words / _MEAN_WORDS)), title)
        for title in titles
        if title.id in sums
        for words in [1 + title.words.count(" ")]
    ]
    scored.sort(key=lambda item: (-item[0], item[1].id))
    votes: defaultdict[int | None, float] = defaultdict(float)
    best: dict[int | None, float] = {}
    for score, title in scored[:_VOTING]:
        votes[title.occupation_id] += score * score
        best.setdefault(title.occupation_id, score)
    return votes, best


def _in_own_title(occupation: int, readings: Sequence[Reading], words: Mapping[str, Word]) -> float:
    """Return which part of the text is in the occupation's own title, weighted by the rarity of the words."""
    return max(_part_in_own_title(occupation, reading, words) for reading in readings)


def _part_in_own_title(occupation: int, reading: Reading, words: Mapping[str, Word]) -> float:
    found = all_ = 0.0
    for name, weight in zip(reading.words, reading.weights, strict=True):
        word = words.get(name)
        all_ += weight * (_UNKNOWN_RARITY if word is None else word.rarity)
        if word is not None and occupation in word.occupations:
            found += weight * word.rarity
    return found / all_
