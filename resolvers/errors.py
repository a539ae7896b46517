"""Errors that a client can act on; each has a code in its extensions."""

from graphql import GraphQLError


class BadUserInput(GraphQLError):
    """An argument has a value that can't be used."""

    def __init__(self, argument: str, problem: str) -> None:
        super().__init__(
            f'Argument "{argument}": {problem}.', extensions={"code": "BAD_USER_INPUT", "argument": argument}
        )


class NotFound(GraphQLError):
    """An argument names a thing that there is not, where the answer makes no sense without it."""

    def __init__(self, arguments: list[str], problem: str) -> None:
        super().__init__(f"{problem}.", extensions={"code": "NOT_FOUND", "arguments": arguments})
