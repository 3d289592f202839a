"""Routes of the ASGI application that move much: uploads and downloads of any size, both at once.

Sizes and digests are those of `contents.py`. Nothing here holds a whole body.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from tests.servers import contents

if TYPE_CHECKING:
    from tests.servers.asgi import Reply, Request, Route

BYTES = ("content-type", "application/octet-stream")
HINTS = ("</style.css>; rel=preload", "</script.js>; rel=preload")


async def upload(request: Request, reply: Reply) -> None:
    """/upload responds with the size and digest of what came, and how it was framed."""
    digest, size = hashlib.sha256(), 0
    async for piece in request.pieces():
        digest.update(piece)
        size += len(piece)
    await reply.json(
        {
            "bytes": size,
            "sha256": digest.hexdigest(),
            "framing": _framing(request),
            "content_type": request.header("content-type"),
        }
    )


def _framing(request: Request) -> str:
    if request.header("transfer-encoding"):
        return "chunked"
    # Only in HTTP/2 may a body come without either field (RFC 9113 8.1.1).
    is_bare = request.version == "2" and request.header("content-length") is None
    return "stream" if is_bare else "length"


async def download(request: Request, reply: Reply) -> None:
    """/download/N sends N bytes, their length and digest before them; ?length=no keeps the length.

    Where the protocol has trailers and the client takes them, the digest comes again behind.
    """
    await request.body()
    size = int(request.path.rpartition("/")[2])
    is_bare = dict(parse_qsl(request.query)).get("length") == "no"
    length = () if is_bare else (("content-length", str(size)),)
    sum_field = ("x-sha256", contents.digest_of(size))
    await reply.start(200, BYTES, sum_field, *length, has_trailers=request.takes_trailers)
    for block in contents.blocks(size):
        await reply.piece(block)
    await reply.piece(b"", more=False)
    if request.takes_trailers:
        await reply.trailers(sum_field)


async def duplex(request: Request, reply: Reply) -> None:
    """/duplex sends each piece back as it comes, before the next one has."""
    await reply.start(200, BYTES)
    async for piece in request.pieces():
        await reply.piece(piece)
    await reply.piece(b"", more=False)


async def early_hints(request: Request, reply: Reply) -> None:
    """/early-hints sends a 103 for each hint, where the protocol can, and then its response."""
    await request.body()
    if request.version == "2":
        for hint in HINTS:
            await reply.early_hint(hint)
    await reply.text(200, "hinted\n")


TRANSFERS: dict[str, Route] = {
    "upload": upload,
    "download": download,
    "duplex": duplex,
    "early-hints": early_hints,
}
