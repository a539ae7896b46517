"""Wider groups of occupations, for which household surveys publish one figure."""

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from db.models import Source, WiderGroup, WiderGroupMember
from seed.dataset import Dataset, Table


class Group(NamedTuple):
    """A group of occupations: its code, its name and the SOC codes of its occupations."""

    code: str
    name: str
    occupations: Sequence[str]


def digest(file: Path, *modules: str) -> str:
    """Return the digest of a source whose list is a file of this package, distilled from a publisher's workbook.

    Its first part is the checksum of the workbook, which the file names in its second line.
    """
    workbook = file.read_text(encoding="utf-8").split("\n")[1].rpartition(" ")[2]
    contents = [path.read_bytes() for path in (file, *map(Path, modules))]
    return f"{workbook}+{hashlib.sha256(b''.join(contents)).hexdigest()}"


def dataset(source: Source, groups: Collection[Group], read: int) -> Dataset:
    """Return the groups as a dataset; ``read`` is the number of rows of the list that defines them."""
    members = [(group.code, soc) for group in groups for soc in group.occupations]
    tables = [
        Table(WiderGroup, ("code", "name"), [(group.code, group.name) for group in groups]),
        Table(WiderGroupMember, ("group_code", "soc"), members),
    ]
    return Dataset(source, tables, read)
