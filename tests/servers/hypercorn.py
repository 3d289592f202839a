"""hypercorn on loopback, serving `app.py` in cleartext and over TLS from a process of its own.

It takes sockets that are already bound and listening, so a test may connect before it has started.
"""

from __future__ import annotations

import http.client
import json
import socket
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.programs import failed, local_url, running
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Generator, Sequence

REPLY_WITHIN_S = 20.0
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Hypercorn:
    """Where a running hypercorn listens."""

    port: int
    tls_port: int
    h2_port: int
    path: Path
    """A Unix domain socket, in cleartext."""

    def url(self, path: str = "/", *, tls: bool = False) -> str:
        """The URL of `path` where HTTP/1.1 is spoken; over TLS nothing else is offered."""
        return local_url(self.tls_port if tls else self.port, path, tls=tls)

    def h2_url(self, path: str = "/") -> str:
        """The URL of `path` over TLS, where ALPN offers HTTP/2 before HTTP/1.1."""
        return local_url(self.h2_port, path, tls=True)

    def h2c_url(self, path: str = "/") -> str:
        """The URL of `path` in cleartext: hypercorn sees by the preface that HTTP/2 comes."""
        return local_url(self.port, path, tls=False)


@contextmanager
def hypercorn(directory: Path, certificate: Path) -> Generator[Hypercorn]:
    """Serve `tests.servers.app` while the block lasts."""
    directory.mkdir(parents=True, exist_ok=True)
    log, path = directory / "output.log", directory / "socket"
    with ExitStack() as stack:
        plain, tls, h2 = (stack.enter_context(listening()) for _ in range(3))
        local = stack.enter_context(socket.socket(socket.AF_UNIX))
        local.bind(str(path))
        local.listen()
        server = Hypercorn(port_of(plain), port_of(tls), port_of(h2), path)
        files = [
            _configuration(directory / "h1.toml", certificate, tls, ["http/1.1"], (plain, local)),
            _configuration(directory / "h2.toml", certificate, h2, ["h2", "http/1.1"]),
        ]
        process = stack.enter_context(
            running(
                [sys.executable, "-m", "tests.servers.serve", *map(str, files)],
                log=log,
                pass_fds=[listener.fileno() for listener in (plain, tls, h2, local)],
                environment={"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"},
            )
        )
        _wait_for_reply(server, process, log)
        yield server


def _configuration(
    file: Path,
    certificate: Path,
    tls: socket.socket,
    alpn: Sequence[str],
    plain: Sequence[socket.socket] = (),
) -> Path:
    insecure = [f"fd://{listener.fileno()}" for listener in plain]
    file.write_text(
        f"insecure_bind = {json.dumps(insecure)}\n"
        f"bind = ['fd://{tls.fileno()}']\n"
        f"certfile = {json.dumps(str(certificate))}\n"
        f"keyfile = {json.dumps(str(certificate))}\n"
        f"alpn_protocols = {json.dumps(list(alpn))}\n"
        "keep_alive_timeout = 600\ngraceful_timeout = 0\n"
        # After so many it cuts an HTTP/2 connection with all its streams: no use to a test.
        "keep_alive_max_requests = 1000000\n"
    )
    return file


def _wait_for_reply(server: Hypercorn, process: subprocess.Popen[bytes], log: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=REPLY_WITHIN_S)
    try:
        connection.request("GET", "/status/204")
        status = connection.getresponse().status
    except OSError as error:
        raise failed(process, log, "hypercorn did not respond") from error
    finally:
        connection.close()
    if status != 204:
        raise failed(process, log, f"hypercorn responded to its first request with {status}")
