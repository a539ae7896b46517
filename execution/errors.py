"""Errors of operations that are refused."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLError


class RequestError(Exception):
    """An operation is refused and has no data: a "request error" in the words of the GraphQL specification.

    ``errors`` are formatted as a response's ``errors``, each with a ``code`` in its extensions: GRAPHQL_PARSE_FAILED,
    GRAPHQL_VALIDATION_FAILED, OPERATION_RESOLUTION_FAILURE, LIMIT_EXCEEDED or BAD_USER_INPUT.
    """

    def __init__(self, errors: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(errors[0]["message"])
        self.errors = errors


def bounded(text: str, maximum: int) -> str:
    """Return a text, cut after a maximum of characters."""
    return text if len(text) <= maximum else f"{text[: maximum - 3]}..."


def formatted(error: GraphQLError, max_length: int, **extensions: object) -> dict[str, Any]:
    """Return an error as a response presents it, without the document that it points into.

    The message is cut to ``max_length`` characters, because it may quote what the client sent. The given extensions
    apply unless the error has its own.
    """
    message = bounded(error.message, max_length)
    return {**error.formatted, "message": message, "extensions": {**extensions, **(error.extensions or {})}}


def limit_extensions(limit: str, value: int | None, maximum: int) -> dict[str, Any]:
    """Return the extensions of an error about a limit that is exceeded. A value that was not counted is None."""
    counted = {} if value is None else {"value": value}
    return {"code": "LIMIT_EXCEEDED", "limit": limit, **counted, "maximum": maximum}


def exceeded(limit: str, value: int, maximum: int, problem: str) -> GraphQLError:
    """Return the error for a limit that is exceeded; ``problem`` says what has the value."""
    return GraphQLError(f"{problem}; the maximum is {maximum:,}.", extensions=limit_extensions(limit, value, maximum))


def answer_too_large(maximum: int) -> GraphQLError:
    """Return the error for a result that has more bytes than the maximum. The others were not counted."""
    message = f"The answer is larger than the maximum of {maximum:,} bytes. Request fewer fields or a smaller page."
    return GraphQLError(message, extensions=limit_extensions("answerBytes", None, maximum))
