"""What waits to be sent: order, sizes, and when writers pause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._network.write_queue import WriteQueue

if TYPE_CHECKING:
    from hyperhttp._network.write_queue import Piece


def test_a_new_one_is_empty() -> None:
    queue = WriteQueue(10)
    assert not queue
    assert queue.size == 0


@given(
    data=st.lists(st.binary(min_size=1, max_size=30), max_size=8),
    steps=st.lists(st.integers(1, 12), min_size=1),
)
def test_the_bytes_come_out_in_order_whatever_is_sent_at_a_time(
    data: list[bytes], steps: list[int]
) -> None:
    queue = WriteQueue(10)
    for piece in data:
        queue.add(piece)
    sent, turn = bytearray(), 0
    while queue:
        head = queue.head()
        assert 0 < len(head) <= 10
        size = min(steps[turn % len(steps)], len(head))
        sent += head[:size]
        queue.sent(size)
        turn += 1
        assert queue.size == len(b"".join(data)) - len(sent)
    assert bytes(sent) == b"".join(data)


@pytest.mark.parametrize("make", [bytearray, lambda data: memoryview(bytearray(data))])
def test_a_buffer_that_the_caller_changes_later_is_copied(make: type[bytearray]) -> None:
    given_buffer: Piece = make(b"before")
    queue = WriteQueue(10)
    queue.add(given_buffer)
    memoryview(given_buffer)[:] = b"after!"
    assert bytes(queue.head()) == b"before"


def test_bytes_are_not_copied() -> None:
    data = bytes(10)
    queue = WriteQueue(10)
    queue.add(data)
    assert queue.head() is data
    view = memoryview(data)[2:]
    queue.clear()
    queue.add(view)
    assert queue.head() is view


def test_the_first_piece_stays_the_same_until_it_is_sent() -> None:
    queue = WriteQueue(4)
    queue.add(b"abcdefg")
    first = queue.head()
    queue.add(b"hi")
    assert queue.head() is first
    assert bytes(first) == b"abcd"


def test_clearing_drops_everything() -> None:
    queue = WriteQueue(4)
    queue.add(b"abcdefg")
    queue.clear()
    assert not queue
    assert queue.size == 0


def test_writers_pause_above_the_high_limit_and_resume_at_the_low_one() -> None:
    queue = WriteQueue(100)
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
    queue = WriteQueue(100)
    queue.set_limits(high, low)
    assert queue.limits == expected


@pytest.mark.parametrize(("high", "low"), [(1, 2), (1, -1)])
def test_limits_that_cannot_be_are_refused(high: int, low: int) -> None:
    with pytest.raises(ValueError, match="must be >="):
        WriteQueue(100).set_limits(high, low)
