"""Requests of httpx as our own: URLs, headers, bodies and time limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from hyperhttp import LocalProtocolError, Request, Timeout
from hyperhttp._message.headers.headers import encoded_headers
from hyperhttp._message.request._generated.options import options_of
from hyperhttp._message.request.body import AsyncBody, BytesBody, IterableBody
from hyperhttp.exceptions import InvalidURL
from hyperhttp.integrations._request import RequestReader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

URL = "http://example.com/"


def read(request: httpx.Request, *, is_async: bool = False) -> Request:
    """Read one request."""
    return RequestReader(httpx.ByteStream, is_async=is_async).read(request)


@pytest.mark.parametrize(
    ("url", "origin", "target"),
    [
        ("https://EXAMPLE.com", "https://example.com", "/"),
        ("http://example.com:80/a?", "http://example.com", "/a?"),
        ("http://example.com:8080/a?b=c#d", "http://example.com:8080", "/a?b=c"),
        ("http://user:pass@example.com/", "http://example.com", "/"),
        ("http://[::1]:1/", "http://[::1]:1", "/"),
        ("http://bücher.example.com/ü", "http://xn--bcher-kva.example.com", "/%C3%BC"),
        ("http://example.com/" + "a" * 3000, "http://example.com", "/" + "a" * 3000),
    ],
)
def test_the_url_is_the_same(url: str, origin: str, target: str) -> None:
    found = read(httpx.Request("GET", url)).url
    assert (found.origin, found.target, found.userinfo) == (origin, target, "")


@pytest.mark.parametrize("target", [b"/a b", b"/\r\nX: y", "/é".encode()])
def test_a_target_that_cannot_be_sent_is_refused(target: bytes) -> None:
    with pytest.raises(InvalidURL):
        read(httpx.Request("GET", URL, extensions={"target": target}))


def test_headers_keep_their_case_and_order_and_host_is_first() -> None:
    given = [("x-B", "1"), ("X-b", "2"), ("hOst", "example.com")]
    found = read(httpx.Request("GET", URL, headers=given)).headers.raw
    assert found == [(b"hOst", b"example.com"), (b"x-B", b"1"), (b"X-b", b"2")]


def test_a_missing_host_is_added() -> None:
    request = httpx.Request("GET", URL)
    del request.headers["host"]
    assert read(request).headers.raw == [(b"Host", b"example.com")]


def test_a_request_cannot_change_the_headers_of_the_next() -> None:
    reader = RequestReader(httpx.ByteStream, is_async=False)
    first = reader.read(httpx.Request("GET", URL))
    first.headers["x-trace"] = "1"
    second = reader.read(httpx.Request("GET", URL))
    assert second.headers.raw == [(b"Host", b"example.com")]
    assert encoded_headers(first.headers) != encoded_headers(second.headers)


def test_other_headers_are_read_anew() -> None:
    reader = RequestReader(httpx.ByteStream, is_async=False)
    values = [
        reader.read(httpx.Request("GET", URL, headers={"x": value})).headers["x"]
        for value in ("1", "2", "2", "1")
    ]
    assert values == ["1", "2", "2", "1"]


@pytest.mark.parametrize("headers", [{"a b": "c"}, {"a": "b\r\nc: d"}, {"a": "\0"}])
def test_headers_that_cannot_be_sent_are_refused(headers: dict[str, str]) -> None:
    with pytest.raises(LocalProtocolError):
        read(httpx.Request("GET", URL, headers=headers))


def test_bodies_are_bytes_or_streams() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"a"

    assert read(httpx.Request("POST", URL)).body is None
    assert read(httpx.Request("POST", URL, content=b"a")).body == BytesBody(b"a")
    chunked = {"Transfer-Encoding": "chunked"}
    assert read(httpx.Request("POST", URL, headers=chunked, content=b"")).body == BytesBody(b"")
    assert type(read(httpx.Request("POST", URL, content=iter([b"a"]))).body) is IterableBody
    streamed = httpx.Request("POST", URL, content=pieces())
    assert type(read(streamed, is_async=True).body) is AsyncBody
    files = httpx.Request("POST", URL, files={"a": b"b"})
    assert type(read(files, is_async=True).body) is AsyncBody


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        (httpx.Timeout(5.0, read=None).as_dict(), (5.0, None, 5.0, 5.0)),
        ({"read": 1.5}, (None, 1.5, None, None)),
        ({"connect": 0}, (1e-6, None, None, None)),
        ({}, (None, None, None, None)),
        (None, (None, None, None, None)),
    ],
)
def test_time_limits_are_those_of_the_request(
    extension: object, expected: tuple[float | None, ...]
) -> None:
    given = {} if extension is None else {"timeout": extension}
    found = options_of(read(httpx.Request("GET", URL, extensions=given))).timeout
    assert isinstance(found, Timeout)
    assert (found.connect, found.read, found.write, found.pool) == expected
    assert found.total is None
