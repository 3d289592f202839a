"""Who owns the connection under test: notes what it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

    from hyperhttp._transport.connection import Connection


class Owner:
    """Notes what a connection tells its owner, in order."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.quiet = False

    def returned(self, connection: Connection, /) -> None:
        self.calls.append("returned")

    def stream_ended(self, connection: Connection, /) -> None:
        self.calls.append("stream ended")

    def capacity_changed(self, connection: Connection, allowed: int = 0, /) -> None:
        self.calls.append(f"capacity {connection.capacity}")

    def http1_required(self, connection: Connection, /) -> None:
        self.calls.append("http1_required")

    def is_quiet(self) -> bool:
        return self.quiet

    def lost(self, connection: Connection, /) -> None:
        self.calls.append("lost")

    def disconnected(self, connection: Connection, /) -> None:
        self.calls.append("disconnected")

    def uploading(self, upload: asyncio.Task[None], /) -> None:
        """Nothing that is noted."""
