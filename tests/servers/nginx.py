"""nginx on loopback, cleartext and TLS: static bytes, an echo, redirects, cookies, errors.

The configuration is made on the fly. nginx inherits sockets that are already bound and listening
(its own `NGINX` variable, meant for upgrades; it works only with a master process), so a test may
connect at once and no port is taken twice.
"""

from __future__ import annotations

import http.client
import os
import re
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers import contents
from tests.servers.programs import failed, find_program, missing, running
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Generator

    from tests.servers.certificates import Certificates

ANSWER_WITHIN_S = 10.0
_ECHO_MODULE = "ngx_http_echo_module.so"
_MODULE_FOLDERS = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"))

_CONFIGURATION = """
load_module {echo_module};
{user}
daemon off; worker_processes 1;
pid {folder}/nginx.pid; error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; tcp_nodelay on; server_tokens off; absolute_redirect off;
  default_type application/octet-stream;
  types {{ text/plain txt; application/json json; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  client_max_body_size 64m; client_body_buffer_size 1m;
  ssl_certificate {certificate}; ssl_certificate_key {certificate}; ssl_protocols TLSv1.2 TLSv1.3;
  server {{ listen 127.0.0.1:{port}; server_name localhost; {locations} }}
  server {{ listen 127.0.0.1:{tls_port} ssl {h2}; server_name localhost; {locations} }}
}}
"""
# "@NAME@" stands for a text of `contents.py`; braces are nginx's own.
_LOCATIONS = """
  root @folder@/www; charset utf-8;
  location = /json { default_type application/json; return 200 '@JSON_TEXT@'; }
  location = /text { default_type text/plain; return 200 '@TEXT@'; }
  location = /empty { return 204; }
  location = /missing { default_type text/plain; return 404 '@MISSING@'; }
  location = /broken { default_type text/plain; return 503 '@BROKEN@'; }
  location = /redirect { return 302 /json; }
  location = /redirect-307 { return 307 /mirror; }
  location = /loop { return 302 /loop; }
  location = /set-cookie { add_header Set-Cookie '@SET_COOKIE@'; return 204; }
  location = /cookie-field { default_type text/plain; return 200 '$http_cookie'; }
  location = /x-test { default_type text/plain; return 200 '$http_x_test'; }
  location = /args { default_type text/plain; return 200 '$args'; }
  location = /close { keepalive_timeout 0; default_type text/plain; return 200 '@CLOSING@'; }
  location = /mirror { default_type application/octet-stream;
    echo_read_request_body; echo_status 200;
    echo -n $request_method; echo -n ' '; echo_request_body; }
  location = /gzip { default_type text/plain; gzip on; gzip_min_length 1; gzip_types text/plain;
    alias @folder@/www/long.txt; }
"""


@dataclass(frozen=True)
class Nginx:
    """Where a running nginx listens."""

    port: int
    tls_port: int

    def url(self, path: str = "/", *, tls: bool = False) -> str:
        """The URL of `path`; over TLS by the name that the certificate has."""
        return (
            f"https://localhost:{self.tls_port}{path}"
            if tls
            else f"http://127.0.0.1:{self.port}{path}"
        )


@contextmanager
def nginx(folder: Path, certificates: Certificates, *, h2: bool = False) -> Generator[Nginx]:
    """Run nginx while the block lasts; its files go to `folder`."""
    program, module = find_program("nginx"), _echo_module()
    with ExitStack() as stack:
        plain, tls = (stack.enter_context(listening()) for _ in range(2))
        server = Nginx(port_of(plain), port_of(tls))
        configuration = _write_files(folder, certificates, server, module, h2=h2)
        log = folder / "output.log"
        process = stack.enter_context(
            running(
                [program, "-c", str(configuration), "-p", str(folder)],
                log=log,
                pass_fds=(plain.fileno(), tls.fileno()),
                environment={"NGINX": f"{plain.fileno()};{tls.fileno()};"},
            )
        )
        _wait_for_answer(server, process, log)
        yield server


def _echo_module() -> Path:
    found = [folder / _ECHO_MODULE for folder in _MODULE_FOLDERS]
    usable = [module for module in found if module.exists()]
    return usable[0] if usable else missing("nginx has no echo module (libnginx-mod-http-echo)")


def _write_files(
    folder: Path, certificates: Certificates, server: Nginx, module: Path, *, h2: bool
) -> Path:
    www = folder / "www"
    www.mkdir(parents=True)
    (www / "large.bin").write_bytes(contents.LARGE_BODY)
    (www / "long.txt").write_text(contents.LONG_TEXT)
    configuration = folder / "nginx.conf"
    configuration.write_text(
        _CONFIGURATION.format(
            folder=folder,
            echo_module=module,
            # Started as root, nginx would drop to a user that cannot read the test's folder.
            user="user root;" if os.getuid() == 0 else "",
            certificate=certificates.good,
            port=server.port,
            tls_port=server.tls_port,
            h2="http2" if h2 else "",
            locations=_locations(folder),
        )
    )
    return configuration


def _locations(folder: Path) -> str:
    def fill(mark: re.Match[str]) -> str:
        text: str = str(folder) if mark[1] == "folder" else getattr(contents, mark[1])
        return text.replace("\n", "\\n")

    return re.sub(r"@(\w+)@", fill, _LOCATIONS)


def _wait_for_answer(server: Nginx, process: subprocess.Popen[bytes], log: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=ANSWER_WITHIN_S)
    try:
        # The socket listens already, so this request waits in its queue until nginx has started.
        connection.request("GET", "/empty")
        status = connection.getresponse().status
    except OSError as error:
        raise failed(process, log, "nginx did not answer") from error
    finally:
        connection.close()
    if status != 204:
        raise failed(process, log, f"nginx answered its first request with {status}")
