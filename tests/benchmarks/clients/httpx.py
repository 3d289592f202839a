"""httpx."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterable
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.benchmarks.clients.base import Setting

httpx: Any = import_module("httpx")


class Bench:
    def __init__(self, setting: Setting) -> None:
        self.client: Any = httpx.AsyncClient(
            http2=setting.http2,
            verify=ssl.create_default_context(cafile=setting.ca),
            timeout=60,
            limits=httpx.Limits(
                max_connections=setting.connections, max_keepalive_connections=setting.connections
            ),
        )

    async def get(self, url: str) -> int:
        return len((await self.client.get(url)).content)

    async def post_json(self, url: str, value: object) -> Any:
        return (await self.client.post(url, json=value)).json()

    async def download(self, url: str) -> int:
        async with self.client.stream("GET", url) as response:
            return sum([len(piece) async for piece in response.aiter_bytes()])

    async def upload(self, url: str, pieces: AsyncIterable[bytes]) -> str:
        text: str = (await self.client.post(url, content=pieces)).text
        return text

    async def send_file(self, url: str, path: Path) -> str:
        with path.open("rb") as file:
            text: str = (await self.client.post(url, files={"file": file})).text
            return text

    async def aclose(self) -> None:
        await self.client.aclose()
