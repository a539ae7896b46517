"""Rate limiting by cost: what each client may spend in a time window, and what a request is charged."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any, NamedTuple, cast

import limits
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from bounded_cache import GenerationalCache
from server.client_address import client_of
from server.responses import Refused
from server.telemetry.record import RequestRecord
from server.valkey import ValkeyClient, ValkeyUnavailable

MAX_COUNTS = 50_000
"""Counts that a process keeps in memory: two for each client, about 16 MB in all."""


@dataclass(frozen=True)
class Allowance:
    """The result of a charge: whether it is allowed, the seconds to wait if not, and the headers of the response."""

    allowed: bool = True
    retry_after: int = 0
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class Used(NamedTuple):
    """What a client has spent, as the library ``limits`` counts it: in the current window and in the one before.

    The previous window counts in proportion to the part of the current window that is left.
    """

    previous: int
    current: int
    seconds_left: float
    seconds: int

    @property
    def total(self) -> int:
        """What counts now."""
        return floor(self.previous * self.seconds_left / self.seconds) + self.current

    def wait(self, maximum: int) -> int:
        """Return the whole seconds, at least 1, until the total is at most a maximum if nothing more is spent."""
        if self.current <= maximum:
            seconds = self.seconds_left - (maximum + 1 - self.current) * self.seconds / max(1, self.previous)
        else:
            # Only in the next window, where the current one is the previous one.
            seconds = self.seconds_left + max(0, self.seconds - (maximum + 1) * self.seconds / self.current)
        return max(0, floor(seconds)) + 1


class RateLimiter:
    """Limits each client to a rate such as ``600000/minute``, in memory, or in Valkey for all processes together.

    While Valkey is unavailable, every charge is allowed and has no headers.
    """

    def __init__(self, rate: str, valkey: ValkeyClient | None = None) -> None:
        self._rate = limits.parse(rate)
        self._quota, self._seconds = self._rate.amount, self._rate.get_expiry()
        self._using_valkey = valkey.using if valkey else contextlib.nullcontext[None]
        self._counts = _valkey_storage(valkey) if valkey else _BoundedMemoryStorage()
        self._limiter = SlidingWindowCounterRateLimiter(self._counts)

    async def charge(self, address: str | None, cost: int) -> Allowance:
        """Charge a cost to the client with an address. If it has less than that left, refuse and charge nothing."""
        client = client_of(address)
        try:
            with self._using_valkey():
                allowed = await self._limiter.hit(self._rate, client, cost=cost)
                used = await self._used(client)
        except ValkeyUnavailable:
            return Allowance()
        # A cost above the quota would never fit. The settings keep the cost of operations below it.
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
        # The storage keeps a count for one window longer than its own.
        return Used(previous, current, max(0.0, seconds - self._seconds), self._seconds)


class RequestCharge:
    """What one request is charged: 1 when it arrives, and the rest of its operation's cost when that is known.

    Both methods raise Refused when the client has too little left. Without a limiter they do nothing.
    """

    __slots__ = ("_address", "_limiter", "_record", "headers")

    def __init__(self, limiter: RateLimiter | None, address: str | None, record: RequestRecord) -> None:
        self._limiter = limiter
        self._address = address
        self._record = record
        self.headers: Mapping[str, str] = {}
        """The rate limit headers of the response."""

    async def arrival(self) -> None:
        """Charge the request itself, before anything is known of it."""
        if self._limiter is not None:
            await self._charge(self._limiter, 1)

    async def operation(self, cost: int) -> None:
        """Charge what the request's operation costs more than the request itself."""
        if self._limiter is not None and cost > 1:
            await self._charge(self._limiter, cost - 1)

    async def _charge(self, limiter: RateLimiter, cost: int) -> None:
        allowance = await limiter.charge(self._address, cost)
        self._record.rate_limit = "refused" if not allowance.allowed else "allowed" if allowance.headers else "away"
        if not allowance.allowed:
            message = f"Rate limit exceeded. Retry in {allowance.retry_after} seconds."
            raise Refused.because("RATE_LIMITED", message, 429, allowance.headers)
        self.headers = allowance.headers


class _BoundedMemoryStorage(MemoryStorage):
    """The memory storage of ``limits`` with a bounded number of counts.

    The library's own storage is unbounded, and looks through all counts each time it adds one. Counts need no expiry
    here: a key names its window, so that a count of a past window is never read again.
    """

    def __init__(self) -> None:
        super().__init__()
        self._counts = GenerationalCache[str, int](MAX_COUNTS)

    async def get(self, key: str) -> int:
        """Return a count."""
        return self._counts.get(key) or 0

    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:  # noqa: ARG002 - see the class
        """Add to a count and return it."""
        count = await self.get(key) + amount
        self._counts.put(key, count)
        return count

    async def decr(self, key: str, amount: int = 1) -> int:
        """Subtract from a count and return it."""
        return await self.incr(key, 0, -amount)


def _valkey_storage(valkey: ValkeyClient) -> RedisStorage:
    """Return a storage that keeps counts in Valkey, each for two windows after its first charge."""
    pool = cast("Any", valkey.client.connection_pool)
    return RedisStorage("async+valkey://", key_prefix="rolegraph", connection_pool=pool)
