"""What a client has to do to be loaded: one method for each kind of request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol, cast

from tests.endurance.outcome import Received

CONNECT_S: Final = 2.0
READ_S: Final = 5.0
TOTAL_S: Final = 20.0
CONNECTIONS: Final = 40
PIECE: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class Setting:
    """How a client is to be created."""

    ca: Path
    retries: bool
    proxy: str | None


class AsyncAdapter(Protocol):
    """A client of asyncio."""

    def __init__(self, setting: Setting) -> None: ...

    def is_typed(self, error: BaseException) -> bool:
        """Whether the error is one that this client documents."""
        ...

    async def get(self, url: str) -> Received: ...

    async def post(self, url: str, body: bytes, key: str | None) -> Received:
        """Send JSON text; with a key, the request may be repeated."""
        ...

    async def upload(self, url: str, pieces: AsyncIterator[bytes]) -> Received: ...

    async def download(self, url: str, path: Path) -> Received:
        """Write the body to the file, or return it if the client can't write files."""
        ...

    async def events(self, url: str) -> Received:
        """Follow server-sent events to the end; the body has their ids."""
        ...

    async def aclose(self) -> None: ...


class SyncAdapter(Protocol):
    """A client for threads."""

    def __init__(self, setting: Setting) -> None: ...

    def is_typed(self, error: BaseException) -> bool:
        """Whether the error is one that this client documents."""
        ...

    def get(self, url: str) -> Received: ...

    def post(self, url: str, body: bytes, key: str | None) -> Received: ...

    def upload(self, url: str, pieces: Iterator[bytes]) -> Received: ...

    def download(self, url: str, path: Path) -> Received: ...

    def events(self, url: str) -> Received: ...

    def close(self) -> None: ...


class Kind(Protocol):
    """The module of a client."""

    SURVIVES_FORK: bool
    PACKAGE: str
    Async: type[AsyncAdapter] | None
    Sync: type[SyncAdapter] | None


def client_module(name: str) -> Kind:
    """The module of the client with this name."""
    return cast("Kind", import_module(f"tests.endurance.clients.{name}"))


def version_of(kind: Kind) -> str:
    """The version of the client that is loaded."""
    return version(kind.PACKAGE)


def event_ids(lines: list[str]) -> bytes:
    """The ids among the lines of an event stream."""
    ids = [line.partition(":")[2].strip() for line in lines if line.startswith("id:")]
    return "".join(f"{number}\n" for number in ids).encode()
