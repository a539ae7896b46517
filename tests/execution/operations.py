"""Random operations of a schema, given good values for its arguments.

Nearly all are valid and within the server's limits, because refused operations are not executed:

- In the whole document, a response name of a type has one field with one set of arguments, so fields can always be
  merged. Names are reused on purpose, so they often have to be.
- A fragment can be spread only after it is finished, so none contains itself.
- Each selection set receives the numbers of levels, fields and objects that it may use.

Each document first follows a route to a type drawn from all types, so types far from the query are selected as often as
those near it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any, TypeVar, cast

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    TypeNode,
    Undefined,
    print_ast,
)

T = TypeVar("T")
Composite = GraphQLObjectType | GraphQLInterfaceType
Route = Sequence[tuple[str, str]]
"""The fields that lead to a type, each with its parent type."""

DEEPEST = 10
MOST_ALIASES = 20
MOST_OBJECTS = 1_500
MOST_FIELDS = 130
DEFAULT_SIZE = 20
FORWARD, BACKWARD = ("first", "after"), ("last", "before")
PAGE_SIZES = ("first", "last")
LISTED = 20
"""The assumed length of a list without pages inside another list."""


@dataclass(frozen=True)
class Values:
    """Values for arguments: some that the server returned and some that are wrong."""

    good: Mapping[str, Sequence[Any]]
    """JSON values by coordinate (``Query.area(code:)``, ``OccupationKey.slug``), by argument or by type."""
    bad: Mapping[str, Sequence[Any]]
    """Values of the right type that no object has or that are out of range, by type."""
    mistyped: Sequence[Any]
    """Values that are wrong for most types. Only variables receive them, because validation refuses such literals."""
    given: Mapping[str, int]
    """The probability in percent that an optional argument is given, by its name; 50 by default."""


@dataclass(frozen=True)
class Drawn:
    """A document, the name of the operation to run, and several sets of values for its variables."""

    text: str
    operation: str | None
    variables: Sequence[Mapping[str, Any]]

    def bodies(self) -> Iterator[dict[str, Any]]:
        """Yield a request body for each set of values."""
        for variables in self.variables:
            body: dict[str, Any] = {"query": self.text, "variables": variables}
            yield {**body, "operationName": self.operation} if self.operation else body


def operations(schema: GraphQLSchema, values: Values, missing: Set[str] = frozenset()) -> Iterator[Drawn]:
    """Yield operations of a schema, the same ones each time. They prefer the coordinates that are missing so far."""
    routes = _routes(schema)
    for seed in count():
        yield _Document(seeded(seed), schema, values, routes, missing).written()


def seeded(seed: int) -> Random:
    """Return a random generator."""
    return Random(seed)  # noqa: S311 - not used for security


def variables_for(
    schema: GraphQLSchema, values: Values, operation: OperationDefinitionNode, random: Random
) -> dict[str, Any]:
    """Return values for the variables of a given operation; good ones are found by the variables' names."""
    drawing = _Document(random, schema, values)
    for node in operation.variable_definitions or ():
        name, kind = node.variable.name.value, _type_from(schema, node.type)
        default = print_ast(node.default_value) if node.default_value else None
        drawing.variables.append(_Variable(name, kind, _Place(kind, (name,)), default))
    return drawing.given()


@dataclass(frozen=True)
class _Selected:
    """A part of a selection set, its depth and its cost."""

    text: str
    depth: int = 0
    cost: int = 0


@dataclass(frozen=True)
class _Fragment:
    name: str
    on: Composite
    body: _Selected


@dataclass(frozen=True)
class _Claim:
    """The field that a response name is used for."""

    field: str
    arguments: str
    type: str
    size: int


@dataclass(frozen=True)
class _Place:
    """A place for a value: its type, and the coordinates under which good values are found."""

    type: Any
    at: tuple[str, ...] = ()
    optional: bool = False
    one_of: bool = False
    """Whether it is the key of a oneOf input: it must not be null, and its variable must not have a default."""


@dataclass(frozen=True)
class _Variable:
    name: str
    type: Any
    place: _Place
    default: str | None

    @property
    def declared(self) -> str:
        return f"${self.name}: {self.type}" + (f" = {self.default}" if self.default else "")


@dataclass
class _Document:
    """A document that is being drawn."""

    random: Random
    schema: GraphQLSchema
    values: Values
    routes: Mapping[str, Route] = field(default_factory=lambda: {"Query": ()})
    """Shortest routes from the query to all types."""
    missing: Set[str] = frozenset()
    """The coordinates that no document has selected yet."""
    route: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """The rest of the route that this document follows."""
    fields_left: int = 0
    aliases: int = 0
    fragments: list[_Fragment] = field(default_factory=list[_Fragment])
    names: int = 0
    variables: list[_Variable] = field(default_factory=list[_Variable])
    claims: dict[tuple[str, str], _Claim] = field(default_factory=dict[tuple[str, str], _Claim])

    def written(self) -> Drawn:
        """Write the document and draw values for its variables."""
        self.fields_left = 4 + self._up_to(MOST_FIELDS)
        goals = {coordinate.partition(".")[0] for coordinate in self.missing}
        self.route = [*self.routes[self._preferring(goals, [*self.routes])]]
        assert self.schema.query_type is not None
        body = self._selections(self.schema.query_type, 0, MOST_OBJECTS)
        fragments = [f"fragment {each.name} on {each.on.name} {each.body.text}" for each in self.fragments]
        self._forget_unused("\n".join([body.text, *fragments]))
        name = "Drawn" if self.variables or self._chance(50) else None
        declared = f"({', '.join(variable.declared for variable in self.variables)})" if self.variables else ""
        parts = [f"query {name}{declared} {body.text}" if name else body.text, *fragments]
        is_one_of_two = name is not None and self._chance(5)
        if is_one_of_two:
            parts.insert(0, "query Other { __typename }")
        sets = 1 + self._up_to(2) if self.variables else 1
        return Drawn("\n".join(parts), name if is_one_of_two else None, [self.given() for _ in range(sets)])

    def _forget_unused(self, text: str) -> None:
        """Remove variables of fields that were dropped because of their cost."""
        used = set(re.findall(r"\$(\w+)", text))
        self.variables = [variable for variable in self.variables if variable.name in used]

    # Selections

    def _selections(self, kind: Composite, depth: int, room: int) -> _Selected:
        """Write a selection set."""
        selected: list[_Selected] = []
        if self.route and self.route[0][0] == kind.name:
            selected += filter(None, [self._branch(kind, depth, room, self.route.pop(0)[1])])
        for _ in range(1 + self._up_to(5)):
            left = room - sum(each.cost for each in selected)
            selected += filter(None, [self._selection(kind, depth, left)])
        if not selected:
            selected = [self._leaves(kind)]
        return _Selected(
            "{ " + " ".join(each.text for each in selected) + " }",
            max(each.depth for each in selected),
            sum(each.cost for each in selected),
        )

    def _selection(self, kind: Composite, depth: int, room: int) -> _Selected | None:
        if self.fields_left <= 0:
            return None
        which = self._up_to(99)
        if which >= 92:
            return self._inline(kind, depth, room)
        if which >= 80:
            return self._spread(kind, depth, room)
        # Deep selections test an executor most.
        if which < (30 if depth < 4 else 50):
            return self._leaves(kind)
        names = [name for name, each in kind.fields.items() if _composite(each.type) is not None]
        if not names or depth + 2 > DEEPEST:
            return self._leaves(kind)
        return self._branch(kind, depth, room, self._field(kind, names))

    def _inline(self, kind: Composite, depth: int, room: int) -> _Selected:
        on = self._one_of([None, *self._overlapping(kind)])
        body = self._selections(on or kind, depth, room)
        condition = f"... on {on.name}" if on else "..."
        return _Selected(f"{condition}{self._directives(25)} {body.text}", body.depth, body.cost)

    def _spread(self, kind: Composite, depth: int, room: int) -> _Selected:
        """Spread an existing fragment or a new one."""
        kinds = self._overlapping(kind)
        known = [
            fragment
            for fragment in self.fragments
            if fragment.on in kinds and depth + fragment.body.depth <= DEEPEST and fragment.body.cost <= room
        ]
        if known and self._chance(60):
            fragment = self._one_of(known)
        else:
            self.names += 1
            name, on = f"F{self.names}", self._one_of(kinds)
            fragment = _Fragment(name, on, self._selections(on, depth, room))
            self.fragments.append(fragment)
        return _Selected(f"...{fragment.name}{self._directives(20)}", fragment.body.depth, fragment.body.cost)

    def _overlapping(self, kind: Composite) -> list[Composite]:
        """Return the types that overlap with a type."""
        if isinstance(kind, GraphQLInterfaceType):
            return [*self.schema.get_possible_types(kind), kind]
        return [kind, *kind.interfaces]

    def _leaves(self, kind: Composite) -> _Selected:
        """Select a few leaf fields."""
        names = ["__typename", *(name for name, each in kind.fields.items() if _composite(each.type) is None)]
        chosen = [self._field(kind, names) for _ in range(1 + self._up_to(7))]
        self.fields_left -= len(chosen)
        return _Selected(" ".join(self._leaf(kind, name) for name in chosen), 1)

    def _leaf(self, kind: Composite, name: str) -> str:
        alias, claim = self._claim(kind, name)
        return f"{alias}{name}{claim.arguments}{self._directives(5)}"

    def _branch(self, kind: Composite, depth: int, room: int, name: str) -> _Selected | None:
        """Select a field of a composite type, if the cost allows it."""
        inner = _composite(kind.fields[name].type)
        assert inner is not None
        alias, claim = self._claim(kind, name)
        size = claim.size * (LISTED if "[" in claim.type and not kind.name.endswith("Connection") and depth > 1 else 1)
        if room < 3 * size:
            return None
        self.fields_left -= 1
        body = self._selections(inner, depth + 1, room // size)
        text = f"{alias}{claim.field}{claim.arguments}{self._directives(5)} {body.text}"
        return _Selected(text, 1 + body.depth, size * (1 + body.cost))

    def _claim(self, kind: Composite, name: str) -> tuple[str, _Claim]:
        """Return a field's alias as text, and the use of that response name in the document."""
        for alias in self._aliases(kind, name):
            claim = self.claims.get((kind.name, alias))
            if claim is None and self._is_free(kind, name, alias):
                claim = self._claimed(kind, name, alias)
            if claim is not None and claim.field == name:
                break
        else:
            raise AssertionError("there is always another alias")
        if alias == name:
            return "", claim
        self.aliases += 1
        return f"{alias}: ", claim

    def _aliases(self, kind: Composite, name: str) -> Iterator[str]:
        """Yield response names: sometimes a common or another field's name, then the field's own, then unused ones."""
        if self._chance(15) and self.aliases < MOST_ALIASES:
            yield self._one_of(["a", "b", "c", *kind.fields])
        yield name
        for number in count(len(self.claims)):
            yield f"{name}{number}"

    def _is_free(self, kind: Composite, name: str, alias: str) -> bool:
        """Whether a response name can be used for this field, given its uses on overlapping types."""
        for other in self._family(kind):
            claim = self.claims.get((other.name, alias))
            if claim is None or other is kind:
                continue
            both_objects = isinstance(other, GraphQLObjectType) and isinstance(kind, GraphQLObjectType)
            # Arguments are drawn for each type, so fields with arguments count as different.
            if claim.type != _type_of(kind, name) or not (
                both_objects or (claim.field == name and not claim.arguments)
            ):
                return False
        return True

    def _family(self, kind: Composite) -> Iterator[Composite]:
        """Yield the types whose objects may occur in the same place as those of a type."""
        for top in [kind] if isinstance(kind, GraphQLInterfaceType) else kind.interfaces:
            yield top
            yield from self.schema.get_possible_types(top)

    def _claimed(self, kind: Composite, name: str, alias: str) -> _Claim:
        arguments, size = ("", 1) if name == "__typename" else self._arguments(kind, name)
        claim = self.claims[kind.name, alias] = _Claim(name, arguments, _type_of(kind, name), size)
        return claim

    def _directives(self, percent: int) -> str:
        """Write directives with a probability in percent."""
        if not self._chance(percent):
            return ""
        names = self._one_of([["include"], ["skip"], ["include", "skip"], ["skip", "include"]])
        return "".join(f" @{name}(if: {self._condition(of=name)})" for name in names)

    def _condition(self, of: str) -> str:
        directive = self.schema.get_directive(of)
        assert directive is not None
        return self._value(_Place(_kind_of(directive.args["if"]), (f"@{of}(if:)",)))[0]

    # Arguments

    def _arguments(self, kind: Composite, name: str) -> tuple[str, int]:
        """Write a field's arguments; return the size of its page too."""
        written: list[str] = []
        definitions = kind.fields[name].args
        sizes = {each: DEFAULT_SIZE for each in PAGE_SIZES if each in definitions}
        # Arguments of both directions are refused together, so they are mostly drawn from one.
        undrawn = any(f"{kind.name}.{name}({argument}:)" in self.missing for argument in BACKWARD)
        other = FORWARD if self._chance(50 if undrawn else 15) else BACKWARD
        for argument, definition in definitions.items():
            optional = not _is_required(definition)
            if argument in other and self._chance(95):
                continue
            likely = 80 if f"{kind.name}.{name}({argument}:)" in self.missing else self.values.given.get(argument, 50)
            if optional and not self._chance(likely):
                continue
            at = (f"{kind.name}.{name}({argument}:)", argument)
            text, value = self._value(_Place(_kind_of(definition), at, optional))
            written.append(f"{argument}: {text}")
            if argument in sizes and isinstance(value, int):
                sizes = {argument: min(max(value, 1), 100)}
            elif isinstance(value, list) and "[" in _type_of(kind, name):
                sizes = {argument: max(len(as_list(value)), 1)}
        return f"({', '.join(written)})" if written else "", next(iter(sizes.values()), 1)

    def _value(self, place: _Place) -> tuple[str, Any]:
        """Write a value; return it as JSON too."""
        value = self._json(place.type, place.at)
        return self._written(place, value, variables=35), value

    def _written(self, place: _Place, value: Any, *, variables: int) -> str:
        """Write a value as a literal or, with a probability in percent, as a variable; the same for its parts."""
        if self._chance(variables):
            return f"${self._variable(place, value).name}"
        return self._literal(place.type, value, variables=variables)

    def _literal(self, kind: Any, value: Any, *, variables: int = 0) -> str:
        kind = _nullable(kind)
        if isinstance(kind, GraphQLList) and isinstance(value, list):
            item = _Place(_inner(kind))
            # An item of a list is a variable less often than a single value.
            written = [self._written(item, each, variables=variables // 3) for each in as_list(value)]
            return f"[{', '.join(written)}]"
        if isinstance(kind, GraphQLList):
            return self._literal(_inner(kind), value, variables=variables)
        if isinstance(kind, GraphQLInputObjectType) and isinstance(value, dict):
            return self._literal_object(kind, cast("dict[str, Any]", value), variables)
        return str(value) if isinstance(kind, GraphQLEnumType) and value is not None else json.dumps(value)

    def _literal_object(self, kind: GraphQLInputObjectType, value: Mapping[str, Any], variables: int) -> str:
        entries = [
            f"{name}: {self._written(_entry(kind, name), item, variables=variables)}" for name, item in value.items()
        ]
        return f"{{{', '.join(entries)}}}"

    def _variable(self, place: _Place, value: Any) -> _Variable:
        """Return an existing or a new variable for a place."""
        known = [each for each in self.variables if each.place == place]
        if known and self._chance(40):
            return self._one_of(known)
        default = None
        if value is not None and not place.one_of and self._chance(35):
            default = self._literal(place.type, value)
        variable = _Variable(f"v{len(self.variables)}", self._declared(place, default), place, default)
        self.variables.append(variable)
        return variable

    def _declared(self, place: _Place, default: str | None) -> Any:
        """Draw the type of a variable for a place."""
        kind = place.type
        # With a default, a variable of a non-null place may be nullable.
        if _nullable(kind) is not kind:
            return _nullable(kind) if default and self._chance(20) else kind
        return GraphQLNonNull(kind) if self._chance(25 if place.optional else 10) else kind

    def given(self) -> dict[str, Any]:
        """Draw values for the variables; omit some of them."""
        given: dict[str, Any] = {}
        for variable in self.variables:
            required = isinstance(variable.type, GraphQLNonNull)
            if self._chance(25 if variable.default or not required else 0):
                continue
            given[variable.name] = self._json(variable.type, variable.place.at, mistyped=True)
        return given

    def _json(self, kind: Any, at: Sequence[str], *, mistyped: bool = False) -> Any:
        """Draw a JSON value for a place that takes this type."""
        if not isinstance(kind, GraphQLNonNull) and self._chance(8):
            return None
        kind = _nullable(kind)
        name = getattr(kind, "name", "")
        pools = [self.values.good[place] for place in (*at, name) if place in self.values.good]
        if mistyped and self._rarely():
            pools = [self.values.mistyped]
        elif name in self.values.bad and self._chance(3):
            pools = [self.values.bad[name]]
        if pools:
            return self._one_of(pools[0])
        if isinstance(kind, GraphQLList):
            return [self._json(_inner(kind), at[1:], mistyped=mistyped) for _ in range(self._up_to(3))]
        if isinstance(kind, GraphQLInputObjectType):
            return self._json_object(kind, mistyped=mistyped)
        return self._one_of([*kind.values] if isinstance(kind, GraphQLEnumType) else self.values.bad[name])

    def _json_object(self, kind: GraphQLInputObjectType, *, mistyped: bool) -> dict[str, Any]:
        if _is_one_of(kind):
            names = [self._one_of([*kind.fields])]
        else:
            missing = {name for name in kind.fields if f"{kind.name}.{name}" in self.missing}
            likely = {name: 80 if name in missing else 30 for name in kind.fields}
            names = [name for name, each in kind.fields.items() if _is_required(each) or self._chance(likely[name])]
        places = {name: _entry(kind, name) for name in names}
        return {name: self._json(place.type, place.at, mistyped=mistyped) for name, place in places.items()}

    # Draws

    def _up_to(self, most: int) -> int:
        return int(self.random.random() * (most + 1))

    def _chance(self, percent: int) -> bool:
        return percent > 0 and self._up_to(99) < percent

    def _rarely(self) -> bool:
        return self._up_to(199) == 199

    def _field(self, kind: Composite, names: Sequence[str]) -> str:
        """Choose a field, preferring those that are missing so far."""
        prefix = f"{kind.name}."
        new = {each[len(prefix) :].partition("(")[0] for each in self.missing if each.startswith(prefix)}
        return self._preferring(new, names)

    def _preferring(self, preferred: Set[str], choices: Sequence[str]) -> str:
        liked = [choice for choice in choices if choice in preferred]
        return self._one_of(liked if liked and self._chance(70) else choices)

    def _one_of(self, choices: Sequence[T]) -> T:
        return choices[self._up_to(len(choices) - 1)]


def _routes(schema: GraphQLSchema) -> Mapping[str, Route]:
    """Return a shortest route from the query to each type."""
    assert schema.query_type is not None
    routes: dict[str, Route] = {schema.query_type.name: ()}
    waiting: list[Composite] = [schema.query_type]
    for kind in waiting:
        for name, each in kind.fields.items():
            inner = _composite(each.type)
            if inner is not None and inner.name not in routes:
                routes[inner.name] = (*routes[kind.name], (kind.name, name))
                waiting.append(inner)
    return routes


def as_list(value: Any) -> list[Any]:
    """Return a list with items of any type, for type checkers."""
    return cast("list[Any]", value)


def _entry(kind: GraphQLInputObjectType, name: str) -> _Place:
    """Return the place of one entry of an input object."""
    definition, at = kind.fields[name], (f"{kind.name}.{name}", name)
    if _is_one_of(kind):
        return _Place(GraphQLNonNull(_nullable(_kind_of(definition))), at, one_of=True)
    return _Place(_kind_of(definition), at, optional=not _is_required(definition))


def _type_from(schema: GraphQLSchema, node: TypeNode) -> Any:
    match node:
        case NonNullTypeNode():
            return GraphQLNonNull(_type_from(schema, node.type))
        case ListTypeNode():
            return GraphQLList(_type_from(schema, node.type))
        case NamedTypeNode():
            return schema.type_map[node.name.value]
        case _:
            raise TypeError(node)


def _nullable(kind: Any) -> Any:
    return _inner(kind) if isinstance(kind, GraphQLNonNull) else kind


def _inner(kind: Any) -> Any:
    # graphql-core's own types of types are too recursive for type checkers.
    return kind.of_type


def _kind_of(definition: Any) -> Any:
    return definition.type


def _composite(kind: Any) -> Composite | None:
    """Return the composite type that a field returns, alone or in lists; None for a leaf."""
    while isinstance(kind, GraphQLNonNull | GraphQLList):
        kind = _inner(kind)
    return kind if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else None


def _type_of(kind: Composite, name: str) -> str:
    return "String!" if name == "__typename" else str(_kind_of(kind.fields[name]))


def _is_required(definition: GraphQLArgument | GraphQLInputField) -> bool:
    return isinstance(_kind_of(definition), GraphQLNonNull) and definition.default_value is Undefined


def _is_one_of(kind: GraphQLInputObjectType) -> bool:
    # Strawberry marks oneOf types in its own definition.
    return bool(getattr(kind.extensions.get("strawberry-definition"), "is_one_of", False))
