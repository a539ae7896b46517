"""A temporary database of cells, built from flat files or workbooks."""

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
"""The printed figure and its footnote by OEWS data type."""


@dataclass
class Lists:
    """The areas, industries, occupations and footnotes of a release. Workbooks add to them while cells are read."""

    areas: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """State FIPS code and name, by area type and seven digits."""

    industries: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    """Title and display level, by code."""

    occupations: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    """Title and display level, by six digits."""

    footnotes: dict[str, str] = field(default_factory=dict[str, str])
    """Text, by footnote number."""


@contextmanager
def built(cells: Iterable[tuple[str, Figures]], lists: Lists) -> Generator[Path]:
    """Yield the path of a temporary database of these cells. Of cells with the same key, the first is kept."""
    placeholders = ", ".join("?" * (1 + 2 * len(NUMBERS)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "oews.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(SCHEMA)
            connection.executemany(
                f"INSERT OR IGNORE INTO cell VALUES ({placeholders})",  # noqa: S608 - only placeholders
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
    """Return the figures in the order of NUMBERS, then their footnotes; raise ImportRefused for a bad figure."""
    entries = [figures.get(number, (None, None)) for number in NUMBERS]
    for figure, _ in entries:
        # SQLite's CAST would turn other text into 0.
        if figure not in (None, "-") and not _NUMBER.fullmatch(figure):
            raise ImportRefused(f'unexpected OEWS figure "{figure}": expected a number or "-"')
    return [*(figure for figure, _ in entries), *(footnote for _, footnote in entries)]


_NUMBER = re.compile(r"\d+(\.\d+)?|\.\d+")
