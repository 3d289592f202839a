"""The API on loopback that the ported programs use: a small catalog over HTTP/1.1."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections import Counter
from contextlib import contextmanager
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

USERS: Final = [{"id": number, "name": f"user {number}"} for number in range(1, 8)]
PAGE_SIZE: Final = 3
EXPORT: Final = b"".join(b"%d,item %d\n" % (number, number) for number in range(5_000))
EVENTS: Final = b"".join(b'{"seq": %d}\n' % number for number in range(5))
TOKEN: Final = "token-1"
_NONCE: Final = "n-1"

_Reply = tuple[int, "Mapping[str, str]", bytes]


class Service(ThreadingHTTPServer):
    """The server, and what it counts."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free port of loopback."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.calls: Counter[str] = Counter()
        self.stopped = threading.Event()

    @property
    def url(self) -> str:
        """The URL of the API, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def service() -> Generator[Service]:
    """Run the API in a thread."""
    with Service() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join()


class Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""

    def handle_one_request(self) -> None:
        """Ignore a connection that the client closed."""
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def _respond(self) -> None:
        server = cast("Service", self.server)
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self._chunks() if self._is_chunked() else self.rfile.read(length)
        self.query = parse_qsl(url.query, keep_blank_values=True)
        server.calls[f"{self.command} {url.path}"] += 1
        if url.path == "/slow":
            server.stopped.wait(10)
            self.close_connection = True
            return
        route = ROUTES.get(url.path, _missing)
        self._send(*route(self, server))

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _respond  # noqa: N815 - names of the base class

    def _is_chunked(self) -> bool:
        return self.headers.get("Transfer-Encoding", "") == "chunked"

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            for one in value.split("\n"):
                self.send_header(name, one)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(body)


def _json(value: object, status: int = 200, **headers: str) -> _Reply:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return status, {"Content-Type": "application/json", **named}, json.dumps(value).encode()


def _missing(request: Handler, server: Service) -> _Reply:
    return _json({"detail": "no such resource"}, 404)


def _login(request: Handler, server: Service) -> _Reply:
    given = dict(parse_qsl(request.body.decode()))
    if given != {"user": "ann", "password": "secret"}:
        return _json({"detail": "wrong password"}, 401)
    return _json({"token": TOKEN}, Set_Cookie="session=s-1; Path=/; HttpOnly\ntheme=dark; Path=/")


def _users(request: Handler, server: Service) -> _Reply:
    if request.headers.get("Authorization") != f"Bearer {TOKEN}":
        return _json({"detail": "no token"}, 401)
    page = int(dict(request.query).get("page", "1"))
    found = USERS[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    if page * PAGE_SIZE >= len(USERS):
        return _json(found)
    host = request.headers["Host"]
    return _json(found, Link=f'<http://{host}/users?page={page + 1}>; rel="next"')


def _items(request: Handler, server: Service) -> _Reply:
    item = cast("dict[str, object]", json.loads(request.body))
    if not item.get("name"):
        return _json({"detail": "an item needs a name"}, 422)
    return _json({"id": 9, **item}, 201, Location="/items/9")


def _item(request: Handler, server: Service) -> _Reply:
    if request.command == "DELETE":
        return 204, {}, b""
    return _json({"type": request.headers["Content-Type"], "body": request.body.decode()})


def _flaky(request: Handler, server: Service) -> _Reply:
    failed = server.calls[f"{request.command} /flaky"] % 3
    return _json({"ok": True}) if not failed else _json({}, 503, Retry_After="0")


def _upload(request: Handler, server: Service) -> _Reply:
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    parts = BytesParser().parsebytes(head + request.body)
    found: list[list[object]] = []
    for part in cast("list[object]", parts.get_payload()):
        one = cast("Part", part)
        payload = cast("bytes", one.get_payload(decode=True))
        name = one.get_param("name", header="content-disposition")
        found.append([name, one.get_filename(), len(payload), hashlib.sha256(payload).hexdigest()])
    return _json(found, 201)


def _export(request: Handler, server: Service) -> _Reply:
    if request.headers.get("If-None-Match") == '"v1"':
        return 304, {"ETag": '"v1"'}, b""
    return 200, {"Content-Type": "text/csv", "ETag": '"v1"'}, EXPORT


def _compressed(request: Handler, server: Service) -> _Reply:
    body = gzip.compress(json.dumps(USERS).encode(), mtime=0)
    return 200, {"Content-Type": "application/json", "Content-Encoding": "gzip"}, body


def _digest(request: Handler, server: Service) -> _Reply:
    given = request.headers.get("Authorization", "")
    if f'nonce="{_NONCE}"' in given and 'username="ann"' in given:
        return _json({"digest": True})
    challenge = f'Digest realm="catalog", nonce="{_NONCE}", qop="auth", algorithm=MD5'
    return _json({}, 401, WWW_Authenticate=challenge)


def _echo(request: Handler, server: Service) -> _Reply:
    kept = ("Authorization", "Cookie", "User-Agent", "X-Trace", "Content-Type")
    headers = {name: request.headers[name] for name in kept if name in request.headers}
    return _json(
        {
            "method": request.command,
            "target": request.path,
            "headers": headers,
            "body": request.body.decode(),
        }
    )


def _fixed(status: int, content_type: str, body: bytes, **headers: str) -> Route:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return lambda request, server: (status, {"Content-Type": content_type, **named}, body)


if TYPE_CHECKING:
    from email.message import Message as Part

    Route = Callable[[Handler, Service], _Reply]

ROUTES: Final[dict[str, Route]] = {
    "/login": _login,
    "/users": _users,
    "/items": _items,
    "/items/9": _item,
    "/flaky": _flaky,
    "/upload": _upload,
    "/export": _export,
    "/events": _fixed(200, "application/x-ndjson", EVENTS),
    "/compressed": _compressed,
    "/digest": _digest,
    "/echo": _echo,
    "/moved": _fixed(302, "text/plain", b"", Location="/echo"),
    "/loop": _fixed(302, "text/plain", b"", Location="/loop"),
    "/bare-redirect": _fixed(304, "text/plain", b""),
    "/large": _fixed(200, "text/plain", bytes(4 << 20)),
    "/unavailable": _fixed(503, "text/plain", b"later"),
    "/text": _fixed(200, "text/plain; charset=iso-8859-1", "caf\u00e9".encode("latin-1")),
    "/not-json": _fixed(200, "application/json", b"<html>"),
    "/json-as-text": _fixed(200, "text/plain", b'{"a": 1}'),
}
