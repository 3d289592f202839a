"""This project."""

from __future__ import annotations

from collections.abc import AsyncIterable
from pathlib import Path
from typing import Any

import hyperhttp
from tests.benchmarks.clients.base import Setting


class Bench:
    def __init__(self, setting: Setting) -> None:
        self.client = hyperhttp.Client(
            http2=setting.http2,
            verify=setting.ca,
            max_connections=setting.connections,
            max_keepalive_connections=setting.connections,
            timeout=60.0,
        )

    async def get(self, url: str) -> int:
        response = await self.client.get(url)
        return len(await response.aread())

    async def post_json(self, url: str, value: Any) -> Any:
        response = await self.client.post(url, json=value)
        await response.aread()
        return response.json()

    async def download(self, url: str) -> int:
        response = await self.client.get(url)
        return sum([len(piece) async for piece in response.aiter_bytes()])

    async def upload(self, url: str, pieces: AsyncIterable[bytes]) -> str:
        response = await self.client.post(url, content=pieces)
        await response.aread()
        return response.text

    async def send_file(self, url: str, path: Path) -> str:
        response = await self.client.post(url, files={"file": path})
        await response.aread()
        return response.text

    async def aclose(self) -> None:
        await self.client.aclose()
