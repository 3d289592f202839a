"""The fast parser: what it accepts, what it leaves to h11, and that h11 accepts the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hyperhttp._protocol.h1.fast_parser import (
    CHUNKED,
    CRLF_DUE,
    ChunkVerdict,
    ParsedHead,
    read_chunks,
    read_head,
)
from hyperhttp._protocol.uncacheable import UNCACHEABLE
from tests.protocol.responses import Outcome, h11_outcome

OK = b"HTTP/1.1 200 OK\r\n"
FRAMING = re.compile(rb"^(?:content-length|transfer-encoding):.*\n", re.IGNORECASE | re.MULTILINE)
FRAMING_TO_IGNORE = [
    b"",
    b"Content-Length: 5\r\n",
    b"Content-Length: 99999999999999999999999\r\n",
    b"Content-Length: x\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: gzip, chunked\r\n",
    b"Transfer-Encoding: identity\r\n",
    b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: gzip, chunked\r\nContent-Length: 5\r\n",
]


@pytest.mark.parametrize(
    ("fields", "length", "keep_alive"),
    [
        (b"Content-Length: 12\r\n", 12, True),
        (b"content-length:12 \t\r\n", 12, True),
        (b"Connection: keep-alive\r\nContent-Length: 0\r\n", 0, True),
        (b"Connection: CLOSE\r\nContent-Length: 0\r\n", 0, False),
        (b"Transfer-Encoding: Chunked\r\n", CHUNKED, True),
        (b"X-Content-Length: 9\r\nContent-Length: 1\r\n", 1, True),
        (b"A: \xff\r\nContent-Length: 1\r\n", 1, True),
    ],
)
def test_ordinary_heads_are_taken(fields: bytes, length: int, keep_alive: bool) -> None:
    taken = read_head(OK + fields + b"\r\nrest", bodyless=False)
    assert taken is not None
    assert (taken.length, taken.keep_alive) == (length, keep_alive)
    assert taken.end == len(OK + fields) + 2
    assert (taken.head.status_code, taken.head.reason_phrase) == (200, "OK")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        OK,
        OK + b"Content-Length: 1\r\n",
        OK + b"X: y\r\n\r\n",
        OK + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\n",
        OK + b"Content-Length: 1, 1\r\n\r\n",
        OK + b"Content-Length: 0000000000000000001\r\n\r\n",
        OK + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n",
        OK + b"Connection: keep-alive, x\r\nContent-Length: 1\r\n\r\n",
        OK + b"Connection: upgrade\r\nContent-Length: 1\r\n\r\n",
        OK + b"A: b\r\n c\r\nContent-Length: 1\r\n\r\n",
        OK + b"A : b\r\nContent-Length: 1\r\n\r\n",
        OK + b"A: \x01\r\nContent-Length: 1\r\n\r\n",
        OK + b"A: b\nContent-Length: 1\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\nContent-Length: 1\r\n\r\n",
        b"HTTP/1.1 600 Odd\r\nContent-Length: 1\r\n\r\n",
        b"HTTP/1.1 200\r\nContent-Length: 1\r\n\r\n",
        b"\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n",
    ],
)
def test_everything_else_is_left_to_h11(data: bytes) -> None:
    assert read_head(data, bodyless=False) is None


def read_often(data: bytes) -> list[ParsedHead | None]:
    return [read_head(data, bodyless=False) for _ in range(3)]


@pytest.mark.parametrize("name", ["x-plain", "x-location", "etag"])
def test_equal_headers_are_cached_from_the_second_time(name: str) -> None:
    data = OK + b"Content-Length: 1\r\n%b: value\r\n\r\n" % name.encode()
    first, second, third = read_often(data)
    assert first is not second
    assert second is third


@pytest.mark.parametrize("name", [*sorted(UNCACHEABLE), b"Set-Cookie", b"LOCATION"])
@pytest.mark.parametrize("before", [b"", b"Content-Type: text/plain\r\n"])
def test_headers_that_may_hold_a_secret_are_not_cached(name: bytes, before: bytes) -> None:
    data = OK + before + b"%b: value\r\nContent-Length: 1\r\n\r\n" % name
    heads = read_often(data)
    assert None not in heads
    assert len(set(map(id, heads))) == len(heads)


def test_headers_that_the_user_named_are_not_cached(sensitive_name: str) -> None:
    data = OK + b"%b: value\r\nContent-Length: 1\r\n\r\n" % sensitive_name.title().encode()
    heads = read_often(data)
    assert len(set(map(id, heads))) == len(heads)


@pytest.mark.parametrize(
    ("status", "bodyless"), [(204, False), (304, False), (200, True), (404, True)]
)
@pytest.mark.parametrize("fields", FRAMING_TO_IGNORE)
def test_responses_without_a_body_have_none_whatever_they_say(
    status: int, bodyless: bool, fields: bytes
) -> None:
    taken = read_head(b"HTTP/1.1 %d X\r\n%s\r\n" % (status, fields), bodyless=bodyless)
    assert taken is not None
    assert taken.length == 0


head_bytes = st.lists(
    st.sampled_from(
        [
            b"Content-Length: 3\r\n",
            b"Content-Length:3\r\n",
            b"Content-Length: +3\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"Connection: close\r\n",
            b"Connection: keep-alive\r\n",
            b"A: b\r\n",
            b"A:\t\xe9 c \r\n",
            b"A b: c\r\n",
            b"A: b\x00\r\n",
            b": x\r\n",
            b" fold\r\n",
            b"\n",
        ]
    ),
    max_size=5,
).map(b"".join)


@given(
    st.sampled_from([OK, b"HTTP/1.1 204 N\r\n", b"HTTP/1.1 299  \t\r\n", b"HTTP/1.1 200 \x01\r\n"]),
    head_bytes,
    st.booleans(),
)
def test_what_the_fast_parser_accepts_h11_reads_the_same(
    line: bytes, fields: bytes, head: bool
) -> None:
    data = line + fields + b"\r\n"
    taken = read_head(data, bodyless=head)
    if taken is None:
        return
    body = b"0\r\n\r\n" if taken.length == CHUNKED else b"x" * taken.length
    bodyless = head or b" 204 " in line
    if bodyless:  # RFC 9112 6.3: its framing is ignored, and h11 refuses it if it is malformed
        data = FRAMING.sub(b"", data)
    reference = h11_outcome(data + body, method="HEAD" if head else "GET")
    assert reference.end == ("reusable" if taken.keep_alive else "close")
    assert reference.status_code == taken.head.status_code
    assert reference.reason == taken.head.reason_phrase
    assert reference.fields == [
        (name, value)
        for name, value in taken.head.fields
        if not (bodyless and FRAMING.match(name + b":\n"))
    ]
    assert len(reference.body) == max(taken.length, 0)


@given(head_bytes, st.booleans())
def test_a_head_that_was_met_before_is_read_as_it_was_the_first_time(
    fields: bytes, head: bool
) -> None:
    data = OK + fields + b"\r\n"
    met = [read_head(data + rest, bodyless=head) for rest in (b"", b"x", b"\r\n\r\n")]
    known, fresh = facts(met[0]), facts(read_head(data, bodyless=head))
    assert [facts(taken) for taken in met] == [known] * 3
    assert known == fresh
    other = read_head(data, bodyless=not head)
    assert (other is None) or (met[0] is None) or other.head == met[0].head


def facts(taken: ParsedHead | None) -> tuple[object, ...] | None:
    if taken is None:
        return None
    return (taken.head, taken.end, taken.lines, taken.length, taken.keep_alive)


def test_a_head_is_judged_once() -> None:
    data = OK + b"Content-Length: 1\r\nX-Once: 1\r\n\r\n"
    read_head(data, bodyless=False)
    first, second = read_head(data, bodyless=False), read_head(data, bodyless=False)
    assert first is not None
    assert second is first


@pytest.mark.parametrize(
    "field", [b"Set-Cookie: a=b", b"SET-COOKIE:a=b", b"X-Long: " + b"x" * 2048]
)
def test_what_is_secret_or_long_is_not_kept(field: bytes) -> None:
    data = OK + b"Content-Length: 1\r\n" + field + b"\r\n\r\n"
    heads = read_often(data)
    assert None not in heads
    assert len(set(map(id, heads))) == len(heads)


def test_only_so_many_heads_are_kept() -> None:
    data = OK + b"Content-Length: 1\r\nX-Number: %d\r\n\r\n"
    *_, kept = read_often(data % 0)
    for number in range(1, 256):
        read_often(data % number)
    assert read_head(data % 0, bodyless=False) is kept
    read_often(data % 256)
    assert kept is not None
    assert read_head(data % 0, bodyless=False) is not kept


@pytest.mark.parametrize(
    ("data", "remaining", "expected"),
    [
        (b"3\r\nabc\r\n0\r\n\r\n", 0, (b"abc", 13, 0, ChunkVerdict.ENDED)),
        (b"3\r\nabc\r\n0\r\n\r\nmore", 0, (b"abc", 13, 0, ChunkVerdict.ENDED)),
        (b"3\r\nab", 0, (b"ab", 5, 1, ChunkVerdict.MORE)),
        (b"c\r\n0\r\n\r\n", 1, (b"c", 8, 0, ChunkVerdict.ENDED)),
        (b"3\r\nabc", 0, (b"abc", 6, CRLF_DUE, ChunkVerdict.MORE)),
        (b"3\r\nabc\r", 0, (b"abc", 6, CRLF_DUE, ChunkVerdict.MORE)),
        (b"\r\n0\r\n\r", CRLF_DUE, (b"", 2, 0, ChunkVerdict.MORE)),
        (b"00003\r\nabc\r\n", 0, (b"abc", 12, 0, ChunkVerdict.MORE)),
        (b"", 0, (b"", 0, 0, ChunkVerdict.MORE)),
        (b"3;x\r\nabc\r\n", 0, (b"abc", 10, 0, ChunkVerdict.MORE)),
        (b"1\r\na\r\n3 \t\r\nabc", 0, (b"abc"[:1] + b"abc", 14, CRLF_DUE, ChunkVerdict.MORE)),
        (b"0\r\nT: v\r\n\r\n", 0, (b"", 3, 0, ChunkVerdict.TRAILERS)),
        (b"0;x\r\n\r\n", 0, (b"", 7, 0, ChunkVerdict.ENDED)),
        (b"0\r\n\n", 0, (b"", 4, 0, ChunkVerdict.ENDED)),
        (b"123456789\r\nx", 0, (b"x", 12, 0x123456788, ChunkVerdict.MORE)),
        (b"\r\n", 0, (b"", 0, 0, ChunkVerdict.BAD_LINE)),
        (b"1\r\nabc", 0, (b"a", 4, CRLF_DUE, ChunkVerdict.MALFORMED)),
        (b"\n", CRLF_DUE, (b"", 0, CRLF_DUE, ChunkVerdict.MALFORMED)),
    ],
)
def test_chunks(data: bytes, remaining: int, expected: tuple[object, ...]) -> None:
    assert tuple(read_chunks(data, remaining))[:4] == expected


@pytest.mark.parametrize("size", [b"7fffffffffffffff", b"00007FFFFFFFFFFFFFFF"])
@pytest.mark.parametrize("after", [b"", b" ", b"\t ", b";a", b" ; a = b ;c"])
def test_the_largest_chunk_is_a_byte_short_of_2_to_the_63(size: bytes, after: bytes) -> None:
    data = size + after + b"\r\nx"
    assert read_chunks(data, 0)[2:4] == ((1 << 63) - 2, ChunkVerdict.MORE)


@pytest.mark.parametrize(
    "size", [b"8000000000000000", b"FFFFFFFFFFFFFFFFF", b"00008000000000000000", b"f" * 20]
)
@pytest.mark.parametrize("after", [b"", b" ", b";a"])
@pytest.mark.parametrize("before", [b"", b"1\r\na\r\n"])
def test_a_larger_one_is_refused(size: bytes, after: bytes, before: bytes) -> None:
    body, _, _, verdict, _ = read_chunks(before + size + after + b"\r\nx", 0)
    assert (body, verdict) == (before[3:4], ChunkVerdict.TOO_LONG)


@pytest.mark.parametrize("line", [b"f" * 21, b"f" * 21 + b"\r\n", b"0" * 30 + b"1\r\n"])
def test_a_size_of_more_than_20_digits_is_refused_before_its_end(line: bytes) -> None:
    assert read_chunks(line, 0).verdict is ChunkVerdict.BAD_LINE


EXTENSIONS = [
    b";a",
    b";a=b",
    b"; a = b ",
    b';a="b;c"',
    b";a;b=c",
    b'\t;a="\\""',
    b";s=a/b=",
    b";a=\xe9",
    b";a b",
]
BAD_EXTENSIONS = [
    b";", b"; ", b";;a", b";a;", b";=b", b';"a"', b";a\rb", b";\x00", b";a\x00", b";a=\x01",
    b";a\n", b";a\x7f", b';a="b', b';a="\r"', b" a", b"\x0b", b"\r",
]  # fmt: skip


@pytest.mark.parametrize("size", [b"2", b"00000000000000002", b"0"])
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_chunk_extensions_are_ignored(size: bytes, extension: bytes) -> None:
    data = b"hi" if int(size) else b""
    body, used, _, verdict, _ = read_chunks(size + extension + b"\r\n" + data + b"\r\n", 0)
    assert body == data
    assert used == len(size + extension + data) + 4
    assert verdict is (ChunkVerdict.MORE if data else ChunkVerdict.ENDED)


@pytest.mark.parametrize("size", [b"2", b"00000000000000002", b"0"])
@pytest.mark.parametrize("extension", BAD_EXTENSIONS)
def test_malformed_chunk_extensions_are_refused(size: bytes, extension: bytes) -> None:
    assert read_chunks(size + extension + b"\r\nhi\r\n", 0).verdict is ChunkVerdict.BAD_LINE


@pytest.mark.parametrize(
    ("line", "overhead"),
    [(b"1", 0), (b"f" * 15, 0), (b"1;" + b"x" * 20, 2), (b"1;" + b"x" * 100, 82)],
)
def test_long_chunk_lines_are_counted(line: bytes, overhead: int) -> None:
    assert read_chunks(line + b"\r\n", 0).overhead == overhead


def h11_of_chunks(wire: bytes) -> Outcome:
    return h11_outcome(OK + b"Transfer-Encoding: chunked\r\n\r\n" + wire)


sizes = st.integers(0, 1 << 70).map(lambda size: b"%x" % size) | st.just(b"1")
lines = st.one_of(
    st.sampled_from([*EXTENSIONS, *BAD_EXTENSIONS, b"", b" "]),
    st.binary(max_size=4),
    st.lists(
        st.sampled_from([b";", b'"', b"a", b"=", b" ", b"\\", b"\r", b"\x00"]), max_size=6
    ).map(b"".join),
)


@given(st.lists(st.tuples(st.binary(max_size=9), sizes | st.none(), lines), max_size=6), st.data())
def test_the_chunks_that_the_fast_parser_accepts_are_those_that_h11_reads(
    chunks: list[tuple[bytes, bytes | None, bytes]], data: st.DataObject
) -> None:
    wire = b"".join(
        b"%b%b\r\n%b\r\n" % (b"%x" % len(body) if size is None else size, line, body)
        for body, size, line in chunks
    )
    wire += data.draw(st.sampled_from([b"0\r\n\r\n", b"0\r\nT: v\r\n\r\n", b"", b"zz\r\n"]))
    # RFC 9112 7.1.1 allows blanks before an extension, and h11 doesn't.
    assume(re.search(rb"[ \t];", wire) is None)
    body, used, _, verdict, _ = read_chunks(wire, 0)
    refused = {ChunkVerdict.BAD_LINE, ChunkVerdict.MALFORMED, ChunkVerdict.TOO_LONG}
    reference = h11_of_chunks(wire[:used])
    assert reference.body == body
    assert reference.end == ("reusable" if verdict is ChunkVerdict.ENDED else "open")
    if h11_of_chunks(wire).end == "broken":
        assert verdict in refused or verdict is ChunkVerdict.TRAILERS
