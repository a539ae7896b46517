"""The compiler: from the selection of an operation to the program that resolves it.

graphql-core walks an operation field by field and object by object, and takes some 4 microseconds of Python for each
field of each object. With nothing cached, a program takes 10 ms instead of 64 ms of CPU for a page of 100 occupations,
and 0.33 ms instead of 1.03 ms for a comparison (docs/benchmarks.md: "cold" and "stock Strawberry").

A program works in *stages*. A stage reads everything that can be read of the objects at hand: plain attributes, and the
objects and lists that these lead to. Then it calls each batch once, for all parents that the stage has found. The
values that the batches return are the objects of the next stage. When no batch is left, the result is assembled from
the inside out.

Objects that are reached by the same list form one list, and their fields are columns: *many*. In a program of Python
source, an object that is reached by no list is a variable, and its fields are straight-line code: *one*. So the source
of

    { occupation(by: {slug: "x"}) { title skills { nodes { rank } } } }

is, except for the names,

    called = context.answer(by_key, [root], {...})     # an awaitable only if it has to wait for I/O
    occupation = called[0]
    called = context.answer(of_occupations, [occupation], {...}) if occupation is not None else [None]
    page = called[0]
    nodes = flat([page.nodes])                         # all nodes of all pages
    title = occupation.title                           # one value,
    if title.__class__ is not str: raise FallbackToStrawberry      # checked
    ranks = integers(column(get_rank, nodes))          # a column, checked
    made = [{"rank": rank} for rank in ranks]
    made = nested([page.nodes], made)                  # in lists of their own again
    return [{"occupation": {"title": title, "skills": {"nodes": made[0]}}}]
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from graphql import GraphQLAbstractType, GraphQLObjectType

from execution import columns
from execution.arguments import Arguments
from execution.columns import Column
from execution.field_collection import CollectedField, FieldCollector
from execution.fields import AttributeField, BatchField
from execution.fragments import FragmentBatch
from execution.programs import Program, ProgramBuilder, SourceProgram, StepProgram
from execution.schema_types import ResolvableField, SchemaTypes
from execution.type_refs import ListTypeRef, NamedTypeRef, TypeRef, as_abstract, as_leaf

TYPENAME = "__typename"

_MIN_LEAVES = 4
"""An object of a list with fewer leaves is read as fast as its fragment is found."""

_LONG = 200
"""Items with longer response names are long: their strings are rarely longer, and strings have no bound."""

Assembly = Callable[[], str]
"""Adds the code that assembles a value or a column of values, and returns its name."""


@dataclass(frozen=True)
class Objects:
    """Objects of one type: the name of one object or of a list of them."""

    name: str
    many: bool
    none_with: str = ""
    """The name of the object that the one object is None with: its own, a parent's, or empty if it is never None."""


@dataclass
class Slot:
    """A selected field of some objects. ``assemble`` is set once its values have been read."""

    field: CollectedField
    type: TypeRef | None = None
    """Its type; None if the values are fragments, which are not checked."""
    assemble: Assembly = lambda: ""


@dataclass
class Call:
    """A call of a batch in a stage, and the objects and fields that it resolves."""

    batch: Callable[..., object]
    arguments: Arguments
    price: int
    """The cost for one parent."""
    members: list[tuple[Objects, Slot]] = field(default_factory=list[tuple[Objects, Slot]])


class Compiler:
    """Compiles one selection of one object type, with or without fragments for the entities in it.

    ``hot`` selects Python source instead of steps: it takes longer to compile and runs faster.
    """

    def __init__(self, types: SchemaTypes, fields: FieldCollector, *, hot: bool, fragments: bool) -> None:
        self._types = types
        self._fields = fields
        self._hot = hot
        self._code: ProgramBuilder = SourceProgram() if hot else StepProgram()
        self._with_fragments = fragments
        self._fragments: dict[str, FragmentBatch] = {}
        self._stage: dict[tuple[object, ...], Call] = {}
        self._description: list[str] = []
        """The parts of ``description``."""
        self._not_none: set[str] = set()
        """The names of objects that are not None where the code is added."""
        self.variables: set[str] = set()
        """The variables that arguments contain."""
        self.calls = 0
        self.leaves = 0
        self._key_bytes = 0
        """The length of all response names."""

    @property
    def description(self) -> str:
        """The selection as text: equal for equal selections of any documents."""
        return "".join(self._description)

    def program(self, type_: GraphQLObjectType, fields: Sequence[CollectedField], *, one: bool) -> Program:
        """Return the program for objects of a type; ``one`` if it always runs for a single object."""
        return self._code.program(self._result(type_, fields, one=one))

    def _result(self, type_: GraphQLObjectType, fields: Sequence[CollectedField], *, one: bool) -> str:
        one = one and self._hot
        objects = Objects(self._lines.value("objects[0]") if one else "objects", many=not one)
        assemble = self._open(objects, type_, fields)
        while self._stage:
            self._end_stage()
        result = assemble()
        return f"[{result}]" if one else result

    @property
    def _lines(self) -> SourceProgram:
        """The program as source, which alone has code for single objects."""
        assert isinstance(self._code, SourceProgram)  # noqa: S101 - steps only work on lists
        return self._code

    # Stages

    def _add_call(self, key: tuple[object, ...], call: Call, objects: Objects, slot: Slot) -> None:
        """Add objects to a call of the stage; calls of the same batch with the same arguments are one."""
        self._stage.setdefault(key, call).members.append((objects, slot))

    def _end_stage(self) -> None:
        """Add the calls of the stage, and the code that reads what they return."""
        calls, self._stage = [*self._stage.values()], {}
        results = [self._called(call) for call in calls]
        for result in results:
            # All calls that wait for I/O have started by now, so that they wait together.
            self._code.wait(result)
        for call, result in zip(calls, results, strict=True):
            self._distribute(call, result)
            self._code.checkpoint()

    def _called(self, call: Call) -> str:
        self.calls += 1
        self.variables |= call.arguments.variables
        batch = self._code.constant("b", call.batch)
        if call.arguments.constant is not None:
            given = self._code.constant("a", call.arguments.constant)
        else:
            given = self._code.call(call.arguments.make, "run" if call.arguments.make is _with_run else "values")
        members = [objects for objects, _ in call.members]
        none_with = _none_together(members)
        if none_with is not None:
            parents = f"[{', '.join([objects.name for objects in members])}]"
            otherwise = f" if {none_with} is not None else {[None] * len(members)}" if none_with else ""
            result = self._lines.value(f"context.answer({batch}, {parents}, {given}, {call.price}){otherwise}")
        else:
            price = self._code.constant("p", call.price)
            result = self._code.call(columns.call_batch, "context", batch, self._parents(members), given, price)
        self._code.settle(result)
        return result

    def _parents(self, members: Sequence[Objects]) -> str:
        """Return the list of a call's parents."""
        if len(members) == 1 and members[0].many:
            return members[0].name
        if not self._hot:
            return self._code.call(columns.joined, *(objects.name for objects in members))
        parts = [
            f"*{m.name}" if m.many else f"*(() if {m.name} is None else ({m.name},))" if m.none_with else m.name
            for m in members
        ]
        return self._lines.value(f"[{', '.join(parts)}]")

    def _distribute(self, call: Call, result: str) -> None:
        """Add the code that distributes the values of a batch to the fields that it resolves."""
        members = [objects for objects, _ in call.members]
        if len(members) == 1 and members[0].many:
            values = [result]
        elif _none_together(members) is not None:
            values = [self._lines.value(f"{result}[{position}]") for position in range(len(members))]
        else:
            following = self._code.call(iter, result)
            values = [self._taken(following, objects) for objects in members]
        for value, (objects, slot) in zip(values, call.members, strict=True):
            slot.assemble = self._value(value, objects, slot)

    def _taken(self, following: str, objects: Objects) -> str:
        """Add the code that takes the next values of a batch, as many as there are objects."""
        if objects.many:
            return self._code.call(columns.taken, following, objects.name)
        one = f"next({following})"
        return self._lines.value(f"{one} if {objects.name} is not None else None" if objects.none_with else one)

    # Objects

    def _open(self, objects: Objects, type_: GraphQLObjectType, fields: Sequence[CollectedField]) -> Assembly:
        """Add the code that reads the fields of objects; the returned function adds the code that assembles them."""
        slots: list[Slot] = []
        self._description.append(f"{type_.name}{{")
        for collected in fields:
            self._key_bytes += len(collected.key)
            self._description.append(f"{collected.key}:{collected.name}")
            slot = Slot(collected)
            if collected.name == TYPENAME:
                slot.assemble = self._typename(objects, type_)
            else:
                self._read(objects, slot, self._types.field(type_, collected.name))
            slots.append(slot)
        self._description.append("}")
        if objects.many:
            return lambda: self._assemble_many(objects, slots)
        return lambda: self._assemble_one(objects, slots)

    def _typename(self, objects: Objects, type_: GraphQLObjectType) -> Assembly:
        if objects.many:
            return lambda: self._code.call(columns.repeated, self._code.constant("n", type_.name), objects.name)
        return lambda: repr(type_.name)

    def _read(self, objects: Objects, slot: Slot, resolvable: ResolvableField) -> None:
        slot.type, by = resolvable.type, resolvable.resolution
        if isinstance(by, BatchField):
            arguments, price = self._types.arguments(resolvable, by, slot.field.node)
            self._description.append(f"({arguments.text})")
            self._add_call((by.batch, arguments.text), Call(by.batch, arguments, price), objects, slot)
        elif resolvable.read is not None:
            read = resolvable.read
            slot.assemble = lambda: self._leaf_attribute(objects, resolvable.type, by, read)
        else:
            slot.assemble = self._value(self._attribute(objects, by), objects, slot)

    def _attribute(self, objects: Objects, attribute: AttributeField) -> str:
        """Add the code that reads an attribute of objects, and return the name of the value or the column."""
        if objects.many:
            return self._code.call(columns.column, self._getter(attribute.name), objects.name)
        missing = f" if {objects.none_with} is not None else None" if objects.none_with else ""
        return self._lines.value(f"{objects.name}.{attribute.name}{missing}")

    def _leaf_attribute(
        self, objects: Objects, ref: TypeRef, attribute: AttributeField, read: Callable[[Column], Column]
    ) -> str:
        """Add the code that reads and checks an attribute that is a scalar or an enum."""
        if objects.many:
            self.leaves += 1
            return self._code.call(read, objects.name)
        return self._leaf_one(f"{objects.name}.{attribute.name}", ref)

    def _getter(self, name: str) -> str:
        return self._code.constant(f"get_{name}_", self._types.getter(name))

    # Values of fields

    def _value(self, value: str, objects: Objects, slot: Slot) -> Assembly:
        """Add the code that reads a field's values, down to the objects in them."""
        ref = slot.type
        if ref is None:
            return lambda: value
        if objects.many:
            return self._column(value, ref, slot)
        if isinstance(ref, NamedTypeRef):
            if as_leaf(ref):
                return lambda: self._leaf_one(value, ref)
            if isinstance(ref.type, GraphQLObjectType):
                return self._one(value, ref.type, ref, objects, slot)
        # A list, and an object of an abstract type, is handled as a column of one value.
        only = f"[] if {objects.none_with} is None else [{value}]" if objects.none_with else f"[{value}]"
        assemble = self._column(self._lines.value(only), ref, slot)
        return lambda: f"{assemble()}[0]"

    def _one(self, value: str, type_: GraphQLObjectType, ref: TypeRef, objects: Objects, slot: Slot) -> Assembly:
        """Add the code that checks and reads one object."""
        classes = self._types.classes(type_)
        # A required object is None only if its parent is.
        none_with = objects.none_with if ref.required else value
        condition = f"{value}.__class__ not in {self._code.constant('known', classes.known)}"
        condition += f" and {none_with} is not None" if none_with else ""
        self._lines.line(f"if {condition}: {self._code.constant('require', classes.require)}({value})")
        return self._entered(Objects(value, many=False, none_with=none_with), type_, slot)

    def _column(self, column: str, ref: TypeRef, slot: Slot) -> Assembly:
        """Add the code that reads a column by its type, without None and with lists joined."""
        if as_leaf(ref):
            return lambda: self._leaf_column(column, ref)
        if ref.required:
            return self._required_column(column, ref, slot)
        assemble = self._required_column(self._code.call(columns.present, column), ref, slot)
        return lambda: self._code.call(columns.spread, column, assemble())

    def _required_column(self, column: str, ref: TypeRef, slot: Slot) -> Assembly:
        if isinstance(ref, ListTypeRef):
            before = self._key_bytes
            assemble = self._column(self._code.call(columns.flat, column), ref.of, slot)
            nested = columns.nested_items if self._key_bytes - before > _LONG else columns.nested
            return lambda: self._code.call(nested, column, assemble())
        if abstract := as_abstract(ref):
            return self._abstract(column, abstract, slot)
        assert isinstance(ref.type, GraphQLObjectType)  # noqa: S101 - there are no other output types
        self._code.call(self._types.classes(ref.type).require_all, column)
        distinct = self._code.call(columns.distinct, column)
        assemble = self._entered(Objects(distinct, many=True), ref.type, slot)
        return lambda: self._code.call(columns.repeated_results, "run", column, distinct, assemble())

    def _abstract(self, column: str, type_: GraphQLAbstractType, slot: Slot) -> Assembly:
        """Add the code that reads objects of an abstract type, separately for each object type."""
        types = self._code.call(self._types.runtime_types(type_).all, column)
        opened: dict[str, Assembly] = {}
        for possible in self._types.possible(type_):
            objects = self._code.call(columns.of_type, column, types, self._code.constant("n", possible.name))
            below = self._fields.below(slot.field, possible)
            opened[possible.name] = self._open(Objects(objects, many=True), possible, below)
        names = self._code.constant("n", tuple(opened))
        return lambda: self._code.call(columns.merged, types, names, *(assemble() for assemble in opened.values()))

    # Fragments

    def _entered(self, objects: Objects, type_: GraphQLObjectType, slot: Slot) -> Assembly:
        """Add the code that reads the objects of a field, or the call that finds their fragments."""
        fields = self._fields.below(slot.field, type_)
        fragments = self._fragment_batch(type_, fields, many=objects.many)
        if fragments is None:
            return self._open(objects, type_, fields)
        pasted = Slot(slot.field)
        arguments = Arguments(None, _with_run, frozenset(fragments.variables), "")
        self._add_call((fragments,), Call(fragments, arguments, 0), objects, pasted)
        # `pasted.assemble` is replaced when the stage ends.
        return lambda: pasted.assemble()  # noqa: PLW0108

    def _fragment_batch(
        self, type_: GraphQLObjectType, fields: Sequence[CollectedField], *, many: bool
    ) -> FragmentBatch | None:
        """Return the fragment batch for a selection, equal for equal selections; None if it would not be faster."""
        identity = self._types.entities.get(type_.name)
        if not self._with_fragments or identity is None:
            return None
        inner = Compiler(self._types, self._fields, hot=self._hot, fragments=False)
        result = inner._result(type_, fields, one=False)
        self._key_bytes += inner._key_bytes
        if not inner.calls and (not many or inner.leaves < _MIN_LEAVES):
            return None
        selection = inner.description
        if selection not in self._fragments:
            batch = FragmentBatch(inner._code.program(result), selection, sorted(inner.variables), identity)
            self._fragments[selection] = batch
        return self._fragments[selection]

    # Leaves

    def _leaf_one(self, value: str, ref: TypeRef) -> str:
        """Add the check of one value and return the name of the checked value."""
        self.leaves += 1
        checked = self._types.leaf(ref)
        self._code.names |= checked.names
        name = self._lines.value(value)
        lines = checked.check.format(x=name).split("\n")
        if ref.required:
            self._lines.line(*lines)
        else:
            self._lines.line(f"if {name} is not None:", *[f"    {line}" for line in lines])
        return name

    def _leaf_column(self, column: str, ref: TypeRef) -> str:
        """Add the check of a column of leaves, or of lists of them, and return the name of the checked column."""
        self.leaves += 1
        if isinstance(ref, NamedTypeRef):
            return self._code.call(self._types.leaf(ref).column, column, self._code.constant("n", not ref.required))
        present = column if ref.required else self._code.call(columns.present, column)
        items = self._leaf_column(self._code.call(columns.flat, present), ref.of)
        made = self._code.call(columns.nested, present, items)
        return made if ref.required else self._code.call(columns.spread, column, made)

    # Assembly

    def _assemble_one(self, objects: Objects, slots: Sequence[Slot]) -> str:
        made, none_with = self._code.name("d"), objects.none_with
        if not none_with or none_with in self._not_none:
            self._lines.line(f"{made} = {self._display(slots)}")
            return made
        self._lines.line(f"if {none_with} is None: {made} = None", "else:")
        self._not_none.add(none_with)
        with self._lines.indented():
            self._lines.line(f"{made} = {self._display(slots)}")
        self._not_none.remove(none_with)
        return made

    def _display(self, slots: Sequence[Slot]) -> str:
        """Add the code that assembles the fields of one object, and return the dictionary display of them."""
        return f"{{{', '.join([f'{slot.field.key!r}: {slot.assemble()}' for slot in slots])}}}"

    def _assemble_many(self, objects: Objects, slots: Sequence[Slot]) -> str:
        if not slots:
            return self._code.call(columns.empty, objects.name)
        made = self._code.rows([slot.field.key for slot in slots], [slot.assemble() for slot in slots])
        self._code.checkpoint()
        return made


def _none_together(members: Sequence[Objects]) -> str | None:
    """Return the name of the object that these single objects are all None with; None if they are anything else."""
    names = {objects.none_with for objects in members}
    return names.pop() if len(names) == 1 and not any(objects.many for objects in members) else None


def _with_run(run: object) -> dict[str, object]:
    """Return the arguments of a fragment batch."""
    return {"run": run}
