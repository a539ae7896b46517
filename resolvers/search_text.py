"""What a search text says: its words, how much each of them tells, and other words for them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
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

_IN_FEWER_WORDS = 0.9
"""The factor for a text in fewer of its words, the maximum for a match without a word that tells."""

_MISSPELLED = 0.95
"""The factor for a text with other words for those that are misspelled, times their similarity."""

_SYNONYMS = 2
_LONGEST_PHRASE = 4
"""The maximum number of readings of a text in synonyms, and of words that stand for others together."""

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


def filled(text: str | None) -> str | None:
    """Return a text to filter a list by; None for a blank one, which an empty input sends."""
    return text if text and not text.isspace() else None


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
    words = ((exact if telling == text else words_of(telling)) or exact)[:MOST_WORDS]
    before, *after = _AT.split(telling, maxsplit=1)
    employer = {"at", *words_of(after[0])} if after and not NOISE_WORDS.issuperset(words_of(before)) else set[str]()
    unfinished = not text[-1:].isspace()
    # A single letter after other words is hardly ever all of a word while somebody types.
    begun = words[-1:] if unfinished and len(words) > 1 and len(words[-1]) == 1 else []
    weights = tuple(NOISE if word in NOISE_WORDS or word in employer or word in begun else 1 for word in words)
    return SearchText(tuple(exact), Reading(tuple(words), weights), unfinished)


def phrases(words: Sequence[str]) -> list[str]:
    """Return each word and each few words in a row, joined by blanks."""
    return [
        " ".join(words[start : start + length])
        for length in range(1, _LONGEST_PHRASE + 1)
        for start in range(len(words) - length + 1)
    ]


def in_synonyms(reading: Reading, synonyms: Mapping[str, Sequence[str]]) -> list[Reading]:
    """Return the readings of a text in other words for its phrases, the longest first."""
    choices = min(_SYNONYMS, max(map(len, synonyms.values()), default=0))
    found = [_reading(_replaced(reading, synonyms, choice)) for choice in range(choices)]
    # "Painter" says less than "painter and decorator": it is no other word for the same.
    return [each._replace(factor=_IN_FEWER_WORDS) if {*each.words} < {*reading.words} else each for each in found]


def _reading(weighted: Iterable[tuple[str, float]], factor: float = _IN_OTHER_WORDS) -> Reading:
    weights = dict(weighted)
    return Reading(tuple(weights)[:MOST_WORDS], tuple(weights.values())[:MOST_WORDS], factor)


def respelled(reading: Reading, spellings: Mapping[int, tuple[Sequence[str], float]]) -> Reading:
    """Return a reading with other words in place of some of its words, these by position, and their similarity."""
    factor = min(similarity for _, similarity in spellings.values())
    return _reading(
        (
            (word, weight)
            for place, (typed, weight) in enumerate(zip(reading.words, reading.weights, strict=True))
            for word in (spellings[place][0] if place in spellings else [typed])
        ),
        _MISSPELLED * factor,
    )


def joined(words: Sequence[str]) -> list[str]:
    """Return each two words in a row as one word."""
    return [first + second for first, second in pairwise(words)]


def with_joined(reading: Reading, place: int) -> Reading:
    """Return a reading in which the word at a place and the next one are one word."""
    words, weights = reading.words, reading.weights
    return Reading(
        (*words[:place], words[place] + words[place + 1], *words[place + 2 :]),
        (*weights[:place], max(weights[place : place + 2]), *weights[place + 2 :]),
        _IN_OTHER_WORDS,
    )


_WORKERS = (
    ("ement", ("er",)),
    ("ation", ("ator", "er")),
    ("ion", ("or",)),
    ("ing", ("er", "or", "e", "", "ant", "ist")),
    ("ism", ("ist",)),
    ("ics", ("ist", "ian")),
    ("ic", ("ist", "ician")),
    ("ure", ("",)),
    ("ry", ("er", "", "or")),
    ("aphy", ("apher",)),
    ("ogy", ("ogist",)),
    ("acy", ("acist",)),
    ("apy", ("apist",)),
)
"""The endings of fields of work, and those of the workers: plumbing, plumber; dentistry, dentist."""

_IRREGULAR_WORKERS = {
    "dance": "dancer",
    "law": "lawyer",
    "medicine": "physician",
    "sale": "salesperson",
    "surgery": "surgeon",
}

_SHORTEST_STEM = 3


def workers(field: str) -> list[str]:
    """Return the words for somebody in a field of work that its ending suggests; some may be no words."""
    if field in _IRREGULAR_WORKERS:
        return [_IRREGULAR_WORKERS[field]]
    return [
        stem + worker
        for ending, of_workers in _WORKERS
        if field.endswith(ending) and len(stem := field.removesuffix(ending)) >= _SHORTEST_STEM
        for worker in of_workers
    ]


def of_worker(reading: Reading, worker: str) -> Reading:
    """Return a reading in which the last word, a field of work, is the word for somebody in it."""
    return Reading((*reading.words[:-1], worker), reading.weights, _IN_OTHER_WORDS)


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
