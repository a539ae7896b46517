"""Keyset pages: a cursor holds the key of the row where a page ended, so a page costs the same wherever it starts.

Rows are in a stable total order, nulls last, whichever way the order runs; walking backward turns it round.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    UnaryExpression,
    and_,
    case,
    false,
    func,
    label,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

T = TypeVar("T")
KeyValue = str | int | float | None


@dataclass(frozen=True)
class Key:
    """One term of an order. The last key of an order is unique and not nullable, which makes the order total."""

    expression: SQLColumnExpression[Any]
    descending: bool = False
    nullable: bool = False

    @property
    def python_type(self) -> type:
        """The type of the values that this term sorts by."""
        column: Any = self.expression
        # SQLModel's string type wraps SQLAlchemy's and doesn't pass its Python type on.
        return cast("type", getattr(column.type, "impl_instance", column.type).python_type)

    def order(self, *, backward: bool) -> list[UnaryExpression[Any]]:
        """Return the ORDER BY terms."""
        terms = [self.expression.desc() if self.descending is not backward else self.expression.asc()]
        if self.nullable:
            # Written out, since databases differ in where nulls sort by themselves.
            absent = self.expression.is_(None)
            terms.insert(0, absent.desc() if backward else absent.asc())
        return terms

    def beyond(self, value: KeyValue, *, backward: bool) -> ColumnElement[bool]:
        """Hold for the rows that this term alone puts after the value."""
        if value is None:
            return self.expression.is_not(None) if backward else false()
        further = self.expression < value if self.descending is not backward else self.expression > value
        return or_(further, self.expression.is_(None)) if self.nullable and not backward else further

    def not_before(self, value: KeyValue, *, backward: bool) -> ColumnElement[bool]:
        """Hold for all that is beyond or tied, where that is one range, which an index can seek to; else for all."""
        if self.nullable or value is None:
            return true()
        return self.expression <= value if self.descending is not backward else self.expression >= value

    def tied(self, value: KeyValue) -> ColumnElement[bool]:
        """Hold for the rows that this term can't tell from the value."""
        return self.expression.is_(None) if value is None else self.expression == value


def beyond(keys: Sequence[Key], values: Sequence[KeyValue], *, backward: bool = False) -> ColumnElement[bool]:
    """Hold for the rows after the one whose keys have these values."""
    ties: list[ColumnElement[bool]] = []
    cases: list[ColumnElement[bool]] = []
    for key, value in zip(keys, values, strict=True):
        cases.append(and_(*ties, key.beyond(value, backward=backward)))
        ties.append(key.tied(value))
    return and_(keys[0].not_before(values[0], backward=backward), or_(*cases))


def page(
    statement: Select[T], keys: Sequence[Key], after: Sequence[KeyValue] | None, limit: int, *, backward: bool = False
) -> Select[Any]:
    """Return one page of a statement's entity; each row is the entity and then its key values."""
    if after is not None:
        statement = statement.where(beyond(keys, after, backward=backward))
    ordered = statement.order_by(*(term for key in keys for term in key.order(backward=backward)))
    return ordered.limit(limit).add_columns(*(key.expression for key in keys))


def pages(
    entity: type[T],
    statement: Select[T],
    parent: SQLColumnExpression[Any],
    keys: Sequence[Key],
    after: Sequence[KeyValue] | None,
    limit: int,
) -> Select[Any]:
    """Return a page for each of many parents in one statement.

    Each row is (entity, parent, total, past, key values ...). ``total`` counts the parent's whole list. Where
    ``past`` is 0 the row is not of the page: it is the list's first, kept to tell that the list has earlier rows
    and how long it is even when the page itself is empty.
    """
    past = case((true() if after is None else beyond(keys, after), 1), else_=0)
    order = [term for key in keys for term in key.order(backward=False)]
    listed = statement.add_columns(
        parent.label("parent"),
        past.label("past"),
        func.count().over(partition_by=parent).label("total"),
        func.row_number().over(partition_by=[parent, past], order_by=order).label("number"),
        *(label(f"key_{index}", key.expression) for index, key in enumerate(keys)),
    ).subquery()
    wanted = or_(
        and_(listed.c.past == 1, listed.c.number <= limit),
        and_(listed.c.past == 0, listed.c.number == 1),
    )
    columns = [listed.c.parent, listed.c.total, listed.c.past, *(listed.c[f"key_{n}"] for n in range(len(keys)))]
    row: Any = aliased(entity, listed)
    rows: Select[Any] = select(row).add_columns(*columns)
    return rows.where(wanted).order_by(listed.c.parent, listed.c.past, listed.c.number)
