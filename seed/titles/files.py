"""Read the files of Rolegraph's own titles."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

TITLES = Path(__file__).parent

OF_OCCUPATIONS = ("british", "modern", "spanish")
"""The files of titles that have a code."""

HEADERS = {
    **dict.fromkeys(OF_OCCUPATIONS, ("title", "code")),
    "abbreviations": ("abbreviation", "words", "code"),
    "synonyms": ("words", "replacement"),
    "uncovered": ("title", "reason"),
    "reasons": ("reason", "sentence"),
}
"""The columns of each file."""


class MalformedTitles(Exception):
    """A line does not have the right columns. The message names file and line."""


class Line(NamedTuple):
    """A line of a file, with the place where it is written."""

    place: str
    values: Sequence[str]


def read_lines(name: str, folder: Path = TITLES) -> Iterator[Line]:
    """Yield the lines of a file; raise MalformedTitles for one that cannot be read."""
    header = HEADERS[name]
    lines = (folder / f"{name}.tsv").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        place, values = f"{name}.tsv:{number}", tuple(line.split("\t"))
        if number == 1 and values != header:
            raise MalformedTitles(f"{place}: the header is {values}, not {header}")
        if len(values) != len(header):
            raise MalformedTitles(f"{place}: {len(values)} columns, not {len(header)}")
        if number > 1:
            yield Line(place, values)


def read_titles(folder: Path = TITLES) -> Iterator[Line]:
    """Yield the titles that have a code, as (title, code): those of occupations and abbreviations."""
    for name in OF_OCCUPATIONS:
        yield from read_lines(name, folder)
    for place, (abbreviation, _, code) in read_lines("abbreviations", folder):
        if code:
            yield Line(place, (abbreviation, code))


def read_synonyms(folder: Path = TITLES) -> Iterator[Line]:
    """Yield words and other words for them: abbreviations and synonyms."""
    for place, (abbreviation, words, _) in read_lines("abbreviations", folder):
        yield Line(place, (abbreviation, words))
    yield from read_lines("synonyms", folder)
