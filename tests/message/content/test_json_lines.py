"""JSON lines and JSON text sequences: the same records, however the bytes were cut."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from hyperhttp._base._generated.errors import ConfigError, DecodeError, ResponseTooLarge
from hyperhttp._message.content.json_lines import records_of
from tests.message.content.test_transforms import CUTS, cut, through

if TYPE_CHECKING:
    from collections.abc import Iterable

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


class User(BaseModel):
    id: int


def read(*pieces: bytes, size_max: int | None = None) -> list[object]:
    return through(records_of(None, size_max), pieces)


def every_cut(data: bytes) -> Iterable[list[bytes]]:
    """Whole, in two at each offset, and byte by byte."""
    yield [data]
    yield from ([data[:at], data[at:]] for at in range(1, len(data)))
    yield [data[at : at + 1] for at in range(len(data))]


@pytest.mark.parametrize(
    ("data", "records"),
    [
        (b"", []),
        (b"\n \r\n\t", []),
        (b"1\n2\n", [1, 2]),
        (b'{"a": 1}\r\n{"a": 2}', [{"a": 1}, {"a": 2}]),
        (b'\n\n"x"\n\n\n[1, 2]\n', ["x", [1, 2]]),
        (b"\xef\xbb\xbf1\n2", [1, 2]),
        (b"\xef\xbb\xbf", []),
        (' "é\u2028" \n"😀"'.encode(), ["é\u2028", "😀"]),
        (b"null\nfalse", [None, False]),
        (b'\x1e{"a":\n1}\n\x1e[2,\n3]\n', [{"a": 1}, [2, 3]]),
        (b'\x1e1\n\x1e\x1e\n\x1e"b"', [1, "b"]),
        (b"\n\x1e1\n", [1]),
    ],
)
def test_records_are_the_same_however_the_bytes_were_cut(
    data: bytes, records: list[object]
) -> None:
    for pieces in every_cut(data):
        assert read(*pieces) == records


@given(st.lists(VALUES, max_size=6), CUTS, st.booleans())
def test_what_is_written_is_read(values: list[object], cuts: list[int], is_sequence: bool) -> None:
    if is_sequence:
        data = b"".join(b"\x1e" + json.dumps(value, indent=1).encode() + b"\n" for value in values)
    else:
        data = b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)
    assert read(*cut(data, cuts)) == values


def test_a_record_is_given_as_soon_as_it_is_complete() -> None:
    records = records_of(None, None)
    assert list(records.feed(b'{"a": 1}')) == []
    assert list(records.feed(b"\n2")) == [{"a": 1}]
    assert list(records.feed(b"3\n4")) == [23]
    assert list(records.finish()) == [4]


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"1\n\n{\n", 3, "at line 3 column 2"),
        (b"\n\n\nx", 4, "at line 4 column 1"),
        (b'1\n"\xff"\n', 2, "no valid utf-8"),
        (b"1 2\n", 1, "Extra data at line 1 column 3"),
        (b'\x1e{\n"a":\n}\n', 3, "at line 3 column 1"),
        (b"\x1e[\n1]\n\x1e\n\x1ex\n", 4, "at line 4 column 1"),
        (b"\x1e12", 1, "may be cut off"),
        (b"\x1etrue\x1e1\n", 1, "may be cut off"),
        (b"1\n\x1e2\n", 2, "at line 2 column 1"),
    ],
)
def test_what_is_no_json_is_told_with_its_line(data: bytes, line: int, says: str) -> None:
    for pieces in every_cut(data):
        with pytest.raises(DecodeError) as caught:
            read(*pieces)
        assert caught.value.line == line
        assert says in caught.value.detail


def test_records_are_validated_and_a_misfit_has_line_path_and_excerpt() -> None:
    assert through(records_of(User, None), [b'{"id": 1}\n{"id"', b": 2}"]) == [
        User(id=1),
        User(id=2),
    ]
    with pytest.raises(DecodeError) as caught:
        through(records_of(User, None), [b'{"id": 1}\n\n{"id": "x"}\n'])
    error = caught.value
    assert (error.line, error.json_path, error.excerpt) == (3, "$.id", '"x"')
    assert "the JSON doesn't match User: line 3: $.id: " in str(error)
    assert '"x"' not in str(error)


def test_a_model_that_is_none_is_told_at_once() -> None:
    with pytest.raises(ConfigError, match="model"):
        records_of(object(), None)  # type: ignore[arg-type]  # the point of the test


def test_a_record_that_is_too_long_is_refused_before_its_end_has_come() -> None:
    assert read(b"12345\n12345\n", size_max=5) == [12345, 12345]
    for pieces in ([b"123456\n"], [b"1\n123", b"456"], [b"\x1e123456\n"]):
        with pytest.raises(ResponseTooLarge) as caught:
            read(*pieces, size_max=5)
        assert (caught.value.limit, caught.value.limit_bytes) == ("max_line_bytes", 5)


def test_white_space_before_the_first_record_is_not_kept() -> None:
    assert read(*[b" \n"] * 1000, b"1", size_max=5) == [1]
