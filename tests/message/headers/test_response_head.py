"""The head of a response: finding fields in the block that came, without splitting it too early."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._message.headers.response_head import HTTPVersion, ResponseHead

BLOCK = (
    b"Server: x\r\n"
    b"Set-Cookie: a=1; Path=/\r\n"
    b"X-Empty:\r\n"
    b"set-cookie:b=2\r\n"
    b"X-Padded: \t padded inside \t \r\n"
    b"X-Url: http://example.com:80/\r\n"
    b"X-Latin: caf\xe9\r\n"
)


def head(
    block: bytes = BLOCK,
    status_code: int = 200,
    reason: str = "OK",
    version: HTTPVersion = "HTTP/1.1",
) -> ResponseHead:
    return ResponseHead(status_code, reason, version, block)


def test_fields_come_in_order_as_they_were_written_without_white_space_around_them() -> None:
    assert list(head().fields) == [
        (b"Server", b"x"),
        (b"Set-Cookie", b"a=1; Path=/"),
        (b"X-Empty", b""),
        (b"set-cookie", b"b=2"),
        (b"X-Padded", b"padded inside"),
        (b"X-Url", b"http://example.com:80/"),
        (b"X-Latin", b"caf\xe9"),
    ]


def test_a_head_may_have_no_fields() -> None:
    empty = head(b"")
    assert list(empty.fields) == []
    assert not empty.has(b"server")
    assert empty.values(b"server") == []


def test_every_value_of_a_name_is_found_in_any_case() -> None:
    assert head().values(b"set-cookie") == [b"a=1; Path=/", b"b=2"]
    assert head().values(b"x-empty") == [b""]
    assert head().values(b"x-missing") == []


@pytest.mark.parametrize("name", [b"server", b"set-cookie", b"x-empty", b"x-latin"])
def test_a_field_that_is_there_is_seen(name: bytes) -> None:
    assert head().has(name)


@pytest.mark.parametrize("name", [b"http", b"padded", b"cookie", b"serve", b"x-", b"path", b"x"])
def test_parts_of_names_and_of_values_are_no_fields(name: bytes) -> None:
    assert not head().has(name)


def test_the_same_is_found_when_asked_again() -> None:
    same = head()
    assert [same.has(b"server"), same.has(b"path")] * 2 == [True, False, True, False]
    assert (same, hash(same)) == (head(), hash(head()))


TOKEN = st.text("AaZz09-_", min_size=1).map(str.encode)
VALUE = st.text("az09:,; \t=", max_size=20).map(str.encode)


@given(st.lists(st.tuples(TOKEN, VALUE)))
def test_whatever_is_in_the_block_is_found_again(fields: list[tuple[bytes, bytes]]) -> None:
    block = b"".join(b"%s: %s\r\n" % field for field in fields)
    found = head(block)
    assert list(found.fields) == [(name, value.strip(b" \t")) for name, value in fields]
    for name, _ in fields:
        same = [value.strip(b" \t") for other, value in fields if other.lower() == name.lower()]
        assert found.has(name.lower())
        assert found.values(name.lower()) == same


def test_heads_that_say_the_same_are_equal() -> None:
    assert head(b"A: b\r\n") == head(b"A:b \r\n")
    assert hash(head(b"A: b\r\n")) == hash(head(b"A:b \r\n"))


@pytest.mark.parametrize(
    "other",
    [
        head(status_code=201),
        head(reason="Fine"),
        head(version="HTTP/1.0"),
        head(BLOCK + b"A: b\r\n"),
        head(b""),
        "HTTP/1.1 200 OK",
        None,
    ],
)
def test_heads_that_say_something_else_are_not(other: object) -> None:
    assert head() != other


def test_a_copy_by_pickle_has_the_block_and_not_what_was_made_of_it() -> None:
    original = head(BLOCK * 50)
    assert original.has(b"server")
    assert len(original.fields) == 350
    pickled = pickle.dumps(original)
    assert len(pickled) < len(original.block) + 500
    made = pickle.loads(pickled)
    assert made.fields == [f for f in original.fields if f[0].lower() != b"set-cookie"]


def test_a_pickle_has_no_secret() -> None:
    block = b"Set-Cookie: a=hunter2\r\nLocation: /a?b=1&sig=hunter2\r\nX-B: \xe9\r\n"
    original = head(block)
    pickled = pickle.dumps(original)
    assert b"hunter2" not in pickled
    assert pickle.loads(pickled).fields == [(b"Location", b"/a?b=1&sig=***"), (b"X-B", b"\xe9")]
    assert copy.copy(original).fields == copy.deepcopy(original).fields == original.fields


def test_the_repr_counts_fields_and_shows_none() -> None:
    assert repr(head()) == "ResponseHead(HTTP/1.1 200, 7 fields)"
