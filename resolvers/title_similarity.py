"""The similarity of titles to a search text, from 0 to 1."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from math import ceil

from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolvers.search_text import NOISE, NOISE_WORDS, Reading

LEAST_WORD_SIMILARITY = 0.7
"""The minimum similarity of two words: of four letters one may be wrong, of seven two."""

LEAST_TITLE_SIMILARITY = 0.85
"""The minimum similarity of a title and a text, both without spaces."""

MOST_WITHOUT_A_WORD = 0.9
"""The maximum similarity of a title that has no word like one of the text's that tell."""

_WITHOUT_SPACES = 0.95
"""The factor for the similarity without spaces."""

BEGINNING, PART = 0.75, 0.6
"""The similarity of a word to one that begins with it, as words do while they are typed, or that contains it."""

SHORTEST_SIMILAR, SHORTEST_PART = 3, 4
"""The minimum number of letters of a word that others can be similar to, and of a part of a word.

Shorter ones are similar to too many words, and in too many, by chance.
"""

_LEAST_STEM = 0.8
"""The part of the shorter of two forms of a word with which both begin."""

_OTHER_WORDS = 0.4
"""The part of the score that depends on how many of the title's words the text has."""


def similarities(
    text: Reading, titles: Sequence[Sequence[str]], *, unfinished: bool = True, known: frozenset[str] = frozenset()
) -> list[float]:
    """Return the similarity of each title to the text.

    The score is the mean similarity of the text's words to their best matches in the title, weighted by length and by
    how much they tell, and is lower for each word of the title that no word of the text matches. Word order doesn't
    matter. Nor do word boundaries where all but a few letters are the same. ``unfinished`` says whether the text's last
    word may be the beginning of one even if it is short. ``known`` words of the text are not misspelled: only their
    other forms are similar to them.
    """
    similar = _word_similarities(text.words, {word for title in titles for word in title}, unfinished, known)
    lengths = [len(word) * weight for word, weight in zip(text.words, text.weights, strict=True)]
    telling = {place for place, weight in enumerate(text.weights) if weight == 1}
    length = sum(lengths)
    tells = {word: NOISE if word in NOISE_WORDS else 1 for title in titles for word in title}
    scores = [_by_words(lengths, length, telling, title, similar, tells) for title in titles]
    if known.issuperset(text.words):
        return scores
    whole_titles = process.extract(
        "".join(text.words),
        ["".join(title) for title in titles],
        scorer=OSA.normalized_similarity,
        score_cutoff=LEAST_TITLE_SIMILARITY,
        limit=None,
    )
    for _, similarity, index in whole_titles:
        scores[index] = max(scores[index], _WITHOUT_SPACES * similarity)
    return scores


def is_form(word: str, other: str) -> bool:
    """Return whether two words may be forms of one, as "nurse" and "nursing": they begin alike."""
    stem = ceil(_LEAST_STEM * min(len(word), len(other)))
    return word[:stem] == other[:stem]


def _word_similarities(
    text: Sequence[str],
    words: Collection[str],
    unfinished: bool,
    known: frozenset[str],
) -> dict[str, dict[int, float]]:
    """Return the similarity of each word to the text's words, these by position, where it is above the minimum."""
    similar: defaultdict[str, dict[int, float]] = defaultdict(dict)
    last = len(text) - 1 if unfinished else -1
    for place, typed in enumerate(text):
        if len(typed) >= SHORTEST_SIMILAR:
            for word, similarity, _ in process.extract(
                typed, words, scorer=OSA.normalized_similarity, score_cutoff=LEAST_WORD_SIMILARITY, limit=None
            ):
                if typed not in known or is_form(typed, word):
                    similar[word][place] = similarity
        begins = len(typed) >= SHORTEST_SIMILAR or place == last
        for word in words:
            if typed in word and (part := _part(typed, word, begins=begins)) > similar[word].get(place, 0):
                similar[word][place] = part
    return similar


def _part(typed: str, word: str, *, begins: bool) -> float:
    if typed == word:
        return 1
    if word.startswith(typed):
        return BEGINNING if begins else 0
    return PART if len(typed) >= SHORTEST_PART else 0


def _by_words(
    lengths: Sequence[float],
    length: float,
    telling: set[int],
    title: Sequence[str],
    similar: dict[str, dict[int, float]],
    tells: dict[str, float],
) -> float:
    best: dict[int, float] = {}
    matched: dict[int, str] = {}
    for word in title:
        for place, similarity in similar[word].items() if word in similar else ():
            # A word of the text matches one word of the title, the most similar one.
            if similarity > best.get(place, 0):
                best[place], matched[place] = similarity, word
    if not best:
        return 0
    found = sum(lengths[place] * similarity for place, similarity in best.items()) / length
    score = found * (1 - _OTHER_WORDS + _OTHER_WORDS * _weight(tells, {*matched.values()}) / _weight(tells, title))
    if score > MOST_WITHOUT_A_WORD and any(best.get(place, 0) < LEAST_WORD_SIMILARITY for place in telling):
        return MOST_WITHOUT_A_WORD
    return score


def _weight(tells: dict[str, float], words: Collection[str]) -> float:
    return sum(map(tells.__getitem__, words))
