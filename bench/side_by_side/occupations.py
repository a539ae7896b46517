"""The occupations in requests, read from the SQLite file that servers share."""

import base64
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

PAGE = 100


class Occupation(NamedTuple):
    """The keys of an occupation."""

    slug: str
    title: str
    code: str | None


def read(file: Path) -> list[Occupation]:
    """Return all occupations in the order of lists: by title, then by slug."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT slug, title, code FROM occupation ORDER BY title, slug")
        return [Occupation(*row) for row in rows]


def cursors(occupations: Sequence[Occupation]) -> list[str]:
    """Return our cursors of all occupations that a full page follows."""
    return [
        base64.urlsafe_b64encode(json.dumps(["occupations by title", title, slug], separators=(",", ":")).encode())
        .decode()
        .rstrip("=")
        for slug, title, _ in occupations[: -PAGE - 1]
    ]
