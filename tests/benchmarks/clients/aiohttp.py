"""aiohttp, which speaks HTTP/1.1."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterable
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.benchmarks.clients.base import Setting

aiohttp: Any = import_module("aiohttp")


class Bench:
    def __init__(self, setting: Setting) -> None:
        context = ssl.create_default_context(cafile=setting.ca)
        connector = aiohttp.TCPConnector(limit=setting.connections, ssl=context)
        self.client: Any = aiohttp.ClientSession(
            connector=connector, timeout=aiohttp.ClientTimeout(total=60)
        )

    async def get(self, url: str) -> int:
        async with self.client.get(url) as response:
            return len(await response.read())

    async def post_json(self, url: str, value: object) -> Any:
        async with self.client.post(url, json=value) as response:
            return await response.json()

    async def download(self, url: str) -> int:
        async with self.client.get(url) as response:
            return sum([len(piece) async for piece in response.content.iter_any()])

    async def upload(self, url: str, pieces: AsyncIterable[bytes]) -> str:
        async with self.client.post(url, data=pieces) as response:
            text: str = await response.text()
            return text

    async def send_file(self, url: str, path: Path) -> str:
        with path.open("rb") as file:
            async with self.client.post(url, data={"file": file}) as response:
                text: str = await response.text()
                return text

    async def aclose(self) -> None:
        await self.client.close()
