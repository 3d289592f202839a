"""SOCKS5 by the bytes of RFC 1928 and 1929, in every cut; what a proxy may refuse, and garbage."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp import Proxy, ProxyError
from hyperhttp._protocol.proxy.socks5 import REPLIES, Socks5Handshake

BARE = Proxy("socks5h://127.0.0.1:1080")
KNOWN = Proxy("socks5h://ann:hunter2@127.0.0.1:1080")
BOUND = b"\x7f\x00\x00\x01\x04\x38"
GRANTED = b"\x05\x00\x00\x01" + BOUND
NAMED = b"\x05\x01\x00\x03\x0bexample.com\x01\xbb"


def talk(
    replies: list[bytes], proxy: Proxy = BARE, host: str = "example.com", step: int | None = None
) -> list[bytes]:
    """The bytes for the proxy, when its responses are these, in pieces of `step` bytes."""
    opening = Socks5Handshake(proxy, host, 443)
    told = [opening.begin()]
    for response in replies:
        size = step or len(response) or 1
        said = b""
        for start in range(0, len(response), size):
            assert said == b"", "it spoke before the response was whole"
            reply = opening.receive(response[start : start + size])
            if reply is None:
                assert response == replies[-1], "the tunnel stood too early"
                return told
            said = reply
        told.append(said)
    return opening.receive_eof()


def fault(replies: list[bytes], proxy: Proxy = BARE) -> str:
    with pytest.raises(ProxyError) as caught:
        talk(replies, proxy)
    assert (caught.value.proxy, caught.value.status_code) == (proxy.url, None)
    assert "hunter2" not in str(caught.value)
    return caught.value.detail


@pytest.mark.parametrize("step", [None, 1, 2, 3])
def test_a_tunnel_without_credentials(step: int | None) -> None:
    assert talk([b"\x05\x00", GRANTED], step=step) == [b"\x05\x01\x00", NAMED]


@pytest.mark.parametrize("step", [None, 1, 2, 3])
def test_a_tunnel_with_credentials(step: int | None) -> None:
    told = talk([b"\x05\x02", b"\x01\x00", GRANTED], KNOWN, step=step)
    assert told == [b"\x05\x02\x00\x02", b"\x01\x03ann\x07hunter2", NAMED]


def test_credentials_are_kept_from_a_proxy_that_wants_none() -> None:
    assert talk([b"\x05\x00", GRANTED], KNOWN) == [b"\x05\x02\x00\x02", NAMED]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", b"\x01\x7f\x00\x00\x01"),
        ("::1", b"\x04" + bytes(15) + b"\x01"),
        ("a.test", b"\x03\x06a.test"),
    ],
)
def test_how_the_server_is_named(host: str, address: bytes) -> None:
    told = talk([b"\x05\x00", GRANTED], host=host)
    assert told[1] == b"\x05\x01\x00" + address + b"\x01\xbb"


@pytest.mark.parametrize("bound", [b"\x01" + bytes(6), b"\x04" + bytes(18), b"\x03\x02ab\x00\x00",
                                   b"\x03\x00\x00\x00"])  # fmt: skip
@pytest.mark.parametrize("step", [None, 1])
def test_where_the_proxy_itself_is_does_not_matter(bound: bytes, step: int | None) -> None:
    assert talk([b"\x05\x00", b"\x05\x00\x00" + bound], step=step)[1] == NAMED


@pytest.mark.parametrize("reply", [*REPLIES, 9, 255])
def test_a_refusal_is_told_in_words(reply: int) -> None:
    words = REPLIES.get(reply, f"the proxy responded with the unknown code {reply}")
    assert fault([b"\x05\x00", bytes([5, reply, 0, 1]) + BOUND]) == words


def test_refused_credentials() -> None:
    assert fault([b"\x05\x02", b"\x01\x01"], KNOWN) == "it does not accept the credentials"
    assert fault([b"\x05\xff"]) == "it wants credentials"
    assert fault([b"\x05\xff"], KNOWN) == "it accepts neither user and password nor none"


@pytest.mark.parametrize(
    ("replies", "words"),
    [
        ([b"\x04\x5a"], "does not use SOCKS5"),
        ([b"HTTP/1.1 400 Bad"], "does not use SOCKS5"),
        ([b"\x05\x02"], "way of authentication 2, which was not offered"),
        ([b"\x05\x01"], "way of authentication 1, which was not offered"),
        ([b"\x05\x00\x05"], "sent data before the request"),
        ([b"\x05\x00", b"\x05\x00\x00\x02" + BOUND], "unknown type 2"),
        ([b"\x05\x00", GRANTED + b"x"], "sent data through the tunnel before the client"),
        ([b"\x05\x00", b"\x04\x00\x00\x01" + BOUND], "unknown code 0"),
    ],
)
def test_garbage_is_an_error(replies: list[bytes], words: str) -> None:
    assert words in fault(replies)


def test_a_proxy_that_closes_at_any_offset_is_an_error() -> None:
    whole = [b"\x05\x02", b"\x01\x00", GRANTED]
    for number, response in enumerate(whole):
        for end in range(len(response)):
            cut = [*whole[:number], response[:end]] if end else whole[:number]
            assert "closed the connection" in fault(cut, KNOWN)


def test_a_name_that_is_too_long_is_refused_before_a_byte_is_sent() -> None:
    with pytest.raises(ProxyError, match="at most 255 bytes"):
        Socks5Handshake(BARE, "a" * 256, 443).begin()


def test_patience_is_up_to_the_dial() -> None:
    assert Socks5Handshake(BARE, "a", 1).timeout_s is None


@given(st.lists(st.binary(min_size=1, max_size=12), max_size=6))
def test_no_response_is_anything_else_than_a_tunnel_or_a_proxy_error(replies: list[bytes]) -> None:
    opening = Socks5Handshake(KNOWN, "example.com", 443)
    opening.begin()
    with suppress(ProxyError):
        for response in replies:
            if opening.receive(response) is None:
                return
        opening.receive_eof()
