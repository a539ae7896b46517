"""The search index: titles by their words, and words by their letters, as arrays in one value.

A title is searched by its folded words, see db/folding.py. A search reads thousands of numbers of these arrays, so each
process holds them in memory (resolvers/title_index.py). They are no index of the database's own, so that SQLite and
PostgreSQL find the same titles. They are derived again when what they are derived from changes.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from db.folding import trigrams
from db.models import SearchIndex
from db.title_evidence import PlacedTitle, Standing, Titles

Array = NDArray[Any]

_END = "\n"


@dataclass(frozen=True)
class IndexArrays:
    """The search index. Titles, occupations and words have numbers from 0: their places in the arrays.

    Titles are in the order of equal matches: those with the fewest words first, then those with the strongest evidence.
    Words are in the order of the number of titles with them, those of the most titles first, and after them words that
    only descriptions have. A list of lists has two arrays: their sizes, and the values of all of them.
    """

    titles: Array
    """Lines of UTF-8, as all texts here."""
    title_letters: Array
    """Lines: the words of each title without blanks."""
    title_occupations: Array
    """The number of occupations for a title that has none."""
    title_standings: Array
    """What places each title in its occupation: see ``db.title_evidence.Standing``."""
    title_evidence: Array
    """What else speaks for the occupation, see db/title_evidence.py: it orders the occupations of one title."""
    title_is_ambiguous: Array
    """Whether several occupations have a title with its words, and the standing of none settles which is meant."""
    title_word_sizes: Array
    title_words: Array
    """The words of each title, in its order."""
    reasons: Array
    """Lines: why each title without an occupation has none, as a sentence."""

    occupation_ids: Array
    priors: Array
    """How likely a search means each occupation before its text is known: more with more employment."""

    words: Array
    """Lines."""
    rarities: Array
    """Inverse document frequency of each word of titles, as in BM25."""
    word_title_sizes: Array
    word_titles: Array
    """The titles with each word, ascending."""
    own_sizes: Array
    own_occupations: Array
    """The occupations with each word in their own title."""
    share_sizes: Array
    share_occupations: Array
    shares: Array
    """The occupations with titles that have each word, and these titles' share of the occupation's."""
    description_sizes: Array
    description_occupations: Array
    description_weights: Array
    """The occupations with each word in their description, and its weight there."""

    trigrams: Array
    """Lines."""
    trigram_sizes: Array
    trigram_words: Array
    """The words with each trigram, ascending."""

    phrases: Array
    replacements: Array
    """Lines: words, and other words for them."""

    def saved(self) -> bytes:
        """Return the arrays in NumPy's format."""
        file = BytesIO()
        np.savez(file, **asdict(self))
        return file.getvalue()

    @classmethod
    def loaded(cls, data: bytes) -> Self:
        """Return saved arrays."""
        with np.load(BytesIO(data)) as arrays:
            return cls(**arrays)


def text_of(texts: Iterable[str]) -> Array:
    """Return texts as lines of UTF-8. A line break in a text becomes a space."""
    return np.frombuffer("".join(f"{text.replace(_END, ' ')}{_END}" for text in texts).encode(), np.uint8)


def lines(text: Array) -> list[str]:
    """Return the texts that are the lines of UTF-8."""
    return text.tobytes().decode().split(_END)[:-1]


def rebuild(session: Session, titles: Titles, digest: str) -> None:
    """Replace the index; the digest stands for what it is derived from."""
    session.execute(delete(SearchIndex))
    session.execute(insert(SearchIndex), [{"digest": digest, "arrays": _arrays(titles).saved()}])


def _arrays(titles: Titles) -> IndexArrays:
    rows = _rows(titles)
    words_of = [row.words.split() for row in rows]
    number_of = {id_: number for number, id_ in enumerate(titles.occupations)}
    nowhere = len(number_of)
    owners = [nowhere if row.occupation_id is None else number_of[row.occupation_id] for row in rows]
    with_word, titles_with, all_titles = (
        defaultdict[str, list[int]](list),
        defaultdict[str, Counter[int]](Counter),
        Counter(owners),
    )
    for title, (words, owner) in enumerate(zip(words_of, owners, strict=True)):
        for word in dict.fromkeys(words):
            with_word[word].append(title)
            if owner != nowhere:
                titles_with[word][owner] += 1
    own, described, spelled = (defaultdict[str, list[Any]](list) for _ in range(3))
    for id_, occupation in titles.occupations.items():
        for word in occupation.words:
            own[word].append(number_of[id_])
    for word, id_, weight in titles.description_words:
        # A reference to a missing row is an error that db/writing.py finds at the end.
        if id_ in number_of:
            described[word].append((number_of[id_], weight))
    words = sorted(with_word, key=lambda word: (-len(with_word[word]), word))
    for number, word in enumerate(words):
        for trigram in dict.fromkeys(trigrams(word)):
            spelled[trigram].append(number)
    shares = {
        word: [(owner, found / all_titles[owner]) for owner, found in each.items()]
        for word, each in titles_with.items()
    }
    known = [*words, *sorted(described.keys() - with_word.keys())]
    word_numbers = {word: number for number, word in enumerate(words)}
    return IndexArrays(
        titles=text_of(row.title for row in rows),
        title_letters=text_of(row.words.replace(" ", "") for row in rows),
        title_occupations=np.array(owners, np.uint32),
        title_standings=np.array([row.standing for row in rows], np.uint8),
        title_evidence=np.array([row.evidence for row in rows], np.float64),
        title_is_ambiguous=np.array(_ambiguous(rows), np.bool_),
        title_word_sizes=_sizes(words_of),
        title_words=np.array([word_numbers[word] for each in words_of for word in each], np.uint32),
        reasons=text_of(row.not_covered or "" for row in rows if row.occupation_id is None),
        occupation_ids=np.array([*number_of], np.uint32),
        priors=np.array([round(occupation.prior, 4) for occupation in titles.occupations.values()], np.float64),
        words=text_of(known),
        rarities=np.array([_rarity(len(with_word[word]), len(rows)) for word in words], np.float64),
        word_title_sizes=_sizes(with_word[word] for word in words),
        word_titles=np.array([title for word in words for title in with_word[word]], np.uint32),
        own_sizes=_sizes(own.get(word, ()) for word in words),
        own_occupations=np.array([owner for word in words for owner in own.get(word, ())], np.uint32),
        share_sizes=_sizes(shares.get(word, ()) for word in words),
        share_occupations=np.array([owner for word in words for owner, _ in shares.get(word, ())], np.uint32),
        shares=np.array([share for word in words for _, share in shares.get(word, ())], np.float64),
        description_sizes=_sizes(described.get(word, ()) for word in known),
        description_occupations=np.array([owner for word in known for owner, _ in described.get(word, ())], np.uint32),
        description_weights=np.array([weight for word in known for _, weight in described.get(word, ())], np.float64),
        trigrams=text_of(spelled),
        trigram_sizes=_sizes(spelled.values()),
        trigram_words=np.array([number for each in spelled.values() for number in each], np.uint32),
        phrases=text_of(words for words, _ in titles.synonyms),
        replacements=text_of(replacement for _, replacement in titles.synonyms),
    )


def _sizes(lists: Iterable[Sequence[Any]]) -> Array:
    return np.array([len(each) for each in lists], np.uint32)


def _rarity(found: int, titles: int) -> float:
    """Return the inverse document frequency of a word, as in BM25."""
    return round(math.log(1 + (titles - found + 0.5) / (found + 0.5)), 4)


def _rows(titles: Titles) -> list[PlacedTitle]:
    """Return the titles in the order of equal matches, each once in an occupation: the one with the best standing."""
    best: dict[tuple[int | None, str, str], PlacedTitle] = {}
    for placed in titles.titles:
        key = (placed.occupation_id, placed.title, placed.words)
        if key not in best or placed.standing > best[key].standing:
            best[key] = placed
    return sorted(
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


def _ambiguous(rows: Sequence[PlacedTitle]) -> list[bool]:
    """Return whether each title is ambiguous, see ``IndexArrays.title_is_ambiguous``."""
    with_words = defaultdict[str, list[PlacedTitle]](list)
    for placed in rows:
        with_words[placed.words].append(placed)
    ambiguous = {words for words, known in with_words.items() if _is_ambiguous(known)}
    return [placed.words in ambiguous for placed in rows]


def _is_ambiguous(known: list[PlacedTitle]) -> bool:
    """Return whether a title is of several occupations, and its standing in none of them settles which is meant."""
    if len({placed.occupation_id for placed in known}) == 1:
        return False
    highest = max(placed.standing for placed in known)
    return highest == Standing.LISTED or len({p.occupation_id for p in known if p.standing == highest}) > 1
