"""A body put together in place: whatever comes by which way, in whatever pieces."""

from __future__ import annotations

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._transport.body_buffer import BodyBuffer

CONTENT = bytes(range(256)) * 512


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 40_000)), max_size=20))
def test_the_body_is_what_came_by_either_way(steps: list[tuple[bool, int]]) -> None:
    vessel, at = BodyBuffer(len(CONTENT)), 0
    for by_room, size in steps:
        room = vessel.room() if by_room else None
        piece = CONTENT[at : at + (size if room is None else min(size, len(room)))]
        if room is None:
            vessel.add(piece)
        else:
            room[: len(piece)] = piece
            vessel.received(len(piece))
        at += len(piece)
    vessel.add(CONTENT[at:])
    assert vessel.take() == CONTENT


def test_the_end_of_a_body_never_has_room_of_its_own() -> None:
    vessel = BodyBuffer(1 << 17)
    while (room := vessel.room()) is not None:
        assert len(room) >= 1 << 14
        vessel.received(min(len(room), 50_000))
    vessel.add(bytes(1 << 14))
    with pytest.raises(ValueError, match="assignment"):
        vessel.add(bytes(1 << 17))
    vessel.close()


def test_a_body_that_is_given_up_leaves_no_complaint() -> None:
    vessel = BodyBuffer(1 << 17)
    vessel.add(b"abc")
    vessel.close()
    vessel.close()
    del vessel
    gc.collect()


def test_what_is_taken_is_not_copied() -> None:
    vessel = BodyBuffer(4)
    vessel.add(b"abcd")
    assert type(vessel.take()) is bytes
