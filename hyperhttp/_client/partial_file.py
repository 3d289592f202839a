"""The partial file of a download: stored beside the target until it is complete.

A JSON note beside it names the source and its version, so that a later program can resume. All
functions block on the disk, so they run in threads.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar, cast, final

from hyperhttp._policy.resume import Partial

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from io import BufferedRandom
    from pathlib import Path

T = TypeVar("T")
_BLOCK_BYTES: Final = 1 << 20


async def in_thread(work: Callable[[], T]) -> T:
    """Run a function in a thread; a cancelled task waits until the function has returned."""
    running = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


@final
class PartialFile:
    """`photo.jpg.part` with its note `photo.jpg.part.json`, for what will be `photo.jpg`.

    `source` identifies what is downloaded, without secrets.
    """

    def __init__(self, path: Path, source: str) -> None:
        self.path = path
        self.part = path.with_name(f"{path.name}.part")
        self.note = path.with_name(f"{path.name}.part.json")
        self._source = source
        self._file: BufferedRandom | None = None
        self.size_bytes = 0
        """The size of the part."""

    def found(self) -> Partial | None:
        """Return what an earlier download of the same source has left; None without it."""
        with suppress(OSError, ValueError):
            note: object = json.loads(self.note.read_bytes())
            size_bytes = self.part.stat().st_size
            if isinstance(note, dict) and size_bytes:
                content = cast("dict[str, object]", note)
                validator = content.get("validator")
                if (
                    content.get("source") == self._source
                    and isinstance(validator, str)
                    and validator
                ):
                    return Partial(size_bytes, validator)
        return None

    def begin(self, validator: str) -> None:
        """Start from the beginning; only with a `validator` it can be resumed. Raises OSError."""
        self._truncate()
        if validator:
            content = {"source": self._source, "validator": validator}
            self.note.write_text(json.dumps(content), encoding="ascii")
        else:
            self.note.unlink(missing_ok=True)

    def _truncate(self) -> None:
        if self._file is None:
            self._file = self.part.open("w+b")
        else:
            self._file.seek(0)
            self._file.truncate()
        self.size_bytes = 0

    def resume_at(self, size_bytes: int) -> None:
        """Continue after `size_bytes` of the part. Raises OSError."""
        if self._file is None:
            self._file = self.part.open("r+b")
        self._file.seek(size_bytes)
        self._file.truncate()
        self.size_bytes = size_bytes

    def write(self, pieces: Sequence[bytes]) -> None:
        """Append to the part. Raises OSError."""
        assert self._file is not None, "begin() or go_on() comes first"
        self._file.writelines(pieces)
        self.size_bytes += sum(map(len, pieces))

    def digest(self, algorithm: str) -> str:
        """Return the digest of the part in hexadecimal. Raises OSError."""
        assert self._file is not None, "begin() or go_on() comes first"
        self._file.seek(0)
        found = hashlib.new(algorithm, usedforsecurity=False)
        while block := self._file.read(_BLOCK_BYTES):
            found.update(block)
        return found.hexdigest()

    def finish(self) -> None:
        """Move the part to the target in one step, replacing a file there. Raises OSError."""
        assert self._file is not None, "begin() or go_on() comes first"
        self._file.close()
        self._file = None
        os.replace(self.part, self.path)
        self.note.unlink(missing_ok=True)

    def settle(self) -> None:
        """Close a part that can be resumed; delete one that can't. Raises OSError."""
        if self._file is not None:
            self._file.close()
            self._file = None
            if not self.note.exists():
                self.part.unlink(missing_ok=True)

    def discard(self) -> None:
        """Delete the part and its note. Raises OSError."""
        self.settle()
        self.note.unlink(missing_ok=True)
        self.part.unlink(missing_ok=True)
