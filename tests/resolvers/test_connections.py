"""Pages of lists that are in memory."""

import pytest
from sqlmodel import col

from db.models import Occupation
from db.paging import Key
from resolvers.connections import Order, Page, cursor_of, listed, page_size

BY_SLUG = Order("letters", (Key(col(Occupation.slug)),))
LETTERS = ["a", "b", "c", "d"]


def page(first: int | None, after: str | None = None) -> Page[str]:
    cursor = None if after is None else cursor_of(BY_SLUG, [after])
    return listed(LETTERS, lambda letter: (letter,), BY_SLUG, first=first, after=cursor)


@pytest.mark.parametrize(
    ("first", "after", "nodes", "has_next", "has_previous"),
    [
        pytest.param(3, None, ["a", "b", "c"], True, False, id="a first page"),
        pytest.param(4, None, LETTERS, False, False, id="a page of exactly the whole list"),
        pytest.param(2, "b", ["c", "d"], False, True, id="an exactly full last page"),
        pytest.param(2, "a", ["b", "c"], True, True, id="a page in the middle"),
        pytest.param(2, "d", [], False, True, id="after the last node"),
        pytest.param(0, None, [], True, False, id="an empty page"),
    ],
)
def test_a_page_of_a_list_in_memory(
    first: int, after: str | None, nodes: list[str], has_next: bool, has_previous: bool
) -> None:
    found = page(first, after)
    assert (found.nodes, found.total) == (nodes, 4)
    assert (found.page_info.has_next_page, found.page_info.has_previous_page) == (has_next, has_previous)


def test_a_cursor_between_two_nodes_starts_at_the_next_one() -> None:
    assert page(2, "bb").nodes == ["c", "d"]


def test_the_default_page_has_20_items_and_the_largest_100() -> None:
    assert (page_size(None, "first"), page_size(0, "first"), page_size(100, "first")) == (20, 0, 100)
