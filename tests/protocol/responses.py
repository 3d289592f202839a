"""Raw responses for the codec's tests, and ways to feed them: whole, in two, byte by byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import h11

from hyperhttp._base._generated.config import Limits
from hyperhttp._protocol.events import Broken, Chunk, End, Event, Head, Informational, Trailers
from hyperhttp._protocol.h1.codec import H1Codec


@dataclass
class Outcome:
    """What a reader is left with, however the bytes were cut."""

    status_code: int | None = None
    reason: str = ""
    fields: list[tuple[bytes, bytes]] | None = None
    informational: tuple[int, ...] = ()
    body: bytes = b""
    trailers: tuple[tuple[bytes, bytes], ...] = ()
    end: str = "open"
    """open, reusable, close or broken"""


def outcome(events: list[Event]) -> Outcome:
    """Fold events into what they say."""
    result = Outcome()
    for event in events:
        assert result.end == "open", f"{event} after the end"
        match event:
            case Informational():
                result.informational += (event.head.status_code,)
            case Head():
                result.status_code = event.status_code
                result.reason = event.reason_phrase
                # h11 gives this one value in lower case; we keep it as it came.
                result.fields = [
                    (name, value.lower() if name.lower() == b"transfer-encoding" else value)
                    for name, value in event.fields
                ]
            case Chunk():
                assert event.data, "an empty chunk says nothing"
                result.body += event.data
            case Trailers():
                result.trailers = tuple(event.fields)
            case End():
                result.end = "reusable" if event.reusable else "close"
            case Broken():
                result.end = "broken"
    return result


def feed(
    pieces: list[bytes], *, method: str = "GET", eof: bool = False, limits: Limits | None = None
) -> list[Event]:
    """The events of a fresh codec that is given these reads."""
    codec = H1Codec(limits or Limits())
    codec.begin(method)
    events: list[Event] = []
    for piece in pieces:
        if piece:
            events.extend(codec.receive(piece))
        if events and isinstance(events[-1], End | Broken):
            return events
    if eof:
        events.extend(codec.receive_eof())
    return events


def cuts(data: bytes) -> Iterator[list[bytes]]:
    """Whole, in two parts at each offset, and byte by byte."""
    yield [data]
    for at in range(1, len(data)):
        yield [data[:at], data[at:]]
    yield [data[at : at + 1] for at in range(len(data))]


def h11_outcome(data: bytes, *, method: str = "GET", eof: bool = False) -> Outcome:
    """What h11 alone makes of the same bytes."""
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=1 << 17)
    connection.send(h11.Request(method=method, target="/", headers=[("Host", "example.com")]))
    connection.send(h11.EndOfMessage())
    result = Outcome()
    try:
        connection.receive_data(data)
        if eof and result.end == "open":
            _drain(connection, result)
            if result.end == "open":
                connection.receive_data(b"")
                _drain(connection, result)
                result.end = result.end.replace("reusable", "close")
        _drain(connection, result)
    except h11.RemoteProtocolError:
        result.end = "broken"
    return result


def _drain(connection: h11.Connection, result: Outcome) -> None:
    while result.end == "open":
        event = connection.next_event()
        match event:
            case h11.InformationalResponse():
                result.informational += (event.status_code,)
            case h11.Response():
                result.status_code = event.status_code
                result.reason = event.reason.strip(b" \t").decode("latin-1")
                result.fields = event.headers.raw_items()
            case h11.Data():
                result.body += bytes(event.data)
            case h11.EndOfMessage():
                result.trailers = tuple(event.headers.raw_items())
                keeps = connection.their_state is h11.DONE
                clean = keeps and not connection.trailing_data[0]
                result.end = "reusable" if clean else "close"
            case h11.ConnectionClosed():
                result.end = "broken"
            case _:
                return
