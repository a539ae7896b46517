"""Rate limits: what a client may ask for in a time, counted by cost."""

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any, NamedTuple, cast

import limits
from cachetools import TTLCache
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from server.client_address import client_of
from server.valkey import Away, ValkeyClient

COUNTS = 50_000
"""How many counts a process keeps in memory: two a client, some 16 MB in all. The least recently used make room."""


@dataclass(frozen=True)
class Allowance:
    """Whether a request is admitted, after how many seconds it would be if not, and what its answer's headers say."""

    allowed: bool = True
    retry_after: int = 0
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class Used(NamedTuple):
    """What a client has used, as limits counts it: in windows of so many seconds, of which two count.

    What was used in the window before counts by the share of this one that is left.
    """

    previous: int
    current: int
    seconds_left: float
    seconds: int

    @property
    def total(self) -> int:
        """What counts now."""
        return floor(self.previous * self.seconds_left / self.seconds) + self.current

    def wait(self, most: int) -> int:
        """Return after how many whole seconds, at least 1, no more than this counts, if nothing is added meanwhile."""
        if self.current <= most:
            seconds = self.seconds_left - (most + 1 - self.current) * self.seconds / max(1, self.previous)
        else:
            # Not in this window but in the next, to which this is the one before.
            seconds = self.seconds_left + max(0, self.seconds - (most + 1) * self.seconds / self.current)
        return max(0, floor(seconds)) + 1


class RateLimiter:
    """Holds each client to a rate, such as ``60000/minute``: in memory, or in Valkey for all processes together.

    While Valkey is away everything is allowed, without headers.
    """

    def __init__(self, rate: str, shared: ValkeyClient | None = None) -> None:
        self.rate = rate
        self._rate = limits.parse(rate)
        self._quota, self._seconds = self._rate.amount, self._rate.get_expiry()
        self._reached = shared.reached if shared else contextlib.nullcontext[None]
        self._counts = _in_valkey(shared) if shared else _InMemory(self._seconds)
        self._limiter = SlidingWindowCounterRateLimiter(self._counts)

    async def charge(self, address: str | None, cost: int) -> Allowance:
        """Count a cost for the client of an address; if less than that is left to it, refuse and count nothing."""
        client = client_of(address)
        try:
            with self._reached():
                allowed = await self._limiter.hit(self._rate, client, cost=cost)
                used = await self._used(client)
        except Away:
            return Allowance()
        # What costs more than the whole quota never fits; the settings keep operations below that.
        wait = 0 if allowed else used.wait(max(0, self._quota - cost))
        remaining = max(0, self._quota - used.total)
        headers = {
            "RateLimit-Policy": f'"cost";q={self._quota};w={self._seconds}',
            "RateLimit": f'"cost";r={remaining};t={wait or ceil(used.seconds_left)}',
        }
        return Allowance(allowed, wait, headers if allowed else {**headers, "Retry-After": str(wait)})

    async def _used(self, client: str) -> Used:
        key = self._rate.key_for(client)
        previous, _, current, seconds = await self._counts.get_sliding_window(key, self._seconds)
        # A count is kept for a window longer than its own.
        return Used(previous, current, max(0.0, seconds - self._seconds), self._seconds)


class _InMemory(MemoryStorage):
    """The storage in memory of limits, which never holds more than so many counts.

    Its own looks through all counts with every one that it adds, and has room for as many as come.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self._kept = TTLCache[str, int, float](COUNTS, 2 * seconds, time.monotonic)

    async def get(self, key: str) -> int:
        """Return a count."""
        return self._kept.get(key, 0)

    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:  # noqa: ARG002 - all live equally long
        """Add to a count and return it."""
        self._kept[key] = count = self._kept.get(key, 0) + amount
        return count

    async def decr(self, key: str, amount: int = 1) -> int:
        """Take from a count and return it."""
        return await self.incr(key, 0, -amount)


def _in_valkey(shared: ValkeyClient) -> RedisStorage:
    """Counts in Valkey; each is there for two windows after its first cost."""
    pool = cast("Any", shared.client.connection_pool)
    return RedisStorage("async+valkey://", key_prefix="rolegraph", connection_pool=pool)
