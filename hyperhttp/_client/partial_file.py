"""The file of a download on its way: beside its place, under a name of its own, until it is whole.

A note beside it says which version of what it is the beginning of, so that a later program can go
on. It knows no HTTP. Everything here works on a disk, so it runs in threads.
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
    """Its result; a task that is cancelled waits for it to end all the same."""
    running = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


@final
class PartialFile:
    """`photo.jpg.part` with its note `photo.jpg.part.json`, for what will be `photo.jpg`.

    `source` says of what it is, in words that tell no secret.
    """

    def __init__(self, path: Path, source: str) -> None:
        self.path = path
        self.part = path.with_name(f"{path.name}.part")
        self.note = path.with_name(f"{path.name}.part.json")
        self._source = source
        self._file: BufferedRandom | None = None
        self.size_bytes = 0
        """How much is in it."""

    def found(self) -> Partial | None:
        """What an earlier try has left of the same source."""
        with suppress(OSError, ValueError):
            note: object = json.loads(self.note.read_bytes())
            size_bytes = self.part.stat().st_size
            if isinstance(note, dict) and size_bytes:
                told = cast("dict[str, object]", note)
                validator = told.get("validator")
                if told.get("source") == self._source and isinstance(validator, str) and validator:
                    return Partial(size_bytes, validator)
        return None

    def begin(self, validator: str) -> None:
        """From the start; with a `validator` it can be gone on with. Raises OSError."""
        self._truncate()
        if validator:
            told = {"source": self._source, "validator": validator}
            self.note.write_text(json.dumps(told), encoding="ascii")
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
        """After so many bytes of what is there. Raises OSError."""
        if self._file is None:
            self._file = self.part.open("r+b")
        self._file.seek(size_bytes)
        self._file.truncate()
        self.size_bytes = size_bytes

    def write(self, pieces: Sequence[bytes]) -> None:
        """Append them. Raises OSError."""
        assert self._file is not None, "begin() or go_on() comes first"
        self._file.writelines(pieces)
        self.size_bytes += sum(map(len, pieces))

    def digest(self, algorithm: str) -> str:
        """That of all that is in it, in hexadecimal. Raises OSError."""
        assert self._file is not None, "begin() or go_on() comes first"
        self._file.seek(0)
        found = hashlib.new(algorithm, usedforsecurity=False)
        while block := self._file.read(_BLOCK_BYTES):
            found.update(block)
        return found.hexdigest()

    def finish(self) -> None:
        """Put it in its place, over what may be there, in one step. Raises OSError."""
        assert self._file is not None, "begin() or go_on() comes first"
        self._file.close()
        self._file = None
        os.replace(self.part, self.path)
        self.note.unlink(missing_ok=True)

    def settle(self) -> None:
        """Write out what can be gone on with; leave nothing of what cannot. Raises OSError."""
        if self._file is not None:
            self._file.close()
            self._file = None
            if not self.note.exists():
                self.part.unlink(missing_ok=True)

    def discard(self) -> None:
        """Leave nothing of it. Raises OSError."""
        self.settle()
        self.note.unlink(missing_ok=True)
        self.part.unlink(missing_ok=True)
