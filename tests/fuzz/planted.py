"""A target with a bug behind several conditions, which only a coverage-guided search finds."""

from __future__ import annotations

from typing import Final

PLANTED: Final = "planted"


def check(data: bytes) -> None:
    """Fail for inputs that begin with "bug"; each right byte is a step of progress."""
    if len(data) < 3:
        return
    if data[0] != ord("b"):
        return
    if data[1] != ord("u"):
        return
    assert data[2] != ord("g"), "the planted bug"
