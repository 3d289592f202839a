"""The HTTP/1.1 codec of one connection: bytes in, events out.

It decides which bytes belong to which event and when a response is complete. `fast_parser` parses
ordinary responses, h11 (`h11_parser`) all others. It does no I/O and keeps no time.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from hyperhttp._protocol.events import (
    END_CLOSE,
    END_REUSABLE,
    Broken,
    Chunk,
    End,
    Event,
    Informational,
)
from hyperhttp._protocol.h1 import fast_parser
from hyperhttp._protocol.h1.h11_parser import H11Parser, broken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._base._generated.config import Limits

_BLANK_LINE: Final = re.compile(rb"\n\r?\n")
_STATUS_LINE_START: Final = b"HTTP/1."


class Reading(Enum):
    """What the next byte from the server belongs to."""

    NOTHING = "no request is waiting for an answer"
    HEAD = "the head"
    LENGTH = "a body of known length, in the lane"
    CHUNKS = "a chunked body, in the lane"
    H11 = "whatever h11 says"


class H1Codec:
    """Reads the responses of one HTTP/1.1 connection, one after the other.

    `begin(method)` before each request; then `receive` for each read and `receive_eof` at the end.
    """

    __slots__ = (
        "_buffer",
        "_h11_parser",
        "_head_bytes",
        "_informational",
        "_keep_alive",
        "_limits",
        "_method",
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
        self._head_bytes = b""
        self._h11_parser: H11Parser | None = None

    def begin(self, method: str, *, keep_alive: bool = True) -> None:
        """A request goes out; what comes from now on is its answer."""
        self._reading = Reading.HEAD
        self._method = method
        self._informational = 0
        self._keep_alive = keep_alive
        self._h11_parser = None

    def receive(self, data: bytes) -> Sequence[Event]:
        """The events that `data` completes. Broken, if it comes, is the last."""
        reading = self._reading
        if reading is Reading.LENGTH:
            return self._receive_length(data)
        if reading is Reading.HEAD:
            return self._receive_head(data)
        if reading is Reading.CHUNKS:
            return self._receive_chunks(data)
        if reading is Reading.H11:
            return self._receive_h11(data)
        return [broken("bytes that no request asked for")]

    @property
    def rest_bytes(self) -> int:
        """How much is still to come of a body of known length; 0 for any other."""
        return self._remaining if self._reading is Reading.LENGTH else 0

    def skip(self, size: int) -> None:
        """So many bytes of the body, and not the last ones, were received elsewhere."""
        assert 0 < size < self.rest_bytes, "only bytes of the body can be skipped"
        self._remaining -= size

    def receive_eof(self) -> Sequence[Event]:
        """The events of the server's end: End for a body that ends there, otherwise Broken."""
        reading, self._reading = self._reading, Reading.NOTHING
        self._keep_alive = False
        if reading is Reading.H11 and self._h11_parser is not None:
            return self._closing(self._h11_parser.receive_eof())
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
        ordinary = fast_parser.read_head(data, bodyless=self._method == "HEAD")
        if ordinary is None:
            return self._unusual_head(data)
        head, end, length = ordinary.head, ordinary.end, ordinary.length
        fault = self._head_fault(end, ordinary.lines)
        if fault is not None:
            return [fault]
        if not ordinary.keep_alive:
            self._keep_alive = False
        if length == fast_parser.CHUNKED:
            self._reading, self._remaining = Reading.CHUNKS, 0
            self._head_bytes = data[:end]
            rest = data[end:]
            return (head, *self._receive_chunks(rest)) if rest else (head,)
        self._remaining = length
        self._reading = Reading.LENGTH
        if length and len(data) == end:
            return (head,)
        return (head, *self._receive_length(data[end:]))

    def _receive_length(self, data: bytes) -> Sequence[Event]:
        remaining = self._remaining = self._remaining - len(data)
        if remaining > 0:
            return (Chunk(data),)
        end = self._end(unused=remaining < 0)
        if remaining < 0:
            data = data[:remaining]
        return (Chunk(data), end) if data else (end,)

    def _receive_chunks(self, data: bytes) -> Sequence[Event]:
        if self._buffer:
            data = bytes(self._buffer) + data
            self._buffer.clear()
        body, used, self._remaining, verdict = fast_parser.read_chunks(data, self._remaining)
        events: list[Event] = [Chunk(body)] if body else []
        match verdict:
            case fast_parser.ChunkVerdict.MORE:
                self._buffer += data[used:]
            case fast_parser.ChunkVerdict.ENDED:
                events.append(self._end(unused=used < len(data)))
            case fast_parser.ChunkVerdict.UNUSUAL:
                events.extend(self._hand_over_to_h11(data[used:]))
            case fast_parser.ChunkVerdict.MALFORMED:
                events.append(broken("the data of a chunk is not followed by CRLF"))
        return events

    def _hand_over_to_h11(self, data: bytes) -> Sequence[Event]:
        """The rest of a chunked body goes to h11, which is shown the head first."""
        parser = self._h11_parser = H11Parser(self._method, self._limits)
        self._reading = Reading.H11
        parser.receive(self._head_bytes)
        return self._receive_h11(data)

    def _receive_h11(self, data: bytes) -> Sequence[Event]:
        if self._h11_parser is None:
            return [broken("bytes that no request asked for")]
        return self._closing(self._h11_parser.receive(data)) if data else []

    def _closing(self, events: list[Event]) -> list[Event]:
        """The law's events; its End is joined with what our own request said about keep-alive."""
        if events and isinstance(events[-1], End):
            if not events[-1].reusable:
                self._keep_alive = False
            events[-1] = self._end(unused=False)
        return events

    def _unusual_head(self, data: bytes) -> Sequence[Event]:
        self._buffer += data
        self._searched = 0
        end = self._head_end()
        if end is None:
            return self._head_delayed()
        fault = self._head_fault(end, data.count(b"\n", 0, end))
        if fault is not None:
            return [fault]
        self._buffer.clear()
        parser = self._h11_parser = H11Parser(self._method, self._limits)
        events = parser.receive(data)
        if events and isinstance(events[-1], Informational):
            return self._after_informational(events[-1], parser.unused)
        self._reading = Reading.H11
        return self._closing(events)

    def _after_informational(self, event: Informational, rest: bytes) -> Sequence[Event]:
        """RFC 9110 15.2: any number of interim responses may come; ours is bounded."""
        self._h11_parser = None
        self._informational += 1
        limit = self._limits.max_informational
        if self._informational > limit:
            return [broken(f"more than {limit} interim responses")]
        return (event, *self._receive_head(rest)) if rest else (event,)

    def _head_end(self) -> int | None:
        """Where the buffered head ends; each byte is searched once."""
        match = _BLANK_LINE.search(self._buffer, max(0, self._searched - 3))
        self._searched = len(self._buffer)
        return match.end() if match else None

    def _head_delayed(self) -> Sequence[Event]:
        """More of the head must come, unless it can no longer become one."""
        begun = bytes(self._buffer[: len(_STATUS_LINE_START)])
        if not _STATUS_LINE_START.startswith(begun):
            return [broken(f"an answer that begins with {begun!r} is not HTTP/1")]
        fault = self._head_fault(len(self._buffer), self._buffer.count(b"\n"))
        return [] if fault is None else [fault]

    def _head_fault(self, size: int, lines: int) -> Broken | None:
        limits = self._limits
        if size > limits.max_head_bytes:
            return broken(f"a head of more than {limits.max_head_bytes} bytes")
        if lines > limits.max_head_fields + 2:
            return broken(f"more than {limits.max_head_fields} fields")
        return None

    def _end(self, *, unused: bool) -> End:
        self._reading = Reading.NOTHING
        return END_REUSABLE if self._keep_alive and not unused else END_CLOSE

    def _truncation(self, reading: Reading) -> str:
        match reading:
            case Reading.HEAD if not self._buffer:
                return "the connection was closed before a response began"
            case Reading.HEAD:
                return "the connection was closed within the head"
            case Reading.LENGTH:
                return f"the connection was closed with {self._remaining} bytes of the body missing"
            case _:
                return "the connection was closed before the last chunk"
