"""The similarity of titles to a search text, from 0 to 1."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolvers.search_text import NOISE, NOISE_WORDS, Reading

Numbers = NDArray[np.intp]
Figures = NDArray[np.float64]

LEAST_WORD_SIMILARITY = 0.7
"""The minimum similarity of two words: of four letters one may be wrong, of seven two."""

LEAST_TITLE_SIMILARITY = 0.85
"""The minimum similarity of a title and a text, both without spaces."""

MOST_WITHOUT_A_WORD = 0.9
"""The maximum similarity of a title that has no word like one of the text's that tell."""

_WITHOUT_SPACES = 0.95
"""The factor for the similarity without spaces."""

_BEGINNING, _PART = 0.75, 0.6
"""The similarity of a word to one that begins with it, as words do while they are typed, or that contains it."""

SHORTEST_SIMILAR, _SHORTEST_PART = 3, 4
"""The minimum number of letters of a word that others can be similar to, and of a part of a word.

Shorter ones are similar to too many words, and in too many, by chance.
"""

_LEAST_STEM = 0.8
"""The part of the shorter of two forms of a word with which both begin."""

_OTHER_WORDS = 0.4
"""The part of the score that depends on how many of the title's words the text has."""


def similarities(text: Reading, titles: Sequence[Sequence[str]], *, unfinished: bool = True) -> list[float]:
    """Return the similarity of each title to the text, see ``ComparedTitles``.

    ``unfinished`` says whether the text's last word may be the beginning of one even if it is short.
    """
    words = [word for title in titles for word in title]
    if not words:
        return [0.0] * len(titles)
    of_title = [
        [similar.get(word, 0.0) for word in words]
        for similar in _similar(text, [*dict.fromkeys(words)], unfinished=unfinished)
    ]
    compared = ComparedTitles(
        np.array(of_title),
        np.array([len(title) for title in titles if title]),
        np.array([NOISE if word in NOISE_WORDS else 1 for word in words]),
        ["".join(title) for title in titles if title],
    )
    [by_words] = compared.by_words(np.array([text.weights]), np.array([*map(len, text.words)]))
    scores = iter(np.maximum(by_words, compared.by_letters(text)).tolist())
    return [next(scores) if title else 0.0 for title in titles]


class ComparedTitles:
    """Titles that a text is compared with, in each of its readings.

    ``similar`` has a row for each word of the readings: its similarity to the words of all titles, one title after the
    other. ``sizes`` are the numbers of words of the titles, ``tells`` says how much each word tells, and ``letters``
    are the titles without spaces.
    """

    def __init__(self, similar: Figures, sizes: Numbers, tells: Figures, letters: Sequence[str]) -> None:
        self.sizes = sizes
        self.letters = letters
        self._begins = np.cumsum(sizes) - sizes
        self._tells = tells
        self._weights = self.sums(tells)
        self._best = np.maximum.reduceat(similar, self._begins, axis=1)
        self._are_best = (similar == np.repeat(self._best, sizes, axis=1)) & (similar > 0)
        self._lacks = self._best < LEAST_WORD_SIMILARITY

    def sums(self, of_words: Figures) -> Figures:
        """Return the sums of the values of each title's words."""
        return np.add.reduceat(of_words, self._begins, axis=-1)

    def by_words(self, weights: Figures, lengths: Numbers) -> Figures:
        """Return the similarity of each title to each reading, in rows.

        ``weights`` has how much each word tells in each reading, and 0 for words of other readings. The score is the
        mean similarity of the text's words to their best matches in the title, weighted by length and by how much they
        tell, and is lower for each word of the title that no word of the text matches. Word order doesn't matter.
        """
        weighted = weights * lengths
        # Sums of products, because the last bits of a product of matrices depend on the other titles.
        found = (weighted[:, :, np.newaxis] * self._best).sum(axis=1) / weighted.sum(axis=1, keepdims=True)
        in_text = self.sums(self._tells * ((weights > 0) @ self._are_best))
        scores: Figures = found * (1 - _OTHER_WORDS + _OTHER_WORDS * in_text / self._weights)
        return np.minimum(scores, MOST_WITHOUT_A_WORD, out=scores, where=(weights >= 1) @ self._lacks)

    def by_letters(self, text: Reading) -> Figures:
        """Return the similarity of each title in which all but a few letters are the text's, or else 0.

        Word boundaries don't matter.
        """
        scores = np.zeros(len(self.letters))
        whole_titles = process.extract(
            "".join(text.words),
            self.letters,
            scorer=OSA.normalized_similarity,
            score_cutoff=LEAST_TITLE_SIMILARITY,
            limit=None,
        )
        for _, similarity, title in whole_titles:
            scores[title] = _WITHOUT_SPACES * similarity
        return scores


def _similar(text: Reading, words: Sequence[str], *, unfinished: bool) -> list[dict[str, float]]:
    last = len(text.words) - 1 if unfinished else -1
    return [words_like(word, words, words, unfinished=place == last) for place, word in enumerate(text.words)]


def words_like(typed: str, similar: Sequence[str], longer: Sequence[str], *, unfinished: bool) -> dict[str, float]:
    """Return the words that a word of a text can be, with their similarity to it.

    These are those of ``similar`` in which few letters differ, and those of ``longer`` that are it, begin with it or
    contain it. ``unfinished`` says whether the word may be the beginning of one even if it is short.
    """
    found: dict[str, float] = {}
    if len(typed) >= SHORTEST_SIMILAR:
        alike = process.extract(
            typed, similar, scorer=OSA.normalized_similarity, score_cutoff=LEAST_WORD_SIMILARITY, limit=None
        )
        found = {word: similarity for word, similarity, _ in alike}
    begins = len(typed) >= SHORTEST_SIMILAR or unfinished
    for word in longer:
        if typed in word and (part := _part(typed, word, begins=begins)) > found.get(word, 0):
            found[word] = part
    return found


def is_form(word: str, other: str) -> bool:
    """Return whether two words may be forms of one, as "nurse" and "nursing": they begin alike."""
    stem = ceil(_LEAST_STEM * min(len(word), len(other)))
    return word[:stem] == other[:stem]


def _part(typed: str, word: str, *, begins: bool) -> float:
    if typed == word:
        return 1
    if word.startswith(typed):
        return _BEGINNING if begins else 0
    return _PART if len(typed) >= _SHORTEST_PART else 0
