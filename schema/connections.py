"""Relay cursor connections."""

from typing import Annotated, Generic, TypeVar

import strawberry

from resolvers import connections
from resolvers.connections import DEFAULT_SIZE, LARGEST_SIZE
from schema.fields import Argument, batch

T = TypeVar("T")

FIRST = Argument(int | None, f"How many to return, at most {LARGEST_SIZE}; {DEFAULT_SIZE} unless given.")
AFTER = Argument(str | None, "Return those after this cursor.")
LAST = Argument(
    int | None, f"How many to return from the end, at most {LARGEST_SIZE}; can't be combined with first and after."
)
BEFORE = Argument(str | None, "Return those before this cursor; can't be combined with first and after.")


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: Annotated[bool, strawberry.field(description="Whether the list goes on after this page.")]
    has_previous_page: Annotated[bool, strawberry.field(description="Whether the list has items before this page.")]
    start_cursor: Annotated[str | None, strawberry.field(description="The cursor of the page's first item.")]
    end_cursor: Annotated[str | None, strawberry.field(description="The cursor of the page's last item.")]


@strawberry.type(description="An item in its place in a list.")
class Edge(Generic[T]):
    node: Annotated[T, strawberry.field(description="The item.")]
    cursor: Annotated[str, strawberry.field(description="The item's place, to page from.")]


@strawberry.type(description="One page of a list.")
class Connection(Generic[T]):
    edges: Annotated[list[Edge[T]], strawberry.field(description="The page's items with their cursors.")]
    nodes: Annotated[list[T], strawberry.field(description="The page's items.")]
    page_info: Annotated[PageInfo, strawberry.field(description="Where the page lies in the list.")]
    total_count: Annotated[int, batch(connections.total_count, "How many items the whole list has.")]
