"""A protocol without a buffer gets bytes, and keeps no memory before that."""

from __future__ import annotations

import asyncio

from hyperhttp._network.data_receiver import DATA_BYTES_MAX, NOTHING, DataReceiver


class Plain(asyncio.Protocol):
    def __init__(self) -> None:
        self.received: list[bytes] = []

    def data_received(self, data: bytes) -> None:
        self.received.append(data)

    def eof_received(self) -> None:
        self.received.append(b"EOF")


def test_it_passes_copies_on() -> None:
    plain = Plain()
    receiver = DataReceiver(plain)
    buffer = receiver.get_buffer(-1)
    assert len(buffer) == DATA_BYTES_MAX
    buffer[:5] = b"first"
    receiver.buffer_updated(5)
    receiver.get_buffer(-1)[:6] = b"second"
    receiver.buffer_updated(6)
    receiver.eof_received()
    assert plain.received == [b"first", b"second", b"EOF"]
    assert all(type(data) is bytes for data in plain.received)


def test_the_protocol_of_a_closed_transport_ignores_everything() -> None:
    NOTHING.pause_writing()
    NOTHING.resume_writing()
    NOTHING.eof_received()
    NOTHING.connection_lost(None)
