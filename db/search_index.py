"""The search index: the titles with each word and each trigram. It is rebuilt when titles or employment change.

A title is searched by its folded words, see db/folding.py. A list of the titles with a word finds those that have it in
full; lists of the titles with a trigram find those with a similar word, or with one that it begins. The lists are
packed numbers and no index of the database's own, so that SQLite and PostgreSQL find the same titles.
"""

import math
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.bulk import bulk_insert
from db.folding import trigrams
from db.models import SearchTitle, SearchTrigram, SearchWord
from db.title_evidence import PlacedTitle, Standing, Titles


def packed(numbers: Iterable[int]) -> bytes:
    """Pack numbers into four bytes each, the lowest byte first."""
    return _little_endian(array("I", numbers)).tobytes()


def unpacked(data: bytes) -> "array[int]":
    """Return packed numbers."""
    return _little_endian(array("I", data))


def _little_endian(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def rebuild(session: Session, titles: Titles) -> None:
    """Replace the index."""
    for table in (SearchTitle, SearchWord, SearchTrigram):
        session.execute(delete(table))
    rows = [*_rows(titles)]
    bulk_insert(session, SearchTitle, _COLUMNS, rows)
    with_word = defaultdict[str, "array[int]"](_empty)
    for number, *_, words in rows:
        for word in dict.fromkeys(words.split()):
            with_word[word].append(number)
    # Words are far fewer than titles, so their lists are joined.
    with_trigram = defaultdict[str, "list[array[int]]"](list)
    for word, found in with_word.items():
        for trigram in {*trigrams(word)}:
            with_trigram[trigram].append(found)
    occupations = defaultdict[str, list[int]](list)
    for id_, known in titles.occupations.items():
        for word in known.words:
            occupations[word].append(id_)
    bulk_insert(
        session,
        SearchWord,
        ("word", "rarity", "titles", "occupations"),
        (
            (word, _rarity(len(found), len(rows)), packed(found), packed(occupations.get(word, ())))
            for word, found in with_word.items()
        ),
    )
    bulk_insert(
        session,
        SearchTrigram,
        ("trigram", "number", "titles"),
        (
            (trigram, len(found), packed(found))
            for trigram, lists in with_trigram.items()
            for found in [sorted(set[int]().union(*lists))]
        ),
    )


def _empty() -> "array[int]":
    return array("I")


def _rarity(found: int, titles: int) -> float:
    """Return the inverse document frequency of a word, as in BM25."""
    return round(math.log(1 + (titles - found + 0.5) / (found + 0.5)), 4)


_COLUMNS = (
    "id",
    "occupation_id",
    "not_covered",
    "title",
    "standing",
    "evidence",
    "ambiguous",
    "prior",
    "words",
)


def _rows(titles: Titles) -> Iterator[tuple[Any, ...]]:
    """Number the titles in the order of equal matches, each once in an occupation: the one with the best standing."""
    best: dict[tuple[int | None, str, str], PlacedTitle] = {}
    with_words = defaultdict[str, list[PlacedTitle]](list)
    for placed in titles.titles:
        with_words[placed.words].append(placed)
        key = (placed.occupation_id, placed.title, placed.words)
        if key not in best or placed.standing > best[key].standing:
            best[key] = placed
    ambiguous = {words for words, known in with_words.items() if _is_ambiguous(known)}
    ordered = sorted(
        best.values(),
        key=lambda placed: (
            placed.words.count(" "),
            -placed.standing,
            -placed.evidence,
            placed.title,
            placed.occupation_id or 0,
            placed.words,
        ),
    )
    for number, placed in enumerate(ordered, start=1):
        occupation = placed.occupation_id
        prior = 0.0 if occupation is None else round(titles.occupations[occupation].prior, 4)
        yield (
            number,
            occupation,
            placed.not_covered,
            placed.title,
            int(placed.standing),
            placed.evidence,
            placed.words in ambiguous,
            prior,
            placed.words,
        )


def _is_ambiguous(known: list[PlacedTitle]) -> bool:
    """Return whether a title is of several occupations, and its standing in none of them settles which is meant."""
    if len({placed.occupation_id for placed in known}) == 1:
        return False
    highest = max(placed.standing for placed in known)
    return highest == Standing.LISTED or len({p.occupation_id for p in known if p.standing == highest}) > 1
