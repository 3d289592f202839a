"""What was received and not read: taken in order, and peeked at without being taken."""

from __future__ import annotations

from hyperhttp._transport.received_chunks import ReceivedChunks


class Chunks(ReceivedChunks):
    def __init__(self, *chunks: bytes) -> None:
        self._chunks = list(chunks)
        self._chunks_read = 0
        self._held_bytes = sum(map(len, chunks))

    def next(self) -> bytes:
        return self._next_chunk()

    @property
    def kept(self) -> int:
        return len(self._chunks)


def test_chunks_come_in_their_order() -> None:
    chunks = Chunks(b"a", b"bc", b"d")
    assert [chunks.next() for _ in range(3)] == [b"a", b"bc", b"d"]
    assert chunks.kept == 0


def test_the_beginning_is_shown_without_what_was_read() -> None:
    chunks = Chunks(b"a", b"bc", b"d")
    assert chunks.peek(2) == b"ab"
    chunks.next()
    assert chunks.peek(10) == b"bcd"
    assert Chunks().peek(3) == b""


def test_chunks_that_were_read_are_let_go() -> None:
    chunks = Chunks(*[b"x"] * 600)
    for _ in range(599):
        chunks.next()
    assert chunks.kept < 256
    assert chunks.next() == b"x"
    assert chunks.kept == 0
