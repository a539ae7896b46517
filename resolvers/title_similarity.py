"""The similarity of titles to a search text, from 0 to 1."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

LEAST_WORD_SIMILARITY = 0.7
"""The minimum similarity of two words: of four letters one may be wrong, of seven two."""

LEAST_TITLE_SIMILARITY = 0.85
"""The minimum similarity of a title and a text, both without spaces."""

_WITHOUT_SPACES = 0.95
"""The factor for the similarity without spaces."""

_BEGINNING, _PART = 0.75, 0.6
"""The similarity of a word to one that begins with it, as words do while they are typed, or that contains it."""

_SHORTEST_PART = 4
"""The minimum number of letters of a part of a word. Shorter ones are in too many words by chance."""

_OTHER_WORDS = 0.4
"""The part of the score that depends on how many of the title's words the text has."""


def similarities(text: Sequence[str], titles: Sequence[Sequence[str]]) -> list[float]:
    """Return the similarity of each title to the text; both are given as lists of words.

    The score is the mean similarity of the text's words to their best matches in the title, weighted by length, and is
    lower for each word of the title that no word of the text matches. Word order doesn't matter. Nor do word boundaries
    where all but a few letters are the same.
    """
    similar = _word_similarities(text, {word for title in titles for word in title})
    scores = [_by_words(text, title, similar) for title in titles]
    whole_titles = process.extract(
        "".join(text),
        ["".join(title) for title in titles],
        scorer=OSA.normalized_similarity,
        score_cutoff=LEAST_TITLE_SIMILARITY,
        limit=None,
    )
    for _, similarity, index in whole_titles:
        scores[index] = max(scores[index], _WITHOUT_SPACES * similarity)
    return scores


def _word_similarities(text: Sequence[str], words: Collection[str]) -> dict[str, dict[int, float]]:
    """Return the similarity of each word to the text's words, these by position, where it is above the minimum."""
    similar: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for place, typed in enumerate(text):
        for word, similarity, _ in process.extract(
            typed, words, scorer=OSA.normalized_similarity, score_cutoff=LEAST_WORD_SIMILARITY, limit=None
        ):
            similar[word][place] = similarity
        for word in words:
            if typed in word:
                similar[word][place] = max(similar[word].get(place, 0), _part(typed, word))
    return similar


def _part(typed: str, word: str) -> float:
    if typed == word:
        return 1
    if word.startswith(typed):
        return _BEGINNING
    return _PART if len(typed) >= _SHORTEST_PART else 0


def _by_words(text: Sequence[str], title: Sequence[str], similar: dict[str, dict[int, float]]) -> float:
    best: dict[int, float] = {}
    matched: dict[int, str] = {}
    for word in title:
        for place, similarity in similar.get(word, {}).items():
            # A word of the text matches one word of the title, the most similar one.
            if similarity > best.get(place, 0):
                best[place], matched[place] = similarity, word
    if not best:
        return 0
    found = sum(len(text[place]) * similarity for place, similarity in best.items()) / sum(map(len, text))
    return found * (1 - _OTHER_WORDS + _OTHER_WORDS * len(set(matched.values())) / len(title))
