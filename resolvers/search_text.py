"""What a search text says: its words, how much each of them tells, and other words for them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from db.folding import words_of

MOST_CHARACTERS = 120
"""The number of characters of the text that are used: the length of the longest titles."""

MOST_WORDS = 12
"""The number of words of the text that are used."""

NOISE = 0.1
"""The weight of a word that says little about the work: "senior", or those after "at", which name an employer."""

_IN_OTHER_WORDS = 0.97
"""The factor for a text in other words: the words themselves are the better match."""

_READINGS = 3
_LONGEST_PHRASE = 4
"""The maximum number of readings of a text, and of words that stand for others together."""

_NOISE_WORDS = """
senior sr junior jr lead principal staff experienced trainee entry level mid i ii iii iv v vi 1 2 3 4 5
remote hybrid onsite temporary temp seasonal prn asap urgent urgently immediate
job position role vacancy career hiring opening opportunity title salary pay wage
want become work working make earn how much doe do get be is am iam my need needed wanted who that with x not
what average hourly yearly find finding looking
"""
NOISE_WORDS = frozenset(_NOISE_WORDS.split())
"""Levels, terms of employment, and what people write around a title. Folded, as ``words_of`` returns them."""

_NOISE = re.compile(
    r"""
    \b(?:full|part)[- ]?time\b
    | \b(?:entry|mid|senior|junior)[- ]level\b
    | \blevel\ \d\b
    | \b(?:night|day|evening|weekend|overnight|1st|2nd|3rd|first|second|third|rotating|swing)s?[- ]shifts?\b
    | \bwork(?:ing)?[- ]from[- ]home\b
    | \bper[- ]diem\b
    | \(?\b[mfwdx](?:\s?/\s?[mfwdx]){1,3}\b\)?
    | \$[\d,.]+k?
    | \bhow\ (?:much|do|to)\b
    | \bmakes?\b(?=[\s?!.]*(?:$|(?:per|an?|each|every)\ (?:hour|week|month|year)\b))
    | \b(?:per|an?|each|every)\ (?:hour|week|month|year)\b
    | \bhourly\ rates?\b
    | \bwork(?:ing)?\ as\b
    | \bjobs?\ (?:for|as|in|near)\b
    | \bnear\ me\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AT = re.compile(r"\sat\s|\s?@\s?", re.IGNORECASE)


class Reading(NamedTuple):
    """A text, or the text in other words."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    """How much each word tells, up to 1."""
    factor: float = 1


def plain(words: Sequence[str]) -> Reading:
    """Return the reading of words that all tell the same."""
    return Reading(tuple(words), (1,) * len(words))


class SearchText(NamedTuple):
    """A search text as it is read."""

    exact: tuple[str, ...]
    """All its words, even those that say little: a title with these words is the text."""
    reading: Reading
    unfinished: bool
    """Whether the last word may only be the beginning of one, because no blank follows it."""


def read(text: str) -> SearchText:
    """Read a text. It has no words if it has neither letters nor digits."""
    text = text[:MOST_CHARACTERS]
    exact = words_of(text)
    telling = _NOISE.sub(" ", text)
    words = words_of(telling)[:MOST_WORDS] or exact[:MOST_WORDS]
    before, *after = _AT.split(telling, maxsplit=1)
    employer = {"at", *words_of(after[0])} if after and not NOISE_WORDS.issuperset(words_of(before)) else set[str]()
    weights = tuple(NOISE if word in NOISE_WORDS or word in employer else 1 for word in words)
    return SearchText(tuple(exact), Reading(tuple(words), weights), not text[-1:].isspace())


def phrases(words: Sequence[str]) -> list[str]:
    """Return each word and each few words in a row, joined by blanks."""
    return [
        " ".join(words[start : start + length])
        for length in range(1, _LONGEST_PHRASE + 1)
        for start in range(len(words) - length + 1)
    ]


def readings(reading: Reading, synonyms: Mapping[str, Sequence[str]]) -> list[Reading]:
    """Return a reading and, first word for word, its readings with other words for its phrases, the longest first."""
    found = [reading]
    for choice in range(max(map(len, synonyms.values()), default=0)):
        weights = dict(_replaced(reading, synonyms, choice))
        other = Reading(tuple(weights)[:MOST_WORDS], tuple(weights.values())[:MOST_WORDS], _IN_OTHER_WORDS)
        if other.words not in [known.words for known in found]:
            found.append(other)
    return found[:_READINGS]


def _replaced(reading: Reading, synonyms: Mapping[str, Sequence[str]], choice: int) -> Iterable[tuple[str, float]]:
    words, place = reading.words, 0
    while place < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
            if choices := synonyms.get(" ".join(words[place : place + length])):
                replacement = choices[min(choice, len(choices) - 1)]
                weight = max(reading.weights[place : place + length])
                yield from ((word, weight) for word in replacement.split())
                place += length
                break
        else:
            yield words[place], reading.weights[place]
            place += 1
