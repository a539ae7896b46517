"""Keyset pages: a cursor holds the key of the row where a page ended, so a page costs the same wherever it starts.

Rows are in a stable total order, nulls last, whichever way the order runs; walking backward turns it round.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Lateral,
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
    union,
)
from sqlalchemy.ext.compiler import compiles

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
    statement: Select[T],
    parent: SQLColumnExpression[Any],
    parent_keys: Collection[Any],
    keys: Sequence[Key],
    after: Sequence[KeyValue] | None,
    limit: int,
) -> Select[Any]:
    """Return a page for each of many parents in one statement, given one that lists whatever any parent has.

    Each row is (entity, parent, total, past, key values ...). ``total`` counts the parent's whole list. Where
    ``past`` is 0 the row is not of the page: it is the list's first, kept to tell that the list has earlier rows
    and how long it is even when the page itself is empty.
    """
    counted: Select[Any, int] = statement.with_only_columns(
        label("parent", parent), label("total", func.count()), maintain_column_froms=True
    )
    # There are no more lists than parents; the limit tells PostgreSQL so.
    lists = counted.where(parent.in_(parent_keys)).group_by(parent).limit(len(parent_keys)).subquery()
    order = [term for key in keys for term in key.order(backward=False)]
    past: ColumnElement[bool] = true() if after is None else beyond(keys, after)
    # A list's rows are told apart by the last key. Each page is picked by it alone, from one list at a time and, where
    # an index has its order, reading no more of the list than the page. Window functions would number all rows of all.
    last = keys[-1].expression
    one_list = (
        statement.with_only_columns(label("value", last), maintain_column_froms=True)
        .where(parent == lists.c.parent)
        .order_by(*order)
        .correlate(lists)
    )
    of_page = one_list.where(past).limit(limit)
    picks = of_page if after is None else union(*(select(part.subquery()) for part in (of_page, one_list.limit(1))))
    value = picks.lateral("one_list").c.value
    # Materialized, so that it is evaluated once for each list and not once for each row.
    picked = select(lists, value).cte("picked").prefix_with("MATERIALIZED")
    rows = statement.join(picked, and_(parent == picked.c.parent, last == picked.c.value))
    return rows.order_by(picked.c.parent, *order).add_columns(
        picked.c.parent, picked.c.total, case((past, 1), else_=0).label("past"), *(key.expression for key in keys)
    )


@compiles(Lateral, "sqlite")
def _lateral_on_sqlite(lateral: Lateral, compiler: Any, **options: Any) -> str:  # noqa: ANN401 - as SQLAlchemy calls it
    """Write a subquery of one column named value that speaks of the tables before it.

    SQLite has no LATERAL, but lets the argument of a table-valued function do that.
    """
    subquery = compiler.visit_lateral(lateral, **options).removeprefix("LATERAL ")
    return f"json_each((SELECT json_group_array(value) FROM {subquery})) AS {lateral.name}"  # noqa: S608 - compiled SQL
