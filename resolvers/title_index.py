"""The search index in memory: titles, words and occupations by number, and what is known of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bounded_cache import GenerationalCache
from db import statements
from db.search_index import Array, IndexArrays, lines
from resolvers.context import Context
from resolvers.search_text import NOISE, NOISE_WORDS
from resolvers.title_similarity import Figures, Numbers

NONE: Numbers = np.empty(0, np.intp)

_SIMILAR_BYTES = 16_000_000
"""The memory for words like those of recent texts, which the next texts have too: typed on, or frequent."""

_EMPTY_BYTES = 1000
"""The memory of a word in the cache that is like no word of a title."""


class ListsByNumber:
    """Lists by number, whose values are one after the other in an array."""

    def __init__(self, sizes: Array, values: Array) -> None:
        self.values = values
        self._sizes = sizes.astype(np.intp)
        ends = np.cumsum(self._sizes)
        self._starts = ends - self._sizes
        self._bounds: list[int] = [0, *ends.tolist()]

    def __getitem__(self, number: int) -> Array:
        """Return a list."""
        return self.values[self._bounds[number] : self._bounds[number + 1]]

    def size(self, number: int) -> int:
        """Return the size of a list."""
        return self._bounds[number + 1] - self._bounds[number]

    def several(self, numbers: Numbers) -> tuple[Array, Numbers]:
        """Return the values of several lists, one after the other, and their sizes."""
        sizes = self._sizes[numbers]
        ends = np.cumsum(sizes)
        return self.values[np.repeat(self._starts[numbers] - ends + sizes, sizes) + np.arange(ends[-1])], sizes


def firsts(ascending: Numbers) -> NDArray[np.bool_]:
    """Return which of ascending numbers are unlike the one before."""
    are_first = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=are_first[1:])
    return are_first


class TitleIndex:
    """The search index of a data version, see ``db.search_index.IndexArrays``."""

    def __init__(self, arrays: IndexArrays) -> None:
        # Numbers are of the type of NumPy's indices: with others, it takes twice as long to index.
        self.titles = lines(arrays.titles)
        self.letters = lines(arrays.title_letters)
        self.occupations = arrays.title_occupations.astype(np.intp)
        self.standings = arrays.title_standings.astype(np.int8)
        self.evidence = arrays.title_evidence
        self.is_ambiguous = arrays.title_is_ambiguous
        self.words_of = ListsByNumber(arrays.title_word_sizes, arrays.title_words.astype(np.intp))
        self.occupation_ids: list[int | None] = [*arrays.occupation_ids.tolist(), None]
        self.priors = np.append(arrays.priors, 0)
        nowhere = np.flatnonzero(self.occupations == len(arrays.occupation_ids))
        self.reasons = dict(zip(nowhere.tolist(), lines(arrays.reasons), strict=True))

        self.words = lines(arrays.words)
        self.number_of = {word: number for number, word in enumerate(self.words)}
        self.rarities: Figures = arrays.rarities
        self.tells = np.array([NOISE if word in NOISE_WORDS else 1 for word in self.words])
        self.titles_with = ListsByNumber(arrays.word_title_sizes, arrays.word_titles.astype(np.intp))
        self.owners = ListsByNumber(arrays.own_sizes, arrays.own_occupations.astype(np.intp))
        self.frequent = ListsByNumber(arrays.share_sizes, arrays.share_occupations.astype(np.intp))
        # How much more frequent a word is in the titles of occupations than in all: the logarithm of the ratio. It is
        # the rarity where all titles of the occupation have the word.
        ratios = np.repeat(np.exp(arrays.rarities), arrays.share_sizes)
        self.more_frequent = ListsByNumber(arrays.share_sizes, np.log1p(arrays.shares * ratios))
        self.described = ListsByNumber(arrays.description_sizes, arrays.description_occupations.astype(np.intp))
        self.description_weights = ListsByNumber(arrays.description_sizes, arrays.description_weights)
        self.trigrams = {trigram: number for number, trigram in enumerate(lines(arrays.trigrams))}
        self.with_trigram = ListsByNumber(arrays.trigram_sizes, arrays.trigram_words.astype(np.intp))
        replacements = defaultdict[str, list[str]](list)
        for phrase, replacement in zip(lines(arrays.phrases), lines(arrays.replacements), strict=True):
            replacements[phrase].append(replacement)
        self.replacements: Mapping[str, Sequence[str]] = dict(replacements)
        self.similar = GenerationalCache[tuple[str, bool], SimilarWords](_SIMILAR_BYTES)

    def title_word(self, word: str) -> int | None:
        """Return the number of a word, or None if no title has it."""
        number = self.number_of.get(word)
        return number if number is not None and number < len(self.rarities) else None

    def is_of_titles(self, word: str) -> bool:
        """Return whether titles have a word."""
        return self.title_word(word) is not None

    def is_known(self, word: str) -> bool:
        """Return whether a word is of titles, or other words are known for it."""
        return self.is_of_titles(word) or word in self.replacements

    def with_word(self, word: str) -> Numbers:
        """Return the titles with a word."""
        number = self.title_word(word)
        return NONE if number is None else self.titles_with[number]

    def with_letters(self, trigram: str) -> Numbers:
        """Return the words with three letters, those of the most titles first."""
        number = self.trigrams.get(trigram)
        return NONE if number is None else self.with_trigram[number]

    def spelled(self, numbers: Iterable[int]) -> list[str]:
        """Return words by number."""
        return [*map(self.words.__getitem__, numbers)]

    def words_of_title(self, title: int) -> list[str]:
        """Return the words of a title."""
        return self.spelled(self.words_of[title].tolist())


class SimilarWords(NamedTuple):
    """Words of titles, with their similarity to a word of a text, the most similar first."""

    numbers: Numbers
    similarities: Figures
    titles: Numbers
    """The titles with some of them."""
    weights: Array
    """The greatest weight of a word that each title has: its rarity, less if it is less similar."""

    @property
    def nbytes(self) -> int:
        """The memory that it takes in a cache, about."""
        return _EMPTY_BYTES + sum(array.nbytes for array in self)


def _loaded(arrays: bytes) -> TitleIndex:
    return TitleIndex(IndexArrays.loaded(arrays))


async def title_index(context: Context) -> TitleIndex | None:
    """Return the search index of the operation's data version, or None if nothing is stored.

    Each process loads it at its first search, and again after an import that changes it: it takes some 50 milliseconds.
    """
    digests = await context.database.all(statements.title_digest())
    return await context.database.held(_loaded, statements.search_index(), digests[0]) if digests else None
