"""graphql-core's parser with a lexer that reads names and punctuators by one regular expression.

Half of what graphql-core takes to parse a document it spends on looking at each character of each name. All else is
graphql-core's own: strings, numbers, comments, and each message about what is wrong.
"""

import re

from graphql import DocumentNode, Source, TokenKind, parse
from graphql.language import Lexer, Token
from graphql.language.parser import Parser

# Carriage returns are left to graphql-core, which counts them as a line only where no other ending follows.
_TOKEN = re.compile(r"[ \t,\ufeff\n]*(?:([A-Za-z_][A-Za-z0-9_]*)|([!$&():=@\[\]{|}]|\.\.\.))")
_PUNCTUATORS = {kind.value: kind for kind in TokenKind if re.fullmatch(r"[!$&():=@\[\]{|}]|\.\.\.", kind.value)}


def parsed(text: str, most_tokens: int) -> DocumentNode:
    """Return the document of a text; raise GraphQLError where it has none, or more tokens than it may."""
    source = Source(text)
    try:
        document = Parser(source, max_tokens=most_tokens, lexer=_Lexer(source)).parse_document()
    except RecursionError:
        # It is nested too deeply, which graphql-core tells in its own words.
        return parse(text, max_tokens=most_tokens)
    _unlink(document)
    return document


def _unlink(document: DocumentNode) -> None:
    """Have no token know the one before it, which nobody asks for.

    Tokens that know each other would stay in memory, with all of the document, until Python looks for garbage.
    """
    token = document.loc.start_token if document.loc else None
    while token is not None:
        token.prev = None
        token = token.next


class _Lexer(Lexer):
    """The lexer."""

    def read_next_token(self, start: int) -> Token:
        """Return the token that comes at a position or after it."""
        body = self.source.body
        match = _TOKEN.match(body, start)
        if match is None:
            return super().read_next_token(start)
        name, punctuator = match.groups()
        end = match.end()
        begin = end - len(name or punctuator)
        if begin > start and (lines := body.count("\n", start, begin)):
            self.line += lines
            self.line_start = 1 + body.rindex("\n", start, begin)
        column = 1 + begin - self.line_start
        if name:
            return Token(TokenKind.NAME, begin, end, self.line, column, name)
        return Token(_PUNCTUATORS[punctuator], begin, end, self.line, column)
