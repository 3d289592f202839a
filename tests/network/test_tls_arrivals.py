"""What an idle connection has received: data and an end count, records of TLS itself don't."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest

from hyperhttp._network.socket_probe import arrivals, has_ended, leftover
from hyperhttp._network.tls_arrivals import arrivals_of
from tests.network.tls_line import TLS12, TLS13, arrived, talking

if TYPE_CHECKING:
    from tests.servers.certificates import Certificates


class TestIdle:
    @pytest.mark.parametrize("version", [TLS12, TLS13])
    async def test_silence_and_records_of_tls_itself_are_nothing(
        self, version: ssl.TLSVersion, certificates: Certificates
    ) -> None:
        async with talking(certificates, version=version) as (line, _):
            # The tickets may still be unread.
            look = arrivals_of(line.transport.get_extra_info("tls_channel"))
            assert not look(0)
            assert not look(0)
            assert arrivals(line.transport) is not None
            assert not has_ended(line.transport)
            assert list(leftover(line.transport)) == []

    async def test_unread_data_has_arrived(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            await end.say(b"HTTP/1.1 200 OK\r\n\r\n")
            assert has_ended(line.transport)

    async def test_half_a_record_is_nothing_yet(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            raw = end.records(b"HTTP/1.1 200 OK\r\n\r\n")
            await end.send(raw[:-1])
            assert arrivals_of(line.transport.get_extra_info("tls_channel"))(0) is False
            await end.send(raw[-1:])
            assert arrivals_of(line.transport.get_extra_info("tls_channel"))(0) is True

    @pytest.mark.parametrize("how", ["close_notify", "close", "reset"])
    async def test_an_end_has_arrived(self, how: str, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            if how == "close_notify":
                await end.send(end.close_notify())
            elif how == "close":
                end.raw.close()
            else:
                end.reset()
            assert arrivals_of(line.transport.get_extra_info("tls_channel"))(0) is True

    async def test_an_alert_is_returned(self, certificates: Certificates) -> None:
        async with talking(certificates) as (line, end):
            broken = bytearray(end.records(b"x"))
            broken[-1] ^= 1
            await end.send(broken)
            assert isinstance(
                arrivals_of(line.transport.get_extra_info("tls_channel"))(0), ssl.SSLError
            )

    async def test_for_http2_only_an_end_counts(self, certificates: Certificates) -> None:
        async with talking(certificates, alpn=("h2",)) as (line, end):
            await end.say(b"a frame")
            assert not has_ended(line.transport, may_speak=True)
            await arrived(line, 7)
            end.reset()
            assert has_ended(line.transport, may_speak=True)
