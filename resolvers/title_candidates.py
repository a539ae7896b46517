"""The titles that a search text can mean: those with the highest sums of the rarities of its words, as in BM25."""

from collections.abc import Sequence

import numpy as np

from db.search_index import Array
from resolvers.search_text import Reading
from resolvers.similar_words import MOST_TITLES
from resolvers.title_index import NONE, SimilarWords, TitleIndex, firsts
from resolvers.title_similarity import Numbers

_MOST, _MOST_OF_OTHERS = 150, 50
"""The number of titles with the words of the text, or words like them, and with those of each other reading."""

_WORTHWHILE, _FEWEST = 0.3, 10
"""The part of the highest sum that a title must have, unless fewer titles than these have it.

Of 424 labelled queries as many find their occupation first and in ten as without this limit, and one more in three.
"""


def candidates(readings: Sequence[Reading], like: Sequence[SimilarWords], index: TitleIndex) -> Numbers:
    """Return the titles with the highest sums of the rarities of a reading's words, ascending.

    ``like`` are the words that those of the text, the first reading, can be.
    """
    text, *others = readings
    weighted = [(each.titles, weight * each.weights) for each, weight in zip(like, text.weights, strict=True)]
    found = [_highest(weighted, index, _MOST)]
    found += [_highest(_with_words(other, index), index, _MOST_OF_OTHERS) for other in others]
    titles = np.sort(np.concatenate(found))
    return titles[firsts(titles)]


def _with_words(reading: Reading, index: TitleIndex) -> list[tuple[Numbers, float]]:
    """Return the titles with each word of a reading, and its rarity times how much it tells."""
    numbers = [(index.title_word(word), weight) for word, weight in zip(reading.words, reading.weights, strict=True)]
    return [
        (index.titles_with[number][:MOST_TITLES], weight * index.rarities[number])
        for number, weight in numbers
        if number is not None
    ]


def _highest(weighted: Sequence[tuple[Numbers, Array | float]], index: TitleIndex, limit: int) -> Numbers:
    """Return the titles with the highest sums of weights.

    Of those with equal sums the first ones are returned: shorter ones have a higher BM25.
    """
    if not weighted:
        return NONE
    sums = np.zeros(len(index.titles), np.float32)
    for titles, weights in weighted:
        sums[titles] += weights
    titles = np.concatenate([titles for titles, _ in weighted])
    found = sums[titles]
    worthwhile, fewest = found >= _WORTHWHILE * found.max(initial=0), min(_FEWEST, len(found))
    if np.count_nonzero(worthwhile) < fewest:
        worthwhile = found >= np.partition(found, -fewest)[-fewest]
    titles = np.sort(titles[worthwhile])
    titles = titles[firsts(titles)]
    return titles if len(titles) <= limit else titles[np.argsort(-sums[titles], kind="stable")[:limit]]
