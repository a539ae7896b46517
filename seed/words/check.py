"""Check descriptions and responsibilities: lengths, reading grade, wording, doubles, and runs shared with publishers.

Each finding is one line that names the place and the rule. The publishers' sentences are not ours to commit, so the
comparison with them runs only where their files are at hand.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from seed.words.files import Text

DESCRIPTION_WORDS = range(40, 71)
RESPONSIBILITY_WORDS = range(6, 17)
RESPONSIBILITIES = range(6, 9)
LONGEST_SHARED_RUN = 4
"""Words in a row that a text may share with a publisher's sentence about the same occupation."""

NEAR_DOUBLE = 0.7
"""Share of distinct words (Jaccard) from which two occupations' texts count as near-doubles."""

GRADES = (8.0, 10.0)
"""Range for the mean Flesch-Kincaid grade of all descriptions."""

EACH_GRADE = (5.0, 14.0)
"""Range for the grade of each description."""

SET_TERMS = Path(__file__).with_name("set-terms.txt")
"""Names of things that may stand in a longer shared run, one a line, such as "first-line supervisors"."""

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’+#&./-]*")
_FILLER = re.compile(
    r"\b(various|variety of|vital|crucial|essential role|key role|responsible for|etc|wide range|ensur\w+|utiliz\w+|"
    r"as needed|passionate|diverse|world-class|cutting-edge|seamless\w*|leverag\w+|myriad|plethora|facilitat\w+|"
    r"multifaceted)\b",
    re.IGNORECASE,
)
_GENDER = re.compile(r"\b(he|she|his|her|hers|him|himself|herself)\b", re.IGNORECASE)
_PAY = re.compile(r"\b(salar(?:y|ies))\b|\$", re.IGNORECASE)
_STALE = re.compile(r"\b(?:19|20)\d\d\b|\b\d+ (?:percent|years)\b")


class Finding(NamedTuple):
    """A rule that a text breaks."""

    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


@dataclass
class Facts:
    """What texts are checked against.

    ``codes`` are the occupations that need words, ``activities`` the known work activities. The rest is empty where the
    publishers' files are absent: ``ids``, the facts that each occupation's texts may rest on, ``sentences``, the
    publishers' sentences about it, and ``activities_of``, the work activities of each task.
    """

    codes: Collection[str]
    activities: Collection[str]
    ids: Mapping[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])
    sentences: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    activities_of: Mapping[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])


def findings(texts: Sequence[Text], facts: Facts, set_terms: Sequence[str] = ()) -> Iterator[Finding]:
    """Yield each text that breaks a rule, by occupation and then across occupations."""
    by_code: defaultdict[str, list[Text]] = defaultdict(list)
    for text in texts:
        by_code[text.code].append(text)
    for code in sorted({*facts.codes} - {*by_code}):
        yield Finding(code, "no description and no responsibilities")
    for code, own in by_code.items():
        if code not in facts.codes:
            yield Finding(own[0].place, f"{code} is not the code of an occupation that we serve")
        yield from _structure(code, own)
        for text in own:
            yield from _wording(text)
            yield from _activities(text, facts)
            if facts.ids:
                yield from _basis(text, facts.ids.get(code, ()))
        if facts.sentences:
            yield from _shared_runs(own, facts.sentences.get(code, ()), set_terms)
    yield from _grades(texts)
    yield from _doubles(texts)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation at their ends."""
    return [word for found in _WORD.findall(text) if (word := found.strip(".'’-/").lower())]


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade level of a text (Kincaid et al. 1975), syllables counted by their vowels."""
    words = words_of(text)
    sentences = max(1, len(re.findall(r"[.!?](?:\s|$)", text)))
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


@cache
def _syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word)
    # A silent e at the end, as in "make", "makes" or "baked", is not a syllable.
    spoken = re.sub(r"([^laeiouy])es$|([^laeiouytd])ed$|([^laeiouy])e$", r"\1\2\3", letters)
    return max(1, len(re.findall(r"[aeiouy]{1,2}", spoken)))


def _structure(code: str, own: Sequence[Text]) -> Iterator[Finding]:
    parts = [text.part for text in own]
    if parts.count("description") != 1 or parts[0] != "description":
        yield Finding(code, "needs one description, before its responsibilities")
    number = len(parts) - parts.count("description")
    if number not in RESPONSIBILITIES:
        yield Finding(code, f"{number} responsibilities; {RESPONSIBILITIES[0]} to {RESPONSIBILITIES[-1]} are needed")
    if ("supplemental", "core") in pairwise(parts):
        yield Finding(code, "a core responsibility follows a supplemental one")


def _wording(text: Text) -> Iterator[Finding]:
    number, is_description = len(words_of(text.text)), text.part == "description"
    lengths = DESCRIPTION_WORDS if is_description else RESPONSIBILITY_WORDS
    if number not in lengths:
        yield Finding(text.place, f"{number} words; {lengths[0]} to {lengths[-1]} are allowed")
    if text.text.endswith(".") != is_description:
        yield Finding(text.place, "a description ends with a full stop, a responsibility does not")
    if text.text != " ".join(text.text.split()):
        yield Finding(text.place, "has doubled or outer blanks")
    for rule, pattern in (("filler", _FILLER), ("gender", _GENDER), ("pay", _PAY), ("a figure that ages", _STALE)):
        if found := pattern.search(text.text):
            yield Finding(text.place, f"{rule}: {found[0]!r}")


def _basis(text: Text, known: Collection[str]) -> Iterator[Finding]:
    if not text.basis:
        yield Finding(text.place, "names no facts that it rests on")
    for fact in text.basis:
        if fact not in known:
            yield Finding(text.place, f"{fact} is not a fact about {text.code}")


def _activities(text: Text, facts: Facts) -> Iterator[Finding]:
    if text.part == "description":
        return
    if not text.activities:
        yield Finding(text.place, "belongs to no work activity")
    for code in text.activities:
        if code not in facts.activities:
            yield Finding(text.place, f"{code} is not in activities.tsv")
    of_tasks = {code for fact in text.basis for code in facts.activities_of.get(fact, ())}
    if of_tasks and of_tasks != {*text.activities}:
        yield Finding(text.place, f"the activities of its tasks are {' '.join(sorted(of_tasks))}")


def _shared_runs(own: Sequence[Text], sentences: Iterable[str], set_terms: Sequence[str]) -> Iterator[Finding]:
    size = LONGEST_SHARED_RUN + 1
    published = {run for sentence in sentences for run in _runs(words_of(sentence), size)}
    terms = [" ".join(words_of(term)) for term in set_terms]
    for text in own:
        for run in _runs(words_of(text.text), size):
            if run in published and not _is_set(" ".join(run), terms):
                yield Finding(text.place, f"shares {' '.join(run)!r} with a publisher's sentence")
                break


def _runs(words: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + size]) for start in range(len(words) - size + 1))


def _is_set(run: str, terms: Iterable[str]) -> bool:
    """Whether a run is part of a name, or no longer than allowed without the names in it."""
    return any(f" {term} " in f" {run} " or f" {run} " in f" {term} " for term in terms)


def _grades(texts: Iterable[Text]) -> Iterator[Finding]:
    grades = {text: grade(text.text) for text in texts if text.part == "description"}
    for text, own in grades.items():
        if not EACH_GRADE[0] <= own <= EACH_GRADE[1]:
            yield Finding(text.place, f"reading grade {own:.1f}; {EACH_GRADE[0]:g} to {EACH_GRADE[1]:g} are allowed")
    mean = sum(grades.values()) / max(1, len(grades))
    if grades and not GRADES[0] <= mean <= GRADES[1]:
        yield Finding("all descriptions", f"mean reading grade {mean:.1f}; {GRADES[0]:g} to {GRADES[1]:g} is allowed")


def _doubles(texts: Sequence[Text]) -> Iterator[Finding]:
    """Yield texts that are nearly another occupation's: found by their rarest words, compared by all of them."""
    sets = [frozenset(words_of(text.text)) for text in texts]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(sets):
        for word in words:
            holders[word].append(number)
    for number, words in enumerate(sets):
        # Two texts that share 70% of their words share one of the rarest 31% of either.
        rarest = sorted(words, key=lambda word: len(holders[word]))[: len(words) * 3 // 10 + 1]
        for other in {holder for word in rarest for holder in holders[word] if holder < number}:
            likeness = len(words & sets[other]) / len(words | sets[other])
            if likeness >= NEAR_DOUBLE and texts[number].code != texts[other].code:
                yield Finding(texts[number].place, f"nearly repeats {texts[other].place} ({likeness:.2f})")
