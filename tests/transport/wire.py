"""A transport in memory: keeps what is written, and how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping


class Wire(asyncio.Transport):
    """A transport without a peer."""

    def __init__(self, unsent_bytes: int = 0, info: Mapping[str, object] | None = None) -> None:
        super().__init__(info)
        self.unsent_bytes = unsent_bytes
        self.writes: list[bytes] = []
        self.protocols: list[asyncio.BaseProtocol] = []
        self.ends: list[str] = []

    @property
    def written(self) -> bytes:
        return b"".join(self.writes)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.writes.append(bytes(data))

    def get_write_buffer_size(self) -> int:
        return self.unsent_bytes

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Nothing is limited."""

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocols.append(protocol)

    def is_closing(self) -> bool:
        return bool(self.ends)

    def close(self) -> None:
        self.ends.append("closed")

    def abort(self) -> None:
        self.ends.append("aborted")

    def pause_reading(self) -> None:
        """Nothing is read."""

    def resume_reading(self) -> None:
        """Nothing is read."""
