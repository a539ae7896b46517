"""The compiler: from a selection to the program that answers it.

A program works in *stages*. A stage reads whatever can be read of the objects at hand: plain attributes, and the
objects and lists that these lead to. Then it asks each batch, once, for all parents that the stage has brought up, and
what the batches return are the objects of the next stage. When no batch is left, the answer is assembled from the
inside out.

Objects that are reached by the same list are one list, and their fields columns: *many*. In a program that is asked for
again, objects that are reached by no list are variables of their own, and their fields straight-line code: *one*. So
the source of

    { occupation(by: {slug: "x"}) { title skills { nodes { rank } } } }

is, but for the names,

    asked = answer(by_key, [root], {...})              # a coroutine only where something has to be waited for
    occupation, = asked
    asked = answer(of_occupations, [occupation] if occupation is not None else [], {...})
    page = ...
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
from execution.arguments import Arguments, arguments_of
from execution.code import Code, Program, Source, Steps
from execution.fields import Attribute, Batched
from execution.fragments import FragmentBatch
from execution.selections import Selected, Selections
from execution.type_refs import Kind, ListOf, Named, as_abstract, as_leaf
from execution.types import Answered, Types

TYPENAME = "__typename"

_FEW = 4
"""So many leaves of an object of a list are read as fast as a fragment is found."""

Assembly = Callable[[], str]
"""Adds what assembles a value, or a column of values, and returns its name."""


@dataclass(frozen=True)
class Objects:
    """Objects of one type: the name of one object, or of a list of them."""

    name: str
    many: bool
    optional: bool = False
    """Whether the one object may be None."""


@dataclass
class Slot:
    """A field of some objects. What assembles its value is known once the value has been read."""

    selected: Selected
    kind: Kind | None = None
    """Its type; None where the values are fragments, with nothing in them to be looked at."""
    assemble: Assembly = lambda: ""


@dataclass
class Call:
    """A batch that a stage asks, and the objects and fields that it is asked for."""

    batch: Callable[..., object]
    arguments: Arguments
    members: list[tuple[Objects, Slot]] = field(default_factory=list[tuple[Objects, Slot]])


class Compiler:
    """Compiles one selection of one type of objects, with fragments for the entities in it or without.

    ``hot`` is for what is asked for again: it is compiled to source, which takes longer and runs faster.
    """

    def __init__(self, types: Types, selections: Selections, *, hot: bool, fragments: bool) -> None:
        self._types = types
        self._selections = selections
        self._hot = hot
        self._code: Code = Source() if hot else Steps()
        self._with_fragments = fragments
        self._fragments: dict[str, FragmentBatch] = {}
        self._stage: dict[tuple[object, ...], Call] = {}
        self._description: list[str] = []
        """The selection, so that the same one has the same text in whatever document."""
        self.variables: set[str] = set()
        """The variables that arguments are made of."""
        self.calls = 0
        self.leaves = 0

    @property
    def description(self) -> str:
        """The selection as text, the same for the same one in whatever document."""
        return "".join(self._description)

    def program(self, kind: GraphQLObjectType, selected: Sequence[Selected], *, one: bool) -> Program:
        """Return the program for objects of a type; ``one`` where it is always asked for a single object."""
        return self._code.program(self._result(kind, selected, one=one))

    def _result(self, kind: GraphQLObjectType, selected: Sequence[Selected], *, one: bool) -> str:
        one = one and self._hot
        objects = Objects(self._lines.value("objects[0]") if one else "objects", many=not one)
        assemble = self._open(objects, kind, selected)
        while self._stage:
            self._ask()
        result = assemble()
        return f"[{result}]" if one else result

    @property
    def _lines(self) -> Source:
        """The code where it is source. Only that knows single objects."""
        assert isinstance(self._code, Source)  # noqa: S101 - steps are made of lists alone
        return self._code

    # Stages

    def _ask_later(self, question: tuple[object, ...], call: Call, objects: Objects, slot: Slot) -> None:
        """Have the stage ask a batch for objects, together with all others for whom it asks the same."""
        self._stage.setdefault(question, call).members.append((objects, slot))

    def _ask(self) -> None:
        """Add the calls of the stage's batches, and open what they return."""
        calls, self._stage = [*self._stage.values()], {}
        results = [self._called(call) for call in calls]
        for result in results:
            # A list is there at once. What has to be waited for has begun, so that all of the stage waits together.
            self._code.wait(result)
        for call, result in zip(calls, results, strict=True):
            self._hand_out(call, result)

    def _called(self, call: Call) -> str:
        self.calls += 1
        self.variables |= call.arguments.variables
        batch = self._code.constant("b", call.batch)
        if call.arguments.constant is not None:
            given = self._code.constant("a", call.arguments.constant)
        else:
            given = self._code.call(call.arguments.make, "values")
        members = [objects for objects, _ in call.members]
        parents = self._parents(members)
        if not self._hot:
            return self._code.call(columns.ask, "answer", batch, parents, given)
        if any(not one.many and not one.optional for one in members):
            return self._lines.value(f"answer({batch}, {parents}, {given})")
        parents = self._lines.value(parents)
        return self._lines.value(f"answer({batch}, {parents}, {given}) if {parents} else []")

    def _parents(self, members: Sequence[Objects]) -> str:
        """Return the list of a call's parents."""
        if len(members) == 1 and members[0].many:
            return members[0].name
        if not self._hot:
            return self._code.call(columns.joined, *(objects.name for objects in members))
        parts = [
            f"*{m.name}" if m.many else f"*(() if {m.name} is None else ({m.name},))" if m.optional else m.name
            for m in members
        ]
        return f"[{', '.join(parts)}]"

    def _hand_out(self, call: Call, result: str) -> None:
        """Add what hands the values of a batch out to the fields that wait for them."""
        members = [objects for objects, _ in call.members]
        if len(members) == 1 and members[0].many:
            values = [result]
        elif all(not m.many and not m.optional for m in members):
            values = [self._lines.value(f"{result}[{position}]") for position in range(len(members))]
        else:
            following = self._code.call(iter, result)
            values = [self._taken(following, objects) for objects in members]
        for value, (objects, slot) in zip(values, call.members, strict=True):
            slot.assemble = self._value(value, objects, slot)

    def _taken(self, following: str, objects: Objects) -> str:
        """Add what takes the next values of a batch, as many as there are objects."""
        if objects.many:
            return self._code.call(columns.taken, following, objects.name)
        one = f"next({following})"
        return self._lines.value(f"{one} if {objects.name} is not None else None" if objects.optional else one)

    # Objects

    def _open(self, objects: Objects, kind: GraphQLObjectType, selected: Sequence[Selected]) -> Assembly:
        """Add what reads the fields of objects, and return what will add their assembly."""
        slots: list[Slot] = []
        self._description.append(f"{kind.name}{{")
        for chosen in selected:
            self._description.append(f"{chosen.key}:{chosen.name}")
            slot = Slot(chosen)
            if chosen.name == TYPENAME:
                slot.assemble = self._typename(objects, kind)
            else:
                self._read(objects, slot, self._types.answered(kind, chosen.name))
            slots.append(slot)
        self._description.append("}")
        if objects.many:
            return lambda: self._assemble_many(objects, slots)
        return lambda: self._assemble_one(objects, slots)

    def _typename(self, objects: Objects, kind: GraphQLObjectType) -> Assembly:
        if objects.many:
            return lambda: self._code.call(columns.repeated, self._code.constant("n", kind.name), objects.name)
        return lambda: repr(kind.name)

    def _read(self, objects: Objects, slot: Slot, answered: Answered) -> None:
        slot.kind, by = answered.kind, answered.by
        if isinstance(by, Batched):
            arguments = arguments_of(self._types.schema, answered.definition, slot.selected.node, by)
            self._description.append(f"({arguments.text})")
            self._ask_later((by.batch, arguments.text), Call(by.batch, arguments), objects, slot)
        elif isinstance(answered.kind, Named) and as_leaf(answered.kind):
            slot.assemble = lambda: self._leaf_attribute(objects, answered.kind, by)
        else:
            slot.assemble = self._value(self._attribute(objects, by), objects, slot)

    def _attribute(self, objects: Objects, attribute: Attribute) -> str:
        """Add what reads an attribute of objects, and return the name of the value or the column."""
        if objects.many:
            return self._code.call(columns.column, self._getter(attribute.name), objects.name)
        missing = f" if {objects.name} is not None else None" if objects.optional else ""
        return self._lines.value(f"{objects.name}.{attribute.name}{missing}")

    def _leaf_attribute(self, objects: Objects, kind: Kind, attribute: Attribute) -> str:
        """Add what reads and checks an attribute that is a scalar or an enum, right where it is put."""
        if objects.many:
            return self._leaf_column(self._attribute(objects, attribute), kind)
        return self._leaf_one(f"{objects.name}.{attribute.name}", kind)

    def _getter(self, name: str) -> str:
        return self._code.constant(f"get_{name}_", self._types.getter(name))

    # Values of fields

    def _value(self, value: str, objects: Objects, slot: Slot) -> Assembly:
        """Add what takes a field's values apart, down to the objects that they hold."""
        kind = slot.kind
        if kind is None:
            return lambda: value
        if objects.many:
            return self._column(value, kind, slot)
        if isinstance(kind, Named):
            if as_leaf(kind):
                return lambda: self._leaf_one(value, kind)
            if isinstance(kind.type, GraphQLObjectType):
                return self._one(value, kind.type, kind, objects, slot)
        # Lists, and objects of any of several types, are columns even where there is but one: the column's one value.
        only = f"[] if {objects.name} is None else [{value}]" if objects.optional else f"[{value}]"
        assemble = self._column(self._lines.value(only), kind, slot)
        return lambda: f"{assemble()}[0]"

    def _one(self, value: str, of: GraphQLObjectType, kind: Kind, objects: Objects, slot: Slot) -> Assembly:
        """Add what takes one object."""
        classes = self._types.classes(of)
        optional = objects.optional or not kind.required
        # One that is required is None only where its parent is.
        absent = f"{objects.name} is None" if kind.required else f"{value} is None"
        condition = f"{value}.__class__ not in {self._code.constant('known', classes.known)}"
        condition += f" and not {absent}" if optional else ""
        self._lines.line(f"if {condition}: {self._code.constant('require', classes.require)}({value})")
        return self._entered(Objects(value, many=False, optional=optional), of, slot)

    def _column(self, column: str, kind: Kind, slot: Slot) -> Assembly:
        """Add what takes a column apart by its type: missing values left out, lists laid end to end."""
        if as_leaf(kind):
            return lambda: self._leaf_column(column, kind)
        if kind.required:
            return self._required_column(column, kind, slot)
        assemble = self._required_column(self._code.call(columns.present, column), kind, slot)
        return lambda: self._code.call(columns.spread, column, assemble())

    def _required_column(self, column: str, kind: Kind, slot: Slot) -> Assembly:
        if isinstance(kind, ListOf):
            assemble = self._column(self._code.call(columns.flat, column), kind.of, slot)
            return lambda: self._code.call(columns.nested, column, assemble())
        if abstract := as_abstract(kind):
            return self._several(column, abstract, slot)
        assert isinstance(kind.type, GraphQLObjectType)  # noqa: S101 - there are no other types of output
        self._code.call(self._types.classes(kind.type).require_all, column)
        return self._entered(Objects(column, many=True), kind.type, slot)

    def _several(self, column: str, kind: GraphQLAbstractType, slot: Slot) -> Assembly:
        """Add what sorts objects of an abstract type out by their types."""
        kinds = self._code.call(self._types.kinds(kind).all, column)
        opened: dict[str, Assembly] = {}
        for possible in self._types.possible(kind):
            objects = self._code.call(columns.of_kind, column, kinds, self._code.constant("n", possible.name))
            below = self._selections.below(slot.selected, possible)
            opened[possible.name] = self._open(Objects(objects, many=True), possible, below)
        names = self._code.constant("n", tuple(opened))
        return lambda: self._code.call(columns.merged, kinds, names, *(assemble() for assemble in opened.values()))

    # Fragments

    def _entered(self, objects: Objects, kind: GraphQLObjectType, slot: Slot) -> Assembly:
        """Add what reads objects that a field leads to, or what finds their fragments."""
        selected = self._selections.below(slot.selected, kind)
        fragments = self._fragment_batch(kind, selected, many=objects.many)
        if fragments is None:
            return self._open(objects, kind, selected)
        pasted = Slot(slot.selected)
        arguments = Arguments(None, _all_values, frozenset(fragments.variables), "")
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
        inner = Compiler(self._types, self._selections, hot=self._hot, fragments=False)
        result = inner._result(kind, selected, one=False)
        if not inner.calls and (not many or inner.leaves < _FEW):
            return None
        selection = inner.description
        if selection not in self._fragments:
            batch = FragmentBatch(inner._code.program(result), selection, sorted(inner.variables), identity)
            self._fragments[selection] = batch
        return self._fragments[selection]

    # Leaves

    def _leaf_one(self, value: str, kind: Kind) -> str:
        """Add the check of one value, and return the name of what it is afterwards."""
        self.leaves += 1
        checked = self._types.leaf(kind)
        self._code.names |= checked.names
        name = self._lines.value(value)
        if not kind.required:
            self._lines.line(f"if {name} is not None:")
        with self._lines.indented(0 if kind.required else 1):
            self._lines.line(*checked.check.format(x=name).split("\n"))
        return name

    def _leaf_column(self, column: str, kind: Kind) -> str:
        """Add the check of a column of leaves, which may be lists of them, and return its name afterwards."""
        self.leaves += 1
        if isinstance(kind, Named):
            return self._code.call(self._types.leaf(kind).column, column, self._code.constant("n", not kind.required))
        there = column if kind.required else self._code.call(columns.present, column)
        items = self._leaf_column(self._code.call(columns.flat, there), kind.of)
        made = self._code.call(columns.nested, there, items)
        return made if kind.required else self._code.call(columns.spread, column, made)

    # Assembly

    def _assemble_one(self, objects: Objects, slots: Sequence[Slot]) -> str:
        made = self._code.name("d")
        if objects.optional:
            self._lines.line(f"if {objects.name} is None: {made} = None", "else:")
        with self._lines.indented(1 if objects.optional else 0):
            values = [f"{slot.selected.key!r}: {slot.assemble()}" for slot in slots]
            self._lines.line(f"{made} = {{{', '.join(values)}}}")
        return made

    def _assemble_many(self, objects: Objects, slots: Sequence[Slot]) -> str:
        if not slots:
            return self._code.call(columns.empty, objects.name)
        return self._code.rows([slot.selected.key for slot in slots], [slot.assemble() for slot in slots])


def _all_values(values: object) -> dict[str, object]:
    """Hand all variables to a batch of fragments."""
    return {"values": values}
