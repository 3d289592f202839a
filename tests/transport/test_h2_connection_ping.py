"""When a silent server gets a PING, and when it is given up: exactly then, no sooner or later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import pytest
from hyperframe.frame import PingFrame

from hyperhttp import HTTP2Config, Limits
from hyperhttp._transport.connection_state import State
from hyperhttp._transport.h2_connection import H2Connection
from tests.network.hand_clock import HandClock
from tests.servers import h2_frames
from tests.servers.h2_frames import PREFACE, FrameReader
from tests.transport.owner import Owner
from tests.transport.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Sequence

AFTER_S, TIMEOUT_S = 3.0, 2.0
A_LITTLE_S = 0.125


class HandLoop(HandClock):
    """As much of an event loop as a connection without requests needs."""

    def is_closed(self) -> bool:
        return False

    def call_soon(self, callback: Callable[[], object]) -> None:
        callback()


class Silent:
    """A connection without requests, to a server that is silent since it was opened."""

    def __init__(self, after_s: float | None = AFTER_S) -> None:
        self.loop, self.owner, self.wire = HandLoop(), Owner(), Wire()
        self.connection = H2Connection(
            "key",
            self.owner,
            Limits(),
            HTTP2Config(ping_after=after_s, ping_timeout=TIMEOUT_S),
            memoryview(bytearray(1 << 12)),
            cast("asyncio.AbstractEventLoop", self.loop),
        )
        self.connection.connection_made(self.wire)

    def receive(self, frame: bytes) -> None:
        self.connection.get_buffer(-1)[: len(frame)] = frame
        self.connection.buffer_updated(len(frame))

    @property
    def pings(self) -> int:
        """How many PINGs were sent."""
        frames: Sequence[object] = list(FrameReader().feed(self.wire.written[len(PREFACE) :]))
        return sum(isinstance(frame, PingFrame) and "ACK" not in frame.flags for frame in frames)

    @property
    def is_open(self) -> bool:
        return self.connection.state is not State.CLOSED and not self.wire.ends


@pytest.mark.parametrize(
    ("passed_s", "pings"),
    [(AFTER_S - A_LITTLE_S, 0), (AFTER_S, 1), (AFTER_S + A_LITTLE_S, 1)],
    ids=["below", "exactly", "above"],
)
def test_the_ping_is_sent_once_the_silence_has_lasted_as_long(passed_s: float, pings: int) -> None:
    silent = Silent()
    silent.loop.move(passed_s)
    assert (silent.pings, silent.is_open) == (pings, True)


def test_the_first_check_is_when_the_silence_has_lasted_long_enough() -> None:
    silent = Silent()
    assert [timer.when for timer in silent.loop.pending()] == [silent.loop.time() + AFTER_S]


def test_after_the_ping_the_next_check_is_when_its_time_is_over() -> None:
    silent = Silent()
    silent.loop.move(AFTER_S)
    assert [timer.when for timer in silent.loop.pending()] == [silent.loop.time() + TIMEOUT_S]


@pytest.mark.parametrize(
    ("passed_s", "is_open"),
    [(TIMEOUT_S - A_LITTLE_S, True), (TIMEOUT_S, False), (TIMEOUT_S + A_LITTLE_S, False)],
    ids=["below", "exactly", "above"],
)
def test_the_server_is_given_up_once_the_ping_is_unresponded_for_as_long(
    passed_s: float, is_open: bool
) -> None:
    silent = Silent()
    silent.loop.move(AFTER_S)
    silent.loop.move(passed_s)
    assert (silent.pings, silent.is_open) == (1, is_open)
    assert ("lost" in silent.owner.calls) is not is_open


@pytest.mark.parametrize("later_s", [0.0, A_LITTLE_S, TIMEOUT_S - A_LITTLE_S])
def test_a_frame_that_comes_before_then_counts_from_its_own_time(later_s: float) -> None:
    silent = Silent()
    silent.loop.move(AFTER_S)
    silent.loop.move(later_s)
    silent.receive(h2_frames.settings())
    silent.loop.move(AFTER_S - A_LITTLE_S)
    assert (silent.pings, silent.is_open) == (1, True)
    silent.loop.move(A_LITTLE_S)
    assert (silent.pings, silent.is_open) == (2, True)


def test_a_frame_before_the_ping_puts_it_off() -> None:
    silent = Silent()
    silent.loop.move(AFTER_S - A_LITTLE_S)
    silent.receive(h2_frames.settings())
    silent.loop.move(AFTER_S - A_LITTLE_S)
    assert silent.pings == 0
    silent.loop.move(A_LITTLE_S)
    assert silent.pings == 1


def test_without_an_interval_no_ping_is_sent() -> None:
    silent = Silent(None)
    silent.loop.move(1e6)
    assert (silent.pings, silent.is_open) == (0, True)


def test_a_closed_connection_sends_none() -> None:
    silent = Silent()
    silent.connection.close()
    silent.loop.move(AFTER_S)
    assert silent.pings == 0


def test_a_check_for_another_reason_neither_hastens_nor_delays_the_end() -> None:
    silent = Silent()
    silent.loop.move(AFTER_S)
    silent.connection.watch(silent.loop.time() + A_LITTLE_S)
    silent.loop.move(A_LITTLE_S)
    assert silent.is_open
    silent.loop.move(TIMEOUT_S - 2 * A_LITTLE_S)
    assert silent.is_open
    silent.loop.move(A_LITTLE_S)
    assert not silent.is_open
