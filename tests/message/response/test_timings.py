"""The timings of a response: the steps of its connection always, the rest with events."""

from __future__ import annotations

import pytest

import hyperhttp
from hyperhttp import Client, ConnectionInfo, Timings, TLSInfo
from hyperhttp._message.response.timings import timings_of
from tests.client.event_log import EventLog
from tests.client.scenarios import serving
from tests.servers.certificates import Certificates

TLS = TLSInfo("TLSv1.3", "a cipher", None, None, None, None)


def info(*, is_reused: bool = False, tls: TLSInfo | None = None) -> ConnectionInfo:
    return ConnectionInfo(
        address=None, is_reused=is_reused, tls=tls, dns_s=1.0, connect_s=2.0, proxy_s=0.0, tls_s=4.0
    )


def test_a_new_connection_has_the_time_of_its_steps() -> None:
    assert timings_of(info()) == Timings(dns_s=1.0, connect_s=2.0)
    assert timings_of(info(tls=TLS)) == Timings(dns_s=1.0, connect_s=2.0, tls_s=4.0)


def test_a_reused_connection_and_none_have_no_steps() -> None:
    assert timings_of(info(is_reused=True, tls=TLS)) == Timings()
    assert timings_of(None) == Timings()


@pytest.mark.parametrize("wire", ["cleartext", "tls", "h2 tls"])
async def test_with_events_each_phase_has_a_time(wire: str, certificates: Certificates) -> None:
    async with (
        serving(wire, certificates) as server,
        Client(on_event=EventLog(), verify=certificates.ca) as client,
    ):
        url = server.url("/slow", host="localhost")
        first = await client.get(url)
        early = first.timings
        assert early.download_s is None
        assert early.total_s is None
        await first.aread()
        timings = first.timings
        for name in ("pool_s", "dns_s", "connect_s", "send_s", "wait_s", "download_s", "total_s"):
            value = getattr(timings, name)
            assert isinstance(value, float), name
            assert value >= 0.0
        assert (timings.tls_s is None) == (wire == "cleartext")
        assert timings.total_s is not None
        parts = [timings.pool_s, timings.send_s, timings.wait_s, timings.download_s]
        assert sum(part or 0.0 for part in parts) <= timings.total_s + 1e-6
        second = await client.get(url)
        await second.aread()
        assert (second.timings.dns_s, second.timings.connect_s, second.timings.tls_s) == (
            None,
            None,
            None,
        )


async def test_without_events_a_new_connection_has_its_steps(certificates: Certificates) -> None:
    async with (
        serving("tls", certificates) as server,
        Client(verify=certificates.ca) as client,
    ):
        url = server.url("/plain", host="localhost")
        response = await client.get(url)
        await response.aread()
        timings = response.timings
        assert None not in (timings.dns_s, timings.connect_s, timings.tls_s)
        assert (timings.pool_s, timings.wait_s, timings.total_s) == (None, None, None)
        again = await client.get(url)
        await again.aread()
        assert again.timings == hyperhttp.Timings()


def test_a_response_without_a_network_has_none() -> None:
    request = hyperhttp.Request("GET", "https://example.com")
    assert hyperhttp.Response.create(request).timings == Timings()
