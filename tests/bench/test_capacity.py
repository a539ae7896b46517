"""The capacity model: its parts agree with what they stand for, and docs/scaling.md shows its output."""

import random
from collections.abc import Callable
from itertools import accumulate
from math import isclose

import pytest

from bench.capacity import LOADS, TYPES, USED, after_http_cache, hit_rate, kept_for, limits, plan, table, variants, zipf
from bounded_cache import GenerationalCache
from tests.deployment.files import ROOT


def test_popularity_follows_zipfs_law() -> None:
    bins = zipf(10_000)
    harmonic = sum(1 / rank for rank in range(1, 10_001))
    assert sum(number for number, _ in bins) == 10_000
    assert isclose(sum(number * probability for number, probability in bins), 1)
    for rank in (1, 2, 10):
        number, probability = bins[rank - 1]
        assert number == 1
        assert probability * rank * harmonic == pytest.approx(1, rel=1e-3)
    half = sum(1 / rank for rank in range(1, 1_001)) / harmonic
    reached = accumulate(number for number, _ in bins)
    first = sum(number * each for (number, each), last in zip(bins, reached, strict=True) if last <= 1_000)
    assert first == pytest.approx(half, abs=0.01)


def test_the_hit_rate_of_our_cache_is_between_those_of_all_and_of_half_of_its_capacity() -> None:
    different, capacity, noise = 20_000, 1_000, random.Random(1)  # noqa: S311 - no secret
    cache, hits, draws = GenerationalCache[int, int](capacity), 0, 60_000
    weights = [1 / rank for rank in range(1, different + 1)]
    for number, rank in enumerate(noise.choices(range(different), weights, k=2 * draws)):
        # The first half fills the cache.
        hits += number >= draws and rank in cache
        if cache.get(rank) is None:
            cache.put(rank, rank)
    bins = zipf(different)
    low, high = (
        hit_rate(bins, kept_for([(number, rate, 1) for number, rate in bins], size))
        for size in (capacity / 2, capacity)
    )
    assert low < hits / draws < high


def test_a_cache_for_some_seconds_passes_one_request_on_and_then_none() -> None:
    # One a second, kept for nine seconds after the first: each tenth is passed on. Rare requests nearly always are.
    assert after_http_cache([(1, 1.0), (5, 1e-6)], 9) == [(1, 0.1), (5, pytest.approx(1e-6, rel=1e-4))]


def test_plans_have_room_and_more_requests_cost_less_each() -> None:
    plans = [plan(load) for load in LOADS]
    assert sum(each.part for each in TYPES) == pytest.approx(1)
    assert all(part.used <= USED + 1e-9 for each in plans for part in each.parts)
    assert all(0 < each.http_hits < 1 and 0 < each.memory_hits < 1 for each in plans)
    assert [each.http_hits for each in plans] == sorted(each.http_hits for each in plans)
    assert [len(each.parts) for each in plans] == sorted(len(each.parts) for each in plans)
    assert plans[0].dollars_per_million > plans[-1].dollars_per_million


@pytest.mark.parametrize("lines", [table, limits, variants])
def test_the_page_has_the_output(lines: Callable[[], list[str]]) -> None:
    assert "\n".join(["", *lines(), ""]) in (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
