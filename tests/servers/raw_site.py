"""The paths of `contents.py`, played byte by byte by a `RawServer`: a third opinion on the wire.

Where nginx and hypercorn send a length, this one sends chunks with extensions and trailers, interim
responses, odd case, no reason phrase, and all of it in small pieces.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from tests.servers import contents

if TYPE_CHECKING:
    from tests.servers.raw import Peer

PIECE_BYTES = 1000


def reply(status: str, body: bytes = b"", *fields: str) -> bytes:
    """A whole response with a length."""
    head = "".join(f"{field}\r\n" for field in (*fields, f"CONTENT-LENGTH:{len(body)}"))
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def chunked(body: bytes, *fields: str) -> bytes:
    """A whole response in chunks, with an extension and a trailer."""
    head = "".join(f"{field}\r\n" for field in (*fields, "transfer-encoding: Chunked"))
    chunks = b"".join(
        b"%X;part=%d\r\n%s\r\n" % (len(piece), start, piece)
        for start in range(0, len(body), PIECE_BYTES)
        if (piece := body[start : start + PIECE_BYTES])
    )
    return f"HTTP/1.1 200 \r\n{head}\r\n".encode() + chunks + b"0\r\nX-Sum: 1\r\n\r\n"


TEXT = "Content-Type: text/plain;charset=UTF-8"
CONSTANTS: dict[bytes, bytes] = {
    b"/json": chunked(contents.JSON_TEXT.encode(), "Content-Type: application/json"),
    b"/text": chunked(contents.TEXT.encode(), TEXT),
    b"/large.bin": chunked(contents.LARGE_BODY),
    b"/empty": b"HTTP/1.1 103 Early\r\nLink: <x>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
    b"/gzip": chunked(gzip.compress(contents.LONG_TEXT.encode()), TEXT, "Content-Encoding: x-GZIP"),
    b"/missing": reply("404 Not Found", contents.MISSING.encode(), TEXT),
    b"/broken": reply("503 ", contents.BROKEN.encode()),
    b"/redirect": reply("302 Found", b"elsewhere", "Location: json"),
    b"/redirect-307": reply("307 Temporary Redirect", b"", "Location: ./mirror"),
    b"/loop": reply("302 Found", b"", "Location: ?"),
    b"/set-cookie": reply("204 No Content", b"", f"Set-Cookie: {contents.SET_COOKIE}"),
    b"/close": reply("200 OK", contents.CLOSING.encode(), "connection: Keep-Alive, CLOSE"),
}


async def raw_site(peer: Peer) -> None:
    """The script: respond to one request after the other until a reply says that it closes."""
    while True:
        request = await peer.read_request()
        response = reply_to(request)
        await peer.drip(response, size=PIECE_BYTES)
        if b"CLOSE\r\n" in response:
            peer.close()
            return


def reply_to(request: bytes) -> bytes:
    """The bytes that a whole request gets."""
    head, _, body = request.partition(b"\r\n\r\n")
    line, *fields = head.split(b"\r\n")
    method, target, _ = line.split(b" ")
    path, _, query = target.partition(b"?")
    values = {name.lower(): value for name, _, value in (f.partition(b": ") for f in fields)}
    if path in CONSTANTS:
        response = CONSTANTS[path]
        return response[: response.index(b"\r\n\r\n") + 4] if method == b"HEAD" else response
    return reply(
        "200 OK",
        {
            b"/args": query,
            b"/x-test": values.get(b"x-test", b""),
            b"/cookie-field": values.get(b"cookie", b""),
            b"/mirror": method + b" " + (body if b"content-length" in values else unchunked(body)),
        }[path],
    )


def unchunked(body: bytes) -> bytes:
    """The data of a chunked body; nothing of an absent one."""
    data = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        data += rest[: int(size, 16)]
        body = rest[int(size, 16) + 2 :]
    return data
