"""What is known of the schema's types, their fields and their objects, for all programs together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, cast

from graphql import GraphQLAbstractType, GraphQLField, GraphQLLeafType, GraphQLObjectType
from strawberry import Schema

from execution.columns import Classes, Kinds
from execution.fallback import NotCompilable
from execution.fields import Attribute, Batched, answered_by
from execution.scalars import Leaf, leaf
from execution.type_refs import Kind, kind_of, possible_types


@dataclass(frozen=True)
class Answered:
    """A field: how it is answered, and what with."""

    definition: GraphQLField
    kind: Kind
    by: Attribute | Batched


class Types:
    """The types of a schema.

    ``entities`` are the types whose objects can be told apart by an attribute, and that attribute.
    """

    def __init__(self, schema: Schema, entities: Mapping[str, str]) -> None:
        self.schema = schema
        self.entities = entities
        self._answered: dict[tuple[str, str], Answered] = {}
        self._leaves: dict[str, Leaf] = {}
        self._classes: dict[str, Classes] = {}
        self._kinds: dict[str, Kinds] = {}
        self._getters: dict[str, Callable[[Any], Any]] = {}

    def answered(self, kind: GraphQLObjectType, name: str) -> Answered:
        """Return how a field of a type is answered; raise NotCompilable where only the reference executor can."""
        found = self._answered.get((kind.name, name))
        if found is None:
            definition = kind.fields.get(name)
            if definition is None:
                raise NotCompilable(f"the field {name} is introspection's")
            found = Answered(definition, kind_of(definition), answered_by(definition, name))
            self._answered[kind.name, name] = found
        return found

    def leaf(self, kind: Kind) -> Leaf:
        """Return how values of the scalar or enum that a type comes down to are checked."""
        named = cast("GraphQLLeafType", kind.named)
        if named.name not in self._leaves:
            self._leaves[named.name] = leaf(named)
        return self._leaves[named.name]

    def classes(self, kind: GraphQLObjectType) -> Classes:
        """Return the classes whose objects are of a type."""
        if kind.name not in self._classes:
            test = cast("Callable[[object, None], bool] | None", kind.is_type_of)
            self._classes[kind.name] = Classes(lambda value: test is None or test(value, None))
        return self._classes[kind.name]

    def kinds(self, kind: GraphQLAbstractType) -> Kinds:
        """Return the types that objects of an abstract type are of."""
        if kind.name not in self._kinds:
            possible = [one for one in self.possible(kind) if one.is_type_of is not None]
            tests = [(one.name, cast("Callable[[object, None], bool]", one.is_type_of)) for one in possible]
            self._kinds[kind.name] = Kinds(lambda value: next((n for n, test in tests if test(value, None)), None))
        return self._kinds[kind.name]

    def possible(self, kind: GraphQLAbstractType) -> list[GraphQLObjectType]:
        """Return the object types that an interface or a union stands for."""
        return possible_types(self.schema, kind)

    def getter(self, name: str) -> Callable[[Any], Any]:
        """Return what reads an attribute."""
        if name not in self._getters:
            self._getters[name] = attrgetter(name)
        return self._getters[name]
