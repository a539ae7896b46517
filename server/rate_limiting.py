"""What a request is charged to its client, where a rate limit is set."""

from collections.abc import Mapping

from server.rate_limits import RateLimiter
from server.responses import Refused
from server.telemetry.record import Record


async def charge(limiter: RateLimiter, address: str | None, cost: int, record: Record) -> Mapping[str, str]:
    """Charge the client of an address; return the headers that tell what is left, none where nothing was charged.

    A request costs 1 before we know what it asks for, and the rest then. Raises Refused, with these headers and when to
    come again, where less than that is left.
    """
    if cost < 1:
        return {}
    left = await limiter.charge(address, cost)
    record.rate_limit = "refused" if not left.allowed else "allowed" if left.headers else "away"
    if not left.allowed:
        message = (
            f"Too much in too short a time: the limit is {limiter.rate} by cost. "
            f"Come again in {left.retry_after} seconds."
        )
        raise Refused.because("RATE_LIMITED", message, 429, left.headers)
    return left.headers
