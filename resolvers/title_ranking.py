"""The order of the occupations that a search text may mean.

A title that is the text, perhaps in other words, decides by its standing and evidence. Otherwise features of the
occupation are weighed. The weights are those of logistic regressions on titles whose occupation is known and that were
taken out of the index, see docs/adr/0006-search-with-our-own-index-of-words.md. ``python -m bench.search --labelled
FILE`` measures the order.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from db.title_evidence import Standing
from resolvers.search_text import NOISE_WORDS, Reading
from resolvers.similar_words import similar_words
from resolvers.title_index import TitleIndex, firsts
from resolvers.title_similarity import ComparedTitles, Figures, Numbers

_STRONG = 0.85
_LEAST = 0.4
"""From the first similarity on a title counts in full, and below the second it counts no less."""

_AS_WRITTEN = 0.9
"""The minimum factor of a reading whose titles come first: the words are not guessed from similar ones."""

_NOT_OWN = 0.99
"""The factor for alternate titles: of two equally similar titles, an occupation's own one is the better match."""

_VOTING = 80
"""The number of titles that vote for their occupations: those with the highest BM25."""

_SATURATION, _LENGTH_PART = 1.2, 0.75
_MEAN_WORDS = 3.0
"""BM25's k1 and b, and the mean number of words of a title."""

_UNKNOWN_RARITY = 8.0
"""The rarity of a word that no title has."""


class Ranked(NamedTuple):
    """An occupation by number, with the number of its title that is most similar to the text."""

    occupation: int
    title: int
    similarity: float


def ranked(
    readings: Sequence[Reading], titles: Numbers, index: TitleIndex, described: Figures, *, unfinished: bool
) -> Iterator[Ranked]:
    """Yield the occupations of the titles, the likeliest first; one without an occupation stands for all such titles.

    ``titles`` are ascending. ``described`` has the weight of the text's words in the description of each occupation.
    """
    if not len(titles):
        return
    text = _Words(readings, index, unfinished=unfinished)
    words, sizes = index.words_of.several(titles)
    letters = [*map(index.letters.__getitem__, titles.tolist())]
    compared = ComparedTitles(text.similarities(words), sizes, index.tells[words], letters)
    similarity = _similarities(readings, text, compared)
    standings, evidence, owners = index.standings[titles], index.evidence[titles], index.occupations[titles]
    similarity[standings != int(Standing.OWN)] *= _NOT_OWN
    similarity = similarity.round(4)
    # The title of each occupation that is most similar to the text, of several the one with most evidence.
    order = np.lexsort((-evidence, -standings, -similarity, owners))
    best = order[firsts(owners[order])]
    voted = _bm25(owners, words, text, compared, index)
    weights = _weights(owners[best], similarity[best], voted, text, index, described)
    settled = _settled(readings, best, titles, letters, index)

    def order_of_settled(place: int) -> tuple[float, ...]:
        return not settled[place], -standings[place], -similarity[place], -evidence[place], place

    by_weight = best[np.lexsort((best, -weights))].tolist()
    for place in dict.fromkeys([*sorted(settled, key=order_of_settled), *by_weight]):
        yield Ranked(int(owners[place]), int(titles[place]), float(similarity[place]))


def _settled(
    readings: Sequence[Reading], best: Numbers, titles: Numbers, letters: Sequence[str], index: TitleIndex
) -> dict[int, bool]:
    """Return the places of titles that are the text, perhaps in other words, and whether its standing decides."""
    as_typed, *in_other_words = (
        {frozenset(reading.words), _telling(reading.words)} for reading in readings if reading.factor >= _AS_WRITTEN
    )
    texts = as_typed.union(*in_other_words)
    lengths = {sum(map(len, words)) for words in texts}
    places = [place for place in best.tolist() if len(letters[place]) in lengths]
    return {
        place: words in as_typed and bool(index.standings[titles[place]] > Standing.LISTED)
        for place in places
        if (words := frozenset(index.words_of_title(int(titles[place])))) in texts
    }


def _telling(words: Sequence[str]) -> frozenset[str]:
    """Return the words that tell something about the work, or all if none does."""
    return frozenset(words) - NOISE_WORDS or frozenset(words)


class _Words:
    """The different words of all readings, in rows."""

    def __init__(self, readings: Sequence[Reading], index: TitleIndex, *, unfinished: bool) -> None:
        rows: dict[tuple[str, bool], int] = {}
        self.of_readings = [
            [
                rows.setdefault((word, unfinished and place == len(reading.words)), len(rows))
                for place, word in enumerate(reading.words, start=1)
            ]
            for reading in readings
        ]
        self.factors = np.array([reading.factor for reading in readings])
        self.lengths = np.array([len(word) for word, _ in rows])
        self.weights = np.zeros((len(readings), len(rows)))
        """How much each word tells in each reading."""
        for weights, reading, of_reading in zip(self.weights, readings, self.of_readings, strict=True):
            for row, weight in zip(of_reading, reading.weights, strict=True):
                weights[row] += weight
        self.numbers = [index.title_word(word) for word, _ in rows]
        """None for a word that no title has."""
        self.rarities = np.array([_UNKNOWN_RARITY if each is None else index.rarities[each] for each in self.numbers])
        self._similar = [similar_words(word, index, unfinished=is_unfinished) for word, is_unfinished in rows]
        self._known = len(index.rarities)

    def similarities(self, words: Numbers) -> Figures:
        """Return the similarity of each word to words of titles."""
        similarities = np.empty((len(self._similar), len(words)))
        of_known = np.zeros(self._known)
        for row, similar in zip(similarities, self._similar, strict=True):
            of_known[similar.numbers] = similar.similarities
            of_known.take(words, out=row)
            of_known[similar.numbers] = 0
        return similarities


def _similarities(readings: Sequence[Reading], text: _Words, compared: ComparedTitles) -> Figures:
    """Return the similarity of each title to the reading that is most similar to it."""
    similarities = compared.by_words(text.weights, text.lengths)
    for scores, reading, rows in zip(similarities, readings, text.of_readings, strict=True):
        if any(text.numbers[row] is None for row in rows):
            np.maximum(scores, compared.by_letters(reading), out=scores)
    highest: Figures = (text.factors[:, np.newaxis] * similarities).max(axis=0)
    return highest


class _Features(NamedTuple):
    """What speaks for an occupation, each but the prior from 0 to 1. The weights have the same names."""

    similarity: Figures | float
    """Of the best title to the text."""
    is_strong: Figures | float
    votes: Figures | float
    """The square root of its share in the votes of the titles with the highest BM25."""
    best: Figures | float
    """The highest BM25 of its titles, divided by that of all."""
    description: Figures | float
    """The square root of the weight of the text's words in its description, divided by the greatest."""
    own_title: Figures | float
    """The part of the text that is in its own title, weighted by the rarity of the words."""
    words: Figures | float
    """How much more frequent the words of the text are in its titles than in all titles."""
    last_word: Figures | float
    """The same of the last word that tells something: most titles end with what somebody is."""
    prior: Figures | float


_WEIGHTS = _Features(4, 1.5, 2, 2.5, 1.2, 1.2, 5.5, 0.6, 1.5)


def _weights(
    found: Numbers,
    similarity: Figures,
    voted: tuple[Figures, Figures],
    text: _Words,
    index: TitleIndex,
    described: Figures,
) -> Figures:
    """Return what speaks for each occupation that is found, the sum of its features times their weights."""
    votes, best = voted
    own_title, words, last_word = _best_parts(found, text, index)
    features = _Features(
        np.maximum(similarity, _LEAST),
        np.where(similarity >= _STRONG, 1.0, 0.0),
        np.sqrt(votes[found] / (votes.sum() or 1)),
        best[found] / (best.max() or 1),
        np.sqrt(described[found] / (described.max() or 1)),
        own_title,
        words,
        last_word,
        index.priors[found],
    )
    weighed: Figures = np.array(_WEIGHTS) @ np.array(features)
    # The last bits of a product of matrices depend on the processor. Equal occupations have the same order everywhere.
    return weighed.round(9)


def _bm25(
    owners: Numbers, words: Numbers, text: _Words, compared: ComparedTitles, index: TitleIndex
) -> tuple[Figures, Figures]:
    """Return the votes for each occupation, the squares of its titles' BM25, and the highest BM25 of its titles."""
    rarities = np.zeros(len(index.rarities))
    for number, rarity in zip(text.numbers, text.weights.max(axis=0) * text.rarities, strict=True):
        if number is not None:
            rarities[number] = max(rarities[number], rarity)
    lengths = 1 - _LENGTH_PART + _LENGTH_PART / _MEAN_WORDS * compared.sizes
    scores = compared.sums(rarities[words]) / (1 + _SATURATION * lengths)
    # Equal scores stay in the order of the titles.
    voting = np.argsort(-scores, kind="stable")[:_VOTING]
    scores, owners = scores[voting], owners[voting]
    best = np.zeros(len(index.priors))
    np.maximum.at(best, owners, scores)
    votes = np.zeros(len(best))
    np.add.at(votes, owners, scores * scores)
    return votes, best


def _best_parts(found: Numbers, text: _Words, index: TitleIndex) -> tuple[Figures, Figures, Figures]:
    """Return the features own_title, words and last_word of occupations, each the highest of all readings."""
    of_words = np.zeros((2, len(text.numbers), len(index.priors)))
    for row, number in enumerate(text.numbers):
        if number is not None:
            of_words[0, row, index.owners[number]] = text.rarities[row]
            of_words[1, row, index.frequent[number]] = index.more_frequent[number]
    of_words = of_words[:, :, found]
    parts = (text.factors / (text.weights @ text.rarities))[:, np.newaxis] * text.weights
    own_title, words = (parts @ of_words).max(axis=1)
    last_word = np.zeros(len(found))
    for factor, weights, rows in zip(text.factors, text.weights, text.of_readings, strict=True):
        telling = [row for row in rows if weights[row] >= 1 and text.numbers[row] is not None]
        if telling:
            last = telling[-1]
            np.maximum(last_word, factor / text.rarities[last] * of_words[1, last], out=last_word)
    return own_title, words, last_word
