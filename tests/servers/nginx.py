"""nginx on loopback: HTTP/1.1 and HTTP/2, each in cleartext and over TLS, each on its own port.

It serves static bytes, an echo, redirects, cookies, errors, and stores what is uploaded.

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
from tests.servers.programs import failed, find_program, local_url, missing, running
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Generator, Mapping

    from tests.servers.certificates import Certificates

REPLY_WITHIN_S = 10.0
_ECHO_MODULE = "ngx_http_echo_module.so"
_MODULE_DIRECTORIES = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"))

_CONFIGURATION = """
load_module {echo_module};
{user}
daemon off; worker_processes 1;
pid {directory}/nginx.pid; error_log {directory}/error.log warn;
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; tcp_nodelay on; server_tokens off; absolute_redirect off;
  default_type application/octet-stream;
  types {{ text/plain txt; application/json json; }}
  client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi; uwsgi_temp_path {directory}/uwsgi;
  scgi_temp_path {directory}/scgi;
  client_max_body_size 64m; client_body_buffer_size 1m;
  ssl_certificate {certificate}; ssl_certificate_key {certificate}; ssl_protocols TLSv1.2 TLSv1.3;
  {servers}
}}
"""
# "@NAME@" stands for a text of `contents.py`; braces are nginx's own.
_SERVER = """
  server {{ listen 127.0.0.1:{port} {options}; server_name localhost; {directives} {locations} }}
"""
_LOCATIONS = """
  root @directory@/www; charset utf-8;
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
    alias @directory@/www/long.txt; }
  location = /early { client_max_body_size 2g; return 200 'early'; }
  location /stored/ { alias @directory@/stored/; dav_methods PUT DELETE; client_max_body_size 2g; }
"""


# What is said of each port: the words behind `listen`, and directives of its server. An HTTP/2
# connection ends by GOAWAY after `keepalive_requests`, which are 1,000 by default.
_PORTS = {
    "port": ("", ""),
    "tls_port": ("ssl", ""),
    "h2_port": ("ssl http2", "keepalive_requests 1000000;"),
    "h2c_port": ("http2", "keepalive_requests 1000000;"),
    "narrow_port": ("ssl http2", "http2_max_concurrent_streams 2;"),
    "leaving_port": ("ssl http2", "keepalive_requests 10;"),
    "brief_port": ("ssl http2", "keepalive_requests 2;"),
}


@dataclass(frozen=True)
class Nginx:
    """Where a running nginx listens, and where its files are."""

    port: int
    tls_port: int
    h2_port: int
    h2c_port: int
    narrow_port: int
    leaving_port: int
    brief_port: int
    files: Path
    """The directory that it serves; see `contents.file_of`."""
    stored: Path
    """The directory where `PUT /stored/NAME` leaves its body."""

    def url(self, path: str = "/", *, tls: bool = False) -> str:
        """The URL of `path` where HTTP/1.1 is spoken; over TLS nothing else is offered."""
        return local_url(self.tls_port if tls else self.port, path, tls=tls)

    def h2_url(self, path: str = "/") -> str:
        """The URL of `path` over TLS, where ALPN offers HTTP/2 and HTTP/1.1."""
        return local_url(self.h2_port, path, tls=True)

    def h2c_url(self, path: str = "/") -> str:
        """The URL of `path` where HTTP/2 is spoken in cleartext, by prior knowledge."""
        return local_url(self.h2c_port, path, tls=False)

    def narrow_url(self, path: str = "/") -> str:
        """As `h2_url`, with no more than two streams at a time."""
        return local_url(self.narrow_port, path, tls=True)

    def leaving_url(self, path: str = "/") -> str:
        """As `h2_url`, with GOAWAY after ten requests on a connection."""
        return local_url(self.leaving_port, path, tls=True)

    def brief_url(self, path: str = "/") -> str:
        """As `h2_url`, with no more than two requests on a connection."""
        return local_url(self.brief_port, path, tls=True)


@contextmanager
def nginx(directory: Path, certificates: Certificates) -> Generator[Nginx]:
    """Run nginx while the block lasts; its files go to `directory`."""
    program, module = find_program("nginx"), _echo_module()
    with ExitStack() as stack:
        listeners = [stack.enter_context(listening()) for _ in _PORTS]
        ports = dict(zip(_PORTS, map(port_of, listeners), strict=True))
        server = Nginx(**ports, files=directory / "www", stored=directory / "stored")
        configuration = _write_files(directory, certificates, ports, module)
        log = directory / "output.log"
        descriptors = [listener.fileno() for listener in listeners]
        process = stack.enter_context(
            running(
                [program, "-c", str(configuration), "-p", str(directory)],
                log=log,
                pass_fds=descriptors,
                environment={"NGINX": "".join(f"{number};" for number in descriptors)},
            )
        )
        _wait_for_reply(server, process, log)
        yield server


def _echo_module() -> Path:
    found = [directory / _ECHO_MODULE for directory in _MODULE_DIRECTORIES]
    usable = [module for module in found if module.exists()]
    return usable[0] if usable else missing("nginx has no echo module (libnginx-mod-http-echo)")


def _write_files(
    directory: Path, certificates: Certificates, ports: Mapping[str, int], module: Path
) -> Path:
    www, locations = directory / "www", _locations(directory)
    www.mkdir(parents=True)
    (directory / "stored").mkdir()
    (www / "large.bin").write_bytes(contents.LARGE_BODY)
    (www / "long.txt").write_text(contents.LONG_TEXT)
    configuration = directory / "nginx.conf"
    configuration.write_text(
        _CONFIGURATION.format(
            directory=directory,
            echo_module=module,
            # Started as root, nginx would drop to a user that cannot read the test's directory.
            user="user root;" if os.getuid() == 0 else "",
            certificate=certificates.good,
            servers="".join(
                _SERVER.format(
                    port=ports[name], options=options, directives=directives, locations=locations
                )
                for name, (options, directives) in _PORTS.items()
            ),
        )
    )
    return configuration


def _locations(directory: Path) -> str:
    def fill(mark: re.Match[str]) -> str:
        text: str = str(directory) if mark[1] == "directory" else getattr(contents, mark[1])
        return text.replace("\n", "\\n")

    return re.sub(r"@(\w+)@", fill, _LOCATIONS)


def _wait_for_reply(server: Nginx, process: subprocess.Popen[bytes], log: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=REPLY_WITHIN_S)
    try:
        # The socket listens already, so this request waits in its queue until nginx has started.
        connection.request("GET", "/empty")
        status = connection.getresponse().status
    except OSError as error:
        raise failed(process, log, "nginx did not respond") from error
    finally:
        connection.close()
    if status != 204:
        raise failed(process, log, f"nginx responded to its first request with {status}")
