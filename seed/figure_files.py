"""Figure files: the numbers and names that importers read, without sentences, small enough to bundle.

``seed/figures/`` has one compressed file of tab-separated text for each source. It begins with a header
("# release: 30.1"), which includes the checksum of the publisher's files. For each table it then has the name in
brackets, a line of column names and the rows. An empty value in the first column repeats the value above.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, inspect

from db.models import SOURCED, Description, OccupationSkill, Responsibility, Row, Source
from db.vocabulary import GroupLevel, SkillKind
from seed.dataset import Dataset, Table

FIGURES = Path(__file__).with_name("figures")

_SENTENCES = (Description, Responsibility)
"""Tables with publishers' sentences, which we do not redistribute."""

_HEADER = ("id", "name", "publisher", "release", "version", "license", "attribution", "url")
_GROUPS = "occupation_group"
_TABLES = {str(table.__tablename__): table for table in SOURCED}


def distil(datasets: Iterable[Dataset], folder: Path = FIGURES) -> list[Path]:
    """Write a file for each dataset that has figures, and return the paths."""
    folder.mkdir(exist_ok=True)
    written: list[Path] = []
    for dataset in datasets:
        sections = [*_sections(dataset)]
        if sections:
            path = folder / f"{dataset.source.id}.tsv.gz"
            lines = [*_header(dataset.source), *(line for section in sections for line in section)]
            # Without a timestamp, the same figures always give the same file.
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
    lines, previous = [f"[{name}]", "\t".join(columns)], ""
    for row in sorted(rows, key=lambda row: str(row[0])):
        first, *others = map(_written, row)
        lines.append("\t".join(["" if first == previous else first, *others]))
        previous = first
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
        case dict():
            return json.dumps(value)
        case _:
            return str(value).replace("\t", " ").replace("\n", " ")


def figures_source(path: Path) -> Source:
    """Return the source in a figure file's header; its digest covers the file and this module."""
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
    """Read a figure file into a dataset."""
    # str.splitlines() would also split at Unicode line separators, which names may contain.
    text = gzip.decompress(path.read_bytes()).decode().removesuffix("\n")
    lines = [line for line in text.split("\n") if not line.startswith("# ")]
    starts = [number for number, line in enumerate(lines) if line.startswith("[")]
    dataset = Dataset(figures_source(path), [], read=len(lines) - 2 * len(starts))
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
    previous = ""
    for row in rows:
        values = row.split("\t")
        values[0] = previous = values[0] or previous
        yield values


def _table(table: type[Row], columns: list[str], rows: Sequence[str]) -> Table:
    readers = [_reader(table, column) for column in columns]
    # By column, which takes less time than row by row. Without rows there are no columns either.
    texts = zip(readers, zip(*_split(rows), strict=True), strict=bool(rows))
    values = ([read(text) if text else None for text in column] for read, column in texts)
    found = [*zip(*values, strict=True)]
    if "skill" not in columns:
        return Table(table, tuple(columns), found)
    place = columns.index("kind")
    pairs = [(*row[:place], (row[place], row[place + 1]), *row[place + 2 :]) for row in found]
    return Table(table, tuple(column for column in columns if column != "kind"), pairs)


def _reader(table: type[Row], column: str) -> Callable[[str], Any]:
    """Return the function that parses a column's values."""
    if column in ("soc", "related_soc", "skill"):
        return str
    if table is OccupationSkill and column == "kind":
        return SkillKind.__getitem__
    sql_type: Any = inspect(table).columns[column].type
    if isinstance(sql_type, JSON):
        return json.loads
    # SQLModel wraps SQLAlchemy's string type in one that has no python_type.
    python_type: Any = getattr(sql_type, "impl_instance", sql_type).python_type
    read: Callable[[str], Any] = python_type
    if issubclass(python_type, Enum):
        read = python_type.__getitem__
    return _boolean if python_type is bool else read


def _boolean(text: str) -> bool:
    return text == "1"
