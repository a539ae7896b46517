"""The similarity of titles to a search text, from 0 to 1."""

from collections.abc import Iterable, Mapping, Sequence
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

_NO_MATCH = 0.0, ""


def similarities(
    text: Reading, titles: Sequence[Sequence[str]], *, unfinished: bool = True, known: frozenset[str] = frozenset()
) -> list[float]:
    """Return the similarity of each title to the text, see ``ComparedTitles``."""
    return ComparedTitles(titles, unfinished=unfinished, known=known).similarities(text)


class ComparedTitles:
    """Titles that a text is compared with, in each of its readings.

    ``unfinished`` says whether the text's last word may be the beginning of one even if it is short. ``known`` words of
    the text are not misspelled: only their other forms are similar to them.
    """

    def __init__(self, titles: Sequence[Sequence[str]], *, unfinished: bool, known: frozenset[str]) -> None:
        self._titles = titles
        self._unfinished = unfinished
        self._known = known
        self._tells = {word: NOISE if word in NOISE_WORDS else 1 for title in titles for word in title}
        self._weights = [sum(map(self._tells.__getitem__, title)) for title in titles]
        self._similar: dict[tuple[str, bool], dict[str, float]] = {}
        """The words of titles that are similar to a word of the text, which several readings have."""

    def similarities(self, text: Reading) -> list[float]:
        """Return the similarity of each title to a text.

        The score is the mean similarity of the text's words to their best matches in the title, weighted by length and
        by how much they tell, and is lower for each word of the title that no word of the text matches. Word order
        doesn't matter. Nor do word boundaries where all but a few letters are the same.
        """
        scores = self._by_words(text)
        if self._known.issuperset(text.words):
            return scores
        whole_titles = process.extract(
            "".join(text.words),
            ["".join(title) for title in self._titles],
            scorer=OSA.normalized_similarity,
            score_cutoff=LEAST_TITLE_SIMILARITY,
            limit=None,
        )
        for _, similarity, index in whole_titles:
            scores[index] = max(scores[index], _WITHOUT_SPACES * similarity)
        return scores

    def _by_words(self, text: Reading) -> list[float]:
        lengths = [len(word) * weight for word, weight in zip(text.words, text.weights, strict=True)]
        length = sum(lengths)
        telling = [place for place, weight in enumerate(text.weights) if weight == 1]
        last = len(text.words) - 1 if self._unfinished else -1
        similar: dict[str, list[tuple[int, float]]] = {}
        for place, typed in enumerate(text.words):
            for word, similarity in self._similar_to(typed, unfinished=place == last).items():
                similar.setdefault(word, []).append((place, similarity))
        # Titles often share all words that are similar, and differ only in others.
        compared: dict[tuple[str, ...], tuple[float, float, bool]] = {}
        scores: list[float] = []
        for title, weight in zip(self._titles, self._weights, strict=True):
            words = tuple([word for word in title if word in similar])
            if words not in compared:
                best = _best_matches(words, similar)
                found = sum([lengths[place] * similarity for place, (similarity, _) in best.items()]) / length
                in_text = sum(map(self._tells.__getitem__, {word for _, word in best.values()}))
                lacks_a_word = any(best.get(place, _NO_MATCH)[0] < LEAST_WORD_SIMILARITY for place in telling)
                compared[words] = found, in_text, lacks_a_word
            found, in_text, lacks_a_word = compared[words]
            score = found * (1 - _OTHER_WORDS + _OTHER_WORDS * in_text / weight) if found else 0
            scores.append(min(score, MOST_WITHOUT_A_WORD) if lacks_a_word else score)
        return scores

    def _similar_to(self, typed: str, *, unfinished: bool) -> dict[str, float]:
        """Return the words of titles that are similar to a word of the text, with their similarity."""
        key = typed, unfinished
        if key not in self._similar:
            self._similar[key] = self._compared(typed, unfinished=unfinished)
        return self._similar[key]

    def _compared(self, typed: str, *, unfinished: bool) -> dict[str, float]:
        similar: dict[str, float] = {}
        if len(typed) >= SHORTEST_SIMILAR:
            found = process.extract(
                typed,
                self._tells.keys(),
                scorer=OSA.normalized_similarity,
                score_cutoff=LEAST_WORD_SIMILARITY,
                limit=None,
            )
            misspelled = typed not in self._known
            similar = {word: similarity for word, similarity, _ in found if misspelled or is_form(typed, word)}
        begins = len(typed) >= SHORTEST_SIMILAR or unfinished
        for word in self._tells:
            if typed in word and (part := _part(typed, word, begins=begins)) > similar.get(word, 0):
                similar[word] = part
        return similar


def _best_matches(
    words: Iterable[str], similar: Mapping[str, Sequence[tuple[int, float]]]
) -> dict[int, tuple[float, str]]:
    """Return the word of a title that is most similar to each word of the text, these by position."""
    best: dict[int, tuple[float, str]] = {}
    for word in words:
        for place, similarity in similar[word]:
            if similarity > best.get(place, _NO_MATCH)[0]:
                best[place] = similarity, word
    return best


def is_form(word: str, other: str) -> bool:
    """Return whether two words may be forms of one, as "nurse" and "nursing": they begin alike."""
    stem = ceil(_LEAST_STEM * min(len(word), len(other)))
    return word[:stem] == other[:stem]


def _part(typed: str, word: str, *, begins: bool) -> float:
    if typed == word:
        return 1
    if word.startswith(typed):
        return BEGINNING if begins else 0
    return PART if len(typed) >= SHORTEST_PART else 0
