"""nghttpd (nghttp2's own server) on loopback: HTTP/2 over TLS, and in cleartext by prior knowledge.

It takes no inherited socket and speaks one of both, so there are two of it; their ports are chosen
just before they start, and the starter asks until it is let in.
"""

from __future__ import annotations

import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.servers import contents
from tests.servers.programs import failed, find_program, local_url, running
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

REPLY_WITHIN_S = 10.0
_ASK_EVERY_S = 0.02
TRAILER = ("x-sum", "1")


@dataclass(frozen=True)
class Nghttpd:
    """Where a running nghttpd listens; it sends uploads back, and `TRAILER` after every body."""

    port: int
    tls_port: int
    files: Path
    """The directory that it serves; see `contents.file_of`."""

    def h2_url(self, path: str = "/") -> str:
        """The URL of `path` over TLS."""
        return local_url(self.tls_port, path, tls=True)

    def h2c_url(self, path: str = "/") -> str:
        """The URL of `path` in cleartext, by prior knowledge."""
        return local_url(self.port, path, tls=False)


@contextmanager
def nghttpd(directory: Path, certificate: Path, *more_options: str) -> Generator[Nghttpd]:
    """Serve files while the block lasts; `more_options` are its own, such as `--padding=255`."""
    program, files = find_program("nghttpd"), directory / "www"
    _write_files(files)
    with ExitStack() as stack:
        port, tls_port = (port_of(stack.enter_context(listening())) for _ in range(2))
    options = [
        "--address=127.0.0.1",
        f"--htdocs={files}",
        "--echo-upload",
        f"--trailer={': '.join(TRAILER)}",
        *more_options,
    ]
    with ExitStack() as stack:
        for own_port, tls in ((port, ["--no-tls"]), (tls_port, [str(certificate)] * 2)):
            command = [program, *options, str(own_port), *tls]
            stack.enter_context(_let_in(command, own_port, directory / f"{own_port}.log"))
        yield Nghttpd(port, tls_port, files)


def _write_files(files: Path) -> None:
    files.mkdir(parents=True)
    (files / "json").write_text(contents.JSON_TEXT)
    (files / "text").write_text(contents.TEXT)
    (files / "large.bin").write_bytes(contents.LARGE_BODY)


@contextmanager
def _let_in(command: Sequence[str], port: int, log: Path) -> Generator[None]:
    with running(command, log=log) as process:
        _wait_until_let_in(port, process, log)
        yield


def _wait_until_let_in(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + REPLY_WITHIN_S
    while time.monotonic() < give_up:
        try:
            socket.create_connection(("127.0.0.1", port), REPLY_WITHIN_S).close()
        except ConnectionRefusedError:
            if _ended_within(process, _ASK_EVERY_S):
                break
        else:
            return
    raise failed(process, log, "nghttpd does not listen")


def _ended_within(process: subprocess.Popen[bytes], wait_s: float) -> bool:
    try:
        process.wait(wait_s)
    except subprocess.TimeoutExpired:
        return False
    return True
