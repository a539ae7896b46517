"""Relay cursor connections over keyset pages."""

import base64
import binascii
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import orjson
from sqlalchemy import Select, SQLColumnExpression

from db import paging, statements
from db.paging import Key, KeyValue
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.grouping import grouped

DEFAULT_SIZE = 20
LARGEST_SIZE = 100
_LARGEST_INTEGER = 2**31
"""The end of GraphQL's integers, and of PostgreSQL's: no list has larger ones to order by."""

T = TypeVar("T")


@dataclass(frozen=True)
class Order:
    """A named order; the name is part of its cursors, so that a cursor can't be taken to another list unnoticed."""

    name: str
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Edge(Generic[T]):
    """A node in its place in the list."""

    node: T
    cursor: str


@dataclass(frozen=True)
class PageInfo:
    """Where a page lies in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; the list's length is known, or is a statement to run when somebody asks."""

    edges: Sequence[Edge[T]]
    page_info: PageInfo
    total: int | Select[int]

    @property
    def nodes(self) -> Sequence[T]:
        """The page's nodes without their cursors."""
        return [edge.node for edge in self.edges]


async def total_count(pages: Sequence[Page[Any]], context: Context) -> Sequence[int]:
    """How many nodes the whole list has."""
    return [page.total if isinstance(page.total, int) else await context.database.one(page.total) for page in pages]


async def connection(
    context: Context,
    statement: Select[T],
    order: Order,
    *,
    first: int | None,
    after: str | None,
    last: int | None = None,
    before: str | None = None,
) -> Page[T]:
    """Return one page of a statement's entity, forward or, where ``last`` or ``before`` is given, backward."""
    backward = last is not None or before is not None
    if backward and (first is not None or after is not None):
        name = "last" if last is not None else "before"
        raise BadUserInput(name, "it walks backward and can't be combined with first or after, which walk forward")
    size = page_size(last, "last") if backward else page_size(first, "first")
    start = read_cursor(before, order, "before") if backward else read_cursor(after, order, "after")
    rows = await context.database.rows(paging.page(statement, order.keys, start, size + 1, backward=backward))
    more, rows = len(rows) > size, rows[:size]
    edges = [Edge(row[0], cursor_of(order, row[1:])) for row in (reversed(rows) if backward else rows)]
    # A cursor comes from a row of this list, so there is at least that row on its far side.
    behind = start is not None
    return Page(
        edges,
        _page_info(edges, behind if backward else more, more if backward else behind),
        statements.count(statement),
    )


async def connections(
    context: Context,
    statement: Select[T],
    parent: SQLColumnExpression[Any],
    parent_keys: Sequence[object],
    order: Order,
    *,
    first: int | None,
    after: str | None,
) -> list[Page[T]]:
    """Return a page for each parent, in the parents' order, by one statement for all of them.

    It is made from one that lists whatever any parent has, and the column of it that says whose each row is.
    """
    size, start = page_size(first, "first"), read_cursor(after, order, "after")
    rows = await context.database.rows(paging.pages(statement, parent, parent_keys, order.keys, start, size + 1))
    by_parent = grouped(rows, lambda row: row.parent)
    return [_page(by_parent[key], order, size) for key in parent_keys]


def listed(
    rows: Sequence[T], key: Callable[[T], tuple[str, ...]], order: Order, *, first: int | None, after: str | None
) -> Page[T]:
    """Return one page of rows that are all at hand, and sorted by their keys."""
    size, start = page_size(first, "first"), read_cursor(after, order, "after")
    begin = 0 if start is None else bisect_right(rows, tuple(map(str, start)), key=key)
    edges = [Edge(row, cursor_of(order, key(row))) for row in rows[begin : begin + size]]
    info = _page_info(edges, has_next=begin + size < len(rows), has_previous=begin > 0)
    return Page(edges, info, len(rows))


def _page(rows: Sequence[Any], order: Order, size: int) -> Page[Any]:
    past = [row for row in rows if row.past]
    edges = [Edge(row[0], cursor_of(order, row[4:])) for row in past[:size]]
    info = _page_info(edges, has_next=len(past) > size, has_previous=len(past) < len(rows))
    return Page(edges, info, rows[0].total if rows else 0)


def _page_info(edges: Sequence[Edge[Any]], has_next: bool, has_previous: bool) -> PageInfo:
    start, end = (edges[0].cursor, edges[-1].cursor) if edges else (None, None)
    return PageInfo(has_next_page=has_next, has_previous_page=has_previous, start_cursor=start, end_cursor=end)


def page_size(size: int | None, argument: str) -> int:
    """Return the size asked for, or the default; raise BadUserInput outside 0 to 100."""
    if size is None:
        return DEFAULT_SIZE
    if not 0 <= size <= LARGEST_SIZE:
        raise BadUserInput(argument, f"it must lie between 0 and {LARGEST_SIZE}, and is {size}")
    return size


def cursor_of(order: Order, values: Sequence[KeyValue]) -> str:
    """Return the cursor of the row with these key values."""
    return base64.urlsafe_b64encode(orjson.dumps([order.name, *values])).decode().rstrip("=")


def read_cursor(cursor: str | None, order: Order, argument: str) -> list[KeyValue] | None:
    """Return the key values that a cursor holds; raise BadUserInput where it is not a cursor of this order."""
    if cursor is None:
        return None
    try:
        decoded: Any = orjson.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (binascii.Error, UnicodeError, ValueError):
        decoded = None
    if not isinstance(decoded, list) or not decoded:
        raise BadUserInput(argument, "it is not a cursor that this API gave out")
    name, *values = cast("list[KeyValue]", decoded)
    if name != order.name or len(values) != len(order.keys):
        raise BadUserInput(argument, "the cursor belongs to another list or another order")
    if not all(_fits(value, key) for value, key in zip(values, order.keys, strict=True)):
        raise BadUserInput(argument, "it is not a cursor that this API gave out")
    return values


def _fits(value: object, key: Key) -> bool:
    if value is None:
        return key.nullable
    kind = key.python_type
    if isinstance(value, bool) or not isinstance(value, (int, float) if kind is float else kind):
        return False
    return not isinstance(value, int) or -_LARGEST_INTEGER <= value < _LARGEST_INTEGER
