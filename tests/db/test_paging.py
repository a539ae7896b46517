"""Keyset pages compared with the same lists sorted in Python, forward and backward."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from db.database import Database
from db.models import ALL_INDUSTRIES, NATION, Area, Industry, Occupation, OccupationGroup, Source, Wage
from db.paging import Key, KeyValue, Listing, Lists
from db.vocabulary import AreaKind, GroupLevel, OccupationKind
from db.writing import writing
from resolvers.connections import Order, Page, connection, connections, cursor_of, total_count
from resolvers.context import Context
from resolvers.errors import BadUserInput
from tests.conftest import Recorder
from tests.examples import examples

T = TypeVar("T")

GROUPS = ("11-0000", "27-0000", "51-0000")
EMPTY_GROUP = "55-0000"


@dataclass(frozen=True)
class Listed:
    """An occupation of the list, with the figures of its orders."""

    slug: str
    title: str
    group: str
    annual_mean: float | None
    employment: int | None
    has_wage_row: bool = True

    def value(self, column: str) -> KeyValue:
        """The value of a column in the database; None without a wage row."""
        if column in {"annual_mean", "employment"} and not self.has_wage_row:
            return None
        found: KeyValue = getattr(self, column)
        return found


# Titles that differ in case or accents only, that lie beyond the basic plane, that are empty, and that repeat. An
# accent may be a character of its own, and code points are not in the order of UTF-16 units.
AWKWARD_TITLES = ("Baker", "baker", "BAKER", "Bäcker", "Bäcker", "Zoë", "", " ", "O'Neill \\ 100%_", "ﬀ", "🎬", "漢字")
# PostgreSQL's text holds any character but NUL.
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
titles = st.sampled_from(AWKWARD_TITLES) | st.text(characters, max_size=5)
slugs = st.text("abAB09-", min_size=1, max_size=6)
means = st.none() | st.sampled_from([0.0, 40_000.0, 40_000.5, 1e6]) | st.floats(10_000, 500_000)
employments = st.none() | st.sampled_from([0, 30, 50, 2**31 - 1])
occupations = st.builds(Listed, slugs, titles, st.sampled_from(GROUPS), means, employments, st.booleans())


@cache
def draw_rows() -> Sequence[Listed]:
    rows: dict[str, Listed] = {}

    @settings(max_examples=300, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    @given(occupations)
    def draw(row: Listed) -> None:
        rows.setdefault(row.slug, row)

    draw()
    return list(rows.values())


@dataclass(frozen=True)
class Catalogue:
    """A database and its rows."""

    url: str
    rows: Sequence[Listed]


@pytest.fixture(scope="module")
def catalogue(migrated_database: Callable[[], str]) -> Catalogue:
    url = migrated_database()
    rows = draw_rows()
    with writing(url) as session:
        session.add(Source(id="drawn", name="Drawn", license="MIT", digest=""))
        session.add(Area(code=NATION, name="United States", kind=AreaKind.NATION))
        session.add(Industry(code=ALL_INDUSTRIES, title="All industries"))
        session.add_all(
            OccupationGroup(code=code, title=code, level=GroupLevel.MAJOR) for code in (*GROUPS, EMPTY_GROUP)
        )
        session.flush()
        for number, row in enumerate(rows, start=1):
            session.add(
                Occupation(
                    id=number,
                    slug=row.slug,
                    title=row.title,
                    kind=OccupationKind.DETAILED,
                    group_code=row.group,
                    source_id="drawn",
                )
            )
        session.flush()
        session.add_all(
            Wage(
                occupation_id=number,
                area_code=NATION,
                industry_code=ALL_INDUSTRIES,
                annual_mean=row.annual_mean,
                employment=row.employment,
                source_id="drawn",
            )
            for number, row in enumerate(rows, start=1)
            if row.has_wage_row
        )
    return Catalogue(url, rows)


def ask(url: str, question: Callable[[Context], Awaitable[T]]) -> T:
    """Call a function with connections and an event loop of its own, so that examples do not share state."""

    async def answer() -> T:
        database = Database(url)
        try:
            return await question(Context(database))
        finally:
            await database.close()

    return asyncio.run(answer())


# Orders, in the database and in Python

COLUMNS: dict[str, tuple[Any, bool]] = {
    "title": (col(Occupation.title), False),
    "annual_mean": (col(Wage.annual_mean), True),
    "employment": (col(Wage.employment), True),
    "slug": (col(Occupation.slug), False),
}
"""The columns of orders, and whether they are nullable."""


@dataclass(frozen=True)
class Term:
    """A column to order by, and its direction."""

    column: str
    descending: bool = False


Terms = tuple[Term, ...]
BY_SLUG = Term("slug")
BY_MEAN = Term("annual_mean", descending=True)
terms_of_figures = st.builds(Term, st.sampled_from(["title", "annual_mean", "employment"]), st.booleans())
# The API's orders: a figure or the title in both directions, and then the slug.
ordinary: st.SearchStrategy[Terms] = terms_of_figures.map(lambda term: (term, BY_SLUG))
# Orders that it could have: several figures, and the slug in both directions.
elaborate: st.SearchStrategy[Terms] = st.tuples(
    st.lists(terms_of_figures, max_size=2, unique_by=lambda term: term.column),
    st.builds(Term, st.just("slug"), st.booleans()),
).map(lambda drawn: (*drawn[0], drawn[1]))
orders = ordinary | elaborate
sizes = st.integers(1, 100)


@cache
def order_of(terms: Terms) -> Order:
    keys = [Key(COLUMNS[term.column][0], term.descending, COLUMNS[term.column][1]) for term in terms]
    return Order(repr(terms), tuple(keys))


def in_order(rows: Sequence[Listed], terms: Terms) -> list[Listed]:
    """Sort by the last term first, since Python's sort is stable. Nulls come last."""
    ordered = list(rows)
    for term in reversed(terms):
        absent = [row for row in ordered if row.value(term.column) is None]
        present: list[tuple[Any, Listed]] = [
            (value, row) for row in ordered if (value := row.value(term.column)) is not None
        ]
        present.sort(key=lambda pair: pair[0], reverse=term.descending)
        ordered = [*(row for _, row in present), *absent]
    return ordered


def cursor_at(row: Listed, terms: Terms) -> str:
    return cursor_of(order_of(terms), [row.value(term.column) for term in terms])


NATIONAL = (col(Wage.occupation_id) == Occupation.id) & (col(Wage.area_code) == NATION)
LIST = Listing(select(Occupation).join(Wage, NATIONAL, isouter=True))
LISTS = Lists(LIST.select, col(Occupation.group_code))


def slugs_of(page: Page[Occupation]) -> list[str]:
    return [node.slug for node in page.nodes]


def test_the_drawn_rows_include_ties_and_nulls(catalogue: Catalogue) -> None:
    rows = catalogue.rows
    assert len(rows) > 60
    for column in ("title", "annual_mean", "employment"):
        values = [row.value(column) for row in rows if row.value(column) is not None]
        assert len(values) > len(set(values)) > 1, column
    assert sum(row.value("annual_mean") is None for row in rows) > 1
    assert not all(row.has_wage_row for row in rows)
    assert {row.group for row in rows} == set(GROUPS)


# One list


async def walk(
    context: Context, terms: Terms, size: int, *, backward: bool, rows: int
) -> tuple[list[Page[Occupation]], Sequence[int]]:
    """Every page of the list in order, and the list's total."""
    pages: list[Page[Occupation]] = []
    cursor: str | None = None
    more = True
    while more:
        page = await (
            connection(context, LIST, order_of(terms), first=None, after=None, last=size, before=cursor)
            if backward
            else connection(context, LIST, order_of(terms), first=size, after=cursor)
        )
        pages.append(page)
        assert len(pages) * size < rows + size, "the walk goes on past the number of rows"
        info = page.page_info
        cursor = info.start_cursor if backward else info.end_cursor
        more = info.has_previous_page if backward else info.has_next_page
    return pages, await total_count(pages[:1], context)


@examples(10)
@given(terms=orders, size=sizes)
@example(terms=(Term("title"), BY_SLUG), size=1)
@example(terms=(Term("annual_mean", descending=True), BY_SLUG), size=1)
def test_paging_forward_returns_every_row_once_in_order(catalogue: Catalogue, terms: Terms, size: int) -> None:
    expected = [row.slug for row in in_order(catalogue.rows, terms)]
    pages, totals = ask(catalogue.url, lambda context: walk(context, terms, size, backward=False, rows=len(expected)))
    assert [slug for page in pages for slug in slugs_of(page)] == expected
    for number, page in enumerate(pages):
        assert slugs_of(page) == expected[number * size : (number + 1) * size]
        assert page.page_info.has_previous_page == (number > 0)
        assert page.page_info.has_next_page == (number < len(pages) - 1)
    assert totals == [len(expected)]


@examples(10)
@given(terms=orders, size=sizes)
@example(terms=(Term("title"), BY_SLUG), size=1)
@example(terms=(Term("annual_mean", descending=True), BY_SLUG), size=1)
def test_paging_backward_returns_every_row_once_in_order(catalogue: Catalogue, terms: Terms, size: int) -> None:
    expected = [row.slug for row in in_order(catalogue.rows, terms)]
    pages, totals = ask(catalogue.url, lambda context: walk(context, terms, size, backward=True, rows=len(expected)))
    assert [slug for page in reversed(pages) for slug in slugs_of(page)] == expected
    for number, page in enumerate(pages):
        start, end = max(len(expected) - (number + 1) * size, 0), len(expected) - number * size
        assert slugs_of(page) == expected[start:end]
        assert page.page_info.has_next_page == (number > 0)
        assert page.page_info.has_previous_page == (number < len(pages) - 1)
    assert totals == [len(expected)]


@examples(10)
@given(terms=orders, size=sizes, data=st.data())
def test_a_page_starts_after_its_cursor(catalogue: Catalogue, terms: Terms, size: int, data: st.DataObject) -> None:
    rows = in_order(catalogue.rows, terms)
    place = data.draw(st.integers(0, len(rows) - 1), label="place")
    cursor = cursor_at(rows[place], terms)

    async def both(context: Context) -> tuple[Page[Occupation], Page[Occupation]]:
        order = order_of(terms)
        return (
            await connection(context, LIST, order, first=size, after=cursor),
            await connection(context, LIST, order, first=None, after=None, last=size, before=cursor),
        )

    after, before = ask(catalogue.url, both)
    assert slugs_of(after) == [row.slug for row in rows[place + 1 :][:size]]
    assert slugs_of(before) == [row.slug for row in rows[:place][-size:]]
    assert (after.page_info.has_previous_page, before.page_info.has_next_page) == (True, True)
    assert after.page_info.has_next_page == (place + 1 + size < len(rows))
    assert before.page_info.has_previous_page == (place > size)
    for page in (after, before):
        assert [edge.cursor for edge in page.edges] == [
            cursor_at(row, terms) for node in page.nodes for row in rows if row.slug == node.slug
        ]
        ends = (page.edges[0].cursor, page.edges[-1].cursor) if page.edges else (None, None)
        assert (page.page_info.start_cursor, page.page_info.end_cursor) == ends


# No drawn slug has this character, so no row of the list is at these cursors.
gone = st.builds(
    Listed, slugs.map("~{}".format) | slugs.map("{}~".format), titles, st.sampled_from(GROUPS), means, employments
)


@examples(15)
@given(terms=orders, size=sizes, row=gone)
@example(terms=(Term("annual_mean"), BY_SLUG), size=100, row=Listed("~", "", GROUPS[0], None, None))
@example(terms=(Term("annual_mean"), BY_SLUG), size=100, row=Listed("-~", "", GROUPS[0], 0.0, None))
def test_a_cursor_of_a_deleted_row_keeps_its_place(catalogue: Catalogue, terms: Terms, size: int, row: Listed) -> None:
    rows = in_order([*catalogue.rows, row], terms)
    place, cursor = rows.index(row), cursor_at(row, terms)

    async def both(context: Context) -> tuple[Page[Occupation], Page[Occupation]]:
        order = order_of(terms)
        return (
            await connection(context, LIST, order, first=size, after=cursor),
            await connection(context, LIST, order, first=None, after=None, last=size, before=cursor),
        )

    after, before = ask(catalogue.url, both)
    assert slugs_of(after) == [row.slug for row in rows[place + 1 :][:size]]
    assert slugs_of(before) == [row.slug for row in rows[:place][-size:]]
    assert after.page_info.has_next_page == (len(rows) - place - 1 > size)
    assert before.page_info.has_previous_page == (place > size)


def test_an_empty_page_reports_whether_there_are_rows(catalogue: Catalogue) -> None:
    order = order_of((BY_SLUG,))

    async def pages(context: Context) -> tuple[Page[Occupation], Page[Occupation], Sequence[int]]:
        nothing = Listing(LIST.select.where(col(Occupation.slug) == "~"))
        some = await connection(context, LIST, order, first=0, after=None)
        none = await connection(context, nothing, order, first=0, after=None)
        return some, none, await total_count([some, none], context)

    some, none, totals = ask(catalogue.url, pages)
    assert (some.edges, none.edges) == ([], [])
    assert (some.page_info.has_next_page, some.page_info.has_previous_page) == (True, False)
    assert (none.page_info.has_next_page, none.page_info.has_previous_page) == (False, False)
    assert (some.page_info.start_cursor, some.page_info.end_cursor) == (None, None)
    assert totals == [len(catalogue.rows), 0]


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        pytest.param({"first": 101}, "first", id="first too large"),
        pytest.param({"first": -1}, "first", id="first below zero"),
        pytest.param({"last": 101}, "last", id="last too large"),
        pytest.param({"last": -1}, "last", id="last below zero"),
        pytest.param({"first": 1, "last": 1}, "last", id="first and last"),
        pytest.param({"first": 1, "before": "x"}, "before", id="first and before"),
        pytest.param({"after": "x", "last": 1}, "last", id="after and last"),
        pytest.param({"after": "x", "before": "x"}, "before", id="after and before"),
        pytest.param({"after": "x"}, "after", id="after no cursor"),
        pytest.param({"before": "x"}, "before", id="before no cursor"),
    ],
)
def test_invalid_page_arguments_are_refused_by_name(
    catalogue: Catalogue, arguments: dict[str, Any], argument: str
) -> None:
    complete: dict[str, Any] = {"first": None, "after": None} | arguments
    with pytest.raises(BadUserInput) as refused:
        ask(catalogue.url, lambda context: connection(context, LIST, order_of((BY_SLUG,)), **complete))
    assert refused.value.extensions == {"code": "BAD_USER_INPUT", "argument": argument}


# A list for each of many parents

ALL = [*GROUPS, EMPTY_GROUP]
BELOW, ABOVE = (Listed(slug, "", GROUPS[0], None, None) for slug in ("-~", "~"))
"""Rows that no list has: one near the first slug, one after the last."""
parents = st.lists(st.sampled_from(ALL), max_size=6)


async def pages_of(
    context: Context, keys: Sequence[str], terms: Terms, size: int, cursor: str | None, *, backward: bool = False
) -> tuple[list[Page[Occupation]], Sequence[int]]:
    order = order_of(terms)
    pages = await (
        connections(context, LISTS, keys, order, first=None, after=None, last=size, before=cursor)
        if backward
        else connections(context, LISTS, keys, order, first=size, after=cursor)
    )
    return pages, await total_count(pages, context)


@examples(15)
@given(
    keys=parents,
    terms=orders,
    size=st.integers(0, 100),
    row=gone | st.none(),
    backward=st.booleans(),
    data=st.data(),
)
@example(keys=ALL, terms=(BY_SLUG,), size=0, row=BELOW, backward=False, data=None)
@example(keys=ALL, terms=(BY_SLUG,), size=5, row=ABOVE, backward=False, data=None)
@example(keys=ALL, terms=(BY_SLUG,), size=0, row=ABOVE, backward=True, data=None)
@example(keys=ALL, terms=(BY_SLUG,), size=5, row=BELOW, backward=True, data=None)
@example(keys=ALL, terms=(BY_MEAN, BY_SLUG), size=5, row=None, backward=True, data=None)
def test_each_parent_gets_a_page_of_its_own_rows(
    catalogue: Catalogue,
    keys: list[str],
    terms: Terms,
    size: int,
    row: Listed | None,
    backward: bool,
    data: st.DataObject | None,
) -> None:
    # The cursor is of a row of one parent, or of a deleted one. Other parents may have rows on one side of it only.
    if row is None and data is not None:
        row = data.draw(st.none() | st.sampled_from(catalogue.rows), label="row")
    cursor = None if row is None else cursor_at(row, terms)
    pages, totals = ask(catalogue.url, lambda context: pages_of(context, keys, terms, size, cursor, backward=backward))
    assert len(pages) == len(keys)
    for key, page, total in zip(keys, pages, totals, strict=True):
        mine = in_order([other for other in catalogue.rows if other.group == key], terms)
        past = mine if row is None else _beyond(mine, row, terms, backward=backward)
        expected = past[max(len(past) - size, 0) :] if backward else past[:size]
        assert slugs_of(page) == [other.slug for other in expected]
        more, behind = len(past) > size, len(past) < len(mine)
        info = page.page_info
        assert (info.has_previous_page, info.has_next_page) == ((more, behind) if backward else (behind, more))
        assert total == len(mine)
        assert [edge.cursor for edge in page.edges] == [cursor_at(other, terms) for other in expected]


def _beyond(rows: Sequence[Listed], row: Listed, terms: Terms, *, backward: bool) -> list[Listed]:
    ordered = in_order([*(other for other in rows if other != row), row], terms)
    place = ordered.index(row)
    return ordered[:place] if backward else ordered[place + 1 :]


@examples(6)
@given(key=st.sampled_from(ALL), terms=orders, size=sizes, backward=st.booleans())
@example(key=GROUPS[0], terms=(Term("employment", descending=True), BY_SLUG), size=1, backward=False)
@example(key=GROUPS[0], terms=(Term("employment", descending=True), BY_SLUG), size=1, backward=True)
def test_paging_a_parents_list_returns_every_row_once_in_order(
    catalogue: Catalogue, key: str, terms: Terms, size: int, backward: bool
) -> None:
    expected = [row.slug for row in in_order(catalogue.rows, terms) if row.group == key]

    async def walked(context: Context) -> list[str]:
        found: list[str] = []
        cursor: str | None = None
        more = True
        while more:
            [page], _ = await pages_of(context, [key], terms, size, cursor, backward=backward)
            info, slugs = page.page_info, slugs_of(page)
            behind, more = info.has_previous_page, info.has_next_page
            if backward:
                behind, more = more, behind
            assert behind == (cursor is not None)
            found = slugs + found if backward else found + slugs
            assert len(found) <= len(expected), "the walk goes on past the number of rows"
            cursor = info.start_cursor if backward else info.end_cursor
        return found

    assert ask(catalogue.url, walked) == expected


def test_pages_and_totals_of_all_parents_take_one_statement_each(catalogue: Catalogue) -> None:
    recorder = Recorder()

    async def pages(context: Context) -> None:
        assert isinstance(context.database, Database)
        context.database.observers.append(recorder)
        await pages_of(context, [*GROUPS, EMPTY_GROUP], (BY_SLUG,), 5, None)

    ask(catalogue.url, pages)
    assert len(recorder.statements) == 2


def test_no_parents_get_no_pages(catalogue: Catalogue) -> None:
    assert ask(catalogue.url, lambda context: pages_of(context, [], (BY_SLUG,), 5, None)) == ([], [])
