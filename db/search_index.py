"""The search index: titles by the words that they have, and words by their letters.

A title is searched by its folded words, see db/folding.py. A word has a list of the titles that have it in full. Each
three letters have a list of the words with them, which finds a word that is misspelled or not finished. The lists are
packed values and no index of the database's own, so that SQLite and PostgreSQL find the same titles. It is rebuilt when
what it is derived from changes.
"""

import math
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.bulk import bulk_insert
from db.folding import trigrams
from db.models import SearchTerm, SearchTitle, table_of
from db.title_evidence import PlacedTitle, Standing, Titles

_MILLION = 1_000_000


def packed(numbers: Iterable[int]) -> bytes:
    """Pack numbers into four bytes each, the lowest byte first."""
    return _little_endian(array("I", numbers)).tobytes()


def unpacked(data: bytes) -> "array[int]":
    """Return packed numbers."""
    return _little_endian(array("I", data))


def packed_weights(weights: Iterable[tuple[int, float]]) -> bytes:
    """Pack numbers, each followed by its weight in millionths."""
    return packed(each for number, weight in weights for each in (number, round(weight * _MILLION)))


def unpacked_weights(data: bytes) -> Iterator[tuple[int, float]]:
    """Return packed numbers with their weights."""
    numbers = unpacked(data)
    return zip(numbers[::2], [weight / _MILLION for weight in numbers[1::2]], strict=True)


def _little_endian(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def rebuild(session: Session, titles: Titles) -> None:
    """Replace the index."""
    for table in (SearchTitle, SearchTerm):
        session.execute(delete(table))
    rows = [*_rows(titles)]
    bulk_insert(session, SearchTitle, _COLUMNS, rows)
    with_word = defaultdict[str, "array[int]"](_empty)
    all_titles, titles_with = Counter[int](), defaultdict[str, Counter[int]](Counter)
    for number, occupation, *_, words in rows:
        split = dict.fromkeys(words.split())
        for word in split:
            with_word[word].append(number)
        if occupation is not None:
            all_titles[occupation] += 1
            for word in split:
                titles_with[word][occupation] += 1
    shares = {
        word: [(occupation, titles / all_titles[occupation]) for occupation, titles in found.items()]
        for word, found in titles_with.items()
    }
    bulk_insert(session, SearchTerm, tuple(table_of(SearchTerm).c.keys()), _terms(titles, with_word, shares, len(rows)))


def _terms(
    titles: Titles,
    with_word: Mapping[str, "array[int]"],
    shares: Mapping[str, Sequence[tuple[int, float]]],
    number: int,
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of all terms."""
    owners = defaultdict[str, list[int]](list)
    described = defaultdict[str, list[tuple[int, float]]](list)
    for id_, known in titles.occupations.items():
        for word in known.words:
            owners[word].append(id_)
    for word, occupation, weight in titles.description_words:
        described[word].append((occupation, weight))
    replacements, spelled = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for words, replacement in titles.synonyms:
        replacements[words].append(replacement)
    for word in sorted(with_word, key=lambda word: (-len(with_word[word]), word)):
        for trigram in dict.fromkeys(trigrams(word)):
            spelled[trigram].append(word)
    for term in sorted({*with_word, *described, *replacements, *spelled}):
        found = with_word.get(term)
        yield (
            term,
            0 if found is None else _rarity(len(found), number),
            packed(found or ()),
            packed(owners.get(term, ())),
            packed_weights(shares.get(term, ())),
            packed_weights(described.get(term, ())),
            "\n".join(replacements.get(term, ())),
            " ".join(spelled.get(term, ())),
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
