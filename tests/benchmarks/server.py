"""The server that all clients are measured against: nginx with one worker, on a CPU of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import trustme

from tests.benchmarks.cases import LARGE_BYTES, REPLY
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    from collections.abc import Generator

_MODULES: Final = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"))
_ECHO: Final = "ngx_http_echo_module.so"
_FIELDS: Final = "".join(f"add_header X-Field-{n} 'value of field number {n}'; " for n in range(22))
_CONFIGURATION: Final = """
load_module @echo@; @user@
daemon off; worker_processes 1; worker_rlimit_nofile 65536;
pid @directory@/nginx.pid; error_log @directory@/error.log crit;
events { worker_connections 16384; }
http {
  access_log off; sendfile on; tcp_nodelay on; tcp_nopush on;
  types { text/plain txt; application/json json; application/octet-stream bin; }
  keepalive_requests 1000000000; keepalive_timeout 600s; http2_max_concurrent_streams 1024;
  client_max_body_size 2g; client_body_buffer_size 128m; open_file_cache max=100;
  client_body_temp_path @directory@/body; proxy_temp_path @directory@/proxy;
  fastcgi_temp_path @directory@/fcgi; uwsgi_temp_path @directory@/uwsgi;
  scgi_temp_path @directory@/scgi;
  ssl_certificate @directory@/server.pem; ssl_certificate_key @directory@/server.pem;
  @servers@
}
"""
_SERVER: Final = """
  server {
    listen 127.0.0.1:@port@ @options@; server_name localhost; root @directory@/www;
    location /close/ { alias @directory@/www/; keepalive_timeout 0; }
    location /fields/ { alias @directory@/www/; @fields@ }
    location = /chunked { default_type text/plain; echo -n @text@; }
    location = /gzip.txt { gzip on; gzip_min_length 1; gzip_types text/plain; }
    location = /json { default_type application/json; return 200 '@reply@'; }
    location = /sink { echo_read_request_body; echo_status 200; echo -n $request_length; }
  }
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, by protocol, and what it is trusted by."""

    http: str
    tls: str
    h2: str
    ca: Path
    upload: Path
    """A file of 100 MiB, to be sent."""

    def base(self, protocol: str) -> str:
        """The URL of its root where `protocol` ("h1", "tls" or "h2") is spoken."""
        return {"h1": self.http, "tls": self.tls, "h2": self.h2}[protocol]


@contextmanager
def serving(directory: Path, cpu: int | None) -> Generator[Server]:
    """Run it while the block lasts. Raises FileNotFoundError where there is no nginx."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    echo = next((m / _ECHO for m in _MODULES if (m / _ECHO).exists()), None)
    if program is None or echo is None:
        raise FileNotFoundError("nginx with its echo module is needed (Debian: nginx-light)")
    _lay_out(directory)
    sockets = [listening() for _ in range(3)]
    ports = [port_of(listener) for listener in sockets]
    options = ("", "ssl", "ssl http2")
    servers = "".join(
        _filled(_SERVER, port=str(port), options=option)
        for port, option in zip(ports, options, strict=True)
    )
    text = _filled(_CONFIGURATION, echo=str(echo), user=_user(), servers=servers)
    configuration = directory / "nginx.conf"
    configuration.write_text(_filled(text, directory=str(directory)), encoding="ascii")
    pinned = [] if cpu is None else ["taskset", "-c", str(cpu)]
    for listener in sockets:
        os.set_inheritable(listener.fileno(), True)
    inherited = "".join(f"{listener.fileno()};" for listener in sockets)
    process = subprocess.Popen(
        [*pinned, program, "-p", str(directory), "-c", str(configuration)],
        pass_fds=[listener.fileno() for listener in sockets],
        env={**os.environ, "NGINX": inherited},
        stderr=subprocess.DEVNULL,  # It tells of the sockets; errors have a file of their own.
    )
    for listener in sockets:
        listener.close()
    try:
        yield Server(
            f"http://127.0.0.1:{ports[0]}",
            f"https://localhost:{ports[1]}",
            f"https://localhost:{ports[2]}",
            directory / "ca.pem",
            directory / "www/100m.bin",
        )
    finally:
        process.terminate()
        process.wait(10)


def _filled(text: str, **values: str) -> str:
    values = {"fields": _FIELDS, "reply": json.dumps(REPLY), "text": "x" * 200, **values}
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def _user() -> str:
    return "user root;" if hasattr(os, "getuid") and os.getuid() == 0 else ""


def _lay_out(directory: Path) -> None:
    www = directory / "www"
    www.mkdir()
    for name, size in (("200", 200), ("10k", 10 << 10), ("1m", 1 << 20)):
        (www / f"{name}.bin").write_bytes(os.urandom(size))
    (www / "gzip.txt").write_bytes(b"some text of a page\n" * 150)
    with (www / "100m.bin").open("wb") as file:
        file.truncate(LARGE_BYTES)
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(directory / "ca.pem"))
    ca.issue_cert("localhost", "127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        str(directory / "server.pem")
    )
