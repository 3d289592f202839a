"""Two ends of a connection in memory keep the rules that asyncio's sockets keep."""

from __future__ import annotations

import asyncio
import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp.testing._pipe import HIGH_WATER_BYTES, PIECE_BYTES, PipeTransport, pipe
from tests.testing.peers import Noting, NotingBuffered, turns


def joined(*, stays: bool = False) -> tuple[PipeTransport, PipeTransport, Noting, Noting]:
    one, other = pipe(asyncio.get_running_loop())
    ours, theirs = Noting(stays=stays), Noting(stays=stays)
    one.start(ours)
    other.start(theirs)
    return one, other, ours, theirs


async def test_what_is_written_comes_in_a_later_turn_of_the_loop() -> None:
    one, other, ours, theirs = joined()
    one.write(b"abc")
    one.writelines([b"de", bytearray(b"f")])
    assert theirs.received == b""
    other.write(memoryview(b"back"))
    await turns()
    assert (bytes(theirs.received), bytes(ours.received)) == (b"abcdef", b"back")


async def test_much_comes_in_pieces_of_bounded_size() -> None:
    one, _, _, theirs = joined()
    one.write(bytes(3 * PIECE_BYTES + 1))
    await turns()
    assert theirs.pieces == [PIECE_BYTES] * 3 + [1]


async def test_a_buffered_protocol_is_given_what_fits_into_its_buffer() -> None:
    one, other = pipe(asyncio.get_running_loop())
    protocol = NotingBuffered()
    one.start(Noting())
    other.start(protocol)
    one.write(bytes(range(100)))
    await turns()
    assert protocol.received == bytes(range(100))


async def test_a_reader_that_pauses_makes_the_writer_pause_and_resume() -> None:
    one, other, ours, theirs = joined()
    other.pause_reading()
    one.write(bytes(HIGH_WATER_BYTES + 1))
    await turns()
    assert (ours.told, theirs.pieces) == (["made", "pause"], [])
    assert one.get_write_buffer_size() == HIGH_WATER_BYTES + 1
    other.resume_reading()
    await turns()
    assert ours.told == ["made", "pause", "resume"]
    assert len(theirs.received) == HIGH_WATER_BYTES + 1
    assert one.get_write_buffer_size() == 0


async def test_marks_can_be_set() -> None:
    one, other, ours, _ = joined()
    other.pause_reading()
    one.write(b"1234567890")
    one.set_write_buffer_limits(high=9)
    assert one.get_write_buffer_limits() == (2, 9)
    assert ours.told == ["made", "pause"]


async def test_a_close_sends_what_is_unsent_and_then_ends_both() -> None:
    one, _, ours, theirs = joined()
    one.write(bytes(2 * PIECE_BYTES))
    one.close()
    one.write(b"too late")
    assert one.is_closing()
    await turns()
    assert len(theirs.received) == 2 * PIECE_BYTES
    assert theirs.told == ["made", "eof", "lost"]
    assert ours.told[-1] == "lost"
    assert (ours.error, theirs.error) == (None, None)


async def test_an_end_waits_for_a_reader_that_pauses() -> None:
    one, other, _, theirs = joined()
    other.pause_reading()
    one.close()
    await turns()
    assert theirs.told == ["made"]
    other.resume_reading()
    await turns()
    assert theirs.told == ["made", "eof", "lost"]


async def test_both_ends_know_that_they_are_closing() -> None:
    one, other, _, _ = joined()
    assert not one.is_closing()
    one.abort()
    assert one.is_closing()
    assert other.is_closing()


async def test_half_an_end_leaves_the_other_half_open() -> None:
    one, other, ours, theirs = joined(stays=True)
    assert one.can_write_eof()
    one.write_eof()
    await turns()
    other.write(b"still here")
    await turns()
    assert (theirs.told, bytes(ours.received)) == (["made", "eof"], b"still here")


async def test_an_abort_loses_what_is_unsent_and_is_a_reset_for_the_other() -> None:
    one, _, ours, theirs = joined()
    one.write(b"never seen")
    one.abort()
    await turns()
    assert (ours.error, bytes(theirs.received)) == (None, b"")
    assert isinstance(theirs.error, ConnectionResetError | OSError)
    assert theirs.error.errno == errno.ECONNRESET


async def test_bytes_for_an_end_that_is_closed_break_the_pipe() -> None:
    one, other, ours, _ = joined(stays=True)
    other.close()
    await turns()
    one.write(b"anybody?")
    await turns()
    assert isinstance(ours.error, OSError)
    assert ours.error.errno == errno.EPIPE


async def test_what_an_end_sent_before_it_closed_arrives_before_the_pipe_breaks() -> None:
    one, other, ours, _ = joined(stays=True)
    other.write(bytes(2 * PIECE_BYTES))
    other.close()
    one.write(b"acknowledged")
    await turns()
    assert ours.pieces == [PIECE_BYTES, PIECE_BYTES]
    assert isinstance(ours.error, OSError)
    assert ours.error.errno == errno.EPIPE


async def test_each_end_is_told_of_its_loss_once() -> None:
    one, other, ours, theirs = joined()
    for transport in (one, other, one):
        transport.close()
        transport.abort()
    await turns()
    assert (ours.told.count("lost"), theirs.told.count("lost")) == (1, 1)


async def test_the_protocol_can_be_exchanged() -> None:
    one, other, _, first = joined()
    second = Noting()
    other.set_protocol(second)
    assert other.get_protocol() is second
    one.write(b"x")
    await turns()
    assert (bytes(first.received), bytes(second.received)) == (b"", b"x")


async def test_there_is_no_socket_and_alpn_is_what_was_said() -> None:
    one, other = pipe(asyncio.get_running_loop(), alpn_protocol="h2")
    assert one.get_extra_info("socket") is None
    assert other.get_extra_info("alpn_protocol") == "h2"


@given(st.lists(st.binary(max_size=300), max_size=20), st.sets(st.integers(0, 19)))
def test_whatever_is_written_comes_whole_and_in_order(
    pieces: list[bytes], pauses: set[int]
) -> None:
    async def main() -> bytes:
        one, other, _, theirs = joined()
        for number, piece in enumerate(pieces):
            if number in pauses:
                other.pause_reading()
            one.write(piece)
            await asyncio.sleep(0)
        other.resume_reading()
        one.close()
        await turns(2 * len(pieces) + 5)
        return bytes(theirs.received)

    assert asyncio.run(main()) == b"".join(pieces)


async def test_a_transport_needs_both_ends() -> None:
    with pytest.raises(AttributeError):
        PipeTransport(asyncio.get_running_loop(), None).abort()
