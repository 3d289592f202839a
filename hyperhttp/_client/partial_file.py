"""The partial file of a download: stored beside the target until it is complete.

A JSON note beside it names the source and its version, so that a later program can resume. All
functions block on the disk, so they run in threads.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar, final

from hyperhttp._client.file_lock import held, lock
from hyperhttp._client.part_names import Note, Reservation, create_file, is_same_file, open_file
from hyperhttp._policy.resume import Partial

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from io import BufferedRandom
    from pathlib import Path

    from hyperhttp._client.part_names import PartNames

T = TypeVar("T")
_BLOCK_BYTES: Final = 1 << 20


async def in_thread(work: Callable[[], T]) -> T:
    """Run a function in a thread; a canceled task waits until the function has returned."""
    running = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


@final
class PartialFile:
    """The partial file `photo.jpg.part` with its metadata `photo.jpg.part.json`, for `photo.jpg`.

    `source` identifies the download, without secrets. If other files have these names, the names
    are `photo.jpg.1.part`, `photo.jpg.2.part`, ...
    """

    def __init__(self, path: Path, source: str) -> None:
        self.path = path
        self._source = source
        self._reservation = Reservation()
        self._names: PartNames | None = None
        self._file: BufferedRandom | None = None
        self._is_resumable = False
        self.size_bytes = 0
        """The size of the part."""

    def reserve(self) -> bool:
        """Reserve the target until `release()`. Return False if another download uses it."""
        return self._reservation.take_target(self.path)

    def release(self) -> None:
        """Let other downloads use the names."""
        self._reservation.release()

    @property
    def names(self) -> PartNames:
        """The names of the part and its note. Raises OSError."""
        if self._names is None:
            self._names = self._reservation.take_parts(self.path)
        return self._names

    def found(self) -> Partial | None:
        """Lock and return what an earlier download of the same source has left; None without it.

        Raises OSError if another process is writing it.
        """
        names = self.names
        note = Note.read(names.note)
        if note is None or note.source != self._source or not note.validator:
            return None
        if self._file is None:
            try:
                self._file = open_file(names.part)
            except FileNotFoundError:
                return None
            self._is_resumable = True
        size_bytes = os.fstat(self._file.fileno()).st_size
        return Partial(size_bytes, note.validator, note.total_bytes) if size_bytes else None

    def begin(self, validator: str, total_bytes: int | None = None) -> BufferedRandom:
        """Start from the beginning, and return the file. Raises OSError.

        Args:
            validator: The version of the content; empty if it can't be resumed.
            total_bytes: The size of the complete file; None if it is unknown.
        """
        note = Note(self._source, validator, total_bytes)
        if self._file is None:
            self._file = self._create(note)
        else:
            self._file.seek(0)
            self._file.truncate()
            self.names.note.unlink(missing_ok=True)
            note.create(self.names.note)
        self._is_resumable = bool(validator)
        self.size_bytes = 0
        return self._file

    def _create(self, note: Note) -> BufferedRandom:
        """Create the part and its note. The note comes first: it shows whose the part is."""
        while True:
            names = self.names
            if names.are_usable():
                _remove_rest(names)
            with suppress(FileExistsError):
                note.create(names.note)
                try:
                    file = create_file(names.part)
                except BaseException:
                    names.note.unlink(missing_ok=True)
                    raise
                if _is_locked(file, names.part):
                    return file
            self._names = None

    def resume_at(self, size_bytes: int) -> None:
        """Continue after `size_bytes` of the part. Raises OSError."""
        if self._file is None:
            self._file = open_file(self.names.part)
            self._is_resumable = True
        if self._file.seek(0, os.SEEK_END) < size_bytes:
            raise OSError(errno.ESTALE, "the partial file was changed")
        self._file.seek(size_bytes)
        self._file.truncate()
        self.size_bytes = size_bytes

    def write(self, pieces: Sequence[bytes]) -> None:
        """Append to the part. Raises OSError."""
        self._opened().writelines(pieces)
        self.size_bytes += sum(map(len, pieces))

    def digest(self, algorithm: str) -> str:
        """Return the digest of the part in hexadecimal. Raises OSError."""
        file = self._opened()
        file.seek(0)
        found = hashlib.new(algorithm, usedforsecurity=False)
        while block := file.read(_BLOCK_BYTES):
            found.update(block)
        return found.hexdigest()

    def _opened(self) -> BufferedRandom:
        assert self._file is not None, "begin() or resume_at() comes first"
        return self._file

    def finish(self) -> None:
        """Move the part to the target in one step, replacing a file there. Raises OSError."""
        file = self._opened()
        if not is_same_file(file, self.names.part):
            raise OSError(errno.ESTALE, "another program replaced the partial file")
        with held(file):
            file.close()
            os.replace(self.names.part, self.path)
        self._file = None
        self.names.note.unlink(missing_ok=True)

    def settle(self) -> None:
        """Close a part that can be resumed; delete one that can't. Raises OSError."""
        file, self._file = self._file, None
        if file is None:
            return
        is_ours = file.closed or is_same_file(file, self.names.part)
        with held(file):
            file.close()
            if not is_ours:
                self.names.note.unlink(missing_ok=True)
            elif not self._is_resumable:
                self.names.remove()

    def discard(self) -> None:
        """Delete the part and its note. Raises OSError."""
        self._is_resumable = False
        self.settle()


def _remove_rest(names: PartNames) -> None:
    """Delete the rest of another download. Raises OSError if another process is writing it."""
    if not os.path.lexists(names.part):
        names.remove()
        return
    with open_file(names.part) as file, held(file):
        file.close()
        names.remove()


def _is_locked(file: BufferedRandom, path: Path) -> bool:
    """Lock a new file; return False if another process has removed it. Raises OSError."""
    try:
        lock(file)
    except BaseException:
        file.close()
        raise
    if is_same_file(file, path):
        return True
    file.close()
    return False
