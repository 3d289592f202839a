"""Content-Range: a part of the content as a slice, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._message.headers.content_range import ContentRange, parse_content_range


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.integers(0, 10**12))
def test_a_range_is_a_slice(start: int, length: int, rest: int) -> None:
    end, size = start + length, start + length + rest
    assert parse_content_range(f"bytes {start}-{end - 1}/{size}") == ContentRange(start, end, size)
    assert parse_content_range(f"bytes {start}-{end - 1}/*") == ContentRange(start, end, None)


def test_a_range_that_could_not_be_sent_has_the_size_alone() -> None:
    assert parse_content_range(" BYTES */47022 ") == ContentRange(None, None, 47022)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "bytes",
        "bytes 0-4",
        "bytes=0-4/10",
        "bytes 0-4/",
        "bytes 4-3/10",
        "bytes 0-10/10",
        "bytes -5/10",
        "bytes 5-/10",
        "bytes +0-4/10",
        "bytes 0-4/10, bytes 5-9/10",
        "bytes ٥-٦/10",
        "bytes */*",
        "bytes 0-" + "9" * 20 + "/*",
        "lines 0-4/10",
    ],
)
def test_another_range_is_none(value: str) -> None:
    assert parse_content_range(value) is None
