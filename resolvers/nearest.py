"""The valid keys that are nearest to one that does not exist, for error messages."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolvers.codes import soc_code
from resolvers.search_text import MOST_CHARACTERS, plain
from resolvers.title_similarity import LEAST_TITLE_SIMILARITY, LEAST_WORD_SIMILARITY, similarities

MOST_NEAREST = 3
"""The number of valid keys that a message names."""

_LEAST_SCORE = 0.5
"""The minimum similarity, as in resolvers/search.py."""

_MOST_WORDS, _MOST_SIMILAR, _MOST_CANDIDATES = 6, 30, 300
"""The parts of a text that are used, and of what is compared with it. They bound the work for any text."""

_FEWEST_DIGITS = 2
"""The number of digits that two codes must share at their start to be near: those of a major group."""

_WORD = re.compile(r"[^\W_]+")


class Named(NamedTuple):
    """A valid key and what it stands for."""

    key: str
    name: str


class Vocabulary:
    """All valid keys of an argument, by the words of their names."""

    def __init__(self, known: Sequence[Named]) -> None:
        self._known = sorted(known)
        self.keys = {each.key for each in known}
        self._words = [_words_of(each.name) for each in self._known]
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._words):
            for word in words:
                self._by_word[word].append(number)
        self._by_letters = {"".join(words): number for number, words in enumerate(self._words)}

    def nearest(self, written: str) -> list[Named]:
        """Return the valid keys whose names are most similar to a text, or whose codes begin like it."""
        return self._by_code(written) or self._by_name(written)

    def _by_code(self, written: str) -> list[Named]:
        code = soc_code(written)
        if code is None:
            return []
        shared = {each: shared_start(code.replace("-", ""), each.key.replace("-", "")) for each in self._known}
        near = [each for each in self._known if shared[each] >= _FEWEST_DIGITS]
        # Of codes that share as many digits, the widest groups come first: their codes end in zeros.
        return sorted(near, key=lambda each: (-shared[each], each.key))[:MOST_NEAREST]

    def _by_name(self, written: str) -> list[Named]:
        words = _words_of(written[:MOST_CHARACTERS])[:_MOST_WORDS]
        numbers = sorted({*self._candidates(words)})
        scores = similarities(plain(words), [self._words[number] for number in numbers]) if numbers else []
        # The words of "C", "C#" and "C++" are equal, so that the name itself comes first.
        name = written.strip().casefold()
        scored = [
            (self._known[number].name.casefold() != name, -score, number)
            for score, number in zip(scores, numbers, strict=True)
            if score >= _LEAST_SCORE
        ]
        return [self._known[number] for *_, number in sorted(scored)[:MOST_NEAREST]]

    def _candidates(self, words: Sequence[str]) -> Iterator[int]:
        """Yield the numbers of keys with a word of the text, or with the same letters, typing errors aside."""
        for word in words:
            for match in _alike(word, self._by_word.keys(), LEAST_WORD_SIMILARITY):
                yield from self._by_word[match][:_MOST_CANDIDATES]
        for match in _alike("".join(words), self._by_letters.keys(), LEAST_TITLE_SIMILARITY):
            yield self._by_letters[match]


def _alike(text: str, known: Collection[str], least: float) -> list[str]:
    found = process.extract(text, known, scorer=OSA.normalized_similarity, score_cutoff=least, limit=_MOST_SIMILAR)
    return [match for match, _, _ in found]


def shared_start(code: str, other: str) -> int:
    """Return the number of characters that two codes have in common at their start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(code, other, strict=False)))


def says_name(named: Named) -> bool:
    """Return whether a key has the words of its name, as "adobe-premiere" has and "c-technology", for C#, has not."""
    return _words_of(named.key) == _words_of(named.name)


def _words_of(text: str) -> list[str]:
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
    return list(dict.fromkeys(_WORD.findall(folded)))
