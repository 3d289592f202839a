"""Finds and runs the server programs that tests talk to; skips or fails when one is missing.

Knows no program's options: each has its own module here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from pathlib import Path

REQUIRE_VARIABLE = "REQUIRE_PEERS"
# Debian keeps servers in sbin, which is not on every user's PATH.
_SEARCH_PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"))
STOP_WITHIN_S = 5.0


class ProgramFailed(RuntimeError):
    """A server program ended, or did not answer; the text holds what it wrote."""


def find_program(name: str) -> str:
    """The path of a program; skips the test without it, or fails where peers are required."""
    found = shutil.which(name, path=_SEARCH_PATH)
    return found or missing(f"{name} is not installed")


def missing(reason: str, environment: Mapping[str, str] = os.environ) -> NoReturn:
    """Skip the test for `reason`, or fail it where peers are required."""
    if environment.get(REQUIRE_VARIABLE) == "1":
        pytest.fail(f"{reason}, and {REQUIRE_VARIABLE}=1 asks for it")
    pytest.skip(reason)


@contextmanager
def running(
    command: Sequence[str],
    *,
    log: Path,
    pass_fds: Sequence[int] = (),
    environment: Mapping[str, str] | None = None,
) -> Generator[subprocess.Popen[bytes]]:
    """Run a server program while the block lasts; it is asked to stop, and killed if it does not.

    Its output goes to `log`, so that it cannot fill a pipe and stop.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=tuple(pass_fds),
            env={**os.environ, **(environment or {})},
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_WITHIN_S)


def local_url(port: int, path: str, *, tls: bool) -> str:
    """The URL of `path` on a port of loopback; over TLS by the name that the certificate has."""
    return f"https://localhost:{port}{path}" if tls else f"http://127.0.0.1:{port}{path}"


def failed(process: subprocess.Popen[bytes], log: Path, purpose: str) -> ProgramFailed:
    """The error for a program that did not come up, with what it wrote."""
    written = log.read_text(errors="replace")[-2000:] or "nothing written"
    return ProgramFailed(f"{purpose} (exit code {process.poll()}): {written}")
