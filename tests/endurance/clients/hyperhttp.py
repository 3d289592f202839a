"""This project."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import hyperhttp
from tests.endurance.clients.base import CONNECT_S, CONNECTIONS, READ_S, TOTAL_S, Setting
from tests.endurance.outcome import Received

if TYPE_CHECKING:
    from hyperhttp import Response, SyncResponse

PACKAGE: Final = "hyperhttp"
SURVIVES_FORK: Final = True


def _options(setting: Setting) -> dict[str, Any]:
    return {
        "verify": setting.ca,
        "proxy": setting.proxy,
        "retry": setting.retries,
        "trust_env": False,
        "max_connections": CONNECTIONS,
        "timeout": hyperhttp.Timeout(
            connect=CONNECT_S, read=READ_S, write=READ_S, pool=READ_S, total=TOTAL_S
        ),
        # The clients with retries report their events too, so both paths are loaded.
        "on_event": _ignore if setting.retries else None,
    }


def _ignore(event: hyperhttp.Event) -> None:
    """Take an event, and do nothing with it."""


def _received(response: Response | SyncResponse, body: bytes) -> Received:
    return Received(
        response.status_code,
        response.headers.get("X-Token", ""),
        response.headers.get("X-Digest", ""),
        body,
        max(1, len(response.attempts)),
    )


class Async:
    def __init__(self, setting: Setting) -> None:
        self.client = hyperhttp.Client(**_options(setting))

    def is_typed(self, error: BaseException) -> bool:
        return isinstance(error, hyperhttp.HyperHTTPError)

    async def get(self, url: str) -> Received:
        response = await self.client.get(url)
        return _received(response, await response.aread())

    async def post(self, url: str, body: bytes, key: str | None) -> Received:
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        response = await self.client.post(url, content=body, headers=headers)
        return _received(response, await response.aread())

    async def upload(self, url: str, pieces: AsyncIterator[bytes]) -> Received:
        response = await self.client.post(url, content=pieces)
        return _received(response, await response.aread())

    async def download(self, url: str, path: Path) -> Received:
        done = await self.client.download(url, path)
        return _received(done.response, b"")

    async def events(self, url: str) -> Received:
        ids, token = b"", ""
        async with hyperhttp.EventSource(self.client, url, max_failures=3) as source:
            async for event in source:
                ids, token = ids + f"{event.id}\n".encode(), event.data
        return Received(200, token, "", ids)

    async def aclose(self) -> None:
        await self.client.aclose()


class Sync:
    def __init__(self, setting: Setting) -> None:
        self.client = hyperhttp.SyncClient(**_options(setting))

    def is_typed(self, error: BaseException) -> bool:
        return isinstance(error, hyperhttp.HyperHTTPError)

    def get(self, url: str) -> Received:
        response = self.client.get(url)
        return _received(response, response.read())

    def post(self, url: str, body: bytes, key: str | None) -> Received:
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        response = self.client.post(url, content=body, headers=headers)
        return _received(response, response.read())

    def upload(self, url: str, pieces: Iterator[bytes]) -> Received:
        response = self.client.post(url, content=pieces)
        return _received(response, response.read())

    def download(self, url: str, path: Path) -> Received:
        done = self.client.download(url, path)
        return _received(done.response, b"")

    def events(self, url: str) -> Received:
        ids, token = b"", ""
        with hyperhttp.SyncEventSource(self.client, url, max_failures=3) as source:
            for event in source:
                ids, token = ids + f"{event.id}\n".encode(), event.data
        return Received(200, token, "", ids)

    def close(self) -> None:
        self.client.close()
