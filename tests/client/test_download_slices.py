"""Responses that carry a slice of a file, over both versions of HTTP, in cleartext and over TLS."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, DownloadError, TransportError
from tests.client.test_download import CONTENT, PARTS, Shelf, left
from tests.servers.certificates import server_context
from tests.servers.raw import RawServer, UnexpectedEnd
from tests.servers.raw_h2 import RawH2Server

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping
    from pathlib import Path

    from tests.servers.certificates import Certificates
    from tests.servers.raw_h2 import H2Peer

SLICES = [
    ("200 OK", "bytes 10-39/40", CONTENT[10:]),
    ("203 Other", "bytes 10-39/40", CONTENT[10:]),
    ("206 Partial", "bytes 10-49/50", CONTENT[10:] + bytes(10)),
    ("206 Partial", "bytes 10-29/30", CONTENT[10:30]),
    ("206 Partial", "bytes 10-29/*", CONTENT[10:30]),
    ("200 OK", "", CONTENT[10:]),
    ("203 Other", "", CONTENT[:30]),
]
SLICE_NAMES = [f"{status} {span} with {len(body)} bytes" for status, span, body in SLICES]
WIRES = ["HTTP/1.1", "HTTP/1.1 over TLS", "HTTP/2", "HTTP/2 over TLS"]


@dataclass
class Wire:
    """How a shelf is served, and a client that reaches it so."""

    name: str
    certificates: Certificates

    def server(self, shelf: Shelf) -> RawServer:
        is_h2 = self.name.startswith("HTTP/2")
        tls: ssl.SSLContext | None = None
        if self.name.endswith("TLS"):
            alpn = "h2" if is_h2 else "http/1.1"
            tls = server_context(self.certificates.good, alpn=(alpn,))
        return RawH2Server(OverH2(shelf), tls=tls) if is_h2 else RawServer(shelf, tls=tls)

    def client(self) -> Client:
        return Client(
            verify=str(self.certificates.ca),
            http2="prior-knowledge" if self.name == "HTTP/2" else True,
        )


@dataclass
class OverH2:
    """Plays the responses of a shelf over HTTP/2."""

    shelf: Shelf

    async def __call__(self, peer: H2Peer) -> None:
        await peer.handshake()
        with suppress(UnexpectedEnd):
            while True:
                stream_id, fields = await peer.request()
                self.shelf.asked.append(dict(fields))
                body, head = self.shelf.reply(self.shelf.asked[-1])
                status, *lines = head.decode().split("\r\n")
                pairs = [line.partition(": ") for line in lines if line]
                cut = self.shelf.cuts.pop(0) if self.shelf.cuts else None
                fields = [(name.lower(), value) for name, _, value in pairs]
                await peer.headers(stream_id, [(":status", status.split(" ")[1]), *fields])
                await peer.data(stream_id, body[:cut], end=cut is None)
                if cut is not None:
                    peer.eof()
                    return


@pytest.fixture(params=WIRES)
def wire(request: pytest.FixtureRequest, certificates: Certificates) -> Wire:
    return Wire(request.param, certificates)


async def cut_off(shelf: Shelf, directory: Path, client: Client, url: str) -> None:
    """Leave a part of ten bytes."""
    shelf.cuts = [10, 0]
    with pytest.raises(TransportError):
        await client.download(url, directory / "f.bin")
    assert left(directory) == PARTS
    assert (directory / "f.bin.part").read_bytes() == shelf.content[:10]


@pytest.mark.parametrize(("status", "span", "body"), SLICES, ids=SLICE_NAMES)
@pytest.mark.parametrize("is_new_call", [False, True])
async def test_a_slice_never_passes_for_the_file(
    wire: Wire, tmp_path: Path, status: str, span: str, body: bytes, is_new_call: bool
) -> None:
    shelf = Shelf()
    usual = shelf.reply

    def reply(asked: Mapping[str, str]) -> tuple[bytes, bytes]:
        if "range" not in asked:
            return usual(asked)
        more = [f"Content-Range: {span}"] if span else []
        return body, shelf.head(status, len(body), *more)

    async with wire.server(shelf) as server, wire.client() as client:
        if is_new_call:
            await cut_off(shelf, tmp_path, client, server.url("/f"))
        else:
            shelf.cuts = [10]
        shelf.reply = reply  # type: ignore[method-assign]  # ranges are broken
        done = await client.download(server.url("/f"), tmp_path / "f.bin")
    assert done.path.read_bytes() == CONTENT
    assert "range" not in shelf.asked[-1]
    assert left(tmp_path) == ["f.bin"]


@pytest.mark.parametrize(("status", "span", "body"), SLICES[:5], ids=SLICE_NAMES[:5])
async def test_a_slice_that_nobody_asked_for_is_an_error(
    wire: Wire, tmp_path: Path, status: str, span: str, body: bytes
) -> None:
    shelf = Shelf()
    sent = body, shelf.head(status, len(body), f"Content-Range: {span}")
    shelf.reply = lambda asked: sent  # type: ignore[method-assign]  # nothing but slices
    async with wire.server(shelf) as server, wire.client() as client:
        with pytest.raises(DownloadError, match="part of the file"):
            await client.download(server.url("/f"), tmp_path / "f.bin")
    assert len(shelf.asked) == 1
    assert left(tmp_path) == []


async def test_a_server_that_sends_slices_only_is_asked_twice_at_most(
    wire: Wire, tmp_path: Path
) -> None:
    shelf = Shelf()
    async with wire.server(shelf) as server, wire.client() as client:
        await cut_off(shelf, tmp_path, client, server.url("/f"))
        sent = CONTENT[5:], shelf.head("206 Partial", 35, "Content-Range: bytes 5-39/40")
        shelf.reply = lambda asked: sent  # type: ignore[method-assign]  # nothing but slices
        before = len(shelf.asked)
        with pytest.raises(DownloadError, match="part of the file"):
            await client.download(server.url("/f"), tmp_path / "f.bin")
    assert len(shelf.asked) == before + 2
    assert left(tmp_path) == PARTS


@pytest.mark.parametrize("etag", ['"one"', '"two"'])
async def test_a_416_of_another_file_proves_nothing(wire: Wire, tmp_path: Path, etag: str) -> None:
    shelf = Shelf(knows_if_range=False)
    async with wire.server(shelf) as server, wire.client() as client:
        await cut_off(shelf, tmp_path, client, server.url("/f"))
        shelf.content, shelf.fields = CONTENT[20:30], {"ETag": etag}
        done = await client.download(server.url("/f"), tmp_path / "f.bin")
    assert done.path.read_bytes() == CONTENT[20:30]
