"""Loading many rows at once, past the object-relational mapper: what importers of whole releases need."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from db.models import Row

BATCH = 20_000
"""How many rows are handed to the driver at a time: enough to be fast, few enough to stay small."""


def bulk_insert(session: Session, table: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Insert rows of plain values, in the order of the columns, and return how many there were.

    Values are as the database stores them: JSON as text, words as their names.
    """
    name, marks = table.__tablename__, ", ".join("?" * len(columns))
    statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
    connection, stored, waiting = session.connection(), 0, iter(rows)
    while batch := list(islice(waiting, BATCH)):
        connection.exec_driver_sql(statement, batch)
        stored += len(batch)
    return stored
