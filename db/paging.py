"""Keyset pagination: a cursor holds the key values of a page's last row, so every page costs the same.

Rows have a stable total order with nulls last, ascending or descending. Paging backward reverses it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Lateral,
    Select,
    SQLColumnExpression,
    UnaryExpression,
    and_,
    bindparam,
    case,
    false,
    func,
    label,
    or_,
    true,
    union,
)
from sqlalchemy import select as sql_select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeEngine

from db.key_sets import listed_keys
from db.rows import Keyed, Statement, keyed, single

T = TypeVar("T")
KeyValue = str | int | float | None

_STATEMENTS = 1000
"""The number of cached statements. Filters, orders and cursors combine to more than clients use."""

_LIMIT: BindParameter[int] = bindparam("limit", type_=Integer())


@dataclass(frozen=True, eq=False)
class Key:
    """One term of an order. The last key of an order is unique and not nullable, which makes the order total."""

    expression: SQLColumnExpression[Any]
    descending: bool = False
    nullable: bool = False

    @cached_property
    def kind(self) -> TypeEngine[Any]:
        """The SQL type of the expression."""
        column = cast("ColumnElement[Any]", self.expression)
        return column.type

    @cached_property
    def python_type(self) -> type:
        """The Python type of the expression's values."""
        # SQLModel's string type wraps SQLAlchemy's without its Python type.
        return cast("type", getattr(self.kind, "impl_instance", self.kind).python_type)

    def order(self, *, backward: bool) -> list[UnaryExpression[Any]]:
        """Return the ORDER BY terms."""
        terms = [self.expression.desc() if self.descending is not backward else self.expression.asc()]
        if self.nullable:
            # Explicit, because the databases' defaults for nulls differ.
            absent = self.expression.is_(None)
            terms.insert(0, absent.desc() if backward else absent.asc())
        return terms

    def beyond(self, value: KeyValue, *, backward: bool) -> ColumnElement[bool]:
        """Match the rows after a value, by this term alone."""
        if value is None:
            return self.expression.is_not(None) if backward else false()
        further = self.expression < value if self.descending is not backward else self.expression > value
        return or_(further, self.expression.is_(None)) if self.nullable and not backward else further

    def not_before(self, value: KeyValue, *, backward: bool) -> ColumnElement[bool]:
        """Match the rows after a value or equal to it, if an index can seek to them; else all rows."""
        if self.nullable or value is None:
            return true()
        return self.expression <= value if self.descending is not backward else self.expression >= value

    def tied(self, value: KeyValue) -> ColumnElement[bool]:
        """Match the rows that are equal to a value by this term."""
        return self.expression.is_(None) if value is None else self.expression == value


def beyond(keys: Sequence[Key], values: Sequence[KeyValue], *, backward: bool = False) -> ColumnElement[bool]:
    """Match the rows after the one with these key values."""
    ties: list[ColumnElement[bool]] = []
    cases: list[ColumnElement[bool]] = []
    for key, value in zip(keys, values, strict=True):
        cases.append(and_(*ties, key.beyond(value, backward=backward)))
        ties.append(key.tied(value))
    return and_(keys[0].not_before(values[0], backward=backward), or_(*cases))


@dataclass(frozen=True)
class Listing(Generic[T]):
    """A list: a select of all its rows, the same object for the same filters, and the values of its parameters."""

    select: Select[T]
    values: Mapping[str, Hashable] = field(default_factory=dict[str, Hashable])


@dataclass(frozen=True, eq=False)
class Lists(Generic[T]):
    """The lists of many parents: a select of the rows of all parents, and the column with a row's parent."""

    select: Select[T]
    parent: SQLColumnExpression[Any]


def values_after(after: Sequence[KeyValue] | None) -> dict[str, Hashable]:
    """Return the values of the parameters for the rows after the one with these key values."""
    return {f"after_{n}": value for n, value in enumerate(after or ()) if value is not None}


def _form(after: Sequence[KeyValue] | None) -> tuple[bool, ...] | None:
    """Return which key values are not null: a null makes another statement, other values do not."""
    return None if after is None else tuple(value is not None for value in after)


def _parameters(keys: Sequence[Key], form: tuple[bool, ...]) -> list[Any]:
    return [
        bindparam(f"after_{n}", type_=key.kind) if is_there else None
        for n, (key, is_there) in enumerate(zip(keys, form, strict=True))
    ]


def page(
    select: Select[T], keys: tuple[Key, ...], after: Sequence[KeyValue] | None, *, backward: bool = False
) -> Statement[tuple[Any, ...]]:
    """Return the statement for a page. Each row is (row of the select, key values ...).

    Its parameters are those of the select, those of ``values_after``, and ``limit``.
    """
    return _page(select, keys, _form(after), backward)


@lru_cache(maxsize=_STATEMENTS)
def _page(
    select: Select[Any], keys: tuple[Key, ...], form: tuple[bool, ...] | None, backward: bool
) -> Statement[tuple[Any, ...]]:
    if form is not None:
        select = select.where(beyond(keys, _parameters(keys, form), backward=backward))
    ordered = select.order_by(*(term for key in keys for term in key.order(backward=backward)))
    return Statement(ordered.limit(_LIMIT).add_columns(*(key.expression for key in keys)))


@lru_cache(maxsize=_STATEMENTS)
def count(select: Select[Any]) -> Statement[int]:
    """Return the statement that counts the rows of a select."""
    return single(sql_select(func.count()).select_from(select.subquery()))


def pages(
    lists: Lists[Any], keys: tuple[Key, ...], after: Sequence[KeyValue] | None, *, backward: bool = False
) -> Keyed[tuple[Any, ...]]:
    """Return the statement for a page of each parent's list.

    Each row is (row of the select, parent, past, key values ...). A row whose ``past`` is 0 is not of the page: it is
    the list's first, or backward its last, which shows that the list has rows on the other side of the cursor. Its
    parameters are those of ``values_after`` and ``limit``.
    """
    return _pages(lists, keys, _form(after), backward)


@lru_cache(maxsize=_STATEMENTS)
def _pages(
    lists: Lists[Any], keys: tuple[Key, ...], form: tuple[bool, ...] | None, backward: bool
) -> Keyed[tuple[Any, ...]]:
    statement, parent, each = lists.select, lists.parent, listed_keys(lists.parent)
    order = [term for key in keys for term in key.order(backward=backward)]
    past: ColumnElement[bool] = true() if form is None else beyond(keys, _parameters(keys, form), backward=backward)
    # The last key identifies a row of a list. Each page is selected by it alone, for one list at a time, and an index
    # in this order reads no more than the page. Window functions would number all rows of all lists.
    last = keys[-1].expression
    one_list = (
        statement.with_only_columns(label("value", last), maintain_column_froms=True)
        .where(parent == each)
        .order_by(*order)
        .correlate(each.table)
    )
    of_page = one_list.where(past).limit(_LIMIT)
    picks = of_page if form is None else union(*(sql_select(p.subquery()) for p in (of_page, one_list.limit(1))))
    value = picks.lateral("one_list").c.value
    # Materialized, so that it is evaluated once for each list, not for each row.
    picked = sql_select(label("parent", each), value).cte("picked").prefix_with("MATERIALIZED")
    rows = statement.join(picked, and_(parent == picked.c.parent, last == picked.c.value))
    yielded = (parent, case((past, 1), else_=0).label("past"), *(key.expression for key in keys))
    return Keyed(rows.order_by(*order).add_columns(*yielded), parent)


@lru_cache(maxsize=_STATEMENTS)
def counts(lists: Lists[Any]) -> Keyed[int]:
    """Return the statement for the length of each parent's list, except for empty lists."""
    counted: Select[Any] = lists.select.with_only_columns(func.count(), maintain_column_froms=True)
    return keyed(counted.group_by(lists.parent), lists.parent)


@compiles(Lateral, "sqlite")
def _lateral_on_sqlite(lateral: Lateral, compiler: Any, **options: Any) -> str:  # noqa: ANN401 - as SQLAlchemy calls it
    """Render a lateral subquery of one column named value.

    SQLite has no LATERAL, but the argument of a table-valued function may refer to the tables before it.
    """
    subquery = compiler.visit_lateral(lateral, **options).removeprefix("LATERAL ")
    return f"json_each((SELECT json_group_array(value) FROM {subquery})) AS {lateral.name}"  # noqa: S608 - compiled SQL
