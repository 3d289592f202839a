"""The ways in which an input is divided into reads: a result must not depend on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES: Final = (1, 2, 7)


def divided(data: bytes) -> Iterator[list[bytes]]:
    """The data in pieces of one byte, of two, and of seven."""
    for size in SIZES:
        yield [data[at : at + size] for at in range(0, len(data), size)]
