"""aiohttp: HTTP/1.1, no retries, no resumed downloads, no event sources, and asyncio only."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tests.endurance.clients.base import (
    CONNECT_S,
    CONNECTIONS,
    PIECE,
    READ_S,
    TOTAL_S,
    Setting,
    event_ids,
)
from tests.endurance.outcome import Received

aiohttp: Any = import_module("aiohttp")
PACKAGE: Final = "aiohttp"
SURVIVES_FORK: Final = False
Sync: Final = None


class Async:
    def __init__(self, setting: Setting) -> None:
        context = ssl.create_default_context(cafile=setting.ca)
        self.client: Any = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, ssl=context),
            timeout=aiohttp.ClientTimeout(total=TOTAL_S, sock_connect=CONNECT_S, sock_read=READ_S),
        )
        self.options: dict[str, Any] = {"proxy": setting.proxy}

    def is_typed(self, error: BaseException) -> bool:
        return isinstance(error, (aiohttp.ClientError, TimeoutError))

    async def get(self, url: str) -> Received:
        async with self.client.get(url, **self.options) as response:
            return _received(response, await response.read())

    async def post(self, url: str, body: bytes, key: str | None) -> Received:
        headers = {"Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        async with self.client.post(url, data=body, headers=headers, **self.options) as response:
            return _received(response, await response.read())

    async def upload(self, url: str, pieces: AsyncIterator[bytes]) -> Received:
        async with self.client.post(url, data=pieces, **self.options) as response:
            return _received(response, await response.read())

    async def download(self, url: str, path: Path) -> Received:
        async with self.client.get(url, **self.options) as response:
            pieces = [piece async for piece in response.content.iter_chunked(PIECE)]
            return _received(response, b"".join(pieces))

    async def events(self, url: str) -> Received:
        async with self.client.get(url, **self.options) as response:
            lines = [line.decode() async for line in response.content]
            return _received(response, event_ids(lines))

    async def aclose(self) -> None:
        await self.client.close()


def _received(response: Any, body: bytes) -> Received:
    headers = response.headers
    token, digest = headers.get("X-Token", ""), headers.get("X-Digest", "")
    return Received(response.status, token, digest, body)
