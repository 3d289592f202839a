"""The cache of what comes more than once, and that the caches of header blocks are of that kind."""

from __future__ import annotations

import gc
from itertools import pairwise
from threading import Thread
from typing import TYPE_CHECKING, Final

import pytest

from hyperhttp._base._generated.config import Limits
from hyperhttp._protocol.h1.fast_parser import read_head
from hyperhttp._protocol.h2.hpack import HeadDecoder, HeadEncoder
from hyperhttp._protocol.repeat_cache import RepeatCache
from tests import traced_memory
from tests.protocol.h2.test_hpack import indexed, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BLOCKS: Final = 1_000
VALUE: Final = b"v" * 64


def offer(cache: RepeatCache[str, int], *keys: str) -> None:
    for key in keys:
        cache.offer(key, len(cache))


def test_a_value_is_kept_from_the_second_time() -> None:
    cache = RepeatCache[str, str](2, 2)
    cache.offer("a", "first")
    assert cache.get("a") is None
    cache.offer("a", "second")
    assert cache.get("a") == "second"


def test_values_that_come_once_are_not_kept() -> None:
    cache = RepeatCache[str, int](4, 2)
    offer(cache, *map(str, range(100)))
    assert not cache


def test_a_key_is_forgotten_after_so_many_others() -> None:
    cache = RepeatCache[str, int](9, 3)
    offer(cache, "a", "b", "c", "a")
    assert list(cache) == ["a"]
    offer(cache, "d", "e", "b")
    assert list(cache) == ["a"]


def test_the_oldest_value_makes_room() -> None:
    cache = RepeatCache[str, int](3, 3)
    for key in "abcde":
        offer(cache, key, key)
    assert list(cache) == ["c", "d", "e"]


def test_keys_that_came_before_are_kept_at_once_after_the_cache_was_emptied() -> None:
    cache = RepeatCache[str, int](3, 3)
    offer(cache, "a")
    cache.clear()
    offer(cache, "a")
    assert list(cache) == ["a"]


def test_threads_may_share_a_cache() -> None:
    cache = RepeatCache[str, int](2, 2)
    errors = list[BaseException]()

    def fill(name: int) -> None:
        try:
            for number in range(2_000):
                offer(cache, *[f"{name}-{number}"] * 2)
        except BaseException as error:  # noqa: BLE001  # any of them fails the test
            errors.append(error)

    threads = [Thread(target=fill, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(cache) <= 2 + len(threads)


# --- header blocks ---


def decoder() -> Callable[[int], object]:
    decode = HeadDecoder(Limits()).head
    names = [b"x-%d" % number for number in range(10)]

    def read(number: int) -> None:
        unique = [b"%b-%d" % (name, number) + VALUE for name in names]
        values = [text(value, huffman=value.startswith(b"x-1-")) for value in unique]
        literals = [b"\x00" + text(name) + value for name, value in zip(names, values, strict=True)]
        decode(indexed(8) + b"".join(literals)).head.fields  # noqa: B018  # read by the client

    return read


def encoder() -> Callable[[int], object]:
    encode = HeadEncoder().encode
    get = [(b":method", b"GET"), (b":scheme", b"https"), (b":authority", b"example.com")]
    return lambda number: encode([*get, (b":path", b"/%d/%b" % (number, VALUE))])


def fast_parser() -> Callable[[int], object]:
    fields = b"".join(b"X-%d: %b\r\n" % (number, VALUE) for number in range(10))
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX-Unique: %d\r\n" + fields + b"\r\n"
    return lambda number: read_head(head % number, bodyless=False)


def kept_bytes(read: Callable[[int], object], *rounds: Iterable[int]) -> list[int]:
    """How many bytes are kept after each of the rounds that wasn't before it."""
    read(-1)
    kept = list[int]()
    traced_memory.start()
    try:
        for numbers in ((), *rounds):
            for number in numbers:
                read(number)
            gc.collect()
            kept.append(traced_memory.get_traced_memory()[0])
    finally:
        traced_memory.stop()
    return [after - before for before, after in pairwise(kept)]


@pytest.mark.slow
@pytest.mark.parametrize("create", [decoder, encoder, fast_parser])
def test_header_blocks_that_never_repeat_take_little_memory(
    create: Callable[[], Callable[[int], object]],
) -> None:
    # The hashes of the last blocks; the blocks themselves would take ten times that.
    assert sum(kept_bytes(create(), range(BLOCKS))) < 1 << 15


@pytest.mark.slow
@pytest.mark.parametrize("create", [decoder, encoder, fast_parser])
def test_header_blocks_that_repeat_take_limited_memory(
    create: Callable[[], Callable[[int], object]],
) -> None:
    thrice = [number for number in range(BLOCKS) for _ in range(3)]
    first, *later = kept_bytes(
        create(), thrice[:BLOCKS], thrice[BLOCKS : 2 * BLOCKS], thrice[2 * BLOCKS :]
    )
    assert first > 1 << 16
    assert all(abs(change) < first / 10 for change in later)
