"""The paths of `contents.py`, played frame by frame: a third opinion on what HTTP/2 allows.

Heads come in fragments, bodies in small frames with padding of every length, empty frames between
them, interim responses before them and trailers behind.
"""

from __future__ import annotations

import gzip
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.servers import contents
from tests.servers.raw import UnexpectedEnd

if TYPE_CHECKING:
    from tests.servers.h2_frames import Field
    from tests.servers.raw_h2 import H2Peer

FRAME_BYTES = 1000
FRAGMENT_BYTES = 10
PIECE_BYTES = 5000
EMPTY_EVERY = 50

_TEXT = ("content-type", "text/plain;charset=UTF-8")


def _length(text: str) -> Field:
    return "content-length", str(len(text))


CONSTANTS: dict[str, tuple[int, bytes, tuple[Field, ...]]] = {
    "/json": (200, contents.JSON_TEXT.encode(), (("content-type", "application/json"),)),
    "/text": (200, contents.TEXT.encode(), (_TEXT,)),
    "/large.bin": (200, contents.LARGE_BODY, ()),
    "/empty": (204, b"", ()),
    "/gzip": (
        200,
        gzip.compress(contents.LONG_TEXT.encode()),
        (_TEXT, ("content-encoding", "x-GZIP")),
    ),
    # With their length: a client waits for the body of an error that says that it is short.
    "/missing": (404, contents.MISSING.encode(), (_TEXT, _length(contents.MISSING))),
    "/broken": (503, contents.BROKEN.encode(), (_length(contents.BROKEN),)),
    "/redirect": (302, b"elsewhere", (("location", "json"),)),
    "/redirect-307": (307, b"", (("location", "./mirror"),)),
    "/loop": (302, b"", (("location", "?"),)),
    "/set-cookie": (204, b"", (("set-cookie", contents.SET_COOKIE),)),
    "/close": (200, contents.CLOSING.encode(), ()),
}


async def raw_h2_site(peer: H2Peer) -> None:
    """The script: answer one request after the other until one says that it is the last."""
    await peer.handshake()
    peer.returns_credit = True
    peer.drip_bytes = PIECE_BYTES
    with suppress(UnexpectedEnd):
        while True:
            stream_id, fields = await peer.request()
            body = await body_unless_reset(peer, stream_id)
            if body is None:
                continue
            status, reply, extra = reply_to(fields, body)
            is_head = (":method", "HEAD") in fields
            await _reply(peer, stream_id, status, b"" if is_head else reply, extra)
            if (":path", "/close") in fields:
                await peer.goaway(stream_id)
                return


async def body_unless_reset(peer: H2Peer, stream_id: int) -> bytes | None:
    """The whole body of a request; None when the client gives it up."""
    while stream_id not in peer.ended:
        if stream_id in peer.resets:
            return None
        await peer.read_frame()
    return await peer.body(stream_id)


def reply_to(fields: list[tuple[str, str]], body: bytes) -> tuple[int, bytes, tuple[Field, ...]]:
    """The status, the body and the fields that a request gets."""
    values = dict(fields)
    path, _, query = values[":path"].partition("?")
    if path in CONSTANTS:
        return CONSTANTS[path]
    # RFC 9113 8.2.3: a client may send one Cookie field for each cookie.
    cookie = "; ".join(value for name, value in fields if name == "cookie")
    text = {
        "/args": query.encode(),
        "/x-test": values.get("x-test", "").encode(),
        "/cookie-field": cookie.encode(),
        "/mirror": values[":method"].encode() + b" " + body,
    }[path]
    return 200, text, ()


async def _reply(
    peer: H2Peer, stream_id: int, status: int, body: bytes, fields: tuple[Field, ...]
) -> None:
    if status == 204:
        await peer.headers(stream_id, [(":status", "103"), ("link", "<x>")])
    head = [(":status", str(status)), *fields]
    await peer.headers(stream_id, head, end=not body, split=FRAGMENT_BYTES, pad=3)
    if not body:
        return
    for number, start in enumerate(range(0, len(body), FRAME_BYTES)):
        if number % EMPTY_EVERY == 0:
            await peer.data(stream_id)
        piece = body[start : start + FRAME_BYTES]
        await peer.body_within_windows(stream_id, piece, end=False, pad=number % 256)
    await peer.headers(stream_id, [("x-sum", "1")], end=True)
