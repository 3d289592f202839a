"""The beginning of a body as a part of an error's message."""

from __future__ import annotations

import gzip

import pytest

from hyperhttp._base._generated.bounds import EXCERPT_CHARS_MAX
from hyperhttp._message.content.excerpt import EXCERPT_BYTES_MAX, excerpt_of

HTML = "text/html"


@pytest.mark.parametrize(
    ("body", "content_type", "shown"),
    [
        (b"", None, ""),
        (b" \r\n\t ", None, ""),
        (b"no such user", None, "no such user"),
        (b'{\n  "error":\t"x"\r\n}\n', "application/json", '{ "error": "x" }'),
        ("Straße".encode(), HTML, "Straße"),
        ("Straße".encode("latin-1"), "text/plain; charset=latin-1", "Straße"),
        ("Straße".encode("utf-16"), None, "Straße"),
        ("日本語".encode("shift-jis"), "text/plain; charset=shift_jis", "日本語"),
        (b"\xef\xbb\xbfmarked", None, "marked"),
    ],
)
def test_text_is_shown_on_one_line(body: bytes, content_type: str | None, shown: str) -> None:
    assert excerpt_of(body, content_type, "utf-8") == shown


def test_text_without_a_charset_is_read_by_the_default() -> None:
    assert excerpt_of("Straße".encode("latin-1"), HTML, "latin-1") == "Straße"


def test_no_more_than_the_beginning_is_shown() -> None:
    for body in (b"x" * 100_000, b"x \n" * 100_000, "\U0001f600".encode() * 100_000):
        shown = excerpt_of(body, None, "utf-8")
        assert len(shown) == EXCERPT_CHARS_MAX


def test_white_space_does_not_use_up_the_room() -> None:
    body = b"<html>\n" + b" " * 1000 + b"<p>why</p>"
    assert excerpt_of(body, HTML, "utf-8") == "<html> <p>why</p>"


def test_half_a_character_at_the_cut_is_left_out() -> None:
    body = b" " * (EXCERPT_BYTES_MAX - 3) + b"ab" + "ß".encode()
    assert excerpt_of(body, None, "utf-8") == "ab"
    assert excerpt_of("aß".encode()[:-1], None, "utf-8") == "a"


def test_what_would_steer_a_terminal_is_replaced() -> None:
    shown = excerpt_of(b"this is \x1b]0;title\x07 an error page", None, "utf-8")
    assert shown == "this is \ufffd]0;title\ufffd an error page"
    assert shown.isprintable()


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01",
        pytest.param(gzip.compress(b"an error page " * 50), id="gzip"),
        bytes(100),
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        bytes(range(128, 256)),
        b"\x00",
    ],
)
def test_what_is_no_text_is_not_shown(body: bytes) -> None:
    assert excerpt_of(body, "application/octet-stream", "utf-8") == ""
