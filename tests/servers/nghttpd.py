"""nghttpd (nghttp2's own server) on loopback: HTTP/2 in cleartext by prior knowledge, or over TLS.

It takes no inherited socket, so its port is chosen just before it starts, and the starter asks
until it is let in.
"""

from __future__ import annotations

import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.servers.programs import failed, find_program, running
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

ANSWER_WITHIN_S = 10.0
_ASK_EVERY_S = 0.02


@dataclass(frozen=True)
class Nghttpd:
    """Where a running nghttpd listens."""

    port: int
    is_tls: bool

    def url(self, path: str = "/") -> str:
        """The URL of `path`."""
        name = "https://localhost" if self.is_tls else "http://127.0.0.1"
        return f"{name}:{self.port}{path}"


@contextmanager
def nghttpd(folder: Path, *, certificate: Path | None = None) -> Generator[Nghttpd]:
    """Serve the files of `folder/www` while the block lasts; over TLS if a certificate is given."""
    program, log = find_program("nghttpd"), folder / "output.log"
    (folder / "www").mkdir(parents=True, exist_ok=True)
    with listening() as chosen:
        server = Nghttpd(port_of(chosen), certificate is not None)
    options = ["--address=127.0.0.1", f"--htdocs={folder / 'www'}", "--echo-upload"]
    tls = [str(certificate)] * 2 if certificate else ["--no-tls"]
    with running([program, *options, str(server.port), *tls], log=log) as process:
        _wait_until_let_in(server.port, process, log)
        yield server


def _wait_until_let_in(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + ANSWER_WITHIN_S
    while time.monotonic() < give_up:
        try:
            socket.create_connection(("127.0.0.1", port), ANSWER_WITHIN_S).close()
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
