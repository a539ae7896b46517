"""Relay cursor connections, with keyset pagination."""

import base64
import binascii
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar, cast

import orjson

from db import paging
from db.paging import Key, KeyValue, Listing, Lists
from db.rows import Keyed, Statement
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.grouping import grouped
from resolvers.page_size import DEFAULT_SIZE, LARGEST_SIZE

_LARGEST_INTEGER = 2**31
"""The bound of GraphQL's and PostgreSQL's integers, and so of every integer in a cursor."""

_NOT_A_CURSOR = "it is not a cursor of this API; send one from pageInfo or edges"

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Order:
    """A named order. Its cursors include the name, so that a cursor of another list or order is refused."""

    name: str
    keys: tuple[Key, ...]


class Edge(NamedTuple, Generic[T]):
    """A node and its cursor."""

    node: T
    cursor: str


class PageInfo(NamedTuple):
    """The position of a page in its list."""

    page: "Page[Any]"
    has_next_page: bool
    has_previous_page: bool

    @property
    def start_cursor(self) -> str | None:
        """The first node's cursor."""
        return self.page.cursor(0) if self.page.nodes else None

    @property
    def end_cursor(self) -> str | None:
        """The last node's cursor."""
        return self.page.cursor(-1) if self.page.nodes else None


class Counted(NamedTuple):
    """The length of a list, as a statement that runs only if a client selects totalCount."""

    statement: Statement[int]
    values: Mapping[str, Hashable]


class CountedEach(NamedTuple):
    """The length of one parent's list; one statement counts the lists of many parents."""

    statement: Keyed[int]
    values: Mapping[str, Hashable]
    parent: Hashable


class Page(Generic[T]):
    """One page of a list. Cursors, which few clients select, are computed on access."""

    __slots__ = ("_has_next", "_has_previous", "_key", "_order", "_rows", "nodes", "total")

    def __init__(
        self,
        nodes: Sequence[T],
        rows: Sequence[Any],
        key: Callable[[Any], Sequence[KeyValue]],
        order: Order,
        *,
        has_next: bool,
        has_previous: bool,
        total: int | Counted | CountedEach,
    ) -> None:
        self.nodes = nodes
        self.total = total
        self._has_next = has_next
        self._has_previous = has_previous
        self._rows = rows
        self._key = key
        self._order = order

    @property
    def page_info(self) -> PageInfo:
        """The page's position. It is not stored: a reference cycle would keep the page until garbage collection."""
        return PageInfo(self, self._has_next, self._has_previous)

    @property
    def edges(self) -> list[Edge[T]]:
        """The page's nodes with their cursors."""
        return [Edge(node, self.cursor(place)) for place, node in enumerate(self.nodes)]

    def cursor(self, place: int) -> str:
        """Return the cursor of the node at an index."""
        return cursor_of(self._order, self._key(self._rows[place]))


async def total_count(pages: Sequence[Page[Any]], context: Context) -> Sequence[int]:
    """The length of each page's whole list."""
    together = grouped((p.total for p in pages if isinstance(p.total, CountedEach)), _count_key)
    counted: dict[tuple[object, Hashable], int] = {}
    for count_key, totals in together.items():
        keys = [total.parent for total in totals]
        numbers = await context.database.first_each(totals[0].statement, keys, **totals[0].values)
        counted |= {(count_key, key): number or 0 for key, number in zip(keys, numbers, strict=True)}
    return [
        counted[_count_key(page.total), page.total.parent]
        if isinstance(page.total, CountedEach)
        else await _counted(page.total, context)
        for page in pages
    ]


def _count_key(total: CountedEach) -> tuple[Hashable, ...]:
    return (total.statement, *total.values.items())


async def _counted(total: int | Counted | CountedEach, context: Context) -> int:
    return total if isinstance(total, int) else await context.database.one(total.statement, **total.values)


async def connection(
    context: Context,
    listing: Listing[T],
    order: Order,
    *,
    first: int | None,
    after: str | None,
    last: int | None = None,
    before: str | None = None,
) -> Page[T]:
    """Return one page of a list: forward, or backward if ``last`` or ``before`` is given."""
    backward, size, start = _asked_page(order, first, after, last, before)
    statement = paging.page(listing.select, order.keys, start, backward=backward)
    rows = await context.database.all(statement, **listing.values, **paging.values_after(start), limit=size + 1)
    more, rows = len(rows) > size, rows[:size]
    if backward:
        rows = rows[::-1]
    # A cursor comes from a row of this list, so at least that row is on its other side.
    behind = start is not None
    return Page(
        [row[0] for row in rows],
        rows,
        _after_node,
        order,
        has_next=behind if backward else more,
        has_previous=more if backward else behind,
        total=Counted(paging.count(listing.select), listing.values),
    )


def _asked_page(
    order: Order, first: int | None, after: str | None, last: int | None, before: str | None
) -> tuple[bool, int, list[KeyValue] | None]:
    """Return whether a page goes backward, its size, and the key values where it starts; raise BadUserInput."""
    backward = last is not None or before is not None
    if backward and (first is not None or after is not None):
        name = "last" if last is not None else "before"
        raise BadUserInput(name, "it pages backward and can't be combined with first or after, which page forward")
    if backward:
        return True, page_size(last, "last"), read_cursor(before, order, "before")
    return False, page_size(first, "first"), read_cursor(after, order, "after")


async def connections(
    context: Context,
    lists: Lists[T],
    parent_keys: Sequence[Hashable],
    order: Order,
    *,
    first: int | None,
    after: str | None,
    last: int | None = None,
    before: str | None = None,
    **values: Hashable,
) -> list[Page[T]]:
    """Return a page of each parent's list, in the parents' order, with one statement; see ``connection``."""
    backward, size, start = _asked_page(order, first, after, last, before)
    statement = paging.pages(lists, order.keys, start, backward=backward)
    asked = {**values, **paging.values_after(start), "limit": size + 1}
    pager = _pager(lists, tuple(values.items()), order, size, backward)
    return await context.database.made_each(pager, statement, parent_keys, **asked)


@lru_cache(maxsize=1000)
def _pager(
    lists: Lists[Any], values: tuple[tuple[str, Hashable], ...], order: Order, size: int, backward: bool
) -> Callable[[Sequence[Any]], Page[Any]]:
    """Return the function that makes a page from the rows of one parent."""
    counting, asked = paging.counts(lists), dict(values)

    def page(rows: Sequence[Any]) -> Page[Any]:
        past = [row for row in rows if row[2]]
        of_page = past[:size]
        more, behind = len(past) > size, len(past) < len(rows)
        if backward:
            of_page.reverse()
        has_next, has_previous = (behind, more) if backward else (more, behind)
        return Page(
            [row[0] for row in of_page],
            of_page,
            _after_place,
            order,
            has_next=has_next,
            has_previous=has_previous,
            total=CountedEach(counting, asked, rows[0][1]) if has_next or has_previous else len(past),
        )

    return page


def listed(
    rows: Sequence[T],
    key: Callable[[T], tuple[Any, ...]],
    order: Order,
    *,
    first: int | None,
    after: str | None,
    last: int | None = None,
    before: str | None = None,
) -> Page[T]:
    """Return one page of a list that is in memory, sorted by key, as ``connection`` does."""
    backward, size, start = _asked_page(order, first, after, last, before)
    cursor = None if start is None else tuple(start)
    if backward:
        end = len(rows) if cursor is None else bisect_left(rows, cursor, key=key)
        begin = max(0, end - size)
    else:
        begin = 0 if cursor is None else bisect_right(rows, cursor, key=key)
        end = min(begin + size, len(rows))
    nodes = rows[begin:end]
    return Page(nodes, nodes, key, order, has_next=end < len(rows), has_previous=begin > 0, total=len(rows))


_after_node, _after_place = itemgetter(slice(1, None)), itemgetter(slice(3, None))
"""The key values in the rows of ``paging.page`` and of ``paging.pages``."""


def page_size(size: int | None, argument: str) -> int:
    """Return the size of a page, by default DEFAULT_SIZE; raise BadUserInput unless it is 0 to LARGEST_SIZE."""
    if size is None:
        return DEFAULT_SIZE
    if not 0 <= size <= LARGEST_SIZE:
        raise BadUserInput(argument, f"it is {size}; it must be between 0 and {LARGEST_SIZE}")
    return size


def cursor_of(order: Order, values: Sequence[KeyValue]) -> str:
    """Return the cursor of the row with these key values."""
    return base64.urlsafe_b64encode(orjson.dumps([order.name, *values])).decode().rstrip("=")


def read_cursor(cursor: str | None, order: Order, argument: str) -> list[KeyValue] | None:
    """Return the key values in a cursor; raise BadUserInput if it isn't a cursor of this order."""
    if cursor is None:
        return None
    try:
        decoded: Any = orjson.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (binascii.Error, UnicodeError, ValueError):
        decoded = None
    if not isinstance(decoded, list) or not decoded:
        raise BadUserInput(argument, _NOT_A_CURSOR)
    name, *values = cast("list[KeyValue]", decoded)
    if name != order.name or len(values) != len(order.keys):
        raise BadUserInput(argument, "it is a cursor of another list or another order; start this one without a cursor")
    if not all(_fits(value, key) for value, key in zip(values, order.keys, strict=True)):
        raise BadUserInput(argument, _NOT_A_CURSOR)
    return values


def _fits(value: object, key: Key) -> bool:
    if value is None:
        return key.nullable
    kind = key.python_type
    if isinstance(value, bool) or not isinstance(value, (int, float) if kind is float else kind):
        return False
    return not isinstance(value, int) or -_LARGEST_INTEGER <= value < _LARGEST_INTEGER
