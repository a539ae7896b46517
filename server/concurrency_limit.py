"""How many operations run at once: beyond that they are turned away, since a queue would only grow."""

from collections.abc import Callable

from server.responses import Refused


class ConcurrencyLimit:
    """Lets a number of operations in at a time, and tells each time how many are inside now."""

    def __init__(self, most: int, tell: Callable[[int], None] = lambda _: None) -> None:
        self.most = most
        self.tell = tell
        self.inside = 0

    def __enter__(self) -> None:
        """Be inside; raise Refused where all places are taken."""
        if self.inside >= self.most:
            raise Refused.for_now("OVERLOADED", "The server is as busy as it may be; ask again.")
        self._change(1)

    def __exit__(self, *_: object) -> None:
        """Make room."""
        self._change(-1)

    def _change(self, number: int) -> None:
        self.inside += number
        self.tell(self.inside)
