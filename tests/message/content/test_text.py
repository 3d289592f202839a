"""Text and lines: the same, however the bytes were cut."""

from __future__ import annotations

import re
from encodings.aliases import aliases

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hyperhttp._base._generated.errors import ResponseTooLarge
from hyperhttp._message.content.text import LineSplitter, TextDecoder, decode_text

SAMPLES = [
    ("plain", None, b"plain"),
    ("é😀", None, "é😀".encode()),
    ("é", "text/plain; charset=latin-1", b"\xe9"),
    ("日本語", "text/html; charset=shift_jis", "日本語".encode("shift_jis")),
    ("日本語", "text/html; charset=iso-2022-jp", "日本語".encode("iso-2022-jp")),
    ("é", None, "\ufeffé".encode()),
    ("é", "text/plain; charset=utf-8", "\ufeffé".encode()),
    ("é😀", None, "é😀".encode("utf-16")),
    ("é😀", "text/plain; charset=utf-16", "é😀".encode("utf-16")),
    ("é", "text/plain; charset=utf-16", "é".encode("utf-16-le")),
    ("é", "text/plain; charset=utf-16", "\ufeffé".encode("utf-16-be")),
    ("é", None, "é".encode("utf-32")),
    ("a\ufeffb", None, "a\ufeffb".encode()),
    ("", None, b""),
    ("", None, b"\xef\xbb\xbf"),
    ("\ufffd", None, b"\xef\xbb"),
    ("a\ufffdb", None, b"a\xffb"),
    ("\ufffd", None, "é".encode()[:1]),
    ("é", "text/plain; charset=none-such", "é".encode()),
    ("x", "text/plain; charset=base64", b"x"),
]


@pytest.mark.parametrize(("text", "content_type", "data"), SAMPLES)
def test_bytes_become_text(text: str, content_type: str | None, data: bytes) -> None:
    assert decode_text(data, content_type) == text


@pytest.mark.parametrize(("text", "content_type", "data"), SAMPLES)
def test_the_text_is_the_same_split_at_every_byte(
    text: str, content_type: str | None, data: bytes
) -> None:
    for at in range(len(data) + 1):
        decoder = TextDecoder(content_type)
        parts = [decoder.feed(data[:at]), decoder.feed(data[at:]), decoder.finish()]
        assert "".join(parts) == text
    assert byte_by_byte(data, content_type) == text


def byte_by_byte(data: bytes, content_type: str | None, default: str = "utf-8") -> str:
    decoder = TextDecoder(content_type, default)
    return "".join([decoder.feed(bytes([byte])) for byte in data]) + decoder.finish()


@given(st.binary(max_size=24), st.sampled_from([None, "utf-16", "utf-16-be", "gb18030", "utf-32"]))
def test_any_bytes_give_the_same_text_whole_and_in_pieces(data: bytes, charset: str | None) -> None:
    content_type = None if charset is None else f"text/plain; charset={charset}"
    assert byte_by_byte(data, content_type) == decode_text(data, content_type)


@pytest.mark.parametrize("name", sorted({*aliases, *aliases.values(), "utf_8_sig", "idna"}))
def test_no_charset_that_python_knows_makes_it_fail(name: str) -> None:
    data = bytes(range(256))
    content_type = f"text/plain; charset={name}"
    assert byte_by_byte(data, content_type) == decode_text(data, content_type)


def test_the_default_is_used_when_nothing_is_declared() -> None:
    assert decode_text(b"\xe9", "text/plain", "latin-1") == "é"
    assert decode_text("é".encode(), "text/plain; charset=utf-8", "latin-1") == "é"
    assert byte_by_byte(b"\xe9", None, "latin-1") == "é"


def test_text_comes_as_soon_as_it_is_complete() -> None:
    decoder = TextDecoder(None)
    assert decoder.feed(b"a") == "a"
    assert decoder.feed("é".encode()[:1]) == ""
    assert decoder.feed("é".encode()[1:]) == "é"


def lines_of(*parts: str) -> list[str]:
    splitter = LineSplitter()
    lines = [line for part in parts for line in splitter.feed(part)]
    return lines + splitter.finish()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb\rc\n", ["a", "b", "c"]),
        ("\n\r\n\r", ["", "", ""]),
        ("\r\r\n\n", ["", "", ""]),
        ("\n\na", ["", "", "a"]),
        ("a\x0bb\x0cc\x85d\u2028e\x1cf", ["a\x0bb\x0cc\x85d\u2028e\x1cf"]),
    ],
)
def test_lines_end_at_line_breaks_and_nowhere_else(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines
    assert lines_of(*text) == lines


@given(st.text(alphabet="ab\r\n", max_size=16), st.integers(0, 16), st.integers(0, 16))
def test_lines_are_the_same_however_the_text_is_cut(text: str, one: int, other: int) -> None:
    low, high = sorted((one, other))
    expected = re.split(r"\r\n|\r|\n", text)
    if not expected[-1]:
        expected.pop()
    assert lines_of(text[:low], text[low:high], text[high:]) == expected


def test_a_line_comes_as_soon_as_it_ends() -> None:
    splitter = LineSplitter()
    assert splitter.feed("data: 1\r") == ["data: 1"]
    assert splitter.feed("\n") == []
    assert splitter.feed("data: 2\n") == ["data: 2"]
    assert splitter.finish() == []


@given(st.lists(st.text("ab\r\n", max_size=8), max_size=6), st.integers(1, 6))
@example(["a\nb", "c"], 1)
@example(["ab\nb", "c"], 2)
def test_no_line_is_longer_than_the_limit(parts: list[str], size_max: int) -> None:
    longest = max(map(len, re.split(r"\r\n|\r|\n", "".join(parts))))
    splitter = LineSplitter(size_max)
    if longest <= size_max:
        fed = [line for part in parts for line in splitter.feed(part)]
        assert fed + splitter.finish() == lines_of(*parts)
        return
    with pytest.raises(ResponseTooLarge, match="max_line_bytes"):
        for part in parts:
            splitter.feed(part)


def test_a_long_line_in_many_pieces_takes_linear_time() -> None:
    # Quadratic work on 200,000 pieces would run into the time limit of the test.
    assert lines_of(*["abcdefgh"] * 200_000, "\n") == ["abcdefgh" * 200_000]
