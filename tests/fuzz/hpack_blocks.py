"""HPACK blocks, divided by two bytes 0xFF: read, or refused, as by the library hpack."""

from __future__ import annotations

from typing import Final

from tests.protocol.h2.test_hpack import assert_same_reading

SEPARATOR: Final = b"\xff\xff"


def check(data: bytes) -> None:
    """Decode the blocks one after the other, with one dynamic table."""
    assert_same_reading(data.split(SEPARATOR))
