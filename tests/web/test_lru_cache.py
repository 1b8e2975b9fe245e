"""The LRU cache: never more than it may hold, and nothing from before the stamp changed."""

from campaign.web.page_cache import OVERHEAD_BYTES, LruCache

SIZE = 600
HELD = SIZE + OVERHEAD_BYTES


def filled(keys: str, *, max_bytes: int = 3 * HELD + 100) -> LruCache[str]:
    cache = LruCache[str](max_bytes)
    for key in keys:
        cache.get("1", key)
        cache.put("1", key, f"the page {key}", SIZE)
    return cache


def test_the_least_recently_used_goes_first() -> None:
    cache = filled("abc")
    assert cache.get("1", "a") == "the page a"
    cache.put("1", "d", "the page d", SIZE)
    assert (list(cache.held()), cache.bytes) == (["c", "a", "d"], 3 * HELD)
    assert cache.get("1", "b") is None


def test_what_is_put_twice_counts_once() -> None:
    cache = filled("aa")
    assert cache.bytes == HELD


def test_another_stamp_empties_it() -> None:
    cache = filled("ab")
    assert cache.get("2", "a") is None
    assert (cache.bytes, cache.held()) == (0, {})


def test_what_was_made_under_an_earlier_stamp_is_not_held() -> None:
    cache = filled("")
    cache.get("1", "a")
    cache.get("2", "a")
    cache.put("1", "a", "a page of somebody who was withdrawn meanwhile", SIZE)
    assert cache.get("2", "a") is None
    assert cache.bytes == 0


def test_what_is_larger_than_the_cache_pushes_nothing_out() -> None:
    cache = filled("ab")
    cache.put("1", "c", "a very long page", 4 * HELD)
    assert list(cache.held()) == ["a", "b"]
