"""Relay cursor connections."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import strawberry

from resolvers import connections
from resolvers.page_size import DEFAULT_SIZE, LARGEST_SIZE
from schema.fields import Argument, batch, described

T = TypeVar("T")

FIRST = Argument(
    int | None,
    f"Number of items to return, from the start of the list. Maximum {LARGEST_SIZE}, default {DEFAULT_SIZE}.",
)
AFTER = Argument(str | None, "Cursor of an item: return the items after it.")
LAST = Argument(
    int | None,
    f"Number of items to return, from the end of the list. Maximum {LARGEST_SIZE}. Cannot be combined with first or "
    "after.",
)
BEFORE = Argument(str | None, "Cursor of an item: return the items before it. Cannot be combined with first or after.")


def paged(
    answer: Callable[..., Any],
    description: str,
    *,
    price: int = 0,
    deprecated: str | None = None,
    **arguments: Argument,
) -> Any:  # noqa: ANN401 - what Annotated takes
    """Declare a connection: a field that a batch function resolves, with the page arguments after the others."""
    return batch(
        answer,
        description,
        price=price,
        size=None,
        sizes=None,
        deprecated=deprecated,
        name=None,
        **arguments,
        first=FIRST,
        after=AFTER,
        last=LAST,
        before=BEFORE,
    )


@strawberry.type(description="The position of a page in its list.")
class PageInfo:
    has_next_page: Annotated[bool, described("Whether the list has items after this page.")]
    has_previous_page: Annotated[bool, described("Whether the list has items before this page.")]
    start_cursor: Annotated[str | None, described("Cursor of the page's first item; null for an empty page.")]
    end_cursor: Annotated[str | None, described("Cursor of the page's last item; null for an empty page.")]


@strawberry.type(description="An item of a list and its cursor.")
class Edge(Generic[T]):
    node: Annotated[T, described("The item.")]
    cursor: Annotated[str, described("The item's position, for the after and before arguments.")]


@strawberry.type(description="One page of a list.")
class Connection(Generic[T]):
    edges: Annotated[list[Edge[T]], described("The items of the page with their cursors.")]
    nodes: Annotated[list[T], described("The items of the page.")]
    page_info: Annotated[PageInfo, described("The position of the page in the list.")]
    total_count: Annotated[int, batch(connections.total_count, "Number of items in the whole list.", price=5)]
