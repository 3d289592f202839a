"""The result of a download by a synchronous client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from pathlib import Path

    from hyperhttp._client.sync_response import SyncResponse

__all__ = ["SyncDownload"]


@final
@dataclass(frozen=True, slots=True)
class SyncDownload:
    """A complete download.

    Example:
        done = client.download("https://example.com/large.bin", "large.bin")
        print(done.path, done.size_bytes)
    """

    path: Path
    """The path of the file."""
    size_bytes: int
    """The size of the file."""
    resumed_bytes: int
    """How many bytes an earlier call had stored, which weren't requested again."""
    response: SyncResponse
    """The last response; its body has been read."""
