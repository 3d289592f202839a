"""A body put together in place: whatever comes by which way, in whatever pieces."""

from __future__ import annotations

import gc
from io import BytesIO
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._transport import body_buffer as body_buffers
from hyperhttp._transport.body_buffer import BodyBuffer, MovableBytes

CONTENT = bytes(range(256)) * 512


@pytest.mark.parametrize("memory", [BytesIO, MovableBytes])
@given(steps=st.lists(st.tuples(st.booleans(), st.integers(1, 40_000)), max_size=20))
def test_the_body_is_what_came_by_either_way(
    memory: type[BytesIO | MovableBytes], steps: list[tuple[bool, int]]
) -> None:
    with mock.patch.object(body_buffers, "_MEMORY", memory):
        body_buffer, at = BodyBuffer(len(CONTENT)), 0
    for by_room, size in steps:
        free_space = body_buffer.free_space() if by_room else None
        piece = CONTENT[at : at + (size if free_space is None else min(size, len(free_space)))]
        if free_space is None:
            body_buffer.add(piece)
        else:
            free_space[: len(piece)] = piece
            body_buffer.received(len(piece))
        at += len(piece)
    body_buffer.add(CONTENT[at:])
    assert body_buffer.take() == CONTENT


def test_the_end_of_a_body_never_has_room_of_its_own() -> None:
    body_buffer = BodyBuffer(1 << 17)
    while (free_space := body_buffer.free_space()) is not None:
        assert len(free_space) >= 1 << 14
        body_buffer.received(min(len(free_space), 50_000))
    body_buffer.add(bytes(1 << 14))
    with pytest.raises(ValueError, match=r"assignment|cannot modify size"):
        body_buffer.add(bytes(1 << 17))
    body_buffer.close()


def test_a_body_that_is_given_up_leaves_no_complaint() -> None:
    body_buffer = BodyBuffer(1 << 17)
    body_buffer.add(b"abc")
    body_buffer.close()
    body_buffer.close()
    del body_buffer
    gc.collect()


def test_what_is_taken_is_not_copied() -> None:
    body_buffer = BodyBuffer(4)
    body_buffer.add(b"abcd")
    assert type(body_buffer.take()) is bytes
