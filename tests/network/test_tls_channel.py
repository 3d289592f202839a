"""TLS between a socket and memory: a record at a time, whatever the sizes of reads and buffers."""

from __future__ import annotations

import asyncio
import select
import ssl
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hyperhttp._network import tls_channel
from hyperhttp._network.tls_channel import TLSChannel
from hyperhttp._network.tls_state import RECORD_BYTES_MAX, End, end_of
from tests.network.handshakes import shake_hands
from tests.servers.certificates import Certificates, server_context
from tests.servers.tls_end import TLSEnd, connected

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


@asynccontextmanager
async def talking(certificates: Certificates) -> AsyncGenerator[tuple[TLSChannel, TLSEnd]]:
    """Both ends, with TLS established; nothing watches the socket of the channel."""
    ours, theirs = await connected()
    end, loop = TLSEnd(theirs, server_context(certificates.good)), asyncio.get_running_loop()
    served = asyncio.ensure_future(end.shake_hands())
    channel = await shake_hands(loop, ours, certificates.client_context(), "localhost")
    channel.send(channel.take_output())
    await served
    loop.remove_reader(ours.fileno())
    with ours, theirs:
        yield channel, end


def received(channel: TLSChannel, space: int = 1 << 18) -> list[bytes]:
    """Return all that has arrived, as parts that fill a buffer of so many bytes."""
    parts: list[bytes] = []
    buffer = bytearray(space)
    while (count := channel.receive(buffer)) or channel.has_more or is_readable(channel):
        parts.append(bytes(buffer[:count]))
    return [part for part in parts if part]


def is_readable(channel: TLSChannel) -> bool:
    """Whether an event loop would report the socket: one call may receive a part of a record."""
    return channel.end is None and bool(select.select([channel.socket], [], [], 0)[0])


async def test_all_records_of_a_read_are_decrypted_together(certificates: Certificates) -> None:
    async with talking(certificates) as (channel, end):
        await end.send(end.records(b"one") + end.records(b"two") + end.records(bytes(20_000)))
        buffer = bytearray(1 << 18)
        assert channel.receive(buffer) == 20_006
        assert buffer[:6] == b"onetwo"
        assert not channel.has_more


async def test_the_memory_of_a_record_is_allocated_for_long_data_only(
    certificates: Certificates,
) -> None:
    async with talking(certificates) as (channel, end):
        with mock.patch.object(
            TLSChannel, "_make_space", autospec=True, side_effect=TLSChannel._make_space
        ) as make_space:
            await end.send(end.records(b"short"))
            assert received(channel) == [b"short"]
            make_space.assert_not_called()
            long = bytes(range(250)) * 40
            await end.send(end.records(long) + end.records(long))
            assert b"".join(received(channel)) == 2 * long
            make_space.assert_called_once()


async def test_the_start_of_a_record_is_kept_when_memory_is_allocated(
    certificates: Certificates,
) -> None:
    """OpenSSL has the start and hasn't read it, when the long rest arrives."""
    async with talking(certificates) as (channel, end):
        record = end.records(bytes(RECORD_BYTES_MAX))
        await end.send(record[:100])
        assert received(channel) == []
        await end.send(record[100:] + end.records(b"end"))
        assert b"".join(received(channel)) == bytes(RECORD_BYTES_MAX) + b"end"


@example(sizes=[RECORD_BYTES_MAX], cuts=[40_000], space=1)
@settings(max_examples=30, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 3 * RECORD_BYTES_MAX), min_size=1, max_size=8),
    cuts=st.lists(st.integers(1, 40_000), min_size=1, max_size=8),
    space=st.sampled_from([1, 700, RECORD_BYTES_MAX - 1, RECORD_BYTES_MAX + 1, 1 << 18]),
)
def test_everything_arrives_in_order_however_it_is_cut(
    sizes: list[int], cuts: list[int], space: int, certificates: Certificates
) -> None:
    async def main() -> None:
        async with talking(certificates) as (channel, end):
            data = [bytes([index]) * size for index, size in enumerate(sizes)]
            raw = b"".join(end.records(part) for part in data)
            arrived, turn = bytearray(), 0
            while raw:
                cut = cuts[turn % len(cuts)]
                await end.send(raw[:cut])
                raw, turn = raw[cut:], turn + 1
                for part in received(channel, space):
                    assert len(part) <= space
                    arrived += part
            assert arrived == b"".join(data)
            assert channel.end is None

    asyncio.run(main())


async def test_more_is_decrypted_without_receiving(certificates: Certificates) -> None:
    async with talking(certificates) as (channel, end):
        buffer = bytearray(1000)
        await end.send(end.records(bytes(1500)) + end.records(b"x" * 700))
        steps = [(channel.receive(buffer), channel.has_more)]
        await end.say(b"later")
        steps += [(channel.receive(buffer), channel.has_more) for _ in range(2)]
        assert steps == [(1000, True), (500, True), (700, False)]
        assert buffer[:700] == b"x" * 700
        assert channel.receive(buffer) == 5


async def test_silence_is_not_an_end(certificates: Certificates) -> None:
    async with talking(certificates) as (channel, _):
        buffer = bytearray(10)
        assert channel.receive(buffer) == 0
        assert channel.receive(buffer) == 0
        assert channel.end is None


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("close_notify", End.CLOSE_NOTIFY),
        ("close", End.TRUNCATED),
        ("reset", End.RESET),
        ("forged", End.FAILED),
        ("not tls", End.FAILED),
    ],
)
async def test_an_end_is_kept_after_the_data_before_it(
    how: str, expected: End, certificates: Certificates
) -> None:
    async with talking(certificates) as (channel, end):
        await end.say(b"before")
        match how:
            case "close_notify":
                await end.send(end.close_notify())
            case "close":
                end.raw.close()
            case "reset":
                end.reset()
            case "forged":
                raw = bytearray(end.records(b"x"))
                raw[-1] ^= 1
                await end.send(raw)
            case _:
                await end.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        buffer = bytearray(100)
        assert channel.receive(buffer) == 6
        assert channel.receive(buffer) == 0
        assert channel.end is not None
        assert end_of(channel.end) is expected
        assert bool(channel.outgoing.pending) is (expected is End.FAILED)  # an alert
        assert channel.receive(buffer) == 0


@pytest.mark.parametrize(
    ("kind", "length", "is_refused"),
    [
        (19, 100, True),
        (20, 100, False),
        (23, RECORD_BYTES_MAX + 2048, False),
        (23, RECORD_BYTES_MAX + 2049, True),
        (24, 100, False),
        (25, 100, True),
    ],
)
async def test_what_cannot_be_a_record_is_refused_before_its_end_arrives(
    certificates: Certificates, kind: int, length: int, is_refused: bool
) -> None:
    async with talking(certificates) as (channel, end):
        await end.send(bytes([kind, 3, 3, *length.to_bytes(2, "big")]) + b"start")
        assert channel.receive(bytearray(100)) == 0
        assert (channel.end is not None) == is_refused


async def test_long_data_is_encrypted_in_records(certificates: Certificates) -> None:
    async with talking(certificates) as (channel, end):
        data = bytes(range(250)) * 200
        pieces = list(channel.encrypt_all(data))
        assert len(pieces) == 4
        assert channel.send_all(pieces) == sum(map(len, pieces))
        assert await end.receive_exactly(len(data)) == data


async def test_a_full_socket_accepts_nothing(certificates: Certificates) -> None:
    async with talking(certificates) as (channel, _):
        while channel.send(bytes(1 << 16)):
            pass
        assert channel.send_all([b"a", b"b"]) == 0


async def test_both_sides_end_it(certificates: Certificates) -> None:
    async with talking(certificates) as (channel, end):
        assert not channel.close_notify()
        channel.send(channel.take_output())
        assert await end.receive() == b""
        assert not channel.receive_close()
        await end.send(end.close_notify())
        assert channel.receive_close()


async def test_threads_in_turn_use_the_same_buffer(certificates: Certificates) -> None:
    async with talking(certificates) as (channel, end):
        with mock.patch.object(tls_channel, "_idle", deque[memoryview](maxlen=2)) as idle:
            buffer = bytearray(10)
            for _ in range(20):
                await end.say(b"hello")
                with ThreadPoolExecutor(1) as thread:
                    loop = asyncio.get_running_loop()
                    assert await loop.run_in_executor(thread, channel.receive, buffer) == 5
                assert buffer[:5] == b"hello"
            assert len(idle) == 1


async def test_a_receive_during_another_one_has_its_own_buffer(certificates: Certificates) -> None:
    async with talking(certificates) as (first, its_end), talking(certificates) as (second, end):
        await its_end.say(b"first")
        await end.say(b"second")
        buffer, inner = bytearray(10), bytearray(10)
        receive_raw = TLSChannel._receive_raw

        def receive_both(channel: TLSChannel, view: memoryview, space: int = 0) -> int:
            size = receive_raw(channel, view, space)
            if channel is first:
                assert second.receive(inner) == 6
            return size

        with mock.patch.object(TLSChannel, "_receive_raw", receive_both):
            assert first.receive(buffer) == 5
        assert bytes(buffer[:5] + inner[:6]) == b"firstsecond"


async def test_few_buffers_are_kept(certificates: Certificates) -> None:
    async with talking(certificates) as (channel, _):
        taken = [tls_channel._take_buffer() for _ in range(20)]
        tls_channel._idle.extend(taken)
        assert channel.receive(bytearray(10)) == 0
        assert len(tls_channel._idle) == 2


async def test_a_session_is_offered(certificates: Certificates) -> None:
    context = certificates.client_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    serving, loop = server_context(certificates.good), asyncio.get_running_loop()
    session: ssl.SSLSession | None = None
    for is_resumed in (False, True):
        ours, theirs = await connected()
        end = TLSEnd(theirs, serving)
        channel = TLSChannel(ours, context, "localhost", session)
        served = asyncio.ensure_future(end.shake_hands())
        while not channel.shake_hands():
            channel.send(channel.take_output())
            await asyncio.sleep(0)
            channel.receive_handshake()
        channel.send(channel.take_output())
        await served
        assert channel.tls.session_reused is is_resumed
        session = channel.tls.session
        loop.remove_reader(ours.fileno())
        ours.close()
        theirs.close()
