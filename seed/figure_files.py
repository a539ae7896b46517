"""Figures distilled from publishers' files: numbers and names, no sentences, small enough to come with Rolegraph.

``seed/figures/`` has a compressed file of tab-separated text for each source. It begins with lines that say what it is
("# release: 30.1"), the checksum of the files that it was distilled from among them. Then each table follows: its
name in brackets, its columns, its rows. In the first column, nothing stands for the same as in the row above.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import inspect

from db.models import SOURCED, Description, OccupationSkill, Responsibility, Row, Source
from db.vocabulary import GroupLevel, SkillKind
from seed.dataset import Dataset, Table

FIGURES = Path(__file__).with_name("figures")

_SENTENCES = (Description, Responsibility)
"""Tables of publishers' sentences, which are theirs to hand out."""

_HEADER = ("id", "name", "publisher", "release", "version", "licence", "attribution", "url")
_GROUPS = "occupation_group"
_TABLES = {str(table.__tablename__): table for table in SOURCED}


def distil(datasets: Iterable[Dataset], folder: Path = FIGURES) -> list[Path]:
    """Write a file for each dataset that holds more than sentences, and return their paths."""
    folder.mkdir(exist_ok=True)
    written: list[Path] = []
    for dataset in datasets:
        sections = [*_sections(dataset)]
        if sections:
            path = folder / f"{dataset.source.id}.tsv.gz"
            lines = [*_header(dataset.source), *(line for section in sections for line in section)]
            # Without a date and a name inside, the same figures make the same file.
            path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0))
            written.append(path)
    return written


def _header(source: Source) -> Iterator[str]:
    for name in _HEADER:
        if (value := getattr(source, name)) is not None:
            yield f"# {name}: {_written(value)}"
    if source.retrieved is not None:
        yield f"# retrieved: {source.retrieved.isoformat()}"
    yield f"# distilled from files with SHA-256: {source.digest.partition('+')[0]}"


def _sections(dataset: Dataset) -> Iterator[list[str]]:
    if dataset.groups:
        yield _section(_GROUPS, ("code", "title", "level"), dataset.groups)
    for table in dataset.tables:
        if table.table not in _SENTENCES:
            columns, rows = table.columns, table.rows
            if "skill" in columns:
                place = columns.index("skill")
                columns = (*columns[:place], "kind", *columns[place:])
                rows = [(*row[:place], *row[place], *row[place + 1 :]) for row in rows]
            yield _section(str(table.table.__tablename__), columns, rows)


def _section(name: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> list[str]:
    lines, above = [f"[{name}]", "\t".join(columns)], ""
    for row in sorted(rows, key=lambda row: str(row[0])):
        first, *others = map(_written, row)
        lines.append("\t".join(["" if first == above else first, *others]))
        above = first
    return lines


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case Enum():
            return value.name
        case _:
            return str(value).replace("\t", " ").replace("\n", " ")


def described(path: Path) -> Source:
    """Return the source that a file of figures describes, its digest that of the file and of this module."""
    header: dict[str, str] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if not line.startswith("# "):
                break
            name, _, value = line[2:].rstrip("\n").partition(": ")
            header[name] = value
    digest = hashlib.sha256(path.read_bytes() + Path(__file__).read_bytes()).hexdigest()
    retrieved = date.fromisoformat(header["retrieved"]) if "retrieved" in header else None
    known: Mapping[str, Any] = {name: header.get(name) for name in _HEADER}
    return Source(**known, retrieved=retrieved, digest=digest, embedded=True)


def read_figures(path: Path) -> Dataset:
    """Read a file of figures into the dataset that it was distilled from, sentences left out."""
    # Only at the ends of lines that were written: names may hold others, such as a line separator of Unicode's.
    text = gzip.decompress(path.read_bytes()).decode().removesuffix("\n")
    lines = [line for line in text.split("\n") if not line.startswith("# ")]
    starts = [number for number, line in enumerate(lines) if line.startswith("[")]
    dataset = Dataset(described(path), [], read=len(lines) - 2 * len(starts))
    tables: list[Table] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        name, columns, rows = lines[start].strip("[]"), lines[start + 1].split("\t"), lines[start + 2 : end]
        if name == _GROUPS:
            dataset.groups = [(code, title, GroupLevel[level]) for code, title, level in _split(rows)]
        else:
            tables.append(_table(_TABLES[name], columns, rows))
    dataset.tables = tables
    return dataset


def _split(rows: Iterable[str]) -> Iterator[list[str]]:
    above = ""
    for row in rows:
        values = row.split("\t")
        values[0] = above = values[0] or above
        yield values


def _table(table: type[Row], columns: list[str], rows: Iterable[str]) -> Table:
    readers = [_reader(table, column) for column in columns]
    read = [
        tuple(reader(value) if value else None for reader, value in zip(readers, row, strict=True))
        for row in _split(rows)
    ]
    if "skill" not in columns:
        return Table(table, tuple(columns), read)
    place = columns.index("kind")
    pairs = [(*row[:place], (row[place], row[place + 1]), *row[place + 2 :]) for row in read]
    return Table(table, tuple(column for column in columns if column != "kind"), pairs)


def _reader(table: type[Row], column: str) -> Callable[[str], Any]:
    """Return what makes a value of a column out of its text."""
    if column in ("soc", "related_soc", "skill"):
        return str
    if table is OccupationSkill and column == "kind":
        return SkillKind.__getitem__
    kind: Any = inspect(table).columns[column].type
    # SQLModel's string type wraps SQLAlchemy's and doesn't pass its Python type on.
    python_type: Any = getattr(kind, "impl_instance", kind).python_type
    read: Callable[[str], Any] = python_type
    if issubclass(python_type, Enum):
        read = python_type.__getitem__
    return _truth if python_type is bool else read


def _truth(text: str) -> bool:
    return text == "1"
