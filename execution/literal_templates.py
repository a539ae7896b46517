"""Documents that differ only in literals are parsed, validated and compiled once.

Many clients write values into the text of a document instead of sending variables, so that nearly each text is new. For
texts that are equal except for their numbers and strings there is a *template*: the document that the client could have
sent, in which variables replace the literals. It is parsed, validated and compiled like any document, and a text's
literals are passed as variables. Databases call this auto-parameterization.

A template's result equals that of the text unless something is wrong. Errors would point into the template, so a
caller that gets any reads the text itself.

Reading a comparison of 27 fields takes 13 microseconds by its template and 640 by its text. In docs/benchmarks.md a
request of workload e1, whose documents differ in literals, takes 118 microseconds, and one of e2, where no template
applies, 1,078.
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
from execution.parsing import parsed_with_locations

MAX_LITERALS = 100
"""A text with more literals has no template."""

_PREFIX = "_"
"""The prefix of the names of a template's variables."""

_SEEN = 10_000
"""The number of template keys that are known to have been seen."""

# Next to one of the excluded characters, digits are part of a name or of an invalid token.
_LITERAL = re.compile(
    r"""("[^"\\\n\r\ud800-\udfff]*"|"""
    r"""(?<![A-Za-z0-9_.])-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.]))"""
)


class SplitText(NamedTuple):
    """A text split at its literals."""

    segments: tuple[str, ...]
    """The text before, between and after the literals."""
    types: str
    """A letter for the type of each distinct literal: ``s`` for string, ``i`` for integer, ``f`` for float."""
    places: tuple[int, ...]
    """The index of the distinct literal in each place. Fields can be merged only if equal literals stay equal."""
    literals: tuple[str, ...]
    """The distinct literals, as they are written."""

    @property
    def key(self) -> tuple[object, ...]:
        """Return what texts of the same template share."""
        return self[:3]


def split_literals(text: str) -> SplitText | None:
    """Split a text at its literals; return None if it has none, or if finding them takes a real lexer."""
    # Escapes and block strings; comments are found below.
    if "\\" in text or '"""' in text:
        return None
    parts = _LITERAL.split(text)
    segments, literals = tuple(parts[::2]), parts[1::2]
    if not 0 < len(literals) <= MAX_LITERALS:
        return None
    rest = "".join(segments)
    if "#" in rest or '"' in rest:
        return None
    numbers: dict[str, int] = {}
    places = tuple([numbers.setdefault(literal, len(numbers)) for literal in literals])
    return SplitText(segments, "".join(map(_type_letter, numbers)), places, tuple(numbers))


def _type_letter(literal: str) -> str:
    if literal[0] == '"':
        return "s"
    return "i" if literal.lstrip("-").isdigit() else "f"


class Parameter(NamedTuple):
    """A variable that replaces a literal."""

    name: str
    type: str
    literal: int
    """The index of the distinct literal that it replaces."""


class Template(NamedTuple):
    """The document that texts of one key have in common."""

    text: str
    parameters: tuple[Parameter, ...]

    def variables(self, split: SplitText) -> dict[str, Any] | None:
        """Return the variables for a text of this template; None if a literal is out of its type's range."""
        variables: dict[str, Any] = {}
        for name, type_, number in self.parameters:
            value = _VALUES[type_](split.literals[number])
            if value is None:
                return None
            variables[name] = value
        return variables


def template_of(schema: GraphQLSchema, text: str, split: SplitText) -> Template | None:
    """Return the template of a text that is a valid document; None if a literal cannot be replaced by a variable.

    Literals can be replaced in arguments of fields, and in lists and objects there, if the type is a built-in scalar.
    """
    document = parsed_with_locations(text)
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if len(operations) != 1 or _declares_parameters(operations[0]):
        return None
    literals = _Literals.of(schema, document)
    parameters: dict[tuple[int, str], Parameter] = {}
    edits: list[_Edit] = []
    for match, number in zip(_LITERAL.finditer(text), split.places, strict=True):
        type_ = literals.pop(match.span(), "")
        if type_ not in _VALUES:
            return None
        parameter = Parameter(f"{_PREFIX}{len(parameters)}", type_, number)
        name = parameters.setdefault((number, type_), parameter).name
        edits.append(_Edit(match.start(), match.end(), f"${name}"))
    if literals:
        return None
    edits.append(_declaration(operations[0], parameters.values()))
    return Template(_edited(text, edits), tuple(parameters.values()))


def _declares_parameters(operation: OperationDefinitionNode) -> bool:
    return any(node.variable.name.value.startswith(_PREFIX) for node in operation.variable_definitions or ())


class _Literals(Visitor):
    """Finds the numbers and strings in arguments of fields, and the types that the schema has there."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types = types
        self.found: dict[tuple[int, int], str] = {}

    @classmethod
    def of(cls, schema: GraphQLSchema, document: DocumentNode) -> dict[tuple[int, int], str]:
        """Return the types by the start and end of the literals in the text."""
        types = TypeInfo(schema)
        literals = cls(types)
        visit(document, TypeInfoVisitor(types, literals))
        return literals.found

    def enter_directive(self, *_: Any) -> VisitorAction:  # noqa: ANN401 - graphql-core's own signature
        """Skip a directive."""
        return SKIP

    def enter_variable_definition(self, *_: Any) -> VisitorAction:  # noqa: ANN401 - graphql-core's own signature
        """Skip a default value."""
        return SKIP

    def enter_int_value(self, node: ValueNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Note an integer."""
        self._note(node)

    def enter_float_value(self, node: ValueNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Note a float."""
        self._note(node)

    def enter_string_value(self, node: ValueNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Note a string."""
        self._note(node)

    def _note(self, node: ValueNode) -> None:
        assert node.loc is not None  # noqa: S101 - the document was parsed
        type_: object = cast("Any", self._types).get_input_type()
        self.found[node.loc.start, node.loc.end] = str(type_).removesuffix("!")


class _Edit(NamedTuple):
    start: int
    end: int
    replacement: str


def _declaration(operation: OperationDefinitionNode, parameters: Iterable[Parameter]) -> _Edit:
    """Return the edit that declares parameters before the operation's own variables."""
    declared = ", ".join(f"${name}: {type_}!" for name, type_, _ in parameters)
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
    assert node.loc is not None  # noqa: S101 - the document was parsed
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
    # Longer literals are out of range, and reading thousands of digits is slow.
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
"""The value of a literal by the type of its place; None if it is out of range."""


class HasWeight(Protocol):
    """What is made of a template, which has a weight."""

    @property
    def weight(self) -> int:
        """Its share of the cache's capacity."""
        ...


D = TypeVar("D", bound=HasWeight)


class TemplateCache(Generic[D]):
    """What was made of the templates of one schema. The recently used ones are kept.

    ``read`` makes it of a template's text, or returns None if the template cannot run: it may exceed a limit that the
    client's text does not. A template is made for the second text with a key, because most keys occur only once.
    """

    def __init__(self, schema: GraphQLSchema, read: Callable[[str], D | None], capacity: int) -> None:
        self._schema = schema
        self._read = read
        self._cache = GenerationalCache[tuple[object, ...], tuple[Template, D]](capacity)
        self._seen = GenerationalCache[int, bool](_SEEN)
        """The hashes of keys, and whether a template may be possible."""

    def get(self, split: SplitText) -> tuple[D, dict[str, Any]] | None:
        """Return what was made of a text's template, and the values of its variables; None if there is none."""
        cached = self._cache.get(split.key)
        if cached is None:
            return None
        template, made = cached
        variables = template.variables(split)
        return None if variables is None else (made, variables)

    def learn(self, split: SplitText, text: str) -> None:
        """Note the key of a text that is a valid document; make its template if the key was seen before."""
        mark = hash(split.key)
        possible = self._seen.get(mark)
        if possible is None:
            self._seen.put(mark, value=True)
        elif possible:
            template = template_of(self._schema, text, split)
            made = self._read(template.text) if template else None
            if template is None or made is None:
                self._seen.put(mark, value=False)
            else:
                self._cache.put(split.key, (template, made), made.weight)

    def __len__(self) -> int:
        """The number of templates in the cache."""
        return len(self._cache)
