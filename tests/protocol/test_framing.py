"""Content-Length and Transfer-Encoding against the body, and which bodies leave with the head."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.errors import LocalProtocolError
from hyperhttp._base.unset import UNSET
from hyperhttp._message.request.request import Request
from hyperhttp._protocol.framing import INLINE_BODY_BYTES, announced_length, inline_data
from hyperhttp._protocol.h1.request_writer import write_request
from hyperhttp._protocol.h2.request_writer import H2RequestWriter

if TYPE_CHECKING:
    from hyperhttp._message.request.raw_body import ContentInput


@pytest.mark.parametrize(
    ("headers", "content", "field"),
    [
        ({"Content-Length": "5"}, b"four", "Content-Length"),
        ({"Content-Length": "4x"}, b"four", "Content-Length"),
        ({"Content-Length": "-4"}, b"four", "Content-Length"),
        ({"Content-Length": "+4"}, b"four", "Content-Length"),
        ({"Content-Length": "4"}, None, "Content-Length"),
        ([("Content-Length", "4"), ("Content-Length", "4")], b"four", "Content-Length"),
        ({"Content-Length": "4", "Transfer-Encoding": "chunked"}, b"four", "Transfer-Encoding"),
        ({"Transfer-Encoding": "gzip"}, b"four", "Transfer-Encoding"),
        ({"Transfer-Encoding": "gzip, chunked"}, b"four", "Transfer-Encoding"),
        ({"Transfer-Encoding": "chunked"}, None, "Transfer-Encoding"),
        ({"proxy-authorization": "Basic x"}, None, "Proxy-Authorization"),
    ],
)
def test_framing_that_contradicts_the_body_is_refused_by_every_version(
    headers: dict[str, str], content: bytes | None, field: str
) -> None:
    request = Request(
        "POST",
        "http://example.com/",
        headers=headers,
        content=UNSET if content is None else content,
    )
    for write in (write_request, H2RequestWriter().write):
        with pytest.raises(LocalProtocolError) as caught:
            write(request)
        assert caught.value.field == field


def test_a_body_whose_framing_was_taken_away_is_refused_by_every_version() -> None:
    request = Request("POST", "http://example.com/", content=b"four")
    del request.headers["Content-Length"]
    for write in (write_request, H2RequestWriter().write):
        with pytest.raises(LocalProtocolError, match="needs Content-Length"):
            write(request)


@pytest.mark.parametrize(
    ("headers", "content", "length"),
    [
        ({"Transfer-Encoding": "chunked"}, b"four", None),
        ({"Transfer-Encoding": "Chunked"}, b"four", None),
        ({"Content-Length": "4"}, iter([b"four"]), 4),
        ({"Content-Length": "4"}, b"four", 4),
        ({}, b"four", 4),
        ({}, [b"fo", b"ur"], 4),
        ({}, iter([b"four"]), None),
        ({}, None, 0),
        ({"Content-Length": "0"}, None, 0),
    ],
    ids=[
        "chunked-bytes",
        "chunked-upper",
        "counted-pieces",
        "counted-bytes",
        "bytes",
        "list",
        "pieces",
        "none",
        "none-counted",
    ],
)
def test_framing_that_is_right_is_used(
    headers: dict[str, str], content: bytes | None, length: int | None
) -> None:
    given = UNSET if content is None else content
    request = Request("POST", "http://example.com/", headers=headers, content=given)
    assert announced_length(request) == length


def test_only_short_bytes_leave_with_the_head() -> None:
    short, long = b"x" * INLINE_BODY_BYTES, b"x" * (INLINE_BODY_BYTES + 1)
    assert inline_data(request_with(short), len(short)) == short
    assert inline_data(request_with(b""), 0) == b""
    assert inline_data(request_with(long), len(long)) is None
    assert inline_data(request_with(short), None) is None
    assert inline_data(request_with([b"x"]), 1) is None


def test_a_body_whose_progress_is_wanted_goes_by_itself() -> None:
    request = request_with(b"x")
    request.on_upload = print
    assert inline_data(request, 1) is None


def request_with(content: ContentInput) -> Request:
    return Request("POST", "http://example.com/", content=content)
