"""What waits to be sent: order, sizes, and when writers pause."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._network.write_queue import PIECES_MAX, WriteQueue


def test_a_new_one_is_empty() -> None:
    queue = WriteQueue()
    assert not queue
    assert queue.size == 0


@given(
    data=st.lists(st.binary(min_size=1, max_size=30), max_size=8),
    steps=st.lists(st.integers(1, 12), min_size=1),
)
def test_the_bytes_come_out_in_order_whatever_is_sent_at_a_time(
    data: list[bytes], steps: list[int]
) -> None:
    queue = WriteQueue()
    for piece in data:
        queue.add(piece)
    sent, turn = bytearray(), 0
    while queue:
        heads = queue.heads()
        head = b"".join(heads)
        assert 0 < len(heads) <= PIECES_MAX
        size = min(steps[turn % len(steps)], len(head))
        sent += head[:size]
        queue.sent(size)
        turn += 1
        assert queue.size == len(b"".join(data)) - len(sent)
    assert bytes(sent) == b"".join(data)


def test_pieces_before_an_error_are_added() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"one"
        yield b"two"
        raise OSError

    queue = WriteQueue()
    with pytest.raises(OSError):  # noqa: PT011 - the very one
        queue.extend(pieces())
    assert (queue.heads(), queue.size) == ([b"one", b"two"], 6)


def test_what_is_held_stays_when_all_pieces_are_sent() -> None:
    queue = WriteQueue()
    queue.extend([b"one", b"two"])
    queue.hold(b"held")
    queue.sent(6)
    assert (queue.heads(), queue.size, queue.take_held()) == ([], 4, b"held")


def test_pieces_are_not_copied() -> None:
    first, second = bytes(10), bytes(11)
    queue = WriteQueue()
    queue.add(first)
    queue.add(second)
    assert queue.heads()[0] is first
    queue.sent(10)
    assert queue.heads()[0] is second


def test_so_many_pieces_are_sent_at_a_time() -> None:
    queue = WriteQueue()
    for _ in range(PIECES_MAX + 1):
        queue.add(b"x")
    assert len(queue.heads()) == PIECES_MAX


def test_held_data_is_copied_and_counts_and_is_not_sent() -> None:
    data = bytearray(b"before")
    queue = WriteQueue()
    queue.hold(data)
    queue.hold(memoryview(b", after"))
    data[:] = b"change"
    assert not queue
    assert queue.size == 13
    assert queue.take_held() == b"before, after"
    assert queue.take_held() == b""
    assert queue.size == 0


def test_clearing_drops_everything() -> None:
    queue = WriteQueue()
    queue.add(b"abcdefg")
    queue.hold(b"hi")
    queue.clear()
    assert not queue
    assert queue.take_held() == b""
    assert queue.size == 0


def test_writers_pause_above_the_high_limit_and_resume_at_the_low_one() -> None:
    queue = WriteQueue()
    queue.set_limits(10, 4)
    queue.add(bytes(10))
    assert not queue.became_full()
    queue.add(b"x")
    assert queue.became_full()
    assert not queue.became_full()
    queue.sent(6)
    assert not queue.became_free()
    queue.sent(1)
    assert queue.became_free()
    assert not queue.became_free()


@pytest.mark.parametrize(
    ("high", "low", "expected"),
    [
        (None, None, (1 << 14, 1 << 16)),
        (100, None, (25, 100)),
        (None, 10, (10, 40)),
        (0, None, (0, 0)),
        (7, 7, (7, 7)),
    ],
)
def test_limits_are_completed_as_asyncio_does(
    high: int | None, low: int | None, expected: tuple[int, int]
) -> None:
    queue = WriteQueue()
    queue.set_limits(high, low)
    assert queue.limits == expected


@pytest.mark.parametrize(("high", "low"), [(1, 2), (1, -1)])
def test_limits_that_cannot_be_are_refused(high: int, low: int) -> None:
    with pytest.raises(ValueError, match="must be >="):
        WriteQueue().set_limits(high, low)
