"""The HTTP/1.1 codec of one connection: turns received bytes into events.

It decides which bytes belong to which event and when a response is complete. `fast_parser` parses
chunks and ordinary headers, h11 (`h11_parser`) all other headers. It does no I/O and keeps no time.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.bounds import CHUNK_LINE_BYTES, CHUNK_LINE_BYTES_MAX
from hyperhttp._protocol.events import (
    END_CLOSE,
    END_REUSABLE,
    Broken,
    Chunk,
    End,
    Event,
    Informational,
)
from hyperhttp._protocol.h1 import fast_parser, h11_parser
from hyperhttp._protocol.h1.fast_parser import ParsedHead
from hyperhttp._protocol.h1.h11_parser import broken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._base._generated.config import Limits

_BLANK_LINE: Final = re.compile(rb"\n\r?\n")
_STATUS_LINE_START: Final = b"HTTP/1."


class Reading(Enum):
    """The part of the message that the next received byte belongs to."""

    NOTHING = "no response is expected"
    HEAD = "status line and headers"
    LENGTH = "a body of known length"
    CHUNKS = "a chunked body"
    TRAILERS = "what follows a chunked body"
    REST = "a body that ends with the connection"


class H1Codec:
    """Reads the responses of one HTTP/1.1 connection, one after the other.

    Call `begin` before each request, `receive` for each read, and `receive_eof` at the end.
    """

    __slots__ = (
        "_buffer",
        "_has_skipped_line",
        "_informational",
        "_keep_alive",
        "_limits",
        "_method",
        "_overhead",
        "_reading",
        "_remaining",
        "_searched",
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._reading = Reading.NOTHING
        self._method = ""
        self._buffer = bytearray()
        self._searched = 0
        self._informational = 0
        self._remaining = 0
        self._keep_alive = True
        self._has_skipped_line = False
        self._overhead = 0

    def begin(self, method: str, keep_alive: bool = True) -> None:
        """Expect the response to a request with this method."""
        self._reading = Reading.HEAD
        self._method = method
        self._informational = 0
        self._keep_alive = keep_alive
        self._has_skipped_line = False

    def receive(self, data: bytes) -> Sequence[Event]:
        """Return the events that `data` completes; none follows a Broken."""
        reading = self._reading
        if reading is Reading.LENGTH:
            return self._receive_length(data)
        if reading is Reading.HEAD:
            return self._receive_head(data)
        if reading is Reading.CHUNKS:
            return self._receive_chunks(data)
        if reading is Reading.TRAILERS:
            return self._receive_trailers(data)
        if reading is Reading.REST:
            return (Chunk(data),)
        return [broken("bytes that no request asked for")]

    @property
    def rest_bytes(self) -> int:
        """How many bytes of a body of known length are missing; 0 for other bodies."""
        return self._remaining if self._reading is Reading.LENGTH else 0

    def skip(self, size: int) -> None:
        """Note that `size` bytes of the body, but not its last ones, were received elsewhere."""
        assert 0 < size < self.rest_bytes, "only bytes of the body can be skipped"
        self._remaining -= size

    def receive_eof(self) -> Sequence[Event]:
        """Return the events of the server's end: End for a body that ends there, or Broken."""
        reading, self._reading = self._reading, Reading.NOTHING
        self._keep_alive = False
        if reading is Reading.REST:
            return [END_CLOSE]
        if reading is Reading.NOTHING:
            return []
        return [broken(self._truncation(reading))]

    def _receive_head(self, data: bytes) -> Sequence[Event]:
        if self._buffer:
            self._buffer += data
            end = self._head_end()
            if end is None:
                return self._head_delayed()
            data = bytes(self._buffer)
            self._buffer.clear()
        # A tunnel begins after a successful response to CONNECT, which h11's parser looks at.
        parsed = (
            fast_parser.read_head(data, self._method == "HEAD")
            if self._method != "CONNECT"
            else None
        )
        if parsed is None:
            unusual = self._unusual_head(data)
            if not isinstance(unusual, ParsedHead):
                return unusual
            parsed = unusual
        head, end, length = parsed.head, parsed.end, parsed.length
        fault = self._head_fault(end, parsed.lines)
        if fault is not None:
            return [fault]
        if not parsed.keep_alive:
            self._keep_alive = False
        if length == fast_parser.CHUNKED:
            self._reading, self._remaining, self._overhead = Reading.CHUNKS, 0, 0
            rest = data[end:]
            return (head, *self._receive_chunks(rest)) if rest else (head,)
        if length == fast_parser.UNTIL_CLOSE:
            self._reading = Reading.REST
            return (head, Chunk(data[end:])) if len(data) > end else (head,)
        self._remaining = length
        self._reading = Reading.LENGTH
        if length and len(data) == end:
            return (head,)
        return (head, *self._receive_length(data[end:]))

    def _receive_length(self, data: bytes) -> Sequence[Event]:
        remaining = self._remaining = self._remaining - len(data)
        if remaining > 0:
            return (Chunk(data),)
        end = self._end(remaining < 0)
        if remaining < 0:
            data = data[:remaining]
        return (Chunk(data), end) if data else (end,)

    def _receive_chunks(self, data: bytes) -> Sequence[Event]:
        if self._buffer:
            if b"\n" not in data and len(self._buffer) > CHUNK_LINE_BYTES:
                # Parsed when the line is complete, so that each byte is looked at once.
                self._buffer += data
                return self._chunk_fault()
            data = bytes(self._buffer) + data
            self._buffer.clear()
        body, used, self._remaining, verdict, overhead = fast_parser.read_chunks(
            data, self._remaining
        )
        events: list[Event] = [Chunk(body)] if body else []
        if verdict is fast_parser.ChunkVerdict.MORE:
            self._buffer += data[used:]
        if overhead or len(self._buffer) > CHUNK_LINE_BYTES:
            self._overhead += overhead
            if fault := self._chunk_fault():
                return (*events, *fault)
        match verdict:
            case fast_parser.ChunkVerdict.MORE:
                pass
            case fast_parser.ChunkVerdict.ENDED:
                events.append(self._end(used < len(data)))
            case fast_parser.ChunkVerdict.TRAILERS:
                self._reading, self._searched = Reading.TRAILERS, 0
                events.extend(self._receive_trailers(data[used:]))
            case _:
                events.append(broken(verdict.value))
        return events

    def _chunk_fault(self) -> Sequence[Event]:
        """Return Broken if chunk lines and their extensions exceed their limits."""
        if len(self._buffer) > CHUNK_LINE_BYTES_MAX:
            return (broken(fast_parser.ChunkVerdict.LONG_LINE.value),)
        limit = self._limits.max_chunk_overhead_bytes
        if self._overhead + len(self._buffer) <= limit:
            return ()
        return (broken(f"chunk extensions of more than {limit} bytes"),)

    def _receive_trailers(self, data: bytes) -> Sequence[Event]:
        self._buffer += data
        limits = self._limits
        end = self._head_end()
        size = len(self._buffer) if end is None else end
        if size > limits.max_trailer_bytes + 2:
            return (broken(f"trailers of more than {limits.max_trailer_bytes} bytes"),)
        if self._buffer.count(b"\n", 0, size) > limits.max_trailer_fields + 1:
            return (broken(f"more than {limits.max_trailer_fields} fields"),)
        if end is None:
            return ()
        trailers = h11_parser.read_trailers(bytes(self._buffer[:end]), limits)
        is_last = end == len(self._buffer)
        self._buffer.clear()
        if isinstance(trailers, Broken):
            return (trailers,)
        return (trailers, self._end(not is_last))

    def _unusual_head(self, data: bytes) -> ParsedHead | Sequence[Event]:
        """Parse headers with h11, once they are complete."""
        if data.startswith(b"\r\n") and not self._has_skipped_line:
            return self._skip_line(data)
        self._buffer += data
        self._searched = 0
        end = self._head_end()
        if end is None:
            return self._head_delayed()
        fault = self._head_fault(end, data.count(b"\n", 0, end))
        if fault is not None:
            return [fault]
        self._buffer.clear()
        parsed = h11_parser.read_head(data[:end], self._method, self._limits)
        if isinstance(parsed, Broken):
            return [parsed]
        if parsed.head.status_code < 200:
            return self._after_informational(Informational(parsed.head), data[end:])
        if self._method == "CONNECT" and parsed.head.status_code < 300:
            self._keep_alive = False
        return parsed

    def _skip_line(self, data: bytes) -> Sequence[Event]:
        """Ignore an empty line before the status line, as RFC 9112 2.2 advises servers to."""
        self._has_skipped_line = True
        return self._receive_head(data[2:])

    def _after_informational(self, event: Informational, rest: bytes) -> Sequence[Event]:
        """Accept an informational response; their number is limited (RFC 9110 15.2)."""
        self._has_skipped_line = False
        self._informational += 1
        limit = self._limits.max_informational
        if self._informational > limit:
            return [broken(f"more than {limit} informational responses")]
        return (event, *self._receive_head(rest)) if rest else (event,)

    def _head_end(self) -> int | None:
        """Return where the buffered headers end; each byte is searched once."""
        match = _BLANK_LINE.search(self._buffer, max(0, self._searched - 3))
        self._searched = len(self._buffer)
        return match.end() if match else None

    def _head_delayed(self) -> Sequence[Event]:
        """Wait for the rest of the headers, unless they can't be valid any more."""
        begun = bytes(self._buffer[: len(_STATUS_LINE_START)])
        if begun == b"\r" and not self._has_skipped_line:
            return []
        if begun.startswith(b"\r\n") and not self._has_skipped_line:
            data = bytes(self._buffer)
            self._buffer.clear()
            return self._skip_line(data)
        if not _STATUS_LINE_START.startswith(begun):
            return [broken(f"a response that begins with {begun!r} is not HTTP/1")]
        fault = self._head_fault(len(self._buffer), self._buffer.count(b"\n"))
        return [] if fault is None else [fault]

    def _head_fault(self, size: int, lines: int) -> Broken | None:
        limits = self._limits
        if size > limits.max_head_bytes:
            return broken(f"response headers of more than {limits.max_head_bytes} bytes")
        if lines > limits.max_head_fields + 2:
            return broken(f"more than {limits.max_head_fields} fields")
        return None

    def _end(self, unused: bool) -> End:
        self._reading = Reading.NOTHING
        return END_REUSABLE if self._keep_alive and not unused else END_CLOSE

    def _truncation(self, reading: Reading) -> str:
        match reading:
            case Reading.HEAD if not self._buffer:
                return "the connection was closed before a response began"
            case Reading.HEAD:
                return "the connection was closed within the response headers"
            case Reading.LENGTH:
                return f"the connection was closed with {self._remaining} bytes of the body missing"
            case _:
                return "the connection was closed before the last chunk"
