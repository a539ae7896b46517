"""Parses documents within the limits of tokens and lines.

Most documents are parsed without the locations of their nodes, which only errors need: see ``fast_parsing``. Code that
may report an error at a node takes the node from ``located``.
"""

from graphql import DocumentNode, GraphQLError, GraphQLSyntaxError, OperationDefinitionNode, parse

from execution import fast_parsing
from execution.errors import exceeded, limit_extensions
from execution.fallback import NotFastPath
from execution.limits import Limits


def parsed(text: str, limits: Limits, *, locations: bool = False) -> DocumentNode:
    """Return the document of a text; raise GraphQLError if it has none or exceeds a limit.

    Its nodes have locations only if they are asked for, or if graphql-core has to parse the text.
    """
    lines, max_lines = 1 + text.count("\n") + text.count("\r"), limits.max_lines_per_token * limits.max_tokens
    if lines > max_lines:
        raise exceeded("lines", lines, max_lines, f"The document has {lines:,} lines")
    tokens = limits.max_tokens
    if not locations:
        try:
            return fast_parsing.parsed(text, tokens)
        except NotFastPath:
            pass
    try:
        return parsed_with_locations(text, tokens)
    except GraphQLSyntaxError as error:
        if f"more than {tokens} tokens" not in error.message:
            raise
        # The parser stops at the first token above the limit, so their number is unknown.
        message = f"The document has more than {tokens:,} tokens; the maximum is {tokens:,}."
        raise GraphQLError(message, extensions=limit_extensions("tokens", None, tokens)) from None


def located(document: DocumentNode, operation: OperationDefinitionNode) -> tuple[DocumentNode, OperationDefinitionNode]:
    """Return a document and one of its operations with the locations of their nodes."""
    if operation.loc is not None or document.loc is None:
        return document, operation
    again = parsed_with_locations(document.loc.source.body)
    [same] = [new for new, old in zip(again.definitions, document.definitions, strict=True) if old is operation]
    assert isinstance(same, OperationDefinitionNode)  # noqa: S101 - the same text
    return again, same


def parsed_with_locations(text: str, max_tokens: int | None = None) -> DocumentNode:
    """Parse a text by graphql-core, and remove each token's reference to the token before it, which nothing reads.

    Two tokens that refer to each other are a cycle, which keeps the whole document in memory until the garbage
    collector runs. Collecting them takes 11 to 19% of the time that it takes to parse documents and drop them.
    """
    document = parse(text, max_tokens=max_tokens)
    token = document.loc.start_token if document.loc else None
    while token is not None:
        token.prev = None
        token = token.next
    return document
