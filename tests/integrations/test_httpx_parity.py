"""The same case with httpx's own transport and with ours: the same response, or the same error."""

from __future__ import annotations

import re
import socket
import struct
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

import pytest

from tests.integrations.libraries import OURS, Library, name_of, theirs
from tests.servers.certificates import server_context
from tests.servers.threaded import read_head, serving

if TYPE_CHECKING:
    from tests.servers.certificates import Certificates
    from tests.servers.hypercorn import Hypercorn

OK = b"HTTP/1.1 200 OK\r\n"
SHORT = OK + b"Content-Length: 2\r\n\r\nok"
each_of_ours = pytest.mark.parametrize("ours", OURS, ids=name_of)


@dataclass(frozen=True)
class Case:
    """What a server sends, how it ends the connection, and how it's asked."""

    sent: bytes
    end: Literal["close", "reset", "stall"] = "close"
    method: str = "GET"
    options: dict[str, object] = field(default_factory=dict[str, object])

    def script(self, connection: socket.socket) -> None:
        """Play the server."""
        while read_head(connection):
            connection.sendall(self.sent)
            if self.end == "stall":
                connection.recv(1)
            elif self.end == "reset":
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return


CASES = {
    "headers in order": Case(OK + b"X-a: 1\r\nx-A:  2 \r\nContent-Length: 2\r\n\r\nok"),
    "bytes beyond ASCII": Case(OK + b"X-a: \xe9\r\nContent-Length: 2\r\n\r\nok"),
    "HTTP/1.0 to the end": Case(b"HTTP/1.0 200 Fine by me\r\n\r\nok"),
    "no reason": Case(b"HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n"),
    "HEAD": Case(OK + b"Content-Length: 20\r\n\r\n", method="HEAD"),
    "no content": Case(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "informational": Case(b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + SHORT),
    "chunks": Case(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n"),
    "redirect": Case(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"),
    "not to be decoded": Case(OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok"),
    "closed at once": Case(b""),
    "reset at once": Case(b"", "reset"),
    "half a header": Case(OK + b"Foo"),
    "no HTTP": Case(b"hello world\r\n\r\n"),
    "two lengths": Case(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nok"),
    "a short body": Case(OK + b"Content-Length: 10\r\n\r\nabc"),
    "a short chunk": Case(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc"),
    "a broken chunk": Case(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc"),
    "reset in the body": Case(OK + b"Content-Length: 10\r\n\r\nabc", "reset"),
    "no response": Case(b"", "stall", options={"timeout": (None, 0.05, None, None)}),
    "no more body": Case(
        OK + b"Content-Length: 9\r\n\r\nabc", "stall", options={"timeout": (None, 0.05, None, None)}
    ),
    "a wrong name": Case(SHORT, options={"headers": {"a b": "c"}}),
    "a wrong value": Case(SHORT, options={"headers": {"a": "c\r\nX: y"}}),
}


@each_of_ours
@pytest.mark.parametrize("name", CASES)
def test_a_response_or_error_is_that_of_the_own_transport(name: str, ours: Library) -> None:
    case = CASES[name]
    with serving(case.script) as url:
        found = ours.seen(case.method, f"{url}/", case.options)
        assert found == theirs(ours).seen(case.method, f"{url}/", case.options)


@each_of_ours
@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://127.0.0.1:1/", "ConnectError"),
        ("http://nothing.invalid/", "ConnectError"),
        ("http://127.0.0.1:1/?a=b", "ConnectError"),
        ("ftp://127.0.0.1/", "UnsupportedProtocol"),
    ],
)
def test_a_failed_connection_is_the_same_error(url: str, error: str, ours: Library) -> None:
    found = ours.seen("GET", url)
    assert found[:2] == theirs(ours).seen("GET", url)[:2] == (error, url)


REQUESTS: dict[str, dict[str, object]] = {
    "plain": {"method": "GET"},
    "names in their case": {"method": "GET", "headers": {"x-Foo": "1", "ACCEPT": "a/b"}},
    "a name twice": {"method": "GET", "headers": [("x-a", "1"), ("X-A", "2")]},
    "no default headers": {"method": "GET", "headers": {"user-agent": "", "Host": "example.com"}},
    "JSON": {"method": "POST", "json": {"a": [1, "é"]}},
    "a form": {"method": "PUT", "data": {"a": "1 2", "b": "é"}},
    "an empty body": {"method": "POST", "content": b""},
    "no body": {"method": "POST"},
    "a body of GET": {"method": "GET", "content": b"body"},
    "a query": {"method": "GET", "params": {"a": "1 /?#%", "b": ""}},
    "its own method": {"method": "purge"},
    "credentials": {"method": "GET", "auth": ("user", "pass word")},
    "a cookie": {"method": "GET", "headers": {"Cookie": "a=1"}},
    "bytes beyond ASCII": {"method": "GET", "headers": {"x-a": "é".encode("latin-1")}},
    "another target": {"method": "OPTIONS", "extensions": {"target": b"*"}},
}
PATHS = ("/", "/a|b/%7e/../c", '/"{}"<>^`', "/a//b/;p=1?x=[1]&y=%zz", "//double", "/é?ü=ß")


def _is_whole(request: bytes) -> bool:
    head, _, body = request.partition(b"\r\n\r\n")
    if b"chunked" in head:
        return body.endswith(b"0\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return len(body) >= int(length[1] if length else 0)


def _sent(library: Library, path: str, options: dict[str, object]) -> bytes:
    """Return the request as the server gets it, without the port."""
    received: list[bytes] = []

    def script(connection: socket.socket) -> None:
        request = read_head(connection)
        while not _is_whole(request):
            request += connection.recv(65_536)
        received.append(request)
        connection.sendall(SHORT)

    given = dict(options)
    with serving(script) as url:
        library.seen(str(given.pop("method")), url + path, given)
        (request,) = received
        return request.replace(url.removeprefix("http://").encode(), b"<host>")


@each_of_ours
@pytest.mark.parametrize("name", REQUESTS)
def test_the_same_bytes_are_sent(name: str, ours: Library) -> None:
    assert _sent(ours, "/", REQUESTS[name]) == _sent(theirs(ours), "/", REQUESTS[name])


@each_of_ours
@pytest.mark.parametrize("path", PATHS)
def test_the_same_target_is_sent(path: str, ours: Library) -> None:
    plain = REQUESTS["plain"]
    assert _sent(ours, path, plain) == _sent(theirs(ours), path, plain)


BODIES = ("/json", "/text", "/large.bin", "/gzip", "/empty", "/missing", "/redirect", "/set-cookie")


def _without_date(seen: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(
        [pair for pair in part if pair[0].lower() != b"date"] if isinstance(part, list) else part
        for part in seen[:-1]
    )


@pytest.mark.peer
@each_of_ours
@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize("wire", ["http", "https", "h2", "h2c"])
def test_a_server_is_the_same_over_every_protocol(
    path: str, wire: str, ours: Library, hypercorn_server: Hypercorn, certificates: Certificates
) -> None:
    url = {
        "http": hypercorn_server.url(path),
        "https": hypercorn_server.url(path, tls=True),
        "h2": hypercorn_server.h2_url(path),
        "h2c": hypercorn_server.h2c_url(path),
    }[wire]
    options: dict[str, object] = {
        "verify": certificates.client_context(),
        "http2": wire in {"h2", "h2c"},
        "http1": wire != "h2c",
    }
    request = partial(Library.seen, method="GET", url=url, transport=options)
    found = request(ours)
    assert _without_date(found) == _without_date(request(theirs(ours)))
    assert found[1] == (b"HTTP/2" if wire in {"h2", "h2c"} else b"HTTP/1.1")


@pytest.mark.filterwarnings("ignore:TLS certificates are not verified")
@each_of_ours
@pytest.mark.parametrize("fault", ["wrong_host", "expired", "self_signed", "unknown_ca"])
def test_a_certificate_is_refused_alike(
    fault: str, ours: Library, certificates: Certificates
) -> None:
    context = server_context(getattr(certificates, fault))
    with serving(Case(SHORT).script, tls=context) as url:
        options: dict[str, object] = {"verify": certificates.client_context()}
        found = ours.seen("GET", f"{url}/", transport=options)
        assert found[0] == "ConnectError"
        assert found == theirs(ours).seen("GET", f"{url}/", transport=options)
        assert ours.seen("GET", f"{url}/", transport={"verify": False})[0] == 200
