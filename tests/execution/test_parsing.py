"""Documents are parsed as graphql-core parses them: the same nodes in the same places, and the same errors."""

from collections.abc import Iterator

import pytest
from graphql import DocumentNode, GraphQLSyntaxError, get_introspection_query, parse, print_ast
from graphql.language import Token
from hypothesis import given, settings
from hypothesis import strategies as st

from execution.limits import nodes
from execution.parsing import parsed
from tests.server.hostile_documents import HOSTILE, documents
from tests.test_readme import QUERIES

MOST_TOKENS = 1_000


def what_comes_of(text: str, *, ours: bool) -> object:
    """Return a document with all tokens and the places of its nodes, or the error."""
    try:
        document = parsed(text, MOST_TOKENS) if ours else parse(text, max_tokens=MOST_TOKENS)
    except GraphQLSyntaxError as error:
        return error.message, error.locations
    assert document.loc is not None
    tokens: list[tuple[object, ...]] = []
    token: Token | None = document.loc.start_token
    while token is not None:
        tokens.append((token.kind, token.start, token.end, token.line, token.column, token.value))
        token = token.next
    return print_ast(document), [*places(document)], tokens, document.token_count


def places(document: DocumentNode) -> Iterator[tuple[str, int, int]]:
    """Yield the kind of each node, and where it begins and ends."""
    for node in nodes(document):
        assert node.loc is not None
        yield node.kind, node.loc.start, node.loc.end


def see_that_both_are_alike(text: str) -> None:
    assert what_comes_of(text, ours=True) == what_comes_of(text, ours=False)


@pytest.mark.parametrize("text", [*QUERIES, get_introspection_query()])
def test_usual_documents_are_parsed_alike(text: str) -> None:
    see_that_both_are_alike(text)


@pytest.mark.parametrize("text", [pytest.param(case.text, id=case.name) for case in HOSTILE])
def test_hostile_documents_are_parsed_alike(text: str) -> None:
    see_that_both_are_alike(text)


@settings(max_examples=20, deadline=None)
@given(documents())
def test_documents_of_fragments_are_parsed_alike(text: str) -> None:
    see_that_both_are_alike(text)


WORDS = [*"!$&():=@[]{|}.,\"'#\\?-+ \t\n\r\ufeff\xa0é", "...", "\r\n", '"""', "query", "on", "a1", "_b", "1", "-0.5e3"]


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=12).map("".join), st.sampled_from(["{0}", "{{ a {0} }}", "{0} {{ a }}"])
)
def test_whatever_is_written_is_parsed_alike(words: str, around: str) -> None:
    see_that_both_are_alike(around.format(words))
