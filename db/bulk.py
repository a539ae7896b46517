"""Bulk inserts without the object-relational mapper, for importers of whole releases."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.models import Row, table_of
from db.sqlite import insert_many


def bulk_insert(session: Session, table: type[Row], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Insert rows of plain values, in the order of the columns, and return their number.

    Values are those that the database stores: JSON as text, enum members as their names.
    """
    connection, described = session.connection(), table_of(table)
    if connection.dialect.name == "sqlite":
        return insert_many(connection, described, columns, rows)
    # Imported here so that a program on SQLite does not load the driver, as in db/urls.py.
    from db.postgresql import copy  # noqa: PLC0415

    return copy(connection, described, columns, rows)
