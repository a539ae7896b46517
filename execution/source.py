"""The program for a selection, written as Python source.

The program works in *stages*. A stage reads whatever can be read of the objects at hand: plain attributes, and the
objects and lists that these lead to. Then it asks each batch, once, for all parents that the stage has brought up, and
what the batches return are the objects of the next stage. When no batch is left, the answer is assembled from the
inside out.

Objects that are reached by no list are variables of their own, and their fields straight-line code: *ones*. All objects
that are reached by the same list are one list, and their fields columns: *manys*. So the source of

    { occupation(by: {slug: "x"}) { title skills { nodes { rank } } } }

is, but for the names,

    r1 = answer(by_key, [None], {...})              # a coroutine only where something has to be waited for
    occupation, = r1
    if occupation is None: parents = []
    else: parents = [occupation]
    r2 = answer(of_occupations, parents, {...}) if parents else []
    page = ...
    nodes = flat(...)                               # all nodes of all pages
    rank = integers(map(rank_of, nodes))            # a column, checked
    made = [{"rank": a} for a in rank]
    made = nested(..., made)                        # in lists of their own again
    title = occupation.title                        # one value,
    if title.__class__ is not str: raise Surprise   # checked
    return {"occupation": {"title": title, "skills": ...}}
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, islice
from operator import attrgetter
from typing import Any, cast

from graphql import GraphQLAbstractType, GraphQLField, GraphQLLeafType, GraphQLObjectType, print_ast
from strawberry import Schema

from execution import columns
from execution.arguments import Arguments, Values, arguments_of
from execution.columns import Classes, Kinds
from execution.fields import Attribute, Batched, answered_by
from execution.fragments import FragmentBatch
from execution.kinds import Kind, ListOf, Named, as_abstract, as_leaf, kind_of, possible_types
from execution.leaves import leaf
from execution.selections import Selected, Selections
from execution.surprises import Surprise

Program = Callable[[Callable[..., Any], Values, Sequence[Any]], Any]
"""``await program(answer, variables, objects)`` returns what is asked of each object, in their order."""


@dataclass(frozen=True)
class Objects:
    """Objects of one type: the variable that holds one object, or a list of them."""

    name: str
    many: bool
    optional: bool = False
    """Whether the one object may be None."""


@dataclass
class Call:
    """A batch that a stage asks, and whose parents it is asked for."""

    batch: Callable[..., Any]
    arguments: Arguments
    members: list[tuple[Objects, "Slot"]] = field(default_factory=list[tuple[Objects, "Slot"]])


@dataclass
class Slot:
    """A field of some objects. What assembles its value is known once the value has been read."""

    selected: Selected
    definition: GraphQLField
    paste: bool = False
    """Whether its values are fragments, with nothing in them to be looked at."""
    assemble: Callable[[], str] = lambda: ""
    """Writes what assembles the value, or a column of values, and returns its name."""


@dataclass
class _Stage:
    calls: dict[tuple[object, ...], Call] = field(default_factory=dict[tuple[object, ...], Call])


class Types:
    """What is known of the schema's types and their objects, for all programs together.

    ``entities`` are the types whose objects can be told apart by an attribute, and that attribute.
    """

    def __init__(self, schema: Schema, entities: Mapping[str, str]) -> None:
        self.schema = schema
        self.entities = entities
        self._classes: dict[str, Classes] = {}
        self._kinds: dict[str, Kinds] = {}

    def classes(self, kind: GraphQLObjectType) -> Classes:
        """Return the classes whose objects are of a type."""
        if kind.name not in self._classes:
            test = cast("Callable[[object, None], bool] | None", kind.is_type_of)
            self._classes[kind.name] = Classes(lambda value: test is None or test(value, None))
        return self._classes[kind.name]

    def kinds(self, kind: GraphQLAbstractType) -> Kinds:
        """Return the types that objects of an abstract type are of."""
        if kind.name not in self._kinds:
            possible = [one for one in possible_types(self.schema, kind) if one.is_type_of is not None]
            tests = [(one.name, cast("Callable[[object, None], bool]", one.is_type_of)) for one in possible]
            self._kinds[kind.name] = Kinds(lambda value: next((n for n, test in tests if test(value, None)), None))
        return self._kinds[kind.name]


class Writer:
    """Writes the program for one selection of one object type, with fragments for the entities in it or without."""

    def __init__(self, types: Types, selections: Selections, *, fragments: bool) -> None:
        self._types = types
        self._selections = selections
        self._with_fragments = fragments
        self._fragments: dict[str, FragmentBatch] = {}
        self._numbers = count(1)
        self._lines: list[str] = []
        self._indent = 1
        self._stage = _Stage()
        self.names: dict[str, Any] = {
            "Surprise": Surprise,
            "islice": islice,
            **{name: getattr(columns, name) for name in _COLUMN_FUNCTIONS},
        }
        self._variables: set[str] = set()
        """The variables that arguments are made of."""
        self._description: list[str] = []
        """The selection, so that the same one has the same text in whatever document."""
        self._calls = 0
        self._leaves = 0

    def program(self, kind: GraphQLObjectType, selected: Sequence[Selected], *, one: bool) -> Program:
        """Return the program for objects of a type; ``one`` where it is always asked for a single object."""
        return self.built(self.source(kind, selected, one=one))

    def built(self, source: str) -> Program:
        """Return the program that the source is of."""
        exec(compile(source, "<compiled operation>", "exec"), self.names)  # noqa: S102 - our own source
        return cast("Program", self.names["program"])

    def source(self, kind: GraphQLObjectType, selected: Sequence[Selected], *, one: bool) -> str:
        """Return the program's source."""
        objects = Objects(self._name("o"), many=not one)
        self._write(f"{objects.name}, = objects" if one else f"{objects.name} = objects")
        assemble = self._open(objects, kind, selected)
        while self._stage.calls:
            self._ask()
        result = assemble()
        self._write(f"return [{result}]" if one else f"return {result}")
        return "\n".join(["async def program(answer, values, objects):", *self._lines, ""])

    # Stages

    def _ask_later(self, question: tuple[object, ...], call: Call, objects: Objects, slot: Slot) -> None:
        """Have the stage ask a batch for objects, together with all others for whom it asks the same."""
        self._stage.calls.setdefault(question, call).members.append((objects, slot))

    def _ask(self) -> None:
        """Write the calls of the stage's batches, and open what they return."""
        calls, self._stage = [*self._stage.calls.values()], _Stage()
        results = [self._call(call) for call in calls]
        for result in results:
            # A list is there at once. What has to be waited for has begun, so that all of the stage waits together.
            self._write(f"if {result}.__class__ is not list: {result} = await {result}")
        for call, result in zip(calls, results, strict=True):
            self._receive(call, result)

    def _call(self, call: Call) -> str:
        self._calls += 1
        parents, result = self._name("p"), self._name("r")
        batch = self._constant("b", call.batch)
        if call.arguments.constant is not None:
            given = self._constant("a", call.arguments.constant)
        else:
            given = f"{self._constant('a', call.arguments.make)}(values)"
            self._variables |= call.arguments.variables
        some = self._parents(parents, [objects for objects, _ in call.members])
        self._write(f"{result} = answer({batch}, {parents}, {given})" + ("" if some else f" if {parents} else []"))
        return result

    def _parents(self, name: str, members: Sequence[Objects]) -> bool:
        """Write the list of a call's parents, and tell whether there is always at least one."""
        if len(members) == 1 and members[0].many:
            self._write(f"{name} = {members[0].name}")
            return False
        parts = [
            f"*{m.name}" if m.many else f"*(() if {m.name} is None else ({m.name},))" if m.optional else m.name
            for m in members
        ]
        self._write(f"{name} = [{', '.join(parts)}]")
        return any(not m.many and not m.optional for m in members)

    def _receive(self, call: Call, result: str) -> None:
        """Write what hands the values of a batch out to the fields that wait for them."""
        members = [objects for objects, _ in call.members]
        values = [self._name("x") for _ in members]
        if len(members) == 1 and members[0].many:
            self._write(f"{values[0]} = {result}")
        elif all(not m.many and not m.optional for m in members):
            self._write(f"{', '.join(values)}, = {result}")
        else:
            following = self._name("i")
            self._write(f"{following} = iter({result})")
            for value, m in zip(values, members, strict=True):
                taken = f"list(islice({following}, len({m.name})))" if m.many else f"next({following})"
                self._write(f"{value} = {taken}" + (f" if {m.name} is not None else None" if m.optional else ""))
        for value, (objects, slot) in zip(values, call.members, strict=True):
            slot.assemble = self._pasted(value) if slot.paste else self._value(value, objects, slot)

    def _pasted(self, value: str) -> Callable[[], str]:
        return lambda: value

    # Objects

    def _open(self, objects: Objects, kind: GraphQLObjectType, selected: Sequence[Selected]) -> Callable[[], str]:
        """Write what reads the fields of objects, and return what will write their assembly."""
        slots: list[Slot] = []
        self._description.append(f"{kind.name}{{")
        for chosen in selected:
            self._description.append(f"{chosen.key}:{chosen.name}")
            slot = Slot(chosen, self._selections.definition(kind, chosen))
            if chosen.name == TYPENAME:
                slot.assemble = lambda: repr(kind.name)
            else:
                self._read(objects, slot)
            slots.append(slot)
        self._description.append("}")
        if objects.many:
            return lambda: self._assemble_many(objects, slots)
        return lambda: self._assemble_one(objects, slots)

    def _read(self, objects: Objects, slot: Slot) -> None:
        source = answered_by(slot.definition, slot.selected.name)
        if isinstance(source, Batched):
            arguments = arguments_of(self._types.schema, slot.definition, slot.selected.node, source)
            question = _asking(arguments, slot)
            self._description.append(f"({question})")
            self._ask_later((source.batch, question), Call(source.batch, arguments), objects, slot)
        elif isinstance(kind := kind_of(slot.definition), Named) and as_leaf(kind):
            slot.assemble = lambda: self._leaf_attribute(objects, kind, source)
        else:
            slot.assemble = self._value(self._attribute(objects, source), objects, slot)

    def _attribute(self, objects: Objects, source: Attribute) -> str:
        """Write what reads an attribute of objects, and return the name of the value or the column."""
        name = self._name("x")
        if objects.many:
            self._write(f"{name} = list(map({self._getter(source.name)}, {objects.name}))")
        else:
            missing = f" if {objects.name} is not None else None" if objects.optional else ""
            self._write(f"{name} = {objects.name}.{source.name}{missing}")
        return name

    def _leaf_attribute(self, objects: Objects, kind: Kind, source: Attribute) -> str:
        """Write what reads and checks an attribute that is a scalar or an enum, right where it is put."""
        if objects.many:
            return self._leaf_column(f"list(map({self._getter(source.name)}, {objects.name}))", kind)
        return self._leaf_one(f"{objects.name}.{source.name}", kind)

    # Values of fields

    def _value(self, value: str, objects: Objects, slot: Slot) -> Callable[[], str]:
        """Write what takes a field's values apart, down to the objects that they hold."""
        kind = kind_of(slot.definition)
        if objects.many:
            return self._column(value, kind, slot)
        if isinstance(kind, Named):
            if as_leaf(kind):
                return lambda: self._leaf_one(value, kind)
            if isinstance(kind.type, GraphQLObjectType):
                return self._one(value, kind.type, kind, objects, slot)
        # Lists, and objects of any of several types, are columns even where there is but one: the column's one value.
        column = self._name("c")
        holds = f"[] if {objects.name} is None else [{value}]" if objects.optional else f"[{value}]"
        self._write(f"{column} = {holds}")
        assemble = self._column(column, kind, slot)
        return lambda: f"{assemble()}[0]"

    def _one(self, value: str, of: GraphQLObjectType, kind: Kind, objects: Objects, slot: Slot) -> Callable[[], str]:
        """Write what takes one object."""
        classes = self._constant(f"k_{of.name}_", self._types.classes(of))
        known = self._constant(f"c_{of.name}_", self._types.classes(of).known)
        optional = objects.optional or not kind.required
        # One that is required is None only where its parent is.
        absent = f"{objects.name} is None" if kind.required else f"{value} is None"
        condition = f"{value}.__class__ not in {known}{f' and not ({absent})' if optional else ''}"
        self._write(f"if {condition}: {classes}.require({value})")
        return self._entered(Objects(value, many=False, optional=optional), of, slot)

    def _column(self, column: str, kind: Kind, slot: Slot) -> Callable[[], str]:
        """Write what takes a column apart by its type: missing values left out, lists laid end to end."""
        if as_leaf(kind):
            return lambda: self._leaf_column(column, kind)
        if kind.required:
            return self._required_column(column, kind, slot)
        there = self._name("c")
        self._write(f"{there} = present({column})")
        assemble = self._required_column(there, kind, slot)
        return lambda: self._made(f"spread({column}, {assemble()})")

    def _required_column(self, column: str, kind: Kind, slot: Slot) -> Callable[[], str]:
        if isinstance(kind, ListOf):
            items = self._name("c")
            self._write(f"{items} = flat(require_lists({column}))")
            assemble = self._column(items, kind.of, slot)
            return lambda: self._made(f"nested({column}, {assemble()})")
        if abstract := as_abstract(kind):
            return self._several(column, abstract, slot)
        assert isinstance(kind.type, GraphQLObjectType)  # noqa: S101 - there are no other types of output
        self._write(f"{self._constant(f'k_{kind.type.name}_', self._types.classes(kind.type))}.require_all({column})")
        return self._entered(Objects(column, many=True), kind.type, slot)

    def _entered(self, objects: Objects, kind: GraphQLObjectType, slot: Slot) -> Callable[[], str]:
        """Write what reads objects that a field leads to, or what finds their fragments."""
        selected = self._selections.below(slot.selected, kind)
        fragments = self._fragment_batch(kind, selected, many=objects.many)
        if fragments is None:
            return self._open(objects, kind, selected)
        pasted = Slot(slot.selected, slot.definition, paste=True)
        arguments = Arguments(None, lambda values: {"values": values}, frozenset(fragments.variables))
        self._ask_later((fragments,), Call(fragments, arguments), objects, pasted)
        # What it is then is known only when the batch has been asked.
        return lambda: pasted.assemble()  # noqa: PLW0108

    def _fragment_batch(
        self, kind: GraphQLObjectType, selected: Sequence[Selected], *, many: bool
    ) -> FragmentBatch | None:
        """Return the batch of fragments for a selection, the same for the same one; None where it is not worth one."""
        identity = self._types.entities.get(kind.name)
        if not self._with_fragments or identity is None:
            return None
        inner = Writer(self._types, self._selections, fragments=False)
        source = inner.source(kind, selected, one=False)
        if not inner._calls and (not many or inner._leaves < _FEW):
            return None
        selection = "".join(inner._description)
        if selection not in self._fragments:
            batch = FragmentBatch(inner.built(source), selection, sorted(inner._variables), identity)
            self._fragments[selection] = batch
        return self._fragments[selection]

    def _several(self, column: str, kind: GraphQLAbstractType, slot: Slot) -> Callable[[], str]:
        """Write what sorts objects of an abstract type out by their types."""
        kinds = self._name("t")
        self._write(f"{kinds} = {self._constant('k', self._types.kinds(kind))}.all({column})")
        opened: dict[str, Callable[[], str]] = {}
        for possible in possible_types(self._types.schema, kind):
            of_kind = self._name("o")
            self._write(f"{of_kind} = [o for o, t in zip({column}, {kinds}) if t == {possible.name!r}]")
            below = self._selections.below(slot.selected, possible)
            opened[possible.name] = self._open(Objects(of_kind, many=True), possible, below)

        def assemble() -> str:
            made = ", ".join(f"{name!r}: {assembled()}" for name, assembled in opened.items())
            return self._made(f"merged({kinds}, {{{made}}})")

        return assemble

    # Leaves

    def _leaf_one(self, value: str, kind: Kind) -> str:
        """Write the check of one value, and return what holds it afterwards."""
        self._leaves += 1
        checked = leaf(cast("GraphQLLeafType", kind.named))
        self.names |= checked.names
        name = self._made(value)
        if not kind.required:
            self._write(f"if {name} is not None:")
        with self._indented(0 if kind.required else 1):
            self._write(*checked.check.format(x=name).split("\n"))
        return name

    def _leaf_column(self, column: str, kind: Kind) -> str:
        """Write the check of a column of leaves, which may be lists of them, and return what holds it afterwards."""
        self._leaves += 1
        if isinstance(kind, Named):
            check = self._constant("l", leaf(cast("GraphQLLeafType", kind.type)).column)
            return self._made(f"{check}({column}, {not kind.required})")
        lists = self._made(column)
        there = lists if kind.required else self._made(f"present({lists})")
        items = self._leaf_column(self._made(f"flat(require_lists({there}))"), kind.of)
        made = f"nested({there}, {items})"
        return self._made(made if kind.required else f"spread({lists}, {made})")

    # Assembly

    def _assemble_one(self, objects: Objects, slots: Sequence[Slot]) -> str:
        made = self._name("d")
        if objects.optional:
            self._write(f"if {objects.name} is None: {made} = None", "else:")
        with self._indented(1 if objects.optional else 0):
            values = [f"{slot.selected.key!r}: {slot.assemble()}" for slot in slots]
            self._write(f"{made} = {{{', '.join(values)}}}")
        return made

    def _assemble_many(self, objects: Objects, slots: Sequence[Slot]) -> str:
        assembled = [(slot.selected.key, slot.selected.name != TYPENAME, slot.assemble()) for slot in slots]
        held = [(self._name("e"), column) for _, read, column in assembled if read]
        names = iter([name for name, _ in held])
        display = ", ".join(f"{key!r}: {next(names) if read else column}" for key, read, column in assembled)
        if len(held) == 1:
            return self._made(f"[{{{display}}} for {held[0][0]} in {held[0][1]}]")
        if not held:
            return self._made(f"[{{{display}}} for _ in {objects.name}]")
        loop = f"for {', '.join(name for name, _ in held)} in zip({', '.join(column for _, column in held)})"
        return self._made(f"[{{{display}}} {loop}]")

    # Lines and names

    def _made(self, expression: str) -> str:
        name = self._name("d")
        self._write(f"{name} = {expression}")
        return name

    def _write(self, *lines: str) -> None:
        self._lines.extend("    " * self._indent + line for line in lines)

    @contextmanager
    def _indented(self, by: int) -> Generator[None]:
        self._indent += by
        yield
        self._indent -= by

    def _name(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers)}"

    def _constant(self, prefix: str, value: object) -> str:
        """Return the name by which the program finds an object."""
        for name, known in self.names.items():
            if known is value:
                return name
        name = self._name(prefix)
        self.names[name] = value
        return name

    def _getter(self, attribute: str) -> str:
        name = f"get_{attribute}"
        self.names.setdefault(name, attrgetter(attribute))
        return name


TYPENAME = "__typename"

_FEW = 4
"""So many leaves of an object of a list are read as fast as a fragment is found."""

_COLUMN_FUNCTIONS = ("require_lists", "present", "spread", "flat", "nested", "merged")


def _asking(arguments: Arguments, slot: Slot) -> str:
    """Return what is the same for all fields that ask a batch the same."""
    if arguments.constant is not None:
        return repr(sorted(arguments.constant.items()))
    return ", ".join(sorted(print_ast(argument) for argument in slot.selected.node.arguments or ()))
