"""How events are shown, and what is computed from them."""

from __future__ import annotations

import pytest

import hyperhttp
from hyperhttp._base.event_support import decoded_bytes
from hyperhttp._message.headers.response_head import ResponseHead


def head(status_code: int = 200, block: bytes = b"") -> ResponseHead:
    return ResponseHead(status_code, "", "HTTP/1.1", block)


def test_an_event_shows_its_attributes_and_no_text_of_an_error() -> None:
    event = hyperhttp.AttemptFailed(1, 2, 0, "https://example.com", 1.0, 3.0, ValueError("secret"))
    shown = (
        "AttemptFailed(call_id=1, attempt=2, hop=0, origin='https://example.com', started=1.0, "
        "ended=3.0, error=ValueError)"
    )
    assert repr(event) == shown
    assert (event.time, event.duration_s) == (3.0, 2.0)


def test_events_can_be_matched_by_position_and_by_name() -> None:
    event: hyperhttp.Event = hyperhttp.BreakerChanged("https://example.com", 1.0, "closed", "open")
    match event:
        case hyperhttp.BreakerChanged(origin, _, before=before, after=after):
            assert (origin, before, after) == ("https://example.com", "closed", "open")
        case _:
            pytest.fail("it doesn't match")


def test_events_have_no_other_attributes() -> None:
    event = hyperhttp.BreakerChanged("https://example.com", 1.0, "closed", "open")
    with pytest.raises(AttributeError):
        event.other = 1  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(
    ("method", "status_code", "block", "size"),
    [
        ("GET", 200, b"Content-Length: 5\r\n", 5),
        ("HEAD", 200, b"Content-Length: 5\r\n", 0),
        ("GET", 204, b"", 0),
        ("GET", 304, b"Content-Length: 5\r\n", 0),
        ("GET", 200, b"", None),
        ("GET", 200, b"Content-Length: x\r\n", None),
        ("GET", 200, b"Content-Length: 5\r\nContent-Encoding: gzip\r\n", None),
        ("GET", 200, b"Transfer-Encoding: chunked\r\n", None),
    ],
)
def test_the_size_of_a_body_is_that_of_its_headers(
    method: str, status_code: int, block: bytes, size: int | None
) -> None:
    request = hyperhttp.Request(method, "https://example.com")
    assert decoded_bytes(request, head(status_code, block)) == size
