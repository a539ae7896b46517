"""Lists of parents taken apart into columns of values, and put together again.

The program for a list reads one attribute of all its items before it reads the next. Where the values are lists
themselves, they are laid end to end into one longer column, and where some are missing, into a shorter one; the steps
back are ``nested`` and ``spread``. All of this is work per column, not per value, as far as Python allows.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from execution.fallback import FallbackToStrawberry
from execution.scalars import NONE

Column = Sequence[Any]

_LISTS = frozenset({list, tuple})


def column(get: Callable[[Any], Any], objects: Column) -> Column:
    """Return one attribute of all objects."""
    return list(map(get, objects))


def joined(*columns: Column) -> Column:
    """Return the objects of all columns in one."""
    return list(chain.from_iterable(columns))


def taken(values: Iterator[Any], objects: Column) -> Column:
    """Take as many values as there are objects."""
    return list(islice(values, len(objects)))


def ask(answer: Callable[..., Any], batch: object, parents: Column, given: object) -> Any:  # noqa: ANN401 - see Context
    """Ask a batch, unless there is nobody to ask it for."""
    return answer(batch, parents, given) if parents else []


def repeated(value: object, objects: Column) -> Column:
    """Return the same value for all objects."""
    return [value] * len(objects)


def rows(keys: Sequence[str], *columns: Column) -> Column:
    """Return an object for each row of columns, which are named by the keys."""
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]


def empty(objects: Column) -> Column:
    """Return an object without fields for each object."""
    return [{} for _ in objects]


def present(values: Column) -> Column:
    """Return what is not None: the column itself where all is there."""
    # By their classes, since to compare rows with None may run Python for each of them.
    return [value for value in values if value is not None] if NONE in set(map(type, values)) else values


def spread(values: Column, made: Column) -> Column:
    """Return what was made of the values that are present, with None where there was none."""
    if len(values) == len(made):
        return made
    following = iter(made)
    return [None if value is None else next(following) for value in values]


def flat(lists: Column) -> Column:
    """Lay lists end to end; raise FallbackToStrawberry unless each value is one."""
    if not _LISTS.issuperset(map(type, lists)):
        raise FallbackToStrawberry
    return list(chain.from_iterable(lists))


def nested(lists: Column, made: Column) -> Column:
    """Return what was made of the items of all lists, in lists of the same lengths."""
    following = iter(made)
    return [list(islice(following, len(items))) for items in lists]


class Classes:
    """The classes whose objects are known to be of a type, which is found out once for each class."""

    def __init__(self, is_of_type: Callable[[object], bool]) -> None:
        self.known: set[type] = set()
        self._is_of_type = is_of_type

    def require(self, value: object) -> None:
        """Raise FallbackToStrawberry unless an object is of the type."""
        if value.__class__ in self.known:
            return
        if value is None or isinstance(value, Exception) or not self._is_of_type(value):
            raise FallbackToStrawberry
        self.known.add(value.__class__)

    def require_all(self, values: Column) -> None:
        """Raise FallbackToStrawberry unless all objects are of the type."""
        if not self.known.issuperset(map(type, values)):
            for value in values:
                self.require(value)


class Kinds:
    """The types that objects of an abstract type are of, which is found out once for each class."""

    def __init__(self, name_of: Callable[[object], str | None]) -> None:
        self._names: dict[type, str] = {}
        self._name_of = name_of

    def of(self, value: object) -> str:
        """Return the name of an object's type; raise FallbackToStrawberry where it has none."""
        name = self._names.get(value.__class__)
        if name is None:
            name = None if value is None or isinstance(value, Exception) else self._name_of(value)
            if name is None:
                raise FallbackToStrawberry
            self._names[value.__class__] = name
        return name

    def all(self, values: Column) -> list[str]:
        """Return the names of all objects' types."""
        return list(map(self.of, values))


def of_kind(values: Column, kinds: Sequence[str], wanted: str) -> Column:
    """Return the objects of one type."""
    return [value for value, kind in zip(values, kinds, strict=True) if kind == wanted]


def merged(kinds: Sequence[str], names: Sequence[str], *made: Column) -> Column:
    """Return what was made of objects of several types, in the order of the objects."""
    following = {name: iter(column) for name, column in zip(names, made, strict=True)}
    return [next(following[kind]) for kind in kinds]
