"""What keeps an operation from being answered by its compiled program."""


class FallbackToStrawberry(Exception):
    """A value is not what the program was written for. The operation is run again by the reference executor."""


class NotCompilable(Exception):
    """The operation asks for something that is not compiled, such as introspection; the message says what."""
