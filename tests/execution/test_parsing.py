"""Documents are parsed within the limits, and freed when they are dropped."""

import gc

import pytest
from graphql import GraphQLError, parse, print_ast

from execution.limits import Limits
from execution.parsing import parsed
from tests.test_readme import QUERIES

LIMITS = Limits(max_tokens=20, max_lines_per_token=2)


@pytest.mark.parametrize("text", QUERIES)
def test_documents_are_those_of_graphql_core(text: str) -> None:
    assert print_ast(parsed(text, Limits())) == print_ast(parse(text))


@pytest.mark.parametrize(
    ("limit", "problem", "text", "maximum"),
    [
        ("tokens", "has more than 20 tokens", "{ " + "a " * 19 + "}", 20),
        ("lines", "has 41 lines", "{ a }" + "\n" * 40, 40),
        ("lines", "has 41 lines", "{ a }" + "\r" * 40, 40),
    ],
)
def test_a_document_above_a_limit_is_refused(limit: str, problem: str, text: str, maximum: int) -> None:
    with pytest.raises(GraphQLError) as refused:
        parsed(text, LIMITS)
    assert refused.value.message == f"The document {problem}; the maximum is {maximum}."
    assert refused.value.extensions == {
        "code": "LIMIT_EXCEEDED",
        "limit": limit,
        # The parser does not count the tokens above the limit.
        **({} if limit == "tokens" else {"value": maximum + 1}),
        "maximum": maximum,
    }


@pytest.mark.parametrize("text", ["{ " + "a " * 18 + "}", "{ a }" + "\n" * 39])
def test_a_document_at_a_limit_is_parsed(text: str) -> None:
    parsed(text, LIMITS)


@pytest.mark.parametrize("text", ["{ a", '{ a(b: "c', "{ " * 10_000])
def test_syntax_errors_are_those_of_graphql_core(text: str) -> None:
    limits = Limits(max_tokens=100_000)
    with pytest.raises(GraphQLError) as ours:
        parsed(text, limits)
    with pytest.raises(GraphQLError) as reference:
        parse(text, max_tokens=limits.max_tokens)
    assert ours.value.formatted == reference.value.formatted


@pytest.mark.usefixtures("old_objects_frozen")
def test_a_dropped_document_is_freed_without_the_garbage_collector() -> None:
    gc.collect()
    parsed("{ a { b } }", LIMITS)
    assert gc.collect() == 0
    parse("{ a { b } }")
    assert gc.collect() > 0
