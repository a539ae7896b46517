"""A parser for the documents that most clients send. It makes graphql-core's nodes without their locations.

graphql-core keeps a token and a location for each node, which only errors read. Here one regular expression finds the
tokens, and one method reads each rule of the grammar. Documents with descriptions, escapes or block strings, and all
that have a syntax error, are left to graphql-core's parser, so each message is graphql-core's.

It takes a quarter to a third of the time of graphql-core's parser, and a quarter less CPU for a request with a new
document (workload e2 of docs/benchmarks.md). A cached document takes 130 bytes a token instead of 350.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DefinitionNode,
    DirectiveNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    ListTypeNode,
    ListValueNode,
    Location,
    NamedTypeNode,
    NameNode,
    NonNullTypeNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    Source,
    StringValueNode,
    Token,
    TokenKind,
    TypeNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
)

from execution.fallback import NotFastPath

T = TypeVar("T")

MOST_NESTED = 100
"""A document with more braces and brackets is left to graphql-core, which limits how deep they are nested."""

_TOKENS = (
    r"[A-Za-z_][A-Za-z0-9_]*+|[!$()\[\]{}:=@]|\.\.\."
    r'|"[^"\\\n\r\ud800-\udfff]*+"|-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+(?![A-Za-z0-9_.])'
)
_WORDS = rf"{_TOKENS}|#[^\n\r\ud800-\udfff]*+"
"""Tokens and comments."""

_WORD = re.compile(_WORDS)
_READABLE = re.compile(rf"(?:[\t\n\r ,\ufeff]++|{_WORDS})*+")
_END = ""
_OPERATIONS = {type_.value: type_ for type_ in OperationType}
_BOOLEANS = {"true": True, "false": False}


def parsed(text: str, max_tokens: int) -> DocumentNode:
    """Return the document of a text; only the document itself has a location. Raise NotFastPath for rare texts."""
    if '"""' in text or not _READABLE.fullmatch(text):
        raise NotFastPath
    words = _WORD.findall(text)
    if len(words) > max_tokens or words.count("{") + words.count("[") > MOST_NESTED:
        raise NotFastPath
    start, end = Token(TokenKind.SOF, 0, 0, 0, 0), Token(TokenKind.EOF, len(text), len(text), 0, 0)
    tokens = [word for word in words if word[0] != "#"]
    document = DocumentNode(definitions=_Parser(tokens).definitions(), loc=Location(start, end, Source(text)))
    # As graphql-core's parser does; it counts comments, too.
    object.__setattr__(document, "token_count", len(words))
    return document


class _Parser:
    """Reads tokens, one method for each rule of the grammar."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = [_END, *reversed(tokens)]
        """The tokens that are left, the next one last."""
        self._names: dict[str, NameNode] = {}

    def definitions(self) -> tuple[DefinitionNode, ...]:
        found = [self._definition()]
        while self._tokens[-1] != _END:
            found.append(self._definition())
        return tuple(found)

    # Tokens

    def _expect(self, token: str) -> None:
        if self._tokens.pop() != token:
            raise NotFastPath

    def _skip(self, token: str) -> bool:
        """Skip the next token if it is this one, and return whether it was."""
        if self._tokens[-1] != token:
            return False
        self._tokens.pop()
        return True

    def _name(self) -> NameNode:
        name = self._tokens.pop()
        node = self._names.get(name)
        if node is None:
            if not name.isidentifier():
                raise NotFastPath
            node = self._names[name] = NameNode(value=name)
        return node

    def _many(self, start: str, read: Callable[[], T], end: str) -> tuple[T, ...] | None:
        """Read one or more items between two tokens; return None if the first of these is not next."""
        if not self._skip(start):
            return None
        items = [read()]
        while not self._skip(end):
            items.append(read())
        return tuple(items)

    # Definitions

    def _definition(self) -> DefinitionNode:
        if self._tokens[-1] == "{":
            return OperationDefinitionNode(operation=OperationType.QUERY, selection_set=self._selection_set())
        keyword = self._tokens.pop()
        if keyword == "fragment":
            return self._fragment_definition()
        if keyword not in _OPERATIONS:
            raise NotFastPath
        return OperationDefinitionNode(
            operation=_OPERATIONS[keyword],
            name=self._name() if self._tokens[-1] not in ("(", "@", "{") else None,
            variable_definitions=self._many("(", self._variable_definition, ")"),
            directives=self._directives(),
            selection_set=self._selection_set(),
        )

    def _fragment_definition(self) -> FragmentDefinitionNode:
        name = self._name()
        if name.value == "on":
            raise NotFastPath
        self._expect("on")
        return FragmentDefinitionNode(
            name=name,
            variable_definitions=(),
            type_condition=NamedTypeNode(name=self._name()),
            directives=self._directives(),
            selection_set=self._selection_set(),
        )

    def _variable_definition(self) -> VariableDefinitionNode:
        self._expect("$")
        variable = VariableNode(name=self._name())
        self._expect(":")
        type_ = self._type()
        # Constant values have classes of their own only for type checkers.
        default: Any = self._value(constant=True) if self._skip("=") else None
        directives: Any = self._directives(constant=True)
        return VariableDefinitionNode(variable=variable, type=type_, default_value=default, directives=directives)

    def _type(self) -> TypeNode:
        node: NamedTypeNode | ListTypeNode
        if self._skip("["):
            node = ListTypeNode(type=self._type())
            self._expect("]")
        else:
            node = NamedTypeNode(name=self._name())
        return NonNullTypeNode(type=node) if self._skip("!") else node

    # Selections

    def _selection_set(self) -> SelectionSetNode:
        self._expect("{")
        selections: list[SelectionNode] = []
        while not self._skip("}"):
            selections.append(self._fragment() if self._skip("...") else self._field())
        return SelectionSetNode(selections=tuple(selections))

    def _field(self) -> FieldNode:
        alias, name = None, self._name()
        if self._skip(":"):
            alias, name = name, self._name()
        return FieldNode(
            alias=alias,
            name=name,
            arguments=self._arguments(),
            directives=self._directives(),
            selection_set=self._selection_set() if self._tokens[-1] == "{" else None,
        )

    def _fragment(self) -> FragmentSpreadNode | InlineFragmentNode:
        condition = self._skip("on")
        if not condition and self._tokens[-1] not in ("@", "{"):
            return FragmentSpreadNode(name=self._name(), directives=self._directives())
        return InlineFragmentNode(
            type_condition=NamedTypeNode(name=self._name()) if condition else None,
            directives=self._directives(),
            selection_set=self._selection_set(),
        )

    def _directives(self, *, constant: bool = False) -> tuple[DirectiveNode, ...] | None:
        if self._tokens[-1] != "@":
            return None
        found: list[DirectiveNode] = []
        while self._skip("@"):
            found.append(DirectiveNode(name=self._name(), arguments=self._arguments(constant=constant)))
        return tuple(found)

    def _arguments(self, *, constant: bool = False) -> tuple[ArgumentNode, ...] | None:
        if self._tokens[-1] != "(":
            return None
        return self._many("(", lambda: ArgumentNode(name=self._key(), value=self._value(constant=constant)), ")")

    def _key(self) -> NameNode:
        name = self._name()
        self._expect(":")
        return name

    # Values

    def _value(self, *, constant: bool = False) -> ValueNode:
        token = self._tokens.pop()
        first = token[:1]
        if token.isidentifier():
            return self._named_value(token)
        if token == "$" and not constant:  # noqa: S105 - a token of the grammar
            return VariableNode(name=self._name())
        if first == '"':
            return StringValueNode(value=token[1:-1], block=False)
        if first == "-" or first.isdigit():
            return IntValueNode(value=token) if token.lstrip("-").isdigit() else FloatValueNode(value=token)
        if token == "[":  # noqa: S105 - as above
            values: list[ValueNode] = []
            while not self._skip("]"):
                values.append(self._value(constant=constant))
            return ListValueNode(values=tuple(values))
        if token == "{":  # noqa: S105 - as above
            fields: list[ObjectFieldNode] = []
            while not self._skip("}"):
                fields.append(ObjectFieldNode(name=self._key(), value=self._value(constant=constant)))
            return ObjectValueNode(fields=tuple(fields))
        raise NotFastPath

    def _named_value(self, name: str) -> ValueNode:
        if name in _BOOLEANS:
            return BooleanValueNode(value=_BOOLEANS[name])
        return NullValueNode() if name == "null" else EnumValueNode(value=name)
