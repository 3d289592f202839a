"""HTTP/1.1 responses: the same events however the bytes are divided, and those that h11 reads.

STRICTER and LENIENT are all the differences from h11, each on purpose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import RemoteProtocolError
from hyperhttp._protocol.events import END_CLOSE, Broken, End
from hyperhttp._protocol.h1.codec import H1Codec
from tests.fuzz.divisions import divided
from tests.protocol.responses import Outcome, h11_outcome, outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._protocol.events import Event

# What we refuse and h11 doesn't, by the text of the error.
STRICTER: Final = (
    "Content-Length and Transfer-Encoding together",  # h11 takes the latter (RFC 9112 6.3)
    "extensions",  # h11 looks at few of the bytes in them
    "2^63",
    "more than",  # limits that h11 hasn't
    "version HTTP/",  # h11 takes any digits
    "control byte in the reason",
    "is not HTTP/1",  # refused before the status line is complete
    "NUL or CR",
)
# What h11 refuses and we don't: it isn't compared.
LENIENT: Final = re.compile(
    rb"\A\r\n|\n\r\n\r\nHTTP/1\."  # an empty line before a status line (RFC 9112 2.2)
    rb"|HTTP/1\.[2-9] "  # RFC 9110 2.5
    rb"|identity"  # RFC 9112 7: servers still send it
    rb"|[ \t][;\r\n]"  # blanks around chunk extensions
    rb"|[\x0b\x0c]",  # RFC 9110 5.5: control bytes in values
    re.IGNORECASE,
)
BODILESS: Final = (204, 304)


def check(data: bytes) -> None:
    """Read the bytes as the response to a GET, to a HEAD, and to a CONNECT."""
    for method in ("GET", "HEAD", "CONNECT"):
        events = read([data] if data else [], method)
        whole = outcome(events)
        for pieces in divided(data):
            assert outcome(read(pieces, method)) == whole
        fault = refusal(events)
        assert len(whole.body) <= len(data)
        if method == "GET" and whole.status_code not in BODILESS:
            compare(data, whole, fault)


def read(pieces: Sequence[bytes], method: str) -> list[Event]:
    """The events of these reads, and of the server's end after them."""
    codec = H1Codec(Limits())
    codec.begin(method)
    events: list[Event] = []
    for number, piece in enumerate(pieces, 1):
        events += codec.receive(piece)
        if events and isinstance(events[-1], Broken):
            return events
        if events and isinstance(events[-1], End):
            if number < len(pieces):
                events[-1] = END_CLOSE  # as if the rest had arrived in the same read
            return events
    return [*events, *codec.receive_eof()]


def refusal(events: Sequence[Event]) -> str:
    """The text of the error, which has nothing of a server that a terminal would obey."""
    if not events or not isinstance(events[-1], Broken):
        return ""
    error = events[-1].error
    assert isinstance(error, RemoteProtocolError)
    assert str(error).isprintable()
    return error.detail


def compare(data: bytes, ours: Outcome, fault: str) -> None:
    """Fail if h11 reads the bytes differently, but for the known differences."""
    reference = h11_outcome(data, eof=True)
    if fault:
        expected = reference.end == "broken" or any(text in fault for text in STRICTER)
        assert expected, f"h11 accepts what we refuse: {fault}"
    elif LENIENT.search(data) is None:
        assert ours == reference
