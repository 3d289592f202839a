"""Events are values: equal when they say the same."""

from __future__ import annotations

from hyperhttp._protocol.events import END_CLOSE, END_REUSABLE, Chunk, End, Head


def test_events_compare_by_what_they_say() -> None:
    assert Chunk(b"a") == Chunk(b"a") != Chunk(b"b")
    assert End(reusable=True) == END_REUSABLE != END_CLOSE
    assert Head(200, "OK", "HTTP/1.1", b"A: b\r\n") == Head(200, "OK", "HTTP/1.1", b"A:b\r\n")
