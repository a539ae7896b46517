"""Queries by key: one SQL text for any number of keys, and rows in the order of the keys."""

from collections.abc import Callable, Hashable, Sequence

import pytest
from sqlalchemy import SQLColumnExpression, select
from sqlmodel import col

from db import paging, statements
from db.database import Database
from db.key_sets import KEYS, listed_keys
from db.models import ALL_INDUSTRIES, NATION, Occupation, Share
from db.paging import Key
from db.rows import single
from db.vocabulary import ShareKind
from tests.conftest import Recorder
from tests.db.reading import ask


@pytest.fixture(scope="module")
def url(seeded_database: Callable[[], str]) -> str:
    """The URL of a seeded database of each dialect."""
    return seeded_database()


def texts(url: str, *questions: Callable[[Database], object]) -> set[str]:
    recorder = Recorder()

    async def all_of_them(database: Database) -> None:
        database.observers.append(recorder)
        for question in questions:
            await question(database)  # type: ignore[misc]

    ask(url, all_of_them)
    assert len(recorder.statements) == len(questions)
    return set(recorder.statements)


@pytest.mark.parametrize("keys", [[1], [1, 2], [*range(1000)], []])
def test_any_number_of_keys_is_the_same_sql(url: str, keys: Sequence[int]) -> None:
    by_id = statements.occupations_by_id()
    found = texts(
        url, lambda database: database.each(by_id, [1, 2, 3]), lambda database: database.each(by_id, [9, *keys])
    )
    assert len(found) == 1


def test_other_values_are_the_same_sql(url: str) -> None:
    keys = (Key(col(Occupation.title)), Key(col(Occupation.slug)))

    def page(*after: str) -> Callable[[Database], object]:
        wanted = statements.skills(None, after[0])
        statement = paging.page(statements.occupations().select, keys, after)
        assert statements.skills(None, "other").select is wanted.select
        return lambda database: database.all(statement, **paging.values_after(after), limit=len(after[0]))

    assert len(texts(url, page("Baker", "baker"), page("Cook", "cook"))) == 1


def test_rows_are_returned_in_the_order_of_the_keys(url: str) -> None:
    async def read(database: Database) -> tuple[list[str | None], list[list[ShareKind]]]:
        rows = await database.first_each(statements.occupations_by_id(), [2, 1, 99, 2])
        shares = await database.each(statements.shares(), [1, 99], kinds=(ShareKind.GENDER,))
        return [None if row is None else row.slug for row in rows], [
            [share.kind for share in of_one] for of_one in shares
        ]

    slugs, kinds = ask(url, read)
    assert slugs[0] == slugs[3] != slugs[1]
    assert slugs[2] is None
    assert (set(kinds[0]), kinds[1]) == ({ShareKind.GENDER}, [])


@pytest.mark.parametrize(
    "key", ["\0", "media-producer\0", "'", '"', "\\u0000", "[", "\N{CLAPPER BOARD}", "%s", "?", ":a"]
)
def test_special_characters_in_keys_match_literally(url: str, key: str) -> None:
    found = ask(url, lambda database: database.first_each(statements.occupations_by_slug(), [key, "media-producer"]))
    assert [row and row.slug for row in found] == [None, "media-producer"]


@pytest.mark.parametrize(
    ("like", "keys"),
    [
        (
            col(Occupation.slug),
            ('"', "\\", '\\"', "{", "}", ",", "a b", " ", "", "NULL", "\n", "'", "é\N{CLAPPER BOARD}"),
        ),
        (col(Occupation.slug), ()),
        (col(Occupation.id), (1, -1, 40_000, 2**31 - 1)),
        (col(Occupation.id), ()),
    ],
)
def test_keys_reach_the_database_as_they_are(
    url: str, like: SQLColumnExpression[Hashable], keys: tuple[Hashable]
) -> None:
    statement = single(select(listed_keys(like)))
    assert [*ask(url, lambda database: database.all(statement, **{KEYS: keys}))] == [*keys]


def test_a_nul_does_not_end_a_value_of_a_set(url: str) -> None:
    async def read(database: Database, area: str) -> list[str]:
        [cells] = await database.each(statements.wage_cells(), [1], areas=(area,), industries=(ALL_INDUSTRIES,))
        return [cell.area_code for cell in cells]

    assert ask(url, lambda database: read(database, NATION)) == [NATION]
    assert ask(url, lambda database: read(database, f"{NATION}\0")) == []


def test_one_each_raises_for_a_missing_row(url: str) -> None:
    assert [row.code for row in ask(url, lambda database: database.one_each(statements.areas_by_code(), ["US"]))] == [
        "US"
    ]
    with pytest.raises(KeyError, match="expected one row, found 0"):
        ask(url, lambda database: database.one_each(statements.areas_by_code(), ["US", "nowhere"]))


def test_one_each_raises_for_a_second_row(url: str) -> None:
    kinds = (ShareKind.GENDER,)
    with pytest.raises(KeyError, match="expected one row, found 2"):
        ask(url, lambda database: database.one_each(statements.shares(), [1], kinds=kinds))


def test_every_column_of_a_table_is_read(url: str) -> None:
    [share, *_] = ask(url, lambda database: database.each(statements.shares(), [1], kinds=tuple(ShareKind)))[0]
    assert set(share._fields) == set(Share.model_fields)  # type: ignore[attr-defined]
