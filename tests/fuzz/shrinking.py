"""Makes an input that fails smaller, as long as it fails in the same place."""

from __future__ import annotations

from traceback import extract_tb
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Failure: TypeAlias = tuple[str, str, int | None]


def failure_of(check: Callable[[bytes], None], data: bytes) -> Failure | None:
    """The type of the exception and the line that raised it; None if nothing fails."""
    try:
        check(data)
    except Exception as error:  # noqa: BLE001 - whatever a target raises is what is looked for
        last = extract_tb(error.__traceback__)[-1]
        return type(error).__name__, last.filename, last.lineno
    return None


def shrunk(check: Callable[[bytes], None], data: bytes) -> bytes:
    """The smallest input found by leaving out pieces, from halves down to single bytes."""
    expected = failure_of(check, data)
    size = len(data) // 2
    while size:
        at = 0
        while at < len(data):
            shorter = data[:at] + data[at + size :]
            if failure_of(check, shorter) == expected:
                data = shorter
            else:
                at += size
        size //= 2
    return data
