"""The common part of transports: what the loop watches, when writers pause, what is known."""

from __future__ import annotations

import asyncio
import socket
from typing import cast

from hyperhttp._network.base_transport import BaseTransport, facts_of_socket


class Loop:
    """Notes what it is to watch."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def add_reader(self, *_: object) -> None:
        self.calls.append("add_reader")

    def remove_reader(self, *_: object) -> None:
        self.calls.append("remove_reader")

    def add_writer(self, *_: object) -> None:
        self.calls.append("add_writer")

    def remove_writer(self, *_: object) -> None:
        self.calls.append("remove_writer")


class Writer(asyncio.Protocol):
    """Notes when it has to pause."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def pause_writing(self) -> None:
        self.calls.append("pause")

    def resume_writing(self) -> None:
        self.calls.append("resume")


class Queued(BaseTransport):
    """Sends nothing by itself."""

    def __init__(self) -> None:
        self.watched, self.writer = Loop(), Writer()
        super().__init__(cast("asyncio.AbstractEventLoop", self.watched), 7, {"peername": "x"})
        self._protocol = self.writer

    def _needs_data(self) -> bool:
        return not self._is_paused

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self._queue.add(bytes(data))
        self._after_change()

    def sent(self, size: int) -> None:
        self._queue.sent(size)
        self._after_change()

    def lose(self, error: OSError) -> None:
        self._loss = error

    def _after_change(self) -> None:
        self._watch()
        self._pause_or_resume_writing()


def test_the_loop_is_asked_once_for_each_change() -> None:
    transport = Queued()
    transport.pause_reading()
    transport.pause_reading()
    transport.write(b"one")
    transport.write(b"two")
    transport.sent(3)
    transport.sent(3)
    assert transport.watched.calls == ["remove_reader", "add_writer", "remove_writer"]


def test_writers_pause_above_the_high_limit_and_resume_at_the_low_one() -> None:
    transport = Queued()
    transport.set_write_buffer_limits(high=4, low=2)
    assert transport.get_write_buffer_limits() == (2, 4)
    transport.writelines([b"1", b"234"])
    assert transport.get_write_buffer_size() == 4
    assert transport.writer.calls == []
    transport.write(b"5")
    transport.sent(2)
    assert transport.writer.calls == ["pause"]
    transport.sent(1)
    assert transport.writer.calls == ["pause", "resume"]


def test_new_limits_apply_to_what_is_queued() -> None:
    transport = Queued()
    transport.write(b"12345")
    transport.set_write_buffer_limits(high=4, low=2)
    assert transport.writer.calls == ["pause"]
    transport.set_write_buffer_limits(high=9, low=5)
    assert transport.writer.calls == ["pause", "resume"]


def test_writers_of_a_broken_transport_do_not_resume() -> None:
    transport = Queued()
    transport.set_write_buffer_limits(high=0)
    transport.write(b"1")
    transport.lose(OSError())
    transport.sent(1)
    assert transport.writer.calls == ["pause"]


def test_what_is_known_and_what_is_not_possible() -> None:
    transport = Queued()
    assert transport.get_extra_info("peername") == "x"
    assert isinstance(transport.get_protocol(), Writer)
    assert not transport.can_write_eof()


def test_the_facts_of_a_socket() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert facts_of_socket(server)["peername"] is None
        with socket.create_connection(server.getsockname()) as connected:
            facts = facts_of_socket(connected)
            assert facts["peername"] == server.getsockname()
            assert facts["sockname"] == connected.getsockname()
