"""The configuration files of nginx, haproxy and tinyproxy."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ports:
    """Where everything listens."""

    first: int
    second: int
    """The two upstreams."""
    h1: int
    h2: int
    """nginx, over TLS."""
    haproxy: int
    proxy: int


# An HTTP/2 connection of nginx ends by GOAWAY after `keepalive_requests`.
NGINX: Final = """
{user}
daemon off; worker_processes 1; worker_shutdown_timeout 3s;
pid {directory}/nginx.pid; error_log {directory}/error.log error;
events {{ worker_connections 512; }}
http {{
  access_log off; server_tokens off;
  client_body_temp_path {directory}/body; proxy_temp_path {directory}/temporary;
  fastcgi_temp_path {directory}/fastcgi; uwsgi_temp_path {directory}/uwsgi;
  scgi_temp_path {directory}/scgi;
  client_max_body_size 16m; client_body_buffer_size 1m;
  ssl_certificate {certificate}; ssl_certificate_key {certificate};
  upstream both {{
    server 127.0.0.1:{ports.first} max_fails=0; server 127.0.0.1:{ports.second} max_fails=0;
    keepalive 16;
  }}
  proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host example.com;
  proxy_connect_timeout 2s; proxy_read_timeout 4s;
  server {{ listen 127.0.0.1:{ports.h1} ssl; listen 127.0.0.2:{ports.h1} ssl;
    keepalive_requests 100; location / {{ proxy_pass http://both; }} }}
  server {{ listen 127.0.0.1:{ports.h2} ssl http2; listen 127.0.0.2:{ports.h2} ssl http2;
    keepalive_requests 200; location / {{ proxy_pass http://both; }} }}
}}
"""
HAPROXY: Final = """
global
  maxconn 256
  hard-stop-after 3s
  ssl-server-verify none
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 4s
  retries 2
  option redispatch
frontend front
  bind 127.0.0.1:{ports.haproxy} ssl crt {certificate} alpn h2,http/1.1
  bind 127.0.0.2:{ports.haproxy} ssl crt {certificate} alpn h2,http/1.1
  default_backend back
backend back
  balance roundrobin
  server first 127.0.0.1:{ports.first}
  server second 127.0.0.1:{ports.second}
"""
TINYPROXY: Final = """
Port {ports.proxy}
Listen 127.0.0.1
Timeout 60
MaxClients 200
LogLevel Critical
"""


def write_configuration(template: str, path: Path, *, ports: Ports, certificate: Path) -> Path:
    """Write the file, and return its path."""
    path.write_text(
        template.format(
            directory=path.parent,
            ports=ports,
            certificate=certificate,
            # Started as root, nginx would drop to a user that can't read this directory.
            user="user root;" if os.getuid() == 0 else "",
        )
    )
    return path
