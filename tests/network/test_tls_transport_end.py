"""How TLS on the socket ends, what is left of it, and what it notices while it's idle."""

from __future__ import annotations

import asyncio
import gc
import logging
import ssl
import weakref
from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.bounds import TLS_CLOSE_WAIT_S
from hyperhttp._network.exception_mapping import reason
from hyperhttp._network.socket_probe import release_socket
from hyperhttp._network.tls import chosen_protocol
from tests.client.quiet import open_files, run_quietly
from tests.clock import TurnedLoop
from tests.network.tls_line import (
    KERNEL_BYTES,
    TLS12,
    TLS13,
    ShortLine,
    lost,
    talking,
)
from tests.servers.certificates import Certificates

if TYPE_CHECKING:
    pass


class TestTheEnd:
    @pytest.mark.parametrize("version", [TLS12, TLS13])
    async def test_closing_sends_close_notify_after_all_data(
        self, version: ssl.TLSVersion, certificates: Certificates
    ) -> None:
        async with talking(certificates, version=version) as (line, end):
            line.transport.write(bytes(KERNEL_BYTES))
            assert line.transport.get_write_buffer_size()
            line.transport.close()
            line.transport.close()
            line.transport.write(b"too late")
            await end.receive_exactly(KERNEL_BYTES)
            assert await end.receive() == b""
            assert not line.is_lost.is_set()  # it waits for that of the peer
            await end.send(end.close_notify())
            await lost(line)
            assert line.error is None
            assert line.events == ["pause", "resume", "lost"]

    def test_a_peer_that_does_not_close_is_given_up(self, certificates: Certificates) -> None:
        async def wait_in_vain(loop: TurnedLoop) -> None:
            async with talking(certificates) as (line, end):
                line.transport.close()
                assert await end.receive() == b""
                loop.turn(TLS_CLOSE_WAIT_S - 1)
                await asyncio.sleep(0)
                assert not line.is_lost.is_set()
                loop.turn(2)
                await lost(line)
                assert line.error is None

        run_quietly(wait_in_vain)

    async def test_data_that_nobody_waits_for_is_dropped(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            line.transport.close()
            await end.say(b"too late")
            await lost(line)
            assert line.received == b""
            assert line.error is None

    @pytest.mark.parametrize("version", [TLS12, TLS13])
    async def test_the_peers_close_notify_is_reported_and_returned(
        self, version: ssl.TLSVersion, certificates: Certificates
    ) -> None:
        async with talking(certificates, version=version) as (line, end):
            await end.send(end.records(b"bye") + end.close_notify())
            await lost(line)
            assert line.received == b"bye"
            assert (line.events, line.error) == (["close_notify", "lost"], None)
            assert await end.receive() == b""

    async def test_the_end_without_it_is_truncation(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            await end.say(b"half of it")
            end.raw.close()
            await lost(line)
            assert line.received == b"half of it"
            assert (line.events, line.error) == (["truncated", "lost"], None)

    async def test_a_cut_record_is_truncation_and_not_delivered(
        self, certificates: Certificates
    ) -> None:
        async with talking(certificates) as (line, end):
            await end.send(end.records(b"whole") + end.records(b"cut")[:-1])
            end.raw.close()
            await lost(line)
            assert line.received == b"whole"
            assert line.events == ["truncated", "lost"]

    async def test_a_reset_is_an_error_after_what_came_before_it(
        self, certificates: Certificates
    ) -> None:
        async with talking(certificates) as (line, end):
            line.transport.pause_reading()
            await end.say(b"before")
            end.reset()
            line.transport.resume_reading()
            await lost(line)
            assert line.received == b"before"
            assert isinstance(line.error, ConnectionResetError)
            assert reason(line.error) == "connection reset by peer"

    @pytest.mark.parametrize("version", [TLS12, TLS13])
    @pytest.mark.parametrize("alpn", ["http/1.1", "h2"])
    async def test_data_before_a_failed_write_is_delivered(
        self,
        alpn: str,
        version: ssl.TLSVersion,
        certificates: Certificates,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(logging.INFO, logger="asyncio")
        async with talking(certificates, version=version, alpn=(alpn,)) as (line, end):
            await end.send(end.records(b"413") + end.records(b" too") + end.records(b" large"))
            end.reset()
            # The loop hasn't read it yet, and the write fails.
            line.transport.write(b"a")
            line.transport.write(b"b")
            assert line.transport.is_closing()
            assert not line.received
            await lost(line)
            assert line.received == b"413 too large"
            assert isinstance(line.error, ConnectionResetError)
            assert not caplog.records

    async def test_writers_that_wait_are_not_resumed_by_a_reset(
        self, certificates: Certificates
    ) -> None:
        async with talking(certificates) as (line, end):
            while "pause" not in line.events:
                line.transport.write(bytes(100_000))
            line.transport.pause_reading()  # the failed write is noticed first
            end.reset()
            await lost(line)
            assert line.events == ["pause", "lost"]
            assert isinstance(line.error, ConnectionResetError)

    async def test_a_close_notify_before_a_failed_write_is_reported(
        self, certificates: Certificates
    ) -> None:
        async with talking(certificates) as (line, end):
            await end.send(end.records(b"413") + end.close_notify())
            end.reset()
            line.transport.write(b"a")
            line.transport.write(b"b")
            await lost(line)
            assert line.received == b"413"
            assert line.events == ["close_notify", "lost"]

    async def test_an_alert_tells_more_than_the_failed_write(
        self, certificates: Certificates
    ) -> None:
        async with talking(certificates, version=TLS12) as (line, end):
            broken = bytearray(end.records(b"x"))
            broken[-1] ^= 1
            await end.send(broken)
            end.reset()
            line.transport.write(b"a")
            line.transport.write(b"b")
            await lost(line)
            assert isinstance(line.error, ssl.SSLError)
            # OpenSSL 3.6 reports the last of the two reasons.
            assert any(part in reason(line.error) for part in ("mac", "record layer failure"))

    async def test_a_forged_record_is_an_error(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            broken = bytearray(end.records(b"forged"))
            broken[-1] ^= 1
            await end.send(broken)
            await lost(line)
            assert line.received == b""
            assert isinstance(line.error, ssl.SSLError)

    async def test_aborting_closes_without_close_notify(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            line.transport.write(b"last")
            line.transport.abort()
            assert not line.is_lost.is_set()  # in the next turn of the loop, as asyncio's
            await lost(line)
            assert await end.receive() == b"last"
            with pytest.raises(ssl.SSLEOFError):
                await end.receive()

    @pytest.mark.parametrize("end_by", ["close", "abort"])
    async def test_closing_within_a_delivery_stops_it(
        self, end_by: str, certificates: Certificates
    ) -> None:
        async with talking(certificates, ShortLine) as (line, end):
            line.on_data = getattr(line.transport, end_by)
            await end.say(bytes(5000))
            await lost(line)
            assert line.parts == [1000]

    async def test_nothing_refers_to_a_closed_transport(self, certificates: Certificates) -> None:
        files = open_files()
        async with talking(certificates) as (line, _):
            transport = weakref.ref(line.transport.get_extra_info("ssl_object"))
            line.transport.abort()
            await lost(line)
            assert line.transport.get_protocol() is not line
        del line
        gc.collect()
        assert transport() is None
        assert open_files() == files


class TestWhatItReports:
    async def test_a_closed_transport_keeps_no_memory_of_openssl(
        self, certificates: Certificates
    ) -> None:
        """A response may keep its connection for as long as its program runs."""
        async with talking(certificates) as (line, end):
            openssl = weakref.ref(line.transport.get_extra_info("ssl_object"))
            await end.send(end.records(b"data"))
            line.transport.abort()
            await lost(line)
            transport = line.transport
            gc.collect()
            assert openssl() is None
            assert transport.get_extra_info("ssl_object").version() == "TLSv1.3"

    async def test_the_socket_and_its_addresses(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            info = line.transport.get_extra_info
            assert info("socket").fileno() >= 0
            assert info("peername") == end.raw.getsockname()
            assert info("sockname") == end.raw.getpeername()
            assert info("nothing of this name", 7) == 7

    async def test_what_was_negotiated_stays_after_the_end(
        self, certificates: Certificates
    ) -> None:
        async with talking(certificates) as (line, _):
            before = line.transport.get_extra_info("ssl_object")
            version, certificate = before.version(), before.getpeercert()
            line.transport.abort()
            await lost(line)
            await asyncio.sleep(0)
            after = line.transport.get_extra_info("ssl_object")
            assert (after.version(), after.getpeercert()) == (version, certificate)
            assert chosen_protocol(line.transport) == "http/1.1"

    async def test_a_copy_of_the_socket_can_be_closed_without_it(
        self, certificates: Certificates
    ) -> None:
        async with talking(certificates) as (line, end):
            release_socket(line.transport)
            with pytest.raises(ssl.SSLEOFError):
                await end.receive()
