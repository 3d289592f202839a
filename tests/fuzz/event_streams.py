"""Event streams: the same events however the bytes are divided, and those of a simple parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.errors import ResponseTooLarge
from hyperhttp._message.content.sse import EventReader, event_lines
from hyperhttp._message.content.transforms import Chain
from tests.fuzz.divisions import divided
from tests.message.content.test_transforms import through

if TYPE_CHECKING:
    from collections.abc import Sequence

    Read = tuple[list[tuple[str, str, str, float | None]], str, float | None]

SIZE_MAX: Final = 40
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_DELAY: Final = re.compile(r"[0-9]{1,19}")


def check(data: bytes) -> None:
    """Read the bytes as a whole stream, without and with a limit."""
    expected = reference(data.decode("utf-8", "replace").removeprefix("\ufeff"))
    assert read([data], None) == expected
    limited = read([data], SIZE_MAX)
    assert limited is None or limited == expected
    for pieces in divided(data):
        assert read(pieces, None) == expected
        assert read(pieces, SIZE_MAX) == limited


def read(pieces: Sequence[bytes], size_max: int | None) -> Read | None:
    """The events and the state at the end; None if a line or an event is too long."""
    reader = EventReader(size_max)
    try:
        events = through(Chain(event_lines(size_max), reader), pieces)
    except ResponseTooLarge:
        return None
    found = [(event.event, event.data, event.id, event.retry_s) for event in events]
    return found, reader.last_event_id, reader.retry_s


def reference(text: str) -> Read:
    """The events of the whole text, by the steps of the WHATWG's section 9.2.6."""
    events: list[tuple[str, str, str, float | None]] = []
    data, event, identifier, last = "", "", "", ""
    retry_s: float | None = None
    for line in _LINE_END.split(text)[:-1]:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line:
            last = identifier
            if data:
                events.append((event or "message", data[:-1], identifier, retry_s))
            data = event = ""
        elif name == "data":
            data += f"{value}\n"
        elif name == "event":
            event = value
        elif name == "id" and "\0" not in value:
            identifier = value
        elif name == "retry" and _DELAY.fullmatch(value):
            retry_s = int(value) / 1000
    return events, last, retry_s
