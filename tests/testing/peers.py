"""What the tests of this directory share: protocols that note what they are told, and fetches."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import hyperhttp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp.testing import Transport

# HTTP/1.1 and HTTP/2: a server in memory offers HTTP/2 where the URL says https.
ORIGINS: Sequence[tuple[str, str]] = (
    ("http://example.com", "HTTP/1.1"),
    ("https://example.com", "HTTP/2"),
)


class Noting(asyncio.Protocol):
    """Notes all that a transport tells it."""

    def __init__(self, *, stays: bool = False) -> None:
        self.received = bytearray()
        self.pieces: list[int] = []
        self.told: list[str] = []
        self.error: Exception | None = None
        self._stays = stays

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.told.append("made")

    def data_received(self, data: bytes) -> None:
        self.received += data
        self.pieces.append(len(data))

    def eof_received(self) -> bool:
        self.told.append("eof")
        return self._stays

    def connection_lost(self, exc: Exception | None) -> None:
        self.told.append("lost")
        self.error = exc

    def pause_writing(self) -> None:
        self.told.append("pause")

    def resume_writing(self) -> None:
        self.told.append("resume")


class NotingBuffered(asyncio.BufferedProtocol):
    """The same with a buffer of its own, which is small."""

    def __init__(self) -> None:
        self.received = bytearray()
        self._buffer = bytearray(7)

    def get_buffer(self, sizehint: int) -> bytearray:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        self.received += self._buffer[:nbytes]


async def turns(count: int = 20) -> None:
    """Let the loop turn."""
    for _ in range(count):
        await asyncio.sleep(0)


async def fetch(client: hyperhttp.Client, url: str) -> bytes:
    """The body of what is there."""
    return await (await client.get(url)).aread()


async def error_of(transport: Transport, url: str) -> BaseException | None:
    """What a fetch of the whole raises; None if it goes well."""
    limits = hyperhttp.Timeout(read=1.0)
    async with hyperhttp.Client(transport=transport, timeout=limits) as client:
        try:
            await fetch(client, url)
        except hyperhttp.HyperHTTPError as error:
            return error
    return None
