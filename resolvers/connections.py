"""Relay cursor connections over keyset pages."""

import base64
import binascii
from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar, cast

import orjson

from db import paging
from db.paging import Key, KeyValue, Listing, Lists
from db.prepared import Keyed, Statement
from resolvers.context import Context
from resolvers.errors import BadUserInput
from resolvers.grouping import grouped

DEFAULT_SIZE = 20
LARGEST_SIZE = 100
_LARGEST_INTEGER = 2**31
"""The end of GraphQL's integers, and of PostgreSQL's: no list has larger ones to order by."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Order:
    """A named order; the name is part of its cursors, so that a cursor can't be taken to another list unnoticed."""

    name: str
    keys: tuple[Key, ...]


class Edge(NamedTuple, Generic[T]):
    """A node in its place in the list."""

    node: T
    cursor: str


class PageInfo(NamedTuple):
    """Where a page lies in its list."""

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
    """The length of a list, as a statement to run when somebody asks."""

    statement: Statement[int]
    values: Mapping[str, Hashable]


class CountedEach(NamedTuple):
    """The same of the list of one parent: those of many are counted together."""

    statement: Keyed[int]
    values: Mapping[str, Hashable]
    parent: Hashable


class Page(Generic[T]):
    """One page of a list. What few ask for is made when they do: its cursors, and where it lies."""

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
        """Where it lies. A page that held this, which holds the page, would stay until the garbage is collected."""
        return PageInfo(self, self._has_next, self._has_previous)

    @property
    def edges(self) -> list[Edge[T]]:
        """The page's nodes with their cursors."""
        return [Edge(node, self.cursor(place)) for place, node in enumerate(self.nodes)]

    def cursor(self, place: int) -> str:
        """Return the cursor of the node in a place."""
        return cursor_of(self._order, self._key(self._rows[place]))


async def total_count(pages: Sequence[Page[Any]], context: Context) -> Sequence[int]:
    """How many nodes the whole list has."""
    together = grouped((p.total for p in pages if isinstance(p.total, CountedEach)), _question)
    counted: dict[tuple[object, Hashable], int] = {}
    for question, totals in together.items():
        keys = [total.parent for total in totals]
        numbers = await context.database.first_each(totals[0].statement, keys, **totals[0].values)
        counted |= {(question, key): number or 0 for key, number in zip(keys, numbers, strict=True)}
    return [
        counted[_question(page.total), page.total.parent]
        if isinstance(page.total, CountedEach)
        else await _counted(page.total, context)
        for page in pages
    ]


def _question(total: CountedEach) -> tuple[Hashable, ...]:
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
    """Return one page of a list, forward or, where ``last`` or ``before`` is given, backward."""
    backward = last is not None or before is not None
    if backward and (first is not None or after is not None):
        name = "last" if last is not None else "before"
        raise BadUserInput(name, "it walks backward and can't be combined with first or after, which walk forward")
    size = page_size(last, "last") if backward else page_size(first, "first")
    start = read_cursor(before, order, "before") if backward else read_cursor(after, order, "after")
    statement = paging.page(listing.select, order.keys, start, backward=backward)
    rows = await context.database.all(statement, **listing.values, **paging.values_after(start), limit=size + 1)
    more, rows = len(rows) > size, rows[:size]
    if backward:
        rows = rows[::-1]
    # A cursor comes from a row of this list, so there is at least that row on its far side.
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


async def connections(
    context: Context,
    lists: Lists[T],
    parent_keys: Sequence[Hashable],
    order: Order,
    *,
    first: int | None,
    after: str | None,
    **values: Hashable,
) -> list[Page[T]]:
    """Return a page of each parent's list, in the parents' order, by one statement for all of them."""
    size, start = page_size(first, "first"), read_cursor(after, order, "after")
    statement = paging.pages(lists, order.keys, start)
    asked = {**values, **paging.values_after(start), "limit": size + 1}
    pager = _pager(lists, tuple(values.items()), order, size)
    return await context.database.made_each(pager, statement, parent_keys, **asked)


@lru_cache(maxsize=1000)
def _pager(
    lists: Lists[Any], values: tuple[tuple[str, Hashable], ...], order: Order, size: int
) -> Callable[[Sequence[Any]], Page[Any]]:
    """Return what makes a page of the rows of one parent."""
    counting, asked = paging.counts(lists), dict(values)

    def page(rows: Sequence[Any]) -> Page[Any]:
        past = [row for row in rows if row[2]]
        of_page = past[:size]
        has_next, has_previous = len(past) > size, len(past) < len(rows)
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
    rows: Sequence[T], key: Callable[[T], tuple[str, ...]], order: Order, *, first: int | None, after: str | None
) -> Page[T]:
    """Return one page of rows that are all at hand, and sorted by their keys."""
    size, start = page_size(first, "first"), read_cursor(after, order, "after")
    begin = 0 if start is None else bisect_right(rows, tuple(map(str, start)), key=key)
    nodes = rows[begin : begin + size]
    return Page(
        nodes,
        nodes,
        key,
        order,
        has_next=begin + size < len(rows),
        has_previous=begin > 0,
        total=len(rows),
    )


_after_node, _after_place = itemgetter(slice(1, None)), itemgetter(slice(3, None))
"""Where the key values are: in rows of ``paging.page`` and in those of ``paging.pages``."""


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
