"""Our words as a dataset that is stored like a publisher's release."""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from db.folding import words_of
from db.models import Description, DescriptionWord, Responsibility, ResponsibilityActivity, Source, WorkActivity
from seed.dataset import Dataset, Table
from seed.words.files import WORDS, Text, read_activities, read_words

SOURCE_ID = "rolegraph-words"

_RELEASE = "2026.1"

_COMMON = 0.1
"""A word in the texts of more than this share of all occupations tells nothing about one of them."""

_ATTRIBUTION = (
    "Descriptions and responsibilities by the Rolegraph project, CC BY 4.0. The facts behind them and the names of "
    "work activities come from the Standard Occupational Classification 2018 and from the O*NET 30.1 Database by the "
    "U.S. Department of Labor, Employment and Training Administration (USDOL/ETA), used under the CC BY 4.0 license. "
    "O*NET® is a trademark of USDOL/ETA. USDOL/ETA has not approved, endorsed, or tested these texts."
)


def words_source() -> Source:
    """Describe our words. The digest covers the files and this module, so that a change to either stores them again."""
    files = sorted(WORDS.glob("*.tsv"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in (*files, Path(__file__)))).hexdigest()
    return Source(
        id=SOURCE_ID,
        name="Rolegraph's own descriptions",
        publisher="Rolegraph",
        release=_RELEASE,
        version=_RELEASE,
        license="Creative Commons Attribution 4.0 (CC BY 4.0)",
        attribution=_ATTRIBUTION,
        digest=digest,
        embedded=True,
    )


def words_dataset() -> Dataset:
    """Return all descriptions and responsibilities, their work activities, and the words to search them by."""
    texts = read_words()
    responsibilities = [*_numbered(texts)]
    return Dataset(
        words_source(),
        [
            Table(
                Description, ("soc", "text"), [(text.code, text.text) for text in texts if text.part == "description"]
            ),
            Table(
                Responsibility,
                ("soc", "position", "text", "core"),
                [(text.code, position, text.text, text.part == "core") for position, text in responsibilities],
            ),
            Table(WorkActivity, ("code", "title"), [*read_activities().items()]),
            Table(
                ResponsibilityActivity,
                ("soc", "position", "activity_code"),
                [(text.code, position, code) for position, text in responsibilities for code in text.activities],
            ),
            Table(DescriptionWord, ("soc", "word", "weight"), [*_weights(texts)]),
        ],
        read=len(texts),
    )


def _numbered(texts: Sequence[Text]) -> list[tuple[int, Text]]:
    """Return the responsibilities with their position within the occupation, from 1."""
    seen = Counter[str]()
    numbered: list[tuple[int, Text]] = []
    for text in texts:
        if text.part != "description":
            seen[text.code] += 1
            numbered.append((seen[text.code], text))
    return numbered


def _weights(texts: Sequence[Text]) -> list[tuple[str, str, float]]:
    """Return (code, word, weight) for the telling words of each occupation: normalized inverse document frequency."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        words[text.code].update(words_of(text.text))
    frequency = Counter(word for own in words.values() for word in own)
    telling = {w: math.log(len(words) / n) for w, n in frequency.items() if n <= max(1, _COMMON * len(words))}
    rows: list[tuple[str, str, float]] = []
    for code, own in words.items():
        weights: Mapping[str, float] = {word: telling[word] for word in sorted(own) if word in telling}
        length = math.sqrt(sum(weight**2 for weight in weights.values()))
        rows += [(code, word, round(weight / length, 4)) for word, weight in weights.items() if length]
    return rows
