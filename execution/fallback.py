"""What keeps an operation from running by a compiled program."""


class FallbackToStrawberry(Exception):
    """A value is not of the class that the program expects. Stock Strawberry runs the operation instead."""


class NotCompilable(Exception):
    """The operation selects something that is not compiled, such as introspection. The message says what."""


class NotFastPath(Exception):
    """A document is invalid, or has something rare that is left to graphql-core."""
