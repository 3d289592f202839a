"""The events of a dial are the steps of its trace."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

from hyperhttp import Connected, NameResolved, TunnelEstablished
from hyperhttp._network.address import Address
from hyperhttp._network.connect_trace import ConnectTrace
from hyperhttp._transport.dial_events import report_dial

if TYPE_CHECKING:
    from hyperhttp import Event

COMMON = (1, 2, 0, "https://example.com")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def time(self) -> float:
        self.now += 1.0
        return self.now

    def call_at(self, when: float, callback: object, *args: object) -> asyncio.TimerHandle:
        raise NotImplementedError


def address(host: str) -> Address:
    return Address(socket.AF_INET, (host, 443))


def test_each_step_is_an_event_and_the_reading_of_certificates_is_none() -> None:
    trace = ConnectTrace(Clock().time)
    trace.mark("tls")
    trace.addresses = [address("192.0.2.1"), address("192.0.2.1"), address("192.0.2.2")]
    trace.mark("dns")
    trace.mark("connect")
    trace.proxy = "http://proxy.example.com:8080"
    trace.mark("proxy")
    events: list[Event] = []
    report_dial(trace, events.append, COMMON)
    resolved, connected, tunnel = events
    assert isinstance(resolved, NameResolved)
    assert isinstance(connected, Connected)
    assert isinstance(tunnel, TunnelEstablished)
    assert resolved.addresses == ("192.0.2.1", "192.0.2.2")
    assert (resolved.started, resolved.ended) == (2.0, 3.0)
    assert (connected.started, connected.peer) == (3.0, None)
    assert tunnel.proxy == "http://proxy.example.com:8080"
    assert (tunnel.call_id, tunnel.attempt, tunnel.origin) == (1, 2, "https://example.com")


def test_tls_of_a_dial_that_failed_is_no_event() -> None:
    trace = ConnectTrace(Clock().time)
    trace.mark("tls")
    events: list[Event] = []
    report_dial(trace, events.append, COMMON)
    assert events == []
