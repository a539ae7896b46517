"""Check Rolegraph's own titles: known codes, no duplicates, sorted lines, and no title that has its place without them.

Each finding is one line that names the place and the rule.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from db.folding import names
from db.job_titles import folded, slug_of_title
from db.models import UncoveredTitle
from seed.figure_files import FIGURES, read_figures
from seed.titles.files import HEADERS, TITLES, read_lines, read_synonyms, read_titles

Key = TypeVar("Key", bound=Hashable)


def published_titles() -> Mapping[str, set[str]]:
    """Return the codes in which O*NET places each title, by its folded words."""
    return _titles(FIGURES / "onet-titles.tsv.gz")


def settled_titles(own: Iterable[str]) -> set[str]:
    """Return the folded words of titles whose place our tables cannot change: occupations' own and BLS's."""
    return {*_titles(FIGURES / "soc-direct-titles.tsv.gz"), *map(folded, own)}


@cache
def _titles(path: Path) -> Mapping[str, set[str]]:
    found = defaultdict[str, set[str]](set)
    for table in read_figures(path).tables:
        for row in table.rows:
            code, title = ("", row[0]) if table.table is UncoveredTitle else row[:2]
            for name in names(title, own=False):
                found[folded(name)].add(code)
    return found


def findings(own: Mapping[str, str], folder: Path = TITLES) -> Iterator[str]:
    """Yield each line that breaks a rule. ``own`` are the titles of the occupations that we serve, by code."""
    for name in HEADERS:
        yield from _order(name, folder)
    seen: dict[str, str] = {}
    yield from _titles_with_a_code(own, seen, folder)
    yield from _uncovered(own, seen, folder)
    yield from _synonyms(folder)


def _titles_with_a_code(own: Mapping[str, str], seen: dict[str, str], folder: Path) -> Iterator[str]:
    published, settled = published_titles(), settled_titles(own.values())
    for place, (title, code) in read_titles(folder):
        words = folded(title)
        if code not in own:
            yield f"{place}: {code} is not the code of an occupation that we serve"
        if words in settled or published.get(words) == {code}:
            yield f"{place}: the publishers' titles settle {title!r} without this line"
        yield from _repeated(place, title, words, seen)


def _uncovered(own: Mapping[str, str], seen: dict[str, str], folder: Path) -> Iterator[str]:
    settled, reasons = settled_titles(own.values()), {reason for _, (reason, _) in read_lines("reasons", folder)}
    for place, (title, reason) in read_lines("uncovered", folder):
        words = folded(title)
        if reason not in reasons:
            yield f"{place}: {reason!r} is not in reasons.tsv"
        if words in settled:
            yield f"{place}: the publishers' titles settle {title!r} without this line"
        yield from _repeated(place, title, words, seen)


def _synonyms(folder: Path) -> Iterator[str]:
    seen: dict[tuple[str, str], str] = {}
    for place, (words, other) in read_synonyms(folder):
        pair = folded(words), folded(other)
        if not all(pair) or pair[0] == pair[1]:
            yield f"{place}: {words!r} and {other!r} have the same folded words"
        yield from _repeated(place, words, pair, seen)


def _repeated(place: str, text: str, key: Key, seen: dict[Key, str]) -> Iterator[str]:
    if key in seen:
        yield f"{place}: {text!r} is already in {seen[key]}"
    seen.setdefault(key, place)


def _order(name: str, folder: Path) -> Iterator[str]:
    previous = ""
    for place, (first, *_) in read_lines(name, folder):
        if slug_of_title(first) < previous:
            yield f"{place}: {first!r} is not in alphabetical order"
        previous = slug_of_title(first)
