"""The pictures that are drawn: one at a time in a thread, a bounded number that wait, and a bounded cache of them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from bounded_cache import GenerationalCache
from db.deadline import before_deadline
from server.concurrency_limit import ConcurrencyLimit

PRICE = 7_000
"""What a drawing is charged, in plain objects of docs/settings.md: 28 milliseconds of processor time."""

MAX_BYTES = 16_000_000
"""Bytes of the pictures that a process keeps, about 180."""

MAX_WAITING = 20
"""Pictures that a process has in hand, the one that is drawn among them. They take about a second."""

_OVERHEAD = 1_000
"""Bytes of a kept picture in addition to its own and its path, roughly."""


class Address(NamedTuple):
    """What is requested: a path with its area, at a version of the data."""

    path: str
    area: str
    data_version: str


class Drawing(NamedTuple):
    """A picture that is drawn."""

    tag: str
    """Its entity tag."""
    png: bytes


class Drawings:
    """Draws pictures, and keeps them."""

    def __init__(self) -> None:
        self._kept = GenerationalCache[Address, Drawing](MAX_BYTES)
        self.limit = ConcurrencyLimit(MAX_WAITING)
        """To be held from before the operation of a picture until it is drawn. Otherwise all operations of those that
        are refused in the end would run."""
        self._turn = asyncio.Lock()
        # The executor holds to one thread even where a request that has timed out leaves a drawing behind.
        self._thread = ThreadPoolExecutor(1, "drawing")

    def kept(self, address: Address) -> Drawing | None:
        """Return the picture of an address if it is kept."""
        return self._kept.get(address)

    async def drawn(self, address: Address, tag: str, draw: Callable[[], bytes]) -> Drawing:
        """Return the picture of an address, which ``draw`` returns in a thread, and keep it.

        Raise DeadlineExceeded at the deadline.
        """
        return await before_deadline(self._in_turn(address, tag, draw))

    async def _in_turn(self, address: Address, tag: str, draw: Callable[[], bytes]) -> Drawing:
        async with self._turn:
            # An equal request may have drawn it meanwhile.
            drawing = self._kept.get(address)
            if drawing is None:
                drawing = Drawing(tag, await asyncio.get_running_loop().run_in_executor(self._thread, draw))
                self._kept.put(address, drawing, len(drawing.png) + len(address.path) + _OVERHEAD)
            return drawing

    def close(self) -> None:
        """Start no drawing any more."""
        self._thread.shutdown(wait=False, cancel_futures=True)
