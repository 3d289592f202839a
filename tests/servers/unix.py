"""The scripted peer of `raw`, at a path instead of a port."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from tests.servers.raw import Peer, RawServer

if TYPE_CHECKING:
    import ssl
    from pathlib import Path

    from tests.servers.raw import Script


class UnixServer(RawServer):
    """Plays scripts on the Unix domain socket at `path`.

    `async with UnixServer(tmp_path / "socket", replies((b"GET / ", OK))): ...`
    """

    def __init__(self, path: Path, *scripts: Script, tls: ssl.SSLContext | None = None) -> None:
        """Take the scripts; nothing listens before `async with`."""
        super().__init__(*scripts, tls=tls)
        self._path = path

    async def __aenter__(self) -> Self:
        """Listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_unix_server(lambda: Peer(self), self._path, ssl=self._tls)
        return self
