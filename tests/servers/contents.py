"""What every peer of `tests/client/test_guide_peers.py` answers on the same paths.

/json /text /large.bin /empty     a small JSON object, two lines, LARGE_BODY, 204
/gzip                             LONG_TEXT, compressed
/missing /broken                  404 and 503 with a line of text
/redirect /redirect-307 /loop     302 to /json, 307 to /mirror, 302 to itself
/set-cookie /cookie-field         sets session=abc; the Cookie field as it came
/args /x-test                     the query, and the X-Test field, as they came
/mirror                           the method, a space, the body
/close                            an response after which the connection closes

Bodies of any size are made by `blocks`, and their digests by `digest_of`.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

JSON_TEXT = '{"id": 7, "name": "hyper"}'
TEXT = "first line\nsecond line\n"
MISSING = "no such thing"
BROKEN = "try later"
CLOSING = "closing"
SET_COOKIE = "session=abc; Path=/"
LONG_TEXT = "a line of text\n" * 1000
# 256 KiB in which no block is like another: a lost, doubled or swapped piece is seen.
LARGE_BODY = b"".join(hashlib.sha256(str(number).encode()).digest() for number in range(16384))
BLOCK_BYTES = 65_536


def blocks(size: int) -> Iterator[bytes]:
    """A body of `size` bytes, block by block; no block is like another, wherever it is cut."""
    for number in range(-(-size // BLOCK_BYTES)):
        start = number * BLOCK_BYTES
        block = number.to_bytes(32, "big") + LARGE_BODY[32:BLOCK_BYTES]
        yield block[: size - start]


@lru_cache(maxsize=64)
def digest_of(size: int) -> str:
    """The SHA-256 of the body of `size` bytes, in hex."""
    digest = hashlib.sha256()
    for block in blocks(size):
        digest.update(block)
    return digest.hexdigest()


@contextmanager
def file_of(directory: Path, size: int) -> Generator[str]:
    """A file with the body of `size` bytes while the block lasts; yields its name."""
    path = directory / f"{size}.blocks"
    with path.open("wb") as file:
        file.writelines(blocks(size))
    try:
        yield path.name
    finally:
        path.unlink()
