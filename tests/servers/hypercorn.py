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

from tests.servers.programs import failed, running
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Generator, Sequence

ANSWER_WITHIN_S = 20.0
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Hypercorn:
    """Where a running hypercorn listens."""

    port: int
    tls_port: int
    path: Path
    """A Unix domain socket, in cleartext."""

    def url(self, path: str = "/", *, tls: bool = False) -> str:
        """The URL of `path`; over TLS by a name that the certificate has."""
        return (
            f"https://localhost:{self.tls_port}{path}"
            if tls
            else f"http://127.0.0.1:{self.port}{path}"
        )


@contextmanager
def hypercorn(
    folder: Path, certificate: Path, *, alpn: Sequence[str] = ("http/1.1",)
) -> Generator[Hypercorn]:
    """Serve `tests.servers.app` while the block lasts; `alpn` is what TLS offers."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "output.log"
    with ExitStack() as stack:
        plain, tls = (stack.enter_context(listening()) for _ in range(2))
        path = folder / "socket"
        local = stack.enter_context(socket.socket(socket.AF_UNIX))
        local.bind(str(path))
        local.listen()
        server = Hypercorn(port_of(plain), port_of(tls), path)
        configuration = folder / "hypercorn.toml"
        configuration.write_text(
            f"insecure_bind = ['fd://{plain.fileno()}', 'fd://{local.fileno()}']\n"
            f"bind = ['fd://{tls.fileno()}']\n"
            f"certfile = {json.dumps(str(certificate))}\n"
            f"keyfile = {json.dumps(str(certificate))}\n"
            f"alpn_protocols = {json.dumps(list(alpn))}\n"
            "workers = 0\nkeep_alive_timeout = 600\ngraceful_timeout = 0\n"
        )
        command = ["-m", "hypercorn", "--config", str(configuration), "tests.servers.app:app"]
        descriptors = (plain.fileno(), tls.fileno(), local.fileno())
        environment = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}
        process = stack.enter_context(
            running(
                [sys.executable, *command], log=log, pass_fds=descriptors, environment=environment
            )
        )
        _wait_for_answer(server, process, log)
        yield server


def _wait_for_answer(server: Hypercorn, process: subprocess.Popen[bytes], log: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=ANSWER_WITHIN_S)
    try:
        connection.request("GET", "/status/204")
        status = connection.getresponse().status
    except OSError as error:
        raise failed(process, log, "hypercorn did not answer") from error
    finally:
        connection.close()
    if status != 204:
        raise failed(process, log, f"hypercorn answered its first request with {status}")
