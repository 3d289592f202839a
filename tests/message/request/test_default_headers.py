from __future__ import annotations

from hyperhttp import Headers
from hyperhttp._message.request.default_headers import DefaultHeaders


def test_plain_headers_are_encoded_once_until_they_change() -> None:
    defaults = DefaultHeaders(Headers({"A": "b"}))
    block = defaults.plain_block()
    assert block == b"A: b\r\n"
    assert defaults.plain_block() is block
    defaults.headers["A"] = "c"
    assert defaults.plain_block() == b"A: c\r\n"


def test_a_header_that_affects_framing_has_no_block() -> None:
    assert DefaultHeaders(Headers({"Content-Length": "1"})).plain_block() is None
    assert DefaultHeaders(Headers({"Authorization": "x"})).plain_block() is None


def test_headers_go_with_the_block_if_they_replace_none_of_it() -> None:
    defaults = DefaultHeaders(Headers({"A": "b"}))
    defaults.plain_block()
    assert defaults.goes_with(Headers({"B": "c"}))
    assert not defaults.goes_with(Headers({"a": "c"}))
    assert not defaults.goes_with(Headers({"Host": "c"}))


def test_the_content_type_is_that_of_the_request_or_of_all() -> None:
    defaults = DefaultHeaders(Headers({"Content-Type": "text/plain"}))
    assert defaults.content_type(None) == "text/plain"
    assert defaults.content_type(Headers({"Content-Type": "text/css"})) == "text/css"
    assert DefaultHeaders(Headers()).content_type(None) is None
    assert not defaults.drops_content_type
