"""A limit on the operations that run at once. More are refused, because a queue would only grow."""

from collections.abc import Callable

from server.responses import Refused


class ConcurrencyLimit:
    """A context manager that at most a number of operations are in at once. It reports each change of their number."""

    def __init__(self, maximum: int, report: Callable[[int], None] = lambda _: None) -> None:
        self.maximum = maximum
        self.report = report
        self.active = 0

    def __enter__(self) -> None:
        """Acquire a slot; raise Refused when all are taken."""
        if self.active >= self.maximum:
            raise Refused.temporarily("OVERLOADED", "The server is at capacity. Retry after the time in Retry-After.")
        self._change(1)

    def __exit__(self, *_: object) -> None:
        """Release the slot."""
        self._change(-1)

    def _change(self, number: int) -> None:
        self.active += number
        self.report(self.active)
