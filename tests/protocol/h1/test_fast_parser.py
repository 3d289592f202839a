"""The fast lane: what it takes, what it leaves to h11, and that it takes no more than h11 does."""

from __future__ import annotations

import pytest
from hypothesis import given
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
from tests.protocol.responses import h11_outcome

OK = b"HTTP/1.1 200 OK\r\n"


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


@pytest.mark.parametrize("name", ["x-plain", "x-location", "etag"])
def test_equal_headers_are_parsed_once(name: str) -> None:
    data = OK + b"Content-Length: 1\r\n%b: value\r\n\r\n" % name.encode()
    assert read_head(data, bodyless=False) is read_head(data, bodyless=False)


@pytest.mark.parametrize("name", [*sorted(UNCACHEABLE), b"Set-Cookie", b"LOCATION"])
@pytest.mark.parametrize("before", [b"", b"Content-Type: text/plain\r\n"])
def test_headers_that_may_hold_a_secret_are_not_cached(name: bytes, before: bytes) -> None:
    data = OK + before + b"%b: value\r\nContent-Length: 1\r\n\r\n" % name
    first, second = (read_head(data, bodyless=False) for _ in range(2))
    assert first is not None
    assert second is not None
    assert first is not second


@pytest.mark.parametrize(
    ("status", "bodyless"), [(204, False), (304, False), (200, True), (404, True)]
)
@pytest.mark.parametrize(
    "fields", [b"", b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n"]
)
def test_answers_without_a_body_have_none_whatever_they_say(
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
def test_what_the_lane_takes_h11_reads_the_same(line: bytes, fields: bytes, head: bool) -> None:
    data = line + fields + b"\r\n"
    taken = read_head(data, bodyless=head)
    if taken is None:
        return
    body = b"0\r\n\r\n" if taken.length == CHUNKED else b"x" * taken.length
    law = h11_outcome(data + body, method="HEAD" if head else "GET")
    assert law.end == ("reusable" if taken.keep_alive else "close")
    assert law.status_code == taken.head.status_code
    assert law.reason == taken.head.reason_phrase
    assert law.fields == list(taken.head.fields)
    assert len(law.body) == max(taken.length, 0)


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
    first, second = read_head(data, bodyless=False), read_head(data, bodyless=False)
    assert first is not None
    assert second is first


@pytest.mark.parametrize(
    "field", [b"Set-Cookie: a=b", b"SET-COOKIE:a=b", b"X-Long: " + b"x" * 2048]
)
def test_what_is_secret_or_long_is_not_kept(field: bytes) -> None:
    data = OK + b"Content-Length: 1\r\n" + field + b"\r\n\r\n"
    first, second = read_head(data, bodyless=False), read_head(data, bodyless=False)
    assert first is not None
    assert second is not first


def test_only_so_many_heads_are_kept() -> None:
    data = OK + b"Content-Length: 1\r\nX-Number: %d\r\n\r\n"
    first = read_head(data % 0, bodyless=False)
    for number in range(1, 257):
        read_head(data % number, bodyless=False)
    again = read_head(data % 0, bodyless=False)
    assert first is not None
    assert again is not first


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
        (b"3;x\r\nabc\r\n", 0, (b"", 0, 0, ChunkVerdict.UNUSUAL)),
        (b"1\r\na\r\n3 \r\nabc", 0, (b"a", 6, 0, ChunkVerdict.UNUSUAL)),
        (b"0\r\nT: v\r\n\r\n", 0, (b"", 0, 0, ChunkVerdict.UNUSUAL)),
        (b"123456789\r\n", 0, (b"", 0, 0, ChunkVerdict.UNUSUAL)),
        (b"\r\n", 0, (b"", 0, 0, ChunkVerdict.UNUSUAL)),
        (b"1\r\nabc", 0, (b"a", 4, CRLF_DUE, ChunkVerdict.MALFORMED)),
        (b"\n", CRLF_DUE, (b"", 0, CRLF_DUE, ChunkVerdict.MALFORMED)),
    ],
)
def test_chunks(data: bytes, remaining: int, expected: tuple[object, ...]) -> None:
    assert tuple(read_chunks(data, remaining)) == expected


@given(
    st.lists(st.binary(min_size=1, max_size=9), max_size=6),
    st.sampled_from([b"", b";a", b" "]),
    st.sampled_from([b"0\r\n\r\n", b"0\r\nT: v\r\n\r\n", b"", b"zz\r\n"]),
)
def test_the_chunks_the_lane_takes_are_those_h11_reads(
    pieces: list[bytes], extension: bytes, tail: bytes
) -> None:
    data = b"".join(b"%X%s\r\n%s\r\n" % (len(one), extension, one) for one in pieces) + tail
    body, used, remaining, verdict = read_chunks(data, 0)
    law = h11_outcome(OK + b"Transfer-Encoding: chunked\r\n\r\n" + data[:used])
    assert law.body == body
    assert law.end == ("reusable" if verdict is ChunkVerdict.ENDED else "open")
    assert remaining == 0
