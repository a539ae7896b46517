"""The words of titles that a word of a text can be: forms of it, longer words, or those that it is a misspelling of."""

from math import ceil, log, log1p

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from db.folding import trigrams
from db.search_index import Array
from resolvers.title_index import SimilarWords, TitleIndex
from resolvers.title_similarity import (
    LEAST_TITLE_SIMILARITY,
    SHORTEST_SIMILAR,
    Figures,
    Numbers,
    is_form,
    words_like,
)

_SHARED = 0.3
"""The minimum part of a word's trigrams that another one must have to be similar to it."""

_MOST_LIKE = 24
"""The number of words that a word of a text can be whose titles are looked at, those of the most similar ones."""

MOST_TITLES = 4000
"""The number of titles with one word of the text or with words like it. The longest titles beyond it are not found."""

_LIKE = 3
"""The exponent of the similarity of a title's word to the text's, by which the word's rarity is multiplied."""

_SHORTEST_MISSPELLED, _LEAST_SPELLING = 4, 0.75
"""The minimum number of letters of a misspelled word, and its minimum similarity to the word that is meant."""

_BEGUN = 0.9
"""The similarity of the beginning of a word to the word that is likely meant."""

_FREQUENT = 0.015
_TOGETHER = 0.03
"""What is added to a similarity for the logarithm of the number of titles: all, and those with another word."""

_SHORTEST_OF_TWO = 3
_LETTERS_OFF = 2
"""The minimum number of letters of each of two words that are written as one, and how many may be missing."""


def similar_words(word: str, index: TitleIndex, *, unfinished: bool) -> SimilarWords:
    """Return the words of titles that a word of a text can be, with their similarity to it, the most similar first.

    ``unfinished`` says whether the word may be the beginning of one even if it is short.
    """
    key = word, unfinished
    found = index.similar.get(key)
    if found is None:
        by_word = _similar(word, index, unfinished=unfinished)
        numbers = np.array([index.number_of[other] for other in by_word], np.intp)
        similarities = np.array([*by_word.values()], np.float64)
        order = np.lexsort((numbers, -similarities))
        numbers, similarities = numbers[order], similarities[order]
        found = SimilarWords(numbers, similarities, *_titles_with(numbers, similarities, index))
        index.similar.put(key, found, found.nbytes)
    return found


def _titles_with(numbers: Numbers, similarities: Figures, index: TitleIndex) -> tuple[Numbers, Array]:
    """Return the titles with some of the words, and the greatest weight of a word that each has."""
    numbers = numbers[:_MOST_LIKE]
    weights = (similarities[:_MOST_LIKE] ** _LIKE * index.rarities[numbers]).astype(np.float32)
    each = MOST_TITLES // len(numbers) if len(numbers) else 0
    of_titles = np.zeros(len(index.titles), np.float32)
    for place in np.argsort(weights).tolist():
        of_titles[index.titles_with[int(numbers[place])][:each]] = weights[place]
    [titles] = (of_titles > 0).nonzero()
    return titles, of_titles[titles]


def _similar(word: str, index: TitleIndex, *, unfinished: bool) -> dict[str, float]:
    alike = index.spelled(index.with_letters(f"  {word[:3]}"[-3:]).tolist())
    if not index.is_of_titles(word):
        return words_like(word, _may_be_meant(word, index), alike, unfinished=unfinished)
    # A word of titles is not misspelled: only its other forms are similar to it. Most words begin otherwise.
    forms = [other for other in alike if other.startswith(word[:SHORTEST_SIMILAR]) and is_form(word, other)]
    return words_like(word, forms, alike, unfinished=unfinished)


def _may_be_meant(word: str, index: TitleIndex) -> list[str]:
    """Return the words of titles that share enough trigrams with a word, or have two of its letters in another order.

    Those of the most titles come first.
    """
    wanted = trigrams(word)
    shared = np.bincount(np.concatenate([index.with_letters(trigram) for trigram in wanted]))
    sharing: list[int] = np.flatnonzero(shared >= ceil(_SHARED * len(wanted))).tolist()
    # Of a short word, two letters are in most of its trigrams.
    swapped = (
        index.title_word(word[:place] + word[place + 1] + word[place] + word[place + 2 :])
        for place in range(len(word) - 1)
    )
    return index.spelled(sorted({*sharing, *(number for number in swapped if number is not None)}))


def spelling(word: str, like: SimilarWords, index: TitleIndex, others: Numbers) -> tuple[str, float] | None:
    """Return the word that a word of no title begins, or else is a misspelling of, with its similarity; or None.

    ``others`` are the titles with another word of the text. The likeliest word is similar, in many titles, and in many
    of the others.
    """
    similar: dict[int, float] = {}
    of_others = np.zeros(len(index.titles), np.bool_)
    of_others[others] = True

    def together(number: int) -> int:
        return int(np.count_nonzero(of_others[index.titles_with[number]]))

    if len(word) >= SHORTEST_SIMILAR:
        # "San" of "teacher San Diego" does not begin "sander": no title has both "teacher" and "sander".
        numbers: list[int] = like.numbers.tolist()
        longer = [number for number in numbers if index.words[number].startswith(word)]
        similar = {number: _BEGUN for number in longer if not len(others) or together(number)}
    if not similar and len(word) >= _SHORTEST_MISSPELLED:
        found = zip(like.numbers.tolist(), like.similarities.tolist(), strict=True)
        similar = {number: similarity for number, similarity in found if similarity >= _LEAST_SPELLING}

    def likelihood(number: int) -> float:
        return similar[number] + _FREQUENT * log(index.titles_with.size(number)) + _TOGETHER * log1p(together(number))

    best = max(similar, key=lambda number: (likelihood(number), index.words[number]), default=None)
    return None if best is None else (index.words[best], similar[best])


def two_words(word: str, like: SimilarWords, index: TitleIndex) -> tuple[str, str] | None:
    """Return the two words of titles that are written as one word, or None; of several pairs, of the most titles.

    If no word is like this one, both may be misspelled.
    """
    longest = len(word) - _SHORTEST_OF_TWO
    if longest < _SHORTEST_OF_TWO:
        return None
    pairs = [
        (index.number_of[first] + index.number_of[second], first, second)
        for place in range(_SHORTEST_OF_TWO, longest + 1)
        for first, second in [(word[:place], word[place:])]
        if index.is_of_titles(first) and index.is_of_titles(second)
    ]
    if pairs:
        return min(pairs)[1:]
    if len(like.numbers):
        return None
    alike = [other for other in _may_be_meant(word, index) if _SHORTEST_OF_TWO <= len(other) <= longest]
    beginnings, endings = ([other for other in alike if other[end] == word[end]] for end in (0, -1))
    joined = {
        first + second: (first, second)
        for first in beginnings
        for second in endings
        if abs(len(first) + len(second) - len(word)) <= _LETTERS_OFF
    }
    best = process.extractOne(word, [*joined], scorer=OSA.normalized_similarity, score_cutoff=LEAST_TITLE_SIMILARITY)
    return joined[best[0]] if best else None
