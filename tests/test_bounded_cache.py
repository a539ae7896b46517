"""GenerationalCache keeps what is used and never exceeds its capacity."""

from hypothesis import given
from hypothesis import strategies as st

from bounded_cache import GenerationalCache


def filled(capacity: int, keys: str) -> GenerationalCache[str, str]:
    """Return a cache to which keys were added in order, each with its capital letter as the value."""
    cache = GenerationalCache[str, str](capacity)
    for key in keys:
        cache.put(key, key.upper())
    return cache


def held(cache: GenerationalCache[str, str]) -> str:
    """Return the keys that a cache holds, without using their entries."""
    return "".join(key for key in "abcdefgh" if key in cache)


def test_the_oldest_half_is_dropped_first() -> None:
    assert held(filled(4, "abcd")) == "abcd"
    assert held(filled(4, "abcde")) == "cde"


def test_a_lookup_promotes_an_entry() -> None:
    cache = filled(4, "abcd")
    assert cache.get("a") == "A"
    cache.put("e", "E")
    cache.put("f", "F")
    assert held(cache) == "aef"


def test_a_look_at_what_is_held_does_not_promote() -> None:
    cache = filled(4, "abcd")
    assert "a" in cache
    cache.put("e", "E")
    assert held(cache) == "cde"


def test_an_entry_that_is_used_each_time_is_never_dropped() -> None:
    cache = filled(4, "a")
    for _ in range(10):
        for key in "bcdefgh":
            cache.put(key, "")
            assert cache.get("a") == "A"


def test_a_missing_key_has_no_value() -> None:
    assert GenerationalCache[str, str](4).get("a") is None


def test_a_new_value_replaces_the_old_one_and_its_weight() -> None:
    cache = filled(8, "abcde")
    for key in "ae":
        cache.put(key, "new", 2)
    assert (cache.get("a"), cache.get("e"), len(cache), cache.weight) == ("new", "new", 5, 7)


def test_an_entry_heavier_than_half_of_the_capacity_is_not_kept() -> None:
    cache = filled(4, "ab")
    cache.put("b", "too heavy", 3)
    cache.put("c", "too heavy", 3)
    assert (held(cache), cache.weight) == ("a", 1)


def test_a_cache_without_capacity_keeps_nothing() -> None:
    assert held(filled(0, "a")) == ""


def test_clear_drops_everything() -> None:
    cache = filled(4, "abcd")
    cache.clear()
    assert (held(cache), len(cache), cache.weight) == ("", 0, 0)
    cache.put("a", "A", 2)
    assert held(cache) == "a"


@given(st.integers(0, 12), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 7), st.booleans()), max_size=60))
def test_weight_is_exact_and_within_the_capacity(capacity: int, steps: list[tuple[int, int, bool]]) -> None:
    cache, weights = GenerationalCache[int, int](capacity), dict[int, int]()
    for key, weight, look in steps:
        if look:
            cache.get(key)
        else:
            cache.put(key, key, weight)
            weights[key] = weight
        entries = [each for each in range(10) if each in cache]
        assert cache.weight == sum(weights[each] for each in entries) <= capacity
        assert len(cache) == len(entries)
