"""Apache on loopback, with a location for which it asks for a client certificate.

Over TLS 1.3 it asks after the handshake, and over TLS 1.2 it renegotiates. Its port is chosen just
before it starts.
"""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.programs import failed, find_program, local_url, missing, running
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    from collections.abc import Generator

ANSWER_WITHIN_S = 10.0
_ASK_EVERY_S = 0.02
_MODULE_FOLDERS = (Path("/usr/lib/apache2/modules"), Path("/usr/lib64/httpd/modules"))
_MODULES = ("mpm_event", "authz_core", "ssl", "socache_shmcb", "rewrite", "unixd")
OPEN = b"open to all\n"
GUARDED = b"only with a certificate\n"
# Apache has more workers than a test has connections. If all are busy, it may stop to accept others
# for more than 30 s.
_CONFIGURATION = """
ServerRoot {folder}
ServerName localhost
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
DefaultRuntimeDir {folder}
Mutex file:{folder}
{user}
{modules}
ServerLimit 1
StartServers 1
ThreadsPerChild 32
MaxRequestWorkers 32
Listen 127.0.0.1:{port}
DocumentRoot {content}
SSLEngine on
SSLProtocol -all +TLSv1.2 +TLSv1.3
SSLCertificateFile {certificate}
SSLCACertificateFile {client_ca}
<Location /guarded>
  SSLVerifyClient require
  SSLVerifyDepth 3
  SSLRenegBufferSize 1048576
</Location>
"""


@dataclass(frozen=True)
class Apache:
    """Where a running Apache listens."""

    port: int

    def url(self, path: str = "/") -> str:
        """The URL of `path`; `/open` and `/guarded` have content."""
        return local_url(self.port, path, tls=True)


@contextmanager
def apache(folder: Path, certificate: Path, client_ca: Path) -> Generator[Apache]:
    """Serve while the block lasts."""
    program = find_program("apache2")
    modules = next((one for one in _MODULE_FOLDERS if one.is_dir()), None)
    if modules is None:
        missing("the modules of Apache are not installed")
    with tempfile.TemporaryDirectory(prefix="hyperhttp-apache-") as content:
        # It serves files as another user, who can't read the folders of the session.
        os.chmod(content, 0o755)
        Path(content, "open").write_bytes(OPEN)
        Path(content, "guarded").write_bytes(GUARDED)
        with _started(program, modules, folder, content, certificate, client_ca) as port:
            yield Apache(port)


@contextmanager
def _started(
    program: str, modules: Path, folder: Path, content: str, certificate: Path, client_ca: Path
) -> Generator[int]:
    with listening() as listener:
        port = port_of(listener)
    loaded = (
        f"LoadModule {name}_module {modules}/mod_{name}.so"
        for name in _MODULES
        if (modules / f"mod_{name}.so").exists()
    )
    (folder / "apache.conf").write_text(
        _CONFIGURATION.format(
            folder=folder,
            content=content,
            user="User www-data\nGroup www-data" if os.getuid() == 0 else "",
            modules="\n".join(loaded),
            port=port,
            certificate=certificate,
            client_ca=client_ca,
        )
    )
    log = folder / "output.log"
    with running([program, "-f", str(folder / "apache.conf"), "-D", "FOREGROUND"], log=log) as one:
        _wait_until_it_listens(port, one, log)
        yield port


def _wait_until_it_listens(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + ANSWER_WITHIN_S
    while time.monotonic() < give_up and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), ANSWER_WITHIN_S).close()
        except ConnectionRefusedError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_ASK_EVERY_S)
        else:
            return
    raise failed(process, log, "Apache does not listen")
