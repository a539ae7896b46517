"""Read the files of descriptions and responsibilities: one row for each text, one file for each SOC major group.

Columns:

code        the occupation's SOC code
part        description, core or supplemental
text        the sentence or sentences
basis       the facts that the text rests on, separated by blanks: ``soc:47-2111`` for a SOC definition, ``task:18796``
            for an O*NET task
activities  the O*NET intermediate work activities that a responsibility belongs to, such as ``4.A.3.b.4.I01``: those of
            its tasks, or chosen by hand where it rests on no task

``activities.tsv`` has the names of these activities.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

WORDS = Path(__file__).parent

HEADER = ("code", "part", "text", "basis", "activities")
ACTIVITIES_HEADER = ("code", "title")

Part = Literal["description", "core", "supplemental"]
PARTS: dict[str, Part] = {"description": "description", "core": "core", "supplemental": "supplemental"}


class MalformedWords(Exception):
    """A line does not have the right columns, or its part is unknown. The message names file and line."""


@dataclass(frozen=True)
class Text:
    """One description or responsibility of one occupation, with the place where it is written."""

    file: str
    line: int
    code: str
    part: Part
    text: str
    basis: tuple[str, ...]
    activities: tuple[str, ...]

    @property
    def place(self) -> str:
        """File and line, as in ``47.tsv:12``."""
        return f"{self.file}:{self.line}"


def word_files(folder: Path = WORDS) -> list[Path]:
    """Return the files of all major groups, in order."""
    return sorted(folder.glob("[0-9][0-9].tsv"))


def read_words(files: Iterable[Path] | None = None) -> list[Text]:
    """Return all texts in the order of the files; raise MalformedWords for a line that cannot be read."""
    return [text for file in (word_files() if files is None else files) for text in _texts(file)]


def read_activities(file: Path = WORDS / "activities.tsv") -> dict[str, str]:
    """Return the name of each intermediate work activity by its O*NET code."""
    return {code: title for _, (code, title) in _rows(file, ACTIVITIES_HEADER)}


def _texts(file: Path) -> Iterator[Text]:
    for line, (code, part, text, basis, activities) in _rows(file, HEADER):
        if part not in PARTS:
            raise MalformedWords(f"{file.name}:{line}: part {part!r} is not one of {', '.join(PARTS)}")
        yield Text(file.name, line, code, PARTS[part], text, tuple(basis.split()), tuple(activities.split()))


def _rows(file: Path, header: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its line."""
    lines = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        columns = line.split("\t")
        if number == 1 and columns != [*header]:
            raise MalformedWords(f"{file.name}:1: the header is {columns}, not {[*header]}")
        if len(columns) != len(header):
            raise MalformedWords(f"{file.name}:{number}: {len(columns)} columns, not {len(header)}")
        if number > 1:
            yield number, columns
