"""What programs need to know about the schema's types, collected once for all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, cast

from graphql import FieldNode, GraphQLAbstractType, GraphQLField, GraphQLLeafType, GraphQLObjectType
from strawberry import Schema

from bounded_cache import GenerationalCache
from execution.arguments import Arguments, arguments_of
from execution.columns import Column, KnownClasses, RuntimeTypes
from execution.costs import price_of_batch
from execution.fallback import NotCompilable
from execution.fields import AttributeField, BatchField, resolution_of
from execution.nodes import written_value
from execution.scalars import Leaf, leaf
from execution.type_refs import ListTypeRef, TypeRef, as_leaf, possible_types, type_ref_of

_ARGUMENT_CHARACTERS = 200_000
"""The capacity for arguments of fields, in characters as they are written."""

_CHARACTERS_EACH = 200
"""What the arguments of a field weigh without their text."""


@dataclass(frozen=True)
class ResolvableField:
    """A field of an object type, its type and how it is resolved."""

    definition: GraphQLField
    type: TypeRef
    resolution: AttributeField | BatchField
    read: Callable[[Column], Column] | None
    """Reads and checks the field of all objects, if it is an attribute that is a scalar or an enum."""


class SchemaTypes:
    """The types of a schema.

    ``entities`` maps the names of types whose objects have an identity to the attribute that holds it.
    """

    def __init__(self, schema: Schema, entities: Mapping[str, str]) -> None:
        self.schema = schema
        self.entities = entities
        self._fields: dict[tuple[str, str], ResolvableField] = {}
        self._leaves: dict[str, Leaf] = {}
        self._classes: dict[str, KnownClasses] = {}
        self._runtime_types: dict[str, RuntimeTypes] = {}
        self._getters: dict[str, Callable[[Any], Any]] = {}
        self._arguments = GenerationalCache[tuple[object, ...], tuple[Arguments, int]](_ARGUMENT_CHARACTERS)

    def field(self, type_: GraphQLObjectType, name: str) -> ResolvableField:
        """Return a field of a type; raise NotCompilable if only stock Strawberry can resolve it."""
        found = self._fields.get((type_.name, name))
        if found is None:
            definition = type_.fields.get(name)
            if definition is None:
                raise NotCompilable(f"the field {name} belongs to introspection")
            ref, resolution = type_ref_of(definition), resolution_of(definition, name)
            found = ResolvableField(definition, ref, resolution, self._reader(ref, resolution))
            self._fields[type_.name, name] = found
        return found

    def _reader(self, ref: TypeRef, by: AttributeField | BatchField) -> Callable[[Column], Column] | None:
        if isinstance(by, BatchField) or isinstance(ref, ListTypeRef) or as_leaf(ref) is None:
            return None
        get, check, may_be_none = self.getter(by.name), self.leaf(ref).column, not ref.required

        def read(objects: Column) -> Column:
            return check([*map(get, objects)], may_be_none)

        return read

    def arguments(self, field: ResolvableField, by: BatchField, node: FieldNode) -> tuple[Arguments, int]:
        """Return the arguments that a node passes to the batch of a field, and its price; raise NotCompilable.

        New documents often write them as earlier ones did, and coercing them takes a sixth of a request of workload e2
        of docs/benchmarks.md.
        """
        written = tuple(
            [f"{argument.name.value}: {written_value(argument.value)}" for argument in node.arguments or ()]
        )
        key = (id(field), *written)
        found = self._arguments.get(key)
        if found is None:
            arguments = arguments_of(self.schema, field.definition, node, by, ", ".join(sorted(written)))
            found = arguments, price_of_batch(field.definition, node)
            self._arguments.put(key, found, _CHARACTERS_EACH + sum(map(len, written)))
        return found

    def leaf(self, ref: TypeRef) -> Leaf:
        """Return the checks for values of the scalar or enum that a reference leads to."""
        named = cast("GraphQLLeafType", ref.named_type)
        if named.name not in self._leaves:
            self._leaves[named.name] = leaf(named)
        return self._leaves[named.name]

    def classes(self, type_: GraphQLObjectType) -> KnownClasses:
        """Return the Python classes whose objects are of an object type."""
        if type_.name not in self._classes:
            test = cast("Callable[[object, None], bool] | None", type_.is_type_of)
            self._classes[type_.name] = KnownClasses(lambda value: test is None or test(value, None))
        return self._classes[type_.name]

    def runtime_types(self, type_: GraphQLAbstractType) -> RuntimeTypes:
        """Return what tells the object types of an abstract type apart."""
        if type_.name not in self._runtime_types:
            possible = [one for one in self.possible(type_) if one.is_type_of is not None]
            tests = [(one.name, cast("Callable[[object, None], bool]", one.is_type_of)) for one in possible]
            self._runtime_types[type_.name] = RuntimeTypes(
                lambda value: next((name for name, test in tests if test(value, None)), None)
            )
        return self._runtime_types[type_.name]

    def possible(self, type_: GraphQLAbstractType) -> list[GraphQLObjectType]:
        """Return the object types of an interface or a union."""
        return possible_types(self.schema, type_)

    def getter(self, name: str) -> Callable[[Any], Any]:
        """Return the function that reads an attribute."""
        if name not in self._getters:
            self._getters[name] = attrgetter(name)
        return self._getters[name]
