"""How much a title resembles a text that somebody typed, from 0 to 1."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

LEAST_LIKE_WORDS = 0.7
"""The share of a word's letters that must be right: of four letters one may be wrong, of seven two."""

LEAST_LIKE_WHOLES = 0.85
"""The same for titles and texts without the spaces in them."""

_AS_WHOLES = 0.95
"""What similarity counts where it is only there when word boundaries don't matter."""

_BEGINNING, _PART = 0.75, 0.6
"""What a word counts that begins another, as words do while they are typed, or stands within it."""

_SHORTEST_PART = 4
"""In letters. Fewer stand within too many words by chance."""

_OTHER_WORDS = 0.4
"""How much of the score depends on how much of the title the text speaks of."""


def similarities(text: Sequence[str], titles: Sequence[Sequence[str]]) -> list[float]:
    """Return how much each title, given by its words, resembles the text, given likewise.

    A text is found in a title as far as each of its words is like a word of the title, longer words counting more; the
    score is lessened for each word of the title that is like none of the text's. Word order doesn't matter, nor do word
    boundaries where all letters but a few agree.
    """
    alike = _words_alike(text, {word for title in titles for word in title})
    scores = [_by_words(text, title, alike) for title in titles]
    wholes = process.extract(
        "".join(text),
        ["".join(title) for title in titles],
        scorer=OSA.normalized_similarity,
        score_cutoff=LEAST_LIKE_WHOLES,
        limit=None,
    )
    for _, similarity, index in wholes:
        scores[index] = max(scores[index], _AS_WHOLES * similarity)
    return scores


def _words_alike(text: Sequence[str], words: Collection[str]) -> dict[str, dict[int, float]]:
    """Return how alike each word and those of the text are, these by their places, where they are at all."""
    alike: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for place, typed in enumerate(text):
        for word, similarity, _ in process.extract(
            typed, words, scorer=OSA.normalized_similarity, score_cutoff=LEAST_LIKE_WORDS, limit=None
        ):
            alike[word][place] = similarity
        for word in words:
            if typed in word:
                alike[word][place] = max(alike[word].get(place, 0), _part(typed, word))
    return alike


def _part(typed: str, word: str) -> float:
    if typed == word:
        return 1
    if word.startswith(typed):
        return _BEGINNING
    return _PART if len(typed) >= _SHORTEST_PART else 0


def _by_words(text: Sequence[str], title: Sequence[str], alike: dict[str, dict[int, float]]) -> float:
    best: dict[int, float] = {}
    spoken_of: dict[int, str] = {}
    for word in title:
        for place, similarity in alike.get(word, {}).items():
            # A word of the text speaks of one word of the title, though it may be like several.
            if similarity > best.get(place, 0):
                best[place], spoken_of[place] = similarity, word
    if not best:
        return 0
    found = sum(len(text[place]) * similarity for place, similarity in best.items()) / sum(map(len, text))
    return found * (1 - _OTHER_WORDS + _OTHER_WORDS * len(set(spoken_of.values())) / len(title))
