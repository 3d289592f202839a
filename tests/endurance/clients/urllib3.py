"""urllib3: HTTP/1.1, no resumed downloads, no event sources, and threads only."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tests.endurance.clients.base import (
    CONNECT_S,
    CONNECTIONS,
    PIECE,
    READ_S,
    Setting,
    event_ids,
)
from tests.endurance.outcome import Received

urllib3: Any = import_module("urllib3")
PACKAGE: Final = "urllib3"
SURVIVES_FORK: Final = False
Async: Final = None
RETRIES: Final = 3


class Sync:
    def __init__(self, setting: Setting) -> None:
        options: dict[str, Any] = {
            "ssl_context": ssl.create_default_context(cafile=setting.ca),
            "maxsize": CONNECTIONS,
            "timeout": urllib3.Timeout(connect=CONNECT_S, read=READ_S),
            "retries": self._retries() if setting.retries else False,
        }
        if setting.proxy:
            self.pool: Any = urllib3.ProxyManager(setting.proxy, **options)
        else:
            self.pool = urllib3.PoolManager(**options)

    def is_typed(self, error: BaseException) -> bool:
        return isinstance(error, urllib3.exceptions.HTTPError)

    def get(self, url: str) -> Received:
        return _received(self.pool.request("GET", url))

    def post(self, url: str, body: bytes, key: str | None) -> Received:
        headers = {"Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        return _received(self.pool.request("POST", url, body=body, headers=headers))

    def upload(self, url: str, pieces: Iterator[bytes]) -> Received:
        return _received(self.pool.request("POST", url, body=pieces))

    def download(self, url: str, path: Path) -> Received:
        response = self.pool.request("GET", url, preload_content=False)
        pieces = list(response.stream(PIECE))
        response.release_conn()
        return _received(response, b"".join(pieces))

    def events(self, url: str) -> Received:
        response = self.pool.request("GET", url)
        received = _received(response)
        received.body = event_ids(response.data.decode().splitlines())
        return received

    def close(self) -> None:
        self.pool.clear()

    @staticmethod
    def _retries() -> Any:
        statuses = [429, 500, 502, 503, 504]
        return urllib3.Retry(
            RETRIES, backoff_factor=0.1, status_forcelist=statuses, raise_on_status=False
        )


def _received(response: Any, body: bytes | None = None) -> Received:
    headers = response.headers
    token, digest = headers.get("X-Token", ""), headers.get("X-Digest", "")
    history = getattr(response.retries, "history", ())
    return Received(
        response.status, token, digest, response.data if body is None else body, 1 + len(history)
    )
