"""The fast lane of HTTP/1.1: ordinary response heads and plain chunks, by anchored patterns.

It accepts a strict subset of what h11 accepts and answers None for everything else, which then goes
to h11 byte for byte (`h11_parser`). It keeps no state of a connection (the codec does), but caches
what it parsed last: the headers of one server's responses are often the same.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple, final

from hyperhttp._protocol.events import Head
from hyperhttp._protocol.uncacheable import UNCACHEABLE

CHUNKED: Final = -1
CRLF_DUE: Final = -1

_HEAD: Final = re.compile(
    rb"HTTP/1\.1 ([2-5][0-9][0-9]) ([\x20-\x7e\x80-\xff\t]*+)\r\n"
    rb"((?:[!#$%&'*+\-.^_`|~0-9A-Za-z]++:[\x20-\x7e\x80-\xff\t]*+\r\n)*+)\r\n"
)
_FRAMING: Final = re.compile(rb"\r\n(content-length|transfer-encoding|connection):[ \t]*+([^\r]*+)")
_LENGTH: Final = re.compile(rb"[0-9]{1,18}")
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,8})\r\n")
_CHUNK_BEGUN: Final = re.compile(rb"[0-9A-Fa-f]{0,8}\r?")


@final
class ParsedHead:
    """An ordinary head: where it ends, and how its body is framed."""

    __slots__ = ("end", "head", "keep_alive", "length", "lines")

    def __init__(self, head: Head, end: int, lines: int, length: int, keep_alive: bool) -> None:
        self.head = head
        self.end = end
        """How many bytes it has."""
        self.lines = lines
        """How many lines, with the first one and the empty one."""
        self.length = length
        """Bytes of body, or CHUNKED."""
        self.keep_alive = keep_alive


# Parsed response headers by their bytes, for the whole process: at most 512 KiB, emptied when full.
_CACHED_MAX: Final = 256
_CACHED_BYTES_MAX: Final = 2048
_cached: dict[bytes, ParsedHead] = {}
_UNCACHEABLE_LINE: Final = re.compile(
    rb"\n(?:%b):" % b"|".join(map(re.escape, sorted(UNCACHEABLE))), re.IGNORECASE
)


def read_head(data: bytes, *, bodyless: bool) -> ParsedHead | None:
    """Return the parsed headers at the start of `data`, or None where h11 has to parse them.

    Args:
        data: Everything received since the last response.
        bodyless: Whether the request was a HEAD.
    """
    end = data.find(b"\r\n\r\n") + 4
    block = data[:end]
    if bodyless:
        return _parse(block, bodyless=True)
    parsed = _cached.get(block)
    if parsed is None:
        parsed = _parse(block, bodyless=False)
        if parsed is not None and _is_cacheable(block):
            if len(_cached) >= _CACHED_MAX:
                _cached.clear()
            _cached[block] = parsed
    return parsed


def _is_cacheable(block: bytes) -> bool:
    """Return whether a block is short and contains no secret."""
    return len(block) <= _CACHED_BYTES_MAX and _UNCACHEABLE_LINE.search(block) is None


def _parse(block: bytes, *, bodyless: bool) -> ParsedHead | None:
    """What the patterns say of a whole head."""
    match = _HEAD.fullmatch(block)
    if match is None:
        return None
    framing: dict[bytes, bytes] = {}
    for name, value in _FRAMING.findall(block.lower()):
        if name in framing:
            return None
        framing[name] = value.rstrip(b" \t")
    status_code = int(match[1])
    bodyless = bodyless or status_code in {204, 304}
    keep_alive = _keep_alive(framing.get(b"connection"))
    length = _body_length(framing, bodyless=bodyless)
    if keep_alive is None or length is None:
        return None
    if bodyless:
        length = 0
    head = Head(status_code, match[2].strip(b" \t").decode("latin-1"), "HTTP/1.1", match[3])
    return ParsedHead(head, len(block), block.count(b"\n"), length, keep_alive)


def _keep_alive(connection: bytes | None) -> bool | None:
    if connection is None or connection == b"keep-alive":
        return True
    return False if connection == b"close" else None


def _body_length(framing: dict[bytes, bytes], *, bodyless: bool) -> int | None:
    length = framing.get(b"content-length")
    coding = framing.get(b"transfer-encoding")
    if coding is not None:
        return CHUNKED if coding == b"chunked" and length is None else None
    if length is None:
        return 0 if bodyless else None
    return int(length) if _LENGTH.fullmatch(length) else None


class ChunkVerdict(Enum):
    """What the lane makes of the bytes from `used` on."""

    MORE = "all is ordinary so far, and more must come"
    ENDED = "the last chunk is complete, without trailers"
    UNUSUAL = "at a chunk boundary stands something for h11 to judge"
    MALFORMED = "the data of a chunk is not followed by CRLF"


class ParsedChunks(NamedTuple):
    """What plain chunks gave, and where the first byte stands that was not used."""

    data: bytes
    used: int
    remaining: int
    """Bytes still missing of the chunk that `data` ends in; CRLF_DUE while only its CRLF is."""
    verdict: ChunkVerdict


def read_chunks(data: bytes, remaining: int) -> ParsedChunks:
    """Plain chunks from the start of `data`; `remaining` as the last call gave it (0 at first)."""
    parts: list[bytes] = []
    position = 0
    verdict: ChunkVerdict | None = None
    while verdict is None:
        if remaining > 0:
            parts.append(data[position : position + remaining])
            position += len(parts[-1])
            remaining -= len(parts[-1])
            if remaining > 0:
                verdict = ChunkVerdict.MORE
                break
            remaining = CRLF_DUE
        if remaining == CRLF_DUE:
            verdict = _crlf_verdict(data, position)
            if verdict is not None:
                break
            position, remaining = position + 2, 0
        match = _CHUNK.match(data, position)
        if match is None:
            verdict = _begun(_CHUNK_BEGUN.fullmatch(data, position) is not None)
        elif remaining := int(match[1], 16):
            position = match.end()
        else:
            verdict = _last_chunk_verdict(data, match.end())
            if verdict is ChunkVerdict.ENDED:
                position = match.end() + 2
    return ParsedChunks(b"".join(parts), position, remaining, verdict)


def _begun(ordinary: bool) -> ChunkVerdict:
    return ChunkVerdict.MORE if ordinary else ChunkVerdict.UNUSUAL


def _crlf_verdict(data: bytes, position: int) -> ChunkVerdict | None:
    """None when the CRLF after a chunk's data stands at `position`."""
    if data.startswith(b"\r\n", position):
        return None
    return ChunkVerdict.MORE if data[position:] in (b"", b"\r") else ChunkVerdict.MALFORMED


def _last_chunk_verdict(data: bytes, end: int) -> ChunkVerdict:
    """`0 CRLF` ended at `end`; without trailers a bare CRLF follows."""
    if data.startswith(b"\r\n", end):
        return ChunkVerdict.ENDED
    return _begun(data[end:] in (b"", b"\r"))
