"""Statements with the type of their rows, and the rows that requests read.

A row of a table is a named tuple with the table's columns. To a type checker it is an instance of the table's class,
which has the same attributes. It is neither of the two things that SQLAlchemy offers:

- A session tracks the changes of instances, and rows of requests never change. 100 wages take 1.0 millisecond as
  instances, 0.6 as named tuples.
- An attribute of SQLAlchemy's ``Row`` takes 0.39 microseconds to read, of a named tuple 0.04. A comparison of cached
  rows takes 100 and reads some two hundred attributes. And GraphQL tells an Occupation from a Skill by the class of the
  object, which is the same for all ``Row`` objects.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from operator import itemgetter
from typing import Any, Generic, NamedTuple, ParamSpec, TypeGuard, TypeVar, TypeVarTuple, cast

from sqlalchemy import Dialect, Select, SQLColumnExpression
from sqlalchemy import Row as ResultRow

from db.key_sets import one_of
from db.models import Row, table_of

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Ts = TypeVarTuple("Ts")
V = TypeVar("V")


def cached_by_table(function: Callable[P, V]) -> Callable[P, V]:
    """Cache the results of a function that takes a table. Type checkers do not know that table classes are hashable."""
    return cast("Callable[P, V]", cache(function))  # pyright: ignore[reportArgumentType]


# Rows of tables


class RowClass(NamedTuple):
    """The class of a table's rows, and what reads the primary key of their values."""

    make: Callable[[Iterable[Any]], Any]
    type: type[Any]
    primary_key: Callable[[Sequence[Any]], Any]


@cached_by_table
def row_class(table: type[Row]) -> RowClass:
    """Return the class of a table's rows."""
    columns = table_of(table).c
    create: Any = namedtuple
    created = create(table.__name__, columns.keys(), defaults=[None] * len(columns))
    key = itemgetter(*(place for place, column in enumerate(columns) if column.primary_key))
    # Without _make's check of the length, which a statement's columns always have, a row takes half the time.
    return RowClass(partial(cast("Any", tuple).__new__, created), created, key)


def row_of(table: type[T], **values: object) -> T:
    """Return a row that is not in the database; columns without a value are None."""
    return cast("T", row_class(cast("type[Row]", table)).type(**values))


def is_row_of(table: type[T], value: object) -> TypeGuard[T]:
    """Return whether a value is a row of a table."""
    return isinstance(value, row_class(cast("type[Row]", table)).type)


# Statements

Intern = Callable[[RowClass, Iterable[Sequence[Any]]], list[Any]]
"""Returns the rows of a table that have these values: those that are in memory, or new ones."""


class Statement(Generic[T_co]):
    """A select that yields rows of a table, values of a column, or tuples of these.

    ``single``, ``several``, ``keyed`` and ``keyed_several`` create one with the type of its rows. db/database.py
    executes it with the values of its bound parameters.
    """

    def __init__(self, select: Select[*tuple[Any, ...]], *more: SQLColumnExpression[Any]) -> None:
        self.select = select
        self._columns: list[Any] = []
        self._parts = [self._add(part["expr"]) for part in select.column_descriptions]
        for column in more:
            self._place(column)
        # Tables are replaced by their columns, so that a Core connection executes it and yields plain values.
        self.executable = select.with_only_columns(*self._columns, maintain_column_froms=True)
        self._texts: dict[str, str] = {}

    def _add(self, part: Any) -> tuple[RowClass | None, slice]:  # noqa: ANN401 - a table's class or a column
        """Add the columns of a part, and return its row class, if it is a table, and the place of its columns."""
        if not (isinstance(part, type) and issubclass(part, Row)):
            place = self._place(part)
            return None, slice(place, place + 1)
        start = len(self._columns)
        self._columns += [getattr(part, column.name) for column in table_of(part).c]
        return row_class(part), slice(start, len(self._columns))

    def _place(self, column: Any) -> int:  # noqa: ANN401 - as above
        """Return the place of a column, which is added unless it is selected already."""
        place = next((place for place, known in enumerate(self._columns) if known is column), len(self._columns))
        if place == len(self._columns):
            self._columns.append(column)
        return place

    def text(self, dialect: Dialect) -> str:
        """Return the SQL."""
        if dialect.name not in self._texts:
            self._texts[dialect.name] = str(self.executable.compile(dialect=dialect))
        return self._texts[dialect.name]

    def rows(self, results: Sequence[ResultRow[Any]], intern: Intern | None) -> list[T_co]:
        """Return the rows that results stand for, those of tables as ``intern`` returns them."""
        parts: list[list[Any]] = []
        for row_type, place in self._parts:
            if row_type is None:
                parts.append([*map(itemgetter(place.start), results)])
                continue
            values = results if len(self._columns) == place.stop - place.start else map(itemgetter(place), results)
            parts.append([*map(row_type.make, values)] if intern is None else intern(row_type, values))
        return parts[0] if len(parts) == 1 else cast("list[T_co]", [*zip(*parts, strict=True)])


class Keyed(Statement[T_co]):
    """A statement for many keys at once. Each of its rows belongs to one of them: the value of an expression."""

    def __init__(self, select: Select[*tuple[Any, ...]], key: SQLColumnExpression[Any]) -> None:
        super().__init__(select, key)
        self.key = itemgetter(self._place(key))
        """Reads the key of a result."""


def single(select: Select[T]) -> Statement[T]:
    """Create a statement that yields rows of a table, or values of a column."""
    return Statement(select)


def several(select: Select[*Ts]) -> Statement[tuple[*Ts]]:
    """Create a statement that yields tuples."""
    return Statement(select)


def keyed(select: Select[T], key: SQLColumnExpression[Any]) -> Keyed[T]:
    """Create a statement for the rows of a table that have one of many keys."""
    return Keyed(select.where(one_of(key)), key)


def keyed_several(select: Select[*Ts], key: SQLColumnExpression[Any]) -> Keyed[tuple[*Ts]]:
    """Create a statement for the tuples that have one of many keys."""
    return Keyed(select.where(one_of(key)), key)
