"""pyreqwest, whose transport is written in Rust."""

from __future__ import annotations

from collections.abc import AsyncIterable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.benchmarks.clients.base import Setting

pyreqwest: Any = import_module("pyreqwest.client")
multipart: Any = import_module("pyreqwest.multipart")


class Bench:
    def __init__(self, setting: Setting) -> None:
        builder = pyreqwest.ClientBuilder().add_root_certificate_pem(setting.ca.read_bytes())
        builder = builder.max_connections(setting.connections).timeout(timedelta(seconds=60))
        builder = builder.pool_max_idle_per_host(setting.connections)
        builder = builder.http2(True) if setting.http2 else builder.http1_only()
        self.client: Any = builder.build()

    async def get(self, url: str) -> int:
        response = await self.client.get(url).build().send()
        return len(await response.bytes())

    async def post_json(self, url: str, value: object) -> Any:
        response = await self.client.post(url).body_json(value).build().send()
        return await response.json()

    async def download(self, url: str) -> int:
        size = 0
        async with self.client.get(url).build_streamed() as response:
            while (piece := await response.body_reader.read_chunk()) is not None:
                size += len(piece)
        return size

    async def upload(self, url: str, pieces: AsyncIterable[bytes]) -> str:
        response = await self.client.post(url).body_stream(pieces).build().send()
        text: str = await response.text()
        return text

    async def send_file(self, url: str, path: Path) -> str:
        form = await multipart.FormBuilder().file("file", path)
        response = await self.client.post(url).multipart(form).build().send()
        text: str = await response.text()
        return text

    async def aclose(self) -> None:
        await self.client.close()
