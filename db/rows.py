"""Rows as they are read: plain tuples with the attributes of their table's class, and none of its machinery.

Making an object that the mapper can follow takes as long as reading it from the database ten times over, and rows that
are read are never written. To a type checker a row is of its table's class.
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
    """Return the class of a table's rows."""
    columns = columns_of(table)
    names = [*columns, *_BESIDE.get(table, ())]
    plain = namedtuple(table.__name__, names, defaults=[None] * len(names))  # type: ignore[misc]
    encoded = [name for name, column in columns.items() if isinstance(column.type, JSON)]
    decoded = {name: _decoded(names.index(name)) for name in encoded}
    return type(table.__name__, (plain,), {"__slots__": (), "__doc__": table.__doc__, **decoded})


@remembered
def shape_of(table: type[Row]) -> Shape:
    """Return the class of a table's rows, and their columns."""
    return Shape(class_of(table), columns_of(table))


def row_of(table: type[T], **values: object) -> T:
    """Return a row that no database has, as resolvers make them up for what is not published."""
    return cast("T", class_of(table)(**values))


def is_row_of(table: type[T], value: object) -> TypeGuard[T]:
    """Tell whether something is a row of a table."""
    return isinstance(value, class_of(table))


def _decoded(position: int) -> property:
    """Read JSON when it is asked for, which it seldom is."""

    def read(row: tuple[Any, ...]) -> Any:  # noqa: ANN401 - whatever JSON holds
        value = row[position]
        return _loaded(value) if isinstance(value, str) else value

    return property(read)


@lru_cache(maxsize=10_000)
def _loaded(text: str) -> Any:  # noqa: ANN401
    return orjson.loads(text)
