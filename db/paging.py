"""Keyset pages: a cursor holds the key of the row where a page ended, so a page costs the same wherever it starts.

Rows are in a stable total order, nulls last, whichever way the order runs; walking backward turns it round.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
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
"""How many forms of statements are kept: filters, orders and cursors combine to more than anybody asks for."""

_LIMIT: BindParameter[int] = bindparam("limit", type_=Integer())


@dataclass(frozen=True, eq=False)
class Key:
    """One term of an order. The last key of an order is unique and not nullable, which makes the order total."""

    expression: SQLColumnExpression[Any]
    descending: bool = False
    nullable: bool = False

    @property
    def kind(self) -> TypeEngine[Any]:
        """The type of what this term sorts by."""
        column = cast("ColumnElement[Any]", self.expression)
        return column.type

    @property
    def python_type(self) -> type:
        """The type of the values that this term sorts by."""
        # SQLModel's string type wraps SQLAlchemy's and doesn't pass its Python type on.
        return cast("type", getattr(self.kind, "impl_instance", self.kind).python_type)

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


@dataclass(frozen=True)
class Listing(Generic[T]):
    """A list: a statement for all its rows, of which there is one object for each form, and the values it asks with."""

    select: Select[T]
    values: Mapping[str, Hashable] = field(default_factory=dict[str, Hashable])


@dataclass(frozen=True, eq=False)
class Lists(Generic[T]):
    """The lists of many parents: a statement for whatever any parent has, and the column that says whose it is."""

    select: Select[T]
    parent: SQLColumnExpression[Any]


def values_after(after: Sequence[KeyValue] | None) -> dict[str, Hashable]:
    """Return the values that a statement asks with for what comes after the row with these key values."""
    return {f"after_{n}": value for n, value in enumerate(after or ()) if value is not None}


def _form(after: Sequence[KeyValue] | None) -> tuple[bool, ...] | None:
    """Return which of the key values are there: what is null makes another statement, and what it is doesn't."""
    return None if after is None else tuple(value is not None for value in after)


def _parameters(keys: Sequence[Key], form: tuple[bool, ...]) -> list[Any]:
    return [
        bindparam(f"after_{n}", type_=key.kind) if is_there else None
        for n, (key, is_there) in enumerate(zip(keys, form, strict=True))
    ]


def page(
    select: Select[T], keys: tuple[Key, ...], after: Sequence[KeyValue] | None, *, backward: bool = False
) -> Statement[tuple[Any, ...]]:
    """Return the statement for one page of a statement's entity; it yields the entity and then its key values.

    It asks with the values of the list, those of ``values_after``, and the ``limit``.
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
    """Count the rows of a statement."""
    return single(sql_select(func.count()).select_from(select.subquery()))


def pages(lists: Lists[Any], keys: tuple[Key, ...], after: Sequence[KeyValue] | None) -> Keyed[tuple[Any, ...]]:
    """Return the statement for a page for each of many parents.

    Each row is (entity, parent, past, key values ...). Where ``past`` is 0 the row is not of the page: it is the list's
    first, kept to tell that the list has earlier rows. It asks with the values of ``values_after`` and the ``limit``.
    """
    return _pages(lists, keys, _form(after))


@lru_cache(maxsize=_STATEMENTS)
def _pages(lists: Lists[Any], keys: tuple[Key, ...], form: tuple[bool, ...] | None) -> Keyed[tuple[Any, ...]]:
    statement, parent, each = lists.select, lists.parent, listed_keys(lists.parent)
    order = [term for key in keys for term in key.order(backward=False)]
    past: ColumnElement[bool] = true() if form is None else beyond(keys, _parameters(keys, form))
    # A list's rows are told apart by the last key. Each page is picked by it alone, from one list at a time and, where
    # an index has its order, reading no more of the list than the page. Window functions would number all rows of all.
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
    # Materialized, so that it is evaluated once for each list and not once for each row.
    picked = sql_select(label("parent", each), value).cte("picked").prefix_with("MATERIALIZED")
    rows = statement.join(picked, and_(parent == picked.c.parent, last == picked.c.value))
    yielded = (parent, case((past, 1), else_=0).label("past"), *(key.expression for key in keys))
    return Keyed(rows.order_by(*order).add_columns(*yielded), parent)


@lru_cache(maxsize=_STATEMENTS)
def counts(lists: Lists[Any]) -> Keyed[int]:
    """Return the statement for the length of each parent's list, of those that are not empty."""
    counted: Select[Any] = lists.select.with_only_columns(func.count(), maintain_column_froms=True)
    return keyed(counted.group_by(lists.parent), lists.parent)


@compiles(Lateral, "sqlite")
def _lateral_on_sqlite(lateral: Lateral, compiler: Any, **options: Any) -> str:  # noqa: ANN401 - as SQLAlchemy calls it
    """Write a subquery of one column named value that speaks of the tables before it.

    SQLite has no LATERAL, but lets the argument of a table-valued function do that.
    """
    subquery = compiler.visit_lateral(lateral, **options).removeprefix("LATERAL ")
    return f"json_each((SELECT json_group_array(value) FROM {subquery})) AS {lateral.name}"  # noqa: S608 - compiled SQL
