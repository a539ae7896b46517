"""The rate limiter: in memory, in Valkey, and while Valkey is unavailable."""

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from fractions import Fraction
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import rate_limiting
from server.client_address import client_of
from server.rate_limiting import SHARE, SHARE_SECONDS, Allowance, RateLimiter
from server.settings import rate_of
from server.transport.single_write import decoded
from tests.examples import examples
from tests.forking import Script
from tests.server.processes import finish
from tests.valkeys import Server, connected, running

CLIENT, OTHER = "203.0.113.9", "203.0.113.10"
A_DAY = 24 * 60 * 60
SECONDS_TO_RETURN = 20

CHARGE = """
import asyncio
import sys

from server.rate_limiting import RateLimiter
from server.valkey import ValkeyClient


async def charge(url, address, *costs):
    shared = ValkeyClient(url)
    limiter = RateLimiter("100/day", shared)
    allowed = [(await limiter.charge(address, int(cost))).allowed for cost in costs]
    await shared.close()
    return allowed


print(asyncio.run(charge(*sys.argv[1:])))
"""


@pytest.fixture(params=["memory", "valkey"])
def url(request: pytest.FixtureRequest) -> str | None:
    """The URL of Valkey; None for buckets in memory."""
    if request.param == "memory":
        return None
    server: Server = request.getfixturevalue("valkey")
    return server.url


def charged(url: str | None, rate: str, *charges: tuple[str | None, int]) -> list[Allowance]:
    """Charge in sequence."""

    async def charge() -> list[Allowance]:
        async with connected(url) as shared:
            limiter = RateLimiter(rate, shared)
            return [await limiter.charge(client_of(address), cost) for address, cost in charges]

    return asyncio.run(charge())


async def until_back(limiter: RateLimiter) -> Allowance:
    """Charge until charges are counted again."""
    for _ in range(20 * SECONDS_TO_RETURN):
        if (allowance := await limiter.charge(CLIENT, 60)).spent is not None:
            return allowance
        await asyncio.sleep(0.05)
    pytest.fail(f"No charge was counted for {SECONDS_TO_RETURN} seconds.")


def headers(rate: str, allowance: Allowance) -> dict[bytes, bytes]:
    """Return the headers of a charge."""
    return dict(decoded(RateLimiter(rate).headers(allowance.spent, allowance.retry_after)))


def fields(allowance: Allowance) -> tuple[int, int]:
    """Return what is left of 100 a day and the seconds, from the RateLimit header."""
    found = re.fullmatch(rb'"cost";r=(\d+);t=(\d+)', headers("100/day", allowance)[b"ratelimit"])
    assert found
    return int(found[1]), int(found[2])


def test_costs_add_up_until_one_does_not_fit(url: str | None) -> None:
    first, refused, second, third = charged(url, "100/day", (CLIENT, 60), (CLIENT, 41), (CLIENT, 40), (CLIENT, 1))
    assert [a.allowed for a in (first, refused, second, third)] == [True, False, True, False]
    # The refused charge is not counted.
    assert [fields(a)[0] for a in (first, refused, second, third)] == [40, 40, 0, 0]
    policies = {headers("100/day", a)[b"ratelimit-policy"] for a in (first, refused)}
    assert policies == {b'"cost";q=100;w=%d' % A_DAY}


def test_a_refused_charge_tells_when_the_bucket_has_enough(url: str | None) -> None:
    first, refused, cheaper = charged(url, "100/day", (CLIENT, 90), (CLIENT, 60), (CLIENT, 35))
    assert first.retry_after == 0
    # A hundredth of the quota is refilled in 864 seconds.
    left, full = fields(first)
    assert (left, 90 * 864 - 60 < full <= 90 * 864) == (10, True)
    for allowance, missing in ((refused, 50), (cheaper, 25)):
        assert missing * 864 - 60 < allowance.retry_after <= missing * 864 + 1
        assert fields(allowance) == (10, allowance.retry_after)


def test_a_refused_charge_is_allowed_after_retry_after(url: str | None) -> None:
    async def wait_as_told() -> list[bool]:
        async with connected(url) as shared:
            limiter = RateLimiter("20/second", shared)
            first, refused = await limiter.charge(CLIENT, 20), await limiter.charge(CLIENT, 15)
            await asyncio.sleep(refused.retry_after)
            return [first.allowed, refused.allowed, (await limiter.charge(CLIENT, 15)).allowed]

    assert asyncio.run(wait_as_told()) == [True, False, True]


COSTS = st.lists(st.tuples(st.integers(0, 40_000), st.integers(1, 120)), max_size=30)
"""Charges: the time since the one before, in thousandths of a second, and the cost."""


@given(quota=st.integers(1, 100), seconds=st.sampled_from([1, 7, 60]), charges=COSTS)
def test_charges_in_memory_follow_the_definition(quota: int, seconds: int, charges: list[tuple[int, int]]) -> None:
    async def charge() -> None:
        rate, now = Fraction(quota, seconds), Fraction(1000)
        left = Fraction(quota)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rate_limiting, "monotonic", lambda: float(now))
            limiter = RateLimiter(f"{quota}/{seconds} second")
            for passed, cost in charges:
                now += Fraction(passed, 1000)
                left = min(Fraction(quota), left + Fraction(passed, 1000) * rate)
                # Binary fractions are not exact. Which way a charge goes that fits by a billionth does not matter.
                if abs(left - cost) < Fraction(1, 10**9) and left != quota:
                    return
                allowance = await limiter.charge(CLIENT, cost)
                assert allowance.allowed == (cost <= left)
                if allowance.allowed:
                    left -= cost
                elif cost <= quota:
                    wait = (cost - left) / rate
                    assert wait - Fraction(1, 10**6) < allowance.retry_after <= wait + 1 + Fraction(1, 10**6)
                assert allowance.spent == pytest.approx(float(quota - left), abs=1e-6)

    asyncio.run(charge())


@pytest.mark.parametrize("rate", ["600000/hour", "7/hour"])
def test_valkey_charges_as_memory_does(valkey: Server, rate: str) -> None:
    async def charge() -> None:
        async with connected(valkey.url) as shared:
            in_valkey, in_memory = RateLimiter(rate, shared), RateLimiter(rate)
            for cost in (3, 1, 2, 9, 1, 1):
                one, other = await in_valkey.charge(CLIENT, cost), await in_memory.charge(CLIENT, cost)
                assert one.allowed == other.allowed
                # They are charged one after the other, and so are refilled by a little more or less.
                assert one.spent == pytest.approx(other.spent, abs=rate_of(rate).quota / 1_000)

    asyncio.run(charge())


WORKERS = 3
WORKERS_COSTS = st.lists(st.tuples(st.integers(0, WORKERS - 1), st.integers(1, 600)), min_size=20, max_size=60)
"""Charges: the worker and the cost."""


@pytest.fixture(scope="module")
def shared_valkey() -> Iterator[Server]:
    """A Valkey server for many examples, each with a client of its own."""
    with running() as server:
        yield server


@pytest.mark.parametrize("at_once", [False, True])
def test_workers_together_allow_the_quota_and_at_most_their_shares_more(shared_valkey: Server, at_once: bool) -> None:
    quota = 10_000
    clients = count()

    @examples(6)
    @given(charges=WORKERS_COSTS)
    def follows_the_definition(charges: list[tuple[int, int]]) -> None:
        async def charge() -> None:
            async with AsyncExitStack() as stack:
                connections = [await stack.enter_async_context(connected(shared_valkey.url)) for _ in range(WORKERS)]
                workers = [RateLimiter(f"{quota}/1000 days", connection) for connection in connections]
                client = f"10.{at_once:d}.0.{next(clients)}"
                spent = 0
                for group in [charges] if at_once else [[each] for each in charges]:
                    allowed = await asyncio.gather(*(workers[number].charge(client, cost) for number, cost in group))
                    for allowance, (_, cost) in zip(allowed, group, strict=True):
                        if allowance.allowed:
                            spent += cost
                        elif not at_once:
                            # What other workers have not reported does not refuse anything.
                            assert spent + cost > quota
                        assert spent <= quota * (1 + WORKERS * SHARE) + 1
                # All shares are reported sooner or later.
                for worker in workers:
                    await worker.charge(client, quota)
                known = (await workers[0].charge(client, quota)).spent
                assert known == pytest.approx(spent, abs=1)

        asyncio.run(charge())

    follows_the_definition()


def test_a_worker_asks_valkey_only_when_its_share_is_used_up(valkey: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(rate_limiting, "monotonic", lambda: now)

    async def charge() -> list[int]:
        nonlocal now
        async with connected(valkey.url) as shared:
            limiter, asked, spent = RateLimiter("600000/1000 days", shared), [scripts(valkey)], 0

            async def spend(*costs: int) -> None:
                nonlocal spent
                for cost in costs:
                    spent += cost
                    allowance = await limiter.charge(CLIENT, cost)
                    assert allowance.allowed
                    assert allowance.spent == pytest.approx(spent, abs=1)
                asked.append(scripts(valkey))

            # A hundredth of what is left is nearly 6,000, and then nearly 5,940.
            for costs in ([1], [500] * 11, [499], [1], [5_939], [1], [6_001]):
                await spend(*costs)
            now += SHARE_SECONDS + 0.1
            await spend(1)
            return [after - before for before, after in pairwise(asked)]

    assert asyncio.run(charge()) == [1, 0, 0, 1, 0, 1, 1, 1]


def scripts(valkey: Server) -> int:
    """Return the number of scripts that a server has run, each of which asks for the time."""
    with valkey.looked_into() as client:
        commands = client.info("commandstats")
    return int(commands["cmdstat_time"]["calls"]) if "cmdstat_time" in commands else 0


def test_clients_have_separate_quotas(url: str | None) -> None:
    allowances = charged(url, "100/day", *((address, 100) for address in (CLIENT, OTHER, None, CLIENT, OTHER, None)))
    assert [a.allowed for a in allowances] == [True, True, True, False, False, False]


def test_addresses_of_one_client_share_a_quota() -> None:
    addresses = ("2001:db8::1", "2001:db8::2", "::ffff:203.0.113.9", "203.0.113.9", None, "", "garbage")
    allowances = charged(None, "100/day", *((address, 100) for address in addresses))
    assert [a.allowed for a in allowances] == [True, False, True, False, True, False, False]


def test_concurrent_charges_never_exceed_the_quota(url: str | None) -> None:
    async def charge_at_once() -> Counter[bool]:
        async with connected(url) as shared:
            limiter = RateLimiter("100/day", shared)
            return Counter(a.allowed for a in await asyncio.gather(*(limiter.charge(CLIENT, 3) for _ in range(50))))

    assert asyncio.run(charge_at_once()) == {True: 33, False: 17}


def test_processes_share_a_clients_quota(valkey: Server) -> None:
    def charge(*costs: int) -> str:
        status, printed, _ = finish(Script(CHARGE, valkey.url, CLIENT, *map(str, costs)))
        assert status == 0
        return printed.strip()

    assert [charge(60), charge(60, 40)] == ["[True]", "[False, True]"]
    with valkey.looked_into() as client:
        assert all(key.startswith("rolegraph:") and client.ttl(key) > 0 for key in client.scan_iter())


def test_the_number_of_buckets_in_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limiting, "MAX_BUCKETS", 2_000)

    def last_after(others: int) -> bool:
        charges = [(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", 1) for n in range(others)]
        return charged(None, "100/day", (CLIENT, 100), *charges, (CLIENT, 1))[-1].allowed

    assert last_after(100) is False
    assert last_after(2_000) is True


def test_during_an_outage_everything_is_allowed_and_the_log_has_one_line(
    valkey: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Long enough for all charges before another attempt, and shorter than in production.
    monkeypatch.setattr("server.valkey.RETRY_SECONDS", 0.5)

    async def live_through_outage() -> list[list[Allowance]]:
        async with connected(valkey.url) as shared:
            limiter = RateLimiter("100/day", shared)
            before = [await limiter.charge(CLIENT, 60) for _ in range(2)]
            await asyncio.to_thread(valkey.stop)
            during = [await limiter.charge(CLIENT, 60) for _ in range(20)]
            # Another attempt fails.
            await asyncio.sleep(0.5)
            during += await asyncio.gather(*(limiter.charge(CLIENT, 60) for _ in range(20)))
            await asyncio.to_thread(valkey.start)
            after = await until_back(limiter)
            return [before, during, [after, await limiter.charge(CLIENT, 60)]]

    caplog.set_level(logging.INFO)
    before, during, after = asyncio.run(live_through_outage())
    assert [a.allowed for a in before] == [True, False]
    assert {*during} == {Allowance()}
    assert headers("100/day", Allowance()) == {}
    # The counts were lost with the server.
    assert [a.allowed for a in after] == [True, False]
    place = valkey.url.removeprefix("valkey://")
    away, back = [record.getMessage() for record in caplog.records]
    assert away.startswith(f"Valkey at {place} is unavailable: until it returns, rate limits are off")
    assert back == f"Valkey at {place} is available again"


def test_a_server_that_hangs_is_unavailable_too(valkey: Server, caplog: pytest.LogCaptureFixture) -> None:
    async def charge_meanwhile() -> list[Allowance]:
        async with connected(valkey.url) as shared:
            limiter = RateLimiter("100/day", shared)
            first = await limiter.charge(CLIENT, 100)
            with valkey.hanging():
                async with asyncio.timeout(SECONDS_TO_RETURN):
                    return [first, *[await limiter.charge(CLIENT, 100) for _ in range(5)]]

    first, *meanwhile = asyncio.run(charge_meanwhile())
    assert first.spent == 100
    assert meanwhile == [Allowance()] * 5
    assert [record.levelname for record in caplog.records] == ["WARNING"]
