"""Protocols of both kinds behind one interface: that of protocols with a buffer."""

from __future__ import annotations

import asyncio
from typing import Final, final

__all__ = ["NOTHING", "DataReceiver"]

# How much a protocol without a buffer gets at a time.
DATA_BYTES_MAX: Final = 1 << 16


@final
class DataReceiver(asyncio.BufferedProtocol):
    """Passes data to a protocol without a buffer."""

    __slots__ = ("_buffer", "_protocol")

    def __init__(self, protocol: asyncio.Protocol) -> None:
        self._protocol = protocol
        self._buffer = memoryview(b"")

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - asyncio's signature
        """Return a buffer, which is created when data arrives."""
        if not self._buffer:
            self._buffer = memoryview(bytearray(DATA_BYTES_MAX))
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Pass the data on."""
        self._protocol.data_received(bytes(self._buffer[:nbytes]))

    def eof_received(self) -> None:
        """Pass the end on."""
        self._protocol.eof_received()


NOTHING: Final = asyncio.BufferedProtocol()
"""The protocol of a closed transport."""
