"""Rolegraph's own titles as a dataset that is stored like a publisher's release."""

import hashlib
from pathlib import Path

from db.job_titles import folded
from db.models import AlternateTitle, Source, TitleSynonym, UncoveredTitle
from db.vocabulary import OUR_TITLES
from seed.dataset import Dataset, Table
from seed.titles import files
from seed.titles.files import HEADERS, TITLES, read_lines, read_synonyms, read_titles

_RELEASE = "2026.1"


def titles_source() -> Source:
    """Describe our titles. The digest covers the files and the modules that read them."""
    paths = [TITLES / f"{name}.tsv" for name in HEADERS]
    paths += [Path(__file__), Path(str(files.__file__))]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    return Source(
        id=OUR_TITLES,
        name="Rolegraph's own titles",
        publisher="Rolegraph",
        release=_RELEASE,
        version=_RELEASE,
        license="Creative Commons Attribution 4.0 (CC BY 4.0)",
        attribution="Titles, abbreviations and synonyms by the Rolegraph project, CC BY 4.0.",
        digest=digest,
        embedded=True,
    )


def titles_dataset() -> Dataset:
    """Return our titles, the work that the wage data leave out, and the words that search also looks for."""
    titles = [(code, title) for _, (title, code) in read_titles()]
    synonyms = dict.fromkeys((folded(words), folded(other)) for _, (words, other) in read_synonyms())
    sentences = {reason: sentence for _, (reason, sentence) in read_lines("reasons")}
    uncovered = [(title, sentences[reason]) for _, (title, reason) in read_lines("uncovered")]
    return Dataset(
        titles_source(),
        [
            Table(AlternateTitle, ("soc", "title"), titles),
            Table(UncoveredTitle, ("title", "reason"), uncovered),
            Table(TitleSynonym, ("words", "replacement"), [*synonyms]),
        ],
        read=len(titles) + len(uncovered) + len(synonyms),
    )
