"""h11, the law of HTTP/1.1, behind our own events: whatever the fast lane does not take comes here.

One `H11Parser` judges one response, from its first byte. It adds what h11 leaves open and RFC 9112
does not: Content-Length beside Transfer-Encoding, control bytes in fields, and bounds on what
surrounds the body. It knows neither sockets nor time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

import h11

from hyperhttp._base._generated.bounds import CHUNK_LINE_BYTES, LINE_EXCERPT_CHARS_MAX
from hyperhttp._base._generated.errors import RemoteProtocolError
from hyperhttp._protocol.events import (
    END_CLOSE,
    END_REUSABLE,
    Broken,
    Chunk,
    Event,
    Head,
    Informational,
    Trailers,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._base._generated.config import Limits
    from hyperhttp._message.headers.response_head import HTTPVersion

# h11 lets every control byte but NUL and white space pass; RFC 9110 5.5 makes them invalid.
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


class H11Parser:
    """Reads one response by h11; `method` is that of the request it answers."""

    __slots__ = ("_chunks", "_data_bytes", "_fed_bytes", "_h11", "_limits")

    def __init__(self, method: str, limits: Limits) -> None:
        self._limits = limits
        self._h11 = h11.Connection(
            h11.CLIENT, max_incomplete_event_size=max(limits.max_head_bytes, 1 << 16)
        )
        self._h11.send(h11.Request(method=method, target="/", headers=[("Host", "example.com")]))
        self._h11.send(h11.EndOfMessage())
        self._fed_bytes = 0
        self._data_bytes = 0
        self._chunks = 0

    def receive(self, data: bytes) -> list[Event]:
        """The events that `data` (not empty) completes; Broken is the last one there is."""
        self._fed_bytes += len(data)
        return self._events(data)

    def receive_eof(self) -> list[Event]:
        """The events of the peer's end: End for a body that ends there, otherwise Broken."""
        return self._events(b"")

    @property
    def unused(self) -> bytes:
        """Bytes after the interim response, or after the end."""
        return self._h11.trailing_data[0]

    def _events(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        try:
            self._h11.receive_data(data)
            while (event := self._h11.next_event()) is not h11.NEED_DATA:
                # h11 types its sentinels so that no checker can narrow them away.
                translated = self._translate(cast("h11.Event", event))
                events.extend(translated)
                if not translated or not isinstance(translated[-1], Head | Chunk):
                    return events
        except h11.RemoteProtocolError as error:
            events.append(broken(_in_words(error), cause=error))
            return events
        return events + self._overrun()

    def _translate(self, event: h11.Event) -> list[Event]:
        match event:
            case h11.Data():
                self._data_bytes += len(event.data)
                # Not chunk_start: h11 forgets it when the line and its data come in separate reads.
                self._chunks += event.chunk_end
                return [Chunk(bytes(event.data))]
            case h11.InformationalResponse() | h11.Response():
                return self._head(event)
            case h11.EndOfMessage():
                return self._end(event)
            case h11.ConnectionClosed():
                return [broken("the connection was closed before a response began")]
            case _:
                return [broken(f"{type(event).__name__} is no part of a response")]

    def _head(self, event: h11.InformationalResponse | h11.Response) -> list[Event]:
        fields = event.headers.raw_items()
        fault = _field_fault(fields, self._limits.max_head_fields)
        if fault is None and _CONTROL.search(event.reason):
            fault = "a control byte in the reason phrase"
        names = {name.lower() for name, _ in fields}
        if fault is None and {b"content-length", b"transfer-encoding"} <= names:
            # RFC 9112 6.3: such a message may be an attempt at response splitting.
            fault = "Content-Length and Transfer-Encoding together"
        if fault is not None:
            return [broken(fault)]
        head = Head(
            event.status_code,
            event.reason.strip(b" \t").decode("latin-1"),
            cast("HTTPVersion", "HTTP/" + event.http_version.decode("ascii")),
            b"".join([b"%s: %s\r\n" % field for field in fields]),
        )
        if head.http_version not in ("HTTP/1.0", "HTTP/1.1"):
            return [broken(f"version {head.http_version} in an HTTP/1 response")]
        return [Informational(head)] if event.status_code < 200 else [head]

    def _end(self, event: h11.EndOfMessage) -> list[Event]:
        reusable = self._h11.their_state is h11.DONE and not self.unused
        end = END_REUSABLE if reusable else END_CLOSE
        overrun = self._overrun()
        fields = event.headers.raw_items()
        if overrun or not fields:
            return overrun or [end]
        limits = self._limits
        fault = _field_fault(fields, limits.max_trailer_fields)
        if sum(len(name) + len(value) + 4 for name, value in fields) > limits.max_trailer_bytes:
            fault = f"trailers of more than {limits.max_trailer_bytes} bytes"
        return [Trailers(fields), end] if fault is None else [broken(fault)]

    def _overrun(self) -> list[Event]:
        """Broken when chunk lines and extensions have grown past their bound."""
        overhead = self._fed_bytes - self._data_bytes - self._chunks * CHUNK_LINE_BYTES
        limit = self._limits.max_chunk_overhead_bytes + self._limits.max_head_bytes
        if overhead - len(self.unused) <= limit:
            return []
        return [broken(f"chunk extensions of more than {limit} bytes")]


def _in_words(error: h11.RemoteProtocolError) -> str:
    """What h11 says, without its own types, nor what a field says, which may be a secret."""
    what, _, line = str(error).partition(": bytearray(")
    shown = line.removesuffix(")")
    if not shown or what == "illegal header line":
        return what
    return f"{what} {shown[:LINE_EXCERPT_CHARS_MAX]}"


def broken(detail: str, *, cause: BaseException | None = None) -> Broken:
    """The event for a peer that does not keep to HTTP/1.1."""
    error = RemoteProtocolError(detail=detail)
    error.__cause__ = cause
    return Broken(error)


def _field_fault(fields: Sequence[tuple[bytes, bytes]], fields_max: int) -> str | None:
    if len(fields) > fields_max:
        return f"more than {fields_max} fields"
    for name, value in fields:
        if _CONTROL.search(value):
            return f"a control byte in the field {name.decode('latin-1')!r}"
    return None
