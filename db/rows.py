"""Rows as they are read: plain tuples with the attributes of their table's class, and none of its machinery.

Making an object that the mapper can follow takes as long as reading it from the database ten times over, and rows that
are read are never written. To a type checker a row is of its table's class.

Rows may be *narrow*: of their columns they have the primary key and those that were asked for. To read another one is
an error, so that what was not fetched is never taken for what is not published.
"""

from collections import namedtuple
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, NamedTuple, ParamSpec, TypeGuard, TypeVar, cast

import orjson
from sqlalchemy import JSON
from sqlmodel import col

from db import models
from db.models import Row

P = ParamSpec("P")
V = TypeVar("V")
T = TypeVar("T", bound=Row)

Wanted = frozenset[str] | None
"""The columns that rows are to have beside their primary keys: "Wage.annual_mean", or "annual_mean" of whatever table.
None for all columns."""

_MOST_SHAPES = 1000
"""How many narrow shapes there are at most, since classes are never forgotten. Rows of any other are read whole."""


class NotFetchedError(Exception):
    """A column was read off a row that was fetched without it: whoever reads it must say so, see resolvers/reads.py."""


def remembered(function: Callable[P, V]) -> Callable[P, V]:
    """Return a function that remembers what it has returned: for those that are asked with a table.

    To type checkers it is the same function, since they think that tables can't be hashed.
    """
    return cast("Callable[P, V]", cache(function))  # pyright: ignore[reportArgumentType]


_BESIDE: dict[type[Row], tuple[str, ...]] = {models.OccupationSkill: ("skill", "occupation")}
"""What rows of a table can have beside their columns: rows of other tables, where the statement has fetched them."""


@remembered
def columns_of(table: type[Row]) -> dict[str, Any]:
    """Return the columns of a table by their names, in its rows' order."""
    return {column.name: col(getattr(table, column.name)) for column in Row.metadata.tables[str(table.__tablename__)].c}


class Shape(NamedTuple):
    """The class of rows, and the columns that they have, in their order."""

    row: type[Any]
    columns: dict[str, Any]


@remembered
def class_of(table: type[Row]) -> type[Any]:
    """Return the class of a table's rows: whole ones are of it directly, narrow ones by a class of their own."""
    return _class(table, [*columns_of(table)])


def _class(table: type[Row], columns: list[str], *bases: type[Any], **others: object) -> type[Any]:
    names = [*columns, *_BESIDE.get(table, ())]
    plain = namedtuple(table.__name__, names, defaults=[None] * len(names))  # type: ignore[misc]
    encoded = [name for name in columns if isinstance(columns_of(table)[name].type, JSON)]
    decoded = {name: _decoded(names.index(name)) for name in encoded}
    return type(table.__name__, (plain, *bases), {"__slots__": (), "__doc__": table.__doc__, **decoded, **others})


@remembered
def optional_columns(table: type[Row]) -> dict[str, str]:
    """Return the names of a table's columns that may be wanted or not, and the same with the table's name."""
    names = [name for name, column in columns_of(table).items() if not column.expression.primary_key]
    return {name: f"{table.__name__}.{name}" for name in names}


_narrow: dict[tuple[type[Row], frozenset[str]], Shape] = {}


def shape_of(table: type[Row], wanted: Wanted) -> Shape:
    """Return the shape of a table's rows where these columns are wanted."""
    left_out = frozenset[str]()
    if wanted is not None:
        left_out |= {name for name, full in optional_columns(table).items() if not {name, full} & wanted}
    key: Any = (table, left_out)
    if not left_out or (key not in _narrow and len(_narrow) >= _MOST_SHAPES):
        return Shape(class_of(table), columns_of(table))
    if key not in _narrow:
        columns = {name: column for name, column in columns_of(table).items() if name not in left_out}
        lacking = {name: _lacking(table, name) for name in left_out}
        _narrow[key] = Shape(_class(table, [*columns], class_of(table), **lacking), columns)
    return _narrow[key]


def row_of(table: type[T], **values: object) -> T:
    """Return a row that no database has, as resolvers make them up for what is not published."""
    return cast("T", class_of(table)(**values))


def is_row_of(table: type[T], value: object) -> TypeGuard[T]:
    """Tell whether something is a row of a table."""
    return isinstance(value, class_of(table))


def _lacking(table: type[Row], name: str) -> property:
    """Refuse to read a column that was not fetched."""

    def read(_: tuple[Any, ...]) -> Any:  # noqa: ANN401 - it returns nothing
        raise NotFetchedError(f"{table.__name__}.{name} was not fetched")

    return property(read)


def _decoded(position: int) -> property:
    """Read JSON when it is asked for, which it seldom is."""

    def read(row: tuple[Any, ...]) -> Any:  # noqa: ANN401 - whatever JSON holds
        value = row[position]
        return _loaded(value) if isinstance(value, str) else value

    return property(read)


@lru_cache(maxsize=10_000)
def _loaded(text: str) -> Any:  # noqa: ANN401
    return orjson.loads(text)
