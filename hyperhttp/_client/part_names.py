"""The names that a download uses beside its target: which are free, and which are reserved.

A part and its note belong to a download if the note is valid. Files that don't are never touched.
All functions block on the disk, so they run in threads.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, cast, final

from hyperhttp._base._generated.bounds import PART_NAMES_MAX
from hyperhttp._client.file_lock import lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedRandom
    from pathlib import Path

__all__ = [
    "Note",
    "PartNames",
    "Reservation",
    "create_file",
    "is_same_file",
    "open_file",
    "resumable_part",
]

_NOTE_BYTES_MAX: Final = 1 << 16
# The names that the downloads of this process use, with their real directories.
_reserved: set[tuple[str, str]] = set()
_lock: Final = threading.Lock()


def _open(path: Path, flags: int) -> int:
    # os.open() returns a descriptor that child processes don't inherit.
    if sys.platform == "win32":
        return os.open(path, os.O_RDWR | os.O_BINARY | flags, 0o666)
    return os.open(path, os.O_RDWR | os.O_NOFOLLOW | flags, 0o666)


def create_file(path: Path) -> BufferedRandom:
    """Create a file where there is none, not even a symbolic link. Raises OSError."""
    return os.fdopen(_open(path, os.O_CREAT | os.O_EXCL), "w+b")


def open_file(path: Path) -> BufferedRandom:
    """Open and lock a regular file, not through a symbolic link, for reading and writing.

    Raises OSError, and BlockingIOError if another process has locked it.
    """
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise OSError(errno.ELOOP, "the partial file isn't a regular file")
    file = os.fdopen(_open(path, 0), "r+b")
    try:
        lock(file)
        if not is_same_file(file, path):
            raise OSError(errno.ESTALE, "the partial file was replaced")
    except BaseException:
        file.close()
        raise
    return file


def is_same_file(file: BufferedRandom, path: Path) -> bool:
    """Return whether `path` still names the open file itself."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file.fileno()), os.lstat(path))
    return False


def _is_regular(path: Path) -> bool:
    with suppress(OSError):
        return stat.S_ISREG(os.lstat(path).st_mode)
    return False


@final
@dataclass(frozen=True, slots=True)
class Note:
    """The content of the file beside a part."""

    source: str
    validator: str
    """Empty if the part can't be resumed."""
    total_bytes: int | None = None

    @classmethod
    def read(cls, path: Path) -> Note | None:
        """Return the note; None if there is none, or a file of another program."""
        with suppress(OSError, ValueError):
            if _is_regular(path):
                with path.open("rb") as file:
                    found: object = json.loads(file.read(_NOTE_BYTES_MAX))
                if isinstance(found, dict):
                    return cls._checked(cast("dict[str, object]", found))
        return None

    @classmethod
    def _checked(cls, found: dict[str, object]) -> Note | None:
        source, validator = found.get("source"), found.get("validator")
        total_bytes = found.get("total_bytes")
        if not (isinstance(source, str) and isinstance(validator, str)):
            return None
        if total_bytes is None or (type(total_bytes) is int and total_bytes >= 0):
            return cls(source, validator, total_bytes)
        return None

    def create(self, path: Path) -> None:
        """Write the note where there is no file. Raises OSError."""
        with create_file(path) as file:
            file.write(json.dumps(asdict(self)).encode("ascii"))


@final
@dataclass(frozen=True, slots=True)
class PartNames:
    """The paths of a part and its note."""

    part: Path
    note: Path

    @classmethod
    def candidates(cls, path: Path) -> Iterator[PartNames]:
        """Yield `x.part`, `x.1.part`, ..., in the order of preference."""
        for index in range(PART_NAMES_MAX):
            name = f"{path.name}.{index}.part" if index else f"{path.name}.part"
            yield cls(path.with_name(name), path.with_name(f"{name}.json"))

    def are_usable(self) -> bool:
        """Return whether nothing has these names, or only the rest of another download."""
        if not os.path.lexists(self.note):
            return not os.path.lexists(self.part)
        if Note.read(self.note) is None:
            return False
        return _is_regular(self.part) or not os.path.lexists(self.part)

    def remove(self) -> None:
        """Delete both. Raises OSError."""
        # The note last: without it, the part would belong to no download.
        self.part.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def resumable_part(path: Path) -> Path | None:
    """Return the part that a download to `path` has left; None if none can be resumed."""
    for names in PartNames.candidates(path):
        note = Note.read(names.note)
        if note is not None and note.validator and _is_regular(names.part):
            return names.part
    return None


@final
class Reservation:
    """The names that a download uses; no other download of this process uses them."""

    def __init__(self) -> None:
        self._target: set[tuple[str, str]] = set()
        self._parts: set[tuple[str, str]] = set()

    def take_target(self, path: Path) -> bool:
        """Reserve the target. Return False if another download uses that name."""
        keys = {_key(path)}
        if not _take(keys):
            return False
        self._target = keys
        return True

    def take_parts(self, path: Path) -> PartNames:
        """Reserve the first usable names for a part and its note. Raises OSError."""
        self._release_parts()
        for names in PartNames.candidates(path):
            keys = {_key(names.part), _key(names.note)}
            if names.are_usable() and _take(keys):
                self._parts = keys
                return names
        raise OSError(errno.EEXIST, "all names for a partial file are in use")

    def release(self) -> None:
        """Let other downloads use the names; a second call has no effect."""
        self._release_parts()
        with _lock:
            _reserved.difference_update(self._target)
        self._target = set()

    def _release_parts(self) -> None:
        with _lock:
            _reserved.difference_update(self._parts)
        self._parts = set()


def _take(keys: set[tuple[str, str]]) -> bool:
    with _lock:
        if _reserved.isdisjoint(keys):
            _reserved.update(keys)
            return True
    return False


def _key(path: Path) -> tuple[str, str]:
    """Return what two paths of the same name in the same directory have in common."""
    return os.path.normcase(os.path.realpath(path.parent)), os.path.normcase(path.name)
