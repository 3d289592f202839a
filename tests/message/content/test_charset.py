"""Which encoding a body is in: declared, marked, or the default."""

from __future__ import annotations

import codecs

import pytest

from hyperhttp._base._generated.bounds import CHARSET_SAMPLE_BYTES
from hyperhttp._message.content.charset import charset_of, choose_charset, is_undecided
from hyperhttp._message.headers.codec_names import codec_name


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html;charset=UTF-8", "utf-8"),
        ('text/html; charset="utf-8"', "utf-8"),
        ("text/html; charset='utf-8'", "utf-8"),
        ('text/html; charset="ut\\f-8"', "utf-8"),
        ("text/html; CHARSET = koi8-r ", "koi8-r"),
        ("text/html; a=b; charset=x; charset=y", "x"),
        ('text/html; a="; charset=x"; charset=y', "y"),
        ("text/html;;; charset=x", "x"),
        ("text/html; a; charset=x", "x"),
        ('text/html; a="open; charset=x', "x"),
    ],
)
def test_the_charset_parameter_is_found(content_type: str, charset: str) -> None:
    assert charset_of(content_type) == charset


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/html",
        "charset=utf-8",
        "text/html; charset",
        "text/html; charset=",
        'text/html; charset=""',
        "text/html; xcharset=a",
        'text/html; a="; charset=x"',
        "text/html; charset utf-8",
    ],
)
def test_no_charset_is_none(content_type: str | None) -> None:
    assert charset_of(content_type) is None


@pytest.mark.parametrize("part", ["; ", ';a="', ";charset", ";a=", '";', ';a="\\'])
def test_a_hostile_content_type_takes_linear_time(part: str) -> None:
    # A million characters: anything quadratic would run into the time limit of the test.
    assert charset_of("text/plain" + part * (1_000_000 // len(part))) is None


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("utf8", "utf-8"),
        ("latin-1", "iso8859-1"),
        ("ISO-8859-1", "iso8859-1"),
        ("windows-1252", "cp1252"),
        ("shift_jis", "shift_jis"),
        ("utf-16be", "utf-16-be"),
        ("utf-16", "utf-16-le"),
        ("utf-8-sig", "utf-8"),
    ],
)
def test_a_known_label_is_used(label: str, codec: str) -> None:
    assert choose_charset(f"text/plain; charset={label}", b"", "ascii") == codec


@pytest.mark.parametrize(
    "label",
    [
        *("none-such", "base64", "zlib", "rot13", "hex", "idna", "punycode", "undefined", "mbcs"),
        *("unicode_escape", "raw_unicode_escape", "a" * 500, "../x", "utf-8\x00", "-", "é"),
    ],
)
def test_another_label_falls_back(label: str) -> None:
    assert choose_charset(f"text/plain; charset={label}", b"", "cp1252") == "cp1252"
    assert choose_charset(f"text/plain; charset={label}", codecs.BOM_UTF8, "cp1252") == "utf-8"
    assert choose_charset(None, b"", label) == "utf-8"


@pytest.mark.parametrize(
    ("start", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "cp1252"),
        (b"\xef\xbb", "cp1252"),
    ],
)
def test_a_byte_order_mark_counts_when_nothing_is_declared(start: bytes, codec: str) -> None:
    assert choose_charset(None, start, "cp1252") == codec
    assert choose_charset("text/plain", start + b"x", "cp1252")[:5] == codec[:5]
    assert choose_charset("text/plain; charset=ascii", start, "cp1252") == "ascii"


def test_a_mark_gives_utf_16_its_order() -> None:
    declared = "text/plain; charset=utf-16"
    assert choose_charset(declared, codecs.BOM_UTF16_BE, "utf-8") == "utf-16-be"
    assert choose_charset(declared, codecs.BOM_UTF8, "utf-8") == "utf-16-le"


@pytest.mark.parametrize("start", [b"", b"\xef", b"\xef\xbb", b"\xff", b"\xff\xfe", b"\x00\x00"])
def test_more_bytes_could_make_a_mark(start: bytes) -> None:
    assert is_undecided(None, start, "utf-8")


@pytest.mark.parametrize(
    "start", [b"a", b"\xef\xbb\xbf", b"\xffa", b"\xff\xfe\x00\x00", b"\xfe\xff"]
)
def test_no_more_bytes_are_needed(start: bytes) -> None:
    assert not is_undecided(None, start, "utf-8")


def test_a_function_is_shown_the_beginning_and_says_the_encoding() -> None:
    seen: list[bytes] = []

    def detect(start: bytes) -> str:
        seen.append(start)
        return "KOI8-R"

    assert choose_charset(None, b"a" * (CHARSET_SAMPLE_BYTES + 5), detect) == "koi8-r"
    assert choose_charset("text/plain", b"", detect) == "koi8-r"
    assert [len(start) for start in seen] == [CHARSET_SAMPLE_BYTES, 0]


@pytest.mark.parametrize("said", [None, "", "klingon", "base64", "utf-8-sig"])
def test_a_function_that_does_not_know_leaves_utf_8(said: str | None) -> None:
    assert choose_charset(None, b"x", lambda _: said) == "utf-8"


def test_a_function_is_not_asked_where_the_encoding_is_told() -> None:
    def detect(start: bytes) -> str:
        raise AssertionError(start)

    assert choose_charset("text/plain; charset=latin-1", b"x", detect) == "iso8859-1"
    assert choose_charset(None, b"\xfe\xffx", detect) == "utf-16-be"
    assert not is_undecided("text/plain; charset=latin-1", b"x", detect)
    assert not is_undecided(None, b"\xfe\xff", detect)


def test_a_function_waits_for_a_sample() -> None:
    assert is_undecided(None, b"x" * (CHARSET_SAMPLE_BYTES - 1), lambda _: None)
    assert is_undecided("text/plain", b"x", lambda _: None)
    assert not is_undecided(None, b"x" * CHARSET_SAMPLE_BYTES, lambda _: None)


@pytest.mark.parametrize(
    ("label", "name"),
    [("UTF8", "utf-8"), ("latin1", "iso8859-1"), ("rot13", None), ("", None), ("a b", None)],
)
def test_a_label_is_a_codec_of_text_or_none(label: str, name: str | None) -> None:
    assert codec_name(label) == name
