"""Which headers leave the connection open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._protocol.h1.reuse import keeps_connection

if TYPE_CHECKING:
    from hyperhttp._message.headers.response_head import HTTPVersion


@pytest.mark.parametrize(
    ("version", "block", "keeps"),
    [
        ("HTTP/1.1", b"Content-Length: 5\r\n", True),
        ("HTTP/1.1", b"Transfer-Encoding: chunked\r\nConnection: keep-alive\r\n", True),
        ("HTTP/1.1", b"Content-Length: 5\r\nConnection: closed\r\n", True),
        ("HTTP/1.1", b"Content-Length: 5\r\nConnection: x , Close\r\n", False),
        ("HTTP/1.1", b"Content-Length: 5\r\nConnection: x\r\nconnection: close\r\n", False),
        ("HTTP/1.1", b"A: b\r\n", False),
        ("HTTP/1.0", b"Content-Length: 5\r\n", False),
        ("HTTP/2", b"Content-Length: 5\r\n", False),
    ],
)
def test_what_keeps_a_connection(version: HTTPVersion, block: bytes, keeps: bool) -> None:
    assert keeps_connection(ResponseHead(200, "OK", version, block)) == keeps
