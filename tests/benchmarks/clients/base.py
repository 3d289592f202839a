"""What a client has to do to be measured."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Setting:
    """How the client is to be made."""

    ca: Path
    http2: bool
    connections: int


class Bench(Protocol):
    """One client; each method is what its users would write."""

    def __init__(self, setting: Setting) -> None: ...

    async def get(self, url: str) -> int:
        """Fetch it; how long the body is."""
        ...

    async def post_json(self, url: str, value: object) -> Any:
        """Send a value, and give back the one that comes."""
        ...

    async def download(self, url: str) -> int:
        """Read a body piece by piece; how long it is."""
        ...

    async def upload(self, url: str, pieces: AsyncIterable[bytes]) -> str:
        """Send pieces; the response as text."""
        ...

    async def send_file(self, url: str, path: Path) -> str:
        """Send a file in a form; the response as text."""
        ...

    async def aclose(self) -> None:
        """Close it."""
        ...
