"""Sends a planned request with a client: each kind has its method."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from tests.endurance.waiting import block, pause
from tests.endurance.workload import body_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.endurance.clients.base import AsyncAdapter, SyncAdapter
    from tests.endurance.outcome import Received
    from tests.endurance.workload import Planned

PIECE: Final = 16 * 1024
READ_AGAIN_S: Final = 0.1


async def send(client: AsyncAdapter, request: Planned, url: str, path: Path) -> Received:
    """Send it with a client of asyncio; a download is written to `path`, and removed."""
    match request.kind:
        case "post":
            return await client.post(url, _body(request), None)
        case "keyed":
            return await client.post(url, _body(request), request.token)
        case "upload":
            return await client.upload(url, _async_pieces(_body(request)))
        case "events":
            return await client.events(url)
        case "download":
            try:
                response = await client.download(url, path)
                while path.exists() and not _take(path, response):
                    await pause(READ_AGAIN_S)
                return response
            finally:
                _remove(path)
        case _:
            return await client.get(url)


def send_sync(client: SyncAdapter, request: Planned, url: str, path: Path) -> Received:
    """Send it with a client for threads; a download is written to `path`, and removed."""
    match request.kind:
        case "post":
            return client.post(url, _body(request), None)
        case "keyed":
            return client.post(url, _body(request), request.token)
        case "upload":
            return client.upload(url, _pieces(_body(request)))
        case "events":
            return client.events(url)
        case "download":
            try:
                response = client.download(url, path)
                while path.exists() and not _take(path, response):
                    block(READ_AGAIN_S)
                return response
            finally:
                _remove(path)
        case _:
            return client.get(url)


def _body(request: Planned) -> bytes:
    return body_of(request.token, request.size)


def _take(path: Path, response: Received) -> bool:
    """Read the file; it can fail while there are no descriptors left."""
    try:
        response.body = path.read_bytes()
    except OSError:
        return False
    return True


def _remove(path: Path) -> None:
    for suffix in ("", ".part", ".part.json"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _pieces(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), PIECE):
        yield body[start : start + PIECE]


async def _async_pieces(body: bytes) -> AsyncIterator[bytes]:
    for piece in _pieces(body):
        yield piece
        await asyncio.sleep(0)
