"""Locks that keep two processes from writing one file; they end with the process.

They are advisory, and belong to the open file. Where a file system has no locks, none is taken.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator
    from io import BufferedRandom

__all__ = ["held", "lock", "unlock"]

_TAKEN: Final = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})


def lock(file: BufferedRandom) -> None:
    """Lock an open file until it is closed. Raises BlockingIOError if another process has it."""
    try:
        _lock(file.fileno())
    except OSError as error:
        if error.errno in _TAKEN:
            detail = "another process is downloading to this file"
            raise BlockingIOError(errno.EAGAIN, detail) from error


def unlock(file: BufferedRandom) -> None:
    """Unlock an open file, also for child processes that have inherited it."""
    with suppress(OSError):
        _unlock(file.fileno())


if sys.platform == "win32":
    import msvcrt

    # Locked bytes can't be read by others, so the lock is on one that no file has.
    _BEYOND: Final = 1 << 62

    def _lock(descriptor: int) -> None:
        _on_beyond(descriptor, msvcrt.LK_NBLCK)

    def _unlock(descriptor: int) -> None:
        _on_beyond(descriptor, msvcrt.LK_UNLCK)

    def _on_beyond(descriptor: int, mode: int) -> None:
        position = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, _BEYOND, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, mode, 1)
        finally:
            os.lseek(descriptor, position, os.SEEK_SET)

    @contextmanager
    def held(file: BufferedRandom) -> Generator[None]:  # noqa: ARG001 - as elsewhere
        """Do nothing: an open file can be neither renamed nor deleted here."""
        yield

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    @contextmanager
    def held(file: BufferedRandom) -> Generator[None]:
        """Keep the lock of a file that is closed within, until the end."""
        # Errors of close() matter before the file is renamed, so it can't stay open itself.
        copy = None if file.closed else os.dup(file.fileno())
        try:
            yield
        finally:
            if copy is not None:
                with suppress(OSError):
                    _unlock(copy)
                os.close(copy)
