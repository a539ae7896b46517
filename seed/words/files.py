"""Read the files of descriptions and responsibilities: one row for each text, one file for each SOC major group.

Columns: ``code`` (SOC), ``part`` (description, core or supplemental), ``text``, and ``basis``, the facts that the text
rests on, separated by blanks: ``soc:47-2111`` for a SOC definition, ``task:18796`` for an O*NET task and
``iwa:4.A.3.b.4.I01`` for an O*NET intermediate work activity where no task describes the occupation.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

WORDS = Path(__file__).parent

HEADER = "code\tpart\ttext\tbasis"

Part = Literal["description", "core", "supplemental"]
PARTS: tuple[Part, ...] = get_args(Part)


class MalformedWords(Exception):
    """A line does not have the four columns, or its part is unknown. The message names file and line."""


@dataclass(frozen=True)
class Text:
    """One description or responsibility of one occupation, with the place where it is written."""

    file: str
    line: int
    code: str
    part: Part
    text: str
    basis: tuple[str, ...]

    @property
    def place(self) -> str:
        """File and line, as in ``47.tsv:12``."""
        return f"{self.file}:{self.line}"


def word_files(folder: Path = WORDS) -> list[Path]:
    """Return the files of all major groups, in order."""
    return sorted(folder.glob("*.tsv"))


def read_words(files: Iterable[Path] | None = None) -> list[Text]:
    """Return all texts in the order of the files; raise MalformedWords for a line that cannot be read."""
    return [text for file in (word_files() if files is None else files) for text in _texts(file)]


def _texts(file: Path) -> Iterator[Text]:
    header, *lines = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    if header != HEADER:
        raise MalformedWords(f"{file.name}:1: the header is {header!r}, not {HEADER!r}")
    for number, line in enumerate(lines, 2):
        columns = line.split("\t")
        if len(columns) != len(HEADER.split("\t")):
            raise MalformedWords(f"{file.name}:{number}: {len(columns)} columns, not {len(HEADER.split())}")
        code, part, text, basis = columns
        for known in PARTS:
            if part == known:
                yield Text(file.name, number, code, known, text, tuple(basis.split()))
                break
        else:
            raise MalformedWords(f"{file.name}:{number}: part {part!r} is not one of {', '.join(PARTS)}")
