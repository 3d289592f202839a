"""A response that ends, in order or not, after each of its bytes: all of it, or a typed error.

What had come of the body before the end is delivered first, byte for byte.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, HyperHTTPError
from tests.client.quiet import run_quietly, unused
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from tests.clock import TurnedLoop

pytestmark = pytest.mark.slow

_FIELDS = b"Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nX-A: b\r\n"
RESPONSES = {
    "length": b"HTTP/1.1 200 OK\r\n" + _FIELDS + b"Content-Length: 16\r\n\r\n0123456789abcdef",
    "chunked with trailers": b"HTTP/1.1 200 OK\r\n" + _FIELDS + b"Transfer-Encoding: chunked\r\n"
    b"\r\n5\r\n01234\r\nA;name=value\r\n56789abcde\r\n01\r\nf\r\n0\r\nX-Sum: 16\r\nX-B: c\r\n\r\n",
    "until the end": b"HTTP/1.1 200 OK\r\n" + _FIELDS + b"\r\n0123456789abcdef",
    "after interim ones": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>"
    b"\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n0123456789abcdef",
}
BODY = b"0123456789abcdef"
ENDS: dict[str, Callable[[Peer], None]] = {
    "reset": Peer.reset,
    "close": Peer.close,
    "half_close": Peer.half_close,
    "cut": Peer.cut,
}


@dataclass(frozen=True)
class Came:
    """What the caller saw."""

    head: bool
    body: bytes
    error: type[HyperHTTPError] | None = None
    received_bytes: int | None = None


def expected(kind: str, offset: int, end: str, *, tls: bool) -> Came:
    """What the caller must see of the first `offset` bytes of a response, and their end."""
    wire = RESPONSES[kind]
    begin = wire.index(b"\r\n\r\n", wire.index(b" 200 ")) + 4
    body = _body(kind, wire[begin:offset])
    is_open = kind == "until the end"
    if offset == len(wire) and not is_open:
        return Came(True, BODY)
    # RFC 9112 8: the end of TCP alone is not an end that the peer has said.
    broke = end == "reset" or (tls and end == "cut")
    if is_open and offset >= begin and not broke:
        return Came(True, body)
    if broke:
        return Came(offset >= begin, body, hyperhttp.ReadError, offset)
    return Came(offset >= begin, body, hyperhttp.RemoteProtocolError)


def _body(kind: str, come: bytes) -> bytes:
    if kind != "chunked with trailers":
        return come
    # Where the data of each chunk begins, and how much there is of it.
    data = b"".join(come[start : start + size] for start, size in ((3, 5), (24, 10), (40, 1)))
    assert len(come) < 41 or data == BODY
    return data


def test_this_tests_own_chunk_table_is_right() -> None:
    wire = RESPONSES["chunked with trailers"].partition(b"\r\n\r\n")[2]
    assert _body("chunked with trailers", wire) == BODY


class Cutter:
    """Responds to `/<offset>` with so much of a response, and then its end; anything else whole."""

    def __init__(self, kind: str, end: str) -> None:
        self.asked: list[str] = []
        self._wire = RESPONSES[kind]
        self._end = ENDS[end]

    async def __call__(self, peer: Peer) -> None:
        """Play."""
        with suppress(UnexpectedEnd):
            while True:
                path = (await peer.read_request()).split(b" ", 2)[1].decode("ascii")
                again = path in self.asked
                self.asked.append(path)
                if path == "/warm" or again:
                    await peer.send(OK)
                    continue
                await peer.send(self._wire[: int(path[1:])])
                self._end(peer)
                return


async def ask(client: Client, url: str) -> Came:
    """Ask, and read as far as it goes."""
    head, body = False, b""
    try:
        async with client.stream("GET", url) as response:
            head = True
            async for piece in response.aiter_bytes():
                body += piece
            if "chunked" in response.headers.get("transfer-encoding", ""):
                assert response.trailers.multi_items() == [("x-sum", "16"), ("x-b", "c")]
    except HyperHTTPError as error:
        received = error.received_bytes if isinstance(error, hyperhttp.ReadError) else None
        return Came(head, body, type(error), received)
    return Came(head, body)


def run(
    kind: str, end: str, context: ssl.SSLContext | None, certificates: Certificates, *, reused: bool
) -> None:
    """Try each offset (over TLS, which costs more, some) in turn, on one client."""

    async def main(_: TurnedLoop) -> None:
        cutter = Cutter(kind, end)
        async with (
            RawServer(cutter, tls=context) as server,
            Client(max_connections=1, verify=certificates.ca) as client,
        ):
            for offset in range(0, len(RESPONSES[kind]) + 1, 1 if context is None else 3):
                url = server.url(f"/{offset}", host="localhost")
                if reused:
                    assert (await ask(client, server.url("/warm", host="localhost"))).error is None
                came = await ask(client, url)
                if reused and offset == 0:
                    assert came == Came(True, b"ok")
                    assert cutter.asked == ["/warm", "/0", "/0"]
                else:
                    assert came == expected(kind, offset, end, tls=context is not None), offset
                    assert cutter.asked.count(f"/{offset}") == 1
                assert unused(client)

    run_quietly(main)


@pytest.mark.parametrize("reused", [False, True], ids=["new", "reused"])
@pytest.mark.parametrize("end", ["reset", "close", "half_close"])
@pytest.mark.parametrize("kind", RESPONSES)
def test_a_response_may_end_after_any_byte(
    kind: str, end: str, reused: bool, certificates: Certificates
) -> None:
    run(kind, end, None, certificates, reused=reused)


@pytest.mark.parametrize("reused", [False, True], ids=["new", "reused"])
@pytest.mark.parametrize("end", ["reset", "close", "cut"])
@pytest.mark.parametrize("kind", RESPONSES)
def test_a_response_over_tls_may_end_after_any_byte(
    kind: str, end: str, reused: bool, certificates: Certificates
) -> None:
    run(kind, end, server_context(certificates.good), certificates, reused=reused)
