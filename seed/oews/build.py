"""Building a database of cells from other forms of a release."""

import re
import sqlite3
import tempfile
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from seed.oews.cells import NUMBERS, SCHEMA
from seed.publisher_files import ImportRefused

Figures = Mapping[int, tuple[str, str | None]]
"""By data type: the figure as printed, and its footnote."""


@dataclass
class Lists:
    """The lists that cells speak of; what is found while reading cells is added as it comes."""

    areas: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """By type and seven digits: the state's FIPS code and the name."""

    industries: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    """By code: the title and the display level."""

    occupations: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    """By digits: the title and the display level."""

    footnotes: dict[str, str] = field(default_factory=dict[str, str])
    """By number: the text."""


@contextmanager
def built(cells: Iterable[tuple[str, Figures]], lists: Lists) -> Generator[Path]:
    """Yield the path of a database of these cells, gone afterwards; of two cells with one key the first stays."""
    marks = ", ".join("?" * (1 + 2 * len(NUMBERS)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "oews.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(SCHEMA)
            connection.executemany(
                f"INSERT OR IGNORE INTO cell VALUES ({marks})",  # noqa: S608 - only marks
                ((key, *_values(figures)) for key, figures in cells),
            )
            areas = ((code[1:], code[0], state, name) for code, (state, name) in lists.areas.items())
            connection.executemany("INSERT INTO area VALUES (?, ?, ?, ?)", areas)
            industries = ((code, title, level) for code, (title, level) in lists.industries.items())
            connection.executemany("INSERT INTO industry VALUES (?, ?, ?)", industries)
            occupations = ((code, title, level) for code, (title, level) in lists.occupations.items())
            connection.executemany("INSERT INTO occupation VALUES (?, ?, ?)", occupations)
            connection.executemany("INSERT INTO footnote VALUES (?, ?)", lists.footnotes.items())
            connection.commit()
        yield path


def _values(figures: Figures) -> list[str | None]:
    """Return the figures by their numbers, and then their footnotes; raises ImportRefused on a figure that is none."""
    entries = [figures.get(number, (None, None)) for number in NUMBERS]
    for figure, _ in entries:
        # Text that is no number would become the number 0.
        if figure not in (None, "-") and not _NUMBER.fullmatch(figure):
            raise ImportRefused(f'it is not as BLS publishes OEWS: "{figure}" is no figure')
    return [*(figure for figure, _ in entries), *(footnote for _, footnote in entries)]


_NUMBER = re.compile(r"\d+(\.\d+)?|\.\d+")
