"""CONNECT: what is said, and what is made of each response, however it is cut into reads."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp import Limits, Proxy, ProxyError
from hyperhttp._protocol.proxy.connect import ConnectHandshake

PROXY = Proxy("http://ann:hunter2@127.0.0.1:3128", headers={"X-Team": "blue"})


def opening(proxy: Proxy = PROXY, limits: Limits | None = None) -> ConnectHandshake:
    return ConnectHandshake(proxy, "example.com", 443, limits or Limits())


def cuts(data: bytes) -> list[list[bytes]]:
    """The data whole, byte by byte, and cut in two at every offset."""
    halves = [[data[:at], data[at:]] for at in range(1, len(data))]
    return [[data], [data[at : at + 1] for at in range(len(data))], *halves]


def outcome(pieces: Sequence[bytes], limits: Limits | None = None) -> ProxyError | None:
    """The error that a response ends in; None when the tunnel stands."""
    conversation = opening(limits=limits)
    conversation.begin()
    try:
        for number, piece in enumerate(pieces):
            if conversation.receive(piece) is None:
                assert number == len(pieces) - 1, "the tunnel stood too early"
                return None
        conversation.receive_eof()
    except ProxyError as error:
        return error


def test_what_the_proxy_is_asked() -> None:
    assert opening().begin() == (
        b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nX-Team: blue\r\n"
        b"Proxy-Authorization: Basic YW5uOmh1bnRlcjI=\r\n\r\n"
    )
    bare = ConnectHandshake(Proxy("http://127.0.0.1"), "::1", 80, Limits())
    assert bare.begin() == b"CONNECT [::1]:80 HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 200 Connection established\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nProxy-Agent: x\r\n\r\n",
        b"HTTP/1.1 299\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ],
)
def test_every_2xx_opens_the_tunnel_whatever_it_says_of_a_body(reply: bytes) -> None:
    for pieces in cuts(reply):
        assert outcome(pieces) is None


REFUSALS = [
    (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", 403, ""),
    (b"HTTP/1.1 403 No\r\nX: y\r\nContent-Length: 7\r\n\r\nnot you", 403, "not you"),
    (b"HTTP/1.0 502 Bad\r\n\r\nno\r\n such  host", 502, "no such host"),
    (b"HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbusy\r\n0\r\n\r\n", 503, "busy"),
    (b"HTTP/1.1 302 Found\r\nLocation: http://x/\r\nContent-Length: 0\r\n\r\n", 302, ""),
    (b"HTTP/1.1 500 Oops\r\nContent-Length: 99\r\n\r\ncut sh", 500, "cut sh"),
    (b"HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\n\x00\xff\x1b\x02", 500, ""),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "status", "excerpt"), REFUSALS)
def test_a_refusal_is_told_with_status_and_excerpt(reply: bytes, status: int, excerpt: str) -> None:
    for pieces in cuts(reply):
        error = outcome(pieces)
        assert error is not None
        assert (error.status_code, error.excerpt) == (status, excerpt)
        assert (error.proxy, error.host, error.port) == (PROXY.url, "example.com", 443)
        assert f"the proxy responded with {status}" in str(error)


def test_the_excerpt_is_short_and_a_long_body_is_not_read_on() -> None:
    conversation = opening()
    conversation.begin()
    conversation.receive(b"HTTP/1.1 403 No\r\nContent-Type: text/plain\r\n\r\n")
    assert conversation.timeout_s == 1.0
    with pytest.raises(ProxyError) as caught:
        conversation.receive(b"word " * 10_000)
    assert caught.value.excerpt == "word " * 40


def test_as_long_as_nothing_is_refused_patience_has_no_end() -> None:
    conversation = opening()
    assert conversation.timeout_s is None
    conversation.begin()
    conversation.receive(b"HTTP/1.1 ")
    assert conversation.timeout_s is None


def test_407_says_whether_there_were_credentials() -> None:
    reply = b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n"
    for proxy, words in (
        (PROXY, "it does not accept the credentials (407 Who are you)"),
        (Proxy("http://127.0.0.1:1"), "it wants credentials (407 Who are you)"),
    ):
        with pytest.raises(ProxyError, match="407") as caught:
            opening(proxy).receive(reply)
        assert caught.value.detail == words
        assert caught.value.status_code == 407
        assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "garbage",
    [
        b"hello",
        b"\x05\x00",
        b"\x15\x03\x01\x00\x02\x02\x16",
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nbad field\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\n\r\n",
        b"<html>\r\n\r\n",
    ],
)
def test_what_is_not_http_is_an_error(garbage: bytes) -> None:
    for pieces in cuts(garbage):
        error = outcome(pieces)
        assert error is not None
        assert error.status_code is None
        assert error.detail.startswith("its response is not HTTP: ")


@pytest.mark.parametrize("reply", [b"", b"H", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nA: b"])
def test_a_response_that_is_cut_is_an_error(reply: bytes) -> None:
    error = outcome([reply] if reply else [])
    assert error is not None
    assert error.detail == "the proxy closed the connection before it responded"


def test_every_offset_of_a_response_that_is_cut_is_an_error() -> None:
    reply = b"HTTP/1.1 200 Connection established\r\nA: b\r\n\r\n"
    for end in range(len(reply)):
        assert outcome([reply[:end]] if end else []) is not None


def test_bytes_behind_the_response_are_an_error() -> None:
    error = outcome([b"HTTP/1.1 200 OK\r\n\r\nx"])
    assert error is not None
    assert "sent data through the tunnel before the client" in error.detail


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 200 OK\r\nA: " + b"x" * 3000,
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 300,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 40,
    ],
)
def test_a_head_without_end_is_ended(reply: bytes) -> None:
    error = outcome([reply], Limits(max_head_bytes=2048))
    assert error is not None
    assert "more than" in error.detail


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=6))
def test_no_response_is_anything_else_than_a_tunnel_or_a_proxy_error(pieces: list[bytes]) -> None:
    conversation = opening()
    conversation.begin()
    with pytest.raises(ProxyError):
        for piece in pieces:
            if conversation.receive(piece) is None:
                raise ProxyError(detail="no response of this size opens a tunnel by chance")
        conversation.receive_eof()
