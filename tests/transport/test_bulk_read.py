"""The stand-in of a connection passes on whatever the loop tells it."""

from __future__ import annotations

import asyncio
from typing import cast

from hyperhttp._transport.bulk_read import BulkReadProtocol
from hyperhttp._transport.h1_connection import H1Connection


class Connection:
    def __init__(self) -> None:
        self.told: list[tuple[str, object]] = []

    def received(self, data: bytes) -> None:
        self.told.append(("received", data))

    def eof_received(self) -> None:
        self.told.append(("eof", None))

    def connection_lost(self, exc: Exception | None) -> None:
        self.told.append(("lost", exc))

    def pause_writing(self) -> None:
        self.told.append(("pause", None))

    def resume_writing(self) -> None:
        self.told.append(("resume", None))


def test_everything_is_passed_on() -> None:
    connection, error = Connection(), OSError("gone")
    bulk_read: asyncio.Protocol = BulkReadProtocol(cast("H1Connection", connection))
    bulk_read.data_received(b"abc")
    bulk_read.pause_writing()
    bulk_read.resume_writing()
    bulk_read.eof_received()
    bulk_read.connection_lost(error)
    assert connection.told == [
        ("received", b"abc"),
        ("pause", None),
        ("resume", None),
        ("eof", None),
        ("lost", error),
    ]
