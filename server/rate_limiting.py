"""Rate limiting by cost: what each client may spend, and what a request is charged.

Each client has a token bucket. It holds the quota, such as 600,000 tokens of ``600000/minute``, and is refilled evenly,
so that an empty one is full again after the window. A charge takes as many tokens as it costs, or none if there are too
few. Two numbers are kept of a bucket: how many tokens it lacked after the last charge, and when that was.

The buckets of several processes are in Valkey. A request to it takes 136 microseconds of a worker's CPU time, as much
as a comparison. So a worker charges small costs on its own, which takes 1 microsecond, as a local share of what the
client has left. It reports them with its next request to Valkey, when the share is used up or after a second.
Everything is reported, so that shares delay the limit and do not raise it: of what a worker has charged, Valkey never
lacks more than a hundredth of the quota.
"""

from collections.abc import Awaitable, Generator
from contextlib import contextmanager
from math import ceil, floor
from time import monotonic
from typing import Any, NamedTuple

from bounded_cache import GenerationalCache
from server.responses import Refused
from server.settings import rate_of
from server.telemetry.record import RequestRecord
from server.transport.single_write import decoded
from server.valkey import ValkeyClient, ValkeyUnavailable

MAX_BUCKETS = 50_000
"""Buckets that a process keeps in memory, about 9 MB. A client that has none starts with a full one."""

SHARE = 0.01
"""The part of what a client has left that each worker may charge before it reports that to Valkey."""

SHARE_SECONDS = 1.0
"""The time after which a worker asks Valkey again."""

_CHARGE = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local cost, reported, quota, seconds = unpack(ARGV)
local bucket = redis.call('HMGET', KEYS[1], 'spent', 'at')
local passed = math.max(0, now - (tonumber(bucket[2]) or now))
local spent = math.max(0, (tonumber(bucket[1]) or 0) - passed * quota / seconds) + reported
local allowed = spent + cost <= tonumber(quota)
if allowed then
    spent = spent + cost
end
if spent > 0 then
    redis.call('HSET', KEYS[1], 'spent', string.format('%.17g', spent), 'at', string.format('%.17g', now))
    redis.call('PEXPIRE', KEYS[1], math.ceil(spent * seconds / quota * 1000))
end
return {allowed and 1 or 0, string.format('%.17g', spent)}
"""
"""``_Bucket.charge`` in Valkey, by its clock, after what a worker reports. A bucket expires when it is full."""


class Allowance(NamedTuple):
    """The result of a charge."""

    allowed: bool = True
    spent: float | None = None
    """What the client's bucket lacks after the charge; None while Valkey is unavailable."""
    retry_after: int = 0
    """The seconds after which a refused charge would be allowed, if nothing else is charged."""


class RateLimiter:
    """Limits each client to a rate such as ``600000/minute``, in memory, or in Valkey for all processes together.

    While Valkey is unavailable, every charge is allowed.
    """

    def __init__(self, rate: str, valkey: ValkeyClient | None = None) -> None:
        self._quota, self._seconds = rate_of(rate)
        self._per_second = self._quota / self._seconds
        policy = b'ratelimit-policy: "cost";q=%d;w=%d\r\n' % (self._quota, self._seconds)
        self._headers = policy + b'ratelimit: "cost";r=%d;t=%d\r\n'
        self._valkey = valkey
        self._script: Any = valkey.client.register_script(_CHARGE) if valkey else None
        self._buckets = GenerationalCache[str, _Bucket | _Share](MAX_BUCKETS)

    def bucket(self, client: str) -> "_Bucket | _Share":
        """Return a client's bucket, or this worker's share of it if it is in Valkey."""
        bucket = self._buckets.get(client)
        if bucket is None:
            bucket = _Share() if self._valkey else _Bucket(self._quota, self._per_second)
            self._buckets.put(client, bucket)
        return bucket

    async def charge(self, client: str, cost: int) -> Allowance:
        """Charge a client a cost. If it has less than that left, refuse and charge nothing."""
        bucket = self.bucket(client)
        spent = bucket.charge(cost)
        return await self.beyond(bucket, client, cost) if spent is None else Allowance(spent=spent)

    async def beyond(self, bucket: "_Bucket | _Share", client: str, cost: int) -> Allowance:
        """Return the result of a charge for which a client's bucket in this process has too little left."""
        if isinstance(bucket, _Bucket):
            return Allowance(False, bucket.spent, self._wait(bucket.spent, cost))
        try:
            return await self._charge_in_valkey(client, bucket, cost)
        except ValkeyUnavailable:
            return Allowance()

    def headers(self, spent: float | None, retry_after: int = 0) -> bytes:
        """Return header lines that tell a client what is left, and when the bucket is full or the charge allowed."""
        if spent is None:
            return b""
        left = floor(self._quota - spent) if spent < self._quota else 0
        return self._headers % (left, retry_after or ceil(spent / self._per_second))

    def _wait(self, spent: float, cost: int) -> int:
        """Return the whole seconds, at least 1, until the bucket has a cost left."""
        # A cost above the quota would never fit. The settings keep the cost of operations below it.
        missing = spent + min(cost, self._quota) - self._quota
        return max(0, floor(missing / self._per_second)) + 1

    async def _charge_in_valkey(self, client: str, share: "_Share", cost: int) -> Allowance:
        assert self._valkey is not None  # noqa: S101 - otherwise there are no shares
        key = f"rolegraph:spent:{self._quota}/{self._seconds}:{client}"
        with self._valkey.using(), share.reporting() as reported:
            allowed, text = await self._script(keys=[key], args=[cost, reported, self._quota, self._seconds])
        share.spent = spent = float(text)
        share.granted = (self._quota - spent) * SHARE
        share.until = monotonic() + SHARE_SECONDS
        return Allowance(bool(allowed), spent, 0 if allowed else self._wait(spent, cost))


class _Bucket:
    """The tokens that a client has spent and that are not refilled yet, and when that was computed."""

    __slots__ = ("_at", "_per_second", "_quota", "spent")

    def __init__(self, quota: int, per_second: float) -> None:
        self._quota, self._per_second = quota, per_second
        self.spent = self._at = 0.0

    def charge(self, cost: int) -> float | None:
        """Refill the bucket, charge a cost and return what is spent then; None if there is too little left."""
        now = monotonic()
        refilled = self.spent - (now - self._at) * self._per_second
        if refilled < 0:
            refilled = 0.0
        self.spent, self._at = refilled, now
        spent = refilled + cost
        if spent > self._quota:
            return None
        self.spent = spent
        return spent


class _Share:
    """What this worker may charge a client, and what it has charged, since it last asked Valkey."""

    __slots__ = ("_in_flight", "granted", "spent", "unreported", "until")

    def __init__(self) -> None:
        self.granted = self.spent = self.until = 0.0
        self.unreported = 0
        """What is charged here and not known to be in Valkey."""
        self._in_flight = 0

    def charge(self, cost: int) -> float | None:
        """Charge a cost and return what is spent then; None if Valkey has to be asked."""
        if self.unreported + cost > self.granted or monotonic() > self.until:
            return None
        self.unreported += cost
        return self.spent + self.unreported

    @contextmanager
    def reporting(self) -> Generator[int]:
        """Report what is charged here, which the block gets. If that fails it is lost, as all charges are then."""
        reported = self.unreported - self._in_flight
        self._in_flight += reported
        try:
            yield reported
        finally:
            self._in_flight -= reported
            self.unreported -= reported


class RequestCharge:
    """What one request is charged: 1 when it arrives, and the rest of its operation's cost when that is known.

    Both methods raise Refused when the client has too little left. Without a limiter they do nothing.
    """

    __slots__ = ("_bucket", "_limiter", "_record", "_spent")

    def __init__(self, limiter: RateLimiter | None, record: RequestRecord) -> None:
        self._limiter = limiter
        self._bucket = None if limiter is None else limiter.bucket(record.client)
        self._record = record
        self._spent: float | None = None
        """What the client has spent; None if that is unknown or the last charge is refused."""

    def arrival(self) -> Awaitable[None]:
        """Charge the request itself, before anything is known of it."""
        return self._charge(1)

    def operation(self, cost: int) -> Awaitable[None]:
        """Charge what the request's operation costs more than the request itself."""
        return self._charge(cost - 1)

    def headers(self) -> bytes:
        """Return the rate limit headers of the response, as lines."""
        return b"" if self._limiter is None else self._limiter.headers(self._spent)

    async def _charge(self, cost: int) -> None:
        limiter, bucket = self._limiter, self._bucket
        if limiter is None or bucket is None or cost < 1:
            return
        # Nearly all charges end here. An Allowance for each would nearly double the instructions.
        self._spent = bucket.charge(cost)
        if self._spent is not None:
            self._record.rate_limit = "allowed"
            return
        allowance = await limiter.beyond(bucket, self._record.client, cost)
        if allowance.allowed:
            self._record.rate_limit = "away" if allowance.spent is None else "allowed"
            self._spent = allowance.spent
            return
        self._record.rate_limit = "refused"
        # The refusal has the headers itself: a page shows it, too.
        lines = limiter.headers(allowance.spent, allowance.retry_after)
        headers = {name.decode(): value.decode() for name, value in decoded(lines)}
        headers["Retry-After"] = str(allowance.retry_after)
        message = f"Rate limit exceeded. Retry in {allowance.retry_after} seconds."
        raise Refused.because("RATE_LIMITED", message, 429, headers)
