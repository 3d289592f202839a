"""TLS on the socket as a transport: reading and writing, with a peer that is driven by hand."""

from __future__ import annotations

import asyncio
import logging
import ssl

import pytest

from hyperhttp._network.tls import chosen_protocol
from hyperhttp._network.tls_state import RECORD_BYTES_MAX
from tests.clock import until
from tests.network.tls_line import (
    BUFFER_BYTES,
    KERNEL_BYTES,
    TLS12,
    TLS13,
    Line,
    ShortLine,
    arrived,
    lost,
    talking,
)
from tests.servers.certificates import Certificates
from tests.servers.client_certificates import ClientCertificates, make_client_certificates

# Larger than what is encrypted or sent at a time.
WRITE_BYTES = 1 << 17


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> ClientCertificates:
    return make_client_certificates(tmp_path_factory.mktemp("clients"))


class TestReading:
    @pytest.mark.parametrize("version", [TLS12, TLS13])
    @pytest.mark.parametrize("kind", [Line, ShortLine])
    @pytest.mark.parametrize("alpn", ["http/1.1", "h2"])
    async def test_everything_arrives_once_and_in_order(
        self, alpn: str, kind: type[Line], version: ssl.TLSVersion, certificates: Certificates
    ) -> None:
        sent = bytearray()
        async with talking(certificates, kind, version=version, alpn=(alpn,)) as (line, end):
            for size in (1, 999, 1000, 1001, RECORD_BYTES_MAX, 3 * RECORD_BYTES_MAX, 700_000):
                data = bytes(index % 251 for index in range(size))
                sent += data
                await end.say(data)
            await arrived(line, len(sent))
            assert line.received == sent

    @pytest.mark.parametrize("version", [TLS12, TLS13])
    async def test_records_may_be_split_at_every_byte(
        self, version: ssl.TLSVersion, certificates: Certificates
    ) -> None:
        async with talking(certificates, version=version) as (line, end):
            expected, split, raw = b"", 0, b""
            while split <= len(raw):
                raw = end.records(b"hello%d" % split)
                expected += b"hello%d" % split
                await end.send(raw[:split])
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                await end.send(raw[split:])
                split += 1
            await arrived(line, len(expected))
            assert line.received == expected

    async def test_a_byte_at_a_time(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            for byte in end.records(b"hello") + end.records(b", world"):
                await end.send(bytes([byte]))
                await asyncio.sleep(0)
                await asyncio.sleep(0)
            await arrived(line, 12)
            assert line.received == b"hello, world"

    async def test_full_records_are_delivered_together(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            await end.send(end.records(bytes(3 * RECORD_BYTES_MAX)) + end.records(b"the rest"))
            await arrived(line, 3 * RECORD_BYTES_MAX + 8)
            assert len(line.parts) == 1

    async def test_short_records_are_delivered_together(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            await end.send(end.records(b"one") + end.records(b"two") + end.records(b"three"))
            await arrived(line, 11)
            assert line.parts == [11]
            assert chosen_protocol(line.transport) == "http/1.1"

    @pytest.mark.parametrize("alpn", ["http/1.1", "h2"])
    async def test_a_fast_peer_leaves_turns_to_other_tasks(
        self, alpn: str, certificates: Certificates
    ) -> None:
        async with talking(certificates, alpn=(alpn,)) as (line, end):
            line.transport.pause_reading()
            # The buffer ends within a record, so that OpenSSL has the rest.
            await end.send(end.records(b"x") + end.records(bytes(4 * BUFFER_BYTES)))
            sizes: list[int] = []
            line.transport.resume_reading()
            line.transport.write(b"x")  # so that a short record may be followed by others
            while len(line.received) < 4 * BUFFER_BYTES:
                before = len(line.received)
                await asyncio.sleep(0)
                sizes.append(len(line.received) - before)
            assert max(sizes) <= BUFFER_BYTES + RECORD_BYTES_MAX

    async def test_pausing_within_a_delivery_stops_it(self, certificates: Certificates) -> None:
        async with talking(certificates, ShortLine) as (line, end):
            line.on_data = line.transport.pause_reading
            await end.say(bytes(5000))
            await arrived(line, 1000)
            for _ in range(10):
                await asyncio.sleep(0)
            assert line.parts == [1000]
            assert not line.transport.is_reading()
            # The rest is decrypted already: the loop has nothing to report.
            line.on_data = None
            line.transport.resume_reading()
            await arrived(line, 5000)
            assert line.transport.is_reading()

    async def test_resuming_twice_or_after_the_end_is_harmless(
        self, certificates: Certificates
    ) -> None:
        async with talking(certificates) as (line, end):
            for _ in range(2):
                line.transport.pause_reading()
                line.transport.pause_reading()
                line.transport.resume_reading()
                line.transport.resume_reading()
            await end.say(b"still here")
            await arrived(line, 10)
            line.transport.abort()
            line.transport.resume_reading()
            line.transport.pause_reading()
            await lost(line)

    async def test_an_end_that_arrives_with_data_waits_while_reading_is_paused(
        self, certificates: Certificates
    ) -> None:
        async with talking(certificates, alpn=("h2",)) as (line, end):
            line.on_data = line.transport.pause_reading
            await end.send(end.records(b"last words") + end.close_notify())
            await arrived(line, 10)
            for _ in range(10):
                await asyncio.sleep(0)
            assert line.events == []
            line.transport.resume_reading()
            await until(lambda: bool(line.events))
            assert line.events[0] == "close_notify"

    async def test_a_protocol_without_a_buffer_gets_bytes(self, certificates: Certificates) -> None:
        received: list[bytes] = []

        class Plain(asyncio.Protocol):
            def data_received(self, data: bytes) -> None:
                received.append(data)

            def eof_received(self) -> None:
                received.append(b"EOF")

        async with talking(certificates) as (line, end):
            plain = Plain()
            line.transport.set_protocol(plain)
            assert line.transport.get_protocol() is plain
            await end.say(bytes(100_000))
            await until(lambda: sum(map(len, received)) >= 100_000)
            assert all(isinstance(data, bytes) for data in received)
            await end.send(end.close_notify())
            await until(lambda: received[-1] == b"EOF")
            line.transport.set_protocol(line)

    async def test_a_protocol_that_replaces_itself_gets_no_more(
        self, certificates: Certificates
    ) -> None:
        async with talking(certificates, ShortLine) as (line, end):
            second = Line()
            second.connection_made(line.transport)
            line.on_data = lambda: line.transport.set_protocol(second)
            await end.say(bytes(1500))
            await until(lambda: len(second.received) == 500)
            assert line.parts == [1000]
            line.transport.set_protocol(line)

    async def test_a_protocol_that_raises_loses_the_connection(
        self, certificates: Certificates
    ) -> None:
        complaints: list[object] = []
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: complaints.append(context["exception"]))

        def fails() -> None:
            raise RuntimeError("a bug")

        async with talking(certificates) as (line, end):
            line.on_data = fails
            await end.say(b"x")
            await lost(line)
            assert [str(error) for error in complaints] == ["a bug"]


class TestWriting:
    @pytest.mark.parametrize("version", [TLS12, TLS13])
    @pytest.mark.parametrize("size", [1, 5000, WRITE_BYTES, WRITE_BYTES + 1, KERNEL_BYTES])
    async def test_everything_arrives_once_and_in_order(
        self, size: int, version: ssl.TLSVersion, certificates: Certificates
    ) -> None:
        data = (bytes(range(251)) * (size // 251 + 1))[:size]
        async with talking(certificates, version=version) as (line, end):
            line.transport.write(data)
            line.transport.write(b"")
            line.transport.writelines([b"the ", b"end"])
            assert await end.receive_exactly(size + 7) == data + b"the end"
            assert line.transport.get_write_buffer_size() == 0

    async def test_writers_pause_while_the_peer_does_not_read(
        self, certificates: Certificates
    ) -> None:
        async with talking(certificates) as (line, end):
            line.transport.set_write_buffer_limits(1 << 16)
            assert line.transport.get_write_buffer_limits() == (1 << 14, 1 << 16)
            block, sent = bytes(100_000), 0
            while "pause" not in line.events:
                line.transport.write(block)
                sent += len(block)
            unsent = line.transport.get_write_buffer_size()
            assert 1 << 16 < unsent <= sent
            await end.receive_exactly(sent)
            assert line.events == ["pause", "resume"]

    async def test_the_caller_may_use_its_buffer_again(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            buffer, sent = bytearray(b"a" * 90_000), bytearray()
            while not line.transport.get_write_buffer_size():
                line.transport.write(buffer)
                sent += buffer
            buffer[:] = b"b" * len(buffer)
            for size in (1, 90_000, 7):
                line.transport.write(b"c" * size)
                sent += b"c" * size
            assert await end.receive_exactly(len(sent)) == sent

    async def test_data_arrives_while_a_write_is_blocked(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            size = 0
            while not line.transport.get_write_buffer_size():
                line.transport.write(bytes(WRITE_BYTES))
                size += WRITE_BYTES
            await end.say(b"in between")
            await arrived(line, 10)
            await end.receive_exactly(size)

    async def test_nothing_is_sent_after_the_end(
        self, certificates: Certificates, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG, logger="asyncio")
        async with talking(certificates) as (line, _):
            line.transport.abort()
            assert line.transport.is_closing()
            for _ in range(20):
                line.transport.write(b"too late")
            assert line.transport.get_write_buffer_size() == 0
            assert not line.transport.can_write_eof()
            await lost(line)
        assert not [one for one in caplog.records if one.levelno > logging.DEBUG]


class TestACertificateThatIsAskedForLater:
    """RFC 8446 4.6.2: it's sent after what is queued."""

    @pytest.mark.parametrize("is_blocked", [False, True])
    async def test_it_is_sent_and_nothing_is_lost(
        self, is_blocked: bool, certificates: Certificates, clients: ClientCertificates
    ) -> None:
        async with talking(certificates, clients=clients) as (line, end):
            size = 0
            while is_blocked and not line.transport.get_write_buffer_size():
                line.transport.write(bytes(WRITE_BYTES))
                size += WRITE_BYTES
            end.tls.verify_client_post_handshake()
            await end.say(b"who are you?")
            line.transport.write(b"me")
            await end.receive_exactly(size + 2)
            await arrived(line, 12)
            while not end.tls.getpeercert():
                line.transport.write(b"x")
                await end.receive()
            assert line.received == b"who are you?"

    async def test_a_server_that_reads_no_more_is_read(
        self, certificates: Certificates, clients: ClientCertificates
    ) -> None:
        async with talking(certificates, clients=clients) as (line, end):
            while not line.transport.get_write_buffer_size():
                line.transport.write(bytes(WRITE_BYTES))
            end.tls.verify_client_post_handshake()
            await end.say(b"413 too large")
            await arrived(line, 13)
            assert line.received == b"413 too large"
