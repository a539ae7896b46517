"""Errors that a client can fix; each has a code in its extensions."""

from collections.abc import Sequence

from graphql import GraphQLError

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Stands for a control character."""

LONGEST_QUOTE = 60
"""The number of characters that a message repeats of what a client wrote."""


def quoted(text: str) -> str:
    """Return what a client wrote in quotation marks: cut if it is long, without control characters."""
    shown = text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 3]}..."
    return f'"{"".join(c if c.isprintable() else REPLACEMENT for c in shown)}"'


def did_you_mean(nearest: Sequence[tuple[str, str]]) -> str:
    """Return the question whether other keys are meant, each with its name; empty without any."""
    named = ", ".join(f"{key} ({name})" if name else key for key, name in nearest)
    return f"did you mean {named}? " if named else ""


class BadUserInput(GraphQLError):
    """An argument has an invalid value."""

    def __init__(self, argument: str, problem: str) -> None:
        super().__init__(
            f'Argument "{argument}": {problem}.', extensions={"code": "BAD_USER_INPUT", "argument": argument}
        )


class TooManyErrors(GraphQLError):
    """More fields of one operation fail than a response may have errors."""

    def __init__(self, maximum: int) -> None:
        super().__init__(
            f"More than {maximum:,} fields have errors. Correct their arguments, or request fewer objects.",
            extensions={"code": "LIMIT_EXCEEDED", "limit": "errors", "maximum": maximum},
        )


class NotFound(GraphQLError):
    """Arguments name objects that don't exist, and the field can't be computed without them."""

    def __init__(self, arguments: list[str], problem: str) -> None:
        super().__init__(f"{problem}.", extensions={"code": "NOT_FOUND", "arguments": arguments})
