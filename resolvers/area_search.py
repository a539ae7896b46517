"""Finding areas by what people call them: codes, names, cities, counties and nicknames.

The 583 areas have some 2,700 names. They are indexed in memory, once for each data version, so that SQLite and
PostgreSQL give the same results. A text takes about a millisecond.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from db.models import Area
from db.statements import NamedArea
from db.states import STATES, TERRITORIES
from db.vocabulary import AreaKind
from resolvers.nearest import MOST_NEAREST

LONGEST_TEXT = 120
"""The number of characters of the text that are used. No name of an area is longer."""

_MOST_WORDS = 12
"""The number of words of the text that are used."""

_CODE = 2.0
"""The relevance of an area whose code the text is. A name that equals the text has 1."""

_LEAST_RELEVANCE = 0.4
"""The minimum relevance. Below it, less than half of the text is in the name."""

_LEAST_SIMILARITY = 0.7
"""The minimum similarity of two words: of four letters one may be wrong, of seven two."""

_SHORTEST_WITH_TYPO = 4
"""The minimum number of letters of a word with a typo. Of three letters, another one makes another word."""

_BEGINNING = 0.75
"""The similarity of a word or code to one that begins with it, as words do while they are typed."""

_BEGINNING_OF_LONGER = 0.55
"""The same for a text of two letters that is a word or code itself, such as IN: the areas in that state come first."""

_LETTERS_OF_A_STATE = 2

_SHORTEST_PART_OF_CODE = 3
"""The minimum number of digits of the beginning of a code."""

_WITHOUT_SPACES = 0.95
"""The factor for the similarity of a text and a name, both without spaces."""

_LEAST_SIMILARITY_WITHOUT_SPACES = 0.85

_OTHER_WORDS = 0.4
"""The part of the relevance that depends on how many of the name's words the text has."""

_OTHER_STATE = 0.9
"""The similarity to a further state of an area in several, such as Indiana for the area of Chicago."""

_OTHER_PLACE = 0.98
"""The factor for a city or county that the area's name leaves out: "Richmond" is the area of Richmond, VA first."""

_OTHER_KIND = 0.95
"""The factor for areas of another type than the text names: "New York metro" and "State of Washington"."""

_COMMON_WORDS = frozenset(
    [
        "area",
        "areas",
        "borough",
        "city",
        "county",
        "greater",
        "metro",
        "metropolitan",
        "municipality",
        "municipio",
        "parish",
        "planning",
        "region",
        "state",
        "town",
    ]
)
_COMMON = 0.25
"""The weight of a word that says little about one area. All other words have the weight 1."""

_PARTICLES = frozenset(["and", "of", "the"])
"""Words that are left out of texts and names."""

_KINDS = dict.fromkeys(_COMMON_WORDS, AreaKind.METRO) | {"state": AreaKind.STATE}
"""The type of area that a common word names: only metropolitan areas are named for cities and counties."""

_COUNTRY = (["united", "states", "america"], ["united", "states"], ["america"], ["usa"], ["us"])
"""The names of the country, the longest first, in words as ``words_of`` returns them."""

_CODE_LABELS = frozenset(["area", "bls", "cbsa", "code", "fips", "geoid", "metro", "msa", "oews", "state"])
"""What people write next to a code, such as "CBSA 31080"."""

_SHORT_FORMS = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "mountain": "mtn"}
_NONMETROPOLITAN = "nonmetropolitan area"
_RURAL = ("nonmetropolitan", "nonmetro", "rural", "area")

_ORDER_OF_KINDS = {kind: place for place, kind in enumerate(AreaKind)}
_STATES = {**STATES, **TERRITORIES}
_DROPPED = re.compile("[.'\N{RIGHT SINGLE QUOTATION MARK}]")
_INITIALS = re.compile(r"\b([^\W\d_])\s+(?=[^\W\d_]\b)")
"""A letter before another one: "D C" is "DC"."""
_WORD = re.compile(r"[^\W_]+")


class Found(NamedTuple):
    """An area and what it is ordered by: relevance, then states before metropolitan areas, then employment."""

    less_relevance: float
    kind: int
    less_employment: int
    code: str
    area: Area

    @property
    def key(self) -> tuple[float, int, int, str]:
        """The values that the areas are sorted by, ascending."""
        return self[:4]


class _Name(NamedTuple):
    """A name of an area: its words with their weights, without those of the state, and the sum of the weights."""

    area: Area
    own: Mapping[str, float]
    weight: float
    factor: float
    official: bool
    """Whether it is the area's name in the wage data. Only by that, a state's name alone finds areas in the state."""


class AreaIndex:
    """All areas by the words of their names."""

    def __init__(self, rows: Sequence[NamedArea]) -> None:
        self._employment = {area.code: employment or 0 for area, _, employment in rows}
        self._areas = {area.code: area for area, _, _ in rows}
        states = (area for area in self._areas.values() if area.kind is AreaKind.STATE)
        self._state_words = {area.code: words_of(area.name) for area in states}
        for area, name, _ in rows:
            if name is not None and area.code in self._state_words and len(words := words_of(name)) == 1:
                # "Fla" stands for Florida in "Miami, Fla." as well.
                self._state_words[area.code].extend(words)
        self._names: list[_Name] = []
        self._by_word: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        self._without_spaces: dict[str, list[int]] = defaultdict(list)
        for area in self._areas.values():
            self._add_own_name(area)
        for area, name, _ in rows:
            if name is not None:
                self._add_other_name(area, name)
        self._words = sorted(self._by_word)
        self._joined = [*self._without_spaces]

    def find(self, text: str, kind: AreaKind | None = None) -> list[Found]:
        """Return the areas of a kind that a text may mean, the most relevant first."""
        relevance = {
            code: value
            for code, value in self._relevance(text[:LONGEST_TEXT]).items()
            if value >= _LEAST_RELEVANCE and kind in (None, self._areas[code].kind)
        }
        return sorted(self._found(code, value) for code, value in relevance.items())

    def nearest(self, text: str) -> list[Found]:
        """Return the areas that a text means most likely: at most three that are equally relevant."""
        found = self.find(text)
        return [each for each in found if each.less_relevance == found[0].less_relevance][:MOST_NEAREST]

    def _found(self, code: str, relevance: float) -> Found:
        area = self._areas[code]
        return Found(-round(relevance, 4), _ORDER_OF_KINDS[area.kind], -self._employment[code], code, area)

    # Indexing

    def _add_own_name(self, area: Area) -> None:
        if area.kind is AreaKind.METRO:
            self._add(area, *_name_and_states(area.name), official=True)
        elif area.kind is AreaKind.NONMETRO:
            self._add_nonmetropolitan(area)
        else:
            self._add(area, area.name, (), official=True)
            self._add(area, area.code, (), official=True)

    def _add_nonmetropolitan(self, area: Area) -> None:
        """Add the name without the words that all such areas of the state share: "Northwest" of Northwest Alabama."""
        state = _STATES.get(area.code[:2], "")
        words = words_of(area.name)
        shared = {*self._state_words.get(state, ()), *_RURAL}
        self._add(area, " ".join(word for word in words if word not in shared), (state,), official=True)
        number = len(self._names) - 1
        for word in _RURAL:
            self._by_word[word].append((number, 1))
        self._without_spaces["".join(words)].append(number)

    def _add_other_name(self, area: Area, name: str) -> None:
        """Add a city or county with its own state, or a nickname with the states of the area."""
        own, states = _name_and_states(name)
        factor = 1 if not states or {*words_of(own)}.issubset(words_of(area.name)) else _OTHER_PLACE
        if not states:
            states = _name_and_states(area.name)[1] if area.kind is AreaKind.METRO else (area.code,)
        self._add(area, own, states, factor)

    def _add(self, area: Area, name: str, states: Sequence[str], factor: float = 1, *, official: bool = False) -> None:
        number, words = len(self._names), words_of(name)
        own = {word: _weight(word) for word in words}
        self._names.append(_Name(area, own, sum(own.values()), factor, official))
        for word in own:
            self._by_word[word].append((number, 1))
        for place, state in enumerate(states):
            for word in {state.lower(), *self._state_words.get(state, ())} - own.keys():
                self._by_word[word].append((number, _OTHER_STATE if place else 1))
        if words:
            self._without_spaces["".join(words)].append(number)

    # Finding

    def _relevance(self, text: str) -> dict[str, float]:
        """Return the relevance of areas by code: that of their most relevant name."""
        written = words_of(text)[:_MOST_WORDS]
        words = self._telling(written)
        relevance = defaultdict[str, float](float)
        if not _COMMON_WORDS.issuperset(words):
            for number, value in (*self._by_words(words), *self._by_all_letters(words)):
                name = self._names[number]
                relevance[name.area.code] = max(relevance[name.area.code], name.factor * value)
        kind = _kind_named(written)
        if kind is not None:
            for code in relevance:
                relevance[code] *= 1 if self._areas[code].kind is kind else _OTHER_KIND
        relevance.update(self._by_code(written))
        return relevance

    def _telling(self, words: Sequence[str]) -> Sequence[str]:
        """Return the words that tell areas apart: each once, without ZIP codes, and the country next to others."""
        kept = [word for word in dict.fromkeys(words) if word in self._by_word or not word.isdecimal()]
        if len(kept) < len({*words}) and _CODE_LABELS.issuperset(kept):
            # The text is a code.
            return []
        for name in _COUNTRY:
            if len(kept) > len(name) and kept[-len(name) :] == name:
                return kept[: -len(name)]
            if len(kept) > len(name) and kept[: len(name)] == name:
                return kept[len(name) :]
        return kept

    def _by_code(self, words: Sequence[str]) -> Iterator[tuple[str, float]]:
        without_labels = [word for word in words if word not in _CODE_LABELS]
        text = "".join(without_labels if "".join(without_labels).isdecimal() else words).upper()
        # OEWS writes the code of a metropolitan area with two zeros before it, and that of a state as its FIPS code,
        # with five zeros after it or without.
        state = _STATES.get(text.removesuffix("00000"), "")
        for code in {text, text.removeprefix("00"), state} & self._areas.keys():
            yield code, _CODE
        if text.isdecimal() and len(text) >= _SHORTEST_PART_OF_CODE:
            for code in self._areas:
                if code.startswith(text) and code != text:
                    yield code, _BEGINNING

    def _by_words(self, words: Sequence[str]) -> Iterator[tuple[int, float]]:
        """Yield the relevance of each name that has a word of the text."""
        weights = [_weight(word) for word in words]
        best: defaultdict[int, dict[int, tuple[float, float, str]]] = defaultdict(dict)
        # A thousand names have the word "county", and as many words begin with "c": what says so little about a name is
        # only looked for in those that have another word of the text.
        matches = [
            (similar in _COMMON_WORDS or len(words) > len(word) == 1, place, similar, similarity)
            for place, word in enumerate(words)
            for similar, similarity in self._similar(word).items()
        ]
        for says_little, place, similar, similarity in sorted(matches):
            for number, factor in self._by_word[similar]:
                if not says_little or number in best:
                    # Of two equally similar words, the name's own one counts and not its state's.
                    match = (similarity * factor, self._names[number].own.get(similar, 0), similar)
                    best[number][place] = max(match, best[number].get(place, match))
        total = sum(weights)
        for number, places in best.items():
            name = self._names[number]
            found = sum(weights[place] * similarity for place, (similarity, _, _) in places.items()) / total
            covered = sum(name.own.get(word, 0) for word in {word for _, _, word in places.values()})
            if covered or name.official:
                yield number, found * (1 - _OTHER_WORDS + _OTHER_WORDS * (covered / name.weight if covered else 0))

    def _similar(self, word: str) -> dict[str, float]:
        """Return the words that a word of the text may stand for, with their similarity."""
        similar: dict[str, float] = {}
        known = word in self._by_word
        if not known and len(word) >= _SHORTEST_WITH_TYPO:
            matches = process.extract(
                word, self._words, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_SIMILARITY, limit=None
            )
            similar = {match: similarity for match, similarity, _ in matches if len(match) >= _SHORTEST_WITH_TYPO}
        beginning = _BEGINNING_OF_LONGER if known and len(word) <= _LETTERS_OF_A_STATE else _BEGINNING
        start = bisect_left(self._words, word)
        for match in takewhile(lambda other: other.startswith(word), self._words[start:]):
            similar[match] = max(similar.get(match, 0), beginning)
        if known:
            similar[word] = 1
        return similar

    def _by_all_letters(self, words: Sequence[str]) -> Iterator[tuple[int, float]]:
        """Yield the relevance of names that have the letters of the text, but other spaces."""
        joined = "".join(words)
        if all(word in self._by_word for word in words):
            # None of the words has a typing error: "Daytona" is not Dayton.
            yield from ((number, 1) for number in self._without_spaces.get(joined, ()))
            return
        if len(joined) < _SHORTEST_WITH_TYPO:
            return
        for match, similarity, _ in process.extract(
            joined,
            self._joined,
            scorer=OSA.normalized_similarity,
            score_cutoff=_LEAST_SIMILARITY_WITHOUT_SPACES,
            limit=None,
        ):
            for number in self._without_spaces[match]:
                yield number, similarity if similarity == 1 else _WITHOUT_SPACES * similarity


def words_of(text: str) -> list[str]:
    """Return the words of a text or name, folded: letter case, accents, punctuation and short forms do not matter."""
    plain = text.casefold()
    # Most names have no accents.
    if not plain.isascii():
        folded = unicodedata.normalize("NFKD", plain)
        plain = "".join(character for character in folded if not unicodedata.combining(character))
    words: list[str] = _WORD.findall(_INITIALS.sub(r"\1", _DROPPED.sub("", plain)))
    return [_SHORT_FORMS.get(word, word) for word in words if word not in _PARTICLES]


def _kind_named(words: Sequence[str]) -> AreaKind | None:
    """Return the type of area that a text names. A city in the state of its name is written "New York, New York"."""
    half = len(words) // 2
    if half and words[:half] == words[half:]:
        return AreaKind.METRO
    kinds = {_KINDS[word] for word in words if word in _KINDS}
    return kinds.pop() if len(kinds) == 1 and not set(_RURAL[:-1]).intersection(words) else None


def _weight(word: str) -> float:
    return _COMMON if word in _COMMON_WORDS else 1


def _name_and_states(name: str) -> tuple[str, Sequence[str]]:
    """Split "Omaha, NE-IA" into its name and its states. A nickname has no states."""
    start, _, end = name.rpartition(", ")
    return (start, end.split("-")) if start else (name, ())
