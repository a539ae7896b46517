"""Values as text: equal to what graphql-core prints, because the text tells the arguments of fields apart."""

import pytest
from graphql import parse_value, print_ast

from execution.nodes import written_value


@pytest.mark.parametrize(
    "text",
    [
        "$a",
        "1.50",
        "null",
        "RED",
        "true",
        r'"a \" $b"',
        '"""a\n  b"""',
        "{}",
        "[]",
        "[[1.5], $a]",
        '{a: {b: [1, $c, "$c"]}, d: null, e: "1", f: 1}',
    ],
)
def test_a_value_is_written_as_graphql_core_prints_it(text: str) -> None:
    value = parse_value(text)
    assert written_value(value) == print_ast(value)
