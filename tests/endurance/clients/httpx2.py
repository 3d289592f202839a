"""httpx2: HTTP/1.1 and HTTP/2, retries of connects only, no resumed downloads, no event sources."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tests.endurance.clients.base import CONNECT_S, CONNECTIONS, READ_S, Setting, event_ids
from tests.endurance.outcome import Received

httpx: Any = import_module("httpx2")
PACKAGE: Final = "httpx2"
SURVIVES_FORK: Final = False
RETRIES: Final = 3


def _transport(kind: str, setting: Setting) -> Any:
    return getattr(httpx, kind)(
        verify=ssl.create_default_context(cafile=setting.ca),
        http2=True,
        retries=RETRIES if setting.retries else 0,
        trust_env=False,
        proxy=setting.proxy and httpx.Proxy(setting.proxy),
        limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=20),
    )


def _timeout() -> Any:
    return httpx.Timeout(connect=CONNECT_S, read=READ_S, write=READ_S, pool=READ_S)


def _received(response: Any, body: bytes) -> Received:
    headers = response.headers
    token, digest = headers.get("X-Token", ""), headers.get("X-Digest", "")
    return Received(response.status_code, token, digest, body)


def _headers(key: str | None) -> dict[str, str]:
    return {"Content-Type": "application/json", **({"Idempotency-Key": key} if key else {})}


def _is_typed(error: BaseException) -> bool:
    return isinstance(error, (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError))


class Async:
    def __init__(self, setting: Setting) -> None:
        transport = _transport("AsyncHTTPTransport", setting)
        self.client: Any = httpx.AsyncClient(transport=transport, timeout=_timeout())

    def is_typed(self, error: BaseException) -> bool:
        return _is_typed(error)

    async def get(self, url: str) -> Received:
        response = await self.client.get(url)
        return _received(response, response.content)

    async def post(self, url: str, body: bytes, key: str | None) -> Received:
        response = await self.client.post(url, content=body, headers=_headers(key))
        return _received(response, response.content)

    async def upload(self, url: str, pieces: AsyncIterator[bytes]) -> Received:
        response = await self.client.post(url, content=pieces)
        return _received(response, response.content)

    async def download(self, url: str, path: Path) -> Received:
        async with self.client.stream("GET", url) as response:
            pieces = [piece async for piece in response.aiter_bytes()]
        return _received(response, b"".join(pieces))

    async def events(self, url: str) -> Received:
        async with self.client.stream("GET", url) as response:
            lines = [line async for line in response.aiter_lines()]
        return _received(response, event_ids(lines))

    async def aclose(self) -> None:
        await self.client.aclose()


class Sync:
    def __init__(self, setting: Setting) -> None:
        transport = _transport("HTTPTransport", setting)
        self.client: Any = httpx.Client(transport=transport, timeout=_timeout())

    def is_typed(self, error: BaseException) -> bool:
        return _is_typed(error)

    def get(self, url: str) -> Received:
        response = self.client.get(url)
        return _received(response, response.content)

    def post(self, url: str, body: bytes, key: str | None) -> Received:
        response = self.client.post(url, content=body, headers=_headers(key))
        return _received(response, response.content)

    def upload(self, url: str, pieces: Iterator[bytes]) -> Received:
        response = self.client.post(url, content=pieces)
        return _received(response, response.content)

    def download(self, url: str, path: Path) -> Received:
        with self.client.stream("GET", url) as response:
            pieces = list(response.iter_bytes())
        return _received(response, b"".join(pieces))

    def events(self, url: str) -> Received:
        with self.client.stream("GET", url) as response:
            lines = list(response.iter_lines())
        return _received(response, event_ids(lines))

    def close(self) -> None:
        self.client.close()
