"""The fast parser of HTTP/1.1: reads ordinary response headers, and chunks, by regular expressions.

It accepts a strict subset of what h11 accepts. It returns None for other headers, which the h11
parser then reads. Parsed headers are cached, because servers send the same ones again.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple, final

from hyperhttp._base._generated.bounds import (
    CHUNK_LINE_BYTES,
    CHUNK_LINE_BYTES_MAX,
    FRAMED_BYTES_MAX,
)
from hyperhttp._base.sensitive import ADDED_HEADERS
from hyperhttp._protocol.events import Head
from hyperhttp._protocol.repeat_cache import RepeatCache
from hyperhttp._protocol.uncacheable import UNCACHEABLE

CHUNKED: Final = -1
UNTIL_CLOSE: Final = -2
"""The length of a body that ends with the connection."""
CRLF_DUE: Final = -1

_HEAD: Final = re.compile(
    rb"HTTP/1\.1 ([2-5][0-9][0-9]) ([\x20-\x7e\x80-\xff\t]*+)\r\n"
    rb"((?:[!#$%&'*+\-.^_`|~0-9A-Za-z]++:[\x20-\x7e\x80-\xff\t]*+\r\n)*+)\r\n"
)
_FRAMING: Final = re.compile(rb"\r\n(content-length|transfer-encoding|connection):[ \t]*+([^\r]*+)")
_LENGTH: Final = re.compile(rb"[0-9]{1,18}")
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,8})\r\n")
_CONTROLS: Final = rb"\x00-\x08\x0a-\x1f\x7f"
# RFC 9112 7.1.1: a name isn't empty. What else names and values may contain matters to no one who
# ignores extensions, but for quotes and for bytes that other parsers take for the end of the line.
_EXTENSION: Final = (
    rb"[ \t]*+;[ \t]*+[^ \t;=\"%b][^;=\"%b]*+"
    rb"(?:=(?:\"(?:[^\"\\%b]|\\[^%b])*+\"|[^;\"%b])*+)?" % ((_CONTROLS,) * 5)
)
_CHUNK_LINE: Final = re.compile(rb"([0-9A-Fa-f]{1,20}+)(?:%b)*+[ \t]*+\r\n" % _EXTENSION)
_CHUNK_LINE_BEGUN: Final = re.compile(
    rb"(?:[0-9A-Fa-f]{1,20}+[ \t]*+(?:;[^%b]*+)?)?\r?" % _CONTROLS
)
_LINE_END: Final = re.compile(rb"\r?\n")


@final
class ParsedHead:
    """Parsed response headers, and the framing of the body."""

    __slots__ = ("end", "head", "keep_alive", "length", "lines")

    def __init__(self, head: Head, end: int, lines: int, length: int, keep_alive: bool) -> None:
        self.head = head
        self.end = end
        """The length of the headers in bytes."""
        self.lines = lines
        """The number of lines, including the status line and the empty one."""
        self.length = length
        """The length of the body, CHUNKED or UNTIL_CLOSE."""
        self.keep_alive = keep_alive


# Parsed headers by their bytes, for the whole process.
_CACHED_MAX: Final = 256
_CACHED_BYTES_MAX: Final = 2048
_cached: Final = RepeatCache[bytes, ParsedHead](_CACHED_MAX, _CACHED_MAX)
_UNCACHEABLE_LINE: Final = re.compile(
    rb"\n(?:%b):" % b"|".join(map(re.escape, sorted(UNCACHEABLE)))
)


def read_head(data: bytes, bodyless: bool) -> ParsedHead | None:
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
            _cached.offer(block, parsed)
    return parsed


def _is_cacheable(block: bytes) -> bool:
    """Return whether a block is short and contains no secret."""
    if len(block) > _CACHED_BYTES_MAX:
        return False
    lowered = block.lower()  # a pattern that ignores case takes twice as long
    if _UNCACHEABLE_LINE.search(lowered) is not None:
        return False
    return not any(b"\n%b:" % name in lowered for name in ADDED_HEADERS)


def _parse(block: bytes, *, bodyless: bool) -> ParsedHead | None:
    """Parse whole headers; None if they aren't ordinary."""
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
    head = Head(status_code, match[2].strip(b" \t").decode("latin-1"), "HTTP/1.1", match[3])
    return ParsedHead(head, len(block), block.count(b"\n"), length, keep_alive)


def _keep_alive(connection: bytes | None) -> bool | None:
    if connection is None or connection == b"keep-alive":
        return True
    return False if connection == b"close" else None


def _body_length(framing: dict[bytes, bytes], *, bodyless: bool) -> int | None:
    if bodyless:
        return 0
    length = framing.get(b"content-length")
    coding = framing.get(b"transfer-encoding")
    if coding is not None:
        return CHUNKED if coding == b"chunked" and length is None else None
    return int(length) if length is not None and _LENGTH.fullmatch(length) else None


class ChunkVerdict(Enum):
    """How to continue with the bytes from `used` on."""

    MORE = "more data is needed"
    ENDED = "the last chunk is complete, without trailers"
    TRAILERS = "trailers follow the last chunk"
    MALFORMED = "the data of a chunk is not followed by CRLF"
    BAD_LINE = "a chunk doesn't begin with its size, or has malformed extensions"
    TOO_LONG = "a chunk size of 2^63 or more"
    LONG_LINE = f"chunk extensions of more than {CHUNK_LINE_BYTES_MAX} bytes in one line"


class ParsedChunks(NamedTuple):
    """The data of chunks, and the position of the first unused byte."""

    data: bytes
    used: int
    remaining: int
    """Bytes missing of the last chunk; CRLF_DUE while only its CRLF is missing."""
    verdict: ChunkVerdict
    overhead: int
    """Bytes of chunk lines that are longer than CHUNK_LINE_BYTES allows."""


def read_chunks(data: bytes, remaining: int) -> ParsedChunks:
    """Parse chunks at the start of `data`; `remaining` is that of the last call, 0 at first."""
    parts: list[bytes] = []
    position = overhead = 0
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
        match = _CHUNK.match(data, position) or _CHUNK_LINE.match(data, position)
        if match is None:
            begun = _CHUNK_LINE_BEGUN.fullmatch(data, position)
            verdict = ChunkVerdict.BAD_LINE if begun is None else ChunkVerdict.MORE
        elif (size := int(match[1], 16)) > FRAMED_BYTES_MAX:
            verdict = ChunkVerdict.TOO_LONG
        elif match.end() - position > CHUNK_LINE_BYTES_MAX:
            verdict = ChunkVerdict.LONG_LINE
        elif size:
            overhead += max(0, match.end() - position + 2 - CHUNK_LINE_BYTES)
            position, remaining = match.end(), size
        else:
            position, verdict = _after_last_chunk(data, position, match.end())
    return ParsedChunks(b"".join(parts), position, remaining, verdict, overhead)


def _crlf_verdict(data: bytes, position: int) -> ChunkVerdict | None:
    """Return None if the CRLF after a chunk's data is at `position`."""
    if data.startswith(b"\r\n", position):
        return None
    return ChunkVerdict.MORE if data[position:] in (b"", b"\r") else ChunkVerdict.MALFORMED


def _after_last_chunk(data: bytes, start: int, end: int) -> tuple[int, ChunkVerdict]:
    """Return the first unused byte and what follows the last chunk, whose line ends at `end`."""
    line_end = _LINE_END.match(data, end)
    if line_end is not None:
        return line_end.end(), ChunkVerdict.ENDED
    if data[end:] in (b"", b"\r"):
        return start, ChunkVerdict.MORE
    return end, ChunkVerdict.TRAILERS
