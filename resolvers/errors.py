"""Errors that a client can fix; each has a code in its extensions."""

from graphql import GraphQLError


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
