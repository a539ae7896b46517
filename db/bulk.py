"""Loading many rows at once, past the object-relational mapper: what importers of whole releases need."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.models import Row, table_of
from db.sqlite import insert_many


def bulk_insert(session: Session, table: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Insert rows of plain values, in the order of the columns, and return how many there were.

    Values are as the database stores them: JSON as text, words as their names.
    """
    connection, described = session.connection(), table_of(table)
    if connection.dialect.name == "sqlite":
        return insert_many(connection, described, columns, rows)
    # As in db/urls.py, only who needs the driver waits for it.
    from db.postgresql import copy  # noqa: PLC0415

    return copy(connection, described, columns, rows)
