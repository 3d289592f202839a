"""`hyperhttp demo --serve`: a small JSON API on loopback for the quickstart and the README."""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final, TypeAlias, cast
from urllib.parse import urlsplit

from hyperhttp._cli.exit_codes import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEMO_PORT", "DemoAPI", "demo_server", "port_of", "serve"]

# The port that the quickstart and the README use.
DEMO_PORT: Final = 8000
_HOST: Final = "127.0.0.1"
_BODY_BYTES_MAX: Final = 1 << 20
_USERS: Final = {"1": {"id": 1, "name": "John"}, "2": {"id": 2, "name": "Ann"}}

_Reply: TypeAlias = "tuple[int, Mapping[str, object] | list[dict[str, object]]]"


class DemoAPI(BaseHTTPRequestHandler):
    """The handler: `/users`, `/users/<id>`, `/search`; anything else returns 404."""

    protocol_version = "HTTP/1.1"
    # The status line, headers and body leave in one packet.
    wbufsize = -1

    def do_GET(self) -> None:
        """Return a user, the users, or the query."""
        url = urlsplit(self.path)
        self._reply(*_resource(url.path, url.query))

    def do_POST(self) -> None:
        """Create a user: echo the JSON body with an id."""
        body = self._body()
        if body is None:
            return
        if urlsplit(self.path).path != "/users":
            self._reply(404, {"detail": "no such resource"})
            return
        try:
            given = cast("object", json.loads(body))
        except ValueError:
            given = None
        if isinstance(given, dict):
            self._reply(201, {"id": 3, **cast("dict[str, object]", given)})
        else:
            self._reply(400, {"detail": "the body must be a JSON object"})

    def _body(self) -> bytes | None:
        """Return the body; None after an error response for one that has no usable length."""
        length = self.headers.get("Content-Length", "")
        if length.isascii() and length.isdigit() and int(length) <= _BODY_BYTES_MAX:
            return self.rfile.read(int(length))
        self.close_connection = True
        self._reply(411, {"detail": "send a Content-Length of at most 1 MiB"})
        return None

    def _reply(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log one line per request on stdout, without the time and without control characters."""
        line = f"{format % args}".encode("ascii", "backslashreplace").decode()
        sys.stdout.write("".join(c if c.isprintable() else "?" for c in line) + "\n")
        sys.stdout.flush()


def _resource(path: str, query: str) -> _Reply:
    """Return the status and the content of a GET."""
    if path == "/users":
        return 200, [dict(user) for user in _USERS.values()]
    if path == "/search":
        return 200, {"query": query}
    user = _USERS.get(path.removeprefix("/users/"))
    if user is None:
        return 404, {"detail": "no such resource"}
    return 200, user


def port_of(text: str | None) -> int:
    """Return the port that `--port` names. Raises UsageError."""
    if text is None:
        return DEMO_PORT
    if text.isascii() and text.isdigit() and int(text) <= 65535:
        return int(text)
    raise UsageError(f"invalid port {text!r}: give a number from 0 to 65535")


def demo_server(port: int) -> ThreadingHTTPServer:
    """Return a server that listens on loopback; 0 lets the system choose the port."""
    server = ThreadingHTTPServer((_HOST, port), DemoAPI)
    server.daemon_threads = True
    return server


def serve(port: int) -> Exit:
    """Serve until Ctrl+C. Raises UsageError if the port is taken."""
    try:
        server = demo_server(port)
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise UsageError(f"cannot listen on port {port}: {reason}. Choose another --port") from None
    with server:
        sys.stdout.write(f"Serving on http://{_HOST}:{server.server_port} (stop with Ctrl+C)\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
    return Exit.OK
