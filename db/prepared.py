"""Statements that are built once: constant text for each kind of database, and values that are given when it is run.

Building a statement and compiling it takes longer than running it. So each is made when it is first asked for, with a
named parameter for whatever changes; a set of keys is one parameter, however many there are.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import Any, Generic, Self, TypeVar, TypeVarTuple, cast

import orjson
from sqlalchemy import (
    JSON,
    Boolean,
    ColumnClause,
    ColumnElement,
    Dialect,
    Enum,
    Integer,
    Select,
    SQLColumnExpression,
    bindparam,
    column,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine, UserDefinedType

from db.models import Row
from db.rows import Shape, shape_of

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Ts = TypeVarTuple("Ts")

Raw = Sequence[tuple[Any, ...]]
"""Rows as a driver returns them."""

Interned = Callable[[Hashable], tuple[Mapping[Any, Any], dict[Any, Any]]]
"""Where rows of a shape are looked for by their primary keys: those that are known, and those that are new."""

KEYS = "keys"
"""The parameter of a keyed statement that its keys are given in."""


# Sets of values as one parameter


class _Set(UserDefinedType[Any]):
    """A set of values of another type: a JSON array for SQLite, an array for PostgreSQL."""

    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        self.item = item

    def bind_processor(self, dialect: Dialect) -> Any:  # noqa: ANN401 - SQLAlchemy's own
        """Return what turns a set into what the driver takes."""
        encoded: Any = self.item.dialect_impl(dialect).bind_processor(dialect)
        on_sqlite = dialect.name == "sqlite"

        def process(values: Iterable[Any]) -> str | list[Any]:
            items = [*values] if encoded is None else [encoded(value) for value in values]
            return _array(items) if on_sqlite else items

        return process


_NUL = b"\\u0000"

_DOUBLE = 701
"""PostgreSQL's number for the type of all our numbers with a fraction, by which SQLAlchemy sees nothing to convert."""


def _array(values: list[Any]) -> str:
    """Write a JSON array. SQLite ends a text of one where a NUL is, which is in no row's: it becomes another."""
    written = orjson.dumps(values)
    if _NUL in written:
        replaced = [v.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(v, str) else v for v in values]
        written = orjson.dumps(replaced)
    return written.decode()


class _OneOf(FunctionElement[bool]):
    """Whether a column has one of the values of a set."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002 - SQLAlchemy's own signature
        """Stand in a condition as it is: elsewhere SQLite's booleans are compared with 1, and an index can't be."""
        return self


def one_of(which: SQLColumnExpression[Any], name: str = KEYS) -> ColumnElement[bool]:
    """Hold for the rows whose column has one of the values of a parameter."""
    typed = cast("ColumnElement[Any]", which)
    return _OneOf(typed, bindparam(name, type_=_Set(typed.type)))


@compiles(_OneOf, "sqlite")
def _sqlite_one_of(element: _OneOf, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    which, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{which} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - compiled SQL


@compiles(_OneOf, "postgresql")
def _postgresql_one_of(element: _OneOf, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    which, values = (compiler.process(clause, **options) for clause in element.clauses)
    [keyed_by, _] = element.clauses
    return f"{which} = ANY ({values}::{_array_of(keyed_by.type)})"


class _Listed(FunctionElement[Any]):
    """The values of a set as a table of one column."""

    inherit_cache = True


def listed_keys(like: SQLColumnExpression[Any]) -> ColumnClause[Any]:
    """Return the keys that a statement is asked with as the column of a table; they are of the type of a column."""
    kind = cast("ColumnElement[Any]", like).type
    table: Any = _Listed(bindparam(KEYS, type_=_Set(kind))).table_valued(column("value", kind), name="value")
    return cast("ColumnClause[Any]", table.c.value)


@compiles(_Listed, "sqlite")
def _sqlite_listed(element: _Listed, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    [values] = element.clauses
    return f"json_each({compiler.process(values, **options)})"


@compiles(_Listed, "postgresql")
def _postgresql_listed(element: _Listed, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    [values] = element.clauses
    return f"unnest({compiler.process(values, **options)}::{_array_of(cast('_Set', values.type).item)})"


def _array_of(kind: TypeEngine[Any]) -> str:
    return "INTEGER[]" if isinstance(kind, Integer) else "TEXT[]"


# Statements


class Statement(Generic[T_co]):
    """A select that yields rows, single values, or tuples of these; ``single`` and ``several`` make them.

    Where it is told of something beside, the second entity that it selects becomes that attribute of the first.
    """

    def __init__(self, select: Select[*tuple[Any, ...]], *, beside: str | None = None) -> None:
        self.select = select
        self._beside = beside
        self._compiled: dict[str, Compiled] = {}

    def on(self, dialect: Dialect) -> "Compiled":
        """Return what is run on a kind of database."""
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = self._compile(dialect)
        return compiled

    def _compile(self, dialect: Dialect) -> "Compiled":
        return compiled(self.select, dialect, self._beside, None)


class Keyed(Statement[T_co]):
    """A statement whose rows belong each to one of the keys that it is asked with: the value of an expression."""

    def __init__(
        self, select: Select[*tuple[Any, ...]], key: SQLColumnExpression[Any], *, beside: str | None = None
    ) -> None:
        super().__init__(select, beside=beside)
        self._key = key

    def _compile(self, dialect: Dialect) -> "Compiled":
        return compiled(self.select, dialect, self._beside, self._key)


def single(select: Select[T], *, beside: str | None = None) -> Statement[T]:
    """Prepare a statement that yields rows of a table, or values of a column."""
    return Statement(select, beside=beside)


def several(select: Select[*Ts]) -> Statement[tuple[*Ts]]:
    """Prepare a statement that yields tuples."""
    return Statement(select)


def keyed(select: Select[T], key: SQLColumnExpression[Any]) -> Keyed[T]:
    """Prepare a statement for the rows of a table that have one of many keys."""
    return Keyed(select.where(one_of(key)), key)


def keyed_several(select: Select[*Ts], key: SQLColumnExpression[Any]) -> Keyed[tuple[*Ts]]:
    """Prepare a statement for the tuples that have one of many keys."""
    return Keyed(select.where(one_of(key)), key)


# Compiled statements


@dataclass(frozen=True)
class Compiled:
    """A statement as one kind of database takes it."""

    text: str
    bound: Callable[[Mapping[str, Any]], Any]
    """Makes the driver's parameters of named values."""
    made: Callable[[Raw, Interned], list[Any]]
    """Makes rows of what the driver returns."""
    interned: Callable[[Raw, Interned], list[Any]]
    """Makes them likewise, but takes those that are known already."""
    key: int
    """Where in what the driver returns the key is, if there is one."""


def compiled(
    select: Select[*tuple[Any, ...]],
    dialect: Dialect,
    beside: str | None,
    key: SQLColumnExpression[Any] | None,
) -> Compiled:
    """Write a statement, and what makes its parameters and its rows."""
    parts = [shape_of(part) if _is_table(part) else part for part in _parts(select)]
    columns: list[Any] = []
    places = [_place(part, columns) for part in parts]
    key_place = 0 if key is None else _place(key, columns)
    written = select.with_only_columns(*columns, maintain_column_froms=True).compile(dialect=dialect)
    selected = [*zip(parts, places, strict=True)]
    return Compiled(
        text=written.string,
        bound=_binder(written),
        made=_maker(selected, dialect, beside, len(columns), interning=False),
        interned=_maker(selected, dialect, beside, len(columns), interning=True),
        key=key_place,
    )


def _parts(select: Select[*tuple[Any, ...]]) -> list[Any]:
    """Return what a statement selects: tables and columns."""
    return [description["expr"] for description in select.column_descriptions]


def _place(part: Any, columns: list[Any]) -> int:  # noqa: ANN401 - whatever a statement selects
    """Return where a part is among these columns. It is added to them, unless it is a column that is there already."""
    place = len(columns)
    if isinstance(part, Shape):
        columns += part.columns.values()
        return place
    place = next((known for known, column in enumerate(columns) if column is part), place)
    if place == len(columns):
        columns.append(part)
    return place


def _is_table(part: Any) -> bool:  # noqa: ANN401
    return isinstance(part, type) and issubclass(part, Row)


def _binder(written: SQLCompiler) -> Callable[[Mapping[str, Any]], Any]:
    """Return a function that makes the driver's parameters: in their order, or by name where the driver wants names."""
    # What SQLAlchemy's own executor uses.
    processors: Any = written._bind_processors  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    names = {name: bind for bind, name in written.bind_names.items()}
    constants = written.params
    known: dict[str, Any] = {}
    terms: dict[str, str] = {}
    for number, name in enumerate(written.positiontup or constants):
        process = processors.get(name)
        if name in names and names[name].required:
            known[f"process{number}"] = process
            terms[name] = f"values[{name!r}]" if process is None else f"process{number}(values[{name!r}])"
        else:
            known[f"constant{number}"] = constants[name] if process is None else process(constants[name])
            terms[name] = f"constant{number}"
    if written.positiontup is None:
        source = "{" + "".join(f"{name!r}: {term}, " for name, term in terms.items()) + "}"
    else:
        source = "(" + "".join(f"{terms[name]}, " for name in written.positiontup) + ")"
    return cast("Callable[[Mapping[str, Any]], Any]", _evaluated(f"lambda values: {source}", known))


def _maker(
    selected: Sequence[tuple[Any, int]], dialect: Dialect, beside: str | None, width: int, *, interning: bool
) -> Callable[[Raw, Interned], list[Any]]:
    """Return a function that makes rows, written for the statement: it does nothing that could be done before."""
    writing = _Writing(dialect)
    others: dict[str, str] = {}
    made: list[str] = []
    if beside is not None:
        others[beside] = writing.entity(*selected[1], interning=True, may_lack=True)
    for number, (part, start) in enumerate(selected):
        if beside is not None and number == 1:
            continue
        if isinstance(part, Shape):
            # A row that stands beside another is likely to stand beside many.
            made.append(writing.entity(part, start, interning=interning or number > 0, beside=others))
        else:
            made.append(writing.value(start, part.type))
    if made == ["row[0]"]:
        expression = "row[0]"
    elif made == [f"row[{n}]" for n in range(width)]:
        return lambda rows, _: list(rows)
    else:
        expression = made[0] if len(made) == 1 else f"({', '.join(made)})"
    setup = "".join(f"    {line}\n" for line in writing.setup)
    source = f"def make(rows, interned):\n{setup}    return [{expression} for row in rows]"
    return cast("Callable[[Raw, Interned], list[Any]]", _defined(source, writing.known))


class _Writing:
    """Writes expressions for parts of a driver's row, and collects what they speak of."""

    def __init__(self, dialect: Dialect) -> None:
        self.known: dict[str, Any] = {"made": cast("Any", tuple).__new__}
        self.setup: list[str] = []
        self._dialect = dialect
        self._names = count()

    def value(self, position: int, kind: TypeEngine[Any], *, lazily: bool = False) -> str:
        """Write how a column's value is read."""
        raw = f"row[{position}]"
        if lazily and isinstance(kind, JSON):
            return raw
        if isinstance(kind, Enum) and kind.enum_class is not None:
            return f"{self._name('words', _Words(kind))}[{raw}]"
        convert: Any = kind.dialect_impl(self._dialect).result_processor(self._dialect, _DOUBLE)
        if convert is None:
            return raw
        if isinstance(kind, Boolean):
            return f"{self._name('truths', {None: None, 0: False, 1: True})}[{raw}]"
        return f"{self._name('convert', convert)}({raw})"

    def entity(
        self,
        shape: Shape,
        start: int,
        *,
        interning: bool,
        beside: Mapping[str, str] = MappingProxyType({}),
        may_lack: bool = False,
    ) -> str:
        """Write how a row of a shape is made of the columns from a position on, or found by its primary key."""
        kind, columns = shape
        values = [self.value(start + n, c.type, lazily=True) for n, c in enumerate(columns.values())]
        stop = start + len(columns)
        if values == [f"row[{n}]" for n in range(start, stop)] and kind._fields == tuple(columns):
            values_of = f"row[{start}:{stop}]" if start else f"row[:{stop}]"
        else:
            rest = [beside.get(name, "None") for name in kind._fields[len(columns) :]]
            values_of = f"({', '.join([*values, *rest])})"
        made = f"made({self._name('kind', kind)}, {values_of})"
        if not interning:
            return made
        keys = [f"row[{start + n}]" for n, c in enumerate(columns.values()) if c.expression.primary_key]
        key = keys[0] if len(keys) == 1 else f"({', '.join(keys)})"
        held = self._name("shape", (kind, *beside))
        number = next(self._names)
        self.setup += [
            f"known{number}, fresh{number} = interned({held})",
            f"old{number}, new{number}, add{number} = known{number}.get, fresh{number}.get, fresh{number}.setdefault",
        ]
        name = f"key{number}"
        found = f"(old{number}({name} := {key}) or new{number}({name}) or add{number}({name}, {made}))"
        return f"(None if {keys[0]} is None else {found})" if may_lack else found

    def _name(self, prefix: str, thing: Any) -> str:  # noqa: ANN401
        name = f"{prefix}{next(self._names)}"
        self.known[name] = thing
        return name


class _Words(dict[str | None, Any]):
    """The words of an enum by what a column has for them."""

    def __init__(self, kind: Enum) -> None:
        words: Any = kind.enum_class
        super().__init__({None: None} | {word.name: word for word in words})

    def __missing__(self, word: str | None) -> Any:  # noqa: ANN401
        raise LookupError(f"{word!r} is not among the defined enum values: {', '.join(filter(None, self))}")


def _evaluated(source: str, known: dict[str, Any]) -> Any:  # noqa: ANN401
    return eval(source, known)  # noqa: S307 - written above, of names of our own


def _defined(source: str, known: dict[str, Any]) -> Any:  # noqa: ANN401
    exec(source, known)  # noqa: S102 - likewise
    return known["make"]
