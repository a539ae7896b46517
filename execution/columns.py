"""Operations on columns: lists that hold one value for each parent of a list.

The program for a list reads one attribute of all items before it reads the next. If the values are lists themselves,
``flat`` joins them into one longer column and ``nested`` restores them; if some are None, ``present`` leaves them out
and ``spread`` restores them. The work is done per column and not per value, as far as Python allows.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

import orjson

from execution.arguments import Given
from execution.encoding import Items, encoded
from execution.fallback import FallbackToStrawberry
from execution.run import Context, Run
from execution.scalars import NONE

Column = Sequence[Any]

MANY = 100
"""The length of columns in which repeated objects are looked for, and the number of objects that are compared first."""

_LISTS = frozenset({list, tuple})


def column(get: Callable[[Any], Any], objects: Column) -> Column:
    """Return one attribute of all objects."""
    return list(map(get, objects))


def joined(*columns: Column) -> Column:
    """Return the values of several columns in one."""
    return list(chain.from_iterable(columns))


def taken(values: Iterator[Any], objects: Column) -> Column:
    """Take as many values as there are objects."""
    return list(islice(values, len(objects)))


def call_batch(context: Context, batch: Callable[..., Any], parents: Column, given: Given, price: int) -> Any:  # noqa: ANN401
    """Call a batch unless there are no parents; see ``Context.answer``."""
    return context.answer(batch, parents, given, price) if parents else []


def repeated(value: object, objects: Column) -> Column:
    """Return the same value for all objects."""
    return [value] * len(objects)


def rows(keys: Sequence[str], *columns: Column) -> Column:
    """Return a dictionary for each row of the columns, with these keys."""
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]


def empty(objects: Column) -> Column:
    """Return an empty dictionary for each object."""
    return [{} for _ in objects]


def present(values: Column) -> Column:
    """Return the values that are not None: the same column if there is no None."""
    # Classes are compared, because comparing objects with None may run their Python code.
    return [value for value in values if value is not None] if NONE in set(map(type, values)) else values


def spread(values: Column, made: Column) -> Column:
    """Return the results of ``present`` values, with None for the others."""
    if len(values) == len(made):
        return made
    following = iter(made)
    return [None if value is None else next(following) for value in values]


def flat(lists: Column) -> Column:
    """Join lists end to end; raise FallbackToStrawberry unless each value is one."""
    if not _LISTS.issuperset(map(type, lists)):
        raise FallbackToStrawberry
    return list(chain.from_iterable(lists))


def nested(lists: Column, made: Column) -> Column:
    """Return the results of the items of all lists, in lists of the same lengths."""
    following = iter(made)
    return [list(islice(following, len(items))) for items in lists]


def nested_items(lists: Column, made: Column) -> Column:
    """Do the same for long items, so that each list is counted when it is encoded."""
    following = iter(made)
    return [Items(islice(following, len(items))) for items in lists]


def distinct(objects: Column) -> Column:
    """Return each object once if most are repeated, such as the source of many figures; else the same column."""
    if len(objects) < MANY or 2 * len(set(map(id, objects[:: len(objects) // MANY]))) > MANY:
        return objects
    found = dict(zip(map(id, objects), objects, strict=True))
    return [*found.values()] if 2 * len(found) <= len(objects) else objects


def repeated_results(run: Run, objects: Column, distinct: Column, made: Column) -> Column:
    """Return the results of all objects, from those of ``distinct`` objects, each of which is encoded once."""
    if distinct is objects:
        return made
    texts = [encoded(each, run.size.max_bytes, counting=run.size.large) for each in made]
    results = dict(zip(map(id, distinct), map(orjson.Fragment, texts), strict=True))
    return [*map(results.__getitem__, map(id, objects))]


class KnownClasses:
    """The Python classes whose objects are of an object type. Each class is tested once."""

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


class RuntimeTypes:
    """The object types of an abstract type's objects. Each Python class is tested once."""

    def __init__(self, name_of: Callable[[object], str | None]) -> None:
        self._names: dict[type, str] = {}
        self._name_of = name_of

    def of(self, value: object) -> str:
        """Return the name of an object's type; raise FallbackToStrawberry if it has none."""
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


def of_type(values: Column, types: Sequence[str], name: str) -> Column:
    """Return the objects of one type."""
    return [value for value, type_ in zip(values, types, strict=True) if type_ == name]


def merged(types: Sequence[str], names: Sequence[str], *made: Column) -> Column:
    """Return the results of objects of several types, in the order of the objects."""
    following = {name: iter(column) for name, column in zip(names, made, strict=True)}
    return [next(following[type_]) for type_ in types]
