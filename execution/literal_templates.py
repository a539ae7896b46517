"""Documents that differ only in the values written into them, which need to be read but once.

Many clients paste values into the text of a document where they could send variables, so that nearly every text is one
never seen before. Its *outline*, the text without its numbers and strings, is an old acquaintance all the same. For the
texts of one outline there is a *template*: the document that the client could have sent, in which variables stand for
the values. It is read, validated and compiled as any document, and the values come along with the client's variables.

What comes of a text by way of its template is what would come of the text itself as long as nothing is wrong. Errors
would point into the wrong document: who meets any has to read the text itself.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from math import isfinite
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast

from graphql import (
    SKIP,
    DocumentNode,
    GraphQLSchema,
    Location,
    Node,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    Visitor,
    VisitorAction,
    visit,
)

from bounded_cache import GenerationalCache

MOST_LITERALS = 100
"""How many values a text may have to be read by its outline."""

_PREFIX = "_"
"""How the names of a template's variables begin."""

_MARKS = 10_000
"""How many outlines are remembered as seen once."""

# What must not stand around a number: with any of these it is part of a name, or of nothing that is right.
_LITERAL = re.compile(
    r"""("[^"\\\n\r\ud800-\udfff]*"|"""
    r"""(?<![A-Za-z0-9_.])-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.]))"""
)


class Outline(NamedTuple):
    """A text taken apart: what is the same for all texts of its outline, and its own values."""

    between: tuple[str, ...]
    """What stands before, between and after the values."""
    kinds: str
    """Of each distinct value in order, whether it is a string, an integer or another number."""
    places: tuple[int, ...]
    """Which of the distinct values stands in each place. Fields can be merged only where they have the same ones."""
    values: tuple[str, ...]
    """The distinct values, as they are written."""

    @property
    def key(self) -> tuple[object, ...]:
        """Return what texts of the same outline share."""
        return self[:3]


def outlined(text: str) -> Outline | None:
    """Return the outline of a text; None where it has no values, or where telling them takes a real lexer."""
    # Escapes, block strings and comments.
    if "\\" in text or '"""' in text:
        return None
    parts = _LITERAL.split(text)
    between, literals = tuple(parts[::2]), parts[1::2]
    if not 0 < len(literals) <= MOST_LITERALS:
        return None
    rest = "".join(between)
    if "#" in rest or '"' in rest:
        return None
    numbers: dict[str, int] = {}
    places = tuple([numbers.setdefault(literal, len(numbers)) for literal in literals])
    return Outline(between, "".join(map(_kind, numbers)), places, tuple(numbers))


def _kind(literal: str) -> str:
    if literal[0] == '"':
        return "s"
    return "i" if literal.lstrip("-").isdigit() else "f"


class Parameter(NamedTuple):
    """A variable that stands for one of the values."""

    name: str
    type: str
    value: int
    """Which of the outline's distinct values it stands for."""


class Template(NamedTuple):
    """The document that texts of one outline have in common."""

    text: str
    parameters: tuple[Parameter, ...]

    def variables(self, outline: Outline) -> dict[str, Any] | None:
        """Return the variables for a text of this outline; None where a value is none of its type."""
        variables: dict[str, Any] = {}
        for name, kind, number in self.parameters:
            value = _VALUES[kind](outline.values[number])
            if value is None:
                return None
            variables[name] = value
        return variables


def template_of(schema: GraphQLSchema, text: str, document: DocumentNode, outline: Outline) -> Template | None:
    """Return the template of a text that is a valid document; None where a value can't be replaced by a variable.

    That can be done in arguments, and in the lists and objects that they are, where a scalar of GraphQL's own belongs.
    """
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if len(operations) != 1 or _declares_like_us(operations[0]):
        return None
    literals = _Literals.of(schema, document)
    parameters: dict[tuple[int, str], Parameter] = {}
    edits: list[_Edit] = []
    for match, number in zip(_LITERAL.finditer(text), outline.places, strict=True):
        kind = literals.pop(match.span(), "")
        if kind not in _VALUES:
            return None
        parameter = Parameter(f"{_PREFIX}{len(parameters)}", kind, number)
        name = parameters.setdefault((number, kind), parameter).name
        edits.append(_Edit(match.start(), match.end(), f"${name}"))
    if literals:
        return None
    edits.append(_declaration(operations[0], parameters.values()))
    return Template(_edited(text, edits), tuple(parameters.values()))


def _declares_like_us(operation: OperationDefinitionNode) -> bool:
    return any(node.variable.name.value.startswith(_PREFIX) for node in operation.variable_definitions or ())


class _Literals(Visitor):
    """Finds the numbers and strings in arguments of fields, and the types that belong there."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types = types
        self.found: dict[tuple[int, int], str] = {}

    @classmethod
    def of(cls, schema: GraphQLSchema, document: DocumentNode) -> dict[tuple[int, int], str]:
        """Return the types by where the literals begin and end in the text."""
        types = TypeInfo(schema)
        literals = cls(types)
        visit(document, TypeInfoVisitor(types, literals))
        return literals.found

    def enter_directive(self, *_: Any) -> VisitorAction:  # noqa: ANN401 - graphql-core's own signature
        """Pass over a directive."""
        return SKIP

    def enter_variable_definition(self, *_: Any) -> VisitorAction:  # noqa: ANN401 - graphql-core's own signature
        """Pass over a default."""
        return SKIP

    def enter_int_value(self, node: ValueNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Note an integer."""
        self._note(node)

    def enter_float_value(self, node: ValueNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Note another number."""
        self._note(node)

    def enter_string_value(self, node: ValueNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Note a string."""
        self._note(node)

    def _note(self, node: ValueNode) -> None:
        assert node.loc is not None  # noqa: S101 - it has been parsed
        kind: object = cast("Any", self._types).get_input_type()
        self.found[node.loc.start, node.loc.end] = str(kind).removesuffix("!")


class _Edit(NamedTuple):
    start: int
    end: int
    replacement: str


def _declaration(operation: OperationDefinitionNode, parameters: Iterable[Parameter]) -> _Edit:
    """Return the edit that makes an operation declare parameters, before any variables of its own."""
    declared = ", ".join(f"${name}: {kind}!" for name, kind, _ in parameters)
    if operation.variable_definitions:
        at = _location(operation.variable_definitions[0]).start
        return _Edit(at, at, f"{declared}, ")
    if operation.name:
        at = _location(operation.name).end
        return _Edit(at, at, f"({declared})")
    start = _location(operation).start
    if start == _location(operation.selection_set).start:
        return _Edit(start, start, f"query ({declared}) ")
    at = start + len(operation.operation.value)
    return _Edit(at, at, f" ({declared})")


def _location(node: Node) -> Location:
    assert node.loc is not None  # noqa: S101 - it has been parsed
    return node.loc


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    pieces: list[str] = []
    position = 0
    for start, end, replacement in sorted(edits):
        pieces += (text[position:start], replacement)
        position = end
    return "".join([*pieces, text[position:]])


def _string(literal: str) -> str:
    return literal[1:-1]


def _identifier(literal: str) -> str:
    return literal[1:-1] if literal[0] == '"' else literal


def _integer(literal: str) -> int | None:
    # More digits than these are out of range, and as many as one likes are dear to read.
    value = int(literal) if len(literal) <= len("-2147483648") else None
    return value if value is not None and -(2**31) <= value < 2**31 else None


def _number(literal: str) -> float | None:
    value = float(literal)
    return value if isfinite(value) else None


_VALUES: Mapping[str, Callable[[str], object]] = {
    "String": _string,
    "ID": _identifier,
    "Int": _integer,
    "Float": _number,
}
"""What a literal is, where it is one of a type."""


class Weighed(Protocol):
    """What is kept of a template, which has a weight."""

    @property
    def weight(self) -> int:
        """How much of the memory that there is for it it takes."""
        ...


D = TypeVar("D", bound=Weighed)


class Shapes(Generic[D]):
    """What has been made of the templates of one schema. What was used lately is kept.

    ``read`` makes it of a template's text, or None of one that can't be run: it may pass a limit that the text of the
    client does not. Outlines that are never met again are not worth a template, so one is made for the second text.
    """

    def __init__(self, schema: GraphQLSchema, read: Callable[[str], D | None], most: int) -> None:
        self._schema = schema
        self._read = read
        self._kept = GenerationalCache[tuple[object, ...], tuple[Template, D]](most)
        self._met = GenerationalCache[int, bool](_MARKS)

    def find(self, outline: Outline) -> tuple[D, dict[str, Any]] | None:
        """Return what was made of an outline's template, and the values of its variables; None where there is none."""
        kept = self._kept.get(outline.key)
        if kept is None:
            return None
        template, made = kept
        variables = template.variables(outline)
        return None if variables is None else (made, variables)

    def learn(self, outline: Outline, text: str, document: DocumentNode) -> None:
        """Remember the outline of a text that is a valid document, and once it was met before, its template."""
        mark = hash(outline.key)
        hopeful = self._met.get(mark)
        if hopeful is None:
            self._met.put(mark, value=True)
        elif hopeful:
            template = template_of(self._schema, text, document, outline)
            made = self._read(template.text) if template else None
            if template is None or made is None:
                self._met.put(mark, value=False)
            else:
                self._kept.put(outline.key, (template, made), made.weight)

    def __len__(self) -> int:
        """How many templates are kept."""
        return len(self._kept)
